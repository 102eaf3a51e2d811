"""The three regimes of the parabola, and an orbit that runs away although its gradients vanish."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt

from docs.pictures.drawing import save
from docs.pictures.outcomes import Array


def parabola_regimes(folder: Path, coarse: int) -> None:
    """x_{k + 1} = (1 - h) x_k from 1 for one step size of each regime."""
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.4), sharex=True)
    rows = []
    for axes, h in zip(panels, (Fraction(1, 2), Fraction(3, 2), Fraction(21, 10)), strict=True):
        xs = [float((1 - h) ** k) for k in range(13)]
        rows.append([float(h), *xs])
        axes.plot(xs, "o-", markersize=3, linewidth=0.8)
        axes.axhline(0, color="black", linewidth=0.5)
        axes.set(title=f"h = {h}", xlabel="k", ylabel="x_k")
    np.savetxt(folder / "parabola-regimes.csv", np.array(rows), delimiter=",", header="h, x_0, ..., x_12")
    save(figure, folder / "parabola-regimes.svg")


def runs_away(folder: Path, coarse: int) -> None:
    """f = 1/(1 + (x + 1)^2) - 1/(1 + (x + 2)^2), which has a minimum, and its orbit from 0 with h = 1/2, which goes to infinity."""

    def f(x: Array) -> Array:
        return 1 / (1 + (x + 1) ** 2) - 1 / (1 + (x + 2) ** 2)

    def slope(x: float) -> float:
        return -2 * (x + 1) / (1 + (x + 1) ** 2) ** 2 + 2 * (x + 2) / (1 + (x + 2) ** 2) ** 2

    xs = [0.0]
    for _ in range(400 // coarse):
        xs.append(xs[-1] - slope(xs[-1]) / 2)
    orbit = np.array(xs)
    np.savetxt(folder / "runs-away.csv", orbit, delimiter=",", header="x_0, x_1, ...")
    figure, axes = plt.subplots(figsize=(7.5, 2.6))
    grid = np.linspace(-5, 5, 600)
    axes.plot(grid, f(grid), color="black", linewidth=0.9)
    axes.plot(orbit[::8], f(orbit[::8]), "o", color="C0", markersize=3.5)
    axes.annotate("x_0", (0, f(orbit[:1])[0]), (0.1, f(orbit[:1])[0] + 0.12))
    axes.annotate("x_400", (orbit[-1], f(orbit[-1:])[0]), (orbit[-1] - 0.3, 0.22))
    axes.axhline(0, color="grey", linewidth=0.5)
    axes.set(xlabel="x", ylabel="f(x)", xlim=(-5, 5))
    save(figure, folder / "runs-away.svg")
