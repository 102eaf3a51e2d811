"""Funnels: slow ways are certified without walking them, and leaps over the box are refused."""

from fractions import Fraction
from typing import Any

from objectives import GD, PiecewiseQuadratic, Ridge, RidgeSum
from refute import Ball, lift, precision, vec
from refute.numbers.real import Real
from refute.orbits.fate import Fate, fate
from refute.orbits.funnel import funnel


def fate_of(f: Any, h: Fraction, x: Fraction) -> Fate:
    return fate(lift(GD(f, h), Real.of), lift(vec(x), Real.of))


def test_a_flank_that_takes_a_million_steps() -> None:
    well = RidgeSum((Ridge(Fraction(-1), "rational", vec(1), Fraction(0)),))
    found = fate_of(well, Fraction(1, 4), Fraction(-200))
    assert found.kind == "funnel"
    assert found.step == 0
    assert found.converges


def test_the_first_of_several_wells_is_the_one() -> None:
    wells = RidgeSum(
        (
            Ridge(Fraction(-1), "rational", vec(2), Fraction(0)),
            Ridge(Fraction(-1), "rational", vec(2), Fraction(-20)),
        )
    )
    found = fate_of(wells, Fraction(1, 64), Fraction(30))
    assert found.kind == "funnel"
    assert abs(found.data.centre - 10) < Fraction(1, 10)


def test_a_leap_over_the_box_is_refused() -> None:
    # From the left the long slope leads to a narrow valley that steps of this size overleap.
    f = PiecewiseQuadratic(
        (Fraction(0), Fraction(1)), (Fraction(0), Fraction(8), Fraction(1, 8)), Fraction(-4), Fraction(0)
    )
    exact = lift(GD(f, Fraction(1, 5)), Real.of)
    with precision(128):
        found = funnel(exact, lift(exact, Ball.of), Ball.of(Fraction(-10)))
    assert found is None or found.radius > 0
    assert fate_of(f, Fraction(1, 5), Fraction(-10)).converges is True
