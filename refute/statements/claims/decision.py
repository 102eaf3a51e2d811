"""What a claim is: it decides itself and says why. An undecided comparison is neither true nor false: nothing here negates a comparison to get another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from refute.errors import BadInput
from refute.numbers.batch import Array
from refute.numbers.reflected import exact_only, refuse_answer
from refute.safety.failure import shown

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
        only_truth_values(self.truth)


@dataclass(frozen=True)
class Opinion:
    """What mpmath finds from the instance and the evidence alone, with the digits that people see."""

    truth: bool | None
    says: str
    lhs: str = ""
    rhs: str = ""

    def __post_init__(self) -> None:
        only_truth_values(self.truth)


def only_truth_values(truth: object) -> None:
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
