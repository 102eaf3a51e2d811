"""Classes with given limits of the curvature: what is drawn is inside, mostly at the limits; and duality decides about all members."""

import operator
from fractions import Fraction
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from objectives import (
    HeavyBall,
    Objective,
    PiecewiseQuadratic,
    Quadratic,
    convex,
    gradient,
    smooth,
    square,
    starts,
    strongly_convex,
)
from objectives.classes.fitted import bent, fitted
from refute import BadInput, Claim, Given, Theorem, Vec, converges, dot, le, points, sq, vec
from refute.duality.decide import for_all
from refute.duality.parameters.cases import cases
from refute.duality.parameters.ratio import Ratio, parameters
from refute.duality.weights import Weights, checked
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.search.budget import Budget
from refute.search.sampling import examples, search
from refute.verdicts.examine import agreed

DOMAINS = [
    (smooth(L=2), -Fraction(2), Fraction(2)),
    (smooth(L=2, dim=1, minimizer="attained"), -Fraction(2), Fraction(2)),
    (convex(L=Fraction(1, 3)), Fraction(0), Fraction(1, 3)),
    (convex(L=1, minimizer="known"), Fraction(0), Fraction(1)),
    (strongly_convex(mu=1, L=25), Fraction(1), Fraction(25)),
    (strongly_convex(dim=1, mu=2, L=2), Fraction(2), Fraction(2)),
    (strongly_convex(dim=3, mu=Fraction(1, 2), L=7), Fraction(1, 2), Fraction(7)),
]


@pytest.mark.parametrize(("domain", "lo", "hi"), DOMAINS, ids=lambda x: getattr(x, "name", ""))
@settings(max_examples=40)
@given(data=st.data())
def test_what_is_drawn_is_inside(domain: Any, lo: Fraction, hi: Fraction, data: Any) -> None:
    f = domain.draw(data.draw)
    assert hi >= f.L
    assert lo == -hi or lo <= f.mu
    assert domain.member(lift(f, Real.of)).decide().truth


@pytest.mark.parametrize(("domain", "lo", "hi"), DOMAINS, ids=lambda x: getattr(x, "name", ""))
def test_most_are_drawn_at_the_limits(domain: Any, lo: Fraction, hi: Fraction) -> None:
    drawn = [domain.example(seed) for seed in range(30)]
    assert sum(hi == f.L for f in drawn) >= 15
    if lo > 0:
        assert sum(lo == f.mu for f in drawn) >= 10


def test_a_function_outside_is_none() -> None:
    domain = strongly_convex(dim=1, mu=1, L=4)
    for L, inside in ((Fraction(1), True), (Fraction(4), True), (Fraction(5), False), (Fraction(1, 2), False)):
        assert domain.member(lift(square(L), Real.of)).decide().truth is inside


