"""Functions: formulas whose constants (L, mu, minimum) are computed."""

from objectives.functions.linear import determinant
from objectives.functions.linear_map import LinearMap
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.piecewise_polynomial import PiecewisePolynomial
from objectives.functions.polynomial import Polynomial, polynomials
from objectives.functions.protocol import Minimum, Objective, gradient, starts
from objectives.functions.quadratic import Quadratic, square
from objectives.functions.ridge import Ridge, RidgeSum
from objectives.functions.separable import SeparableSum
from objectives.functions.spectrum import largest_above, largest_at_least, largest_at_most

__all__ = [
    "LinearMap",
    "Minimum",
    "Objective",
    "PiecewisePolynomial",
    "PiecewiseQuadratic",
    "Polynomial",
    "Quadratic",
    "Ridge",
    "RidgeSum",
    "SeparableSum",
    "determinant",
    "gradient",
    "largest_above",
    "largest_at_least",
    "largest_at_most",
    "polynomials",
    "square",
    "starts",
]
