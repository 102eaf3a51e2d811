"""Classes of functions: what they ask, and how their members are drawn."""

from objectives.classes.declared import by_conditions
from objectives.classes.interpolation import Tabulated
from objectives.classes.known import Answer, Known
from objectives.classes.nonsmooth import convex_lipschitz, convex_nonsmooth, strongly_convex_nonsmooth
from objectives.classes.one_point import narrow_smoothness, one_point_constants, points_but, printed_large_steps
from objectives.classes.operators import (
    ClippedMap,
    MonotoneMap,
    cocoercive_operators,
    monotone_lipschitz_operators,
    monotone_operators,
    orthogonal_projections,
    strongly_monotone_operators,
)
from objectives.classes.smooth import (
    coercive_on_the_line,
    convex,
    convex_on_the_line,
    convex_quadratics,
    convex_with_minimum,
    eigen_starts,
    on_the_line,
    parabolas,
    quadratics,
    quadratics_at_rest,
    smooth,
    smooth_with_minimum,
    strongly_convex,
    strongly_convex_on_the_line,
    tame,
)
from objectives.classes.tabulated import curvature_data, restricted_secant

__all__ = [
    "Answer",
    "ClippedMap",
    "Known",
    "MonotoneMap",
    "Tabulated",
    "by_conditions",
    "cocoercive_operators",
    "coercive_on_the_line",
    "convex",
    "convex_lipschitz",
    "convex_nonsmooth",
    "convex_on_the_line",
    "convex_quadratics",
    "convex_with_minimum",
    "curvature_data",
    "eigen_starts",
    "monotone_lipschitz_operators",
    "monotone_operators",
    "narrow_smoothness",
    "on_the_line",
    "one_point_constants",
    "orthogonal_projections",
    "parabolas",
    "points_but",
    "printed_large_steps",
    "quadratics",
    "quadratics_at_rest",
    "restricted_secant",
    "smooth",
    "smooth_with_minimum",
    "strongly_convex",
    "strongly_convex_nonsmooth",
    "strongly_convex_on_the_line",
    "strongly_monotone_operators",
    "tame",
]
