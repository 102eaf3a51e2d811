"""Differences between ledgers, and which are for the worse."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from refute.errors import BadInput
from refute.verdicts.diff import changes, load
from refute.verdicts.ledger import readable
from tests.commands import run


def record(**changed: Any) -> dict[str, Any]:
    base = {
        "id": "s/l",
        "verdict": "holds",
        "as_expected": True,
        "tightness": 1.0,
        "fingerprints": {"statement": "a"},
    }
    return {**base, **changed}


def between(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    return [(c.says, c.worse) for c in changes({r["id"]: r for r in old}, {r["id"]: r for r in new})]


def test_no_change() -> None:
    assert between([record()], [record()]) == []


def test_verdicts() -> None:
    assert between([record()], [record(verdict="proved")]) == [("verdict holds -> proved", False)]
    assert between([record()], [record(verdict="undecided", as_expected=False)]) == [
        ("verdict holds -> undecided, not as expected", True)
    ]
    assert between([record(verdict="refuted", as_expected=False)], [record()]) == [("verdict refuted -> holds", False)]


def test_statements_and_tightness() -> None:
    assert between([record()], [record(fingerprints={"statement": "b"})]) == [("statement changed (a -> b)", False)]
    assert between([record()], [record(tightness=0.5)]) == [("tightness 1 -> 0.5", True)]
    assert between([record(tightness=0.5)], [record()]) == [("tightness 0.5 -> 1", False)]
    assert between([record(tightness=None)], [record(tightness=None)]) == []


def test_what_a_verdict_rests_on() -> None:
    with_mutants = [record(mutants={"killed": k}, examples=71) for k in (1, 0)]
    assert between(with_mutants[:1], with_mutants[1:]) == [("mutants killed 1 -> 0", True)]
    assert between(with_mutants[1:], with_mutants[:1]) == [("mutants killed 0 -> 1", False)]
    proofs = [record(verdict="proved", proof_file=file) for file in ("p.proof.json", "")]
    assert between(proofs[:1], proofs[1:]) == [("has no proof file any more", True)]
    assert between(proofs[1:], proofs[:1]) == [("has a proof file now", False)]
    assert between([record(examples=1000)], [record(examples=499)]) == [("instances 1000 -> 499", True)]
    assert between([record(examples=1000)], [record(examples=500)]) == []


def test_added_and_removed() -> None:
    assert between([], [record()]) == [("added: holds", False)]
    assert between([], [record(as_expected=False)]) == [("added: holds", True)]
    assert between([record()], []) == [("removed", True)]


def test_files_are_read_strictly(tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text(json.dumps([record()]))
    assert set(load(good)) == {"s/l"}
    for text in ("{", "{}", "[1]", '[{"id": 1}]'):
        (tmp_path / "bad.json").write_text(text)
        with pytest.raises(BadInput, match="not a ledger"):
            load(tmp_path / "bad.json")
    with pytest.raises(BadInput, match="cannot be read"):
        load(tmp_path / "absent.json")


DAMAGED = {
    "no object": ("1", "a record is an object"),
    "no id": ('{"verdict": "holds", "as_expected": true}', "a record without id"),
    "an id that is a number": ('{"id": 1, "verdict": "holds", "as_expected": true}', "the id of 1 is 1"),
    "no fingerprints": ('{"id": "a/b", "verdict": "holds", "as_expected": true, "fingerprints": null}', "is null"),
    "no time": ('{"id": "a/b", "verdict": "holds", "as_expected": true, "cpu": null}', "the cpu of a/b is null"),
    "a word for a number": ('{"id": "a/b", "verdict": "holds", "as_expected": true, "examples": "12"}', "examples"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_record_gets_a_sentence_and_hides_no_other(name: str, tmp_path: Path) -> None:
    text, says = DAMAGED[name]
    whole = '{"id": "c/d", "verdict": "proved", "as_expected": true, "cpu": 1}'
    ledger = tmp_path / ".refute" / "ledger.json"
    ledger.parent.mkdir()
    ledger.write_text(f"[{text}, {whole}]")
    with pytest.raises(BadInput, match=says):
        load(ledger)
    assert [r["id"] for r in readable(ledger)] == ["c/d"]
    (tmp_path / "p.tex").write_text("\\begin{lemma}\\label{l} x \\end{lemma}")
    done = run(tmp_path, "coverage", "p.tex")
    assert done.exit_code == 0, done.output
    (tmp_path / "claims.py").write_text("from refute import *\n")
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "claims.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert "INTERNALERROR" not in collected.stdout + collected.stderr
    assert "Traceback" not in collected.stdout + collected.stderr
