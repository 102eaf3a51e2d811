"""Verdicts: what a record earns, and when it is not as expected."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from refute import Mutant
from refute.search.budget import Budget
from refute.search.tally import Tally
from refute.sources.discover import theorems_of
from refute.statements.claims import Decision
from refute.statements.theorem import Theorem
from refute.verdicts import examine as module
from refute.verdicts.examine import examine, seed_of, verdict
from refute.verdicts.ledger import save
from refute.verdicts.stored import not_attained, not_refuted

SMALL = Budget(60, 64, None, 3)


@pytest.fixture
def pair(conjectures: Path) -> list[Theorem]:
    return theorems_of(conjectures)


def test_a_true_statement_is_proved_and_its_mutant_dies(pair: list[Theorem], tmp_path: Path) -> None:
    record = examine(pair[0], SMALL, tmp_path)
    assert (record.verdict, record.as_expected, record.why) == ("proved", True, "")
    assert record.mutants == {"killed": 1, "total": 1, "survivors": []}
    assert record.tightness is not None
    assert 1 - 1e-9 < record.tightness <= 1
    assert record.examples >= 60


def test_a_false_statement_is_refuted_from_scratch(pair: list[Theorem], tmp_path: Path) -> None:
    record = examine(replace(pair[1], refuted_at={"x": Fraction(1, 2)}), SMALL, tmp_path)
    assert (record.verdict, record.as_expected) == ("refuted", True)
    data = json.loads(Path(record.certificate).read_text())
    assert data["instance"] == {"x": "1/2"}


def test_an_open_statement_that_falls_is_news(pair: list[Theorem], tmp_path: Path) -> None:
    record = examine(replace(pair[1], status="open", refuted_at=None), SMALL, tmp_path)
    assert (record.verdict, record.as_expected) == ("refuted", False)


def test_a_surviving_mutant_is_named(pair: list[Theorem], tmp_path: Path) -> None:
    tame = Mutant("0.6 is weaker", {"c": Fraction(3, 5)}, killed_at={"x": Fraction(1), "y": Fraction(1)})
    record = examine(replace(pair[0], mutants=(tame,)), SMALL, tmp_path)
    assert record.verdict == "proved"
    assert not record.as_expected
    assert record.mutants["survivors"] == ["0.6 is weaker"]


def test_a_stored_counterexample_that_the_search_misses_is_red(pair: list[Theorem], tmp_path: Path) -> None:
    record = examine(pair[1], Budget(1, 0, None, 3), tmp_path)
    if record.verdict == "refuted" and "missed" in record.why:
        assert not record.as_expected
    assert record.verdict == "refuted"


def test_stored_instances_are_decided_again(pair: list[Theorem]) -> None:
    assert not_refuted(pair[1].itself, {"x": Fraction(1, 2)}) == ""
    assert "no violation, the conclusion holds there: x <= x ** 2, where x = 2, x ** 2 = 4" in not_refuted(
        pair[1].itself, {"x": Fraction(2)}
    )
    assert not_attained(pair[0], {"x": Fraction(1), "y": Fraction(1)}) == ""
    assert "not with equality" in not_attained(pair[0], {"x": Fraction(1), "y": Fraction(1, 2)})
    assert "outside its domain" in not_attained(pair[0], {"x": Fraction(2), "y": Fraction(1)})


VACUOUS = '''"""A statement about nothing."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, smooth
from refute import Claim, Empty, Given, Theorem, le, lt

Smooth = Annotated[Objective, smooth()]


def more_convex_than_smooth(f: Smooth) -> Claim:
    """If mu > L then f = 0."""
    return le(f.L, 0)


SHARP = Given("mu > L", lambda f: lt(f.L, f.mu))

STEP = Empty("mu > L", lambda f: le(f.mu, BOUND * f.L), drops=("mu > L",))

NOTHING = Theorem(more_convex_than_smooth, source="me", label="nothing", status="vacuous", proof="mu <= L",
                  given=(SHARP,), empty=(STEP,))
