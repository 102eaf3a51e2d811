"""Unions of boxes: exact volumes."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refute import BadInput, Boxes, Intervals, lift, vec
from refute.numbers.real import Real

intervals = st.tuples(st.integers(0, 4), st.integers(1, 3)).map(
    lambda t: Intervals(((Fraction(t[0]), Fraction(sum(t))),))
)


@given(st.lists(st.tuples(intervals, intervals, intervals), min_size=1, max_size=4))
def test_the_volume_is_that_of_the_unit_cubes_inside(parts: list[tuple[Intervals, ...]]) -> None:
    boxes = Boxes(tuple(parts))
    cubes = [vec(*(Fraction(2 * i + 1, 2) for i in corner)) for corner in product(range(8), repeat=3)]
    assert boxes.measure == sum(boxes.holds(c) for c in cubes)
    assert lift(boxes, Real.of).measure == boxes.measure


def test_two_squares_that_overlap() -> None:
    unit, shifted = (Intervals(((Fraction(a), Fraction(a + 2)),)) for a in (0, 1))
    boxes = Boxes(((unit, unit), (shifted, shifted)))
    assert boxes.measure == 7
    assert boxes.hull(0) == (0, 3)
    assert boxes.restrict((1,)).measure == 3
    assert [b.measure for b in boxes.simpler()] == [4, 4]


def test_the_dimensions_must_agree() -> None:
    unit = Intervals(((Fraction(0), Fraction(1)),))
    with pytest.raises(BadInput, match="all in one R"):
        Boxes(((unit,), (unit, unit)))
    with pytest.raises(BadInput, match="at least one part"):
        Boxes(())
