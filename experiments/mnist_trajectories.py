"""Where three starts and three step sizes lead on MNIST: grachev-2023, section 3.2.

Three layers with ReLU and cross entropy; from each of three starts gradient descent with each of three steps, until all training images are
right. The paths of the first layer's weights are looked at in the plane of their principal components, of all starts together and of each
start alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from scipy.stats import binomtest
from sklearn.decomposition import PCA

from experiments.data import Images
from experiments.descent import Path, descend, farthest
from experiments.figures import LINES, MARKS, figure
from experiments.network import CROSS_ENTROPY, RELU, Array, network
from experiments.protocol import Experiment, Run, rng_of, shows

NAME = "mnist-trajectories"


@dataclass(frozen=True)
class Settings:
    images: int = 1000
    width: int = 32
    starts: int = 3
    steps: tuple[float, ...] = (0.05, 0.1, 0.2)
    iterations: int = 2500
    apart: float = 0.1
    backend: str = "numpy"


def one(s: Settings, images: Images | None, seed: int) -> Run:
    """A split of the images and three starts, drawn anew."""
    assert images is not None
    X, Y, X_test, Y_test = images.split(rng_of(NAME, seed), s.images)
    net = network(s.backend, (X.shape[1], s.width, s.width, 10), RELU, CROSS_ENTROPY)
    first = X.shape[1] * s.width
    paths, right, test, hits = {}, {}, {}, {}
    for i in range(s.starts):
        start = net.start(rng_of(NAME, seed, 1 + i))
        for h in s.steps:
            path = Path(s.apart)
            path.visit(start[:first])

            def watch(k: int, theta: Array, loss: float, g: Array, path: Path = path) -> None:
                path.visit(theta[:first])

            theta = start
            for _ in range(0, s.iterations, 50):
                theta = descend(net, theta, X, Y, h, 50, watch)
                right[i, h] = net.accuracy(theta, X, Y)
                if right[i, h] == 1:
                    break
            paths[i, h], hits[i, h] = path, net.output(theta, X_test).argmax(axis=1) == Y_test
            test[i, h] = float(hits[i, h].mean())
    corners = {key: p.end() for key, p in paths.items()}
    together = PCA(2, svd_solver="full").fit(np.concatenate([c[:: max(1, len(c) // 40)] for c in corners.values()]))
    plane = {key: together.transform(c) for key, c in corners.items()}
    same = max(_ends_apart(plane, i, i) for i in range(s.starts))
    other = min(_ends_apart(plane, i, j, least=True) for i, j in combinations(range(s.starts), 2))
    pairs = [(i, h, g) for i in range(s.starts) for h, g in combinations(s.steps, 2)]
    alone = _alone(s, corners)
    sizes = [
        float(np.linalg.norm(np.ptp(np.concatenate([alone[i, h] for h in s.steps]), axis=0))) for i in range(s.starts)
    ]
    seen = [farthest(alone[i, s.steps[0]], alone[i, s.steps[-1]]) / sizes[i] for i in range(s.starts)]
    rows = np.array([[test[i, h] for h in s.steps] for i in range(s.starts)])
    return Run(
        seed,
        {
            "ends_of_one_start": same,
            "ends_of_two_starts": other,
            "apart_in_own_plane": min(seen),
            "least_train_accuracy": min(right.values()),
            "spread_over_steps": float(np.ptp(rows.mean(axis=0))),
            "spread_over_starts": float(np.ptp(rows.mean(axis=1))),
            "told_apart": min(1.0, len(pairs) * min(_mcnemar(hits[i, h], hits[i, g]) for i, h, g in pairs)),
        },
        _shown(together=plane, alone=alone) if shows(seed) else {},
    )


def _ends_apart(plane: Mapping[tuple[int, float], Array], i: int, j: int, least: bool = False) -> float:
    """The largest (or least) distance in the plane of two ends, one from start i and one from start j."""
    ends = [[p[-1] for (k, _), p in plane.items() if k == start] for start in (i, j)]
    distances = [float(np.linalg.norm(a - b)) for a in ends[0] for b in ends[1]]
    return min(distances) if least else max(distances)


def _alone(s: Settings, corners: Mapping[tuple[int, float], Array]) -> dict[tuple[int, float], Array]:
    """The paths of each start in the plane of their own principal components."""
    alone: dict[tuple[int, float], Array] = {}
    for i in range(s.starts):
        pca = PCA(2, svd_solver="full").fit(np.concatenate([corners[i, h] for h in s.steps]))
        alone |= {(i, h): pca.transform(corners[i, h]) for h in s.steps}
    return alone


def _mcnemar(a: Array, b: Array) -> float:
    """The exact p-value of McNemar's test: whether two classifiers are right equally often, from the images that one alone has right."""
    only = int(np.sum(a & ~b)), int(np.sum(b & ~a))
    return float(binomtest(only[0], sum(only)).pvalue) if sum(only) else 1.0


