"""Finite unions of bounded intervals of the line, with exact measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from refute.errors import BadInput
from refute.numbers.reflected import refuse_answer
from refute.numbers.vector import total

Interval = tuple[Any, Any]


@dataclass(frozen=True)
class Intervals:
    """The union of disjoint closed intervals (lo, hi), lo < hi, from left to right, with gaps between them.

    Sets are the same here when they differ by finitely many points. Raises BadInput for intervals that are
    empty, overlap, touch or are out of order: `union` accepts those.
    """

    parts: tuple[tuple[Fraction, Fraction], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(tuple(map(_rational, part)) for part in self.parts))
        ends = [e for part in self.parts for e in part]
        if any(len(part) != 2 for part in self.parts) or any(a >= b for a, b in self.parts):
            raise BadInput("an interval needs two ends, the smaller one first")
        if any(ends[i] >= ends[i + 1] for i in range(1, len(ends) - 1, 2)):
            raise BadInput("the intervals of a union must not overlap or touch, and stand from left to right")

    @property
    def measure(self) -> Any:
        """The sum of the lengths."""
        return total(b - a for a, b in self.parts)

    @property
    def hull(self) -> Interval:
        """The smallest interval that holds all; raises BadInput for the empty set."""
        if not self.parts:
            raise BadInput("the empty set has no hull")
        return self.parts[0][0], self.parts[-1][1]

    def simpler(self) -> Iterator[Intervals]:
        """The union without one of its intervals."""
        if len(self.parts) > 1:
            yield from (Intervals(self.parts[:i] + self.parts[i + 1 :]) for i in range(len(self.parts)))

    def __bool__(self) -> bool:
        refuse_answer("a set is neither true nor false: write X.measure > 0, or len(X.parts) > 0")
        return True

    def meet(self, other: Intervals) -> Intervals:
        """The intersection."""
        found = []
        for a, b in self.parts:
            for c, d in other.parts:
                lo, hi = (c if c > a else a), (d if d < b else b)
                if lo < hi:
                    found.append((lo, hi))
        return union(found)

    def join(self, other: Intervals) -> Intervals:
        """The union."""
        return union([*self.parts, *other.parts])

    def holds(self, x: Any) -> bool:
        """Whether x lies inside one of the intervals, ends excluded."""
        return any(a < x and x < b for a, b in self.parts)


def union(intervals: Iterable[Interval]) -> Intervals:
    """The union of intervals in any order; empty ones are passed over."""
    merged: list[Interval] = []
    for a, b in sorted((i for i in intervals if i[0] < i[1]), key=_by_left):
        if merged and a <= merged[-1][1]:
            if b > merged[-1][1]:
                merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return Intervals(tuple(merged))


def _rational(c: Any) -> Any:
    """An int as the rational that it is: a quotient of two ints would be a float."""
    return Fraction(c) if type(c) is int else c


def _by_left(interval: Interval) -> Any:
    return interval[0]


def preimage(image: Intervals, pieces: Iterable[tuple[Any, Any, Any, Any]]) -> Intervals:
    """The points that a piecewise affine map takes into `image`; a piece (lo, hi, slope, at) is
    x -> at + slope (x - lo) on [lo, hi].

    Single points of a preimage are dropped: preimages of preimages are exact up to finitely many points where
    no slope is 0 (a constant piece turns a point back into an interval).
    """
    found: list[Interval] = []
    for lo, hi, slope, at in (map(_rational, piece) for piece in pieces):
        for a, b in image.parts:
            if slope == 0:
                if a <= at and at <= b:
                    found.append((lo, hi))
                continue
            p, q = lo + (a - at) / slope, lo + (b - at) / slope
            p, q = (p, q) if p < q else (q, p)
            found.append((p if p > lo else lo, q if q < hi else hi))
    return union(found)


def first_meetings(
    target: Intervals, start: Intervals, steps: int, back: Callable[[Intervals], Intervals]
) -> Intervals:
    """The points of `start` whose orbit meets `target` within x_0, ..., x_steps; `back` takes preimages."""
    met = target
    for _ in range(steps):
        met = target.join(back(met))
    return met.meet(start)
