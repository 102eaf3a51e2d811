"""What a picture of an instance shows: its function, and gradient descent on it in float64."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from objectives.methods.gradient_descent import gradient_step
from refute import Batch, Vec, lift
from refute.errors import CannotBatch

Array = npt.NDArray[np.float64]
STEPS = 40
# Names of step sizes and of starts, in the order in which they are looked for.
STEP_NAMES = ("h", "gamma", "eta", "small", "large", "larger")
START_NAMES = ("x0", "w0", "x", "z", "W", "w")
# A path is cut where it leaves this box.
FAR = 1e4


@dataclass(frozen=True)
class Portrait:
    """The function, and for each step size the points of a path (rows) with the values of f."""

    f: Any
    dim: int
    paths: tuple[tuple[str, Array, Array], ...]

    def values(self, *axes: Array) -> Array:
        """f on a grid; point by point where f asks on which of its pieces a point is."""
        lifted = lift(self.f, Batch.of)

        def value(*at: Any) -> Any:
            return Batch.of(lifted(Vec(tuple(map(Batch, at))))).f

        try:
            return np.asarray(value(*axes), dtype=np.float64) * np.ones_like(axes[0])
        except CannotBatch:
            return np.asarray(np.vectorize(lambda *at: float(value(*at)), otypes=[np.float64])(*axes))


def portrait(instance: Mapping[str, Any]) -> Portrait | None:
    """That of the first function of an instance that has a gradient, a step size and a start; None where one is missing."""
    f = next((v for v in instance.values() if callable(v) and hasattr(v, "grad") and hasattr(v, "dim")), None)
    steps = [(n, instance[n]) for n in STEP_NAMES if isinstance(instance.get(n), Fraction)]
    starts = [v for n in START_NAMES if isinstance(v := instance.get(n), Vec)]
    if f is None or not steps or not any(len(x) == f.dim for x in starts):
        return None
    start = next(x for x in starts if len(x) == f.dim)
    try:
        paths = tuple((f"{n} = {h}", *_path(f, h, start)) for n, h in steps)
    except (TypeError, ArithmeticError, AttributeError):
        return None  # a function without float values
    return Portrait(f, f.dim, paths)


def _path(f: Any, h: Fraction, start: Vec) -> tuple[Array, Array]:
    g, x, step = lift(f, Batch.of), lift(start, Batch.of), Batch(float(h))
    rows, values = [], []
    for _ in range(STEPS + 1):
        row = np.array([float(np.reshape(Batch.of(c).f, -1)[0]) for c in x])
        if not np.all(np.abs(row) < FAR):
            break
        rows.append(row)
        values.append(float(np.reshape(Batch.of(g(x)).f, -1)[0]))
        x = gradient_step(g, step, x)
    return np.array(rows), np.array(values)
