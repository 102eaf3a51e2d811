"""Inequalities between quadratic polynomials are decided: for all points, or by one with small coordinates."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import numpy as np
import pytest
from gmpy2 import mpq
from hypothesis import given
from hypothesis import strategies as st

from refute import (
    Claim,
    Theorem,
    Vec,
    between,
    both,
    dot,
    eq,
    le,
    lt,
    points,
    positive,
    rationals,
    sq,
    sqrt,
    total,
    vec,
)
from refute.numbers.atoms import least_value
from refute.proofs.at_once import prove

F = Fraction
Number = Annotated[F, rationals()]
Eight = Annotated[Vec, points(8)]
Fifty = Annotated[Vec, points(50)]


def path(x: Vec) -> Any:
    """The quadratic form of a path of eight vertices with fixed ends."""
    return 2 * sq(x) - 2 * total(x[i] * x[i + 1] for i in range(7))


def of_means(x: Fifty) -> Claim:
    """(sum of x)^2 <= 50 |x|^2."""
    return le(total(x) ** 2, 50 * sq(x))


def of_a_path(x: Eight) -> Claim:
    """The least eigenvalue exceeds 0.12."""
    return le(F(12, 100) * sq(x), path(x))


def young(a: Number, b: Number) -> Claim:
    """2ab < a^2 + b^2 + 1."""
    return lt(2 * a * b, a**2 + b**2 + 1)


def square(a: Number) -> Claim:
    """a^2 >= 0."""
    return le(0, a**2)


def both_parts(a: Number, b: Number) -> Claim:
    """Two forms."""
    return both(one=le(0, a**2 - 3 * a * b + 3 * b**2), two=le(2 * a - 1, a**2))


def parallelogram(x: Eight, y: Eight) -> Claim:
    """An identity."""
    return eq(sq(x + y) + sq(x - y), 2 * sq(x) + 2 * sq(y))


@pytest.mark.parametrize("body", [of_means, of_a_path, young, square, both_parts, parallelogram])
def test_what_is_true_is_decided_for_all_values(body: Callable[..., Claim]) -> None:
    found = prove(Theorem(body, source="s", label="l"))
    assert found.decision is not None
    assert found.decision.truth is True
    assert found.exception is None


def too_many(x: Fifty) -> Claim:
    """(sum of x)^2 <= 49.9 |x|^2."""
    return le(total(x) ** 2, F(499, 10) * sq(x))


def too_large(x: Eight) -> Claim:
    """The least eigenvalue exceeds 0.1207: it is 0.12061."""
    return le(F(1207, 10000) * sq(x), path(x))


def strict(a: Number, b: Number) -> Claim:
    """2ab < a^2 + b^2."""
    return lt(2 * a * b, a**2 + b**2)


def at_one_point(a: Number) -> Claim:
    """(a - 22/7)^2 > 0."""
    return lt(0, (a - F(22, 7)) ** 2)


def one_part(a: Number, b: Number) -> Claim:
    """The second one fails for b = 2a."""
    return both(one=le(0, a**2), two=le(0, b**2 - 4 * a * b + F(39, 10) * a**2))


def falls(a: Number, b: Number) -> Claim:
    """Not bounded below, though convex."""
    return le(b, a**2 + 1000)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (too_many, {"x": vec(*[1] * 50)}),
        (too_large, None),
        (strict, {"a": F(0), "b": F(0)}),
        (at_one_point, {"a": F(22, 7)}),
        (one_part, None),
        (falls, None),
    ],
)
def test_what_is_false_has_an_exception(body: Callable[..., Claim], says: Any) -> None:
    theorem = Theorem(body, source="s", label="l")
    found = prove(theorem)
    assert found.decision is None
    assert found.exception is not None
    assert theorem.itself.check(found.exception).conclusion.truth is False
    if says is not None:
        assert found.exception in (says, {n: -v if isinstance(v, Vec) else v for n, v in says.items()})


def in_an_interval(a: Annotated[F, between(2, 3)]) -> Claim:
    """a^2 - 3a + 2 >= 0: false between 1 and 2 alone."""
    return le(0, a**2 - 3 * a + 2)


def of_positive_ones(a: Annotated[F, positive()]) -> Claim:
    """-a < 1: false for a = -1 alone."""
    return lt(-a, 1 + a**2 * F(1, 100))


def irrational(a: Number) -> Claim:
    """(a - sqrt(2))^2 > 0: of rationals."""
    return lt(0, a**2 - 2 * a * sqrt(F(2)) + 2)


def of_the_fourth_degree(x: Eight, y: Eight) -> Claim:
    """Cauchy and Schwarz."""
    return le(dot(x, y) ** 2, sq(x) * sq(y))


@pytest.mark.parametrize("body", [in_an_interval, of_positive_ones, irrational, of_the_fourth_degree])
def test_what_is_true_of_the_domain_has_none(body: Callable[..., Claim]) -> None:
    assert prove(Theorem(body, source="s", label="l")).exception is None


Entries = st.lists(st.integers(-3, 3), min_size=10, max_size=10)


@given(Entries, st.lists(st.lists(st.integers(-4, 4), min_size=3, max_size=3), min_size=8, max_size=8))
def test_the_least_value_is_below_each_value(entries: list[int], at: list[list[int]]) -> None:
    rest = iter(entries)
    M = [[mpq(0)] * 4 for _ in range(4)]
    for i in range(4):
        for j in range(i + 1):
            M[i][j] = M[j][i] = mpq(next(rest))
    values = [sum(x * y * M[i][j] for i, x in enumerate(v) for j, y in enumerate(v)) for v in ((*p, 1) for p in at)]
    least = least_value(M)
    if least is None:  # not bounded below: along some line it falls
        assert np.linalg.eigvalsh(np.array([[float(e) for e in row] for row in M]))[0] < 1e-9
    else:
        assert min(values) >= least
