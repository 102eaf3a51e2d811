"""What a verdict depends on is seen, wherever it stands: each of these changes once went by unnoticed."""

import subprocess
from pathlib import Path

import pytest

from refute.sources.text import latex_tokens, markdown_tokens
from tests.commands import run

HEAD = "from fractions import Fraction\nfrom typing import Annotated\nfrom refute import Claim, Given, Theorem, between, le, lt\n"
CLAIM = """U = Annotated[Fraction, between(0, 1)]


def small(x: U) -> Claim:
    \"\"\"x is below the bound.\"\"\"
    return le(x, BOUND)


T = Theorem(small, source="k", label="small")
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def status(folder: Path, *words: str) -> int:
    return run(folder, "check", "-j", "1", "--examples", "50", "-q", "claims.py", *words).exit_code


IN_PACKAGE = {"claims": HEAD + "from pkg.mod import BOUND\n" + CLAIM, "pkg/__init__": ""}
ELSEWHERE = {
    "all of a package": (
        {
            "claims": HEAD + "from pkg import *\n" + CLAIM.replace("BOUND", "mod.BOUND"),
            "pkg/__init__": '__all__ = ["mod"]\n',
        },
        "pkg/mod",
    ),
    "relative": ({**IN_PACKAGE, "pkg/mod": "from .util import BOUND\n"}, "pkg/util"),
    "module of a package": (IN_PACKAGE, "pkg/mod"),
    "package": ({"claims": HEAD + "from pkg import BOUND\n" + CLAIM}, "pkg/__init__"),
    "star": ({"claims": HEAD + "from bounds import *\n" + CLAIM}, "bounds"),
    "if": ({"claims": HEAD + "if True:\n    from bounds import BOUND\n" + CLAIM}, "bounds"),
    "except": (
        {"claims": HEAD + "try:\n    import nothing\nexcept ImportError:\n    from bounds import BOUND\n" + CLAIM},
        "bounds",
    ),
    "function": (
        {
            "claims": HEAD
            + "def it():\n    import bounds\n    return bounds.BOUND\n\n\n"
            + CLAIM.replace("BOUND", "it()")
        },
        "bounds",
    ),
}
HALF = "from fractions import Fraction\nBOUND = Fraction(1, 2)\n"


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_a_bound_from_elsewhere(kind: str, tmp_path: Path) -> None:
    files, where = ELSEWHERE[kind]
    write(tmp_path, {**files, where: "BOUND = 1\n"})
    assert status(tmp_path) == 0
    write(tmp_path, {where: HALF})
    assert status(tmp_path) == 1


def test_a_link_has_the_neighbours_of_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, {**IN_PACKAGE, "shared/mod": "from .util import BOUND\n", "pkg/util": "BOUND = 1\n"})
    (tmp_path / "pkg" / "mod.py").symlink_to(tmp_path / "shared" / "mod.py")
    assert status(tmp_path) == 0
    write(tmp_path, {"pkg/util": HALF})
    assert status(tmp_path) == 1


def compiled(folder: Path, text: str) -> None:
    import py_compile

    (folder / "source.txt").write_text(text)
    py_compile.compile(str(folder / "source.txt"), str(folder / "bounds.pyc"), doraise=True)


def test_a_module_without_source(tmp_path: Path) -> None:
    write(tmp_path, {"claims": HEAD + "from bounds import BOUND\n" + CLAIM})
    compiled(tmp_path, "BOUND = 1\n")
    assert status(tmp_path) == 0
    compiled(tmp_path, HALF)
    assert status(tmp_path) == 1


def test_a_hunt_goes_on_where_its_code_is_the_same(tmp_path: Path) -> None:
    write(tmp_path, {"claims": HEAD + "from bounds import BOUND\n" + CLAIM, "bounds": HALF})
    assert "refuted" in run(tmp_path, "hunt", "claims.py", "--for", "4s", "-j", "1").output
    write(tmp_path, {"bounds": "BOUND = 1\n"})
    found = run(tmp_path, "hunt", "claims.py", "--for", "2s", "-j", "1", "--resume")
    assert "refuted" not in found.output.replace("refuted: none", "")
    assert found.exit_code == 0


ACCEPTED = {
    "star": (HEAD + "from bounds import *\n" + CLAIM, {"bounds": ("BOUND = 1\n", "BOUND = 2\n")}),
    "package": (HEAD + "from pkg import BOUND\n" + CLAIM, {"pkg/__init__": ("BOUND = 1\n", "BOUND = 2\n")}),
    "inside": (
        HEAD + "from pkg.mod import BOUND\n" + CLAIM,
        {"pkg/mod": ("from .low import BOUND\n",) * 2, "pkg/low": ("BOUND = 1\n", "BOUND = 2\n")},
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted_statements_are_stale_when_their_bound_changes(name: str, tmp_path: Path) -> None:
    text, others = ACCEPTED[name]
    (tmp_path / "claims.py").write_text(text)
    for turn in (0, 1):
        for other, versions in others.items():
            (tmp_path / f"{other}.py").parent.mkdir(exist_ok=True)
            (tmp_path / f"{other}.py").write_text(versions[turn])
        if not turn:
            done = run(tmp_path, "accept", "k/small", "--theorems", "claims.py")
            assert done.exit_code == 0, done.output
    assert "stale" in run(tmp_path, "check", "-j", "1", "--examples", "50", "-q", "claims.py").output


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('x: "V"', "V = Annotated[Fraction, between(0, 1)]|V = Annotated[Fraction, between(0, 2)]"),
        ("keyword", "lt(x, 1)|lt(x, 2)"),
    ],
)
def test_annotations_that_are_quoted_and_statements_by_keyword(old: str, new: str, tmp_path: Path) -> None:
    before, after = new.split("|")
    text = HEAD + "V = Annotated[Fraction, between(0, 1)]\n" + CLAIM.replace("BOUND", "5")
    if old == "keyword":
        text = text.replace("Theorem(small,", 'Theorem(statement=small, given=(Given("g", lambda x: lt(x, 1)),),')
    else:
        text = text.replace("x: U", old)
    (tmp_path / "claims.py").write_text(text)
    assert run(tmp_path, "accept", "k/small", "--theorems", "claims.py").exit_code == 0
    (tmp_path / "claims.py").write_text(text.replace(before, after))
    assert "stale" in run(tmp_path, "check", "-j", "1", "--examples", "50", "-q", "claims.py").output


MACROS = [
    (r"\newcommand{\bnd}{1}", r"\newcommand{\bnd}{2}"),
    (r"\newcommand{\bnd}{1}%\newcommand{\bnd}{7}", r"\newcommand{\bnd}{2}%\newcommand{\bnd}{7}"),
    (r"\newcommand{\bnd}{1}\providecommand{\bnd}{7}", r"\newcommand{\bnd}{2}\providecommand{\bnd}{7}"),
    (r"\gdef\bnd{1}", r"\gdef\bnd{2}"),
    (r"\def\bnd#1{1 #1}", r"\def\bnd#1{2 #1}"),
    (r"\newcommand{\one}{1}\newcommand{\two}{2}\let\bnd\one", r"\newcommand{\one}{1}\newcommand{\two}{2}\let\bnd=\two"),
    (r"\newcommand{\one}{1}\let\bnd\one", r"\newcommand{\one}{2}\let\bnd\one"),
    (r"\NewDocumentCommand{\bnd}{O{x} m}{1}", r"\NewDocumentCommand{\bnd}{O{x} m}{2}"),
    (r"\DeclareRobustCommand{\bnd}{1}", r"\DeclareRobustCommand{\bnd}{2}"),
    (r"\newcommand{\bnd}[1][{x}]{1}", r"\newcommand{\bnd}[1][{x}]{2}"),
    (r"\newcommand{\bnd}[1][{]}]{1}", r"\newcommand{\bnd}[1][{]}]{2}"),
    (r"\DeclarePairedDelimiter{\bnd}{\lvert}{\rvert}", r"\DeclarePairedDelimiter{\bnd}{\lvert}{\rVert}"),
]


@pytest.mark.parametrize(("before", "after"), MACROS)
def test_a_macro_that_changes_is_a_statement_that_changes(before: str, after: str) -> None:
    paper = "\\documentclass{{article}}\n{}\n\\begin{{document}}\n\\begin{{lemma}}\\label{{lem:small}}\n$x \\le \\bnd$.\n\\end{{lemma}}\n\\end{{document}}\n"
    tokens = [latex_tokens(paper.format(macros), "lem:small", "p.tex") for macros in (before, after)]
    assert tokens[0] != tokens[1]
    comment = latex_tokens(paper.format(before + "\n% \\newcommand{\\bnd}{9}\n"), "lem:small", "p.tex")
    assert comment == tokens[0]


NOTES = """# Notes

