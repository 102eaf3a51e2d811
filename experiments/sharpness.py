"""The sharpness: the largest eigenvalue of the Hessian of the loss, by Lanczos's method on products with the Hessian."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

from experiments.network import Array, Network

#: The length of the difference by which a product with the Hessian is taken, in float64.
EPSILON = 1e-4


@dataclass(frozen=True)
class Sharpness:
    """An eigenvalue, |H v - value v| for the unit vector v that goes with it, and v."""

    value: float
    residual: float
    vector: Array


def hessian_times(net: Network, theta: Array, X: Array, Y: Array, v: Array) -> Array:
    """H v, by the central difference of gradients along v/|v|: an error of the order of EPSILON^2 where the loss is smooth."""
    size = np.linalg.norm(v)
    e = EPSILON * v / size
    ahead, behind = (net.value_and_gradient(theta + s, X, Y)[1] for s in (e, -e))
    product: Array = (ahead - behind) * (size / (2 * EPSILON))
    return product


def sharpness(net: Network, theta: Array, X: Array, Y: Array, near: Array | None = None) -> Sharpness:
    """The largest eigenvalue at theta, to three digits; `near` is a vector to begin with, such as that of a parameter nearby. nan where the
    loss has no finite gradient."""
    theta, X = theta.astype(np.float64), X.astype(np.float64)
    Y = Y if np.issubdtype(Y.dtype, np.integer) else Y.astype(np.float64)

    def product(v: Array) -> Array:
        return hessian_times(net, theta, X, Y, v.ravel())

    nothing = Sharpness(float("nan"), float("nan"), np.full(len(theta), np.nan))
    if not np.all(np.isfinite(theta)) or not np.all(np.isfinite(net.value_and_gradient(theta, X, Y)[1])):
        return nothing
    # ARPACK draws a start of its own, which another run would not repeat.
    begin = np.random.default_rng(0).standard_normal(len(theta)) if near is None else near
    try:
        values, vectors = eigsh(
            LinearOperator((len(theta), len(theta)), matvec=product, dtype=np.float64),
            k=1,
            which="LA",
            tol=1e-3,
            v0=begin,
        )
    except ArpackError:
        return nothing
    value, vector = float(values[0]), vectors[:, 0]
    return Sharpness(value, float(np.linalg.norm(product(vector) - value * vector)), vector)
