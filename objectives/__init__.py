"""What theorems quantify over: functions with computed constants, their classes, gradient descent."""

from objectives.classes import (
    coercive_on_the_line,
    convex,
    convex_with_minimum,
    on_the_line,
    quadratics,
    smooth,
    smooth_with_minimum,
    tame,
)
from objectives.descent import GD, gradient_step, orbit, step_sizes, steps_beyond
from objectives.piecewise import PiecewiseQuadratic
from objectives.protocol import Minimum, Objective
from objectives.quadratic import Quadratic, square
from objectives.ridge import Ridge, RidgeSum
from objectives.separable import SeparableSum

__all__ = [
    "GD",
    "Minimum",
    "Objective",
    "PiecewiseQuadratic",
    "Quadratic",
    "Ridge",
    "RidgeSum",
    "SeparableSum",
    "coercive_on_the_line",
    "convex",
    "convex_with_minimum",
    "gradient_step",
    "on_the_line",
    "orbit",
    "quadratics",
    "smooth",
    "smooth_with_minimum",
    "square",
    "step_sizes",
    "steps_beyond",
    "tame",
]
