"""Pictures of large steps that do not converge: the critical step, the diagonal's bifurcations, ripples, loss spikes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt

from docs.pictures.drawing import save
from objectives import orbit
from objectives.networks import Logistic
from objectives.ripples import Multiscale, law_of_iterate
from refute import Batch, lift, vec
from refute.numbers.real import Real


def gradient_norm(folder: Path, coarse: int) -> None:
    """The gradient's norm on the last of 4000 iterates, against h, with the formula beyond the critical step."""
    steps = np.linspace(0.7, 1.23, 400 // coarse)
    x, y = np.full_like(steps, 1.2), np.full_like(steps, 0.9)
    for _ in range(4000):
        r = steps * (1 - x * y)
        x, y = x + r * y, y + r * x
    found = np.abs(1 - x * y) * np.hypot(x, y)
    formula = np.sqrt(2 * np.maximum(steps - 1, 0) / steps**3)
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(steps, formula, color="black", linewidth=0.8, label="0, then the root of 2(h - 1)/h³")
    axes.plot(steps, found, ".", markersize=4, label="after 4000 steps from (1.2, 0.9)")
    axes.axvline(1, color="crimson", linewidth=0.8)
    axes.set(xlabel="step size h", ylabel="gradient norm", title="(1 - xy)²/2 across the critical step 1 (float64)")
    axes.legend()
    table = np.column_stack([steps, found, formula])
    np.savetxt(folder / "gradient-norm.csv", table, delimiter=",", header="h, gradient norm, formula")
    save(figure, folder / "gradient-norm.svg")


def bifurcations(folder: Path, coarse: int) -> None:
    """On the diagonal x = y = t: where orbits go, against h."""
    steps = np.linspace(0.9, 2, 1000 // coarse)
    t = np.full_like(steps, 0.4)
    for _ in range(1000):
        t = t + steps * (1 - t * t) * t
    rows = []
    for _ in range(64):
        t = t + steps * (1 - t * t) * t
        rows.append(t.copy())
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(np.tile(steps, len(rows)), np.concatenate(rows), ",", color="black", rasterized=True)
    axes.set(
        xlabel="step size h", ylabel="t", title="GD on (1 - t²)²/2 on the diagonal, iterates 1001 to 1064 (float64)"
    )
    table = np.column_stack([steps, np.array(rows).T])
    np.savetxt(folder / "bifurcations.csv", table, delimiter=",", header="h, t_1001, ..., t_1064")
    save(figure, folder / "bifurcations.svg")


def hidden_cycles(folder: Path, coarse: int) -> None:
    """Among ripples at h = 3/4: where orbits go, against 1/eps."""
    scales = np.linspace(8, 36, 1400 // coarse)
    x = np.full_like(scales, 0.5)
    for _ in range(3000):
        x = 0.25 * x - 0.75 * np.sin(scales * x)
    rows = []
    for _ in range(64):
        x = 0.25 * x - 0.75 * np.sin(scales * x)
        rows.append(x.copy())
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(np.tile(scales, len(rows)), np.concatenate(rows), ",", color="black", rasterized=True)
    axes.set(xlabel="1/ε", ylabel="x", title="GD on x²/2 - ε cos(x/ε), h = 3/4, iterates 3001 to 3064 (float64)")
    table = np.column_stack([scales, np.array(rows).T])
    np.savetxt(folder / "hidden-cycles.csv", table, fmt="%.6g", delimiter=",", header="1/eps, x_3001, ..., x_3064")
    save(figure, folder / "hidden-cycles.svg")


def ripples(folder: Path, coarse: int) -> None:
    """Where gradient descent is among ripples, from certified trajectories, against the Gibbs law."""
    figure, panels = plt.subplots(1, 2, figsize=(11, 4))
    f = Multiscale(Fraction(1), Fraction(1), Fraction(1, 1000))
    table = []
    for axes, h, k in zip(panels, (Fraction(1, 20), Fraction(1, 2)), (80, 12), strict=True):
        sample = law_of_iterate(lift(f, Real.of), Real.of(h), 20_000 // coarse, k, 1)()
        points = np.array([float(p) for p in sample.points])
        T = float(h) / 4
        grid = np.linspace(-4 * T**0.5, 4 * T**0.5, 200)
        axes.hist(points, bins=80, density=True, alpha=0.5, label=f"{len(points)} starts, {k} steps")
        axes.plot(grid, np.exp(-(grid**2) / (2 * T)) / np.sqrt(2 * np.pi * T), color="black", label="Gibbs, T = h/4")
        axes.set(title=f"h = {h}", xlabel="x")
        axes.legend(fontsize="small")
        table += [[float(h), *np.quantile(points, np.linspace(0, 1, 101))]]
    figure.suptitle("x²/2 with ripples of the scale 1/1000 (certified trajectories)")
    np.savetxt(folder / "ripples.csv", np.array(table), delimiter=",", header="h, quantiles 0, 0.01, ..., 1 of x")
    save(figure, folder / "ripples.svg")


def loss_spikes(folder: Path, coarse: int) -> None:
    """The logistic loss along runs with three step sizes."""
    f = lift(Logistic((vec(Fraction(1, 2), 1), vec(Fraction(1, 2), -1), vec(1, 3)), vec(1, 0)), Batch.of)
    figure, axes = plt.subplots(figsize=(8, 5))
    rows = []
    for h in (0.5, 8.0, 60.0):
        xs = orbit(f, Batch(h), lift(vec(0, 1), Batch.of), 300 // coarse)
        losses = [float(np.asarray(f(x).f).reshape(-1)[0]) for x in xs]
        rows.append([h, *losses])
        axes.plot(losses, label=f"h = {h}")
    axes.set(
        xlabel="k", ylabel="loss", yscale="log", xscale="symlog", xlim=(0, 300), title="Logistic regression (float64)"
    )
    axes.legend()
    np.savetxt(folder / "loss-spikes.csv", np.array(rows), delimiter=",", header="h, L(w_0), L(w_1), ...")
    save(figure, folder / "loss-spikes.svg")
