"""Semidefinite programs in floats, by Clarabel: what they find is a guess, and decides nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
ROOT = np.sqrt(2.0)


@dataclass(frozen=True)
class Solution:
    """x, the multipliers of the inequalities, those of the matrix inequality, and whether the solver is content."""

    x: Array
    multipliers: Array
    matrix: Array
    solved: bool


def svec(m: Array) -> Array:
    """The upper triangle of a symmetric matrix, column by column, off the diagonal times the square root of 2."""
    n = len(m)
    return np.array([m[i, j] * (1.0 if i == j else ROOT) for j in range(n) for i in range(j + 1)])


def smat(v: Array, n: int) -> Array:
    """The symmetric matrix of `svec`."""
    m = np.zeros((n, n))
    k = 0
    for j in range(n):
        for i in range(j + 1):
            m[i, j] = m[j, i] = v[k] / (1.0 if i == j else ROOT)
            k += 1
    return m


def minimize(
    cost: Array,
    equal: Sequence[tuple[Array, float]],
    at_least: Sequence[tuple[Array, float]],
    psd: tuple[Array, Sequence[Array]],
) -> Solution:
    """min cost.x subject to a.x = b for `equal`, a.x >= b for `at_least`, and C + sum_k x_k A_k >= 0 for (C, A_1, ...) of `psd`."""
    import clarabel  # a tenth of a second, and SciPy with it
    from scipy import sparse

    size = len(cost)
    constant, parts = psd
    n = len(constant)
    rows = [np.array([a for a, _ in equal]).reshape(-1, size), -np.array([a for a, _ in at_least]).reshape(-1, size)]
    sides = [np.array([b for _, b in equal]), -np.array([b for _, b in at_least])]
    rows.append(-np.array([svec(a) for a in parts]).T.reshape(-1, size))
    sides.append(svec(constant))
    cones = [clarabel.ZeroConeT(len(equal)), clarabel.NonnegativeConeT(len(at_least)), clarabel.PSDTriangleConeT(n)]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-10
    solver = clarabel.DefaultSolver(
        sparse.csc_matrix((size, size)),
        cost,
        sparse.csc_matrix(np.vstack(rows)),
        np.concatenate(sides),
        cones,
        settings,
    )
    try:
        with _without_a_word():
            found = solver.solve()
    except BaseException as why:
        # A panic of the solver, which is no Exception, says that it found nothing.
        if type(why).__name__ != "PanicException":
            raise
        return Solution(np.zeros(size), np.zeros(len(at_least)), np.zeros((n, n)), False)
    z = np.array(found.z)
    solved = str(found.status) in ("Solved", "AlmostSolved")
    first = len(equal)
    return Solution(np.array(found.x), z[first : first + len(at_least)], smat(z[first + len(at_least) :], n), solved)


@contextmanager
def _without_a_word() -> Iterator[None]:
    """While the solver runs: a panic of it writes to file descriptor 2, a page of it where RUST_BACKTRACE is set, and is answered here."""
    if sys.stderr is not None:
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # a process without one
        yield
        return
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
