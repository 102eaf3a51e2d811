"""What all pictures share."""

from __future__ import annotations

from pathlib import Path

import matplotlib
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

matplotlib.use("svg")  # needs no screen
# Text as text: a third of the bytes, and it can be searched.
matplotlib.rcParams["svg.fonttype"] = "none"
matplotlib.rcParams["svg.hashsalt"] = "refute"


def save(figure: Figure, path: Path) -> None:
    """Write the figure, the same bytes every time, and close it."""
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)
