"""Derivatives in every arithmetic, with constants of the same arithmetic on either side."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from objectives import gradient
from refute import Ball, Batch, Vec, exp, jacobian, lift, maximum, partials, precision, sqrt, vec
from refute.errors import Undecided
from refute.numbers.derivatives import duals
from refute.numbers.dual import Dual
from refute.numbers.mp import Mp
from refute.numbers.real import Real

F = Fraction
KINDS: list[Callable[[Any], Any]] = [Real.of, Ball.of, Mp.of, Batch.of]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_the_same_arithmetic_on_either_side(kind: Any) -> None:
    c, x = kind(F(3)), lift(vec(2, 5), kind)
    with precision(64):
        for f, slopes in (
            (lambda z: c * z[0] + z[1] * c, (3, 3)),
            (lambda z: (c - z[0]) * (z[0] - c), (2, 0)),
            (lambda z: c / z[0] + z[1] / c, (F(-3, 4), F(1, 3))),
            (lambda z: c + z[0] * z[1] - 1, (5, 2)),
        ):
            found = partials(f, x)
            assert [round(float(getattr(e, "f", e) or 0), 12) for e in found] == [round(float(s), 12) for s in slopes]


@pytest.mark.parametrize("kind", KINDS)
def test_comparisons_look_at_the_values(kind: Any) -> None:
    (x,) = duals(lift(vec(2), kind), 1)
    with precision(64):
        assert kind(F(1)) < x
        assert kind(F(3)) > x
        with pytest.raises(Undecided):  # 2 <= x is true here, and false on one side of this point
            assert kind(F(2)) <= x
        assert kind(F(3)) != x
        assert not kind(F(3)) == x  # noqa: SIM201
        assert maximum(kind(F(1)), x).d is not None


def test_a_row_of_balls_is_one_matrix_and_mixes_with_tuples() -> None:
    with precision(64):
        x = lift(vec(F(1, 3), F(1, 7)), Ball.of)
        rows = jacobian(lambda z: Vec((exp(z[0]) * z[1], abs(z[0] - z[1]) + sqrt(z[1]))), x)
        assert all(isinstance(e, Ball) for row in rows for e in row)
        assert rows[1][0].a.contains(1)
        kink = Vec((Ball.hull(-1, 1), Ball.of(2)))
        (slopes,) = jacobian(lambda z: Vec((abs(z[0]) * z[1] + z[0],)), kink)
        assert all(slopes[0].a.contains(v) for v in (-1, 3))
        assert slopes[1].a.contains(1)


def test_second_derivatives() -> None:
    x = lift(vec(2, 3), Real.of)
    second = jacobian(lambda z: partials(lambda y: y[0] ** 3 * y[1], z), x)
    assert second[0][0] == 36
    assert second[0][1] == 12
    assert second[1][1] == 0


def test_a_constant_has_no_derivative() -> None:
    assert partials(lambda z: 3, lift(vec(1, 2), Real.of)) == vec(0, 0)
    assert Dual.of(F(1, 2)).d == ()


def test_the_gradient_of_a_value_alone() -> None:
    class Bowl:
        dim = 2

        def __call__(self, x: Vec) -> Any:
            return x[0] ** 2 + 3 * x[1]

    assert gradient(Bowl(), lift(vec(5, 1), Real.of)) == vec(10, 3)
    x = Vec((Batch(np.array([1.0, 2.0])), Batch(0.0)))
    assert list(gradient(Bowl(), x)[0].f) == [2.0, 4.0]
