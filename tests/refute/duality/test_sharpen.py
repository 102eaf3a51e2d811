"""The best constants, found from whichever side one starts."""

from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex
from refute import Claim, Given, Theorem, between, le, positive
from refute.duality import sharpen
from refute.duality.decide import SETTINGS
from refute.duality.sharpen import CLOSE, sharpened, simplest
from refute.search.sampling import examples
from refute.statements.statement import Statement
from tests.refute.duality import statements as s
from tests.refute.duality.statements import Point
from tests.refute.duality.test_decide import with_constant


@pytest.mark.parametrize("start", [Fraction(3, 2), Fraction(4, 5), Fraction(1)])
def test_the_best_constant_is_found_from_both_sides(start: Fraction) -> None:
    statement = with_constant(s.cocoercive, start)
    found = sharpened(statement, "c", lambda s: examples(s, 0, SETTINGS))
    assert found is not None
    assert found.proved == 1
    assert found.everywhere
    assert found.beyond is not None
    assert 0 < 1 - found.beyond < 4 * CLOSE
    assert found.counterexample is not None


def test_what_is_not_linear_has_none() -> None:
    def squared(f: s.Convex, x: s.Point, *, c: Fraction = s.ONE) -> Claim:
        """c f(x)^2 >= 0."""
        return le(0, c * f(x) * f(x))

    assert sharpened(with_constant(squared, Fraction(1)), "c", lambda s: []) is None


@pytest.mark.parametrize(
    ("lo", "hi", "between"),
    [
        ("1/3", "1/2", "1/2"),
        ("1/3", "0.49", "1/3"),
        ("0.31", "0.32", "5/16"),
        ("-1", "1", "0"),
        ("2", "2.5", "2"),
        ("-0.5", "-0.4", "-1/2"),
    ],
)
def test_the_simplest_rational_between(lo: str, hi: str, between: str) -> None:
    assert simplest(Fraction(lo), Fraction(hi)) == Fraction(between)


def decreases(
    f: Annotated[Objective, convex(minimizer="known")],
    x: Point,
    h: Annotated[Fraction, lambda f, c: between(0, c / f.L)],
    *,
    c: Fraction = Fraction(3, 2),
) -> Claim:
    """f does not rise with steps up to c/L, for c = 2 at most."""
    return le(f(x - h * f.grad(x)), f(x))


def test_the_settings_are_those_of_the_constant_that_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharpen, "CLOSE", Fraction(1, 20))
    theorem = Theorem(decreases, source="s", label="l")
    found = sharpened(theorem.itself, "c", lambda s: examples(s, 0, SETTINGS))
    assert found is not None
    assert found.beyond is not None
    assert found.proved <= 2 < found.beyond < Fraction(22, 10)


def bounded(
    f: Annotated[Objective, convex(minimizer="known")],
    x: Point,
    h: Annotated[Fraction, positive()],
    *,
    c: Fraction = Fraction(2),
) -> Claim:
    """f does not rise, where h L <= c."""
    return le(f(x - h * f.grad(x)), f(x))


def test_a_constant_for_which_there_is_no_setting_is_neither_proved_nor_refuted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sharpen, "CLOSE", Fraction(1, 4))
    theorem = Theorem(bounded, source="s", label="l", given=(Given("h L <= c", lambda f, h, c: le(h * f.L, c)),))
    tried: list[Fraction] = []

    def draws(statement: Statement) -> Any:
        tried.append(statement.constants["c"])
        return examples(statement, 0, SETTINGS)

    found = sharpened(theorem.itself, "c", draws)
    assert found is not None
    assert found.proved >= 2
    assert min(tried) >= 0
    assert max(tried) <= 4
