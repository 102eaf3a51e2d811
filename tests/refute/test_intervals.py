"""Unions of intervals: exact sets and measures."""

from fractions import Fraction

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
