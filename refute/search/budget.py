"""How hard a search tries."""

from __future__ import annotations

import time
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import MAX_SOURCE, read_text

#: How hard a search tries, by name: instances per statement, and float candidates beside each.
PROFILES = {"quick": (100, 64), "default": (1000, 128), "deep": (10_000, 256)}


def configured_profile(folder: Path) -> str:
    """The profile that [tool.refute] of a folder's pyproject.toml names; "default" where it names none. Raises BadInput for another name."""
    path = folder / "pyproject.toml"
    if not path.is_file():
        return "default"
    try:
        found = tomllib.loads(read_text(path, MAX_SOURCE)).get("tool", {}).get("refute", {}).get("profile", "default")
    except (tomllib.TOMLDecodeError, AttributeError) as why:
        raise BadInput(f"pyproject.toml: {why}") from None
    if found not in PROFILES:
        raise BadInput(f"pyproject.toml: profile = {found!r} of [tool.refute] is none of {', '.join(PROFILES)}")
    return str(found)


@dataclass(frozen=True)
class Budget:
    """How hard to search: instances, candidates per batch, seconds (None: no limit), the seed; and how many seconds of
    processor time one instance may take before it counts as undecided. Of the instances that were decided without a certificate mpmath is
    asked about one in `asked`. With `operations` an instance may cost so many on the average (see refute.work): the search ends after N instances
    or N times as many operations, but not before a few instances."""

    examples: int = 1000
    batch: int = 128
    seconds: float | None = None
    seed: int = 0
    instance_seconds: float = 30.0
    asked: int = 64
    operations: int | None = None


def left(budget: Budget, started: float) -> Budget:
    """The budget with the seconds that are left of it."""
    if budget.seconds is None:
        return budget
    return replace(budget, seconds=max(0.0, budget.seconds - (time.monotonic() - started)))
