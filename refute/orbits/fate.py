"""The fate of an orbit x_{k+1} = T(x_k), decided by finite certificates.

A finite run proves no limit. Each fate is certified by something finite that implies it:

rest       every point of an enclosure of x_k is a rest point of T: the orbit has arrived;
return     x_{k+p} = x_k exactly, and x_k is not at rest: the orbit is periodic from there on;
capture    x_k lies in a set that T maps into itself as a contraction (Banach: it converges);
funnel     on the line: every step leads on, into such a set;
monotone   on the line: T increases on an interval that it maps into itself: the orbit is monotone and bounded;
cycle      a power of T contracts a set that holds x_k: a rest point of T in it, or a cycle through it;
multiplier a linear functional of x_{k+1} - x_k is multiplied by the same factor at every step;
recurrence T is affine, and the roots of the recurrence of the displacements lie inside, on or outside the unit circle;
contraction  T contracts all distances by a factor below 1: every orbit converges;
expansion  T expands all distances by a factor above 1, and the orbit is not at rest: its steps grow;
alternating  on the line: x_k and x_{k+1} lie on opposite unbounded affine pieces, and T^2 leads further out;
outside    x_k lies where the polynomial T at least doubles every point;
escape     x_k (on the line) lies on a ray with no rest point on which T moves outwards;
own        a certificate of the system's own theory, with its own check.

A start to which none applies within the budget is undecided, and counted as such.

What happens at an edge. The iterate is known exactly (rest) or as a ball that contains it, and each certificate asks its
question of the whole ball: a rest asks that T moves no point of it; an affine piece is open, so an orbit that reaches an end,
where another piece may count, is not held by it; a contracting box must hold the ball in its interior, on exact ends; where T
jumps there is no derivative, so no box that touches a jump contracts; the ray of an escape starts at the ball, whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from refute.errors import Undecided
from refute.numbers.ball import Ball, precision
from refute.numbers.decide import is_defined
from refute.numbers.functions import Scalar
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.numbers.vector import Vec, dot
from refute.orbits.affine import Recurrence, affine_map, recurrence
from refute.orbits.capture import capture
from refute.orbits.conditions import all_of, held_in_piece, outside_box
from refute.orbits.cycle import Slopes, cycle, image
from refute.orbits.funnel import funnel
from refute.orbits.growth import Contraction, Expansion, Growth, Outside, Return, alternating, outside
from refute.orbits.monotone import monotone
from refute.orbits.system import System, as_system

T = TypeVar("T")

# Boxes that wrap around a rotated orbit lose bits at every step; few orbits need the second run.
BITS = (128, 1024)
BUDGET = 1024
# After these steps only what costs little is tried.
CHEAP = (1, 2, 3, 6)
# Exact landings and returns are looked for in so many steps.
LANDING = 12
# And so many are walked exactly where balls meet a branch.
WALKED = 256
# The longest numerator or denominator of such an iterate, in bits.
LONGEST = 256
# Cycles are looked for at these steps: most orbits are decided before, and slow ones look like cycles.
CYCLES = (32, 128, 512)


@dataclass(frozen=True)
class Fate:
    """How an orbit ends, and the certificate: `kind` is rest, return, capture, funnel, monotone, cycle, multiplier, recurrence, contraction, expansion, alternating,
    outside, escape, own, or open where none is found.

    `converges`, `settles` (x_{k+1} - x_k -> 0) and `bounded` are True, False or None (unknown).
    """

    kind: str
    converges: bool | None
    settles: bool | None
    bounded: bool | None
    step: int = 0
    data: Any = None
    parts: tuple[Fate, ...] = ()

    @property
    def periodic(self) -> bool | None:
        """Whether the orbit converges to a rest point or to a cycle (is asymptotically periodic)."""
        if self.converges or self.kind in ("cycle", "return"):
            return True
        return False if self.bounded is False else None

    def text(self) -> str:
        """One line for people."""
        if self.parts:
            return "by coordinates: " + "; ".join(p.text() for p in self.parts)
        kind = "certified" if self.kind == "own" else self.kind
        return f"{kind} at step {self.step}" + (f", {self.data}" if self.data else "")


def fate(system: Any, start: Vec, budget: int = BUDGET) -> Fate:
    """The certified fate of the orbit from `start` (Reals) of a map; kind 'open' where none is found."""
    system, start = as_system(system), lift(start, Real.of)
    if not all(is_defined(c) for c in start):
        return Fate("open", None, None, None)
    own: Fate | None = system.certified(start)
    if own is not None:
        return own
    parts = system.components()
    if parts is not None:
        return _product([fate(s, Vec((c,)), budget) for s, c in zip(parts, start, strict=True)])
    line = system.reduced(start)
    if line is not None:
        return fate(line[0], line[1], budget)
    modes = system.multipliers()
    if modes is not None:
        return _affine(system.move(start), modes)
    affine = affine_map(system, len(start))
    if affine is not None:
        obeyed = recurrence(affine, start)
        if obeyed is not None:
            return _recurrent(obeyed)
    at_once, exact, k = _on_the_spot(system, start, LANDING)
    found = at_once or _by_a_factor(system, start) or _in_balls(system, start, budget)
    if found.kind == "open" and k:
        # An orbit may land, or return, later; balls do not see that, and a box is on both sides of a branch where the exact orbit is not.
        stuck = not found.step
        at_once, exact, k = _on_the_spot(system, start, WALKED)
        if at_once is not None:
            return at_once
        if stuck:
            found = _in_balls(system, exact, budget)
            found = replace(found, step=found.step + k)
    return found


def _in_balls(system: System, start: Vec, budget: int) -> Fate:
    for bits in BITS:
        try:
            with precision(bits):
                found = _followed(system, lift(system, Ball.of), lift(start, Ball.of), budget)
        except Undecided:  # the map branches where a box is on both sides
            found = Fate("open", None, None, None)
        if found.kind != "open" or found.step >= budget:
            break
    return found


def _on_the_spot(system: System, x: Vec, steps: int) -> tuple[Fate | None, Vec, int]:
    """An orbit of short rationals that is at rest after a few steps, or returns to where it was, exactly; balls would not be sure. With it
    the last iterate, and its number."""
    seen: dict[tuple[Any, ...], int] = {}
    last = x
    for k in range(steps + 1):
        here = tuple(c.q for c in x)
        if any(q is None or _digits(q) > LONGEST for q in here):
            break
        try:
            moved = system.move(x)
            if all(c == 0 for c in moved):
                return Fate("rest", True, True, True, k), x, k
        except Undecided:
            break
        if here in seen:
            return Fate("return", False, False, True, seen[here], Return(k - seen[here])), x, k
        seen[here], last = k, x
        x = x + moved
    return None, last, max(len(seen) - 1, 0)


def _digits(q: Any) -> int:
    return max(int(q.numerator).bit_length(), int(q.denominator).bit_length())


def _by_a_factor(system: System, start: Vec) -> Fate | None:
    """T expands all distances, and the orbit is not at rest: its steps grow. Or T contracts them all."""
    try:
        r, q = system.expansion(), system.contraction()
        if r is not None and r > 1 and any(c != 0 for c in system.move(start)):
            return Fate("expansion", False, False, False, 0, Expansion(r))
        if q is not None and q < 1:
            return Fate("contraction", True, True, True, 0, Contraction(q))
    except Undecided:
        pass
    return None


def _recurrent(obeyed: Recurrence) -> Fate:
    converges, bounded = obeyed.largest == "inside", obeyed.largest in ("inside", "on")
    return Fate("recurrence", converges, converges, bounded, 0, obeyed)


def _product(fates: Sequence[Fate]) -> Fate:
    return Fate(
        "product",
        all_of([f.converges for f in fates]),
        all_of([f.settles for f in fates]),
        all_of([f.bounded for f in fates]),
        parts=tuple(fates),
    )


def _affine(displacement: Vec, modes: Sequence[tuple[Vec, Scalar]]) -> Fate:
    """The displacement's component along each functional is multiplied by m: a geometric series."""
    live = [(l, m, dot(l, displacement)) for l, m in modes]
    live = [(l, m, c) for l, m, c in live if c != 0]
    if not live:
        return Fate("rest", True, True, True)
    l, m, c = max(live, key=lambda mode: abs(mode[1]))
    grown = Growth(l, m, c)
    if abs(m) > 1:
        return Fate("multiplier", False, False, False, 0, grown)
    if abs(m) < 1:
        return Fate("multiplier", True, True, True, 0, grown)
    drifting = any(m == 1 for _, m, _ in live)
    return Fate("multiplier", False, False, not drifting, 0, grown)


