"""False statements that fail at one point only: where a statement names it, or it is a simple share of an interval, it is found."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, step_sizes
from refute import (
    Claim,
    Given,
    Theorem,
    between,
    integers,
    le,
    naturals,
    ne,
    nonzero,
    positive,
    rationals,
    sqrt,
    such_that,
)
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.statements.domains import Domain
from refute.verdicts.examine import verdict

F = Fraction
WHOLE = 123456


def unequal(point: Fraction) -> Callable[..., Claim]:
    def body(x: Any) -> Claim:
        """x is not this number."""
        return ne(x, point)

    return body


@pytest.mark.parametrize(
    ("domain", "point"),
    [
        (between(0, 1), F(5, 17)),
        (between(-3, 8, open=True), F(22, 7)),
        (between(0, 1), F(0)),
        (positive(), F(3, 7)),
        (rationals(), F(-101, 3)),
        (nonzero(), F(1, 1000)),
        (such_that(between(0, 2), "x <= 1", lambda x: le(x, 1)), F(7, 9)),
        (integers(0, 10**9), F(WHOLE)),
        (naturals(0, 10**9), F(WHOLE)),
    ],
    ids=lambda x: x.name if isinstance(x, Domain) else str(x),
)
def test_a_number_that_the_conclusion_names_is_drawn(domain: Domain, point: Fraction) -> None:
    body = unequal(point)
    body.__annotations__ = {"x": Annotated[F, domain], "return": Claim}
    tally = search(Theorem(body, source="s", label="l").itself, Budget(200, 0))
    assert tally.counterexample == {"x": point}


def test_a_number_that_a_hypothesis_names_is_drawn() -> None:
    def cube(x: Annotated[F, between(0, 2)]) -> Claim:
        """x^3 differs from 27/64."""
        return ne(x * x * x * 64, 9 + 9 + 9)

    near = Given("x >= 3/4", lambda x: le(F(3, 4), x))
    tally = search(Theorem(cube, source="s", label="l", given=(near,)).itself, Budget(200, 0))
    assert tally.counterexample == {"x": F(3, 4)}


@pytest.mark.parametrize("share", [F(1, 3), F(3, 5), F(5, 6), F(2, 7), F(4, 9), F(3, 10), F(7, 12)])
def test_a_simple_share_of_an_interval_is_drawn(share: Fraction) -> None:
    def elsewhere(f: Annotated[Objective, convex()], h: Annotated[F, lambda f: step_sizes(f.L, below=2)]) -> Claim:
        """h L is not this share of 2."""
        return ne(f.L * h, share + share)

    tally = search(Theorem(elsewhere, source="s", label="l").itself, Budget(1000, 0))
    assert tally.counterexample is not None
    assert tally.counterexample["h"] * tally.counterexample["f"].L == 2 * share


def test_a_constant_of_a_class_that_the_conclusion_names_is_drawn() -> None:
    def other(f: Annotated[Objective, convex()]) -> Claim:
        """L is not 7/5."""
        return ne(f.L, F(7, 5))

    tally = search(Theorem(other, source="s", label="l").itself, Budget(400, 0))
    assert tally.counterexample is not None
    assert F(7, 5) == tally.counterexample["f"].L


def at_a_third(x: Annotated[F, between(0, 1)]) -> Claim:
    """No x has 3x/7 = 2/7."""
    y = x * 3 / 7
    return le(1 if F(2, 7) <= y <= F(2, 7) else 0, 0)


def root(x: Annotated[F, between(0, 1)]) -> Claim:
    """The square of a root of 2 + x exceeds it."""
    return le(1 if sqrt(2 + x) ** 2 <= 2 + x else 0, 0)


@pytest.mark.parametrize("body", [at_a_third, root])
def test_a_branch_that_is_taken_at_an_exact_tie_is_confirmed_by_mpmath(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    assert verdict(theorem, search(theorem.itself, Budget(400, 0)))[0] == "refuted"
