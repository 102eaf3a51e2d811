"""A stub for a statement of a paper: what its words say becomes the signature, and it never counts as holding."""

from pathlib import Path

import pytest

from refute.cli.stub import Seen, seen_in
from refute.sources.discover import theorems_of
from refute.verdicts.accepted import is_stub
from tests.commands import run

#: The statement, and what is seen in it.
STATEMENTS = {
    r"Let $f$ be $L$-smooth and $0 < h < 2/L$. Then $f(x_{1}) \le f(x_0)$.": Seen(
        "smooth", "", ("x0",), ("h", "2", False), ""
    ),
    r"Let $f$ be convex and $L$-smooth, $\eta \leq \frac{1}{L}$. Then $f(x_N) - f_* \le \frac{L}{2N}\|x_0 - x_*\|^2$.": Seen(
        "convex", 'minimizer="known"', ("x0",), ("eta", "1", True), "N"
    ),
    r"If $f$ is $\mu$-strongly convex, $\|\nabla f(x) - \nabla f(y)\| \ge \mu \|x - y\|$.": Seen(
        "strongly_convex", "", ("x", "y"), None, ""
    ),
    r"For a convex $f$ with an $L$-Lipschitz gradient and $h \in (0, \frac2L)$ the iterates $x_k$ converge.": Seen(
        "convex", 'minimizer="known"', (), ("h", "2", False), ""
    ),
    r"Let $A$ be maximally monotone and $w_0$ a point.": Seen("monotone_operators", "zero=True", ("w0",), None, ""),
    r"Every even number is a sum of two primes.": Seen("", "", (), None, ""),
}


@pytest.mark.parametrize("body", STATEMENTS)
def test_what_is_seen(body: str) -> None:
    assert seen_in(body) == STATEMENTS[body]


@pytest.mark.parametrize("body", STATEMENTS)
def test_a_stub_loads_and_is_undecided(body: str, tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(
        "\\begin{document}\n\\begin{lemma}\\label{lem:one} % a remark\n" + body + "\n\\end{lemma}\n\\end{document}\n"
    )
    made = run(tmp_path, "new", "claims.py", "--from", "main.tex#lem:one")
    assert made.exit_code == 0, made.output
    text = (tmp_path / "claims.py").read_text()
    assert " ".join(body.split()) in text
    assert "a remark" not in text
    assert "TODO" in text
    assert run(tmp_path, "check", "claims.py", "--stale").exit_code == 1
    done = run(tmp_path, "check", "claims.py", "-j", "1", "--examples", "20")
    assert done.exit_code == 1
    assert "undecided" in done.output
    assert "the conclusion is not written yet" in done.output


def test_bad_links_get_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\begin{lemma}\\label{a}x\\end{lemma}")
    for link, says in (
        ("main.tex", "names no statement"),
        ("notes.rst#a", "names no statement of a LaTeX or Markdown file"),
        ("main.tex#b", "no environment carries"),
        ("other.tex#a", "is neither in"),
    ):
        done = run(tmp_path, "new", "claims.py", "--from", link)
        assert done.exit_code == 1
        assert says in done.output
        assert not (tmp_path / "claims.py").exists()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("lem:3.1", "lemma_3_1"),
        ("lem:lambda", "lemma_lambda"),
        ("eq:in", "lemma_in"),
        ("lem:known", "lemma_known"),
        ("Über", "uber"),
    ],
)
def test_a_stub_is_a_file_that_runs_whatever_the_label(label: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(f"\\begin{{lemma}}\\label{{{label}}}$x$\\end{{lemma}}")
    assert run(tmp_path, "new", "claims.py", "--from", f"main.tex#{label}").exit_code == 0
    assert f"def {name}(" in (tmp_path / "claims.py").read_text()
    assert "the conclusion is not written yet" in run(tmp_path, "check", "claims.py", "-j", "1").output


def test_a_stub_of_a_statement_in_markdown(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(
        "````{prf:lemma} Descent\n:label: lem-d\n\nLet $f$ be convex and $L$-smooth, $h \\le 1/L$.\n````\n"
    )
    assert run(tmp_path, "new", "claims.py", "--from", "note.md#lem-d").exit_code == 0
    text = (tmp_path / "claims.py").read_text()
    assert 'r"""Descent Let $f$ be convex and $L$-smooth, $h \\le 1/L$."""' in text
    assert "step_sizes(f.L, below=1, closed=True)" in text
    assert "the conclusion is not written yet" in run(tmp_path, "check", "claims.py", "-j", "1").output


def test_a_stub_is_not_accepted(tmp_path: Path) -> None:
    """Nor does it count as covered: what is accepted is a statement that somebody has written."""
    (tmp_path / "main.tex").write_text("\\begin{lemma}\\label{lem:one} $x \\ge 0$. \\end{lemma}\n")
    assert run(tmp_path, "new", "claims.py", "--from", "main.tex#lem:one").exit_code == 0
    (theorem,) = theorems_of(tmp_path / "claims.py")
    refused = run(tmp_path, "accept", theorem.id, "--theorems", "claims.py")
    assert refused.exit_code == 1
    assert "is not accepted: its conclusion is not written yet" in refused.output
    text = (tmp_path / "claims.py").read_text()
    (tmp_path / "claims.py").write_text(text.replace('known(None, "the conclusion is not written yet")', "known(True)"))
    assert not is_stub(theorems_of(tmp_path / "claims.py")[0])
    assert run(tmp_path, "accept", theorem.id, "--theorems", "claims.py").exit_code == 0
