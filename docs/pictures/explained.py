"""Pictures that explain: the certificates of limits as cobwebs of maps of the line, and the way of a statement to its verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from docs.pictures.drawing import save
from docs.pictures.outcomes import Array


@dataclass(frozen=True)
class Cobweb:
    """A map, where it is drawn, an orbit of it, and the intervals that the certificate names, each with the interval that it is taken into."""

    title: str
    T: Callable[[Array], Array]
    lo: float
    hi: float
    start: float
    steps: int
    boxes: tuple[tuple[float, float], ...] = ()


COBWEBS = (
    Cobweb("capture: a box that T contracts into itself", np.cos, 0.0, 1.5, 0.1, 12, ((0.55, 0.95),)),
    Cobweb(
        "funnel: every step leads into the box",
        lambda x: x - 0.6 * x / (1 + x**2),
        -0.5,
        4.0,
        3.8,
        14,
        ((-0.4, 0.4), (0.4, 3.9)),
    ),
    Cobweb("contraction: a factor below 1 for all distances", lambda x: -0.75 * x, -1.1, 1.1, 1.0, 12),
    Cobweb(
        "monotone: T increases on an interval, into itself",
        lambda x: x - 0.3 * x**3,
        -0.1,
        1.1,
        1.0,
        14,
        ((0.0, 1.0),),
    ),
    Cobweb(
        "cycle: a power of T contracts a box",
        lambda x: 3.2 * x * (1 - x),
        0.0,
        1.0,
        0.2,
        26,
        ((0.46, 0.56), (0.75, 0.84)),
    ),
    Cobweb(
        "escape: every step leads outwards, no rest point", lambda x: x + 0.35 + 0.2 * np.sin(3 * x), 0.0, 4.5, 0.1, 10
    ),
    Cobweb("alternating: from side to side, outwards", lambda x: -1.35 * x, -2.2, 2.2, 0.2, 8),
    Cobweb("outside: every point is at least doubled", lambda x: x**2 + 0.5, 0.0, 20.0, 1.9, 3),
)


def certificates(folder: Path, coarse: int) -> None:
    """One panel for each kind of certificate."""
    figure, panels = plt.subplots(2, 4, figsize=(13, 6.6))
    rows = []
    for axes, web in zip(panels.flat, COBWEBS, strict=True):
        xs = [web.start]
        for _ in range(web.steps):
            xs.append(float(web.T(np.array(xs[-1]))))
        _draw(axes, web, np.array(xs))
        rows.append([float(len(xs)), *xs, *[0.0] * (27 - len(xs))])
    np.savetxt(folder / "certificates.csv", np.array(rows), delimiter=",", header="how many, x_0, x_1, ...")
    figure.tight_layout()
    save(figure, folder / "certificates.svg")


def _draw(axes: Axes, web: Cobweb, xs: Array) -> None:
    grid = np.linspace(web.lo, web.hi, 300)
    axes.plot(grid, web.T(grid), color="black", linewidth=1)
    axes.plot([web.lo, web.hi], [web.lo, web.hi], color="grey", linewidth=0.6)
    for i, (a, b) in enumerate(web.boxes):
        axes.add_patch(
            Rectangle((a, a), b - a, b - a, facecolor="#2c7fb8" if i == 0 else "#fdae61", alpha=0.25, edgecolor="none")
        )
    corners = np.repeat(xs, 2)
    axes.plot(corners[:-1], corners[1:], color="#a8201a", linewidth=0.8)
    axes.plot(xs[:1], xs[:1], "o", color="#a8201a", markersize=4)
    axes.set(title=web.title, xlim=(web.lo, web.hi), ylim=(web.lo, web.hi), xticks=[], yticks=[])
    axes.title.set_fontsize(8.5)


# A box of the way: where it stands, its words, and what it leads to.
STATIONS: dict[str, tuple[float, float, str]] = {
    "statement": (0.0, 1.0, "statement\nsignature, body,\nhypotheses"),
    "duality": (1.3, 1.9, "duality\nrun once on abstract\npoints: all functions"),
    "draw": (1.3, 0.5, "draw\nHypothesis: one\nexact instance"),
    "screen": (1.3, -0.6, "screen\n128 floats around it:\nthey decide nothing"),
    "decide": (2.6, 0.5, "decide\nexact reals, balls,\ncertificates of limits"),
    "again": (3.9, 1.0, "ask again\nmpmath, a second\nchecker, a replay"),
    "verdict": (5.2, 1.0, "verdict\nproved, holds,\nrefuted, undecided"),
    "file": (5.2, -0.3, "certificate\na counterexample or\na proof, as a file"),
}
ARROWS = (
    ("statement", "duality"),
    ("statement", "draw"),
    ("duality", "again"),
    ("draw", "decide"),
    ("draw", "screen"),
    ("screen", "draw"),
    ("decide", "again"),
    ("again", "verdict"),
    ("verdict", "file"),
)


def way(folder: Path, coarse: int) -> None:
    """The way of a statement to its verdict, as boxes and arrows."""
    figure, axes = plt.subplots(figsize=(11, 4.2))
    for x, y, text in STATIONS.values():
        axes.add_patch(
            FancyBboxPatch(
                (x - 0.5, y - 0.32), 1.0, 0.64, boxstyle="round,pad=0.04", facecolor="#eef4f9", edgecolor="#2c7fb8"
            )
        )
        head, *rest = text.split("\n")
        axes.text(x, y + 0.17, head, ha="center", va="center", fontsize=10, fontweight="bold")
        axes.text(x, y - 0.11, "\n".join(rest), ha="center", va="center", fontsize=8.5)
    for one, other in ARROWS:
        (a, b, _), (c, d, _) = STATIONS[one], STATIONS[other]
        upright = abs(c - a) < 0.1
        side = 0.12 * (1 if (one, other) == ("draw", "screen") else -1 if (one, other) == ("screen", "draw") else 0)
        tail = (a + side, b + (0.36 if d > b else -0.36)) if upright else (a + 0.54, b)
        tip = (c + side, d + (0.36 if d < b else -0.36)) if upright else (c - 0.54, d)
        axes.annotate("", tip, tail, arrowprops={"arrowstyle": "->", "color": "#444444", "linewidth": 1})
    axes.set(xlim=(-0.7, 5.9), ylim=(-1.1, 2.4))
    axes.axis("off")
    save(figure, folder / "way.svg")
