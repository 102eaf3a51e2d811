"""Gradient descent in float batches against a loop in C: `python benchmarks/batches.py` (needs a C compiler).

The C loop runs over arrays larger than the caches and is bound by memory; the batches keep 10^4 candidates in
flight, as a search does. Rates are coordinates times steps a second, the best of five rounds in one run.
"""

import ctypes
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from objectives import Quadratic, orbit
from refute import Batch, Vec, lift

SOURCE = """
void descend(double *x, long n, double h, double a, double c) {
    for (long i = 0; i < n; i++) x[i] -= h * (a * (x[i] - c));
}
"""
LARGE, FLIGHT, STEPS = 20_000_000, 10_000, 64


def compiled(folder: Path) -> ctypes.CDLL:
    """The loop, compiled for this machine."""
    (folder / "descend.c").write_text(SOURCE)
    library = folder / "descend.so"
    command = ["cc", "-O3", "-march=native", "-shared", "-fPIC", str(folder / "descend.c"), "-o", str(library)]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(library))


def best(run: Callable[[], None], work: float) -> float:
    """The largest rate of five rounds."""
    rates = []
    for _ in range(5):
        started = time.perf_counter()
        run()
        rates.append(work / (time.perf_counter() - started))
    return max(rates)


def c_rate(library: ctypes.CDLL) -> float:
    """The C loop on one large array; every coordinate of every candidate is one element."""
    x = np.ones(LARGE)
    pointer = x.ctypes.data_as(ctypes.POINTER(ctypes.c_double))
    arguments = (pointer, ctypes.c_long(LARGE), ctypes.c_double(0.5), ctypes.c_double(1.0), ctypes.c_double(0.25))
    return best(lambda: library.descend(*arguments), LARGE)


def numpy_rate(d: int) -> float:
    """The same arithmetic in NumPy with `out=`, in the cache: what NumPy can."""
    x, y = np.ones((d, FLIGHT)), np.ones((d, FLIGHT))

    def run() -> None:
        for _ in range(STEPS):
            np.subtract(x, 0.25, out=y)
            np.multiply(y, 0.375, out=y)
            np.subtract(x, y, out=x)

    return best(run, x.size * STEPS)


def batch_rate(d: int, steps: int = STEPS) -> float:
    """`orbit` of a quadratic in this project's batches."""
    zero = Fraction(0)
    centre = Vec((Fraction(1, 4),) * d)
    f = lift(Quadratic((zero,) * (d * (d - 1) // 2), (Fraction(3, 4),) * d, (zero,) * d, centre, zero), Batch.of)
    h = Batch.of(Fraction(1, 2))
    start = Vec(tuple(Batch(np.ones(FLIGHT)) for _ in range(d)))

    def run() -> None:
        deque(orbit(f, h, start, steps), maxlen=0)

    return best(run, FLIGHT * d * steps)


def main() -> int:
    """Print the table."""
    with TemporaryDirectory() as folder:
        c = c_rate(compiled(Path(folder)))
    print("| rate as a share of the C loop's | d = 1 | d = 10 |")
    print("| --- | --- | --- |")
    for name, rate in (("NumPy with `out=`, in the cache", numpy_rate), ("batches of this project", batch_rate)):
        print(f"| {name} | {rate(1) / c:.2f} | {rate(10) / c:.2f} |")
    print(f"\nThe C loop: {c:.2e} a second, bound by memory ({LARGE:.0e} doubles).\n")
    print("| cost of a candidate, relative to 16 steps and d = 1 | 16 steps | 64 steps | 256 steps |")
    print("| --- | --- | --- | --- |")
    unit = 16 / batch_rate(1, 16)
    for d in (1, 10):
        costs = [steps * d / batch_rate(d, steps) / unit for steps in (16, 64, 256)]
        print(f"| d = {d} | {' | '.join(f'{cost:.1f}' for cost in costs)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
