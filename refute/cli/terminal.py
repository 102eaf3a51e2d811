"""A counterexample as lines of a terminal: the formulas of the page, spelled out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what is known need not wait for what a search needs
    from refute.statements.claims import Sides
    from refute.statements.statement import Instance
    from refute.statements.theorem import Theorem
    from refute.verdicts.certificate import Line, Verified

# So many columns a line has.
WIDTH = 150


def counterexample_lines(theorem: Theorem, file: Path) -> list[str]:
    """Those of a counterexample that was written to a file; none where it is none, or cannot be shown."""
    from refute.verdicts.certificate import verify

    try:
        found = verify(file, [theorem])
        return [*instance_lines(found.instance), *note_lines(found), *violation(found.lines[-1])]
    except Exception:  # its data are a user's, and its formulas too: what was found is more than how it looks
        return []


def instance_lines(instance: Instance) -> list[str]:
    """Every variable with its value, as many in a line as fit."""
    from refute.report.instances import written
    from refute.report.prose import spelled

    parts: list[str] = []
    for v in written(instance):
        equation = spelled(v.equation)
        if parts and parts[-1].endswith(" with"):
            parts[-1] += f" {equation}"
        else:
            parts.append(f"{equation}: {v.words}" if v.words else equation)
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]},  {part}" if lines[-1] else part
        lines[-1:] = [longer] if len(longer) <= WIDTH or not lines[-1] else [lines[-1], part]
    return lines


def note_lines(found: Verified) -> list[str]:
    """What the body notes at the counterexample."""
    return [f"{name} = {value}" for name, value in found.notes]


def violation(last: Line) -> list[str]:
    """What is violated, and both sides where it compares numbers: as they are written, and what they are."""
    return [last.says, *side_lines(last.sides)]


def side_lines(sides: Sides) -> list[str]:
    """The sides of a comparison that are no numbers as they stand, each with its value."""
    return [f"    {written} = {value}" for written, value in dict.fromkeys(sides) if written != value]
