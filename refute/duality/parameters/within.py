"""The part of a range in which hypotheses on numbers hold, and the sides on which a statement was read, where they say so by its ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from refute.duality.forms import Form
from refute.duality.parameters.branches import Side
from refute.duality.parameters.ratio import Ratio, parameters
from refute.duality.parameters.units import at_scale_1, of_t
from refute.duality.problem import Part, Problem
from refute.duality.signs.interval import Ends, has_root, nonnegative
from refute.duality.signs.region import Region


@dataclass(frozen=True)
class Interval:
    """What one parameter may be, and which of its ends it may take."""

    ends: Ends
    closed: tuple[bool, bool]
    problem: Problem

    def nonnegative(self, r: Ratio) -> bool:
        """Whether r >= 0 inside, but for its poles."""
        return nonnegative(*of_t(r, self.problem), self.ends)

    def nowhere_zero(self, r: Ratio) -> bool:
        """Whether r is different from 0, and has no pole, at all points that belong to the interval."""
        return not any(has_root(p, self.ends, self.closed) for p in of_t(r, self.problem))

    @property
    def is_thin(self) -> bool:
        """Whether it has no inside."""
        return self.ends[0] is not None and self.ends[0] == self.ends[1]

    def from_end(self, is_lower: bool, end: Ratio) -> Interval:
        """The part on one side of an end."""
        (lo, hi), (of_lo, of_hi) = self.ends, self.closed
        at = end.at({"m": Fraction(1)})
        if is_lower and (lo is None or at > lo):
            lo, of_lo = at, True
        elif not is_lower and (hi is None or at < hi):
            hi, of_hi = at, True
        empty = lo is not None and hi is not None and lo > hi
        return self if empty else replace(self, ends=(lo, hi), closed=(of_lo, of_hi))


@dataclass(frozen=True)
class Plane:
    """The same for two parameters."""

    region: Region

    def nonnegative(self, r: Ratio) -> bool:
        """Whether r >= 0 inside, but for its poles."""
        return self.region.nonnegative(r)

    def nowhere_zero(self, r: Ratio) -> bool:
        """Whether r is shown to be different from 0, and to have no pole, at all points that belong to the region."""
        return self.region.nowhere_zero(r)

    @property
    def is_thin(self) -> bool:
        """Whether it has no inside."""
        return self.region.hi is not None and (self.region.hi - self.region.lo).is_zero

    def from_end(self, is_lower: bool, end: Ratio) -> Plane:
        """The part on one side of an end, where that is inside for all values of the second parameter."""
        region, every_m = self.region, of_second(end)
        below = every_m.nonnegative(end - region.lo)
        if not below or not (region.hi is None or every_m.nonnegative(region.hi - end)):
            return self
        closed = (True, region.closed[1]) if is_lower else (region.closed[0], True)
        return Plane(replace(region, closed=closed, **{"lo" if is_lower else "hi": end}))


def of_second(like: Ratio) -> Region:
    """The region of 0 <= t <= 1 and all values of the second parameter, on which what depends on that one alone has a sign."""
    return Region(0 * like, Ratio.of(1, like))


def on_sides(place: Any, problem: Problem, plain: Problem) -> Any:
    """The part of an interval, or of a region, where the hypotheses on numbers hold, and the statement is the one that was read; None where it is so nowhere."""
    for number in map(_number, plain.conditions):
        if number is not None:
            place = _where(place, number, strict=False)
    for side in problem.sides:
        number = at_scale_1(side.number, problem)
        if _is_empty(place, number, side):
            return None
        place = _where(place, number, side.strict)
    return place


def as_conditions(problem: Problem) -> Iterator[Part]:
    """What holds on the sides that were read, as hypotheses."""
    for side in problem.sides:
        number = at_scale_1(side.number, problem).of_size_1()
        yield Part(f"{number} >= 0", Form.of(number), hypothesis=True)


def _number(condition: Part) -> Ratio | None:
    """What a hypothesis on the parameters alone says is at least 0."""
    number = condition.form.terms.get(())
    return number if condition.hypothesis and set(condition.form.terms) == {()} and isinstance(number, Ratio) else None


def _is_empty(place: Any, number: Ratio, side: Side) -> bool:
    """Whether no values are on a side, or those alone at which its number is 0 and nothing need be shown. (Of a place without an inside both sides might have no others.)"""
    return bool(place.nonnegative(-number) and ((side.strict and not place.is_thin) or place.nowhere_zero(number)))


def _where(place: Any, number: Ratio, strict: bool) -> Any:
    """The part in which a number is at least 0, where that is what is on one side of an end; else the whole. What is left out has no value at which the number is at least 0; where it
    is `strict`, above 0."""
    rest, sign = [], 1
    for p in (number.p, number.q):
        c, factors = p.factor()
        sign *= 1 if c > 0 else -1
        for factor, times in factors:
            r = Ratio(factor, factor.context().constant(1))
            # A factor that may be 0 makes the number 0 wherever the others have the other sign.
            of_one_sign = place.nowhere_zero(r) or strict
            if of_one_sign and (times % 2 == 0 or place.nonnegative(r)):
                continue
            if of_one_sign and place.nonnegative(-r):
                sign = -sign
            else:
                rest.append((r, times))
    if len(rest) != 1 or rest[0][1] % 2 == 0:
        return place
    r = rest[0][0]
    b = r.put_first(0)
    a = r.put_first(1) - b
    every_m = of_second(a)
    if not (r - a * parameters()[0] - b).is_zero or not every_m.nowhere_zero(a):
        return place
    return place.from_end(every_m.nonnegative(sign * a), -b / a)
