"""Both ways at once: a statement that is linear in inner products and values is proved for all functions, points and dimensions, or refuted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from refute.duality.everywhere import is_excluded, prove_everywhere
from refute.duality.multipliers import VIOLATED, multipliers
from refute.duality.parameters.settings import Setting, settings_inside, settings_of
from refute.duality.problem import Part, Problem, posed
from refute.duality.solver.floats import Worst, scaled
from refute.duality.solver.floats import worst as worst_case
from refute.duality.weights import Weights
from refute.duality.worst import instances
from refute.errors import BadInput, NotLinear
from refute.numbers.vector import Vec
from refute.statements.statement import Instance, Statement

# So many settings of the numbers of a statement are decided for all functions, where no proof for all settings is found.
SETTINGS = 12
# Problems with more unknown vectors take seconds each.
LARGEST = 14
# A worst case extends in the directions in which it is larger than this share.
SPREAD = 1e-6
# In units of the problem: what a worst case in floats misses by more is no fault of the floats.
CLEARLY = 1e-4
# And no number of a setting is smaller than the inverse of this one.
SMALLEST = 64
# Where so many worst cases could not be rounded others will not be.
MISSED = 4
# So many instances near a worst case are decided.
TRIED = 1500


@dataclass(frozen=True)
class ForAll:
    """What duality found: a proof for all values of the variables, or a counterexample, or how many of the drawn settings of the numbers were
    decided for all functions, points and dimensions."""

    proof: tuple[Weights, ...] | None = None
    counterexample: Instance | None = None
    settings: int = 0
    decided: int = 0
    #: Settings at which neither was found: the numbers, and the constants of the classes.
    open: tuple[Mapping[str, Any], ...] = ()
    #: What a worst case in floats clearly violates, where it would be one of the classes and no exact one was found.
    violated: str = ""


#: Instances, drawn where they are needed; of each only the numbers and the constants of the classes play a part.
Draws = Callable[[], Sequence[Instance]]


def for_all(statement: Statement, draws: Draws) -> ForAll | None:
    """Decide a statement for all functions; None where it is not linear in inner products and values."""
    inside: list[Setting] = []
    try:
        proof = prove_everywhere(statement)
        if proof:
            return ForAll(tuple(proof))
        inside = list(settings_inside(statement))
    except (NotLinear, ArithmeticError):
        pass
    return at_settings(statement, draws, inside)


def at_settings(statement: Statement, draws: Draws, others: Sequence[Setting] = ()) -> ForAll | None:
    """The same without a proof for all settings: of a statement that is false none will be found, and looking for it takes longest. At `others` it may be refuted, too."""
    decided, tried, unsettled, violated = 0, 0, list[Mapping[str, Any]](), ""
    # The whole numbers of settings that were read, and of those that were not.
    read, unread = set[tuple[int, ...]](), list[tuple[int, ...]]()
    # Simple numbers first: their counterexamples are what a person would print.
    drawn = draws()
    settings = sorted(
        [*settings_of(statement, drawn), *others], key=lambda s: (not s.counted, len(repr((s.numbers, s.constants))))
    )
    # Where elements are kept it is among these alone that counterexamples are members.
    kept = any(s.of_elements for s in settings)
    suffices, missed = True, 0
    for s in settings:
        if not (s.counted or suffices):
            continue
        try:
            posed_at = next(_posed_at(statement, s), None)
        except NotLinear:
            unread += [s.whole] * s.counted
            continue
        if posed_at is None:
            continue
        s, problem = posed_at
        read.add(s.whole)
        if is_excluded(problem):
            continue
        if not problem.claims:
            return None
        suffices = all(getattr(x, "suffices", True) for x in problem.seen.values())
        if len(problem.vectors) > LARGEST:
            continue
        proved = True
        for claim in problem.claims:
            try:
                found, worst = multipliers(problem, claim) if s.counted else (None, worst_case(scaled(problem, claim)))
            except ArithmeticError:  # numbers beyond the floats
                proved = False
                continue
            proved = proved and found is not None
            # Where conditions are only necessary no table is a member.
            if suffices and kept == s.of_elements and found is None and worst.solved and worst.least < -VIOLATED:
                exact = _violation(statement, problem, claim, worst) if missed < MISSED else None
                if exact is not None:
                    return ForAll(None, exact, tried + 1, decided)
                missed += 1
                clearly = worst.least < -CLEARLY and _is_not_small(s)
                if clearly and not problem.wider and _has_room(worst, drawn):
                    violated = violated or _says(s, claim)
        if not s.counted:
            continue
        tried, decided = tried + 1, decided + proved
        if not proved:
            unsettled.append({**s.numbers, **{k: c for those in s.constants.values() for k, c in those.items() if k}})
    # For numbers of steps for which it is not linear there are settings, too, of which nothing is known.
    tried += sum(whole not in read for whole in unread) if tried else 0
    return ForAll(None, None, tried, decided, tuple(unsettled), violated) if tried else None


def _posed_at(statement: Statement, s: Setting) -> Iterator[tuple[Setting, Problem]]:
    """The problem at a setting, or at one close to it whose constants have rational roots, for a statement that takes these; nothing where it has no value. Raises NotLinear where
    it is none."""
    why: NotLinear | None = None
    for near in (s, *(replace(s, constants=constants) for constants in s.squares)):
        try:
            yield near, posed(statement, near.numbers, near.constants)
        except ArithmeticError:
            return
        except NotLinear as says:
            why = says
    if why is not None:
        raise why


def _is_not_small(s: Setting) -> bool:
    """Whether no number of a setting is so small that floats near a worst case cannot be trusted: what is divided by it is far from what satisfies the conditions."""
    found = [*s.numbers.values(), *(c for those in s.constants.values() for c in those.values())]
    numbers: list[int | Fraction] = [c for c in found if isinstance(c, (int, Fraction))]
    # Nor is one so close to a whole number: a class may divide by what lies between.
    return all(not d or Fraction(1, SMALLEST) <= abs(d) for c in numbers for d in (Fraction(c), c - Fraction(round(c))))


def _has_room(worst: Worst, drawn: Sequence[Instance]) -> bool:
    """Whether a worst case is one in a dimension that is drawn: where all instances have one dimension the class may be that of the line, and what holds there need not hold in the plane."""
    values = [v for instance in drawn for v in instance.values()]
    dims = {len(v) if isinstance(v, Vec) else v.dim for v in values if isinstance(v, Vec) or hasattr(v, "dim")}
    sizes = np.linalg.eigvalsh(worst.gram)
    return len(dims) != 1 or int(np.sum(sizes > SPREAD * sizes.max())) <= dims.pop()


def _says(s: Setting, claim: Part) -> str:
    constants = {k: c for those in s.constants.values() for k, c in those.items() if k}
    at = ", ".join(f"{k} = {v}" for k, v in {**s.numbers, **constants}.items())
    return f"a worst case in floats violates it{f' at {at}' if at else ''} ({claim.says}), and no exact counterexample was found near it"


def _violation(statement: Statement, problem: Any, claim: Any, worst: Any) -> Instance | None:
    for n, instance in enumerate(instances(problem, claim, worst)):
        if n == TRIED:
            return None
        try:
            if statement.check(instance).conclusion.truth is False:
                return instance
        except BadInput:
            continue
    return None
