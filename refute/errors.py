"""The few ways in which refute says no; each message is one sentence that a user can act on."""

from __future__ import annotations


class Undecided(ArithmeticError):
    """A comparison that the highest allowed precision leaves open."""


class NotExact(TypeError):
    """A float, or anything else that is not exact data, met one of our numbers."""


class CannotBatch(TypeError):
    """A body branched on a whole batch of floats; such a theorem is searched without batches."""


class BadInput(ValueError):
    """What the user gave cannot be used: what was wrong, where, and what to do."""


class OutsideDomain(BadInput):
    """An instance that violates a hypothesis of its theorem; `says` is the hypothesis."""

    def __init__(self, message: str, says: str = "") -> None:
        super().__init__(message)
        self.says = says
