"""The hunt: a long search over all statements that are not known to be false.

Every statement gets the same share of time. A turn is one search with a fresh, recorded seed; its
result is appended to the journal of its worker before the next turn begins, and a counterexample is
written as a certificate before that. A kill at any moment loses the turn that it interrupts.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.running.check import GRACE
from refute.running.journal import append, read
from refute.running.outline import Task
from refute.running.workers import Died, Late, Workers
from refute.safety.failure import no_exit, told
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.search.shrink import presentable
from refute.sources.code import still
from refute.sources.discover import theorems_of
from refute.statements.data import encode
from refute.statements.opinions import contradiction, second_opinion
from refute.verdicts.certificate import write
from refute.verdicts.record import certificates

# A turn is twice as long as the last one of its statement, up to so many times the first one.
LONGEST = 8

# What a turn takes over from the tally of its search.
NUMBERS = ("decided", "undecided", "screened", "seconds", "tightness")


@dataclass(frozen=True)
class Turn:
    """One search of a hunt: the statement, the seed, and how long it may take."""

    task: Task
    seed: int
    seconds: float
    batch: int


@dataclass
class Quarry:
    """What a hunt knows of one statement so far."""

    id: str
    turns: int = 0
    decided: int = 0
    undecided: int = 0
    screened: int = 0
    seconds: float = 0.0
    tightness: float | None = None
    certificate: str = ""
    problem: str = ""

    def add(self, result: dict[str, Any]) -> None:
        """Take in the result of a turn."""
        self.turns += 1
        self.decided += result["decided"]
        self.undecided += result["undecided"]
        self.screened += result["screened"]
        self.seconds += result["seconds"]
        if result["tightness"] is not None:
            self.tightness = max(result["tightness"], self.tightness or result["tightness"])
        self.certificate = self.certificate or result["certificate"]
        self.problem = self.problem or result["problem"]


@dataclass
class Hunt:
    """The state of a hunt: its folder, its statements, its deadline."""

    folder: Path
    tasks: Sequence[Task]
    quarries: dict[str, Quarry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.quarries = {t.id: Quarry(t.id) for t in self.tasks}

    def resume(self) -> int:
        """Take in what earlier runs have left in the journals; returns the number of turns.

        Turns of a statement whose code has changed since, its own or what it imports, are passed over.
        """
        marks = {t.id: mark_of(t) for t in self.tasks}
        taken = 0
        # A cluster may run a turn twice, when it loses the worker that had just ended it.
        seen: set[tuple[str, int]] = set()
        for path in sorted(journals(self.folder).glob("*.jsonl")):
            for result in read(path):
                turn = (result.get("id", ""), result.get("seed", 0))
                if result.get("fingerprint") == marks.get(turn[0]) and turn not in seen:
                    seen.add(turn)
                    self.quarries[result["id"]].add(result)
                    taken += 1
        return taken

    def neediest(self, busy: Iterable[Task] = ()) -> Task | None:
        """The statement, none of the busy ones, that has had the least time and is not refuted."""
        under_way = {t.id for t in busy}
        standing = [
            t
            for t in self.tasks
            if t.id not in under_way and not self.quarries[t.id].certificate and not self.quarries[t.id].problem
        ]
        return min(standing, key=lambda t: self.quarries[t.id].seconds, default=None)


def mark_of(task: Task) -> str:
    """What a turn's result depends on: the statement and all code behind it."""
    return f"{task.blank.fingerprints.get('statement', '')} {task.blank.code}"


def journals(folder: Path) -> Path:
    """Where the journals of a hunt are."""
    return folder / ".refute" / "hunt"


# Arb's precision is global to a process: a cluster's worker with several threads takes one turn at a time.
_ONE_AT_A_TIME = threading.Lock()


def take_turn(turn: Turn, folder: Path) -> dict[str, Any]:
    """Search once, in whichever process; the result is in the worker's journal when this returns."""
    with _ONE_AT_A_TIME:
        return _take_turn(turn, folder)


def _take_turn(turn: Turn, folder: Path) -> dict[str, Any]:
    result = nothing(turn, "")
    try:
        with no_exit():
            _search(turn, folder, result)
    except BadInput as why:
        result["problem"] = str(why)
    except BaseException as why:
        result["problem"] = f"{turn.task.id}: {told(why)}"
    _keep(folder, result)
    return result


