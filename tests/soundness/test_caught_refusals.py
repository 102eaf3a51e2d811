"""Code that catches an exception and goes on hides what happens at the other points of a box: each of these once gave a wrong verdict."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Annotated, Any

import numpy as np
import pytest

from refute import (
    Claim,
    Given,
    Theorem,
    Vec,
    at_limit,
    converges,
    converges_to,
    every,
    known,
    le,
    log,
    lt,
    rationals,
    sqrt,
    unbounded,
    vec,
)
from refute.errors import BadInput, Undecided, nothing_swallowed, overlook
from refute.numbers.ball import Ball
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only, symbolic
from refute.proofs.at_once import prove
from refute.statements.statement import Checked

F = Fraction
R = Annotated[Fraction, rationals()]


def positive(u: Any) -> bool:
    try:
        return bool(u > 0)
    except ArithmeticError:
        return True


def jumps_late(x: Vec) -> Vec:
    """x/2 - 2^-5000 where x > 0, else 1: every orbit is thrown back again and again."""
    return Vec((x[0] / 2 - F(1, 2**5000) if positive(x[0]) else 1 + 0 * x[0],))


def jumps_in_a_handler(x: Vec) -> Vec:
    try:
        return Vec((x[0] / 2,)) if x[0] > F(1, 10**6) else Vec((x[0] + 1,))
    except ArithmeticError:
        return Vec((x[0] / 2,))


def jumps_at_a_pole(x: Vec) -> Vec:
    """x/2, but 1 at 2^-20: the orbit of 1 returns to 1."""
    try:
        1 / (x[0] - F(1, 2**20))
    except ZeroDivisionError:
        return Vec((1 + 0 * x[0],))
    return Vec((x[0] / 2,))


def takes_floats_in_a_handler(x: Vec) -> Vec:
    try:
        far = float(x[0]) > 1e-6
    except TypeError:
        far = True
    return Vec((x[0] / 2,)) if far else Vec((x[0] + 1,))


@pytest.mark.parametrize("T", [jumps_late, jumps_in_a_handler, jumps_at_a_pole, takes_floats_in_a_handler])
def test_no_limit_rests_on_a_refusal_that_the_map_catches(T: Any) -> None:
    for claim in (converges(T, vec(1)), converges_to(T, vec(1), vec(0)), unbounded(T, vec(1))):
        with suppress(Undecided):
            assert claim.decide().truth is not True


def test_a_map_without_such_a_handler_is_decided_as_before() -> None:
    assert converges_to(lambda x: Vec((x[0] / 2,)), vec(1), vec(0)).decide().truth is True


def checked(body: Any, x: Any, **more: Any) -> Checked:
    return Theorem(body, source="s", label="l", status="open", **more).itself.check({"x": x})


def unknown(x: Any) -> Any:
    """A number that is 0, which no precision shows: sqrt(x + 2 sqrt(x) + 1) - sqrt(x) - 1."""
    return sqrt(x + 2 * sqrt(x) + 1) - sqrt(x) - 1


def branching(x: R) -> Claim:
    """A body."""
    try:
        return le(x, 5) if unknown(x) > 0 else le(5, x)
    except ArithmeticError:
        return le(x, 5)


def lazily(x: R) -> Claim:
    """A conjunction whose parts are made one by one."""

    def parts() -> Iterator[Claim]:
        try:
            small = unknown(x) > 0
        except ArithmeticError:
            small = True
        yield le(x, 5) if small else le(5, x)

    return every(parts())


def plain(x: R) -> Claim:
    """x <= 5."""
    return le(x, 5)


def at_a_limit(x: R) -> Claim:
    """A claim about a limit."""

    def then(y: Vec) -> Claim:
        return le(x, 5) if positive(unknown(x)) else le(5, x)

    return at_limit(lambda z: Vec((z[0] / 2,)), Vec((x,)), then)


@pytest.mark.parametrize("body", [branching, lazily, at_a_limit])
def test_a_body_that_catches_a_refusal_is_undecided(body: Any) -> None:
    assert checked(body, F(2)).conclusion.truth is None


def test_a_hypothesis_that_catches_a_refusal_is_undecided() -> None:
    def small(x: Any) -> Claim:
        try:
            return lt(0, 1) if unknown(x) > 0 else lt(1, 0)
        except ArithmeticError:
            return lt(0, 1)

    found = checked(plain, F(2), given=(Given("small", small),))
    assert [d.truth for _, d in found.hypotheses][-1] is None
    assert found.conclusion.truth is None


def caught(error: type[Exception]) -> None:
    """A refusal that does not leave the block, and then this error, which does."""
    with nothing_swallowed():
        positive(Ball.hull(-1, 1))
        raise error


def caught_further_out() -> None:
    with nothing_swallowed(), suppress(ArithmeticError), nothing_swallowed():
        raise Undecided("inside")


def test_refusals_are_counted_where_they_are_raised() -> None:
    with pytest.raises(Undecided, match="catches an exception"), nothing_swallowed():
        positive(Ball.hull(-1, 1))
    with nothing_swallowed():
        positive(Ball.hull(1, 2))
    with pytest.raises(KeyError):
        caught(KeyError)
    with pytest.raises(Undecided, match="catches an exception"):
        caught_further_out()
    with nothing_swallowed():
        try:
            raise Undecided("ours")
        except Undecided as why:
            overlook(why)


def test_what_may_be_0_divides_nothing_in_a_box_or_for_all_numbers() -> None:
    wide = Ball.hull(-1, 1)
    assert not (1 / wide).a.is_finite()
    with pytest.raises(Undecided, match="divides by what may be 0"), exact_only():
        1 / wide
    with exact_only():
        assert (1 / Ball.hull(1, 2)).a.is_finite()
    x = Real.of(F(2)).apply("sqrt")
    assert (1 / x).q is None
    with pytest.raises(Undecided, match="divides by what may be 0"), symbolic():
        1 / x


def test_an_identity_is_not_proved_beside_a_pole() -> None:
    def body(x: R) -> Claim:
        """0 <= x^2, but not at 3."""
        try:
            1 / (x - 3)
        except ZeroDivisionError:
            return lt(1, 0)
        return le(0, x * x)

    theorem = Theorem(body, source="s", label="l", status="open", symbols={"x": "any"})
    with pytest.raises(BadInput, match="it handles exceptions"):
        prove(theorem)
    assert theorem.itself.check({"x": F(3)}).conclusion.truth is False


@pytest.mark.parametrize("value", [0, 1, "yes", le(1, 0)])
def test_only_truth_values_settle_a_claim(value: Any) -> None:
    with pytest.raises(BadInput, match="a decision is True, False or None"):
        known(value)


def test_the_false_of_numpy_is_none() -> None:
    smaller: Any = np.int64(5) < 3
    with pytest.raises(BadInput, match="a decision is True, False or None"):
        known(smaller)


def test_an_orbit_starts_at_a_number() -> None:
    half = lambda x: Vec((x[0] / 2,))  # noqa: E731
    nowhere = Vec((Real.of(F(-1)).apply("log"),))
    assert converges(half, nowhere).decide().truth is None
    assert converges(half, Vec((log(Real.of(F(2))),))).decide().truth is True


def test_a_vector_that_is_not_defined_is_not_equal_to_itself() -> None:
    v = Vec((log(Real.of(F(-1))),))
    with pytest.raises(Undecided):
        assert v == v
    assert vec(1, 2) == vec(1, 2)
    assert vec(1, 2) != vec(1, 2, 3)
