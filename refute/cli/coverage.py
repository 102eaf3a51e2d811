"""The command coverage: which statements of a paper have a record, and what it earned."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click

from refute.cli.common import THEOREMS, one_sentence, say


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@THEOREMS
@click.option("--least", type=click.IntRange(0, 100), default=0, help="Exit with 1 where fewer percent have a record.")
@one_sentence
def coverage(document: Path, folders: tuple[Path, ...], least: int) -> None:
    """The theorem-like statements of a LaTeX document, each with the records that are linked to it (text="paper.tex#lem:descent") and their last verdict.

    \b
    refute coverage main.tex --theorems theorems
    """
    from refute.sources.coverage import statements
    from refute.sources.discover import theorems_of
    from refute.sources.files import linked_file, theorem_files, theorem_folders

    linked: dict[tuple[Path, str], list[str]] = {}
    for file in theorem_files(theorem_folders(folders)):
        for t in theorems_of(file):
            name, _, label = t.text.partition("#")
            if label:
                path = linked_file(name, Path(inspect.getfile(t.statement)).resolve().parent)
                linked.setdefault((path.resolve(), label), []).append(t.id)
    verdicts = _verdicts(Path.cwd() / ".refute" / "ledger.json")
    stated = statements(document)
    have = 0
    for s in stated:
        records = linked.get((s.file.resolve(), s.label), [])
        have += bool(records)
        shown = ", ".join(f"{r} ({verdicts.get(r, 'not checked')})" for r in records)
        name = s.label or "(no label)"
        say(f"{s.file.name}:{s.line:<6d} {s.kind:12s} {name:32s} {shown or '-'}")
    share = 100 * have // len(stated) if stated else 100
    say(f"{have} of {len(stated)} statements have a record ({share} %)")
    sys.exit(1 if share < least else 0)


def _verdicts(ledger: Path) -> dict[str, str]:
    """The last verdict of each record; none where there is no ledger."""
    from refute.verdicts.ledger import readable

    return {r["id"]: r["verdict"] for r in readable(ledger)}
