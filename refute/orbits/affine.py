"""Orbits of affine maps of R^d, decided exactly for any eigenvalues: real, complex, irrational, repeated, of modulus 1.

A map whose formula is a polynomial of degree at most 1 in the coordinates is x -> A x + b with rational A, b. The displacement
d_k = x_{k+1} - x_k is A^k d_0. Let m be the polynomial of least degree with m(A) d_0 = 0, by exact elimination. Then d_k is a
combination of k^j z^k over the roots z of m, and every root, with its full multiplicity, occurs. So

* d_k -> 0, and x_k converges, iff all roots of m lie inside the unit circle;
* x_k is unbounded iff a root lies outside, or a root on the circle is multiple, or 1 is a root;
* otherwise x_k is bounded and does not settle.

A root lies on the circle exactly where it and its mirror image 1/conj(z), both roots of m, cannot be told apart although
distinct roots can: roots are isolated in disjoint balls, and a factor that shares no root with its mirror image has none there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import acb, fmpq, fmpq_mat, fmpq_poly, fmpz_poly

from refute.errors import NotExact
from refute.numbers.ball import precision
from refute.numbers.polynomials import polynomials
from refute.numbers.real import as_fraction
from refute.numbers.vector import Vec

PRECISIONS = (64, 128, 256, 512, 1024, 2048, 4096, 8192)
# Beyond this dimension no formula is expanded.
LARGEST = 24
ZERO = Fraction(0)


@dataclass(frozen=True)
class Recurrence:
    """sum of coefficients[i] d_{k+i} = 0 for the displacements of an orbit, and no shorter one; `largest` tells where the roots of
    this polynomial lie: inside, on or outside the unit circle; `limit` is that of the orbit, where it converges."""

    coefficients: tuple[Fraction, ...]
    largest: str
    limit: Vec | None = None

    def __str__(self) -> str:
        return f"the displacements obey a recurrence of order {len(self.coefficients) - 1}, whose largest root lies {self.largest} the unit circle"


@dataclass(frozen=True)
class AffineMap:
    """x -> A x + b, in rationals."""

    A: fmpq_mat
    b: fmpq_mat


def affine_map(system: Any, dim: int) -> AffineMap | None:
    """The map of a system of exact data as x -> A x + b, where its formula is a polynomial of degree at most 1 with rational
    coefficients in the coordinates; else None."""
    rows = polynomials(system.move, dim) if dim <= LARGEST else None
    if rows is None or any(sum(m) > 1 for row in rows for m in row):
        return None
    units = [tuple(int(i == j) for j in range(dim)) for i in range(dim)]
    A = [_fmpq(row.get(e, ZERO) + (i == j)) for i, row in enumerate(rows) for j, e in enumerate(units)]
    return AffineMap(fmpq_mat(dim, dim, A), fmpq_mat(dim, 1, [_fmpq(row.get((0,) * dim, ZERO)) for row in rows]))


def _fmpq(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def recurrence(map_: AffineMap, start: Vec) -> Recurrence | None:
    """The shortest recurrence of the displacements from a rational start, and where its roots lie; None for a start that is
    not rational, and (never met) where the roots are not isolated."""
    try:
        x = [as_fraction(c) for c in start]
    except NotExact:
        return None
    dim = len(x)
    column = fmpq_mat(dim, 1, [_fmpq(c) for c in x])
    powers = [map_.A * column + map_.b - column]
    while True:
        n = len(powers)
        side = fmpq_mat(dim, n, [powers[j][i, 0] for i in range(dim) for j in range(n)])
        if side.rank() < n:
            break
        powers.append(map_.A * powers[-1])
    # The last power is the first that depends on those before it.
    *before, last = powers
    solved = _solved(before, last, dim)
    coefficients = [*(-c for c in solved), fmpq(1)]
    where = _where(fmpq_poly(coefficients))
    if where is None:
        return None
    c = tuple(Fraction(int(q.p), int(q.q)) for q in coefficients)
    steps = [Vec(tuple(Fraction(int(p[i, 0].p), int(p[i, 0].q)) for i in range(dim))) for p in powers]
    return Recurrence(c, where, _sum_of_all(c, steps, Vec(tuple(x))) if where == "inside" else None)


def _sum_of_all(c: tuple[Fraction, ...], steps: list[Vec], start: Vec) -> Vec:
    """start + sum of all d_k: summing the recurrence over k gives m(1) times that sum as sum_i c_i (d_0 + ... + d_{i-1})."""
    whole, partial = 0 * start, 0 * start
    for i in range(1, len(c)):
        partial = partial + steps[i - 1]
        whole = whole + c[i] * partial
    return start + whole / sum(c)


def _solved(columns: list[fmpq_mat], target: fmpq_mat, dim: int) -> list[fmpq]:
    n = len(columns)
    joined = fmpq_mat(dim, n + 1, [c[i, 0] for i in range(dim) for c in (*columns, target)])
    reduced, _ = joined.rref()
    return [reduced[i, n] for i in range(n)]


def _where(p: fmpq_poly) -> str | None:
    """inside, on (simple roots, none of them 1), drifting on (else) or outside: the place of the largest roots."""
    if p.degree() == 0:
        return "inside"
    places: list[Any] = []
    for factor, multiplicity in fmpz_poly(p.numer()).factor()[1]:
        place = _of_irreducible(factor)
        if place == "on" and (multiplicity > 1 or factor(1) == 0):
            place = "drifting on"
        places.append(place)
    order = ("inside", "on", "drifting on", "outside")
    return None if None in places else max(places, key=order.index)


def _of_irreducible(f: fmpz_poly) -> str | None:
    """Where the roots of largest modulus of an irreducible polynomial lie."""
    if f.degree() == 1:
        root = abs(Fraction(-int(f[0]), int(f[1])))
        return "outside" if root > 1 else "inside" if root < 1 else "on"
    mirrored = fmpz_poly(list(reversed(f.coeffs())))
    may_be_on = mirrored in (f, -f)  # an irreducible factor that is not its own mirror image shares no root with it
    for bits in PRECISIONS:
        with precision(bits):
            isolated: Any = f.complex_roots()
            roots: list[acb] = [pair[0] for pair in isolated]
            if any(abs(z) > 1 for z in roots):
                return "outside"
            rest = [z for z in roots if not abs(z) < 1]
            if not rest:
                return "inside"
            if may_be_on and all(_is_its_own_mirror(z, roots) for z in rest):
                return "on"
    return None


def _is_its_own_mirror(z: acb, roots: list[acb]) -> bool:
    """Whether 1/conj(z), which is a root too, lies in a ball that meets no root's ball but that of z: then it is z."""
    mirror = 1 / z.conjugate()
    return sum(bool(mirror.overlaps(w)) for w in roots) == 1 and bool(mirror.overlaps(z))
