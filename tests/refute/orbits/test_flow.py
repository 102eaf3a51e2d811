"""Enclosures of flows against closed forms and against each other."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from objectives import GradientFlow, PiecewiseQuadratic
from refute import BadInput, Undecided, Vec, both, le, solution, sq, sqrt, vec
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


def cubic(z: Vec) -> tuple[Any]:
    """-z^3, whose flow from x is x/sqrt(1 + 2 t x^2)."""
    return (-(z[0] ** 3),)


@pytest.mark.parametrize("x", [Fraction(0), Fraction(1, 2), Fraction(-1)])
def test_a_field_is_a_function_and_a_start_may_be_at_rest(x: Fraction) -> None:
    t = Fraction(3, 2)
    (y,) = solution(cubic, vec(x), t)
    exact = x / sqrt(1 + 2 * t * x**2 + 0 * Real.of(1))
    near = Fraction(1, 10**12)
    claim = both(above=le(-near, y - exact), below=le(y - exact, near))
    assert claim.decide().truth is True
    assert claim.opinion(claim.decide()).truth is not False


def test_the_flow_of_a_function_with_pieces_is_refused_in_a_sentence() -> None:
    huber = PiecewiseQuadratic(
        (Fraction(-1), Fraction(1)), (Fraction(0), Fraction(1), Fraction(0)), Fraction(-1), Fraction(0)
    )
    with pytest.raises(BadInput, match="GradientFlow of a PiecewiseQuadratic is no polynomial"):
        flow(GradientFlow(huber), vec(3), Fraction(1, 4), 2)


def test_coordinates_are_numbers_among_themselves() -> None:
    u, v = solution(lambda z: (z[0], -z[1]), vec(2, 3), Fraction(1, 2))
    for number in (
        u * v,
        v * u,
        (u + v) ** 2 - u**2 - v**2 - u * v,
        12 / (2 / (u * v) * 6) * 2 - u * v,
        u**0 * 6,
        -u * -v,
        7 - (1 + 0 * u),
    ):
        claim = both(a=le(6 - Fraction(1, 10**9), number), b=le(number, 6 + Fraction(1, 10**9)))
        assert claim.decide().truth is True, number
        assert claim.opinion(claim.decide()).truth is not False


def test_what_is_no_field_gets_one_sentence() -> None:
    with pytest.raises(BadInput, match="is no field: give a function of a point"):
        solution(3, vec(1), Fraction(1))  # type: ignore[arg-type]
