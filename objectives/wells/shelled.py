r"""A steep well on the line with a continuous gradient: between the well and what is around it lies a shell over which f' decreases.

f' is continuous and piecewise linear, x_dagger = 0 and x_* = D > 0:

    f'(x) = mu (x - D)          for x <= -a and x >= b_2,
    f'' = far on [-a, 0], near on [0, b], -fall on the shell [b, b_2]; with `flat`, 0 < flat < 1, f'' = lift first,
    on the part `flat` of the shell, and decreases on the rest of it.

a = mu D/(far - mu) and b_2 follow from continuity. N = (-a, b_2). A well at another place or on the other side of x_* is
this one, moved or mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from objectives.encounters.on_line import map_pieces
from objectives.functions.piecewise import PiecewiseQuadratic
from refute import (
    BadInput,
    Intervals,
    Scalar,
    Vec,
    absolute,
    as_fraction,
    constant,
    maximum,
    preimage,
)


@dataclass(frozen=True)
class ShelledWell:
    """The data above; raises BadInput unless mu < far, all curvatures and D are positive and b < b_2 < D."""

    D: Fraction
    mu: Fraction
    far: Fraction
    near: Fraction
    fall: Fraction
    b: Fraction
    lift: Fraction
    flat: Fraction

    def __post_init__(self) -> None:
        if not (0 < self.mu < self.far and min(self.D, self.near, self.fall, self.b) > 0 and self.flat >= 0):
            raise BadInput("a shelled well needs 0 < mu < far and positive D, near, fall and b")
        if not self.b + self.flat < self.b_2 < self.D:
            raise BadInput(f"the shell from {self.b} would end at {self.b_2}: not before x_* = {self.D}")

    dim = 1

    @constant
    def a(self) -> Fraction:
        """How far N reaches away from x_*."""
        return self.mu * self.D / (self.far - self.mu)

    @constant
    def b_2(self) -> Fraction:
        """Where the shell ends: near b + lift flat - fall (b_2 - b - flat) = mu (b_2 - D)."""
        top = self.near * self.b + self.lift * self.flat
        return (top + self.fall * (self.b + self.flat) + self.mu * self.D) / (self.fall + self.mu)

    @constant
    def f(self) -> PiecewiseQuadratic:
        """The function itself."""
        zero = Fraction(0)
        top = ((self.b, self.b + self.flat), (self.lift, -self.fall)) if self.flat else ((self.b,), (-self.fall,))
        knots = (-self.a, zero, *top[0], self.b_2)
        return PiecewiseQuadratic(
            knots, (self.mu, self.far, self.near, *top[1], self.mu), -self.mu * (self.D + self.a), zero
        )

    @constant
    def N(self) -> Intervals:
        """(-a, b_2)."""
        return Intervals(((-self.a, self.b_2),))

    @constant
    def x_star(self) -> Vec:
        """D."""
        return Vec((self.D,))

    @constant
    def x_dagger(self) -> Vec:
        """0."""
        return Vec((Fraction(0),))

    @constant
    def top(self) -> Fraction:
        """The local maximum in the shell."""
        slope = as_fraction(self.f.grad(Vec((self.b + self.flat,)))[0])
        return self.b + self.flat + slope / self.fall

    @constant
    def clearance(self) -> Fraction:
        """The distance of x_* from N."""
        return self.D - self.b_2

    def inside(self, x: Vec) -> bool:
        """Whether x is in N."""
        return bool(-self.a < x[0] and x[0] < self.b_2)

    def landing(self, h: Scalar) -> Scalar:
        """The largest |T(x) - x_*| in N, attained at a knot."""
        away = [absolute(t - h * self.f.grad(Vec((t,)))[0] - self.D) for t in self.f.knots]
        most = away[0]
        for w in away[1:]:
            most = maximum(most, w)
        return most

    def expansion(self, h: Scalar) -> Scalar:
        """The least |T'| in N."""
        return min(abs(1 - h * c) for c in self.f.curvatures[1:-1])

    def grad(self, x: Vec) -> Vec:
        """f'(x)."""
        return self.f.grad(x)


def staying(w: ShelledWell, h: Scalar, n: int) -> Intervals:
    """The x_0 with x_0, ..., x_n in N, up to finitely many points where T has no flat piece."""
    pieces = map_pieces(w.f, h, w.N.hull, 0, Intervals(()))
    stay = w.N
    for _ in range(n):
        stay = preimage(stay, pieces).meet(w.N)
    return stay