def _shown(**planes: Mapping[tuple[int, float], Array]) -> Any:
    return {
        where: [{"start": i, "step": h, "path": np.round(p, 4).tolist()} for (i, h), p in paths.items()]
        for where, paths in planes.items()
    }


def draw(s: Settings, runs: Sequence[Run]) -> Mapping[str, Figure]:
    """The paths of the first run: all starts in one plane, and each start in its own."""
    shown = runs[0].shown
    together, (axes,) = figure(title="First layer's weights, one plane for all starts")
    for row in shown["together"]:
        _one_path(axes, row, s)
    axes.legend(fontsize="small")
    alone, several = figure(columns=s.starts, title="First layer's weights, a plane for each start")
    for row in shown["alone"]:
        _one_path(several[row["start"]], row, s)
        several[row["start"]].set_title(f"start {'ABC'[row['start'] % 3]}", fontsize="medium")
    several[-1].legend(fontsize="small")
    return {"together": together, "alone": alone}


def _one_path(axes: Any, row: Mapping[str, Any], s: Settings) -> None:
    x, y = np.array(row["path"]).T
    i = s.steps.index(row["step"])
    label = f"step {row['step']:g}" if row["start"] in (0, s.starts - 1) else None
    axes.plot(
        x,
        y,
        LINES[i],
        color=f"C{i}",
        linewidth=1,
        label=label if axes.get_legend_handles_labels()[1].count(label) == 0 else None,
    )
    axes.plot(x[-1], y[-1], MARKS[i], color=f"C{i}", markersize=5)
    axes.set(xlabel="first component", ylabel="second component")


EXPERIMENT = Experiment(
    NAME,
    "three starts, three steps each, on images: where the first layer's weights go, and what the networks reach",
    {
        "ends_of_one_start": "largest distance of two ends from one start, in the plane of all starts",
        "ends_of_two_starts": "least distance of two ends from two starts, in that plane",
        "apart_in_own_plane": "least, over starts, of the farthest that the path of the smallest step goes from that of the largest, in the plane of the start, to the diameter of the picture",
        "least_train_accuracy": "least share of training images that a network has right at its end",
        "spread_over_steps": "largest minus least test accuracy of a step, each the mean over starts",
        "spread_over_starts": "largest minus least test accuracy of a start, each the mean over steps",
        "told_apart": "p-value, of all pairs of steps from one start together (Bonferroni), of McNemar's exact test on the test images",
    },
    Settings(),
    Settings(images=200, width=12, steps=(0.1, 0.2, 0.4), iterations=1000),
    one,
    draw,
    {
        "together": "Three starts and three steps on MNIST: paths of the first layer's weights in the plane of the principal components of all of them. A mark is the end of a path. Float32.",
        "alone": "The same paths, those of each start in the plane of its own principal components. Float32.",
    },
    runs=48,
)
