"""Checking many theorems, on all cores, with every result kept as it arises."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from pathlib import Path

from refute import workers
from refute.discover import theorem_files, theorems_of
from refute.errors import BadInput
from refute.ledger import Record, blank, examine, others, save
from refute.search import Budget
from refute.theorem import Theorem


@dataclass(frozen=True)
class Task:
    """One theorem to check: its file and its id (what a worker process can be told)."""

    file: Path
    id: str


def known_theorems(paths: Sequence[Path]) -> list[tuple[Path, Theorem]]:
    """Every theorem of the files and folders, with its file; raises BadInput for two of one id."""
    found = [(f, t) for f in theorem_files(paths) for t in theorems_of(f)]
    first: dict[str, Path] = {}
    for f, t in found:
        if t.id in first:
            raise BadInput(f"{f.name} and {first[t.id].name} both have a theorem {t.id}")
        first[t.id] = f
    return found


def select(found: Sequence[tuple[Path, Theorem]], word: str = "") -> list[Task]:
    """The tasks whose id contains the word."""
    return [Task(f, t.id) for f, t in found if word in t.id]


def run_task(task: Task, budget: Budget, folder: Path) -> Record:
    """Check one theorem, in whichever process; one that cannot be checked is undecided, with the reason."""
    theorem = next(t for t in theorems_of(task.file) if t.id == task.id)
    try:
        return examine(theorem, budget, folder)
    except BadInput as why:
        record = blank(theorem)
        record.why = str(why)
        return record


def run(
    tasks: Sequence[Task],
    budget: Budget,
    folder: Path,
    out: Sequence[Path] = (),
    jobs: int | None = None,
    tell: Callable[[Record], None] = lambda record: None,
    ledger: Path | None = None,
) -> list[Record]:
    """Check the tasks; `tell` hears of each record as it comes, and each of `out` always holds all
    records so far, in the order of the tasks. So does `ledger`, which keeps its older records of other theorems, too."""
    done: dict[str, Record] = {}
    older = [] if ledger is None else others(ledger, {t.id for t in tasks})
    for record in _results(tasks, budget, folder, jobs or os.cpu_count() or 1):
        done[record.id] = record
        tell(record)
        so_far = [done[t.id] for t in tasks if t.id in done]
        for path in out:
            save(so_far, path)
        if ledger is not None:
            save(so_far, ledger, older)
    return [done[t.id] for t in tasks]


def _results(tasks: Sequence[Task], budget: Budget, folder: Path, jobs: int) -> Iterator[Record]:
    if jobs == 1 or len(tasks) == 1:
        for task in tasks:
            yield run_task(task, budget, folder)
        return
    with workers.pool(min(jobs, len(tasks) or 1)) as pool:
        pending = {pool.submit(run_task, t, budget, folder) for t in tasks}
        try:
            while pending:
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                for f in finished:
                    yield f.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
