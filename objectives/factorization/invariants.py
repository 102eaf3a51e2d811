r"""The two numbers that gradient descent on (a - <x, y>)^2/2 is about, and the tube in which their orbit shrinks.

With alpha = h a, r = h (a - <x, y>) and w = 4 - h (|x|^2 + |y|^2) - alpha r every step takes (r, w) to
(r (r^2 - 3 + w), w (1 - alpha r + r^2)), x + y to (1 + r)(x + y) and x - y to (1 - r)(x - y) (docs/factorization.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from objectives.factorization.tubes import below
from refute import Ball, Mp, Scalar, Vec

HALF = Fraction(1, 2)
# Steps that are followed.
STEPS = 3000
# How often it is asked whether the rest of the way is short enough.
EVERY = 8


@dataclass(frozen=True)
class Invariants:
    """alpha, r and w at a point."""

    alpha: Any
    r: Any
    w: Any

    @property
    def P(self) -> Scalar:
        """h |x + y|^2 = (2 + alpha)(2 - r) - w."""
        return (2 + self.alpha) * (2 - self.r) - self.w

    @property
    def N(self) -> Scalar:
        """h |x - y|^2 = (2 - alpha)(2 + r) - w."""
        return (2 - self.alpha) * (2 + self.r) - self.w

    def after(self) -> Invariants:
        """One step later."""
        r, w = self.r, self.w
        square = r * r
        return Invariants(self.alpha, r * (square + w - 3), w * (square - self.alpha * r + 1))

    def oriented(self) -> Invariants:
        """With alpha >= 0: where a < 0, -y takes the place of y, and r changes sign with a."""
        return Invariants(-self.alpha, -self.r, self.w) if self.alpha < 0 else self


@dataclass(frozen=True)
class Tube:
    """From here on |r| shrinks by `rate` at every step, the sum of all |r| is at most `way`, and w changes by at most
    `drift` in all."""

    rate: Any
    way: Any
    drift: Any


def tube(here: Invariants) -> Tube | None:
    r"""With q = (1 + |w - 3|)/2 and E = (|alpha| + |r|)|r|/(1 - q) <= 1/2: if |w - 3| + 2 E |w| + r^2 <= q, then |r| shrinks by q
    at every step, the sum of all |r| is at most |r|/(1 - q), and w changes by at most 2 E |w| in all."""
    alpha, r, off = abs(here.alpha), abs(here.r), abs(here.w - 3)
    try:
        if not (off < 1 and r < HALF):
            return None
        rate = (1 + off) / 2
        way = r / (1 - rate)
        exponent = (alpha + r) * way
        drift = 2 * exponent * abs(here.w)
        inside = exponent <= HALF and way <= HALF and off + drift + r**2 <= rate
    except ArithmeticError:  # the balls are too wide to tell
        return None
    return Tube(rate, way, drift) if inside else None


def iterate(system: Any, z: Vec, steps: int) -> Vec:
    """x_steps."""
    for _ in range(steps):
        z = z + system.move(z)
    return z


def approached(system: Any, start: Vec, goal: Fraction) -> Vec:
    """The limit, followed in balls or in mpmath's numbers until the rest of the way is at most `goal` (or for STEPS
    steps); what is left is counted as an error."""
    f, h = system.f, system.h
    here, u, v = f.invariants(h, start), 1, 1
    for k in range(STEPS):
        held = tube(here) if k % EVERY == 0 and abs(float(here.r)) < 0.5 else None
        if held is not None and below(held.way, goal):
            break
        u, v = u * (1 + here.r), v * (1 - here.r)
        here = here.after()
        if isinstance(here.r, Ball) and not float(here.r.a.rad()) < 1:
            break
    held = tube(here)
    rest = _give_or_take(here.r, None if held is None else 2 * held.way)
    x, y = f.halves(start)
    plus, minus = u * rest * (x + y) / 2, v * rest * (x - y) / 2
    return Vec((*(plus + minus), *(plus - minus)))


def _give_or_take(like: Any, error: Any) -> Any:
    """1 with this error, in the arithmetic of `like`; with None anything."""
    if isinstance(like, Mp):
        return Mp(Mp.of(1).m, Mp.of(10**9 if error is None else error).m)
    return Ball(arb(1, arb("inf") if error is None else error.a.upper()))
