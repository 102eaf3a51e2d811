"""Claims about the law of a random number, from independent certified samples: distribution-free, at a stated error.

The samples are numbers enclosed in balls; chance enters through the starts alone. With probability at least 1 - error over the starts the
empirical distribution function is within sqrt(log(2/error)/(2n)) of the true one everywhere (Dvoretzky, Kiefer, Wolfowitz;
Massart), and the mean of numbers in [0, 1] within the same radius of its expectation (Hoeffding). A claim is true where the whole interval
satisfies it, false where none of it does, and undecided in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb

from refute.errors import BadInput, CannotBatch
from refute.numbers.ball import Ball, precision
from refute.numbers.batch import Array
from refute.numbers.lifting import closed
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


@dataclass(frozen=True, eq=False)
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
    cdf = closed(cdf)
    return Tested(closed(sample), says, lambda points: _kolmogorov(points, cdf), bound, True)


def distance_from_scales(sample: Callable[[], Sample], cdf: Function, bound: Any, *, says: str) -> Claim:
    """inf over s > 0 of sup over t of |P(X <= t) - cdf(s t)| <= bound: the law is that close to one of a scale family, whichever fits best.

    cdf is a continuous distribution function. No scale is left out: s runs through intervals that cover all of (0, infinity), and as cdf rises,
    cdf(s t) lies between its values at their ends.
    """
    cdf = closed(cdf)
    return Tested(closed(sample), says, lambda points: _best_scale(points, cdf), bound, True)


def mean_at_least(sample: Callable[[], Sample], g: Function, bound: Any, *, says: str) -> Claim:
    """E g(X) >= bound, for a function g with values in [0, 1]."""
    g = closed(g)
    return Tested(closed(sample), says, lambda points: _mean(points, g), bound, False)


def mean_at_most(sample: Callable[[], Sample], g: Function, bound: Any, *, says: str) -> Claim:
    """E g(X) <= bound, for a function g with values in [0, 1]."""
    g = closed(g)
    return Tested(closed(sample), says, lambda points: _mean(points, g), bound, True)


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


#: Ratio of the ends of an interval of scales, how many intervals there are on either side of the best one, and how many points are looked at.
RATIO, INTERVALS, LOOKED_AT = 1.02, 300, 64


def _best_scale(points: Sequence[arb], cdf: Function) -> arb:
    """An enclosure of the least distance: at most that of the best scale, and at least the least of what some point shows on each interval."""
    n, wide = len(points), max(float(p.rad()) for p in points)
    middles = sorted(float(p.mid()) for p in points)
    picked = sorted({round(k * (n - 1) / (LOOKED_AT - 1)) for k in range(LOOKED_AT)})
    some = [(i, arb(middles[i], wide + 1e-15 * (1 + abs(middles[i])))) for i in picked]

    def shown(lo: float | None, hi: float | None) -> arb:
        """What the points show of the distance for every scale from lo (None: 0) to hi (None: infinity)."""
        most = arb(0)
        for i, t in some:
            ends = [_value(cdf, arb(0) if s is None else s * t) for s in (lo, hi)]
            if hi is None:
                ends[1] = arb(1) if t > 0 else arb(0) if t < 0 else arb(0.5, 0.5)
            least, greatest = (ends[0], ends[1]) if t > 0 else (ends[1], ends[0])
            if t > 0 or t < 0:
                most = arb.max(most, arb.max(least - arb(i) / n, arb(i + 1) / n - greatest))
        return most

    size = max(abs(middles[n // 4]), abs(middles[3 * n // 4])) or 1.0
    scales = [RATIO**k / size for k in range(-INTERVALS, INTERVALS + 1)]
    pairs: list[tuple[float | None, float | None]] = [(None, scales[0]), *pairwise(scales), (scales[-1], None)]
    below = [shown(lo, hi) for lo, hi in pairs]
    k = min(range(1, len(below) - 1), key=lambda j: float(below[j].mid()))
    best = _kolmogorov(points, lambda t: cdf(t * Ball.of(Fraction(scales[k]))))
    least = below[0]
    for b in below[1:]:
        least = arb.min(least, b)
    return least.union(best)


def _value(f: Function, t: arb) -> arb:
    """f at a ball. A comparison that the ball leaves open raises Undecided, where one of Arb's own would answer no."""
    with exact_only():
        return Ball.of(f(Ball(t))).a


def _mean(points: Sequence[arb], g: Function) -> arb:
    total = arb(0)
    for p in points:
        value = _value(g, p)
        if value < 0 or value > 1:
            raise BadInput(
                f"the mean of a law is that of numbers in [0, 1], and one of them is {float(value.mid()):.6g}: divide by a bound of theirs, or say how probable a set is"
            )
        total += arb.max(arb(0), arb.min(arb(1), value))
    return total / len(points)
