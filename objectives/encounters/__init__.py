"""Encounters: random starts that meet a set on the way."""

from objectives.encounters.draws import piecewise_quadratics, start_sets, targets, with_a_minimizer
from objectives.encounters.draws_in_space import box_starts, box_targets, separable_functions
from objectives.encounters.in_space import (
    Separable,
    encounter_boxes,
    latest_encounter,
    one_point_convexity_off_boxes,
    smooth_off_boxes,
)
from objectives.encounters.on_line import (
    distances,
    encounter,
    ever_encounter,
    locally_smooth_off,
    one_point_convexity_off,
    smooth_off,
)

__all__ = [
    "Separable",
    "box_starts",
    "box_targets",
    "distances",
    "encounter",
    "encounter_boxes",
    "ever_encounter",
    "latest_encounter",
    "locally_smooth_off",
    "one_point_convexity_off",
    "one_point_convexity_off_boxes",
    "piecewise_quadratics",
    "separable_functions",
    "smooth_off",
    "smooth_off_boxes",
    "start_sets",
    "targets",
    "with_a_minimizer",
]
