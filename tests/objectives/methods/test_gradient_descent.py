"""Gradient descent: steps, orbits, step sizes, and the fates of known functions."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import (
    GD,
    PiecewiseQuadratic,
    Quadratic,
    Ridge,
    RidgeSum,
    SeparableSum,
    gradient_step,
    orbit,
    square,
    step_sizes,
    steps_beyond,
)
from objectives.classes.draws import Class, draw_quadratic
from refute import lift, points, vec
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.orbits.fate import Fate, fate
from refute.orbits.replay import confirmed


def fate_of(f: Any, h: Fraction, *x: Fraction | int) -> Fate:
    start = vec(*x)
    found = fate(lift(GD(f, h), Real.of), lift(start, Real.of))
    with digits(80):
        assert confirmed(lift(GD(f, h), Mp.of), lift(start, Mp.of), found) is not False
    return found


def test_one_step_and_many() -> None:
    f = square(1)
    assert gradient_step(f, Fraction(1, 2), vec(4)) == vec(2)
    assert list(orbit(f, Fraction(1, 2), vec(4), 2)) == [vec(4), vec(2), vec(1)]


@given(st.data())
def test_the_affine_map_of_a_quadratic_is_gradient_descent(data: st.DataObject) -> None:
    f, h = draw_quadratic(data.draw, Class()), Fraction(2, 3)
    x = points(f.dim).draw(data.draw)
    assert list(orbit(f, h, x, 3)) == [
        x,
        y := gradient_step(f, h, x),
        z := gradient_step(f, h, y),
        gradient_step(f, h, z),
    ]


@given(st.data())
def test_step_sizes_lie_in_their_window(data: st.DataObject) -> None:
    for L in (Fraction(0), Fraction(3)):
        domain = step_sizes(L, below=2)
        h = domain.draw(data.draw)
        assert domain.member(Real.of(h)).decide().truth is True
    beyond = steps_beyond(Fraction(3))
    assert beyond.member(Real.of(beyond.draw(data.draw))).decide().truth is True


def test_quadratics_singular_ones_too() -> None:
    f = Quadratic((Fraction(1, 2),), (Fraction(1), Fraction(0)), (Fraction(0), Fraction(0)), vec(1, 2), Fraction(0))
    assert fate_of(f, Fraction(3, 2), 5, 7).converges
    assert fate_of(f, Fraction(5, 2), 5, 7).bounded is False
    drifting = Quadratic((Fraction(0),), (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)), vec(0, 0), Fraction(0))
    found = fate_of(drifting, Fraction(1), 0, 0)
    assert (found.converges, found.settles, found.bounded) == (False, False, False)


def test_flat_bottoms_are_reached_and_approached() -> None:
    flat = PiecewiseQuadratic(
        (Fraction(0), Fraction(1)), (Fraction(1), Fraction(0), Fraction(1)), Fraction(0), Fraction(0)
    )
    assert fate_of(flat, Fraction(1, 2), Fraction(1, 2)).kind == "rest"
    assert fate_of(flat, Fraction(1, 2), -3).kind == "capture"
    assert fate_of(flat, Fraction(3, 2), -1).kind in ("rest", "capture")


def test_nearly_two_over_l_across_a_kink() -> None:
    kink = PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(1, 4)), Fraction(0), Fraction(0))
    assert fate_of(kink, Fraction(199, 100), 3).converges


def test_a_hill_top_is_a_rest_point() -> None:
    hill = RidgeSum((Ridge(Fraction(1), "cos", vec(1), Fraction(0)),))
    assert fate_of(hill, Fraction(1, 2), 0).kind == "rest"
    assert fate_of(hill, Fraction(1, 2), Fraction(1, 10**6)).converges


def test_parallel_ridges_reduce_to_the_line() -> None:
    ridge = RidgeSum((Ridge(Fraction(1), "log_cosh", vec(1, 2, 2), Fraction(1)),))
    found = fate_of(ridge, Fraction(1, 9), 1, 1, 1)
    assert found.converges
    escaping = RidgeSum((Ridge(Fraction(1), "rational", vec(3, 4), Fraction(0)),))
    assert fate_of(escaping, Fraction(1, 100), 1, 1).bounded is False


def test_separable_sums_by_coordinates() -> None:
    part = PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(1)), Fraction(0), Fraction(0))
    tail = RidgeSum((Ridge(Fraction(1), "rational", vec(1), Fraction(0)),))
    found = fate_of(SeparableSum((part, tail)), Fraction(1, 2), 3, 1)
    assert (found.converges, found.settles, found.bounded) == (False, True, False)


@pytest.mark.parametrize("seed", range(3))
def test_ridges_in_the_plane_are_captured(seed: int) -> None:
    f = RidgeSum(
        (
            Ridge(Fraction(1), "log_cosh", vec(1, Fraction(seed, 4)), Fraction(1)),
            Ridge(Fraction(3, 2), "softplus", vec(-1, 1), Fraction(0)),
            Ridge(Fraction(1), "huber", vec(Fraction(1, 4), 1), Fraction(-1)),
        )
    )
    assert fate_of(f, 1 / f.L, 1, -1).converges


def test_a_falling_term_does_not_hide_a_well_ahead() -> None:
    f = RidgeSum(
        (
            Ridge(Fraction(1), "softplus", vec(-1), Fraction(0)),
            Ridge(Fraction(-20), "rational", vec(1), Fraction(-10)),
        )
    )
    assert fate_of(f, Fraction(1, 50), 0).kind != "escape"


def test_a_start_beyond_the_far_end_of_the_box_is_not_in_the_funnel() -> None:
    """An exact orbit of period two beside a rest point that Newton's steps move behind the start."""
    e, unit = Fraction(1, 10**6), Fraction(1, 10**4)
    moves = [
        (-7 * unit, unit),
        (-3 * unit, -unit),
        (Fraction(0), Fraction(1)),
        (e, -(5 * unit + e) / 2),
        (3 * e, -(5 * unit + 3 * e) / 2),
        (Fraction(1), Fraction(-1)),
    ]
    inner = [-(v - u) / (b - a) for (a, u), (b, v) in pairwise(moves)]
    curvatures = (Fraction(1, 2), *inner, Fraction(1))
    f = PiecewiseQuadratic(tuple(t for t, _ in moves), curvatures, -moves[0][1], Fraction(0))
    assert list(orbit(lift(f, Real.of), Fraction(1), lift(vec(0), Real.of), 2))[2][0] == 0
    assert fate_of(f, Fraction(1), 0).converges is not True
