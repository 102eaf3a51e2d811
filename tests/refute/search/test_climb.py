"""The climbing backend: conformant, reproducible, better than chance at raising scores, and cheap to ignore."""

from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st
from hypothesis.internal.conjecture.provider_conformance import run_conformance_test

from refute.search import climb
from refute.search.climb import Climbing

climb.register()


class OutOfRange(Climbing):
    """Climbing, but for integers that lie beyond their range."""

    def draw_integer(self, min_value: int | None = None, max_value: int | None = None, **rest: Any) -> int:
        drawn = super().draw_integer(min_value, max_value, **rest)
        return drawn if max_value is None else max_value + 1


def test_the_backend_conforms_to_hypothesis_interface() -> None:
    setting = settings(max_examples=40, deadline=None, database=None, derandomize=True)
    run_conformance_test(Climbing, settings=setting)
    # The check is one that a backend can fail.
    with pytest.raises(AssertionError):
        run_conformance_test(OutOfRange, settings=settings(setting, phases=(Phase.generate,)))


def run(test: Callable[..., None], strategy: st.SearchStrategy[object], examples: int, seed: int) -> None:
    """One run of `test` under the backend."""
    setting = settings(
        backend=climb.NAME,
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    setting(hypothesis.seed(seed)(given(strategy)(test)))()


MIXED = st.tuples(st.integers(), st.floats(), st.booleans(), st.text(), st.binary(), st.fractions())


def examples_of(seed: int) -> list[str]:
    seen: list[str] = []

    def example(value: object) -> None:
        seen.append(repr(value))
        target(len(repr(value)))

    run(example, MIXED, 60, seed)
    return seen


def test_the_seed_fixes_the_examples() -> None:
    assert examples_of(1) == examples_of(1)
    assert examples_of(1) != examples_of(2)


def best(steer: bool, seed: int) -> float:
    """The least distance from (pi, 123456, True) that 300 examples reach, each number on its own scale."""
    scores = []

    def example(value: tuple[float, int, bool]) -> None:
        x, n, flag = value
        distance = abs(x - 3.141592653589793) / 100 + abs(n - 123456) / 10**6 + (not flag)
        scores.append(distance)
        if steer:
            target(-distance)

    run(example, st.tuples(st.floats(-100, 100), st.integers(0, 10**6), st.booleans()), 300, seed)
    return min(scores)


def test_it_climbs_over_real_and_discrete_choices_together() -> None:
    """In ten runs the steered search is 3 times closer at the median than the blind one."""
    steered = sorted(best(True, seed) for seed in range(10))
    blind = sorted(best(False, seed) for seed in range(10))
    assert 3 * steered[5] < blind[5]


def test_every_label_is_climbed() -> None:
    seen: dict[str, list[int]] = {"up": [], "down": []}

    def example(n: int) -> None:
        seen["up"].append(n)
        seen["down"].append(-n)
        target(n, label="up")
        target(-n, label="down")

    run(example, st.integers(0, 10**12), 300, 5)
    assert max(seen["up"]) > 10**12 - 10**6
    assert max(seen["down"]) > -(10**6)


def test_a_failure_is_shrunk_by_hypothesis() -> None:
    @settings(backend=climb.NAME, database=None, derandomize=True, deadline=None)
    @given(st.integers(0, 10**6))
    def fails(n: int) -> None:
        target(n)
        assert n < 1000

    with pytest.raises(AssertionError) as found:
        fails()
    assert "n=1000" in "".join(found.value.__notes__)


def test_rejected_examples_are_not_bred_from() -> None:
    accepted = []

    def example(n: int) -> None:
        target(n)
        hypothesis.assume(n % 2 == 0)
        accepted.append(n)

    run(example, st.integers(0, 10**6), 100, 7)
    assert accepted
    assert all(n % 2 == 0 for n in accepted)
