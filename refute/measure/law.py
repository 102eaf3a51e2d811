"""Claims about the law of a random number, from independent certified samples: distribution-free, at a stated error.

The samples are numbers enclosed in balls; chance enters through the starts alone. With probability at least 1 - error over the starts the
empirical distribution function is within sqrt(log(2/error)/(2n)) of the true one everywhere (Dvoretzky, Kiefer, Wolfowitz;
Massart), and the mean of numbers in [0, 1] within the same radius of its expectation (Hoeffding). A claim is true where the whole interval
satisfies it, false where none of it does, and undecided in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb

from refute.errors import BadInput, CannotBatch
from refute.numbers.ball import Ball, precision
from refute.numbers.batch import Array
from refute.numbers.reflected import exact_only
from refute.statements.claims import Claim, Decision, NoTruthValue, Opinion

#: The probability that a decision is wrong because of the draw of the starts.
ERROR = 1e-9
BITS = 64


@dataclass(frozen=True)
class Sample:
    """n independent numbers, enclosed; `again(i)` is mpmath's value of the i-th, computed afresh."""

    points: tuple[Ball, ...]
    again: Callable[[int], Any]

    def __post_init__(self) -> None:
        if not self.points:
            raise BadInput("a sample needs at least one point")

    @property
    def radius(self) -> arb:
        """sqrt(log(2/error)/(2n))."""
        return ((2 / arb(ERROR)).log() / (2 * len(self.points))).sqrt()


@dataclass(frozen=True)
class Tested(NoTruthValue):
    """A claim that `statistic` (balls around it, and its radius by chance) is at most (or at least) `bound`."""

    sample: Callable[[], Sample]
    says: str
    statistic: Callable[[Sequence[arb]], arb]
    bound: Any
    at_most: bool

    def decide(self) -> Decision:
        with exact_only():
            s = self.sample()
        with precision(BITS):
            value, radius, bound = self.statistic([p.a for p in s.points]), s.radius, Ball.of(self.bound).a
            low, high = value - radius, value + radius
            inside = high <= bound if self.at_most else low >= bound
            outside = low > bound if self.at_most else high < bound
        truth = True if inside else False if outside else None
        n = len(s.points)
        says = f"{self.says} is {float(value.mid()):.4f} +- {float(radius.mid()):.4f} (n = {n}, error {ERROR:g})"
        return Decision(truth, says, None, s, costly=True)

    def slack(self) -> Array:
        raise CannotBatch("a law is not screened")

    def opinion(self, decision: Decision) -> Opinion:
        """mpmath's own values of a few of the samples lie in their balls, give or take 10^-9."""
        s = decision.evidence
        if not isinstance(s, Sample) or decision.truth is None:
            return Opinion(None, self.says)
        few = range(0, len(s.points), max(1, len(s.points) // 8))
        agrees = all(abs(float(s.again(i)) - float(s.points[i])) < 1e-9 for i in few)
        return Opinion(decision.truth if agrees else not decision.truth, self.says)


#: A function of a random number: it takes a ball, and answers one or an exact number.
Function = Callable[[Ball], Any]


def distance_from_law(sample: Callable[[], Sample], cdf: Function, bound: Any, *, says: str) -> Claim:
    """sup over t of |P(X <= t) - cdf(t)| <= bound, for a distribution function that is continuous."""
    return Tested(sample, says, lambda points: _kolmogorov(points, cdf), bound, True)


def mean_at_least(sample: Callable[[], Sample], g: Function, bound: Any, *, says: str) -> Claim:
    """E g(X) >= bound, for a function g with values in [0, 1]."""
    return Tested(sample, says, lambda points: _mean(points, g), bound, False)


def mean_at_most(sample: Callable[[], Sample], g: Function, bound: Any, *, says: str) -> Claim:
    """E g(X) <= bound, for a function g with values in [0, 1]."""
    return Tested(sample, says, lambda points: _mean(points, g), bound, True)


def _kolmogorov(points: Sequence[arb], cdf: Function) -> arb:
    """The distance of the empirical distribution function: the i-th smallest number lies within the largest radius of the i-th
    smallest midpoint."""
    n, wide = len(points), max(float(p.rad()) for p in points)
    greatest = arb(0)
    for i, m in enumerate(sorted(float(p.mid()) for p in points)):
        # A float of a midpoint is off by its last digit.
        at = _value(cdf, arb(m, wide + 1e-15 * (1 + abs(m))))
        for level in (arb(i) / n, arb(i + 1) / n):
            greatest = arb.max(greatest, abs(at - level))
    return greatest


def _value(f: Function, t: arb) -> arb:
    """f at a ball. A comparison that the ball leaves open raises Undecided, where one of Arb's own would answer no."""
    with exact_only():
        return Ball.of(f(Ball(t))).a


def _mean(points: Sequence[arb], g: Function) -> arb:
    total = arb(0)
    for p in points:
        total += arb.max(arb(0), arb.min(arb(1), _value(g, p)))
    return total / len(points)
