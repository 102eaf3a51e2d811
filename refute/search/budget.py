"""How hard a search tries."""

from __future__ import annotations

from dataclasses import dataclass


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
