"""Signs: the ladder of balls, cancellation, more balls, Undecided."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refute.errors import Undecided
from refute.numbers.decide import sign
from refute.numbers.enclosed import Enclosed
from refute.numbers.functions import cos, exp, log, sin, softplus
from refute.numbers.real import Real


@given(st.integers(-(10**6), 10**6), st.integers(1, 400))
def test_tiny_differences_are_decided(n: int, digits: int) -> None:
    x = exp(Fraction(1, 3)) * Fraction(n, 10**digits) + Fraction(1, 10 ** (digits + 8))
    assert sign(x) == (1 if n >= 0 else -1)


def test_a_difference_below_a_thousand_bits_is_seen() -> None:
    eps = Fraction(1, 2**1000)
    assert sign(cos(Fraction(1)) - cos(1 + eps)) == 1


def test_trigonometric_identities_are_undecided_not_guessed() -> None:
    x = Fraction(1, 3)
    with pytest.raises(Undecided):
        sign(sin(x) ** 2 + cos(x) ** 2 - 1)


def test_softplus_at_equal_points_is_equal() -> None:
    x = Fraction(22, 7)
    gap = softplus(x) + softplus(x) * 0 - softplus(x)
    assert sign(gap) == 0


def test_an_enclosed_number_is_decided_by_its_balls() -> None:
    from flint import arb

    from refute.numbers.ball import precision
    from refute.numbers.mp import Mp

    def enclose(bits: int) -> arb:
        with precision(bits):
            return arb(2).sqrt()

    root = Real.of(Enclosed(enclose, lambda n: Mp.of(2).apply("sqrt")))
    assert sign(root - Fraction(7, 5)) == 1
    assert sign(root - root) == 0
    assert sign(root * log(1)) == 0
