"""Rates of the literature that duality proves for all their parameters: one of each kind of statement, so that none falls back to samples."""

import pytest

from refute.duality.everywhere import prove_everywhere
from refute.running.check import known_theorems
from refute.sources.files import bundled

PROVED = [
    "barre-2020/polyak-steps:distance",  # an equation that a number satisfies, whose weight changes its sign
    "deklerk-2017/line-search",  # equations that a point satisfies
    "taylor-bach-2019/random-coordinates",  # a projection, and a weight that may be many
    "abbaszadehpeivasti-2024/difference-of-convex:one-step",  # a subgradient that is supposed
    "barre-2022/accelerated-inexact-forward-backward",  # hypotheses that are inequalities, for every k
    "park-ryu-2022/strongly-monotone-proximal-point:two-steps",  # for every product of step and constant
    "altschuler-parrilo-2025/silver-steps:three-steps",  # a range of steps
]


@pytest.mark.parametrize("id_", PROVED)
def test_it_is_proved_for_all_parameters(id_: str) -> None:
    (theorem,) = (t for _, t in known_theorems([bundled()]) if t.id == id_)
    assert prove_everywhere(theorem.itself)
