"""Claims that need no decision: what is known, and what a hypothesis makes true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from refute.numbers.batch import Array
from refute.statements.claims.decision import Claim, Decision, NoTruthValue, Opinion, only_truth_values


@dataclass(frozen=True, eq=False)
class Constant(NoTruthValue):
    """A claim that is known: membership by construction, or a failure with its reason."""

    truth: bool | None
    says: str = ""
    evidence: Any = field(default=None)

    def __post_init__(self) -> None:
        only_truth_values(self.truth)

    def decide(self) -> Decision:
        return Decision(self.truth, self.says, None, self.evidence)

    def slack(self) -> Array:
        return np.ones(1) if self.truth else -np.ones(1)

    def opinion(self, decision: Decision) -> Opinion:
        return Opinion(self.truth, self.says)


@dataclass(frozen=True, eq=False)
class Supposition(NoTruthValue):
    """A claim of a hypothesis that is made true where it is claimed, if it can be: `make` is called when it is decided, and not when it is written. What a
    hypothesis only asks, and throws away, is supposed by nobody."""

    make: Callable[[], Claim]

    def decide(self) -> Decision:
        return self.make().decide()

    def slack(self) -> Array:
        return self.make().slack()

    def opinion(self, decision: Decision) -> Opinion:
        return self.make().opinion(decision)