'''


def test_a_statement_about_nothing_is_vacuous(tmp_path: Path) -> None:
    file = tmp_path / "nothing.py"
    file.write_text(VACUOUS.replace("BOUND", "1"))
    record = examine(theorems_of(file)[0], Budget(400, 0, None, 3), tmp_path)
    assert (record.verdict, record.as_expected, record.why) == ("vacuous", True, "")
    assert record.examples == 400


def test_a_proof_of_emptiness_that_fails_for_a_candidate_is_red(tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text(VACUOUS.replace("BOUND", "Fraction(1, 2)"))
    record = examine(theorems_of(file)[0], Budget(400, 0, None, 3), tmp_path)
    assert (record.verdict, record.as_expected) == ("undecided", False)
    assert "is not violated by" in record.why


def test_an_empty_strategy_is_an_error_and_never_vacuous(tmp_path: Path) -> None:
    file = tmp_path / "empty.py"
    file.write_text(VACUOUS.replace('drops=("mu > L",)', 'domains={"f": smooth()}').replace("BOUND", "1"))
    record = examine(theorems_of(file)[0], Budget(50, 0, None, 3), tmp_path)
    assert record.verdict == "error"
    assert not record.as_expected
    assert "no draw met the hypotheses: " in record.why


def test_the_seed_follows_the_statement(pair: list[Theorem]) -> None:
    assert seed_of(pair[0]) != seed_of(pair[1])
    assert seed_of(pair[0]) == seed_of(replace(pair[0], status="open"))


def test_the_ledger_is_json(pair: list[Theorem], tmp_path: Path) -> None:
    save([examine(pair[0], SMALL, tmp_path)], tmp_path / "deep" / "ledger.json")
    (record,) = json.loads((tmp_path / "deep" / "ledger.json").read_text())
    wanted = "id module source label reading status verdict as_expected examples tightness mutants certificate seconds statement"
    assert set(wanted.split()) <= set(record)


@pytest.mark.parametrize("text", ["{", "{}", "[1, 2"])
def test_a_file_that_is_no_ledger_is_kept_beside_it(text: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    path.write_text(text)
    save([], path, keep=True)
    assert json.loads(path.read_text()) == []
    assert (tmp_path / "ledger.json.unreadable").read_text() == text


@pytest.mark.parametrize(
    ("undecided", "total", "earned"),
    [(10, 1000, "holds"), (11, 1000, "undecided"), (4, 200, "holds"), (12, 200, "undecided"), (1, 40, "holds")],
)
def test_a_share_of_few_instances_may_be_chance(undecided: int, total: int, earned: str, pair: list[Theorem]) -> None:
    theorem = replace(pair[0], undecided=Fraction(1, 100))
    tally = Tally(decided=total - undecided, undecided=undecided, undecided_limits=undecided)
    assert verdict(theorem, tally)[0] == earned
    assert verdict(replace(theorem, undecided=Fraction(0)), tally)[0] == "undecided"


def test_a_proof_beside_a_counterexample_is_an_alarm(
    pair: list[Theorem], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.proof.json"
    kept.write_text("{}")
    found = SimpleNamespace(proof=["a proof"], counterexample=None, settings=0, decided=0)
    monkeypatch.setattr(module, "for_all", lambda *_: found)
    monkeypatch.setattr(module, "agreed", lambda *_: Decision(True, "it adds up"))
    monkeypatch.setattr(module, "_kept", lambda *_: str(kept))
    record = examine(replace(pair[1], status="open", refuted_at=None), SMALL, tmp_path)
    assert record.verdict == "refuted"
    assert "one of them is a fault of refute" in record.why
    assert record.proof_file == ""
    assert not kept.exists()


FEW = """
from fractions import Fraction
from typing import Annotated
from refute import Claim, Given, Theorem, between, eq, every, integers, le

Unit = Annotated[Fraction, between(0, 1)]


def few(x: Unit) -> Claim:
    \"\"\"At one end of an interval.\"\"\"
    return le(x * x, 1)


def nothing(x: Unit) -> Claim:
    \"\"\"A range that is empty.\"\"\"
    return every(le(x, -1) for k in range(1, 1))


def none_of_three(N: Annotated[int, integers(1, 3)]) -> Claim:
    \"\"\"A range that is empty for each of three numbers.\"\"\"
    return every(le(1, 0) for k in range(N, N))


def nothing_for_0(x: Unit, N: Annotated[int, integers(0, 2)]) -> Claim:
    \"\"\"Nothing for N = 0 alone.\"\"\"
    return every(le(x, k + 1) for k in range(N))


END = Given("at the end", lambda x: le(1, x))
ALL = [
    Theorem(few, source="s", label="few", given=(END,)),
    *(Theorem(b, source="s", label=b.__name__.replace("_", "-")) for b in (nothing, none_of_three, nothing_for_0)),
]
"""


@pytest.mark.parametrize(
    ("label", "verdicts", "why"),
    [
        ("few", {"undecided"}, "draws were rejected"),
        ("nothing", {"undecided"}, "a conjunction without parts at every instance"),
        ("none-of-three", {"undecided"}, "a conjunction without parts at every instance"),
        ("nothing-for-0", {"holds", "proved"}, ""),
    ],
)
def test_next_to_nothing_and_nothing_do_not_hold(label: str, verdicts: set[str], why: str, tmp_path: Path) -> None:
    file = tmp_path / "few.py"
    file.write_text(FEW)
    (theorem,) = (t for t in theorems_of(file) if t.label == label)
    record = examine(theorem, Budget(200, 64, None, 3), tmp_path)
    assert record.verdict in verdicts
    assert why in record.why
