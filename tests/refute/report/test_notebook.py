"""Checking from Python: theorems by id, and theorems that are defined where one works."""

import linecache
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import refute
from objectives import smooth, square
from refute import BadInput, Theorem, Vec, rationals, vec

CELL = """from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, le, note, rationals

R = Annotated[Fraction, rationals()]

def squares_grow(x: R) -> Claim:
    "x <= x^2."
    return le(x, note("x^2", x**2))

T = Theorem(squares_grow, source="me", label="squares-grow")
"""


def run_cell(text: str, name: str) -> dict[str, Any]:
    """As a notebook does: the text of a cell has a name that is no file."""
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(text, name, "exec"), names)
    return names


def test_a_theorem_by_its_id(tmp_path: Path) -> None:
    found = refute.check("tao-wang-2022/square-is-smooth", examples=50, place=tmp_path)
    shown = found._repr_html_()
    assert shown.startswith('<iframe sandbox=""')
    assert "<script" not in shown
    assert "tao-wang-2022--square-is-smooth" in shown
    assert repr(found) == "tao-wang-2022/square-is-smooth: proved (status true)"
    assert found.verdict == "proved"
    assert found.counterexample is None
    with pytest.raises(BadInput, match="no theorem has the id 'x'"):
        refute.check("x")


def test_a_theorem_of_a_cell(tmp_path: Path) -> None:
    theorem: Theorem = run_cell(CELL, "/tmp/ipykernel_1/1.py")["T"]
    found = refute.check(theorem, place=tmp_path)
    assert found.verdict == "refuted"
    assert found.counterexample is not None
    assert 0 < found.counterexample["x"] < 1
    assert str(found).startswith("me/squares-grow: refuted, N = ")
    assert "x = 1/2" in str(found)
    assert "x^2 = 1/4" in str(found)
    assert "Violated: " in str(found)
    assert "x <= x ** 2" not in found._repr_html_() or "Counterexample" in found._repr_html_()


def test_a_cell_that_changes_is_another_statement(tmp_path: Path) -> None:
    from refute.statements.fingerprint import of_statement

    first, second = (
        run_cell(CELL.replace("x**2", power), f"/tmp/ipykernel_1/{i}.py")["T"]
        for i, power in enumerate(("x**2", "x**4"))
    )
    assert of_statement(first) != of_statement(second)


def test_a_theorem_without_a_text_gets_a_sentence(tmp_path: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(CELL, "<stdin>", "exec"), names)
    assert refute.check(names["T"], place=tmp_path).record.why.endswith("write it to a file, or into a notebook's cell")


def test_examples_of_domains() -> None:
    assert len({rationals().example(seed) for seed in range(10)}) > 3
    assert rationals().example(3) == rationals().example(3)
    f = smooth(dim=2).example()
    assert f.dim == 2


def test_what_prints_as_mathematics() -> None:
    assert str(square(3)) == "f(x) = 3 x^2/2"
    assert square(3)._repr_latex_() == r"$f = \frac{3 {x}^{2}}{2}$"
    assert str(vec(1, Fraction(1, 2))) == "(1, 1/2)"
    assert vec(1)._repr_latex_() == r"$\left(1\right)$"
    assert isinstance(vec(1), Vec)
