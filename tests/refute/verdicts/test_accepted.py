"""Staleness: a change on either side of the link between a statement and its text."""

from dataclasses import replace
from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.search.budget import Budget
from refute.sources.discover import theorems_of
from refute.sources.files import ACCEPTED
from refute.verdicts.accepted import accept, load, stale
from refute.verdicts.examine import examine

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
    assert "the statement changed" in stale(theorem, tmp_path)


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
