"""Signs of functions of two parameters on a region, by both checkers: never wrong at a point inside, and decided where the function is simple."""

import random
from fractions import Fraction
from typing import Any

import pytest

from refute.duality.parameters.ratio import Ratio, parameters, second_parameter
from refute.duality.signs.region import Region
from refute.proofs.for_all import _ratio as as_json
from refute.verify_proof.polynomials import quotient
from refute.verify_proof.region import Region as SecondRegion
from refute.verify_proof.region import of_m

F = Fraction
T, M = parameters()[0], second_parameter()
LO = 0 * T
HI = 2 / (1 + M)


def both(lo: Ratio, hi: Ratio | None, closed: tuple[bool, bool] = (True, True)) -> tuple[Region, SecondRegion]:
    second = SecondRegion(
        of_m(quotient(as_json(lo))), None if hi is None else of_m(quotient(as_json(hi))), (not closed[0], not closed[1])
    )
    return Region(lo, hi, closed), second


def nonnegative(r: Ratio, lo: Ratio = LO, hi: Ratio | None = HI) -> bool:
    first, second = both(lo, hi)
    found = first.nonnegative(r)
    assert second.nonnegative(quotient(as_json(r))) == found
    return found


def nowhere_zero(r: Ratio, closed: tuple[bool, bool] = (True, True), hi: Ratio | None = HI) -> bool:
    first, second = both(LO, hi, closed)
    found = first.nowhere_zero(r)
    assert second.may_vanish(quotient(as_json(r)).p) != found
    return found


@pytest.mark.parametrize(
    ("r", "answer"),
    [
        (T, True),
        (2 - T * (1 + M), True),
        (2 - T * (1 + M) - F(1, 10**9), False),
        (1 - T * M, True),
        (1 - T, False),
        ((1 - T) ** 2, True),
        (-((1 - T) ** 2), False),
        ((T - M) ** 2 * (1 - M) / (1 + T) ** 3, True),
        ((T - M) ** 3, False),
        (1 / T, True),
        ((1 - M) / (M - 2), False),
        (T * M - 2 * T + 4, True),
        (M - F(1, 10**6), False),
    ],
)
def test_signs_between_two_ends(r: Ratio, answer: bool) -> None:
    assert nonnegative(r) is answer


@pytest.mark.parametrize(
    ("r", "answer"), [(T - M, True), (T - 1, False), (T**2 + 1 - T, True), (T / (T + M), True), (M - T, False)]
)
def test_signs_from_a_lower_end_on(r: Ratio, answer: bool) -> None:
    assert nonnegative(r, lo=1 * M, hi=None) is answer


@pytest.mark.parametrize(
    ("r", "closed", "answer"),
    [
        (3 - T, (True, True), True),
        (T, (True, True), False),
        (T, (False, True), True),
        (HI - T, (False, True), False),
        (2 - (1 + M) * T, (True, False), True),
        (M, (True, True), True),  # m > 0
        (1 - M, (True, True), False),  # m = 1 belongs to it
        ((T - 1) ** 2, (False, False), False),
        (0 * T, (False, False), False),
    ],
)
def test_what_vanishes_nowhere(r: Ratio, closed: tuple[bool, bool], answer: bool) -> None:
    assert nowhere_zero(r, closed) is answer


@pytest.mark.parametrize(
    ("r", "closed", "answer"),
    [
        (T + M, (True, True), True),  # 0 at m = 0 alone
        (T + 1 - M, (True, True), False),  # at t = 0 and m = 1
        (T + 1 - M, (False, True), True),
        (T * (1 - M) + (HI - T) * (1 + M), (True, True), False),  # at t = 2/(1 + m) and m = 1
        (T * (1 - M) + (HI - T) * (1 + M), (True, False), True),
    ],
)
def test_what_vanishes_at_a_corner_that_does_not_belong(r: Ratio, closed: tuple[bool, bool], answer: bool) -> None:
    assert nowhere_zero(r, closed) is answer


def test_a_lower_end_beyond_all_bounds_at_m_equal_0() -> None:
    first, second = both(1 / M, None)
    assert first.nowhere_zero(T)
    assert not second.may_vanish(quotient(as_json(T)).p)
    assert not first.nowhere_zero(T - 1)
    assert second.may_vanish(quotient(as_json(T - 1)).p)


def test_a_lower_end_alone_has_no_upper_one_to_reach() -> None:
    assert nowhere_zero(T + 1, hi=None)
    assert not nowhere_zero(T - 5, hi=None)


@pytest.mark.parametrize("hi", [1 / (1 - 2 * M), M - F(1, 2)])
def test_ends_with_a_pole_or_in_another_order_are_no_region(hi: Ratio) -> None:
    assert not Region(LO, hi).is_bounded_inside()
    with pytest.raises(Exception, match="a pole, or is beyond"):
        both(LO, hi)


def test_a_region_without_an_inside_shows_nothing() -> None:
    first, second = both(LO, LO)
    for r in (T, T - T**2 + 1 - M / 2):
        assert first.nonnegative(r) or not second.nonnegative(quotient(as_json(r)))
    assert second.may_vanish(quotient(as_json(T)).p)
    assert not first.nowhere_zero(T)


def test_random_quotients_against_points() -> None:
    rng = random.Random(7)
    yes = 0
    for _ in range(150):
        top, bottom = (
            sum((rng.randint(-3, 3) * T**i * M**j for i in range(3) for j in range(2)), 0 * T) + rng.randint(1, 5)
            for _ in range(2)
        )
        if bottom.is_zero:
            continue
        r: Any = top / bottom
        found = nonnegative(r)
        yes += found
        points = [(F(rng.randint(1, 99), 100), F(rng.randint(1, 99), 100)) for _ in range(30)]
        at = [{"t": u * 2 / (1 + m), "m": m} for u, m in points]
        values = [r.at(p) for p in at if bottom.at(p)]
        assert not found or all(v >= 0 for v in values)
    assert yes > 20
