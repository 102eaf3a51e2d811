"""Planted false theorems, each blind to plain random functions, are found and shrunk."""

from fractions import Fraction
from typing import Annotated

import pytest

from objectives import Objective, convex, gradient_step, on_the_line, smooth, step_sizes
from refute import Claim, Theorem, Vec, dot, le, points, sq
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.search.shrink import presentable

Smooth = Annotated[Objective, smooth()]
Convex = Annotated[Objective, convex()]
Line = Annotated[Objective, on_the_line()]
Point = Annotated[Vec, lambda f: points(f.dim)]
Other = Annotated[Vec, lambda f, x: points(f.dim, near=x)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=2)]
Wide = Annotated[Fraction, lambda f: step_sizes(f.L, below=Fraction(202, 100))]


def smooth_functions_are_convex(f: Smooth, x: Point, y: Other) -> Claim:
    """<f'(x) - f'(y), x - y> >= 0."""
    return le(0, dot(f.grad(x) - f.grad(y), x - y))


def descent_for_larger_steps(f: Convex, x: Point, h: Wide) -> Claim:
    """f falls for h up to 2.02/L."""
    return le(f(gradient_step(f, h, x)), f(x))


def cocoercivity_plus_one_percent(f: Convex, x: Point, y: Other) -> Claim:
    """1.01/L abs(f'(x) - f'(y))^2 <= <f'(x) - f'(y), x - y>."""
    change = f.grad(x) - f.grad(y)
    return le(Fraction(101, 100) * sq(change), f.L * dot(change, x - y), unit=sq(change))


def gradients_shrink(f: Line, x: Point, h: Step) -> Claim:
    """abs(f'(x_1)) <= abs(f'(x_0)), true only for convex f."""
    return le(sq(f.grad(gradient_step(f, h, x))), sq(f.grad(x)))


def half_the_constant(f: Smooth, x: Point, y: Other) -> Claim:
    """The descent lemma with 0.499 L."""
    q = Fraction(499, 1000) * f.L * sq(y - x)
    return le(f(y), f(x) + dot(f.grad(x), y - x) + q, unit=q)


@pytest.mark.parametrize(
    "body",
    [
        smooth_functions_are_convex,
        descent_for_larger_steps,
        cocoercivity_plus_one_percent,
        gradients_shrink,
        half_the_constant,
    ],
    ids=lambda b: b.__name__,
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_falsehoods_are_found(body: object, seed: int) -> None:
    t = Theorem(body, source="planted", label="planted")  # type: ignore[arg-type]
    tally = search(t.itself, Budget(1000, 128, None, seed))
    assert tally.counterexample is not None
    small = presentable(t.itself, tally)
    assert small["f"].dim == 1
