"""One-point strong convexity at a single point: constants, and the steps of the printed window, drawn where they exist."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from objectives.functions.protocol import Differentiable
from refute import Domain, Draw, Scalar, Vec, between, both, choose, dot, le, lt, ne, points, sq, sqrt, such_that


def one_point_constants(f: Differentiable, centre: Vec, p: Vec) -> Domain:
    """mu > 0; drawn so that <grad f(p), p - centre> >= mu |p - centre|^2, where that holds for some mu."""

    def draw(d: Draw) -> Any:
        most = float(dot(f.grad(p), p - centre) / sq(p - centre))
        return between(0, Fraction(most) if most > 0 else Fraction(1), open=True).draw(d)

    return Domain("mu > 0", draw, lambda mu: lt(0, mu), nonnegative=True)


def narrow_smoothness(mu_dagger: Scalar, mu_star: Scalar) -> Domain:
    """The L > 0 with 2 L^2 < mu_dagger mu_star."""

    def draw(d: Draw) -> Fraction:
        return Fraction(float(sqrt(mu_dagger * mu_star / 2))) * Fraction(choose(d, 16)[0] + 1, 17)

    return Domain(
        "2 L^2 < mu_dagger mu_star",
        draw,
        lambda L: both(positive=lt(0, L), narrow=lt(2 * L**2, mu_dagger * mu_star)),
    )


def printed_large_steps(mu_dagger: Scalar, mu_star: Scalar, L: Scalar) -> Domain:
    """2/mu_dagger < gamma <= mu_star/L^2, drawn between the ends."""
    low, high = 2 / mu_dagger, mu_star / L**2
    return Domain(
        "the large steps", between(low, high, open=True).draw, lambda h: both(above=lt(low, h), below=le(h, high))
    )


def points_but(dim: int, p: Vec) -> Domain:
    """The points of R^dim other than p."""
    return such_that(points(dim), "another point", lambda x: ne(sq(x - p), 0))
