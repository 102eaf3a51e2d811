"""The sides of the kinks that a point lies on."""

from fractions import Fraction

import pytest

from refute.errors import Undecided
from refute.numbers.ball import Ball
from refute.numbers.mp import Mp
from refute.numbers.sides import MOST, on_each_side, side_of

F = Fraction


def test_one_kink_has_two_sides_and_no_kink_one() -> None:
    assert list(on_each_side(lambda: side_of([F(2)], 1))) == [1, -1]
    assert list(on_each_side(lambda: "plain")) == ["plain"]


def test_kinks_of_one_direction_are_one() -> None:
    def signs() -> tuple[int, ...]:
        return (
            side_of([F(1), F(2)], 1),
            side_of([F(-2), F(-4)], 1),
            side_of([Ball.of(3), Ball.of(6)], 1),
            side_of([Mp.of(1), Mp.of(2)], 1),
        )

    assert list(on_each_side(signs)) == [(1, -1, 1, 1), (-1, 1, -1, -1)]


def test_kinks_of_different_directions_are_combined() -> None:
    found = list(on_each_side(lambda: (side_of([F(1), F(0)], 1), side_of([F(0), F(1)], 1))))
    assert sorted(found) == [(-1, -1), (-1, 1), (1, -1), (1, 1)]


def test_a_kink_that_is_met_on_one_side_only() -> None:
    found = list(on_each_side(lambda: (1, side_of([F(0), F(1)], 1)) if side_of([F(1), F(0)], 1) > 0 else (-1, 0)))
    assert sorted(found) == [(-1, 0), (1, -1), (1, 1)]


def test_where_no_side_is_looked_at_or_its_direction_is_not_known() -> None:
    with pytest.raises(Undecided):
        side_of([F(1)], 1)
    for slopes in ([F(0)], [Ball.hull(1, 2)]):
        with pytest.raises(Undecided):
            list(on_each_side(lambda slopes=slopes: side_of(slopes, 1)))  # type: ignore[misc]


def test_too_many_kinks() -> None:
    def many() -> list[int]:
        return [side_of([F(1), F(k)], 1) for k in range(6)]

    assert MOST < 2**6
    with pytest.raises(Undecided, match="too many"):
        list(on_each_side(many))
