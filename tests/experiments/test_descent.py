"""Gradient descent on networks, the paths that it takes, and how far two of them are apart."""

import itertools

import numpy as np
import pytest

from experiments.descent import Path, descend, descend_in_batches, farthest
from experiments.network import IDENTITY, SQUARED, Array, Network

#: f(w, b) = (w + b)^2/2, one linear unit at x = 1 that should answer 0.
NET = Network((1, 1), IDENTITY, SQUARED)
X, Y = np.ones((1, 1)), np.zeros((1, 1))


def test_descent_is_the_iteration() -> None:
    start = np.array([1.0, 0.0])
    seen: list[tuple[int, float, float]] = []
    end = descend(NET, start, X, Y, 0.25, 3, lambda k, t, loss, g: seen.append((k, float(t.sum()), loss)))
    assert [s for _, s, _ in seen] == [0.5, 0.25, 0.125]
    assert [loss for *_, loss in seen] == [0.5, 0.125, 0.03125]
    assert end.sum() == 0.125
    assert start.tolist() == [1, 0]


def test_an_orbit_that_is_lost_ends_as_nan() -> None:
    assert np.all(np.isnan(descend(NET, np.array([1.0, 0.0]), X, Y, 10.0, 100)))
    assert np.all(np.isnan(descend_in_batches(NET, np.array([1.0, 0.0]), X, Y, 10.0, 1, 100, np.random.default_rng(0))))


def test_batches_take_all_rows_before_any_comes_again() -> None:
    rows = np.eye(6)
    net = Network((6, 1), IDENTITY, SQUARED)
    zeros, ones = np.zeros(7), np.ones((6, 1))
    seen: list[int] = []

    def watch(k: int, theta: Array) -> None:
        seen.append(int(np.sum(theta[:6] != 0)))

    descend_in_batches(net, zeros, rows, ones, 0.1, 2, 3, np.random.default_rng(0), watch)
    assert seen == [2, 4, 6]


def test_batches_of_all_rows_are_descent() -> None:
    rng = np.random.default_rng(1)
    net = Network((3, 2), IDENTITY, SQUARED)
    rows, wanted, start = rng.random((5, 3)), rng.random((5, 2)), rng.random(8)
    full = descend(net, start, rows, wanted, 0.1, 10)
    assert descend_in_batches(net, start, rows, wanted, 0.1, 5, 10, rng) == pytest.approx(full, rel=1e-12)


def test_paths_keep_corners_apart_and_the_end() -> None:
    path = Path(1.0)
    for t in (0, 0.5, 0.9, 1.2, 3.0, 3.1):
        path.visit(np.array([t, 0.0]))
    assert path.end()[:, 0].tolist() == [0, 1.2, 3.0, 3.1]
    assert path.longest == pytest.approx(1.8)


def test_distance_to_a_polygon_is_that_of_its_points() -> None:
    rng = np.random.default_rng(2)
    a, b = rng.random((7, 5)), rng.random((6, 5))
    t = np.linspace(0, 1, 4001)[:, None]
    fine = np.concatenate([p + t * (q - p) for p, q in itertools.pairwise(b)])
    brute = max(np.linalg.norm(fine - p, axis=1).min() for p in a)
    assert farthest(a, b) == pytest.approx(brute, abs=1e-4)
    assert farthest(b, b) == pytest.approx(0, abs=1e-7)
    assert farthest(a, b[:1]) == pytest.approx(np.linalg.norm(a - b[0], axis=1).max())
