"""The outcome maps agree with certified fates, and the command writes data beside each picture."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from docs.pictures.__main__ import main
from docs.pictures.outcomes import FLAT, NONE, SHARP, SHARPEST, hoeffding, outcomes_1d, outcomes_2d
from objectives import GD
from objectives.wells import example_1d
from refute import converges_to, lift, vec
from refute.numbers.real import Real


def test_outcomes_on_the_line_are_certified_ones() -> None:
    starts, steps = np.array([-3.0, 2.7, 9.0]), np.array([1 / 5000, 1 / 1000, 1 / 50])
    found = outcomes_1d(starts, steps, 4000)
    assert found.tolist() == [[FLAT, SHARP, SHARPEST], [FLAT, NONE, NONE], [FLAT, FLAT, FLAT]]
    f, p = example_1d(10**5), {FLAT: vec(0), SHARP: vec(Fraction(5, 2))}
    for i, h in enumerate((Fraction(1, 5000), Fraction(1, 1000), Fraction(1, 50))):
        for j, x in enumerate((Fraction(-3), Fraction(27, 10), Fraction(9))):
            for kind, at in p.items():
                claim = converges_to(lift(GD(f, h), Real.of), lift(vec(x), Real.of), lift(at, Real.of))
                assert claim.decide().truth is bool(found[i, j] == kind)


def test_outcomes_in_the_plane() -> None:
    found = outcomes_2d(np.array([[3.5, 3.2], [3.25, 3.9]]), np.array([0.002, 0.1]))
    assert found.tolist() == [[SHARP, SHARP], [FLAT, FLAT]]
    assert 0.05 < hoeffding(4000) < 0.06


def test_the_command_writes_pictures_and_data(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--out", str(tmp_path), "--coarse"])
    assert result.exit_code == 0, result.output
    names = ["convergence-region", "flows", "limit-balance", "orbits", "outcomes-1d", "shares-2d"]
    names += ["trajectories-1d", "trajectories-2d", "gradient-norm", "bifurcations", "ripples", "loss-spikes"]
    names += ["parabola-regimes", "hidden-cycles", "runs-away", "certificates"]
    files = [f"{n}.{e}" for n in names for e in ("csv", "svg")] + ["way.svg"]  # boxes and arrows have no data
    names += ["way"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*files, "captions.json"])
    assert sorted(json.loads((tmp_path / "captions.json").read_text())) == sorted(names)
    assert np.loadtxt(tmp_path / "outcomes-1d.csv", delimiter=",").shape == (20, 100)
    region = np.loadtxt(tmp_path / "convergence-region.csv", delimiter=",")
    assert set(np.unique(region)) <= {0, 0.5, 1}
    assert 0 < np.mean(region == 1) < 1
