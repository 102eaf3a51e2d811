"""Checking many theorems, on all cores, each in a process of its own, with every result kept as it arises."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from refute.errors import BadInput
from refute.running.outline import Task, sentence
from refute.running.remembered import remember
from refute.running.workers import Late, Workers, nobody
from refute.safety.failure import no_exit, told
from refute.safety.files import file_of
from refute.safety.nested import long_numbers
from refute.search.budget import Budget
from refute.sources.code import code_of, still
from refute.sources.files import theorem_files
from refute.verdicts.ledger import others, save
from refute.verdicts.record import Record, certificates

if TYPE_CHECKING:  # what is known need not wait for what a search needs
    from refute.statements.theorem import Theorem

# What a statement gets beyond its time before its process is killed.
GRACE = 20.0


def known_theorems(paths: Sequence[Path]) -> list[tuple[Path, Theorem]]:
    """Every theorem of the files and folders, with its file; raises BadInput for a file that cannot be loaded and for two
    theorems of one id."""
    found, broken = loaded(paths)
    for _, why in broken:
        raise BadInput(why)
    return found


def loaded(paths: Sequence[Path]) -> tuple[list[tuple[Path, Theorem]], list[tuple[Path, str]]]:
    """Every theorem of the files that can be loaded, with its file; and the other files, with the reason: an id of a file before it is one, too."""
    from refute.sources.discover import theorems_of

    found: list[tuple[Path, Theorem]] = []
    broken: list[tuple[Path, str]] = []
    first: dict[str, Path] = {}
    for file in theorem_files(paths):
        try:
            theorems = theorems_of(file)
            for t in theorems:
                if t.id in first:
                    raise BadInput(f"{file.name} and {first[t.id].name} both have a theorem {t.id}")
        except BadInput as why:
            broken.append((file, str(why)))
            continue
        first |= dict.fromkeys((t.id for t in theorems), file)
        found += [(file, t) for t in theorems]
    return found, broken


def select(found: Sequence[tuple[Path, Theorem]], word: str = "") -> list[Task]:
    """The tasks whose id contains the word."""
    from refute.running.blank import blank_of

    codes = {f: code_of(f) for f, _ in found}
    return [Task(f, t.id, blank_of(t, f, codes[f], Path.cwd())) for f, t in found if word in t.id]


#: The lines that show the counterexample in a file.
Describe = Callable[["Theorem", Path], list[str]]


def run_task(task: Task, budget: Budget, folder: Path, describe: Describe | None = None) -> Record:
    """Check one theorem, in whichever process; where a user's code fails, in whatever way, the verdict is "error"."""
    from refute.sources.discover import alone, theorems_of
    from refute.verdicts.examine import examine

    alone(task.file)
    try:
        with no_exit(), long_numbers():
            theorem = next((t for t in theorems_of(task.file) if t.id == task.id), None)
            if theorem is None:
                raise BadInput(f"{task.file.name}: loaded again, it has no theorem {task.id}")
            record = examine(theorem, budget, folder)
            record.file = task.blank.file
            record.code = task.blank.code if still(task.blank.code, task.file) else ""
            if record.certificate and describe is not None:
                record.shown = describe(theorem, Path(record.certificate))
            return record
    except BadInput as why:
        return replace(task.blank, verdict="error", why=str(why))
    except MemoryError:
        return replace(task.blank, verdict="error", why=f"{task.file.name}: {task.id} ran out of memory")
    except BaseException as why:
        return replace(task.blank, verdict="error", why=f"{task.id}: {told(why)}")


def run(
    tasks: Sequence[Task],
    budget: Budget,
    folder: Path,
    out: Sequence[Path] = (),
    jobs: int | None = None,
    tell: Callable[[Record], None] = lambda record: None,
    ledger: Path | None = None,
    errors: Sequence[Record] = (),
    warn: Callable[[str], None] | None = None,
    describe: Describe | None = None,
    told: Callable[[Task, int, int], None] = nobody,
) -> list[Record]:
    """Check the tasks; each of `out` always holds all records so far, in the order of the tasks, and `errors` before them; so
    does `ledger`, which keeps its older records of other theorems, too. `tell` hears of each record once it is kept. What cannot
    be written is said once, to `warn` (None: raised as BadInput when everything has been checked). `describe` puts a counterexample into lines; `told` hears
    when a task begins (0 of 0 instances), and how far it is."""
    done: dict[str, Record] = {}
    problems: list[str] = []
    blanks = {t.id: t.blank for t in tasks}
    for record in _results(_longest_first(tasks, ledger), budget, folder, jobs or os.cpu_count() or 1, describe, told):
        done[record.id] = record
        remember(record, blanks[record.id], budget, folder)
        so_far = [*errors, *(done[t.id] for t in tasks if t.id in done)]
        for path in out:
            _keep(so_far, path, False, problems)
        if ledger is not None:
            _keep([r for r in so_far if r.status != "-"], ledger, True, problems)
        tell(record)
    if not tasks:
        for path in out:
            _keep(list(errors), path, False, problems)
        if ledger is not None and errors:
            _keep([r for r in errors if r.status != "-"], ledger, True, problems)
    for says in dict.fromkeys(problems):
        if warn is None:
            raise BadInput(says)
        warn(says)
    return [*errors, *(done[t.id] for t in tasks)]


def _longest_first(tasks: Sequence[Task], ledger: Path | None) -> list[Task]:
    """In the order in which all processes are busy to the end: by the processor time that the ledger remembers, unknown ones first."""
    spent = costs(ledger)
    return sorted(tasks, key=lambda t: -spent.get(t.id, float("inf")))


def costs(ledger: Path | None) -> dict[str, float]:
    """The processor time that each theorem took when it was checked last, as far as the ledger knows."""
    older = [] if ledger is None else others(ledger, set())
    return {str(r.get("id")): float(r["cpu"]) for r in older if isinstance(r.get("cpu"), (int, float))}


def _keep(records: Iterable[Record], path: Path, older: bool, problems: list[str]) -> None:
    try:
        save(records, path, older)
    except OSError as why:
        problems.append(
            f"{path}: the records cannot be written ({why.strerror or why}); what is printed is not kept there"
        )


def _left_behind(id_: str, folder: Path, since: float) -> str:
    """What a process that was killed had found before."""
    path = file_of(id_, certificates(folder))
    found = path.is_file() and path.stat().st_mtime >= since
    return f"; before that it wrote a counterexample, {path}" if found else ""


def _results(
    tasks: Sequence[Task],
    budget: Budget,
    folder: Path,
    jobs: int,
    describe: Describe | None,
    told: Callable[[Task, int, int], None],
) -> Iterator[Record]:
    hard = None if budget.seconds is None else 1.25 * budget.seconds + GRACE
    started = time.time()
    with Workers(min(jobs, len(tasks) or 1), hard, told) as pool:
        pending = {pool.submit(run_task, t, budget, folder, describe): t for t in tasks}
        try:
            while pending:
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    task = pending.pop(future)
                    try:
                        record = future.result()
                    except Late as why:
                        says = f"time: {sentence(why, '', hard)}"
                        record = replace(task.blank, why=says + _left_behind(task.id, folder, started))
                    except Exception as why:
                        says = sentence(why, f"{task.file.name}: {task.id}: ", hard)
                        record = replace(task.blank, verdict="error", why=says)
                    yield record
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
