"""Gradient descent on separable functions of R^d against a union of boxes X: constants outside X, and exact probabilities.

T acts on each coordinate by itself, so that {x_k in X} is a union of products of unions of intervals; to meet X within T
steps is a union over the steps, and no product of events.

In d >= 2, two points outside a bounded X can have any two first coordinates: of the constants outside X the least L is that
of the whole space, and min mu_i is a valid mu_star, mu_i being that of the i-th part on the line.
"""

from __future__ import annotations

from collections.abc import Sequence

from objectives.encounters.on_line import map_pieces, one_point_convexity_off, smooth_off
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.separable import SeparableSum
from refute import BadInput, Boxes, Intervals, Product, Scalar, Undecided, Vec, preimage, volume

#: A function of the line, or a separable one of R^d.
Separable = PiecewiseQuadratic | SeparableSum

LONGEST = 4096


def parts(f: Separable) -> Sequence[PiecewiseQuadratic]:
    """The functions of the coordinates; raises BadInput where one is no piecewise quadratic."""
    found = [p for p in (f.parts if isinstance(f, SeparableSum) else (f,)) if isinstance(p, PiecewiseQuadratic)]
    if len(found) != f.dim:
        raise BadInput("exact probabilities need a separable sum of piecewise quadratics")
    return found


def smooth_off_boxes(f: Separable, X: Boxes) -> Scalar:
    """The least L with |grad f(x) - grad f(y)| <= L |x - y| for all x, y outside the interior of X."""
    return smooth_off(f, _on_the_line(X)) if isinstance(f, PiecewiseQuadratic) else f.L


def one_point_convexity_off_boxes(f: Separable, X: Boxes, x_star: Vec) -> Scalar:
    """A mu with <grad f(x), x - x_*> >= mu |x - x_*|^2 for all x outside the interior of X; on the line the largest."""
    if isinstance(f, PiecewiseQuadratic):
        return one_point_convexity_off(f, _on_the_line(X), x_star[0])
    nothing = Intervals(())
    least = [one_point_convexity_off(p, nothing, c) for p, c in zip(parts(f), x_star, strict=True)]
    return min(least)


def _on_the_line(X: Boxes) -> Intervals:
    met = X.parts[0][0]
    for p in X.parts[1:]:
        met = met.join(p[0])
    return met


def preimages(f: Separable, h: Scalar, X: Boxes, W: Boxes, T: int) -> list[list[Product]]:
    """T^-k(X) for k = 0, ..., T, as far as orbits from W go; each a union of products."""
    # On the line what happens in X does not matter; of a product it does, outside of the other sides.
    inside = _on_the_line(X) if isinstance(f, PiecewiseQuadratic) else Intervals(())
    maps = [map_pieces(g, h, W.hull(i), T, inside) for i, g in enumerate(parts(f))]
    found = [list(X.parts)]
    for _ in range(T):
        back = [tuple(preimage(side, pieces) for side, pieces in zip(p, maps, strict=True)) for p in found[-1]]
        found.append([p for p in back if all(side.parts for side in p)])
    return found


def encounter_boxes(f: Separable, h: Scalar, X: Boxes, W: Boxes, T: int) -> Scalar:
    """P(x_k in X for some k = 0, ..., T) for x_0 uniform in W, exactly where h f_i'' != 1 (see `preimage`);
    raises Undecided for T >= LONGEST."""
    if T >= LONGEST:
        raise Undecided(f"orbits may meet X after more than {LONGEST} steps")
    met = [q for p in preimages(f, h, X, W, T) if p for q in Boxes(tuple(p)).meet(W)]
    return volume(met) / W.measure


def latest_encounter(X: Boxes, W: Boxes, x_star: Vec, rate_sq: Scalar) -> int:
    """The largest k at which an orbit from W can be in X for the first time, where |x_{k+1} - x_*|^2 <= rate_sq
    |x_k - x_*|^2 as long as x_k is not in X, rate_sq < 1; -1 where it never can, LONGEST where that or later."""
    least, most = X.distance_sq(x_star), W.radius_sq(x_star)
    k = -1
    while most >= least and k < LONGEST:
        k, most = k + 1, most * rate_sq
    return k
