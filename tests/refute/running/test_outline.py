"""Outlines: what files hold, read once, and without what a search needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from refute.running.outline import kept_in, outlines
from refute.sources.discover import theorems_of

CLAIM = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, NotTried, Theorem, le, rationals
X = Annotated[Fraction, rationals()]


def square(x: X) -> Claim:
    """2 x <= x^2 + 1."""
    return le(2 * x, x * x + 1)


T = Theorem(square, source="my", label="square")
N = NotTried("my", "later", "it needs a class")
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "claims.py"
    path.write_text(CLAIM)
    return path


def test_an_outline_says_what_a_file_holds(file: Path) -> None:
    (found,) = outlines([file], file.parent)
    assert [t["id"] for t in found.theorems] == [t.id for t in theorems_of(file)] == ["my/square"]
    assert found.theorems[0]["statement"] == "2 x <= x^2 + 1."
    assert found.not_tried == (("my/later", "it needs a class"),)
    assert not found.why
    assert outlines([file], file.parent) == [found]


def test_a_broken_file_is_asked_again(file: Path) -> None:
    file.write_text("import nothing_of_this_name\n" + CLAIM)
    for _ in range(2):
        (found,) = outlines([file], file.parent)
        assert "nothing_of_this_name" in found.why
    assert not list(kept_in(file.parent).glob("*.json"))


@pytest.mark.parametrize("damage", ["{}", '{"theorems": 1}', ""])
def test_a_damaged_outline_is_made_again(damage: str, file: Path) -> None:
    before = outlines([file], file.parent)
    for path in kept_in(file.parent).glob("*.json"):
        path.write_text(damage)
    assert outlines([file], file.parent) == before


def test_what_is_known_loads_no_engine(file: Path) -> None:
    code = (
        "import sys; sys.argv = ['refute', {command}]; from refute.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(sorted({{'hypothesis', 'numpy', 'flint', 'mpmath'}} & set(sys.modules)))"
    )
    for command in ("'list', '.'", "'check', '.', '-q', '--examples', '20'"):
        said = [
            subprocess.run(
                [sys.executable, "-c", code.format(command=command)],
                cwd=file.parent,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for _ in range(2)
        ]
        assert said[1].splitlines()[-1] == "[]"
        assert "my/square" in said[1]
