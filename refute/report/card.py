"""The picture of a counterexample: the function with the trajectory, and its values along it (float64; it proves nothing)."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np

from refute.report.svg import lighter
from refute.sources.discover import of_objectives

# Distinguishable without colour, too.
MARKS = ("o", "s", "^")
INK = ("#1b6ca8", "#c2571a", "#5b3a8c")
STYLE: Any = {
    "svg.fonttype": "none",
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "refute",
}


def portrait_of(instance: Mapping[str, Any]) -> str | None:
    """The picture of an instance, where the objectives know one and matplotlib is there."""
    # An extra: a page without pictures is still a page.
    if find_spec("matplotlib") is None:
        return None
    objectives = of_objectives("methods.portrait")
    found = None if objectives is None else objectives.portrait(instance)
    return None if found is None else picture(found)


def picture(portrait: Any) -> str:
    """An SVG as a data URI."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    with mpl.rc_context(STYLE):
        wide = portrait.dim <= 2
        figure, axes = plt.subplots(1, 2 if wide else 1, figsize=(6.4, 2.4) if wide else (3.4, 2.4))
        if wide:
            (_line if portrait.dim == 1 else _plane)(axes[0], portrait)
        last = axes[1] if wide else axes
        for i, (label, _, values) in enumerate(portrait.paths):
            last.plot(values, MARKS[i % 3] + "-", color=INK[i % 3], markersize=2.5, linewidth=0.8, label=label)
        last.set(xlabel="k", ylabel="f(x_k)")
        last.legend(frameon=False)
        for axes_ in figure.axes:
            axes_.locator_params(nbins=5)
        figure.subplots_adjust(left=0.1 if wide else 0.2, right=0.98, bottom=0.2, top=0.95, wspace=0.3)
        out = io.BytesIO()
        figure.savefig(out, format="svg", dpi=80, metadata={"Date": None})
        plt.close(figure)
    return "data:image/svg+xml;base64," + b64encode(lighter(out.getvalue().decode()).encode()).decode()


def _hull(portrait: Any, axis: int) -> tuple[float, float]:
    every = np.concatenate([points[:, axis] for _, points, _ in portrait.paths])
    lo, hi = float(every.min()), float(every.max())
    room = 0.15 * (hi - lo) or 1.0
    return lo - room, hi + room


def _line(axes: Any, portrait: Any) -> None:
    grid = np.linspace(*_hull(portrait, 0), 200)
    axes.plot(grid, portrait.values(grid), color="black", linewidth=0.8)
    for i, (_, points, values) in enumerate(portrait.paths):
        axes.plot(points[:, 0], values, MARKS[i % 3] + "-", color=INK[i % 3], markersize=2.5, linewidth=0.5)
    axes.set(xlabel="x", ylabel="f(x)")


def _plane(axes: Any, portrait: Any) -> None:
    x, y = np.meshgrid(*(np.linspace(*_hull(portrait, i), 60) for i in (0, 1)))
    values = portrait.values(x, y)
    shown = np.log1p(values - values.min())
    axes.contour(x, y, shown, 9, colors="grey", linewidths=0.4).set_rasterized(True)
    for i, (_, points, _) in enumerate(portrait.paths):
        axes.plot(points[:, 0], points[:, 1], MARKS[i % 3] + "-", color=INK[i % 3], markersize=2.5, linewidth=0.5)
    axes.set(xlabel="x", ylabel="y")
