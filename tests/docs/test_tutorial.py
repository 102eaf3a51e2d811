"""The tutorial, done as it is written: its files, its changes, its commands, and what they print."""

import re
import shlex
from pathlib import Path

from tests.commands import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
COMMAND = re.compile(r"^\$ refute (?P<command>[^\n]*)\n(?P<shown>(?:(?!```|\$)[^\n]*\n)*)", re.MULTILINE)


def timeless(line: str) -> str:
    """A line without the seconds that it counts."""
    return re.sub(r"(  +\d+\.\d)(  +\d+\.\d)$|  \d+\.\ds(?=  )", "", line)


def steps() -> list[tuple[int, str, tuple[str, ...]]]:
    """Where each step stands, its kind and its parts, in order."""
    text = PAGE.read_text()
    files = re.finditer(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", text, re.DOTALL)
    changes = re.finditer(r"<!-- change: (\S+): (.*?) -> (.*?) -->", text)
    found = [(m.start(), "file", m.groups()) for m in files] + [(m.start(), "change", m.groups()) for m in changes]
    return sorted([*found, *((m.start(), "command", m.groups()) for m in COMMAND.finditer(text))])


def test_the_tutorial_is_what_happens(tmp_path: Path) -> None:
    done = {"file": 0, "change": 0, "command": 0}
    for _, kind, parts in steps():
        done[kind] += 1
        if kind == "file":
            (tmp_path / parts[0]).write_text(parts[1])
        elif kind == "change":
            text = (tmp_path / parts[0]).read_text()
            assert parts[1] in text
            (tmp_path / parts[0]).write_text(text.replace(parts[1], parts[2]))
        else:
            printed = {timeless(line) for line in run(tmp_path, *shlex.split(parts[0])).output.splitlines()}
            assert [line for line in parts[1].splitlines() if timeless(line) not in printed] == []
    assert done == {"file": 5, "change": 4, "command": 12}
