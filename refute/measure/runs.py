"""Claims about what happens in most runs of an experiment, from independent runs that were measured: an exact binomial test at a stated error.

If the property has probability p in a run, it is seen in K of n independent runs, K binomial. A claim that it has more than probability q is true where k or
more sightings would have probability `ERROR` at most for every p <= q, false where k or fewer would for every p >= q, and undecided in between: both tails are
monotone in p, so that p = q decides. Chance enters through the runs alone; nothing decided so is ever proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from refute.errors import BadInput, CannotBatch
from refute.numbers.batch import Array
from refute.numbers.mp import CONTEXT, Mp
from refute.numbers.real import as_fraction
from refute.statements.claims import Decision, NoTruthValue, Opinion, known
from refute.statements.domains import Domain

#: The probability that a decision is wrong because of the runs that were drawn.
ERROR = Fraction(1, 1000)


@dataclass(frozen=True)
class Runs:
    """n independent runs: for each quantity its n measured values, in the order of the seeds, as decimal numbers in text.

    scale   the sizes of the experiment, in words;
    images  what it was run on, with a digest; empty where nothing was read;
    seeds   one for each run: the experiment repeats it from that.

    Raises BadInput for a value that is no decimal number, and for columns of unlike lengths.
    """

    experiment: str
    scale: str
    images: str
    seeds: tuple[int, ...]
    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.seeds or len(set(self.seeds)) != len(self.seeds):
            raise BadInput(f"{self.experiment}: runs need seeds, each another one")
        if len(self.names) != len(self.columns) or {len(c) for c in self.columns} != {len(self.seeds)}:
            raise BadInput(f"{self.experiment}: each quantity has one value for each seed")
        for c in self.columns:
            for value in c:
                _number(self.experiment, value)

    @classmethod
    def of(cls, *, experiment: str, scale: str, images: str, seeds: Sequence[int], measured: Mapping[str, str]) -> Runs:
        """From a text of values, parted by blanks, for each quantity."""
        return cls(
            experiment, scale, images, tuple(seeds), tuple(measured), tuple(tuple(v.split()) for v in measured.values())
        )

    @property
    def words(self) -> str:
        """What they are, for people."""
        return f"{len(self)} runs of {self.experiment}, seeds {min(self.seeds)} to {max(self.seeds)}"

    def __getitem__(self, name: str) -> tuple[Fraction, ...]:
        """The values of a quantity, exactly as they were written."""
        if name not in self.names:
            raise BadInput(f"{self.experiment} does not measure {name!r}, but {', '.join(self.names)}")
        return tuple(_number(self.experiment, v) for v in self.columns[self.names.index(name)])

    def __len__(self) -> int:
        return len(self.seeds)


def _number(experiment: str, text: str) -> Fraction:
    try:
        return Fraction(text)
    except ValueError:
        raise BadInput(f"{experiment}: {text[:40]!r} is no decimal number") from None


def recorded(runs: Runs) -> Domain:
    """These runs, and no others."""
    name = f"the {len(runs)} runs of {runs.experiment} ({runs.scale})"
    return Domain(
        name,
        lambda d: runs,
        lambda r: known(isinstance(r, Runs) and r == runs, "other runs"),
        (Runs,),
        elements=(runs,),
    )


@dataclass(frozen=True)
class Seen:
    """In how many of n runs a property was seen: the evidence of a decision that rests on chance."""

    times: int
    runs: int


@dataclass(frozen=True, eq=False)
class MoreOften(NoTruthValue):
    """The claim that in a run a property has a probability above `than`."""

    outcomes: tuple[bool, ...]
    than: Any
    says: str

    def decide(self) -> Decision:
        n, k, q = len(self.outcomes), sum(self.outcomes), as_fraction(self.than)
        high, low = (_tail(n, ks, q) for ks in (range(k, n + 1), range(k + 1)))
        truth = True if high <= ERROR else False if low <= ERROR else None
        chance = f"{float(high if truth is not False else low):.2g}"
        least = "so many" if truth is not False else "so few"
        says = f"{self.says}: in {k} of {n} runs ({least} have probability {chance} where it is as likely as {q})"
        return Decision(truth, says, None, Seen(k, n), costly=True)

    def slack(self) -> Array:
        raise CannotBatch("runs that were measured are not screened")

    def opinion(self, decision: Decision) -> Opinion:
        """mpmath's incomplete beta function in place of the sums: P(K >= k) = I_q(k, n - k + 1)."""
        n, k = len(self.outcomes), sum(self.outcomes)
        q, error = (Mp.of(c).m for c in (self.than, ERROR))
        high = CONTEXT.betainc(k, n - k + 1, 0, q, regularized=True) if k else CONTEXT.one
        low = CONTEXT.betainc(n - k, k + 1, 0, 1 - q, regularized=True) if k < n else CONTEXT.one
        return Opinion(True if high <= error else False if low <= error else None, self.says)


def more_often(outcomes: Sequence[bool], *, than: Any = Fraction(1, 2), says: str) -> MoreOften:
    """In a run of the experiment the property has a probability above `than`, 0 < than < 1: a binomial test on independent runs, at the error 1/1000.

    For than = 1/2 and a comparison of two numbers of one run it is the sign test; a tie counts as the property says. Raises BadInput for outcomes that are no
    truth values.
    """
    if not 0 < than < 1:
        raise BadInput(f"a property has a probability between 0 and 1, not {than}")
    found = tuple(outcomes)
    if not found or any(type(o) is not bool for o in found):
        raise BadInput("more_often needs one truth value for each run, such as [a < b for a, b in zip(...)]")
    return MoreOften(found, than, says)


def _tail(n: int, ks: range, q: Fraction) -> Fraction:
    return sum((comb(n, k) * q**k * (1 - q) ** (n - k) for k in ks), Fraction(0))
