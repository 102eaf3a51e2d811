"""Where orbits end: certified for each kind of fate, and never guessed."""

from fractions import Fraction

import pytest

from objectives import GD, PiecewisePolynomial, PiecewiseQuadratic, Quadratic, Ridge, RidgeSum, square
from objectives.wells import WellOnLine, example_1d
from refute import converges_to, lift, vec
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.numbers.vector import Vec

ZERO, ONE = Fraction(0), Fraction(1)
PARABOLA = PiecewiseQuadratic((ZERO,), (ONE, ONE), ZERO, ZERO)
WELL = WellOnLine(
    PiecewiseQuadratic((ONE,), (ONE, ONE), ZERO, ZERO), Fraction(-1, 10), ZERO, Fraction(1, 50), Fraction(3)
)
COSH = RidgeSum((Ridge(ONE, "log_cosh", vec(1), -ONE),))
PLANE = RidgeSum((Ridge(ONE, "log_cosh", vec(1, 0), ZERO), Ridge(ONE, "log_cosh", vec(1, 1), ONE)))


def end(f: object, h: Fraction, start: Vec, p: Vec) -> bool | None:
    decision = converges_to(lift(GD(f, h), Real.of), lift(start, Real.of), lift(p, Real.of)).decide()
    with digits(60):
        opinion = converges_to(lift(GD(f, h), Mp.of), lift(start, Mp.of), lift(p, Mp.of)).opinion(decision)
    assert decision.truth is None or opinion.truth in (None, decision.truth)
    return decision.truth


@pytest.mark.parametrize(
    ("f", "h", "start", "there", "elsewhere"),
    [
        (PARABOLA, Fraction(1, 2), vec(3), vec(0), vec(1)),  # an affine piece
        (PARABOLA, ONE, vec(3), vec(0), vec(1)),  # at rest after one step
        (COSH, Fraction(1, 2), vec(5), vec(1), vec(0)),  # a funnel
        (PLANE, Fraction(1, 2), vec(1, 1), vec(0, -1), vec(0, 0)),  # a capture in the plane
        (WELL, Fraction(1, 2), vec(Fraction(1, 100)), vec(1), vec(0)),  # out of a well
        (example_1d(10**5), Fraction(1, 50), vec(3), vec(0), vec(Fraction(5, 2))),
    ],
)
def test_orbits_end_where_they_do(f: object, h: Fraction, start: Vec, there: Vec, elsewhere: Vec) -> None:
    assert end(f, h, start, there) is True
    assert end(f, h, start, elsewhere) is False


def test_an_orbit_that_does_not_converge_ends_nowhere() -> None:
    assert end(square(1), Fraction(3), vec(1), vec(0)) is False


def test_a_flat_bottom_is_told_from_other_minima() -> None:
    assert end(example_1d(10**5), Fraction(1, 5000), vec(9), vec(0)) is False


def test_what_the_certificate_does_not_say_stays_open() -> None:
    ridge = RidgeSum((Ridge(ONE, "huber", vec(1, 1), ZERO),))
    assert end(ridge, Fraction(1, 3), vec(Fraction(1, 2), 0), vec(Fraction(1, 4), Fraction(-1, 4))) is None
    # x_k = 2^-k tends to 0, where f' jumps and 0 is not at rest.
    f = PiecewisePolynomial((ZERO,), ((ZERO, ZERO, -ONE, ONE / 2), (ZERO, ZERO, ZERO, ONE / 2)))
    assert end(f, ONE / 2, vec(1), vec(0)) is None
    quadratic = Quadratic((), (ONE,), (ZERO,), vec(0), ZERO)
    assert end(quadratic, Fraction(1, 2), vec(1), vec(0)) is True
    assert end(quadratic, Fraction(1, 2), vec(1), vec(1)) is False
    assert end(square(1), Fraction(1, 2), vec(0), vec(0)) is True


def test_a_jump_is_no_place_to_converge_to() -> None:
    """f' is 1 to the left of 0 and x - 1 to the right: orbits from the left leap over the jump."""
    f = PiecewisePolynomial((ZERO,), ((ZERO, ZERO, -ONE), (ONE, Fraction(-1, 2), ZERO, Fraction(1, 2))))
    assert end(f, Fraction(1, 2), vec(-3), vec(1)) is True
    assert end(f, Fraction(1, 2), vec(-3), vec(0)) is False
