"""Linked texts: LaTeX environments and Markdown sections as tokens."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.text import HERE, fingerprint, latex_tokens, markdown_tokens

LATEX = r"""
\documentclass{article}
\newcommand{\R}{\mathbb{R}}
\newcommand{\unused}{x}
\newtheorem{lemma}{Lemma}
\begin{document}
\begin{lemma}[Descent]\label{lem:descent}
Let $f$ be $L$-smooth on $\R^d$. % a comment
Then for all $x, y$
\begin{equation}\label{eq:descent}
  f(y) \le f(x) + \langle \nabla f(x), y - x \rangle + \frac{L}{2} \|y - x\|^2 .
\end{equation}
\end{lemma}
\begin{lemma}\label{lem:other}
Nothing.
\end{lemma}
\end{document}
"""

MARKDOWN = """
# Title

## Descent lemma {#lem:descent}

For all $x, y$: $f(y) \\le f(x)$. <!-- a remark -->

## Next

:::{prf:lemma} Steps
:label: lem:steps

If $h < 2/L$ then $f$ falls.
:::
"""


def latex(source: str, label: str = "lem:descent") -> list[str]:
    return latex_tokens(source, label, "paper.tex")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" % a comment", ""),
        ("Then for all", "Then  for\n  all"),
        ("y - x \\rangle", "y-x\\rangle"),
        ("\\newcommand{\\unused}{x}", "\\newcommand{\\unused}{y}"),
        ("Nothing.", "Something."),
        ("\\frac{L}{2}", "\\frac {L} {2}"),
    ],
)
def test_cosmetic_changes_make_no_difference(old: str, new: str) -> None:
    assert old in LATEX
    assert latex(LATEX.replace(old, new)) == latex(LATEX)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\\le", "<"),
        ("for all", "for some"),
        ("{2}", "{3}"),
        ("+ \\frac", "- \\frac"),
        ("{\\mathbb{R}}", "{\\mathbb{C}}"),
        ("all $x", "allof $x"),
    ],
)
def test_changes_of_meaning_are_seen(old: str, new: str) -> None:
    assert old in LATEX
    assert latex(LATEX.replace(old, new)) != latex(LATEX)


def test_the_label_of_a_formula_names_the_whole_lemma_with_the_place() -> None:
    inner = latex(LATEX, "eq:descent")
    assert [t for t in inner if t != HERE] == latex(LATEX)
    assert inner != latex(LATEX)
    assert latex(LATEX.replace("for all", "for some"), "eq:descent") != inner


def test_markdown_sections_and_directives() -> None:
    section = markdown_tokens(MARKDOWN, "lem:descent", "t.md")
    assert "N" not in section
    assert markdown_tokens(MARKDOWN.replace("<!-- a remark -->", ""), "lem:descent", "t.md") == section
    assert markdown_tokens(MARKDOWN.replace("\\le", "<"), "lem:descent", "t.md") != section
    steps = markdown_tokens(MARKDOWN, "lem:steps", "t.md")
    assert markdown_tokens(MARKDOWN.replace("2/L", "3/L"), "lem:steps", "t.md") != steps


def test_missing_labels_and_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(LATEX)
    assert len(fingerprint("paper.tex#lem:descent", tmp_path / "deep" / "inside")) == 16
    with pytest.raises(BadInput, match="no environment carries"):
        fingerprint("paper.tex#lem:none", tmp_path)
    with pytest.raises(BadInput, match="neither in"):
        fingerprint("absent.tex#lem:none", tmp_path)
    with pytest.raises(BadInput, match="names no label"):
        fingerprint("paper.tex", tmp_path)
    with pytest.raises(BadInput, match="no heading or div has"):
        markdown_tokens(MARKDOWN, "lem:none", "t.md")
