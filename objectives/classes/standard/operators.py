r"""Operators of a Hilbert space by their interpolation conditions: A(x) is an element of A x, always the same one, and `A.prox(h, x)` the resolvent.

Each condition is necessary and sufficient for finitely many points (Ryu, Taylor, Bergeling, Giselsson 2020), but for monotone L-Lipschitz operators, where
it is only necessary: such a class proves, and is drawn from maps of the plane that are members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.fitted import size_beside
from objectives.classes.given import given, refuse_unless
from objectives.classes.known import Answer
from objectives.functions.formula import Printed
from objectives.functions.protocol import Minimum, refuse_step
from refute import (
    Claim,
    Domain,
    Draw,
    Matrix,
    Scalar,
    Vec,
    both,
    choose,
    clip,
    constant,
    dot,
    known,
    le,
    lt,
    sq,
)

# How far from its zero a map is clipped.
CLIPPED = (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(2), Fraction(1, 10))


def _monotone(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a - g_b, x_a - x_b> >= 0."""
    return [dot(a.g - b.g, a.x - b.x)]


def _strongly_monotone(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a - g_b, x_a - x_b> >= mu |x_a - x_b|^2."""
    return [dot(a.g - b.g, a.x - b.x) - A.mu * sq(a.x - b.x)]


def _cocoercive(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """L <g_a - g_b, x_a - x_b> >= |g_a - g_b|^2."""
    return [A.L * dot(a.g - b.g, a.x - b.x) - sq(a.g - b.g)]


def _monotone_and_lipschitz(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """Both <g_a - g_b, x_a - x_b> >= 0 and |g_a - g_b| <= L |x_a - x_b|."""
    return [dot(a.g - b.g, a.x - b.x), A.L**2 * sq(a.x - b.x) - sq(a.g - b.g)]


def _lipschitz(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """|g_a - g_b| <= L |x_a - x_b|."""
    return [A.L**2 * sq(a.x - b.x) - sq(a.g - b.g)]


def _nonexpansive(T: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """|g_a - g_b| <= |x_a - x_b|."""
    return [sq(a.x - b.x) - sq(a.g - b.g)]


def _projects_one(P: Any, a: Answer) -> Sequence[Scalar]:
    """<g_a, x_a - g_a> = 0."""
    beside = dot(a.g, a.x - a.g)
    return [beside, -beside]


def _projects(P: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a, x_b - g_b> = 0."""
    beside = dot(a.g, b.x - b.g)
    return [beside, -beside]


def orthogonal_projections(*, dim: Any = None) -> Domain:
    """Orthogonal projections onto subspaces, such as blocks of coordinates: P(x) is the part of x there, x - P(x) the rest.

    Vectors g_i are those of such a projection at points x_i iff <g_i, x_j - g_j> = 0 for all i and j: it projects onto the span of the g_i."""
    name = "orthogonal projections"
    return by_conditions(
        name, pair=_projects, one=_projects_one, operator=True, sufficient=True, everywhere=True, dim=dim
    )


def monotone_operators(*, zero: bool = False, dim: Any = None) -> Domain:
    """Monotone operators; with `zero` those with a zero, `A.minimum.at`."""
    return by_conditions(
        "monotone operators", pair=_monotone, minimizer=zero, operator=True, sufficient=True, everywhere=True, dim=dim
    )


def strongly_monotone_operators(*, zero: bool = False, dim: Any = None) -> Domain:
    """mu-strongly monotone operators, mu > 0."""
    name = "strongly monotone operators"
    return by_conditions(
        name,
        pair=_strongly_monotone,
        constants=("mu",),
        minimizer=zero,
        operator=True,
        sufficient=True,
        everywhere=True,
        dim=dim,
    )


def cocoercive_operators(*, zero: bool = False, dim: Any = None) -> Domain:
    """1/L-cocoercive operators, L > 0."""
    return by_conditions(
        "1/L-cocoercive operators",
        pair=_cocoercive,
        constants=("L",),
        minimizer=zero,
        operator=True,
        sufficient=True,
        everywhere=True,
        dim=dim,
    )


def lipschitz_operators(*, zero: bool = False, dim: Any = None) -> Domain:
    """L-Lipschitz operators, L > 0, monotone or not. Finitely many data are those of one by Kirszbraun's theorem."""
    return by_conditions(
        "L-Lipschitz operators",
        pair=_lipschitz,
        constants=("L",),
        minimizer=zero,
        operator=True,
        sufficient=True,
        everywhere=True,
        dim=dim,
    )


def nonexpansive_maps(*, dim: Any = None) -> Domain:
    """Nonexpansive maps T, |T(x) - T(y)| <= |x - y|; `T.has_subgradient(s, s)` says that s is a fixed point. Finitely many data are those of one by
    Kirszbraun's theorem."""
    return by_conditions(
        "nonexpansive maps", pair=_nonexpansive, operator=True, sufficient=True, everywhere=True, dim=dim
    )


def averaged_maps(theta: Any = Fraction(1, 2), *, dim: Any = None) -> Domain:
    """theta-averaged maps T = (1 - theta) I + theta N with N nonexpansive, for a given number 0 < theta <= 1: 1/2 for the firmly nonexpansive ones.
    Finitely many data are those of one by Kirszbraun's theorem for N. Raises BadInput for other numbers."""
    (theta,) = given(theta=theta)
    refuse_unless(lambda: 0 < theta <= 1, "averaged_maps(theta): 0 < theta <= 1", theta)

    def averages(T: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
        x, g = a.x - b.x, a.g - b.g
        return [2 * (1 - theta) * dot(g, x) - sq(g) - (1 - 2 * theta) * sq(x)]

    return by_conditions(
        f"{theta}-averaged maps", pair=averages, operator=True, sufficient=True, everywhere=True, dim=dim
    )


class _OfThePlane(Printed):
    """A map of the plane with its zero at p."""

    p: Vec
    reach = None

    @property
    def dim(self) -> int:
        """2."""
        return len(self.p)

    @constant
    def minimum(self) -> Any:
        """A `Minimum` at the zero p."""
        return Minimum(Fraction(0), self.p)


@dataclass(frozen=True)
class MonotoneMap(_OfThePlane):
    """A(x) = M (x - p) for M = [[a, -b], [b, a]], a >= 0. Every such map is monotone, and L-Lipschitz for
    L^2 >= a^2 + b^2."""

    a: Fraction
    b: Fraction
    p: Vec
    L: Fraction

    def __call__(self, x: Vec) -> Vec:
        u, v = (x - self.p).entries
        return Vec((self.a * u - self.b * v, self.b * u + self.a * v))

    def prox(self, h: Scalar, x: Vec) -> Vec:
        """The resolvent (I + h A)^-1 x, for h > 0."""
        refuse_step(h)
        u, v = (x - self.p).entries
        c, s = 1 + h * self.a, h * self.b
        size = c**2 + s**2
        return self.p + Vec(((c * u + s * v) / size, (c * v - s * u) / size))

    def matrix(self) -> Matrix:
        """M."""
        return ((self.a, -self.b), (self.b, self.a))


@dataclass(frozen=True)
class ClippedMap(_OfThePlane):
    """A(x, y) = (L min(max(x - p_1, low), high), c (y - p_2)) for low <= 0 <= high and 0 <= c <= L. Every such map is monotone and L-Lipschitz."""

    L: Fraction
    low: Fraction
    high: Fraction
    c: Fraction
    p: Vec

    def __call__(self, x: Vec) -> Vec:
        u, v = (x - self.p).entries
        return Vec((self.L * clip(u, self.low, self.high), self.c * v))

    def prox(self, h: Scalar, x: Vec) -> Vec:
        """The resolvent (I + h A)^-1 x, for h > 0."""
        refuse_step(h)
        u, v = (x - self.p).entries
        size = h * self.L
        return self.p + Vec((u - size * clip(u / (1 + size), self.low, self.high), v / (1 + h * self.c)))


def monotone_lipschitz_operators() -> Domain:
    """Monotone L-Lipschitz operators with a zero `A.minimum.at`; those that are drawn are maps of the plane: linear ones, and one coordinate clipped."""

    def draw(d: Draw) -> MonotoneMap | ClippedMap:
        kind, turn, size, x, y = choose(d, 2, 5, 4, 5, 5)
        L = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(10))[size]
        p = Vec((Fraction(x - 2), Fraction(y - 2)))
        if kind:
            low, high, share = choose(d, len(CLIPPED), len(CLIPPED), 3)
            return ClippedMap(L, -CLIPPED[low], CLIPPED[high], L * Fraction(share, 2), p)
        a, b = ((0, 1), (3, 4), (4, 3), (1, 0), (5, 12))[turn]
        radius = Fraction(13 if turn == 4 else 5 if turn in (1, 2) else 1)
        return MonotoneMap(L * a / radius, L * b / radius, p, L)

    def member(A: Any) -> Claim:
        if isinstance(A, ClippedMap):
            return both(
                clipped=both(low=le(A.low, 0), high=le(0, A.high)),
                monotone=le(0, A.c),
                lipschitz=le(A.c, A.L),
                positive=lt(0, A.L),
            )
        if not isinstance(A, MonotoneMap):
            return known(False, "no such map of the plane")
        size = A.a**2 + A.b**2
        return both(monotone=le(0, A.a), lipschitz=le(size, A.L**2), positive=lt(0, A.L))

    def multiple(d: Draw, A: MonotoneMap | ClippedMap, numbers: tuple[Fraction, ...]) -> MonotoneMap | ClippedMap:
        L = size_beside(d, numbers, A.L)
        if isinstance(A, ClippedMap):
            return replace(A, L=L, c=L / A.L * A.c)
        return replace(A, L=L, a=L / A.L * A.a, b=L / A.L * A.b)

    drawn = Domain("monotone maps", draw, member, (MonotoneMap, ClippedMap, Vec), moved=multiple)
    return by_conditions(
        "monotone L-Lipschitz operators with a zero",
        pair=_monotone_and_lipschitz,
        constants=("L",),
        minimizer=True,
        operator=True,
        sufficient=False,
        drawn=drawn,
    )
