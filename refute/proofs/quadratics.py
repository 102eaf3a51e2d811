"""Where an inequality between quadratic polynomials in free variables fails: a point with small coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from gmpy2 import mpq

from refute.numbers.atoms import Matrix, quadratic
from refute.statements.claims import Claim, Every, Relation

# Directions are rounded to so many parts, points in so many distances from 0 are tried along each, and denominators are at most so large.
PARTS = (1, 2, 3, 4, 5, 8, 13, 21, 34, 55, 89, 233, 1000, 10**4, 10**6)
DISTANCES = (Fraction(1), Fraction(10), Fraction(1000), Fraction(10**6), Fraction(1, 10), Fraction(1, 1000))
DENOMINATORS = (1, 2, 10, 100, 10**4, 10**8)


def exceptions(claim: Claim) -> Iterator[dict[str, Fraction]]:
    """Values of the variables at which one of the inequalities of a claim fails, simplest first; none where none of them is quadratic, or each is true."""
    for relation in _relations(claim):
        gap = relation.gap()
        found = None if gap is None else quadratic(gap)
        if found is None:
            continue
        names, M = found
        for v in _candidates(M):
            value = _value(M, v)
            if value < 0 or (value == 0 and relation.op == "<"):
                yield dict(zip(names, v, strict=True))
                break


def _relations(claim: Claim) -> Iterator[Relation]:
    if isinstance(claim, Relation):
        yield claim
    elif isinstance(claim, Every):
        for _, part in claim.parts:
            yield from _relations(part)


def _candidates(M: Matrix) -> Iterator[tuple[Fraction, ...]]:
    """0; the directions of eigenvectors of the least eigenvalue, at some distances; the point where the polynomial is stationary."""
    n = len(M) - 1
    yield (Fraction(0),) * n
    if not n:
        return
    a = np.array([[float(e) for e in row] for row in M])
    with np.errstate(all="ignore"):
        direction = np.linalg.eigh(a[:n, :n])[1][:, 0]
        at = np.linalg.lstsq(a[:n, :n], -a[:n, n], rcond=None)[0]
    largest = float(np.max(np.abs(direction)))
    for most in DENOMINATORS:
        yield tuple(Fraction(float(c)).limit_denominator(most) for c in at)
    for parts in PARTS:
        v = tuple(Fraction(round(parts * float(c) / largest), 1) for c in direction)
        for distance in DISTANCES:
            for sign in (1, -1):
                yield tuple(sign * distance * c for c in v)


def _value(M: Matrix, v: tuple[Any, ...]) -> mpq:
    x = (*map(mpq, v), mpq(1))
    return sum((x[i] * x[j] * e for i, row in enumerate(M) for j, e in enumerate(row) if e), mpq(0))
