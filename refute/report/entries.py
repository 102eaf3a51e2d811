"""What the report says: every statement with its record, the refuted ones with their counterexample and repair."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.measure.runs import Runs
from refute.report.counterexample import Counterexample, counterexample
from refute.sources.destination import destination
from refute.sources.files import bundled
from refute.sources.places import place_of
from refute.statements import fingerprint
from refute.statements.domains import Domain
from refute.statements.not_tried import NotTried
from refute.statements.theorem import Theorem
from refute.verdicts.certificate import verify
from refute.verdicts.examine import blank

#: word, shape: a verdict is told by both, and by a colour.
SHAPES = {"holds": "●", "proved": "■", "refuted": "✕", "vacuous": "∅", "undecided": "?", "stale": "↻", "error": "!"}
MEANS = {
    "holds": "no counterexample found",
    "proved": "settled by a finite computation",
    "refuted": "a counterexample exists",
    "vacuous": "nothing satisfies the hypotheses",
    "undecided": "neither, at the highest precision allowed",
    "stale": "the text or the statement changed since the verdict was accepted",
    "error": "no verdict: the file, or a class in it, is broken",
}
# The readings that come first, in this order.
FIRST = {"printed": 0, "amended": 1}


def anchor_of(id_: str) -> str:
    """An id as the name of an element."""
    return id_.replace("/", "--").replace(":", "--")


@dataclass(frozen=True)
class Linked:
    """A linked text: its file and lines, and the PDF with the name of the place in it, where there is one."""

    link: str
    file: Path
    first: int
    last: int
    printed: tuple[Path, str] | None


@dataclass(frozen=True)
class Entry:
    """One theorem and what the ledger says of it."""

    theorem: Theorem
    record: Mapping[str, Any]
    folder: Path
    others: Sequence[Theorem]

    @property
    def id(self) -> str:
        """source/label[:reading]."""
        return self.theorem.id

    @property
    def anchor(self) -> str:
        """The id as the name of an element."""
        return anchor_of(self.id)

    @property
    def statement(self) -> str:
        """The statement in words and formulas."""
        return self.theorem.prose or self.theorem.name

    @property
    def setting(self) -> str:
        """What the statements of its file share: the symbols that they use."""
        module = inspect.getmodule(self.theorem.statement)
        return inspect.cleandoc((module.__doc__ if module else "") or "")

    @property
    def verdict(self) -> str:
        """That of the ledger."""
        return str(self.record["verdict"])

    @property
    def shape(self) -> str:
        """A sign for the verdict."""
        return SHAPES.get(self.verdict, "?")

    @property
    def means(self) -> str:
        """The verdict in words."""
        return MEANS.get(self.verdict, "")

    @property
    def as_expected(self) -> bool:
        """Whether verdict and status agree."""
        return bool(self.record["as_expected"])

    @property
    def is_news(self) -> bool:
        """Whether an open statement is refuted: an answer, and no malfunction."""
        return self.theorem.status == "open" and self.verdict == "refuted" and not self.record.get("problems")

    @cached_property
    def seen(self) -> str:
        """Of a statement about runs that were measured: in how many of them."""
        runs = {n: d.elements[0] for n, d in self.theorem.variables.items() if isinstance(d, Domain) and d.elements}
        if len(runs) != len(self.theorem.variables) or not any(isinstance(r, Runs) for r in runs.values()):
            return ""
        return self.theorem.itself.check(runs).conclusion.says

    @property
    def bound(self) -> str:
        """3/N for a statement that holds: a violation as probable as that would have been seen with probability 95 %."""
        n = self.record.get("examples", 0)
        return f"{3 / n:.2g}" if self.verdict == "holds" and n >= 3 else ""

    @property
    def command(self) -> str:
        """What re-checks it, from the folder in which the report is written."""
        own = "" if self.file.resolve().is_relative_to(bundled()) else str(_from_here(self.file))
        if self.found is not None:
            return f"refute verify {_from_here(self.found.file)}" + (f" --theorems {own}" if own else "")
        return f"refute check {own + ' ' if own else ''}-k {self.id}"

    @property
    def repairs(self) -> list[Theorem]:
        """The statements that amend this one."""
        return [t for t in self.others if t.amends == self.id]

    @property
    def mentions(self) -> list[Theorem]:
        """The statements of the same source that this one names in its text, by label or by reading: `stable-phase`."""
        named = set(re.findall(r"`([a-z0-9.-]+)`", self.statement))
        mine = self.theorem
        return [
            t
            for t in self.others
            if t is not mine
            and t.source == mine.source
            and ((t.label in named and t.reading == "printed") or (t.reading in named and t.label == mine.label))
        ]

    @property
    def file(self) -> Path:
        """The theorem file."""
        return Path(inspect.getfile(self.theorem.statement))

    @property
    def line(self) -> int:
        """Where the statement starts in its file."""
        return inspect.getsourcelines(self.theorem.statement)[1]

    @cached_property
    def texts(self) -> list[Linked]:
        """The texts that it is linked to, as far as they are there."""
        found = []
        for link in self.theorem.links:
            with suppress(BadInput):  # why it is not found, the verdict says
                path, first, last = place_of(link, self.file.resolve().parent)
                found.append(Linked(link, path, first, last, destination(path, link.partition("#")[2])))
        return found

    @cached_property
    def found(self) -> Counterexample | None:
        """The counterexample, re-checked; None where there is none, or none that can be verified (see `missing`)."""
        return None if isinstance(self._tried, str) else self._tried

    @property
    def missing(self) -> str:
        """Why a counterexample that the record names is not shown."""
        return self._tried if isinstance(self._tried, str) else ""

    @cached_property
    def _tried(self) -> Counterexample | str:
        named = Path(str(self.record.get("certificate") or ""))
        if self.verdict != "refuted" or not named.name:
            return ""
        # Beside the ledger first: a copied ledger is about the certificates that were copied with it.
        beside = self.folder / "certificates" / named.name
        path = beside if beside.is_file() else named
        try:
            return counterexample(verify(path, [self.theorem]), path)
        except BadInput as why:
            return str(why)


def _from_here(path: Path) -> Path:
    whole = path.resolve()
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole


@dataclass(frozen=True)
class Report:
    """Everything that a page shows."""

    entries: tuple[Entry, ...]
    not_tried: tuple[NotTried, ...]
    missing: tuple[str, ...]
    date: str
    #: Files whose theorems are not known, with the reason.
    broken: tuple[tuple[Path, str], ...] = ()

    @property
    def sources(self) -> dict[str, dict[str, list[Entry]]]:
        """The entries by source and label, the printed reading first and the amended one second."""
        found: dict[str, dict[str, list[Entry]]] = {}
        for e in self.entries:
            found.setdefault(e.theorem.source, {}).setdefault(e.theorem.label, []).append(e)
        for labels in found.values():
            for group in labels.values():
                group.sort(key=lambda e: FIRST.get(e.theorem.reading, len(FIRST)))
        return found

    @property
    def errata(self) -> list[Entry]:
        """The printed statements that are refuted, or say nothing."""
        wrong = (e for e in self.entries if e.verdict in ("refuted", "vacuous") and not e.is_news)
        return [e for e in wrong if e.theorem.reading == "printed"]

    @property
    def refuted(self) -> list[Entry]:
        """Every statement with a counterexample."""
        return [e for e in self.entries if e.verdict == "refuted"]

    @property
    def measured(self) -> list[Entry]:
        """The statements about runs that were measured."""
        return [e for e in self.entries if e.seen]

    @property
    def news(self) -> list[Entry]:
        """The open statements that are refuted."""
        return [e for e in self.entries if e.is_news]

    @property
    def bad(self) -> list[Entry]:
        """The entries whose verdict is not as expected, worst first."""
        order = ("error", "refuted", "stale", "undecided", "vacuous", "holds", "proved")
        found = [e for e in self.entries if not e.as_expected and not e.is_news]
        return sorted(found, key=lambda e: order.index(e.verdict) if e.verdict in order else len(order))

    @property
    def alarms(self) -> list[Entry]:
        """What a run of continuous integration fails for: open statements that are refuted, and what is not as expected."""
        return [*self.news, *self.bad]

    def counts(self) -> Iterator[tuple[str, str, int]]:
        """Verdict, sign and number, for the verdicts that occur."""
        for verdict, shape in SHAPES.items():
            n = sum(e.verdict == verdict for e in self.entries)
            if n:
                yield verdict, shape, n


def gather(
    ledger: Mapping[str, Mapping[str, Any]],
    theorems: Sequence[Theorem],
    not_tried: Sequence[NotTried],
    folder: Path,
    date: str,
    broken: Sequence[tuple[Path, str]] = (),
) -> Report:
    """The report of a ledger (by id, see refute.verdicts.diff.load) on the theorems that are known; certificates lie in `folder`. Raises BadInput where it knows none of
    them, and no file is broken."""
    completed = {t.id: _completed(t, ledger[t.id]) for t in theorems if t.id in ledger}
    # A record of a statement that has changed since says nothing of the one at hand.
    changed = {t.id for t in theorems if t.id in completed and _changed(t, completed[t.id])}
    entries = tuple(
        Entry(t, completed[t.id], folder, theorems) for t in theorems if t.id in completed and t.id not in changed
    )
    if not entries and not broken:
        raise BadInput("the ledger knows none of the theorems at hand; run refute check first, or name their folder")
    missing = tuple(t.id for t in theorems if t.id not in ledger or t.id in changed)
    return Report(entries, tuple(not_tried), missing, date, tuple(broken))


def _changed(theorem: Theorem, record: Mapping[str, Any]) -> bool:
    known = record["fingerprints"].get("statement")
    return known is not None and known != fingerprint.of_statement(theorem)


def _completed(theorem: Theorem, record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with every field of today's ledger; raises BadInput for one of another type."""
    whole = asdict(blank(theorem))
    for name, value in record.items():
        if name in ("tightness", "seconds"):
            fits = value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
        else:
            fits = type(value) is type(whole.get(name, value))
        if not fits or (name == "mutants" and not {"killed", "total"} <= value.keys()):
            raise BadInput(f"the ledger's record of {theorem.id} has a {name!r} that is none: {str(value)[:40]!r}")
        whole[name] = value
    return whole
