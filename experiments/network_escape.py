"""A large step from where a small one has led: mohtashami-2022.

Three layers with tanh and squared loss. A small step trains the network for long; from there it goes on for the same time once more, and a large step
begins there, too. Time is the step size times the number of steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from sklearn.decomposition import PCA

from experiments.data import Images
from experiments.descent import Path, descend, farthest
from experiments.figures import LINES, MARKS, figure
from experiments.network import SQUARED, TANH, Array, network
from experiments.protocol import Experiment, Run, rng_of, shows
from experiments.sharpness import sharpness

NAME = "network-escape"


@dataclass(frozen=True)
class Settings:
    images: int = 500
    width: int = 32
    scale: float = 0.7
    small: float = 0.01
    large: float = 0.1
    trained: float = 30.0
    time: float = 60.0
    apart: float = 0.05
    backend: str = "numpy"


def one(s: Settings, images: Images | None, seed: int) -> Run:
    """A split of the images and a start, drawn anew."""
    assert images is not None
    X, labels, X_test, labels_test = images.split(rng_of(NAME, seed), s.images)
    net = network(s.backend, (X.shape[1], s.width, s.width, 10), TANH, SQUARED)
    Y = np.eye(10, dtype=X.dtype)[labels]
    start = net.start(rng_of(NAME, seed, 1), s.scale)
    left = descend(net, start, X, Y, s.small, round(s.trained / s.small))
    before, (loss, gradient) = sharpness(net, left, X, Y), net.value_and_gradient(left, X, Y)
    paths, losses, ends = {}, {}, {}
    for h in (s.small, s.large):
        path, seen = Path(s.apart), [loss]
        path.visit(left)

        def watch(k: int, theta: Array, f: float, g: Array, path: Path = path, seen: list[float] = seen) -> None:
            path.visit(theta)
            seen.append(f)

        ends[h] = descend(net, left, X, Y, h, round(s.time / h), watch)
        paths[h], losses[h] = path, seen
    corners = {h: p.end() for h, p in paths.items()}
    after = {h: sharpness(net, e, X, Y, before.vector) for h, e in ends.items()}
    moved = {h: float(np.linalg.norm(e - left)) for h, e in ends.items()}
    return Run(
        seed,
        {
            "gradient_norm_before": float(np.linalg.norm(gradient)),
            "loss_before": loss,
            "highest_loss_small": max(losses[s.small]),
            "highest_loss_large": max(losses[s.large]),
            "loss_after_small": losses[s.small][-1],
            "loss_after_large": losses[s.large][-1],
            "sharpness_before": before.value,
            "sharpness_after_small": after[s.small].value,
            "sharpness_after_large": after[s.large].value,
            "largest_residual": max(before.residual, *(a.residual for a in after.values())),
            "moved_small": moved[s.small],
            "moved_large": moved[s.large],
            "paths_apart": farthest(corners[s.small], corners[s.large]),
            "longest_step": max(p.longest for p in paths.values()),
            "test_accuracy_small": net.accuracy(ends[s.small], X_test, labels_test),
            "test_accuracy_large": net.accuracy(ends[s.large], X_test, labels_test),
        },
        _shown(s, corners, losses) if shows(seed) else {},
    )


def _shown(
    s: Settings, corners: Mapping[float, Array], losses: Mapping[float, Sequence[float]]
) -> Mapping[str, object]:
    plane = PCA(2, svd_solver="full").fit(np.concatenate(list(corners.values())))
    return {
        "paths": [{"step": h, "path": np.round(plane.transform(c), 4).tolist()} for h, c in corners.items()],
        "losses": [
            {
                "step": h,
                "every": max(1, len(row) // 600),
                "loss": [round(f, 6) for f in row[:: max(1, len(row) // 600)]],
            }
            for h, row in losses.items()
        ],
    }


def draw(s: Settings, runs: Sequence[Run]) -> Mapping[str, Figure]:
    """The two paths of the first run in a plane, its losses against time, and sharpness before and after in all runs."""
    shown = runs[0].shown
    paths, (axes, below) = figure(columns=2, title="From where the small step has led")
    for i, row in enumerate(shown["paths"]):
        x, y = np.array(row["path"]).T
        axes.plot(x, y, LINES[i], color=f"C{i}", linewidth=1, label=f"step {row['step']:g}")
        axes.plot(x[-1], y[-1], MARKS[i], color=f"C{i}")
    axes.set(xlabel="first component", ylabel="second component", title="all weights, one plane")
    axes.legend(fontsize="small")
    for i, row in enumerate(shown["losses"]):
        time = row["step"] * row["every"] * np.arange(len(row["loss"]))
        below.semilogy(time, row["loss"], LINES[i], color=f"C{i}", linewidth=1, label=f"step {row['step']:g}")
    below.set(xlabel="time (step size times steps)", ylabel="loss")
    below.legend(fontsize="small")
    sharp, (axes,) = figure(title="Sharpness when the large step begins, and after it")
    rows = np.array([[r.measured[f"sharpness_{k}"] for k in ("before", "after_small", "after_large")] for r in runs])
    for row in rows:
        axes.plot(range(3), row, "o-", color="C0", alpha=0.4, markersize=3, linewidth=0.7)
    axes.axhline(2 / s.large, color="black", linestyle="--", linewidth=0.8, label="2/h of the large step")
    axes.set_xticks(range(3), ("before", f"step {s.small:g}", f"step {s.large:g}"))
    axes.set(ylabel="largest eigenvalue of the Hessian")
    axes.legend(fontsize="small")
    return {"paths": paths, "sharpness": sharp}


EXPERIMENT = Experiment(
    NAME,
    "a network trained with a small step, and what a large step does from there",
    {
        "gradient_norm_before": "norm of the gradient where the large step begins",
        "loss_before": "loss there",
        "highest_loss_small": "highest loss from there on, with the small step",
        "highest_loss_large": "highest loss from there on, with the large step",
        "loss_after_small": "loss after the time, with the small step",
        "loss_after_large": "loss after the time, with the large step",
        "sharpness_before": "largest eigenvalue of the Hessian where the large step begins",
        "sharpness_after_small": "largest eigenvalue after the time, with the small step",
        "sharpness_after_large": "largest eigenvalue after the time, with the large step",
        "largest_residual": "largest |H v - lambda v| of these three",
        "moved_small": "distance after the time from where it began, with the small step",
        "moved_large": "distance after the time from where it began, with the large step",
        "paths_apart": "the farthest that the small step's path goes from that of the large step",
        "longest_step": "longest step of both",
        "test_accuracy_small": "share of test images that are right after the time, with the small step",
        "test_accuracy_large": "share of test images that are right after the time, with the large step",
    },
    Settings(),
    Settings(images=200, width=12, small=0.02, large=0.2, trained=30.0, time=40.0),
    one,
    draw,
    {
        "paths": "From where a small step has led, with the small and with a large step: paths of all weights in a plane, and the loss against time. Float32.",
        "sharpness": "The largest eigenvalue of the Hessian where the large step begins, and after the same time with either step, a line for each run. Float64.",
    },
)
