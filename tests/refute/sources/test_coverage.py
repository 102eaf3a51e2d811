"""The statements of a document, wherever they stand, and which of them have a record."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from refute.errors import BadInput
from refute.report.ci import FEW
from refute.sources.coverage import statements
from tests.commands import run

MAIN = r"""
\documentclass{article}
\newtheorem{thm}{Theorem}
\declaretheorem[name=Observation]{obs}
\begin{document}
\begin{thm}[Descent]\label{thm:descent}
  $x \le 1$ by \ref{lem:inner}. % \label{thm:no}
\end{thm}
% \begin{thm}\label{thm:comment}\end{thm}
\begin{verbatim}
\begin{thm}\label{thm:verbatim}\end{thm}
\end{verbatim}
\input{sections/inner}
\begin{obs}
  \begin{equation}\label{eq:obs} x = x \end{equation}
\end{obs}
\begin{lemma} none \end{lemma}
50\% \begin{corollary}\label{cor:last} $x$ \end{corollary}
\begin{proof}\label{pf} no statement \end{proof}
\end{document}
"""
INNER = r"""
\begin{lemma}
  \label{lem:inner} $x \le 5$.
\end{lemma}
\input{sections/inner}
\input{nowhere}
"""
CLAIMS = '''
from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, between, le

X = Annotated[Fraction, between(0, 4)]


def inner(x: X) -> Claim:
    """$x \\\\le 5$."""
    return le(x, 5)


T = Theorem(inner, source="s", label="inner", text="main/sections/inner.tex#lem:inner")
'''


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "main" / "sections").mkdir(parents=True)
    (tmp_path / "main" / "main.tex").write_text(MAIN)
    (tmp_path / "main" / "sections" / "inner.tex").write_text(INNER)
    (tmp_path / "claims.py").write_text(CLAIMS)
    return tmp_path


def test_statements_are_found_with_their_labels_and_places(paper: Path) -> None:
    found = statements(paper / "main" / "main.tex")
    assert [(s.kind, s.label, s.file.name) for s in found] == [
        ("thm", "thm:descent", "main.tex"),
        ("obs", "eq:obs", "main.tex"),
        ("lemma", "", "main.tex"),
        ("corollary", "cor:last", "main.tex"),
        ("lemma", "lem:inner", "inner.tex"),
    ]
    lines = MAIN.splitlines()
    assert all("begin" in lines[s.line - 1] for s in found if s.file.name == "main.tex")


def test_the_command_names_records_verdicts_and_the_share(paper: Path) -> None:
    arguments = ("coverage", "main/main.tex", "--theorems", "claims.py")
    first = run(paper, *arguments)
    assert first.exit_code == 0, first.output
    assert "s/inner (not accepted)" in first.output
    assert "0 of 5 statements have a record that is as accepted (0 %); 1 not accepted" in first.output
    assert run(paper, *arguments, "--least", "21").exit_code == 1
    assert run(paper, "accept", "s/inner", "--theorems", "claims.py").exit_code == 0
    accepted = run(paper, *arguments).output
    assert "s/inner (not checked)" in accepted
    assert "1 of 5 statements have a record that is as accepted (20 %); 1 not checked" in accepted
    run(paper, "check", "claims.py", "-j", "1")
    assert "s/inner (proved)" in run(paper, *arguments).output
    inner = paper / "main/sections/inner.tex"
    inner.write_text(inner.read_text().replace("x \\le 5", "x \\le 4"))
    changed = run(paper, *arguments, "--least", "20")
    assert "s/inner (stale)" in changed.output
    assert "0 of 5 statements have a record that is as accepted (0 %); 1 stale" in changed.output
    assert changed.exit_code == 1


def test_stale_is_told_without_a_search(paper: Path) -> None:
    assert "never accepted" in run(paper, "check", "claims.py", "--stale").output
    run(paper, "accept", "s/inner", "--theorems", "claims.py")
    done = run(paper, "check", "claims.py", "--stale")
    assert (done.exit_code, done.output.strip()) == (0, "1 statement, none stale")
    inner = paper / "main" / "sections" / "inner.tex"
    inner.write_text(INNER.replace("5", "6"))
    changed = run(paper, "check", "claims.py", "--stale")
    assert changed.exit_code == 1
    assert "the linked text changed" in changed.output
    inner.write_text(INNER.replace("lem:inner", "lem:other"))
    gone = run(paper, "check", "claims.py", "--stale")
    assert gone.exit_code == 1
    assert "lem:inner" in gone.output
    assert not (paper / ".refute" / "ledger.json").exists()


def test_other_files_get_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.rst").write_text("")
    with pytest.raises(BadInput, match=r"ends in \.tex or"):
        statements(tmp_path / "notes.rst")
    assert run(tmp_path, "coverage", "none.tex").exit_code == 1


BOOK = """# A chapter {#sec-a}

