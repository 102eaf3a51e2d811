"""Claims about limits: convergence, vanishing steps, unboundedness, each decided by a certified fate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from refute.batch import Array
from refute.claims import Claim, Decision, Opinion
from refute.errors import CannotBatch
from refute.fate import BUDGET, Fate, fate
from refute.replay import confirmed
from refute.system import System
from refute.vector import Vec


@dataclass(frozen=True)
class Limit:
    """A claim about the fate of one orbit."""

    system: Any
    start: Vec
    says: str
    budget: int = BUDGET

    def decide(self) -> Decision:
        found = fate(self.system, self.start, self.budget)
        return Decision(_READ[self.says](found), f"{self.says}: {found.text()}", None, found)

    def slack(self) -> Array:
        raise CannotBatch("a limit has no slack")

    def opinion(self, decision: Decision) -> Opinion:
        found = decision.evidence
        if not isinstance(found, Fate):
            return Opinion(None, self.says)
        agrees = confirmed(self.system, self.start, found)
        truth = None if agrees is None else _READ[self.says](found) if agrees else not decision.truth
        return Opinion(truth, f"{self.says}: {found.text()}")


_READ: dict[str, Callable[[Fate], bool | None]] = {
    "x_k converges": lambda f: f.converges,
    "x_{k+1} - x_k tends to 0": lambda f: f.settles,
    "x_k is bounded": lambda f: f.bounded,
    "x_k is unbounded": lambda f: None if f.bounded is None else not f.bounded,
}


def converges(system: System, start: Vec) -> Claim:
    """The orbit converges, necessarily to a rest point of T."""
    return Limit(system, start, "x_k converges")


def settles(system: System, start: Vec) -> Claim:
    """x_{k+1} - x_k tends to 0."""
    return Limit(system, start, "x_{k+1} - x_k tends to 0")


def bounded(system: System, start: Vec) -> Claim:
    """abs(x_k) is bounded."""
    return Limit(system, start, "x_k is bounded")


def unbounded(system: System, start: Vec) -> Claim:
    """abs(x_k) is unbounded."""
    return Limit(system, start, "x_k is unbounded")
