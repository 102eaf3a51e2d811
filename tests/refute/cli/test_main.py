"""The command line, as a user types it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refute.cli.main import main


def run(*arguments: str | int | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_alone_it_explains_itself_in_one_screen() -> None:
    result = run()
    assert result.exit_code == 0
    assert "refute demo" in result.output
    assert len(result.output.splitlines()) <= 24
    assert all(len(line) <= 100 for line in result.output.splitlines())
    assert {c for c in main.commands if f"refute {c}" not in result.output} == set()
    assert "Options:" in run("--help").output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_REFUTE_COMPLETE" in run("completion", shell).output


@pytest.mark.usefixtures("bundled_are_known")
def test_ids_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", "refute show tao-wang-2022/descent")
    monkeypatch.setenv("COMP_CWORD", "2")
    result = CliRunner().invoke(main, [], env={"_REFUTE_COMPLETE": "bash_complete"}, prog_name="refute")
    assert "plain,tao-wang-2022/descent-lemma" in result.output


def test_check_prints_the_ledger_and_writes_certificates(conjectures: Path, tmp_path: Path) -> None:
    result = run("check", conjectures, "--examples", 40, "--json", "out.json", "-j", 1)
    assert result.exit_code == 0, result.output
    assert re.search(r"me/amgm +true +proved", result.output)
    assert re.search(r"me/squares-grow +false +refuted", result.output)
    assert "2 theorems, 2 as expected" in result.output
    assert len(json.loads(Path("out.json").read_text())) == 2
    (certificate,) = (tmp_path / ".refute" / "certificates").glob("*.json")
    accepted = run("verify", certificate, "--theorems", conjectures)
    assert accepted.exit_code == 0
    assert "mpmath:  violated: 0.5 and 0.25" in accepted.output
    certificate.write_text(certificate.read_text().replace('"1/2"', '"2"'))
    forged = run("verify", certificate, "--theorems", conjectures)
    assert forged.exit_code == 1
    assert "no counterexample" in forged.output


def test_a_verdict_that_differs_from_its_status_exits_with_1(conjectures: Path) -> None:
    conjectures.write_text(conjectures.read_text().replace('status="true", proof="(x - y)^2 >= 0"', 'status="open"'))
    conjectures.write_text(conjectures.read_text().replace("Fraction = Fraction(1, 2)", "Fraction = Fraction(1, 3)"))
    result = run("check", conjectures, "--examples", 40, "-j", 1, "-q")
    assert result.exit_code == 1
    assert "! me/amgm" in result.output


@pytest.mark.usefixtures("bundled_are_known")
def test_list_and_show(conjectures: Path) -> None:
    listed = run("list", conjectures)
    assert re.search(r"me/squares-grow +printed +false +x <= x\^2", listed.output)
    shown = run("show", "me/squares-grow", "--theorems", conjectures)
    assert "counterexample" in shown.output
    assert "violated: x <= x ** 2" in shown.output
    bundled = run("list").output
    assert "tao-wang-2022/descent-lemma" in bundled
    assert re.search(r"frei-2022/rank-at-most-two +- +- +no finite certificate ", bundled)
    missing = run("show", "squares", "--theorems", conjectures)
    assert missing.exit_code == 1
    assert "did you mean me/squares-grow?" in missing.output


def test_accept_and_diff(conjectures: Path) -> None:
    accepted = run("accept", "me/amgm", "--theorems", conjectures)
    assert accepted.output == "accepted me/amgm\n"
    run("check", conjectures, "--examples", 20, "--json", "a.json", "-j", 1, "-q")
    data = json.loads(Path("a.json").read_text())
    data[0].update(verdict="undecided", as_expected=False)
    Path("b.json").write_text(json.dumps(data))
    worse = run("diff", "a.json", "b.json")
    assert worse.exit_code == 1
    assert worse.output.startswith("worse me/amgm: verdict proved -> undecided")
    assert run("diff", "a.json", "a.json").output == "no change\n"


@pytest.mark.usefixtures("bundled_are_known")
@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["check", "absent"], 1, "absent: no such file or folder"),
        (["check", "-k", "nothing-like-this"], 1, "no theorem matches 'nothing-like-this'"),
        (["check", "--json", "no/such/folder/x.json"], 1, "the folder no/such/folder does not exist"),
        (["check", "--examples", "0"], 2, "0 is not in the range"),
        (["check", "--changed", "HEAD"], 1, "--changed: fatal"),
        (["verify"], 2, "Missing argument"),
        (["verify", "absent.json"], 1, "absent.json: cannot be read"),
        (["show", "x"], 1, "no theorem has the id 'x'"),
        (["accept", "x"], 1, "no theorem has the id 'x'"),
        (["diff", "a", "b"], 1, "a: cannot be read"),
        (["report"], 1, ".refute/ledger.json: no such ledger; run refute check first"),
        (["completion", "csh"], 2, "'csh' is not one of"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_errors_are_one_sentence(arguments: list[str], status: int, says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert says in result.output
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("bundled_are_known")
def test_show_prints_how_a_statement_is_stated() -> None:
    shown = run("show", "nesterov-2004/linear-rate", "--code").output
    assert "StronglyConvex = Annotated[Objective, strongly_convex()]" in shown
    assert "last = iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: sq(y - at), rate=rate)" in shown
    assert "def distances_shrink" not in run("show", "nesterov-2004/linear-rate").output


FEW = '''from fractions import Fraction
from typing import Annotated
from objectives import Objective, convex, starts
from refute import Claim, Theorem, Vec, integers, le


def small(n: Annotated[int, integers(1, 10**6)], k: Annotated[int, integers(1, 3)]) -> Claim:
    """k <= 3 n."""
    return le(k, 3 * n)


def above(f: Annotated[Objective, convex()], x: Annotated[Vec, lambda f: starts(f)]) -> Claim:
    """A function whose minimizer may not be known."""
    return le(f.minimum.value, f(x))


SMALL = Theorem(small, source="me", label="small", status="open")
ABOVE = Theorem(above, source="me", label="above", status="open")
'''


def test_what_holds_is_said_with_what_was_drawn(tmp_path: Path) -> None:
    (tmp_path / "few.py").write_text(FEW)
    result = run("check", "few.py", "-k", "small", "--examples", 300, "-j", 1)
    said = re.search(
        r"  me/small holds for what was drawn: n from 1 to \d+; k from 1 to 3; (\d+) different instances", result.output
    )
    assert said, result.output
    assert int(said[1]) < 300


SHEARS = """
from fractions import Fraction
from typing import Annotated
from objectives import LinearMap, by_conditions
from refute import Claim, Domain, Theorem, Vec, eq, known, points, sq

drawn = Domain("shears", lambda d: LinearMap(((Fraction(1), Fraction(2)), (Fraction(0), Fraction(1))), Fraction(5), Fraction(0)), lambda A: known(True), (LinearMap,))
shears = by_conditions(
    "shears", one=lambda A, a: [A.L**2 * sq(a.x) - sq(a.g)], constants=("L",), operator=True, linear=True, sufficient=False, drawn=drawn
)

def adds(A: Annotated[LinearMap, shears], x: Annotated[Vec, lambda A: points(A.dim)]) -> Claim:
    "Twice."
    return eq(A(2 * x), 2 * A(x))

T = Theorem(adds, source="me", label="adds", status="open")
"""


def test_a_proof_says_what_it_takes_an_authors_word_for(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(SHEARS)
    result = run("check", "claims.py", "--examples", 50, "-j", 1)
    assert "proved" in result.output
    assert "  me/adds is proved for what satisfies the conditions of its classes; " in result.output


def test_a_minimizer_that_is_not_known_is_said(tmp_path: Path) -> None:
    (tmp_path / "few.py").write_text(FEW)
    assert 'write a class such as convex(minimizer="known")' in run("check", "few.py", "-k", "above", "-j", 1).output
