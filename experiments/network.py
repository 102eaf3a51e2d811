"""Networks of affine layers: their loss and its gradient, in vectorised NumPy.

The parameters are one flat vector: weights and biases of the layers one after the other. A layer takes a to W^T a + b; between two layers, and
after none, each coordinate goes through the activation. Shapes: X is (n, inputs), the parameters (size,), W is (in, out).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Activation:
    """A function of the line, and its derivative at z, where the value a is known already (at a kink: the derivative from the left)."""

    name: str
    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]


def leaky(slope: float) -> Activation:
    """max(z, slope z), for 0 <= slope < 1."""
    return Activation(
        f"leaky ReLU ({slope:g})",
        lambda z: np.maximum(z, z.dtype.type(slope) * z),
        lambda z, a: np.where(z > 0, z.dtype.type(1), z.dtype.type(slope)),
    )


IDENTITY = Activation("linear", lambda z: z, lambda z, a: np.ones_like(z))
RELU = Activation("ReLU", lambda z: np.maximum(z, 0), lambda z, a: (z > 0).astype(z.dtype))
TANH = Activation("tanh", np.tanh, lambda z, a: 1 - a * a)
SINE = Activation("sine", np.sin, lambda z, a: np.cos(z))


@dataclass(frozen=True)
class Loss:
    """The mean over the rows of a function of the output, and its gradient in the outputs, of shape (n, outputs)."""

    name: str
    value_and_slope: Callable[[Array, Array], tuple[float, Array]]


def _squared(out: Array, wanted: Array) -> tuple[float, Array]:
    misfit = out - wanted
    return float(np.vdot(misfit, misfit)) / (2 * len(out)), misfit / len(out)


def _cross_entropy(out: Array, labels: Array) -> tuple[float, Array]:
    rows = np.arange(len(out))
    z = out - out.max(axis=1, keepdims=True)
    p = np.exp(z)
    mass = p.sum(axis=1, keepdims=True)
    loss = float(np.mean(np.log(mass[:, 0]) - z[rows, labels]))
    p /= mass
    p[rows, labels] -= 1
    p /= len(out)
    return loss, p


SQUARED = Loss("squared", _squared)
CROSS_ENTROPY = Loss("cross entropy", _cross_entropy)


@dataclass(frozen=True)
class Network:
    """Layers between the given widths: (784, 128, 128, 10) has three."""

    widths: tuple[int, ...]
    activation: Activation
    loss: Loss

    @cached_property
    def _places(self) -> tuple[tuple[int, int, int, int], ...]:
        """Of each layer: where W begins, where b begins, and the two widths."""
        places, at = [], 0
        for m, n in pairwise(self.widths):
            places.append((at, at + m * n, m, n))
            at += m * n + n
        return tuple(places)

    @property
    def size(self) -> int:
        """The number of parameters."""
        _, b, _, n = self._places[-1]
        return b + n

    def layers(self, theta: Array) -> list[tuple[Array, Array]]:
        """(W, b) of each layer, as views into the parameters."""
        return [(theta[w:b].reshape(m, n), theta[b : b + n]) for w, b, m, n in self._places]

    def start(self, rng: np.random.Generator, scale: float = 1.0, dtype: Any = np.float32) -> Array:
        """Independent normal weights of variance 2 scale^2/in, biases 0 (He et al.)."""
        theta = np.zeros(self.size)
        for W, _ in self.layers(theta):
            W[:] = rng.standard_normal(W.shape) * scale * np.sqrt(2 / len(W))
        return theta.astype(dtype)

    def output(self, theta: Array, X: Array) -> Array:
        """The network at each row of X."""
        return self._passed(theta, X)[1][-1]

    def _passed(self, theta: Array, X: Array) -> tuple[list[Array], list[Array]]:
        """Of each layer: its result, before the activation and after; the second list begins with X."""
        before, after = [], [X]
        layers = self.layers(theta)
        for i, (W, b) in enumerate(layers):
            z = after[-1] @ W
            z += b
            before.append(z)
            after.append(self.activation.value(z) if i < len(layers) - 1 else z)
        return before, after

    def value(self, theta: Array, X: Array, Y: Array) -> float:
        """The loss."""
        return self.loss.value_and_slope(self.output(theta, X), Y)[0]

    def value_and_gradient(self, theta: Array, X: Array, Y: Array) -> tuple[float, Array]:
        """The loss and its gradient, of the shape of the parameters."""
        z, a = self._passed(theta, X)
        loss, delta = self.loss.value_and_slope(a[-1], Y)
        gradient = np.empty_like(theta)
        layers, slopes = self.layers(theta), self.layers(gradient)
        for i in reversed(range(len(layers))):
            np.matmul(a[i].T, delta, out=slopes[i][0])
            delta.sum(axis=0, out=slopes[i][1])
            if i:
                delta = delta @ layers[i][0].T
                delta *= self.activation.slope(z[i - 1], a[i])
        return loss, gradient

    def accuracy(self, theta: Array, X: Array, labels: Array) -> float:
        """The share of rows whose largest output has the row's label."""
        return float(np.mean(self.output(theta, X).argmax(axis=1) == labels))


def network(backend: str, widths: tuple[int, ...], activation: Activation, loss: Loss) -> Network:
    """The network of a backend, "numpy" or "torch"."""
    if backend == "numpy":
        return Network(widths, activation, loss)
    from experiments.on_torch import TorchNetwork

    return TorchNetwork(widths, activation, loss)
