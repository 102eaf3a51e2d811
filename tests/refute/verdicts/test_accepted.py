"""Staleness: a change on either side of the link between a statement and its text."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.search.budget import Budget
from refute.sources.discover import theorems_of
from refute.sources.files import ACCEPTED
from refute.verdicts.accepted import accept, differences, load, stale
from refute.verdicts.examine import examine
from tests.commands import run

TEXT = "\\begin{lemma}\\label{lem:amgm} For all $x, y$: $xy \\le (x^2 + y^2)/2$. \\end{lemma}\n"


def test_text_and_statement_make_a_verdict_stale(conjectures: Path, tmp_path: Path) -> None:
    paper = tmp_path / "paper.tex"
    paper.write_text(TEXT)
    theorem = replace(theorems_of(conjectures)[0], text="paper.tex#lem:amgm", mutants=())
    assert "never accepted" in stale(theorem, tmp_path)
    accept(theorem, tmp_path)
    assert stale(theorem, tmp_path) == ""
    paper.write_text(TEXT.replace("For all", "For  all % really\n"))
    assert stale(theorem, tmp_path) == ""
    paper.write_text(TEXT.replace("\\le", "<"))
    assert "the linked text changed" in stale(theorem, tmp_path)
    record = examine(theorem, Budget(20, 0, None, 1), tmp_path)
    assert (record.verdict, record.as_expected) == ("stale", False)
    accept(theorem, tmp_path)
    assert stale(theorem, tmp_path) == ""
    conjectures.write_text(conjectures.read_text().replace("return le(x * y", "return lt(x * y"))
    assert "the statement of the theorem file" in stale(theorem, tmp_path)


def test_without_a_link_nothing_is_stale_until_accepted(conjectures: Path, tmp_path: Path) -> None:
    theorem = theorems_of(conjectures)[0]
    assert stale(theorem, tmp_path) == ""
    accept(theorem, tmp_path)
    assert set(load(tmp_path)) == {"me/amgm"}


@pytest.mark.parametrize("text", ["[", "[]", '{"a": 1}', '{"a": {"statement": 1}}'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / ACCEPTED).write_text(text)
    with pytest.raises(BadInput, match=ACCEPTED.replace(".", r"\.")):
        load(tmp_path)


def test_what_changed_is_said_in_words() -> None:
    before = "Let $f$ be convex. Then $f(x_2)\\le\\frac{L}{2(4hL+1)}$ for all $x$ and all $h<1$."
    cases = {
        before.replace("convex", "convex and smooth"): ["“be convex. Then” is now “be convex and smooth. Then”"],
        before.replace("4hL", "5hL"): ["“}{2(4hL+1)” is now “}{2(5hL+1)”"],
        before.replace("\\le", "<"): ["is now"],
        before + " More.": ["is now"],
        before.replace("4", "5").replace("1$.", "2$.").replace("all $x$", "some $x$").replace("Let", "Take"): [
            "; and 1 more"
        ],
    }
    for after, expected in cases.items():
        found = differences(before, after)
        assert all(e.replace(" ”", "”").replace("“ ", "“") in found for e in expected), found
    assert differences(before, before) == ""
    assert len(differences("x" * 500, "y" * 500)) < 400


def test_a_macro_that_is_used_no_more_has_its_definition_all_the_same() -> None:
    """What the words say is said once; of a definition that is gone, or new, that it is."""
    before = "For $x\\in\\R$.\n\\R${\\mathbb R}$"
    assert "\\R:" not in differences(before, "For $x$ real.")
    assert differences(before, "For $x\\in\\R$.") == "\\R: its definition is gone"
    assert differences("For $x\\in\\R$.\n", before).startswith("\\R: is defined now, as")
    assert differences(before + '\n$"a"$', before) == 'a setting: “"a"” is now “”'


def test_a_merge_that_was_not_finished_is_named(tmp_path: Path) -> None:
    (tmp_path / ACCEPTED).write_text('{\n<<<<<<< HEAD\n "a/b": {}\n=======\n "a/c": {}\n>>>>>>> other\n}\n')
    with pytest.raises(BadInput, match="git left both sides of a merge"):
        load(tmp_path)


def test_acceptance_keeps_the_words_and_says_what_changed(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("\\begin{lemma}\\label{l} $x^2 \\ge 0$. % note\n\\end{lemma}")
    (tmp_path / "claims.py").write_text(
        "from fractions import Fraction\nfrom typing import Annotated\nfrom refute import *\nX = Annotated[Fraction, rationals()]\n"
        "def s(x: X) -> Claim:\n    'x^2 is at least 0.'\n    return le(0, x * x)\n"
        "T = Theorem(s, source='s', label='l', text='paper.tex#l')\n"
    )
    assert run(tmp_path, "accept", "s/l", "--theorems", "claims.py").output == "accepted s/l\n"
    assert "note" not in json.loads((tmp_path / "refute-accepted.json").read_text())["s/l"]["words"]
    (tmp_path / "paper.tex").write_text("\\begin{lemma}\\label{l} $x^2 \\ge 1$. \\end{lemma}")
    shown = run(tmp_path, "check", "claims.py", "--stale").output
    assert re.search(r"the linked text changed since it was accepted by \S.* on \d{4}-\d\d-\d\d: “", shown)
    assert "0$." in shown
    assert "1$." in shown
    assert "changed since" in run(tmp_path, "accept", "s/l", "--theorems", "claims.py").output
    # An acceptance of before, without words, says the two digests.
    kept = json.loads((tmp_path / "refute-accepted.json").read_text())
    del kept["s/l"]["words"]
    kept["s/l"]["text"] = "0" * 16
    (tmp_path / "refute-accepted.json").write_text(json.dumps(kept))
    assert f"{'0' * 16} then" in run(tmp_path, "check", "claims.py", "--stale").output


def test_the_hook_compares_the_statements_of_the_repository_that_it_runs_in(tmp_path: Path) -> None:
    """And not those that came with refute, which are never stale."""
    hooks = (Path(__file__).resolve().parents[3] / ".pre-commit-hooks.yaml").read_text()
    words = re.search(r"entry: refute (.*)", hooks)
    assert words is not None
    (tmp_path / "theory").mkdir()
    (tmp_path / "paper.tex").write_text(TEXT)
    claims = "from typing import Annotated\nfrom fractions import Fraction\nfrom refute import *\nX = Annotated[Fraction, rationals()]\n"
    claims += "def s(x: X) -> Claim:\n    'It is.'\n    return le(0, x * x)\nT = Theorem(s, source='s', label='l', text='paper.tex#lem:amgm')\n"
    (tmp_path / "theory" / "claims.py").write_text(claims)
    run(tmp_path, "accept", "s/l", "--theorems", "theory")
    assert run(tmp_path, *words[1].split()).exit_code == 0
    (tmp_path / "paper.tex").write_text(TEXT.replace("For all", "For some"))
    done = run(tmp_path, *words[1].split())
    assert done.exit_code == 1
    assert "1 of 1 statement stale" in done.output


ASSUMED = """\\documentclass{article}
\\begin{assumption}\\label{ass:smooth} $f$ is $L$-smooth. \\end{assumption}
\\begin{lemma}\\label{lem:sum} Under \\cref{ass:smooth, def:step}, $x^2 \\ge 0$ \\label{eq:own}, see \\eqref{eq:own} and \\ref{sec:intro}. \\end{lemma}
\\input{steps}
"""
RESTS_ON = """from fractions import Fraction
from typing import Annotated
from refute import *

