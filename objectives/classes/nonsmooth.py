r"""Convex functions that need not be differentiable, by their interpolation conditions; `f.grad(x)` is some subgradient, always the same one at a point.

Data (x_i, g_i, f_i) are those of a convex function iff f_i >= f_j + <g_j, x_i - x_j> for all i, j: the largest of these affine functions is one. It is
M-Lipschitz if moreover |g_i| <= M, and mu-strongly convex data have mu |x_i - x_j|^2/2 more on the right (Taylor, Hendrickx, Glineur 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.known import Answer
from refute import Domain, Scalar, dot, sq


def _above(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """f_a >= f_b + <g_b, x_a - x_b>."""
    return [a.f - b.f - dot(b.g, a.x - b.x)]


def _strongly_above(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """f_a >= f_b + <g_b, x_a - x_b> + mu |x_a - x_b|^2/2."""
    return [a.f - b.f - dot(b.g, a.x - b.x) - f.mu * sq(a.x - b.x) / 2]


def _bounded(f: Any, a: Answer) -> Sequence[Scalar]:
    """|g_a| <= M."""
    return [f.M**2 - sq(a.g)]


def convex_nonsmooth(*, minimizer: bool = False, dim: Any = None) -> Domain:
    """Convex functions, differentiable or not; with `minimizer` those that have one; on R^dim, such as f.dim (None: of any dimension)."""
    return by_conditions("convex functions, smooth or not", pair=_above, minimizer=minimizer, sufficient=True, dim=dim)


def strongly_convex_nonsmooth(*, minimizer: bool = False, dim: Any = None) -> Domain:
    """mu-strongly convex functions, mu > 0, differentiable or not."""
    name = "strongly convex functions, smooth or not"
    return by_conditions(name, pair=_strongly_above, constants=("mu",), minimizer=minimizer, sufficient=True, dim=dim)


def convex_lipschitz(*, minimizer: bool = False, dim: Any = None) -> Domain:
    """Convex M-Lipschitz functions, M > 0, differentiable or not."""
    return by_conditions(
        "convex M-Lipschitz functions",
        pair=_above,
        one=_bounded,
        constants=("M",),
        minimizer=minimizer,
        sufficient=True,
        dim=dim,
    )
