"""Monotone convergence on the line: degenerate minima, and inputs that miss one hypothesis only."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from refute import Ball, Vec, converges_to, lift, precision, vec, where
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.orbits.fate import fate
from refute.orbits.monotone import Monotone, monotone
from refute.orbits.replay import confirmed
from refute.orbits.system import as_system

F = Fraction


def cubic(x: Vec) -> Vec:
    """Gradient descent on x^4 with h = 1/40."""
    return Vec((x[0] - x[0] ** 3 / 10,))


def bulging(x: Vec) -> Vec:
    """It increases on [0, 1], with T(1) > 1 and T(y) < y for 0 < y < 31/32."""
    return Vec((x[0] + x[0] / 4 * (x[0] - F(31, 32)),))


def interval(T: Callable[[Vec], Vec], x: Fraction) -> Monotone | None:
    system = as_system(T)
    with precision(64):
        return monotone(system, lift(system, Ball.of), Ball.of(x))


@pytest.mark.parametrize("x", [F(1), F(-1), F(3, 2), F(7, 2), F(1, 10**6)])
def test_orbits_reach_a_degenerate_minimum(x: Fraction) -> None:
    start = lift(vec(x), Real.of)
    told = fate(cubic, start)
    assert (told.kind, told.converges) == ("monotone", True)
    with digits(60):
        assert confirmed(cubic, start, told) is True


def test_the_interval_ends_where_the_map_moves_back() -> None:
    assert interval(cubic, F(1)) == Monotone(F(0), F(1), -1)
    assert interval(cubic, F(-1)) == Monotone(F(-1), F(0), 1)


@pytest.mark.parametrize(
    ("T", "x"),
    [
        (cubic, F(3)),  # T' < 0 at the start
        (lambda x: Vec((x[0] - 1 - abs(x[0]),)), F(1)),  # nothing stops it
        (
            lambda x: Vec((x[0] - x[0] ** 2 / 8 - F(1, 100),)),
            F(1),
        ),  # nor here: T(y) < y everywhere, though T increases on the way
        (lambda x: x, F(1)),  # it does not move
        (lambda x: Vec((x[0] + x[0] ** 3,)), F(1)),  # it moves away from the rest point behind it
        (lambda x: Vec((-2 * x[0],)), F(1)),  # T decreases
    ],
)
def test_each_hypothesis_counts(T: Callable[[Vec], Vec], x: Fraction) -> None:
    assert interval(T, x) is None


def test_the_interval_holds_the_whole_ball() -> None:
    for sign in (1, -1):
        system, wide = as_system(cubic), Ball.hull(sign * F(99, 100), sign * F(101, 100))
        with precision(64):
            found = monotone(system, lift(system, Ball.of), wide)
            assert found is not None
            assert wide.a >= Ball.of(found.a).a.lower()
            assert wide.a <= Ball.of(found.b).a.upper()
            assert min(abs(found.a), abs(found.b)) == 0


def test_a_constant_map_increases_weakly() -> None:
    assert interval(lambda x: 0 * x, F(1)) == Monotone(F(0), F(1), -1)


def test_mpmath_refuses_other_intervals_and_other_maps() -> None:
    told = fate(cubic, lift(vec(1), Real.of))
    lies: list[tuple[Any, Fraction, Monotone]] = [
        (cubic, F(1), Monotone(F(1, 2), F(2), -1)),  # T(1/2) < 1/2
        (cubic, F(1), Monotone(F(0), F(3), -1)),  # T decreases on the right
        (cubic, F(1), Monotone(F(0), F(1), 1)),  # the orbit goes the other way
        (cubic, F(-1), Monotone(F(0), F(1), 1)),  # the orbit is elsewhere
        (lambda x: 2 * x, F(1), Monotone(F(0), F(1), -1)),  # T(1) > 1
        (bulging, F(1, 4), Monotone(F(0), F(1), -1)),  # T(1) > 1, though the orbit falls to 0
        (lambda x: -bulging(-x), F(-1, 4), Monotone(F(-1), F(0), 1)),  # T(-1) < -1, though the orbit rises to 0
        (cubic, F(2), Monotone(F(0), F(1), -1)),  # the orbit starts beyond the interval
    ]
    with digits(60):
        for T, x, lie in lies:
            assert confirmed(T, vec(x), replace(told, step=0, data=lie)) is False


@pytest.mark.parametrize(
    ("T", "x", "p", "truth"),
    [
        (lambda z: z - z * z * z / 2, F(1), F(0), True),
        (lambda z: z - z * z * z / 2, F(-1), F(0), True),
        (lambda z: z - z * z * z / 2, F(1), F(1), False),  # no rest point
        (lambda z: z - (z - 1) ** 3 * z * z / 8, F(1, 2), F(1), True),
        (lambda z: z - (z - 1) ** 3 * z * z / 8, F(1, 2), F(0), False),  # behind it
        (lambda z: z - (z - 1) ** 3 * (z - 2) ** 2 / 8, F(7, 4), F(1), True),
        (
            lambda z: z - (z - 1) ** 3 * (z - 2) ** 2 * (z - 3) ** 2 / 64,
            F(5, 2),
            F(1),
            None,
        ),  # 2 lies between: it is no limit of this orbit
    ],
)
def test_the_limit_is_the_first_rest_point_on_the_way(T: Any, x: Fraction, p: Fraction, truth: bool | None) -> None:
    claim = converges_to(lambda z: (T(z[0]),), vec(x), vec(p))
    found = claim.decide()
    assert found.truth is truth
    if truth is not None:
        with digits(40):
            T_mp, start, to = (lift(e, Mp.of) for e in (lambda z: (T(z[0]),), vec(x), vec(p)))
            assert converges_to(T_mp, start, to).opinion(found).truth is truth


def test_maps_that_are_no_polynomials_are_not_asked_for_their_roots() -> None:
    found = converges_to(lambda z: (z[0] - z[0] ** 3 / (1 + z[0] ** 2) / 2,), vec(1), vec(0)).decide()
    assert found.truth is None


def test_an_orbit_that_returns_after_many_steps_is_periodic() -> None:
    """Steps of 1/8 on |x| from 29/16: after 14 of them it goes back and forth."""

    def step(z: Vec) -> Vec:
        return Vec((z[0] - where(z[0] >= 0, F(1, 8), -F(1, 8)),))

    found = fate(step, vec(F(29, 16)))
    assert (found.kind, found.converges, found.step) == ("return", False, 14)
    assert confirmed(step, lift(vec(F(29, 16)), Mp.of), found)
