r"""f(X, Y) = |A - X Y^T|^2/2 for a real matrix A of any shape, given by its singular values, X and Y with d columns.

A = sum sigma_i u_i v_i^T with rational orthogonal u, v (Cayley). By Eckart and Young the least value is half the sum of the
squares of all sigma_i but the d largest. With R = A - X Y^T the gradient is (-R Y, -R^T X), and along (E, F) the second
derivative is |E Y^T + X F^T|^2 - 2 <R, E F^T>.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.factorization.matrix_fates import matrix_fate
from objectives.functions.formula import Printed
from objectives.functions.protocol import Minimum
from objectives.functions.quadratic import cayley
from refute import BadInput, Fate, Matrix, Scalar, Vec, constant, dot, total


@dataclass(frozen=True)
class MatrixFactorization(Printed):
    """f(X, Y) = |A - X Y^T|^2/2, X of n x d, Y of m x d; a point is the vector of the rows of X, then of Y.

    `left` and `right` are the entries of the skew-symmetric matrices of u and v above the diagonal, `values` the min(n, m)
    singular values. Raises BadInput where lengths do not fit or values are not from the largest down to at least 0.
    """

    n: int
    m: int
    d: int
    values: tuple[Fraction, ...]
    left: tuple[Fraction, ...]
    right: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        fits = all(len(skew) == k * (k - 1) // 2 for skew, k in ((self.left, self.n), (self.right, self.m)))
        if min(self.n, self.m, self.d) < 1 or len(self.values) != min(self.n, self.m) or not fits:
            raise BadInput(
                "a factorization of n x m needs min(n, m) values, n (n - 1)/2 left and m (m - 1)/2 right entries"
            )
        if any(a < b for a, b in zip(self.values, self.values[1:], strict=False)) or self.values[-1] < 0:
            raise BadInput("singular values stand from the largest down to at least 0")

    @property
    def dim(self) -> int:
        """(n + m) d."""
        return (self.n + self.m) * self.d

    @constant
    def u(self) -> Matrix:
        """The left singular vectors, one a row."""
        return tuple(zip(*cayley(self.left, self.n), strict=True))

    @constant
    def v(self) -> Matrix:
        """The right singular vectors, one a row."""
        return tuple(zip(*cayley(self.right, self.m), strict=True))

    @constant
    def A(self) -> Matrix:
        """The matrix."""
        terms = list(zip(self.values, self.u, self.v, strict=False))
        return tuple(tuple(total(s * u[i] * v[j] for s, u, v in terms) for j in range(self.m)) for i in range(self.n))

    @constant
    def minimum(self) -> Minimum:
        """Half the sum of the squares of the values that d columns do not reach, at balanced norms or not."""
        return Minimum(sum((s**2 for s in self.values[self.d :]), Fraction(0)) / 2, None)

    def split(self, z: Vec) -> tuple[Matrix, Matrix]:
        """X and Y, by rows."""
        rows = [tuple(z.entries[i : i + self.d]) for i in range(0, len(z), self.d)]
        return tuple(rows[: self.n]), tuple(rows[self.n :])

    def residual(self, z: Vec) -> Matrix:
        """R = A - X Y^T."""
        X, Y = self.split(z)
        return tuple(
            tuple(a - dot(x, y) for a, y in zip(row, Y, strict=True)) for row, x in zip(self.A, X, strict=True)
        )

    def __call__(self, z: Vec) -> Scalar:
        return total(e * e for row in self.residual(z) for e in row) / 2

    def grad(self, z: Vec) -> Vec:
        """(-R Y, -R^T X)."""
        (X, Y), R = self.split(z), self.residual(z)
        top = (-dot(row, column) for row in R for column in zip(*Y, strict=True))
        bottom = (-dot(row, column) for row in zip(*R, strict=True) for column in zip(*X, strict=True))
        return Vec((*top, *bottom))

    def curvature(self, z: Vec, e: Vec) -> Scalar:
        """The second derivative along e = (E, F): |E Y^T + X F^T|^2 - 2 <R, E F^T>."""
        (X, Y), (E, F), R = self.split(z), self.split(e), self.residual(z)
        pairs = [(i, j) for i in range(self.n) for j in range(self.m)]
        first = total((dot(E[i], Y[j]) + dot(X[i], F[j])) ** 2 for i, j in pairs)
        return first - 2 * total(R[i][j] * dot(E[i], F[j]) for i, j in pairs)

    def hessian(self, z: Vec) -> Matrix:
        """The second derivatives, by polarization of the curvature's blocks: (Y^T Y on X, X^T X on Y, mixed)."""
        (X, Y), R, d = self.split(z), self.residual(z), self.d

        def entry(p: int, q: int) -> Scalar:
            (i, a), (j, b) = divmod(p, d), divmod(q, d)
            if i < self.n and j < self.n:
                return total(y[a] * y[b] for y in Y) if i == j else 0 * z[0]
            if i >= self.n and j >= self.n:
                return total(x[a] * x[b] for x in X) if i == j else 0 * z[0]
            if i >= self.n:
                i, a, j, b = j, b, i, a
            row = j - self.n
            mixed = X[i][b] * Y[row][a]
            return mixed - R[i][row] if a == b else mixed

        return tuple(tuple(entry(p, q) for q in range(len(z))) for p in range(len(z)))

    def fate(self, h: Any, z: Vec) -> Fate:
        """Certified convergence of gradient descent to a factorization of A, where d >= n or d >= m."""
        return matrix_fate(self, h, z)

    def norms(self, z: Vec) -> tuple[Scalar, Scalar]:
        """|X|^2 and |Y|^2 (Frobenius)."""
        X, Y = self.split(z)
        return total(e * e for row in X for e in row), total(e * e for row in Y for e in row)

    def imbalance(self, z: Vec) -> Scalar:
        """|X - Y|^2 for n = m; raises BadInput otherwise."""
        X, Y = self.split(z)
        if self.n != self.m:
            raise BadInput("X - Y needs a square A")
        return total((p - q) ** 2 for x, y in zip(X, Y, strict=True) for p, q in zip(x, y, strict=True))

    def scaled(self, z: Vec, c: Scalar) -> Vec:
        """(c X, Y/c)."""
        cut = self.n * self.d
        return Vec((*(c * e for e in z.entries[:cut]), *(e / c for e in z.entries[cut:])))
