"""Vectors: the algebra, in exact data and in Reals."""

from fractions import Fraction
from operator import add, sub
from typing import Any

import pytest

from refute.errors import NotExact
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
    with pytest.raises(NotExact, match=r"a point of R\^1 and one of R\^2 are neither added nor subtracted"):
        vec(1) + vec(1, 2)
    with pytest.raises(NotExact, match=r"R\^1 and one of R\^0"):
        dot(vec(1), Vec(()))


@pytest.mark.parametrize("other", [1, Fraction(1, 2), (1,), [1], Real.of(1)])
def test_a_point_and_what_is_none(other: Any) -> None:
    for combine in (add, sub):
        with pytest.raises(NotExact, match=r"vec\("):
            combine(vec(1), other)
        with pytest.raises(NotExact, match=r"vec\("):
            combine(other, vec(1))
    with pytest.raises(NotExact, match="norm"):
        abs(vec(1))