@pytest.mark.parametrize(
    "f",
    [
        Quadratic((Fraction(1, 2),), (Fraction(1), Fraction(3)), (Fraction(1), Fraction(0)), vec(1, 2), Fraction(5)),
        PiecewiseQuadratic(
            (Fraction(0), Fraction(1)), (Fraction(1), Fraction(3), Fraction(2)), Fraction(1), Fraction(2)
        ),
    ],
)
def test_bending_adds_a_square(f: Any) -> None:
    x, y = (vec(3, -1), vec(1, 1)) if f.dim == 2 else (vec(3), vec(-2))
    g = bent(f, Fraction(2), Fraction(5))
    assert (g.mu, g.L) == (2 * f.mu + 5, 2 * f.L + 5)
    assert gradient(g, x) - gradient(g, y) == 2 * (gradient(f, x) - gradient(f, y)) + 5 * (x - y)
    assert fitted(f, Fraction(7), Fraction(2)).L == 7
    assert fitted(f, Fraction(7), Fraction(2)).mu == 2
    assert fitted(f, Fraction(7)).L == 7


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: smooth(L=0), "needs mu <= L and 0 < L"),
        (lambda: convex(L="half"), "is no number"),  # type: ignore[arg-type]
        (lambda: strongly_convex(mu=2, L=1), "needs mu <= L"),
        (lambda: strongly_convex(L=1), "give both numbers"),
        (lambda: smooth(L=1, allow_flat=True), "leave allow_flat out"),
        (lambda: strongly_convex(mu=True, L=3), "is no number"),
    ],
)
def test_bad_limits_are_one_sentence(make: Any, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        make()


def step_is_short(f: Annotated[Objective, smooth(L=2)], x: Annotated[Vec, lambda f: points(f.dim)]) -> Claim:
    """A step 1/2 lowers f by |grad f(x)|^2/4."""
    return le(sq(gradient(f, x)) / 4, f(x) - f(x - gradient(f, x) / 2))


Between1And25 = Annotated[Objective, strongly_convex(mu=1, L=25)]
Half = Annotated[Objective, convex(L=Fraction(1, 2), minimizer="known")]
Start = Annotated[Vec, lambda f: points(f.dim)]


def contracts(f: Between1And25, x: Start) -> Claim:
    """The best constant step contracts by (L - mu)/(L + mu)."""
    rate = Fraction(12, 13)
    return le(sq(x - gradient(f, x) / 13 - f.minimum.at), rate**2 * sq(x - f.minimum.at))


def contracts_too_fast(f: Between1And25, x: Start) -> Claim:
    """The same with 0.923 in place of 12/13: false."""
    return le(sq(x - gradient(f, x) / 13 - f.minimum.at), Fraction(923, 1000) ** 2 * sq(x - f.minimum.at))


def small_gradient(f: Half, x: Start) -> Claim:
    """|grad f|^2 <= 2 L (f - f*) for L = 1/2."""
    return le(sq(gradient(f, x)), f(x) - f.minimum.value)


def half_of_two(f: Annotated[Objective, convex(L=2)], x: Start, y: Start) -> Claim:
    """The descent lemma with half of L: false for x^2."""
    return le(f(y), f(x) + dot(gradient(f, x), y - x) + sq(y - x) / 2)


def lowers(f: Between1And25, x: Annotated[Vec, lambda f: starts(f)]) -> Claim:
    """A step 1/25 lowers f, from where `starts` draws."""
    return le(f(x - gradient(f, x) / 25), f(x))


@pytest.mark.parametrize("body", [step_is_short, contracts, small_gradient, lowers])
def test_both_checkers_agree_about_given_numbers(body: Any) -> None:
    theorem = Theorem(body, source="tests", label="given", status="true", proof="textbook")
    found = for_all(theorem.itself, lambda: examples(theorem.itself, 0, 3))
    assert found is not None
    assert found.proof
    assert agreed(theorem, found.proof).truth


@pytest.mark.parametrize("body", [contracts_too_fast, half_of_two])
def test_what_is_false_of_given_numbers_is_refuted_by_duality(body: Any) -> None:
    statement = Theorem(body, source="tests", label="given").itself
    found = for_all(statement, lambda: examples(statement, 0, 3))
    assert found is not None
    assert found.counterexample is not None
    assert statement.check(found.counterexample).conclusion.truth is False


def test_a_proof_for_another_number_is_none() -> None:
    """The conditions of a class stand in the file of a proof: one weight of the class with L = 1 does not prove what is false for L = 2."""
    theorem = Theorem(half_of_two, source="tests", label="given")
    case = cases(theorem.itself)[0]
    for k in range(len(case.problem.conditions)):
        forged = Weights(case, case.problem.claims[0], {k: Ratio.of(1, parameters()[0])}, ())
        assert checked(case, case.problem.claims[0], forged.weights) is None
        assert agreed(theorem, [forged]).truth is None


def own_constant(f: Annotated[Objective, smooth(L=2)], x: Annotated[Vec, lambda f: points(f.dim)]) -> Claim:
    """A step 1/f.L lowers f: true, but of the constant of f the class says only a bound."""
    return le(f(x - gradient(f, x) / f.L), f(x))


def test_duality_decides_for_all_members() -> None:
    theorem = Theorem(step_is_short, source="tests", label="given-limits", status="true", proof="descent lemma")
    found = for_all(theorem.itself, lambda: examples(theorem.itself, 0, 3))
    assert found is not None
    assert found.proof


def steps_of_two(
    f: Annotated[Objective, convex(L=1)],
    g: Annotated[Objective, lambda f: convex(L=2, dim=f.dim)],
    x: Annotated[Vec, lambda f: points(f.dim)],
) -> Claim:
    """A step 1/3 on the sum of a 1-smooth and a 2-smooth function lowers the sum."""
    y = x - (gradient(f, x) + gradient(g, x)) / 3
    return le(f(y) + g(y), f(x) + g(x))


def test_a_second_function_on_the_space_of_the_first_is_decided_too() -> None:
    theorem = Theorem(steps_of_two, source="tests", label="two-functions", status="true", proof="descent lemma")
    found = for_all(theorem.itself, lambda: examples(theorem.itself, 0, 3))
    assert found is not None
    assert found.proof


def test_the_constant_of_a_member_is_not_its_bound() -> None:
    """f.L may be smaller than the 2 of the class: duality must not take one for the other."""
    theorem = Theorem(own_constant, source="tests", label="own-constant", status="true", proof="descent lemma")
    assert for_all(theorem.itself, lambda: examples(theorem.itself, 0, 3)) is None


Point = Annotated[Vec, lambda f: starts(f)]


def in_the_class(f: Annotated[Objective, strongly_convex(dim=1, mu=1, L=25)], x: Point) -> Claim:
    """The heavy ball with Polyak's parameters for 1 <= f'' <= 25 converges: false, it cycles."""
    return converges(HeavyBall(f, Fraction(1, 9), Fraction(4, 9)), Vec((*x, *x)))


def by_hypotheses(f: Annotated[Objective, strongly_convex(dim=1)], x: Point) -> Claim:
    """The same, in a reader's other words."""
    return converges(HeavyBall(f, Fraction(1, 9), Fraction(4, 9)), Vec((*x, *x)))


@pytest.mark.parametrize("how", [in_the_class, by_hypotheses])
def test_the_heavy_ball_is_seen_to_cycle(how: Any) -> None:
    hypotheses = (Given("mu >= 1", lambda f: le(1, f.mu)), Given("L <= 25", lambda f: le(f.L, 25)))
    asked = hypotheses if how is by_hypotheses else ()
    theorem = Theorem(how, source="tests", label="heavy-ball", given=asked)
    assert any(search(theorem.itself, Budget(seed=seed)).counterexample is not None for seed in range(3))


def test_hypotheses_that_name_numbers_move_what_is_drawn() -> None:
    hypotheses = (Given("mu >= 1", lambda f: le(1, f.mu)), Given("L <= 25", lambda f: le(f.L, 25)))
    theorem = Theorem(by_hypotheses, source="tests", label="moved", given=hypotheses)
    drawn = [i["f"] for i in examples(theorem.itself, 0, 60)]
    assert sum((f.mu, f.L) == (1, 25) for f in drawn) >= 15


WithMinimum = Annotated[Objective, smooth(L=1, minimizer="known")]
Attained = Annotated[Objective, convex(L=1, minimizer="attained")]


def above_minimum(f: WithMinimum, x: Start) -> Claim:
    """f(x) - min f >= |grad f(x)|^2/(2 L), for functions that are not convex, too."""
    return le(sq(gradient(f, x)) / 2, f(x) - f.minimum.value)


def more_above_minimum(f: WithMinimum, x: Start) -> Claim:
    """The same with 1/1.9 in place of 1/2: false, for x^2/2."""
    return le(sq(gradient(f, x)), Fraction(19, 10) * (f(x) - f.minimum.value))


def above_the_attained(f: Attained, x: Start) -> Claim:
    """The same for convex functions whose minimizer is not spoken of."""
    return le(sq(gradient(f, x)) / 2, f(x) - f.minimum.value)


@pytest.mark.parametrize("body", [above_minimum, above_the_attained])
def test_minima_of_given_classes_are_decided_by_duality(body: Any) -> None:
    theorem = Theorem(body, source="tests", label="minimum")
    found = for_all(theorem.itself, lambda: examples(theorem.itself, 0, 3))
    assert found is not None
    assert found.proof
    assert agreed(theorem, found.proof).truth


def test_of_a_minimum_that_is_not_convex_duality_refutes_nothing() -> None:
    """The condition of such a minimum is only necessary, and a table no function; the search has functions."""
    statement = Theorem(more_above_minimum, source="tests", label="minimum").itself
    found = for_all(statement, lambda: examples(statement, 0, 3))
    assert found is not None
    assert found.counterexample is None
    assert search(statement, Budget(200, 64, None, 0)).counterexample is not None


@pytest.mark.parametrize("name", ["minimum.at", "mu", "L", "prox"])
def test_what_members_do_not_share_is_refused(name: str) -> None:
    def body(f: Attained, x: Start) -> Claim:
        return le(sq(operator.attrgetter(name)(f)), 1)

    statement = Theorem(body, source="tests", label="asks").itself
    assert for_all(statement, lambda: examples(statement, 0, 3)) is None
