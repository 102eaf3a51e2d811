"""The page on formats names every field that the files have, and no other."""

import re
from dataclasses import fields
from pathlib import Path

from refute.duality.everywhere import prove_everywhere
from refute.running.check import known_theorems
from refute.sources.files import bundled
from refute.verdicts.certificate import KEYS
from refute.verdicts.for_all import as_data
from refute.verdicts.record import Record

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text()


def listed(name: str) -> set[str]:
    """The fields in the first column of a table."""
    table = PAGE.partition(f"<!-- fields: {name} -->\n")[2].partition("\n\n")[0]
    return {f for row in table.splitlines()[2:] for f in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_the_ledger() -> None:
    assert listed("Record") == {f.name for f in fields(Record)}


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
