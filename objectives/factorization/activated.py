r"""f(X, Y) = |A - X sigma(Y^T)|^2/2 with the (leaky) rectifier sigma(t) = max(t, slope t), entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from objectives.functions.formula import Printed
from refute import BadInput, Claim, Domain, Draw, Matrix, Scalar, Vec, choose, constant, dot, known, maximum, total

Rows = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class ActivatedFactorization(Printed):
    """|X0 sigma(Y0^T) - X sigma(Y^T)|^2/2, which is least, 0, at (X0, Y0); a point is the rows of X, then those of Y.

    Raises BadInput unless X0 and Y0 have rows of one length and 0 <= slope < 1.
    """

    X0: Rows
    Y0: Rows
    slope: Fraction

    def __post_init__(self) -> None:
        if not (self.X0 and self.Y0) or len({len(row) for row in (*self.X0, *self.Y0)}) != 1:
            raise BadInput("X0 and Y0 need rows of one length")
        if not 0 <= self.slope < 1:
            raise BadInput("the slope of a leaky rectifier is at least 0 and below 1")

    @property
    def dim(self) -> int:
        """The number of entries of X and Y."""
        return (len(self.X0) + len(self.Y0)) * len(self.X0[0])

    @property
    def minimizer(self) -> Vec:
        """(X0, Y0)."""
        return Vec(tuple(e for row in (*self.X0, *self.Y0) for e in row))

    @constant
    def A(self) -> Matrix:
        """X0 sigma(Y0^T)."""
        return self._product(self.X0, self.Y0)

    def _product(self, X: Matrix, Y: Matrix) -> Matrix:
        active = [[maximum(e, self.slope * e) for e in row] for row in Y]
        return tuple(tuple(dot(x, y) for y in active) for x in X)

    def _split(self, z: Vec) -> tuple[Matrix, Matrix]:
        d = len(self.X0[0])
        rows = [tuple(z.entries[i : i + d]) for i in range(0, len(z), d)]
        return tuple(rows[: len(self.X0)]), tuple(rows[len(self.X0) :])

    def __call__(self, z: Vec) -> Scalar:
        rows = zip(self.A, self._product(*self._split(z)), strict=True)
        return total((a - b) ** 2 for row, other in rows for a, b in zip(row, other, strict=True)) / 2

    def scaled(self, z: Vec, c: Scalar) -> Vec:
        """(c X, Y/c)."""
        cut = len(self.X0) * len(self.X0[0])
        return Vec((*(c * e for e in z.entries[:cut]), *(e / c for e in z.entries[cut:])))


def activated_factorizations() -> Domain:
    """All of them, drawn with up to two rows and two columns of X and Y."""

    def draw(d: Draw) -> ActivatedFactorization:
        n, m, k, leak, *entries = choose(d, 2, 2, 2, 3, *(7,) * 8)
        rows = [tuple(Fraction(e - 2, 2) for e in entries[i * (k + 1) : (i + 1) * (k + 1)]) for i in range(n + m + 2)]
        slope = (Fraction(0), Fraction(1, 10), Fraction(1, 2))[leak]
        return ActivatedFactorization(tuple(rows[: n + 1]), tuple(rows[n + 1 :]), slope)

    def member(f: ActivatedFactorization) -> Claim:
        return known(True, "a factorization")

    return Domain("factorizations with a rectifier", draw, member, (ActivatedFactorization,))
