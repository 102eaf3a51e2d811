"""Checking from Python, and in a notebook: the same card as on the page.

>>> import refute
>>> refute.check("tao-wang-2022/descent-lemma")  # doctest: +SKIP
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.report.entries import Report, gather
from refute.report.prose import spelled
from refute.sources.discover import theorems_named
from refute.sources.files import theorem_folders
from refute.statements.theorem import Theorem
from refute.verdicts.record import Record


@dataclass(frozen=True)
class Card:
    """What a check found: `record` has the verdict and its numbers. A notebook shows it as HTML, `print` as text."""

    record: Record
    report: Report

    @property
    def verdict(self) -> str:
        """ "holds", "proved", "refuted", "vacuous", "undecided", "stale" or "error"."""
        return self.record.verdict

    @property
    def counterexample(self) -> dict[str, Any] | None:
        """The exact instance that refutes the statement; None where there is none."""
        found = self.report.entries[0].found
        return None if found is None else dict(found.instance)

    def _repr_html_(self) -> str:
        from refute.report.card import portrait_of
        from refute.report.html import fragment

        # In a frame of its own the page's style and the notebook's do not meet, and nothing can run.
        inner = escape(f"<!doctype html><body>{fragment(self.report, portrait_of)}</body>", quote=True)
        return f'<iframe sandbox="" title="{escape(repr(self))}" srcdoc="{inner}" width="100%" height="480"></iframe>'

    def __repr__(self) -> str:
        return f"{self.record.id}: {self.record.verdict} (status {self.record.status})"

    def __str__(self) -> str:
        r = self.record
        lines = [f"{r.id}: {r.verdict}, N = {r.examples}" + (f" ({r.why})" if r.why else "")]
        found = self.report.entries[0].found
        if found is not None:
            lines += [f"    {spelled(v.equation)}" for v in found.values]
            lines += [f"    {name} = {value}" for name, value in found.notes]
            lines += [f"    {found.verdict}", *(f"        {side} = {value}" for side, value in found.sides)]
        return "\n".join(lines)


def check(
    statement: Theorem | str, *, examples: int = 1000, folders: Sequence[Path] = (), place: Path = Path()
) -> Card:
    """Check a theorem now, one that is defined here or one by its id, in this process, and show it.

    `examples` instances are tried; `folders` are searched for the id, beside the bundled theorems and those that were checked from here.
    Certificates go to place/.refute. Raises BadInput for an id that is not known.
    """
    from refute.search.budget import Budget
    from refute.verdicts.examine import examine

    if isinstance(statement, Theorem):
        theorem = statement
    else:
        known = theorems_named(statement, theorem_folders(folders))
        if not known:
            raise BadInput(f"no theorem has the id {statement!r}; see refute list")
        if len(known) > 1:
            where = " and ".join(inspect.getfile(t.statement) for t in known)
            raise BadInput(f"{where} both have a theorem {statement!r}")
        theorem = known[0]
    record = examine(theorem, Budget(examples), place)
    return Card(record, gather({theorem.id: asdict(record)}, [theorem], [], place / ".refute", record.date))
