"""The house: imports point one way between packages and between rooms, as docs/architecture.md draws them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {
    "refute": {"objectives", "theorems", "tests", "benchmarks"},
    "objectives": {"theorems", "tests", "benchmarks"},
    "theorems": {"tests", "benchmarks"},
}
MOST_FILES = 16
MOST_FLOORS = 10


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    for n in ast.walk(tree):
        if isinstance(n, ast.ImportFrom) and n.module:
            names |= {n.module} if n.module not in FORBIDDEN else {f"{n.module}.{a.name}" for a in n.names}
    return names


def rooms(package: str) -> list[str]:
    return sorted(p.name for p in (ROOT / package).iterdir() if p.is_dir() and list(p.glob("*.py")))


def arrows(package: str) -> dict[str, set[str]]:
    """For each room the other rooms that it imports; a file beside the rooms is a room of one file."""
    names = {*rooms(package), *(p.stem for p in (ROOT / package).glob("*.py") if p.stem != "__init__")}
    found: dict[str, set[str]] = {n: set() for n in names}
    for file in (ROOT / package).rglob("*.py"):
        room = file.relative_to(ROOT / package).parts[0].removesuffix(".py")
        if room in names:
            targets = {n.split(".")[1] for n in imported(file) if n.startswith(f"{package}.")}
            found[room] |= (targets & names) - {room}
    return found


def drawn(package: str) -> dict[str, set[str]]:
    """The arrows of the tables of docs/architecture.md: room, what it holds, the rooms that it imports."""
    section = re.split(r"^## ", (ROOT / "docs" / "architecture.md").read_text(), flags=re.MULTILINE)
    (text,) = (s for s in section if s.startswith(f"The rooms of {package}/"))
    rows = re.findall(r"^\| `(\w+)/?(?:\.py)?` \|.*\|([^|]*)\|$", text, re.MULTILINE)
    return {room: set(re.findall(r"\w+", below)) for room, below in rows}


def floors(above: dict[str, set[str]]) -> Iterator[set[str]]:
    left = dict(above)
    while left:
        floor = {room for room, below in left.items() if not below & left.keys()}
        assert floor, f"a circle among {sorted(left)}"
        yield floor
        left = {room: below for room, below in left.items() if room not in floor}


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_imports_point_one_way(layer: str) -> None:
    files = list((ROOT / layer).rglob("*.py"))
    assert files
    for file in files:
        tops = {name.split(".")[0] for name in imported(file)}
        assert not tops & FORBIDDEN[layer], file


@pytest.mark.parametrize("package", ["refute", "objectives"])
def test_the_map_draws_every_arrow_and_no_other(package: str) -> None:
    assert drawn(package) == arrows(package)


@pytest.mark.parametrize("package", ["refute", "objectives", "theorems"])
def test_no_circle_and_few_floors(package: str) -> None:
    assert len(list(floors(arrows(package)))) <= MOST_FLOORS


@pytest.mark.parametrize("package", ["refute", "objectives", "theorems"])
def test_no_crowded_folder(package: str) -> None:
    for folder in [ROOT / package, *(ROOT / package / room for room in rooms(package))]:
        assert len(list(folder.glob("*.py"))) <= MOST_FILES, folder


def test_objectives_and_theorems_use_the_public_engine_only() -> None:
    for file in [*(ROOT / "objectives").rglob("*.py"), *(ROOT / "theorems").rglob("*.py")]:
        inner = {n for n in imported(file) if (n.startswith("refute.") and n.count(".") > 1) or n in ROOMS_OF_REFUTE}
        assert not inner, f"{file} reaches into {inner}"


ROOMS_OF_REFUTE = {f"refute.{room}" for room in rooms("refute")}


def test_theorems_take_words_from_rooms_not_from_files() -> None:
    for file in (ROOT / "theorems").rglob("*.py"):
        inner = {n for n in imported(file) if n.startswith("objectives.") and n.count(".") > 1}
        assert not inner, f"{file} reaches into {inner}"


def test_no_float_literal_in_a_theorem() -> None:
    for file in (ROOT / "theorems").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, float), f"{file}:{node.lineno}"
