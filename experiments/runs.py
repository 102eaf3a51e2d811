"""Many runs: in several processes, each written to a file as it ends, taken up again where a file has some already."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from experiments import data
from experiments.data import Images
from experiments.protocol import Experiment, Run
from refute import BadInput

#: The names of the experiments, each a file of this folder.
NAMES = (
    "mnist_trajectories",
    "network_escape",
    "noise_and_step",
    "multiscale_network",
    "nonlinear_networks",
    "edge_of_stability",
)
LIBRARIES = ("numpy", "scipy", "scikit-learn")


def experiment(name: str) -> Experiment:
    """The experiment of a name, with - or _."""
    module = name.replace("-", "_")
    if module not in NAMES:
        known = ", ".join(n.replace("_", "-") for n in NAMES)
        raise BadInput(f"there is no experiment {name}: there are {known}")
    found: Experiment = import_module(f"experiments.{module}").EXPERIMENT
    return found


def images_for(e: Experiment, quick: bool, folder: Path | None) -> Images | None:
    """What an experiment is run on: the user's files, else the digits for a quick run and MNIST for a full one."""
    if not e.images:
        return None
    if folder is not None:
        return data.from_folder(folder)
    return data.digits() if quick else data.mnist()


def head_of(e: Experiment, settings: Any, images: Images | None) -> dict[str, Any]:
    """What a file of runs begins with. Runs of another head are another experiment."""
    return {
        "experiment": e.name,
        "settings": json.loads(json.dumps(asdict(settings))),
        "images": None if images is None else {"name": images.name, "sha256": images.digest},
    }


def read(path: Path, head: dict[str, Any]) -> list[Run]:
    """The runs of a file, whose head must be the given one; a last line that was cut short counts as not written."""
    if not path.exists():
        return []
    lines = path.read_text().splitlines()
    try:
        first = json.loads(lines[0]) if lines else {}
    except json.JSONDecodeError:
        first = {}
    if {k: first.get(k) for k in head} != head:
        raise BadInput(f"{path}: holds runs with other settings or images; remove it, or write elsewhere with --out")
    found = []
    for i, line in enumerate(lines[1:], 2):
        try:
            found.append(Run(**json.loads(line)))
        except (json.JSONDecodeError, TypeError):
            if i < len(lines):
                raise BadInput(f"{path}: line {i} is no run; remove the line") from None
    return sorted(found, key=lambda r: r.seed)


def run_all(
    e: Experiment,
    settings: Any,
    images: Images | None,
    seeds: range,
    path: Path,
    jobs: int,
    tell: Callable[[Run], None] = lambda r: None,
) -> list[Run]:
    """The runs of the seeds, those that the file has not yet computed and appended to it as they end."""
    head = head_of(e, settings, images)
    known = read(path, head)
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = "".join(_line(r) for r in [{**head, "made by": _libraries()}, *map(asdict, known)])
    path.write_text(whole)
    left = [s for s in seeds if s not in {r.seed for r in known}]
    with path.open("a") as file:
        for run in _computed(e, settings, images, left, jobs):
            file.write(_line(asdict(run)))
            file.flush()
            known.append(run)
            tell(run)
    return sorted((r for r in known if r.seed in seeds), key=lambda r: r.seed)


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row) + "\n"


def _computed(e: Experiment, settings: Any, images: Images | None, seeds: list[int], jobs: int) -> Iterator[Run]:
    if jobs == 1 or len(seeds) < 2:
        for s in seeds:
            yield _one(e.name, settings, images, s)
        return
    with ProcessPoolExecutor(min(jobs, len(seeds))) as pool:
        for done in as_completed([pool.submit(_one, e.name, settings, images, s) for s in seeds]):
            yield done.result()


def _one(name: str, settings: Any, images: Images | None, seed: int) -> Run:
    """One run, on one core: the sums of a product of matrices depend on the number of threads."""
    with threadpool_limits(1):
        return experiment(name).one(settings, images, seed)


def _libraries() -> dict[str, str]:
    return {"python": platform.python_version(), "machine": platform.machine()} | {n: version(n) for n in LIBRARIES}
