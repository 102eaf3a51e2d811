"""Bounds of the eigenvalues of a symmetric matrix, decided by elimination (L D L^T): no eigenvalue is ever computed."""

from __future__ import annotations

from refute import BadInput, Claim, Matrix, Scalar, Undecided, known
from refute.errors import overlook


def largest_at_most(H: Matrix, c: Scalar) -> Claim:
    """lambda_max(H) <= c: c I - H is positive semidefinite."""
    truth = _positive(_shifted(H, c), strictly=False)
    return known(truth, "whether c I - H is positive semidefinite")


def largest_above(H: Matrix, c: Scalar) -> Claim:
    """lambda_max(H) > c: c I - H is not positive semidefinite."""
    truth = _positive(_shifted(H, c), strictly=False)
    return known(None if truth is None else not truth, "whether c I - H has a negative eigenvalue")


def largest_at_least(H: Matrix, c: Scalar) -> Claim:
    """lambda_max(H) >= c: c I - H is not positive definite."""
    truth = _positive(_shifted(H, c), strictly=True)
    return known(None if truth is None else not truth, "whether c I - H is not positive definite")


def _shifted(H: Matrix, c: Scalar) -> Matrix:
    """c I - H. Raises BadInput for a matrix that is not square and symmetric: of its eigenvalues the pivots say nothing."""
    n = len(H)
    if any(len(row) != n for row in H) or any(_differ(H[i][j], H[j][i]) for i in range(n) for j in range(i)):
        raise BadInput("the largest eigenvalue is asked of a symmetric matrix")
    return tuple(tuple((c if i == j else 0) - e for j, e in enumerate(row)) for i, row in enumerate(H))


def _differ(a: Scalar, b: Scalar) -> bool:
    """Whether two entries are other numbers; balls of one number differ by what they were computed from."""
    try:
        return bool(a != b)
    except Undecided as why:
        overlook(why)
        return False


def _positive(m: Matrix, *, strictly: bool) -> bool | None:
    """Whether a symmetric matrix is positive (semi)definite; None where a sign stays open."""
    try:
        return _pivots(m, strictly=strictly)
    except Undecided as why:
        overlook(why)
        return None


def _pivots(m: Matrix, *, strictly: bool) -> bool:
    """Whether all pivots are positive; not `strictly`: or 0 with nothing else in their row."""
    a = [list(row) for row in m]
    n = len(a)
    for k in range(n):
        pivot = a[k][k]
        # First of all: mpmath's numbers are 0 within their errors.
        if pivot == 0:
            if strictly or any(a[k][j] != 0 for j in range(k + 1, n)):
                return False
            continue
        if pivot < 0:
            return False
        for i in range(k + 1, n):
            factor = a[i][k] / pivot
            for j in range(k + 1, n):
                a[i][j] = a[i][j] - factor * a[k][j]
    return True
