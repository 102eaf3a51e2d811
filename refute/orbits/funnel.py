"""On the line: an interval along which every step leads on, into a box that T contracts.

Let T contract [p - r, p + r] into itself by q < 1, and let y < T(y) < p + r for every y from x to
p - r (x on the left; mirrored on the right). The orbit of x rises there and has no rest point to
converge to, so it leaves; it cannot leap over the box, lands in it and converges. However slow the
way is, no step of it is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from refute.errors import CannotBatch
from refute.numbers.ball import Ball, rounded, sign_of
from refute.numbers.batch import Batch
from refute.numbers.lifting import lift
from refute.numbers.mp import Mp
from refute.numbers.vector import Vec
from refute.orbits.capture import slopes_near
from refute.orbits.conditions import ROUNDING, certainly_below, leads_on, maps_into_itself

MAX_BOXES = 300
RATE_BOXES = 64
STEEPEST = 1 - 2**-20
SCAN = 65


@dataclass(frozen=True)
class Funnel:
    """The certificate: centre p, radius r, rate q; side = 1 when the orbit comes from the left."""

    centre: Fraction
    radius: Fraction
    rate: Fraction
    side: int

    def __str__(self) -> str:
        return (
            f"every step leads towards {float(self.centre):.6g}, into a box of radius"
            f" {float(self.radius):.3g} that contracts by {float(self.rate):.6g}"
        )

    def confirmed(self, system: Any, x: Mp) -> bool:
        """mpmath's check: p moves by at most (1 - q) r, and points on the way move as they should."""
        p, r, q = Mp.of(self.centre), Mp.of(self.radius), Mp.of(self.rate)
        if not abs(system.move(Vec((p,)))[0]) <= (1 - q) * r or not q < 1:
            return False
        gap = p - self.side * r - x
        if not gap * self.side > 0:
            return bool(abs(x - p) <= r)
        on_the_way = [x + gap * Fraction(i, 16) for i in range(17)]
        moves = [(y, system.move(Vec((y,)))[0]) for y in on_the_way]
        limit = p + self.side * r
        return all(m * self.side > 0 and (limit - y - m) * self.side > 0 for y, m in moves)


def funnel(exact: Any, system: Any, x: Ball) -> Funnel | None:
    """A funnel that holds the orbit of every point of x, or None (`system` is `exact` in balls)."""
    side = sign_of(_move(system, x).a)
    if side is None or side == 0:
        return None
    try:
        p = _next_rest(exact, x, side)
    except (ArithmeticError, ValueError, TypeError):  # floats lead to it, or do not
        return None
    if p is None:
        return None
    p = _polished(system, p)
    if not _slope(system, Ball.of(p)) < STEEPEST:
        return None
    distance = abs(Ball.of(p) - x).a.upper()
    r = rounded(distance) * Fraction(9, 8)
    for _ in range(36):
        q = _rate(system, p, r)
        if q is not None:
            break
        r /= 2
    else:
        return None
    if not _leads_on(system, x, Ball.of(p - side * r), Ball.of(p + side * r), side):
        return None
    return Funnel(p, r, q, side)


def _move(system: Any, y: Ball) -> Ball:
    return Ball.of(system.move(Vec((y,)))[0])


def _next_rest(exact: Any, x: Ball, side: int) -> Fraction | None:
    """The first change of sign of T(y) - y that a float search meets on the way."""
    system = lift(exact, Batch.of)
    here = float(x)

    def moved(y: Any) -> Any:
        try:
            return Batch.of(system.move(Vec((Batch(y),)))[0]).f * np.ones(len(y))
        except CannotBatch:  # it branches: float by float
            return np.array([float(Batch.of(system.move(Vec((Batch(float(c)),)))[0]).f) for c in y])

    def signs(y: Any) -> Any:
        return np.sign(side * moved(y))

    with np.errstate(all="ignore"):
        first = np.abs(moved(np.array([here])))[0]
        # By doubling, then evenly: several rest points may lie between, and the first is the one.
        grid = np.concatenate([[here], here + side * first * 2.0 ** np.arange(80)])
        for _ in range(4):
            at = np.flatnonzero(signs(grid)[1:] <= 0)
            if len(at) == 0:
                return None
            grid = np.linspace(grid[at[0]], grid[at[0] + 1], SCAN)
    y = float(grid[len(grid) // 2])
    return Fraction(y) if abs(y) < 1e30 else None


def _polished(system: Any, p: Fraction) -> Fraction:
    """p after a few Newton steps on T(y) - y, where they make it better."""
    for _ in range(3):
        at = Ball.of(p)
        slopes = slopes_near(system.derivative, Vec((at,)))
        if slopes is None:
            break
        slope = float(slopes[0][0]) - 1
        move = float(_move(system, at))
        if slope == 0 or not abs(move / slope) < 1e-3 * (1 + abs(float(p))):
            break
        p -= Fraction(move / slope)
    return rounded(p)


def _rate(system: Any, p: Fraction, r: Fraction) -> Fraction | None:
    """q < 1 bounding abs(T') on [p - r, p + r], if p moves by less than (1 - q) r.

    For steps close to 2/L the derivative comes close to -1, and only small boxes show that it stays above.
    """
    if not all(_slope(system, Ball.of(end)) < STEEPEST for end in (p - r, p + r)):
        return None
    q = 0.0
    boxes = [(p - r, p + r)]
    for _ in range(RATE_BOXES):
        if not boxes:
            break
        a, b = boxes.pop()
        m = (a + b) / 2
        bound = _slope(system, Ball.hull(a, b))
        if bound < STEEPEST:
            q = max(q, bound)
        elif _slope(system, Ball.of(m)) < STEEPEST:
            boxes += [(a, m), (m, b)]
        else:
            return None
    if boxes:
        return None
    rate = Fraction(q) + ROUNDING
    return rate if maps_into_itself(rate, r, [_move(system, Ball.of(p))]) else None


def _slope(system: Any, box: Ball) -> float:
    """An upper bound of abs(T') on the box, infinite where there is none."""
    slopes = slopes_near(system.derivative, Vec((box,)))
    return float("inf") if slopes is None else float(abs(slopes[0][0].a).upper())


def _leads_on(system: Any, x: Ball, end: Ball, limit: Ball, side: int) -> bool:
    """Whether T(y) lies strictly between y and limit for all y from x to end."""
    if not certainly_below(side * x, side * limit):
        return False  # the orbit may be beyond the box already
    if certainly_below(side * end, side * x):
        return True
    boxes = [(x.a.lower(), end.a.upper()) if side > 0 else (end.a.lower(), x.a.upper())]
    for _ in range(MAX_BOXES):
        if not boxes:
            return True
        a, b = boxes.pop()
        middle = Ball(arb(((a + b) / 2).mid()))
        box = Ball(a.union(b))
        at = _move(system, middle)
        slopes = system.derivative(Vec((box,)))
        if slopes is None:
            # T may jump here: only its image over the whole box says where it leads.
            move = _move(system, box)
            image = box + move
        else:
            move = at + (slopes[0][0] - 1) * (box - middle)
            image = middle + at + slopes[0][0] * (box - middle)
        if leads_on(side, move, image, limit):
            continue
        if at.a * side <= 0 or (limit - middle - at).a * side <= 0:
            return False
        boxes += [(a, middle.a), (middle.a, b)]
    return False
