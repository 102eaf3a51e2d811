"""Bodies that branch are screened one float at a time; what a few draws miss by chance is no verdict."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

import pytest

from objectives import Objective, convex_with_minimum
from refute import (
    Case,
    Claim,
    Domain,
    Draw,
    Given,
    Intervals,
    Theorem,
    choose,
    known,
    le,
    lt,
    rationals,
    reject,
    such_that,
)
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.search.tally import Tally, at_most
from refute.verdicts.examine import verdict

F = Fraction
Q = Annotated[Fraction, rationals()]


def test_a_branching_body_is_screened_singly() -> None:
    def larger(x: Q, y: Q) -> Claim:
        return le(y, x if x > y else y)

    tally = search(Theorem(larger, source="s", label="branch").itself, Budget(60))
    assert tally.singly
    assert tally.screened == 4 * (60 // 8)


def test_a_smooth_body_is_screened_in_batches() -> None:
    def square(x: Q) -> Claim:
        return le(0, x * x)

    tally = search(Theorem(square, source="s", label="batch").itself, Budget(60))
    assert not tally.singly
    assert tally.screened >= 128 * 60


def test_the_floats_of_a_branch_find_a_needle() -> None:
    """False only in the interval (1/1000, 1/1000 + 1/4000), on one side of a branch."""

    def needle(x: Q) -> Claim:
        return le(0, abs(x - F(9, 8000)) - F(1, 8000)) if x > 0 else le(x, 0)

    assert search(Theorem(needle, source="s", label="needle").itself, Budget(4000)).counterexample is not None


def test_a_narrowed_class_drops_what_it_excludes() -> None:
    strongly = such_that(convex_with_minimum(), "strongly convex", lambda f: lt(0, f.mu))
    assert strongly.cases
    assert not any(case.required for case in strongly.cases)

    def ordered(f: Annotated[Objective, strongly]) -> Claim:
        return le(f.mu, f.L)

    theorem = Theorem(ordered, source="s", label="narrowed")
    assert verdict(theorem, search(theorem.itself, Budget(200)))[0] == "holds"


@pytest.mark.parametrize(
    ("share", "draws", "reached", "red"),
    [(F(1, 100), 1000, 0, True), (F(1, 100), 100, 0, False), (F(1, 10), 100, 1, True), (F(1, 10), 100, 5, False)],
)
def test_what_a_quick_run_misses_is_no_verdict(share: Fraction, draws: int, reached: int, red: bool) -> None:
    case = Case("rare", share, lambda x: True)
    tally = Tally(draws=draws, reached=Counter(rare=reached), required={"rare": case})
    assert bool(tally.missed()) is red


def test_the_tail_of_poisson() -> None:
    assert at_most(0, 0.0) == 1.0
    assert abs(at_most(1, 2.0) - 3 * 2.718281828459045**-2) < 1e-15


def test_a_generator_may_give_up_a_draw() -> None:
    def even(d: Draw) -> Fraction:
        (i,) = choose(d, 10)
        return reject() if i % 2 else Fraction(i)

    numbers = Domain("even", even, lambda x: known(True, "even"))

    def whole(n: Annotated[Fraction, numbers]) -> Claim:
        return le(0, n)

    tally = search(Theorem(whole, source="s", label="even").itself, Budget(50))
    assert tally.decided > 0
    assert tally.counterexample is None


def test_a_search_that_cannot_decide_ends_with_the_instance() -> None:
    def open_ended(x: Q) -> Claim:
        return known(None, "nobody knows")

    theorem = Theorem(open_ended, source="s", label="open")
    tally = search(theorem.itself, Budget(200))
    assert tally.given_up
    assert 32 < tally.undecided < 200
    assert verdict(theorem, tally) == ("undecided", "nobody knows")
    assert verdict(theorem, replace(tally, decided=1))[1].endswith(
        "the search ended there (nobody knows), the first at x = 0"
    )


def test_floats_outside_of_the_hypotheses_are_no_error() -> None:
    """Intervals want two ends, the smaller one first; floats of a batch know nothing of a < b."""

    def long(a: Q, b: Q) -> Claim:
        return le(0, Intervals(((a, b),)).measure)

    theorem = Theorem(long, source="s", label="long", given=(Given("a < b", lambda a, b: lt(a, b)),))
    tally = search(theorem.itself, Budget(60))
    assert tally.decided == 60
    assert tally.counterexample is None
