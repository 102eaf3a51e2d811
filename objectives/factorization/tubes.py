"""The limit of an orbit that a tube holds, as numbers of every arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from refute import Ball, Enclosed, Mp, Vec, as_fraction, digits, lift, precision, running_digits

# What is left of the way when mpmath knows the limit well enough: at first, and where it is asked again with more digits.
NEAR, NEARER = Fraction(1, 10**6), Fraction(1, 10**15)
FIRST_DIGITS = 50
#: The limit, followed until the rest of the way is at most a goal; the rest is counted as an error.
Approach = Callable[[Any, Vec, Fraction], Vec]


def limit_of(approached: Approach, system: Any, start: Vec, widths: Sequence[int], enough: float) -> Vec:
    """The limit to any precision, in the arithmetic of the start (Reals or mpmath's numbers): for so many bits balls of
    `widths` times as many are tried in turn, until the radius is below `enough`."""
    if isinstance(start[0], Mp):
        return approached(system, start, _goal(running_digits()))
    exact, x = lift(system, as_fraction), lift(start, as_fraction)

    @cache
    def enclosed(bits: int) -> Vec:
        goal = Fraction(1, 2 ** (bits // 2))
        for width in widths:
            with precision(width * bits):
                found = approached(lift(exact, Ball.of), lift(x, Ball.of), goal)
            if all(float(c.a.rad()) < enough for c in found):
                break
        return found

    @cache
    def approximated(n: int) -> Vec:
        with digits(n):
            return approached(lift(exact, Mp.of), lift(x, Mp.of), _goal(n))

    def coordinate(i: int) -> Enclosed:
        return Enclosed(lambda bits: enclosed(bits)[i].a, lambda n: approximated(n)[i])

    limit: Vec = lift(Vec(tuple(coordinate(i) for i in range(len(start)))), type(start[0]).of)
    return limit


def _goal(n: int) -> Fraction:
    return NEAR if n <= FIRST_DIGITS else NEARER


def below(way: Any, goal: Fraction) -> bool:
    """way < goal; False where a ball straddles the goal, so that the orbit is followed on."""
    try:
        return bool(way < goal)
    except ArithmeticError:
        return False
