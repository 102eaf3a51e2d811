r"""Linear operators that are skew-symmetric, or symmetric: proofs use that they are linear, and what their answers have to satisfy.

The conditions are necessary, and no more. Members are drawn as matrices.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.known import Answer
from objectives.classes.standard.maps import scaled
from objectives.functions.linear import product
from objectives.functions.linear_map import LinearMap
from objectives.functions.quadratic import cayley
from objectives.functions.spectrum import largest_at_most
from refute import (
    Claim,
    Domain,
    Draw,
    Scalar,
    Vec,
    both,
    choose,
    dot,
    eq,
    known,
    lt,
    sq,
)

SIZES = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(10))
SHARES = (Fraction(1, 10), Fraction(1, 2), Fraction(1), Fraction(1, 100))
MOST = 4


def _skew(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a, x_b> + <x_a, g_b> = 0, and |g_a - g_b| <= L |x_a - x_b|."""
    crossed = dot(a.g, b.x) + dot(a.x, b.g)
    return [crossed, -crossed, A.L**2 * sq(a.x - b.x) - sq(a.g - b.g)]


def _skew_one(A: Any, a: Answer) -> Sequence[Scalar]:
    """<g_a, x_a> = 0, and |g_a| <= L |x_a|."""
    beside = dot(a.g, a.x)
    return [beside, -beside, A.L**2 * sq(a.x) - sq(a.g)]


def _between(A: Any, x: Vec, g: Vec) -> Sequence[Scalar]:
    """Where mu < L the first implies the others, with a weight that has no bound as mu comes close to L."""
    return [dot(g - A.mu * x, A.L * x - g), dot(g - A.mu * x, x), dot(A.L * x - g, x)]


def _symmetric(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a, x_b> = <x_a, g_b>, and <g - mu x, L x - g> >= 0 for g = g_a - g_b, x = x_a - x_b."""
    crossed = dot(a.g, b.x) - dot(a.x, b.g)
    return [crossed, -crossed, *_between(A, a.x - b.x, a.g - b.g)]


def _symmetric_one(A: Any, a: Answer) -> Sequence[Scalar]:
    """<g_a - mu x_a, L x_a - g_a> >= 0."""
    return _between(A, a.x, a.g)


def skew_operators(*, dim: Any = None) -> Domain:
    """Linear operators A, on R^dim where it is given, with <A x, x> = 0 and |A| <= L, such as (u, v) -> (B v, -B^T u) of a bilinear saddle point problem min_u max_v <u, B v>, with the zero
    `A.minimum.at`."""

    def draw(d: Draw) -> LinearMap:
        size, dims, turn, share, *picks = choose(d, len(SIZES), MOST - 1, 3, 17, *(5,) * (MOST * (MOST - 1) // 2))
        n, L = dims + 2 if dim is None else dim, SIZES[size]
        blocks = (L, L * Fraction(share, 16))
        M = [[Fraction(0)] * n for _ in range(n)]
        for i in range(n // 2):
            M[2 * i][2 * i + 1], M[2 * i + 1][2 * i] = -blocks[i % 2], blocks[i % 2]
        return LinearMap(_turned(M, picks if turn else ()), L, Fraction(0))

    def member(A: Any) -> Claim:
        if not isinstance(A, LinearMap) or A.dim != A.codim or (dim is not None and A.dim != dim):
            return known(False, f"no matrix of {dim or 'as many'} rows and columns")
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
        linear=True,
        dim=dim,
        drawn=Domain("skew-symmetric matrices", draw, member, (LinearMap,), moved=scaled),
    )


def symmetric_operators(*, dim: Any = None) -> Domain:
    """Symmetric linear operators, on R^dim where it is given, with eigenvalues from mu to L, 0 < mu <= L, such as gradients of quadratic functions, with the zero `A.minimum.at`."""

    def draw(d: Draw) -> LinearMap:
        size, dims, least, turn, share, *picks = choose(d, len(SIZES), MOST, 4, 3, 17, *(5,) * (MOST * (MOST - 1) // 2))
        n, L = dims + 1 if dim is None else dim, SIZES[size]
        mu = L * SHARES[least]
        eigenvalues = (L, mu, mu + (L - mu) * Fraction(share, 16), *(mu + (L - mu) * Fraction(p, 4) for p in picks))
        M = [[eigenvalues[i % len(eigenvalues)] if i == j else Fraction(0) for j in range(n)] for i in range(n)]
        return LinearMap(_turned(M, picks if turn else ()), L, mu)

    def member(A: Any) -> Claim:
        if not isinstance(A, LinearMap) or A.dim != A.codim or (dim is not None and A.dim != dim):
            return known(False, f"no matrix of {dim or 'as many'} rows and columns")
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
        linear=True,
        dim=dim,
        drawn=Domain("symmetric matrices", draw, member, (LinearMap,), moved=scaled),
    )


def _turned(M: Sequence[Sequence[Fraction]], picks: Sequence[int]) -> Any:
    """Q M Q^T for an orthogonal Q."""
    n = len(M)
    Q = cayley([Fraction(p - 2, 2) for p in (*picks, *(2,) * n * n)[: n * (n - 1) // 2]], n)
    return product(product(Q, tuple(map(tuple, M))), tuple(zip(*Q, strict=True)))
