"""A re-checked counterexample, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from refute.report.instances import Value, written
from refute.safety.files import read_text
from refute.statements.claims import Sides
from refute.statements.data import MAX_BYTES
from refute.verdicts.certificate import Line, Verified

# Digits of the two sides of a violated inequality that a page shows.
SHOWN = 24


@dataclass(frozen=True)
class Step:
    """A hypothesis, with what exact arithmetic and mpmath say, and what was compared: formulas with their values."""

    says: str
    exact: str
    mpmath: str
    sides: Sides


@dataclass(frozen=True)
class Counterexample:
    """A re-checked certificate: the instance as mathematics, what the body notes, the hypotheses one by one, both sides of what is violated."""

    instance: Mapping[str, Any]
    values: tuple[Value, ...]
    hypotheses: tuple[Step, ...]
    violated: str
    sides: Sides
    notes: Sides
    file: Path
    json: str

    @property
    def verdict(self) -> str:
        """What is violated, and by which evidence where it is no comparison: claims say "what: why"."""
        if self.sides:
            return f"Violated: {self.violated}"
        what, _, why = self.violated.partition(": ")
        return f"Violated: “{what}”. Evidence: {why}." if why else f"Found: {self.violated}."


def counterexample(found: Verified, path: Path) -> Counterexample:
    """That of a verified certificate, which lies at `path`."""
    *hypotheses, last = found.lines
    return Counterexample(
        found.instance,
        written(found.instance),
        tuple(Step(h.says, h.exact, h.mpmath.partition(": ")[0], _values(h)) for h in hypotheses),
        last.says.removeprefix("violated: ").replace("<=", "≤").replace("!=", "≠"),
        _values(last),
        found.notes,
        path,
        read_text(path, MAX_BYTES),
    )


def _values(line: Line) -> Sides:
    """The sides that were compared, without those that are numbers as they stand; in mpmath's digits where nobody saw how they are written."""
    if line.sides:
        return tuple((written, value) for written, value in dict.fromkeys(line.sides) if written != value)
    lhs, _, rhs = line.mpmath.partition(": ")[2].partition(" and ")
    return (("the left side", shortened(lhs)), ("the right side", shortened(rhs))) if rhs else ()


def shortened(digits: str) -> str:
    """The first digits of a decimal, with an ellipsis where some are left out."""
    mantissa, e, power = digits.partition("e")
    return digits if len(mantissa) <= SHOWN else f"{mantissa[:SHOWN]}…{e}{power}"
