"""Balls: containment, three-valued comparison, regions that straddle knots."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from refute.errors import NotExact, Undecided
from refute.numbers.ball import FUNCTIONS, Ball, enclose, precision, sign_of
from refute.numbers.functions import piecewise
from refute.numbers.mp import CONTEXT, digits
from refute.numbers.mp import FUNCTIONS as REFERENCE
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only
from refute.numbers.vector import dot

POINTS = st.fractions(min_value=-20, max_value=20, max_denominator=64)


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {"log", "sqrt"}))
@given(POINTS)
def test_enclosures_contain_the_value_of_mpmath(name: str, x: Fraction) -> None:
    ball = enclose(Real.of(x).apply(name), 64)
    with digits(60):
        at = CONTEXT.mpf(x.numerator) / x.denominator
        value = CONTEXT.make_mpf(REFERENCE[name][0](at._mpf_, CONTEXT.prec))
        with precision(256):
            # A ball of 1e-45 around mpmath's value, relative to its size.
            near = arb(CONTEXT.nstr(value, 55)) * arb(1, 1e-45)
            assert ball.overlaps(near)
    assert ball.rad() <= abs(ball).upper() * 1e-15 + 1e-15


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {"log", "sqrt"}))
@given(POINTS, st.fractions(min_value=0, max_value=10, max_denominator=64), st.integers(0, 16))
def test_wide_balls_contain_the_image_of_each_point(name: str, x: Fraction, r: Fraction, i: int) -> None:
    with precision(64):
        region = Ball.hull(x - r, x + r).apply(name)
        at = Ball.of(x - r + 2 * r * Fraction(i, 16)).apply(name)
        assert region.a.overlaps(at.a)


@given(POINTS, st.fractions(min_value=0, max_value=10, max_denominator=64), st.integers(0, 16))
def test_images_under_even_functions(x: Fraction, r: Fraction, i: int) -> None:
    def falling(u: Any) -> Any:
        return 1 / (1 + u * u)

    with precision(64):
        region = Ball.hull(x - r, x + r).falling_in_size(falling)
        point = Ball.of(x - r + 2 * r * Fraction(i, 16))
        assert region.a.overlaps(falling(point).a)


def test_undecided_comparisons_raise_whichever_way_they_are_asked() -> None:
    b = Ball(arb(1, 1))
    questions: list[Callable[[], bool]] = [
        lambda: b <= 1,
        lambda: b < 1,
        lambda: b >= 1,
        lambda: b > 1,
        lambda: b == 1,
    ]
    for ask in questions:
        with pytest.raises(Undecided):
            ask()
    assert b < 3
    assert b > -1


def test_nan_is_never_an_answer() -> None:
    nan = arb("nan")
    assert sign_of(nan) is None
    with pytest.raises(Undecided):
        bool(Ball(nan) <= 1)


def test_powers_avoid_the_trap_of_arb() -> None:
    assert (Ball(arb(0, 1)) ** 2).a.is_finite()


def test_a_piecewise_function_takes_the_hull_across_a_knot() -> None:
    knots = (Fraction(0),)
    table = ((Fraction(0), Fraction(0), Fraction(-1)), (Fraction(0), Fraction(0), Fraction(1)))
    image = piecewise(Ball.hull(-1, 2), knots, table)
    assert image.a.contains(arb(0))
    assert image.a.contains(arb(2))
    assert image.a > -1


def test_floats_are_refused() -> None:
    with pytest.raises(NotExact):
        Ball.of(0.5)


INVERSES: list[Callable[[Ball], Ball]] = [
    lambda x: 1 / x,
    lambda x: x**-1,
    lambda x: x**-2,
    lambda x: Fraction(1, 3) / x,
]


@pytest.mark.parametrize("inverse", INVERSES)
def test_a_box_that_holds_0_has_no_inverse_in_a_map(inverse: Callable[[Ball], Ball]) -> None:
    assert not inverse(Ball.hull(-1, 1)).a.is_finite()
    with exact_only():
        assert inverse(Ball.hull(1, 2)).a.is_finite()
    with pytest.raises(Undecided, match="divides by what may be 0"), exact_only():
        inverse(Ball.hull(-1, 1))


def test_products_are_summed_at_once() -> None:
    x = [Ball.of(Fraction(i, 7)) for i in range(1, 5)]
    assert Ball.inner(list(zip(x, x, strict=True))).a.contains(Ball.of(Fraction(30, 49)).a.mid())
    assert dot(x, x).a.overlaps(Ball.of(Fraction(30, 49)).a)
    assert dot(x, [1, 2, 3, 4]).a.overlaps(Ball.of(Fraction(30, 7)).a)  # not all of one type
