"""Hunts: fair shares, recorded seeds, resumed from the journals, stopped at any moment."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from refute.cli.main import main
from refute.running.check import known_theorems, select
from refute.running.hunt import Hunt, Turn, journals, run, take_turn
from refute.running.journal import read


def test_a_turn_is_in_the_journal_when_it_returns(conjectures: Path, tmp_path: Path) -> None:
    task = select(known_theorems([conjectures]), "amgm")[0]
    result = take_turn(Turn(task, 7, 0.3, 16), tmp_path)
    (path,) = journals(tmp_path).glob("*.jsonl")
    assert list(read(path)) == [json.loads(json.dumps(result))]
    assert result["seed"] == 7
    assert result["decided"] > 0
    assert result["certificate"] == ""


def test_statements_share_the_time_and_the_false_one_falls(conjectures: Path, tmp_path: Path) -> None:
    hunt = Hunt(tmp_path, select(known_theorems([conjectures])))
    run(hunt, 8.0, jobs=2, batch=16, turn_seconds=0.5)
    true, false = hunt.quarries["me/amgm"], hunt.quarries["me/squares-grow"]
    assert true.turns >= 1
    assert true.tightness == 1
    assert json.loads(Path(false.certificate).read_text())["theorem"] == "me/squares-grow"
    assert false.turns == 1


def test_a_hunt_is_resumed_and_a_changed_statement_starts_anew(conjectures: Path, tmp_path: Path) -> None:
    tasks = select(known_theorems([conjectures]), "amgm")
    for seed in (1, 2, 3):
        take_turn(Turn(tasks[0], seed, 0.2, 0), tmp_path)
    hunt = Hunt(tmp_path, tasks)
    assert hunt.resume() == 3
    assert hunt.quarries["me/amgm"].turns == 3
    conjectures.write_text(conjectures.read_text().replace("return le(x * y", "return lt(x * y"))
    changed = select(known_theorems([conjectures]), "amgm")
    assert Hunt(tmp_path, changed).resume() == 0


def test_the_neediest_comes_next(conjectures: Path, tmp_path: Path) -> None:
    tasks = select(known_theorems([conjectures]))
    hunt = Hunt(tmp_path, tasks)
    hunt.quarries["me/amgm"].seconds = 5
    first = hunt.neediest()
    assert first is not None
    assert first.id == "me/squares-grow"
    second = hunt.neediest([first])
    assert second is not None
    assert second.id == "me/amgm"
    hunt.quarries["me/amgm"].certificate = "x"
    assert hunt.neediest([first]) is None


def test_the_command_and_a_kill(conjectures: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "refute", "hunt", str(conjectures), "--for", "60s", "-j", "2", "--batch", "16"]
    with (tmp_path / "output.txt").open("w") as output:
        hunting = subprocess.Popen(command, cwd=tmp_path, stdout=output, stderr=output)
    deadline = time.monotonic() + 40
    found: list[dict[str, object]] = []
    while time.monotonic() < deadline and not found:
        time.sleep(0.2)
        found = [r for p in journals(tmp_path).glob("*.jsonl") for r in read(p)]
    os.kill(hunting.pid, signal.SIGKILL)
    hunting.wait()
    assert found
    # Its workers end with it.
    time.sleep(2)
    before = sum(len(list(read(p))) for p in journals(tmp_path).glob("*.jsonl"))
    time.sleep(6)
    assert sum(len(list(read(p))) for p in journals(tmp_path).glob("*.jsonl")) == before
    hunt = Hunt(tmp_path, select(known_theorems([conjectures])))
    assert hunt.resume() >= len(found)


def test_bad_lengths_get_one_sentence(conjectures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for length in ("soon", "10", "-5s", "0m", "1.5h", "m"):
        result = CliRunner().invoke(main, ["hunt", str(conjectures), "--for", length])
        assert result.exit_code == 1
        assert "write a length such as 90s, 10m or 2h" in result.output
    result = CliRunner().invoke(main, ["hunt", str(conjectures), "-k", "nothing-like-this"])
    assert "no statement to hunt matches" in result.output


def test_a_statement_that_had_no_turn_is_said(
    conjectures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("refute.running.hunt.run", lambda *_, **__: None)
    done = CliRunner().invoke(main, ["hunt", str(conjectures), "--for", "1s", "-j", "1"])
    assert done.exit_code == 1
    assert "no turn was finished; a longer --for tries it" in done.output
