"""Closed forms of flows against their equations, and polynomials against sympy-free arithmetic."""

from fractions import Fraction
from math import exp

import pytest

from objectives import GradientFlow, Polynomial, Quadratic, orbit, square
from objectives.factorization import toy
from objectives.methods import ModifiedFlow, series_rate, squared_distances
from refute import BadInput, Vec, lift, vec
from refute.numbers.real import Real

ONE, HALF = Fraction(1), Fraction(1, 2)
TURNED = Quadratic((HALF,), (Fraction(2), HALF), (ONE, Fraction(0)), vec(1, -1), Fraction(0))


def value(p: Polynomial, x: Fraction, y: Fraction) -> Fraction:
    return sum((c * x**i * y**j for i, row in enumerate(p.rows) for j, c in enumerate(row)), Fraction(0))


def test_distances_are_those_of_the_closed_forms() -> None:
    for terms, factor in ((0, exp(-0.7 * 3)), (1, exp(-(0.7 + 0.245) * 3))):
        found = squared_distances(lift(square(1), Real.of), Real.of(Fraction(7, 10)), lift(vec(2), Real.of), 3, terms)
        assert float(found) == pytest.approx((2 * ((1 - 0.7) ** 3 - factor)) ** 2)


def test_distances_do_not_depend_on_the_axes() -> None:
    h, x0 = Fraction(1, 4), vec(3, HALF)
    f, start = lift(TURNED, Real.of), lift(x0, Real.of)
    *_, x = orbit(f, Real.of(h), start, 2)
    # For an endless modified equation the distance would be 0: with twelve terms it nearly is.
    assert float(squared_distances(f, Real.of(h), start, 2, 12)) < 1e-8
    assert float(f(x)) < float(f(start))


def test_a_quadratic_without_a_rest_point_has_no_flow_around_it() -> None:
    line = Quadratic((), (Fraction(0),), (ONE,), vec(0), Fraction(0))
    with pytest.raises(BadInput, match="no stationary point"):
        squared_distances(line, ONE, vec(1), 1, 0)


def test_the_rate_is_a_truncated_logarithm() -> None:
    assert series_rate(HALF, 0) == HALF
    assert series_rate(HALF, 2) == HALF + Fraction(1, 8) + Fraction(1, 24)


def test_polynomials_add_multiply_and_differentiate() -> None:
    p = Polynomial(((ONE, Fraction(2)), (Fraction(3),)))
    q = Polynomial(((Fraction(0), ONE), (Fraction(0), Fraction(0)), (Fraction(4),)))
    for x, y in ((HALF, Fraction(3)), (Fraction(-2), Fraction(1, 3))):
        a, b = value(p, x, y), value(q, x, y)
        assert value(p + q, x, y) == a + b
        assert value(p * q, x, y) == a * b
        assert value(p.times(HALF), x, y) == a / 2
        assert value(q.derivative(0), x, y) == 8 * x
        assert value(q.derivative(1), x, y) == 1
    with pytest.raises(BadInput, match="coefficients"):
        Polynomial(())


def test_fields_point_down() -> None:
    z = vec(HALF, Fraction(1, 3))
    assert GradientFlow(toy()).velocity(z) == -toy().grad(z)
    step = Fraction(1, 10**6)
    half = Fraction(1, 8)

    def f1(p: Vec) -> Fraction:
        g = toy().grad(p)
        return Fraction(toy()(p) + half / 2 * (g[0] ** 2 + g[1] ** 2))

    for i, e in enumerate((vec(1, 0), vec(0, 1))):
        slope = float(f1(z + step * e) - f1(z - step * e)) / 2e-6
        assert float(ModifiedFlow(toy(), half).velocity(z)[i]) == pytest.approx(-slope, abs=1e-6)
