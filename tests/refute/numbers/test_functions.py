"""minimum, maximum, clip, where and argmin, alike in every arithmetic."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from refute import BadInput, Ball, Batch, Vec, argmin, clip, lift, maximum, minimum, precision, vec, where
from refute.errors import CannotBatch
from refute.numbers.mp import Mp
from refute.numbers.real import Real

F = Fraction
GRID = [F(-3, 2), F(-1), F(0), F(1, 4), F(1), F(5)]


@pytest.mark.parametrize("kind", [Real.of, Mp.of, Ball.of])
@pytest.mark.parametrize("x", GRID)
def test_the_words_in_every_arithmetic(kind: Any, x: Fraction) -> None:
    with precision(64):
        y = kind(x)
        assert minimum(y, 1, F(1, 2)) == min(x, F(1, 2))
        assert maximum(1, y) == max(x, F(1))
        assert clip(y, -1, F(1)) == min(max(x, F(-1)), F(1))
        assert where(y < 0, 2 * y, y) == (2 * x if x < 0 else x)
        assert argmin(lambda u: (u - y) ** 2, [F(-1), F(0), F(2)]) == min([-1, 0, 2], key=lambda u: (u - x) ** 2)


def test_exact_data_alone() -> None:
    assert minimum(F(1), F(2)) == 1
    assert minimum(3) == maximum(3) == 3
    assert clip(F(7), 0, 1) == 1


def test_batches_choose_candidate_by_candidate() -> None:
    x = Batch(np.array([float(q) for q in GRID]))
    assert list(clip(x, -1, 1).f) == [-1.0, -1.0, 0.0, 0.25, 1.0, 1.0]
    assert list(where(x < 0, -1, x).f) == [-1.0, -1.0, 0.0, 0.25, 1.0, 5.0]
    assert list(where(x > 0, vec(1, 2), vec(3, 4))[1].f) == [4.0, 4.0, 4.0, 2.0, 2.0, 2.0]
    nearest = argmin(lambda p: (p[0] - x) ** 2, [vec(-1), vec(0), vec(2)])
    assert list(nearest[0].f) == [-1.0, -1.0, 0.0, 0.0, 0.0, 2.0]


def test_a_ball_may_hold_both() -> None:
    with precision(64):
        wide = Ball.hull(-1, 1)
        assert clip(wide, 0, 2).a.contains(0)
        assert not clip(wide, 0, 2).a.contains(-1)
        assert minimum(wide, 0).a.contains(-1)


def test_of_equal_values_the_first() -> None:
    assert argmin(lambda u: u * u, [F(-1), F(1)]) == -1
    x = Batch(np.zeros(2))
    assert list(argmin(lambda u: u * u + x, [F(-1), F(1)]).f) == [-1.0, -1.0]


def test_many_candidates_have_no_single_answer() -> None:
    x = Batch(np.array([0.0, 1.0]))
    with pytest.raises(CannotBatch):
        bool(x > 0)
    with pytest.raises(CannotBatch):
        bool(x)
    one = Batch(2.0)
    assert one > 1
    assert one != 1
    assert bool(one)


def test_nothing_to_choose_from() -> None:
    for empty in (maximum, minimum, lambda: argmin(abs, [])):
        with pytest.raises(BadInput, match="at least"):
            empty()  # type: ignore[no-untyped-call]


def test_vectors_of_numbers() -> None:
    x = lift(vec(1, 2), Real.of)
    assert where(x[0] < x[1], x, -x) == x
    assert isinstance(where(x[0] > x[1], x, -x), Vec)
