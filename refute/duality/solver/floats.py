"""A problem in floats, in units in which its numbers are of moderate size; its worst case, and sparse multipliers, as a solver sees them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from refute.duality.forms import Form
from refute.duality.problem import Part, Problem, matrix, vectors_of
from refute.duality.solver.conic import minimize

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Floats:
    """A form as a matrix, the coefficients of the values, and a constant."""

    matrix: Array
    values: Array
    constant: float


@dataclass(frozen=True)
class Scaled:
    """The conditions and the claim of a problem, each divided by its largest coefficient, in units of the sizes of its unknowns."""

    conditions: tuple[Floats, ...]
    factors: tuple[float, ...]
    claim: Floats
    vectors: Array
    values: Array

    @property
    def shifts(self) -> bool:
        """Whether only differences of values matter."""
        return len(self.values) > 0 and all(abs(f.values.sum()) < 1e-9 for f in (self.claim, *self.conditions))


def scaled(problem: Problem, claim: Part) -> Scaled:
    """The floats of a problem about one claim."""
    order = vectors_of(problem)
    vectors = np.array([float(problem.vectors[i].size) for i in order])
    values = np.array([float(v.size) for v in problem.values])
    forms = [_floats(p.form, order, vectors, values) for p in (*problem.conditions, claim)]
    sizes = [
        max(np.abs(f.matrix).max(initial=0.0), np.abs(f.values).max(initial=0.0), abs(f.constant)) or 1.0 for f in forms
    ]
    units = [Floats(f.matrix / s, f.values / s, f.constant / s) for f, s in zip(forms, sizes, strict=True)]
    return Scaled(tuple(units[:-1]), tuple(sizes), units[-1], vectors, values)


def _floats(form: Form, order: list[int], vectors: Array, values: Array) -> Floats:
    m = np.array([[float(c) for c in row] for row in matrix(form, order)]).reshape(len(order), len(order))
    v = np.array([float(form.terms.get((i,), 0)) for i in range(len(values))])
    # The sum of the values' coefficients is exactly 0 where it is, in units of one size.
    return Floats(m * np.outer(vectors, vectors), v * values, float(form.terms.get((), 0)))


@dataclass(frozen=True)
class Worst:
    """The least value of the claim's form among all members of total size 1: its inner products, its values, its constant."""

    least: float
    gram: Array
    values: Array
    one: float
    solved: bool


def worst(s: Scaled, inside: bool = False) -> Worst:
    """The worst case; with `inside` the member that lies deepest within the conditions instead."""
    n, m = len(s.vectors), len(s.values)
    pairs = [(i, j) for j in range(n) for i in range(j + 1)]
    units = []
    for i, j in pairs:
        e = np.zeros((n, n))
        e[i, j] = e[j, i] = 1.0
        units.append(e)
    # Unknowns: the inner products, the values, the constant 1, and how deep inside.
    size = len(pairs) + m + 2

    def row(f: Floats, depth: float = 0.0) -> Array:
        return np.array([f.matrix[i, j] * (1.0 if i == j else 2.0) for i, j in pairs] + [*f.values, f.constant, depth])

    total = np.array([1.0 if i == j else 0.0 for i, j in pairs] + [0.0] * m + [1.0 if _constants(s) else 0.0, 0.0])
    equal = [(total, 1.0)]
    if not _constants(s):
        equal.append((_unit(size, len(pairs) + m), 0.0))
    if not inside:
        equal.append((_unit(size, size - 1), 0.0))
    if s.shifts:
        equal.append((_unit(size, len(pairs)), 0.0))
    depth = -1.0 if inside else 0.0
    at_least = [(row(f, depth), 0.0) for f in s.conditions]
    at_least.append((_unit(size, len(pairs) + m) + depth * _unit(size, size - 1) * float(_constants(s)), 0.0))
    cost = -_unit(size, size - 1) if inside else row(s.claim)
    matrices = [*units, *[np.zeros((n, n))] * (m + 1), depth * np.eye(n)]
    found = minimize(cost, equal, at_least, (np.zeros((n, n)), matrices))
    gram = np.zeros((n, n))
    for (i, j), x in zip(pairs, found.x, strict=False):
        gram[i, j] = gram[j, i] = x
    values = found.x[len(pairs) : len(pairs) + m]
    one = float(found.x[len(pairs) + m])
    claim = float(row(s.claim) @ np.where(np.arange(size) == size - 1, 0.0, found.x))
    return Worst(claim, gram, values, one, found.solved)


def _constants(s: Scaled) -> bool:
    return any(f.constant for f in (s.claim, *s.conditions))


def _unit(size: int, i: int) -> Array:
    e = np.zeros(size)
    e[i] = 1.0
    return e


def at(f: Floats, w: Worst) -> float:
    """A form at a member."""
    return float(np.sum(f.matrix * w.gram) + f.values @ w.values + f.constant * w.one)


def sparse_multipliers(s: Scaled, rounds: int = 6) -> Array | None:
    """Few multipliers that prove the claim in floats, in the units of `s`; None where the solver finds none."""
    k = len(s.conditions)
    if not k:
        return None
    equal = [(np.array([f.values[i] for f in s.conditions]), s.claim.values[i]) for i in range(len(s.values))]
    if s.shifts:
        equal = equal[1:]
    at_least = [(_unit(k, i), 0.0) for i in range(k)]
    if _constants(s):
        at_least.append((-np.array([f.constant for f in s.conditions]), -s.claim.constant))
    psd = (s.claim.matrix, [-f.matrix for f in s.conditions])
    weights, best = np.ones(k), None
    for _ in range(rounds):
        found = minimize(weights, equal, at_least, psd)
        if not found.solved or not np.all(np.isfinite(found.x)):
            return best
        best = np.maximum(found.x, 0.0)
        weights = 1.0 / (best + 1e-3)
        weights /= weights.max()
    return best
