"""Losses of the line whose one stationary point, 0, repels gradient descent: its curvature there is beyond 2/h."""

from __future__ import annotations

from fractions import Fraction

from objectives.functions.piecewise import PiecewiseQuadratic
from refute import Claim, Domain, Draw, Vec, both, choose, known, lt

STEEP = tuple(Fraction(n, 4) for n in (9, 10, 12, 16))
WIDTHS = (Fraction(1), Fraction(1, 4), Fraction(1, 10), Fraction(2))


def convex_losses() -> Domain:
    """Convex piecewise quadratics with their one minimizer at 0, f'' = s around it and f'(x) = s x up to a knot k > 0; half of
    them with f' constant from there to s k and f'(x) = x beyond."""

    def draw(d: Draw) -> PiecewiseQuadratic:
        shape, s, k, beyond = choose(d, 2, len(STEEP), len(WIDTHS), 3)
        steep, knot = STEEP[s], WIDTHS[k]
        if shape:
            knots: tuple[Fraction, ...] = (knot, steep * knot, 2 * steep * knot)
            return PiecewiseQuadratic(
                knots, (steep, Fraction(0), Fraction(1), Fraction(beyond)), steep * knot, Fraction(0)
            )
        return PiecewiseQuadratic((knot,), (steep, Fraction(beyond + 1, 2)), steep * knot, Fraction(0))

    def member(f: PiecewiseQuadratic) -> Claim:
        alone = f.knots[0] > 0 and f.slope == f.curvatures[0] * f.knots[0]
        rising = all(c >= 0 for c in f.curvatures) and f.curvatures[0] > 0
        return known(bool(alone and rising), "convex with its one minimizer at 0")

    return Domain("convex losses with their minimizer at 0", draw, member, (PiecewiseQuadratic,))


def repelling_steps(f: PiecewiseQuadratic) -> Domain:
    """The h with h f''(0) > 2, often 1."""

    def draw(d: Draw) -> Fraction:
        (i,) = choose(d, 16)
        if i % 2:
            return Fraction(1) if f.curvatures[0] > 2 else 3 / f.curvatures[0]
        return (2 + Fraction(i + 1, 8)) / f.curvatures[0]

    return Domain("h f''(0) > 2", draw, lambda h: lt(2, h * f.curvatures[0]))


def starts_off_minimum(f: PiecewiseQuadratic) -> Domain:
    """R without 0, drawn to twice the last knot."""

    def draw(d: Draw) -> Vec:
        (i,) = choose(d, 64)
        t = Fraction(i - 32, 16)
        return Vec(((t or Fraction(1, 64)) * f.knots[-1],))

    def member(x: Vec) -> Claim:
        return both(
            on_the_line=known(len(x) == 1, "a point of the line"), moved=known(bool(x[0] != 0), "the minimizer")
        )

    return Domain("R without 0", draw, member, (Vec,), dim=1)
