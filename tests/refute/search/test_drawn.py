"""What was drawn, in words."""

from fractions import Fraction

from objectives import square
from refute import vec
from refute.search.drawn import Drawn, add, words


def test_ranges_dimensions_and_classes() -> None:
    drawn: dict[str, Drawn] = {}
    for i in (3, 1, 2):
        add(drawn, {"h": Fraction(i, 64), "n": i, "x": vec(*range(i)), "f": square(1), "pair": (1, 2)})
    assert words(drawn) == {
        "h": "from 1/64 to 3/64, rationals",
        "n": "from 1 to 3",
        "x": "d = 1, 2, 3",
        "f": "d = 1: Quadratic",
    }


def test_long_numbers_are_cut() -> None:
    drawn: dict[str, Drawn] = {}
    add(drawn, {"h": Fraction(10**30 + 1, 10**30)})
    assert words(drawn) == {"h": "from 1 to 1, rationals"}
