"""Exact multipliers: floats say which inequalities a proof uses and where it is tight, rationals make it a proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from gmpy2 import mpq

from refute.duality.forms import Form
from refute.duality.linear import factored, rational_span, rounded, solutions
from refute.duality.problem import Part, Problem, matrix, vectors_of
from refute.duality.solver.conic import minimize
from refute.duality.solver.floats import Scaled, Worst, at, scaled, sparse_multipliers, worst

Array = npt.NDArray[np.float64]
# In units of the problem: what is larger than this is violated, what is smaller is tight.
VIOLATED, TIGHT = 1e-7, 1e-6
# A worst case with a larger share of the constant 1 is one, and not what the claim says of 0.
NOT_AT_ZERO = 1e-4
# Denominators that the free multipliers are rounded to, one after the other.
DENOMINATORS = (1, 2, 3, 4, 6, 8, 12, 24, 60, 120, 360, 840, 2520, 10**4, 10**6, 10**8, 10**10)


@dataclass(frozen=True)
class Multipliers:
    """claim = sum_k weights[k] conditions[k] + <squares, G> + constant, with nonnegative weights and constant and a positive semidefinite
    matrix `squares` (in the order of the vectors without the one at 0)."""

    weights: dict[int, Any]
    squares: tuple[tuple[Any, ...], ...]
    constant: Any


def left_over(problem: Problem, claim: Part, weights: dict[int, Any]) -> Multipliers | None:
    """What is left of the claim when the weighted conditions are taken away; None where that is no sum of squares and a constant >= 0."""
    if any(not w >= 0 for w in weights.values()) or not may_use(problem, claim, weights):
        return None
    rest = claim.form
    for k, w in weights.items():
        rest = rest - w * problem.conditions[k].form
    if any(len(key) == 1 for key in rest.terms):
        return None
    constant = rest.terms.get((), mpq(0))
    squares = matrix(rest, vectors_of(problem))
    if constant < 0 or (claim.strict and not constant > 0) or factored(squares) is None:
        return None
    return Multipliers({k: w for k, w in weights.items() if w}, tuple(map(tuple, squares)), constant)


def may_use(problem: Problem, claim: Part, weights: Iterable[int]) -> bool:
    """Whether a proof of the claim may use these conditions: the step of an induction, and that the first state is within, are shown without what follows from them, and without
    hypotheses, which are about the last step; anything but a step without what was asked in a step, which is none where N = 0."""
    return all(_may_use(claim, problem.conditions[k]) for k in weights)


def _may_use(claim: Part, condition: Part) -> bool:
    if condition.unmade:
        return False
    if claim.induction or claim.begins:
        follows = condition.induction or condition.hypothesis or condition.of_end
        return not follows and (claim.induction or not condition.of_step)
    return not condition.of_step


def multipliers(problem: Problem, claim: Part, sparse: bool = True) -> tuple[Multipliers | None, Worst]:
    """An exact proof of one claim where one is found, and the worst case in floats; by few conditions where `sparse`, as far as that is seen in floats."""
    allowed = [k for k, c in enumerate(problem.conditions) if _may_use(claim, c)]
    if len(allowed) < len(problem.conditions):
        only = replace(problem, conditions=tuple(problem.conditions[k] for k in allowed))
        found, w = multipliers(only, claim, sparse)
        return found and replace(found, weights={allowed[k]: c for k, c in found.weights.items()}), w
    s = scaled(problem, claim)
    w = worst(s)
    if not w.solved or w.least < -VIOLATED:
        return None, w
    sizes = [mpq(problem.vectors[i].size) for i in vectors_of(problem)]
    for support, units in _guesses(s, w, sparse):
        span = [[c * size for c, size in zip(v, sizes, strict=True)] for v in units]
        found = _exact(problem, claim, support, span, s, w)
        if found is not None:
            return found, w
    return None, w


def of_conditions(problem: Problem, claim: Part, support: list[int]) -> Multipliers | None:
    """An exact proof that uses these conditions alone."""
    if not support:
        return left_over(problem, claim, {})
    found = multipliers(*spoken_of(problem, claim, support), sparse=False)[0]
    return found and left_over(problem, claim, {support[k]: w for k, w in found.weights.items()})


def fewest(problem: Problem, claim: Part, found: Multipliers) -> Multipliers:
    """A proof by conditions of which none can be left out: then its weights are functions of the parameter, as a rule."""
    for k in sorted(found.weights, key=lambda k: found.weights[k]):
        fewer = of_conditions(problem, claim, [j for j in found.weights if j != k])
        found = found if fewer is None else fewer
    return found


def spoken_of(problem: Problem, claim: Part, support: list[int]) -> tuple[Problem, Part]:
    """The problem with these conditions alone, and without the unknowns that neither they nor the claim speak of."""
    conditions = [problem.conditions[k] for k in support]
    keys = {key for p in (claim, *conditions) for key in p.form.terms}
    vectors = sorted({i for key in keys if len(key) == 2 for i in key}) or vectors_of(problem)[:1]
    values = sorted({key[0] for key in keys if len(key) == 1})
    place = {2: {i: n for n, i in enumerate(vectors)}, 1: {i: n for n, i in enumerate(values)}, 0: {}}

    def renamed(part: Part) -> Part:
        terms = {tuple(place[len(key)][i] for i in key): c for key, c in part.form.terms.items()}
        return replace(part, form=Form(terms))

    only = replace(
        problem,
        vectors=tuple(problem.vectors[i] for i in vectors),
        values=tuple(problem.values[i] for i in values),
        conditions=tuple(map(renamed, conditions)),
        origin=None,
    )
    return only, renamed(claim)


def vanishing(
    problem: Problem, claim: Part, support: list[int], zeros: Sequence[tuple[int, int]]
) -> Multipliers | None:
    """An exact proof that uses these conditions alone, and in whose squares these inner products do not occur, by the places of the vectors in the order; (i, i): nor
    anything else of the vector."""
    only = replace(problem, conditions=tuple(problem.conditions[k] for k in support))
    s = scaled(only, claim)
    span = _with_axes([], [i for i, j in zeros if i == j], len(vectors_of(problem)))
    found = _exact(only, claim, [*range(len(support))], span, s, worst(s), zeros)
    return None if found is None else replace(found, weights={support[k]: w for k, w in found.weights.items()})


def spending_all(problem: Problem, claim: Part, support: list[int]) -> Multipliers | None:
    """An exact proof that uses these conditions alone and leaves nothing of the claim's constant: where many weights of a condition with a constant would do, the largest."""
    only, spoken = spoken_of(problem, claim, support)
    s = scaled(only, spoken)
    found = _exact(only, spoken, [*range(len(support))], [], s, worst(s), spent=True)
    return found and left_over(problem, claim, {support[k]: w for k, w in found.weights.items()})


