"""The gallery of the site: a page for each printed statement that is refuted or vacuous, made from a ledger: what is claimed, what was found, what is true."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docs.site import Page
from refute.cli.report import gathered
from refute.report.card import portrait_of
from refute.report.entries import Entry, anchor_of
from refute.report.prose import pieces
from refute.verdicts.record import GREEN


def gallery(ledger: Path, folders: tuple[Path, ...] = ()) -> list[Page]:
    """The pages, an index first, of the bundled theorems and those of the folders. Raises BadInput for a ledger that is none, or that knows none of the theorems."""
    report = gathered(ledger, folders)
    wrong = [e for e in report.errata if e.verdict in ("refuted", "vacuous")]
    rows = "\n".join(f"* [{e.id}](gallery/{anchor_of(e.id)}.md): {_first(e.statement)}" for e in wrong)
    head = f"# Gallery\n\nWhat is refuted or vacuous as printed, {len(wrong)} statements of {len(report.entries)}, as checked on {report.date}.\n\n"
    own = Page("Printed statements that are refuted", "gallery.md", head + rows + "\n")
    return [own, *(Page(e.id, f"gallery/{anchor_of(e.id)}.md", _page(e)) for e in wrong)]


def _words(text: str) -> str:
    """Markdown with its formulas as TeX; no element of a stranger's."""
    shown = {"text": escape, "inline": "${}$".format, "block": "$${}$$".format, "name": "`{}`".format}
    return "".join(shown[kind](t) for kind, t in pieces(text))


def _first(statement: str) -> str:
    return _words(statement.partition("\n\n")[0])


def _page(e: Entry) -> str:
    parts = [f"# {e.id}", "## Claimed", _words(e.statement)]
    if e.found is not None:
        values = "".join(f"* ${v.equation}$ {v.words}\n" for v in e.found.values)
        sides = "".join(f"* `{written}` = {value}\n" for written, value in e.found.sides)
        parts += ["## Found", values, _words(e.found.verdict), sides]
        picture = portrait_of(e.found.instance)
        if picture:
            parts.append(f'<img alt="the function and the orbit" src="{picture}">')
    else:
        parts += ["## Found", f"{e.verdict}: {e.means}."]
    for t in e.repairs:
        known = ", ".join(GREEN.get(t.status, (t.status,)))
        parts += [
            f"## True instead: {t.id}",
            _words(t.prose or t.name),
            f"Status {t.status} ({known}); proof: {t.proof or 'none'}.",
        ]
    parts += ["## Check it", f"`{e.command}`"]
    return "\n\n".join(p for p in parts if p) + "\n"
