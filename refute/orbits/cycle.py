"""A power of T that contracts a box into itself: the orbit converges to a rest point or to a cycle of T.

Let T^p map the box B into itself and contract it by q < 1, with its one rest point x_* in the smaller box
B' around the same centre. T(x_*) is a rest point of T^p too. If T(B') lies in B, then T(x_*) = x_*, since B
holds only one: an orbit that enters B converges to it. If T(B') and B are disjoint, then x_* has a period
of at least two: an orbit that enters B does not converge, and its steps do not tend to 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from refute.numbers.ball import Ball
from refute.numbers.batch import Batch
from refute.numbers.lifting import lift
from refute.numbers.mp import Mp
from refute.numbers.vector import Matrix, Vec, times
from refute.orbits.capture import Capture, capture
from refute.orbits.conditions import inside_box, nearest_rest, outside_box

# The powers that are tried; T^12 returns on every cycle of period 1, 2, 3, 4, 6 and 12, and contracts most.
POWERS = (12, 10, 9, 8, 7, 11)
# The room around an orbit in which its derivative is enclosed once, relative to its size.
LEAST, MOST = 2**-9, 2**-5
# A derivative that is known to this radius is good enough; after one that is not, so many boxes have no room.
FUZZY, TIGHT = 2**-5, 16
# How close an orbit must have come to itself, relative to its size, to be worth a proof.
CLOSE = 1e-2


@dataclass(frozen=True)
class Cycle:
    """The certificate: T^power contracts the box of `inside`; `rests` where T itself has the rest point."""

    power: int
    inside: Capture
    rests: bool

    def __str__(self) -> str:
        what = "a rest point" if self.rests else "a cycle"
        return f"T^{self.power} contracts, towards {what} of T, {self.inside}"

    def confirmed(self, system: Any, x: Vec) -> bool:
        """mpmath's check of the contraction's centre, and of whether T moves the centre out of the box."""
        power = Power(system, self.power)
        c = Vec(tuple(Mp.of(v) for v in self.inside.centre))
        inverse = tuple(tuple(Mp.of(v) for v in row) for row in self.inside.inverse)
        stays = all(abs(u) <= Mp.of(self.inside.radius) for u in times(inverse, system.move(c)))
        return self.inside.confirmed(power.move, x) and stays == self.rests


@dataclass(frozen=True)
class Power:
    """T^p as a map of its own."""

    system: Any
    p: int

    def move(self, x: Vec) -> Vec:
        """T^p(x) - x."""
        y = x
        for _ in range(self.p):
            y = y + self.system.move(y)
        return y - x

    def derivative(self, box: Vec) -> Matrix | None:
        """Balls around the entries of (T^p)' over a box, by the chain rule."""
        product: Matrix | None = None
        for _ in range(self.p):
            slopes = self.system.derivative(box)
            if slopes is None:
                return None
            product = slopes if product is None else matrix_product(slopes, product)
            box = image(self.system, box, slopes)
        return product


class Slopes:
    """Derivatives of T over boxes that hold an orbit's enclosures: one box serves as long as the orbit stays in it."""

    def __init__(self, system: Any) -> None:
        self.system = system
        self.box: Vec | None = None
        self.slopes: Matrix | None = None
        self.last: Vec | None = None
        self.tight = 0

    def around(self, x: Vec) -> Matrix | None:
        """Balls around the entries of T' over a box that contains x; None where T has no derivative there."""
        if self.box is None or not all(b.a.contains(c.a) for b, c in zip(self.box, x, strict=True)):
            self.box = x
            if not self.tight:
                self.box = x + Vec(tuple(Ball(arb(0, self._room(i, float(c)))) for i, c in enumerate(x)))
            self.slopes = self.system.derivative(self.box)
            if self.tight:
                self.tight -= 1
            elif self.slopes is None or any(Ball.of(e).a.rad() > FUZZY for row in self.slopes for e in row):
                # A kink nearby, or a derivative that varies much: the next boxes are the enclosures themselves.
                self.tight = TIGHT
                self.box = x
                self.slopes = self.system.derivative(x)
        self.last = x
        return self.slopes

    def _room(self, i: int, c: float) -> float:
        """Twice the last step, within reason."""
        step = 0.0 if self.last is None else abs(c - float(self.last[i]))
        return max(LEAST * (abs(c) + LEAST), min(2 * step, MOST * (abs(c) + 1)))


def image(system: Any, x: Vec, slopes: Matrix | None) -> Vec:
    """A box around T(x) for a box x: the mean-value form T(m) + T'(x)(x - m), where T' is known."""
    if slopes is None:
        return x + Vec(tuple(system.move(x)))
    middle = Vec(tuple(Ball(arb(c.a.mid())) for c in x))
    return middle + Vec(tuple(system.move(middle))) + times(slopes, x - middle)


def matrix_product(a: Matrix, b: Matrix) -> Matrix:
    """The product of two matrices of the arithmetic that is running."""
    columns = list(zip(*b, strict=True))
    return tuple(times(tuple(columns), Vec(row)).entries for row in a)


def cycle(exact: Any, system: Any, x: Vec) -> Cycle | None:
    """A cycle or rest point that the orbit of every point of the box x converges to, or None."""
    try:
        powers = _returns(exact, x)
    except (ArithmeticError, ValueError, TypeError):  # floats lead to it, or do not
        return None
    for p in powers:
        power = Power(system, p)
        inside = capture(power.move, power.derivative, x)
        if inside is None:
            continue
        rests = _moves_out(system, power, inside)
        if rests is not None:
            return Cycle(p, inside, rests)
    return None


def _returns(exact: Any, x: Vec) -> list[int]:
    """The powers of T after which a float orbit comes back close to x."""
    system = lift(exact, Batch.of)
    y = start = np.array([float(c) for c in x])
    found = set()
    with np.errstate(all="ignore"):
        for p in range(1, max(POWERS) + 1):
            moved = system.move(Vec(tuple(Batch(float(c)) for c in y)))
            y = y + np.array([float(Batch.of(c).f) for c in moved])
            if np.max(np.abs(y - start)) <= CLOSE * (1 + np.max(np.abs(start))):
                found.add(p)
    return [p for p in POWERS if p in found][:2]


def _moves_out(system: Any, power: Power, inside: Capture) -> bool | None:
    """True where T(B') lies in B, False where T(B') and B are disjoint, None where neither is shown."""
    v, w = (tuple(tuple(Ball.of(e) for e in row) for row in m) for m in (inside.basis, inside.inverse))
    c = Vec(tuple(Ball.of(e) for e in inside.centre))
    smaller = nearest_rest(inside.rate, list(times(w, power.move(c))))
    box = c + times(v, Vec(tuple(Ball(arb(0, Ball.of(smaller).a.upper())) for _ in inside.centre)))
    moved = times(w, image(system, box, system.derivative(box)) - c)
    if inside_box(inside.radius, list(moved)):
        return True
    return False if outside_box(inside.radius, list(moved)) else None
