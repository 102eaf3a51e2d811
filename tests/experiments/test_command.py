"""The command: runs are kept as they end and taken up again, and what the records are asked about is what the experiments measure."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments import record
from experiments.__main__ import main
from experiments.protocol import Run
from experiments.runs import NAMES, experiment, head_of, images_for, read, run_all
from refute import BadInput, Runs
from refute.sources.discover import load


def measured(name: str) -> Runs:
    """The runs that the records of an experiment are asked about."""
    return Runs.of(**load(record.FOLDER / f"{name}.py").RUNS)


def test_a_quick_run_of_everything(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["all", "--quick", "--runs", "2", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    for name in NAMES:
        e = experiment(name)
        runs = read(tmp_path / f"{e.name}-quick.jsonl", head_of(e, e.quick, images_for(e, True, None)))
        assert [r.seed for r in runs] == [0, 1]
        assert all(set(r.measured) == set(e.quantities) for r in runs if e.name != "noise-and-step")
        figures = {p.suffix for p in tmp_path.glob(f"{e.name}-quick-*")}
        assert figures == {".svg", ".png"}


def test_runs_are_taken_up_again(tmp_path: Path) -> None:
    e = experiment("multiscale-network")
    settings = replace(e.quick, iterations=200, last=100)
    path, told = tmp_path / "runs.jsonl", list[int]()

    def tell(run: Run) -> None:
        told.append(run.seed)

    first = run_all(e, settings, None, range(2), path, 1, tell)
    with path.open("a") as file:
        file.write('{"seed": 2, "measured": {"sine')  # the process was killed here
    again = run_all(e, settings, None, range(3), path, 1, tell)
    assert told == [0, 1, 2]
    assert [r.measured for r in again[:2]] == [r.measured for r in first]
    assert len(read(path, head_of(e, settings, None))) == 3
    with pytest.raises(BadInput, match="other settings or images"):
        run_all(e, e.quick, None, range(2), path, 1)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "no run", *lines[1:]]))
    with pytest.raises(BadInput, match="line 2 is no run"):
        read(path, head_of(e, settings, None))


def test_bad_options_get_a_sentence(tmp_path: Path) -> None:
    for options, why in (
        (["no-such"], "there is no experiment no-such: there are mnist-trajectories"),
        (["edge-of-stability", "--data", str(tmp_path / "none")], "there is no such folder"),
        (["edge-of-stability", "--quick", "--record"], "--record is for full runs"),
        (["edge-of-stability", "--runs", "0"], "at least 1"),
    ):
        result = CliRunner().invoke(main, [*options, "--out", str(tmp_path)])
        assert result.exit_code == 1
        assert why in result.output


def test_what_is_recorded_is_what_was_run(tmp_path: Path) -> None:
    e = experiment("multiscale-network")
    settings = replace(e.quick, iterations=200, last=100)
    runs = run_all(e, settings, None, range(3), tmp_path / "runs.jsonl", 1)
    path = record.record(e, settings, None, runs, tmp_path)
    kept = Runs.of(**load(path).RUNS)
    assert kept.seeds == (0, 1, 2)
    assert "iterations 200" in kept.scale
    for name in kept.names:
        assert [float(v) for v in kept[name]] == pytest.approx([r.measured[name] for r in runs], rel=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_the_records_are_asked_about_full_runs(name: str) -> None:
    """Of these settings, at least 20, on these images."""
    e, kept = experiment(name), measured(name)
    images = images_for(e, False, None)
    blank = record.record(e, e.full, images, [Run(0, dict.fromkeys(kept.names, 0.0))], Path("/tmp"))
    fresh = Runs.of(**load(blank).RUNS)
    assert (kept.experiment, kept.scale, kept.images) == (fresh.experiment, fresh.scale, fresh.images)
    assert len(kept) >= 20
    assert json.dumps(kept.names) == json.dumps(tuple(e.quantities)) or name == "noise_and_step"


def test_starts_are_those_that_were_recorded() -> None:
    """Everything at the start of a run comes from its seed: the sharpness there, of all runs, to the accuracy of Lanczos's method."""
    e, kept = experiment("edge-of-stability"), measured("edge_of_stability")
    images = images_for(e, False, None)
    for i, seed in enumerate(kept.seeds[:4]):
        run = e.one(replace(e.full, iterations=0), images, seed)
        assert run.measured["ratio_at_start"] == pytest.approx(float(kept["ratio_at_start"][i]), rel=1e-5)


def test_a_recorded_run_is_repeated() -> None:
    """A whole run that is not chaotic, of the least step: the gradient vanishes where it did."""
    e, kept = experiment("nonlinear-networks"), measured("nonlinear_networks")
    images = images_for(e, False, None)
    for i, seed in enumerate(kept.seeds[:3]):
        run = e.one(replace(e.full, steps=1), images, seed)
        for name in ("tanh", "relu"):
            key = f"{name}_settles_at_least_step"
            assert run.measured[key] == kept[key][i]
