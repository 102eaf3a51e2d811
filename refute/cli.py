"""The command line: refute check, hunt, power, verify, show, list, accept, diff."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from refute import __version__
from refute.errors import BadInput

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
THEOREMS = click.option(
    "--theorems",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folders or files with theorems, besides the bundled ones.",
)


def one_sentence(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn BadInput into one line on standard error and exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except BadInput as why:
            click.echo(f"refute: {' '.join(str(why).split())}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("refute: interrupted; what was finished is kept in .refute/ledger.json", err=True)
            sys.exit(130)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="refute")
def main() -> None:
    """Executable theorems: hunt for counterexamples, decide them exactly.

    \b
    refute check               check the bundled theorems
    refute check FOLDER        check your own
    refute hunt --for 10m      search for long
    refute power               how weak a falsehood the search still finds
    refute list                every theorem with its status
    refute show ID             one theorem and its stored counterexample
    refute verify FILE         re-check a counterexample
    """


@main.command()
@PATHS
@click.option("-k", "word", default="", help="Only theorems whose id contains WORD.", metavar="WORD")
@click.option(
    "--examples", default=1000, show_default=True, type=click.IntRange(1, 10**7), help="Instances per statement."
)
@click.option(
    "--batch",
    default=128,
    show_default=True,
    type=click.IntRange(0, 10**6),
    help="Float candidates screened beside each instance.",
)
@click.option("--seed", default=0, type=click.IntRange(0), help="Seed of the search; 0: from the statement.")
@click.option(
    "--json",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the ledger to FILE.",
    metavar="FILE",
)
@click.option("-j", "--jobs", default=None, type=click.IntRange(1, 256), help="Processes (default: the cores).")
@click.option("--changed", metavar="BASE", help="Only what differs from the commit BASE.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the table.")
@one_sentence
def check(
    paths: tuple[Path, ...],
    word: str,
    examples: int,
    batch: int,
    seed: int,
    out: Path | None,
    jobs: int | None,
    changed: str | None,
    quiet: bool,
) -> None:
    """Check theorems (default: the bundled ones) and print the ledger.

    Exit status 0 when every verdict is as its status says, 1 when one is not, 2 for wrong usage.
    Counterexamples go to .refute/certificates, the ledger to .refute/ledger.json.
    """
    from refute import show
    from refute.check import known_theorems, run, select
    from refute.search import Budget

    if out is not None and not out.parent.is_dir():
        raise BadInput(f"--json {out}: the folder {out.parent} does not exist")
    where = _paths(paths)
    tasks = select(_changed(known_theorems(where), changed), word)
    if not tasks:
        if changed is not None:
            click.echo("no theorem is touched by the changes")
            return
        raise BadInput(f"no theorem {'matches ' + repr(word) if word else 'was found'}; try refute list")
    here = Path.cwd()
    outs = [here / ".refute" / "ledger.json", *([out] if out is not None else [])]
    terminal = show.console()
    with _progress(terminal, len(tasks), quiet) as tell:
        records = run(tasks, Budget(examples, batch, None, seed), here, outs, jobs, tell)
    terminal.print(show.table(records))
    _summary(records, terminal)
    sys.exit(0 if all(r.as_expected for r in records) else 1)


@main.command()
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
@one_sentence
def hunt(paths: tuple[Path, ...], length: str, word: str, jobs: int | None, batch: int, resume: bool) -> None:
    """Hunt for counterexamples to all statements that are not known to be false.

    Each gets the same share of time, with fresh seeds. Results are appended to .refute/hunt as they
    arise. Exit status 1 when a statement falls.
    """
    import os

    from refute import show
    from refute.check import known_theorems, select
    from refute.hunt import Hunt, run

    standing = [(f, t) for f, t in known_theorems(_paths(paths)) if t.status in ("true", "open")]
    tasks = select(standing, word)
    if not tasks:
        raise BadInput(f"no statement to hunt {'matches ' + repr(word) if word else 'was found'}; try refute list")
    hunted = Hunt(Path.cwd(), tasks)
    if resume:
        click.echo(f"resumed {hunted.resume()} turns")
    with show.hunting(show.console()) as tell:
        run(hunted, _seconds(length), jobs=jobs or os.cpu_count() or 1, batch=batch, tell=tell)
    show.console().print(show.hunt_table(hunted.quarries.values()))
    fallen = [q for q in hunted.quarries.values() if q.certificate or q.problem]
    for q in fallen:
        click.echo(f"! {q.id}: {q.problem or 'refuted, ' + q.certificate}")
    sys.exit(1 if fallen else 0)


@main.command()
@PATHS
@click.option("--for", "length", default="10s", show_default=True, metavar="TIME", help="The budget of each search.")
@click.option("-k", "word", default="", help="Only theorems whose id contains WORD.", metavar="WORD")
@click.option("-j", "--jobs", default=None, type=click.IntRange(1, 256), help="Processes (default: the cores).")
@one_sentence
def power(paths: tuple[Path, ...], length: str, word: str, jobs: int | None) -> None:
    """How small a weakening of each constant the search still refutes, and which mutants survive.

    Exit status 1 when a mutant survives.
    """
    import os

    from refute import show, workers
    from refute.check import known_theorems
    from refute.power import Kill, measure, tasks_of
    from refute.search import Budget

    tasks = tasks_of(known_theorems(_paths(paths)), word)
    if not tasks:
        raise BadInput(f"no theorem with mutants {'matches ' + repr(word) if word else 'was found'}; try refute list")
    budget = Budget(examples=10**6, batch=512, seconds=_seconds(length))
    survivors = 0
    with workers.pool(min(jobs or os.cpu_count() or 1, len(tasks))) as pool:
        for pending in [pool.submit(measure, t, budget) for t in tasks]:
            for result in pending.result():
                click.echo(show.power_line(result))
                survivors += isinstance(result, Kill) and result.seconds is None
    click.echo(f"{survivors} mutants survive" if survivors else "no mutant survives")
    sys.exit(1 if survivors else 0)


def _seconds(length: str) -> float:
    units = {"s": 1, "m": 60, "h": 3600}
    number, unit = length[:-1], length[-1:]
    if unit not in units or not number.isascii() or not number.isdigit() or int(number) == 0:
        raise BadInput(f"--for {length}: write a length such as 90s, 10m or 2h")
    return float(int(number) * units[unit])


def _paths(paths: Sequence[Path]) -> list[Path]:
    from refute.discover import bundled

    return list(paths) if paths else [bundled()]


def _changed(found: Any, base: str | None) -> Any:
    if base is None:
        return found
    from refute.changed import changed_files, touched

    files = list(dict.fromkeys(f for f, _ in found))
    kept = set(touched(files, changed_files(base, Path.cwd())))
    return [(f, t) for f, t in found if f in kept]


def _progress(terminal: Any, total: int, quiet: bool) -> Any:
    """A context that yields what to call with each record: a bar, or plain lines."""
    from contextlib import contextmanager

    from refute import show

    @contextmanager
    def context() -> Any:
        if quiet:
            yield lambda record: None
        elif not terminal.is_terminal:
            yield lambda record: click.echo(show.line(record))
        else:
            from rich.progress import Progress

            with Progress(console=terminal, transient=True) as bar:
                task = bar.add_task("checking", total=total)

                def tell(record: Any) -> None:
                    bar.update(task, advance=1, description=record.id)
                    if not record.as_expected:
                        bar.console.print(show.line(record), markup=False)

                yield tell

    return context()


def _summary(records: Sequence[Any], terminal: Any) -> None:
    bad = [r for r in records if not r.as_expected]
    for r in bad:
        terminal.print(f"! {r.id}: {r.why or f'{r.verdict}, but its status is {r.status}'}", markup=False)
    certificates = [r for r in records if r.certificate]
    if certificates:
        folder = Path(certificates[0].certificate).parent
        terminal.print(
            f"{len(certificates)} counterexamples in {folder}; re-check one with: refute verify FILE", markup=False
        )
    terminal.print(f"{len(records)} theorems, {len(records) - len(bad)} as expected", markup=False)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@THEOREMS
@one_sentence
def verify(files: tuple[Path, ...], folders: tuple[Path, ...]) -> None:
    """Re-check counterexamples: every hypothesis and the violated conclusion, twice."""
    from refute import certificate

    theorems = [t for _, t in _all_theorems(folders)]
    failed = False
    for path in files:
        try:
            accepted = certificate.verify(path, theorems)
        except BadInput as why:
            click.echo(f"refute: {' '.join(str(why).split())}", err=True)
            failed = True
            continue
        click.echo(f"{path.name}: a counterexample to {accepted.theorem.id}")
        for step in accepted.lines:
            click.echo(f"  {step.says}\n      exactly: {step.exact}\n      mpmath:  {step.mpmath}")
    sys.exit(1 if failed else 0)


def _all_theorems(folders: Sequence[Path]) -> Any:
    from refute.check import known_theorems
    from refute.discover import bundled

    local = [Path("theorems")] if Path("theorems").is_dir() else []
    unique = list(dict.fromkeys(p.resolve() for p in (bundled(), *local, *folders)))
    return known_theorems(unique)


@main.command(name="list")
@PATHS
@one_sentence
def list_(paths: tuple[Path, ...]) -> None:
    """Every theorem with its reading and status."""
    from refute.check import known_theorems

    for _, t in known_theorems(_paths(paths)):
        doc = (t.statement.__doc__ or "").strip().splitlines()
        click.echo(f"{t.id:58s} {t.status:6s} {doc[0] if doc else ''}")


@main.command()
@click.argument("id_")
@THEOREMS
@one_sentence
def show(id_: str, folders: tuple[Path, ...]) -> None:
    """One theorem: statement, status, mutants, and its counterexample decided again."""
    from refute.show import page

    click.echo(page(_theorem(id_, folders)))


def _theorem(id_: str, folders: Sequence[Path]) -> Any:
    found = _all_theorems(folders)
    for _, t in found:
        if t.id == id_:
            return t
    near = [t.id for _, t in found if id_ in t.id]
    hint = f"; did you mean {near[0]}?" if near else "; see refute list"
    raise BadInput(f"no theorem has the id {id_!r}{hint}")


@main.command()
@click.argument("ids", nargs=-1, required=True)
@THEOREMS
@one_sentence
def accept(ids: tuple[str, ...], folders: tuple[Path, ...]) -> None:
    """Accept statements and their linked texts as they are now (refute-accepted.json)."""
    from refute import accepted

    for id_ in ids:
        accepted.accept(_theorem(id_, folders), Path.cwd())
        click.echo(f"accepted {id_}")


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@one_sentence
def diff(old: Path, new: Path) -> None:
    """What changed between two ledgers; exit status 1 when something got worse."""
    from refute.diff import changes, load

    found = list(changes(load(old), load(new)))
    for c in found:
        click.echo(f"{'worse ' if c.worse else '      '}{c.id}: {c.says}")
    if not found:
        click.echo("no change")
    sys.exit(1 if any(c.worse for c in found) else 0)
