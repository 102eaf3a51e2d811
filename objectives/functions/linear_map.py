"""Linear maps, given by their matrices."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.functions.formula import Printed
from objectives.functions.linear import solve
from objectives.functions.protocol import Minimum, refuse_step
from refute import BadInput, Matrix, Scalar, Vec, constant, total


@dataclass(frozen=True)
class LinearMap(Printed):
    """A(x) = M x, from R^dim to R^codim; L >= |M|, and where M is square mu |x|^2 <= <M x, x> with mu >= 0. Raises BadInput for rows of different lengths, or none."""

    M: tuple[tuple[Fraction, ...], ...]
    L: Fraction
    mu: Fraction
    reach = None

    def __post_init__(self) -> None:
        if not self.M or not self.M[0] or len({len(row) for row in self.M}) != 1:
            raise BadInput("the matrix of a linear map has rows of one length")

    @property
    def dim(self) -> int:
        """The dimension of the points x, the number of columns."""
        return len(self.M[0])

    @property
    def codim(self) -> int:
        """The dimension of the answers A x, the number of rows."""
        return len(self.M)

    def __call__(self, x: Vec) -> Vec:
        self._refuse(x, self.dim, "a map")
        return Vec(tuple(total(m * c for m, c in zip(row, x, strict=True)) for row in self.M))

    def adjoint(self, y: Vec) -> Vec:
        """M^T y, for y in R^codim."""
        self._refuse(y, self.codim, "the adjoint of a map")
        return Vec(tuple(total(m * c for m, c in zip(column, y, strict=True)) for column in zip(*self.M, strict=True)))

    def prox(self, h: Scalar, x: Vec) -> Vec:
        """The resolvent (I + h M)^-1 x, for h > 0. Raises BadInput for a matrix that is not square."""
        refuse_step(h)
        if self.dim != self.codim:
            raise BadInput(f"a map from R^{self.dim} to R^{self.codim} has no resolvent")
        rows = [[h * m + (1 if i == j else 0) for j, m in enumerate(row)] for i, row in enumerate(self.M)]
        return Vec(tuple(y for (y,) in solve(rows, [[c] for c in x])))

    def _refuse(self, x: Vec, of: int, what: str) -> None:
        if len(x) != of:
            raise BadInput(f"{what} from R^{self.dim} to R^{self.codim} is asked at a point of R^{len(x)}")

    def matrix(self) -> Matrix:
        """M."""
        return self.M

    @constant
    def minimum(self) -> Any:
        """A `Minimum` at the zero 0."""
        return Minimum(Fraction(0), Vec((Fraction(0),) * self.dim))
