"""What an example costs under the climbing backend and under Hypothesis's own: `pytest benchmarks --benchmark-only`."""

from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from refute.search import climb

EXAMPLES = 300


@pytest.mark.parametrize("choices", [4, 40])
@pytest.mark.parametrize("backend", ["hypothesis", climb.NAME])
def test_one_example(benchmark: Any, backend: str, choices: int) -> None:
    climb.register()
    number = st.integers(0, 1000)

    @st.composite
    def numbers(draw: Any) -> int:
        return sum(draw(number) for _ in range(choices))

    def example(total: int) -> None:
        target(total)

    wrapped: Any = given(numbers())
    tested: Any = settings(
        backend=backend,
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )(hypothesis.seed(1)(wrapped(example)))
    benchmark.group = f"{EXAMPLES} examples of {choices} choices"
    benchmark.pedantic(tested, rounds=3, iterations=1)
