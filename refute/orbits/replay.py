"""mpmath's replay of the certificate of a fate: the map itself, iterated from the start to the step of the certificate and on.

Nothing of the engine's balls, derivatives or hooks is used: `move` alone, that is the value or gradient of the function,
and the numbers that the certificate states. A few steps beyond the certificate the orbit must do what it says: the displacement shrinks
by the stated rate, the cycle returns, the escape grows, the functional is multiplied by its factor.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb
from typing import Any

from refute.numbers.lifting import lift
from refute.numbers.mp import CONTEXT, Mp, sign_apart
from refute.numbers.vector import Vec, dot, sq, times
from refute.orbits.affine import Recurrence
from refute.orbits.capture import Capture
from refute.orbits.cycle import Power
from refute.orbits.fate import Fate
from refute.orbits.funnel import Funnel
from refute.orbits.growth import Alternating, Contraction, Expansion, Growth, Outside, Return
from refute.orbits.monotone import Monotone
from refute.orbits.system import Piece, after, as_system, itself

# So many steps beyond the certificate are walked.
AHEAD = 3
# Roots are compared with 1 after they were squared so many times.
DOUBLINGS = 10
# Up to this dimension points on all diagonals are tried.
DIAGONALS = 4


def confirmed(system: Any, start: Vec, found: Fate) -> bool | None:
    """Replay the certificate in mpmath: True confirmed, False contradicted, None too close, or not known any more."""
    system = as_system(system)
    if found.kind == "own":
        return bool(found.data.confirmed(itself(system), start, found.step))
    line = system.reduced(start)
    if line is not None:
        return confirmed(line[0], line[1], found)
    if found.parts:
        each = [confirmed(s, Vec((c,)), p) for s, c, p in zip(system.components(), start, found.parts, strict=True)]
        return False if False in each else (None if None in each else True)
    x = lift(start, Mp.of)
    for _ in range(found.step):
        x = after(system, x)
    if not all(CONTEXT.isfinite(c.m) and c.e < 1 for c in x):
        return None  # more digits are asked for
    match found.kind, found.data:
        case "rest", _:
            return not any(sign_apart(a + d, a) for a, d in zip(x, system.move(x), strict=True))
        case "return", Return() as back:
            return _returns(system, x, back.period)
        case "expansion", Expansion() as expansion:
            return _expands(system, x, Mp.of(expansion.factor))
        case "contraction", Contraction() as contraction:
            return _contracts(system, x, Mp.of(contraction.factor))
        case "outside", Outside() as far:
            return _doubles(system, x, Mp.of(far.radius))
        case "alternating", Alternating() as swing:
            return _swings(system, x, swing)
        case "monotone", Monotone() as interval:
            return interval.confirmed(system, x, AHEAD)
        case "multiplier", Growth() as growth:
            return _grows(system, x, growth)
        case "recurrence", Recurrence() as obeyed:
            return _obeys(system, x, obeyed)
        case "escape", ray:
            return _escapes(system, x, ray.side)
        case "funnel", Funnel() as funnel:
            return funnel.confirmed(system, x[0]) and _led(system, x, funnel)
        case "cycle", around:
            power = Power(system, around.power)
            returns = _contracted(power, x, around.inside, 2)
            return returns and around.confirmed(system, x)
        case "capture", Capture() as box:
            return box.confirmed(system.move, x) and _contracted(system, x, box, AHEAD)
        case "capture", Piece() as piece:
            return _follows(system, x, piece)
    return None


def _contracted(system: Any, x: Vec, box: Capture, steps: int) -> bool:
    """Whether the displacement, in the coordinates of the box, shrinks by its rate at every step."""
    q = Mp.of(box.rate)
    moved = system.move(x)
    before = _size(box, moved)
    for _ in range(steps):
        x = x + moved
        moved = system.move(x)
        after = _size(box, moved)
        if sign_apart(after, q * before) == -1:
            return False
        before = after
    return True


def _size(box: Capture, v: Vec) -> Mp:
    return _largest(times(box.inverse, v))


def _follows(system: Any, x: Vec, p: Piece) -> bool:
    """Whether the next iterates stay in the open piece and follow its affine map towards its rest point; an orbit that is at
    rest in it has arrived."""
    rest, m = Mp.of(p.rest), Mp.of(p.multiplier)
    lo, hi = (None if e is None else Mp.of(e) for e in (p.lo, p.hi))
    if not abs(m) < 1:
        return False
    for _ in range(AHEAD + 1):
        moved = system.move(x)
        if not any(sign_apart(c + d, c) for c, d in zip(x, moved, strict=True)):
            return True
        inside = (lo is None or sign_apart(lo, x[0]) in (1, None)) and (hi is None or sign_apart(x[0], hi) in (1, None))
        after = x + moved
        if not inside or sign_apart(after[0], rest + m * (x[0] - rest)):
            return False
        x = after
    return True


def _returns(system: Any, x: Vec, period: int) -> bool:
    """Whether the orbit is back after so many steps, and not before."""
    y = x
    for _ in range(period):
        away = [sign_apart(a, b) for a, b in zip(x, y, strict=True)]
        if y is not x and not any(away):
            return False
        y = y + system.move(y)
    return not any(sign_apart(a, b) for a, b in zip(x, y, strict=True))


def _expands(system: Any, x: Vec, factor: Mp) -> bool:
    """Whether the next steps grow by the factor."""
    if not factor > 1:
        return False
    now = system.move(x)
    for _ in range(AHEAD):
        x = x + now
        after = system.move(x)
        if sign_apart(factor * factor * sq(now), sq(after)) == -1:
            return False
        now = after
    return bool(sq(now) > 0)


def _contracts(system: Any, x: Vec, factor: Mp) -> bool:
    """Whether the next steps shrink by the factor."""
    if not 0 <= factor < 1:
        return False
    now = system.move(x)
    for _ in range(AHEAD):
        x = x + now
        after = system.move(x)
        if sign_apart(sq(after), factor * factor * sq(now)) == -1:
            return False
        now = after
    return True


def _doubles(system: Any, x: Vec, radius: Mp) -> bool:
    """Whether x is beyond the radius, and the map at least doubles it, and points of many sizes along it and along the axes and diagonals."""
    if not _largest(x) > radius:
        return False
    unit: Vec = x / _largest(x)
    signs = product((1, -1), repeat=len(x)) if len(x) <= DIAGONALS else ()
    axes = [Vec(tuple(Mp.of(int(i == j)) for j in range(len(x)))) for i in range(len(x))]
    ways: list[Vec] = [unit, *axes, *(Vec(tuple(Mp.of(s) for s in each)) for each in signs)]
    sizes = [side * radius * Fraction(2) ** j for side in (1, -1) for j in range(0, 24, 3)]
    ahead: list[Vec] = [u * size for u in ways for size in sizes]
    return all(sign_apart(2 * _largest(y), _largest(y + system.move(y))) != -1 for y in (x, *ahead))


def _largest(v: Vec) -> Mp:
    sizes = [abs(c) for c in v]
    largest: Mp = sizes[0]
    for s in sizes[1:]:
        largest = largest.larger(s)
    return largest


def _swings(system: Any, x: Vec, swing: Alternating) -> bool:
    """Whether pairs of steps lead outwards, each pair as many times as far as the last as the product of the multipliers says, from here and
    from points of many sizes ahead, with the middle of the two on the other side."""
    product = Mp.of(swing.here.multiplier) * Mp.of(swing.there.multiplier)
    if not product > 1:
        return False
    ahead = [x[0] + swing.side * (abs(x[0]) + 1) * Fraction(2) ** j for j in range(-8, 24)]
    for start in (x[0], *ahead):
        y, moves = Vec((start,)), []
        for _ in range(4):
            moves.append(system.move(y)[0])
            y = y + Vec((moves[-1],))
        outwards, next_ = moves[0] + moves[1], moves[2] + moves[3]
        if sign_apart(product * outwards, next_) or not swing.side * outwards > 0 or not swing.side * moves[0] < 0:
            return False
    return True


def _grows(system: Any, x: Vec, g: Growth) -> bool:
    f = lift(g.functional, Mp.of)
    factor = Mp.of(g.factor)
    now = system.move(x)
    for _ in range(AHEAD):
        x = x + now
        after = system.move(x)
        if sign_apart(dot(f, after), factor * dot(f, now)):
            return False
        now = after
    return True


def _obeys(system: Any, x: Vec, obeyed: Recurrence) -> bool:
    """Whether the displacements obey the recurrence for a few steps, and mpmath's own roots lie where it says."""
    order = len(obeyed.coefficients) - 1
    moves = []
    for _ in range(order + AHEAD):
        moves.append(system.move(x))
        x = x + moves[-1]
    for k in range(AHEAD):
        for i in range(len(x)):
            terms = [c * m[i] for c, m in zip(obeyed.coefficients, moves[k:], strict=False)]
            if sign_apart(_total(terms[:-1]), -terms[-1]):
                return False
    if not order:
        return True
    least, most = _largest_root([Mp.of(c).m for c in obeyed.coefficients])
    return (
        bool(most >= 1)
        if obeyed.largest == "outside"
        else bool(least <= 1 and (most >= 1 or obeyed.largest == "inside"))
    )


