"""Spiral valleys: the formula, its gradient, and the constants that its docstring states."""

from fractions import Fraction
from typing import Annotated, Any

import numpy as np
import pytest

from objectives import Objective, error_bound, polyak_lojasiewicz, quadratic_growth, starts
from objectives.functions.spiral import Spiral
from refute import BadInput, Claim, Theorem, Vec, dot, le, sq, vec
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.search.budget import Budget
from refute.search.sampling import search

ZERO = Fraction(0)
NEARLY = Spiral(Fraction(1), Fraction(19, 20), vec(0, 0), ZERO)


def in_floats(f: Spiral, u: Any, v: Any) -> Any:
    s = np.log(u * u + v * v)
    a, b = float(f.a), float(f.b)
    return a * (u * u + v * v) + b * ((u * u - v * v) * np.cos(s) - 2 * u * v * np.sin(s))


def slopes(f: Spiral, u: Any, v: Any, h: float = 1e-6) -> tuple[Any, Any]:
    return (
        (in_floats(f, u + h, v) - in_floats(f, u - h, v)) / (2 * h),
        (in_floats(f, u, v + h) - in_floats(f, u, v - h)) / (2 * h),
    )


@pytest.mark.parametrize(("u", "v"), [(1, 0), (0, 1), (Fraction(-3, 5), Fraction(4, 5)), (2, -3), (Fraction(1, 7), 5)])
def test_the_gradient_is_that_of_the_values(u: Any, v: Any) -> None:
    f = lift(Spiral(Fraction(2), Fraction(3, 2), vec(1, -1), Fraction(4)), Real.of)
    x = lift(vec(1 + u, v - 1), Real.of)
    plain = Spiral(Fraction(2), Fraction(3, 2), vec(0, 0), ZERO)
    assert float(f(x)) == pytest.approx(4 + in_floats(plain, float(u), float(v)), rel=1e-9)
    assert [float(c) for c in f.grad(x)] == pytest.approx(slopes(plain, float(u), float(v)), rel=1e-6, abs=1e-6)


def test_at_the_centre_it_is_least_and_at_rest() -> None:
    f = Spiral(Fraction(2), Fraction(1), vec(1, -1), Fraction(4))
    assert f(f.centre) == f.minimum.value == 4
    assert not any(f.grad(f.centre))


@pytest.mark.parametrize("b", [Fraction(0), Fraction(1, 2), Fraction(19, 20)])
def test_the_constants_are_right(b: Fraction) -> None:
    f = Spiral(Fraction(1), b, vec(0, 0), ZERO)
    angle = np.linspace(0, 2 * np.pi, 200001)
    u, v = np.cos(angle), np.sin(angle)
    g = np.hypot(*slopes(f, u, v))
    gap = float(f.a - f.b)
    assert np.all(g**2 >= 2 * gap * in_floats(f, u, v) - 1e-8)
    assert np.all(g >= np.sqrt(2) * gap - 1e-8)
    assert np.all(in_floats(f, u, v) >= gap - 1e-12)
    # The Hessian by second differences, which one scale shows at all scales.
    h = 1e-4
    xx = (in_floats(f, u + h, v) + in_floats(f, u - h, v) - 2 * in_floats(f, u, v)) / h**2
    yy = (in_floats(f, u, v + h) + in_floats(f, u, v - h) - 2 * in_floats(f, u, v)) / h**2
    xy = (
        in_floats(f, u + h, v + h)
        + in_floats(f, u - h, v - h)
        - in_floats(f, u + h, v - h)
        - in_floats(f, u - h, v + h)
    ) / (4 * h**2)
    largest = np.abs((xx + yy) / 2) + np.hypot((xx - yy) / 2, xy)
    assert np.max(largest) <= float(f.L) + 1e-5
    assert np.max(largest) >= 0.9 * float(f.L)


@pytest.mark.parametrize(("b", "centre"), [(Fraction(1), vec(0, 0)), (Fraction(-1, 9), vec(0, 0)), (ZERO, vec(0))])
def test_what_is_no_spiral_valley(b: Fraction, centre: Vec) -> None:
    with pytest.raises(BadInput, match="spiral valley"):
        Spiral(Fraction(1), b, centre, ZERO)


LOW = Fraction(1, 1000)
X = Annotated[Vec, lambda f: starts(f)]


def angle(f: Any, x: X) -> Claim:
    """False in the plane, and true on the line."""
    return le(0, dot(f.grad(x), x - f.minimum.at))


def closer(f: Any, x: X) -> Claim:
    """A step of 1/L leads no farther away: false in the plane."""
    return le(sq(x - f.grad(x) - f.minimum.at), sq(x - f.minimum.at))


@pytest.mark.parametrize("body", [angle, closer])
@pytest.mark.parametrize("domain", [polyak_lojasiewicz, error_bound, quadratic_growth], ids=lambda d: d.__name__)
def test_classes_without_convexity_turn_away_from_the_minimizer(domain: Any, body: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(body.__annotations__, "f", Annotated[Objective, domain(mu=LOW, L=1)])
    assert search(Theorem(body, source="s", label="l").itself, Budget(300, 128, None, 3)).counterexample is not None


def test_too_large_constants_leave_no_room_for_a_spiral() -> None:
    drawn = polyak_lojasiewicz(mu=1, L=2)
    assert Spiral not in drawn.types
    assert Spiral in polyak_lojasiewicz(mu=1, L=3).types
    kept = polyak_lojasiewicz(mu=LOW, L=1)
    inside = Spiral(Fraction(1, 11), Fraction(5, 56), vec(0, 0), ZERO)
    assert kept.member(inside).decide().truth is True
    assert kept.member(Spiral(Fraction(1, 11), Fraction(10, 111), vec(0, 0), ZERO)).decide().truth is False
    assert kept.member(Spiral(Fraction(1, 2), Fraction(1, 56), vec(0, 0), ZERO)).decide().truth is False
