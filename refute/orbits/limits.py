"""Claims about limits: convergence, vanishing steps, unboundedness, each decided by a certified fate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from refute.errors import CannotBatch, Undecided
from refute.numbers.ball import precision
from refute.numbers.batch import Array, Batch
from refute.numbers.decide import sign
from refute.numbers.lifting import closed, lift
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only
from refute.numbers.vector import Vec, exact_point
from refute.orbits.destination import ends_at, limit_of, with_limit
from refute.orbits.fate import BUDGET, Fate, fate
from refute.orbits.replay import confirmed
from refute.orbits.system import Mapping, as_system, itself
from refute.statements.claims import Claim, Decision, NoTruthValue, Opinion, decided
from refute.statements.consistency import raise_contradictions

# So many steps of a batch stand for the limit of a claim about it.
LOOK = 128
# An orbit whose steps shrink by less than this factor from the second quarter of them to the last one may not converge; one whose steps shrink by more may.
SHRINKS = 0.99
# Balls around a limit are of so many bits.
LIMIT_BITS = 256
# An orbit of floats whose steps have become this small, relative to the first one, has settled.
SETTLED = 1e-9


def looked(system: Any, start: Vec) -> tuple[Vec, list[Array]]:
    """Where a batch of starts is after LOOK steps, and the size of each step."""
    mapped = itself(system)
    if not (hasattr(mapped, "move") or callable(mapped)):
        raise CannotBatch("a system that is known by a theory alone makes no steps")
    x, sizes = start, []
    for _ in range(LOOK):
        moved = system.move(x)
        # A coordinate may be a constant, of the start or of the map: one number for all.
        sizes.append(np.max(np.broadcast_arrays(*(np.abs(Batch.of(c).f) * np.ones(1) for c in moved)), axis=0))
        x = x + moved
    return x, sizes


@dataclass(frozen=True, eq=False)
class Limit(NoTruthValue):
    """A claim about the fate of one orbit; batches look LOOK steps ahead. Where `to` is given the orbit has to end there."""

    system: Any
    start: Vec
    says: str
    budget: int = BUDGET
    to: Vec | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", exact_point(self.start))
        if self.to is not None:
            object.__setattr__(self, "to", exact_point(self.to))

    def decide(self) -> Decision:
        raise_contradictions(self.system, self.start)
        found = fate(lift(self.system, Real.of), self.start, self.budget)
        if self.to is not None:
            found = with_limit(self.system, self.start, found)
        says = f"{self._words()}: {found.text()}"
        # What stays open has been followed to the end of the budget, and need not be again.
        truth = self._truth(found)
        still = truth is False and never_moves(self.system, self.start)
        return Decision(truth, says, None, found, costly=found.kind == "open", still=still)

    def _words(self) -> str:
        return self.says if self.to is None else f"{self.says} to ({', '.join(f'{float(c):.6g}' for c in self.to)})"

    def _truth(self, found: Fate) -> bool | None:
        truth = _READ[self.says](found)
        return ends_at(self.system, self.start, found, self.to) if truth and self.to is not None else truth

    def slack(self) -> Array:
        """How far the steps of each orbit of a batch are from those of an orbit that would violate the claim: by the factor by which they shrink."""
        x, sizes = looked(self.system, self.start)
        n = LOOK // 4
        before, after = np.max(sizes[n : 2 * n], axis=0), np.max(sizes[-n:], axis=0)
        factor = np.where(after <= SETTLED * sizes[0], 0.0, after / np.maximum(before, 1e-300))
        if self.to is not None:
            # A coordinate of the start may be one number for the whole batch.
            away = ((Batch.of(a) - Batch.of(b)).f for a, b in zip(x, self.to, strict=True))
            off = np.max(np.broadcast_arrays(*(np.abs(c) * np.ones(1) for c in away)), axis=0)
            factor = np.where(off > np.sqrt(SETTLED), np.maximum(factor, 1.0), factor)
        if self.says == "x_k is bounded":
            return 1 / SHRINKS - factor
        return SHRINKS - factor if self.says in _ENDS else factor - SHRINKS

    def opinion(self, decision: Decision) -> Opinion:
        found = decision.evidence
        if not isinstance(found, Fate):
            return Opinion(None, self.says)
        agrees = confirmed(self.system, self.start, found)
        truth = None if agrees is None else self._truth(found) if agrees else not decision.truth
        return Opinion(truth, f"{self._words()}: {found.text()}")


# The claims that an orbit violates whose steps do not shrink; the others, but that it is bounded, one violates whose steps do.
_ENDS = ("x_k converges", "x_{k+1} - x_k tends to 0")
_READ: dict[str, Callable[[Fate], bool | None]] = {
    "x_k converges": lambda f: f.converges,
    "x_k does not converge": lambda f: None if f.converges is None else not f.converges,
    "x_{k+1} - x_k tends to 0": lambda f: f.settles,
    "x_{k+1} - x_k does not tend to 0": lambda f: None if f.settles is None else not f.settles,
    "x_k is not asymptotically periodic": lambda f: None if f.periodic is None else not f.periodic,
    "x_k is bounded": lambda f: f.bounded,
    "x_k is unbounded": lambda f: None if f.bounded is None else not f.bounded,
}


def converges(system: Mapping, start: Vec) -> Claim:
    """The orbit converges: to a rest point, where T is continuous at the limit."""
    return Limit(as_system(system), start, "x_k converges")


def does_not_converge(system: Mapping, start: Vec) -> Claim:
    """The orbit converges to no point."""
    return Limit(as_system(system), start, "x_k does not converge")


def converges_to(system: Mapping, start: Vec, p: Vec) -> Claim:
    """The orbit converges to p (where T is continuous at p: not, unless p is at rest)."""
    return Limit(as_system(system), start, "x_k converges", to=p)


def settles(system: Mapping, start: Vec) -> Claim:
    """x_{k+1} - x_k tends to 0."""
    return Limit(as_system(system), start, "x_{k+1} - x_k tends to 0")


def does_not_settle(system: Mapping, start: Vec) -> Claim:
    """x_{k+1} - x_k does not tend to 0."""
    return Limit(as_system(system), start, "x_{k+1} - x_k does not tend to 0")


def aperiodic(system: Mapping, start: Vec) -> Claim:
    """The orbit is not asymptotically periodic: it converges neither to a point nor to a cycle."""
    return Limit(as_system(system), start, "x_k is not asymptotically periodic")


def bounded(system: Mapping, start: Vec) -> Claim:
    """|x_k| is bounded."""
    return Limit(as_system(system), start, "x_k is bounded")


def unbounded(system: Mapping, start: Vec) -> Claim:
    """abs(x_k) is unbounded."""
    return Limit(as_system(system), start, "x_k is unbounded")


def never_moves(system: Any, start: Vec) -> bool:
    """Whether the start is certifiably a rest point of the map; what has a theory of its orbits and no steps is not asked."""
    mapped = itself(system)
    if not (hasattr(mapped, "move") or callable(mapped)):
        return False
    try:
        return all(sign(Real.of(c)) == 0 for c in as_system(lift(system, Real.of)).move(start))
    except (Undecided, ZeroDivisionError):
        return False


@dataclass(frozen=True, eq=False)
class AtLimit(NoTruthValue):
    """`then` of the limit, true where the orbit certifiably has none."""

    system: Any
    start: Vec
    then: Callable[[Vec], Claim]

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", exact_point(self.start))

    def decide(self) -> Decision:
        raise_contradictions(self.system, self.start)
        found = with_limit(self.system, self.start, fate(lift(self.system, Real.of), self.start))
        if found.converges is None:
            return Decision(None, f"whether x_k converges: {found.text()}", None, found)
        if not found.converges:
            return Decision(True, f"x_k does not converge: {found.text()}", None, (found, None))
        limit = self._limit(found)
        if limit is None:
            return Decision(None, f"the certificate does not say where: {found.text()}", None, found)
        with precision(LIMIT_BITS):
            d = decided(self._claim(limit))
        says, still = f"at the limit of x_k ({found.text()}): {d.says}", d.still or never_moves(self.system, self.start)
        return Decision(d.truth, says, d.tightness, (found, d), d.equal, still=d.truth is False and still)

    def _limit(self, found: Fate) -> Vec | None:
        with precision(LIMIT_BITS):
            return limit_of(self.system, self.start, found)

    def _claim(self, limit: Vec) -> Claim:
        with exact_only():
            return self.then(limit)

    def slack(self) -> Array:
        """That of `then` after LOOK steps where the batch has settled by then, 1 elsewhere."""
        x, sizes = looked(self.system, self.start)
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
        said = self._claim(limit).opinion(inner)
        return Opinion(said.truth, f"at the limit of x_k: {said.says}", said.lhs, said.rhs)


def at_limit(system: Mapping, start: Vec, then: Callable[[Vec], Claim]) -> Claim:
    """If x_k converges, then its limit satisfies `then`."""
    return AtLimit(as_system(system), start, closed(then))
