"""Proofs by coefficients."""

from fractions import Fraction
from typing import Annotated

import pytest

from refute import BadInput, Claim, Theorem, eq, le, lt, rationals
from refute.proof import prove

Real = Annotated[Fraction, rationals()]


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
        decision = prove(theorem(body, x="any", y="any"))
        assert decision is not None
        assert decision.truth is True


def test_what_coefficients_do_not_show_is_not_proved() -> None:
    decision = prove(theorem(wrong, x="any", y="any"))
    assert decision is not None
    assert decision.truth is None


def test_without_symbols_nothing_is_tried() -> None:
    assert prove(theorem(binomial)) is None


def test_symbols_are_checked() -> None:
    with pytest.raises(BadInput, match="does not say what 'y' is"):
        prove(theorem(binomial, x="any"))
    with pytest.raises(BadInput, match="'any' or 'nonnegative', not 'positive'"):
        prove(theorem(binomial, x="any", y="positive"))


def test_a_symbol_is_not_taken_for_nonnegative_on_its_word() -> None:
    with pytest.raises(BadInput, match="not known to be nonnegative"):
        prove(theorem(binomial, x="nonnegative", y="any"))
