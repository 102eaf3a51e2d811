r"""Weights for all values of a parameter where many would do: polynomials, found with all samples at once.

Where a claim is not tight its weights are not determined, and no function of low degree passes through those that were found one by one. Here
each weight is $\sum_j a_j B_j(u)$ with Bernstein polynomials in $u = (t - lo)/(hi - lo)$ and $a_j \ge 0$; a semidefinite program looks for the a_j for which what remains
is a sum of squares at every sample, as deep inside as can be; where the claim is tight at an end the weights there are those of an exact proof. The a_j are rounded; whether
they are a proof is for the caller to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt
from gmpy2 import mpq

from refute.duality.linear import rounded, solutions
from refute.duality.multipliers import DENOMINATORS, TIGHT, multipliers
from refute.duality.parameters.cases import Case
from refute.duality.parameters.ratio import Ratio, parameters
from refute.duality.problem import Part, Problem, matrix, vectors_of
from refute.duality.solver.conic import minimize

Array = npt.NDArray[np.float64]
# Degrees that are tried; unknown coefficients, and rows of the matrix of all samples, that are too many.
DEGREES, MOST, ROWS = (1, 2, 3), 60, 90
# Coefficients that are as small, beside the largest, are 0.
SMALL = 1e-7
# How much of the depth that is possible at a sample alone is asked of it.
LEAST_DEPTH = 1e-9

#: A sample: the value of the parameter and of u, the problem and the claim there.
Sample = tuple[Fraction, Problem, Part]


def slack_weights(
    case: Case,
    claim: Part,
    support: Sequence[int],
    samples: Sequence[Sample],
    ends: Sequence[tuple[Problem, Part] | None],
) -> Iterator[dict[int, Ratio]]:
    """Weights of the conditions in the support as polynomials in the parameter, ever less rounded; samples come with their u between 0 and 1."""
    lo, hi = case.ends
    if lo is None or hi is None or not lo < hi:
        return
    forms = [_Forms(problem, at, support) for _, problem, at in samples]
    shares = [mpq(u) for u, _, _ in samples]
    fixed = [None if end is None else _tight(*end, support) for end in ends]
    depths = [f.depth() for f in forms]
    if min(depths) < LEAST_DEPTH or forms[0].size * len(forms) > ROWS:
        return
    for degree in DEGREES:
        if len(support) * (degree + 1) > MOST:
            return
        basis = [[_bernstein(j, degree, u) for j in range(degree + 1)] for u in shares]
        rows, sides = _equations(forms, basis, len(support), degree)
        for j, end in ((0, fixed[0]), (degree, fixed[1])):
            for k, w in enumerate(end or ()):
                rows.append(_one(len(support) * (degree + 1), k * (degree + 1) + j))
                sides.append(w)
        zero: set[int] = set()
        for _ in range(2):
            found = solutions(
                [*rows, *(_one(len(support) * (degree + 1), i) for i in sorted(zero))],
                [*sides, *(mpq(0) for _ in zero)],
                len(support) * (degree + 1),
            )
            x = None if found is None else _inside(*found, forms, basis, depths)
            if found is None or x is None:
                break
            values = np.array([float(c) for c in found[0]]) + (
                x @ np.array([[float(c) for c in b] for b in found[1]]) if found[1] else 0
            )
            small = {i for i, v in enumerate(values) if abs(v) < SMALL * max(1.0, np.abs(values).max())}
            if small <= zero:
                break
            zero |= small
        if found is None or x is None:
            continue
        for most in DENOMINATORS:
            z = [rounded(c, most) for c in x]
            a = [
                one + sum((c * b[i] for c, b in zip(z, found[1], strict=True)), mpq(0))
                for i, one in enumerate(found[0])
            ]
            if all(c >= 0 for c in a):
                yield _polynomials(a, support, degree, Fraction(lo), Fraction(hi))


def _one(n: int, i: int) -> list[Any]:
    return [mpq(int(i == j)) for j in range(n)]


def _bernstein(j: int, degree: int, u: Any) -> Any:
    return comb(degree, j) * u**j * (1 - u) ** (degree - j)


class _Forms:
    """The conditions of the support and the claim at a sample, exactly and in floats."""

    def __init__(self, problem: Problem, claim: Part, support: Sequence[int]) -> None:
        order = vectors_of(problem)
        self.size = len(order)
        parts = [problem.conditions[k].form for k in support]
        values = [*((i,) for i in range(len(problem.values))), ()]
        self.values = [[f.terms.get(i, mpq(0)) for f in parts] for i in values]
        self.claimed = [claim.form.terms.get(i, mpq(0)) for i in values]
        self.matrices = [_floats(matrix(f, order)) for f in parts]
        self.target = _floats(matrix(claim.form, order))

    def depth(self) -> float:
        """How deep inside the sums of squares a proof at this sample alone may be."""
        n = len(self.matrices)
        equal = [
            (np.array([*map(float, row), 0.0]), float(side))
            for row, side in zip(self.values[:-1], self.claimed[:-1], strict=True)
            if any(row)
        ]
        at_least = [(np.eye(n + 1)[i], 0.0) for i in range(n)] + [(-np.eye(n + 1)[n], -1.0)]
        at_least.append((np.array([*(-float(c) for c in self.values[-1]), 0.0]), -float(self.claimed[-1])))
        block = (self.target, [*(-m for m in self.matrices), -np.eye(self.size)])
        found = minimize(-np.eye(n + 1)[n], equal, at_least, block)
        return float(found.x[n]) if found.solved else 0.0


def _floats(m: Any) -> Array:
    return np.array([[float(c) for c in row] for row in m]).reshape(len(m), len(m))


def _tight(problem: Problem, claim: Part, support: Sequence[int]) -> list[Any] | None:
    """The weights of an exact proof at an end where the claim is tight; None where it is not, or there is none by these conditions."""
    only = replace(problem, conditions=tuple(problem.conditions[k] for k in support))
    found, worst = multipliers(only, claim)
    if found is None or not abs(worst.least) < TIGHT:
        return None
    return [found.weights.get(i, mpq(0)) for i in range(len(support))]


def _equations(
    forms: Sequence[_Forms], basis: Sequence[Sequence[Any]], n: int, degree: int
) -> tuple[list[list[Any]], list[Any]]:
    """That the values add up at every sample: as polynomials of low degree they do everywhere."""
    rows, sides = [], []
    for f, b in zip(forms, basis, strict=True):
        for row, side in zip(f.values[:-1], f.claimed[:-1], strict=True):
            if any(row) or side:
                rows.append([row[k] * b[j] for k in range(n) for j in range(degree + 1)])
                sides.append(side)
    return rows, sides


def _inside(
    one: list[Any],
    ways: list[list[Any]],
    forms: Sequence[_Forms],
    basis: Sequence[Sequence[Any]],
    depths: Sequence[float],
) -> Array | None:
    """Coordinates of a point deep inside, in the solutions of the equations; None where there is none."""
    start = np.array([float(c) for c in one])
    along = np.array([[float(c) for c in w] for w in ways]).reshape(len(ways), len(start))
    size = len(ways) + 1
    degree = len(basis[0]) - 1
    constants: list[Array] = []
    parts: list[list[Array]] = [[] for _ in range(size)]
    at_least = [(np.array([*along[:, i], 0.0]), -start[i]) for i in range(len(start))]
    for f, b, depth in zip(forms, basis, depths, strict=True):
        spread = [float(b[j]) for j in range(degree + 1)]

        def weighted(a: Array, f: _Forms = f, spread: list[float] = spread) -> Array:
            w = [float(a[k * (degree + 1) : (k + 1) * (degree + 1)] @ spread) for k in range(len(f.matrices))]
            return sum((c * m for c, m in zip(w, f.matrices, strict=True)), np.zeros((f.size, f.size)))

        constants.append(f.target - weighted(start))
        for i, way in enumerate(along):
            parts[i].append(-weighted(way))
        parts[-1].append(-depth * np.eye(f.size))
    deep = np.eye(size)[-1]
    at_least += [(-deep, -1.0), (deep, 0.0)]
    found = minimize(-deep, [], at_least, (_blocks(constants), [_blocks(p) for p in parts]))
    return found.x[:-1] if found.solved and np.all(np.isfinite(found.x)) and found.x[-1] > SMALL else None


def _blocks(matrices: Sequence[Array]) -> Array:
    n = sum(len(m) for m in matrices)
    found, i = np.zeros((n, n)), 0
    for m in matrices:
        found[i : i + len(m), i : i + len(m)] = m
        i += len(m)
    return found


def _polynomials(a: Sequence[Any], support: Sequence[int], degree: int, lo: Fraction, hi: Fraction) -> dict[int, Ratio]:
    t = parameters()[0]
    u = (t - lo) * (1 / (hi - lo))
    one = Ratio.of(mpq(1), t)
    found: dict[int, Ratio] = {}
    for n, k in enumerate(support):
        own: Mapping[int, Any] = {j: a[n * (degree + 1) + j] for j in range(degree + 1)}
        if any(own.values()):
            found[k] = sum((c * _bernstein(j, degree, u) * one for j, c in own.items() if c), 0 * t)
    return found
