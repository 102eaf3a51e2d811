"""The second opinion: a context of its own, digits, and noise."""

from fractions import Fraction

import mpmath
import pytest

from refute.errors import NotExact
from refute.numbers.functions import exp, log, sqrt
from refute.numbers.mp import CONTEXT, Mp, digits, sign_apart, ties_as_equal
from refute.numbers.real import Real, as_fraction, simplest_between


def test_the_context_is_private() -> None:
    before = mpmath.mp.dps
    with digits(77):
        assert CONTEXT.dps == 77
        assert mpmath.mp.dps == before
    assert CONTEXT.dps != 77


def test_fifty_digits_are_shown() -> None:
    with digits(60):
        assert Mp.of(Fraction(1, 3)).text(50) == "0." + "3" * 50


def test_sign_apart_knows_its_noise() -> None:
    with digits(50):
        third = Mp.of(Fraction(1, 3))
        assert sign_apart(third, third) == 0
        assert sign_apart(third * 3 - Mp.of(1), Mp.of(0)) in (0, None)
        assert sign_apart(third, third + Mp.of(Fraction(1, 10**49))) is None
        assert sign_apart(third, third + Mp.of(Fraction(1, 10**30))) == 1
        assert sign_apart(Mp.of(2), third) == -1


@pytest.mark.parametrize("q", [Fraction(1, 3), Fraction(-22, 7), Fraction(0), Fraction(5), Fraction(10**9 + 1, 10**9)])
def test_a_rational_is_found_again(q: Fraction) -> None:
    with digits(50):
        assert as_fraction(Mp.of(q)) == q
        assert as_fraction(Mp.of(q) * 3 - q) == 2 * q


@pytest.mark.parametrize(
    ("lo", "hi", "simplest"),
    [("1/3", "1/2", "1/2"), ("31/100", "32/100", "5/16"), ("-1/2", "-1/3", "-1/2"), ("-1", "1", "0")],
)
def test_the_simplest_rational_between_two(lo: str, hi: str, simplest: str) -> None:
    assert simplest_between(Fraction(lo), Fraction(hi)) == Fraction(simplest)


def test_floats_are_refused() -> None:
    with pytest.raises(NotExact):
        Mp.of(1) + 0.5


def test_the_interval_trap_is_never_used() -> None:
    """mpmath.iv excludes true values: nothing in the package may import or use it."""
    from pathlib import Path

    import refute

    for file in Path(refute.__file__).parent.rglob("*.py"):
        code = "\n".join(line for line in file.read_text().splitlines() if "`" not in line)
        assert "mpmath.iv" not in code, file
        assert "import iv" not in code, file


def test_a_sum_that_cancels_equals_zero() -> None:
    """Branches of a body agree with the exact ones: 1/3 + 1/7 - 10/21 is 0 up to its rounding errors."""
    with digits(50):
        rest = Mp.of(Fraction(1, 3)) + Mp.of(Fraction(1, 7)) - Mp.of(Fraction(10, 21))
        assert rest == 0
        assert not rest
        assert Mp.of(Fraction(1, 3)) != Mp.of(Fraction(1, 3)) + Mp.of(Fraction(1, 10**40))


def test_expressions_are_evaluated_afresh() -> None:
    x = sqrt(Real.of(2)) * 3 / (1 + exp(Real.of(1))) - abs(log(Real.of(Fraction(1, 3))))
    assert abs(float(Mp.of(x)) - float(x)) < 1e-15
    assert Mp.of(Real.of(Fraction(1, 4))) == Fraction(1, 4)


def test_a_root_of_rounding_noise_is_nearly_zero() -> None:
    third = Mp.of(Fraction(1, 3))
    root = sqrt(Mp.of(1) - third - third - third)
    assert sign_apart(root, Mp.of(0)) in (0, None)
    assert sign_apart(sqrt(Mp.of(-1)), Mp.of(0)) is None


def test_ties_are_ordered_as_equal_numbers_where_that_is_asked() -> None:
    with digits(30):
        third = Mp.of(Fraction(1, 3))
        a, b = third * 3 - third - third, third
        c = Mp.of(Fraction(1, 7)) * 7 - 1 + third
        far = third + Mp.of(Fraction(1, 10**12))
        with ties_as_equal():
            for x in (a, c):
                assert [x <= b, b <= x, x < b, x > b, x >= b] == [True, True, False, False, True]
            assert [b < far, far > b, far <= b] == [True, True, False]
        assert b < far
