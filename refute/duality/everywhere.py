r"""Proofs for all values of a parameter at once: multipliers that are rational functions of it.

Exact multipliers at some values of t are found with one small set of conditions, rational functions are put through them, and
it is checked whether they prove the claim (weights.py). Where one set of conditions is not enough the interval is halved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from gmpy2 import mpq

from refute.duality.forms import Form, combination
from refute.duality.linear import solutions
from refute.duality.multipliers import VIOLATED, fewest, multipliers, of_conditions, spending_all
from refute.duality.parameters.cases import Case, cases
from refute.duality.parameters.ratio import Ratio, parameters
from refute.duality.problem import Part, Problem
from refute.duality.signs.interval import Ends, between, has_root, rational_roots, samples_within
from refute.duality.slack import slack_weights
from refute.duality.two import at_both, proposed
from refute.duality.weights import Weights, checked, has_pole, is_nonnegative, is_of_one_t, polynomial
from refute.statements.statement import Statement

# Values of the parameter that functions are put through; of these so many are spared, and have to lie on them.
SAMPLES, SPARE = 13, 2
# A weight that may be many is tried as a multiple of another one at so many samples.
TIES = 4
# An interval is halved so often.
DEPTH = 4
# Numbers k + 1 of steps that are looked at where one is not proved.
STEPS = (1, 2, 3, 5, 10)
# With more conditions (of seven points there are 42) a search on parts of the interval, or for many weights, takes minutes: it is tried once, and where a few conditions do.
MANY_CONDITIONS, MOST_CONDITIONS, FEW = 64, 256, 24


def prove_everywhere(statement: Statement) -> list[Weights] | None:
    """A proof of the statement for all values of its variables; None where none is found. Raises NotLinear where it is not in the language."""
    found = []
    for case in cases(statement):
        for claim in case.problem.claims:
            proof = _proved(case.within(case.ends_of(claim)), claim)
            if proof is None:
                return None
            found += proof
    return found


@dataclass(frozen=True)
class Unproved:
    """A part of a statement that no proof was found for, and the values of its parameters, t and m, at which a worst case, in floats, violates it."""

    says: str
    step: bool
    case: Case
    violated: tuple[Mapping[str, Fraction], ...]


def unproved(statement: Statement) -> Iterator[Unproved]:
    """The parts of a statement that are not proved for all values of its variables. Raises NotLinear where it is not in the language."""
    for case in cases(statement):
        for claim in case.problem.claims:
            within = case.within(case.ends_of(claim))
            if _proved(within, claim) is not None:
                continue
            samples = list(case.inside(SAMPLES))
            counts = claim.induction and case.problem.counters and case.problem.power is None
            if case.region is None and case.parameter and counts:
                samples = [{"t": Fraction(k)} for k in STEPS]
            at = (
                (t, there)
                for t in samples
                if (there := _at(within, claim, t)) is not None and not is_excluded(there[0])
            )
            worst = ((t, multipliers(*there)[1]) for t, there in at)
            yield Unproved(
                claim.says, claim.induction, within, tuple(t for t, w in worst if w.solved and w.least < -VIOLATED)
            )


def _proved(case: Case, claim: Part, depth: int = DEPTH, unused: frozenset[int] = frozenset()) -> list[Weights] | None:
    """Weights of one claim, found at samples and checked as functions; on parts of the interval where one set of conditions is not enough. Of some conditions no use is
    made."""
    if claim.strict:
        return None
    by_itself = checked(case, claim, {}) if case.functions else None
    if by_itself is not None:
        return [by_itself]
    if case.region is not None:
        weights_of = _of_second_alone(case, claim) or proposed(case, claim)
        both = (checked(case, claim, weights) for weights in weights_of)
        return next(([proof] for proof in both if proof is not None), None)
    samples = list(samples_within(case.ends, SAMPLES)) if case.parameter else [Fraction(1, 2)]
    if case.parameter and len(case.problem.conditions) > MOST_CONDITIONS:
        return None
    sampled = [(t, there) for t in samples if (there := _at(case, claim, {"t": t})) is not None]
    if not sampled:
        return None
    problem, at = sampled[len(sampled) // 2][1]
    usable = [k for k in range(len(problem.conditions)) if k not in unused]
    found = of_conditions(problem, at, usable) if unused else multipliers(problem, at)[0]
    many = len(problem.conditions) > MANY_CONDITIONS
    if found is None or (many and len(found.weights) > FEW):
        return None
    depth = 0 if many else depth
    support = sorted(fewest(problem, at, found).weights)
    turned = _opposites(problem)
    wider = sorted({*support, *(turned[k] for k in support if k in turned)})
    functions: dict[int, Ratio] = {}
    # Where many weights would do, none goes through the samples: those that leave nothing of the constant may.
    for way in (of_conditions, spending_all):
        points = [(t, m.weights) for t, there in sampled if (m := way(*there, wider)) is not None]
        through = _functions(points, support, turned, bool(case.parameter))
        functions = functions or through
        free = [k for k in support if k not in through]
        for tied in _tied(through, free, [w for _, w in points]) if points else ():
            proof = checked(case, claim, dict(_upright(tied, turned, case)))
            if proof is not None:
                return [proof]
        if not free or not case.parameter or () not in claim.form.terms:
            break
    with_poles = {k for k, w in functions.items() if is_of_one_t(problem.conditions[k]) and has_pole(w, case)}
    without = _without_poles(case, claim, {k: functions[k] for k in with_poles}, unused)
    if without is not None:
        return without
    if not depth or not case.parameter:
        return None
    loose = _loosely(case, claim, sampled) if depth == DEPTH else None
    if loose is not None:
        return [loose]
    lo, hi = case.ends
    middle = next(_turns(functions, turned, case.ends), between(case.ends))
    first = _proved(case.within((lo, middle)), claim, depth - 1)
    second = None if first is None else _proved(case.within((middle, hi)), claim, depth - 1)
    return None if first is None or second is None else _joined(first, second)


def _functions(
    points: Sequence[tuple[Fraction, Mapping[int, Any]]],
    support: Sequence[int],
    turned: Mapping[int, int],
    varies: bool,
) -> dict[int, Ratio]:
    """The weights that go through the values found at samples, as functions of the parameter: of an equation those of its two inequalities as one."""
    found = {
        k: _through([(t, w.get(k, mpq(0)) - w.get(turned.get(k, -1), mpq(0))) for t, w in points], varies)
        for k in support
    }
    return {k: w for k, w in found.items() if w is not None}


def _of_second_alone(case: Case, claim: Part) -> list[Mapping[int, Any]]:
    """Weights of a claim that the first parameter has no part in, such as the step of an induction with a rate: those of a problem with one parameter, m as t."""
    conditions = case.problem.conditions
    named = {k: c for k, c in enumerate(conditions) if not any(_has_first(a) for a in c.form.terms.values())}
    if any(map(_has_first, claim.form.terms.values())):
        return []

    def turned(part: Part) -> Part:
        return replace(
            part, form=Form({k: c.exchanged() if isinstance(c, Ratio) else c for k, c in part.form.terms.items()})
        )

    nothing = Form({})
    problem = replace(
        case.problem,
        conditions=tuple(turned(c) if k in named else replace(c, form=nothing) for k, c in enumerate(conditions)),
    )
    alone = replace(case, problem=problem, region=None, ends=(Fraction(0), Fraction(1)), closed=(False, True))
    unused = frozenset(range(len(conditions))) - named.keys()
    found = _proved(alone, turned(claim), unused=unused)
    if found is None or len(found) != 1:
        return []
    return [{k: w.exchanged() if isinstance(w, Ratio) else w for k, w in found[0].weights.items()}]


def _has_first(c: Any) -> bool:
    return isinstance(c, Ratio) and c.involves("t")


def _without_poles(
    case: Case, claim: Part, weights: Mapping[int, Ratio], unused: frozenset[int]
) -> list[Weights] | None:
    """Weights without the poles that some of them have, where they may have none: of each such condition as much as at an end of the interval, or nothing."""
    if not weights:
        return None
    others = unused | weights.keys()
    ends = [
        e for e in case.ends if e is not None and not any(has_root(polynomial(w.q), (e, e)) for w in weights.values())
    ]
    for held in ({k: mpq(w.at({"t": end})) for k, w in weights.items()} for end in ends):
        rest = combination(
            (1, claim.form.terms), *((-w, case.problem.conditions[k].form.terms) for k, w in held.items())
        )
        for proof in _proved(case, replace(claim, form=rest), 0, others) or ():
            whole = checked(case, claim, {**proof.weights, **held})
            if whole is not None:
                return [whole]
    return _proved(case, claim, 0, others)


def _loosely(case: Case, claim: Part, sampled: Sequence[tuple[Fraction, tuple[Problem, Part]]]) -> Weights | None:
    """Polynomials as weights, where the claim is not tight and many weights would do."""
    lo, hi = case.ends
    if lo is None or hi is None or lo == hi:
        return None
    found = [multipliers(*there)[0] for _, there in sampled[::4]]
    support = sorted({k for m in found if m is not None for k in m.weights})
    at = [((t - lo) / (hi - lo), *there) for t, there in sampled]
    ends = [_at(case, claim, {"t": end}) for end in (lo, hi)]
    for weights in slack_weights(case, claim, support, at, ends):
        proof = checked(case, claim, weights)
        if proof is not None:
            return proof
    return None


def _tied(
    weights: Mapping[int, Any], free: Sequence[int], found: Sequence[Mapping[int, Any]]
) -> Iterator[dict[int, Any]]:
    """The weights as functions, those that no function was found for, since many values would do, as multiples of another one or as numbers: as they were at samples."""
    if not free:
        yield dict(weights)
    if len(free) != 1:
        return
    (k,) = free
    one = Ratio.of(mpq(1), parameters()[0])
    tried: set[tuple[int, Any]] = set()
    for w in found[:: max(1, len(found) // TIES)]:
        for j, size in ((-1, mpq(1)), *((j, w.get(j, mpq(0))) for j in weights)):
            share = w.get(k, mpq(0)) / size if size else None
            if share and (j, share) not in tried:
                tried.add((j, share))
                yield {**weights, k: share * (one if j < 0 else weights[j])}


def _opposites(problem: Problem) -> dict[int, int]:
    """The two inequalities of each equation, each with the other one."""
    forms = [c.form for c in problem.conditions]
    pairs = ((k, j) for k in range(len(forms)) for j in range(k) if forms[k].terms and not (forms[k] + forms[j]).terms)
    return {a: b for k, j in pairs for a, b in ((k, j), (j, k))}


def _upright(weights: Mapping[int, Any], turned: Mapping[int, int], case: Case) -> Iterator[tuple[int, Any]]:
    """The weights, with the other inequality of an equation where the weight of the one is negative on the interval."""
    for k, w in weights.items():
        yield (turned[k], -w) if k in turned and is_nonnegative(-w, case) else (k, w)


def _turns(weights: Mapping[int, Any], turned: Mapping[int, int], ends: Ends) -> Iterator[Fraction]:
    """The rational numbers inside the interval at which the weight of an equation changes its sign."""
    for k in weights.keys() & turned.keys():
        if isinstance(weights[k], Ratio):
            yield from rational_roots(polynomial(weights[k].p), ends)


def _joined(first: list[Weights], second: list[Weights]) -> list[Weights]:
    """Both, the pieces that meet as one where they have the same weights."""
    a, b = first[-1], second[0]
    if a.weights.keys() != b.weights.keys() or not all((a.weights[k] - b.weights[k]).is_zero for k in a.weights):
        return first + second
    both = replace(a.case, ends=(a.case.ends[0], b.case.ends[1]), closed=(a.case.closed[0], b.case.closed[1]))
    return [*first[:-1], replace(a, case=both), *second[1:]]


def _at(case: Case, claim: Part, values: Mapping[str, Fraction]) -> tuple[Problem, Part] | None:
    """The problem and the claim there; None where they divide by 0."""
    try:
        return at_both(case, claim, values)
    except ZeroDivisionError:
        return None


def is_excluded(problem: Problem) -> bool:
    """Whether a hypothesis on numbers excludes these."""
    return any(c.form.terms.get((), 0) < 0 for c in problem.conditions if set(c.form.terms) <= {()})


def _through(points: Sequence[tuple[Fraction, Any]], varies: bool) -> Ratio | None:
    """The rational function of least degree through all of the points; None where fewer points than all determine none."""
    t = parameters()[0]
    if not varies:
        return Ratio.of(points[0][1], t) if points else None
    for total in range(len(points) - SPARE):
        for q in range(total + 1):
            p = total - q
            # a_0 + ... + a_p t^p = y (1 + b_1 t + ... + b_q t^q): the constant term of the denominator may be 0.
            for fixed in range(q + 1):
                others = [j for j in range(q + 1) if j != fixed]
                rows = [[mpq(x) ** i for i in range(p + 1)] + [-y * mpq(x) ** j for j in others] for x, y in points]
                found = solutions(rows, [y * mpq(x) ** fixed for x, y in points], p + 1 + q)
                if found is not None:
                    one = found[0]
                    top = sum((one[i] * t**i for i in range(p + 1)), 0 * t)
                    bottom = t**fixed + sum((c * t**j for j, c in zip(others, one[p + 1 :], strict=True)), 0 * t)
                    return None if bottom.is_zero else top / bottom
    return None
