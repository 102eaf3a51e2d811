"""What a verdict depends on is seen, wherever it stands: each of these changes once went by unnoticed."""

import os
import subprocess
import sys
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
    "subpackage": (
        {
            "claims": HEAD + "from pkg import *\n" + CLAIM.replace("BOUND", "sub.BOUND"),
            "pkg/__init__": '__all__ = ["sub"]\n',
        },
        "pkg/sub/__init__",
    ),
    "by its name": ({"claims": HEAD + 'BOUND = __import__("bounds").BOUND\n' + CLAIM}, "bounds"),
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
    "if": (HEAD + "if True:\n    from bounds import BOUND\n" + CLAIM, {"bounds": ("BOUND = 1\n", "BOUND = 2\n")}),
    "body": (
        HEAD + CLAIM.replace("    return", "    from bounds import BOUND\n    return"),
        {"bounds": ("BOUND = 1\n", "BOUND = 2\n")},
    ),
    "all": (
        HEAD + "from pkg import *\n" + CLAIM.replace("BOUND", "mod.BOUND"),
        {"pkg/__init__": ('__all__ = ["mod"]\n',) * 2, "pkg/mod": ("BOUND = 1\n", "BOUND = 2\n")},
    ),
    "two on a line": (
        HEAD + "import pkg.a, pkg.b\n" + CLAIM.replace("BOUND", "pkg.b.BOUND"),
        {"pkg/a": ("",) * 2, "pkg/b": ("BOUND = 1\n", "BOUND = 2\n")},
    ),
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
    (r"\newcommand{\bnd}\alpha", r"\newcommand{\bnd}\beta"),
    (r"\newcommand\bnd1", r"\newcommand\bnd2"),
    (r"\NewDocumentCommand{\bnd} m {1}", r"\NewDocumentCommand{\bnd} m {2}"),
    (r"\newcommandx{\bnd}[1][1=x]{1}", r"\newcommandx{\bnd}[1][1=x]{2}"),
    (r"\LetLtxMacro\bnd\alpha", r"\LetLtxMacro\bnd\beta"),
    (r"\chardef\bnd=1 {}", r"\chardef\bnd=2 {}"),
    (r"\newcommand{\see}{\url{a%20b}}\newcommand{\bnd}{1}", r"\newcommand{\see}{\url{a%20b}}\newcommand{\bnd}{2}"),
]


@pytest.mark.parametrize(("before", "after"), MACROS)
def test_a_macro_that_changes_is_a_statement_that_changes(before: str, after: str) -> None:
    paper = "\\documentclass{{article}}\n{}\n\\begin{{document}}\n\\begin{{lemma}}\\label{{lem:small}}\n$x \\le \\bnd$.\n\\end{{lemma}}\n\\end{{document}}\n"
    tokens = [latex_tokens(paper.format(macros), "lem:small", "p.tex") for macros in (before, after)]
    assert tokens[0] != tokens[1]
    starred = [
        latex_tokens(paper.replace("\\le \\bnd", "\\le \\bnd*").format(m), "lem:small", "p.tex")
        for m in (before, after)
    ]
    assert starred[0] != starred[1]
    comment = latex_tokens(paper.format(before + "\n% \\newcommand{\\bnd}{9}\n"), "lem:small", "p.tex")
    assert comment == tokens[0]


@pytest.mark.parametrize("percent", [r"\href{https://a.org/b%20c}{this}", r"\url{a%20b}", r"\verb|%|"])
def test_a_percent_sign_that_begins_no_comment(percent: str) -> None:
    paper = (
        "\\begin{document}\n\\begin{lemma}\\label{lem:small}\nSee PERCENT, $x \\le 1$.\n\\end{lemma}\n\\end{document}\n"
    )
    tokens = [latex_tokens(paper.replace("PERCENT", percent).replace("1", n), "lem:small", "p.tex") for n in "12"]
    assert tokens[0] != tokens[1]


NOTES = """$$\\newcommand{\\bnd}{3}$$

# Notes

## Small {#lem-small}

With 100% certainty every x in [0, 1] has x <= 1. `<!--` is how a comment begins, and `` `-->` `` is
how one ends. z <= 1, and \\<!-- w <= 1. It has no \\label, and v <= 1, $u \\le \\bnd$.

```python
# a comment, and no heading
print("<!--")
```

And every y has y <= 1. <!-- nobody sees this --> End.

## Next
"""


