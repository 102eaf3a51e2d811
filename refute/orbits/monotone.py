"""On the line: an interval [a, b] that T maps into itself and on which it increases.

Let T' >= 0 on [a, b], T(a) >= a and T(b) <= b. Then T maps [a, b] into itself and keeps the order of points: an orbit in it is monotone,
from its first step on, and bounded, so it converges. No rate is needed: this decides degenerate minima, as that of x^4, which no box around
them contracts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb

from refute.numbers.ball import Ball, rounded, sign_of
from refute.numbers.mp import Mp, sign_apart
from refute.numbers.vector import Vec

# The other end of the interval is looked for at distances that double so often.
DOUBLINGS = 24
# mpmath looks at so many points of the interval.
GRID = 16


@dataclass(frozen=True)
class Monotone:
    """The interval [a, b]; `side` is where the orbit goes."""

    a: Fraction
    b: Fraction
    side: int

    def __str__(self) -> str:
        return f"T increases on [{float(self.a):.6g}, {float(self.b):.6g}] and maps it into itself"

    def confirmed(self, system: Any, x: Vec, steps: int) -> bool:
        """mpmath's check: the ends move inwards, T keeps the order of a grid, the next steps lead on and stay inside."""
        a, b = Mp.of(self.a), Mp.of(self.b)
        grid = [a + (b - a) * Fraction(i, GRID) for i in range(GRID + 1)]
        images = [y + system.move(Vec((y,)))[0] for y in grid]
        if sign_apart(a, images[0]) == -1 or sign_apart(images[-1], b) == -1:
            return False
        if any(sign_apart(u, v) == -1 for u, v in pairwise(images)):
            return False
        for _ in range(steps):
            after = x + system.move(x)
            if sign_apart(self.side * x[0], self.side * after[0]) == -1:
                return False
            if sign_apart(a, after[0]) == -1 or sign_apart(after[0], b) == -1:
                return False
            x = after
        return True


def monotone(exact: Any, system: Any, x: Ball) -> Monotone | None:
    """Such an interval with the ball x in it, or None (`system` is `exact` in balls). One end is that of x from where the orbit
    comes; the other is looked for where T moves back, or rests."""
    moved = _move(system, x)
    side = sign_of(moved.a)
    if side is None or side == 0:
        return None
    near = _end(x.a, -side)
    far = _end(x.a, side)
    step = rounded(abs(moved).a.upper())
    for j in range(DOUBLINGS):
        for end in (far + side * step * 2**j, Fraction(0) if side * (0 - far) > 0 else None):
            if end is None or not _moves_back(exact, end, side):
                continue
            a, b = min(near, end), max(near, end)
            if _increases(system, a, b) and _moves_back(exact, near, -side):
                return Monotone(a, b, side)
        if not _increases(system, *sorted((far, far + side * step * 2**j))):
            return None
    return None


def _move(system: Any, y: Ball) -> Ball:
    return Ball.of(system.move(Vec((y,)))[0])


def _end(a: arb, side: int) -> Fraction:
    """A dyadic end of a ball."""
    q = (a.upper() if side > 0 else a.lower()).fmpq()
    return Fraction(int(q.p), int(q.q))


def _moves_back(exact: Any, p: Fraction, side: int) -> bool:
    """Whether T(p) does not lie beyond p on this side, decided exactly or in balls."""
    moved = exact.move(Vec((Ball.of(p),)))[0]
    sign = sign_of(Ball.of(moved).a)
    return sign is not None and side * sign <= 0


def _increases(system: Any, a: Fraction, b: Fraction) -> bool:
    slopes = system.derivative(Vec((Ball.hull(a, b),)))
    return slopes is not None and bool(Ball.of(slopes[0][0]).a >= 0)
