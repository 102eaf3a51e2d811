"""Networks: logistic losses, leaky networks, max-margin directions."""

from objectives.networks.leaky import (
    LeakyNetwork,
    leaky_networks,
    multipliers,
    orthogonal_data,
    rank_at_most_two,
    small_weights,
    stationary_weights,
    summed,
)
from objectives.networks.logistic import Logistic, inner_starts, separable_data
from objectives.networks.max_margin import (
    Separated,
    max_margin,
    separated_points,
    spanned,
    supported,
    well_supported_points,
)
from objectives.networks.max_margin_fates import Across
from objectives.networks.repelling import convex_losses, repelling_steps, starts_off_minimum

__all__ = [
    "Across",
    "LeakyNetwork",
    "Logistic",
    "Separated",
    "convex_losses",
    "inner_starts",
    "leaky_networks",
    "max_margin",
    "multipliers",
    "orthogonal_data",
    "rank_at_most_two",
    "repelling_steps",
    "separable_data",
    "separated_points",
    "small_weights",
    "spanned",
    "starts_off_minimum",
    "stationary_weights",
    "summed",
    "supported",
    "well_supported_points",
]
