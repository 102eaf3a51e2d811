"""A float, a ball of Arb's own, or a refusal that is caught decides where nothing may: each of these once gave a wrong verdict."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, Ridge, RidgeSum, gradient, gradient_step, smooth
from refute import (
    Ball,
    Claim,
    Empty,
    Fate,
    Given,
    Mp,
    Sample,
    Theorem,
    Vec,
    at_limit,
    between,
    converges,
    distance_from_law,
    integers,
    known,
    le,
    lt,
    mean_at_least,
    mean_at_most,
    ne,
    orbits_of_period,
    partials,
    precision,
    sqrt,
    vec,
)
from refute.errors import BadInput, NotExact, Undecided
from refute.proofs.at_once import prove
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.search.tally import Tally
from refute.statements.claims import Decision, Violated, decided
from refute.verdicts.examine import examine, verdict

F = Fraction
N = Annotated[Fraction, integers(0, 30)]
U = Annotated[Fraction, between(0, 1)]


def by_float(u: Any) -> Any:
    return u if float(u) >= 0 else -u


def by_sign(u: Any) -> Any:
    return u * (1 if math.copysign(1, u) > 0 else -1)


def by_closeness(u: Any) -> Any:
    return F(1, 2) + 0 * u if math.isclose(u, 1) else u * u / 2


def by_order(u: Any) -> Any:
    return min((u, -u), key=float)


@dataclass(frozen=True)
class Formula:
    of: Callable[[Any], Any]
    dim: int = 1

    def __call__(self, x: Vec) -> Any:
        return self.of(x[0])


@pytest.mark.parametrize("formula", [by_float, by_sign, by_closeness, by_order])
def test_a_float_of_what_is_differentiated_is_refused(formula: Callable[[Any], Any]) -> None:
    with pytest.raises(NotExact):
        partials(lambda x: formula(x[0]), vec(0))
    with pytest.raises(NotExact):
        gradient(Formula(formula), vec(0))
    with pytest.raises(NotExact):
        gradient_step(Formula(formula), F(1), vec(1))  # type: ignore[arg-type]


def cycle(x: Vec) -> Vec:
    """1 - x^2, whose cycle of period 2 is {0, 1}."""
    return Vec((1 - x[0] * x[0],))


def swallowing(orbits: Any) -> Claim:
    for o in orbits:
        for (c,) in o.points:
            try:
                inside = c > 0 and c < 1
            except ArithmeticError:
                inside = True
            if inside:
                return known(True, "a point between 0 and 1")
    return known(False)


def rounding(orbits: Any) -> Claim:
    return known(any(float(c) == 1 for o in orbits for (c,) in o.points))


@pytest.mark.parametrize("then", [swallowing, rounding])
def test_what_is_said_of_enumerated_orbits_is_said_of_all_points_of_their_balls(then: Callable[[Any], Claim]) -> None:
    claim = orbits_of_period(cycle, 2, ((F(-3), F(3)),), then)
    with pytest.raises((Undecided, NotExact)):
        claim.decide()


@dataclass(frozen=True)
class Positive:
    """A claim of one's own that goes on after a refusal."""

    x: Any

    def decide(self) -> Decision:
        try:
            return known(bool(self.x > 0)).decide()
        except ArithmeticError:
            return known(True).decide()

    def slack(self) -> Any:
        return lt(0, self.x).slack()

    def opinion(self, decision: Decision) -> Any:
        return known(decision.truth).opinion(decision)


def test_a_claim_of_ones_own_does_not_go_on_after_a_refusal() -> None:
    def positive(x: N) -> Claim:
        """sqrt(x + 2 sqrt x + 1) - sqrt x - 1 > 0: it is 0."""
        return Positive(sqrt(x + 2 * sqrt(x) + 1) - sqrt(x) - 1)

    t = Theorem(positive, source="s", label="l")
    assert t.itself.check({"x": F(2)}).conclusion.truth is None
    found = prove(t).decision
    assert found is None or found.truth is not True


X = 1 + F(1, 2**100)


def almost_one() -> Sample:
    with precision(64):
        return Sample((Ball.of(X),) * 200, lambda i: Mp.of(X))


