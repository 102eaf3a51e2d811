r"""Classes of convex functions, and of those that a parabola makes convex, by their interpolation conditions; `f.grad(x)` is some subgradient, always the same one at a
point, and `f.prox(h, x)` the proximal point.

Data (x_i, g_i, f_i) are those of a convex function iff f_i >= f_j + <g_j, x_i - x_j> for all i, j: the largest of these affine functions is one. What else is
asked here of each g_i, of the distance to the minimizer, or with a multiple of |x_i - x_j|^2, keeps that an equivalence, as is said at each class.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.given import given, is_parameter, refuse_unless
from objectives.classes.interpolation import excess
from objectives.classes.known import Answer
from refute import BadInput, Domain, Scalar, dot, sq


def _above(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """f_a >= f_b + <g_b, x_a - x_b>."""
    return [a.f - b.f - dot(b.g, a.x - b.x)]


def _strongly_above(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """f_a >= f_b + <g_b, x_a - x_b> + mu |x_a - x_b|^2/2."""
    return [a.f - b.f - dot(b.g, a.x - b.x) - f.mu * sq(a.x - b.x) / 2]


def _weakly_above(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """f_a >= f_b + <g_b, x_a - x_b> - rho |x_a - x_b|^2/2."""
    return [a.f - b.f - dot(b.g, a.x - b.x) + f.rho * sq(a.x - b.x) / 2]


def _bounded(f: Any, a: Answer) -> Sequence[Scalar]:
    """|g_a| <= M."""
    return [f.M**2 - sq(a.g)]


def _grows(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
    """f_a >= f_* + mu |x_a - x_*|^2/2."""
    return [a.f - star.f - f.mu * sq(a.x - star.x) / 2]


def _below_a_parabola(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
    """f_* >= f_a + <g_a, x_* - x_a> + |g_a|^2/(2 L)."""
    return [star.f - a.f - dot(a.g, star.x - a.x) - sq(a.g) / (2 * f.L)]


def _homogeneous(f: Any, a: Answer) -> Sequence[Scalar]:
    """f_a = <g_a, x_a>."""
    left = a.f - dot(a.g, a.x)
    return [left, -left]


def _homogeneous_and_bounded(f: Any, a: Answer) -> Sequence[Scalar]:
    """f_a = <g_a, x_a>, |g_a| <= M."""
    return [*_homogeneous(f, a), *_bounded(f, a)]


def convex_nonsmooth(*, minimizer: bool = False, dim: Any = None) -> Domain:
    """Convex functions, differentiable or not; with `minimizer` those that have one; on R^dim, such as f.dim (None: of any dimension)."""
    return by_conditions(
        "convex functions, smooth or not", pair=_above, minimizer=minimizer, sufficient=True, everywhere=True, dim=dim
    )


def strongly_convex_nonsmooth(*, minimizer: bool = False, dim: Any = None) -> Domain:
    """mu-strongly convex functions, mu > 0, differentiable or not."""
    name = "strongly convex functions, smooth or not"
    return by_conditions(
        name, pair=_strongly_above, constants=("mu",), minimizer=minimizer, sufficient=True, everywhere=True, dim=dim
    )


def convex_lipschitz(*, minimizer: bool = False, dim: Any = None) -> Domain:
    """Convex M-Lipschitz functions, M > 0, differentiable or not."""
    return by_conditions(
        "convex M-Lipschitz functions",
        pair=_above,
        one=_bounded,
        constants=("M",),
        minimizer=minimizer,
        sufficient=True,
        everywhere=True,
        dim=dim,
    )


def weakly_convex(*, dim: Any = None) -> Domain:
    """rho-weakly convex functions, rho > 0, differentiable or not: f + rho |x|^2/2 is convex, and its data are those of a convex function. Proximal points take steps below 1/rho."""
    return by_conditions(
        "rho-weakly convex functions",
        pair=_weakly_above,
        constants=("rho",),
        sufficient=True,
        everywhere=True,
        rho="rho",
        dim=dim,
    )


def convex_with_quadratic_growth(*, dim: Any = None) -> Domain:
    """Convex functions, differentiable or not, with f(x) - f_* >= mu |x - x_*|^2/2, mu > 0. Data of convex functions for which that holds at each point are
    those of one: of the largest of f_* + mu |x - x_*|^2/2 and the affine functions."""
    name = "convex functions with quadratic growth"
    return by_conditions(
        name,
        pair=_above,
        to_minimizer=_grows,
        constants=("mu",),
        minimizer=True,
        sufficient=True,
        everywhere=True,
        dim=dim,
    )


def convex_with_quadratic_upper_bound(*, dim: Any = None) -> Domain:
    """Convex functions, differentiable or not, with f(x) - f_* <= L |x - x_*|^2/2, L > 0. Data of convex functions are those of one iff
    f_* >= f_i + <g_i, x_* - x_i> + |g_i|^2/(2 L) for all i (Goujaud, Taylor, Dieuleveut 2022)."""
    name = "convex functions with a quadratic upper bound"
    return by_conditions(
        name,
        pair=_above,
        to_minimizer=_below_a_parabola,
        constants=("L",),
        minimizer=True,
        sufficient=True,
        everywhere=True,
        dim=dim,
    )


def convex_smooth_lipschitz(*, L: Any = 1, M: Any = 1, minimizer: bool = False, dim: Any = None) -> Domain:
    """Convex L-smooth and M-Lipschitz functions, for given numbers. Data of convex L-smooth functions with |g_i| <= M are those of one: the conjugate of a function
    that takes them may be made infinite outside the ball of radius M, and stays 1/L-strongly convex. Raises BadInput unless L > 0 and M > 0."""
    L, M = given(L=L, M=M)
    refuse_unless(lambda: L > 0 and M > 0, "convex_smooth_lipschitz: L and M are positive", L, M)

    def smooth(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
        return [excess(Fraction(0), L, (a.x, a.g, a.f), (b.x, b.g, b.f))]

    def bounded(f: Any, a: Answer) -> Sequence[Scalar]:
        return [M**2 - sq(a.g)]

    name = f"convex {L}-smooth {M}-Lipschitz functions"
    return by_conditions(name, pair=smooth, one=bounded, minimizer=minimizer, sufficient=True, everywhere=True, dim=dim)


def curvature_between(low: Any, high: Any, *, minimizer: bool = False, dim: Any = None) -> Domain:
    """Functions with low <= f'' <= high for given numbers, -high <= low < high, in the sense of quadratic bounds: by their answers alone, with gradients and
    proximal points, for low < 0 with steps below -1/low (Taylor, Hendrickx, Glineur 2017, Theorem 4). Raises BadInput for other numbers, and with `minimizer` for low < 0, where the conditions would not suffice."""
    low, high = given(low=low, high=high)
    refuse_unless(lambda: -high <= low < high, "curvature_between(low, high): -high <= low < high", low, high)
    bent = not is_parameter(low) and low < 0
    if minimizer and bent:
        raise BadInput(
            "curvature_between(low, high, minimizer=True): 0 <= low; a minimum of others is one of smooth(minimizer='known')"
        )

    def between(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
        return [excess(low, high, (a.x, a.g, a.f), (b.x, b.g, b.f))]

    return by_conditions(
        f"functions with {low} <= f'' <= {high}",
        pair=between,
        minimizer=minimizer,
        sufficient=True,
        everywhere=True,
        rho=-low if bent else None,
        dim=dim,
    )


def support_functions(*, bounded: bool = False, dim: Any = None) -> Domain:
    """Support functions f(x) = sup <s, x> over a set of s, whose subgradients are the s at which it is attained; with `bounded` |s| <= M, M > 0.
    Data with f_i = <g_i, x_i> >= <g_j, x_i> for all i, j are those of the support function of the g_i."""
    if not bounded:
        return by_conditions(
            "support functions", pair=_above, one=_homogeneous, sufficient=True, everywhere=True, dim=dim
        )
    name = "support functions of sets within a ball"
    return by_conditions(
        name, pair=_above, one=_homogeneous_and_bounded, constants=("M",), sufficient=True, everywhere=True, dim=dim
    )
