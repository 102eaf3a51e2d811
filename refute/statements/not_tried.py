"""A statement of a source that has no record, with the reason: `refute list` names it all the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NotTried:
    """source/label is not executable, or not yet; `why` says what is missing."""

    source: str
    label: str
    why: str

    @property
    def id(self) -> str:
        """source/label."""
        return f"{self.source}/{self.label}"
