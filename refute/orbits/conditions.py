"""The inequalities that the certificates of limits rest on, apart from the search for numbers that satisfy them.

Each answers True (or a bound) only where every number in the balls that it is given satisfies the inequality, strictly where the theorem
behind it asks for that. Whoever finds the numbers may be wrong: what is here is what a limit is believed for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from refute.errors import Undecided
from refute.numbers.ball import Ball, rounded, sign_of
from refute.numbers.vector import Matrix, Vec
from refute.orbits.system import Piece

# What a float may lose of a number below 1 when it is rounded, and more.
ROUNDING = Fraction(1, 2**40)


def certainly_below(a: Ball, b: Ball) -> bool:
    """Every number of a is less than every number of b."""
    return sign_of(b.a - a.a) == 1


def contraction_rate(inverse: Matrix, slopes: Matrix, basis: Matrix) -> Fraction | None:
    """A rational q < 1 with |W M V x| <= q |x| in the largest entry, for all matrices M within the balls; None where there is none.

    The norm of a matrix in the largest entry is its largest sum of absolute values along a row.
    """
    worst = Fraction(0)
    for row in inverse:
        image = [_dot(row, column) for column in zip(*slopes, strict=True)]
        bound = Ball.of(0)
        for column in zip(*basis, strict=True):
            bound = bound + abs(_dot(image, column))
        top = float(bound.a.upper())
        if not top < 1:
            return None
        worst = max(worst, Fraction(top) + ROUNDING)
    return worst if worst < 1 else None


def _dot(a: Iterable[Any], b: Iterable[Any]) -> Ball:
    result = Ball.of(0)
    for p, q in zip(a, b, strict=True):
        result = result + p * q
    return result


def maps_into_itself(rate: Fraction, radius: Fraction, moved: Sequence[Ball]) -> bool:
    """A box of this radius, in whose coordinates T contracts by `rate` and moves the centre by `moved`, is mapped into its interior:
    |T(x) - c| <= |T(c) - c| + q r < r."""
    room = Ball.of((1 - rate) * radius)
    return rate < 1 and all(certainly_below(abs(u), room) for u in moved)


def inside_box(radius: Fraction, coordinates: Sequence[Ball]) -> bool:
    """Every point lies in the interior of the box."""
    return all(certainly_below(abs(u), Ball.of(radius)) for u in coordinates)


def outside_box(radius: Fraction, coordinates: Sequence[Ball]) -> bool:
    """Every point lies outside of the closed box: beyond it in one coordinate."""
    return any(certainly_below(Ball.of(radius), abs(u)) for u in coordinates)


def nearest_rest(rate: Fraction, moved: Sequence[Ball]) -> Fraction:
    """A radius around the centre in whose interior the rest point of a contraction lies: more than |T(c) - c|/(1 - q)."""
    shift = max(rounded(abs(u).a.upper()) for u in moved)
    # A float may be too small by a rounding; and the radius is never 0.
    return shift / (1 - rate) * Fraction(9, 8) + Fraction(1, 2**1100)


def held_in_piece(x: Ball, p: Piece) -> bool:
    """Whether the affine map of the piece keeps the orbit of every point of x in the open piece, so that no end, where
    another piece may count, is ever reached: with m > 0 the iterates lie between x and the rest point, which may be an end since
    it is only approached; with m = 0 the rest point is reached at once, and with m < 0 both sides of it are visited."""
    m, rest = p.multiplier, Ball.of(p.rest)
    if not -1 < m < 1:
        return False
    visited = [x] if m > 0 else [x, rest - (x - rest)] if m < 0 else [x, rest]
    try:
        approached = (p.lo is None or bool(p.lo <= p.rest)) and (p.hi is None or bool(p.rest <= p.hi))
        return approached and all((p.lo is None or y > p.lo) and (p.hi is None or y < p.hi) for y in visited)
    except Undecided:
        return False


def leads_on(side: int, move: Ball, image: Ball, limit: Ball) -> bool:
    """Every step leads towards side * infinity, and none as far as `limit`."""
    return certainly_below(Ball.of(0), side * move) and certainly_below(side * image, side * limit)


def all_of(answers: Sequence[bool | None]) -> bool | None:
    """The conjunction of answers that may be unknown: False where one is, unknown where one may be."""
    if False in answers:
        return False
    return None if None in answers else True


def between(x: Vec, box: Sequence[tuple[Fraction, Fraction]]) -> bool | None:
    """Whether x lies in the closed box with these exact ends; None where a ball straddles one."""
    sides: list[bool | None] = []
    for c, (a, b) in zip(x, box, strict=True):
        try:
            sides.append(bool(a <= c) and bool(c <= b))
        except Undecided:
            sides.append(None)
    return all_of(sides)
