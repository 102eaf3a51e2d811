"""Polynomials of two variables with rational coefficients, and their derivatives, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from refute import BadInput, Claim, Domain, Draw, Scalar, choose, known

DEGREE = 3


@dataclass(frozen=True)
class Polynomial:
    """sum over i, j of rows[i][j] x^i y^j. Raises BadInput for no coefficients."""

    rows: tuple[tuple[Fraction, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or not all(self.rows):
            raise BadInput("a polynomial needs coefficients")

    def _entry(self, i: int, j: int) -> Fraction:
        return self.rows[i][j] if i < len(self.rows) and j < len(self.rows[i]) else 0 * self.rows[0][0]

    def _size(self) -> tuple[int, int]:
        return len(self.rows), max(len(row) for row in self.rows)

    def __add__(self, other: Polynomial) -> Polynomial:
        (n, m), (k, l) = self._size(), other._size()
        rows = ((self._entry(i, j) + other._entry(i, j) for j in range(max(m, l))) for i in range(max(n, k)))
        return Polynomial(tuple(tuple(row) for row in rows))

    def __mul__(self, other: Polynomial) -> Polynomial:
        (n, m), (k, l) = self._size(), other._size()
        rows: list[list[Scalar]] = [[0] * (m + l - 1) for _ in range(n + k - 1)]
        for i, row in enumerate(self.rows):
            for p, other_row in enumerate(other.rows):
                for j, a in enumerate(row):
                    for q, b in enumerate(other_row):
                        rows[i + p][j + q] = rows[i + p][j + q] + a * b
        return Polynomial(tuple(tuple(row[: m + l - 1]) for row in rows))

    def times(self, c: Scalar) -> Polynomial:
        """c times the polynomial."""
        return Polynomial(tuple(tuple(c * e for e in row) for row in self.rows))

    def derivative(self, axis: int) -> Polynomial:
        """The partial derivative along x (0) or y (1)."""
        n, m = self._size()
        if axis == 0:
            rows = [[(i + 1) * self._entry(i + 1, j) for j in range(m)] for i in range(max(n - 1, 1))]
        else:
            rows = [[(j + 1) * self._entry(i, j + 1) for j in range(max(m - 1, 1))] for i in range(n)]
        return Polynomial(tuple(tuple(row) for row in rows))

    def coefficients(self) -> tuple[Fraction, ...]:
        """All of them, row by row."""
        n, m = self._size()
        return tuple(self._entry(i, j) for i in range(n) for j in range(m))


def polynomials() -> Domain:
    """All polynomials of two variables, drawn up to degree 3 in both together."""

    def draw(d: Draw) -> Polynomial:
        entries = iter(choose(d, *(9,) * 10))
        rows = [[Fraction(next(entries) - 4, 2) for _ in range(DEGREE + 1 - i)] for i in range(DEGREE + 1)]
        return Polynomial(tuple(tuple(row) for row in rows))

    def member(f: Polynomial) -> Claim:
        return known(True, "a polynomial")

    return Domain("polynomials of two variables", draw, member, (Polynomial,))
