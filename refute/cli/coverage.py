"""The command coverage: which statements of a paper have a record, and what it earned."""

from __future__ import annotations

import inspect
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refute.cli.common import THEOREMS, one_sentence, say
from refute.errors import BadInput

if TYPE_CHECKING:
    from refute.statements.theorem import Theorem


# What a record is whose text nobody has accepted, and one that has changed since.
OPEN = ("not accepted", "stale")


@click.command()
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@THEOREMS
@click.option(
    "--least",
    type=click.IntRange(0, 100),
    default=0,
    help="Exit with 1 where fewer percent have a record that is as accepted.",
)
@click.option("--badge", type=click.Path(path_type=Path), help="Also write the share as a badge, an SVG file.")
@one_sentence
def coverage(documents: tuple[Path, ...], folders: tuple[Path, ...], least: int, badge: Path | None) -> None:
    """The theorem-like statements of LaTeX documents, or of Markdown files, each with the records that are linked to it (text="paper.tex#lem:descent") and their
    last verdict.

    \b
    refute coverage main.tex --theorems theorems
    refute coverage book/*.md --theorems claims.py
    """
    from refute.sources.coverage import statements
    from refute.sources.discover import theorems_of
    from refute.sources.files import linked_file, theorem_files, theorem_folders

    linked: dict[tuple[Path, str], list[str]] = {}
    stale: dict[str, str] = {}
    for file in theorem_files(theorem_folders(folders)):
        try:
            theorems = theorems_of(file)
        except BadInput as why:  # the others go on
            say(f"refute: {why}", err=True)
            continue
        for t in (t for t in theorems if t.links):
            stale[t.id] = _state(t)
            for name, _, label in (link.partition("#") for link in t.links):
                path = linked_file(name, Path(inspect.getfile(t.statement)).resolve().parent)
                linked.setdefault((path.resolve(), label), []).append(t.id)
    verdicts = _verdicts(Path.cwd() / ".refute" / "ledger.json")
    stated = [s for document in documents for s in statements(document)]
    have, lacks = 0, Counter[str]()
    for s in stated:
        records = [r for label in s.labels for r in linked.get((s.file.resolve(), label), [])]
        # A verdict that was stale when it was written is none of what has been accepted since.
        states = [stale[r] or {"stale": "not checked"}.get(v := verdicts.get(r, "not checked"), v) for r in records]
        have += bool(records) and not any(stale[r] for r in records)
        lacks.update({state for state in states if state in (*OPEN, "not checked")})
        shown = ", ".join(f"{r} ({state})" for r, state in zip(records, states, strict=True))
        name = s.label or "(no label)"
        say(f"{os.path.relpath(s.file)}:{s.line:<6d} {s.kind:12s} {name:32s} {shown or '-'}")
    if not stated:
        where = ", ".join(map(str, documents))
        none = f"{where}: no theorem-like statement was recognized, and so none has a record: is each environment made by \\newtheorem, each div or directive of a kind such as {{prf:lemma}}?"
        if least:
            raise BadInput(none)
        say(none)
        return
    share = 100 * have // len(stated)
    rest = [f"{n} {state}" for state, n in sorted(lacks.items())]
    say("; ".join((f"{have} of {len(stated)} statements have a record that is as accepted ({share} %)", *rest)))
    if not any(linked.get((s.file.resolve(), label)) for s in stated for label in s.labels):
        say("no record links any of them: name the files that do with --theorems")
    if badge is not None:
        from refute.report.ci import badge as drawn
        from refute.safety.files import write_text

        try:
            write_text(badge, drawn("statements with records", f"{share} %", share))
        except OSError as why:
            raise BadInput(f"{badge}: cannot be written ({why.strerror})") from None
    sys.exit(1 if share < least else 0)


def _state(theorem: Theorem) -> str:
    """Whether a record and its texts are other ones than those that were accepted; nothing where they are the same."""
    from refute.verdicts import accepted

    here = Path.cwd()
    known = theorem.id in accepted.load(accepted.place(theorem, here))
    try:
        return OPEN[known] if accepted.stale(theorem, here) else ""
    except BadInput:  # a text or a label that is gone
        return OPEN[True]


def _verdicts(ledger: Path) -> dict[str, str]:
    """The last verdict of each record; none where there is no ledger."""
    from refute.verdicts.ledger import readable

    return {r["id"]: r["verdict"] for r in readable(ledger)}
