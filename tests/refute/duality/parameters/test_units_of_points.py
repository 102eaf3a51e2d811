"""Two numbers where the gradients of a class have a unit, and points another one: both are 1, and what is left is measured in them."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Known, Objective, convex, convex_lipschitz, convex_nonsmooth
from refute import (
    Claim,
    Domain,
    Mutant,
    Theorem,
    Vec,
    between,
    both,
    dot,
    iterated,
    le,
    naturals,
    points,
    positive,
    sq,
    such_that,
)
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.errors import NotLinear
from refute.proofs import for_all as proofs
from refute.verify_proof.check import check

ONE = Fraction(1)
Lipschitz = Annotated[Known, convex_lipschitz(minimizer=True)]
Convex = Annotated[Objective, convex()]
Set = Annotated[Known, convex_nonsmooth(minimizer=True)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Positive = Annotated[Fraction, positive()]
Count = Annotated[int, naturals(1, drawn=4)]


def ball(f: Any, R: Any) -> Domain:
    return such_that(points(f.dim), "the ball", lambda x: le(sq(x - f.minimum.at), R**2))


def two_steps(f: Lipschitz, x: Point, h: Positive, s: Positive, *, c: Fraction = ONE) -> Claim:
    """Two steps of different sizes."""
    y, best = x - h * f.grad(x), f.minimum
    gain = 2 * h * (f(x) - best.value) + 2 * s * (f(y) - best.value)
    return le(gain, sq(x - best.at) + c * (h**2 + s**2) * f.M**2)


def from_a_ball(f: Lipschitz, h: Positive, R: Positive, x: Annotated[Vec, ball], *, c: Fraction = ONE) -> Claim:
    """One step from a ball of any radius."""
    return le(2 * h * (f(x) - f.minimum.value), R**2 + c * h**2 * f.M**2)


def regret(f: Lipschitz, x: Point, u: Point, h: Positive, N: Count, *, c: Fraction = ONE) -> Claim:
    """The regret of the subgradient method, for every number of steps of any size."""

    def step(k: Any, state: Any) -> Any:
        y, total = state
        g = f.grad(y)
        return y - h * g, total + f(y) - f(u)

    def potential(k: Any, state: Any) -> Any:
        y, total = state
        return sq(y - u) + 2 * h * total - k * h**2 * f.M**2

    _, total = iterated(step, (x, 0), N, potential)
    return le(2 * h * total, sq(x - u) + c * N * h**2 * f.M**2)


def projected(f: Lipschitz, C: Set, x: Point, h: Positive, s: Positive, *, c: Fraction = ONE) -> Claim:
    """A proximal step of another function, which has no scale."""
    y = x - h * f.grad(x)
    p, best = C.prox(s, y), C.minimum
    return le(sq(p - best.at) + 2 * s * (C(p) - best.value), c * sq(y - best.at))


UNITS = {two_steps: "s / h", from_a_ball: "R / (M h)", regret: "N", projected: "s M"}


@pytest.mark.parametrize("body", UNITS)
def test_both_numbers_are_any(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    proof = prove_everywhere(theorem.itself)
    assert proof
    (case,) = cases(theorem.itself)
    assert case.unit == UNITS[body]
    assert case.ones == ("M", "h")
    assert any("M = 1 and h = 1 by a choice of units" in line for line in proofs.lines(proof)) == (
        case.problem.origin is not None
    )
    data = proofs.as_data(theorem, proof)
    proofs.verify(data, theorem, "here")
    assert check(data)


@pytest.mark.parametrize("body", UNITS)
def test_a_better_constant_is_not_proved(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    assert not prove_everywhere(theorem.mutated(Mutant("better", {"c": Fraction(99, 100)})))


def in_other_units(f: Lipschitz, x: Point, h: Positive, N: Count) -> Claim:
    """True where h M = 1, and N times as much elsewhere."""
    return both(one=le(2 * h * (f(x) - f.minimum.value), h * f.M * (sq(x - f.minimum.at) + h**2 * f.M**2) * N))


def by_a_power_of_the_step(f: Lipschitz, x: Point, h: Positive, s: Positive) -> Claim:
    """h in place of h^2 M."""
    return le(2 * h * (f(x) - f.minimum.value), sq(x - f.minimum.at) + h * f.M + s * f.M)


def of_smooth(f: Convex, x: Point, y: Point, h: Positive, s: Positive) -> Claim:
    """Where gradients are measured in points by the scale no unit is left."""
    return le(0, h * dot(f.grad(x) - f.grad(y), x - y) + s * sq(x - y) * f.L)


def divides(f: Lipschitz, x: Point, h: Positive, s: Positive) -> Claim:
    """At h M = 2 it has no value."""
    return le(0, sq(x - f.minimum.at) / (h * f.M - 2) ** 2 + 0 * s)


def branches(f: Lipschitz, x: Point, h: Positive, s: Positive) -> Claim:
    """It is false where h M < 1/2."""
    return le((1 if h * f.M < Fraction(1, 2) else 0) * sq(x - f.minimum.at), s**2 / h**2 * sq(x - f.minimum.at) * 0)


def up_to_a_product(
    f: Lipschitz, x: Point, h: Positive, s: Annotated[Fraction, lambda f, h: between(0, h**2 * f.M)]
) -> Claim:
    """The range of s is that of h where h M = 1 alone."""
    return le(s * sq(x - f.minimum.at), h * sq(x - f.minimum.at))


def below_nothing(f: Lipschitz, x: Point, h: Positive, N: Count) -> Claim:
    """No h M is below 0, and the bound is too small for large h M."""
    bound = h**2 * f.M**2 if h * f.M < 0 else 10**12
    return le(h**2 * sq(f.grad(x)), N * bound)


def compared_twice(f: Lipschitz, x: Point, h: Positive, s: Positive) -> Claim:
    """Both comparisons are one where h M = 1, and one where it is not, too; the bound is too small for large h M."""
    if s < h:
        return le(0, sq(f.grad(x)))
    bound = h**2 * f.M**2 if s * h * f.M < h**2 * f.M else 10**12
    return le(h**2 * sq(f.grad(x)) + 0 * s, bound + 0 * s)


def small(f: Known, h: Fraction) -> Domain:
    return such_that(positive(), "small", lambda s: le(s, h if h * f.M == 1 else h * Fraction(1000001, 1000000)))


def lost_condition(f: Lipschitz, x: Point, h: Positive, s: Annotated[Fraction, small]) -> Claim:
    """What is known of s is understood where h M = 1 alone."""
    return le(s * sq(f.grad(x)), h * f.M**2)


@pytest.mark.parametrize("body", [below_nothing, compared_twice, lost_condition])
def test_what_is_read_in_one_unit_alone_is_not_proved(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="l").itself
    try:
        proof = prove_everywhere(statement)
    except NotLinear:
        return
    assert not proof


@pytest.mark.parametrize(
    "body", [in_other_units, by_a_power_of_the_step, of_smooth, divides, branches, up_to_a_product]
)
def test_what_is_another_statement_in_other_units_is_not_read(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear, match=r"too many parameters|power of L|units"):
        cases(Theorem(body, source="s", label="l").itself)
