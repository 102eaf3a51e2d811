"""A proof of one part of a claim in a case, and whether it is one: the weighted conditions and the squares add up to the claim, and have the right signs.

Where the weight of a condition of a class has a pole, and at the ends, the claim follows by continuity: both sides are continuous in t for each function and each point, and
the condition holds for every t. A hypothesis may hold at one t alone: its weight has no pole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq_poly
from gmpy2 import mpq

from refute.duality.forms import is_zero
from refute.duality.multipliers import may_use
from refute.duality.parameters.cases import Case
from refute.duality.parameters.ratio import Ratio
from refute.duality.problem import Part, matrix, vectors_of
from refute.duality.signs.interval import has_root, nonnegative
from refute.errors import NotLinear


@dataclass(frozen=True)
class Weights:
    """The proof of one part of a claim in a case: the weight of each condition, by its number, as a function of the parameter (a number where there
    is none), and the squares that remain."""

    case: Case
    claim: Part
    weights: Mapping[int, Any]
    squares: tuple[tuple[Any, ...], ...]

    def constant(self) -> Any:
        """The number that remains beside the squares, which is at least 0."""
        left = self.claim.form.terms.get((), Fraction(0))
        for k, weight in self.weights.items():
            left = left - weight * self.case.problem.conditions[k].form.terms.get((), Fraction(0))
        return left

    def sum_of_squares(self) -> Iterator[tuple[Any, list[tuple[Any, int]]]]:
        """The matrix as a sum of squares of combinations of vectors: each pivot, with the coefficients and the numbers of the vectors."""
        order = vectors_of(self.case.problem)
        rest = [list(r) for r in self.squares]
        lo, hi = self.case.ends
        # Beside the one point of such a range a pivot may be negative, or have a pole.
        if self.case.parameter and lo is not None and lo == hi:
            rest = [[c.at({"t": lo}) if isinstance(c, Ratio) else c for c in r] for r in rest]
        n = len(rest)
        for k in range(n):
            pivot = rest[k][k]
            if is_zero(pivot):
                continue
            row = [rest[k][j] / pivot for j in range(n)]
            yield _cleared(pivot, [(c, order[j]) for j, c in enumerate(row) if not is_zero(c)])
            rest = [[rest[i][j] - row[i] * row[j] * pivot for j in range(n)] for i in range(n)]


def _cleared(pivot: Any, combination: list[tuple[Any, int]]) -> tuple[Any, list[tuple[Any, int]]]:
    """The square without denominators that depend on the parameter: with them it would have no value at some."""
    common = None
    for c, _ in combination:
        if isinstance(c, Ratio) and not c.q.is_constant():
            common = c.q if common is None else common * (c.q / common.gcd(c.q))
    if common is None:
        return pivot, combination
    factor = Ratio(common, common.context().constant(1))
    return pivot / (factor * factor), [(c * factor, i) for c, i in combination]


def checked(case: Case, claim: Part, weights: Mapping[int, Ratio]) -> Weights | None:
    """The proof with these weights; None where they are none: as functions they add up, and have the right signs on the interval."""
    # What is shown to be at least 0 need not be above it.
    if claim.strict or not may_use(case.problem, claim, weights):
        return None
    rest = claim.form
    for k, w in weights.items():
        rest = rest - w * case.problem.conditions[k].form
    if any(len(key) == 1 for key in rest.terms):
        return None
    if any(is_of_one_t(case.problem.conditions[k]) and has_pole(w, case) for k, w in weights.items()):
        return None
    if not all(is_nonnegative(c, case) for c in (*weights.values(), rest.terms.get((), mpq(0)))):
        return None
    order = vectors_of(case.problem)
    squares = matrix(rest, order)
    return Weights(case, claim, dict(weights), tuple(map(tuple, squares))) if _is_positive(squares, case) else None


def is_of_one_t(condition: Part) -> bool:
    """Whether a condition may hold for one value of the parameter, and for none close to it."""
    return condition.hypothesis or condition.induction or condition.at_once


def has_pole(w: Any, case: Case) -> bool:
    if not isinstance(w, Ratio) or w.q.is_constant():
        return False
    if case.region is not None:
        return not case.region.nowhere_zero(Ratio(w.q, w.q.context().constant(1)))
    return has_root(polynomial(w.q), case.ends, case.closed)


def _is_positive(m: list[list[Any]], case: Case) -> bool:
    """Whether a symmetric matrix of functions is positive semidefinite on the interval, or the region: by its pivots.

    Where a pivot is 0 or has a pole at a t the matrix is semidefinite all the same, as it is beside it: not so on an interval of one point, where it is
    the matrix at this point that is tried."""
    rest, ends = [list(r) for r in m], case.ends
    if ends[0] is not None and ends[0] == ends[1]:
        at = {"t": ends[0]}
        if any(isinstance(c, Ratio) and has_root(polynomial(c.q), ends) for r in rest for c in r):
            return False
        rest = [[c.at(at) if isinstance(c, Ratio) else c for c in r] for r in rest]
    n = len(rest)
    for k in range(n):
        pivot = rest[k][k]
        if is_zero(pivot):
            if any(not is_zero(rest[k][j]) for j in range(k, n)):
                return False
            continue
        if not is_nonnegative(pivot, case):
            return False
        for i in range(k + 1, n):
            if is_zero(rest[i][k]):
                continue
            c = rest[i][k] / pivot
            for j in range(k, n):
                rest[i][j] = rest[i][j] - c * rest[k][j]
    return True


def is_nonnegative(c: Any, case: Case) -> bool:
    if not isinstance(c, Ratio):
        return bool(c >= 0)
    if case.region is not None:
        return case.region.nonnegative(c)
    ends = case.ends
    return nonnegative(polynomial(c.p), polynomial(c.q), ends)


def polynomial(p: Any) -> fmpq_poly:
    """A polynomial in t alone, as one of one variable."""
    coefficients: dict[int, Any] = {}
    for exponents, c in p.to_dict().items():
        if any(exponents[1:]):
            raise NotLinear("its units are not those of L")
        coefficients[exponents[0]] = c
    return fmpq_poly([coefficients.get(i, 0) for i in range(max(coefficients, default=-1) + 1)])
