"""mpmath's replay of the certificate of a fate, from the certificate alone and without balls."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from refute.capture import Capture
from refute.fate import Fate, Growth
from refute.lifting import lift
from refute.mp import Mp, sign_apart
from refute.vector import Vec, dot


def confirmed(system: Any, start: Vec, found: Fate) -> bool | None:
    """Replay the certificate in mpmath: True confirmed, False contradicted, None too close."""
    line = system.reduced(start)
    if line is not None:
        return confirmed(line[0], line[1], found)
    if found.parts:
        each = [confirmed(s, Vec((c,)), p) for s, c, p in zip(system.components(), start, found.parts, strict=True)]
        return False if False in each else (None if None in each else True)
    x = start
    for _ in range(found.step):
        x = x + system.move(x)
    moved = system.move(x)
    match found.kind:
        case "rest":
            return all(not sign_apart(a + d, a) for a, d in zip(x, moved, strict=True))
        case "multiplier":
            return _same_growth(system, x, found.data)
        case "escape":
            ray = found.data
            y = x[0] + ray.side * (abs(x[0]) + 1)
            further = system.move(Vec((y,)))[0]
            return bool(ray.side * moved[0] > 0 and ray.side * further > 0)
        case "funnel":
            return bool(found.data.confirmed(system, x[0]))
        case "capture" if isinstance(found.data, Capture):
            return found.data.confirmed(system.move, x)
        case "capture":
            p = found.data
            rest, m = Mp.of(_exact(p.rest)), Mp.of(_exact(p.multiplier))
            now = x[0] - rest
            return abs(m) < 1 and not sign_apart(x[0] + moved[0], rest + m * now)
    return None


def _same_growth(system: Any, x: Vec, g: Growth) -> bool:
    f = lift(g.functional, lambda q: Mp.of(_exact(q)))
    factor = Mp.of(_exact(g.factor))
    for _ in range(3):
        now = system.move(x)
        x = x + now
        if sign_apart(dot(f, system.move(x)), factor * dot(f, now)):
            return False
    return True


def _exact(value: Any) -> Fraction:
    q = value if isinstance(value, (int, Fraction)) else value.q
    return Fraction(int(q.numerator), int(q.denominator))
