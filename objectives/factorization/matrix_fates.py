r"""When gradient descent on |A - X Y^T|^2/2 certifiably converges to a factorization of A.

R = A - X Y^T goes to R - h (X X^T R + R Y Y^T) - h^2 R Y X^T R. The linear part has the eigenvalues 1 - h (s + t), s and t eigenvalues of X X^T and Y Y^T. With
l <= s + t <= u at one iterate, q = (1 + max(1 - h l, h u - 1))/2 < 1 and a = h |R|/(1 - q), the tube: if all later points stay within delta = a max(|X|, |Y|)/(1 - a), s + t changes by
at most eta = 2 (|X| + |Y|) delta + 2 delta^2, and if max(1 - h (l - eta), h (u + eta) - 1) + h^2 |R| (|X| + delta)(|Y| + delta) <= q, then |R| shrinks by q at every step and the
points do stay (docs/factorization.md#matrix-tube). It asks for d >= n or d >= m.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from objectives.factorization.invariants import iterate
from objectives.factorization.tubes import below, limit_of
from objectives.functions.spectrum import largest_at_most
from refute import (
    Ball,
    Claim,
    Fate,
    Matrix,
    Mp,
    Vec,
    as_fraction,
    constant,
    dot,
    known,
    lift,
    maximum,
    precision,
    sqrt,
    total,
)

STEPS, EVERY, BITS = 1500, 8, (128, 512)


@dataclass(frozen=True)
class Shrinking:
    """From this step on |R| shrinks by `rate`, and no entry moves by more than `reach` in all."""

    rate: Any
    reach: Any

    def __str__(self) -> str:
        return f"the residual shrinks by {float(self.rate):.6g} at every step"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check of the inequalities of the tube."""
        return _tube(system.f, system.h, iterate(system, start, step)) is not None

    def limit(self, system: Any, start: Vec, step: int) -> Vec:
        """The limit, to any precision: Reals, or mpmath's numbers for a start in these."""
        # Boxes around turned matrices lose a bit or two at every step.
        return limit_of(_approached, system, start, widths=(4, 16, 64), enough=1e-6)


def matrix_fate(f: Any, h: Any, z: Vec) -> Fate:
    """Convergence by a tube, or kind 'open'."""
    if h > 0 and f.d >= min(f.n, f.m):
        for bits in BITS:
            with precision(bits):
                system, x = lift(f, Ball.of), lift(z, Ball.of)
                step = Ball.of(h)
                for k in range(STEPS):
                    held = _tube(system, step, x) if k % EVERY == 0 else None
                    if held is not None:
                        return Fate("own", True, True, True, k, held)
                    x = x - step * system.grad(x)
                    if not all(c.a.is_finite() and float(c.a.rad()) < 1e-3 and abs(float(c)) < 1e6 for c in x):
                        break
    return Fate("open", None, None, None)


def starts_in_tube(f: Any, h: Any, z: Vec) -> Claim:
    """z is so close to a minimizer that the tube holds there: every later point and the limit are within its reach, and h (s + t) < 2 there."""
    if not hasattr(h, "q"):
        return known(None, "asked of exact numbers only")
    exact, step, start = lift((f, h, z), as_fraction)
    # A copy that remembers nothing of the numbers of the statement: floats may guess at its eigenvalues.
    return known(_Start(replace(exact), step, start).held, "the start is too far from the minimizers")


@dataclass(frozen=True)
class _Start:
    """A start and a step, whose tube is certified once, after floats have guessed the eigenvalues."""

    f: Any
    h: Fraction
    z: Vec

    @constant
    def held(self) -> bool:
        """Whether the tube holds at z."""
        with precision(BITS[0]):
            f, h, z = lift((self.f, self.h, self.z), Ball.of)
            return _tube(f, h, z) is not None


def _tube(f: Any, h: Any, z: Vec) -> Shrinking | None:
    X, Y = f.split(z)
    R = f.residual(z)
    rho, x, y = (sqrt(total(e * e for row in m for e in row)) for m in (R, X, Y))
    if not float(rho) < 0.5:
        return None
    ends = [_eigenvalues(m) for m in (X, Y)]
    if ends[0] is None or ends[1] is None:
        return None
    try:
        low, high = ends[0][0] + ends[1][0], ends[0][1] + ends[1][1]
        rate = (1 + maximum(1 - h * low, h * high - 1)) / 2
        a = h * rho / (1 - rate)
        if not (rate < 1 and a < Fraction(1, 2)):
            return None
        reach = a * maximum(x, y) / (1 - a)
        eta = 2 * (x + y) * reach + 2 * reach**2
        worst = maximum(1 - h * (low - eta), h * (high + eta) - 1) + h**2 * rho * (x + reach) * (y + reach)
        return Shrinking(rate, reach) if worst <= rate else None
    except ArithmeticError:  # the balls are too wide to tell
        return None


def _eigenvalues(m: Matrix) -> tuple[Fraction, Fraction] | None:
    """Rational bounds of the eigenvalues of m m^T, verified by elimination; None where the floats' guess of the upper one fails."""
    gram = tuple(tuple(dot(p, q) for q in m) for p in m)
    guess = np.array([[float(e) for e in row] for row in gram])
    if not np.all(np.isfinite(guess)):
        return None
    values = np.linalg.eigvalsh(guess)
    low, high = Fraction(float(values[0])) - MARGIN, Fraction(float(values[-1])) + MARGIN
    negative = tuple(tuple(-e for e in row) for row in gram)
    if low <= 0 or largest_at_most(negative, -low).decide().truth is not True:
        low = Fraction(0)
    return (low, high) if largest_at_most(gram, high).decide().truth is True else None


MARGIN = Fraction(1, 10**9)


def _approached(system: Any, start: Vec, goal: Fraction) -> Vec:
    """The limit, followed until the tube's reach is at most `goal`; what is left is counted as an error."""
    x, held = start, None
    for k in range(STEPS):
        if k % EVERY == 0:
            held = _tube(system.f, system.h, x)
            if held is None and isinstance(x[0], Ball) and not float(x[0].a.rad()) < 1:
                break
            if held is not None and below(held.reach, goal):
                break
        x = x + system.move(x)
    return Vec(tuple(_give_or_take(c, None if held is None else held.reach) for c in x))


def _give_or_take(c: Any, error: Any) -> Any:
    """c with this error, in its arithmetic; with None anything."""
    if isinstance(c, Mp):
        return Mp(c.m, c.e + (Mp.of(10**9) if error is None else error).m)
    wide = Ball.of(10**9) if error is None else error
    return Ball.hull(c - abs(wide), c + abs(wide))
