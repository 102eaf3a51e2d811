"""Checking many: in processes, with results kept as they come."""

import json
from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.running.check import _longest_first, known_theorems, run, select
from refute.search.budget import Budget
from refute.verdicts.record import Record


def test_results_are_written_as_they_arise(conjectures: Path, tmp_path: Path) -> None:
    tasks = select(known_theorems([conjectures]))
    out = tmp_path / "ledger.json"
    seen: list[int] = []

    def tell(record: Record) -> None:
        seen.append(len(json.loads(out.read_text())) if out.exists() else 0)

    records = run(tasks, Budget(30, 16, None, 1), tmp_path, [out], 1, tell)
    assert seen == [1, 2]  # a record is kept before anybody hears of it
    assert [r.verdict for r in records] == ["proved", "refuted"]
    assert [r["id"] for r in json.loads(out.read_text())] == ["me/amgm", "me/squares-grow"]


def test_processes_give_the_same_records(conjectures: Path, tmp_path: Path) -> None:
    tasks = select(known_theorems([conjectures]))
    runs = [run(tasks, Budget(30, 16, None, 1), tmp_path, [], jobs) for jobs in (1, 2)]
    for a, b in zip(*runs, strict=True):
        assert (a.id, a.verdict, a.examples, a.tightness) == (b.id, b.verdict, b.examples, b.tightness)


def test_words_select_by_id(conjectures: Path) -> None:
    found = known_theorems([conjectures])
    assert [t.id for t in select(found, "amgm")] == ["me/amgm"]
    assert select(found, "nothing") == []


def test_ids_are_unique_over_files(conjectures: Path) -> None:
    conjectures.with_name("copy.py").write_text(conjectures.read_text())
    with pytest.raises(BadInput, match="both have a theorem me/amgm"):
        known_theorems([conjectures.parent])


def test_a_theorem_that_cannot_be_checked_does_not_stop_the_others(conjectures: Path, tmp_path: Path) -> None:
    text = conjectures.read_text()
    broken = text.replace("return le(x * y, c", "return le(x.nonsense, c")
    conjectures.write_text(broken)
    records = run(select(known_theorems([conjectures])), Budget(10, 0, None, 1), tmp_path, [], 1)
    assert records[0].verdict == "error"
    assert "AttributeError" in records[0].why
    assert records[1].verdict == "refuted"


def test_the_ledger_keeps_the_records_of_other_theorems(conjectures: Path, tmp_path: Path) -> None:
    tasks, ledger = select(known_theorems([conjectures])), tmp_path / "ledger.json"
    assert len(tasks) > 1
    run(tasks, Budget(10, 0, None, 1), tmp_path, [], 1, ledger=ledger)
    once = {r["id"]: r for r in json.loads(ledger.read_text())}
    run(tasks[:1], Budget(20, 0, None, 1), tmp_path, [], 1, ledger=ledger)
    again = {r["id"]: r for r in json.loads(ledger.read_text())}
    assert set(again) == set(once) == {t.id for t in tasks}
    assert all(again[t.id] == once[t.id] for t in tasks[1:])
    assert again[tasks[0].id] != once[tasks[0].id]
    ledger.write_text("{")
    run(tasks[:1], Budget(10, 0, None, 1), tmp_path, [], 1, ledger=ledger)
    assert [r["id"] for r in json.loads(ledger.read_text())] == [tasks[0].id]


def test_what_took_longest_is_begun_first(conjectures: Path, tmp_path: Path) -> None:
    tasks, ledger = select(known_theorems([conjectures])), tmp_path / "ledger.json"
    first, second = (t.id for t in tasks)
    assert [t.id for t in _longest_first(tasks, ledger)] == [first, second]
    ledger.write_text(json.dumps([{"id": first, "cpu": 1.0}, {"id": second, "cpu": 2.0}, {"id": "x", "cpu": "?"}]))
    assert [t.id for t in _longest_first(tasks, ledger)] == [second, first]
    ledger.write_text(json.dumps([{"id": first, "cpu": 1.0}]))
    assert [t.id for t in _longest_first(tasks, ledger)] == [second, first]
