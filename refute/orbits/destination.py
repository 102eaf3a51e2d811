"""Where an orbit ends, read off the certificate of its fate."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from refute.errors import Undecided
from refute.numbers.ball import Ball, sign_of
from refute.numbers.lifting import lift
from refute.numbers.mp import Mp, sign_apart
from refute.numbers.polynomials import has_root_between, polynomials
from refute.numbers.real import Real
from refute.numbers.vector import Vec, times
from refute.orbits.affine import Recurrence, affine_map, recurrence
from refute.orbits.capture import Capture
from refute.orbits.cycle import Cycle
from refute.orbits.fate import Fate, Rest
from refute.orbits.funnel import Funnel
from refute.orbits.monotone import Monotone
from refute.orbits.system import Piece, after, as_system


def ends_at(system: Any, start: Vec, found: Fate, p: Vec) -> bool | None:
    """Whether the orbit from `start` with this fate, which converges, converges to p; None where the certificate does
    not say. Where T is continuous it ends at a rest point, and the set that it is captured in holds one: p, if p is one and
    in the set."""
    system = as_system(system)
    if system.reduced(start) is not None:
        return None  # the certificate is in a coordinate of a line
    try:
        if isinstance(found.data, Recurrence):
            limit = found.data.limit
            return None if limit is None else all(bool(a == b) for a, b in zip(p, limit, strict=True))
        if any(bool(c != 0) for c in system.move(p)):
            return False if _continuous_at(system, p) else None
        if found.kind == "contraction":
            return True  # it has one rest point
        match found.data:
            case Rest() as rest if _apart(rest.box, p):
                return False
            case Piece() as piece:
                return bool(p[0] == piece.rest)
            case Funnel() as funnel:
                return bool(abs(p[0] - funnel.centre) <= funnel.radius)
            case Capture() as inside:
                return _holds(inside, p)
            case Cycle() as cycle:
                return _holds(cycle.inside, p)
            case Monotone() as between:
                return _first_rest(system, between, p[0])
        if found.kind == "rest":
            x = iterate(system, start, found.step)
            return None if x is None else all(bool(a == b) for a, b in zip(x, p, strict=True))
    except Undecided:
        pass
    return None


def _first_rest(system: Any, between: Monotone, p: Any) -> bool | None:
    """Whether a rest point p is the limit of an orbit that is monotone in [a, b]: no rest point lies before it. Of maps that are no polynomials, and
    where one lies close to the orbit's first point, that is not known."""
    a, b, side = between.a, between.b, between.side
    if isinstance(p, Mp):
        return sign_apart(Mp.of(a), p) != -1 and sign_apart(p, Mp.of(b)) != -1
    if not (bool(p >= a) and bool(p <= b)):
        return False
    moved, at = polynomials(system.move, 1), Real.of(p).q
    if moved is None or at is None:
        return None
    coefficients = [moved[0].get((i,), Fraction(0)) for i in range(max((n for (n,) in moved[0]), default=0) + 1)]
    first = a if side > 0 else b
    return None if has_root_between(coefficients, first, Fraction(int(at.numerator), int(at.denominator))) else True


def with_limit(system: Any, start: Vec, found: Fate) -> Fate:
    """The same fate with a limit that is known exactly, for an orbit of an affine map that converges; else as it is."""
    if found.kind != "multiplier" or not found.converges:
        return found
    affine = affine_map(as_system(system), len(start))
    obeyed = None if affine is None else recurrence(affine, start)
    return found if obeyed is None else Fate("recurrence", True, True, True, 0, obeyed)


def _continuous_at(system: Any, p: Vec) -> bool:
    """Whether T has derivatives around p; mpmath's opinion is asked only where that has been found."""
    if any(isinstance(c, Mp) for c in p):
        return True
    return lift(system, Ball.of).derivative(lift(p, Ball.of)) is not None


def _apart(box: Vec, p: Vec) -> bool:
    return any(sign_of((Ball.of(b) - a).a) for a, b in zip(box, p, strict=True) if not isinstance(b, Mp))


def iterate(system: Any, x: Vec, steps: int) -> Vec | None:
    """x_steps, as long as the iterates are short rationals (or of mpmath)."""
    for _ in range(steps):
        if any(getattr(c, "q", 0) is None for c in x):
            return None
        x = after(system, x)
    return x


def _holds(inside: Capture, p: Vec) -> bool:
    coordinates = times(inside.inverse, p - Vec(inside.centre))
    return all(abs(u) <= inside.radius for u in coordinates)
