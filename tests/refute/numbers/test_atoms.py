"""Exact cancellation, and signs of polynomials in free variables."""

from fractions import Fraction

import pytest

from refute.errors import Undecided
from refute.numbers.atoms import TooLarge, sign_everywhere, variable
from refute.numbers.decide import cancels, sign
from refute.numbers.functions import cos, exp, sin, softplus, sqrt
from refute.numbers.real import Real


def test_equal_arguments_give_equal_atoms() -> None:
    a = softplus(Fraction(1, 3)) - softplus(Real.of(Fraction(2, 6)))
    assert sign(a) == 0


def test_polynomials_in_atoms_cancel() -> None:
    x, y = exp(1), cos(Fraction(1, 2))
    assert sign((x + y) ** 2 - x**2 - 2 * x * y - y**2) == 0
    assert sign((x + y) * (x - y) - x**2 + y**2) == 0


def test_inverses_and_square_roots_cancel() -> None:
    x = exp(1)
    assert sign(x / x - 1) == 0
    assert sign(1 / (1 + x) + x / (1 + x) - 1) == 0
    assert sign(sqrt(2) ** 2 - 2) == 0
    assert sign(sqrt(2) * sqrt(3) * sqrt(2) * sqrt(3) - 6) == 0
    assert sign(1 / (2 * x + 2) - 1 / (x + 1) / 2) == 0


def test_roots_and_absolute_values_of_what_cancels() -> None:
    """No ball around 0 says that what is under a root is not negative, or that an absolute value is 0."""
    x = exp(Fraction(1, 3))
    nothing = x * x - exp(Fraction(1, 3)) ** 2
    assert sign(sqrt(nothing)) == 0
    assert sign(2 * sqrt(sqrt(nothing) + nothing) - sqrt(nothing)) == 0
    assert sign(sqrt(nothing) + x - 2) == -1
    assert sign(abs(nothing)) == 0
    assert sign(abs(x - 2) - abs(2 - x)) == 0
    assert sign(abs(2 * x - 6) - 2 * abs(x - 3)) == 0
    assert sign(abs(x - 2) - (2 - x)) == 0
    assert sign(abs(abs(x - 2) - (2 - x))) == 0


def test_roots_of_what_is_not_shown_to_be_0_stay_open() -> None:
    x = exp(Fraction(1, 3))
    with pytest.raises(Undecided):
        sign(sqrt(1 - (cos(x) ** 2 + sin(x) ** 2)))
    with pytest.raises(Undecided):
        sign(sqrt(x - x - exp(-1000)))


def test_what_does_not_cancel_is_not_zero() -> None:
    assert not cancels(exp(1) - exp(2))
    assert sign(exp(1) - exp(Fraction(10**30 + 1, 10**30))) == -1


def test_signs_of_polynomials_in_free_variables() -> None:
    x, y = variable("x"), variable("y")
    L = variable("L", nonnegative=True)
    assert sign_everywhere((x - y) ** 2 - x**2 + 2 * x * y - y**2) == 0
    assert sign_everywhere(x**2 + y**2 + 1) == 1
    assert sign_everywhere(4 * L**2 + 7 * L + 4) == 1
    assert sign_everywhere(-1 - L) == -1
    assert sign_everywhere(x + 1) is None
    # Nonnegative, but zero at x = 0: no strict sign.
    assert sign_everywhere(x**2) is None


def test_an_unknown_sign_raises() -> None:
    with pytest.raises(Undecided, match="coefficients"):
        bool(variable("x") > 0)


def test_large_expansions_give_up() -> None:
    big = Real.of(1)
    for i in range(14):
        big = big * (1 + exp(i + 1))
    from refute.numbers.atoms import Expansion

    with pytest.raises(TooLarge):
        Expansion().expand(big)
    assert not cancels(big)


@pytest.mark.parametrize(
    "x",
    [
        sqrt(20) - 2 * sqrt(5),
        sqrt(2) + sqrt(2) - sqrt(8),
        2 * sqrt(Fraction(1, 2)) - sqrt(2),
        sqrt(Fraction(4, 9)) - Fraction(2, 3),
        sqrt(12) + sqrt(27) - sqrt(75),
        sqrt(4 * exp(1)) - 2 * sqrt(exp(1)),
        sqrt(2 * exp(1) + 6) - sqrt(2) * sqrt(exp(1) + 3),
        sqrt(Fraction(8)) * sqrt(Fraction(2)) - 4,
    ],
)
def test_roots_of_the_same_up_to_squares_are_multiples_of_one(x: Real) -> None:
    assert sign(x) == 0
    assert sign(x + Fraction(1, 10**30)) == 1


def test_other_roots_are_not() -> None:
    assert not cancels(sqrt(8) - 2 * sqrt(3))
    assert sign(sqrt(2) + sqrt(3) - sqrt(Fraction(10))) == -1
    with pytest.raises(Undecided):
        sign(sqrt(-4 * exp(1)) - 2 * sqrt(-exp(1)))  # not defined
