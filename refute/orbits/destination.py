"""Where an orbit ends, read off the certificate of its fate."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb

from refute.errors import Undecided, overlook
from refute.numbers.ball import Ball, sign_of
from refute.numbers.functions import maximum
from refute.numbers.lifting import lift
from refute.numbers.mp import Mp, sign_apart
from refute.numbers.polynomials import has_root_between, polynomials
from refute.numbers.real import Real, simplest_between
from refute.numbers.vector import Vec, norm, times, total
from refute.orbits.affine import Recurrence, affine_map, recurrence
from refute.orbits.capture import Capture
from refute.orbits.cycle import Cycle, Power
from refute.orbits.fate import Fate, Rest
from refute.orbits.funnel import Funnel
from refute.orbits.growth import Contraction
from refute.orbits.monotone import Monotone
from refute.orbits.system import Piece, after, as_system, itself

# The centre of a contracted box is moved by the map so often, closer to the rest point.
CLOSER = 8
# And where it contracts the whole space so many steps, or on the line secants, lead there from the start.
SECANTS = 64
ONE = Fraction(1)


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


def limit_of(system: Any, start: Vec, found: Fate) -> Vec | None:
    """What is known of the limit of an orbit that converges: its point, where it is a simple one, or balls around its coordinates (of mpmath, where the start
    is: with an error). A map that contracts a box by q has its rest point within |T(c) - c|/(1 - q) of a point c of it, in the norm in which it contracts."""
    system = as_system(system)
    if found.parts:
        each = [limit_of(s, Vec((c,)), p) for s, c, p in zip(system.components(), start, found.parts, strict=True)]
        return None if any(p is None for p in each) else Vec(tuple(p[0] for p in each if p is not None))
    of: Any = Mp.of if any(isinstance(c, Mp) for c in start) else Ball.of
    exact: Any = Real.of if of is Ball.of else of
    known: Vec | None = None
    if found.kind == "rest":
        return iterate(system, start, found.step)
    if found.kind == "own":
        known = found.data.limit(itself(system), start, found.step)
    elif isinstance(found.data, Recurrence):
        known = found.data.limit
    elif isinstance(found.data, Piece):
        known = Vec((found.data.rest,))
    if known is not None:
        lifted: Vec = lift(known, exact)
        return lifted
    if not found.converges or system.reduced(start) is not None:
        return None  # the certificate is in a coordinate of a line
    near = _rest_of(system, start, found.data, of)
    if near is None or any(isinstance(c, Ball) and not c.a.is_finite() for c in near):
        return None
    simple: Vec = lift(Vec(tuple(map(_simplest_in, near))), exact)
    return simple if ends_at(system, start, found, simple) else near


def _rest_of(system: Any, start: Vec, data: Any, of: Any) -> Vec | None:
    """Around the rest point of a box, or of a space, that is contracted."""
    match data:
        case Contraction(factor=q):
            return _rest_near(lift(system, of), start, of(q), of)
        case Funnel() as f:
            line = (ONE,)
            return _rest_in(system, Capture((f.centre,), (line,), (line,), f.radius, f.rate), of)
        case Capture() as inside:
            return _rest_in(system, inside, of)
        case Cycle(rests=True) as cycle:
            return _rest_in(Power(system, cycle.power), cycle.inside, of)
    return None


def _rest_in(mapped: Any, inside: Capture, of: Any) -> Vec:
    mapped = lift(mapped, of)
    inverse, rows = lift(inside.inverse, of), lift(inside.basis, of)
    centre = at = Vec(tuple(map(of, inside.centre)))
    moved = mapped.move(at)
    for _ in range(CLOSER):
        # The box is mapped into itself: what its centre comes to lies in it, but for the rounding.
        there = Vec(tuple(map(_middle, at + moved)))
        if not all(bool(abs(u) <= of(inside.radius)) for u in times(inverse, there - centre)):
            break
        at, moved = there, mapped.move(there)
    far = maximum(*(abs(u) / (1 - of(inside.rate)) for u in times(inverse, moved)))
    return Vec(tuple(_within(c, total(abs(e) for e in row) * far) for c, row in zip(at, rows, strict=True)))


def _rest_near(mapped: Any, start: Vec, q: Any, of: Any) -> Vec:
    """Of a map that contracts all distances by q: any point may be the centre, such as one that secants of T(c) - c lead to."""
    at = Vec(tuple(map(_middle, lift(start, of))))
    moved = mapped.move(at)
    for _ in range(SECANTS):
        there = at + moved
        if len(at) == 1 and not _is_open(slope := mapped.move(there)[0] - moved[0]):
            there = at - Vec((moved[0] / slope * moved[0],))
        at = Vec(tuple(map(_middle, there)))
        moved = mapped.move(at)
    far = norm(moved) / (1 - q)
    return Vec(tuple(_within(c, far) for c in at))


def _is_open(c: Any) -> bool:
    """Whether a number may be 0."""
    try:
        return bool(c == 0)
    except Undecided as why:
        overlook(why)
        return True


def _middle(c: Any) -> Any:
    return Mp(c.m) if isinstance(c, Mp) else Ball(c.a.mid())


def _within(centre: Any, far: Any) -> Any:
    """All numbers as far as that from a centre."""
    if isinstance(centre, Mp):
        return Mp(centre.m, far.m + far.e + centre.e)
    return Ball(centre.a + arb(0, far.a.abs_upper()))


def _simplest_in(ball: Any) -> Fraction:
    """The simplest rational in a ball, or within an error of mpmath's: the limit, as a rule, where this is rational."""
    if isinstance(ball, Mp):
        return ball.simplest_rational()
    lo, hi = (Fraction(int(q.p), int(q.q)) for q in (ball.a.lower().fmpq(), ball.a.upper().fmpq()))
    return simplest_between(lo, hi)


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
