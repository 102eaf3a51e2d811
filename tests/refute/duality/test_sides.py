"""Norms, and the largest and least of several values, as sides of inequalities."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, smooth, starts, strongly_convex
from refute import (
    Claim,
    Given,
    Mutant,
    Theorem,
    Vec,
    between,
    dot,
    eq,
    le,
    lt,
    maximum,
    minimum,
    norm,
    points,
    rationals,
    sq,
    verify_proof,
)
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.errors import NotLinear
from refute.proofs.for_all import as_data, verify

F = Fraction
Smooth = Annotated[Objective, smooth()]
Convex = Annotated[Objective, convex(minimizer="known")]
StronglyConvex = Annotated[Objective, strongly_convex()]
Point = Annotated[Vec, lambda f: points(f.dim)]
Start = Annotated[Vec, lambda f: starts(f)]
ONE = F(1)


def lipschitz(f: Smooth, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """The gradient is L-Lipschitz."""
    return le(norm(f.grad(x) - f.grad(y)), c * f.L * norm(x - y))


def contracts(
    f: StronglyConvex,
    x: Start,
    h: Annotated[Fraction, lambda f: between(0, 2 / (f.L + f.mu))],
    *,
    c: Fraction = ONE,
) -> Claim:
    """1 - h mu is at least 0 on the range of h."""
    return le(norm(gradient_step(f, h, x) - f.minimum.at), c * (1 - h * f.mu) * norm(x - f.minimum.at))


def bounded(f: Convex, x: Start, *, c: Fraction = ONE) -> Claim:
    """A number times a norm on the right, and twice a norm on the left."""
    return le(2 * norm(f.grad(x)) / 2, c * norm(f.L * (x - f.minimum.at)))


def least(f: Convex, x: Start, *, c: Fraction = ONE) -> Claim:
    """The least of two squares of gradients, moved and multiplied."""
    y = gradient_step(f, 1 / f.L, x)
    low = f.minimum.value
    return le(2 * (minimum(sq(f.grad(x)), sq(f.grad(y))) - low) + 2 * low, c * F(4, 3) * f.L * (f(x) - low))


def largest(f: Convex, x: Start, *, c: Fraction = ONE) -> Claim:
    """The largest of two."""
    y = gradient_step(f, 1 / f.L, x)
    return le(maximum(sq(f.grad(x)), sq(f.grad(y))), c * 2 * f.L * (f(x) - f.minimum.value))


def below_largest(f: Convex, x: Start, y: Start, *, c: Fraction = ONE) -> Claim:
    """A midpoint is below the larger end."""
    return le(f((x + y) / 2) - f.minimum.value, c * (maximum(f(x), f(y)) - f.minimum.value))


TRUE = (lipschitz, contracts, bounded, least, largest, below_largest)


@pytest.mark.parametrize("body", TRUE)
def test_proved_and_checked_twice(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof
    data = as_data(theorem, proof)
    assert len(verify(data, theorem, "here")) == len(proof)
    verify_proof.check(data)


@pytest.mark.parametrize("body", TRUE)
def test_false_neighbours_are_not_proved(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="statement").mutated(Mutant("c", {"c": F(99, 100)}))
    assert not prove_everywhere(statement)


def test_hypotheses_with_norms() -> None:
    def inexact(f: Smooth, x: Point, d: Point) -> Claim:
        """A direction with an error of half the gradient."""
        return le(f(x - d / f.L), f(x) - F(3, 8) / f.L * sq(f.grad(x)))

    given = (Given("close", lambda f, x, d: le(norm(d - f.grad(x)), norm(f.grad(x)) / 2)),)
    theorem = Theorem(inexact, source="s", label="statement", given=given)
    assert prove_everywhere(theorem.itself)  # d is measured as gradients are

    def both_ways(f: Smooth, x: Point, d: Point) -> Claim:
        """It is a point, too."""
        return le(f(x - d / f.L), f(x) - F(3, 8) / f.L * sq(f.grad(x)) + sq(x - d))

    with pytest.raises(NotLinear, match="units"):
        cases(Theorem(both_ways, source="s", label="statement", given=given).itself)

    def along(f: Smooth, x: Point, d: Point) -> Claim:
        """A direction does not move with the origin: its product with a point does."""
        return le(0, dot(d, x) + f.L * sq(x) + sq(d) / f.L)

    def somewhere(f: Smooth, x: Point, d: Point) -> Claim:
        """False where x is far away."""
        return le(0, dot(d, x) + sq(d) / f.L)

    assert prove_everywhere(Theorem(along, source="s", label="statement").itself)
    assert not prove_everywhere(Theorem(somewhere, source="s", label="statement").itself)

    def in_units(f: Smooth, x: Point, d: Point) -> Claim:
        """The same, in units of L."""
        return le(f(x - d), f(x) - F(3, 8) / f.L * sq(f.grad(x)))

    given = (Given("close", lambda f, x, d: le(norm(f.L * d - f.grad(x)), norm(f.grad(x)) / 2)),)
    assert prove_everywhere(Theorem(in_units, source="s", label="statement", given=given).itself)


def negative(f: StronglyConvex, x: Start, h: Annotated[Fraction, lambda f: between(0, 2 / f.L)]) -> Claim:
    """1 - h L is negative from 1/L on: squared it would be true."""
    return le(norm(gradient_step(f, h, x) - f.minimum.at), (1 - h * f.L) * norm(x - f.minimum.at))


def negative_number(f: Convex, x: Start) -> Claim:
    """-2 L |x - x_*| as a bound."""
    return le(norm(f.grad(x)), -2 * f.L * norm(x - f.minimum.at))


def sums(f: Convex, x: Start, y: Start) -> Claim:
    """The triangle inequality."""
    return le(norm(x - y), norm(x - f.minimum.at) + norm(y - f.minimum.at))


def beside_values(f: Convex, x: Start) -> Claim:
    """A norm and a value."""
    return le(norm(f.grad(x)), f(x) - f.minimum.value)


def branches(f: Convex, x: Start, y: Start) -> Claim:
    """A branch on norms."""
    return le(f(x), f(x) if norm(x) <= norm(y) else f(y))


def cubes(f: Convex, x: Start) -> Claim:
    """A cube of a norm."""
    return le(norm(f.grad(x)) ** 3, f.L * norm(x))


def extremes_on_both_sides(f: Convex, x: Start, y: Start) -> Claim:
    """Both sides."""
    return le(maximum(f(x), f(y)), maximum(f(y), f(x)))


def equal_to_the_largest(f: Convex, x: Start, y: Start) -> Claim:
    """An equation."""
    return eq(maximum(f(x), f(y)), f(x))


def turned(f: Convex, x: Start, y: Start, r: Annotated[Fraction, rationals()]) -> Claim:
    """Times a number that may be negative."""
    return le(r * maximum(f(x), f(y)), r * f(x) + r * f(y))


@pytest.mark.parametrize(
    "body",
    [
        negative,
        negative_number,
        sums,
        beside_values,
        branches,
        cubes,
        extremes_on_both_sides,
        equal_to_the_largest,
        turned,
    ],
)
def test_what_is_not_read(body: Callable[..., Any]) -> None:
    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="statement").itself)


def test_what_is_strict_is_not_proved_by_what_is_not() -> None:
    def strict(f: Smooth, x: Point, y: Point) -> Claim:
        """False at x = y."""
        return lt(norm(f.grad(x) - f.grad(y)), f.L * norm(x - y))

    assert not prove_everywhere(Theorem(strict, source="s", label="statement").itself)
