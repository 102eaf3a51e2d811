"""Wells: functions with a sharp minimum in a flat one, and what gradient descent does around it."""

from objectives.wells.draws import Wells, wells
from objectives.wells.fanned_wells import FannedWells
from objectives.wells.measure import captured
from objectives.wells.on_line import WellOnLine
from objectives.wells.shelled import ShelledWell, staying
from objectives.wells.shelled_draws import expanding_steps, shelled_wells, starts_in_shell
from objectives.wells.steps import contraction, intervals_near, leaving_steps, spring, starts_anywhere, starts_in_well
from objectives.wells.two_wells import TwoWells
from objectives.wells.visits import misses, misses_bottom, reaches, stay, visits
from objectives.wells.worked_examples import BumpedBowl, example_1d, example_2d

__all__ = [
    "BumpedBowl",
    "FannedWells",
    "ShelledWell",
    "TwoWells",
    "WellOnLine",
    "Wells",
    "captured",
    "contraction",
    "example_1d",
    "example_2d",
    "expanding_steps",
    "intervals_near",
    "leaving_steps",
    "misses",
    "misses_bottom",
    "reaches",
    "shelled_wells",
    "spring",
    "starts_anywhere",
    "starts_in_shell",
    "starts_in_well",
    "stay",
    "staying",
    "visits",
    "wells",
]
