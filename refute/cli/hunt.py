"""The commands that search for long: refute hunt, refute power."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from refute.cli.common import PATHS, one_sentence, say, seconds_of
from refute.errors import BadInput


@click.command()
@PATHS
@click.option("--for", "length", default="10m", show_default=True, metavar="TIME", help="How long: 90s, 10m, 2h.")
@click.option("-k", "word", default="", help="Only theorems whose id contains WORD.", metavar="WORD")
@click.option("-j", "--jobs", default=None, type=click.IntRange(1, 256), help="Processes (default: the cores).")
@click.option(
    "--batch",
    default=512,
    show_default=True,
    type=click.IntRange(0, 10**6),
    help="Float candidates beside each instance.",
)
@click.option("--resume", is_flag=True, help="Go on from the journals in .refute/hunt.")
@click.option("--scheduler", default=None, metavar="ADDRESS", help="Hunt on the dask.distributed cluster at ADDRESS.")
@one_sentence
def hunt(
    paths: tuple[Path, ...], length: str, word: str, jobs: int | None, batch: int, resume: bool, scheduler: str | None
) -> None:
    """Hunt for counterexamples to all statements that are not known to be false.

    Each gets the same share of time, with fresh seeds. Results are appended to .refute/hunt as they
    arise. Exit status 1 when a statement is refuted, when none of its instances is decided, or a file is broken.
    """
    from refute.cli import show
    from refute.running.cluster import executor
    from refute.running.hunt import Hunt, run
    from refute.running.outline import outlined
    from refute.sources.files import paths_or_bundled, theorem_files

    found, broken = outlined(theorem_files(paths_or_bundled(paths)), Path.cwd(), jobs)
    tasks = [t for t in found if t.blank.status in ("true", "open") and word in t.id]
    if not tasks and not broken:
        raise BadInput(f"no statement to hunt {'matches ' + repr(word) if word else 'was found'}; try refute list")
    hunted = Hunt(Path.cwd(), tasks)
    if resume:
        say(f"resumed {hunted.resume()} turns")
    seconds = seconds_of(length, "--for")
    with ExitStack() as stack:
        pool, most = stack.enter_context(executor(scheduler)) if scheduler else (None, os.cpu_count() or 1)
        tell = stack.enter_context(show.hunting(show.console()))
        if tasks:
            run(hunted, seconds, jobs=jobs or most, pool=pool, batch=batch, tell=tell)
    show.console().print(show.hunt_table(hunted.quarries.values()))
    refuted = [q for q in hunted.quarries.values() if q.certificate or q.problem]
    for q in refuted:
        say(f"! {q.id}: {q.problem or 'refuted, ' + q.certificate}")
    open_ = [q for q in hunted.quarries.values() if q not in refuted and q.turns and not q.decided]
    for q in open_:
        say(f"! {q.id}: no instance was decided")
    idle = [q for q in hunted.quarries.values() if q not in refuted and not q.turns]
    for q in idle:
        say(f"! {q.id}: no turn was finished; a longer --for tries it")
    for record in broken:
        say(f"! {record.why}")
    sys.exit(1 if refuted or open_ or idle or broken else 0)


@click.command()
@PATHS
@click.option("--for", "length", default="10s", show_default=True, metavar="TIME", help="The budget of each search.")
@click.option("-k", "word", default="", help="Only theorems whose id contains WORD.", metavar="WORD")
@click.option("-j", "--jobs", default=None, type=click.IntRange(1, 256), help="Processes (default: the cores).")
@one_sentence
def power(paths: tuple[Path, ...], length: str, word: str, jobs: int | None) -> None:
    """How small a weakening of each constant the search still refutes, and which mutants survive.

    Exit status 1 when a mutant survives.
    """
    from refute.cli import show
    from refute.running.check import known_theorems
    from refute.running.power import Kill, measure, tasks_of
    from refute.running.workers import Workers
    from refute.search.budget import Budget
    from refute.sources.files import paths_or_bundled

    tasks = tasks_of(known_theorems(paths_or_bundled(paths)), word)
    if not tasks:
        raise BadInput(
            f"no theorem with mutants {'matches ' + repr(word) if word else 'was found'}: a Theorem has mutants=(Mutant(says, constants, killed_at), ...), false neighbours "
            "of the statement that its search has to refute"
        )
    budget = Budget(examples=10**6, batch=512, seconds=seconds_of(length, "--for"))
    survivors = 0
    with Workers(min(jobs or os.cpu_count() or 1, len(tasks))) as pool:
        for pending in [pool.submit(measure, t, budget) for t in tasks]:
            for result in pending.result():
                say(show.power_line(result))
                survivors += isinstance(result, Kill) and result.seconds is None
    say(f"{survivors} mutants survive" if survivors else "no mutant survives")
    sys.exit(1 if survivors else 0)
