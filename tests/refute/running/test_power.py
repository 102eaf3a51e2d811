"""Power: constants weakened step by step, and mutants that survive."""

from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from refute import Mutant
from refute.cli.main import main
from refute.running.check import known_theorems
from refute.running.power import Kill, Weakening, attacked, measure, tasks_of, weakened
from refute.search.budget import Budget
from refute.sources.discover import theorems_of


def test_constants_are_moved_in_the_mutants_direction(conjectures: Path) -> None:
    theorem = theorems_of(conjectures)[0]
    ((name, mutant),) = attacked(theorem)
    assert name == "c"
    assert weakened(theorem, mutant, name, 2).constants == {"c": Fraction(99, 200)}
    up = Mutant("up", {"c": Fraction(1)})
    assert weakened(theorem, up, name, 1).constants == {"c": Fraction(11, 20)}


def test_an_attained_constant_is_refuted_down_to_the_last_step(conjectures: Path) -> None:
    (task,) = tasks_of(known_theorems([conjectures]), "")
    step, kill = measure(task, Budget(10**5, 512, 10.0, 5))
    assert isinstance(step, Weakening)
    assert step.digits >= 6
    assert isinstance(kill, Kill)
    assert kill.seconds is not None


def test_the_command_names_survivors(conjectures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fine = CliRunner().invoke(main, ["power", str(conjectures), "--for", "2s", "-j", "1"])
    assert fine.exit_code == 0, fine.output
    assert "me/amgm  c: refuted down to 10^-" in fine.output
    assert "no mutant survives" in fine.output
    conjectures.write_text(conjectures.read_text().replace("Fraction(99, 200)", "Fraction(101, 200)"))
    tame = CliRunner().invoke(main, ["power", str(conjectures), "--for", "1s", "-j", "1"])
    assert tame.exit_code == 1
    assert "mutant '0.495': SURVIVES" in tame.output
    assert "c: not refuted when moved by 10^-1" in tame.output
