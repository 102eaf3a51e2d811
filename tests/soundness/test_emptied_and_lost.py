"""What a statement names is there each time, what a file makes is checked, and what is written stands where it belongs."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.discover import theorems_of
from refute.sources.files import is_theorem_file
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


def test_a_theorem_whose_name_is_given_to_another_one_of_its_id_is_an_error(tmp_path: Path) -> None:
    """A record that was copied, and whose names were not changed: the first one is false, and nobody would check it."""
    twice = "".join(
        BODY.format(claim=claim, more="") + '\n\nSMALL = Theorem(small, source="s", label="small")\n\n\n'
        for claim in ("le(x, 0)", "le(0, x * x)")
    )
    (tmp_path / "claims.py").write_text(HEAD + twice)
    with pytest.raises(BadInput, match="two theorems have the id s/small, and the name of the first one is given"):
        theorems_of(tmp_path / "claims.py")


def test_of_two_theorems_about_one_lemma_the_first_is_not_forgotten_either(tmp_path: Path) -> None:
    """The second one has a hypothesis; without it the lemma is false."""
    records = (
        'SMALL = Theorem(small, source="s", label="small")\n'
        'SMALL = Theorem(small, source="s", label="small", given=(Given("x = 0", lambda x: le(x, 0)),))\n'
    )
    (tmp_path / "claims.py").write_text(HEAD + BODY.format(claim="le(x, 0)", more="") + "\n\n" + records)
    with pytest.raises(BadInput, match="two theorems have the id s/small"):
        theorems_of(tmp_path / "claims.py")


def test_a_theorem_that_is_made_from_another_one_takes_its_name(tmp_path: Path) -> None:
    more = '\n\nSMALL = Theorem(small, source="s", label="small")\nSMALL = replace(SMALL, attained=())\n'
    head = "from dataclasses import replace\n" + HEAD
    (tmp_path / "claims.py").write_text(head + BODY.format(claim="le(0, x * x)", more="") + more)
    assert [t.id for t in theorems_of(tmp_path / "claims.py")] == ["s/small"]


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


LEMMAS = HEAD + BODY.format(claim="le(x, 3)", more="")
MAKES = 'SMALL = Theorem(small, source="s", label="small", status="open")\n'
HEADS = {
    "all of a helper": "from lemmas import *\n",
    "beside another": "import os, refute\nfrom lemmas import small\nfrom refute.statements.theorem import Theorem\n",
    "a part of refute": "from lemmas import small\nfrom refute.statements.theorem import Theorem\n",
    "in an attempt": "try:\n    from refute import *\nexcept ImportError:\n    raise\nfrom lemmas import small\n",
    "two blanks": "from  refute  import *\nfrom lemmas import small\n",
    "by another name": "try:\n    from refute import Theorem as T\nexcept ImportError:\n    raise\nfrom lemmas import small\nSMALL = T(small, source='s', label='small', status='open')\n",
    "with its words in a dictionary": "from lemmas import *\nWORDS = dict(source='s', label='small', status='open')\nSMALL = Theorem(small, **WORDS)\n",
    "by its module": "import refute as r\nfrom lemmas import small\nSMALL = r.Theorem(small, source='s', label='small', status='open')\n",
}


@pytest.mark.parametrize("name", HEADS)
def test_a_file_that_makes_a_theorem_is_a_theorem_file_whatever_it_imports(name: str, tmp_path: Path) -> None:
    (tmp_path / "lemmas.py").write_text(LEMMAS)
    (tmp_path / "claims.py").write_text(HEADS[name] + ("" if "SMALL" in HEADS[name] else MAKES))
    done = run(tmp_path, "check", ".", "-j", "1")
    assert done.exit_code == 1
    assert "s/small  open    refuted" in done.output


def test_a_file_that_makes_theorems_in_functions_alone_is_none(tmp_path: Path) -> None:
    (tmp_path / "others.py").write_text("class Theorem:\n    pass\n\n\nT = Theorem()\n")
    assert not is_theorem_file(tmp_path / "others.py")
    (tmp_path / "tools.py").write_text("def made(lemma):\n    return Theorem(lemma, source='s', label='l')\n")
    assert not is_theorem_file(tmp_path / "tools.py")


@pytest.mark.parametrize("name", ["test_claims.py", "conftest.py", "__init__.py"])
def test_a_name_that_is_passed_over_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(LEMMAS + MAKES)
    done = run(tmp_path, "check", name)
    assert done.exit_code == 1
    assert "refute passes them over: rename it" in done.output


OF_A_HELPER = {
    "unassigned": 'Theorem(small, source="s", label="lost")\n',
    "all but the last": 'for i in (1, 2):\n    T = Theorem(small, source="s", label=f"lost-{i}")\n',
}


@pytest.mark.parametrize("name", OF_A_HELPER)
def test_a_theorem_about_a_lemma_of_another_file_that_no_name_keeps_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "lemmas.py").write_text(LEMMAS)
    (tmp_path / "claims.py").write_text("from refute import Theorem\nfrom lemmas import small\n\n" + OF_A_HELPER[name])
    with pytest.raises(BadInput, match="no name of the module keeps it"):
        theorems_of(tmp_path / "claims.py")


def test_a_theorem_that_a_file_hands_to_another_one_is_an_error(tmp_path: Path) -> None:
    """Neither file would check it: alone the other one makes none."""
    (tmp_path / "lemmas.py").write_text(
        LEMMAS + "\nKEPT = []\n\n\ndef add(label):\n    KEPT.append(Theorem(small, source='s', label=label))\n"
    )
    (tmp_path / "claims.py").write_text("from refute import Theorem\nimport lemmas\n\nlemmas.add('lost')\n")
    with pytest.raises(BadInput, match="the theorem s/lost is made, and no name of the module keeps it"):
        theorems_of(tmp_path / "claims.py")


def test_what_another_theorem_file_keeps_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "lemmas.py").write_text(
        LEMMAS + MAKES + 'MORE = [Theorem(small, source="s", label="more", status="open")]\n'
    )
    (tmp_path / "claims.py").write_text(
        'from refute import Theorem\nfrom lemmas import small\n\nT = Theorem(small, source="s", label="mine", status="open")\n'
    )
    assert [t.label for t in theorems_of(tmp_path / "claims.py")] == ["mine"]
