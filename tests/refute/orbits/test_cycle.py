"""Cycles and rest points through a contracting power of T, and mpmath's replay of them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from objectives import GD, PiecewiseQuadratic, Ridge, RidgeSum
from refute import Ball, Mp, Vec, converges, digits, lift, precision, settles, vec
from refute.numbers.real import Real
from refute.orbits.cycle import Power, cycle
from refute.orbits.fate import fate
from refute.orbits.replay import confirmed

ONE = Fraction(1)
# Curvature 4 around 0 and 1/2 beyond: with h = 1 the orbit jumps between two points for ever.
WELL = PiecewiseQuadratic((-ONE, ONE), (Fraction(1, 2), Fraction(4), Fraction(1, 2)), Fraction(-4), Fraction(2))
START = vec(3)


def system(h: Fraction = ONE) -> GD:
    return GD(lift(WELL, Real.of), Real.of(h))


def test_an_attracting_cycle_is_certified() -> None:
    found = fate(system(), lift(START, Real.of))
    assert (found.kind, found.converges, found.settles, found.bounded) == ("cycle", False, False, True)
    assert "towards a cycle" in found.text()


def test_mpmath_confirms_it_and_rejects_another_story() -> None:
    found = fate(system(), lift(START, Real.of))
    with digits(50):
        ours = GD(lift(WELL, Mp.of), Mp.of(ONE))
        start = lift(START, Mp.of)
        assert confirmed(ours, start, found)
        assert not confirmed(ours, start, replace(found, data=replace(found.data, rests=True)))
        smaller = replace(found.data.inside, radius=found.data.inside.radius / 10**30)
        assert not confirmed(ours, start, replace(found, data=replace(found.data, inside=smaller)))


def test_the_claims_read_it() -> None:
    assert converges(system(), lift(START, Real.of)).decide().truth is False
    assert settles(system(), lift(START, Real.of)).decide().truth is False


@pytest.mark.parametrize("h", [Fraction(1, 4), Fraction(2, 5)])
def test_a_converging_orbit_is_no_cycle(h: Fraction) -> None:
    found = fate(system(h), lift(START, Real.of))
    assert found.converges is True


def test_a_smooth_function_with_a_cycle() -> None:
    """GD on -cos with h = 5/2 oscillates between two points, beyond 2/L."""
    f = RidgeSum((Ridge(-ONE, "cos", vec(1), Fraction(0)),))
    found = fate(GD(lift(f, Real.of), Real.of(Fraction(5, 2))), lift(vec(1), Real.of))
    assert (found.kind, found.converges) == ("cycle", False)


def test_the_power_of_a_map_is_its_iterate() -> None:
    with precision(64):
        gd = GD(lift(WELL, Ball.of), Ball.of(Fraction(1, 4)))
        x = lift(vec(3), Ball.of)
        y = x
        for _ in range(3):
            y = y + gd.move(y)
        moved = Power(gd, 3).move(x)
        assert (moved[0] - (y - x)[0]).a.contains(0)


def test_a_repelling_orbit_gets_no_certificate() -> None:
    f = PiecewiseQuadratic((Fraction(0),), (Fraction(5), Fraction(5)), Fraction(0), Fraction(0))
    with precision(64):
        exact = GD(lift(f, Real.of), Real.of(ONE))
        assert cycle(exact, lift(exact, Ball.of), Vec((Ball.of(1),))) is None
