"""Probabilities in R^d against counting on a grid, and the constants off a union of boxes."""

from fractions import Fraction
from itertools import product

import pytest

from objectives import PiecewiseQuadratic, SeparableSum
from objectives.encounters import encounter, encounter_boxes, latest_encounter
from objectives.encounters.in_space import LONGEST, one_point_convexity_off_boxes, smooth_off_boxes
from refute import Boxes, Intervals, Undecided, vec

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)
PARABOLA = PiecewiseQuadratic((ZERO,), (ONE, ONE), ZERO, ZERO)
BENT = PiecewiseQuadratic((ZERO,), (Fraction(1, 4), ONE), ZERO, ZERO)


def side(a: int | Fraction, b: int | Fraction) -> Intervals:
    return Intervals(((Fraction(a), Fraction(b)),))


def test_the_event_is_a_union_over_time() -> None:
    """x -> x/2 in one coordinate and x -> 7x/8 or x/2 in the other: counted on a grid of cell centres."""
    f = SeparableSum((PARABOLA, BENT))
    X, W = Boxes(((side(1, 2), side(-2, -1)),)), Boxes(((side(1, 8), side(-4, 0)),))
    met = 0
    n = 64
    for i, j in product(range(7 * n // 4), range(n)):
        x, y = 1 + Fraction(4 * i + 2, n), -4 + Fraction(4 * j + 2, n)
        for _ in range(3):
            if X.holds(vec(x, y)):
                met += 1
                break
            x, y = x / 2, y - HALF * (y if y > 0 else y / 4)
    share = Fraction(met, 7 * n // 4 * n)
    assert abs(float(encounter_boxes(f, HALF, X, W, 2) - share)) < 0.03


def test_on_the_line_it_is_the_probability_of_the_line() -> None:
    X, W = side(1, 2), side(0, 7)
    exact = encounter(BENT, HALF, X, W, 3)
    assert encounter_boxes(BENT, HALF, Boxes(((X,),)), Boxes(((W,),)), 3) == exact


def test_constants_off_boxes() -> None:
    X = Boxes(((side(1, 2), side(1, 2)),))
    f = SeparableSum((PARABOLA, BENT))
    assert smooth_off_boxes(f, X) == 1
    assert one_point_convexity_off_boxes(f, X, vec(0, 0)) == Fraction(1, 4)


def test_the_latest_encounter() -> None:
    X = Boxes(((side(3, 4), side(4, 5)),))
    assert latest_encounter(X, Boxes(((side(0, 6), side(0, 8)),)), vec(0, 0), Fraction(1, 4)) == 1
    assert latest_encounter(X, Boxes(((side(0, 1), side(0, 1)),)), vec(0, 0), Fraction(1, 4)) == -1
    slow = latest_encounter(X, Boxes(((side(0, 6), side(0, 8)),)), vec(0, 0), 1 - Fraction(1, 10**9))
    assert slow == LONGEST
    with pytest.raises(Undecided, match="more than"):
        encounter_boxes(SeparableSum((PARABOLA, PARABOLA)), HALF, X, X, slow)
