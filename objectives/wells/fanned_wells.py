r"""A steep well in a wide one, both no quadratics: the minimum of two functions with other curvatures on the two sides of each axis.

With outer <= A (all larger curvatures) and inner >= B (all smaller ones), quadratics with the same centres, M = {inner < outer} lies in the ellipsoid of the
two quadratics (see two_wells.py), and is none itself: in each of the 4^d parts into which the axes cut the space it is a piece of another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from objectives.functions.fanned import Fanned
from objectives.functions.formula import Printed
from objectives.functions.protocol import Rescaled, units
from objectives.wells.kink import kinked_gradient, kinked_hessian
from objectives.wells.two_wells import TwoWells
from refute import BadInput, Matrix, Scalar, Vec, absolute, as_fraction, constant, maximum, norm, sqrt

Curvatures = tuple[Fraction, ...]


@dataclass(frozen=True)
class FannedWells(Printed):
    """min(outer, inner) on R^d, d >= 2; the constants (see kink.py) are bounds, mu and L the best ones.

    outer has the value 0 at x_star, inner `height` at x_dagger; `wide` and `steep` are their curvatures on the two sides of their axes, each a pair of
    tuples. Raises BadInput unless 0 < mu_star and L < mu_dagger, x_dagger is in M and x_star is not in the closure of the ellipsoid around M.
    """

    x_star: Vec
    wide: tuple[Curvatures, Curvatures]
    wide_axes: tuple[Fraction, ...]
    x_dagger: Vec
    steep: tuple[Curvatures, Curvatures]
    steep_axes: tuple[Fraction, ...]
    height: Fraction

    def __post_init__(self) -> None:
        if not (self.mu_star > 0 and self.mu_dagger > self.L):
            raise BadInput("two wells need 0 < mu_star and L < mu_dagger")
        if not as_fraction(self.gap(self.x_dagger)) < 0:
            raise BadInput("two wells need x_dagger in M")
        _ = self.around  # which asks the same of the ellipsoid, and x_star outside of it

    @property
    def dim(self) -> int:
        """d."""
        return len(self.x_star)

    @constant
    def outer(self) -> Fanned:
        """The wide function."""
        return Fanned(self.wide_axes, *self.wide, self.x_star, Fraction(0))

    @constant
    def inner(self) -> Fanned:
        """The steep function."""
        return Fanned(self.steep_axes, *self.steep, self.x_dagger, self.height)

    @constant
    def is_of_quadratics(self) -> bool:
        """Whether outer and inner have the same curvature on both sides of each axis."""
        return self.wide[0] == self.wide[1] and self.steep[0] == self.steep[1]

    @constant
    def around(self) -> TwoWells:
        """Two quadratics, outer at least and inner at most as large: their M holds this one."""
        wide = tuple(map(max, *self.wide))
        steep = tuple(map(min, *self.steep))
        return TwoWells(self.x_star, wide, self.wide_axes, self.x_dagger, steep, self.steep_axes, self.height)

    @constant
    def mu_star(self) -> Fraction:
        """The least curvature of outer."""
        return min(map(min, self.wide))

    @constant
    def L(self) -> Fraction:
        """The largest curvature of outer."""
        return max(map(max, self.wide))

    @constant
    def mu_dagger(self) -> Fraction:
        """The least curvature of inner."""
        return min(map(min, self.steep))

    @constant
    def L_M(self) -> Fraction:
        """The largest curvature of inner."""
        return max(map(max, self.steep))

    @constant
    def rho(self) -> Scalar:
        """That of the ellipsoid."""
        return self.around.rho

    @constant
    def diameter(self) -> Scalar:
        """That of the ellipsoid."""
        return self.around.diameter

    @constant
    def clearance(self) -> Scalar:
        """That of the ellipsoid."""
        return self.around.clearance

    @constant
    def within(self) -> Scalar:
        """The r with L_M r^2/2 + |grad outer(x_dagger)| r = outer(x_dagger) - height: outer is convex, and inner at most height + L_M |x - x_dagger|^2/2."""
        depth, slope = -self.gap(self.x_dagger), norm(self.outer.grad(self.x_dagger))
        return (sqrt(slope**2 + 2 * self.L_M * depth) - slope) / self.L_M

    def landing(self, h: Scalar) -> Scalar:
        """|x_dagger - x_*| + max |1 - h k| rho over the curvatures k of inner: T(x) - x_dagger = (I - h K)(x - x_dagger) in M."""
        factor = maximum(absolute(1 - h * self.mu_dagger), absolute(1 - h * self.L_M))
        return norm(self.x_dagger - self.x_star) + factor * self.rho

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
        """That of inner or outer over a box of balls; None where it touches the kink."""
        return kinked_hessian(self.gap(box), self.inner.hessian(box), self.outer.hessian(box))

    def restrict(self, axes: Sequence[int]) -> FannedWells:
        """Both functions unrotated, with the curvatures of these axes."""
        x, y = (Vec(tuple(p[i] for i in axes)) for p in (self.x_star, self.x_dagger))
        wide, steep = (tuple(tuple(e[i] for i in axes) for e in pair) for pair in (self.wide, self.steep))
        none = (Fraction(0),) * (len(axes) * (len(axes) - 1) // 2)
        return FannedWells(x, (wide[0], wide[1]), none, y, (steep[0], steep[1]), none, self.height)

    def rescaled(self) -> Iterator[Rescaled]:
        """c s^2 f(x/s): with L = 1, and with each coordinate of x_star at a distance of 1."""
        for c, s in units(self.L, self.x_star.entries):
            wide, steep = (tuple(tuple(c * e for e in side) for side in pair) for pair in (self.wide, self.steep))
            yield (
                FannedWells(
                    s * self.x_star,
                    (wide[0], wide[1]),
                    self.wide_axes,
                    s * self.x_dagger,
                    (steep[0], steep[1]),
                    self.steep_axes,
                    c * s**2 * self.height,
                ),
                c,
                s,
            )
