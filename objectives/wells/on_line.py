"""A steep well on the line: parabolas to the left and to the right of its bottom, in a wide function around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from objectives.functions.formula import Printed
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.protocol import Rescaled
from objectives.wells.kink import kinked_gradient, kinked_hessian
from refute import BadInput, Ball, Matrix, Piece, Scalar, Vec, absolute, as_fraction, constant, maximum


@dataclass(frozen=True)
class WellOnLine(Printed):
    """f = outer but on M = (lo, hi), where f'(x) = c (x - bottom), c = right for x > bottom and c = left below it.

    `left` follows from the rest, since f is continuous. All constants (see objectives/wells/kink.py) are the best ones.
    Raises BadInput unless lo < bottom < hi, left and right are positive, outer has a minimizer outside [lo, hi] and
    f'(x) (x - x_*) > 0 for all other x outside M.
    """

    outer: PiecewiseQuadratic
    lo: Fraction
    bottom: Fraction
    hi: Fraction
    right: Fraction

    def __post_init__(self) -> None:
        if not self.lo < self.bottom < self.hi:
            raise BadInput("a well on the line needs lo < bottom < hi")
        if self.outer.minimum is None or self.lo <= self.x_star[0] <= self.hi:
            raise BadInput("the outer function of a well needs a minimizer outside [lo, hi]")
        if not (self.right > 0 and self.left > 0):
            raise BadInput(f"f is continuous only with curvature {self.left} to the left of the bottom: not a well")
        if not self.mu_star > 0:
            raise BadInput("outside a well f must rise on both sides of x_*")

    dim = 1

    @constant
    def x_star(self) -> Vec:
        """The minimizer of the outer function."""
        assert self.outer.minimum is not None
        assert self.outer.minimum.at is not None
        return self.outer.minimum.at

    @property
    def breaks(self) -> tuple[Fraction, ...]:
        """The points between which f is a polynomial."""
        outside = [t for t in self.outer.breaks if not self.lo < t < self.hi]
        return tuple(sorted({*outside, self.lo, self.bottom, self.hi}))

    @property
    def x_dagger(self) -> Vec:
        """The bottom of the well."""
        return Vec((self.bottom,))

    @constant
    def left(self) -> Fraction:
        """The curvature to the left of the bottom, from f(hi) - f(lo) = outer(hi) - outer(lo)."""
        rise = as_fraction(self.outer(Vec((self.hi,))) - self.outer(Vec((self.lo,))))
        a, b = self.bottom - self.lo, self.hi - self.bottom
        return Fraction((self.right * b**2 - 2 * rise) / a**2)

    @constant
    def mu_dagger(self) -> Fraction:
        """The least f'(x)/(x - x_dagger) in M."""
        return min(self.left, self.right)

    @constant
    def L_M(self) -> Fraction:
        """The largest f'(x)/(x - x_dagger) in M."""
        return max(self.left, self.right)

    @constant
    def mu_star(self) -> Fraction:
        """The least f'(x)/(x - x_*) outside M."""
        return min(self._quotients)

    @constant
    def L(self) -> Fraction:
        """The largest f'(x)/(x - x_*) outside M."""
        return max(self._quotients)

    @constant
    def _quotients(self) -> tuple[Fraction, ...]:
        """outer'(x)/(x - x_*) is monotone between neighbours among the knots, lo, hi and x_*: its values there, at
        x_* and at infinity the curvatures."""
        p, knots = self.x_star[0], self.outer.knots
        found = [self.outer.curvatures[0], self.outer.curvatures[-1]]
        for i, c in enumerate(self.outer.curvatures):
            if (i == 0 or knots[i - 1] <= p) and (i == len(knots) or p <= knots[i]):
                found.append(c)
        for x in (*knots, self.lo, self.hi):
            if x != p and not self.lo < x < self.hi:
                found.append(as_fraction(self.outer.grad(Vec((x,)))[0]) / (x - p))
        return tuple(found)

    @constant
    def rho(self) -> Fraction:
        """The largest |x - x_dagger| in M."""
        return max(self.hi - self.bottom, self.bottom - self.lo)

    @constant
    def diameter(self) -> Fraction:
        """hi - lo."""
        return self.hi - self.lo

    @constant
    def within(self) -> Fraction:
        """The smaller distance of x_dagger from an end of M."""
        return min(self.hi - self.bottom, self.bottom - self.lo)

    @constant
    def clearance(self) -> Fraction:
        """The distance of x_* from M."""
        p = as_fraction(self.x_star[0])
        return max(self.lo - p, p - self.hi)

    def landing(self, h: Scalar) -> Scalar:
        """The largest |T(x) - x_*| for x in M: T is affine on both sides of x_dagger."""
        a, b = self.lo - self.bottom, self.hi - self.bottom
        images = [self.bottom, self.bottom + (1 - h * self.left) * a, self.bottom + (1 - h * self.right) * b]
        away = [absolute(x - self.x_star[0]) for x in images]
        return maximum(maximum(away[0], away[1]), away[2])

    def gap(self, x: Vec) -> Scalar:
        """(x - lo)(x - hi), negative in M."""
        return (x[0] - self.lo) * (x[0] - self.hi)

    def inside(self, x: Vec) -> bool:
        """Whether x is in M."""
        return bool(self.gap(x) < 0)

    @constant
    def well(self) -> PiecewiseQuadratic:
        """The function in M, continued to the line."""
        a = self.lo - self.bottom
        depth = as_fraction(self.outer(Vec((self.lo,)))) - self.left * a**2 / 2
        return PiecewiseQuadratic((self.bottom,), (self.left, self.right), Fraction(0), depth)

    def __call__(self, x: Vec) -> Scalar:
        return (self.well if self.inside(x) else self.outer)(x)

    def grad(self, x: Vec) -> Vec:
        """f'(x)."""
        return kinked_gradient(self.gap(x), self.well.grad(x), self.outer.grad(x))

    def hessian(self, box: Vec) -> Matrix | None:
        """The hull of f'' over a ball; None where it touches the kink."""
        return kinked_hessian(self.gap(box), self.well.hessian(box), self.outer.hessian(box))

    def piece(self, x: Ball, h: Any) -> Piece | None:
        """The piece around x, as a map x -> x - h f'(x); None at a knot or kink."""
        sides = x.pieces((self.lo, self.hi))
        if len(sides) != 1:
            return None
        lo, hi = [(None, self.lo), (self.lo, self.hi), (self.hi, None)][sides[0]]
        found = (self.well if sides[0] == 1 else self.outer).piece(x, h)
        if found is None:
            return None
        least = lo if found.lo is None or (lo is not None and found.lo < lo) else found.lo
        most = hi if found.hi is None or (hi is not None and hi < found.hi) else found.hi
        return replace(found, lo=least, hi=most)

    def outward(self, x: Ball, side: int) -> bool:
        """f rises towards both ends of the line."""
        return False

    def fades(self, side: int) -> bool:
        """f' grows towards both ends of the line."""
        return False

    def rescaled(self) -> Iterator[Rescaled]:
        """With the curvatures, or a distance, 1."""
        for outer, c, s in self.outer.rescaled():
            yield WellOnLine(outer, s * self.lo, s * self.bottom, s * self.hi, c * self.right), c, s
