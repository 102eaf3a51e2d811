"""The needles against refute and its peers: `python -m benchmarks.needles`.

Every run is appended to .refute/needles/runs.jsonl as it ends; a second call goes on where the first
was stopped, and with --table only prints the table.
"""

import os
import sys
from concurrent.futures import as_completed
from pathlib import Path

import click

from benchmarks.needles import environments, table
from benchmarks.needles.needles import needles, twins
from benchmarks.needles.tools import run
from refute.running.journal import append, read
from refute.running.workers import Workers

FOLDER = Path(".refute") / "needles"


def wanted(quick: bool) -> list[tuple[str, str, int]]:
    """(tool, needle, seed): five seeds for refute, three for the peers; quick: the fourteen and one seed."""
    ours, peers = (1, 1) if quick else (5, 3)
    named = [name for name, needle in needles().items() if needle.named]
    others = [] if quick else [name for name, needle in needles().items() if not needle.named]
    found = [(tool, n, seed) for tool in ("check", "hunt") for n in (*named, *others) for seed in range(ours)]
    found += [("PEPit", n, 0) for n in named]
    found += [(tool, n, seed) for n in named for tool in table.PEERS[:3] for seed in range(peers)]
    found += [("twin", theorem, seed) for seed in range(ours) for theorem in twins()]
    # The peers on the generated needles come last: they take most of the time.
    found += [(tool, n, seed) for n in others for tool in table.PEERS[:3] for seed in range(peers)]
    return found


@click.command()
@click.option("--quick", is_flag=True, help="The fourteen named needles and one seed: about ten minutes.")
@click.option("-j", "--jobs", default=2, show_default=True)
@click.option("--table", "only_table", is_flag=True, help="Run nothing.")
def main(quick: bool, jobs: int, only_table: bool) -> None:
    """Run what is missing and print the tables."""
    journal = FOLDER / "runs.jsonl"
    tasks = wanted(quick)
    if not only_table:
        os.environ.update(environments.made(FOLDER.resolve()))
        done = {(r["tool"], r["needle"], r["seed"]) for r in read(journal)}
        missing = [t for t in tasks if t not in done]
        with Workers(jobs) as pool:
            for i, future in enumerate(as_completed([pool.submit(run, *t) for t in missing]), 1):
                result = future.result()
                append(journal, result)
                state = "found" if result["found"] else "-"
                print(
                    f"{i}/{len(missing)} {result['tool']}: {result['needle']} {state} {result['seconds']} s",
                    file=sys.stderr,
                    flush=True,
                )
    asked = set(tasks)
    runs = [r for r in read(journal) if (r["tool"], r["needle"], r["seed"]) in asked]
    click.echo(table.markdown(runs, {name for name, needle in needles().items() if needle.named}))


if __name__ == "__main__":
    main()
