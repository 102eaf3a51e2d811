"""Claims about the limit of an orbit, which is a number known to any precision and not the last iterate of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from refute.numbers.batch import Array, Batch
from refute.numbers.lifting import lift
from refute.numbers.mp import Mp
from refute.numbers.real import Real
from refute.numbers.vector import Vec
from refute.orbits.affine import Recurrence
from refute.orbits.destination import iterate
from refute.orbits.fate import Fate, fate
from refute.orbits.limits import SETTLED
from refute.orbits.replay import confirmed
from refute.orbits.system import System, Theory
from refute.statements.claims import Claim, Decision, NoTruthValue, Opinion
from refute.statements.consistency import raise_contradictions

# So many steps of a batch stand for the limit.
LOOK = 128


def kind_of(start: Vec) -> Any:
    """What lifts exact data into the arithmetic of a start; into exact numbers where the start is literal data."""
    return Mp.of if any(isinstance(c, Mp) for c in start) else Real.of


@dataclass(frozen=True)
class AtLimit(NoTruthValue):
    """`then` of the limit, true where the orbit certifiably has none."""

    system: Any
    start: Vec
    then: Callable[[Vec], Claim]

    def decide(self) -> Decision:
        raise_contradictions(self.system, self.start)
        found = fate(self.system, self.start)
        if found.converges is None:
            return Decision(None, f"whether x_k converges: {found.text()}", None, found)
        if not found.converges:
            return Decision(True, f"x_k does not converge: {found.text()}", None, (found, None))
        limit = self._limit(found)
        if limit is None:
            return Decision(None, f"the certificate does not say where: {found.text()}", None, found)
        d = self.then(limit).decide()
        return Decision(d.truth, f"at the limit of x_k ({found.text()}): {d.says}", d.tightness, (found, d), d.equal)

    def _limit(self, found: Fate) -> Vec | None:
        if found.kind == "rest":
            return iterate(self.system, self.start, found.step)
        if isinstance(found.data, Recurrence):
            return None if found.data.limit is None else lift(found.data.limit, kind_of(self.start))
        if found.kind == "own":
            limit: Vec | None = found.data.limit(self.system, self.start, found.step)
            return limit
        return None

    def slack(self) -> Array:
        """That of `then` after LOOK steps where the batch has settled by then, 1 elsewhere."""
        x, sizes = self.start, []
        for _ in range(LOOK):
            moved = self.system.move(x)
            sizes.append(np.max([np.abs(Batch.of(c).f) * np.ones(1) for c in moved], axis=0))
            x = x + moved
        return np.where(sizes[-1] <= SETTLED * sizes[0], self.then(x).slack(), 1.0)

    def opinion(self, decision: Decision) -> Opinion:
        if not isinstance(decision.evidence, tuple):
            return Opinion(None, "whether x_k converges")
        found, inner = decision.evidence
        agrees = confirmed(self.system, self.start, found)
        if not agrees:
            return Opinion(None if agrees is None else not decision.truth, found.text())
        if inner is None:
            return Opinion(True, f"x_k does not converge: {found.text()}")
        limit = self._limit(found)
        if limit is None:
            return Opinion(None, "the limit")
        said = self.then(limit).opinion(inner)
        return Opinion(said.truth, f"at the limit of x_k: {said.says}", said.lhs, said.rhs)


def at_limit(system: System | Theory, start: Vec, then: Callable[[Vec], Claim]) -> Claim:
    """If x_k converges, then its limit satisfies `then`."""
    return AtLimit(system, start, then)