X = Annotated[Fraction, rationals()]


def s(x: X) -> Claim:
    'x^2 is at least 0.'
    return le(0, x * x)


T = Theorem(s, source="s", label="l", text="main.tex#lem:sum"TEXTS)
"""


def _of_three_texts(folder: Path, texts: str) -> None:
    (folder / "main.tex").write_text(ASSUMED)
    (folder / "steps.tex").write_text("\\begin{definition}\\label{def:step} A step size is positive. \\end{definition}")
    (folder / "claims.py").write_text(RESTS_ON.replace("TEXTS", texts))


def test_the_texts_that_a_statement_refers_to_are_offered_and_watched(tmp_path: Path) -> None:
    _of_three_texts(tmp_path, "")
    shown = run(tmp_path, "accept", "s/l", "--theorems", "claims.py").output
    assert "its text refers to main.tex#ass:smooth; to hear of changes there, too, name it in texts=" in shown
    assert "its text refers to steps.tex#def:step" in shown
    assert shown.count("refers to") == 2
    both = ', texts=("main.tex#ass:smooth", "steps.tex#def:step")'
    _of_three_texts(tmp_path, both)
    assert "its text main.tex#ass:smooth was never accepted" in run(tmp_path, "check", "claims.py", "--stale").output
    assert "refers to" not in run(tmp_path, "accept", "s/l", "--theorems", "claims.py", "--because", "read both").output
    kept = json.loads((tmp_path / "refute-accepted.json").read_text())["s/l"]
    assert kept["why"] == "read both"
    assert "$L$-smooth" in kept["words main.tex#ass:smooth"]
    assert run(tmp_path, "check", "claims.py", "--stale").exit_code == 0
    (tmp_path / "steps.tex").write_text((tmp_path / "steps.tex").read_text().replace("positive", "at most $1/L$"))
    done = run(tmp_path, "check", "claims.py", "--stale")
    assert done.exit_code == 1
    assert "the linked text steps.tex#def:step changed since it was accepted by" in done.output
    assert "text      steps.tex#def:step" in run(tmp_path, "show", "s/l", "--theorems", "claims.py").output
    assert (
        "0 of 3 statements have a record that is as accepted (0 %); 3 stale"
        in run(tmp_path, "coverage", "main.tex", "--theorems", "claims.py").output
    )


@pytest.mark.parametrize(
    ("texts", "says"),
    [(', texts="main.tex#ass:smooth"', "texts= is a tuple"), (', texts=("main.tex#lem:sum",)', "name a text twice")],
)
def test_texts_that_are_none(tmp_path: Path, texts: str, says: str) -> None:
    _of_three_texts(tmp_path, texts)
    done = run(tmp_path, "check", "claims.py", "--stale")
    assert done.exit_code == 1
    assert says in done.output


def test_the_commit_that_changed_a_text_is_named(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=Ada", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    _of_three_texts(tmp_path, "")
    git("init", "-q")
    git("config", "user.name", "Grace")
    git("add", ".")
    git("commit", "-qm", "a paper")
    run(tmp_path, "accept", "s/l", "--theorems", "claims.py")
    assert json.loads((tmp_path / "refute-accepted.json").read_text())["s/l"]["by"] == "Grace"
    (tmp_path / "main.tex").write_text(ASSUMED.replace("x^2", "x^3"))
    assert "; the file has changes that are not committed" in run(tmp_path, "check", "claims.py", "--stale").output
    git("commit", "-qam", "a stronger lemma")
    (tmp_path / "main.tex").write_text(ASSUMED.replace("x^2", "x^3") + "% the end\n")
    git("commit", "-qam", "the end")
    shown = run(tmp_path, "check", "claims.py", "--stale").output
    assert re.search(r"; its lines were changed last in [0-9a-f]+ of \S+ by Ada, “a stronger lemma”", shown), shown