@pytest.mark.parametrize(
    "change",
    [
        ("every x", "some x"),
        ("x <= 1", "x > 7"),
        ("y <= 1", "y <= 2"),
        ("End", "end"),
        ("z <= 1", "z <= 2"),
        ("w <= 1", "w <= 2"),
        ("v <= 1", "v <= 2"),
        ("}{3}", "}{4}"),
    ],
)
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
    assert "1 theorem, 1 as expected, 1 broken files" in found.output


RECORDS = {
    "replaced": 'from dataclasses import replace\nT = replace(T, given=(Given("g", lambda x: lt(x, BOUND)),))\n',
    "spread": 'RECORD = {"given": (Given("g", lambda x: lt(x, BOUND)),)}\nT = Theorem(small, source="k", label="small", **RECORD)\n',
    "in a loop": 'T = [Theorem(s, source="k", label="small", given=(Given("g", lambda x: lt(x, BOUND)),)) for s in (small,)]\n',
    "by a function": 'def made(s):\n    return Theorem(s, source="k", label="small", given=(Given("g", lambda x: lt(x, BOUND)),))\n\n\nT = made(small)\n',
}


@pytest.mark.parametrize("kind", RECORDS)
def test_hypotheses_however_they_are_made(kind: str, tmp_path: Path) -> None:
    text = HEAD + CLAIM.replace("BOUND", "5") + RECORDS[kind]
    if kind != "replaced":
        text = text.replace('T = Theorem(small, source="k", label="small")\n', "", 1)
    (tmp_path / "claims.py").write_text(text.replace("BOUND", "Fraction(1, 2)"))
    done = run(tmp_path, "accept", "k/small", "--theorems", "claims.py")
    assert done.exit_code == 0, done.output
    (tmp_path / "claims.py").write_text(text.replace("BOUND", "Fraction(1, 3)"))
    assert "stale" in run(tmp_path, "check", "-j", "1", "--examples", "50", "-q", "claims.py").output


def test_a_bound_of_a_walrus(tmp_path: Path) -> None:
    text = HEAD + "ALL = [BOUND := 1]\n" + CLAIM
    (tmp_path / "claims.py").write_text(text)
    run(tmp_path, "accept", "k/small", "--theorems", "claims.py")
    (tmp_path / "claims.py").write_text(text.replace(":= 1", ":= 2"))
    assert "stale" in run(tmp_path, "check", "-j", "1", "--examples", "50", "-q", "claims.py").output


def test_bytecode_of_another_text_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    write(tmp_path, {"claims": HEAD + "from bounds import BOUND\n" + CLAIM, "bounds": "BOUND = 1\n"})
    subprocess.run([sys.executable, "-c", "import bounds"], cwd=tmp_path, check=True, env={"PATH": os.environ["PATH"]})
    kept = (tmp_path / "bounds.py").stat()
    write(tmp_path, {"bounds": "BOUND = 0\n"})
    os.utime(tmp_path / "bounds.py", (kept.st_atime, kept.st_mtime))
    assert list((tmp_path / "__pycache__").glob("bounds*.pyc"))
    assert status(tmp_path) == 1


def test_a_module_that_is_gone_touches_what_may_have_imported_it(tmp_path: Path) -> None:
    late = "try:\n    from bounds import BOUND\nexcept ImportError:\n    BOUND = 0\n"
    write(tmp_path, {"claims": HEAD + late + CLAIM, "bounds": "BOUND = 1\n"})
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    (tmp_path / "bounds.py").unlink()
    assert status(tmp_path, "--changed", "HEAD") == 1


@pytest.mark.parametrize(
    "held", ["collections.OrderedDict(t=T)", "collections.defaultdict(int, t=T)", "collections.deque([T])", "Pair(T)"]
)
def test_theorems_in_collections(held: str, tmp_path: Path) -> None:
    text = "import collections\n" + HEAD + CLAIM.replace("BOUND", "0") + 'Pair = collections.namedtuple("Pair", "t")\n'
    write(tmp_path, {"claims": text + f"HELD = {held}\ndel T\n"})
    assert "1 open and refuted" in run(tmp_path, "check", "-j", "1", "--examples", "50", "-q", "claims.py").output


def test_folders_behind_links(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "shared/claims": HEAD + CLAIM.replace("BOUND", "0"),
            "here/own": HEAD + CLAIM.replace("BOUND", "1").replace('"small"', '"own"'),
        },
    )
    (tmp_path / "here" / "more").symlink_to(tmp_path / "shared")
    (tmp_path / "shared" / "round").symlink_to(tmp_path / "shared")
    found = run(tmp_path / "here", "check", "-j", "1", "--examples", "50", "-q", ".")
    assert "2 theorems, 1 as expected, 1 open and refuted" in found.output
