"""Gradient descent on the loss of a network, full batches or small ones, and the path that it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from experiments.network import Array, Network

#: What is called after each step with the number of steps taken, the parameters, and the loss and gradient before the step.
Watch = Callable[[int, Array, float, Array], None]
#: A loss above this counts as lost: descent ends there.
LOST = 1e9


def descend(net: Network, theta: Array, X: Array, Y: Array, h: float, steps: int, watch: Watch | None = None) -> Array:
    """theta_{k+1} = theta_k - h grad f(theta_k); nan from where the loss is beyond LOST. The start is left as it is."""
    theta, h = theta.copy(), theta.dtype.type(h)
    for k in range(steps):
        loss, g = net.value_and_gradient(theta, X, Y)
        if not loss < LOST:
            theta[:] = np.nan
            break
        theta -= h * g
        if watch is not None:
            watch(k + 1, theta, loss, g)
    return theta


def descend_in_batches(
    net: Network,
    theta: Array,
    X: Array,
    Y: Array,
    h: float,
    batch: int,
    steps: int,
    rng: np.random.Generator,
    watch: Callable[[int, Array], None] | None = None,
) -> Array:
    """Stochastic gradients: `batch` rows a step, all rows once in a random order before any comes again. `watch` is called after each step with
    the number of steps and the parameters; nan from where the loss of a batch is beyond LOST."""
    theta, h = theta.copy(), theta.dtype.type(h)
    order, at = rng.permutation(len(X)), 0
    for k in range(steps):
        if at >= len(X):
            order, at = rng.permutation(len(X)), 0
        rows, at = order[at : at + batch], at + batch
        loss, g = net.value_and_gradient(theta, X[rows], Y[rows])
        if not loss < LOST:
            theta[:] = np.nan
            break
        theta -= h * g
        if watch is not None:
            watch(k + 1, theta)
    return theta


@dataclass
class Path:
    """A polygon through the iterates, whose corners are at least `apart` from each other; `longest` is the longest step of the iteration."""

    apart: float
    corners: list[Array] = field(default_factory=list)
    longest: float = 0.0
    _last: Array | None = None

    def visit(self, x: Array) -> None:
        """The next iterate."""
        if self._last is not None:
            self.longest = max(self.longest, float(np.linalg.norm(x - self._last)))
        self._last = x.copy()
        if not self.corners or np.linalg.norm(x - self.corners[-1]) >= self.apart:
            self.corners.append(x.copy())

    def end(self) -> Array:
        """All corners and the last iterate, of shape (corners, dimension)."""
        last = [] if self._last is None or self._last is self.corners[-1] else [self._last]
        return np.array([*self.corners, *last])


def farthest(path: Array, other: Array) -> float:
    """The largest distance of a corner of the path from the other polygon: sup over the corners p of the distance from p to the polygon."""
    a, step = other[:-1], np.diff(other, axis=0)
    if not len(step):
        return float(np.linalg.norm(path - other[0], axis=1).max())
    length = np.maximum(np.einsum("ij,ij->i", step, step), np.finfo(float).tiny)
    along = (path @ step.T - np.einsum("ij,ij->i", a, step)) / length
    along = np.clip(along, 0, 1)
    # |p - a - t step|^2, by products of matrices: a difference for each pair would not fit into memory.
    squares = (path**2).sum(1)[:, None] + (a**2).sum(1) - 2 * path @ a.T
    squares += along**2 * length - 2 * along * (path @ step.T - np.einsum("ij,ij->i", a, step))
    return float(np.sqrt(np.maximum(squares.min(axis=1), 0)).max())
