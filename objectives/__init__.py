"""What theorems quantify over: functions with computed constants, their classes, gradient descent."""

from objectives.classes import (
    coercive_on_the_line,
    convex,
    convex_with_minimum,
    eigen_starts,
    on_the_line,
    quadratics,
    smooth,
    smooth_with_minimum,
    strongly_convex_on_the_line,
    tame,
)
from objectives.descent import (
    GD,
    gradient_step,
    gradients_vanish,
    orbit,
    reaches_stationary_point,
    settling_steps,
    step_sizes,
    steps_beyond,
)
from objectives.encounter_draws import piecewise_quadratics, start_sets, targets, with_a_minimizer
from objectives.encounters import (
    distances,
    encounter,
    ever_encounter,
    locally_smooth_off,
    one_point_convexity_off,
    smooth_off,
)
from objectives.interpolation import Tabulated
from objectives.methods import HeavyBall, exact_line_search, fast_gradient
from objectives.piecewise import PiecewiseQuadratic
from objectives.protocol import Minimum, Objective, starts
from objectives.quadratic import Quadratic, square
from objectives.ridge import Ridge, RidgeSum
from objectives.separable import SeparableSum
from objectives.tabulated_draws import curvature_data, restricted_secant

__all__ = [
    "GD",
    "HeavyBall",
    "Minimum",
    "Objective",
    "PiecewiseQuadratic",
    "Quadratic",
    "Ridge",
    "RidgeSum",
    "SeparableSum",
    "Tabulated",
    "coercive_on_the_line",
    "convex",
    "convex_with_minimum",
    "curvature_data",
    "distances",
    "eigen_starts",
    "encounter",
    "ever_encounter",
    "exact_line_search",
    "fast_gradient",
    "gradient_step",
    "gradients_vanish",
    "locally_smooth_off",
    "on_the_line",
    "one_point_convexity_off",
    "orbit",
    "piecewise_quadratics",
    "quadratics",
    "reaches_stationary_point",
    "restricted_secant",
    "settling_steps",
    "smooth",
    "smooth_off",
    "smooth_with_minimum",
    "square",
    "start_sets",
    "starts",
    "step_sizes",
    "steps_beyond",
    "strongly_convex_on_the_line",
    "tame",
    "targets",
    "with_a_minimizer",
]
