"""The report of a small ledger: entries, the page, Markdown, LaTeX, JUnit, workflow commands."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from refute import NotTried, Runs
from refute.errors import BadInput
from refute.report import ci, latex
from refute.report.counterexample import shortened
from refute.report.entries import Report, gather
from refute.report.html import page, pictures_in
from refute.report.instances import written
from refute.report.markdown import summary
from refute.running.check import known_theorems, run, select
from refute.search.budget import Budget
from refute.sources.files import bundled
from refute.verdicts.diff import Change, load

FILES = [bundled() / "classical" / f"{n}.py" for n in ("parabola", "smoothness", "convergence")]
KNOWN = {"tao-wang-2022": "@misc{tao-wang-2022,\n  title  = {On {G}radients},\n}"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of two bundled files, lightly checked."""
    folder = tmp_path_factory.mktemp("ledger")
    out = folder / ".refute" / "ledger.json"
    run(select(known_theorems(FILES)), Budget(60), folder, [out], 1)
    return out


@pytest.fixture(scope="module")
def report(ledger: Path) -> Report:
    theorems = [t for _, t in known_theorems(FILES)]
    return gather(load(ledger), theorems, [NotTried("a-2000", "b", "not <executable>")], ledger.parent, "2000-01-01")


def rendered(report: Report, **more: Any) -> str:
    return page(report, title="a title", references=KNOWN, portraits=lambda instance: None, **more)


def entry(report: Report, i: str) -> Any:
    return next(e for e in report.entries if e.id == f"tao-wang-2022/{i}")


def test_entries(report: Report) -> None:
    fell = entry(report, "reaches-stationary-point")
    assert (fell.verdict, fell.shape, fell.as_expected) == ("refuted", "✕", True)
    assert fell in report.errata
    assert fell.setting == fell.file.read_text().split('"""')[1].strip()
    assert [t.id for t in fell.repairs] == [
        "tao-wang-2022/reaches-stationary-point:amended",
        "tao-wang-2022/reaches-stationary-point:amended-line",
    ]
    assert fell.found is not None
    assert fell.found.values[0].name == "f(x)"
    assert {h.exact for h in fell.found.hypotheses} == {"holds"}
    assert fell.found.verdict.startswith("Violated: “x_k converges”. Evidence: escape at step")
    assert replace(fell.found, violated="a reason").verdict == "Found: a reason."
    assert replace(fell.found, violated="part: lhs ≤ rhs", sides=(("x", "1"),)).verdict == "Violated: part: lhs ≤ rhs"
    assert fell.command == f"refute verify {fell.found.file.resolve()}"
    held = entry(report, "reaches-stationary-point:amended")
    assert held.command == "refute check -k tao-wang-2022/reaches-stationary-point:amended"
    assert held.found is None
    assert held.file.name == "convergence.py"
    assert held.file.read_text().splitlines()[held.line - 1].startswith("def ")


def test_printed_and_amended_come_first(report: Report) -> None:
    group = report.sources["tao-wang-2022"]["reaches-stationary-point"]
    assert [e.theorem.reading for e in group] == ["printed", "amended", "amended-line"]


def test_bound_is_that_of_what_holds(report: Report) -> None:
    for e in report.entries:
        assert bool(e.bound) == (e.verdict == "holds")


def test_long_digits_are_cut_visibly() -> None:
    assert shortened("0.5") == "0.5"
    assert shortened("1." + "3" * 50) == "1." + "3" * 22 + "…"
    assert shortened("1." + "3" * 50 + "e-20") == "1." + "3" * 22 + "…e-20"


def test_the_page_says_what_was_claimed_found_and_how_to_check(report: Report) -> None:
    text = rendered(report)
    for e in report.entries:
        assert f'id="{e.anchor}"' in text
        assert e.command in text
    assert "not &lt;executable&gt;" in text
    assert "On Gradients" in text
    assert text.count("<script>") == 1
    # No address but those of XML's name spaces.
    assert set(re.findall(r"https?://[^\s\"<]+", text)) <= {
        "http://www.w3.org/1998/Math/MathML",
        "http://www.w3.org/2000/svg",
    }
    assert "errata.tex" in text


