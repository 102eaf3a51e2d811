"""Derivatives at points where pieces of a formula meet: what all sides agree on, or none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from objectives import GD, gradient
from refute import (
    Ball,
    Vec,
    absolute,
    clip,
    does_not_converge,
    exp,
    holds_users_code,
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
from refute.orbits.fate import fate

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
        assert [float(getattr(e, "q", e)) for e in found] == [float(s) for s in slopes]


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


@dataclass(frozen=True)
class Half:
    dim = 1

    def __call__(self, x: Vec) -> Any:
        return half_square(x)


@dataclass(frozen=True)
class Huber:
    dim = 1

    def __call__(self, x: Vec) -> Any:
        return huber(x)


def test_descent_lands_where_the_pieces_cancel() -> None:
    """x^2/2 and h = 1: at rest after one step. The derivative of one branch at 0 made a 2-cycle of it."""
    system, x = lift(GD(Half(), F(1)), Real.of), lift(vec(3), Real.of)
    assert fate(system, x).kind == "rest"
    assert does_not_converge(system, x).decide().truth is False


@pytest.mark.parametrize("x", [8, F(-3, 2), F(173, 32), 1])
def test_a_class_that_branches_is_followed_over_its_ties(x: Any) -> None:
    told = fate(lift(GD(Huber(), F(1, 6)), Real.of), lift(vec(x), Real.of))
    assert told.converges is True


@dataclass(frozen=True)
class Centred:
    """c (x - c/2)^2/2, with a centre that is no field."""

    c: Fraction
    dim = 1
    centre = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "centre", self.c / 2)

    def __call__(self, x: Vec) -> Any:
        return self.c * (x[0] - self.centre) ** 2 / 2


@dataclass(frozen=True)
class Slotted:
    __slots__ = ("c", "twice")
    c: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.c)


def test_lifting_keeps_what_an_object_holds_beside_its_fields() -> None:
    lifted = lift(Centred(F(4)), Real.of)
    assert lifted.centre == 2
    assert gradient(lifted, lift(vec(2), Real.of))[0] == 0
    assert lift(Slotted(F(3)), Real.of).twice == 6


@dataclass(frozen=True)
class Linear:
    """x' = c x, of which == sees the name alone."""

    name: str
    c: Fraction = field(compare=False)

    def velocity(self, x: Vec) -> Vec:
        return Vec((self.c * x[0],))


def test_a_flow_is_that_of_its_field_and_of_no_equal_one() -> None:
    from refute.orbits.flow import flow

    ends = [float(flow(Linear("a", F(c)), vec(1), F(1), 16)[0]) for c in (1, 2)]
    assert ends[0] == pytest.approx(2.718281828)
    assert ends[1] == pytest.approx(7.389056099)


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
        jacobian(lambda z: Vec(partials(f, z)), lift(vec(0, 0), Real.of))


class Thrown(NamedTuple):
    """-u/2, but 1 near `at`: a tuple with code of its own, and a false hook."""

    at: Fraction

    def move(self, x: Vec) -> Vec:
        bump = maximum(0, 1 - 4 * abs(x[0] / self.at - 1))
        return Vec((-x[0] / 2 + (1 - self.at / 2) * bump,))

    def contraction(self) -> Fraction:
        return F(1, 2)


class Whole(int):
    """A number with code of its own."""


def test_a_subclass_of_bare_data_is_a_stranger() -> None:
    assert fate(Thrown(F(1, 2**20)), vec(1)).kind == "open"
    assert holds_users_code(Thrown(F(1)))
    assert holds_users_code(Whole(1))
    assert not holds_users_code((F(1), 2, "x", vec(1), Real.of(F(1))))


@dataclass(frozen=True)
class Knotted:
    """An object that holds a function that holds it."""

    c: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", lambda x: self.c * x)


def test_an_object_that_holds_itself_is_lifted() -> None:
    lifted: Any = lift(Knotted(F(3)), Real.of)
    assert lifted.value(Real.of(F(2))) == 6


def test_floats_of_a_class_with_pieces_lead_to_its_funnel() -> None:
    f = lambda x: piecewise(2 * x[0] - 1, (F(0), F(1)), ((0, 0, 0, 1), (0, 0, 0, 1), (1, 1, 2, 1)))  # noqa: E731
    system = lambda x: x - F(1, 16) * Vec(partials(f, x))  # noqa: E731
    assert fate(lift(system, Real.of), lift(vec(3), Real.of)).converges is True
