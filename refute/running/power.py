"""How weak a falsehood the search still finds.

For each keyword-only constant that a mutant attacks, the constant is moved in the mutant's direction by a
relative 10^-1, 10^-2, ..., 10^-9, and each statement so weakened is searched from scratch until
one survives. A constant whose smallest step is found has no slack that the search could miss.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from refute.running.outline import Task
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.sources.discover import theorems_of
from refute.statements.theorem import Mutant, Theorem
from refute.verdicts.examine import blank, seed_of

STEPS = 9


@dataclass(frozen=True)
class Weakening:
    """The smallest step found for one constant: 10^-digits (0: not even 10^-1), and the time it took."""

    id: str
    constant: str
    digits: int
    seconds: float
    survives: str


@dataclass(frozen=True)
class Kill:
    """One mutant: how long the search needed, or None where it survived the budget."""

    id: str
    mutant: str
    seconds: float | None


def weakened(theorem: Theorem, mutant: Mutant, name: str, digits: int) -> Mutant:
    """The mutant whose constant `name` is moved by a relative 10^-digits in the direction of `mutant`."""
    before, after = theorem.constants[name], mutant.constants[name]
    direction = 1 if after > before else -1
    moved = before + direction * abs(before) * Fraction(1, 10**digits)
    return replace(mutant, says=f"{name} moved by 10^-{digits}", constants={name: moved})


def attacked(theorem: Theorem) -> Iterator[tuple[str, Mutant]]:
    """Each rational constant with a mutant that moves it and nothing else."""
    seen = set()
    for mutant in theorem.mutants:
        alone = list(mutant.constants) if not mutant.domains and not mutant.drops else []
        if len(alone) == 1 and isinstance(theorem.constants[alone[0]], Fraction) and alone[0] not in seen:
            seen.add(alone[0])
            yield alone[0], mutant


def measure(task: Task, budget: Budget) -> list[Weakening | Kill]:
    """Every weakening and every mutant of one theorem, in whichever process; `budget` is for each search."""
    theorem = next(t for t in theorems_of(task.file) if t.id == task.id)
    own = replace(budget, seed=budget.seed or seed_of(theorem))
    results: list[Weakening | Kill] = []
    for name, mutant in attacked(theorem):
        found, spent, survivor = 0, 0.0, ""
        for digits in range(1, STEPS + 1):
            step = weakened(theorem, mutant, name, digits)
            tally = search(theorem.mutated(step), own)
            if tally.counterexample is None:
                survivor = step.says
                break
            found, spent = digits, tally.seconds
        results.append(Weakening(theorem.id, name, found, spent, survivor))
    for mutant in theorem.mutants:
        tally = search(theorem.mutated(mutant), own)
        killed = tally.counterexample is not None
        results.append(Kill(theorem.id, mutant.says, tally.seconds if killed else None))
    return results


def tasks_of(found: list[tuple[Path, Theorem]], word: str) -> list[Task]:
    """The theorems with mutants whose id contains the word."""
    return [Task(f, t.id, blank(t)) for f, t in found if t.mutants and word in t.id]
