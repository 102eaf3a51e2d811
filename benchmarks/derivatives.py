"""What automatic derivatives cost a claim about a limit: python -m benchmarks.derivatives.

The fates of the same orbits of gradient descent on sums of log cosh, with the Hessian that the class declares and as a plain function that is
differentiated. Prints, for each dimension, the CPU time of the second over the first.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from objectives import GD, Ridge, RidgeSum, gradient_step
from refute import Vec, lift, vec
from refute.numbers.real import Real
from refute.orbits.fate import fate

ORBITS = 12
ROUNDS = 3


def drawn(rng: random.Random, dim: int) -> tuple[RidgeSum, Vec]:
    """A sum of dim + 1 ridge functions, and a start."""
    rows = [vec(*(rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(dim))) for _ in range(dim + 1)]
    f = RidgeSum(tuple(Ridge(Fraction(1), "log_cosh", a, Fraction(rng.randint(-2, 2))) for a in rows))
    return f, vec(*(Fraction(rng.randint(-8, 8), 3) for _ in range(dim)))


def stepping(f: Any, h: Any) -> Callable[[Vec], Vec]:
    """Gradient descent as a plain function."""
    return lambda x: gradient_step(f, h, x)


def spent(system: Callable[[Any, Any], Any], data: list[tuple[RidgeSum, Vec]]) -> float:
    """CPU seconds for the fates of all orbits."""
    started = time.process_time()
    for f, x in data:
        exact, start, h = lift((f, x, Fraction(1, 2) / f.L), Real.of)
        fate(system(exact, h), start)
    return time.process_time() - started


def main() -> None:
    """Print the ratio for each dimension."""
    rng = random.Random(0)
    for dim in (1, 2, 3, 5):
        data = [drawn(rng, dim) for _ in range(ORBITS)]
        rounds = [(spent(GD, data), spent(stepping, data)) for _ in range(ROUNDS)]
        by_hand, found = (min(r[i] for r in rounds) for i in (0, 1))
        print(f"dimension {dim}: {found / by_hand:.2f}", flush=True)


if __name__ == "__main__":
    main()
