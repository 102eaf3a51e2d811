"""Maps that are polynomials, and maps that only look so."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from refute import Vec, maximum, sqrt
from refute.numbers.polynomials import polynomials

F = Fraction


def test_the_coefficients_by_exponents() -> None:
    found = polynomials(lambda x: Vec((x[0] ** 2 - 1, F(1, 2) * x[0] * x[1] + x[1] - x[1])), 2)
    assert found == [{(2, 0): 1, (0, 0): -1}, {(1, 1): F(1, 2)}]


def caught(x: Vec) -> Vec:
    try:
        return Vec((x[0] if x[0] > 0 else 2 * x[0],))
    except ArithmeticError:
        return x


def caught_pole(x: Vec) -> Vec:
    try:
        1 / (x[0] - 1)
    except ZeroDivisionError:
        return 0 * x
    return x


@pytest.mark.parametrize(
    "f",
    [
        lambda x: Vec((x[0] if x[0] > 0 else 2 * x[0],)),
        lambda x: Vec((maximum(x[0], 0),)),
        lambda x: Vec((x[0] ** 2 / x[0],)),
        lambda x: Vec((sqrt(x[0]) ** 2,)),
        lambda x: Vec((x[0] ** -1,)),
        lambda x: Vec((x[0] + sqrt(x[0] + 1) - sqrt(x[0] + 1),)),
        lambda x: Vec((float(x[0]),)),
        caught,
        caught_pole,
    ],
)
def test_what_is_no_polynomial(f: Callable[[Any], Any]) -> None:
    assert polynomials(f, 1) is None
