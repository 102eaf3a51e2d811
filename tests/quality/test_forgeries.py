"""A sample of the forgeries of benchmarks/attacks: accepted only where an evaluation of our own agrees."""

from pathlib import Path

import pytest

from benchmarks.attacks.forgeries import CASES, damaged, forged


@pytest.mark.parametrize("id_", CASES)
def test_a_forgery_is_accepted_only_where_it_is_a_counterexample(id_: str, tmp_path: Path) -> None:
    found = forged(id_, 250, tmp_path)
    assert not [says for says in found if says.startswith("WRONG")]
    assert found["accepted"] > 0
    assert found["refused"] > 50


def test_a_damaged_file_gets_its_sentence(tmp_path: Path) -> None:
    found = damaged(250, tmp_path, ids=FEW)
    assert not [says for says in found if says.startswith("WRONG")]
    assert found["refused"] > 200


# Statements whose genuine certificates are checked in milliseconds.
FEW = [
    "tao-wang-2022/summed-gradients",
    "tao-wang-2022/reaches-stationary-point",
    "tao-wang-2022/quadratics-blow-up:every-start-any-constant",
    "tao-wang-2022/parabola-regimes:any-start",
    "grachev-2023/example-1d",
    "grachev-2023/theorem-2.2-large-step:near",
]
