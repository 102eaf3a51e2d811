"""What members of the mended class C_l cost, all their constants included: `pytest benchmarks/test_members.py --benchmark-only`."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from objectives.wells.draws import draw_in_space, draw_on_line
from refute import BadInput

MEMBERS = 100


@pytest.mark.parametrize("d", [1, 2, 5])
def test_a_hundred_members_with_their_constants(benchmark: BenchmarkFixture, d: int) -> None:
    def members() -> int:
        made = 0

        @seed(0)
        @settings(
            max_examples=MEMBERS,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            backend="refute-climb",
        )
        @given(st.data())
        def draw(data: st.DataObject) -> None:
            nonlocal made
            try:
                f: Any = draw_on_line(data.draw) if d == 1 else draw_in_space(data.draw, (d,))
            except BadInput:
                return
            constants = (f.mu_star, f.L, f.mu_dagger, f.L_M, f.rho, f.diameter, f.clearance, f.landing(1 / f.L))
            made += f.within > 0 and len(constants) == 8

        draw()
        return made

    assert benchmark(members) >= MEMBERS * 9 // 10
