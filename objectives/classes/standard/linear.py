r"""Linear operators that are skew-symmetric, or symmetric, by what any two answers of such a one have to satisfy.

The conditions are necessary. Of linearity proofs use no more than them: that A(x + y) = A x + A y is not among them.
Members are drawn as matrices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.known import Answer, refuse_step
from objectives.functions.formula import Printed
from objectives.functions.linear import product, solve
from objectives.functions.protocol import Minimum
from objectives.functions.quadratic import cayley
from objectives.functions.spectrum import largest_at_most
from refute import (
    BadInput,
    Claim,
    Domain,
    Draw,
    Matrix,
    Scalar,
    Vec,
    both,
    choose,
    constant,
    dot,
    eq,
    known,
    lt,
    sq,
    total,
)

SIZES = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(10))
SHARES = (Fraction(1, 10), Fraction(1, 2), Fraction(1), Fraction(1, 100))
MOST = 4


@dataclass(frozen=True)
class LinearMap(Printed):
    """A(x) = M x for a square matrix M; L >= |M|, and mu |x|^2 <= <M x, x> with mu >= 0. Raises BadInput for a matrix that is not square."""

    M: tuple[tuple[Fraction, ...], ...]
    L: Fraction
    mu: Fraction
    reach = None

    def __post_init__(self) -> None:
        if not self.M or any(len(row) != len(self.M) for row in self.M):
            raise BadInput("the matrix of a linear map of R^d has d rows of d entries")

    @property
    def dim(self) -> int:
        """d, for a matrix of d rows."""
        return len(self.M)

    def __call__(self, x: Vec) -> Vec:
        return Vec(tuple(total(m * c for m, c in zip(row, x, strict=True)) for row in self.M))

    def prox(self, h: Scalar, x: Vec) -> Vec:
        """The resolvent (I + h M)^-1 x, for h > 0."""
        refuse_step(h)
        rows = [[h * m + (1 if i == j else 0) for j, m in enumerate(row)] for i, row in enumerate(self.M)]
        return Vec(tuple(y for (y,) in solve(rows, [[c] for c in x])))

    def matrix(self) -> Matrix:
        """M."""
        return self.M

    @constant
    def minimum(self) -> Any:
        """A `Minimum` at the zero 0."""
        return Minimum(Fraction(0), Vec((Fraction(0),) * self.dim))


def _skew(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a, x_b> + <x_a, g_b> = 0, and |g_a - g_b| <= L |x_a - x_b|."""
    crossed = dot(a.g, b.x) + dot(a.x, b.g)
    return [crossed, -crossed, A.L**2 * sq(a.x - b.x) - sq(a.g - b.g)]


def _skew_one(A: Any, a: Answer) -> Sequence[Scalar]:
    """<g_a, x_a> = 0, and |g_a| <= L |x_a|."""
    beside = dot(a.g, a.x)
    return [beside, -beside, A.L**2 * sq(a.x) - sq(a.g)]


def _between(A: Any, x: Vec, g: Vec) -> Scalar:
    return dot(g - A.mu * x, A.L * x - g)


def _symmetric(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a, x_b> = <x_a, g_b>, and <g - mu x, L x - g> >= 0 for g = g_a - g_b, x = x_a - x_b."""
    crossed = dot(a.g, b.x) - dot(a.x, b.g)
    return [crossed, -crossed, _between(A, a.x - b.x, a.g - b.g)]


def _symmetric_one(A: Any, a: Answer) -> Sequence[Scalar]:
    """<g_a - mu x_a, L x_a - g_a> >= 0."""
    return [_between(A, a.x, a.g)]


def skew_operators() -> Domain:
    """Linear operators A with <A x, x> = 0 and |A| <= L, such as (u, v) -> (B v, -B^T u) of a bilinear saddle point problem min_u max_v <u, B v>, with the zero
    `A.minimum.at`."""

    def draw(d: Draw) -> LinearMap:
        size, dim, turn, *picks = choose(d, len(SIZES), MOST - 1, 3, *(5,) * (MOST * (MOST - 1) // 2))
        n, L = dim + 2, SIZES[size]
        blocks = (L, L * Fraction(picks[0], 4))
        M = [[Fraction(0)] * n for _ in range(n)]
        for i in range(n // 2):
            M[2 * i][2 * i + 1], M[2 * i + 1][2 * i] = -blocks[i], blocks[i]
        return LinearMap(_turned(M, picks if turn else ()), L, Fraction(0))

    def member(A: Any) -> Claim:
        if not isinstance(A, LinearMap):
            return known(False, "no matrix")
        crossed = Vec(tuple(A.M[i][j] + A.M[j][i] for i in range(A.dim) for j in range(i + 1)))
        return both(
            skew=eq(crossed, 0 * crossed),
            norm=largest_at_most(product(tuple(zip(*A.M, strict=True)), A.M), A.L**2),
            positive=lt(0, A.L),
            monotone=known(bool(A.mu == 0), "<A x, x> = 0"),
        )

    return by_conditions(
        "skew-symmetric linear operators",
        pair=_skew,
        one=_skew_one,
        constants=("L",),
        minimizer=True,
        operator=True,
        sufficient=False,
        drawn=Domain("skew-symmetric matrices", draw, member, (LinearMap,)),
    )


def symmetric_operators() -> Domain:
    """Symmetric linear operators with eigenvalues from mu to L, 0 < mu <= L, such as gradients of quadratic functions, with the zero `A.minimum.at`."""

    def draw(d: Draw) -> LinearMap:
        size, dim, least, turn, *picks = choose(d, len(SIZES), MOST, 4, 3, *(5,) * (MOST * (MOST - 1) // 2))
        n, L = dim + 1, SIZES[size]
        mu = L * SHARES[least]
        eigenvalues = (L, mu, *(mu + (L - mu) * Fraction(p, 4) for p in picks))
        M = [[eigenvalues[i] if i == j else Fraction(0) for j in range(n)] for i in range(n)]
        return LinearMap(_turned(M, picks if turn else ()), L, mu)

    def member(A: Any) -> Claim:
        if not isinstance(A, LinearMap):
            return known(False, "no matrix")
        crossed = Vec(tuple(A.M[i][j] - A.M[j][i] for i in range(A.dim) for j in range(i + 1)))
        upper = tuple(tuple(A.M[min(i, j)][max(i, j)] for j in range(A.dim)) for i in range(A.dim))
        return both(
            symmetric=eq(crossed, 0 * crossed),
            largest=largest_at_most(upper, A.L),
            least=largest_at_most(tuple(tuple(-e for e in row) for row in upper), -A.mu),
            positive=lt(0, A.mu),
        )

    return by_conditions(
        "symmetric linear operators",
        pair=_symmetric,
        one=_symmetric_one,
        constants=("L", "mu"),
        minimizer=True,
        operator=True,
        sufficient=False,
        drawn=Domain("symmetric matrices", draw, member, (LinearMap,)),
    )


def _turned(M: Sequence[Sequence[Fraction]], picks: Sequence[int]) -> Any:
    """Q M Q^T for an orthogonal Q."""
    n = len(M)
    Q = cayley([Fraction(p - 2, 2) for p in (*picks, *(2,) * n * n)[: n * (n - 1) // 2]], n)
    return product(product(Q, tuple(map(tuple, M))), tuple(zip(*Q, strict=True)))
