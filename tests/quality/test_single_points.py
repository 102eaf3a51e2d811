"""False statements that fail at one point only: where a statement names it, or it is a simple share of an interval, it is found."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, SeparableSum, convex, quasar_convex, star_convex, starts, step_sizes
from objectives.functions.linear import determinant
from refute import (
    Claim,
    Given,
    Theorem,
    Vec,
    any_of,
    at_least,
    between,
    both,
    bounded,
    eq,
    every,
    integers,
    le,
    log,
    lt,
    maximum,
    minimum,
    naturals,
    ne,
    nonzero,
    points,
    positive,
    rationals,
    sq,
    sqrt,
    such_that,
    times,
    total,
    vec,
)
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.statements.domains import Domain
from refute.verdicts.examine import verdict

F = Fraction
Star = Annotated[Objective, star_convex()]
Number = Annotated[F, rationals()]
WHOLE = 123456


def unequal(point: Fraction) -> Callable[..., Claim]:
    def body(x: Any) -> Claim:
        """x is not this number."""
        return ne(x, point)

    return body


@pytest.mark.parametrize(
    ("domain", "point"),
    [
        (between(0, 1), F(5, 17)),
        (between(-3, 8, open=True), F(22, 7)),
        (between(0, 1), F(0)),
        (positive(), F(3, 7)),
        (rationals(), F(-101, 3)),
        (nonzero(), F(1, 1000)),
        (such_that(between(0, 2), "x <= 1", lambda x: le(x, 1)), F(7, 9)),
        (integers(0, 10**9), F(WHOLE)),
        (naturals(0, 10**9), F(WHOLE)),
    ],
    ids=lambda x: x.name if isinstance(x, Domain) else str(x),
)
def test_a_number_that_the_conclusion_names_is_drawn(domain: Domain, point: Fraction) -> None:
    body = unequal(point)
    body.__annotations__ = {"x": Annotated[F, domain], "return": Claim}
    tally = search(Theorem(body, source="s", label="l").itself, Budget(200, 0))
    assert tally.counterexample == {"x": point}


def test_a_number_that_a_hypothesis_names_is_drawn() -> None:
    def cube(x: Annotated[F, between(0, 2)]) -> Claim:
        """x^3 differs from 27/64."""
        return ne(x * x * x * 64, 9 + 9 + 9)

    near = Given("x >= 3/4", lambda x: le(F(3, 4), x))
    tally = search(Theorem(cube, source="s", label="l", given=(near,)).itself, Budget(200, 0))
    assert tally.counterexample == {"x": F(3, 4)}


@pytest.mark.parametrize("share", [F(1, 3), F(3, 5), F(5, 6), F(2, 7), F(4, 9), F(3, 10), F(7, 12)])
def test_a_simple_share_of_an_interval_is_drawn(share: Fraction) -> None:
    def elsewhere(f: Annotated[Objective, convex()], h: Annotated[F, lambda f: step_sizes(f.L, below=2)]) -> Claim:
        """h L is not this share of 2."""
        return ne(f.L * h, share + share)

    tally = search(Theorem(elsewhere, source="s", label="l").itself, Budget(1000, 0))
    assert tally.counterexample is not None
    assert tally.counterexample["h"] * tally.counterexample["f"].L == 2 * share


def test_a_constant_of_a_class_that_the_conclusion_names_is_drawn() -> None:
    def other(f: Annotated[Objective, convex()]) -> Claim:
        """L is not 7/5."""
        return ne(f.L, F(7, 5))

    tally = search(Theorem(other, source="s", label="l").itself, Budget(400, 0))
    assert tally.counterexample is not None
    assert F(7, 5) == tally.counterexample["f"].L


def size_of_the_sum(x: Annotated[Vec, points(5)]) -> Claim:
    """Unless x = 0, |x|_1^2 < 5 |x|^2: false where all |x_i| agree."""
    return any_of(zero=eq(sq(x), 0), less=lt(total([abs(c) for c in x]) ** 2, 5 * sq(x)))


def is_normal(m: Vec) -> Claim:
    a, b, c, d = m
    return both(diagonal=eq(b * b, c * c), beside_it=eq(a * c + b * d, a * b + c * d))


def symmetric(m: Annotated[Vec, such_that(points(4), "A A^T = A^T A", is_normal)]) -> Claim:
    """A normal 2 x 2 matrix is symmetric: rotations are not."""
    return eq(m[1], m[2])


def is_idempotent(m: Vec) -> Claim:
    a, b, c, d = m
    return both(
        first=eq(vec(a * a + b * c, a * b + b * d), vec(a, b)), second=eq(vec(c * a + d * c, c * b + d * d), vec(c, d))
    )


def orthogonal(m: Annotated[Vec, such_that(points(4), "A A = A", is_idempotent)]) -> Claim:
    """A projection of the plane is an orthogonal one."""
    return eq(m[1], m[2])


def apart(x: Annotated[Vec, points(3)], y: Annotated[Vec, points(3)]) -> Claim:
    """Two points differ."""
    return lt(0, sq(x - y))


def curved(f: Annotated[Objective, quasar_convex(1)], x: Annotated[Vec, lambda f: points(f.dim)]) -> Claim:
    """No coordinate of x is a knot of the sum of which f consists."""
    parts = f.parts if isinstance(f, SeparableSum) else ()
    return every(ne(c, t) for p, c in zip(parts, x, strict=False) for t in getattr(p, "knots", ()))


@pytest.mark.parametrize("body", [size_of_the_sum, symmetric, orthogonal, apart, curved])
def test_coordinates_that_agree_and_points_that_matter_are_drawn(body: Callable[..., Claim]) -> None:
    found = search(Theorem(body, source="s", label="l").itself, Budget(300, 0))
    assert found.counterexample is not None


def spread(x: Annotated[Vec, points(6)]) -> Claim:
    """The largest coordinate is at most a thousand times the difference of the largest and the least."""
    return le(maximum(*map(abs, x)), 1000 * (maximum(*x) - minimum(*x)))


def in_a_box(x: Annotated[Vec, points(6)]) -> Claim:
    """In the unit cube the sum is at most 5.9."""
    return any_of(outside=lt(1, maximum(*map(abs, x))), sum=le(total(x), F(59, 10)))


def determinant_of_three(m: Annotated[Vec, points(9, within=1)]) -> Claim:
    """Determinants of matrices with entries between -1 and 1 are at most 3.9: there is one of 4."""
    large = lt(1, maximum(*map(abs, m)))
    return any_of(outside=large, det=le(determinant((m[:3], m[3:6], m[6:])), F(39, 10)))


def three_numbers(a: Number, b: Number, c: Number) -> Claim:
    """Three numbers are not equal with product 1."""
    return le(F(1, 10**6), (a - b) ** 2 + (b - c) ** 2 + (a * b * c - 1) ** 2)


def hump(x: Annotated[Vec, points(1)]) -> Claim:
    """A hump at 22/7, a thousandth wide."""
    return le(maximum(0, 1 - 1000 * abs(x[0] - F(22, 7))), F(1, 2))


def far_out(x: Annotated[F, at_least(0)]) -> Claim:
    """log(1 + x) <= 20."""
    return le(log(1 + x), 20)


def shear(x: Annotated[Vec, points(2, within=2)], A: Annotated[Vec, points(4, within=2)]) -> Claim:
    """Where no eigenvalue is larger than 1 powers are bounded: not for ((1, 1), (0, 1))."""
    trace, det = A[0] + A[3], A[0] * A[3] - A[1] * A[2]
    runs = bounded(lambda z: times(((A[0], A[1]), (A[2], A[3])), z), x)
    return any_of(det=lt(1, det), trace=lt(1 + det, abs(trace)), bounded=runs)


@pytest.mark.parametrize("body", [spread, in_a_box, determinant_of_three, three_numbers, hump, far_out, shear])
def test_batches_close_in_and_textbooks_matrices_are_drawn(body: Callable[..., Claim]) -> None:
    assert search(Theorem(body, source="s", label="l").itself, Budget(1000, 128, seed=1)).counterexample is not None


@pytest.mark.parametrize("seed", range(3))
def test_two_points_are_close_in_a_batch(seed: int) -> None:
    def at_once(x: Annotated[Vec, points(2)], y: Annotated[Vec, points(2)]) -> Claim:
        """Points at a distance below a tenth are close to the axis."""
        apart = any_of(far=le(F(1, 100), sq(x - y)), x=le(abs(x[1]), 3), y=le(abs(y[1]), 3))
        return any_of(same=eq(x, y), apart=apart)

    found = search(Theorem(at_once, source="s", label="l").itself, Budget(100, 128, seed=seed))
    assert found.counterexample is not None


def test_star_convex_functions_with_level_sets_that_are_not_convex_are_drawn() -> None:
    def quasi_convex(f: Star, x: Annotated[Vec, lambda f: starts(f)], y: Annotated[Vec, lambda f: starts(f)]) -> Claim:
        """A star-convex function is quasi-convex: false in the plane."""
        return le(f((x + y) / 2), maximum(f(x), f(y)))

    statement = Theorem(quasi_convex, source="s", label="l").itself
    assert any(search(statement, Budget(200, 128, seed=s)).counterexample for s in (0, 7, 4))


def at_a_third(x: Annotated[F, between(0, 1)]) -> Claim:
    """No x has 3x/7 = 2/7."""
    y = x * 3 / 7
    return le(1 if F(2, 7) <= y <= F(2, 7) else 0, 0)


def root(x: Annotated[F, between(0, 1)]) -> Claim:
    """The square of a root of 2 + x exceeds it."""
    return le(1 if sqrt(2 + x) ** 2 <= 2 + x else 0, 0)


@pytest.mark.parametrize("body", [at_a_third, root])
def test_a_branch_that_is_taken_at_an_exact_tie_is_confirmed_by_mpmath(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    assert verdict(theorem, search(theorem.itself, Budget(400, 0)))[0] == "refuted"
