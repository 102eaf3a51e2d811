"""Trails: what a search leaves for drawing its find again."""

from fractions import Fraction

from refute import vec
from refute.search.trail import Trail


def test_numbers_of_a_batch_follow_the_drawn_choices() -> None:
    trail = Trail((3, True)).onwards({"f": 1, "h": Fraction(2, 3), "x": vec(5, Fraction(-1, 4))}, ["h", "x"])
    assert trail == Trail((3, True, 2, 3, 5, 1, -1, 4), ("h", "x"))
