"""The page on formats names every field that the files have, and no other."""

import json
import re
from dataclasses import fields
from pathlib import Path

from refute.duality.everywhere import prove_everywhere
from refute.proofs.for_all import as_data
from refute.running.check import known_theorems
from refute.sources.files import bundled
from refute.verdicts.certificate import KEYS
from refute.verdicts.record import Record
from tests.commands import run

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text()

ACCEPTED = """from fractions import Fraction
from typing import Annotated
from helper import FOUR
from refute import Claim, Theorem, between, le


def a(h: Annotated[Fraction, between(0, 1)]) -> Claim:
    'h <= 4.'
    return le(h, FOUR)


A = Theorem(a, source="p", label="a", text="main.tex#l", texts=("main.tex#k",))
"""


def listed(name: str) -> set[str]:
    """The fields in the first column of a table."""
    table = PAGE.partition(f"<!-- fields: {name} -->\n")[2].partition("\n\n")[0]
    return {f for row in table.splitlines()[2:] for f in re.findall(r"`(\w+)[ A-Z]*`", row.split("|")[1])}


def test_the_ledger() -> None:
    assert listed("Record") == {f.name for f in fields(Record)}


def test_acceptances(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\begin{lemma}\\label{l}x\\end{lemma} \\begin{lemma}\\label{k}y\\end{lemma}")
    (tmp_path / "helper.py").write_text("FOUR = 4\n")
    (tmp_path / "claims.py").write_text(ACCEPTED)
    assert run(tmp_path, "accept", "p/a", "--because", "read", "--theorems", "claims.py").exit_code == 0
    entry = json.loads((tmp_path / "refute-accepted.json").read_text())["p/a"]
    assert {key.partition(" ")[0] for key in entry} == listed("accepted")


def test_counterexamples() -> None:
    assert listed("counterexample") == set(KEYS)


def test_proofs() -> None:
    theorem = {t.id: t for _, t in known_theorems([bundled() / "methods"])}["baillon-haddad-1977/cocoercivity"]
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    assert listed("proof") == set(data)
    words = PAGE.partition("<!-- fields: proof -->")[2]
    case, part = data["cases"][0], data["parts"][0]
    for key in {*case, *case["functions"][0], *case["functions"][0]["rows"][0], *part, *part["weights"][0]} - {
        "says", "step", "name", "number", "form", "claim",
    }:  # fmt: skip
        assert f"`{key}`" in words, key
