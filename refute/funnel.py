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

from flint import arb

from refute.ball import Ball, sign_of
from refute.mp import Mp
from refute.vector import Vec

MAX_BOXES = 300
SCAN = 24


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
        if not abs(system.step(Vec((p,)))[0] - p) <= (1 - q) * r or not q < 1:
            return False
        gap = p - self.side * r - x
        if not gap * self.side > 0:
            return bool(abs(x - p) <= r)
        on_the_way = [x + gap * Fraction(i, 16) for i in range(17)]
        images = [(y, system.step(Vec((y,)))[0]) for y in on_the_way]
        limit = p + self.side * r
        return all((z - y) * self.side > 0 and (limit - z) * self.side > 0 for y, z in images)


def funnel(system: Any, x: Ball) -> Funnel | None:
    """A funnel that holds the orbit of every point of x, or None."""
    side = sign_of(_move(system, x).a)
    if side is None or side == 0:
        return None
    p = _next_rest(system, x, side)
    if p is None:
        return None
    distance = abs(Ball.of(p) - x).a.upper()
    r = Fraction(float(distance)) * Fraction(9, 8)
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
    return Ball.of(system.step(Vec((y,)))[0] - y)


def _next_rest(system: Any, x: Ball, side: int) -> Fraction | None:
    """The first change of sign of T(y) - y that doubling and bisection meet on the way."""
    here = float(x)
    w = abs(float(_move(system, x)))
    near, far = here, None
    for _ in range(80):
        y = here + side * w
        if not abs(y) < 1e30:
            return None
        if float(_move(system, Ball.of(Fraction(y)))) * side <= 0:
            far = y
            break
        near, w = y, 2 * w
    if far is None:
        return None
    # Several rest points may lie between: the first one met is the one to go to.
    for i in range(1, SCAN):
        y = near + (far - near) * i / SCAN
        if float(_move(system, Ball.of(Fraction(y)))) * side <= 0:
            near, far = near + (far - near) * (i - 1) / SCAN, y
            break
    for _ in range(60):
        y = (near + far) / 2
        if y in (near, far):
            break
        if float(_move(system, Ball.of(Fraction(y)))) * side > 0:
            near = y
        else:
            far = y
    return Fraction(far)


def _rate(system: Any, p: Fraction, r: Fraction) -> Fraction | None:
    """q < 1 bounding abs(T') on [p - r, p + r], if p moves by less than (1 - q) r."""
    box = Ball.hull(p - r, p + r)
    slopes = system.derivative(Vec((box,)))
    if slopes is None:
        return None
    q = float(abs(slopes[0][0].a).upper())
    if not q < 1 - 2**-20:
        return None
    rate = Fraction(q) + Fraction(1, 2**40)
    room = Ball.of((1 - rate) * r) - abs(_move(system, Ball.of(p)))
    return rate if sign_of(room.a) == 1 else None


def _leads_on(system: Any, x: Ball, end: Ball, limit: Ball, side: int) -> bool:
    """Whether T(y) lies strictly between y and limit for all y from x to end."""
    if sign_of((end - x).a * side) == -1:
        return True
    boxes = [(x.a.lower(), end.a.upper()) if side > 0 else (end.a.lower(), x.a.upper())]
    for _ in range(MAX_BOXES):
        if not boxes:
            return True
        a, b = boxes.pop()
        middle = Ball(arb(((a + b) / 2).mid()))
        box = Ball(a.union(b))
        slope = system.derivative(Vec((box,)))[0][0]
        at = Ball.of(system.step(Vec((middle,)))[0])
        move = at - middle + (slope - 1) * (box - middle)
        image = at + slope * (box - middle)
        if move.a * side > 0 and (limit - image).a * side > 0:
            continue
        if (at - middle).a * side <= 0 or (limit - at).a * side <= 0:
            return False
        boxes += [(a, middle.a), (middle.a, b)]
    return False
