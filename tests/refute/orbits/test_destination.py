"""Where orbits end: certified for each kind of fate, and never guessed."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from objectives import GD, PiecewisePolynomial, PiecewiseQuadratic, Quadratic, Ridge, RidgeSum, square
from objectives.wells import WellOnLine, example_1d
from refute import at_limit, converges_to, eq, le, lift, lt, vec, where
from refute.numbers.ball import Ball, precision
from refute.numbers.batch import Batch
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.numbers.vector import Vec
from refute.orbits.destination import limit_of
from refute.orbits.fate import fate
from refute.orbits.system import as_system

F = Fraction
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


def double_well(z: Vec) -> tuple[Any, ...]:
    return (z[0] - (z[0] ** 3 - z[0]) / 4,)


def babylonian(z: Vec) -> tuple[Any, ...]:
    return (z[0] / 2 + 1 / z[0],)


def turning(z: Vec) -> tuple[Any, ...]:
    """Towards 1, from one side to the other."""
    return (1 - F(19, 10) * (z[0] - 1) + (z[0] - 1) ** 3,)


def of_the_plane(z: Vec) -> tuple[Any, ...]:
    return (z[0] / 2 + z[1] ** 2 / 8 + F(1, 3), z[1] / 3 + z[0] / 5)


def in_two_pieces(z: Vec) -> tuple[Any, ...]:
    return (where(z[0] <= 1, z[0] / 2 + F(1, 4), 3 * z[0]),)


def sheared(z: Vec) -> tuple[Any, ...]:
    """A power of it contracts, and it does not."""
    return (z[0] / 2 + 100 * z[1] + z[1] ** 2, z[1] / 2 + F(1, 7))


def sheared_and_bent(z: Vec) -> tuple[Any, ...]:
    return (F(9, 10) * z[0] + 10 * z[1] + z[1] ** 2 / 10, F(9, 10) * z[1] + F(1, 70) - z[0] ** 2 / 10000)


STARTS = [F(n, 8) for n in range(3, 12)]
MAPS = [
    (double_well, 1),
    (babylonian, 1),
    (turning, 1),
    (of_the_plane, 2),
    (in_two_pieces, 1),
    (sheared, 2),
    (sheared_and_bent, 2),
]


@pytest.mark.parametrize(("step", "dim"), MAPS, ids=lambda m: getattr(m, "__name__", ""))
@pytest.mark.parametrize("start", STARTS, ids=str)
def test_balls_around_the_limit_hold_what_the_orbit_comes_to(step: Any, dim: int, start: Fraction) -> None:
    system, x = as_system(step), lift(Vec((start,) * dim), Real.of)
    found = fate(system, x)
    if not found.converges or found.kind == "rest":
        return
    with precision(256):
        around = limit_of(system, x, found)
    assert around is not None
    y = [float(start)] * dim
    for _ in range(4000):
        y = [float(c) for c in step(y)]
    for c, p in zip(y, around, strict=True):
        assert abs(c - float(p)) < 1e-6
        assert isinstance(p, Real) or float(p.a.rad()) < 1e-9


def test_a_rational_limit_is_exact_and_another_one_is_not() -> None:
    with precision(256):
        x = lift(vec(F(3, 4)), Real.of)
        limits = [limit_of(as_system(s), x, fate(as_system(s), x)) for s in (double_well, babylonian)]
    assert limits[0] is not None
    assert limits[1] is not None
    assert limits[0][0] == 1
    assert isinstance(limits[1][0], Ball)


@pytest.mark.parametrize(
    ("then", "truth"),
    [
        (lambda p: lt(p[0], F(1415, 1000)), True),
        (lambda p: lt(F(1414, 1000), p[0]), True),
        (lambda p: lt(p[0], F(1414, 1000)), False),
        (lambda p: eq(p[0], F(1414, 1000)), False),
        (lambda p: eq(p[0] ** 2, 2), None),
        (lambda p: le(p[0] ** 2, 2), None),
    ],
)
def test_what_balls_leave_open_stays_open(then: Any, truth: bool | None) -> None:
    claim = at_limit(babylonian, lift(vec(1), Real.of), then)
    decision = claim.decide()
    assert decision.truth is truth
    said = at_limit(babylonian, lift(vec(1), Mp.of), then).opinion(decision)
    assert truth is None or said.truth is truth


def test_a_start_with_one_coordinate_for_the_whole_batch_is_looked_at() -> None:
    start = Vec((Batch(np.array([1.0, 8.0])), Batch.of(1)))
    halving, staying = (lambda w: vec(w[0] / 2, w[1] / 2)), (lambda w: vec(w[0] / 2, w[1]))
    assert list(converges_to(halving, start, vec(0, 0)).slack() > 0) == [True, True]
    assert list(converges_to(staying, start, vec(0, 0)).slack() > 0) == [False, False]
