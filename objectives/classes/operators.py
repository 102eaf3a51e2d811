r"""Operators of a Hilbert space by their interpolation conditions: A(x) is an element of A x, always the same one, and `A.prox(h, x)` the resolvent.

Each condition is necessary and sufficient for finitely many points (Ryu, Taylor, Bergeling, Giselsson 2020), but for monotone L-Lipschitz operators, where
it is only necessary beyond the line: such a class proves, and is drawn from linear maps, which are members, and from all operators of the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.known import Answer, Known, refuse_step
from objectives.functions.formula import Printed
from objectives.functions.protocol import Minimum
from refute import Claim, Domain, Draw, Matrix, Scalar, Vec, both, choose, constant, dot, known, le, lt, sq


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


def monotone_operators(*, zero: bool = False, dim: Any = None) -> Domain:
    """Monotone operators; with `zero` those with a zero, `A.minimum.at`."""
    return by_conditions("monotone operators", pair=_monotone, minimizer=zero, operator=True, sufficient=True, dim=dim)


def strongly_monotone_operators(*, zero: bool = False, dim: Any = None) -> Domain:
    """mu-strongly monotone operators, mu > 0."""
    name = "strongly monotone operators"
    return by_conditions(
        name, pair=_strongly_monotone, constants=("mu",), minimizer=zero, operator=True, sufficient=True, dim=dim
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
        dim=dim,
    )


@dataclass(frozen=True)
class MonotoneMap(Printed):
    """A(x) = M (x - p) for M = [[a, -b], [b, a]], a >= 0. Every such map is monotone, and L-Lipschitz for
    L^2 >= a^2 + b^2."""

    a: Fraction
    b: Fraction
    p: Vec
    L: Fraction

    reach = None

    @property
    def dim(self) -> int:
        """2."""
        return len(self.p)

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

    @constant
    def minimum(self) -> Any:
        """A `Minimum` at the zero."""
        return Minimum(Fraction(0), self.p)

    def matrix(self) -> Matrix:
        """M."""
        return ((self.a, -self.b), (self.b, self.a))


def monotone_lipschitz_operators() -> Domain:
    """Monotone L-Lipschitz operators with a zero `A.minimum.at`; those that are drawn are linear maps of the plane, and of the line any ones, where the conditions
    suffice: what lies between two points of a table may be linear there."""
    on_the_line = _monotone_lipschitz(sufficient=True, dim=1)

    def draw(d: Draw) -> Any:
        kind, turn, size, x, y = choose(d, 2, 5, 4, 5, 5)
        if kind:
            return on_the_line.draw(d)
        a, b = ((0, 1), (3, 4), (4, 3), (1, 0), (5, 12))[turn]
        radius = Fraction(13 if turn == 4 else 5 if turn in (1, 2) else 1)
        L = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(10))[size]
        return MonotoneMap(L * a / radius, L * b / radius, Vec((Fraction(x - 2), Fraction(y - 2))), L)

    def member(A: Any) -> Claim:
        if isinstance(A, Known):
            return on_the_line.member(A)
        if not isinstance(A, MonotoneMap):
            return known(False, "no linear map of the plane, and no table of the line")
        size = A.a**2 + A.b**2
        return both(monotone=le(0, A.a), lipschitz=le(size, A.L**2), positive=lt(0, A.L))

    return _monotone_lipschitz(sufficient=False, drawn=Domain("monotone maps", draw, member, (MonotoneMap, Known, Vec)))


def _monotone_lipschitz(**words: Any) -> Domain:
    return by_conditions(
        "monotone L-Lipschitz operators with a zero",
        pair=_monotone_and_lipschitz,
        constants=("L",),
        minimizer=True,
        operator=True,
        **words,
    )
