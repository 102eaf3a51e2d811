"""Exact counterexamples from the worst case of a semidefinite program: rounded, and then decided like any other instance."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Any

import numpy as np
import numpy.typing as npt

from refute.duality.forms import Form, Point
from refute.duality.linear import rounded
from refute.duality.problem import Part, Problem, vectors_of
from refute.duality.solver.floats import Worst, scaled, worst
from refute.numbers.vector import Vec

Array = npt.NDArray[np.float64]
# How far from the worst case into the class, and the denominators of the coordinates: coarse ones first, which people can read.
MIXED = (0.0, 1e-6, 1e-4, 1e-2, 0.1)
DENOMINATORS = ((1, 2, 3, 4, 5, 6, 8, 12, 24), (60, 360, 10**4), (10**6, 10**9))
# So many of each group of denominators: with many answers to choose values for, the coarse ones alone would take all the time.
OF_EACH = 500


def instances(problem: Problem, claim: Part, w: Worst) -> Iterator[dict[str, Any]]:
    """Instances near a worst case that violates the claim, simple ones first: each has to be decided."""
    s, first = scaled(problem, claim), _in_right_angles(problem)
    deep: Worst | None = None
    for finest in DENOMINATORS:
        left = OF_EACH
        for mixed in MIXED:
            if mixed and deep is None:
                deep = worst(s, inside=True)
            gram, values, one = _mixed(w, deep, mixed)
            # Fine ones keep what a lower rank would lose.
            ranks = range(1, len(gram) + 1) if finest is DENOMINATORS[0] else range(len(gram), 0, -1)
            for rank, most in product(ranks, finest):
                coordinates = _coordinates(gram, rank, first) if left > 0 else None
                if coordinates is not None:
                    # Without a number in a bound, members of all sizes are as good.
                    size = 1.0 if one > 1e-9 else float(1 / np.abs(coordinates).max())
                    found = list(islice(_rounded(problem, size * coordinates, size**2 * values, most), left))
                    left -= len(found)
                    yield from found


def _mixed(w: Worst, deep: Worst | None, share: float) -> tuple[Array, Array, float]:
    """Inner products, values and the number of a worst case, moved by a share into the class."""
    gram, values, one = w.gram, w.values, w.one
    if deep is not None and share:
        gram, values = (1 - share) * gram + share * deep.gram, (1 - share) * values + share * deep.values
        one = (1 - share) * one + share * deep.one
    if one > 1e-9:  # some bound has a number: the member of that size
        gram, values = gram / one, values / one
    return gram, values, one


def _in_right_angles(problem: Problem) -> list[int]:
    """The numbers, among the vectors, of those that a hypothesis puts at right angles to each other: along axes they stay so when they are rounded."""
    forms = [c.form for c in problem.conditions if c.hypothesis]
    pairs = [key for f in forms for key in f.terms if len(f.terms) == 1 and len(key) == 2 and key[0] != key[1]]
    order = vectors_of(problem)
    return list(dict.fromkeys(order.index(i) for key in sorted(pairs) for i in key if i in order))


def _coordinates(gram: Array, rank: int, first: list[int]) -> Array | None:
    """Vectors (rows) of R^rank with about these inner products, the first ones along the first axes."""
    sizes, axes = np.linalg.eigh(gram)
    order = np.argsort(sizes)[::-1][:rank]
    if sizes[order[-1]] <= 1e-12:
        return None
    rows = axes[:, order] * np.sqrt(sizes[order])
    ordered = [*first, *(i for i in range(len(rows)) if i not in first)]
    turned = np.empty_like(rows)
    turned[ordered] = np.linalg.qr(rows[ordered].T)[1].T
    return np.asarray(turned * np.where(np.sum(turned[ordered[:rank]], axis=0) < 0, -1.0, 1.0))


def _rounded(problem: Problem, coordinates: Array, values: Array, most: int) -> Iterator[dict[str, Any]]:
    """The instances whose unknown vectors are these, rounded."""
    zero = Vec((Fraction(0),) * coordinates.shape[1])
    vectors = {} if problem.origin is None else {problem.origin: zero}
    for row, i in zip(coordinates, vectors_of(problem), strict=True):
        vectors[i] = problem.vectors[i].size * Vec(tuple(_fraction(rounded(c, most)) for c in row))
    guesses = [v.size * _fraction(rounded(x, most)) for x, v in zip(values, problem.values, strict=True)]

    def vector(p: Point) -> Vec:
        found = zero
        for i, c in p.terms.items():
            found = found + _fraction(c) * vectors[i]
        return found

    def value(f: Form) -> Fraction:
        return sum((_fraction(c) * (guesses[k[0]] if k else 1) for k, c in f.terms.items()), Fraction(0))

    choices = []
    for thing in problem.seen.values():
        if isinstance(thing, Point):
            choices.append([vector(thing)])
        elif hasattr(thing, "concrete"):
            choices.append(list(thing.concrete(vector, value)))
        else:
            choices.append([thing])
    for chosen in product(*choices):
        yield dict(zip(problem.seen, chosen, strict=True))


def _fraction(q: Any) -> Fraction:
    return Fraction(int(q.numerator), int(q.denominator))
