"""The results of full runs as a module of theorems/experiments: what a record is asked about is a part of its code, and a change of it a change of the statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experiments.data import Images
from experiments.protocol import Experiment, Run

FOLDER = Path(__file__).parents[1] / "theorems" / "experiments" / "measured"
#: So many significant digits are kept.
DIGITS = 7


def record(e: Experiment, settings: Any, images: Images | None, runs: Sequence[Run], folder: Path = FOLDER) -> Path:
    """Write the module of an experiment, and return its path."""
    path = folder / f"{e.name.replace('-', '_')}.py"
    scale = ", ".join(f"{k.replace('_', ' ')} {_plain(v)}" for k, v in asdict(settings).items())
    read = f"{images.name}, sha256 {images.digest}" if images else ""
    names = list(runs[0].measured)
    rows = {"experiment": e.name, "scale": scale, "images": read}
    seeds = [r.seed for r in runs]
    one_after_another = seeds == list(range(seeds[0], seeds[-1] + 1))
    lines = [
        f'"""What {len(runs)} runs of `python -m experiments {e.name} --record` measured; written by it.',
        "",
        *(f"{k}: {e.quantities[k]}." for k in names),
        '"""',
        "",
        "from typing import Any",
        "",
        "RUNS: dict[str, Any] = {",
        *(f"    {json.dumps(k)}: {json.dumps(v)}," for k, v in rows.items()),
        f'    "seeds": {f"range({seeds[0]}, {seeds[-1] + 1})" if one_after_another else seeds},',
        '    "measured": {',
        *(f'        {json.dumps(k)}: "{" ".join(f"{r.measured[k]:.{DIGITS}g}" for r in runs)}",' for k in names),
        "    },",
        "}",
        "",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines))
    return path


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "/".join(f"{v:g}" for v in value) if isinstance(value, (tuple, list)) else f"{value:g}"
