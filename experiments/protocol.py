"""What an experiment is: settings, one run, what it measures, and its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from experiments.data import Images


@dataclass(frozen=True)
class Run:
    """One independent run: the numbers that the records are asked about, and what the figures show of it."""

    seed: int
    measured: Mapping[str, float]
    shown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Experiment:
    """name       that of the command and of the file of its runs;
    about      one sentence: what is done;
    quantities what a run measures: the name of each number, and what it is;
    full       settings (a frozen dataclass) of the runs that the records are about;
    quick      those of a run in seconds;
    one        (settings, images, seed) -> a run; all chance comes from `rng_of(name, seed)`;
    draw       (settings, runs) -> figures by their names;
    captions   what each figure shows;
    images     whether it needs images at all;
    runs       how many runs the records are about.
    """

    name: str
    about: str
    quantities: Mapping[str, str]
    full: Any
    quick: Any
    one: Callable[[Any, Images | None, int], Run]
    draw: Callable[[Any, Sequence[Run]], Mapping[str, Figure]]
    captions: Mapping[str, str]
    images: bool = True
    runs: int = 32


def rng_of(name: str, seed: int, *more: int) -> np.random.Generator:
    """The source of all chance in a run of an experiment: the same bits on every machine."""
    return np.random.default_rng([*name.encode(), seed, *more])


def shows(seed: int) -> bool:
    """Whether the paths of a run are kept for the figures: those of the first seed of a hundred."""
    return seed % 100 == 0
