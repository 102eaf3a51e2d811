r"""The files of a document, and that a macro of another file is a part of the statement that uses it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from refute.running.outline import outlined
from refute.sources.changed import dependencies
from refute.sources.tex.document import files_of
from refute.sources.text import fingerprint
from tests.commands import run

LEMMA = "\\begin{lemma}\\label{l} $x \\in \\R$ and $h < \\most$. \\end{lemma}\n"
MACROS = "\\newcommand{\\R}{\\mathbb R}\\newcommand{\\most}{2/L}\n"
#: Where the macros of the lemma stand, and the file that it stands in.
LAYOUTS: dict[str, tuple[dict[str, str], str]] = {
    "an input": ({"main.tex": "\\input{macros}\n" + LEMMA, "macros.tex": MACROS}, "main.tex"),
    "a bare input": ({"main.tex": "\\input macros\n" + LEMMA, "macros.tex": MACROS}, "main.tex"),
    "a package": ({"main.tex": "\\usepackage[x]{amsmath,own}\n" + LEMMA, "own.sty": MACROS}, "main.tex"),
    "a class": ({"main.tex": "\\documentclass[a4]{thesis}\n" + LEMMA, "thesis.cls": MACROS}, "main.tex"),
    "a package of a class": (
        {"main.tex": "\\documentclass{thesis}\n" + LEMMA, "thesis.cls": "\\RequirePackage{own}", "own.sty": MACROS},
        "main.tex",
    ),
    "a chapter": (
        {"main.tex": "\\documentclass{book}\\input{macros}\n\\include{chapters/one}", "macros.tex": MACROS, "chapters/one.tex": LEMMA},
        "chapters/one.tex",
    ),
    "a chapter by import": (
        {"main.tex": "\\documentclass{book}\\input{macros}\\import{chapters/}{one}", "macros.tex": MACROS, "chapters/one.tex": LEMMA},
        "chapters/one.tex",
    ),
    "a subfile": (
        {"main.tex": "\\documentclass{book}\n" + MACROS, "parts/one.tex": "\\documentclass[../main.tex]{subfiles}\n" + LEMMA},
        "parts/one.tex",
    ),
    "the preamble": ({"main.tex": "\\documentclass{book}" + MACROS + "\\input{one}", "one.tex": LEMMA}, "one.tex"),
}  # fmt: skip


@pytest.fixture
def laid(tmp_path: Path) -> Callable[[str], tuple[Path, Path]]:
    def lay(name: str) -> tuple[Path, Path]:
        files, linked = LAYOUTS[name]
        for file, text in files.items():
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path / linked, next(tmp_path / f for f, text in files.items() if MACROS in text)

    return lay


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_macro_of_another_file_is_a_part_of_the_statement(
    name: str, laid: Callable[[str], tuple[Path, Path]]
) -> None:
    linked, macros = laid(name)
    assert macros.resolve() in files_of(linked)
    before = fingerprint(f"{linked.name}#l", linked.parent)
    text = macros.read_text()
    macros.write_text(text.replace("2/L", "4/L"))
    assert fingerprint(f"{linked.name}#l", linked.parent) != before
    macros.write_text(text + "\\newcommand{\\other}{1}\n% a remark\n")
    assert fingerprint(f"{linked.name}#l", linked.parent) == before


def test_files_of_other_documents_are_no_part(tmp_path: Path) -> None:
    for name, text in {
        "a.tex": "\\documentclass{x}\\input{one}",
        "b.tex": "\\documentclass{x}\\input{two}" + MACROS,
        "one.tex": LEMMA,
        "two.tex": "",
        "c.tex": "\\documentclass{x} % \\input{one}\n" + MACROS,
        "missing.tex": "\\input{nowhere}\\input{missing}",
    }.items():
        (tmp_path / name).write_text(text)
    assert [p.name for p in files_of(tmp_path / "one.tex")] == ["one.tex", "a.tex"]
    assert [p.name for p in files_of(tmp_path / "missing.tex")] == ["missing.tex"]


def test_a_change_of_a_macro_makes_the_verdict_stale_and_is_a_change(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\input{macros}\n" + LEMMA)
    (tmp_path / "macros.tex").write_text(MACROS)
    (tmp_path / "claims.py").write_text(
        "from fractions import Fraction\nfrom typing import Annotated\nfrom refute import *\nX = Annotated[Fraction, rationals()]\n"
        "def s(x: X) -> Claim:\n    'x^2 is at least 0.'\n    return le(0, x * x)\n"
        "T = Theorem(s, source='s', label='l', text='main.tex#l')\n"
    )
    assert (tmp_path / "macros.tex").resolve() in dependencies(tmp_path / "claims.py")
    run(tmp_path, "accept", "s/l", "--theorems", "claims.py")
    assert run(tmp_path, "check", "claims.py", "-j", "1").exit_code == 0
    (tmp_path / "macros.tex").write_text(MACROS.replace("2/L", "4/L"))
    # From the outline that is kept, too.
    tasks, _ = outlined([tmp_path / "claims.py"], tmp_path)
    assert tasks[0].blank.fingerprints["text"] != ""
    done = run(tmp_path, "check", "claims.py", "-j", "1")
    assert done.exit_code == 1
    assert "is now" in done.output
    assert "1 of 1 statement stale" in run(tmp_path, "check", "claims.py", "--stale").output
