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
    step_sizes,
    steps_beyond,
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
    "eigen_starts",
    "exact_line_search",
    "fast_gradient",
    "gradient_step",
    "gradients_vanish",
    "on_the_line",
    "orbit",
    "quadratics",
    "reaches_stationary_point",
    "restricted_secant",
    "smooth",
    "smooth_with_minimum",
    "square",
    "starts",
    "step_sizes",
    "steps_beyond",
    "strongly_convex_on_the_line",
    "tame",
]
