"""The closed form against the equation: the velocity at each time, the start, the meeting of two pieces."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from objectives import PiecewiseQuadratic, convex_on_the_line
from objectives.methods import flow_on_the_line
from refute import BadInput, lift, points, vec
from refute.numbers.real import Real
from tests.objectives.classes.test_smooth import drawn

ONE, ZERO = Fraction(1), Fraction(0)
# f' = x below 0, 0 to 1, 3 (x - 1) to 2, 3 + (x - 2)/2 beyond.
BENT = PiecewiseQuadratic((ZERO, ONE, Fraction(2)), (ONE, ZERO, Fraction(3), Fraction(1, 2)), ZERO, ZERO)
# f' = -1 up to 0 and 1 from 2 on.
TROUGH = PiecewiseQuadratic((ZERO, Fraction(2)), (ZERO, ONE, ZERO), -ONE, ZERO)


def at(f: PiecewiseQuadratic, x: Fraction, time: Fraction) -> Real:
    (y,) = flow_on_the_line(lift(f, Real.of), lift(vec(x), Real.of), Real.of(time))
    return y  # type: ignore[no-any-return]


@pytest.mark.parametrize("f", [BENT, TROUGH])
@pytest.mark.parametrize("x", [Fraction(n, 2) for n in range(-6, 9)])
def test_the_velocity_is_minus_the_slope(f: PiecewiseQuadratic, x: Fraction) -> None:
    assert at(f, x, ZERO) == x
    step = Fraction(1, 1 << 12)
    for n in (1, 5, 11, 40, 90):
        time = Fraction(n, 16)
        before, here, after = (float(at(f, x, time + side * step)) for side in (-1, 0, 1))
        velocity = -float(f.grad(vec(Fraction(here)))[0])
        assert (after - before) / float(2 * step) == pytest.approx(velocity, abs=1e-3)


@given(drawn(convex_on_the_line()), drawn(points(1)))
def test_the_flow_is_one_of_a_semigroup_and_goes_downhill(f: Any, x: Any) -> None:
    time = 1 / f.L
    path = [float(at(f, x[0], n * time)) for n in range(4)]
    values = [float(f(vec(Fraction(p)))) for p in path]
    size = 1e-9 * (1 + abs(values[0]))
    assert all(a >= b - size for a, b in pairwise(values))
    half_way = Fraction(path[1])
    assert float(at(f, half_way, 2 * time)) == pytest.approx(path[3], rel=1e-9, abs=1e-9)


def test_a_start_at_rest_stays_and_a_straight_piece_is_exact() -> None:
    assert at(BENT, Fraction(1, 2), ONE) == Fraction(1, 2)
    assert at(TROUGH, Fraction(5), Fraction(2)) == 3
    assert at(TROUGH, Fraction(-5), Fraction(2)) == -3


def test_a_function_that_is_not_convex_gets_a_sentence() -> None:
    hill = PiecewiseQuadratic((ZERO,), (-ONE, ONE), ZERO, ZERO)
    with pytest.raises(BadInput, match="is about convex functions"):
        flow_on_the_line(hill, vec(1), ONE)
    with pytest.raises(BadInput, match="the time is negative"):
        flow_on_the_line(TROUGH, vec(1), -ONE)
