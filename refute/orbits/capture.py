"""A contraction of a box into itself, certified in balls: the orbit that enters it converges.

In the coordinates u of x = c + V u let q bound the infinity norm of V^-1 T'(x) V over the box
abs(u) <= r, and let abs(V^-1 (T(c) - c)) <= (1 - q) r. Then T maps the box into itself and contracts
it by q < 1; every orbit that enters it converges to its one rest point (Banach).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from refute.numbers.ball import Ball, rounded
from refute.numbers.mp import Mp
from refute.numbers.vector import Matrix, Vec, times
from refute.orbits.conditions import contraction_rate, inside_box, maps_into_itself

NEWTON = 10
# Relative shifts: below the first the point is taken; below the second the slopes are not asked again.
ARRIVED = 1e-14
CLOSE = 1e-3
# The relative size of the box in which the slopes around a kink are looked at.
TINY = 2.0**-50


@dataclass(frozen=True)
class Capture:
    """The certificate: centre c, basis V, its inverse, radius r and rate q, all exact rationals."""

    centre: tuple[Fraction, ...]
    basis: tuple[tuple[Fraction, ...], ...]
    inverse: tuple[tuple[Fraction, ...], ...]
    radius: Fraction
    rate: Fraction

    def __str__(self) -> str:
        at = ", ".join(f"{float(c):.6g}" for c in self.centre)
        return f"in a box of radius {float(self.radius):.3g} around ({at}) that contracts by {float(self.rate):.6g}"

    def confirmed(self, move: Callable[[Vec], Vec], x: Vec) -> bool:
        """mpmath's check that x is in the box and that c moves by at most (1 - q) r."""
        c = Vec(tuple(Mp.of(v) for v in self.centre))
        inverse = tuple(tuple(Mp.of(v) for v in row) for row in self.inverse)
        r, q = Mp.of(self.radius), Mp.of(self.rate)
        inside = all(abs(u) <= r for u in times(inverse, x - c))
        stays = all(abs(u) <= (1 - q) * r for u in times(inverse, move(c)))
        return bool(inside and stays and q < 1)


def capture(move: Callable[[Vec], Vec], derivative: Callable[[Vec], Matrix | None], x: Vec) -> Capture | None:
    """A capture of every point of the box x (balls), or None."""
    centre = _rest_near(move, derivative, np.array([float(c) for c in x]))
    if centre is None:
        return None
    c = Vec(tuple(Ball.of(v) for v in centre))
    slopes = slopes_near(derivative, c)
    if slopes is None:
        return None  # the rest point is where the map jumps
    v, w = _basis(np.array([[float(e) for e in row] for row in slopes]))
    if v is None or w is None:
        return None
    here = [abs(u) for u in times(_balls(w), x - c)]
    r = Fraction(max(float(h.a.upper()) for h in here)) * Fraction(9, 8) + Fraction(1, 2**60)
    box = times(_balls(v), Vec(tuple(Ball(arb(0, _up(r))) for _ in centre))) + c
    inside = derivative(box)
    if inside is None:
        return None
    q = contraction_rate(_balls(w), inside, _balls(v))
    if q is None or not maps_into_itself(q, r, list(times(_balls(w), move(c)))) or not inside_box(r, here):
        return None
    return Capture(tuple(centre), v, w, r, q)


def slopes_near(derivative: Callable[[Vec], Matrix | None], at: Vec) -> Matrix | None:
    """The slopes at a point, or, on a kink, those of a tiny box around it: a guess, which no certificate rests on."""
    slopes = derivative(at)
    if slopes is None and all(c.a.is_exact() for c in at):
        slopes = derivative(Vec(tuple(Ball(c.a + arb(0, TINY * (1 + abs(float(c))))) for c in at)))
    return slopes


def _up(r: Fraction) -> arb:
    return Ball.of(r).a.upper()


Rational = tuple[tuple[Fraction, ...], ...]


def _balls(m: Rational) -> Matrix:
    return tuple(tuple(Ball.of(e) for e in row) for row in m)


def _rest_near(move: Callable[[Vec], Vec], derivative: Callable[[Vec], Matrix | None], x: Any) -> list[Fraction] | None:
    """A rational point close to a rest point, by a few Newton steps on T(x) - x; near the end the last slopes serve."""
    m = None
    for _ in range(NEWTON):
        at = Vec(tuple(Ball.of(rounded(c)) for c in x))
        if m is None:
            slopes = slopes_near(derivative, at)
            if slopes is None:
                return None
            m = np.array([[float(e) for e in row] for row in slopes]) - np.eye(len(x))
        moved = np.array([float(c) for c in move(at)])
        try:
            change = np.linalg.solve(m, moved)
        except np.linalg.LinAlgError:
            return None
        x = x - change
        if not np.all(np.isfinite(x)):
            return None
        shift = np.max(np.abs(change)) / (1 + np.max(np.abs(x)))
        if shift <= ARRIVED:
            return [rounded(c) for c in x]
        if shift > CLOSE:
            m = None
    return None


def _basis(m: Any) -> tuple[Rational | None, Rational | None]:
    """Coordinates in which m is nearly diagonal (or made of rotations), rounded to rationals, with the exact inverse."""
    v = [[Fraction(round(float(e) * 2**12), 2**12) for e in row] for row in _vectors(m)]
    inverse = _invert(v)
    if inverse is None:
        return None, None
    return tuple(map(tuple, v)), inverse


def _vectors(m: Any) -> Any:
    """Eigenvectors (of a rotation: the real and the imaginary part); where they nearly coincide, orthogonal ones."""
    orthogonal = np.linalg.eigh((m + m.T) / 2)[1]
    if np.allclose(m, m.T):
        return orthogonal
    values, vectors = np.linalg.eig(m)
    columns = []
    for value, vector in zip(values, vectors.T, strict=True):
        if value.imag == 0:
            columns.append(vector.real)
        elif value.imag > 0:
            columns += [vector.real, vector.imag]
    basis = np.array(columns).T
    return basis if np.linalg.cond(basis) < 100 else orthogonal


def _invert(m: list[list[Fraction]]) -> Rational | None:
    n = len(m)
    a = [list(row) + [Fraction(i == j) for j in range(n)] for i, row in enumerate(m)]
    for i in range(n):
        pivot = next((r for r in range(i, n) if a[r][i]), None)
        if pivot is None:
            return None
        a[i], a[pivot] = a[pivot], a[i]
        a[i] = [e / a[i][i] for e in a[i]]
        for r in range(n):
            if r != i and a[r][i]:
                a[r] = [e - a[r][i] * p for e, p in zip(a[r], a[i], strict=True)]
    return tuple(tuple(row[n:]) for row in a)
