"""Exact linear algebra over the rationals: all solutions of a system, positive semidefinite matrices, rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from flint import fmpq, fmpq_mat
from gmpy2 import mpq

Array = npt.NDArray[np.float64]
Row = Sequence[Any]


def solutions(rows: Sequence[Row], sides: Row, unknowns: int) -> tuple[list[Any], list[list[Any]]] | None:
    """One solution and a basis of the differences of any two; None where there is none."""
    if not rows:
        return [mpq(0)] * unknowns, [[mpq(int(i == j)) for j in range(unknowns)] for i in range(unknowns)]
    m = fmpq_mat(
        len(rows),
        unknowns + 1,
        [fmpq(int(c.numerator), int(c.denominator)) for r, b in zip(rows, sides, strict=True) for c in (*r, b)],
    )
    reduced, rank = m.rref()
    pivots: list[int] = []
    for r in range(rank):
        j = next(j for j in range(unknowns + 1) if reduced[r, j] != 0)
        if j == unknowns:
            return None
        pivots.append(j)

    def entry(r: int, j: int) -> Any:
        e = reduced[r, j]
        return mpq(int(e.p), int(e.q))

    one = [mpq(0)] * unknowns
    for r, j in enumerate(pivots):
        one[j] = entry(r, unknowns)
    basis = []
    for free in (j for j in range(unknowns) if j not in set(pivots)):
        b = [mpq(0)] * unknowns
        b[free] = mpq(1)
        for r, j in enumerate(pivots):
            b[j] = -entry(r, free)
        basis.append(b)
    return one, basis


def factored(m: Sequence[Row]) -> tuple[list[list[Any]], list[Any]] | None:
    """(L, d) with m = L diag(d) L^T, L unit lower triangular and d >= 0; None where m is not positive semidefinite."""
    n = len(m)
    rest = [list(r) for r in m]
    lower = [[mpq(int(i == j)) for j in range(n)] for i in range(n)]
    pivots = []
    for k in range(n):
        p = rest[k][k]
        if p < 0 or (p == 0 and any(rest[k][j] != 0 for j in range(k, n))):
            return None
        pivots.append(p)
        if p == 0:
            continue
        for i in range(k + 1, n):
            c = rest[i][k] / p
            lower[i][k] = c
            for j in range(k, n):
                rest[i][j] -= c * rest[k][j]
    return lower, pivots


def rounded(x: float, most: int) -> Any:
    """The rational nearest to x among those with a denominator of at most `most`."""
    q = Fraction(float(x)).limit_denominator(most)
    return mpq(q.numerator, q.denominator)


def rational_span(vectors: Array, most: int, close: float) -> list[list[Any]] | None:
    """A rational basis of the span of the columns: their reduced row echelon form, rounded; None where it is not close to one."""
    m = np.array(vectors, dtype=np.float64).T.copy()
    row = 0
    for j in range(m.shape[1]):
        if row == len(m):
            break
        p = row + int(np.argmax(np.abs(m[row:, j])))
        if abs(m[p, j]) < 1e-4:
            m[row:, j] = 0.0
            continue
        m[[row, p]] = m[[p, row]]
        m[row] /= m[row, j]
        for i in range(len(m)):
            if i != row:
                m[i] -= m[i, j] * m[row]
        row += 1
    found = [[rounded(c, most) for c in r] for r in m[:row]]
    near = all(abs(float(q) - c) < close for r, q_r in zip(m, found, strict=False) for c, q in zip(r, q_r, strict=True))
    return found if near else None
