"""Claims: what a body returns. A claim decides itself and says why.

A claim built from Reals decides in three values; built from batches it yields slacks that steer the
search; built from mpmath numbers it gives a second opinion. An undecided comparison is neither true
nor false: nothing here negates a comparison to get another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, Protocol

import numpy as np

from refute.errors import BadInput, NotExact, Undecided, not_exact, overlook
from refute.numbers.atoms import least_sign_everywhere
from refute.numbers.ball import Ball, FreeVariable
from refute.numbers.batch import Array, Batch
from refute.numbers.decide import sign
from refute.numbers.functions import Scalar
from refute.numbers.mp import Mp, sign_apart
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only, refuse_answer
from refute.numbers.vector import Vec
from refute.safety.failure import shown
from refute.statements.wording import sides_at

#: What was compared, as it is written in the file and as a number.
Sides = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Decision:
    """What a claim turned out to be: `truth` is None where it stayed undecided.

    `says` names the part that decided; `sides` has the two sides that were compared, as they are written and as numbers, where somebody will
    read them (see `described`); `tightness` is 1 at equality, above 1 beyond it, None where
    it means nothing; `equal` says that two sides are exactly equal; `evidence` is the finite
    certificate of a limit statement; `costly` that the same instance is not worth deciding twice; `still` that the claim is
    about an orbit that never moves: no counterexample that an author would accept where another one exists.
    """

    truth: bool | None
    says: str
    tightness: float | None = None
    evidence: Any = None
    equal: bool = False
    costly: bool = False
    sides: Sides = ()
    still: bool = False

    def __post_init__(self) -> None:
        _only_truth_values(self.truth)


@dataclass(frozen=True)
class Opinion:
    """What mpmath finds from the instance and the evidence alone, with the digits that people see."""

    truth: bool | None
    says: str
    lhs: str = ""
    rhs: str = ""

    def __post_init__(self) -> None:
        _only_truth_values(self.truth)


def _only_truth_values(truth: object) -> None:
    """0, numpy's False or a claim that has not been decided would count as true."""
    if truth is not None and type(truth) is not bool:
        raise BadInput(
            f"a decision is True, False or None, not {shown(truth)} (a {type(truth).__name__}); write known(bool(...)), or return the claim itself"
        )


class Claim(Protocol):
    """A statement about lifted numbers."""

    def decide(self) -> Decision:
        """The truth of the claim, in exact arithmetic and balls."""

    def slack(self) -> Array:
        """One float per candidate of a batch, negative where the claim seems violated."""

    def opinion(self, decision: Decision) -> Opinion:
        """mpmath's view of the claim that `decision` decided."""


def certified(evidence: Any) -> bool:
    """Whether a certificate, and not only signs, is or is among the evidence of a decision."""
    return any(map(certified, evidence)) if isinstance(evidence, tuple) else evidence is not None


def in_numbers(d: Decision) -> str:
    """What a decision says, with the numbers that were compared: x <= y, where x = 1, y = 2."""
    values = ", ".join(f"{written} = {value}" for written, value in dict.fromkeys(d.sides) if written != value)
    return f"{d.says}, where {values}" if values else d.says


class NoTruthValue:
    """Claims are joined by `both` and `every`: Python's `and`, `or`, `not` and `if` would look at none of them."""

    def __lt__(self, other: object) -> NoReturn:
        raise BadInput(
            "a claim is no number, and is compared with none: write both(first=lt(x, y), second=lt(y, z)) for x < y < z"
        )

    __le__ = __gt__ = __ge__ = __lt__

    def __eq__(self, other: object) -> bool:
        if self is not other:
            refuse_answer(
                "claims are not compared: write both(...), any_of(...), every(...), with le(y, x) for the negation of lt(x, y)"
            )
        return self is other

    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise BadInput(
            "a claim has no truth value before it is decided: write both(first=..., second=...) or every(...), and branch on numbers"
        )


def decided(claim: Claim) -> Decision:
    """The decision of a claim; one that a user's class makes may not go on after a refusal that it caught, nor round what it decides."""
    if type(claim).__module__.startswith(("refute.", "objectives.")):
        return claim.decide()
    with exact_only():
        return claim.decide()


# Floats see an equation violated only beyond this relative difference.
NOISE = 1e-6


