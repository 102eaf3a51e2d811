"""The tutorial and the answers to how-to questions, done as they are written: files, changes, commands, and what they print."""

import re
import shlex
from pathlib import Path

import pytest

from tests.commands import run

DOCS = Path(__file__).resolve().parents[2] / "docs"
COMMAND = re.compile(r"^\$ refute (?P<command>[^\n]*)\n(?P<shown>(?:(?!```|\$)[^\n]*\n)*)", re.MULTILINE)


def timeless(line: str) -> str:
    """A line without the seconds that it counts, and without who accepted a text when."""
    return re.sub(r"(  +\d+\.\d)(  +\d+\.\d)$|  \d+\.\ds(?=  )| by \S.* on \d{4}-\d\d-\d\d(?=:)", "", line)


def steps(page: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """Where each step stands, its kind and its parts, in order."""
    text = (DOCS / page).read_text()
    files = re.finditer(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", text, re.DOTALL)
    changes = re.finditer(r"<!-- change: (\S+): (.*?) -> (.*?) -->", text)
    found = [(m.start(), "file", m.groups()) for m in files] + [(m.start(), "change", m.groups()) for m in changes]
    return sorted([*found, *((m.start(), "command", m.groups()) for m in COMMAND.finditer(text))])


def as_shown(printed: list[str], shown: list[str]) -> bool:
    """Whether this is what was printed, line by line, where ... stands for lines that are left out."""
    if not shown:
        return not printed
    if shown[0] == "...":
        return any(as_shown(printed[n:], shown[1:]) for n in range(1, len(printed) + 1))
    return bool(printed) and printed[0] == shown[0] and as_shown(printed[1:], shown[1:])


@pytest.mark.parametrize(("page", "counts"), [("tutorial.md", (5, 4, 12)), ("how-to.md", (3, 0, 3))])
def test_what_the_page_shows_is_what_happens(page: str, counts: tuple[int, int, int], tmp_path: Path) -> None:
    done = {"file": 0, "change": 0, "command": 0}
    for _, kind, parts in steps(page):
        done[kind] += 1
        if kind == "file":
            (tmp_path / parts[0]).write_text(parts[1])
        elif kind == "change":
            text = (tmp_path / parts[0]).read_text()
            assert parts[1] in text
            (tmp_path / parts[0]).write_text(text.replace(parts[1], parts[2]))
        else:
            printed = [timeless(line.rstrip()) for line in run(tmp_path, *shlex.split(parts[0])).output.splitlines()]
            shown = [timeless(line) for line in parts[1].splitlines()]
            assert as_shown(printed, shown), "\n".join(printed)
    assert tuple(done.values()) == counts
