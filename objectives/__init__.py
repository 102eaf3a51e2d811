"""What theorems quantify over: functions with computed constants, their classes, gradient descent."""

from objectives.activated import ActivatedFactorization, activated_factorizations
from objectives.chains import Chain, chain_minimizers, chains
from objectives.classes import (
    coercive_on_the_line,
    convex,
    convex_quadratics,
    convex_with_minimum,
    eigen_starts,
    on_the_line,
    parabolas,
    quadratics,
    quadratics_at_rest,
    smooth,
    smooth_with_minimum,
    strongly_convex_on_the_line,
    tame,
)
from objectives.critical_points import CriticalPoint
from objectives.deep import Layers, deep_minimizers, sharp_direction
from objectives.descent import (
    GD,
    gradient_step,
    gradients_vanish,
    misses,
    misses_bottom,
    orbit,
    reaches,
    reaches_stationary_point,
    settling_steps,
    stay,
    step_sizes,
    steps_beyond,
    visits,
)
from objectives.diagonal import Diagonal, OnDiagonal
from objectives.encounter_draws import piecewise_quadratics, start_sets, targets, with_a_minimizer
from objectives.encounter_draws_in_space import box_starts, box_targets, separable_functions
from objectives.encounters import (
    distances,
    encounter,
    ever_encounter,
    locally_smooth_off,
    one_point_convexity_off,
    smooth_off,
)
from objectives.encounters_in_space import (
    Separable,
    encounter_boxes,
    latest_encounter,
    one_point_convexity_off_boxes,
    smooth_off_boxes,
)
from objectives.factorization_claims import inside_ellipsoid, misses_minimizers, no_minimizer, off_critical_step
from objectives.factorization_draws import (
    any_steps,
    held_starts,
    scalar_factorizations,
    scalar_minimizers,
    starts_by_ellipse,
    starts_off_zero,
    steps_for_sharpness,
    steps_to_critical,
)
from objectives.flows import series_rate, squared_distances
from objectives.gradient_flow import GradientFlow, ModifiedFlow
from objectives.interpolation import Tabulated
from objectives.leaky_network import (
    LeakyNetwork,
    leaky_networks,
    multipliers,
    orthogonal_data,
    rank_at_most_two,
    small_weights,
    stationary_weights,
    summed,
)
from objectives.linear import determinant
from objectives.logistic import Logistic, inner_starts, separable_data
from objectives.matrix_draws import (
    balanced_minimizers,
    creeping_steps,
    critical_points,
    matrix_factorizations,
    minimizers,
    stable_steps,
    starts_close_to,
)
from objectives.matrix_factorization import MatrixFactorization
from objectives.max_margin import Separated, max_margin, separated_points, spanned, supported, well_supported_points
from objectives.max_margin_fates import Across
from objectives.methods import HeavyBall, exact_line_search, fast_gradient
from objectives.multiscale import Multiscale, RippledWells, held_in_left_well, multiscale_functions
from objectives.one_point import narrow_smoothness, one_point_constants, points_but, printed_large_steps
from objectives.piecewise import PiecewiseQuadratic
from objectives.piecewise_polynomial import PiecewisePolynomial
from objectives.polynomial import Polynomial, polynomials
from objectives.protocol import Minimum, Objective, starts
from objectives.quadratic import Quadratic, square
from objectives.repelling import convex_losses, repelling_steps, starts_off_minimum
from objectives.ridge import Ridge, RidgeSum
from objectives.ripple_law import gibbs, law_of_iterate, log_expansion, probability_of, probability_right
from objectives.scalar_factorization import ScalarFactorization, toy
from objectives.separable import SeparableSum
from objectives.shelled_draws import expanding_steps, shelled_wells, starts_in_shell
from objectives.shelled_well import ShelledWell, staying
from objectives.spectrum import largest_above, largest_at_least, largest_at_most
from objectives.tabulated_draws import curvature_data, restricted_secant
from objectives.two_wells import TwoWells
from objectives.well_draws import Wells, wells
from objectives.well_measure import captured
from objectives.well_on_line import WellOnLine
from objectives.well_steps import (
    contraction,
    intervals_near,
    leaving_steps,
    spring,
    starts_anywhere,
    starts_in_well,
)
from objectives.worked_examples import BumpedBowl, example_1d, example_2d

