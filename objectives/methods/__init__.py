"""Methods: gradient descent, momentum, line search, flows, as maps and as finite runs."""

from objectives.methods.flow_on_the_line import flow_on_the_line
from objectives.methods.gradient_descent import (
    GD,
    gradient_step,
    gradients_vanish,
    orbit,
    reaches_stationary_point,
    settling_steps,
    step_sizes,
    steps_beyond,
)
from objectives.methods.gradient_flow import GradientFlow, ModifiedFlow
from objectives.methods.line_search import exact_line_search, least_along
from objectives.methods.modified_equation import series_rate, squared_distances
from objectives.methods.momentum import HeavyBall, fast_gradient

__all__ = [
    "GD",
    "GradientFlow",
    "HeavyBall",
    "ModifiedFlow",
    "exact_line_search",
    "fast_gradient",
    "flow_on_the_line",
    "gradient_step",
    "gradients_vanish",
    "least_along",
    "orbit",
    "reaches_stationary_point",
    "series_rate",
    "settling_steps",
    "squared_distances",
    "step_sizes",
    "steps_beyond",
]
