"""How fast a step of full-batch training is, beside the matrix products that it cannot do without: `python -m benchmarks.networks`.

The speed in arithmetic operations a second of `Network.value_and_gradient` (all products of all layers), to that of X W and X^T D alone for the shapes of the first layer. On one
thread, CPU time, the best of several rounds of both in turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from threadpoolctl import threadpool_limits

from experiments.network import CROSS_ENTROPY, RELU, Network

IMAGES, WIDTHS, ROUNDS, REPEATS = 5000, (784, 128, 128, 10), 7, 5


def best(work: Callable[[], object]) -> float:
    """CPU seconds of one repetition, the best of the round."""
    begun = time.process_time()
    for _ in range(REPEATS):
        work()
    return (time.process_time() - begun) / REPEATS


def main() -> None:
    """Print both speeds and their ratio."""
    rng = np.random.default_rng(0)
    net = Network(WIDTHS, RELU, CROSS_ENTROPY)
    X, Y, theta = rng.random((IMAGES, WIDTHS[0]), np.float32), rng.integers(0, WIDTHS[-1], IMAGES), net.start(rng)
    W, D = rng.random((WIDTHS[0], WIDTHS[1]), np.float32), rng.random((IMAGES, WIDTHS[1]), np.float32)
    # Forward, to the weights, and, but for the first layer, back: two operations for each entry of each product.
    layers = list(pairwise(WIDTHS))
    whole = sum(2 * IMAGES * m * n * (3 if i else 2) for i, (m, n) in enumerate(layers))
    alone = 2 * IMAGES * WIDTHS[0] * WIDTHS[1] * 2
    with threadpool_limits(1):
        rounds = [
            (best(lambda: net.value_and_gradient(theta, X, Y)), best(lambda: (X @ W, X.T @ D))) for _ in range(ROUNDS)
        ]
    step, products = (min(r[i] for r in rounds) for i in (0, 1))
    print(f"{IMAGES} images, widths {WIDTHS}, float32, one thread")
    print(f"a step: {1000 * step:.1f} ms, {whole / step / 1e9:.1f} GFlop/s")
    print(f"two products: {1000 * products:.1f} ms, {alone / products / 1e9:.1f} GFlop/s")
    print(f"ratio of the speeds: {whole / step / (alone / products):.2f}")


if __name__ == "__main__":
    main()