def _keep(folder: Path, result: dict[str, Any]) -> None:
    """Append a result to the journal; where that fails it is not lost, but told."""
    try:
        append(_journal(folder), result)
    except OSError as why:
        says = f"its results cannot be written to {journals(folder)} ({why.strerror or why})"
        result["problem"] = f"{result['problem']}; {says}" if result["problem"] else says


def _search(turn: Turn, folder: Path, result: dict[str, Any]) -> None:
    theorem = next(t for t in theorems_of(turn.task.file) if t.id == turn.task.id)
    if not still(turn.task.blank.code, turn.task.file):
        result["fingerprint"] = ""  # it was edited since the hunt began: no later hunt takes this for its own
    tally = search(theorem.itself, Budget(10**6, turn.batch, turn.seconds, turn.seed))
    result.update({k: v for k, v in vars(tally).items() if k in NUMBERS})
    result["problem"] = tally.disagreement
    if tally.counterexample is None:
        return
    checked = theorem.itself.check(tally.counterexample)
    result["problem"] = contradiction(checked, second_opinion(theorem.itself, tally.counterexample, checked))
    if result["problem"]:
        return
    # As it was found first: what follows only makes it simpler.
    try:
        result["certificate"] = str(write(theorem, tally.counterexample, certificates(folder)))
        write(theorem, presentable(theorem.itself, tally), certificates(folder))
    except BadInput:
        return  # a user's code that offers simpler elements: the counterexample is as it was found
    except OSError as why:
        found = json.dumps(encode(dict(tally.counterexample)))
        result["problem"] = f"refuted at {found}; its certificate cannot be written ({why.strerror or why})"


def nothing(turn: Turn, problem: str) -> dict[str, Any]:
    """The result of a turn that found nothing, with what went wrong."""
    return {
        "id": turn.task.id,
        "fingerprint": mark_of(turn.task),
        "seed": turn.seed,
        "certificate": "",
        "problem": problem,
        "decided": 0,
        "undecided": 0,
        "screened": 0,
        "seconds": 0.0,
        "tightness": None,
    }


def _journal(folder: Path) -> Path:
    return journals(folder) / f"worker-{socket.gethostname()}-{os.getpid()}.jsonl"


def run(
    hunt: Hunt,
    seconds: float,
    *,
    jobs: int,
    pool: Executor | None = None,
    batch: int = 512,
    turn_seconds: float = 5.0,
    tell: Callable[[Iterable[Quarry]], None] = lambda quarries: None,
) -> None:
    """Hunt for so many seconds on `jobs` processes, or on `jobs` workers of a pool that is given; `tell`
    hears of the state after every turn."""
    until = time.monotonic() + seconds
    running: dict[Future[dict[str, Any]], Turn] = {}
    longest = 1.25 * LONGEST * turn_seconds + GRACE
    with nullcontext(pool) if pool is not None else Workers(jobs, longest) as own:
        try:
            while True:
                left = until - time.monotonic()
                while left > 0 and len(running) < jobs:
                    task = hunt.neediest([t.task for t in running.values()])
                    if task is None:
                        break
                    # Longer and longer: what climbing has learned is lost with its turn.
                    longer = min(2 ** hunt.quarries[task.id].turns, LONGEST)
                    turn = Turn(task, secrets.randbits(63), min(turn_seconds * longer, left), batch)
                    running[own.submit(take_turn, turn, hunt.folder)] = turn
                if not running:
                    return
                finished, _ = wait(running, timeout=max(left, 0) + 60, return_when=FIRST_COMPLETED)
                for f in finished:
                    turn = running.pop(f)
                    hunt.quarries[turn.task.id].add(_result(f, turn, hunt.folder))
                tell(hunt.quarries.values())
        finally:
            if pool is None:
                own.shutdown(wait=False, cancel_futures=True)


def _result(f: Future[dict[str, Any]], turn: Turn, folder: Path) -> dict[str, Any]:
    """What a turn answered; where its process ended or was killed, that is its problem, in the run's own journal."""
    try:
        return f.result()
    except (Died, Late, MemoryError) as why:
        says = (
            str(why)
            if isinstance(why, Died)
            else "it ran out of memory"
            if isinstance(why, MemoryError)
            else "it did not end"
        )
        result = nothing(turn, f"{turn.task.file.name}: {turn.task.id}: {says}")
        _keep(folder, result)
        return result
