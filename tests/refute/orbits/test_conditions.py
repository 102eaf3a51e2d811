"""Each condition with inputs that violate only that one, by as little as there is."""

from fractions import Fraction
from typing import Any

import pytest

from refute import Ball, Piece, Vec, precision
from refute.numbers.real import Real
from refute.orbits.conditions import (
    ROUNDING,
    all_of,
    between,
    certainly_below,
    contraction_rate,
    held_in_piece,
    inside_box,
    leads_on,
    maps_into_itself,
    nearest_rest,
    outside_box,
)

F = Fraction
HALF, ONE = F(1, 2), F(1)
TINY = F(1, 2**40)
B = Ball.of
ID: Any = ((B(1),),)


def matrix(*rows: tuple[Any, ...]) -> Any:
    return tuple(tuple(B(e) for e in row) for row in rows)


UNIT = matrix((1, 0), (0, 1))


def test_below_is_strict_and_of_every_number() -> None:
    assert certainly_below(B(1), B(2))
    assert not certainly_below(B(2), B(1))
    assert not certainly_below(B(1), B(1))
    assert not certainly_below(Ball.hull(0, 2), B(1))
    assert not certainly_below(Ball.hull(0, 1), Ball.hull(1, 2))


def test_the_rate_is_the_largest_sum_of_absolute_values_along_a_row() -> None:
    q = contraction_rate(UNIT, matrix((F(1, 4), F(-1, 2)), (F(1, 8), 0)), UNIT)
    assert q == F(3, 4) + ROUNDING
    assert contraction_rate(UNIT, matrix((F(1, 8), 0), (F(1, 4), F(-1, 2))), UNIT) == F(3, 4) + ROUNDING
    assert F(1, 2**40) == ROUNDING


def test_the_rate_is_that_of_the_product_in_its_order() -> None:
    w, m, v = matrix((1, 1), (0, F(1, 8))), matrix((F(1, 8), 0), (0, F(1, 4))), matrix((1, 0), (F(1, 2), 1))
    # w m = ((1/8, 1/4), (0, 1/32)), w m v = ((1/4, 1/4), (1/64, 1/32)).
    assert contraction_rate(w, m, v) == F(1, 2) + ROUNDING


@pytest.mark.parametrize("top", [ONE, ONE + TINY, F(3, 2), F(2), F(100)])
def test_a_rate_of_1_contracts_nothing(top: Fraction) -> None:
    assert contraction_rate(ID, ((B(top),),), ID) is None
    assert contraction_rate(ID, ((B(-top),),), ID) is None


def test_a_rate_that_rounding_may_have_brought_below_1_counts_as_1() -> None:
    assert contraction_rate(ID, ((B(1 - F(1, 2**41)),),), ID) is None
    assert contraction_rate(ID, ((B(1 - ROUNDING),),), ID) is None
    assert contraction_rate(ID, ((B(1 - F(1, 2**38)),),), ID) is not None


def test_a_rate_holds_for_every_matrix_in_the_balls() -> None:
    assert contraction_rate(ID, ((Ball.hull(0, F(9, 8)),),), ID) is None
    q = contraction_rate(ID, ((Ball.hull(F(-1, 4), F(1, 2)),),), ID)
    assert q is not None
    assert q >= HALF
    assert contraction_rate(ID, ((Ball(B(0).a / 0),),), ID) is None


@pytest.mark.parametrize("rate", [F(0), HALF, F(7, 8)])
@pytest.mark.parametrize("radius", [F(1, 8), ONE, F(16)])
def test_the_centre_moves_by_less_than_1_minus_q_times_r(rate: Fraction, radius: Fraction) -> None:
    room = (1 - rate) * radius
    assert maps_into_itself(rate, radius, [B(room * F(63, 64)), B(0)])
    assert maps_into_itself(rate, radius, [B(0), B(-room * F(63, 64))])
    for moved in ([B(room)], [B(-room)], [B(0), B(room)], [B(0), B(-room * F(65, 64))], [Ball.hull(0, 2 * room)]):
        assert not maps_into_itself(rate, radius, moved)


@pytest.mark.parametrize("rate", [ONE, F(2), F(3, 2)])
def test_what_does_not_contract_maps_no_box_into_itself(rate: Fraction) -> None:
    assert not maps_into_itself(rate, ONE, [B(0)])
    assert not maps_into_itself(rate, ONE, [])
    assert not maps_into_itself(rate, F(-1), [B(0)])


def test_a_box_holds_its_interior() -> None:
    assert inside_box(ONE, [B(F(63, 64)), B(F(-63, 64))])
    for u in ([B(1), B(0)], [B(0), B(-1)], [B(0), B(2)], [Ball.hull(0, 2), B(0)]):
        assert not inside_box(ONE, u)


def test_a_point_is_outside_beyond_the_closed_box_in_one_coordinate() -> None:
    assert outside_box(ONE, [B(0), B(F(65, 64))])
    assert outside_box(ONE, [B(F(-65, 64)), B(0)])
    for u in ([B(1), B(-1)], [B(0), B(0)], [Ball.hull(0, 2), B(1)]):
        assert not outside_box(ONE, u)


