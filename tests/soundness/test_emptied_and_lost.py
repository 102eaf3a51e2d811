"""What a statement names is there each time, what a file makes is checked, and what is written stands where it belongs."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.discover import theorems_of
from tests.commands import run

HEAD = """from fractions import Fraction
from functools import partial
from typing import Annotated
from types import SimpleNamespace
from refute import *

X = Annotated[Fraction, between(0, 4)]
"""
BODY = '''

def small(x: X{more}) -> Claim:
    """k x <= 1 for all k."""
    return {claim}
'''
EMPTIED = {
    "a generator": ("RATES = (Fraction(k) for k in range(1, 5))", "every(le(k * x, 1) for k in RATES)", ""),
    "zip": ("RATES = zip((1, 2), (3, 4))", "every(le(k * x, j) for k, j in RATES)", ""),
    "a constant": ("", "every(le(k * x, 1) for k in rates)", ", *, rates=map(Fraction, (1, 2))"),
    "in a list": ("RATES = [map(Fraction, (1, 2))]", "every(le(k * x, 1) for k in RATES[0])", ""),
    "of a helper": (
        "RATES = map(Fraction, (1, 2))\n\n\ndef rates():\n    return RATES",
        "every(le(k * x, 1) for k in rates())",
        "",
    ),
    "of a class": (
        "class Rates:\n    all = map(Fraction, (1, 2))\n    def get(self):\n        return self.all",
        "every(le(k * x, 1) for k in Rates().get())",
        "",
    ),
    "of a partial": (
        "def rates(r):\n    return r\n\n\nGET = partial(rates, map(Fraction, (1, 2)))",
        "every(le(k * x, 1) for k in GET())",
        "",
    ),
}


@pytest.mark.parametrize("name", EMPTIED)
def test_iterators_are_refused(name: str, tmp_path: Path) -> None:
    before, claim, more = EMPTIED[name]
    text = HEAD + before + BODY.format(claim=claim, more=more) + '\n\nT = Theorem(small, source="s", label="small")\n'
    (tmp_path / "claims.py").write_text(text)
    done = run(tmp_path, "check", "claims.py", "-j", "1")
    assert done.exit_code == 1
    assert "is empty once it was gone through" in done.output
    assert "holds" not in done.output
    assert "proved" not in done.output


def test_a_hypothesis_and_a_domain_name_none(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(
        HEAD
        + """
GRID = iter((1, 2))


def body(x: X, y: Annotated[Fraction, lambda x: between(0, next(GRID))]) -> Claim:
    return le(x, 4)


def given(x: X) -> Claim:
    return le(x, 4)


A = Theorem(body, source="s", label="domain")
B = Theorem(given, source="s", label="given", given=(Given("g", lambda x: every(le(x, k) for k in GRID)),))
"""
    )
    done = run(tmp_path, "check", "claims.py", "-j", "1")
    assert done.exit_code == 1
    assert done.output.count("NOT AS EXPECTED: s/domain: GRID is a tuple_iterator") == 1
    assert done.output.count("NOT AS EXPECTED: s/given: GRID is a tuple_iterator") == 1


LOST = {
    "unassigned": 'Theorem(small, source="s", label="lost")',
    "a generator": 'ALL = (Theorem(small, source="s", label=f"lost-{i}") for i in [1])\nnext(ALL)',
    "a namespace": 'ALL = SimpleNamespace(t=Theorem(small, source="s", label="lost"))',
    "all but the last": 'for i in (1, 2):\n    T = Theorem(small, source="s", label=f"lost-{i}")',
}


@pytest.mark.parametrize("name", LOST)
def test_a_theorem_that_no_name_keeps_is_an_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.py"
    path.write_text(HEAD + BODY.format(claim="le(x, 5)", more="") + f"\n\n{LOST[name]}\n")
    with pytest.raises(BadInput, match="no name of the module keeps it"):
        theorems_of(path)
    done = run(tmp_path, "check", "claims.py", "-j", "1")
    assert done.exit_code == 1
    assert "s/lost" in done.output


def test_one_that_only_makes_another_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "claims.py"
    path.write_text(
        HEAD
        + "from dataclasses import replace\n"
        + BODY.format(claim="le(x, 5)", more="")
        + '\n\nT = replace(Theorem(small, source="s", label="kept"), status="true", proof="clear")\n'
    )
    assert [t.id for t in theorems_of(path)] == ["s/kept"]


@pytest.mark.parametrize("mark", ["\f", "# \u2028 \u0085 \x1c\n"])
def test_adopt_writes_into_the_record_that_fell_whatever_ends_a_line_elsewhere(mark: str, tmp_path: Path) -> None:
    text = (
        HEAD
        + mark
        + BODY.format(claim="le(x, 1)", more="")
        + '\n\ndef large(x: X) -> Claim:\n    """x <= 5."""\n    return le(x, 5)\n\n\n'
        + 'A = Theorem(large, source="s", label="large", status="open")\n'
        + 'B = Theorem(small, source="s", label="small", status="open")\n'
    )
    path = tmp_path / "claims.py"
    path.write_text(text, encoding="utf-8", newline="")
    run(tmp_path, "check", "claims.py", "-j", "1")
    done = run(tmp_path, "adopt", ".refute/certificates/s--small.json", "--theorems", "claims.py")
    assert done.exit_code == 0, done.output
    lines = path.read_text(encoding="utf-8").split("\n")
    assert 'A = Theorem(large, source="s", label="large", status="open")' in lines
    assert any(line.startswith("B = ") and "refuted_at" in line for line in lines)
