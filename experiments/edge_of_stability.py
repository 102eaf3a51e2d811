"""The sharpness along training against 2/h: cohen-2021, which tao-wang-2022 points to.

Three layers with tanh and squared loss, all images in each step. A gradient step on a quadratic with an eigenvalue above 2/h moves away from the minimum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from experiments.data import Images
from experiments.descent import descend
from experiments.figures import LINES, MARKS, figure
from experiments.network import SQUARED, TANH, Array, network
from experiments.protocol import Experiment, Run, rng_of
from experiments.sharpness import sharpness

NAME = "edge-of-stability"


@dataclass(frozen=True)
class Settings:
    images: int = 500
    width: int = 32
    scale: float = 0.4
    step: float = 0.1
    iterations: int = 2000
    every: int = 50
    backend: str = "numpy"


def one(s: Settings, images: Images | None, seed: int) -> Run:
    """A split of the images and a start, drawn anew; h lambda/2 and the loss every so many steps."""
    assert images is not None
    X, labels, _, _ = images.split(rng_of(NAME, seed), s.images)
    net = network(s.backend, (X.shape[1], s.width, s.width, 10), TANH, SQUARED)
    Y = np.eye(10, dtype=X.dtype)[labels]
    theta = net.start(rng_of(NAME, seed, 1), s.scale)
    ratios, losses, residual, near, rises = [], [], 0.0, None, 0
    for _ in range(s.iterations // s.every + 1):
        found = sharpness(net, theta, X, Y, near)
        near, residual = found.vector, max(residual, found.residual / found.value)
        ratios.append(found.value * s.step / 2)
        losses.append(net.value(theta, X, Y))
        seen: list[float] = []

        def watch(k: int, theta: Array, loss: float, g: Array, seen: list[float] = seen) -> None:
            seen.append(loss)

        theta = descend(net, theta, X, Y, s.step, s.every, watch)
        rises += int(np.sum(np.diff(seen) > 0))
    reached = next((i for i, r in enumerate(ratios) if r >= 1), None)
    later = ratios[reached:] if reached is not None else []
    return Run(
        seed,
        {
            "ratio_at_start": ratios[0],
            "largest_ratio": max(ratios),
            "ratio_at_end": ratios[-1],
            "mean_ratio_since_reached": float(np.mean(later)) if later else 0.0,
            "largest_deviation_in_second_half": float(np.max(np.abs(np.array(ratios[len(ratios) // 2 :]) - 1))),
            "loss_when_reached": losses[reached] if reached is not None else losses[-1],
            "loss_at_end": losses[-1],
            "steps_that_raise_the_loss": float(rises),
            "largest_relative_residual": residual,
        },
        {"ratios": [round(r, 4) for r in ratios], "losses": [round(f, 6) for f in losses]},
    )


def draw(s: Settings, runs: Sequence[Run]) -> Mapping[str, Figure]:
    """h lambda/2 and the loss along training, all runs."""
    along, (axes, below) = figure(columns=2, title=f"Along training with step {s.step:g}")
    k = s.every * np.arange(len(runs[0].shown["ratios"]))
    for r in runs:
        axes.plot(k, r.shown["ratios"], LINES[0], color="C0", linewidth=0.6, alpha=0.5)
        below.semilogy(k, r.shown["losses"], LINES[0], color="C1", linewidth=0.6, alpha=0.5)
    axes.plot(k, runs[0].shown["ratios"], MARKS[0], color="C0", markersize=2)
    axes.axhline(1, color="black", linestyle="--", linewidth=0.8)
    axes.set(xlabel="iteration", ylabel="h times sharpness, over 2")
    below.set(xlabel="iteration", ylabel="loss")
    return {"along": along}


EXPERIMENT = Experiment(
    NAME,
    "the sharpness along training, against 2/h",
    {
        "ratio_at_start": "h lambda/2 at the start",
        "largest_ratio": "largest h lambda/2 on the way",
        "ratio_at_end": "h lambda/2 at the end",
        "mean_ratio_since_reached": "mean of h lambda/2 since it first was at least 1 (0: never)",
        "largest_deviation_in_second_half": "largest |h lambda/2 - 1| in the second half of the iterations",
        "loss_when_reached": "loss where h lambda/2 first was at least 1",
        "loss_at_end": "loss at the end",
        "steps_that_raise_the_loss": "how many steps raised the loss",
        "largest_relative_residual": "largest |H v - lambda v|/lambda",
    },
    Settings(),
    Settings(images=200, width=12, step=0.2, iterations=1000),
    one,
    draw,
    {
        "along": "The sharpness in units of 2/h, and the loss, along training. Float32, sharpness in float64.",
    },
)
