"""Where gradient descent ends on the worked examples, in float64 and for whole grids of starts and steps at once.

Floats, and so pictures and not verdicts: an orbit that is chaotic for long need not end where the exact one does.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from objectives.wells import example_1d, example_2d
from refute import Batch, Vec, lift

Array = NDArray[np.float64]

NONE, FLAT, SHARP, SHARPEST = 0, 1, 2, 3
# A step shorter than this, and an iterate farther than that, has settled where it is.
SETTLED, LOST = 1e-10, 1e12


def ends(move: Callable[[Array, Array], Array], x: Array, h: Array, iterations: int) -> Array:
    """The last iterates of x -> x + move(x, h), for x of shape (d, n); nan where an orbit has not settled."""
    x, live = x.copy(), np.arange(x.shape[1])
    for _ in range(iterations):
        step = move(x[:, live], h[live])
        x[:, live] += step
        size = np.max(np.abs(step), axis=0)
        far = np.max(np.abs(x[:, live]), axis=0) > LOST
        x[:, live[far]] = np.nan
        live = live[(size > SETTLED) & ~far]
        if not len(live):
            break
    x[:, live] = np.nan
    return x


def _slope_1d(x: Array) -> Array:
    """f' of the mended example on the line, piece by piece: most points are in the bowl."""
    f = example_1d(10**5).slopes
    knots = [float(t) for t in f.knots]
    g = 40.0 * x
    for i, row in enumerate(f.rows[1:-1]):
        t, *c = (float(e) for e in row)
        if c == [0.0, 40.0]:
            continue
        inside = (x > knots[i]) & (x <= knots[i + 1])
        u = x[inside] - t
        g[inside] = sum(e * u**j for j, e in enumerate(c))
    return g


def outcomes_1d(starts: Array, steps: Array, iterations: int = 1000) -> NDArray[np.int8]:
    """A row for each step, a column for each start: which minimum, or none within so many iterations."""
    x, h = (a.ravel() for a in np.meshgrid(starts, steps))
    (last,) = ends(lambda y, s: -s * _slope_1d(y[0])[None, :], x[None, :], h, iterations)
    found = np.full(last.shape, NONE, dtype=np.int8)
    found[np.abs(last) < 1e-3] = FLAT
    found[np.abs(last - 2.5) < 1e-3] = SHARP
    found[(last >= 8.40001) & (last <= 8.59999)] = SHARPEST
    return found.reshape(len(steps), len(starts))


def outcomes_2d(starts: Array, steps: Array, iterations: int = 1000) -> NDArray[np.int8]:
    """The same for the mended example in the plane; starts of shape (2, n)."""
    f = lift(example_2d(mended=True), Batch.of)

    def move(y: Array, s: Array) -> Array:
        g: Any = f.grad(Vec((Batch(y[0]), Batch(y[1]))))
        return np.stack([-s * c.f for c in g])

    n = starts.shape[1]
    x, h = np.tile(starts, len(steps)), np.repeat(steps, n)
    last = ends(move, x, h, iterations)
    size = np.max(np.abs(last), axis=0)
    found = np.full(size.shape, NONE, dtype=np.int8)
    found[size < 1e-3] = FLAT
    found[(np.min(np.abs(last), axis=0) > 1.4) & (size < 1.55)] = SHARP
    return found.reshape(len(steps), n)


def hoeffding(n: int, error: float = 1e-9) -> float:
    """The radius around a share of n independent starts that holds the probability, but for this error."""
    return sqrt(log(2 / error) / (2 * n))
