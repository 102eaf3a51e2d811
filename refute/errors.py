"""The few ways in which refute says no; each message is one sentence that a user can act on.

`Undecided` and `NotExact` are refusals: a box or a formula has no one answer, and says so. Code of a user that catches one and goes on would
hide what happens at some of the points; `nothing_swallowed` finds that out.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

# The refusals that were raised in the innermost block that watches, as far as nobody of ours has answered them.
_HEARD: ContextVar[list[Exception] | None] = ContextVar("heard", default=None)


class Undecided(ArithmeticError):
    """A comparison that the highest allowed precision leaves open."""

    def __init__(self, *says: object) -> None:
        super().__init__(*says)
        _note(self)


class NotExact(TypeError):
    """A float, or anything else that is not exact data, met one of our numbers."""

    def __init__(self, *says: object) -> None:
        super().__init__(*says)
        _note(self)


def _note(refusal: Exception) -> None:
    heard = _HEARD.get()
    if heard is not None:
        heard.append(refusal)


def overlook(refusal: Exception) -> None:
    """Said by our own code that catches a refusal and has another answer to the same question."""
    heard = _HEARD.get()
    if heard is not None and refusal in heard:
        del heard[heard.index(refusal) :]


class nothing_swallowed:  # noqa: N801  # used like a function; it stands around every step of an orbit
    """A block that runs a user's code; raises Undecided at its end where a refusal was raised in it, and did not leave it."""

    __slots__ = ("around", "heard", "token")

    def __enter__(self) -> None:
        self.heard: list[Exception] = []
        self.around = _HEARD.get()
        self.token = _HEARD.set(self.heard)

    def __exit__(self, kind: Any, why: Any, trace: Any) -> None:
        _HEARD.reset(self.token)
        if why is not None:
            if self.around is not None:
                self.around.extend(self.heard)
        elif self.heard:
            raise Undecided(
                f"it catches an exception that says {str(self.heard[0])!r}, and goes on: catch no more than a line needs"
            )


class CannotBatch(TypeError):
    """A body branched on a whole batch of floats; such a theorem is searched without batches."""


class BadInput(ValueError):
    """What the user gave cannot be used: what was wrong, where, and what to do."""


class OutsideDomain(BadInput):
    """An instance that violates a hypothesis of its theorem; `says` is the hypothesis."""

    def __init__(self, message: str, says: str = "") -> None:
        super().__init__(message)
        self.says = says
