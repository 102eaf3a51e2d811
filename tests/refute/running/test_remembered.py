"""Verdicts are computed once: every kind of change misses, what is the same hits, and a counterexample is believed after another look."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from refute.running.outline import kept_in
from refute.safety import cache
from refute.sources import code
from tests.commands import run as refute

CLAIMS = '''from fractions import Fraction
from typing import Annotated
from helper import half
from refute import Claim, Mutant, Theorem, between, eq, le, rationals
U = Annotated[Fraction, between(0, 1)]
R = Annotated[Fraction, rationals()]


def small(x: U, *, c: Fraction = Fraction(1)) -> Claim:
    """x <= c."""
    return le(x, c)


def falls(x: U) -> Claim:
    """x <= 1/2."""
    return le(x, half())


def square(x: R) -> Claim:
    """(x + 1)^2 = x^2 + 2 x + 1."""
    return eq((x + 1) ** 2, x * x + 2 * x + 1)


SMALL = Theorem(small, source="k", label="small", text="paper.tex#lem:small", mutants=(
    Mutant("c = 9/10", constants={"c": Fraction(9, 10)}, killed_at={"x": Fraction(1)}),))
FALLS = Theorem(falls, source="k", label="falls", status="false", refuted_at={"x": Fraction(1)})
SQUARE = Theorem(square, source="k", label="square", symbols={"x": "any"})
'''
HELPER = "from deeper import HALF\ndef half():\n    return HALF\n"
PAPER = "\\begin{lemma}\\label{lem:small} $x \\le 1$. \\end{lemma}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "claims.py").write_text(CLAIMS)
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "deeper.py").write_text("from fractions import Fraction\nHALF = Fraction(1, 2)\n")
    (tmp_path / "paper.tex").write_text(PAPER)
    assert refute(tmp_path, "accept", "k/small", "--theorems", ".").exit_code == 0
    return tmp_path


def check(folder: Path, *more: str) -> dict[str, Any]:
    done = refute(folder, "check", ".", "-j", "1", "--examples", "20", "-q", *more)
    assert done.exit_code in (0, 1), done.output
    return {r["id"].removeprefix("k/"): r for r in json.loads((folder / ".refute" / "ledger.json").read_text())}


def remembered(folder: Path, *more: str) -> set[str]:
    return {i for i, r in check(folder, *more).items() if r["remembered"]}


ALL = {"small", "falls", "square"}


def test_the_second_check_computes_nothing(folder: Path) -> None:
    first = check(folder)
    assert not any(r["remembered"] for r in first.values())
    second = check(folder)
    assert all(r["remembered"] for r in second.values())
    assert {i: {**r, "remembered": False} for i, r in second.items()} == first
    said = refute(folder, "check", ".", "--examples", "20", "-q").output
    assert f"= {first['small']['date'][:10]}" in said
    assert "3 theorems, 3 as expected; 3 from before (=), --fresh checks them again" in said
    assert remembered(folder, "--fresh") == set()


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    return change


@pytest.mark.parametrize(
    "change",
    [
        edit("claims.py", "le(x, c)", "le(2 * x, 2 * c)"),
        edit("claims.py", "between(0, 1)", "between(0, 2)"),
        edit("claims.py", "c: Fraction = Fraction(1)", "c: Fraction = Fraction(2)"),
        edit("claims.py", 'label="falls", status="false"', 'label="falls", status="open"'),
        edit("helper.py", "return HALF", "return HALF + 0"),
        edit("deeper.py", "Fraction(1, 2)", "Fraction(1, 3)"),
    ],
    ids=["body", "domain", "constant", "status", "helper", "helper of a helper"],
)
def test_a_change_of_the_code_misses(change: Callable[[Path], None], folder: Path) -> None:
    check(folder)
    change(folder)
    assert remembered(folder) == set()


def test_layout_and_comments_hit(folder: Path) -> None:
    check(folder)
    edit("claims.py", "return le(x, c)", "# as in the paper\n    return le(\n        x, c,\n    )")(folder)
    edit("deeper.py", "HALF =", "# half\nHALF  =")(folder)
    assert remembered(folder) == ALL


def test_budget_seed_and_batch_miss(folder: Path) -> None:
    check(folder)
    assert remembered(folder, "--examples", "21") == set()
    assert remembered(folder, "--batch", "16") == set()
    assert remembered(folder, "--seed", "7") == set()
    assert remembered(folder) == ALL


def test_text_and_acceptance_miss(folder: Path) -> None:
    check(folder)
    edit("paper.tex", "x \\le 1", "x \\le 2")(folder)
    found = check(folder)
    assert found["small"]["verdict"] == "stale"
    assert {i for i, r in found.items() if r["remembered"]} == {"falls", "square"}
    assert refute(folder, "accept", "k/small", "--theorems", ".").exit_code == 0
    assert check(folder)["small"]["verdict"] == "proved"


def test_a_text_that_is_found_elsewhere_misses(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    for name in ("claims.py", "helper.py", "deeper.py"):
        (folder / name).rename(inner / name)
    assert remembered(folder) == set()
    assert remembered(folder) == ALL
    (inner / "paper.tex").write_text(PAPER.replace("1", "3"))
    assert check(folder)["small"]["verdict"] == "stale"


@pytest.mark.parametrize("what", ["engine", "library"])
def test_another_engine_misses(what: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(folder)
    code._engine.cache_clear()
    if what == "library":
        monkeypatch.setattr(code, "version", lambda name: f"of {name}")
    else:
        monkeypatch.setattr(code, "HOME", folder)  # an engine of other files
    try:
        keys = code.text_of(folder / "claims.py")
    finally:
        monkeypatch.undo()
        code._engine.cache_clear()
    assert keys != code.text_of(folder / "claims.py")


def entries(folder: Path) -> list[Path]:
    return [p for p in kept_in(folder).glob("*.json") if '"record"' in p.read_text()]


def forged(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Every verdict that is kept, altered, with a digest that fits."""
    for path in entries(folder):
        data = cache.recall(kept_in(folder), path.stem)
        change(data)
        cache.keep(kept_in(folder), path.stem, data)


