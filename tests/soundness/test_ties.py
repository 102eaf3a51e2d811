"""Orbits that land where pieces of a formula meet, and data that an object keeps out of sight: each of these once gave a wrong verdict."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from objectives import GD, gradient
from refute import (
    Vec,
    absolute,
    does_not_converge,
    holds_users_code,
    lift,
    maximum,
    partials,
    piecewise,
    vec,
)
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
    assert fate(Thrown(F(1, 2**20)), vec(1)).kind == "return"  # after 21 steps, exactly: it does not converge
    assert fate(Thrown(F(1, 2**300)), vec(1)).kind == "open"
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
    system = lambda x: x - F(1, 16) * partials(f, x)  # noqa: E731
    assert fate(lift(system, Real.of), lift(vec(3), Real.of)).converges is True