def _followed(exact: System, system: System, x: Vec, budget: int) -> Fate:
    slopes = Slopes(system)
    doubling: Outside | None = None
    asked = False
    for k in range(budget + 1):
        if k in CHEAP or k & (k - 1) == 0 or k % 128 == 0:
            found = _here(exact, system, x, k)
            if found is not None:
                return found
        before, x = x, image(system, x, slopes.around(x))
        if not asked and max(abs(float(c)) for c in x) > 2 * max(abs(float(c)) for c in before):
            doubling, asked = outside(exact, len(x)), True
        if doubling is not None and outside_box(doubling.radius, list(x)):
            return Fate("outside", False, False, False, k + 1, doubling)
        if not all(c.a.is_finite() and c.a.rad() < 1 for c in x):
            break
    return Fate("open", None, None, None, k)


def _here(exact: System, system: System, x: Vec, k: int) -> Fate | None:
    if k and all(c.a.is_zero() for c in system.move(x)):
        return Fate("rest", True, True, True, k, Rest(x))
    if len(x) == 1:
        held = _tried(exact.piece, x[0])
        if held is not None and held_in_piece(x[0], held):
            return Fate("capture", True, True, True, k, held)
        swing = alternating(exact, held, system, x)
        if swing is not None:
            return Fate("alternating", False, False, False, k, swing)
        for side in (1, -1):
            if exact.outward(x[0], side):
                settles = True if exact.fades(side) else None
                return Fate("escape", False, settles, False, k, Ray(x[0], side))
        if k in CHEAP:
            return None
        led = _tried(funnel, exact, system, x[0])
        if led is not None:
            return Fate("funnel", True, True, True, k, led)
        between = _tried(monotone, exact, system, x[0])
        if between is not None:
            return Fate("monotone", True, True, True, k, between)
    elif k not in CHEAP:
        caught = _tried(capture, system.move, system.derivative, x)
        if caught is not None:
            return Fate("capture", True, True, True, k, caught)
    if k not in CYCLES:
        return None
    around = _tried(cycle, exact, system, x)
    return None if around is None else Fate("cycle", around.rests, around.rests, True, k, around)


def _tried(search: Callable[..., T | None], *arguments: Any) -> T | None:
    """None also where the map branches inside a box of the search, or has no value at a point that only the search asks for."""
    try:
        return search(*arguments)
    except ArithmeticError:
        return None


@dataclass(frozen=True)
class Rest:
    """A box of rest points that holds x_k."""

    box: Vec

    def __str__(self) -> str:
        return f"at ({', '.join(f'{float(c):.6g}' for c in self.box)})"


@dataclass(frozen=True)
class Ray:
    """The points from `at` on, towards side * infinity."""

    at: Ball
    side: int

    def __str__(self) -> str:
        return f"past {float(self.at):.6g} every step leads outwards and no point is at rest"
