"""The test that HypoFuzz runs: the needle named by NEEDLE, with this project's generators and exact decisions."""

import os
from pathlib import Path
from typing import Any

from hypothesis import given, reject, settings

from benchmarks.needles.needles import needles
from benchmarks.needles.tools import own_instances
from refute.errors import BadInput

STATEMENT = needles()[os.environ["NEEDLE"]].statement if "NEEDLE" in os.environ else None

if STATEMENT is not None:
    MARKS = Path(os.environ["MARKS"])

    @settings(deadline=None)
    @given(own_instances(STATEMENT))
    def test_needle(instance: Any) -> None:
        """Marks the first example, and the first counterexample."""
        assert STATEMENT is not None
        (MARKS / "started").touch()
        try:
            truth = STATEMENT.check(instance).conclusion.truth
        except BadInput:
            reject()
        if truth is False:
            (MARKS / "found").touch()
        assert truth is not False
