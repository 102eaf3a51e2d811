"""`python -m experiments NAME`: run an experiment, draw its figures, and, with --record, write what the records of theorems/experiments are asked about."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from experiments.figures import write
from experiments.on_torch import torch
from experiments.protocol import Experiment, Run
from experiments.record import record
from experiments.runs import NAMES, experiment, images_for, run_all
from refute import BadInput

#: Runs of a quick look; and the first seed of a full one: what the statements are was settled on those before.
QUICK, FIRST = 6, 100


@click.command(help=__doc__)
@click.argument("name", metavar="NAME|all")
@click.option("--quick", is_flag=True, help="Small networks and images: seconds instead of minutes.")
@click.option(
    "--runs", type=int, help="How many independent runs; else as many as the records are about, or 6 for --quick."
)
@click.option("--first", type=int, help="The seed of the first of them; else 100, or 0 for --quick.")
@click.option("--data", type=click.Path(path_type=Path), help="Your own images: a folder with an .npz or IDX files.")
@click.option("--out", type=click.Path(path_type=Path), default=Path(".refute/experiments"), show_default=True)
@click.option("--jobs", "-j", default=os.cpu_count() or 1, show_default=True, help="How many processes.")
@click.option(
    "--backend",
    type=click.Choice(["numpy", "torch"]),
    default="numpy",
    show_default=True,
    help="PyTorch, on a GPU where there is one.",
)
@click.option("--record", "to_record", is_flag=True, help="Write the results where the records read them.")
def main(
    name: str,
    quick: bool,
    runs: int | None,
    first: int | None,
    data: Path | None,
    out: Path,
    jobs: int,
    backend: str,
    to_record: bool,
) -> None:
    """See the docstring of the file."""
    try:
        if (runs is not None and runs < 1) or jobs < 1:
            raise BadInput("--runs and --jobs are at least 1")
        if backend == "torch":
            torch()
        if to_record and (quick or data is not None or first is not None or backend != "numpy"):
            raise BadInput(
                "--record is for full runs on the images that come with the extra: leave out --quick, --data, --first and --backend"
            )
        for e in [experiment(n) for n in (NAMES if name == "all" else [name])]:
            n = runs or (QUICK if quick else e.runs)
            start = first if first is not None else 0 if quick else FIRST
            _one(e, quick, range(start, start + n), data, out, jobs, backend, to_record)
    except BadInput as why:
        click.echo(f"experiments: {why}", err=True)
        sys.exit(1)


def _one(
    e: Experiment, quick: bool, seeds: range, data: Path | None, out: Path, jobs: int, backend: str, to_record: bool
) -> None:
    settings = replace(e.quick if quick else e.full, backend=backend)
    images = images_for(e, quick, data)
    path = out / f"{e.name}{'-quick' if quick else ''}{'' if backend == 'numpy' else f'-{backend}'}.jsonl"
    click.echo(f"{e.name}: {e.about} ({len(seeds)} runs{f' on {images.name}' if images else ''})")
    begun, done = time.monotonic(), 0

    def tell(run: Run) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            click.echo(f"\r  run {run.seed}, {done} done, {time.monotonic() - begun:.0f} s", nl=False, err=True)

    found = run_all(e, settings, images, seeds, path, jobs, tell)
    if done and sys.stderr.isatty():
        click.echo(err=True)
    for key, says in e.quantities.items():
        values = sorted(r.measured[key] for r in found if key in r.measured)
        if values:
            click.echo(f"  {values[len(values) // 2]:>12.5g}  from {values[0]:.5g} to {values[-1]:.5g}  {key}: {says}")
    for file in [path, *write(e.draw(settings, found), e.captions, path.parent, path.stem)]:
        click.echo(f"  {file}")
    if to_record:
        click.echo(f"  {record(e, settings, images, found)}")


if __name__ == "__main__":
    main()
