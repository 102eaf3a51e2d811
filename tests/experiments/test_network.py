"""Losses and gradients of networks, against differentiation in exact numbers."""

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from experiments.network import (
    CROSS_ENTROPY,
    IDENTITY,
    RELU,
    SINE,
    SQUARED,
    TANH,
    Activation,
    Array,
    Loss,
    Network,
    leaky,
)
from refute import Ball, Vec, exp, log, maximum, partials, precision, sin, tanh

#: Each activation beside the same function in refute's numbers.
ACTIVATIONS: dict[str, tuple[Activation, Callable[[Any], Any]]] = {
    "linear": (IDENTITY, lambda z: z),
    "ReLU": (RELU, lambda z: maximum(z, 0)),
    "leaky ReLU": (leaky(0.25), lambda z: maximum(z, z / 4)),
    "tanh": (TANH, tanh),
    "sine": (SINE, sin),
}
LOSSES: dict[str, Loss] = {"squared": SQUARED, "cross entropy": CROSS_ENTROPY}


def exactly(
    widths: tuple[int, ...], activation: Callable[[Any], Any], loss: str, X: Array, Y: Array, theta: Vec
) -> Any:
    """The loss by its definition, one number at a time."""
    total: Any = 0
    for x, y in zip(X, Y, strict=True):
        at, a = 0, [Fraction(float(e)) for e in x]
        for i, (m, n) in enumerate(itertools.pairwise(widths)):
            W, b = theta.entries[at : at + m * n], theta.entries[at + m * n : at + m * n + n]
            at += m * n + n
            z = [sum((a[r] * W[r * n + c] for r in range(m)), b[c]) for c in range(n)]
            a = [activation(e) for e in z] if i < len(widths) - 2 else z
        if loss == "squared":
            total += sum((o - Fraction(float(t))) ** 2 for o, t in zip(a, y, strict=True)) / 2
        else:
            total += log(sum(exp(o) for o in a)) - a[int(y)]
    return total / len(X)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradients_are_those_of_exact_differentiation(name: str, loss: str) -> None:
    """Twenty small networks of each kind, 200 in all: to rounding."""
    activation, same = ACTIVATIONS[name]
    for seed in range(20):
        rng = np.random.default_rng([seed, len(name)])
        widths = ((2, 3, 2), (1, 2, 2, 2), (3, 2))[seed % 3]
        net = Network(widths, activation, LOSSES[loss])
        X = rng.standard_normal((2, widths[0]))
        Y = rng.integers(0, 2, 2) if loss == "cross entropy" else rng.standard_normal((2, 2))
        theta = net.start(rng, dtype=np.float64) + 0.1 * rng.standard_normal(net.size)
        value, gradient = net.value_and_gradient(theta, X, Y)
        assert value == net.value(theta, X, Y)

        def f(t: Vec, widths: tuple[int, ...] = widths, X: Array = X, Y: Array = Y) -> Any:
            return exactly(widths, same, loss, X, Y, t)

        with precision(128):
            at = Vec(tuple(Ball.of(Fraction(float(t))) for t in theta))
            assert abs(float(f(at)) - value) <= 1e-13 * (1 + abs(value))
            for exact, found in zip(partials(f, at), gradient, strict=True):
                assert abs(float(exact) - found) <= 1e-12 * (1 + abs(found))


def test_gradients_of_large_networks_are_differences() -> None:
    rng = np.random.default_rng(0)
    net = Network((50, 40, 30, 10), TANH, CROSS_ENTROPY)
    X, Y, theta = rng.random((200, 50)), rng.integers(0, 10, 200), net.start(rng, dtype=np.float64)
    g = net.value_and_gradient(theta, X, Y)[1]
    for _ in range(20):
        v = rng.standard_normal(net.size)
        v *= 1e-5 / np.linalg.norm(v)
        difference = net.value(theta + v, X, Y) - net.value(theta - v, X, Y)
        assert abs(difference - 2 * v @ g) < 1e-11


def test_layers_are_views_and_starts_have_the_variance_of_he() -> None:
    net = Network((400, 300, 5), RELU, SQUARED)
    theta = net.start(np.random.default_rng(0), scale=0.5)
    (W, b), (V, c) = net.layers(theta)
    assert (W.shape, b.shape, V.shape, c.shape) == ((400, 300), (300,), (300, 5), (5,))
    assert abs(W.var() / (0.25 * 2 / 400) - 1) < 0.02
    assert not b.any()
    W[0, 0] = 7
    assert theta[0] == 7
    assert net.size == len(theta) == 400 * 300 + 300 + 300 * 5 + 5


def test_accuracy_is_the_share_of_largest_outputs() -> None:
    net = Network((2, 2), IDENTITY, CROSS_ENTROPY)
    theta = np.array([1.0, 0, 0, 1, 0, 0])
    assert net.accuracy(theta, np.array([[1.0, 0], [0, 1], [2, 1]]), np.array([0, 1, 1])) == pytest.approx(2 / 3)
