"""Ripples: functions of two scales, and the law of the iterates."""

from objectives.ripples.draws import aimed_starts, starts_among_minima
from objectives.ripples.law import gibbs, law_of_iterate, log_expansion, probability_of, probability_right
from objectives.ripples.multiscale import (
    Multiscale,
    RippledWells,
    held_in_left_well,
    lands_at_rest,
    multiscale_functions,
    rest_point,
)

__all__ = [
    "Multiscale",
    "RippledWells",
    "aimed_starts",
    "gibbs",
    "held_in_left_well",
    "lands_at_rest",
    "law_of_iterate",
    "log_expansion",
    "multiscale_functions",
    "probability_of",
    "probability_right",
    "rest_point",
    "starts_among_minima",
]
