"""Linear algebra on small matrices: exact, where these are rational."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from refute import BadInput, Matrix, Mp, Scalar, Vec, dot, sq, total


def solve(matrix: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The X with matrix X = right, by elimination; raises BadInput for a singular matrix."""
    if all(isinstance(e, (int, Fraction)) for rows in (matrix, right) for row in rows for e in row):
        return _solve_rational(matrix, right)
    d = len(matrix)
    left, x = [list(row) for row in matrix], [list(row) for row in right]
    for i in range(d):
        p = next((r for r in range(i, d) if left[r][i]), None)
        if p is None:
            raise BadInput("the matrix is singular")
        left[i], left[p], x[i], x[p] = left[p], left[i], x[p], x[i]
        for r in range(d):
            if r != i and left[r][i]:
                c = left[r][i] / left[i][i]
                left[r] = [a - c * b for a, b in zip(left[r], left[i], strict=True)]
                x[r] = [a - c * b for a, b in zip(x[r], x[i], strict=True)]
    return [[e / left[i][i] for e in x[i]] for i in range(d)]


def _solve_rational(matrix: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]]) -> list[list[Any]]:
    try:
        found = _of_fractions(matrix).solve(_of_fractions(right))
    except ZeroDivisionError:
        raise BadInput("the matrix is singular") from None
    return (
        [[Fraction(int(e.p), int(e.q)) for e in row] for row in found.table()] if found.nrows() * found.ncols() else []
    )


def _of_fractions(rows: Sequence[Sequence[Any]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(e.numerator, e.denominator) for e in row] for row in rows])


def product(a: Matrix, b: Matrix) -> Matrix:
    """a b, for matrices of any numbers."""
    columns = list(zip(*b, strict=True))
    return tuple(tuple(dot(row, c) for c in columns) for row in a)


def determinant(m: Sequence[Any]) -> Scalar:
    """The determinant of a square matrix, given by rows (tuples or vectors), by its first row."""
    if len(m) == 1:
        return m[0][0]
    return total((-1) ** j * e * determinant([[*r[:j], *r[j + 1 :]] for r in m[1:]]) for j, e in enumerate(m[0]))


def basis(vectors: Sequence[Vec]) -> list[Vec]:
    """Orthogonal vectors with the same span (Gram, Schmidt)."""
    found: list[Vec] = []
    for v in vectors:
        rest = remainder(v, found)
        if not same_point(rest, 0 * rest):
            found.append(rest)
    return found


def remainder(v: Vec, orthogonal: Sequence[Vec]) -> Vec:
    """The part of v that is orthogonal to vectors that are orthogonal to each other."""
    for e in orthogonal:
        v = v - dot(v, e) / sq(e) * e
    return v


def same_point(x: Vec, y: Vec) -> bool:
    return len(x) == len(y) and all(same(a, b) for a, b in zip(x, y, strict=True))


def same(a: Any, b: Any) -> bool:
    """Equality; in mpmath up to the rounding errors."""
    if isinstance(a, Mp) or isinstance(b, Mp):
        a, b = Mp.of(a), Mp.of(b)
        return bool(abs(a - b).m <= 4 * (a.e + b.e))
    return bool(a == b)
