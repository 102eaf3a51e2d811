"""All periodic orbits in a box, of maps that know no optimization."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from refute import BadInput, Matrix, Scalar, Vec, periodic_orbits


@dataclass(frozen=True)
class Logistic:
    """x -> a x (1 - x)."""

    a: Fraction

    def move(self, x: Vec) -> Vec:
        return Vec((self.a * x[0] * (1 - x[0]) - x[0],))

    def derivative(self, box: Vec) -> Matrix:
        return ((self.a * (1 - 2 * box[0]),),)

    def factor(self, box: Vec) -> None:
        return None


@dataclass(frozen=True)
class Curve:
    """(x, y) -> (x, y + r), r = (x^2 - 1) y / 2: the x axis and the lines x = 1, x = -1 are at rest."""

    half: Fraction = Fraction(1, 2)

    def move(self, z: Vec) -> Vec:
        return Vec((0 * z[0], self.half * (z[0] * z[0] - 1) * z[1]))

    def derivative(self, box: Vec) -> Matrix:
        x, y = box
        return ((1 + 0 * x, 0 * x), (x * y, 1 + self.half * (x * x - 1)))

    def factor(self, box: Vec) -> Scalar:
        return 1 + self.half * (box[0] * box[0] - 1)


UNIT = ((Fraction(-1, 97), Fraction(98, 97)),)


def test_the_logistic_map_has_its_textbook_orbits() -> None:
    full = Logistic(Fraction(4))
    counts = {p: len(periodic_orbits(full, p, UNIT) or ()) for p in (2, 3, 4, 5)}
    assert counts == {2: 1, 3: 2, 4: 3, 5: 6}
    assert all(o.kind == "repelling" for p in counts for o in periodic_orbits(full, p, UNIT) or ())


def test_multipliers_and_points_are_enclosed() -> None:
    (orbit,) = periodic_orbits(Logistic(Fraction(4)), 2, UNIT) or ()
    (m,) = orbit.multipliers
    assert m.real.a.contains(-4)
    assert orbit.digits() >= 60
    # (5 +- sqrt 5)/8 are the roots of 16 x^2 - 20 x + 5.
    assert all((16 * x[0] * x[0] - 20 * x[0] + 5).a.contains(0) for x in orbit.points)


def test_the_cycle_attracts_where_the_multiplier_says_so() -> None:
    (orbit,) = periodic_orbits(Logistic(Fraction(16, 5)), 2, UNIT) or ()
    assert orbit.kind == "attracting"
    assert orbit.period == 2


def test_a_curve_of_rest_points_is_removed_by_its_factor() -> None:
    box = ((Fraction(-1, 2), Fraction(3, 5)), (Fraction(-1), Fraction(8, 7)))
    assert periodic_orbits(Curve(), 2, box) == ()


def test_bad_boxes_and_periods_are_refused() -> None:
    with pytest.raises(BadInput, match="periods of at least 2"):
        periodic_orbits(Logistic(Fraction(4)), 1, UNIT)
    with pytest.raises(BadInput, match="lo < hi"):
        periodic_orbits(Logistic(Fraction(4)), 2, ((Fraction(1), Fraction(0)),))
    boxes: list[Any] = [None, (), (Fraction(0), Fraction(1)), ((Fraction(0),),), (("0", "1"),)]
    for box in boxes:
        with pytest.raises(BadInput, match="a tuple of intervals"):
            periodic_orbits(Logistic(Fraction(4)), 2, box)


def test_a_symmetry_that_the_map_does_not_have_is_refused() -> None:
    with pytest.raises(BadInput, match="does not commute"):
        periodic_orbits(Logistic(Fraction(4)), 2, UNIT, ((-1,),))
