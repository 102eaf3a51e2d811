"""The limit of the gradient's norm against the step size, for networks that are not linear: craciun-ghoshdastidar-2024.

Few images with labels +1 and -1, one hidden layer, squared loss. From one start gradient descent runs with steps that are multiples of
2/lambda, lambda the sharpness at the start; an orbit has settled where the norm of the gradient is below a thousandth of that at the start for the whole last tenth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from experiments.data import Images
from experiments.figures import LINES, MARKS, figure
from experiments.network import RELU, SQUARED, TANH, Activation, Array, Network, network
from experiments.protocol import Experiment, Run, rng_of
from experiments.sharpness import sharpness

NAME = "nonlinear-networks"
SETTLED = 1e-3
#: What stands for a gradient of an orbit that is lost.
INFINITE = 1e9


@dataclass(frozen=True)
class Settings:
    images: int = 8
    width: int = 8
    scale: float = 0.5
    least: float = 0.125
    greatest: float = 32.0
    steps: int = 25
    iterations: int = 5000
    backend: str = "numpy"


ACTIVATIONS = (("tanh", TANH), ("relu", RELU))


def one(s: Settings, images: Images | None, seed: int) -> Run:
    """A few images and a start of each network, drawn anew."""
    assert images is not None
    X, labels, _, _ = images.split(rng_of(NAME, seed), s.images)
    X, Y = X.astype(np.float64), np.where(labels % 2, 1.0, -1.0)[:, None]
    measured: dict[str, float] = {}
    shown = {}
    for k, (name, activation) in enumerate(ACTIVATIONS):
        norms = _norms(s, activation, X, Y, rng_of(NAME, seed, 1 + k))
        settled = norms < SETTLED
        measured[f"{name}_settles_at_least_step"] = float(settled[0])
        measured[f"{name}_settles_at_greatest_step"] = float(settled[-1])
        # Settled up to some step, and not beyond it.
        measured[f"{name}_one_transition"] = float(
            settled[0] and not settled[-1] and np.sum(settled[:-1] != settled[1:]) == 1
        )
        measured[f"{name}_settled_steps"] = float(settled.sum())
        measured[f"{name}_greatest_settled"] = float(multiples(s)[settled].max(initial=0))
        shown[name] = [float(f"{v:.3g}") for v in norms]
    return Run(seed, measured, shown)


def multiples(s: Settings) -> Array:
    """The steps, as multiples of 2/lambda."""
    return np.geomspace(s.least, s.greatest, s.steps)


def _norms(s: Settings, activation: Activation, X: Array, Y: Array, rng: np.random.Generator) -> Array:
    """For each step, the largest norm of the gradient in the last tenth, to that at the start."""
    net = network(s.backend, (X.shape[1], s.width, 1), activation, SQUARED)
    start = net.start(rng, s.scale, np.float64)
    first = float(np.linalg.norm(net.value_and_gradient(start, X, Y)[1]))
    h0 = 2 / sharpness(net, start, X, Y).value
    return np.array([_last_norm(s, net, start, X, Y, c * h0) / first for c in multiples(s)])


def _last_norm(s: Settings, net: Network, start: Array, X: Array, Y: Array, h: float) -> float:
    theta, most = start.copy(), 0.0
    for k in range(s.iterations):
        loss, g = net.value_and_gradient(theta, X, Y)
        if not loss < 1e9:
            return INFINITE
        theta -= h * g
        if k >= 0.9 * s.iterations:
            most = max(most, float(np.linalg.norm(g)))
    return most


def draw(s: Settings, runs: Sequence[Run]) -> Mapping[str, Figure]:
    """The norm at the end against the step, a curve for each of the first runs; and the share of runs that settle."""
    norms, axes = figure(columns=2, title="Norm of the gradient at the end against the step")
    share, (below,) = figure(title="Share of runs whose gradient vanishes")
    for i, (name, _) in enumerate(ACTIVATIONS):
        rows = np.array([r.shown[name] for r in runs])
        for row in rows[:6]:
            axes[i].loglog(multiples(s), np.clip(row, 1e-16, 1e2), MARKS[i] + LINES[0], markersize=2, linewidth=0.6)
        axes[i].axhline(SETTLED, color="black", linewidth=0.6, linestyle="--")
        axes[i].set(xlabel="step, in multiples of 2/sharpness at the start", ylabel="norm (100: lost)", title=name)
        below.semilogx(multiples(s), (rows < SETTLED).mean(axis=0), MARKS[i] + LINES[i], label=name)
    below.set(xlabel="step, in multiples of 2/sharpness at the start", ylabel=f"share of {len(runs)} runs")
    below.legend(fontsize="small")
    return {"norms": norms, "share": share}


EXPERIMENT = Experiment(
    NAME,
    "the limit of the gradient's norm against the step, for two networks",
    {
        f"{name}_{key}": f"{says} ({name})"
        for name, _ in ACTIVATIONS
        for key, says in (
            ("settles_at_least_step", "1 where the gradient vanishes with the least step"),
            ("settles_at_greatest_step", "1 where the gradient vanishes with the greatest step"),
            ("one_transition", "1 where it vanishes up to some step, and for none beyond it"),
            ("settled_steps", "for how many of the steps it vanishes"),
            ("greatest_settled", "the greatest such step, as a multiple of 2/lambda"),
        )
    },
    Settings(),
    Settings(steps=13, iterations=2500),
    one,
    draw,
    {
        "norms": "The norm of the gradient after many iterations against the step, for networks with tanh and with ReLU, six starts each. Float64.",
        "share": "The share of runs whose gradient vanishes, against the step. Float64.",
    },
    runs=48,
)
