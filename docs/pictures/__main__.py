"""The pictures and their data: `python -m docs.pictures` (needs matplotlib); those of factorizations are in factorization.py, those of
orbits that do not converge in chaos.py.

The worked examples: on the line 1,000 starts and 200 steps, in the plane 4,000 random starts in [3, 4]^2 and 120 steps, 1,000 iterations each.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from docs.pictures import chaos, classical, explained, factorization
from docs.pictures.captions import CAPTIONS
from docs.pictures.drawing import save
from docs.pictures.outcomes import FLAT, NONE, SHARP, Array, hoeffding, outcomes_1d, outcomes_2d
from objectives.wells import example_1d, example_2d
from refute import Batch, Vec, lift

# None, flat, sharp, sharpest: distinguishable without colour, too.
COLOURS = ListedColormap(["#ffffff", "#2c7fb8", "#fdae61", "#7b3294"])
NAMES = ("none in 1000 iterations", "flat (0)", "sharp (5/2)", "sharpest (8.5)")


def outcome_map(folder: Path, coarse: int) -> None:
    """Start against step: which minimum."""
    starts, steps = np.linspace(0, 14, 1000 // coarse), np.linspace(0.0001, 0.05, 200 // coarse)
    found = outcomes_1d(starts, steps)
    np.savetxt(
        folder / "outcomes-1d.csv",
        found,
        fmt="%d",
        delimiter=",",
        header="rows: steps 0.0001..0.05, columns: starts 0..14",
    )
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.imshow(found, origin="lower", aspect="auto", extent=(0, 14, 0, 0.05), cmap=COLOURS, vmin=0, vmax=3)
    handles = [Patch(facecolor=COLOURS(i), edgecolor="black") for i in range(4)]
    axes.legend(handles, NAMES, fontsize="small", loc="upper right")
    axes.set(xlabel="start", ylabel="step size", title="Where GD ends on the line (float64)")
    save(figure, folder / "outcomes-1d.svg")


def trajectories(folder: Path, coarse: int) -> None:
    """One start, three steps."""
    f = lift(example_1d(10**5), Batch.of)
    grid = np.linspace(-1, 10, 4000)
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(grid, f(Vec((Batch(grid),))).f, color="black", linewidth=0.8)
    rows = []
    for h, mark in ((0.0004, "o"), (0.001, "s"), (0.02, "^")):
        xs = _path(f, h, [3.5], 60)[:, 0]
        rows.append([h, *xs])
        axes.plot(xs, f(Vec((Batch(xs),))).f, mark + "-", markersize=3, linewidth=0.6, label=f"step {h}")
    axes.set(xlabel="x", ylabel="f(x)", title="From 3.5 with three steps (float64)", ylim=(-20, 500))
    axes.legend()
    np.savetxt(folder / "trajectories-1d.csv", np.array(rows), delimiter=",", header="step size, x_0, ..., x_60")
    save(figure, folder / "trajectories-1d.svg")


def _path(f: Any, h: float, start: list[float], n: int) -> Array:
    """x_0, ..., x_n, a row for each."""
    path = [np.array(start)]
    for _ in range(n):
        g = f.grad(Vec(tuple(Batch(c) for c in path[-1])))
        path.append(path[-1] - h * np.array([float(c.f) for c in g]))
    return np.array(path)


def trajectories_2d(folder: Path, coarse: int) -> None:
    """One start in the plane, three steps, over the level lines of f."""
    f = lift(example_2d(mended=True), Batch.of)
    side = np.linspace(-2.5, 4, 400 // coarse)
    x, y = np.meshgrid(side, side)
    figure, axes = plt.subplots(figsize=(7, 6))
    axes.contour(x, y, f(Vec((Batch(x), Batch(y)))).f, levels=24, linewidths=0.4, colors="grey").set_rasterized(True)
    rows = []
    for h, mark in ((0.005, "o"), (0.02, "s"), (0.1, "^")):
        path = _path(f, h, [3.5, 3.25], 60)
        rows += [[h, *axis] for axis in path.T]
        axes.plot(*path.T, mark + "-", markersize=3, linewidth=0.6, label=f"step {h}")
    axes.set(xlabel="x", ylabel="y", title="From (3.5, 3.25) with three steps (float64)")
    axes.legend()
    np.savetxt(
        folder / "trajectories-2d.csv", np.array(rows), delimiter=",", header="step size, x_0, ..., x_60 and a row of y"
    )
    save(figure, folder / "trajectories-2d.svg")


def flat_share(folder: Path, coarse: int) -> None:
    """The share of starts in [3, 4]^2 that end in the flat minimum, and in a sharp one, against the step."""
    starts = np.random.default_rng(0).uniform(3, 4, (2, 4000 // coarse))
    steps = np.sort(np.concatenate([np.linspace(0.001, 0.12, 60 // coarse), np.linspace(0.0171, 0.0239, 60 // coarse)]))
    found = outcomes_2d(starts, steps)
    shares = {name: (found == kind).mean(axis=1) for name, kind in (("flat", FLAT), ("sharp", SHARP), ("none", NONE))}
    radius = hoeffding(starts.shape[1])
    table = np.column_stack([steps, *shares.values()])
    np.savetxt(
        folder / "shares-2d.csv",
        table,
        delimiter=",",
        header=f"step, {', '.join(shares)} (each +- {radius:.4f}, error 1e-9)",
    )
    figure, axes = plt.subplots(figsize=(8, 5))
    for (name, share), mark in zip(shares.items(), "o^x", strict=True):
        axes.plot(steps, share, mark + "-", markersize=3, label=name)
        axes.fill_between(steps, np.clip(share - radius, 0, 1), np.clip(share + radius, 0, 1), alpha=0.15)
    axes.set(
        xlabel="step size",
        ylabel=f"share of {starts.shape[1]} starts",
        title="Where GD ends in the plane (float64; bands: error 1e-9)",
    )
    axes.legend()
    save(figure, folder / "shares-2d.svg")


PICTURES = (
    classical.parabola_regimes,
    classical.runs_away,
    outcome_map,
    trajectories,
    trajectories_2d,
    flat_share,
    factorization.orbits,
    factorization.limit_balance,
    factorization.convergence_region,
    factorization.flows,
    chaos.gradient_norm,
    chaos.bifurcations,
    chaos.ripples,
    chaos.hidden_cycles,
    chaos.loss_spikes,
    explained.certificates,
    explained.way,
)


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path(".refute") / "pictures", show_default=True
)
@click.option("--coarse", is_flag=True, help="A tenth of the starts and steps, to try it.")
def main(out: Path, coarse: bool) -> None:
    """Draw the pictures, each with its data beside it, and their captions (captions.json)."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "captions.json").write_text(json.dumps(CAPTIONS, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for draw in PICTURES:
        started = time.monotonic()
        draw(out, 10 if coarse else 1)
        click.echo(f"{draw.__name__}: {time.monotonic() - started:.1f} s")
    click.echo(f"in {out}")


if __name__ == "__main__":
    main()
