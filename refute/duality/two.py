r"""Weights as rational functions of two parameters, t and m: put through exact proofs at samples.

Where a claim is not tight its weights are not determined. Then some vectors, or inner products of two, are asked not to occur in the squares, as in the proof that a
person writes: with as many as can be left out, the weights are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from gmpy2 import mpq

from refute.duality.linear import solutions
from refute.duality.multipliers import fewest, may_use, multipliers, of_conditions, spoken_of, vanishing
from refute.duality.parameters.cases import Case
from refute.duality.parameters.ratio import Ratio, parameters, second_parameter
from refute.duality.problem import Part, Problem, vectors_of

#: The values of t and m.
Values = Mapping[str, Fraction]
# The degrees of numerator and denominator together, and samples that are spared, and have to lie on the function.
DEGREE, SPARE = 7, 4
# With more conditions or unknown vectors a sample takes too long.
MOST_CONDITIONS, MOST_VECTORS = 40, 8


def at_both(case: Case, claim: Part, values: Values) -> tuple[Problem, Part]:
    """The problem of a case, and a claim, for these values of its parameters."""
    exact = {"t": Fraction(0), "m": Fraction(0), **values, "L": Fraction(1)}
    return case.problem.at(exact), replace(claim, form=claim.form.at(exact))


def proposed(case: Case, claim: Part) -> Iterator[dict[int, Ratio]]:
    """Functions that may be the weights of a proof of the claim; whether they are is for the caller to decide."""
    usable = [k for k in range(len(case.problem.conditions)) if may_use(case.problem, claim, [k])]
    only, alone = spoken_of(case.problem, claim, usable)
    for weights in _proposed(replace(case, problem=only), alone):
        yield {usable[k]: w for k, w in weights.items()}


def _proposed(case: Case, claim: Part) -> Iterator[dict[int, Ratio]]:
    """The same for a problem all of whose conditions may be used."""
    order = vectors_of(case.problem)
    if case.region is None or len(case.problem.conditions) > MOST_CONDITIONS or len(order) > MOST_VECTORS:
        return
    samples = []
    for values in case.region.samples():
        try:
            samples.append((values, *at_both(case, claim, values)))
        except ZeroDivisionError:
            continue
    if not samples:
        return
    tried: list[tuple[list[int], list[tuple[int, int]]]] = []
    for _, problem, at in (samples[len(samples) // 2], samples[0], samples[-1]):
        found = multipliers(problem, at)[0]
        if found is None:
            return
        for support in (sorted(fewest(problem, at, found).weights), sorted(found.weights)):
            axes = _left_out(problem, at, support, [(i, i) for i in range(len(order))], [])
            products = [(i, j) for j in range(len(order)) for i in range(j)]
            for without in (
                [],
                axes,
                _left_out(problem, at, support, products, axes),
                _left_out(problem, at, support, products, []),
            ):
                if (support, without) not in tried:
                    tried.append((support, without))
                    weights = _functions(samples, support, without)
                    if weights is not None:
                        yield weights


def _left_out(
    problem: Problem, claim: Part, support: list[int], of: Sequence[tuple[int, int]], zeros: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Of these inner products as many as need not occur in the squares, beside those that do not."""
    found = list(zeros)
    for pair in of:
        if vanishing(problem, claim, support, [*found, pair]) is not None:
            found.append(pair)
    return found


def _functions(
    samples: Sequence[tuple[Values, Problem, Part]], support: list[int], zeros: list[tuple[int, int]]
) -> dict[int, Ratio] | None:
    """The weights as functions through those at the samples; None where one is no such function."""
    points = []
    for values, problem, claim in samples:
        found = vanishing(problem, claim, support, zeros) if zeros else of_conditions(problem, claim, support)
        if found is not None:
            points.append((values, found.weights))
    weights = {}
    for k in support:
        through = _through([(values, w.get(k, mpq(0))) for values, w in points])
        if through is None:
            return None
        weights[k] = through
    return {k: w for k, w in weights.items() if not w.is_zero}


def _through(points: Sequence[tuple[Values, Any]]) -> Ratio | None:
    """The rational function of least degree through all of the points; None where fewer points than all determine none."""
    t, m = parameters()[0], second_parameter()
    for total in range(DEGREE + 1):
        for q in range(total // 2 + 1):
            top, bottom = _monomials(total - q), _monomials(q)
            if len(top) + len(bottom) > len(points) - SPARE:
                continue
            rows = [[_value(e, at) for e in top] + [-y * _value(e, at) for e in bottom] for at, y in points]
            _, ways = solutions(rows, [mpq(0)] * len(rows), len(top) + len(bottom)) or ([], [])
            for way in ways:
                p, d = (
                    sum((c * t**i * m**j for c, (i, j) in zip(part, of, strict=True)), 0 * t)
                    for part, of in ((way[: len(top)], top), (way[len(top) :], bottom))
                )
                if not d.is_zero:
                    found: Ratio = p / d
                    return found
    return None


def _monomials(degree: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]


def _value(e: tuple[int, int], at: Values) -> Any:
    return mpq(at["t"]) ** e[0] * mpq(at["m"]) ** e[1]
