"""Orbits whose limits follow from one inequality or one equality that holds at every step."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from refute.errors import NotExact, Undecided
from refute.numbers import atoms
from refute.numbers.ball import Ball
from refute.numbers.real import Real
from refute.numbers.vector import Vec
from refute.orbits.system import Piece


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
    """abs(T(x)) >= 2 abs(x) for abs(x) >= radius, on the line."""

    radius: Fraction

    def __str__(self) -> str:
        return f"the polynomial T at least doubles what is beyond {float(self.radius):.6g}"


def outside(exact: Any) -> Outside | None:
    """For a map of the line whose formula is a polynomial a_0 + ... + a_n x^n, n >= 2, with rational coefficients; else None.

    For abs(x) >= 1: abs(T(x)) >= abs(x)^(n-1) (abs(a_n) abs(x) - S) with S = abs(a_0) + ... + abs(a_(n-1)), which is at least 2 abs(x) where
    abs(a_n) abs(x) >= 2 + S.
    """
    try:
        x = atoms.variable("x0")
        table = atoms.Expansion()
        polynomial = table.expand(Real.of(x + exact.move(Vec((x,)))[0]))
    except (Undecided, ArithmeticError, NotExact, TypeError, AttributeError):
        return None  # it branches, or is built from what has no formula
    if any(name != "variable" for name, _ in table.atoms):
        return None
    sizes: dict[int, Fraction] = {}
    for monomial, c in polynomial.items():
        sizes[len(monomial)] = sizes.get(len(monomial), Fraction(0)) + abs(
            Fraction(int(c.numerator), int(c.denominator))
        )
    n = max((k for k, c in sizes.items() if c), default=0)
    if n < 2:
        return None
    rest = sum((c for k, c in sizes.items() if k < n), Fraction(0))
    return Outside(max(Fraction(1), (2 + rest) / sizes[n]))
