"""Factorization: scalar, matrix and deep linear models, and the orbits of gradient descent on them."""

from objectives.factorization.activated import ActivatedFactorization, activated_factorizations
from objectives.factorization.chains import Chain, chain_minimizers, chains
from objectives.factorization.claims import inside_ellipsoid, misses_minimizers, no_minimizer, off_critical_step
from objectives.factorization.critical_points import CriticalPoint
from objectives.factorization.deep import Layers, deep_minimizers, sharp_direction
from objectives.factorization.diagonal import Diagonal, OnDiagonal
from objectives.factorization.draws import (
    any_steps,
    held_starts,
    scalar_factorizations,
    scalar_minimizers,
    starts_by_ellipse,
    starts_off_zero,
    steps_for_sharpness,
    steps_to_critical,
)
from objectives.factorization.matrix import MatrixFactorization
from objectives.factorization.matrix_draws import (
    balanced_minimizers,
    creeping_steps,
    critical_points,
    levels,
    matrix_factorizations,
    minimizers,
    stable_steps,
    starts_close_to,
)
from objectives.factorization.matrix_fates import starts_in_tube
from objectives.factorization.scalar import ScalarFactorization, toy

__all__ = [
    "ActivatedFactorization",
    "Chain",
    "CriticalPoint",
    "Diagonal",
    "Layers",
    "MatrixFactorization",
    "OnDiagonal",
    "ScalarFactorization",
    "activated_factorizations",
    "any_steps",
    "balanced_minimizers",
    "chain_minimizers",
    "chains",
    "creeping_steps",
    "critical_points",
    "deep_minimizers",
    "held_starts",
    "inside_ellipsoid",
    "levels",
    "matrix_factorizations",
    "minimizers",
    "misses_minimizers",
    "no_minimizer",
    "off_critical_step",
    "scalar_factorizations",
    "scalar_minimizers",
    "sharp_direction",
    "stable_steps",
    "starts_by_ellipse",
    "starts_close_to",
    "starts_in_tube",
    "starts_off_zero",
    "steps_for_sharpness",
    "steps_to_critical",
    "toy",
]