__all__ = [
    "GD",
    "Across",
    "ActivatedFactorization",
    "BumpedBowl",
    "Chain",
    "CriticalPoint",
    "Diagonal",
    "GradientFlow",
    "HeavyBall",
    "Layers",
    "LeakyNetwork",
    "Logistic",
    "MatrixFactorization",
    "Minimum",
    "ModifiedFlow",
    "Multiscale",
    "Objective",
    "OnDiagonal",
    "PiecewisePolynomial",
    "PiecewiseQuadratic",
    "Polynomial",
    "Quadratic",
    "Ridge",
    "RidgeSum",
    "RippledWells",
    "ScalarFactorization",
    "Separable",
    "SeparableSum",
    "Separated",
    "ShelledWell",
    "Tabulated",
    "TwoWells",
    "WellOnLine",
    "Wells",
    "activated_factorizations",
    "any_steps",
    "balanced_minimizers",
    "box_starts",
    "box_targets",
    "captured",
    "chain_minimizers",
    "chains",
    "coercive_on_the_line",
    "contraction",
    "convex",
    "convex_losses",
    "convex_quadratics",
    "convex_with_minimum",
    "creeping_steps",
    "critical_points",
    "curvature_data",
    "deep_minimizers",
    "determinant",
    "distances",
    "eigen_starts",
    "encounter",
    "encounter_boxes",
    "ever_encounter",
    "exact_line_search",
    "example_1d",
    "example_2d",
    "expanding_steps",
    "fast_gradient",
    "gibbs",
    "gradient_step",
    "gradients_vanish",
    "held_in_left_well",
    "held_starts",
    "inner_starts",
    "inside_ellipsoid",
    "intervals_near",
    "largest_above",
    "largest_at_least",
    "largest_at_most",
    "latest_encounter",
    "law_of_iterate",
    "leaky_networks",
    "leaving_steps",
    "locally_smooth_off",
    "log_expansion",
    "matrix_factorizations",
    "max_margin",
    "minimizers",
    "misses",
    "misses_bottom",
    "misses_minimizers",
    "multipliers",
    "multiscale_functions",
    "narrow_smoothness",
    "no_minimizer",
    "off_critical_step",
    "on_the_line",
    "one_point_constants",
    "one_point_convexity_off",
    "one_point_convexity_off_boxes",
    "orbit",
    "orthogonal_data",
    "parabolas",
    "piecewise_quadratics",
    "points_but",
    "polynomials",
    "printed_large_steps",
    "probability_of",
    "probability_right",
    "quadratics",
    "quadratics_at_rest",
    "rank_at_most_two",
    "reaches",
    "reaches_stationary_point",
    "repelling_steps",
    "restricted_secant",
    "scalar_factorizations",
    "scalar_minimizers",
    "separable_data",
    "separable_functions",
    "separated_points",
    "series_rate",
    "settling_steps",
    "sharp_direction",
    "shelled_wells",
    "small_weights",
    "smooth",
    "smooth_off",
    "smooth_off_boxes",
    "smooth_with_minimum",
    "spanned",
    "spring",
    "square",
    "squared_distances",
    "stable_steps",
    "start_sets",
    "starts",
    "starts_anywhere",
    "starts_by_ellipse",
    "starts_close_to",
    "starts_in_shell",
    "starts_in_well",
    "starts_off_minimum",
    "starts_off_zero",
    "stationary_weights",
    "stay",
    "staying",
    "step_sizes",
    "steps_beyond",
    "steps_for_sharpness",
    "steps_to_critical",
    "strongly_convex_on_the_line",
    "summed",
    "supported",
    "tame",
    "targets",
    "toy",
    "visits",
    "well_supported_points",
    "wells",
    "with_a_minimizer",
]