def test_a_comparison_of_a_sample_is_one_of_balls() -> None:
    claims = (
        mean_at_most(almost_one, lambda x: 1 if x > 1 else 0, F(1, 2), says="P(X > 1)"),
        mean_at_least(almost_one, lambda x: 1 if x <= 1 else 0, F(1, 2), says="P(X <= 1)"),
        distance_from_law(almost_one, lambda x: 1 if x > 1 else 0, F(1, 2), says="the distance"),
    )
    for claim in claims:
        with pytest.raises(Undecided):
            claim.decide()


def test_a_float_of_a_sample_is_refused() -> None:
    with pytest.raises(NotExact):
        mean_at_most(almost_one, lambda x: F(float(x) > 1), F(1, 2), says="").decide()


class Believed:
    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        return True

    def limit(self, system: Any, start: Vec, step: int) -> Vec:
        return start


@dataclass(frozen=True)
class Doubling:
    c: int = 2

    def __call__(self, x: Vec) -> Vec:
        return self.c * x

    def certified(self, start: Vec) -> Fate:
        return Fate("own", True, True, True, 0, Believed())


def test_a_theory_of_its_own_does_not_count_beside_a_function() -> None:
    assert decided(converges(Doubling(), vec(1))).truth is False


def rare(n: N, m: N) -> Claim:
    """(n, m) is not (17, 29)."""
    return ne((n - 17) ** 2 + (m - 29) ** 2, 0)


def test_the_exception_among_all_instances_is_a_counterexample(tmp_path: Any) -> None:
    t = Theorem(rare, source="s", label="rare")
    record = examine(t, Budget(20, 0, None, 1), tmp_path)
    assert record.verdict == "refuted"
    assert record.certificate


SMALL = Given("x < 1/2", lambda x: lt(x, F(1, 2)))


def satisfiable(x: U) -> Claim:
    """x <= 0."""
    return le(x, 0)


def vacuous(**step: Any) -> Theorem:
    empty = Empty("a step", lambda x: le(0, x * x), **step)
    return Theorem(satisfiable, source="s", label="l", status="vacuous", proof="none", given=(SMALL,), empty=(empty,))


def test_a_step_of_emptiness_shows_that_what_it_leaves_out_fails(tmp_path: Any) -> None:
    record = examine(vacuous(drops=(SMALL.says,)), Budget(50, 0, None, 1), tmp_path)
    assert record.verdict == "undecided"
    assert "the hypotheses are met by" in record.why
    # The step itself, where nobody finds an instance that meets them: of each candidate a hypothesis left out has to fail.
    step = vacuous(drops=(SMALL.says,)).candidates(vacuous(drops=(SMALL.says,)).empty[0])
    assert step.check({"x": F(1, 4)}).conclusion.truth is False
    assert step.check({"x": F(3, 4)}).conclusion.truth is True


def test_a_wider_domain_shows_that_the_domain_fails(tmp_path: Any) -> None:
    record = examine(vacuous(domains={"x": between(0, 2)}), Budget(50, 0, None, 1), tmp_path)
    assert record.verdict == "undecided"
    # A domain that is no wider shows nothing of the hypotheses as they stand.
    outside = examine(vacuous(domains={"x": between(-2, -1)}), Budget(50, 0, None, 1), tmp_path)
    assert outside.verdict == "undecided"
    assert "the hypotheses are met by" in outside.why


def test_a_step_of_emptiness_leaves_something_out(tmp_path: Any) -> None:
    with pytest.raises(BadInput, match="leaves out no hypothesis"):
        vacuous().candidates(vacuous().empty[0])


def test_violated_is_three_valued() -> None:
    for truths, answer in (((True, False), True), ((True, None), None), ((True, True), False), ((), False)):
        claim = Violated(tuple((str(i), known(t)) for i, t in enumerate(truths)))
        assert claim.decide().truth is answer
        assert claim.opinion(claim.decide()).truth is answer


def often_open(u: U) -> Claim:
    """Undecided for 1/8 < u < 1/4."""
    if u > F(1, 8) and u < F(1, 4):
        return converges(lambda z: Vec((-z[0] + z[0] ** 3,)), vec(F(1, 2)))
    return converges(lambda z: Vec((z[0] / 2,)), vec(1))


