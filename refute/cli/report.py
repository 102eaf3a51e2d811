"""The commands report and demo: pages from ledgers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from refute.cli.common import THEOREMS, one_sentence, say
from refute.errors import BadInput

if TYPE_CHECKING:
    from refute.report.entries import Report

HERE = Path(".refute")
F = TypeVar("F", bound=Callable[..., Any])


def _path(*names: str, help: str, default: Path | None = None, folder: bool = False) -> Callable[[F], F]:
    return click.option(
        *names,
        type=click.Path(path_type=Path, dir_okay=folder, file_okay=not folder),
        metavar="FOLDER" if folder else "FILE",
        default=default,
        show_default=default is not None,
        help=help,
    )


@click.command()
@click.argument("ledger", default=HERE / "ledger.json", type=click.Path(path_type=Path))
@_path("--out", default=HERE / "report.html", help="The page.")
@_path("--markdown", default=HERE / "report.md", help="The same as Markdown.")
@_path("--junit", help="Also JUnit XML.")
@_path("--sarif", help="Also SARIF, for code scanning: what is not as expected, at the lines of claim and text.")
@_path("--errata", folder=True, help="Also errata.tex and errata.bib.")
@_path(
    "--pictures",
    folder=True,
    default=HERE / "pictures",
    help="Pictures of python -m docs.pictures, shown where they are there.",
)
@_path(
    "--experiments",
    folder=True,
    default=HERE / "experiments",
    help="Figures of python -m experiments, shown where they are there.",
)
@_path("--against", help="An older ledger: the page says what changed.")
@click.option("--github", is_flag=True, help="Append to $GITHUB_STEP_SUMMARY and annotate, worst first, 10 at most.")
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
@THEOREMS
@one_sentence
def report(
    ledger: Path,
    out: Path,
    markdown: Path,
    junit: Path | None,
    sarif: Path | None,
    errata: Path | None,
    pictures: Path,
    experiments: Path,
    against: Path | None,
    github: bool,
    show: bool,
    quiet: bool,
    folders: tuple[Path, ...],
) -> None:
    """Write the ledger of refute check as a page that stands beside the paper.

    LEDGER is what refute check wrote (default: .refute/ledger.json). The page is one file without any request; every
    counterexample is re-checked for it.
    """
    _page_can_be_made()
    from refute.report import ci, latex
    from refute.report.card import portrait_of
    from refute.report.html import page, pictures_in
    from refute.report.markdown import summary
    from refute.sources.changed import commit_of
    from refute.verdicts.diff import changes, load

    if not ledger.is_file():
        raise BadInput(f"{ledger}: no such ledger; run refute check first")
    content = gathered(ledger, folders)
    known = latex.references(_bibliography())
    changed = None if against is None else list(changes(load(against), load(ledger)))
    text = page(
        content,
        title="refute: ledger",
        references=known,
        portraits=portrait_of,
        pictures=pictures_in(pictures),
        experiments=pictures_in(experiments),
        changes=changed,
        changes_since=str(against or ""),
        commit=commit_of(Path.cwd()),
        folder=out.resolve().parent,
    )
    _write(out, text)
    words = summary(content, changed)
    _write(markdown, words)
    if junit is not None:
        _write(junit, ci.junit(content))
    if sarif is not None:
        _write(sarif, ci.sarif(content, Path.cwd()))
    if errata is not None:
        _write(errata / "errata.tex", latex.errata(content, known))
        _write(errata / "errata.bib", latex.bibliography(content, known))
    if github:
        _github(words, ci.workflow_commands(content, Path.cwd()))
    if not quiet:
        say(f"{len(content.entries)} statements, {len(content.errata)} errata: {out} ({len(text) / 1e6:.1f} MB)")
        if content.missing:
            say(f"{len(content.missing)} known statements are not in this ledger, or have changed since")
    if show:
        click.launch(out.resolve().as_uri())
    for _, why in content.broken:
        say(f"refute: {why}")
    if content.broken:
        sys.exit(1)


def _page_can_be_made() -> None:
    """Raises BadInput where the extra is missing."""
    from importlib.util import find_spec

    missing = [name for name in ("jinja2", "latex2mathml") if find_spec(name) is None]
    if missing:
        raise BadInput(f"the page needs {' and '.join(missing)}: pip install 'refute[report]'")


def gathered(ledger: Path, folders: tuple[Path, ...]) -> Report:
    """The report of a ledger on the theorems of these folders, and on the bundled ones where it is about them; a file that is broken is named in it."""
    from datetime import UTC, datetime

    from refute.report.entries import gather
    from refute.running.check import loaded
    from refute.sources.discover import not_tried_in
    from refute.sources.files import theorem_folders
    from refute.verdicts.diff import load

    records = load(ledger)
    where = [p for p in theorem_folders(folders) if _is_of(p, ledger, records) or p in {f.resolve() for f in folders}]
    date = datetime.fromtimestamp(ledger.stat().st_mtime, UTC).strftime("%Y-%m-%d")
    found, broken = loaded(where)
    others = [n for f in dict.fromkeys(f for f, _ in found) for n in not_tried_in(f)]
    return gather(records, [t for _, t in found], others, ledger.parent, date, broken)


def _is_of(place: Path, ledger: Path, records: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a ledger is about theorems of this folder or file: who checks claims of one's own is not told of the bundled ones."""
    home = ledger.resolve().parent.parent
    return any(not r.get("file") or (home / str(r["file"])).resolve().is_relative_to(place) for r in records.values())


