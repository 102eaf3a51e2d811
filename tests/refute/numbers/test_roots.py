"""Roots of a polynomial strictly between two numbers."""

from fractions import Fraction
from itertools import product

import pytest

from refute.numbers.polynomials import has_root_between

F = Fraction


def expanded(roots: tuple[int, ...]) -> list[F]:
    found = [F(1)]
    for r in roots:
        found = [a - r * b for a, b in zip([F(0), *found], [*found, F(0)], strict=True)]
    return found


@pytest.mark.parametrize("roots", [(), (0,), (1, 1), (0, 0, 2), (-1, 1, 3), (2, 2, 2, 2)])
def test_whole_roots_of_every_multiplicity(roots: tuple[int, ...]) -> None:
    for p, q in product(range(-2, 5), repeat=2):
        inside = any(min(p, q) < r < max(p, q) for r in roots)
        assert has_root_between(expanded(roots), F(p), F(q)) is inside


def test_irrational_roots_and_none_at_all() -> None:
    assert has_root_between([F(-2), F(0), F(1)], F(1), F(2))
    assert not has_root_between([F(-2), F(0), F(1)], F(3, 2), F(2))
    assert not has_root_between([F(2), F(0), F(1)], F(-9), F(9))
    assert has_root_between([F(0)], F(0), F(1))
    assert not has_root_between([F(0)], F(1), F(1))
