"""Piecewise polynomials of the line, with jumps and kinks where the data have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from objectives.functions.formula import Printed
from refute import BadInput, Ball, Matrix, Piece, Scalar, Vec, constant, piecewise

Row = tuple[Fraction, ...]


@dataclass(frozen=True)
class PiecewisePolynomial(Printed):
    """c_0 + c_1 (x - t) + c_2 (x - t)^2 + ... on the piece i between knots[i - 1] and knots[i], rows[i] = (t, c_0, c_1, ...).

    At a knot the piece on its left counts. Raises BadInput unless the knots increase and there is one row more.
    """

    knots: tuple[Fraction, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.knots) + 1 or any(len(r) < 2 for r in self.rows):
            raise BadInput("a piecewise polynomial needs one row (t, c_0, ...) more than knots")
        if any(a >= b for a, b in zip(self.knots, self.knots[1:], strict=False)):
            raise BadInput("the knots of a piecewise polynomial must increase")

    dim = 1

    @constant
    def slopes(self) -> PiecewisePolynomial:
        """The derivative of each piece."""
        rows = tuple(
            (t, *(j * e for j, e in enumerate(c[1:], 1)), *(() if c[1:] else (Fraction(0),))) for t, *c in self.rows
        )
        return PiecewisePolynomial(self.knots, rows)

    def side(self, i: int, right: bool) -> Scalar:
        """The limit at knots[i] from one side."""
        t, *c = self.rows[i + right]
        return sum((e * (self.knots[i] - t) ** j for j, e in enumerate(c)), 0 * self.knots[i])

    @constant
    def jumps(self) -> tuple[Fraction, ...]:
        """The knots at which the function jumps."""
        return tuple(t for i, t in enumerate(self.knots) if self.side(i, False) != self.side(i, True))

    @constant
    def table(self) -> tuple[Row, ...]:
        """The rows, filled up with zeros to one length."""
        longest = max(map(len, self.rows))
        return tuple((*r, *(Fraction(0),) * (longest - len(r))) for r in self.rows)

    def at(self, x: Scalar) -> Scalar:
        """The value at x; over a ball the hull of the pieces that it touches."""
        return piecewise(x, self.knots, self.table)

    def __call__(self, x: Vec) -> Scalar:
        return self.at(x[0])

    def grad(self, x: Vec) -> Vec:
        """The derivative of the piece."""
        return Vec((self.slopes.at(x[0]),))

    def hessian(self, box: Vec) -> Matrix | None:
        """The second derivative over a ball; None where f or f' jumps."""
        if any(touches(box[0], t) for t in (*self.jumps, *self.slopes.jumps)):
            return None
        curvatures = self.slopes.slopes
        touched = [_image(box[0], curvatures.rows[i]) for i in box[0].pieces(self.knots)]
        hull = touched[0]
        for other in touched[1:]:
            hull = Ball.hull(hull, other)
        return ((hull,),)

    def piece(self, x: Ball, h: Any) -> Piece | None:
        """Where f is quadratic around x: the map x -> x - h f'(x) there."""
        touched = x.counted(self.knots)
        if len(touched) != 1:
            return None
        i = touched[0]
        t, slope, *higher = self.slopes.rows[i]
        if len(higher) != 1 or higher[0] == 0:
            return None
        lo = self.knots[i - 1] if i else None
        hi = self.knots[i] if i < len(self.knots) else None
        return Piece(lo, hi, 1 - h * higher[0], t - slope / higher[0])

    def outward(self, x: Ball, side: int) -> bool:
        """Whether f decreases strictly from x on, in the outermost piece: where all coefficients of its slope in the distance from x
        have one sign."""
        edge = 0 if side < 0 else len(self.knots)
        if not x.a.is_finite() or list(x.counted(self.knots)) != [edge]:
            return False
        t, *c = self.slopes.rows[edge]
        first, *higher = _taylor(Ball(x.a.lower() if side > 0 else x.a.upper()) - t, c, side)
        return bool((side * first).a < 0) and all(bool((side * e).a <= 0) for e in higher)

    def fades(self, side: int) -> bool:
        """f' of a polynomial tends to 0 only where it is 0."""
        return False


def _taylor(u: Ball, c: Sequence[Any], side: int) -> list[Ball]:
    """The coefficients of c_0 + c_1 v + ... in s, where v = u + side s."""
    found, factor = [], 1
    for j in range(len(c)):
        value = Ball.of(0)
        for i in reversed(range(j, len(c))):
            value = value * u + comb(i, j) * Ball.of(c[i])
        found.append(factor * value)
        factor *= side
    return found


def _image(x: Ball, row: Row) -> Ball:
    """The image of a ball under the polynomial of a row (t, c_0, c_1, ...)."""
    t, *c = row
    value = Ball.of(0)
    for e in reversed(c):
        value = value * (x - t) + e
    return value


def touches(x: Ball, t: Any) -> bool:
    """Whether a ball may hold t."""
    return bool(Ball.of(t).a.overlaps(Ball.of(x).a))
