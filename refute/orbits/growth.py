"""Orbits whose limits follow from one inequality or one equality that holds at every step."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from refute.errors import Undecided
from refute.numbers.ball import Ball
from refute.numbers.polynomials import Polynomial, polynomials
from refute.numbers.vector import Vec
from refute.orbits.system import Piece

# So many boxes of the surface of a cube are tried.
BOXES = 4096


@dataclass(frozen=True)
class Growth:
    """A functional of the displacement, multiplied by `factor` at each step, from `value` on."""

    functional: Vec
    factor: Any
    value: Any

    def __str__(self) -> str:
        return f"a functional of the displacement is multiplied by {float(self.factor):.6g}"


@dataclass(frozen=True)
class Return:
    """x_{k+p} = x_k for this p >= 2 and no smaller one."""

    period: int

    def __str__(self) -> str:
        return f"it returns exactly after {self.period} steps"


@dataclass(frozen=True)
class Expansion:
    """|Tx - Ty| >= factor |x - y| for all x and y: |x_{k+2} - x_{k+1}| >= factor |x_{k+1} - x_k|."""

    factor: Any

    def __str__(self) -> str:
        return f"every step is at least {float(self.factor):.6g} times as long as the one before"


@dataclass(frozen=True)
class Contraction:
    """|Tx - Ty| <= factor |x - y| for all x and y: one rest point, and every orbit converges to it."""

    factor: Any

    def __str__(self) -> str:
        return f"T contracts the whole space by {float(self.factor):.6g}"


@dataclass(frozen=True)
class Alternating:
    """x_k lies on an unbounded piece, x_{k+1} on the opposite one, both with negative multipliers of product above 1."""

    here: Piece
    there: Piece
    side: int

    def __str__(self) -> str:
        product = float(self.here.multiplier) * float(self.there.multiplier)
        return f"from side to side on two affine pieces, outwards, every second step {product:.6g} times as long as the last but one"


def alternating(exact: Any, here: Piece | None, system: Any, x: Vec) -> Alternating | None:
    """For x on an unbounded piece (`here`) of a map of the line; None where the orbit is not seen to swing outwards.

    Let T be affine and decreasing from x on to the right, and, from T(x) on to the left, on another piece; let T^2 have a slope above 1
    on the first and T^2(x) > x. Then T(y) <= T(x) for y >= x, T^2(y) - y increases in y, and x_{2k} grows by at least x_2 - x_0 each time.
    """
    try:
        if here is None or not here.multiplier < 0 or (here.lo is None) == (here.hi is None):
            return None
        side = 1 if here.hi is None else -1
        y = x[0] + Ball.of(system.move(x)[0])
        there = exact.piece(y)
        end = None if there is None else (there.lo if side > 0 else there.hi)
        if there is None or end is not None or not there.multiplier < 0:
            return None
        inner = (here.lo if side > 0 else here.hi, there.hi if side > 0 else there.lo)
        z = y + Ball.of(system.move(Vec((y,)))[0])
        beyond = side * (x[0] - Ball.of(inner[0])) > 0 and (inner[1] is None or side * (Ball.of(inner[1]) - y) > 0)
        grows = here.multiplier * there.multiplier > 1 and side * (z - x[0]) > 0
        return Alternating(here, there, side) if beyond and grows else None
    except Undecided:
        return None


@dataclass(frozen=True)
class Outside:
    """|T(x)| >= 2 |x| where |x| > radius, for the largest entry as norm."""

    radius: Fraction

    def __str__(self) -> str:
        return f"the polynomial T at least doubles what is beyond {float(self.radius):.6g}"


def outside(exact: Any, dim: int) -> Outside | None:
    """For a map of R^d whose formula is polynomial with rational coefficients, of degree n >= 2, and whose parts of degree n have no common
    zero but 0; else None.

    Let |P(u)| >= c > 0 where |u| = 1, for the part P of degree n, and let S bound the sums of the absolute values of the other coefficients
    of each entry. For |x| >= 1: |T(x)| >= |x|^(n-1) (c |x| - S), which is at least 2 |x| where c |x| >= 2 + S.
    """
    rows = polynomials(lambda x: x + exact.move(x), dim)
    n = max((sum(m) for row in rows or () for m in row), default=0)
    if rows is None or n < 2:
        return None
    c = _least_on_cube([{m: a for m, a in row.items() if sum(m) == n} for row in rows], dim)
    if c is None:
        return None
    rest = max(sum((abs(a) for m, a in row.items() if sum(m) < n), Fraction(0)) for row in rows)
    return Outside(max(Fraction(1), (2 + rest) / c))


def _least_on_cube(forms: list[Polynomial], dim: int) -> Fraction | None:
    """A positive lower bound of the largest abs(P_i(u)) over the surface of the cube, for forms P_i of one degree, by halving boxes; None
    where so many boxes do not show one. The sign of u does not matter: one of two opposite faces is enough."""
    whole = (Fraction(-1), Fraction(1))
    boxes = [tuple((Fraction(1), Fraction(1)) if j == i else whole for j in range(dim)) for i in range(dim)]
    least: Fraction | None = None
    for _ in range(BOXES):
        if not boxes:
            return least
        box = boxes.pop()
        u = [Ball.of((lo + hi) / 2) + Ball(arb(0, Ball.of((hi - lo) / 2).a)) for lo, hi in box]
        low = max(abs(_value(p, u)).a.abs_lower() for p in forms)
        if low > 0:
            exact = low.fmpq()
            c = Fraction(int(exact.p), int(exact.q))
            least = c if least is None else min(least, c)
            continue
        i = max(range(dim), key=lambda j: box[j][1] - box[j][0])
        lo, hi = box[i]
        boxes += [(*box[:i], half, *box[i + 1 :]) for half in ((lo, (lo + hi) / 2), ((lo + hi) / 2, hi))]
    return None


def _value(p: Polynomial, u: list[Ball]) -> Ball:
    total = Ball.of(0)
    for exponents, a in p.items():
        term = Ball.of(a)
        for c, e in zip(u, exponents, strict=True):
            term = term * c**e
        total = total + term
    return total