def test_statements_about_runs_stand_in_a_section_with_the_figures(tmp_path: Path) -> None:
    files = [bundled() / "experiments" / "edge.py"]
    run(select(known_theorems(files)), Budget(60), tmp_path, [tmp_path / "ledger.json"], 1)
    found = gather(load(tmp_path / "ledger.json"), [t for _, t in known_theorems(files)], [], tmp_path, "2000-01-01")
    assert [e.id for e in found.measured] == [e.id for e in found.entries]
    assert all(re.match(r".*: in \d+ of \d+ runs \(so many have probability", e.seen) for e in found.measured)
    (tmp_path / "captions.json").write_text('{"along": "The sharpness along training."}')
    (tmp_path / "along.svg").write_text("<svg/>")
    text = rendered(found, experiments=pictures_in(tmp_path))
    section = text[text.index('<section id="experiments">') : text.index('<section id="graph">')]
    assert "it reaches the edge: in " in section
    assert "<figcaption>The sharpness along training.</figcaption>" in section


def test_runs_are_told_in_a_line() -> None:
    runs = Runs.of(experiment="coins", scale="tosses", images="", seeds=range(12), measured={"a": "1 " * 12})
    (value,) = written({"runs": runs})
    assert (value.equation, value.words) == (r"\mathrm{runs}", "12 runs of coins, seeds 0 to 11")


def test_pictures_need_captions(report: Report, tmp_path: Path) -> None:
    assert pictures_in(tmp_path) == []
    for name in ("one.svg", "one.csv", "three.svg"):
        (tmp_path / name).write_text("<svg/>")
    (tmp_path / "captions.json").write_text(json.dumps({"one": "A <b>", "two": "absent", "three": "no data"}))
    found = pictures_in(tmp_path)
    assert [(p.caption, p.data) for p in found] == [("A <b>", "one.csv"), ("no data", "")]
    assert "A &lt;b&gt;" in rendered(report, pictures=found)
    (tmp_path / "captions.json").write_text(json.dumps({"../one": "A"}))
    with pytest.raises(BadInput, match="captions are texts"):
        pictures_in(tmp_path)


def test_changes_are_in_the_page(report: Report) -> None:
    text = rendered(report, changes=[Change("a/b", "holds -> refuted", True)], changes_since="old.json")
    assert "What changed since old.json" in text
    assert "(worse)" in text
    assert "What changed" not in rendered(report)


def test_markdown(report: Report) -> None:
    text = summary(report, [Change("a/b", "added", False)])
    assert "### tao-wang-2022: reaches-stationary-point" in text
    assert "True instead: `tao-wang-2022/reaches-stationary-point:amended`." in text
    assert "- `a/b`: added" in text
    assert text.count("\n| `") == len(report.entries)


def test_latex(report: Report) -> None:
    text = latex.errata(report, KNOWN)
    assert text.count(r"\paragraph{") == len(report.errata)
    assert r"\cite{tao-wang-2022}" in text
    assert text.count("{") == text.count("}")
    assert latex.bibliography(report, KNOWN) == KNOWN["tao-wang-2022"] + "\n"
    known = latex.references(bundled().parent / "references.bib")
    assert latex.title(known["grachev-2023"]).startswith("Special properties")
    assert latex.references(Path("nowhere.bib")) == {}


def changed(ledger: Path, **fields: Any) -> dict[str, Any]:
    """The ledger with one record changed."""
    records = {i: dict(r) for i, r in load(ledger).items()}
    records["tao-wang-2022/reaches-stationary-point:amended"] |= fields
    return records


def gathered(ledger: Path, records: Any) -> Report:
    return gather(records, [t for _, t in known_theorems(FILES)], [], ledger.parent, "2000-01-01")


