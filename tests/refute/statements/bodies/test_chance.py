"""A statement that throws a die, or asks a number for a type that it has not, is no function of its variables."""

import os
import random
import secrets
from collections.abc import Callable
from fractions import Fraction
from random import randint
from typing import Annotated, Any

import numpy as np
import pytest

from refute import BadInput, Claim, Given, Theorem, le, rationals

F = Fraction
Number = Annotated[F, rationals()]


def die(x: Number) -> Claim:
    """A die never shows 6."""
    return le(random.randint(1, 6) + 0 * x, 5)


def by_name(x: Number) -> Claim:
    """The same, by a function of its own name."""
    return le(randint(1, 6) + 0 * x, 5)


def secret(x: Number) -> Claim:
    """The same, by another module."""
    return le(secrets.randbelow(6) + 0 * x, 4)


def of_numpy(x: Number) -> Claim:
    """The same, by NumPy."""
    return le(int(np.random.randint(6)) + 0 * x, 4)


def thrown() -> int:
    return random.choice((1, 2, 3))


def called(x: Number) -> Claim:
    """The same, by a function that the body calls."""
    return le(thrown() + 0 * x, 2)


def inside(x: Number) -> Claim:
    """The same, within a function of the body."""

    def throw() -> int:
        return random.randint(1, 6)

    return le(throw() + 0 * x, 5)


FAIR = randint


def of_an_alias(x: Number, *, throw: Any = FAIR) -> Claim:
    """The same, by a constant."""
    return le(FAIR(1, 6) + 0 * x, 5)


class Coin:
    """A coin: an object whose method throws it."""

    def throw(self) -> int:
        """0 or 1."""
        return random.choice((0, 1))


COIN = Coin()


def of_an_object(x: Number) -> Claim:
    """A coin never shows 1."""
    return le(COIN.throw() + 0 * x, 0)


@pytest.mark.parametrize("body", [die, by_name, secret, of_numpy, called, inside, of_an_alias, of_an_object])
def test_chance_is_refused(body: Callable[..., Claim]) -> None:
    with pytest.raises(BadInput, match="answers otherwise the next time"):
        assert Theorem(body, source="s", label="statement").itself


def test_chance_of_the_system_is_refused() -> None:
    with pytest.raises(BadInput, match="answers otherwise the next time"):
        assert Theorem(direct, source="s", label="statement").itself


urandom = os.urandom


def direct(x: Number) -> Claim:
    """By a name of the system's function."""
    return le(urandom(1)[0] + 0 * x, 254)


def seeded(x: Number) -> Claim:
    """With a seed of its own it is a function."""
    return le(0, random.Random(5).randrange(6) + x * x)


def plain(x: Number) -> Claim:
    """Nothing but arithmetic."""
    return le(0, x * x)


def test_what_has_a_seed_is_a_function() -> None:
    assert Theorem(seeded, source="s", label="statement").itself


def test_chance_in_a_hypothesis_is_refused() -> None:
    given = (Given("a coin shows heads", lambda x: le(random.randint(0, 1) + 0 * x, 0)),)
    with pytest.raises(BadInput, match="answers otherwise"):
        assert Theorem(plain, source="s", label="statement", given=given).itself


def asks(x: Number) -> Claim:
    """False for halves, as it is written."""
    return le(1, 0) if isinstance(x, Fraction) and (2 * x).denominator == 1 else le(0, x * x)


def test_a_number_of_a_body_is_asked_for_no_type() -> None:
    with pytest.raises(BadInput, match="asks whether something is a Fraction"):
        assert Theorem(asks, source="s", label="statement").itself
