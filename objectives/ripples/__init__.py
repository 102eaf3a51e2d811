"""Ripples: functions of two scales, and the law of the iterates."""

from objectives.ripples.law import gibbs, law_of_iterate, log_expansion, probability_of, probability_right
from objectives.ripples.multiscale import Multiscale, RippledWells, held_in_left_well, multiscale_functions

__all__ = [
    "Multiscale",
    "RippledWells",
    "gibbs",
    "held_in_left_well",
    "law_of_iterate",
    "log_expansion",
    "multiscale_functions",
    "probability_of",
    "probability_right",
]
