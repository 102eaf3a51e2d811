"""Gradient descent x_{k+1} = x_k - h grad f(x_k): one step, finitely many, and the map itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import lazy_loader
import numpy as np

from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.protocol import Differentiable, Objective, gradient
from objectives.functions.quadratic import Quadratic
from objectives.functions.ridge import RidgeSum
from objectives.functions.separable import SeparableSum
from refute import (
    UNEVEN,
    Ball,
    Batch,
    Claim,
    Domain,
    Fate,
    Matrix,
    Piece,
    Scalar,
    Vec,
    at_limit,
    both,
    came_with_refute,
    choose,
    converges,
    derivative_of,
    eq,
    le,
    lt,
    maximum,
    reject,
    settles,
)

hypothesis = lazy_loader.load("hypothesis")


def gradient_step(f: Differentiable, h: Scalar, x: Vec) -> Vec:
    """x - h grad f(x)."""
    moved: Vec = x - h * gradient(f, x)
    return moved


def descent(f: Differentiable, h: Scalar) -> Callable[[Vec], Vec]:
    """The map x -> x - h grad f(x); for a quadratic in its own axes with the coefficients of the affine map
    computed once, which halves the passes of a batch over its candidates."""
    if type(f) is not Quadratic or f.rotated:  # a subclass may have another gradient
        return lambda x: gradient_step(f, h, x)
    factors = [1 - h * e for e in f.eigenvalues]
    shifts = [h * (e * p - g) for e, p, g in zip(f.eigenvalues, f.centre, f.slopes, strict=True)]
    return lambda x: Vec(tuple(m * v + s for m, v, s in zip(factors, x, shifts, strict=True)))


def orbit(f: Differentiable, h: Scalar, x: Vec, N: int) -> tuple[Vec, ...]:
    """x_0, ..., x_N."""
    step, found = descent(f, h), [x]
    for _ in range(N):
        found.append(step(found[-1]))
    return tuple(found)


def step_sizes(
    L: Scalar,
    below: Scalar = 2,
    above: Scalar = 0,
    *,
    closed: bool = False,
    any_sign: bool = False,
    nearest: int = 42,
    smallest: int = 42,
    least: Fraction = Fraction(0),
) -> Domain:
    """The step sizes h > 0 with above < h L < below: all h > 0 where L = 0 and above = 0.

    With `closed` the upper end belongs to it, with `any_sign` every h with h L < below does (a step
    size is positive; these two are for showing what their being left out is good for). Half of the
    draws lie on a grid of 64ths or at a third, a fifth, ..., a quarter near each end: down to one part in 2^nearest of the
    upper, in 2^smallest of the lower one; with `least` only the rest of the way is drawn from (membership goes
    up to both ends).
    """
    top = le if closed else lt
    L = Fraction(L) if type(L) is int else L  # a quotient of two ints is a float

    def draw(d: Any) -> Fraction:
        if L and not any_sign and below <= above:
            reject()  # no step size for these values of the variables before it
        where = d(hypothesis.strategies.integers(0, 3))
        if where < 2:
            last = 64 if closed else 63
            i = d(hypothesis.strategies.integers(-32 if any_sign else 1, last + len(UNEVEN)))
            t = Fraction(i, 64) if i <= last else UNEVEN[i - last - 1]
        else:
            deepest = nearest if where == 2 else smallest
            close = Fraction(1, 2 ** d(hypothesis.strategies.integers(min(6, deepest), deepest)))
            t = close if where == 3 else Fraction(1) if closed and d(hypothesis.strategies.booleans()) else 1 - close
        t = least + (1 - least) * t
        reach = Fraction(above) + (Fraction(below) - Fraction(above)) * t
        return reach / L if L else reach

    def member(h: Scalar) -> Claim:
        parts = {"below": top(h * L, below)}
        if not any_sign:
            parts["positive"] = lt(0, h)
        if above != 0:
            parts["above"] = lt(above, h * L)
        return both(**parts)

    def bulk(rng: np.random.Generator, n: int, h: Fraction) -> Batch:
        t = np.concatenate([rng.uniform(size=n - n // 4), 1 - 2.0 ** rng.uniform(-20, 0, n // 4)])
        lo, hi = float(above), float(below)
        return Batch((lo + (hi - lo) * t) / (float(L) or 1.0))

    def moved(d: Any, h: Fraction, numbers: tuple[Fraction, ...]) -> Fraction:
        named = [Fraction(n / L) for n in numbers if L] + list(numbers)
        inside = [n for n in named if n > 0 and above < n * L < below]
        return inside[choose(d, len(inside))[0]] if inside else h

    return Domain(
        "the step sizes",
        draw,
        member,
        bulk=bulk,
        ends=lambda: (None if any_sign else above / L, below / L),
        moved=moved,
    )


def settling_steps(f: Objective, below: Scalar = 2, *, closed: bool = False, any_sign: bool = False) -> Domain:
    """The step sizes of `step_sizes`, drawn where a budget of steps decides limits: for quadratics, where the
    multipliers decide, as close to the ends as any; else to one part in 2^8 of the upper end, in 2^5 of 0."""
    nearest, smallest = (42, 42) if isinstance(f, Quadratic) else (8, 5)
    return step_sizes(f.L, below, closed=closed, any_sign=any_sign, nearest=nearest, smallest=smallest)


def steps_beyond(L: Scalar, above: Scalar = 2, *, closed: bool = False) -> Domain:
    """The step sizes with h L > above (or >= above), for L > 0; drawn up to (above + 8)/L."""

    def draw(d: Any) -> Fraction:
        i = d(hypothesis.strategies.integers(0 if closed else 1, 168))
        excess = Fraction(i, 16) if i <= 128 else Fraction(1, 2 ** (i - 126))
        return Fraction((Fraction(above) + excess) / L)

    return Domain(
        "the step sizes", draw, lambda h: (le if closed else lt)(above, h * L), ends=lambda: (above / L, None)
    )


@dataclass(frozen=True)
class GD:
    """The map T(x) = x - h grad f(x), for claims about limits; `f` and `h` of any arithmetic.

    A rest point of T is a stationary point of f, since h > 0.
    """

    f: Any
    h: Any

    def move(self, x: Vec) -> Vec:
        """T(x) - x."""
        moved: Vec = -self.h * gradient(self.f, x)
        return moved

    def certified(self, start: Vec) -> Fate | None:
        """What the function's own theory says of the orbit (a factorization's, in rationals)."""
        theory = getattr(self.f, "fate", None) if came_with_refute(type(self.f)) else None
        return None if theory is None else theory(self.h, start)

    def derivative(self, box: Vec) -> Matrix | None:
        """I - h f''; None where f'' is not known. For a stranger's function, or one without `hessian`, the gradient is differentiated."""
        if not hasattr(self.f, "hessian") or not came_with_refute(type(self.f)):
            return derivative_of(self, box)
        second = self.f.hessian(box)
        return second and tuple(
            tuple(Ball.of((1 if i == j else 0) - self.h * e) for j, e in enumerate(row)) for i, row in enumerate(second)
        )

    def expansion(self) -> Scalar | None:
        """h mu - 1, for f - mu |x|^2/2 convex: |grad f(x) - grad f(y)| >= mu |x - y|, where mu of a function is this constant."""
        return self.h * self.f.mu - 1 if self._curved() else None

    def contraction(self) -> Scalar | None:
        """max(|1 - h mu|, |1 - h L|): the eigenvalues of T' = I - h f'' lie between 1 - h L and 1 - h mu."""
        if not self._curved():
            return None
        return maximum(abs(1 - self.h * self.f.mu), abs(1 - self.h * self.f.L))

    def _curved(self) -> bool:
        """Whether h > 0 and mu and L of f bound the eigenvalues of f'' from both sides (mu of a sum of ridge functions is never positive)."""
        return type(self.f) in (Quadratic, PiecewiseQuadratic, SeparableSum) and bool(self.h > 0)

    def multipliers(self) -> Sequence[tuple[Vec, Scalar]] | None:
        """For a quadratic: the eigenvectors q of its Hessian, with 1 - h lambda."""
        if type(self.f) is not Quadratic:  # a subclass may have another gradient
            return None
        columns = zip(*self.f.Q, strict=True)
        return [(Vec(q), 1 - self.h * e) for q, e in zip(columns, self.f.eigenvalues, strict=True)]

    def reduced(self, start: Vec) -> tuple[GD, Vec] | None:
        """For ridge functions with parallel a_i = m_i w: the orbit stays on start + y w, where it is
        gradient descent on y -> f(start + y w) with step h / abs(w)^2.
        """
        if type(self.f) is not RidgeSum or self.f.dim == 1:
            return None
        along = self.f.along(start)
        if along is None:
            return None
        g, length = along
        return GD(g, self.h / length), Vec((0 * length,))

    def components(self) -> Sequence[GD] | None:
        """For a separable sum: gradient descent on each part."""
        if type(self.f) is not SeparableSum:
            return None
        return [replace(self, f=p) for p in self.f.parts]

    def _on_the_line(self) -> bool:
        # What a stranger says of a whole ray or piece is not believed (see refute.orbits.fate).
        return hasattr(self.f, "piece") and self.f.dim == 1 and came_with_refute(type(self.f))

    def piece(self, x: Ball) -> Piece | None:
        """The affine piece around x, for piecewise quadratics and sums of Huber functions."""
        return self.f.piece(x, self.h) if self._on_the_line() else None

    def outward(self, x: Ball, side: int) -> bool:
        """From x on f decreases strictly towards side * infinity."""
        return self._on_the_line() and self.h > 0 and bool(self.f.outward(x, side))

    def fades(self, side: int) -> bool:
        """f' tends to 0 towards side * infinity."""
        return self._on_the_line() and bool(self.f.fades(side))


def gradients_vanish(f: Objective, h: Scalar, x0: Vec) -> Claim:
    """The claim that grad f(x_k) tends to 0; for h = 0, where x_k stays, that it is 0 already."""
    return settles(GD(f, h), x0) if h != 0 else eq(f.grad(x0), 0 * x0)


def reaches_stationary_point(f: Objective, h: Scalar, x0: Vec) -> Claim:
    """The claim that x_k converges to a point where grad f = 0."""
    if h == 0:
        return eq(f.grad(x0), 0 * x0)
    if hasattr(f, "L_is_least") and came_with_refute(type(f)):
        return converges(GD(f, h), x0)  # the gradient is continuous, and so 0 at a limit
    return both(converges=converges(GD(f, h), x0), stationary=at_limit(GD(f, h), x0, lambda p: eq(f.grad(p), 0 * p)))