def test_an_open_instance_counts_each_time_that_it_is_drawn() -> None:
    t = Theorem(often_open, source="s", label="l", undecided=F(1, 100))
    tally = search(t.itself, Budget(400, 0, None, 1))
    assert tally.open_draws > tally.undecided > 0
    assert verdict(t, tally)[0] == "undecided"


def test_few_open_instances_of_few_are_too_many() -> None:
    t = Theorem(often_open, source="s", label="l", undecided=F(1, 100))
    tally = Tally(decided=33, undecided=3, undecided_limits=3, draws=36, open_draws=3)
    assert verdict(t, tally)[0] == "undecided"
    tally = Tally(decided=35, undecided=1, undecided_limits=1, draws=36, open_draws=1)
    assert verdict(t, tally)[0] == "holds"


def test_a_float_of_an_exact_number_is_refused_where_it_decides() -> None:
    def rounds(n: N) -> Claim:
        """sqrt(n + 2 sqrt n + 1) - sqrt n - 1 is not 0: it is."""
        return known(float(sqrt(n + 2 * sqrt(n) + 1) - sqrt(n) - 1) != 0)

    def at_the_limit(n: N) -> Claim:
        """The limit is 1: it is 1 + 2n/10^30."""
        return at_limit(lambda z: (1 + 2 * n / 10**30 + 0 * z[0],), vec(0), lambda y: known(float(y[0]) == 1))

    for body in (rounds, at_the_limit):
        with pytest.raises(BadInput, match="float"):
            Theorem(body, source="s", label="l").itself.check({"n": F(2)})


def negative(n: Annotated[Fraction, integers(2**60 + 1, 2**61)]) -> Claim:
    """n < 0."""
    return lt(n, 0)


def test_whole_numbers_are_whole_in_mpmath_too(tmp_path: Any) -> None:

    t = Theorem(negative, source="s", label="negative")
    assert examine(t, Budget(20, 0, None, 1), tmp_path).verdict == "refuted"
    assert not integers(2**60, 2**61).member(Mp.of(2**60 + F(1, 2))).opinion(Decision(True, "")).truth


def few(n: Annotated[Fraction, integers(-(10**12), 10**12)]) -> Claim:
    """n < 3."""
    return lt(n, 3)


def test_a_large_range_is_simplified_in_time(tmp_path: Any) -> None:

    record = examine(Theorem(few, source="s", label="few"), Budget(50, 0, None, 1), tmp_path)
    assert record.verdict == "refuted"
    assert record.cpu < 10


def doubles(x: Annotated[Fraction, between(0, 10, drawn=(1, 2))]) -> Claim:
    """Doubled until it is 10 it is less."""
    while x < 10:
        x = 2 * x
    return lt(x, 10)


def test_an_edit_that_does_not_end_is_no_simpler(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refute.search.simplify.LONGEST", 0.2)

    assert examine(Theorem(doubles, source="s", label="doubles"), Budget(20, 0, None, 1), tmp_path).verdict == "refuted"


def test_a_float_decides_no_hypothesis() -> None:
    def bounded(n: N) -> Claim:
        """n <= 30."""
        return le(n, 30)

    rounds = Given("n is not 1", lambda n: known(float(n) != 1))
    with pytest.raises(BadInput, match="float"):
        Theorem(bounded, source="s", label="l", given=(rounds,)).itself.check({"n": F(2)})


def test_a_constant_may_be_guessed_by_floats_where_a_body_asks_for_it() -> None:
    """The minimum of a sum of ridges is found by floats and certified in balls, also when nobody asked for it before."""

    def bounded(f: Annotated[Objective, smooth(dim=1)]) -> Claim:
        """The minimum is at most f(0)."""
        assert f.minimum is not None
        return le(f.minimum.value, f(0 * vec(1)))

    for b in (F(1), F(1, 3)):
        f = RidgeSum((Ridge(F(1), "rational", vec(1), b), Ridge(F(-1), "rational", vec(1), F(2))))
        assert Theorem(bounded, source="s", label="l").itself.check({"f": f}).conclusion.truth is True