def test_what_is_not_as_expected_is_told_everywhere(ledger: Path) -> None:
    why = "a\nreason: with % and ]]> and \x1b"
    bad = gathered(ledger, changed(ledger, verdict="undecided", as_expected=False, why=why))
    assert "Not as expected: a" in rendered(bad)
    assert "**!**" in summary(bad)
    suite = ElementTree.fromstring(ci.junit(bad))
    assert int(suite.attrib["failures"]) == len(bad.bad)
    commands = list(ci.workflow_commands(bad, bundled().parent))
    assert len(commands) == len(bad.bad) <= ci.MOST
    mine = next(c for c in commands if "stationary-point%3Aamended:" in c)
    assert mine.startswith("::error file=theorems/classical/convergence.py,line=")
    assert "%0Areason: with %25" in mine
    assert "\n" not in mine


def test_worst_first(ledger: Path) -> None:
    records = {i: {**r, "as_expected": False, "verdict": "holds"} for i, r in load(ledger).items()}
    records["tao-wang-2022/gradients-vanish"]["verdict"] = "refuted"
    bad = gathered(ledger, records).bad
    assert bad[0].id == "tao-wang-2022/gradients-vanish"
    assert len(list(ci.workflow_commands(gathered(ledger, records), Path("/nowhere")))) == ci.MOST


@pytest.mark.parametrize(
    "fields", [{"tightness": "x"}, {"mutants": {"killed": 1}}, {"examples": "many"}, {"as_expected": 1}]
)
def test_a_broken_ledger_gets_one_sentence(ledger: Path, fields: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="the ledger's record of tao-wang-2022/reaches-stationary-point:amended has a"):
        gathered(ledger, changed(ledger, **fields))


def test_a_record_of_a_statement_that_has_changed_is_missing(ledger: Path) -> None:
    report = gathered(ledger, changed(ledger, fingerprints={"statement": "0" * 16}))
    assert report.missing == ("tao-wang-2022/reaches-stationary-point:amended",)
    assert "have changed since" in rendered(report)


def test_a_ledger_of_other_theorems(ledger: Path) -> None:
    with pytest.raises(BadInput, match="knows none of the theorems"):
        gathered(ledger, {})


def test_a_ledger_without_its_certificates_is_still_a_page(ledger: Path) -> None:
    gone = {"verdict": "refuted", "certificate": "/nowhere/x.json", "as_expected": False}
    report = gathered(ledger, {i: ({**r, **gone} if r["verdict"] == "refuted" else r) for i, r in load(ledger).items()})
    assert all(e.found is None for e in report.entries)
    assert "cannot be shown (/nowhere/x.json: cannot be read" in rendered(report)
    assert "Found: a counterexample exists." in summary(report)


def test_a_linked_text_has_its_lines_and_its_place_in_the_pdf(tmp_path: Path) -> None:
    (tmp_path / "my paper.tex").write_text(
        "\\documentclass{article}\n\\begin{lemma}\\label{lem:sq}\n$x^2 \\ge 0$.\n\\end{lemma}\n"
    )
    (tmp_path / "my paper.aux").write_text("\\newlabel{lem:sq}{{1}{1}{}{lemma.1}{}}")
    (tmp_path / "my paper.pdf").write_bytes(b"%PDF")
    claims = tmp_path / "claims.py"
    claims.write_text(
        "from fractions import Fraction\nfrom typing import Annotated\nfrom refute import *\nX = Annotated[Fraction, rationals()]\n"
        "def s(x: X) -> Claim:\n    'x^2 is at least 0.'\n    return le(0, x * x)\n"
        "T = Theorem(s, source='s', label='l', text='my paper.tex#lem:sq')\n"
    )
    found = known_theorems([claims])
    out = tmp_path / ".refute" / "ledger.json"
    run(select(found), Budget(5), tmp_path, [out], 1)
    made = gather(load(out), [t for _, t in found], [], out.parent, "2000-01-01")
    shown = rendered(made, folder=out.parent)
    assert '<a href="../my%20paper.tex">my paper.tex#lem:sq</a>, lines 2 to 4' in shown
    assert '<a href="../my%20paper.pdf#nameddest=lemma.1">in the PDF</a>' in shown
    assert "<dd>my paper.tex#lem:sq, lines 2 to 4; in the PDF" in rendered(made)
