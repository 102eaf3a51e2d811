"""Python's own numbers, and comparisons that answer for numbers of another kind: where a literal, an int or a float would decide unseen."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

import pytest

from refute import (
    Claim,
    Intervals,
    Theorem,
    Vec,
    at_limit,
    between,
    constant,
    converges,
    converges_to,
    eq,
    every,
    integers,
    known,
    le,
    lt,
    partials,
    preimage,
    solution,
    such_that,
    unbounded,
    vec,
    where,
)
from refute.errors import BadInput
from refute.numbers.real import Real
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.statements.opinions import contradiction, second_opinion

ONE, THIRD = Fraction(1), Fraction(1, 3)
WHOLE = Annotated[Fraction, integers(1, 60)]
NEAR_ONE = Annotated[Fraction, such_that(between(0, 1), "x < 1", lambda x: lt(x, 1))]


def decided(claim: Callable[[], Claim]) -> bool | None:
    """The truth of a claim without variables, where mpmath agrees."""

    def body() -> Claim:
        """A claim."""
        return claim()

    t = Theorem(body, source="s", label="claim")
    checked = t.itself.check({})
    assert not contradiction(checked, second_opinion(t.itself, {}, checked))
    return checked.conclusion.truth


@dataclass(frozen=True)
class Branching:
    """x' = -2 x, x or -x, as its rate says."""

    rate: Fraction

    def velocity(self, x: Vec) -> Vec:
        if self.rate == 0:
            return Vec((-2 * x[0],))
        if self.rate == 1:
            return Vec((x[0],))
        return Vec((-x[0],))


@pytest.mark.parametrize(("rate", "grows"), [(Fraction(0), False), (ONE, True), (Fraction(2), False)])
def test_a_field_that_asks_for_its_own_data_is_answered(rate: Fraction, grows: bool) -> None:
    assert decided(lambda: lt(1, solution(Branching(rate), vec(1), Fraction(1, 8))[0])) is grows


def literal(z: Vec) -> Any:
    u, v = z
    if v == 0:
        return (1, v + 1)
    if v == 1:
        return (u / 3, v + 1)
    if v == 2:
        return (0 * v + 7, v + 1) if u == THIRD else (0 * v + 9, v + 1)
    return z


def test_a_map_that_answers_literal_numbers_is_iterated_exactly() -> None:
    assert decided(lambda: converges_to(literal, vec(5, 0), vec(7, 3))) is True
    assert decided(lambda: converges_to(literal, vec(5, 0), vec(9, 3))) is False
    assert decided(lambda: at_limit(literal, vec(5, 0), lambda z: eq(z[0], 7))) is True
    assert decided(lambda: converges(lambda z: (where(z[0] > 5, 1, z[0] / 2),), vec(7))) is True


@dataclass(frozen=True)
class Side:
    u: Any

    @constant
    def sign(self) -> int:
        return 1 if float(self.u - THIRD) >= 0 else -1


def by_a_constant(z: Vec) -> Vec:
    u, t = z
    if t < 1:
        return Vec((0 * u + Side(u).sign, 0 * t + 1000))
    if u > 0:
        return Vec(((u + 1) / 2, (t + 1000) / 2))
    return Vec((2 * u, t))


def test_a_constant_of_boxes_is_no_constant() -> None:
    start = Vec((THIRD - Fraction(1, 2**300), Fraction(0)))
    for claim in (converges, unbounded):
        with pytest.raises(BadInput, match="rounded number"):
            decided(lambda claim=claim: claim(by_a_constant, start))  # type: ignore[misc]


def test_a_constant_of_exact_data_may_be_guessed_by_floats() -> None:
    assert Side(Fraction(1)).sign == 1


def test_an_int_that_is_drawn_for_a_fraction_is_one() -> None:
    def third(x: WHOLE) -> Claim:
        """x/3 is a third of x."""
        return le(0, where(x / 3 == x * THIRD, 1, -1))

    def not_third(x: WHOLE) -> Claim:
        """x/3 is no third of x."""
        return le(0, where(x / 3 == x * THIRD, -1, 1))

    tallies = [
        search(Theorem(t, source="s", label=t.__name__.replace("_", "-")).itself, Budget(40, 0, None, 1))
        for t in (third, not_third)
    ]
    assert tallies[0].counterexample is None
    assert tallies[0].decided == 40
    assert tallies[1].counterexample is not None


LATE: dict[str, Callable[[Any], Claim]] = {
    "a generator": lambda x: every(le(math.floor(float(x)), x) for _ in range(1)),
    "a truth value": lambda x: every(known(float(x) != 1) for _ in range(1)),
}


@pytest.mark.parametrize("name", LATE)
def test_a_claim_that_is_made_late_takes_no_float(name: str) -> None:
    def late(x: NEAR_ONE) -> Claim:
        """True of x < 1."""
        return LATE[name](x)

    t = Theorem(late, source="s", label="late")
    with pytest.raises(BadInput, match="rounded number"):
        t.itself.check({"x": 1 - Fraction(1, 2**60)})


def test_a_hypothesis_that_is_made_late_takes_no_float() -> None:
    part = such_that(between(0, 1), "x + 10^9 >= 10^9 + 1", lambda x: known(float(x) + 10**9 >= 10**9 + 1))

    def one(x: Annotated[Fraction, part]) -> Claim:
        """x = 1."""
        return eq(x, 1)

    with pytest.raises(BadInput, match="rounded number"):
        Theorem(one, source="s", label="one").itself.check({"x": 1 - Fraction(1, 2**24)})


def test_a_domain_of_earlier_variables_takes_no_float() -> None:
    def below(x: NEAR_ONE, y: Annotated[Fraction, lambda x: between(0, math.ceil(float(x)))]) -> Claim:
        """0 <= y."""
        return le(0, y)

    with pytest.raises(BadInput, match="rounded number"):
        Theorem(below, source="s", label="below").itself.check({"x": 1 - Fraction(1, 2**60), "y": ONE})


def test_points_of_ints_are_points_of_rationals() -> None:
    def flat(x: Vec) -> Any:
        t = x[0]
        return where(t * ((t * t) / (t * t * t)) < 1 - Fraction(1, 10**17), 2 * t, t)

    assert decided(lambda: eq(partials(flat, Vec((49,)))[0], 1)) is True
    assert decided(lambda: eq(partials(lambda x: x[0] / x[1], Vec((49, 3)))[0], THIRD)) is True
    assert Vec((1, 3))[0] / Vec((1, 3))[1] == THIRD


def test_vec_takes_a_number_of_a_statement() -> None:
    def point(x: NEAR_ONE) -> Claim:
        """x is the coordinate of its point."""
        return eq(vec(x)[0], x)

    t = Theorem(point, source="s", label="point")
    checked = t.itself.check({"x": Fraction(1, 2)})
    assert checked.conclusion.truth
    assert not contradiction(checked, second_opinion(t.itself, {"x": Fraction(1, 2)}, checked))
    assert isinstance(vec(Real.of(1))[0], Real)


def test_preimages_of_ints_are_exact() -> None:
    assert preimage(Intervals(((Fraction(0), ONE),)), [(0, 1, 3, 0)]).measure == THIRD
    assert Intervals(((0, 1),)).measure / 3 == THIRD  # type: ignore[arg-type]
