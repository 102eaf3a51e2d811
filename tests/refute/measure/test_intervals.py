"""Unions of intervals: exact sets and measures."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refute import BadInput, Intervals, first_meetings, preimage, union

PAIRS = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), max_size=6)


def cells(pairs: list[tuple[int, int]]) -> set[int]:
    """The unit cells [n, n + 1] that the intervals cover."""
    return {n for a, b in pairs for n in range(a, b)}


@given(PAIRS, PAIRS)
def test_union_and_intersection_count_unit_cells(xs: list[tuple[int, int]], ys: list[tuple[int, int]]) -> None:
    a, b = union(xs), union(ys)
    assert a.measure == len(cells(xs))
    assert a.join(b).measure == len(cells(xs) | cells(ys))
    assert a.meet(b).measure == len(cells(xs) & cells(ys))


@given(PAIRS, st.integers(-3, 3), st.integers(-3, 3), st.integers(-5, 5))
def test_preimages_hold_what_maps_inside(target: list[tuple[int, int]], p: int, q: int, at: int) -> None:
    """For x -> at + p (x + 4) on [-4, 0] and at + 4 p + q x on [0, 4], on a fine grid."""
    pieces = [
        (Fraction(-4), Fraction(0), Fraction(p), Fraction(at)),
        (Fraction(0), Fraction(4), Fraction(q), Fraction(at + 4 * p)),
    ]
    image = union((Fraction(a), Fraction(b)) for a, b in target)
    back = preimage(image, pieces)
    for i in range(-64, 64):
        x = Fraction(2 * i + 1, 32)
        y = at + p * (x + 4) if x < 0 else at + 4 * p + q * x
        if not any(y in part for part in image.parts):
            assert back.holds(x) == image.holds(y)


def test_meetings_count_every_start_once() -> None:
    half = [(Fraction(-100), Fraction(100), Fraction(1, 2), Fraction(-50))]
    X = Intervals(((Fraction(1), Fraction(3, 2)),))
    W = Intervals(((Fraction(1), Fraction(6)),))
    assert first_meetings(X, W, 2, lambda image: preimage(image, half)).measure == Fraction(7, 2)


def test_bad_unions_are_refused() -> None:
    with pytest.raises(BadInput, match="the smaller one first"):
        Intervals(((Fraction(2), Fraction(1)),))
    with pytest.raises(BadInput, match="must not overlap or touch"):
        Intervals(((Fraction(0), Fraction(2)), (Fraction(1), Fraction(3))))
    with pytest.raises(BadInput, match="must not overlap or touch"):
        Intervals(((Fraction(0), Fraction(1)), (Fraction(1), Fraction(3))))
    with pytest.raises(BadInput, match="no hull"):
        Intervals(()).hull  # noqa: B018


@pytest.mark.parametrize(
    "parts",
    [
        ((0, 0),),
        ((1, 0),),
        ((0, 2), (1, 3)),
        ((0, 1), (1, 2)),
        ((2, 3), (0, 1)),
        ((0, 1), (2, 3), (3, 4)),
        ((0, 1), (2, 4), (3, 5)),
        ((0, 1, 2),),
    ],
)
def test_intervals_are_disjoint_and_in_order(parts: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(BadInput):
        Intervals(parts)  # type: ignore[arg-type]


def test_ends_do_not_lie_inside_and_gaps_do_not_belong() -> None:
    both: Any = Intervals(((Fraction(0), Fraction(1)), (Fraction(2), Fraction(3))))
    assert [both.holds(Fraction(n, 2)) for n in range(-1, 8)] == [
        False,
        False,
        True,
        False,
        False,
        False,
        True,
        False,
        False,
    ]
    assert both.hull == (0, 3)
    assert [i.parts for i in both.simpler()] == [((2, 3),), ((0, 1),)]
    assert list(Intervals(((Fraction(0), Fraction(1)),)).simpler()) == []
    with pytest.raises(BadInput, match="the empty set has no hull"):
        _ = Intervals(()).hull


def test_touching_intervals_meet_in_nothing_and_join_to_one() -> None:
    left: Any
    right: Any
    left, right = Intervals(((Fraction(0), Fraction(1)),)), Intervals(((Fraction(1), Fraction(2)),))
    assert left.meet(right).parts == ()
    assert left.join(right).parts == ((0, 2),)
    found: Any = union([(2, 1), (3, 3), (0, 1)])
    assert found.parts == ((0, 1),)
    found = union([(0, 5), (1, 2)])
    assert found.parts == ((0, 5),)


def test_the_preimage_of_a_constant_piece_is_the_piece_where_its_value_belongs_to_the_closed_image() -> None:
    image = Intervals(((Fraction(0), Fraction(1)), (Fraction(5), Fraction(6))))
    for at, found in ((0, ((2, 3),)), (1, ((2, 3),)), (5, ((2, 3),)), (6, ((2, 3),)), (-1, ()), (2, ()), (7, ())):
        back: Any = preimage(image, [(Fraction(2), Fraction(3), Fraction(0), Fraction(at))])
        assert back.parts == found


def test_meetings_count_the_steps() -> None:
    target, line = Intervals(((Fraction(0), Fraction(1)),)), Intervals(((Fraction(0), Fraction(64)),))

    def back(i: Intervals) -> Intervals:
        return preimage(i, [(Fraction(0), Fraction(128), Fraction(1, 2), Fraction(0))])

    for n in range(5):
        met: Any = first_meetings(target, line, n, back)
        assert met.parts == ((0, 2**n),)
