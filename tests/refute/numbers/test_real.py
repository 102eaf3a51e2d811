"""Reals: exact folding, refusal of floats, comparison that answers or raises."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refute.errors import NotExact, Undecided
from refute.numbers.functions import exp, log, sqrt
from refute.numbers.real import FOLD_BITS, Real
from refute.numbers.vector import vec

RATIONALS = st.fractions(max_denominator=1000)


@given(RATIONALS, RATIONALS)
def test_rational_arithmetic_is_that_of_fractions(a: Fraction, b: Fraction) -> None:
    x, y = Real.of(a), Real.of(b)
    assert (x + y).q == a + b
    assert (x - b).q == a - b
    assert (a * y).q == a * b
    assert abs(x).q == abs(a)
    assert (x**3).q == a**3
    assert (x < y) == (a < b)
    assert (x == y) == (a == b)
    if b:
        assert (x / y).q == a / b


@pytest.mark.parametrize(
    ("stranger", "says"),
    [
        (0.5, r"0.5 is a float, a rounded number: write Fraction\(1, 2\)"),
        (1 / 3, r"write Fraction\(p, q\)"),
        (float("nan"), "nan is a float"),
        (np.float64(0.25), r"write Fraction\(1, 4\)"),
        (np.array([1.0]), "numpy's ndarray is rounded"),
        (True, "not exact data"),
        ("1/2", "not exact data"),
        (None, "a function without return"),
        (1j, "not exact data"),
        ((1, 2), r"a point is vec\("),
        (vec(1), "a point of R\\^1 where a number belongs"),
    ],
)
def test_floats_and_strangers_are_refused(stranger: object, says: str) -> None:
    with pytest.raises(NotExact, match=says):
        Real.of(stranger)
    with pytest.raises(NotExact):
        Real.of(1) + stranger


def test_known_values_fold_to_rationals() -> None:
    assert exp(Fraction(0)).q == 1
    assert log(1).q == 0
    assert sqrt(Fraction(9, 4)).q == Fraction(3, 2)
    assert exp(1) * 0 == 0


def test_what_is_undefined_is_never_decided() -> None:
    nothing = sqrt(2) ** 2 - 2
    for x in (sqrt(Fraction(-2)) ** 2 + 2, log(-1) - log(-1), 0 * log(-1), nothing / nothing - 1):
        with pytest.raises(Undecided):
            bool(x == 0)


def test_comparison_is_sound_in_branches() -> None:
    assert max(Real.of(Fraction(3, 2)), exp(1)) == exp(1)
    assert sorted([exp(1), Real.of(3), sqrt(2)])[0] == sqrt(2)
    assert bool(exp(1) - 2)


def test_what_cannot_be_decided_raises() -> None:
    # e^log 2 = 2 is no identity of polynomials in atoms.
    with pytest.raises(Undecided, match="16384 bits"):
        bool(exp(log(2)) <= 2)


def test_division_by_exact_zero_raises() -> None:
    with pytest.raises(ZeroDivisionError):
        Real.of(1) / 0


def test_huge_rationals_become_expressions_and_stay_comparable() -> None:
    x = Real.of(Fraction(3, 7)) ** 64
    y = x
    for _ in range(8):
        y = y * y
    assert y.q is None
    assert 0 < y < x
    assert x.q is not None
    assert x.q.denominator.bit_length() < FOLD_BITS


def test_repr_and_text() -> None:
    assert str(Real.of(Fraction(1, 3))) == "1/3"
    assert str(exp(1)).startswith("2.718281828")
    assert repr(Real.of(2)) == "Real(2)"
