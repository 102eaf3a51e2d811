"""Starts among the local minima of a parabola with ripples, on a grid or aimed at a stationary point."""

from __future__ import annotations

from objectives.ripples.multiscale import Multiscale, lands_at_rest
from refute import Domain, Draw, Scalar, Vec, as_fraction, between, choose, known, lift


def starts_among_minima(f: Multiscale) -> Domain:
    """R, drawn on a grid where c |x| <= A/2."""
    reach = f.A / (2 * f.c)
    part = between(-1, 1)

    def draw(d: Draw) -> Vec:
        return Vec((reach * part.draw(d),))

    return Domain("R", draw, lambda x: known(len(x) == 1, "a point of the line"), (Vec,), dim=1)


def aimed_starts(f: Multiscale, h: Scalar) -> Domain:
    """R, drawn on the grid of `starts_among_minima`, or so that the first step ends at a stationary point, to 160 digits."""
    grid = starts_among_minima(f)

    def draw(d: Draw) -> Vec:
        g, step = lift((f, h), as_fraction)
        # Stationary points are about pi eps apart, up to c |x| <= A/4. For longer steps a start beside one is too close to it.
        most = int(g.A / (4 * g.c * g.eps) / 4)
        aim, k, side = choose(d, 4, 2 * most + 1, 2)
        if aim == 3 or not 100 * g.eps <= step * g.A <= 300 * g.eps:
            x: Vec = grid.draw(d)
            return x
        return Vec((lands_at_rest(g, step, k - most + 2 * side - 1, k - most),))

    return Domain("R", draw, grid.member, (Vec,), dim=1)
