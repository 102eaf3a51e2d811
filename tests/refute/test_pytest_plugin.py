"""pytest as a claims checker, in a project of a user's own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.refute.conftest import CONJECTURES


def outcome(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("--refute-examples=400", "-p", "no:cacheprovider", *arguments)


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A repository with theorems/ and objectives/ folders of its own."""
    pytester.makepyfile(**{"theorems/conjectures": CONJECTURES, "objectives/__init__": "square = 'theirs'\n"})
    pytester.makepyfile(test_own="import objectives\n\ndef test_theirs():\n    assert objectives.square == 'theirs'\n")
    pytester.makepyfile(
        **{
            "theorems/descent": "from fractions import Fraction\nfrom typing import Annotated\n"
            "from objectives import Objective, smooth\nfrom refute import Claim, Theorem, le\n\n"
            "def constants(f: Annotated[Objective, smooth()]) -> Claim:\n"
            "    '''mu <= L.'''\n    return le(f.mu, f.L)\n\n"
            "CONSTANTS = Theorem(constants, source='me', label='constants', status='true', proof='definitions')\n"
        }
    )
    return pytester


def test_one_item_for_each_question(project: pytest.Pytester) -> None:
    result = outcome(project, "-v")
    result.assert_outcomes(passed=7)
    text = result.stdout.str()
    for name in (
        "amgm::holds",
        "amgm::attained[0]",
        "amgm::mutant[0.495]",
        "squares_grow::refuted",
        "squares_grow::rediscovered",
        "constants::holds",
        "test_theirs",
    ):
        assert name in text
    result.stdout.re_match_lines([r"me/amgm +true +proved +\d+ .* 1/1 .*"])


def test_selection_and_parallel_runs(project: pytest.Pytester) -> None:
    outcome(project, "-k", "amgm").assert_outcomes(passed=3, deselected=4)
    result = outcome(project, "-n", "2")
    result.stdout.re_match_lines([r"me/squares-grow +false +refuted.*"])


def test_a_failure_is_one_paragraph(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(claims=CONJECTURES.replace("Fraction(1, 2)) -> Claim", "Fraction(1, 4)) -> Claim"))
    result = outcome(pytester, "-x")
    assert result.ret == 1
    text = result.stdout.str()
    assert "me/amgm: refuted, status true" in text
    assert "check it again with: refute verify .refute/certificates/me--amgm.json" in text
    assert "Traceback" not in text


def test_a_broken_file_is_a_collection_error_of_one_sentence(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(broken="from refute import Theorem\nTheorem(len, source='s', label='l', status='maybe')\n")
    result = outcome(pytester)
    assert "status 'maybe' is none of true, false, vacuous, open" in result.stdout.str()


def test_ci_changes_nothing(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []
    for ci in ("", "true"):
        monkeypatch.setenv("CI", ci)
        lines = outcome(project, "-k", "amgm and holds").stdout.str().splitlines()
        tables.append([line.split()[:4] for line in lines if line.startswith("me/")])
    assert tables[0]
    assert tables[0] == tables[1]


def test_loading_the_plugin_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, refute.pytest_plugin\n"
        "heavy = {'numpy', 'hypothesis', 'flint', 'mpmath', 'gmpy2', 'rich', 'click', 'objectives'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


CLAIM = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Mutant, Theorem, le, rationals

R = Annotated[Fraction, rationals()]


def squares_grow(x: R, *, c: Fraction = Fraction(1)) -> Claim:
    """x <= x^2."""
    return le(c * x, x**2)


M = (Mutant("2 x", {"c": Fraction(2)}, killed_at={"x": Fraction(1)}),)
FIRST = Theorem(squares_grow, source="me", label="first", mutants=M)
SECOND = Theorem(squares_grow, source="me", label="first", reading="again")
'''
TRUE = CLAIM.replace("c * x, x**2", "c * 0, x**2")


def test_an_open_statement_that_falls_is_news(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(claims=CLAIM)
    result = outcome(pytester, "claims.py")
    result.assert_outcomes(failed=2, skipped=1)
    said = result.stdout.str()
    assert "me/first: news: it was open, and is refuted" in said
    assert "violated: c * x <= x ** 2" in said
    assert "refute adopt .refute/certificates/me--first.json" in said


def test_node_ids_are_taken_as_printed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(claims=TRUE)
    listed = outcome(pytester, "--collect-only", "-q", "claims.py").stdout.lines
    ids = [line for line in listed if line.startswith("claims.py::")]
    assert ids == [
        "claims.py::squares_grow:printed::holds",
        "claims.py::squares_grow:printed::mutant[2 x]",
        "claims.py::squares_grow:again::holds",
    ]
    outcome(pytester, ids[2]).assert_outcomes(passed=1)
    outcome(pytester, "claims.py::squares_grow:again").assert_outcomes(passed=1)
    outcome(pytester, ids[0], ids[2]).assert_outcomes(passed=2)


def test_what_took_long_is_marked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(claims=TRUE)
    ledger = pytester.path / ".refute" / "ledger.json"
    ledger.parent.mkdir()
    rows = [
        {"id": i, "verdict": "holds", "as_expected": True, "cpu": t}
        for i, t in (("me/first", 60.0), ("me/first:again", 0.1))
    ]
    ledger.write_text(json.dumps(rows))
    outcome(pytester, "-m", "not refute_slow", "claims.py").assert_outcomes(passed=1, deselected=2)


def test_a_file_without_the_word_refute_is_collected(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        helpers="from fractions import Fraction\nfrom typing import Annotated\nfrom refute import *\nX = Annotated[Fraction, rationals()]\n",
        claims='from helpers import *\n\n\ndef small(x: X) -> Claim:\n    """x <= 5."""\n    return le(x, 5)\n\n\nT = Theorem(small, source="s", label="small", status="open")\n',
    )
    done = pytester.runpytest_subprocess("-q", "claims.py")
    assert done.ret == 1
    assert "s/small" in done.stdout.str()
