"""The clock of arithmetic: alike on every machine, and the bound of a search."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

import pytest

from refute import Ball, Batch, Claim, Mp, Theorem, le, rationals
from refute.numbers.dual import Dual
from refute.numbers.real import Real
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.search.tally import FEW
from refute.work import WORK

R = Annotated[Fraction, rationals()]


@pytest.mark.parametrize("kind", [Real.of, Ball.of, Mp.of, Batch.of, Dual.of])
def test_every_number_that_is_made_is_a_tick(kind: Callable[[Fraction], Ball]) -> None:
    a, b = kind(Fraction(1, 3)), kind(Fraction(1, 7))
    before = WORK.ticks
    for _ in range(10):
        a = a + b
    assert WORK.ticks - before >= 10


def dear(x: R) -> Claim:
    """Two hundred sums."""
    y = x
    for _ in range(200):
        y = y + x * x
    return le(x, y + 1)


def test_a_search_ends_after_so_many_operations() -> None:
    statement = Theorem(dear, source="s", label="l").itself
    own = Budget(400, 0, None, 1, operations=200)
    some = search(statement, own)
    assert some.spent
    assert FEW <= some.decided < 400
    again = search(statement, own)
    assert (again.decided, again.work) == (some.decided, some.work)
    assert search(statement, replace(own, examples=40)).decided >= FEW
    assert not search(statement, replace(own, operations=10**6)).spent
    assert not search(statement, replace(own, operations=None)).spent
