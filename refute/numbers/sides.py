"""The sides of the kinks that a point lies on: a formula that branches there is run once for each.

A kink is told by the direction in which its formula grows, to first order. On the line there are two sides. In space a formula made of maximum,
minimum, abs and continuous pieces is differentiable at the point if its derivatives on all sides agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from fractions import Fraction
from math import isfinite
from typing import Any, TypeVar

from refute.errors import Undecided, nothing_swallowed
from refute.numbers.ball import Ball
from refute.numbers.batch import Batch
from refute.numbers.mp import Mp
from refute.numbers.real import as_fraction
from refute.numbers.reflected import has_derivatives

T = TypeVar("T")
Direction = tuple[Fraction, ...]
# So many sides of a point are looked at.
MOST = 32


class _Sides:
    """The side that is looked at, and those that wait."""

    def __init__(self) -> None:
        self.chosen: dict[Direction, int] = {}
        self.others: list[dict[Direction, int]] = []

    def of(self, direction: Direction) -> int:
        """The sign, on this side, of a formula that grows in this direction."""
        if direction not in self.chosen:
            self.others.append({**self.chosen, direction: -1})
            self.chosen[direction] = 1
        return self.chosen[direction]


_SIDES: ContextVar[_Sides | None] = ContextVar("sides", default=None)


def on_each_side(run: Callable[[], T]) -> Iterator[T]:
    """What `run` answers on each side of the kinks that it meets; once where it meets none. Raises Undecided for too many."""
    sides = _Sides()
    for _ in range(MOST):
        token = _SIDES.set(sides)
        try:
            with nothing_swallowed():
                answer = run()
        finally:
            _SIDES.reset(token)
        yield answer
        if not sides.others:
            return
        sides.chosen = sides.others.pop()
    raise Undecided("too many pieces meet at this point")


def side_of(slopes: Sequence[Any], level: int) -> int:
    """The sign, on the side that is looked at, of a formula that is 0 and has these partial derivatives, of one differentiation. Raises
    Undecided where no side is, or the direction is not known exactly."""
    sides = _SIDES.get()
    if sides is None:
        raise Undecided("pieces of a formula meet at this point")
    e = [_comparable(c) for c in slopes]
    first = next((c for c in e if c), None)
    if first is None:
        raise Undecided("pieces of a formula meet at this point")
    sign = 1 if first > 0 else -1
    return sign * sides.of((Fraction(level), *(c / first for c in e)))


def _comparable(c: Any) -> Fraction:
    """A partial derivative as a number that is the same wherever it is computed."""
    if isinstance(c, Mp):
        return Fraction(round(float(c) * 2**30), 2**30)
    if isinstance(c, Batch) and isfinite(float(c.f)):
        return Fraction(float(c.f))
    if isinstance(c, Ball) and c.a.is_exact():
        q = c.a.fmpq()
        return Fraction(int(q.p), int(q.q))
    if isinstance(c, Ball) or has_derivatives(c):
        raise Undecided("pieces of a formula meet at this point")
    return as_fraction(c)