def _largest_root(c: list[Any]) -> tuple[Any, Any]:
    """Bounds of the modulus of the largest root of c[0] + c[1] z + ... + z^n, raised to the power 2^DOUBLINGS by as many of
    Graeffe's steps (each squares all roots); multiple roots do no harm."""
    n = len(c) - 1
    for _ in range(DOUBLINGS):
        squared = [CONTEXT.zero] * (n + 1)
        for i, a in enumerate(c):
            for j, b in enumerate(c):
                if (i + j) % 2 == 0:
                    squared[(i + j) // 2] += a * b if i % 2 == 0 else -a * b
        c = [e / squared[n] for e in squared]
    # |c[n - k]| is at most binomial(n, k) times the k-th power of the largest root, which is at most twice the largest k-th root.
    sizes = [(k, abs(c[n - k])) for k in range(1, n + 1)]
    return max((s / comb(n, k)) ** (CONTEXT.one / k) for k, s in sizes), 2 * max(
        s ** (CONTEXT.one / k) for k, s in sizes
    )


def _total(terms: list[Mp]) -> Mp:
    result = Mp.of(0)
    for t in terms:
        result = result + t
    return result


def _escapes(system: Any, x: Vec, side: int) -> bool:
    """Whether the orbit goes outwards, and so do points of many sizes ahead of it."""
    ahead = [x[0] + side * (abs(x[0]) + 1) * Fraction(2) ** j for j in range(-8, 24)]
    for y in ahead:
        if not side * system.move(Vec((y,)))[0] > 0:
            return False
    for _ in range(AHEAD):
        moved = system.move(x)
        if not side * moved[0] > 0:
            return False
        x = x + moved
    return True


def _led(system: Any, x: Vec, funnel: Funnel) -> bool:
    """Whether the next steps lead on, none over the box, and shrink once in it."""
    p, r, q = (Mp.of(v) for v in (funnel.centre, funnel.radius, funnel.rate))
    before = None
    for _ in range(AHEAD + 1):
        moved = system.move(x)[0]
        if abs(x[0] - p) <= r:
            if before is not None and sign_apart(abs(moved), q * before) == -1:
                return False
            before = abs(moved)
        elif not (funnel.side * moved > 0 and funnel.side * (p + funnel.side * r - x[0] - moved) > 0):
            return False
        x = x + Vec((moved,))
    return True
