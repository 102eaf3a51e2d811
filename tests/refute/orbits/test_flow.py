"""Enclosures of flows against closed forms and against each other."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from flint import arb

from refute import BadInput, Undecided, Vec, solution, sq, vec
from refute.numbers.ball import precision
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.orbits.flow import flow

ONE = Fraction(1)


@dataclass(frozen=True)
class Linear:
    """x' = c x."""

    c: Fraction

    def velocity(self, x: Vec) -> Vec:
        return self.c * x


@dataclass(frozen=True)
class Logistic:
    """x' = x (1 - x)."""

    def velocity(self, x: Vec) -> Vec:
        return Vec((x[0] * (1 - x[0]),))


@dataclass(frozen=True)
class Turning:
    """x' = y, y' = -x."""

    def velocity(self, x: Vec) -> Vec:
        return Vec((x[1], -x[0]))


@dataclass(frozen=True)
class Explodes:
    """x' = x^2: from 1 it is at infinity at the time 1."""

    def velocity(self, x: Vec) -> Vec:
        return Vec((x[0] * x[0],))


@pytest.mark.parametrize("steps", [1, 2, 8, 64])
def test_closed_forms_are_enclosed(steps: int) -> None:
    with precision(300):
        (x,) = flow(Linear(Fraction(-3, 2)), vec(2), ONE, steps)
        assert x.a.contains(2 * (arb(-3) / 2).exp())
        (x,) = flow(Logistic(), vec(Fraction(1, 4)), Fraction(2), steps)
        assert x.a.contains(1 / (1 + 3 * arb(-2).exp()))
        x, y = flow(Turning(), vec(1, 0), ONE, steps)
        assert x.a.contains(arb(1).cos())
        assert y.a.contains(-arb(1).sin())


def test_more_steps_give_a_narrower_enclosure_inside() -> None:
    (wide,), (narrow,) = (flow(Logistic(), vec(Fraction(1, 4)), ONE, n) for n in (2, 32))
    assert wide.a.overlaps(narrow.a)
    assert float(narrow.a.rad()) < 1e-20 < float(wide.a.rad())


def test_a_solution_that_explodes_is_not_enclosed() -> None:
    with pytest.raises(Undecided, match="take more steps"):
        flow(Explodes(), vec(1), Fraction(2), 8)


def test_times_and_steps_are_positive() -> None:
    with pytest.raises(BadInput, match="positive time"):
        flow(Turning(), vec(1, 0), Fraction(0), 8)
    with pytest.raises(BadInput, match="at least one step"):
        flow(Turning(), vec(1, 0), ONE, 0)


def test_solutions_are_numbers_of_every_arithmetic() -> None:
    at = solution(Turning(), vec(1, 0), ONE)
    radius = sq(Vec(tuple(Real.of(c) for c in at)))
    assert Fraction(999, 1000) < radius < Fraction(1001, 1000)
    with digits(60):
        size = sq(Vec(tuple(Mp.of(c) for c in at)))
        assert abs(size - 1) < Fraction(1, 10**18)


class Branching:
    """x' = x, and 0 beyond 2: raw series of balls refuse the comparison, and its code goes on."""

    def velocity(self, x: Vec) -> Vec:
        try:
            return 0 * x if x[0] > 2 else x
        except TypeError:
            return x


def test_a_velocity_of_ones_own_is_a_polynomial() -> None:
    with pytest.raises(BadInput, match="no polynomial"):
        flow(Branching(), vec(1), Fraction(1), 8)
