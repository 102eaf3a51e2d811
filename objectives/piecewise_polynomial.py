"""Piecewise polynomials of the line, with jumps and kinks where the data have them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from refute import BadInput, Ball, Matrix, Piece, Scalar, Vec, constant, piecewise

Row = tuple[Fraction, ...]


@dataclass(frozen=True)
class PiecewisePolynomial:
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
        return ((self.slopes.slopes.at(box[0]),),)

    def piece(self, x: Ball, h: Any) -> Piece | None:
        """Where f is quadratic around x: the map x -> x - h f'(x) there."""
        touched = x.pieces(self.knots)
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
        """Not known of piecewise polynomials."""
        return False

    def fades(self, side: int) -> bool:
        """Not known of piecewise polynomials."""
        return False


def touches(x: Ball, t: Any) -> bool:
    """Whether a ball may hold t."""
    return bool(Ball.of(t).a.overlaps(Ball.of(x).a))
