"""refute report and refute demo, as their user runs them."""

import json
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from refute.cli.main import main
from refute.report.formula import number
from refute.sources.files import bundled

LARGEST = 3_000_000


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def checked(*names: str) -> None:
    files = [str(bundled() / "classical" / f"{n}.py") for n in names]
    assert run("check", *files, "--examples", "60", "-q", "-j", "1").exit_code in (0, 1)


def test_report_writes_what_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked("parabola")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    old = tmp_path / "old.json"
    old.write_text(Path(".refute/ledger.json").read_text())
    result = run("report", "--junit", "out/j.xml", "--errata", "errata", "--against", str(old), "--github")
    assert result.exit_code == 0, result.output
    text = Path(".refute/report.html").read_text()
    assert 1000 < len(text) < LARGEST
    assert "Nothing." in text
    assert ElementTree.parse("out/j.xml").getroot().tag == "testsuite"
    assert sorted(p.name for p in Path("errata").iterdir()) == ["errata.bib", "errata.tex"]
    assert (tmp_path / "summary.md").read_text() == Path(".refute/report.md").read_text()
    assert "report.html" in result.output
    assert run("report", "-q").output == ""


def test_a_verdict_that_is_not_as_expected_is_annotated() -> None:
    checked("parabola")
    ledger = json.loads(Path(".refute/ledger.json").read_text())
    ledger[0] |= {"as_expected": False, "verdict": "undecided", "why": "a reason"}
    Path(".refute/ledger.json").write_text(json.dumps(ledger))
    result = run("report", "--github")
    assert f"title={ledger[0]['id']}".replace(":", "%3A") in result.output
    assert "a reason" in result.output


@pytest.mark.parametrize(
    ("ledger", "says"),
    [
        ("[]", "knows none of the theorems at hand"),
        ("{", "not a ledger"),
        (
            '[{"id": "tao-wang-2022/square-is-smooth", "verdict": 1, "as_expected": true}]',
            "the verdict of tao-wang-2022/square-is-smooth is 1",
        ),
    ],
)
def test_a_bad_ledger_gets_one_sentence(tmp_path: Path, ledger: str, says: str) -> None:
    (tmp_path / "bad.json").write_text(ledger)
    result = run("report", "bad.json")
    assert result.exit_code == 1
    assert says in result.output
    assert len(result.output.splitlines()) == 1


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    checked("parabola")
    (tmp_path / "file").write_text("")
    result = run("report", "--out", "file/report.html")
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert "cannot be written" in result.output


def test_demo_shows_one_of_each(tmp_path: Path) -> None:
    result = run("demo")
    assert result.exit_code == 0, result.output
    page = tmp_path / ".refute" / "demo" / "report.html"
    assert result.output.splitlines()[-1] == f"The page: {page}"
    text = page.read_text()
    for verdict in ("holds", "refuted", "vacuous", "undecided"):
        assert f'id="demo--{verdict}" ' in text
        assert f'data-verdict="{verdict}"' in text


def test_what_is_not_as_expected_is_sarif_at_claim_and_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a paper.tex").write_text("x\n\n\\begin{lemma}\\label{d} $x<1$ \\end{lemma}\n")
    Path("claims.py").write_text(
        "from fractions import Fraction\nfrom typing import Annotated\nfrom refute import Claim, Theorem, between, lt\n\n\n"
        "def small(x: Annotated[Fraction, between(0, 4)]) -> Claim:\n"
        '    """$x < 1$."""\n    return lt(x, 1)\n\n\n'
        'T = Theorem(small, source="k", label="small", status="true", proof="none", text="a paper.tex#d")\n'
    )
    assert run("check", "-q", "-j", "1", "claims.py").exit_code == 1
    said = run("report", "--sarif", "r.sarif", "--github", "--theorems", "claims.py")
    log = json.loads(Path("r.sarif").read_text())
    (result,) = log["runs"][0]["results"]
    places = [p["physicalLocation"] for p in result["locations"]]
    assert [(p["artifactLocation"]["uri"], p["region"]["startLine"]) for p in places] == [
        ("claims.py", 6),
        ("a%20paper.tex", 3),
    ]
    assert result["message"]["text"].startswith(f"k/small: its verdict is {result['ruleId']}, its status true")
    assert {r["id"] for r in log["runs"][0]["tool"]["driver"]["rules"]} == {result["ruleId"]}
    assert "::error file=a paper.tex,line=3" in said.output


def test_a_broken_file_is_an_error_of_the_report_and_takes_nothing_else_away(tmp_path: Path) -> None:
    (tmp_path / "theorems").mkdir()
    assert run("new", "theorems/mine.py").exit_code == 0
    assert run("check", "theorems", "--examples", "30", "-q", "-j", "1").exit_code == 0
    (tmp_path / "theorems/broken.py").write_text("from refute import Theorem\n\nx = (\n")
    result = run("report", "--theorems", "theorems", "--junit", "j.xml", "--sarif", "s.json", "--github")
    assert result.exit_code == 1
    assert "::error file=theorems/broken.py,line=3,title=broken.py::broken.py, line 3: SyntaxError" in result.output
    suite = ElementTree.parse("j.xml").getroot()
    assert (suite.get("errors"), len(suite.findall("testcase"))) == ("1", 2)
    assert [r["ruleId"] for r in json.loads(Path("s.json").read_text())["runs"][0]["results"]] == ["error"]
    assert "broken.py cannot be read" in Path(".refute/report.html").read_text()
    words = Path(".refute/report.md").read_text()
    assert "`broken.py` cannot be read" in words
    assert "## Errata" not in words


def test_numbers_beyond_the_floats_are_shown() -> None:
    assert number(Fraction(10**5000 + 1, 3)) == r"3.33333333333\ldots\cdot 10^{4999}"
    assert number(Fraction(-1, 10**400)).startswith("-1")
