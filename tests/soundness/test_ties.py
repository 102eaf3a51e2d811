"""Derivatives at points where pieces of a formula meet: what all sides agree on, or none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest

from objectives import GD, gradient
from refute import Vec, absolute, does_not_converge, exp, jacobian, lift, maximum, minimum, partials, piecewise, vec
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
