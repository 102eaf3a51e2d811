"""Mutants: false variants of a statement, each of which has to be refuted at its stored instance and by a search that does not know it."""

from __future__ import annotations

from dataclasses import replace

from refute.duality.decide import SETTINGS, at_settings
from refute.errors import BadInput
from refute.search.budget import PROFILES, Budget, left
from refute.search.sampling import examples, search
from refute.search.shrink import presentable
from refute.search.tally import Tally
from refute.statements.statement import Instance, Statement
from refute.statements.theorem import Mutant, Theorem
from refute.verdicts.adopted import python_of
from refute.verdicts.record import Record
from refute.verdicts.stored import not_refuted

# The instances, and the candidates beside each, of the default profile.
INSTANCES, CANDIDATES = PROFILES["default"]


def to_find(budget: Budget) -> Budget:
    """The budget of a search that has something to find, and ends there: a quick one has as much as any other."""
    return replace(budget, examples=max(budget.examples, INSTANCES), batch=max(budget.batch, CANDIDATES))


def mutant_problems(theorem: Theorem, mutant: Mutant, budget: Budget, linear: bool = False) -> tuple[str, str, bool]:
    """Why a mutant survives at its stored instance, and in the search; two empty strings if killed. And whether that is the clock's word. Of a statement that
    duality decided (`linear`) its mutants are, too, and searched for where they are not."""
    mutated = theorem.mutated(mutant)

    def worst_case() -> Instance | None:
        every = at_settings(mutated, lambda: examples(mutated, budget.seed, SETTINGS))
        return None if every is None else every.counterexample

    worst = worst_case() if linear else None
    tally = search(mutated, budget) if worst is None else Tally(counterexample=worst)
    stored = not_refuted(mutated, mutant.killed_at)
    if not mutant.killed_at and theorem.variables:
        stored = f"it has no killed_at=, an instance at which it is false{_to_store(mutated, tally)}"
    late = "time: no counterexample yet, and a longer --timeout tries more; it " if tally.out_of_time else ""
    missed = "" if tally.counterexample is not None else f"{late}survived {tally.decided} instances"
    if missed and not linear:
        # Where the worst case is a semidefinite program, no search has to meet it.
        missed = "" if worst_case() is not None else missed
    return stored, missed, tally.by_clock


def _to_store(mutated: Statement, tally: Tally) -> str:
    """What the search found, made simple, as it would be written into the theorem file; empty where it found nothing."""
    if tally.counterexample is None:
        return ""
    try:
        simple = presentable(mutated, tally)
    except BadInput:
        simple = tally.counterexample
    return f": write killed_at={python_of(dict(simple), set())}"


def attacked(theorem: Theorem, budget: Budget, record: Record, started: float) -> list[str]:
    """Try all mutants of a theorem and count them in its record; what is wrong with those that survive."""
    problems = []
    for mutant in theorem.mutants:
        own = to_find(left(budget, started))
        stored, missed, by_clock = mutant_problems(theorem, mutant, own, bool(record.proof_file))
        record.by_clock = record.by_clock or (by_clock and bool(missed))
        if stored or missed:
            record.mutants["survivors"].append(mutant.says)
            problems.append(f"mutant {mutant.says!r}: {stored or missed}")
        else:
            record.mutants["killed"] += 1
        record.mutants["total"] += 1
    return problems
