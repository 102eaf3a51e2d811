"""The three regimes of the parabola, in exact rationals."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt

from docs.pictures.drawing import save


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
