"""Claims of several parts: all of them, some of them, and what a proof of emptiness shows, that one is false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from refute.numbers.batch import Array
from refute.numbers.reflected import exact_only
from refute.statements.claims.decision import Claim, Decision, NoTruthValue, Opinion, Sides, certified, decided

#: What a conjunction of nothing says: it is true, and a statement that says no more than that at any instance is none.
NO_PART = "no part"


@dataclass(frozen=True, eq=False)
class Every(NoTruthValue):
    """A conjunction, lazy: it stops at the first part that is false."""

    parts: Iterable[tuple[str, Claim]]

    def decide(self) -> Decision:
        undecided: Decision | None = None
        tight: list[float] = []
        evidence: list[Any] = []
        sides: Sides = ()
        equal = costly = False
        for name, part in _watched(self.parts):
            d = decided(part)
            costly = costly or d.costly
            sides += d.sides
            if d.truth is False:
                parts = (*evidence, d.evidence)
                return replace(d, says=_joined(name, d.says), evidence=parts, costly=costly)
            if d.truth is None and undecided is None:
                undecided = replace(d, says=_joined(name, d.says))
            if d.tightness is not None:
                tight.append(d.tightness)
            evidence.append(d.evidence)
            # An equation is no inequality that is attained, and 0 <= 0 says nothing.
            equal = equal or (d.equal and d.tightness is not None)
        done = Decision(
            True, "every part" if evidence else NO_PART, max(tight, default=None), tuple(evidence), equal, costly, sides
        )
        return undecided or done

    def slack(self) -> Array:
        slacks = [part.slack() for _, part in self.parts]
        return np.asarray(np.min(np.broadcast_arrays(*slacks), axis=0)) if slacks else np.ones(1)

    def opinion(self, decision: Decision) -> Opinion:
        unsure: Opinion | None = None
        evidence = decision.evidence if isinstance(decision.evidence, tuple) else None
        for i, (name, part) in enumerate(_watched(self.parts)):
            own = evidence[i] if evidence is not None and i < len(evidence) else None
            o = part.opinion(replace(decision, evidence=own))
            if o.truth is False:
                return replace(o, says=_joined(name, o.says))
            if o.truth is None and unsure is None:
                unsure = replace(o, says=_joined(name, o.says))
        return unsure or Opinion(True, "every part")


@dataclass(frozen=True, eq=False)
class Some(NoTruthValue):
    """A disjunction: it stops at the first part that is true."""

    parts: tuple[tuple[str, Claim], ...]

    def decide(self) -> Decision:
        seen: list[Decision] = []
        for name, part in self.parts:
            d = decided(part)
            seen.append(replace(d, says=_joined(name, d.says)))
            if d.truth:
                return replace(seen[-1], evidence=tuple(s.evidence for s in seen), equal=False)
        says = "no alternative (" + "; ".join(d.says for d in seen) + ")"
        evidence, costly = tuple(d.evidence for d in seen), any(d.costly for d in seen)
        truth = None if any(d.truth is None for d in seen) else False
        # Of alternatives that all fail the nearest one tells how far the claim is from true.
        near = min((d.tightness for d in seen if d.tightness is not None), default=None)
        sides = tuple(side for d in seen for side in d.sides)
        return Decision(truth, says, near, evidence, costly=costly, sides=sides, still=any(d.still for d in seen))

    def slack(self) -> Array:
        slacks = [part.slack() for _, part in self.parts]
        return np.asarray(np.max(np.broadcast_arrays(*slacks), axis=0)) if slacks else -np.ones(1)

    def opinion(self, decision: Decision) -> Opinion:
        evidence = decision.evidence if isinstance(decision.evidence, tuple) else ()
        seen = []
        for i, (name, part) in enumerate(self.parts):
            # Only the last part that was decided may be true.
            truth = decision.truth if i == len(evidence) - 1 else False
            own = evidence[i] if i < len(evidence) else None
            o = part.opinion(replace(decision, truth=truth, evidence=own))
            seen.append(replace(o, says=_joined(name, o.says)))
            if o.truth:
                return seen[-1]
        unsure = any(o.truth is None for o in seen)
        says = "no alternative (" + "; ".join(o.says for o in seen) + ")"
        first = seen[0] if seen else Opinion(False, "")
        return Opinion(None if unsure else False, says, first.lhs, first.rhs)


@dataclass(frozen=True, eq=False)
class Violated(NoTruthValue):
    """At least one of the parts is false: what a proof of emptiness shows of the hypotheses that it leaves out. No float screens it."""

    parts: tuple[tuple[str, Claim], ...]

    def decide(self) -> Decision:
        seen = [(name, decided(part)) for name, part in self.parts]
        truths = [d.truth for _, d in seen]
        truth = True if False in truths else None if None in truths else False
        evidence = tuple(d if certified(d.evidence) else None for _, d in seen)
        return Decision(truth, "; ".join(_joined(name, d.says) for name, d in seen), None, evidence)

    def slack(self) -> Array:
        return np.ones(1)

    def opinion(self, decision: Decision) -> Opinion:
        evidence = decision.evidence if isinstance(decision.evidence, tuple) else (None,) * len(self.parts)
        truths = [
            part.opinion(d or replace(decision, evidence=None)).truth
            for d, (_, part) in zip(evidence, self.parts, strict=True)
        ]
        return Opinion(True if False in truths else None if None in truths else False, decision.says)


def _watched(parts: Iterable[tuple[str, Claim]]) -> Iterator[tuple[str, Claim]]:
    """The parts, as a user's code makes them one by one."""
    rest = iter(parts)
    while True:
        with exact_only():
            made = next(rest, None)
        if made is None:
            return
        yield made


class Kept:
    """The items of an iterator, drawn on demand and kept: it can be walked again."""

    def __init__(self, items: Iterable[tuple[str, Claim]]) -> None:
        self._rest = iter(items)
        self._seen: list[tuple[str, Claim]] = []

    def __iter__(self) -> Iterator[tuple[str, Claim]]:
        i = 0
        while True:
            if i == len(self._seen):
                try:
                    self._seen.append(next(self._rest))
                except StopIteration:
                    return
            yield self._seen[i]
            i += 1


def _joined(name: str, says: str) -> str:
    return f"{name}: {says}" if name else says
