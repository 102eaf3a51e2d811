"""Captures: boxes that contract, in skew coordinates, and no capture where there is none."""

from fractions import Fraction

from refute import Ball, Matrix, Vec, precision, vec
from refute.numbers.lifting import lift
from refute.numbers.vector import times
from refute.orbits.capture import capture

# Its rows sum to more than 1: only in the coordinates of its eigenvectors does it contract.
MIX = ((Fraction(1, 2), Fraction(3, 5)), (Fraction(3, 5), Fraction(-1, 2)))


def mix(x: Vec) -> Vec:
    return times(MIX, x) - x


def slopes(box: Vec) -> Matrix:
    return tuple(tuple(Ball.of(e) for e in row) for row in MIX)


def test_a_box_around_the_rest_point() -> None:
    with precision(128):
        found = capture(mix, slopes, lift(vec(Fraction(1, 8), Fraction(1, 8)), Ball.of))
    assert found is not None
    assert Fraction(78, 100) < found.rate < Fraction(79, 100)
    assert found.radius > 0


def test_no_capture_where_nothing_contracts() -> None:
    with precision(128):
        point = lift(vec(1), Ball.of)
        assert capture(lambda x: x, lambda box: ((Ball.of(2),),), point) is None
        assert capture(lambda x: x, lambda box: None, point) is None