@dataclass(frozen=True, eq=False)
class Relation(NoTruthValue):
    """lhs op rhs for op in <=, <, =, !=; slack is measured in `unit`s."""

    lhs: Scalar
    op: str
    rhs: Scalar
    unit: Scalar = None
    written: tuple[str, str] | None = field(default=None, compare=False, repr=False)

    def decide(self) -> Decision:
        if self._is_enclosed():
            return self._by_enclosures()
        try:
            gap = Real.of(self.rhs) - Real.of(self.lhs)
            s = sign(gap)
        except (Undecided, ZeroDivisionError) as why:
            if self._for_all_values():
                overlook(why)
                return Decision(True, f"lhs {self.op} rhs for all values of the variables")
            return Decision(None, str(why))
        truth = _TRUE_FOR[self.op](s)
        tightness, equal = self._tightness(gap, truth), s == 0
        if self.written is None:
            return Decision(truth, f"lhs {self.op} rhs", tightness, equal=equal)
        left, right = self.written
        sides = ((left, Real.of(self.lhs).text()), (right, Real.of(self.rhs).text()))
        return Decision(truth, f"{left} {self.op} {right}", tightness, equal=equal, sides=sides)

    def gap(self) -> Real | None:
        """rhs - lhs of an inequality between exact numbers."""
        return Real.of(self.rhs) - Real.of(self.lhs) if self.op in ("<=", "<") else None

    def _for_all_values(self) -> bool:
        """Whether an inequality between polynomials in free variables shows its truth in the coefficients."""
        gap = self.gap()
        least = None if gap is None else least_sign_everywhere(gap)
        return least is not None and least >= (self.op == "<")

    def _is_enclosed(self) -> bool:
        """Whether a side is known by an enclosure alone, as the points and multipliers of an orbit are."""
        return isinstance(self.lhs, Ball) or isinstance(self.rhs, Ball)

    def _by_enclosures(self) -> Decision:
        gap = (Ball.of(self.rhs) - Ball.of(self.lhs)).a
        if not (gap > 0 or gap < 0):
            return Decision(None, f"lhs {self.op} rhs, for which the enclosures are too wide")
        return Decision(_TRUE_FOR[self.op](1 if gap > 0 else -1), f"lhs {self.op} rhs")

    def _tightness(self, gap: Real, truth: bool) -> float | None:
        if self.op not in ("<=", "<"):
            return None
        try:
            unit = abs(Real.of(self.lhs)) + abs(Real.of(self.rhs)) if self.unit is None else Real.of(self.unit)
            u, g = float(unit), float(gap)
        except (FreeVariable, OverflowError):
            return None
        if not (u > 0 and np.isfinite(g / u)):
            return None
        # The float of a decided gap may have the wrong sign by a rounding.
        return min(1.0 - g / u, 1.0) if truth else max(1.0 - g / u, 1.0)

    def slack(self) -> Array:
        lhs, rhs = Batch.of(self.lhs), Batch.of(self.rhs)
        gap = rhs.f - lhs.f
        unit = np.abs(lhs.f) + np.abs(rhs.f) if self.unit is None else Batch.of(self.unit).f
        slack = np.asarray(np.divide(gap, unit), dtype=np.float64)
        if self.op == "=":
            return np.asarray(NOISE - np.abs(slack))
        return np.abs(slack) if self.op == "!=" else slack

    def opinion(self, decision: Decision) -> Opinion:
        if self._is_enclosed():
            return Opinion(None, "an enclosure, whose orbit is checked again")
        lhs, rhs = Mp.of(self.lhs), Mp.of(self.rhs)
        s = sign_apart(lhs, rhs)
        truth = None if s is None else _TRUE_FOR[self.op](s)
        return Opinion(truth, f"lhs {self.op} rhs", lhs.text(), rhs.text())


_TRUE_FOR: dict[str, Callable[[int], bool]] = {
    "<=": lambda s: s >= 0,
    "<": lambda s: s > 0,
    "=": lambda s: s == 0,
    "!=": lambda s: s != 0,
}


def _watched(parts: Iterable[tuple[str, Claim]]) -> Iterator[tuple[str, Claim]]:
    """The parts, as a user's code makes them one by one."""
    rest = iter(parts)
    while True:
        with exact_only():
            made = next(rest, None)
        if made is None:
            return
        yield made


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


class _Kept:
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


