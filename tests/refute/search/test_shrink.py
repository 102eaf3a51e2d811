"""Shrinking: what a search found, native or from a batch, goes through Hypothesis's shrinker."""

from dataclasses import replace
from fractions import Fraction
from typing import Annotated

import pytest

from objectives import Objective, smooth
from refute import Claim, Theorem, Vec, le, points, rationals, sq
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.search.shrink import presentable, shrunk
from refute.search.simplify import size
from refute.search.tally import Tally
from refute.search.trail import Trail
from refute.statements.statement import Checked, Instance, Statement

Real = Annotated[Fraction, rationals()]
Smooth = Annotated[Objective, smooth()]
Point = Annotated[Vec, lambda f: points(f.dim)]


def bounded(x: Real, y: Real) -> Claim:
    """x + y <= 1000."""
    return le(x + y, 1000)


def small_gradients(f: Smooth, x: Point) -> Claim:
    """abs(grad f(x))^2 <= 10^11."""
    return le(sq(f.grad(x)), 10**11)


def found(statement: Statement, batch: int) -> Tally:
    tally = search(statement, Budget(1000, batch, None, 3))
    assert tally.counterexample is not None
    return tally


@pytest.mark.parametrize("batch", [0, 512])
def test_functions_and_points_shrink_together(batch: int) -> None:
    statement = Theorem(small_gradients, source="s", label="l").itself
    tally = found(statement, batch)
    assert tally.trail is not None
    assert tally.trail.replaced == (() if batch == 0 else ("x",))
    small = shrunk(statement, tally.counterexample, tally.trail)  # type: ignore[arg-type]
    assert statement.check(small).conclusion.truth is False
    assert size(small) < size(tally.counterexample)
    assert presentable(statement, tally)["f"].dim == 1


def test_one_of_two_numbers_is_left() -> None:
    statement = Theorem(bounded, source="s", label="l").itself
    printed = presentable(statement, found(statement, 512))
    assert 0 in printed.values()
    assert {q.denominator for q in printed.values()} == {1}


def test_the_same_is_shown_on_a_machine_that_is_four_times_as_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = Theorem(small_gradients, source="s", label="l").itself
    tally = found(statement, 512)
    at_ease = presentable(statement, tally)
    check = Statement.check

    def slowly(self: Statement, instance: Instance) -> Checked:
        for _ in range(3):
            check(self, instance)
        return check(self, instance)

    monkeypatch.setattr(Statement, "check", slowly)
    assert presentable(statement, tally) == at_ease


@pytest.mark.parametrize("draws", range(1, 40, 3))
def test_however_few_draws_there_are(draws: int) -> None:
    statement = Theorem(small_gradients, source="s", label="l").itself
    tally = found(statement, 512)
    small = shrunk(statement, tally.counterexample, tally.trail, draws)  # type: ignore[arg-type]
    assert statement.check(small).conclusion.truth is False
    assert size(small) <= size(tally.counterexample)


def test_without_draws_or_a_trail_that_leads_there_the_find_stays() -> None:
    statement = Theorem(bounded, source="s", label="l").itself
    tally = found(statement, 0)
    assert tally.trail is not None
    assert tally.counterexample is not None
    assert shrunk(statement, tally.counterexample, tally.trail, draws=0) == tally.counterexample
    astray = replace(tally.trail, choices=(0, 0))
    assert shrunk(statement, tally.counterexample, astray) == tally.counterexample
    assert shrunk(statement, tally.counterexample, Trail(("no", "choices"))) == tally.counterexample
