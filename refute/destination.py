"""Where an orbit ends, read off the certificate of its fate."""

from __future__ import annotations

from typing import Any

from refute.capture import Capture
from refute.cycle import Cycle
from refute.errors import Undecided
from refute.fate import Fate
from refute.funnel import Funnel
from refute.system import Piece
from refute.vector import Vec, times


def ends_at(system: Any, start: Vec, found: Fate, p: Vec) -> bool | None:
    """Whether the orbit from `start` with this fate, which converges, converges to the rest point p; None where the
    certificate does not say. The set that it is captured in holds one rest point: p, if p is in the set."""
    try:
        if found.kind == "rest":
            x = start
            for _ in range(found.step):
                x = x + system.move(x)
            return all(bool(a == b) for a, b in zip(x, p, strict=True))
        match found.data:
            case Piece() as piece:
                return bool(p[0] == piece.rest)
            case Funnel() as funnel:
                return bool(abs(p[0] - funnel.centre) <= funnel.radius)
            case Capture() as inside:
                return _holds(inside, p)
            case Cycle() as cycle:
                return _holds(cycle.inside, p)
    except Undecided:
        pass
    return None


def _holds(inside: Capture, p: Vec) -> bool:
    coordinates = times(inside.inverse, p - Vec(inside.centre))
    return all(abs(u) <= inside.radius for u in coordinates)
