"""Where an orbit of gradient descent goes among the sets of a well: into M and out of it, past a point, close to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from objectives.functions.protocol import Differentiable
from objectives.methods.gradient_descent import gradient_step, orbit
from refute import Claim, Scalar, Vec, known, sq


def visits(f: Any, h: Scalar, x: Vec, N: int) -> Iterator[tuple[Vec, bool]]:
    """x_0, ..., x_{N-1}, each with whether the orbit has left the set M of f before; it ends before x_dagger."""
    left, been = False, False
    for _ in range(N):
        if x == f.x_dagger:
            return
        inside = f.inside(x)
        left, been = left or (been and not inside), been or inside
        yield x, left
        x = gradient_step(f, h, x)


def misses(f: Differentiable, h: Scalar, x: Vec, p: Vec, most: int = 3) -> bool:
    """Whether none of the first iterates is p."""
    return all(y != p for y in orbit(f, h, x, most))


def misses_bottom(f: Any, h: Scalar, x: Vec) -> bool:
    """Whether the orbit does not enter the set M of f at x_dagger, for steps that lead towards x_* outside M."""
    while not f.inside(x) and sq(x - f.x_star) >= f.clearance**2:
        x = gradient_step(f, h, x)
    return bool(x != f.x_dagger)


def reaches(f: Differentiable, h: Scalar, x: Vec, p: Vec, radius: Scalar, most: int = 256) -> Claim:
    """The claim that some iterate is closer to p than `radius`, undecided where none of the first ones is."""
    near = radius > 0 and any(sq(y - p) < radius**2 for y in orbit(f, h, x, most))
    return known(True if near else None, f"not closer than that within {most} steps")


def stay(f: Any, h: Scalar, x: Vec, N: int) -> Iterator[Vec]:
    """x_0, x_1, ... as long as they are in the set M of f, N of them at most."""
    for _ in range(N):
        if not f.inside(x):
            return
        yield x
        x = gradient_step(f, h, x)
