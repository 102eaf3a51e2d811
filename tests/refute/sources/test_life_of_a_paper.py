"""A repository with a paper of several files, macros, a note and four records lives through its commits: the right colour and the right sentence at each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import run

FILES = {
    "main.tex": "\\documentclass{article}\n\\usepackage{macros}\n\\begin{document}\n\\input{sections/one}\n\\include{sections/two}\n\\end{document}\n",
    "macros.sty": "\\newcommand{\\R}{\\mathbb{R}}\n\\newcommand{\\grad}{\\nabla}\n\\newcommand{\\unused}{x}\n",
    "sections/one.tex": (
        "\\begin{lemma}[Descent]\\label{lem:a}\nLet $x \\in \\R$ and $h \\leq 2$.\nThen $x \\le 5$.\n\\end{lemma}\n\n"
        "\\begin{lemma}\\label{lem:b}\nFor every $x$ the step $\\grad f(x)$ is small, $h < 2$.\n\\end{lemma}\n"
    ),
    "sections/two.tex": "\\begin{theorem}\n\\begin{enumerate}\n\\item\\label{it:c} $x < 6$.\n\\item $x < 7$.\n\\end{enumerate}\n\\end{theorem}\n",
    "notes.md": "# Notes\n\n## A bound {#d}\n\nIn 95% of the cases $x \\le 5$.\n\n```python\n# not a heading\n```\n\n## Else\n\nNothing.\n",
    "paper_bounds.py": "BOUND = 6\n",
    "claims.py": '''from fractions import Fraction
from typing import Annotated
from paper_bounds import BOUND
from refute import Claim, Theorem, between, le

X = Annotated[Fraction, between(0, 4)]


def a(x: X) -> Claim:
    """x is at most 5."""
    return le(x, 5)


def b(x: X) -> Claim:
    """x is at most the bound."""
    return le(x, BOUND)


def c(x: X) -> Claim:
    """x is at most 6."""
    return le(x, 6)


def d(x: X) -> Claim:
    """x is at most 5, once more."""
    return le(x, 5)


A = Theorem(a, source="p", label="a", text="sections/one.tex#lem:a")
B = Theorem(b, source="p", label="b", text="sections/one.tex#lem:b")
C = Theorem(c, source="p", label="c", text="sections/two.tex#it:c")
D = Theorem(d, source="p", label="d", text="notes.md#d")
''',
}
Change = Callable[[Path], object]


def put(name: str, old: str, new: str) -> Change:
    """Replace a piece of a file, once."""

    def change(root: Path) -> None:
        text = (root / name).read_text()
        assert text.count(old) >= 1, (name, old)
        (root / name).write_text(text.replace(old, new, 1))

    return change


def write(name: str, text: str) -> Change:
    return lambda root: (root / name).write_text(text)


def moved(old: str, new: str) -> Change:
    return lambda root: (root / old).rename(root / new)


def both(*changes: Change) -> Change:
    return lambda root: [c(root) for c in changes]


ONE, TWO = "sections/one.tex", "sections/two.tex"
LEMMA_A = FILES[ONE].split("\n\n")[0] + "\n"
# Each commit: what it does, the records that are stale after it, and a word of what is said.
COMMITS: list[tuple[str, Change, str, str]] = [
    ("a README", write("README.md", "hello"), "", ""),
    ("a comment", put(ONE, "Then", "% why\nThen"), "", ""),
    ("a paragraph is filled", put(ONE, "Let $x \\in \\R$ and", "Let\n  $x \\in \\R$\nand"), "", ""),
    ("another sign for <=", put(ONE, "\\leq", "\\le"), "", ""),
    ("an index", put(ONE, "For every", "\\index{step}For every"), "", ""),
    ("a blueprint", put(ONE, "\\label{lem:b}", "\\label{lem:b}\\lean{b}\\leanok\\uses{lem:a}"), "", ""),
    ("a macro that nobody uses", put("macros.sty", "{x}", "{y}"), "", ""),
    ("a macro of another file", put("macros.sty", "\\mathbb{R}", "\\mathbb{C}"), "a", "is now"),
    ("and back", put("macros.sty", "\\mathbb{C}", "\\mathbb{R}"), "a", "is now"),
    ("a number", put(ONE, "x \\le 5", "x \\le 4"), "a", "is now"),
    ("a word", put(ONE, "every", "some"), "b", "some"),
    ("an order", put(ONE, "h < 2", "h > 2"), "b", "is now"),
    ("another item of the theorem", put(TWO, "$x < 7$", "$x < 8$"), "c", "is now"),
    ("the label moves to the other item", both(put(TWO, "\\label{it:c}", ""), put(TWO, "\\item $x < 8$", "\\item\\label{it:c} $x < 8$")), "c", ""),
    ("a new lemma before it", put(ONE, "\\begin{lemma}[", "\\begin{lemma}\\label{lem:new}New.\\end{lemma}\n\\begin{lemma}["), "", ""),
    ("a label that stands twice", put(ONE, "\\label{lem:new}", "\\label{lem:a}"), "a", "more than once, in lines 1 and"),
    ("and once", put(ONE, "\\label{lem:a}New", "\\label{lem:new}New"), "", ""),
    ("a renamed label", put(ONE, "\\label{lem:b}", "\\label{lem:bb}"), "b", "did you mean lem:bb"),
    ("and its old name", put(ONE, "\\label{lem:bb}", "\\label{lem:b}"), "", ""),
    ("a label in another file", both(put(ONE, "\\label{lem:b}", ""), put(TWO, "\\begin{theorem}", "\\begin{lemma}\\label{lem:b}x\\end{lemma}\\begin{theorem}")), "b", "two.tex has it"),
    ("and back again", both(put(ONE, "\\lean{b}", "\\label{lem:b}\\lean{b}"), put(TWO, "\\begin{lemma}\\label{lem:b}x\\end{lemma}", "")), "", ""),
    ("a renamed file", moved(TWO, "sections/2.tex"), "c", "sections/two.tex"),
    ("and its old name again", moved("sections/2.tex", TWO), "", ""),
    ("a body", put("claims.py", "return le(x, 5)", "return le(x, 4)"), "a", "statement"),
    ("a docstring", put("claims.py", "x is at most 5.", "x is at most 4."), "", ""),
    ("a module beside the claims", put("paper_bounds.py", "6", "7"), "abcd", "statement"),
    ("a domain of all", put("claims.py", "between(0, 4)", "between(0, 3)"), "abcd", "statement"),
    ("macros move into the preamble", both(put("macros.sty", "\\newcommand{\\grad}{\\nabla}\n", ""), put("main.tex", "\\begin{document}", "\\newcommand{\\grad}{\\nabla}\n\\begin{document}")), "", ""),
    ("a sentence moves into a file", both(write("sections/words.tex", "is small"), put(ONE, "is small", "\\input{sections/words}")), "", ""),
    ("and changes there", write("sections/words.tex", "is large"), "b", "is now"),
    ("an accent in another encoding", lambda root: (root / ONE).write_bytes(b"% \xe9t\xe9\n" + (root / ONE).read_bytes()), "", ""),
    ("a percent sign of a note", put("notes.md", "95%", "96%"), "d", "is now"),
    ("code of a note", put("notes.md", "# not a heading", "# {#e} still none"), "d", ""),
    ("another section of a note", put("notes.md", "Nothing", "Something"), "", ""),
    ("a hidden copy of a note", put("notes.md", "# Notes", "# Notes\n\n```\n## A bound {#d}\n```\n"), "", ""),
    ("the acceptances are gone", lambda root: (root / "refute-accepted.json").unlink(), "abcd", "never accepted"),
]  # fmt: skip


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "sections").mkdir()
    (tmp_path / ".git").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def accept(paper: Path, records: str) -> None:
    done = run(paper, "accept", *(f"p/{r}" for r in records), "--theorems", "claims.py")
    assert done.exit_code == 0, done.output


def test_every_commit_has_the_right_colour_and_sentence(paper: Path) -> None:
    accept(paper, "abcd")
    assert len(COMMITS) >= 30
    for what, change, stale, word in COMMITS:
        change(paper)
        done = run(paper, "check", "claims.py", "--stale")
        said = [line for line in done.output.splitlines() if line.startswith("stale")]
        assert "".join(sorted(line.split("p/")[1][0] for line in said)) == stale, (what, done.output)
        assert done.exit_code == (1 if stale else 0), what
        assert all(word in line for line in said), (what, done.output)
        if (
            stale
            and "than once" not in word
            and "did you mean" not in word
            and "has it" not in word
            and "two.tex" not in word
        ):
            accept(paper, stale)
