"""What a hypothesis asks and does not claim is supposed by nobody, a hypothesis that leaves something open is tried on both sides, and a statement without a value is not proved."""

from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, convex_lipschitz, convex_nonsmooth, gradient, monotone_operators
from refute import (
    Claim,
    Given,
    Theorem,
    Vec,
    any_of,
    between,
    both,
    dot,
    eq,
    every,
    integers,
    known,
    le,
    more_often,
    orbits_of_period,
    points,
    sq,
)
from refute.duality.decide import for_all
from refute.proofs.at_once import prove
from refute.search.budget import Budget
from refute.search.sampling import examples, search
from refute.statements.statement import Statement

Point = Annotated[Vec, lambda f: points(f.dim)]
HALF = Fraction(1, 2)


def asked(f: Any, x: Any, s: Any) -> Claim:
    f.has_subgradient(x, s)
    return le(sq(s), 1)


def asked_in_a_list(f: Any, x: Any, s: Any) -> Claim:
    return every([f.has_subgradient(x, s), le(sq(s), 1)][1:])


def asked_in_a_pair(f: Any, x: Any, s: Any) -> Claim:
    return (f.has_subgradient(x, s), le(sq(s), 1))[1]


def left_open(f: Any, x: Any, s: Any) -> Claim:
    return any_of(sub=f.has_subgradient(x, s), short=le(sq(s), 1))


def either(f: Any, x: Any, y: Any, s: Any) -> Claim:
    return any_of(x=f.has_subgradient(x, s), y=f.has_subgradient(y, s))


def claimed(f: Any, x: Any, s: Any) -> Claim:
    return both(sub=f.has_subgradient(x, s), short=le(sq(s), 1))


def of_operator(f: Annotated[Any, monotone_operators()], x: Point, y: Point, s: Point) -> Claim:
    return le(0, dot(s - f(y), x - y))


def of_function(f: Annotated[Any, convex_nonsmooth()], x: Point, y: Point, s: Point) -> Claim:
    return le(f(x) + dot(s, y - x), f(y))


def of_lipschitz(f: Annotated[Any, convex_lipschitz()], x: Point, y: Point, s: Point) -> Claim:
    return le(f(x) + dot(s, y - x), f(y))


def stated(body: Any, hypothesis: Any) -> Statement:
    return Theorem(body, source="s", label="supposed", given=(Given("hypothesis", hypothesis),)).itself


BODIES = [of_operator, of_function, of_lipschitz]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("hypothesis", [asked, asked_in_a_list, asked_in_a_pair, left_open, either])
def test_what_is_not_claimed_is_not_supposed(body: Any, hypothesis: Any) -> None:
    statement = stated(body, hypothesis)
    found = for_all(statement, lambda: examples(statement, 0, 6))
    assert found is None or not found.proof
    assert any(search(statement, Budget(300, 64, None, seed)).counterexample is not None for seed in range(3))


@pytest.mark.parametrize("body", BODIES)
def test_what_is_claimed_is_supposed(body: Any) -> None:
    statement = stated(body, claimed)
    found = for_all(statement, lambda: examples(statement, 0, 6))
    assert found is not None
    assert found.proof or 0 < found.settings == found.decided  # |s| <= 1 is measured in no unit of M
    assert search(statement, Budget(100, 64, None, 0)).counterexample is None


Share = Annotated[Fraction, between(0, 1)]
Convex = Annotated[Objective, convex(minimizer="known")]


def cancels(f: Convex, x: Point, t: Share) -> Claim:
    return le(sq(x - f.minimum.at), ((2 * t - 1) / (2 * t - 1)) * sq(x - f.minimum.at))


def cancels_at_the_end(f: Convex, x: Point, t: Share) -> Claim:
    return le(f.minimum.value / t, f(x) / t)


def cancels_by_a_power(f: Convex, x: Point, t: Share) -> Claim:
    return le(f.minimum.value, t**-1 * t * f(x))


def cancels_at_one_step(f: Convex, x: Point, h: Annotated[Fraction, lambda f: between(0, 2 / f.L, open=True)]) -> Claim:
    g = gradient(f, x)
    return le(sq(g) * (1 - h * f.L) / (1 - h * f.L), sq(g))


def inside(f: Convex, x: Point, t: Annotated[Fraction, between(0, 1, open=True)]) -> Claim:
    return le(f.minimum.value / t, f(x) / t)


def beyond(f: Convex, x: Point, t: Share) -> Claim:
    return le(f.minimum.value / (1 + t), f(x) / (1 + t))


def cancels_at_another_step_for_another_function(
    f: Convex, x: Point, h: Annotated[Fraction, lambda f: between(0, 1 / f.L)]
) -> Claim:
    one = (h - Fraction(12345, 6789)) / (h - Fraction(12345, 6789))
    return le(0, one * (f(x) - f.minimum.value))


def cancels_for_one_constant(f: Convex, x: Point) -> Claim:
    one = (f.L - Fraction(12345, 6789)) / (f.L - Fraction(12345, 6789))
    return le(0, one * (f(x) - f.minimum.value))


@pytest.mark.parametrize(
    "body",
    [
        cancels_for_one_constant,
        cancels_at_another_step_for_another_function,
        cancels,
        cancels_at_the_end,
        cancels_by_a_power,
        cancels_at_one_step,
    ],
)
def test_a_statement_without_a_value_somewhere_is_not_proved(body: Any) -> None:
    statement = Theorem(body, source="s", label="value").itself
    found = for_all(statement, lambda: examples(statement, 0, 6))
    assert found is None or not found.proof


@pytest.mark.parametrize("body", [inside, beyond])
def test_one_with_a_value_everywhere_is(body: Any) -> None:
    statement = Theorem(body, source="s", label="value").itself
    found = for_all(statement, lambda: examples(statement, 0, 6))
    assert found is not None
    assert found.proof


N = Annotated[int, integers(1, 2)]


def seen_in_orbits(n: N) -> Claim:
    return orbits_of_period(
        lambda x: (x[0] * x[0] - 1,),
        2,
        ((Fraction(-2), Fraction(2)),),
        lambda o: more_often([True] * 12, than=HALF, says="heads"),
    )


def is_one(n: N) -> Claim:
    return eq(n, 1)


def seen(n: Any) -> Claim:
    return more_often([False] * 12, than=HALF, says="effect") if n == 2 else known(True)


@pytest.mark.parametrize(("body", "given"), [(seen_in_orbits, ()), (is_one, (Given("likelier", seen),))])
def test_what_rests_on_runs_is_not_proved(body: Any, given: Any) -> None:
    at_once = prove(Theorem(body, source="s", label="runs", given=given))
    decision, counterexample = at_once.decision, at_once.exception
    assert decision is None
    assert counterexample is None
