"""The exact parts: linear systems, positive semidefinite matrices, signs on an interval, quotients of polynomials."""

from fractions import Fraction

import pytest
from flint import fmpq, fmpq_poly
from gmpy2 import mpq
from hypothesis import given
from hypothesis import strategies as st

from refute.duality.linear import factored, rational_span, solutions
from refute.duality.parameters.ratio import from_coefficients, parameters
from refute.duality.signs.interval import nonnegative, roots_between
from refute.errors import NotLinear

T, L, K = parameters()
X = fmpq_poly([0, 1])
F = Fraction


def test_all_solutions_of_a_system() -> None:
    one, basis = solutions([[1, 1, 0], [0, 1, 1]], [1, 2], 3) or ([], [])
    assert one[0] + one[1] == 1
    assert one[1] + one[2] == 2
    assert len(basis) == 1
    assert solutions([[1, 1], [1, 1]], [1, 2], 2) is None
    assert solutions([], [], 2) == ([0, 0], [[1, 0], [0, 1]])


@pytest.mark.parametrize(
    ("m", "psd"),
    [
        ([[1, 0], [0, 1]], True),
        ([[1, 1], [1, 1]], True),
        ([[0, 0], [0, 1]], True),
        ([[0, 1], [1, 1]], False),
        ([[1, 2], [2, 1]], False),
        ([[-1]], False),
        ([[1, 1], [1, mpq(999999, 1000000)]], False),
    ],
)
def test_positive_semidefinite_matrices(m: list[list[object]], psd: bool) -> None:
    assert (factored([[mpq(c) for c in r] for r in m]) is not None) is psd


def test_a_span_that_is_not_rational_is_none() -> None:
    import numpy as np

    assert rational_span(np.array([[1.0], [0.5]]), 100, 1e-6) == [[1, mpq(1, 2)]]
    assert rational_span(np.array([[1.0], [2**0.5]]), 100, 1e-6) is None


@given(
    st.lists(st.fractions(min_value=-3, max_value=3, max_denominator=4), max_size=5),
    st.fractions(min_value=-4, max_value=4),
)
def test_signs_agree_with_the_roots(roots: list[Fraction], at: Fraction) -> None:
    p = fmpq_poly([1])
    for r in roots:
        p *= X - fmpq_poly([r.numerator]) / r.denominator
    ends = (at - 1, at + 1)
    inside = {r for r in roots if at - 1 < r < at + 1}
    assert roots_between(p / p.gcd(p.derivative()) if roots else p, ends) == len(inside)
    odd = {r for r in inside if roots.count(r) % 2}
    middle = fmpq(at.numerator, at.denominator)
    # Where no factor changes its sign inside, any point but a root tells the sign.
    value = next(v for i in range(7) if (v := p(middle + fmpq(i, 7919))) != 0)
    assert nonnegative(p, fmpq_poly([1]), ends) is (not odd and (value > 0))


def test_signs_at_the_ends_and_without_ends() -> None:
    one = fmpq_poly([1])
    assert nonnegative(X, one, (F(0), F(1)))
    assert not nonnegative(X, one, (F(-1), F(1)))
    assert nonnegative(1 - X, one, (F(0), F(1)))
    assert nonnegative(X * X, one, (None, None))
    assert not nonnegative(X, one, (None, None))
    assert nonnegative(one, X, (F(0), None))
    assert not nonnegative(one, X, (None, F(0)))
    assert not nonnegative(one, X - 1, (F(0), F(2)))
    assert nonnegative(fmpq_poly([0]), one, (None, None))
    assert not nonnegative(fmpq_poly([-1]), one, (None, None))


def test_quotients_are_in_lowest_terms_and_have_no_sign() -> None:
    r = (T * T - 1) / (T - 1)
    assert r == T + 1
    assert str(from_coefficients([F(1), F(1)], [F(1)])) == "t + 1"
    assert (T * L).degree("L") == 1
    assert (1 / (T * L**2)).degree("L") == -2
    for branch in (lambda: T > 0, lambda: bool(T), lambda: T == 1, lambda: hash(T), lambda: (T + L).degree("L")):
        with pytest.raises(NotLinear):
            branch()
    assert r.at({"t": F(2), "L": F(1)}) == 3
    with pytest.raises(ZeroDivisionError):
        (1 / T).at({"t": F(0), "L": F(1)})
