"""What a member of the mended class C_l costs, all its constants included: `pytest benchmarks/test_members.py --benchmark-only`."""

from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from objectives import Wells
from objectives.well_draws import draw_in_space, draw_on_line
from refute import BadInput


@pytest.mark.parametrize("d", [1, 2, 5])
def test_a_member_with_its_constants(benchmark: BenchmarkFixture, d: int) -> None:
    random = Random(0)

    def choice(strategy: Any) -> int:
        # Integers of a range, as a draw of Hypothesis would give them, without what that costs.
        assert isinstance(strategy, st.SearchStrategy)
        lo, hi = strategy.wrapped_strategy.start, strategy.wrapped_strategy.end  # type: ignore[attr-defined]
        return random.randint(lo, hi)

    def member() -> Wells:
        while True:
            try:
                f = draw_on_line(choice) if d == 1 else draw_in_space(choice, (d,))
            except BadInput:
                continue
            assert f.within > 0
            assert f.rho > 0
            assert f.clearance > 0 or f.landing(1 / f.L) > 0
            return f

    benchmark(member)
