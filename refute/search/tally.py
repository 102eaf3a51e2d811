"""What a search did, and whether that is enough to say anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import exp
from typing import Any

from refute.search.drawn import Drawn
from refute.search.trail import Trail
from refute.statements.domains import Case
from refute.statements.statement import Checked, Instance

# Where more than a tenth of the wanted instances is undecided (and more than these few), the others cannot make the verdict, and the search
# ends.
FEW = 32
# Where fewer than FEW different instances were left of so many times as many draws, the search says next to nothing.
THIN = 8
# Of so many draws one may ask a table at a point that is not rational.
ONE_SIDED = 10
# A case is missed where so few draws would reach it so rarely with less than this probability.
BY_CHANCE = 1e-3


@dataclass
class Tally:
    """What a search did. `decided` counts instances decided exactly or in balls, `empty` those of them whose conclusion has no part, `open_draws` draws of an undecided one, also of the same again, `work` operations; `spent`: these ended it; `by_clock`: on another
    machine it may have ended elsewhere."""

    decided: int = 0
    empty: int = 0
    undecided: int = 0
    undecided_limits: int = 0
    open_draws: int = 0
    screened: int = 0
    singly: bool = False
    seconds: float = 0.0
    tightness: float | None = None
    tightest: Instance | None = None
    why_undecided: str = ""
    open_at: Instance | None = None
    given_up: bool = False
    counterexample: Instance | None = None
    trail: Trail | None = None
    reached: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    #: Why members had no answer.
    unanswered: Counter[str] = field(default_factory=Counter)
    #: Of these draws those where it was asked at a point that is not rational.
    irrational: int = 0
    drawn: dict[str, Drawn] = field(default_factory=dict)
    #: Where an instance is numbers alone: those that were drawn, of which few may be different.
    numbers: set[tuple[Any, ...]] = field(default_factory=set)
    required: dict[str, Case] = field(default_factory=dict)
    draws: int = 0
    #: Draws that were begun, also those that a hypothesis or a domain rejected.
    begun: int = 0
    #: Whether a variable has more values than can be counted off.
    unending: bool = False
    out_of_time: bool = False
    replayed: int = 0
    disagreement: str = ""
    #: Violations that mpmath does not confirm, and what it says of the first one.
    doubted: int = 0
    doubt: str = ""
    work: int = 0
    spent: bool = False
    by_clock: bool = False
    costly: dict[str, Checked] = field(default_factory=dict)
    still: tuple[Instance, Trail] | None = None

    def rejections(self) -> str:
        """How often each hypothesis was violated, as the end of a sentence; empty where none was."""
        if not self.rejected:
            return ""
        return ": " + ", ".join(f"{n} violated {says!r}" for says, n in self.rejected.most_common())

    def silences(self) -> str:
        """How often a member had no answer, and why, as the end of a sentence; empty where none was asked in vain."""
        if not self.unanswered:
            return ""
        why, n = self.unanswered.most_common(1)[0]
        rational = (
            "; a member of a class by conditions answers at rational points: write a rational in place of a root"
            if "rational" in why or "exact" in why
            else ""
        )
        return f"; {n} times a member had no answer: {why}{rational}"

    @property
    def one_sided(self) -> str:
        """How many of the draws asked a table at a point that is not rational; empty where they were few."""
        if self.irrational * ONE_SIDED <= self.decided + self.undecided + self.irrational:
            return ""
        return f"{self.irrational} of {self.begun} draws were not decided{self.silences()}"

    @property
    def thin(self) -> str:
        """How few of the draws gave an instance, and what rejected them; empty where they were enough."""
        different = len(self.numbers) if self.numbers and self.unending else self.draws
        if different >= FEW or self.begun - self.draws <= (THIN - 1) * different:
            return ""
        return (
            f"{self.begun - self.draws} of {self.begun} draws were rejected{self.rejections()}, and {different} different instances were left: let the domain of a "
            "later variable depend on the earlier ones, or give such_that(..., also=...) elements that meet the hypotheses"
        )

    def missed(self) -> list[str]:
        """The required cases that the draws did not reach in half of their share, with the counts: those that so few draws miss by
        chance less than once in a thousand times."""
        return [
            f"{name}: {self.reached[name]} of {self.draws} draws, required {float(case.share):.1%}"
            for name, case in self.required.items()
            if self.reached[name] < max(1, float(case.share) * self.draws / 2)
            and at_most(self.reached[name], float(case.share) * self.draws) < BY_CHANCE
        ]


def at_most(k: int, mean: float) -> float:
    """The probability that a Poisson variable of this mean is at most k."""
    term = total = exp(-mean)
    for i in range(1, k + 1):
        term *= mean / i
        total += term
    return total