def _bibliography() -> Path:
    from refute.sources.files import bundled

    own = Path("references.bib")
    beside = bundled().parent / "references.bib"  # in a checkout; an installed refute has it among the theorems
    return own if own.is_file() else beside if beside.is_file() else bundled() / "references.bib"


def _write(path: Path, text: str) -> None:
    from refute.safety.files import write_text
    from refute.safety.plain import plain

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, plain(text))
    except OSError as why:
        raise BadInput(f"{path}: cannot be written ({why.strerror})") from None


def _github(words: str, commands: Iterable[str]) -> None:
    import os

    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        with Path(place).open("a", encoding="utf-8") as f:
            f.write(words)
    for line in commands:
        say(line)


@click.command()
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@one_sentence
def demo(show: bool) -> None:
    """One statement that holds, one refuted, one vacuous, one undecided, and their page."""
    from refute.cli import demo_theorems
    from refute.cli.show import console, line, table
    from refute.cli.terminal import counterexample_lines
    from refute.report.card import portrait_of
    from refute.report.entries import gather
    from refute.running.check import run, select
    from refute.search.budget import Budget
    from refute.sources.discover import theorems_of
    from refute.verdicts.diff import load

    file, folder = Path(str(demo_theorems.__file__)), HERE / "demo"
    theorems = theorems_of(file)
    say(f"The statements are in {file}.")
    place = folder / ".refute" / "ledger.json"
    tasks = select([(file, t) for t in theorems])
    records = run(tasks, Budget(200), folder, [place], 1, lambda r: say(line(r)), describe=counterexample_lines)
    say()
    console().print(table(records))
    for r in (r for r in records if r.shown):
        say()
        say(f"The counterexample to {r.id}:")
        for shown in r.shown:
            say(f"    {shown}")
    say()
    say("The last one stays undecided, and so it is marked: what is not decided is never green.")
    try:
        _page_can_be_made()
    except BadInput as why:
        say(str(why))
        return
    from refute.report.html import page

    content = gather(load(place), theorems, [], place.parent, records[0].date)
    out = folder / "report.html"
    _write(out, page(content, title="refute: demo", references={}, portraits=portrait_of))
    say(f"The page: {out.resolve()}")
    if show:
        click.launch(out.resolve().as_uri())
