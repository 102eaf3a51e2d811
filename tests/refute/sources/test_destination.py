"""Where hyperref says that a labelled statement stands in the PDF."""

from pathlib import Path

import pytest

from refute.sources.destination import destination

AUX = "\\relax\n\\newlabel{lem:a}{{1.2}{3}{A \\textbf {title} {in} braces}{lemma.1.2}{}}\n\\newlabel{lem:a@cref}{{[lemma][2][1]1.2}{}}\n"


def _paper(folder: Path, aux: str, built: str = "") -> Path:
    (folder / "main.tex").write_text("\\documentclass{article}\n\\include{chapter}")
    (folder / "chapter.tex").write_text("\\begin{lemma}\\label{lem:a} $x = x$. \\end{lemma}")
    out = folder / built
    out.mkdir(exist_ok=True)
    (out / "chapter.aux").write_text(aux)
    (out / "main.pdf").write_bytes(b"%PDF-1.5")
    return folder / "chapter.tex"


@pytest.mark.parametrize("built", ["", "build", "out"])
def test_the_destination_of_a_label_in_a_chapter(tmp_path: Path, built: str) -> None:
    path = _paper(tmp_path, AUX, built)
    assert destination(path, "lem:a") == (tmp_path / built / "main.pdf", "lemma.1.2")
    assert destination(path, "lem:b") is None


@pytest.mark.parametrize(
    "aux", ["", "\\newlabel{lem:a}{{1.2}{3}}", "\\newlabel{lem:a}{{1.2}{3}{}{}{}}", "\\newlabel{lem:a}{{1.2"]
)
def test_without_hyperref_or_before_tex_ran_there_is_none(tmp_path: Path, aux: str) -> None:
    assert destination(_paper(tmp_path, aux), "lem:a") is None


def test_without_the_pdf_there_is_none(tmp_path: Path) -> None:
    path = _paper(tmp_path, AUX)
    (tmp_path / "main.pdf").unlink()
    assert destination(path, "lem:a") is None
