r"""The minimum of two quadratics of R^d, the steeper one around x_dagger, the wider one around x_*.

With A = outer'', B = inner'' and mu_dagger = least eigenvalue of B > L = largest of A, the set
M = {inner < outer} is the ellipsoid {<x - m, (B - A)(x - m)> < l} with (B - A)(x_dagger - m) = A (x_* - x_dagger)
and l = 2 (outer(m) - inner(m)). Since B - A >= mu_dagger - L, M lies in the ball around m of radius
s = sqrt(l/(mu_dagger - L)). In M T(x) - x_* = T(m) - x_* + (I - h B)(x - m).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from objectives.functions.formula import Printed
from objectives.functions.linear import solve
from objectives.functions.protocol import Rescaled, units
from objectives.functions.quadratic import Quadratic
from objectives.wells.kink import kinked_gradient, kinked_hessian
from refute import BadInput, Matrix, Scalar, Vec, absolute, as_fraction, constant, dot, maximum, norm, sqrt, times


@dataclass(frozen=True)
class TwoWells(Printed):
    """min(outer, inner) on R^d, d >= 2; the constants (see objectives/wells/kink.py) are bounds, mu and L the best ones.

    outer has the value 0 at x_star, inner `height` at x_dagger; their eigenvalues are `wide` and `steep`, their axes
    given by skew-symmetric matrices as those of a Quadratic. Raises BadInput unless 0 < mu_star and L < mu_dagger,
    x_dagger is in M and x_star is not in its closure.
    """

    x_star: Vec
    wide: tuple[Fraction, ...]
    wide_axes: tuple[Fraction, ...]
    x_dagger: Vec
    steep: tuple[Fraction, ...]
    steep_axes: tuple[Fraction, ...]
    height: Fraction

    def __post_init__(self) -> None:
        if len(self.wide) != len(self.steep) or len(self.wide) < 2:
            raise BadInput("two wells need two quadratics of one R^d, d >= 2: on the line use WellOnLine")
        if not (self.mu_star > 0 and self.mu_dagger > self.L):
            raise BadInput("two wells need 0 < mu_star and L < mu_dagger")
        if not as_fraction(self.gap(self.x_dagger)) < 0 < as_fraction(self.gap(self.x_star)):
            raise BadInput("two wells need x_dagger in M and x_* outside")

    @property
    def dim(self) -> int:
        """d."""
        return len(self.wide)

    @constant
    def outer(self) -> Quadratic:
        """The wide quadratic."""
        return Quadratic(self.wide_axes, self.wide, (Fraction(0),) * self.dim, self.x_star, Fraction(0))

    @constant
    def inner(self) -> Quadratic:
        """The steep quadratic."""
        return Quadratic(self.steep_axes, self.steep, (Fraction(0),) * self.dim, self.x_dagger, self.height)

    @constant
    def mu_star(self) -> Fraction:
        """The least eigenvalue of A."""
        return min(self.wide)

    @constant
    def L(self) -> Fraction:
        """The largest eigenvalue of A."""
        return max(self.wide)

    @constant
    def mu_dagger(self) -> Fraction:
        """The least eigenvalue of B."""
        return min(self.steep)

    @constant
    def L_M(self) -> Fraction:
        """The largest eigenvalue of B."""
        return max(self.steep)

    @constant
    def B_minus_A(self) -> Matrix:
        """B - A."""
        rows = zip(self.inner.A, self.outer.A, strict=True)
        return tuple(tuple(b - a for b, a in zip(p, q, strict=True)) for p, q in rows)

    @constant
    def middle(self) -> Vec:
        """m, the centre of M."""
        pull = times(self.outer.A, self.x_star - self.x_dagger)
        return self.x_dagger - Vec(tuple(row[0] for row in solve(self.B_minus_A, [[e] for e in pull])))

    @constant
    def level(self) -> Fraction:
        """l."""
        return -2 * as_fraction(self.gap(self.middle))

    @constant
    def spread(self) -> Scalar:
        """s."""
        return sqrt(self.level / (self.mu_dagger - self.L))

    @constant
    def rho(self) -> Scalar:
        """|m - x_dagger| + s."""
        return norm(self.middle - self.x_dagger) + self.spread

    @constant
    def diameter(self) -> Scalar:
        """2 s."""
        return 2 * self.spread

    @constant
    def within(self) -> Scalar:
        """In the norm of B - A, m and x_dagger are |m - x_dagger| apart, and B - A <= L_M - mu_star."""
        away = self.middle - self.x_dagger
        return (sqrt(self.level) - sqrt(dot(away, times(self.B_minus_A, away)))) / sqrt(self.L_M - self.mu_star)

    @constant
    def clearance(self) -> Scalar:
        """|m - x_*| - s."""
        return norm(self.middle - self.x_star) - self.spread

    def landing(self, h: Scalar) -> Scalar:
        """|T(m) - x_*| + max |1 - h lambda| s over the eigenvalues lambda of B."""
        image = self.middle - h * self.inner.grad(self.middle)
        factor = maximum(absolute(1 - h * self.mu_dagger), absolute(1 - h * self.L_M))
        return norm(image - self.x_star) + factor * self.spread

    def gap(self, x: Vec) -> Scalar:
        """inner - outer, negative in M."""
        return self.inner(x) - self.outer(x)

    def inside(self, x: Vec) -> bool:
        """Whether x is in M."""
        return bool(self.gap(x) < 0)

    def __call__(self, x: Vec) -> Scalar:
        return (self.inner if self.inside(x) else self.outer)(x)

    def grad(self, x: Vec) -> Vec:
        """The gradient, on the boundary of M that of `outer`."""
        return kinked_gradient(self.gap(x), self.inner.grad(x), self.outer.grad(x))

    def hessian(self, box: Vec) -> Matrix | None:
        """A or B over a box of balls; None where it touches the kink."""
        return kinked_hessian(self.gap(box), self.inner.A, self.outer.A)

    def restrict(self, axes: Sequence[int]) -> TwoWells:
        """Both quadratics unrotated, with the eigenvalues of these axes."""
        x, y = (Vec(tuple(p[i] for i in axes)) for p in (self.x_star, self.x_dagger))
        wide, steep = (tuple(e[i] for i in axes) for e in (self.wide, self.steep))
        none = (Fraction(0),) * (len(axes) * (len(axes) - 1) // 2)
        return TwoWells(x, wide, none, y, steep, none, self.height)

    def rescaled(self) -> Iterator[Rescaled]:
        """c s^2 f(x/s): with L = 1, and with each coordinate of x_star at a distance of 1."""
        for c, s in units(self.L, self.x_star.entries):
            wide, steep = (tuple(c * e for e in entries) for entries in (self.wide, self.steep))
            yield (
                TwoWells(
                    s * self.x_star,
                    wide,
                    self.wide_axes,
                    s * self.x_dagger,
                    steep,
                    self.steep_axes,
                    c * s**2 * self.height,
                ),
                c,
                s,
            )
