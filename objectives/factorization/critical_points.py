r"""The critical points of |A - X Y^T|^2/2, minimizers among them, and how f decreases from those that are none.

For a set S of at most d singular values and an invertible G: X = sum over S of sigma_i u_i g_i^T, Y = sum of v_i h_i^T, where
the g_i are rows of G and the h_i those of its inverse transposed; a column that is left over may hold a multiple of some u_i in
X. For square A these are all critical points where the singular values differ and are not 0 (docs/factorization.md#critical-points).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from objectives.factorization.matrix import MatrixFactorization
from objectives.functions.linear import solve
from refute import BadInput, Matrix, Scalar, Vec, total


@dataclass(frozen=True)
class CriticalPoint:
    """`kept` the indices of S, `G` a d x d matrix, `spare` the multiple of the first u_i of S in a column that is left over.
    Raises BadInput for a singular G or indices that repeat or are more than d."""

    kept: tuple[int, ...]
    G: tuple[tuple[Fraction, ...], ...]
    spare: Fraction

    def __post_init__(self) -> None:
        if len(set(self.kept)) < len(self.kept) or len(self.kept) > len(self.G):
            raise BadInput("a critical point keeps at most d different singular values")
        if any(i < 0 for i in self.kept):
            raise BadInput("singular values are numbered from 0")
        if any(len(row) != len(self.G) for row in self.G):
            raise BadInput("G is a square matrix")
        inverse_transposed(self.G)

    def at(self, f: MatrixFactorization) -> Vec:
        """The point (X, Y) of f; raises BadInput where it does not fit f."""
        if len(self.G) != f.d or any(i >= len(f.values) for i in self.kept):
            raise BadInput("this critical point belongs to another factorization")
        g, h = self.G, inverse_transposed(self.G)
        terms = list(enumerate(self.kept))
        X = [[total(f.values[i] * f.u[i][r] * g[k][c] for k, i in terms) for c in range(f.d)] for r in range(f.n)]
        Y = [[total(f.v[i][r] * h[k][c] for k, i in terms) for c in range(f.d)] for r in range(f.m)]
        if terms and len(terms) < f.d:
            for r in range(f.n):
                X[r] = [e + self.spare * f.u[self.kept[0]][r] * g[-1][c] for c, e in enumerate(X[r])]
        return Vec(tuple(e for row in (*X, *Y) for e in row))

    def downhill(self, f: MatrixFactorization) -> Vec | None:
        """A direction of negative curvature; None where the point is a global minimizer."""
        left_out = [j for j in range(len(f.values)) if j not in self.kept and f.values[j] > 0]
        if not left_out:
            return None
        j = min(left_out)
        g, h = self.G, inverse_transposed(self.G)
        if len(self.kept) < f.d:
            # A spare direction p, q with Y p = 0 and X q = spare u, <p, q> = 1.
            weight = f.values[j] / (self.spare**2 + 1)
            return _pair(f, j, g[-1], tuple(weight * e for e in h[-1]))
        k = max(range(len(self.kept)), key=lambda i: self.kept[i])
        least = f.values[self.kept[k]]
        if least >= f.values[j]:
            return None
        # Y g_k = v_k and X h_k = sigma_k u_k.
        weight = 1 / least if least else 1 / f.values[j]
        return _pair(f, j, g[k], tuple(weight * e for e in h[k]))


def inverse_transposed(G: Matrix) -> Matrix:
    """G^{-T}; raises BadInput for a singular G."""
    n = len(G)
    solved = solve(G, [[Fraction(i == j) for j in range(n)] for i in range(n)])
    return tuple(tuple(solved[j][i] for j in range(n)) for i in range(n))


def _pair(f: MatrixFactorization, j: int, p: tuple[Scalar, ...], q: tuple[Scalar, ...]) -> Vec:
    """(u_j p^T, v_j q^T)."""
    return Vec((*(a * b for a in f.u[j] for b in p), *(a * b for a in f.v[j] for b in q)))