def test_the_rest_point_of_a_contraction_is_near() -> None:
    least = F(1, 2**1100)
    assert nearest_rest(HALF, [B(F(1, 8)), B(F(-1, 4))]) == HALF * F(9, 8) + least
    assert nearest_rest(F(3, 4), [B(F(1, 8))]) == HALF * F(9, 8) + least
    assert nearest_rest(HALF, [B(0)]) == least
    # Of a ball the far end counts.
    assert nearest_rest(F(0), [Ball.hull(0, 1)]) > 1


def piece(*data: Any) -> Piece:
    """lo, hi, multiplier, rest."""
    lo, hi, m, rest = (None if e is None else Real.of(F(e)) for e in data)
    return Piece(lo, hi, m, rest)


@pytest.mark.parametrize("m", [F(-1), F(1), F(2), F(-2), F(-3, 2), F(3, 2), 1 + TINY, -1 - TINY])
def test_no_piece_holds_what_does_not_contract(m: Fraction) -> None:
    assert not held_in_piece(B(1), piece(None, None, m, 0))


@pytest.mark.parametrize("m", [F(1, 2), F(0), F(-1, 2), 1 - TINY, TINY - 1])
def test_an_unbounded_piece_holds_what_contracts(m: Fraction) -> None:
    assert held_in_piece(B(1), piece(None, None, m, 0))
    assert held_in_piece(B(-5), piece(None, None, m, 3))


@pytest.mark.parametrize("side", [1, -1])
def test_the_start_lies_in_the_open_piece(side: int) -> None:
    def bounded(lo: Any, hi: Any, m: Fraction, rest: Any) -> Piece:
        left, right = (None if e is None else side * F(e) for e in (lo, hi))
        return piece(*((left, right) if side > 0 else (right, left)), m, side * rest)

    for m in (HALF, F(0), F(-1, 2)):
        assert held_in_piece(B(side * 2), bounded(-9, 3, m, 0))
        assert not held_in_piece(B(side * 3), bounded(-9, 3, m, 0))
        assert not held_in_piece(B(side * 4), bounded(-9, 3, m, 0))
        assert not held_in_piece(Ball.hull(side * 2, side * 4), bounded(-9, 3, m, 0))
        # The rest point belongs to the closed piece, however the orbit comes to it.
        assert not held_in_piece(B(side * 2), bounded(1, 3, m, 0))
        assert not held_in_piece(B(side * 2), bounded(None, F(5, 2), m, 3))
    # 0 < m < 1: an end is approached and never reached; m = 0 reaches it at once.
    assert held_in_piece(B(side * 2), bounded(0, 3, HALF, 0))
    assert not held_in_piece(B(side * 2), bounded(0, 3, F(0), 0))
    assert held_in_piece(B(side * 2), bounded(-1, 3, F(0), 0))
    # m < 0 visits both sides: the mirror image of the start belongs to the open piece too.
    assert held_in_piece(B(side * 2), bounded(F(-5, 2), 3, F(-1, 2), 0))
    assert not held_in_piece(B(side * 2), bounded(-2, 3, F(-1, 2), 0))
    assert not held_in_piece(B(side * 2), bounded(-1, 3, F(-1, 8), 0))
    assert held_in_piece(B(side * 5), bounded(0, 6, F(-1, 2), 3))
    assert not held_in_piece(B(side * 5), bounded(1, 6, F(-1, 2), 3))
    # 0 <= m asks nothing of the mirror image.
    assert held_in_piece(B(side * 2), bounded(-1, 3, HALF, 0))


@pytest.mark.parametrize("side", [1, -1])
def test_a_step_leads_on_and_not_over_the_limit(side: int) -> None:
    assert leads_on(side, B(side * F(1, 64)), B(side * 2), B(side * 3))
    assert not leads_on(side, B(0), B(side * 2), B(side * 3))
    assert not leads_on(side, B(-side), B(side * 2), B(side * 3))
    assert not leads_on(side, B(side), B(side * 3), B(side * 3))
    assert not leads_on(side, B(side), B(side * 4), B(side * 3))
    assert not leads_on(side, Ball.hull(-1, 1), B(side * 2), B(side * 3))
    assert not leads_on(side, B(side), Ball.hull(side * 2, side * 4), B(side * 3))


def test_a_conjunction_of_answers() -> None:
    assert all_of([True, True]) is True
    assert all_of([]) is True
    assert all_of([True, None]) is None
    assert all_of([None, False, True]) is False


def test_a_point_in_a_closed_box() -> None:
    box = ((F(0), ONE), (F(-1, 3), F(1, 3)))
    for x, answer in (
        ((HALF, 0), True), ((0, F(-1, 3)), True), ((1, F(1, 3)), True), ((-TINY, 0), False), ((1 + TINY, 0), False),
        ((HALF, F(1, 3) + TINY), False), ((HALF, -F(1, 3) - TINY), False),
    ):  # fmt: skip
        assert between(Vec(tuple(Real.of(F(c)) for c in x)), box) is answer
    with precision(64):
        assert between(Vec((B(HALF), B(F(1, 3)))), box) is None  # a ball around 1/3 straddles the end
        assert between(Vec((B(2), B(F(1, 3)))), box) is False
