"""Batches: the same formulas, elementwise, and no branching."""

from fractions import Fraction

import numpy as np
import pytest

from refute.errors import CannotBatch, NotExact
from refute.numbers.batch import Batch, to_float
from refute.numbers.functions import log_cosh, maximum, piecewise, softplus


def test_fractions_become_floats_once() -> None:
    x = Batch(np.arange(4.0))
    y = Fraction(1, 2) * x + 1
    assert y.f.dtype == np.float64
    np.testing.assert_allclose(y.f, [1.0, 1.5, 2.0, 2.5])


def test_branching_on_a_batch_is_refused() -> None:
    x = Batch(np.arange(4.0))
    for ask in (lambda: x < 1, lambda: x == 1, lambda: max(x, x)):
        with pytest.raises(CannotBatch):
            bool(ask())


def test_piecewise_and_maximum_are_elementwise() -> None:
    x = Batch(np.array([-2.0, 0.0, 3.0]))
    knots = (Fraction(0),)
    table = ((Fraction(0), Fraction(0), Fraction(-1)), (Fraction(0), Fraction(0), Fraction(2)))
    np.testing.assert_allclose(piecewise(x, knots, table).f, [2.0, 0.0, 6.0])
    np.testing.assert_allclose(maximum(0, x).f, [0.0, 0.0, 3.0])


def test_large_arguments_do_not_overflow() -> None:
    x = Batch(np.array([-1e4, 1e4]))
    np.testing.assert_allclose(softplus(x).f, [0.0, 1e4])
    np.testing.assert_allclose(log_cosh(x).f, 1e4 - np.log(2))


def test_huge_numbers_are_infinite() -> None:
    assert to_float(10**400) == np.inf
    assert to_float(Fraction(-(10**400))) == -np.inf


def test_floats_are_refused() -> None:
    with pytest.raises(NotExact):
        Batch(np.zeros(2)) + 0.5
