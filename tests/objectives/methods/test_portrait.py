"""Pictures of instances: each that a record stores can be drawn, and none ends a page."""

from typing import Any

import numpy as np
import pytest

from objectives.methods.portrait import portrait
from refute.running.check import known_theorems
from refute.sources.files import bundled

STORED = {
    f"{t.id} {i}": instance
    for _, t in known_theorems([bundled()])
    for i, instance in enumerate((t.refuted_at, *(m.killed_at for m in t.mutants)))
    if instance is not None
}


@pytest.mark.parametrize("instance", STORED.values(), ids=STORED.keys())
def test_what_has_a_portrait_has_values_on_a_grid(instance: dict[str, Any]) -> None:
    found = portrait(instance)
    if found is None or found.dim > 2:
        return
    line = np.linspace(-2.0, 2.0, 9)
    axes = (line,) if found.dim == 1 else tuple(np.meshgrid(line, line))
    assert found.values(*axes).shape == axes[0].shape
