"""Proofs by coefficients."""

import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated

import pytest

from refute import BadInput, Claim, Given, Theorem, Vec, eq, integers, le, lt, naturals, points, rationals, sq
from refute.proofs.at_once import prove

Real = Annotated[Fraction, rationals()]
Plane = Annotated[Vec, points(2)]


def binomial(x: Real, y: Real) -> Claim:
    """(x + y)^2 = x^2 + 2 x y + y^2."""
    return eq((x + y) ** 2, x**2 + 2 * x * y + y**2)


def squares(x: Real, y: Real) -> Claim:
    """x^2 + y^2 > -1."""
    return lt(-1, x**2 + y**2)


def wrong(x: Real, y: Real) -> Claim:
    """x <= y."""
    return le(x, y)


def theorem(body: object, **symbols: str) -> Theorem:
    return Theorem(body, source="s", label="l", symbols=symbols)  # type: ignore[arg-type]


def test_identities_and_signs_are_proved() -> None:
    for body in (binomial, squares):
        decision = prove(theorem(body, x="any", y="any")).decision
        assert decision is not None
        assert decision.truth is True


def test_what_coefficients_do_not_show_is_not_proved() -> None:
    decision = prove(theorem(wrong, x="any", y="any")).decision
    assert decision is not None
    assert decision.truth is None


def parallelogram(x: Plane, y: Plane) -> Claim:
    """|x + y|^2 + |x - y|^2 = 2 |x|^2 + 2 |y|^2."""
    return eq(sq(x + y) + sq(x - y), 2 * sq(x) + 2 * sq(y))


@pytest.mark.parametrize("body", [binomial, squares, parallelogram])
def test_identities_are_recognized(body: Callable[..., Claim]) -> None:
    decision = prove(theorem(body)).decision
    assert decision is not None
    assert decision.truth is True


def branching(x: Real) -> Claim:
    """x^2 >= 0 for x > 0, and 1 > 0 elsewhere."""
    return le(0, x * x) if x > 0 else lt(0, 1)


def dividing(x: Real) -> Claim:
    """x / x = 1, but for 0."""
    return eq(x / x, 1)


def swallowing(x: Real) -> Claim:
    """False for x > 1: whoever catches the question has not answered it."""
    try:
        return le(x, 1) if x > 1 else eq(x, x)
    except ArithmeticError:
        return eq(x, x)


def failing(x: Real) -> Claim:
    """It asks for what free variables have not."""
    return le(0, x.numerator**2)


def leaving(x: Real) -> Claim:
    """It ends."""
    sys.exit(0)


@pytest.mark.parametrize("body", [wrong, branching, dividing, swallowing, failing, leaving])
def test_what_free_variables_do_not_show_is_searched(body: Callable[..., Claim]) -> None:
    assert prove(theorem(body)).decision is None


def test_symbols_are_checked() -> None:
    with pytest.raises(BadInput, match="does not say what 'y' is"):
        prove(theorem(binomial, x="any"))
    with pytest.raises(BadInput, match="'any' or 'nonnegative', not 'positive'"):
        prove(theorem(binomial, x="any", y="positive"))


def test_a_symbol_is_not_taken_for_nonnegative_on_its_word() -> None:
    with pytest.raises(BadInput, match="not known to be nonnegative"):
        prove(theorem(binomial, x="nonnegative", y="any"))


Few = Annotated[int, integers(0, 9)]
Many = Annotated[int, naturals(0, drawn=9)]


def squares_are_large(n: Few, m: Few) -> Claim:
    """2 n m <= n^2 + m^2."""
    return le(2 * n * m, n**2 + m**2)


def cubes_are_larger(n: Few) -> Claim:
    """2 n^2 <= n^3 + 1, false for n = 1 alone."""
    return lt(2 * n**2, n**3 + 1)


def without_end(n: Many) -> Claim:
    """0 <= n."""
    return le(0, n)


def test_finitely_many_instances_are_decided_one_by_one() -> None:
    decision = prove(theorem(squares_are_large)).decision
    assert decision is not None
    assert decision.truth is True


def test_one_instance_that_fails_spoils_the_proof() -> None:
    decision = prove(theorem(cubes_are_larger)).decision
    assert decision is not None
    assert decision.truth is False


def test_instances_outside_the_hypotheses_do_not_count() -> None:
    from_three = (Given("n >= 3", lambda n: le(3, n)),)
    decision = prove(Theorem(cubes_are_larger, source="s", label="l", given=from_three)).decision
    assert decision is not None
    assert decision.truth is True


def test_infinitely_many_instances_are_not_tried() -> None:
    assert prove(theorem(without_end)).decision is None
