"""A small network that is trained on data of two scales with a large step, one weight against the iteration: tao-wang-2022.

The data are x = (t, t/eps), y = sin 2t + 0.3 sin(t/eps) at 64 points t of [-1, 1]; the network has one hidden layer, and squared loss. With sine as activation the
loss inherits the scale eps along the weights of the fast input; with tanh it does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from experiments.data import Images
from experiments.figures import figure
from experiments.network import SINE, SQUARED, TANH, Activation, Array, Network, network
from experiments.protocol import Experiment, Run, rng_of, shows

NAME = "multiscale-network"
#: How far apart the twin starts that shows sensitivity; bins of the last iterates; the range of the scan of the loss, and its points.
TWIN, BINS, SCANNED, POINTS = 1e-9, 50, 1.0, 2001
#: Along the weights of how many hidden units: the scale shows in each.
FEW = 4
QUANTITIES = {
    "bounded": "1 where all iterates stayed bounded, else 0, and nothing else is measured",
    "range_of_the_weight": "largest minus least of the last values of the weight that moves most",
    "values_of_the_weight": "how many of them differ by six digits",
    "gaps_of_the_weight": "how many of 50 bins between the least and the largest are empty",
    "gradient_at_the_end": "largest norm of the gradient among the last iterates, to that at the start",
    "gradient_at_the_end_small": "the same with the small step",
    "separation": "by which factor an orbit that starts 10^-9 away is farther away after the last iterates",
    "minima_along_fast_weight": "largest number of local minima of the loss along one weight of t/eps, within 1",
    "minima_along_slow_weight": "largest number of local minima of the loss along one weight of t, within 1",
}


@dataclass(frozen=True)
class Settings:
    data: int = 64
    eps: float = 0.02
    width: int = 32
    width_tanh: int = 4
    step: float = 1.0
    step_tanh: float = 0.2
    small: float = 0.002
    iterations: int = 8000
    last: int = 2000
    backend: str = "numpy"


def one(s: Settings, images: Images | None, seed: int) -> Run:
    """A start of each network, drawn anew."""
    measured: dict[str, float] = {}
    shown = {}
    for k, (name, activation, width, h) in enumerate(_networks(s)):
        found, weights = _trained(s, network(s.backend, (2, width, 1), activation, SQUARED), h, rng_of(NAME, seed, k))
        measured |= {f"{name}_{key}": v for key, v in found.items()}
        shown[name] = weights
    return Run(seed, measured, shown if shows(seed) else {})


def _networks(s: Settings) -> tuple[tuple[str, Activation, int, float], ...]:
    """Name, activation, width and large step."""
    return (("sine", SINE, s.width, s.step), ("tanh", TANH, s.width_tanh, s.step_tanh))


def _data(s: Settings) -> tuple[Array, Array]:
    t = np.linspace(-1, 1, s.data)[:, None]
    return np.hstack([t, t / s.eps]), np.sin(2 * t) + 0.3 * np.sin(t / s.eps)


def _trained(
    s: Settings, net: Network, h: float, rng: np.random.Generator
) -> tuple[dict[str, float], Mapping[str, list[float]]]:
    X, Y = _data(s)
    start = net.start(rng, dtype=np.float64)
    path, slopes, apart = _iterates(net, start, X, Y, h, s)
    small, small_slopes, _ = _iterates(net, start, X, Y, s.small, s)
    if not np.all(np.isfinite(path[-1])):
        return dict.fromkeys(QUANTITIES, 0.0), {"large": [], "small": []}
    last = path[-s.last :]
    j = int(last.std(axis=0).argmax())
    values = last[:, j]
    filled = np.histogram(values, bins=BINS)[0] > 0
    return {
        "bounded": 1.0,
        "range_of_the_weight": float(np.ptp(values)),
        "values_of_the_weight": float(len(np.unique(np.round(values, 6)))),
        "gaps_of_the_weight": float(np.sum(~filled)),
        "gradient_at_the_end": float(slopes[-s.last :].max() / slopes[0]),
        "gradient_at_the_end_small": float(small_slopes[-s.last :].max() / small_slopes[0]),
        "separation": float(apart / TWIN),
        "minima_along_fast_weight": _most_minima(net, path[-1], X, Y, 1),
        "minima_along_slow_weight": _most_minima(net, path[-1], X, Y, 0),
    }, {
        "large": np.round(path[:: max(1, len(path) // 4000), j], 6).tolist(),
        "small": np.round(small[::8, j], 6).tolist(),
    }


def _iterates(net: Network, start: Array, X: Array, Y: Array, h: float, s: Settings) -> tuple[Array, Array, float]:
    """All iterates, the norms of their gradients, and how far a twin that starts TWIN from iterate K - last is at the end."""
    theta, twin = start.copy(), start
    path, slopes = np.empty((s.iterations, len(theta))), np.empty(s.iterations)
    for k in range(s.iterations):
        if k == s.iterations - s.last:
            twin = theta + TWIN / np.sqrt(len(theta))
        if k >= s.iterations - s.last:
            twin = twin - h * net.value_and_gradient(twin, X, Y)[1]
        loss, g = net.value_and_gradient(theta, X, Y)
        path[k], slopes[k] = theta, np.linalg.norm(g)
        if not loss < 1e9:
            path[k:] = np.nan
            return path, slopes, float("nan")
        theta = theta - h * g
    return path, slopes, float(np.linalg.norm(theta - twin))


def _most_minima(net: Network, theta: Array, X: Array, Y: Array, row: int) -> float:
    """The largest number of local minima of the loss along one weight of an input, within SCANNED of where it is."""
    most = 0
    for unit in range(min(FEW, net.widths[1])):
        f = np.empty(POINTS)
        for i, by in enumerate(np.linspace(-SCANNED, SCANNED, POINTS)):
            other = theta.copy()
            net.layers(other)[0][0][row, unit] += by
            f[i] = net.value(other, X, Y)
        most = max(most, int(np.sum((f[1:-1] < f[:-2]) & (f[1:-1] < f[2:]))))
    return float(most)


def draw(s: Settings, runs: Sequence[Run]) -> Mapping[str, Figure]:
    """One weight of the first run against the iteration, for both networks and both steps."""
    weight, axes = figure(columns=2, title="One weight against the iteration")
    for a, (name, _, _, large) in zip(axes, _networks(s), strict=True):
        rows = runs[0].shown[name]
        for i, (key, h) in enumerate((("small", s.small), ("large", large))):
            every = s.iterations / max(1, len(rows[key]))
            a.plot(every * np.arange(len(rows[key])), rows[key], ".", markersize=1, color=f"C{i}", label=f"step {h:g}")
        a.set(xlabel="iteration", ylabel="weight", title=name)
        a.legend(fontsize="small", markerscale=6)
    return {"weight": weight}


EXPERIMENT = Experiment(
    NAME,
    "a small network on data of two scales: does a weight settle?",
    {f"{name}_{key}": f"{text} ({name})" for name in ("sine", "tanh") for key, text in QUANTITIES.items()},
    Settings(),
    Settings(iterations=4000, last=1000),
    one,
    draw,
    {
        "weight": "One weight of a small network against the iteration, trained on data of two scales with a small and a large step: blobs, and no value, with sines. Float64.",
    },
    images=False,
    runs=48,
)
