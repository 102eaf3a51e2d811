"""What is known of one theorem after a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

#: What a check finds; "error" is no verdict: the file, or a class in it, is broken.
Verdict = Literal["refuted", "vacuous", "holds", "proved", "undecided", "stale", "error"]
GREEN = {"true": ("holds", "proved"), "false": ("refuted",), "vacuous": ("vacuous",), "open": ("holds", "proved")}


@dataclass
class Record:
    """What is known of one theorem after a check; the JSON has these fields."""

    id: str
    module: str
    source: str
    label: str
    reading: str
    status: str
    statement: str
    provenance: str = ""
    verdict: str = "undecided"
    as_expected: bool = False
    why: str = ""
    problems: list[str] = field(default_factory=list)
    examples: int = 0
    work: int = 0
    spent: bool = False
    by_clock: bool = False
    undecided: int = 0
    screened: int = 0
    singly: bool = False
    replayed: int = 0
    tightness: float | None = None
    mutants: dict[str, Any] = field(default_factory=lambda: {"killed": 0, "total": 0, "survivors": []})
    certificate: str = ""
    proof_file: str = ""
    assumed: bool = False
    settings: dict[str, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    drawn: dict[str, str] = field(default_factory=dict)
    coverage: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    code: str = ""
    file: str = ""
    seed: int = 0
    budget: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    cpu: float = 0.0
    date: str = ""
    remembered: bool = False

    @property
    def is_news(self) -> bool:
        """Whether an open statement is refuted, and all else is as it should be: an answer, and no malfunction."""
        return self.status == "open" and self.verdict == "refuted" and not self.problems


def broken(name: str, module: str, why: str) -> Record:
    """The record of a file that has no theorems to check, since it cannot be loaded."""
    return Record(name, module, "", "", "", "-", "", verdict="error", why=why, date=now())


def now() -> str:
    """The date and time of a record, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def certificates(folder: Path) -> Path:
    """Where counterexamples are written."""
    return folder / ".refute" / "certificates"
