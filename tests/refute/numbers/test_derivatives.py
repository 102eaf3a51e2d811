"""Derivatives at points where pieces of a formula meet: what all sides agree on, or none."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from refute import (
    Ball,
    Vec,
    absolute,
    clip,
    exp,
    jacobian,
    lift,
    maximum,
    minimum,
    partials,
    piecewise,
    sqrt,
    vec,
    where,
)
from refute.errors import Undecided
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real

F = Fraction


def relu(u: Any) -> Any:
    return maximum(u, 0)


def half_square(x: Vec) -> Any:
    """u^2/2, since relu(u) + relu(-u) = |u|."""
    u = x[0]
    return u * u / 2 + relu(u) + relu(-u) - absolute(u)


def huber(x: Vec) -> Any:
    u = x[0]
    return u * u / 2 if abs(u) <= 1 else abs(u) - F(1, 2)


AGREE: list[tuple[Callable[[Vec], Any], Vec, tuple[Any, ...]]] = [
    (half_square, vec(0), (0,)),
    (huber, vec(1), (1,)),
    (huber, vec(-1), (-1,)),
    (lambda x: x[0] * abs(x[0]), vec(0), (0,)),
    (lambda x: maximum(x[0] ** 2, 0), vec(0), (0,)),
    (lambda x: (relu(x[0]) - relu(-x[0]) - 3) ** 2 / 2, vec(0), (-3,)),
    (lambda x: relu(x[0] - x[1]) - relu(x[1] - x[0]) + relu(x[0]) - minimum(x[0], 0) - abs(x[0]), vec(0, 0), (1, -1)),
    (lambda x: piecewise(x[0], (F(0),), ((0, 0, 0, F(1, 2)), (0, 0, 0, 1))), vec(0), (0,)),
    (lambda x: x[1] if 2 <= 3 else x[0], vec(1, 1), (0, 1)),
]
NONE: list[tuple[Callable[[Vec], Any], Vec]] = [
    (lambda x: abs(x[0]), vec(0)),
    (lambda x: relu(x[0] - 1), vec(1)),
    (lambda x: piecewise(x[0], (F(0),), ((0, 0, 1), (0, 0, 2))), vec(0)),
    # (e^t - 1)/t with its value at 0: the branch that counts there is constant, the function is not.
    (lambda x: 1 + 0 * x[0] if x[0] == 0 else (exp(x[0]) - 1) / (x[0] + 0), vec(0)),
    (lambda x: x[0] if x[0] ** 2 == 0 else 2 * x[0], vec(0)),
    # The sides agree, and the value at the point is another one.
    (lambda x: 5 + 0 * x[0] if x[0] == 1 else x[0], vec(1)),
    # A jump with the same slope on both sides.
    (lambda x: x[0] if x[0] <= 0 else x[0] + 1, vec(0)),
    (lambda x: relu(x[0]) + relu(x[1]), vec(0, 0)),
]


@pytest.mark.parametrize("kind", [Real.of, Mp.of])
@pytest.mark.parametrize(("f", "x", "slopes"), AGREE)
def test_what_all_sides_agree_on(f: Any, x: Vec, slopes: tuple[Any, ...], kind: Any) -> None:
    with digits(50):
        found = partials(f, lift(x, kind))
        assert [float(getattr(e, "q", e) or 0) for e in found] == [float(s) for s in slopes]


@pytest.mark.parametrize("kind", [Real.of, Mp.of])
@pytest.mark.parametrize(("f", "x"), NONE)
def test_where_sides_differ_there_is_no_derivative(f: Any, x: Vec, kind: Any) -> None:
    with digits(50), pytest.raises((Undecided, ZeroDivisionError)):
        partials(f, lift(x, kind))


def test_the_rows_of_a_map() -> None:
    rows = jacobian(lambda x: Vec((huber(x), x[0] * abs(x[0]))), lift(vec(1), Real.of))
    assert [[float(e) for e in row] for row in rows] == [[1.0], [2.0]]


def test_pieces_beyond_counting_have_none() -> None:
    def many(x: Vec) -> Any:
        return sum((relu(x[0] + k * x[1]) for k in range(9)), start=Fraction(0) * x[0])

    with pytest.raises(Undecided, match=r"pieces|derivative"):
        partials(many, lift(vec(0, 0), Real.of))


def test_a_comparison_outside_of_a_derivative_is_as_it_was() -> None:
    assert Real.of(F(1)) <= Real.of(F(1))


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (lambda x: x[0] * minimum(minimum(x[0], 7), 5), F(9), 5),
        (lambda x: x[0] * maximum(maximum(x[0], 7), maximum(x[0], 5)), F(3), 7),
        (lambda x: x[0] * maximum(minimum(x[0], 5), 7), F(9), 7),
        (lambda x: -absolute(clip(x[0], -3, -1)) * x[0], F(2), -1),
    ],
)
@pytest.mark.parametrize("kind", [Real.of, Ball.of, Mp.of])
def test_constants_are_compared_like_other_numbers(f: Any, x: Fraction, slope: int, kind: Any) -> None:
    with digits(50):
        (found,) = partials(f, lift(vec(x), kind))
        assert float(found) == slope


def divided(x: Vec) -> Any:
    """x + 2, with a formula of its own at 0."""
    try:
        return ((1 + x[0]) ** 2 - 1) / x[0]
    except ZeroDivisionError:
        return 2 + 0 * x[0]


def rooted(x: Vec) -> Any:
    """sqrt(x), which is defined at 0 and has no slope there."""
    try:
        return sqrt(x[0])
    except ZeroDivisionError:
        return x[0]


def inverted(x: Vec) -> Any:
    """1/x^2, and another formula at 0."""
    try:
        return x[0] ** -2
    except ZeroDivisionError:
        return x[0]


def between_parabolas(x: Vec) -> Any:
    """Continuous, 0 but between a = b^2 and a = -b^2, where f(0, b) = b."""
    a, b = x
    if a > b * b or a < -b * b or b == 0:
        return 0 * a
    return (b**4 - a * a) / b**3


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (divided, vec(0)),
        (rooted, vec(0)),
        (inverted, vec(0)),
        (between_parabolas, vec(0, 0)),
        (lambda x: x[1] if x[0] == 0 else 0 * x[0], vec(0, 0)),
        (lambda x: where(x[0] == 0, x[1], 0 * x[0]), vec(0, 0)),
        (lambda x: 0 * x[0] if x[0] else x[1], vec(0, 0)),
        (lambda x: x[1] if x[0] in (0, 1) else 0 * x[0], vec(0, 0)),
        # Several pieces begin at one knot; a knot moves.
        (lambda x: piecewise(x[0], (F(0), F(0)), ((0, 0, 0), (0, 0, 0), (0, 0, 1))), vec(0)),
        (lambda x: piecewise(x[0] / 2, (x[0],), ((0, 0, -2), (0, 0, 0))) - maximum(x[0], 0), vec(0)),
        (lambda x: piecewise(x[0], (F(0),), ((0, 0, 1), (0, 1, 1))), vec(0)),
    ],
)
@pytest.mark.parametrize("kind", [Real.of, Mp.of])
def test_no_derivative_where_a_side_is_not_looked_at(f: Any, x: Vec, kind: Any) -> None:
    with digits(50), pytest.raises(Undecided):
        partials(f, lift(x, kind))


def test_second_derivatives_jump_where_the_coefficients_of_pieces_move() -> None:
    def f(x: Vec) -> Any:
        return piecewise(x[0], (F(0),), ((0, 0, x[1]), (0, 0, -x[1])))

    with pytest.raises(Undecided):
        jacobian(lambda z: partials(f, z), lift(vec(0, 0), Real.of))


def test_second_derivatives_are_not_looked_for_between_curves() -> None:
    with pytest.raises(Undecided):
        jacobian(lambda z: partials(between_parabolas, z), lift(vec(0, 0), Real.of))


@pytest.mark.parametrize(("x", "second"), [(F(1, 2), 1), (F(3, 2), 0)])
def test_second_derivatives_beside_a_kink(x: Fraction, second: int) -> None:
    ((found,),) = jacobian(lambda z: partials(huber, z), lift(vec(x), Real.of))
    assert found == second
    with pytest.raises(Undecided):
        jacobian(lambda z: partials(huber, z), lift(vec(1), Real.of))