## Small {#lem-small}

With 100% certainty every x in [0, 1] has x <= 1. `<!--` is how a comment begins.

```python
# a comment, and no heading
print("<!--")
```

And every y has y <= 1. <!-- nobody sees this --> End.

## Next
"""


@pytest.mark.parametrize("change", [("every x", "some x"), ("x <= 1", "x > 7"), ("y <= 1", "y <= 2"), ("End", "end")])
def test_all_of_a_section_of_notes_counts(change: tuple[str, str]) -> None:
    before = markdown_tokens(NOTES, "lem-small", "notes.md")
    assert before != markdown_tokens(NOTES.replace(*change), "lem-small", "notes.md")


@pytest.mark.parametrize(
    "change", [("nobody", "somebody"), ("## Next", "## Next but one"), ("x in [0, 1]", "x  in\n[0, 1]")]
)
def test_what_is_no_part_of_a_section_of_notes(change: tuple[str, str]) -> None:
    assert markdown_tokens(NOTES, "lem-small", "n.md") == markdown_tokens(NOTES.replace(*change), "lem-small", "n.md")


def test_an_acceptance_touches_every_file(tmp_path: Path) -> None:
    write(tmp_path, {"claims": HEAD + CLAIM.replace("BOUND", "1")})
    run(tmp_path, "accept", "k/small", "--theorems", "claims.py")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    accepted = tmp_path / "refute-accepted.json"
    accepted.write_text(accepted.read_text().replace('"statement": "', '"statement": "0'))
    assert status(tmp_path, "--changed", "HEAD") == 1


def test_folders_that_are_called_like_ours_are_looked_into(tmp_path: Path) -> None:
    for folder in ("refute", "objectives"):
        write(tmp_path, {f"{folder}/claims": HEAD + CLAIM.replace("BOUND", "0").replace("small", folder)})
    found = run(tmp_path, "check", "-j", "1", "--examples", "50", "-q", ".")
    assert "2 theorems, 0 as expected" in found.output


def test_a_link_to_nothing_is_a_broken_file(tmp_path: Path) -> None:
    write(tmp_path, {"claims": HEAD + CLAIM.replace("BOUND", "1")})
    (tmp_path / "lost.py").symlink_to(tmp_path / "nowhere.py")
    (tmp_path / ".#claims.py").symlink_to("an.editor@host.1")
    found = run(tmp_path, "check", "-j", "1", "--examples", "50", "-q", ".")
    assert found.exit_code == 1
    assert "nowhere.py" in found.output  # what the link names
    assert "1 theorems, 1 as expected, 1 broken files" in found.output