def test_a_counterexample_is_checked_again(folder: Path) -> None:
    check(folder)
    forged(folder, lambda d: d.update(certificate=d["certificate"].replace('"x": "1"', '"x": "1/4"')))
    again = check(folder)
    assert {i for i, r in again.items() if r["remembered"]} == {"small", "square"}
    assert again["falls"]["verdict"] == "refuted"


def test_a_refutation_without_its_counterexample_is_none(folder: Path) -> None:
    check(folder)

    def lie(d: dict[str, Any]) -> None:
        d["record"]["verdict"], d["certificate"] = "refuted", ""

    forged(folder, lie)
    assert remembered(folder) == set()


def test_an_identity_is_checked_again(folder: Path) -> None:
    none = CLAIMS.replace("eq((x + 1) ** 2, x * x + 2 * x + 1)", "eq((x + 1) ** 2, x * x + 1)")
    (folder / "claims.py").write_text(none)
    assert check(folder)["square"]["verdict"] == "refuted"

    def lie(d: dict[str, Any]) -> None:
        d["record"]["verdict"], d["certificate"] = "proved", ""

    forged(folder, lie)
    again = check(folder)
    assert not again["square"]["remembered"]
    assert again["square"]["verdict"] == "refuted"


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("record"),
        lambda d: d.update(record=[]),
        lambda d: d["record"].update(id="k/other"),
        lambda d: d["record"].update(code="0"),
        lambda d: d["record"].update(unknown=1),
    ],
)
def test_an_entry_of_another_shape_is_none(change: Callable[[dict[str, Any]], None], folder: Path) -> None:
    check(folder)
    forged(folder, change)
    assert remembered(folder) == set()


def test_certificates_come_back_with_the_cache(folder: Path) -> None:
    path = folder / Path(check(folder)["falls"]["certificate"])
    kept = path.read_text()
    path.unlink()
    assert check(folder)["falls"]["remembered"]
    assert path.read_text() == kept


def test_what_depends_on_the_clock_is_not_kept(folder: Path) -> None:
    (folder / "slow.py").write_text(
        "import time\nfrom fractions import Fraction\nfrom typing import Annotated\nfrom refute import Claim, Theorem, le, rationals\n"
        "R = Annotated[Fraction, rationals()]\ndef s(x: R) -> Claim:\n    time.sleep(0.2)\n    return le(x, x)\nT = Theorem(s, source='k', label='slow')\n"
    )
    for _ in range(2):
        found = check(folder, "-k", "slow", "--timeout", "1s")["slow"]
        assert found["verdict"] == "undecided"
        assert not found["remembered"]


def pytest_in(folder: Path) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--refute-examples=20", "claims.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_pytest_and_check_know_what_the_other_found(folder: Path) -> None:
    assert "passed" in pytest_in(folder)
    assert remembered(folder) == ALL
    forged(folder, lambda d: d["record"].update(examples=4711))
    assert "4711" in pytest_in(folder)
    assert check(folder)["small"]["examples"] == 4711


NOTE = "::::{prf:theorem}\n:label: thm-m\n\n$x \\le \\R$\n\n:::{include} inc.md\n:::\n::::\n"


@pytest.mark.parametrize(
    ("file", "text"),
    [("myst.yml", "project:\n  math:\n    '\\R': '0'\n"), ("book/inc.md", "Other words.\n"), ("book/inc.md", None)],
)
def test_files_behind_a_text_in_markdown_count(file: str, text: str | None, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book/a.md").write_text(NOTE)
    (tmp_path / "book/inc.md").write_text("Words.\n")
    (tmp_path / "myst.yml").write_text("project:\n  math:\n    '\\R': '1'\n")
    (tmp_path / "claims.py").write_text(CLAIMS.replace("paper.tex#lem:small", "book/a.md#thm-m"))
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "deeper.py").write_text("from fractions import Fraction\nHALF = Fraction(1, 2)\n")
    assert refute(tmp_path, "accept", "k/small", "--theorems", ".").exit_code == 0
    assert check(tmp_path)["small"]["verdict"] != "stale"
    if text is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(text)
    assert check(tmp_path)["small"]["verdict"] == "stale"


def test_acceptances_above_the_folder_count(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    for name in ("claims.py", "helper.py", "deeper.py"):
        (folder / name).rename(inner / name)
    assert check(inner)["small"]["verdict"] != "stale"
    (folder / "refute-accepted.json").write_text("{}")
    assert check(inner)["small"]["verdict"] == "stale"
