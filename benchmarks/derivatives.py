"""What automatic derivatives cost a claim about a limit: python -m benchmarks.derivatives.

The claim is that an orbit of gradient descent on a sum of log cosh converges: decided, and replayed in mpmath, as `check` does it. It is made of
GD, which knows the Hessian that the class declares, and of a plain function that is differentiated. Prints, for each dimension, the CPU time of
the second over the first, for the claim and for the certificate of the limit alone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from objectives import GD, Ridge, RidgeSum, gradient_step
from refute import Vec, converges, lift, vec
from refute.numbers.real import Real
from refute.orbits.fate import fate
from refute.statements.claims import known
from refute.statements.domains import Domain
from refute.statements.opinions import second_opinion
from refute.statements.statement import Statement

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


def certified(system: Callable[[Any, Any], Any], instance: dict[str, Any]) -> None:
    """The certificate alone."""
    exact = lift(instance, Real.of)
    fate(system(exact["f"], exact["h"]), exact["x"])


def claimed(system: Callable[[Any, Any], Any], instance: dict[str, Any]) -> None:
    """The claim, with mpmath's opinion of it."""
    variables = {name: anything() for name in instance}
    statement = Statement("benchmarks/derivatives", {}, variables, (), lambda f, h, x: converges(system(f, h), x))
    second_opinion(statement, instance, statement.check(instance))


def spent(work: Callable[..., None], system: Callable[[Any, Any], Any], data: list[tuple[RidgeSum, Vec]]) -> float:
    """CPU seconds for all orbits."""
    started = time.process_time()
    for f, x in data:
        work(system, {"f": f, "h": Fraction(1, 2) / f.L, "x": x})
    return time.process_time() - started


def anything() -> Domain:
    """The domain of all values."""
    return Domain("anything", lambda _: None, lambda _: known(True), (object,))


def main() -> None:
    """Print the ratios for each dimension."""
    rng = random.Random(0)
    for dim in (1, 2, 3, 5):
        data = [drawn(rng, dim) for _ in range(ORBITS)]
        ratios = []
        for work in (claimed, certified):
            rounds = [(spent(work, GD, data), spent(work, stepping, data)) for _ in range(ROUNDS)]
            by_hand, found = (min(r[i] for r in rounds) for i in (0, 1))
            ratios.append(found / by_hand)
        print("dimension {}: claim {:.2f}, certificate {:.2f}".format(dim, *ratios), flush=True)


if __name__ == "__main__":
    main()
