"""mpmath's replay of the certificate of a fate, from the certificate alone and without balls."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from refute.capture import Capture
from refute.fate import Fate, Growth
from refute.lifting import lift
from refute.mp import Mp, sign_apart
from refute.real import as_fraction
from refute.system import Piece
from refute.vector import Vec, dot


def confirmed(system: Any, start: Vec, found: Fate) -> bool | None:
    """Replay the certificate in mpmath: True confirmed, False contradicted, None too close."""
    if found.kind == "own":
        return bool(found.data.confirmed(system, start, found.step))
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
            reach = abs(x[0]) + 1
            ahead = [x[0] + ray.side * reach * Fraction(2) ** j for j in range(-8, 24)]
            moves = [moved[0], *(system.move(Vec((y,)))[0] for y in ahead)]
            return all(ray.side * m > 0 for m in moves)
        case "funnel":
            return bool(found.data.confirmed(system, x[0]))
        case "cycle":
            return bool(found.data.confirmed(system, x))
        case "capture" if isinstance(found.data, Capture):
            return found.data.confirmed(system.move, x)
        case "capture":
            return _same_affine_map(system, x, found.data)
    return None


def _same_affine_map(system: Any, x: Vec, p: Piece) -> bool:
    """Whether the next iterates stay in the piece and follow its affine map towards its rest point."""
    rest, m = Mp.of(as_fraction(p.rest)), Mp.of(as_fraction(p.multiplier))
    ends = [None if e is None else Mp.of(as_fraction(e)) for e in (p.lo, p.hi)]
    for _ in range(4):
        inside = (ends[0] is None or sign_apart(ends[0], x[0]) != -1) and (
            ends[1] is None or sign_apart(x[0], ends[1]) != -1
        )
        after = x + system.move(x)
        if not inside or sign_apart(after[0], rest + m * (x[0] - rest)):
            return False
        x = after
    return abs(m) < 1


def _same_growth(system: Any, x: Vec, g: Growth) -> bool:
    f = lift(g.functional, lambda q: Mp.of(as_fraction(q)))
    factor = Mp.of(as_fraction(g.factor))
    for _ in range(3):
        now = system.move(x)
        x = x + now
        if sign_apart(dot(f, system.move(x)), factor * dot(f, now)):
            return False
    return True
