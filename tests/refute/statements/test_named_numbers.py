"""The numbers that a hypothesis names."""

from fractions import Fraction
from typing import Any

import pytest

from refute import between, le, such_that
from refute.statements.named_numbers import QUOTIENTS, numbers_named

KAPPA = 25
RATE = Fraction(3, 7)


@pytest.mark.parametrize(
    ("f", "numbers"),
    [
        (lambda f: le(f.L, 25), {25}),
        (lambda f: le(f.L, Fraction(5, 2)), {5, 2, Fraction(5, 2), Fraction(2, 5)}),
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
