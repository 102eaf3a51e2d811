"""Random piecewise maps of the line: the fate that refute certifies against a simulation of its own, in rationals.

Gradient descent on piecewise polynomials with jumps, kinks and flat pieces, with steps that make multipliers 0, 1 and -1, from starts on
knots, at rest, and on preimages of both; and affine maps of the plane. The simulation knows nothing of refute: Fractions, and the piece to the
left at a knot.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives import GD, PiecewisePolynomial
from refute import Mp, Vec, lift, vec
from refute.numbers.mp import digits
from refute.numbers.real import Real
from refute.numbers.vector import times
from refute.orbits.fate import Fate, fate
from refute.orbits.replay import confirmed

STEPS = 400
# Beyond this size an orbit of these maps has left; a displacement below the other has settled.
FAR, STILL = Fraction(10) ** 9, Fraction(1, 10**6)
GRID = [Fraction(n, 4) for n in range(-16, 17)]


def piecewise(rng: random.Random) -> PiecewisePolynomial:
    """Up to four pieces of degree at most 2, continuous or not."""
    knots = tuple(sorted(rng.sample(GRID, rng.randrange(0, 4))))
    rows = []
    for i in range(len(knots) + 1):
        t = rng.choice(knots) if knots and rng.random() < 0.7 else Fraction(0)
        slope = rng.choice((Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(-3, 4)))
        curvature = rng.choice((Fraction(0), Fraction(1), Fraction(2), Fraction(-1), Fraction(1, 2), Fraction(4)))
        rows.append((t, Fraction(i), slope, curvature / 2))
    return PiecewisePolynomial(knots, tuple(rows))


def slope_at(f: PiecewisePolynomial, x: Fraction) -> Fraction:
    """f'(x), written down a second time: the piece on the left counts at a knot."""
    t, _, b, c = f.rows[bisect_left(f.knots, x)]
    return b + 2 * c * (x - t)


@dataclass(frozen=True)
class Plane:
    """x -> A x + b in the plane."""

    A: tuple[tuple[Fraction, ...], ...]
    b: Vec

    def move(self, x: Vec) -> Vec:
        """T(x) - x."""
        return times(self.A, x) + self.b - x


def drawn(rng: random.Random) -> tuple[Any, Vec]:
    """A map and a start."""
    if rng.random() < 0.25:
        entry = [Fraction(n, d) for n in (-2, -1, 0, 1, 2) for d in (1, 2, 5)]
        rows = tuple(tuple(rng.choice(entry) for _ in range(2)) for _ in range(2))
        return Plane(rows, vec(rng.choice(entry), rng.choice(entry))), vec(rng.randint(-2, 2), rng.randint(-2, 2))
    f = piecewise(rng)
    h = rng.choice([Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(2), Fraction(1, 3), Fraction(3, 4)])
    x = rng.choice([*f.knots, *GRID, *(k + h for k in f.knots), Fraction(rng.randint(-99, 99), 7)])
    return GD(f, h), vec(x)


def orbit(system: Any, start: Vec, n: int) -> list[tuple[Fraction, ...]]:
    """x_0, ..., x_n in Fractions; shorter where it has left."""
    x = tuple(Fraction(c) for c in start)
    seen = [x]
    for _ in range(n):
        if isinstance(system, Plane):
            x = tuple(
                sum((a * c for a, c in zip(row, x, strict=True)), e) for row, e in zip(system.A, system.b, strict=True)
            )
        else:
            x = (x[0] - system.h * slope_at(system.f, x[0]),)
        seen.append(x)
        if max(map(abs, x)) > FAR**2 or max(c.denominator.bit_length() for c in x) > 20_000:
            break
    return seen


def judged(system: Any, start: Vec) -> str:
    """ "right", "open" or what is wrong with the fate."""
    found = fate(lift(system, Real.of), lift(start, Real.of))
    if found.kind == "open":
        return "open"
    seen = orbit(system, start, STEPS)
    with digits(60):
        if confirmed(lift(system, Mp.of), lift(start, Mp.of), found) is False:
            return f"mpmath contradicts {found.text()}"
    return _against(found, seen)


def _against(found: Fate, seen: list[tuple[Fraction, ...]]) -> str:
    last = max(abs(a - b) for a, b in zip(seen[-1], seen[-2], strict=True))
    left = max(map(abs, seen[-1])) > FAR
    if found.bounded is True and left:
        return f"said to be bounded, left: {found.text()}"
    if len(seen) <= STEPS:
        return "right"  # it has left, or its digits are too many to follow
    tail = [max(abs(a - b) for a, b in zip(x, y, strict=True)) for x, y in zip(seen[-41:], seen[-40:], strict=False)]
    if found.converges is True and min(tail) > STILL and tail[-1] >= tail[0]:
        return f"said to converge, still moves by {float(last)}: {found.text()}"
    if found.converges is False and max(tail) == 0:
        return f"said not to converge, rests: {found.text()}"
    if found.settles is False and max(tail) < STILL**3 and found.kind != "recurrence":
        return f"said not to settle, moves by {float(last)}: {found.text()}"
    if (
        found.bounded is False
        and found.kind in ("escape", "multiplier")
        and max(map(abs, seen[-1])) <= max(map(abs, seen[STEPS // 2]))
    ):
        return f"said to be unbounded, does not grow: {found.text()}"
    return "right"


def attack(n: int, seed: int = 0) -> Counter[str]:
    """n maps; how often each judgement occurred."""
    rng = random.Random(seed)
    found: Counter[str] = Counter()
    for _ in range(n):
        system, start = drawn(rng)
        says = judged(system, start)
        found[says if says in ("right", "open") else "WRONG"] += 1
        if says not in ("right", "open"):
            print(f"WRONG: {system} from {start}: {says}", flush=True)
    return found