````{prf:theorem} Descent
:label: thm-d

$x$
$$y$$ (eq-y)
````

(target)=
:::{prf:lemma}
$x$
:::

::: {#lem-q .unnumbered}
A lemma of Quarto.
:::

::: {.corollary}
Without a label.
:::

::: {.note #n}
No statement.
:::

```python
::: {.lemma #no}
```
"""


def test_the_statements_of_a_markdown_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BOOK)
    found = [(s.kind, s.labels, s.line) for s in statements(tmp_path / "a.md")]
    assert found == [
        ("theorem", ("thm-d", "eq-y"), 3),
        ("lemma", ("target",), 11),
        ("lemma", ("lem-q",), 15),
        ("corollary", (), 19),
    ]
    (tmp_path / "b.md").write_text("::: {.lemma #b}\n:::\n")
    done = run(tmp_path, "coverage", "a.md", "b.md")
    assert "b.md:1      lemma        b " in done.output
    assert (
        "0 of 5 statements have a record that is as accepted (0 %)\nno record links any of them: name the files that do with --theorems"
        in done.output
    )


def test_acceptances_that_a_merge_left_broken_are_said(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\begin{lemma}\\label{l} $x$ \\end{lemma}\n")
    (tmp_path / "claims.py").write_text(CLAIMS_OF_ONE)
    (tmp_path / "refute-accepted.json").write_text("<<<<<<< ours\n{}\n")
    done = run(tmp_path, "coverage", "main.tex", "--theorems", "claims.py")
    assert done.exit_code == 1
    assert "git left both sides of a merge in it" in done.output


CLAIMS_OF_ONE = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, between, le


def a(h: Annotated[Fraction, between(0, 1)]) -> Claim:
    """h <= 4."""
    return le(h, 4)


A = Theorem(a, source="r", label="a", status="open", text="main.tex#l")
'''


def test_a_long_document_takes_no_longer_than_its_length(tmp_path: Path) -> None:
    path = tmp_path / "long.tex"
    path.write_text("\\begin{lemma}\\label{a} x \\end{lemma}\n" * 20_000 + "{" * 100_000)
    assert len(statements(path)) == 20_000


def test_the_share_is_a_badge(paper: Path) -> None:
    found = run(paper, "coverage", "main/main.tex", "--theorems", "claims.py", "--badge", "badge.svg")
    assert found.exit_code == 0, found.output
    text = (paper / "badge.svg").read_text()
    assert ElementTree.fromstring(text).attrib["aria-label"] == "statements with records: 0 %"
    assert FEW in text
    nowhere = run(paper, "coverage", "main/main.tex", "--theorems", "claims.py", "--badge", "no/folder/badge.svg")
    assert nowhere.exit_code != 0
    assert "cannot be written" in nowhere.output


def test_a_record_may_name_a_formula_of_its_statement(paper: Path) -> None:
    (paper / "claims.py").write_text(CLAIMS.replace("main/sections/inner.tex#lem:inner", "main/main.tex#eq:obs"))
    found = run(paper, "coverage", "main/main.tex", "--theorems", "claims.py")
    assert "s/inner (not accepted)" in next(line for line in found.output.splitlines() if "eq:obs" in line)
