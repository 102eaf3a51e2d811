"""Both ways at once: tight statements are proved for all functions, and their nearest false neighbours refuted exactly."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest

from refute import Claim, Given, Theorem, between, dot, eq, le, lt, sq
from refute.duality.decide import SETTINGS, ForAll, for_all
from refute.duality.everywhere import prove_everywhere
from refute.search.sampling import examples
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Statement
from tests.refute.duality import statements as s

Body = Callable[..., Any]


def with_constant(body: Body, c: Fraction) -> Statement:
    return replace(Theorem(body, source="s", label="statement").itself, constants={"c": c})


def decided(statement: Statement) -> ForAll | None:
    return for_all(statement, lambda: examples(statement, 0, SETTINGS))


@pytest.mark.parametrize("body", s.TIGHT, ids=lambda b: b.__name__)
def test_what_is_tight_is_proved_for_all_functions(body: Body) -> None:
    found = decided(with_constant(body, s.ONE))
    assert found is not None
    assert found.proof


@pytest.mark.parametrize("by", [Fraction(1, 100), Fraction(1, 10000)], ids=["by 1 %", "by 0.01 %"])
@pytest.mark.parametrize("body", s.TIGHT, ids=lambda b: b.__name__)
def test_what_is_a_little_stronger_is_refuted_exactly(body: Body, by: Fraction) -> None:
    statement = with_constant(body, 1 - by if s.TIGHT[body] else 1 + by)
    found = decided(statement)
    assert found is not None
    assert found.proof is None
    assert found.counterexample is not None
    checked = statement.check(found.counterexample)
    assert checked.conclusion.truth is False
    assert not contradiction(checked, second_opinion(statement, found.counterexample, checked))


@pytest.mark.parametrize("body", s.TIGHT, ids=lambda b: b.__name__)
def test_what_is_a_little_weaker_is_not_refuted(body: Body) -> None:
    found = decided(with_constant(body, Fraction(101, 100) if s.TIGHT[body] else Fraction(99, 100)))
    assert found is not None
    assert found.counterexample is None
    assert found.proof or found.decided == found.settings


def strictly(f: s.Convex, x: s.Point, y: s.Point) -> Claim:
    """An equation where the gradients are the same, so that duality has no proof, and no violation that a float shows."""
    return lt(sq(f.grad(x) - f.grad(y)), 2 * f.L * dot(f.grad(x) - f.grad(y), x - y))


def test_settings_that_are_neither_proved_nor_refuted_are_named() -> None:
    found = decided(Theorem(strictly, source="s", label="l").itself)
    assert found is not None
    assert (found.proof, found.counterexample, found.decided) == (None, None, 0)
    assert len(found.open) == found.settings > 0
    assert all(set(numbers) == {"L"} for numbers in found.open)


def test_the_weight_of_an_equation_may_change_its_sign() -> None:
    """Where <g, x - x_*> = 0, (t - 1/3) <g, x - x_*> <= |g|^2 for every t: with the weight 1/3 - t."""

    def body(f: s.WithMinimizer, x: s.Point, t: Annotated[Fraction, between(0, 1)]) -> Claim:
        """Nothing of the sign of t - 1/3 is used."""
        return le((t - Fraction(1, 3)) * dot(f.grad(x), x - f.minimum.at), sq(f.grad(x)) / f.L)

    flat = Given("flat", lambda f, x: eq(dot(f.grad(x), x - f.minimum.at), 0))
    found = prove_everywhere(Theorem(body, source="s", label="l", given=(flat,)).itself)
    assert found
    assert {w.case.ends for w in found} <= {(0, Fraction(1, 3)), (Fraction(1, 3), 1), (0, 1)}
