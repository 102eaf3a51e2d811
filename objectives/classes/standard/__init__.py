"""The standard classes of the literature, each a few lines of conditions."""

from objectives.classes.standard.convex import (
    convex_lipschitz,
    convex_nonsmooth,
    convex_smooth_lipschitz,
    convex_with_quadratic_growth,
    convex_with_quadratic_upper_bound,
    curvature_between,
    strongly_convex_nonsmooth,
    support_functions,
    weakly_convex,
)
from objectives.classes.standard.linear import skew_operators, symmetric_operators
from objectives.classes.standard.maps import linear_maps
from objectives.classes.standard.operators import (
    ClippedMap,
    MonotoneMap,
    averaged_maps,
    cocoercive_operators,
    lipschitz_operators,
    monotone_lipschitz_operators,
    monotone_operators,
    nonexpansive_maps,
    orthogonal_projections,
    strongly_monotone_operators,
)
from objectives.classes.standard.quadratics import (
    convex_quadratics,
    eigen_starts,
    parabolas,
    quadratics,
    quadratics_at_rest,
    strongly_convex_quadratics,
)
from objectives.classes.standard.sets import convex_sets, linear_maximizers
from objectives.classes.standard.weaker import (
    error_bound,
    polyak_lojasiewicz,
    quadratic_growth,
    quasar_convex,
    star_convex,
)

__all__ = [
    "ClippedMap",
    "MonotoneMap",
    "averaged_maps",
    "cocoercive_operators",
    "convex_lipschitz",
    "convex_nonsmooth",
    "convex_quadratics",
    "convex_sets",
    "convex_smooth_lipschitz",
    "convex_with_quadratic_growth",
    "convex_with_quadratic_upper_bound",
    "curvature_between",
    "eigen_starts",
    "error_bound",
    "linear_maps",
    "linear_maximizers",
    "lipschitz_operators",
    "monotone_lipschitz_operators",
    "monotone_operators",
    "nonexpansive_maps",
    "orthogonal_projections",
    "parabolas",
    "polyak_lojasiewicz",
    "quadratic_growth",
    "quadratics",
    "quadratics_at_rest",
    "quasar_convex",
    "skew_operators",
    "star_convex",
    "strongly_convex_nonsmooth",
    "strongly_convex_quadratics",
    "strongly_monotone_operators",
    "support_functions",
    "symmetric_operators",
    "weakly_convex",
]
