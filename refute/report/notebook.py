"""A statement in a notebook: the same card as on the page.

>>> from refute.report.notebook import card
>>> card("tao-wang-2022/descent-lemma")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from refute.errors import BadInput
from refute.report.entries import Report, gather
from refute.sources.files import theorem_folders


@dataclass(frozen=True)
class Card:
    """What a notebook shows: HTML, or a line of text where it shows none."""

    report: Report

    def _repr_html_(self) -> str:
        from refute.report.card import portrait_of
        from refute.report.html import fragment

        # In a frame of its own the page's style and the notebook's do not meet, and nothing can run.
        inner = escape(f"<!doctype html><body>{fragment(self.report, portrait_of)}</body>", quote=True)
        return f'<iframe sandbox="" title="{escape(repr(self))}" srcdoc="{inner}" width="100%" height="480"></iframe>'

    def __repr__(self) -> str:
        return "; ".join(f"{e.id}: {e.verdict} (status {e.theorem.status})" for e in self.report.entries)


def card(id_: str, *, examples: int = 200, folders: Sequence[Path] = (), place: Path = Path()) -> Card:
    """Check one theorem now and show it. Certificates go to place/.refute; raises BadInput for an id that is not known."""
    from refute.running.check import known_theorems
    from refute.search.budget import Budget
    from refute.verdicts.examine import examine

    theorems = [t for _, t in known_theorems(theorem_folders(folders))]
    found = [t for t in theorems if t.id == id_]
    if not found:
        raise BadInput(f"no theorem has the id {id_!r}; see refute list")
    record = examine(found[0], Budget(examples), place)
    return Card(gather({id_: asdict(record)}, theorems, [], place / ".refute", record.date))
