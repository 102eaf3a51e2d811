"""A map is a function: hooks are optional, derivatives are found, and what only a proof shows is asked of our own classes alone."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from objectives import GD, RidgeSum, square
from objectives.functions.ridge import Ridge
from refute import (
    BadInput,
    Ball,
    Claim,
    Contradiction,
    Fate,
    Vec,
    at_limit,
    bounded,
    converges,
    converges_to,
    eq,
    lift,
    precision,
    sin,
    sqrt,
    unbounded,
    vec,
)
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.orbits.system import Map, as_system

F = Fraction
HALF = F(1, 2)


def exact(*entries: Any) -> Vec:
    return Vec(tuple(Real.of(e) for e in entries))


def both_agree(claim: Claim) -> bool | None:
    """The truth that is decided and that mpmath confirms."""
    decision = claim.decide()
    with digits(60):
        assert claim.opinion(decision).truth is decision.truth
    return decision.truth


def test_a_lambda_is_a_map() -> None:
    h = Real.of(F(1, 3))
    assert both_agree(converges(lambda x: Vec((x[0] - h * sin(x[0]),)), exact(HALF))) is True
    assert both_agree(unbounded(lambda x: 3 * x, exact(1, 2))) is True
    assert both_agree(converges_to(lambda x: x / 2 + Vec((1,)), exact(0), exact(2))) is True


def test_methods_are_stated_in_a_line_each() -> None:
    h, beta, one = Real.of(HALF), Real.of(F(1, 4)), exact(1, 1)
    assert both_agree(converges(lambda z: (z[0] - h * z[0] + beta * (z[0] - z[1]), z[0]), one)) is True
    assert both_agree(unbounded(lambda z: (z[0] - h * z[1], z[1] + h * z[0]), one)) is True
    assert both_agree(bounded(lambda z: (z[0] - h * z[1], z[1] + h * (z[0] - h * z[1])), one)) is True


def test_partials_and_bound_methods_are_maps() -> None:
    def step(h: Any, x: Vec) -> Any:
        return x - h * x

    @dataclass(frozen=True)
    class Method:
        h: Any

        def step(self, x: Vec) -> Any:
            return x - self.h * x

    assert both_agree(converges(partial(step, Real.of(HALF)), exact(1))) is True
    assert both_agree(converges(Method(Real.of(F(5, 2))).step, exact(1))) is False


def test_a_function_is_lifted_with_what_it_closes_over() -> None:
    h = Real.of(F(1, 3))
    in_balls = lift(lambda x: h * x, Ball.of)
    with precision(64):
        assert isinstance(in_balls(Ball.of(3)), Ball)
    assert isinstance(lift(lambda x: h * x, Mp.of)(1), Mp)
    assert lift(sin, Ball.of) is sin


def test_an_object_needs_its_move_alone() -> None:
    @dataclass(frozen=True)
    class Babylonian:
        a: Any

        def move(self, x: Vec) -> Vec:
            return Vec(((self.a / x[0] - x[0]) / 2,))

    root = sqrt(Real.of(2))
    assert both_agree(converges(Babylonian(Real.of(2)), exact(1))) is True
    assert at_limit(Babylonian(Real.of(4)), exact(2), lambda p: eq(p[0] ** 2, root**4)).decide().truth is True


def test_hooks_of_a_stranger_that_only_a_proof_shows_are_not_asked() -> None:
    @dataclass(frozen=True)
    class Liar:
        """x -> x/2, said to expand, to move outwards and to be affine elsewhere."""

        def move(self, x: Vec) -> Vec:
            return -x / 2

        def expansion(self) -> int:
            return 3

        def outward(self, x: Ball, side: int) -> bool:
            return True

    asked = as_system(Liar())
    assert asked.expansion() is None
    assert asked.outward(Ball.of(1), 1) is False
    assert both_agree(converges(Liar(), exact(1))) is True


def test_a_class_of_ours_stays_as_it_is_where_it_has_every_hook() -> None:
    gd = GD(square(1), HALF)
    assert as_system(gd) is gd
    assert isinstance(as_system(lambda x: x), Map)
    assert as_system(as_system(abs)) == as_system(abs)


def test_what_a_lambda_holds_is_compared_with_its_value() -> None:
    @dataclass(frozen=True)
    class Wrong:
        dim = 1

        def __call__(self, x: Vec) -> Any:
            return x[0] ** 2

        def grad(self, x: Vec) -> Vec:
            return 3 * x

    f = lift(Wrong(), Real.of)
    with pytest.raises(Contradiction, match="Wrong contradicts itself"):
        converges(lambda x: x - f.grad(x) / 4, exact(1)).decide()


def test_what_is_no_map_gets_a_sentence() -> None:
    with pytest.raises(BadInput, match="3 is no map"):
        converges(3, exact(1))  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=r"takes a point of R\^2 to a point of R\^1"):
        converges(lambda x: Vec((x[0],)), exact(1, 2)).decide()
    with pytest.raises(BadInput, match="return a Vec of 1 entries"):
        converges(lambda x: x[0] / 2, exact(1)).decide()


def test_derivatives_are_found_for_functions_of_ours_too() -> None:
    f = lift(RidgeSum((Ridge(F(1), "log_cosh", vec(1, 1), F(0)), Ridge(F(1), "log_cosh", vec(1, -2), F(1)))), Real.of)
    assert both_agree(converges(lambda x: x - f.grad(x) / 8, exact(1, 1))) is True


def test_a_fate_of_a_theory_of_its_own_is_confirmed_by_it() -> None:
    class Told:
        def confirmed(self, system: Any, start: Vec, step: int) -> bool:
            return isinstance(system, Theory)

        def limit(self, system: Any, start: Vec, step: int) -> Vec:
            assert isinstance(system, Theory)
            return 0 * start

    class Theory:
        def certified(self, start: Vec) -> Fate:
            return Fate("own", True, True, True, 0, Told())

    assert both_agree(converges(Theory(), exact(1))) is True
    assert at_limit(Theory(), exact(1), lambda p: eq(p[0], 0)).decide().truth is True
