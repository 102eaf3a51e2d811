"""Domains: what is drawn belongs, in bulk too, and membership is three-valued."""

import re
from fractions import Fraction
from typing import Annotated, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import step_sizes
from refute.errors import BadInput
from refute.numbers.functions import exp, log
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.numbers.vector import Vec, vec
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.statements.claims import Claim, both, eq, known, le, lt
from refute.statements.domains import Domain, one_of
from refute.statements.narrowed import such_that
from refute.statements.number_domains import (
    at_least,
    between,
    integers,
    naturals,
    nonzero,
    positive,
    rationals,
)
from refute.statements.points import points
from refute.statements.theorem import Theorem

DOMAINS = {
    "between": between(Fraction(1), Fraction(3)),
    "open": between(Fraction(-2), Fraction(5), open=True),
    "positive": positive(),
    "nonzero": nonzero(),
    "rationals": rationals(),
    "at_least": at_least(Fraction(2)),
    "integers": integers(1, 6),
    "points": points(3),
    "near": points(2, near=vec(1, 2)),
    "within": points(2, within=2),
    "such_that": such_that(rationals(), "below 1", lambda x: lt(x, 1)),
}


@pytest.mark.parametrize("name", DOMAINS)
@given(st.data())
def test_what_is_drawn_belongs(name: str, data: st.DataObject) -> None:
    domain = DOMAINS[name]
    x = domain.draw(data.draw)
    assert domain.member(lift(x, Real.of)).decide().truth is True


@pytest.mark.parametrize("name", ["between", "open", "positive", "at_least"])
def test_bulk_candidates_belong(name: str) -> None:
    domain = DOMAINS[name]
    assert domain.bulk is not None
    drawn = domain.bulk(np.random.default_rng(0), 200, Fraction(2))
    for f in drawn.f:
        assert domain.member(Real.of(Fraction(float(f)))).decide().truth is True


def test_membership_says_no_and_may_stay_open() -> None:
    assert between(0, 1).member(Real.of(Fraction(3, 2))).decide().truth is False
    assert between(0, 1, open=True).member(Real.of(1)).decide().truth is False
    assert between(0, exp(log(2)), open=True).member(Real.of(2)).decide().truth is None
    assert points(2).member(lift(vec(1), Real.of)).decide().truth is False


def test_the_ends_are_approached_to_one_part_in_ten_to_the_twelve() -> None:
    seen: list[Fraction] = []

    def extreme(strategy: Any) -> Any:
        return 63 + 2 * 42 - 1

    seen.append(between(0, 1, open=True).draw(extreme))
    assert 0 < 1 - seen[0] < Fraction(1, 10**12)


def test_cases_are_declared_where_points_may_coincide() -> None:
    assert [c.name for c in points(2, near=vec(0, 0)).cases] == ["equals the other point"]


def test_a_union_asks_the_part_that_fits() -> None:
    class Other:
        pass

    vectors = points(1)
    fake = Domain("others", lambda d: Other(), lambda x: known(True), (Other,))
    union = one_of("either", vectors, fake)
    assert union.member(Other()).decide().truth is True
    assert union.member(Vec((1,))).decide().truth is True
    assert union.member(3).decide().truth is False


@given(st.data())
def test_a_part_of_an_interval_is_drawn_from_and_all_of_it_belongs(data: st.DataObject) -> None:
    domain = between(0, 1, open=True, drawn=(Fraction(1, 2), Fraction(3, 4)))
    assert Fraction(1, 2) < domain.draw(data.draw) < Fraction(3, 4)
    assert domain.member(Fraction(1, 100)).decide().truth is True
    assert domain.member(Fraction(1)).decide().truth is False


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: integers(3, 1), "there is no whole number from 3 to 1"),
        (lambda: naturals(5, drawn=3), "no whole number from 5 up to 3 can be drawn"),
        (lambda: points(0), "a dimension is 1 at least"),
    ],
)
def test_an_empty_domain_gets_one_sentence(make: Any, says: str) -> None:
    with pytest.raises(BadInput, match=re.escape(says)):
        make()


def test_values_for_which_a_range_is_empty_are_passed_over() -> None:
    """beta = 0 leaves no step size between 2 and 2 (1 + beta)."""

    def body(
        beta: Annotated[Fraction, between(0, 1)], h: Annotated[Fraction, lambda beta: step_sizes(1, 2 + 2 * beta, 2)]
    ) -> Claim:
        """2 < h."""
        return lt(2, h)

    def narrow(
        t: Annotated[Fraction, between(-1, 1)], x: Annotated[Fraction, lambda t: between(0, t, open=True)]
    ) -> Claim:
        """0 < x < t."""
        return both(above=lt(0, x), below=lt(x, t))

    for statement in (body, narrow):
        tally = search(Theorem(statement, source="s", label="l").itself, Budget(100, 0, None, 1))
        assert (tally.counterexample, tally.decided > 20) == (None, True)


def test_a_part_that_few_elements_belong_to_is_drawn_from_those_that_are_given() -> None:
    third = Fraction(1, 3)
    root = such_that(between(0, 1), "the root", lambda x: eq(3 * x, 1), also=lambda: [third, Fraction(5, 3)])
    assert {root.example(seed) for seed in range(5)} == {third}
    outside = such_that(between(0, 1), "at least 1", lambda x: le(1, x), also=lambda: [Fraction(3)])
    assert all(outside.example(seed) == 1 for seed in range(5)), "an element that is not in the larger set is drawn"