def _guesses(s: Scaled, w: Worst, few: bool) -> Iterator[tuple[list[int], list[list[Any]]]]:
    """Which conditions to use, and vectors (in units of the sizes) that the squares vanish at: sparse ones first."""
    tight = abs(w.least) < TIGHT
    spans: list[list[list[Any]]] = []
    if tight:
        sizes, axes = np.linalg.eigh(w.gram)
        for small, most in product((1e-4, 1e-6, 1e-2), (30, 1000, 10**5)):
            span = rational_span(axes[:, sizes > small], most, 1e-3)
            if span and span not in spans:
                spans.append(span)
    sparse = sparse_multipliers(s) if few else None
    active = [k for k, f in enumerate(s.conditions) if not tight or at(f, w) < 1e-4]
    supports: list[list[int]] = []
    if sparse is not None:
        for least in (1e-3, 1e-5):
            supports.append([k for k in range(len(s.conditions)) if sparse[k] > least * max(1.0, sparse.max())])
    supports += [active, list(range(len(s.conditions)))]
    seen: list[tuple[list[int], list[list[Any]]]] = []
    for support in supports:
        for span in (*spans, []):
            if (support, span) not in seen:
                seen.append((support, span))
                yield support, span


def _exact(
    problem: Problem,
    claim: Part,
    support: list[int],
    span: list[list[Any]],
    s: Scaled,
    w: Worst,
    zeros: Sequence[tuple[int, int]] = (),
    spent: bool = False,
) -> Multipliers | None:
    """Multipliers of these conditions for which the squares vanish on the span, these entries of their matrix are 0, and the constant where the worst case is not at 0, or
    where it is to be `spent`."""
    order = vectors_of(problem)
    target = matrix(claim.form, order)
    every = {k: matrix(problem.conditions[k].form, order) for k in support}
    lost = _nowhere_squared(every, target)
    support = [k for k in support if k in every]
    forms, matrices = [problem.conditions[k].form for k in support], [every[k] for k in support]
    tight = bool(span) and w.one > NOT_AT_ZERO
    span = _with_axes(span, lost, len(order))
    rows = [[f.terms.get((i,), mpq(0)) for f in forms] for i in range(len(problem.values))]
    sides = [claim.form.terms.get((i,), mpq(0)) for i in range(len(problem.values))]
    for v in span:
        rows += [[_row(m, i, v) for m in matrices] for i in range(len(order))]
        sides += [_row(target, i, v) for i in range(len(order))]
    rows += [[m[i][j] for m in matrices] for i, j in zeros]
    sides += [target[i][j] for i, j in zeros]
    if tight or spent:
        rows.append([f.terms.get((), mpq(0)) for f in forms])
        sides.append(claim.form.terms.get((), mpq(0)))
    found = solutions(rows, sides, len(support))
    if found is None:
        return None
    one, basis = found
    bounded = [] if tight else [s.conditions[k].constant for k in support]
    for z in _inside(one, basis, span, matrices, target, support, s, bounded):
        exact = [a + sum((c * b[i] for c, b in zip(z, basis, strict=True)), mpq(0)) for i, a in enumerate(one)]
        proof = left_over(problem, claim, dict(zip(support, exact, strict=True)))
        if proof is not None:
            return proof
    return None


