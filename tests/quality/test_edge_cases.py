"""Edge cases at which a statement falls stand outside its domain, and just inside it holds."""

from fractions import Fraction
from typing import Any

import pytest

from objectives import PiecewiseQuadratic
from objectives.factorization import Chain
from objectives.networks import LeakyNetwork
from objectives.ripples import Multiscale, RippledWells
from objectives.wells import WellOnLine
from refute import Vec, vec
from refute.errors import OutsideDomain
from refute.running.check import known_theorems
from refute.sources.files import bundled

F = Fraction
THEOREMS = {t.id: t for _, t in known_theorems([bundled()])}
PARABOLA = PiecewiseQuadratic((F(1),), (F(1), F(1)), F(0), F(0))
NOISE = {
    "f": WellOnLine(PARABOLA, F(-1, 10), F(0), F(1, 50), F(26)),
    "gamma": F(1, 26),
    "x0": vec(0),
    "N": 1,
}
# The largest A below 2/(3 sqrt 3) with six digits, and the next one.
BARRIER = {"h": F(1, 12), "x": vec(F(-5774, 10000))}
CASES: list[tuple[str, dict[str, Any], str, Any, Any]] = [
    # Noise of exactly mu r reaches the end of the ball.
    ("mohtashami-2022/noise-is-not-enough:amended", NOISE, "sigma", F(2599, 5000), F(26, 50)),
    (
        "tao-wang-2022/gibbs-limit:trapped",
        BARRIER,
        "f",
        RippledWells(F(384900, 10**6), F(1, 7)),
        RippledWells(F(384901, 10**6), F(1, 7)),
    ),
]


@pytest.mark.parametrize(
    ("theorem", "instance", "name", "inside", "outside"), CASES, ids=lambda x: x if isinstance(x, str) else ""
)
def test_the_edge_is_outside(theorem: str, instance: dict[str, Any], name: str, inside: Any, outside: Any) -> None:
    statement = THEOREMS[theorem].itself
    assert statement.check({**instance, name: inside}).conclusion.truth is True
    with pytest.raises(OutsideDomain):
        statement.check({**instance, name: outside})


@pytest.mark.parametrize(
    ("theorem", "instance"),
    [
        ("nguegnang-2021/linear-networks-converge:chains", {"f": Chain(F(2)), "w": Vec(())}),
        ("tao-wang-2022/gibbs-limit:lyapunov-exponent", {"f": Multiscale(F(1), F(1), F(10)), "h": F(1), "seed": 1}),
        ("tao-wang-2022/gibbs-limit:over-the-barrier", {"f": RippledWells(F(1, 4), F(1, 20)), "seed": 1}),
    ],
)
def test_domains_are_what_they_are_called(theorem: str, instance: dict[str, Any]) -> None:
    with pytest.raises(OutsideDomain):
        THEOREMS[theorem].itself.check(instance)


def test_a_bound_that_says_nothing_does_not_turn_round() -> None:
    # 1 - delta s is negative: squared, the bound would fall again.
    f = LeakyNetwork((vec(1, 0, 0),), (1,), (1,) * 5, F(1, 10**5))
    W = Vec(tuple(F(-1 if k == 0 else 0, 10**6) for _ in range(5) for k in range(3)))
    statement = THEOREMS["frei-2022/one-step-rank-reduction"].itself
    start = Vec((F(0), *W.entries[1:3], *(0 * W).entries[3:]))
    with pytest.raises(OutsideDomain, match="delta"):
        statement.check({"f": f, "h": F(1), "W": start, "delta": F(1, 1000)})
