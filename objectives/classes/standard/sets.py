"""Convex sets by their normals and projections, and by their farthest points: what an indicator function and a linear minimization oracle answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.given import given, refuse_unless
from objectives.classes.known import Answer
from refute import Domain, Scalar, dot, sq


def _normal(Q: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """<g_a, x_a - x_b> >= 0."""
    return [dot(a.g, a.x - b.x)]


def convex_sets(*, diameter: Any = None, dim: Any = None) -> Domain:
    """Closed convex sets Q, by their indicator functions: `Q.prox(1, x)` is the projection of x, `Q(x)` a normal at a point x of Q, and
    `Q.has_subgradient(s, 0 * s)` says that s belongs to Q; with `diameter` a number that |x - y| does not exceed for x, y in Q. Points x_i with normals g_i are those of such a set iff
    <g_i, x_i - x_j> >= 0 (and |x_i - x_j| <= diameter) for all i, j: of their convex hull. Raises BadInput for a diameter that is not positive."""
    if diameter is None:
        return by_conditions("convex sets", pair=_normal, operator=True, sufficient=True, dim=dim)
    (D,) = _diameter(diameter)

    def within(Q: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
        return [dot(a.g, a.x - b.x), D**2 - sq(a.x - b.x)]

    return by_conditions(f"convex sets of diameter {D}", pair=within, operator=True, sufficient=True, dim=dim)


def linear_maximizers(*, diameter: Any = 1, dim: Any = None) -> Domain:
    """Oracles S of a bounded set: S(v) is a point of it at which <v, s> is largest, so that S(-g) minimizes <g, s>, as in the method of Frank and Wolfe; the distance of
    two such points is at most `diameter`. Points s_i are those of an oracle at v_i iff <v_i, s_i - s_j> >= 0 and |s_i - s_j| <= diameter for all i, j: of the convex hull of
    the s_i. Raises BadInput for a diameter that is not positive."""
    (D,) = _diameter(diameter)

    def maximizes(S: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
        return [dot(a.g - b.g, a.x), D**2 - sq(a.g - b.g)]

    return by_conditions(
        f"maximizers over a set of diameter {D}",
        pair=maximizes,
        operator=True,
        sufficient=True,
        everywhere=True,
        dim=dim,
    )


def _diameter(diameter: Any) -> Any:
    found = given(diameter=diameter)
    refuse_unless(lambda: found[0] > 0, f"diameter={diameter!r}: the diameter is positive", *found)
    return found
