"""Pictures of gradient descent on (a - x y)^2/2 and of the flows of a parabola; what is certified is said in the titles."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt
from numpy.typing import NDArray

from docs.pictures.drawing import save
from objectives import GD
from objectives.factorization import Diagonal, toy
from refute import Vec, lift, periodic_orbits
from refute.numbers.real import Real
from refute.orbits.fate import fate

Array = NDArray[np.float64]
QUARTER = ((Fraction(-1, 97), Fraction(10131, 5000)), (Fraction(-1, 97), Fraction(649, 2000)))
SIGNS = ((1, -1), (-1, 1), (-1, -1))


def orbits(folder: Path, coarse: int) -> None:
    """All orbits of periods 2, 3 and 4 at h = 1.9, certified; for a quick look periods 2 and 3."""
    figure, panels = plt.subplots(1, 3, figsize=(12, 4.2), sharex=True, sharey=True)
    rows = []
    t = np.linspace(0.35, 3, 200)
    for axes, period in zip(panels, (2, 3, 2 if coarse > 1 else 4), strict=True):
        found = periodic_orbits(Diagonal(Fraction(1), Fraction(19, 10)), period, QUARTER, SIGNS) or ()
        axes.plot(t, 1 / t, color="crimson", linewidth=0.8)
        axes.plot(-t, -1 / t, color="crimson", linewidth=0.8)
        for i, o in enumerate(found):
            points = np.array([[float(c) for c in p] for p in o.points]) @ np.array([[1, 1], [1, -1]]) / np.sqrt(2)
            rows += [[period, i, o.kind == "saddle", *p] for p in points]
            closed = np.vstack([points, points[:1]])
            axes.plot(*closed.T, "s-" if o.kind == "saddle" else "o-", markersize=3, linewidth=0.5)
        axes.set(
            title=f"period {period}: {len(found)} orbits, none attracting",
            xlabel="x",
            ylabel="y",
            xlim=(-3, 3),
            ylim=(-3, 3),
        )
    figure.suptitle("All periodic orbits at h = 1.9 (certified; circles repel, squares are saddles; red: minimizers)")
    header = "period, orbit, 1 for a saddle, x, y"
    np.savetxt(folder / "orbits.csv", np.array(rows, dtype=float), delimiter=",", header=header)
    save(figure, folder / "orbits.svg")


def limit_balance(folder: Path, coarse: int) -> None:
    """|x - y|^2 at the limit against h, from three starts, below the bound 2/h - 2."""
    steps = np.linspace(0.05, 0.999, 600 // coarse)
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(steps, 2 / steps - 2, color="black", label="2/h - 2")
    table = [steps]
    for start, mark in (((4.0, 0.1), "."), ((3.0, 0.5), "x"), ((2.0, 0.1), "+")):
        x, y = np.full_like(steps, start[0]), np.full_like(steps, start[1])
        with np.errstate(all="ignore"):
            for _ in range(4000):
                r = steps * (1 - x * y)
                x, y = x + r * y, y + r * x
            ends = np.where(np.abs(1 - x * y) < 1e-9, (x - y) ** 2, np.nan)
        table.append(ends)
        axes.plot(steps, ends, mark, rasterized=True, markersize=4, label=f"from {start}")
    axes.set(xlabel="step size h", ylabel="squared imbalance of the limit", yscale="log", ylim=(1e-4, 60))
    axes.set_title("Balance of the limit of GD on (1 - xy)²/2 (float64)")
    axes.legend()
    header = "h, |x - y|^2 at the limit from (4, 0.1), (3, 0.5), (2, 0.1)"
    np.savetxt(folder / "limit-balance.csv", np.array(table).T, delimiter=",", header=header)
    save(figure, folder / "limit-balance.svg")


def convergence_region(folder: Path, coarse: int) -> None:
    """For starts (x, 1/3): convergence, none, or undecided, each pixel by a certificate."""
    starts = [Fraction(i, 30) for i in range(-120, 121, coarse)]
    steps = [Fraction(i, 101) for i in range(1, 152, coarse)]
    found = np.zeros((len(steps), len(starts)))
    f = toy()
    for i, h in enumerate(steps):
        system = lift(GD(f, h), Real.of)
        for j, x in enumerate(starts):
            told = fate(system, lift(Vec((x, Fraction(1, 3))), Real.of), 128).converges
            found[i, j] = 0.5 if told is None else float(told)
    figure, axes = plt.subplots(figsize=(8, 5))
    extent = (float(starts[0]), float(starts[-1]), float(steps[0]), float(steps[-1]))
    axes.imshow(found, origin="lower", aspect="auto", extent=extent, cmap="Blues", vmin=0, vmax=1.4)
    grid, steep = np.meshgrid(np.linspace(-4, 4, 400), np.linspace(0.01, 1.5, 400))
    w = 4 - steep * (grid**2 + 1 / 9) - steep**2 * (1 - grid / 3)
    axes.contour(grid, steep, w, levels=[0], colors="crimson")
    axes.axhline(1, color="black", linewidth=0.8)
    share = float(np.mean(found == 0.5))
    axes.set(xlabel="x of the start (x, 1/3)", ylabel="step size h")
    axes.set_title(f"Convergence (dark) and its boundary w = 0, h = 1; certified but for {share:.2%} of the pixels")
    np.savetxt(folder / "convergence-region.csv", found, delimiter=",", header="rows: steps; 1 converges, 0 does not")
    save(figure, folder / "convergence-region.svg")


def flows(folder: Path, coarse: int) -> None:
    """Gradient descent on x^2/2 against the flow and the modified flow, four step sizes."""
    figure, panels = plt.subplots(1, 4, figsize=(14, 3.6))
    rows = []
    for axes, h in zip(panels, (0.2, 0.7, 1.5, 2.1), strict=True):
        k = np.arange(0, 12)
        t = np.linspace(0, 11 * h, 200)
        axes.plot(k * h, (1 - h) ** k, "o", label="gradient descent")
        axes.plot(t, np.exp(-t), "-", label="flow")
        axes.plot(t, np.exp(-(1 + h / 2) * t), "--", label="modified flow")
        axes.set(title=f"h = {h}", xlabel="t")
        rows += [[h, i, (1 - h) ** i, np.exp(-i * h), np.exp(-(1 + h / 2) * i * h)] for i in k]
    panels[0].legend(fontsize="small")
    figure.suptitle("f(x) = x²/2 from 1: closed forms")
    header = "h, k, x_k, flow, modified flow"
    np.savetxt(folder / "flows.csv", np.array(rows), delimiter=",", header=header)
    save(figure, folder / "flows.svg")
