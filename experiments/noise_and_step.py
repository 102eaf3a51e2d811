"""Stochastic gradients with a small step against those with a large one: mohtashami-2022.

Three layers with ReLU and cross entropy, from one start with each of two steps and batches from one image to all of them, the same number of
steps each. The smaller the batch, the larger the noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from experiments.data import Images
from experiments.descent import descend_in_batches
from experiments.figures import LINES, MARKS, figure
from experiments.network import CROSS_ENTROPY, RELU, Array, network
from experiments.protocol import Experiment, Run, rng_of

NAME = "noise-and-step"


@dataclass(frozen=True)
class Settings:
    images: int = 500
    width: int = 32
    small: float = 0.01
    large: float = 0.3
    batches: tuple[int, ...] = (1, 5, 20, 100, 500)
    steps: int = 8000
    looks: int = 40
    backend: str = "numpy"


def one(s: Settings, images: Images | None, seed: int) -> Run:
    """A split of the images and a start, drawn anew; the best test accuracy on the way, and the loss at the end, of each step and batch."""
    assert images is not None
    X, Y, X_test, Y_test = images.split(rng_of(NAME, seed), s.images)
    net = network(s.backend, (X.shape[1], s.width, s.width, 10), RELU, CROSS_ENTROPY)
    start = net.start(rng_of(NAME, seed, 1))
    best: dict[tuple[str, int], float] = {}
    loss: dict[tuple[str, int], float] = {}
    for name, h in (("small", s.small), ("large", s.large)):
        for b in s.batches:
            seen = [0.0]

            def watch(k: int, theta: Array, seen: list[float] = seen) -> None:
                if k % (s.steps // s.looks) == 0:
                    seen.append(net.accuracy(theta, X_test, Y_test))

            end = descend_in_batches(net, start, X, Y, h, b, s.steps, rng_of(NAME, seed, 2, b), watch)
            best[name, b] = max(seen)
            loss[name, b] = min(net.value(end, X, Y), 1e9) if np.all(np.isfinite(end)) else 1e9
    noisy = [b for b in s.batches if b < s.images]
    return Run(
        seed,
        {f"best_{name}_{b}": a for (name, b), a in best.items()}
        | {f"loss_{name}_{b}": f for (name, b), f in loss.items()}
        | {
            "best_small_noisy": max(best["small", b] for b in noisy),
            "best_small_without_noise": best["small", s.images],
            "best_small": max(best["small", b] for b in s.batches),
            "best_large": max(best["large", b] for b in s.batches),
            "best_large_without_noise": best["large", s.images],
        },
    )


def draw(s: Settings, runs: Sequence[Run]) -> Mapping[str, Figure]:
    """The best accuracy against the batch, a curve for each step, mean and range over the runs."""
    outcomes, (axes,) = figure(title="Best test accuracy on the way")
    for i, (name, h) in enumerate((("small", s.small), ("large", s.large))):
        rows = np.array([[r.measured[f"best_{name}_{b}"] for b in s.batches] for r in runs])
        axes.semilogx(s.batches, rows.mean(axis=0), MARKS[i] + LINES[i], color=f"C{i}", label=f"step {h:g}")
        axes.fill_between(s.batches, rows.min(axis=0), rows.max(axis=0), color=f"C{i}", alpha=0.15)
    axes.set(xlabel="images in a batch (fewer: more noise)", ylabel=f"accuracy, mean and range of {len(runs)} runs")
    axes.legend(fontsize="small")
    return {"outcomes": outcomes}


def _quantities(s: Settings) -> dict[str, str]:
    each = {
        f"{what}_{name}_{b}": f"{says}, {name} step, batches of {b}"
        for what, says in (("best", "best test accuracy on the way"), ("loss", "loss at the end (10^9: lost)"))
        for name in ("small", "large")
        for b in s.batches
    }
    return each | {
        "best_small_noisy": "best test accuracy of the small step with any batch but all images",
        "best_small_without_noise": "best test accuracy of the small step with all images",
        "best_small": "best test accuracy of the small step with any batch",
        "best_large": "best test accuracy of the large step with any batch",
        "best_large_without_noise": "best test accuracy of the large step with all images",
    }


EXPERIMENT = Experiment(
    NAME,
    "small and large steps with batches of all sizes: what the best models are",
    _quantities(Settings()),
    Settings(),
    Settings(images=200, width=12, small=0.02, large=0.5, batches=(1, 5, 20, 100, 200), steps=2000, looks=20),
    one,
    draw,
    {
        "outcomes": "Best test accuracy against the size of the batch, for a small and a large step: mean and range over the runs. Float32.",
    },
)
