"""What one instance costs, in parts: `pytest benchmarks --benchmark-only`.

The drawing of an instance is Hypothesis's and ours; a decision is exact; a batch is 128 candidates.
"""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from objectives import Quadratic
from refute import Theorem, Vec
from refute.running.check import known_theorems
from refute.search.sampling import draw_instance
from refute.search.screen import Screen
from refute.sources.files import bundled

ALL = {t.id.removeprefix("tao-wang-2022/"): t for _, t in known_theorems([bundled()])}
NAMES = ("descent-lemma", "descent-step", "summed-gradients:amended", "gradients-vanish")


def instances(theorem: Theorem, n: int) -> list[Any]:
    drawn: list[Any] = []

    @st.composite
    def strategy(draw: Any) -> Any:
        return draw_instance(theorem.itself, draw)

    @seed(1)
    @settings(
        max_examples=n, database=None, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
    )
    @given(strategy())
    def collect(pair: Any) -> None:
        drawn.append(pair)

    collect()
    return drawn


@pytest.mark.parametrize("name", NAMES)
def test_draw_200_instances(benchmark: Any, name: str) -> None:
    drawn = benchmark.pedantic(instances, (ALL[name], 200), rounds=3)
    assert len(drawn) == 200


@pytest.mark.parametrize("name", NAMES)
def test_decide_200_instances(benchmark: Any, name: str) -> None:
    theorem = ALL[name]
    drawn = [instance for instance, _ in instances(theorem, 200)]
    benchmark.pedantic(lambda: [theorem.itself.check(i) for i in drawn], rounds=3)


@pytest.mark.parametrize("name", NAMES[:3])
def test_screen_200_batches(benchmark: Any, name: str) -> None:
    theorem = ALL[name]
    drawn = instances(theorem, 200)
    screen = Screen(theorem.itself, 128)
    rng = np.random.default_rng(1)
    benchmark.pedantic(lambda: [screen.worst(rng, i, d, 0) for i, d in drawn], rounds=3)
    assert screen.screened > 0


@pytest.mark.parametrize("d", [1, 5])
def test_one_certified_step_on_a_quadratic(benchmark: Any, d: int) -> None:
    entries = d * (d - 1) // 2
    f = Quadratic(
        (Fraction(1, 2),) * entries,
        tuple(Fraction(1, i + 1) for i in range(d)),
        (Fraction(1, 3),) * d,
        Vec((Fraction(1, 7),) * d),
        Fraction(0),
    )
    instance = {"f": f, "h": Fraction(3, 4), "x": Vec(tuple(Fraction(i, 3) for i in range(d)))}
    checked = benchmark(ALL["descent-step"].itself.check, instance)
    assert checked.conclusion.truth is True
