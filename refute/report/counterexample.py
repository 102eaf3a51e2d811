"""A re-checked counterexample, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from refute.report.instances import Value, written
from refute.safety.files import read_text
from refute.statements.data import MAX_BYTES
from refute.verdicts.certificate import Verified

# Digits of the two sides of a violated inequality that a page shows.
SHOWN = 24


@dataclass(frozen=True)
class Step:
    """A hypothesis, with what exact arithmetic and mpmath say, and the two sides that mpmath compared."""

    says: str
    exact: str
    mpmath: str
    lhs: str
    rhs: str


@dataclass(frozen=True)
class Counterexample:
    """A re-checked certificate: the instance as mathematics, the hypotheses one by one, both sides of what is violated."""

    instance: Mapping[str, Any]
    values: tuple[Value, ...]
    hypotheses: tuple[Step, ...]
    violated: str
    lhs: str
    rhs: str
    file: Path
    json: str

    @property
    def verdict(self) -> str:
        """What is violated, and by which evidence where it is no comparison: claims say "what: why"."""
        if self.lhs:
            return f"Violated: {self.violated}"
        what, _, why = self.violated.partition(": ")
        return f"Violated: “{what}”. Evidence: {why}." if why else f"Found: {self.violated}."


def counterexample(found: Verified, path: Path) -> Counterexample:
    """That of a verified certificate, which lies at `path`."""
    *hypotheses, last = found.lines
    _, lhs, rhs = _split(last.mpmath)
    return Counterexample(
        found.instance,
        written(found.instance),
        tuple(Step(h.says, h.exact, *_split(h.mpmath)) for h in hypotheses),
        last.says.removeprefix("violated: ").replace("<=", "≤").replace("!=", "≠"),
        lhs,
        rhs,
        path,
        read_text(path, MAX_BYTES),
    )


def _split(said: str) -> tuple[str, str, str]:
    """mpmath's word, and the two sides where it compared numbers."""
    word, _, sides = said.partition(": ")
    lhs, _, rhs = sides.partition(" and ")
    return word, shortened(lhs), shortened(rhs)


def shortened(digits: str) -> str:
    """The first digits of a decimal, with an ellipsis where some are left out."""
    mantissa, e, power = digits.partition("e")
    return digits if len(mantissa) <= SHOWN else f"{mantissa[:SHOWN]}…{e}{power}"