@dataclass(frozen=True, eq=False)
class Constant(NoTruthValue):
    """A claim that is known: membership by construction, or a failure with its reason."""

    truth: bool | None
    says: str = ""
    evidence: Any = field(default=None)

    def __post_init__(self) -> None:
        _only_truth_values(self.truth)

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


# No numbers, and met often enough to be told apart where they are written.
_NO_NUMBERS = frozenset({float, Vec, tuple, list, str, bool, np.float64, np.ndarray})


def _relation(lhs: Scalar, op: str, rhs: Scalar, unit: Scalar = None) -> Relation:
    for side in (lhs, rhs, unit):
        if type(side) in _NO_NUMBERS:
            raise not_exact(side)
    if lhs is None or rhs is None:
        raise not_exact(None)
    return Relation(lhs, op, rhs, unit, sides_at(sys._getframe(2)))


def le(lhs: Scalar, rhs: Scalar, *, unit: Scalar = None) -> Claim:
    """lhs <= rhs. `unit` (default abs(lhs) + abs(rhs)) is what tightness is measured in:
    tightness = 1 - (rhs - lhs)/unit."""
    return _relation(lhs, "<=", rhs, unit)


def lt(lhs: Scalar, rhs: Scalar, *, unit: Scalar = None) -> Claim:
    """lhs < rhs; `unit` as in `le`."""
    return _relation(lhs, "<", rhs, unit)


def eq(lhs: Scalar | Vec, rhs: Scalar | Vec) -> Claim:
    """lhs = rhs, for vectors entry by entry."""
    if isinstance(lhs, Vec):
        sides = sides_at(sys._getframe(1))
        return Every(
            tuple((f"entry {i}", Relation(a, "=", b, None, _of(sides, i))) for i, (a, b) in _entries(lhs, rhs))
        )
    return _relation(lhs, "=", rhs)


def ne(lhs: Scalar | Vec, rhs: Scalar | Vec) -> Claim:
    """lhs != rhs, for vectors in one entry at least."""
    if isinstance(lhs, Vec):
        sides = sides_at(sys._getframe(1))
        return Some(
            tuple((f"entry {i}", Relation(a, "!=", b, None, _of(sides, i))) for i, (a, b) in _entries(lhs, rhs))
        )
    return _relation(lhs, "!=", rhs)


def _of(sides: tuple[str, str] | None, i: int) -> tuple[str, str] | None:
    """How an entry of two vectors is written."""
    return sides and (f"({sides[0]})[{i}]", f"({sides[1]})[{i}]")


def _entries(lhs: Vec, rhs: Any) -> Iterable[tuple[int, tuple[Scalar, Scalar]]]:
    if not isinstance(rhs, Vec) or len(rhs) != len(lhs):
        of = f"a point of R^{len(rhs)}" if isinstance(rhs, Vec) else f"{shown(rhs)}, which is no point"
        raise NotExact(f"a point of R^{len(lhs)} is compared with {of}: write vec(...) of as many coordinates")
    return enumerate(zip(lhs, rhs, strict=True))


def every(claims: Iterable[Claim], *, each: str = "") -> Claim:
    """All of the claims; with `each="k"` the first is called k = 0, the next k = 1, ..."""
    # At once: what a generator speaks of may have another value later.
    made = tuple(claims)
    for c in made:
        if not hasattr(c, "decide"):
            words = ": a dict is gone through by its keys, write both(**claims)" if isinstance(claims, Mapping) else ""
            raise BadInput(f"every(...) is given {shown(c)}, not a claim such as le(x, y){words}")
    return Every(tuple((f"{each} = {k}" if each else "", c) for k, c in enumerate(made)))


def both(**parts: Claim) -> Claim:
    """All of the named claims: both(first=le(...), second=le(...))."""
    return Every(tuple((name.replace("_", " "), c) for name, c in parts.items()))


def any_of(**parts: Claim) -> Claim:
    """At least one of the named claims: any_of(settles=..., escapes=...)."""
    return Some(tuple((name.replace("_", " "), c) for name, c in parts.items()))


def named(parts: Iterable[tuple[str, Claim]]) -> Claim:
    """All of the claims, each with its name; a part is made only when it is asked for, after those before it."""
    return Every(_Kept(parts))


def known(truth: bool | None, says: str = "") -> Claim:
    """A claim whose truth the caller has settled, by construction or by proof; says tells how."""
    if not says and (truth is False or truth is None):
        says = "known(False)" if truth is False else "known(None): nobody knows"
    return Constant(truth, says)
