"""How the figures look, and where they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from docs.pictures.drawing import save

#: Told apart without colour, too.
LINES = ("-", "--", ":", "-.")
MARKS = ("o", "s", "^", "x", "d", "v")


def figure(columns: int = 1, rows: int = 1, title: str = "") -> tuple[Figure, list[Any]]:
    """A figure, and its axes row by row."""
    made, axes = plt.subplots(
        rows, columns, figsize=(4.2 * columns + 1.8, 3.6 * rows + 0.6), squeeze=False, layout="constrained"
    )
    made.suptitle(title)
    return made, list(axes.ravel())


def write(figures: Mapping[str, Figure], captions: Mapping[str, str], folder: Path, name: str) -> list[Path]:
    """Each figure as SVG and as PNG, and its caption beside those of other experiments, where `refute report` finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    listed, written = folder / "captions.json", []
    known = json.loads(listed.read_text()) if listed.is_file() else {}
    listed.write_text(json.dumps(known | {f"{name}-{key}": says for key, says in captions.items()}, indent=1))
    for key, made in figures.items():
        stem = folder / f"{name}-{key}"
        made.savefig(stem.with_suffix(".png"), dpi=120, metadata={"Software": None})
        save(made, stem.with_suffix(".svg"))
        written += [stem.with_suffix(".svg"), stem.with_suffix(".png")]
    return written
