"""Statements about first-order methods that the tests of duality share."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, convex, gradient_step, orbit, smooth, starts, step_sizes, strongly_convex
from refute import Claim, Vec, between, dot, integers, le, sq

ONE = Fraction(1)
Convex = Annotated[Objective, convex()]
WithMinimizer = Annotated[Objective, convex(minimizer="known")]
Smooth = Annotated[Objective, smooth()]
StronglyConvex = Annotated[Objective, strongly_convex()]
Point = Annotated[Vec, lambda f: starts(f)]
SmallStep = Annotated[Fraction, lambda f: between(0, 1 / f.L)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=2)]
Two = Annotated[int, integers(1, 2)]


def cocoercive(f: Convex, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """abs(grad f(x) - grad f(y))^2 <= L <grad f(x) - grad f(y), x - y>."""
    g = f.grad(x) - f.grad(y)
    return le(sq(g), c * f.L * dot(g, x - y))


def lipschitz(f: Smooth, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """abs(grad f(x) - grad f(y)) <= L abs(x - y)."""
    return le(sq(f.grad(x) - f.grad(y)), c * f.L**2 * sq(x - y))


def values(f: WithMinimizer, x: Point, h: SmallStep, N: Two, *, c: Fraction = ONE) -> Claim:
    """f(x_N) - f_* <= L abs(x_0 - x_*)^2/(2 (1 + 2 N h L))."""
    *_, y = orbit(f, h, x, N)
    return le(f(y) - f.minimum.value, c * f.L * sq(x - f.minimum.at) / (2 * (1 + 2 * N * h * f.L)))


def gradients(f: WithMinimizer, x: Point, h: SmallStep, N: Two, *, c: Fraction = ONE) -> Claim:
    """abs(grad f(x_N))^2 <= 2 L (f(x_0) - f_*)/(1 + 2 N h L)."""
    *_, y = orbit(f, h, x, N)
    return le(sq(f.grad(y)), c * 2 * f.L * (f(x) - f.minimum.value) / (1 + 2 * N * h * f.L))


def contracts(f: StronglyConvex, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """With h = 1/L two orbits approach each other by 1 - mu/L."""
    gap = gradient_step(f, 1 / f.L, x) - gradient_step(f, 1 / f.L, y)
    return le(sq(gap), c * (1 - f.mu / f.L) ** 2 * sq(x - y))


def descends(f: Smooth, x: Point, h: Step, *, c: Fraction = ONE) -> Claim:
    """f(x_1) <= f(x_0) - h (1 - L h/2) abs(grad f(x_0))^2."""
    return le(f(gradient_step(f, h, x)), f(x) - c * h * (1 - f.L * h / 2) * sq(f.grad(x)))


def shrinks(f: WithMinimizer, x: Point, h: Step, *, c: Fraction = ONE) -> Claim:
    """abs(x_1 - x_*) <= abs(x_0 - x_*)."""
    return le(sq(gradient_step(f, h, x) - f.minimum.at), c * sq(x - f.minimum.at))


#: Each with the constants c for which it is true, up to and from the one that is tight: the tight one, and whether larger ones are weaker.
TIGHT = {
    cocoercive: True,
    lipschitz: True,
    values: True,
    gradients: True,
    contracts: True,
    descends: False,
    shrinks: True,
}