def _nowhere_squared(matrices: dict[int, list[list[Any]]], target: list[list[Any]]) -> list[int]:
    """The numbers of vectors on which the squares vanish whatever the weights are: their own square occurs in the claim nowhere, and in conditions with
    one sign, the wrong one. These conditions have the weight 0, and are taken away."""
    lost: list[int] = []
    for _ in target:  # what is taken away may leave another vector without a square
        new = [
            i
            for i in range(len(target))
            if i not in lost and target[i][i] == 0 and all(m[i][i] >= 0 for m in matrices.values())
        ]
        if not new:
            break
        lost += new
        for k in [k for k, m in matrices.items() if any(m[i][i] > 0 for i in new)]:
            del matrices[k]
    return lost


def _with_axes(span: list[list[Any]], axes: Sequence[int], n: int) -> list[list[Any]]:
    """The vectors of a span, and those axes that are not in it."""
    found = list(span)
    for i in axes:
        axis = [mpq(int(i == j)) for j in range(n)]
        columns = [[v[j] for v in found] for j in range(n)]
        if not found or solutions(columns, axis, len(found)) is None:
            found.append(axis)
    return found


def _row(m: Sequence[Sequence[Any]], i: int, v: Sequence[Any]) -> Any:
    return sum((a * b for a, b in zip(m[i], v, strict=True)), mpq(0))


def _inside(
    one: list[Any],
    basis: list[list[Any]],
    span: list[list[Any]],
    matrices: list[list[list[Any]]],
    target: list[list[Any]],
    support: list[int],
    s: Scaled,
    constants: list[float],
) -> Iterator[list[Any]]:
    """Coordinates, in the solutions of the equations, of points deep inside the inequalities, ever less rounded; `constants` of the conditions, where
    that of the claim has to be larger."""
    if not basis:
        yield []
        return

    def floats(m: Any) -> Array:
        return np.array([[float(c) for c in r] for r in m])

    # Scaled like the claim, the multipliers of the conditions are of moderate size.
    unit = np.array([s.factors[k] for k in support]) / s.factors[-1]
    start, ways = np.array([float(c) for c in one]) * unit, floats(basis) * unit
    scale = np.outer(s.vectors, s.vectors) / s.factors[-1]
    parts = [floats(m) * scale / u for m, u in zip(matrices, unit, strict=True)]
    n = len(target)
    axes = np.linalg.svd(floats(span) / s.vectors)[2][len(span) :].T if span else np.eye(n)
    if axes.shape[1] == 0:
        axes = np.zeros((n, 1))
    size = len(basis) + 1
    constant = floats(target) * scale - sum((x * p for x, p in zip(start, parts, strict=True)), np.zeros((n, n)))
    along = [-sum((x * p for x, p in zip(w, parts, strict=True)), np.zeros((n, n))) for w in ways]
    depth = np.zeros(size)
    depth[-1] = -1.0
    at_least = [(np.array([*ways[:, i], -1.0]), -start[i]) for i in range(len(support))]
    at_least.append((depth, -1.0))
    if any(constants) or (constants and s.claim.constant):
        row = np.array([*(-ways @ np.array(constants)), -1.0])
        at_least.append((row, float(start @ np.array(constants)) - s.claim.constant))

    def seen(m: Array) -> Array:
        return np.asarray(axes.T @ m @ axes)

    block = (seen(constant), [*map(seen, along), -np.eye(axes.shape[1]) * (0.0 if len(span) >= n else 1.0)])
    found = minimize(depth, [], at_least, block)
    if not np.all(np.isfinite(found.x)):
        return
    for most in DENOMINATORS:
        yield [rounded(x, most) for x in found.x[:-1]]
