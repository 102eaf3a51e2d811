"""The numbers that a hypothesis names."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from refute import between, le, such_that
from refute.sources.discover import theorems_of
from refute.statements.named_numbers import QUOTIENTS, numbers_named

KAPPA = 25
RATE = Fraction(3, 7)


@pytest.mark.parametrize(
    ("f", "numbers"),
    [
        (lambda f: le(f.L, 25), {25}),
        (lambda f: le(f.L, Fraction(5, 2)), {Fraction(5, 2)}),
        (lambda f: le(f.L, Fraction(404, 100) * f.mu), {Fraction(101, 25)}),
        (lambda f: le(f.L, Fraction("5/2")), {Fraction(5, 2)}),
        (lambda f: le(f.L, KAPPA), {25}),
        (lambda f: le(f.L, RATE), {Fraction(3, 7)}),
        (lambda f, bound=9: le(f.L, bound), {9}),
        (lambda f: all(f.L <= 4 for _ in ()), {4}),
        (lambda f: le(0, f.L), {0}),
        (lambda f: le(f.mu, f.L), set()),
        (len, set()),
    ],
)
def test_numbers_of(f: Any, numbers: set[Fraction]) -> None:
    assert set(numbers_named(f)) == numbers


def test_a_text_is_no_number() -> None:
    def says(f: Any) -> Any:
        """At most 3."""
        return le(f.L, 1) if f.name != "1e5x" else le(f.L, 2)

    assert set(numbers_named(says)) == {1, 2, Fraction(1, 2)}


def test_there_are_never_many() -> None:
    assert len(numbers_named(lambda x: x in (1,) or x + 2 + 3 + 5 + 7 + 11 + 13)) <= QUOTIENTS


def test_a_domain_without_constants_is_left_as_it_is() -> None:
    part = such_that(between(0, 2), "x <= 1", lambda x: le(x, 1))
    assert all(0 <= part.example(seed) <= 1 for seed in range(20))


def test_exponents_are_no_numbers_that_an_element_attains(tmp_path: Path) -> None:
    assert set(numbers_named(lambda f: 7 * f.mu >= f.L**2)) == {7}
    assert 2 in numbers_named(lambda f: 2 * f.mu >= f.L**2)
    (tmp_path / "claims.py").write_text(
        "from typing import Annotated\nfrom fractions import Fraction\nfrom refute import *\n\n\ndef h(x):\n    return le(x**2, 7 * x / 5)\n\n\n"
        "def s(x: Annotated[Fraction, rationals()]) -> Claim:\n    '''It is.'''\n    return le(0, x * x)\n\n\n"
        "T = Theorem(s, source='s', label='l', given=(Given('h', h),))\n"
    )
    (theorem,) = theorems_of(tmp_path / "claims.py")
    assert set(numbers_named(theorem.given[0].claim)) == {7, 5, Fraction(7, 5), Fraction(5, 7)}


def test_functions_that_a_hypothesis_closes_over_are_looked_into() -> None:
    def inner(f: Any) -> Any:
        return f.L <= 11

    assert 11 in numbers_named(lambda f: inner(f))
