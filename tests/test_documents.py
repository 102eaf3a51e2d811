"""The documents do what they say: CONTRIBUTING's files are checked, proofs exist, the sources are cited."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import day
from refute.cli.main import main
from refute.running.check import known_theorems
from refute.sources.discover import not_tried_in
from refute.sources.files import bundled, theorem_files
from refute.sources.proofs import headings
from tests.commands import run

ROOT = Path(__file__).resolve().parent.parent
THEOREMS = [t for _, t in known_theorems([bundled()])]
BLOCK = re.compile(r"<!-- file: (\S+) -->\n```python\n(.*?)```", re.DOTALL)


def test_contributing_works_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text())
    assert [name for name, _ in files] == ["claims.py", "weak.py", "pseudo_huber.py", "pseudo_huber_claims.py"]
    for name, text in files:
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    arguments = ["check", "claims.py", "weak.py", "pseudo_huber_claims.py", "--json", "out.json", "-j", "1", "-q"]
    result = CliRunner().invoke(main, [*arguments, "--examples", "400"])
    assert result.exit_code == 0, result.output
    records = json.loads(Path("out.json").read_text())
    assert {r["id"]: r["verdict"] for r in records} == {
        "my-notes/contraction": "proved",
        "my-notes/moves-down": "proved",
        "my-notes/pseudo-huber-decreases": "holds",
    }
    assert all(r["mutants"]["killed"] == r["mutants"]["total"] for r in records)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda t: t.id)
def test_proofs_and_amended_statements_exist(theorem: object) -> None:
    t = next(t for t in THEOREMS if t is theorem)
    if t.proof:
        file, _, anchor = t.proof.partition("#")
        assert anchor in headings((ROOT / file).read_text())
    if t.amends:
        assert t.amends in {other.id for other in THEOREMS}
    assert f"{{{t.source}," in (ROOT / "references.bib").read_text()
    assert t.statement.__doc__


SESSION = re.compile(r"^\$ refute ((?:prove|sharpen) .*)\n((?:(?!```|\$).*\n)+)", re.MULTILINE)
SESSIONS = [
    (words, shown)
    for doc in ("README.md", "docs/duality.md")
    for words, shown in SESSION.findall((ROOT / doc).read_text())
]


@pytest.mark.parametrize(("words", "shown"), SESSIONS, ids=lambda v: v.partition("\n")[0][:60])
def test_what_the_documents_show_of_proofs_is_what_is_printed(words: str, shown: str, tmp_path: Path) -> None:
    assert len(SESSIONS) > 4
    printed = run(tmp_path, *words.split()).output.splitlines()
    assert [line for line in shown.splitlines() if line not in printed] == []


def test_the_wheel_has_the_proofs() -> None:
    taken = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    named = {t.proof.partition("#")[0] for t in THEOREMS if t.proof}
    assert all(taken["force-include"][file] == f"theorems/{file}" for file in named)


def test_a_users_first_hour(capfd: pytest.CaptureFixture[str]) -> None:
    assert day.main() == 0, capfd.readouterr().out


@pytest.mark.usefixtures("bundled_are_known")
def test_the_counterexample_that_the_readme_shows_is_the_one_that_check_prints(tmp_path: Path) -> None:
    shown = re.search(
        r"<!-- the lines of the certificate -->\n```\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL
    )
    assert shown is not None
    # The search ends at the counterexample; the amended statements of that name need no thousand instances here.
    done = run(tmp_path, "check", "-k", "reaches-stationary-point", "--json", "out.json", "-q", "--profile", "quick")
    assert done.exit_code == 0, done.output
    records = {r["id"]: r for r in json.loads((tmp_path / "out.json").read_text())}
    assert records["tao-wang-2022/reaches-stationary-point"]["shown"] == shown[1].splitlines()
    file = ".refute/certificates/tao-wang-2022--reaches-stationary-point.json"
    assert all(line in run(tmp_path, "verify", file).output for line in shown[1].splitlines())


def test_the_theorem_file_that_the_readme_shows_says_what_the_readme_shows(tmp_path: Path) -> None:
    """But for the last two columns, which count seconds."""
    text = (ROOT / "README.md").read_text()
    ((name, code),) = BLOCK.findall(text)
    shown = re.search(r"<!-- output of: refute (.*) -->\n```\n(.*?)```", text, re.DOTALL)
    assert shown is not None
    (tmp_path / name).write_text(code)
    printed = [_timeless(line) for line in run(tmp_path, *shown[1].split(), "-j", "1").output.splitlines()]
    assert [line for line in shown[2].splitlines() if _timeless(line) not in printed] == []


def _timeless(line: str) -> str:
    return re.sub(r"(  +\d+\.\d){2}$", "", line)


def test_what_is_not_tried_is_cited_and_has_no_printed_record() -> None:
    tried = {t.id for t in THEOREMS}
    named = [n for f in theorem_files([bundled()]) for n in not_tried_in(f)]
    assert named
    for n in named:
        assert f"{{{n.source}," in (ROOT / "references.bib").read_text()
        assert n.id not in tried


def test_every_false_printed_statement_is_amended() -> None:
    amended = {t.amends for t in THEOREMS}
    for t in THEOREMS:
        if t.status == "false" and t.reading == "printed":
            assert t.id in amended


def test_local_links_lead_somewhere() -> None:
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", file.read_text()):
            assert (file.parent / link).exists(), f"{file.name} links to {link}"


def test_no_table_is_broken_by_a_blank_line() -> None:
    pages = [
        *(ROOT / "docs").glob("*.md"),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "benchmarks" / "README.md",
    ]
    for page in pages:
        assert not re.search(r"^\|.*\n\n\|.*\n(?!\| ?-)", page.read_text(), re.MULTILINE), page.name


def test_every_row_of_a_table_has_the_cells_of_its_head() -> None:
    """Of a row with a cell too many the last one is not shown."""
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "benchmarks/README.md"):
        head, fenced = 0, False
        for n, line in enumerate(page.read_text().splitlines(), 1):
            fenced ^= line.startswith("```")
            cells = (
                len(re.findall(r"(?<!\\)\|", re.sub(r"`[^`]*`", "", line)))
                if line.startswith("|") and not fenced
                else 0
            )
            assert not head or not cells or cells == head, f"{page.name}, line {n}"
            head = (head or cells) if cells else 0
