"""Vectors: the algebra, in exact data and in Reals."""

from fractions import Fraction

import pytest

from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.numbers.vector import Vec, dot, norm, sq, times, total, vec


def test_the_algebra() -> None:
    x, y = vec(1, 2), vec(Fraction(1, 2), -1)
    assert x + y == vec(Fraction(3, 2), 1)
    assert 2 * x - y / 2 == vec(Fraction(7, 4), Fraction(9, 2))
    assert dot(x, y) == Fraction(-3, 2)
    assert sq(x) == 5
    assert times(((1, 1), (0, 1)), x) == vec(3, 2)
    assert -x == vec(-1, -2)
    assert total([]) == 0


def test_a_number_times_a_vector_in_reals() -> None:
    x = lift(vec(3, 4), Real.of)
    assert (Real.of(2) * x)[1].q == 8
    assert norm(x).q == 5


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="zip"):
        vec(1) + vec(1, 2)
    with pytest.raises(ValueError, match="zip"):
        dot(vec(1), Vec(()))
