"""The sharpness by Lanczos's method, against the Hessian itself."""

import numpy as np
import pytest

from experiments.network import CROSS_ENTROPY, IDENTITY, SQUARED, TANH, Network
from experiments.sharpness import hessian_times, sharpness


@pytest.mark.parametrize("loss", [SQUARED, CROSS_ENTROPY])
def test_the_sharpness_is_the_largest_eigenvalue(loss: object) -> None:
    rng = np.random.default_rng(0)
    net = Network((4, 5, 3), TANH, loss)  # type: ignore[arg-type]
    X = rng.standard_normal((20, 4))
    Y = rng.integers(0, 3, 20) if loss is CROSS_ENTROPY else rng.standard_normal((20, 3))
    theta = net.start(rng, dtype=np.float64)
    H = np.array([hessian_times(net, theta, X, Y, e) for e in np.eye(net.size)])
    assert pytest.approx(H.T, abs=1e-6) == H
    found = sharpness(net, theta, X, Y)
    assert found.value == pytest.approx(np.linalg.eigvalsh((H + H.T) / 2)[-1], rel=1e-4)
    assert found.residual < 1e-2 * found.value
    assert sharpness(net, theta, X, Y, found.vector).value == pytest.approx(found.value, rel=1e-4)


def test_a_quadratic_has_its_own() -> None:
    """f = |X w + b - y|^2/(2n) has the Hessian Z^T Z/n, Z = (X, 1)."""
    rng = np.random.default_rng(1)
    X, net = rng.random((30, 6)), Network((6, 1), IDENTITY, SQUARED)
    Z = np.hstack([X, np.ones((30, 1))])
    expected = np.linalg.eigvalsh(Z.T @ Z / 30)[-1]
    assert sharpness(net, np.zeros(7), X, np.zeros((30, 1))).value == pytest.approx(expected, rel=1e-6)


def test_where_nothing_is_finite_there_is_none() -> None:
    net = Network((2, 1), IDENTITY, SQUARED)
    assert np.isnan(sharpness(net, np.array([np.nan, 0, 0]), np.ones((2, 2)), np.zeros((2, 1))).value)
