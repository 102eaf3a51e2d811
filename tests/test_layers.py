"""Imports point one way: refute <- objectives <- theorems <- tests."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {
    "refute": {"objectives", "theorems", "tests", "benchmarks"},
    "objectives": {"theorems", "tests", "benchmarks"},
    "theorems": {"tests", "benchmarks"},
}


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    return names


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_imports_point_one_way(layer: str) -> None:
    files = list((ROOT / layer).rglob("*.py"))
    assert files
    for file in files:
        tops = {name.split(".")[0] for name in imported(file)}
        assert not tops & FORBIDDEN[layer], file


def test_objectives_and_theorems_use_the_public_engine_only() -> None:
    for file in [*(ROOT / "objectives").glob("*.py"), *(ROOT / "theorems").glob("*.py")]:
        inner = {n for n in imported(file) if n.startswith("refute.")}
        assert not inner, f"{file} reaches into {inner}"


def test_no_float_literal_in_a_theorem() -> None:
    for file in (ROOT / "theorems").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, float), f"{file}:{node.lineno}"
