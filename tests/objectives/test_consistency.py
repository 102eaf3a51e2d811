"""No bundled class contradicts itself: gradients, Hessians, constants, minima and hooks of drawn members against their values."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refute.running.check import known_theorems
from refute.search.sampling import draw_instance
from refute.sources.files import bundled
from refute.statements.consistency import contradictions
from refute.statements.theorem import Theorem

# L (and mu) of these is a constant of a part of the line or of the space, as their docstrings say; everything else is asked of them too.
OWN_MEANING = {
    "WellOnLine": "L, mu_star: of the outer function alone",
    "TwoWells": "L, mu_star: of the outer function alone",
    "FannedWells": "L, mu_star: of the outer function alone",
    "ShelledWell": "L: of the outer function alone; mu: of one-point strong convexity",
    "RippledWells": "L: on [-2, 2]",
}


def functions(value: Any) -> list[Any]:
    return [value] if hasattr(value, "grad") and hasattr(value, "dim") else []


def theorems_with_functions() -> list[Theorem]:
    seen: dict[tuple[str, ...], Theorem] = {}
    for _, t in known_theorems([bundled()]):
        key = tuple(sorted(getattr(d, "name", t.id) for d in t.variables.values()))
        seen.setdefault(key, t)
    return list(seen.values())


@pytest.mark.parametrize("theorem", theorems_with_functions(), ids=lambda t: t.id)
def test_drawn_members_agree_with_their_values(theorem: Theorem) -> None:
    @st.composite
    def instances(draw: Any) -> Any:
        return draw_instance(theorem.itself, draw)[0]

    @settings(max_examples=6, database=None, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(instances())
    def asked(instance: Any) -> None:
        for value in instance.values():
            for f in functions(value):
                own = type(f).__name__ in OWN_MEANING
                assert [says for says in contradictions(f) if not (own and re.search("with (L|mu) = ", says))] == [], f

    asked()
