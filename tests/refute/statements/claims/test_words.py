"""Claims: three values, tightness, laziness, and the second opinion."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from refute.numbers.batch import Batch
from refute.numbers.functions import exp, log
from refute.numbers.mp import Mp
from refute.numbers.vector import vec
from refute.statements.claims import Claim, both, eq, every, known, le, lt, named, ne

OPEN = exp(log(2)) - 2


def test_relations() -> None:
    assert le(1, Fraction(3, 2)).decide().truth is True
    assert le(2, 1).decide().truth is False
    assert lt(1, 1).decide().truth is False
    assert eq(1, 1).decide().truth is True
    assert ne(1, 1).decide().truth is False
    assert eq(vec(1, 2), vec(1, 3)).decide().says == "entry 1: lhs = rhs"


def test_an_undecided_comparison_is_neither_true_nor_false() -> None:
    for claim in (le(OPEN, 0), lt(OPEN, 0), eq(OPEN, 0), ne(OPEN, 0)):
        assert claim.decide().truth is None


def test_a_division_by_zero_is_undecided() -> None:
    x = exp(1) - exp(1)
    assert le(x, 1).decide().truth is True


def test_conjunctions_are_false_before_they_are_undecided() -> None:
    assert every([le(OPEN, 0), le(2, 1)]).decide().truth is False
    assert every([le(OPEN, 0), le(1, 2)]).decide().truth is None
    assert every([]).decide().truth is True


def test_conjunctions_stop_at_the_first_failure() -> None:
    def parts() -> Iterator[tuple[str, Claim]]:
        yield "k = 0", le(0, 1)
        yield "k = 1", le(1, 0)
        raise AssertionError("asked too far")

    assert named(parts()).decide().says == "k = 1: lhs <= rhs"
    assert every([le(0, 1), le(1, 0), le(OPEN, 0)], each="k").decide().says == "k = 1: lhs <= rhs"


def test_tightness_is_one_at_equality_and_measured_in_units() -> None:
    assert le(1, 1).decide().tightness == 1
    assert le(1, 1).decide().equal
    assert le(1, 2, unit=4).decide().tightness == 0.75
    assert le(3, 2, unit=1).decide().tightness == 2.0
    assert le(0, 0).decide().tightness is None
    assert both(first=le(1, 2, unit=2), second=le(1, 1)).decide().tightness == 1


def test_slacks_of_a_batch() -> None:
    x = Batch(np.array([0.0, 1.0, 3.0]))
    np.testing.assert_allclose(le(x, 2, unit=2).slack(), [1.0, 0.5, -0.5])
    worst = every([le(x, 2, unit=2), le(0, x, unit=1)]).slack()
    np.testing.assert_allclose(worst, [0.0, 0.5, -0.5])


def test_the_second_opinion_gives_digits() -> None:
    claim = le(Mp.of(Fraction(1, 3)), Mp.of(Fraction(1, 7)))
    o = claim.opinion(le(Fraction(1, 3), Fraction(1, 7)).decide())
    assert o.truth is False
    assert o.lhs.startswith("0.333333333333")
    assert known(True, "so").opinion(known(True).decide()).truth is True


def test_a_conjunction_decides_the_same_each_time() -> None:
    claim = every(c for c in [le(1, 0)])
    assert [claim.decide().truth for _ in range(3)] == [False, False, False]
