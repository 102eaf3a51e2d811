r"""The files of the document that a LaTeX file belongs to: what it takes in, and what takes it in, as far as these files are the project's own.

Followed are \input, \InputIfFileExists, \include, \subfile, \import and \subimport, and \usepackage, \RequirePackage, \documentclass, \LoadClass for packages and classes that lie beside the document;
\documentclass[main.tex]{subfiles} names the document itself. What a distribution of TeX holds is no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_prose

# So many levels above a file its document is looked for, among so many files; and so large a file of a document may be.
LEVELS, FILES, LARGEST = 3, 400, 8 * 2**20
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
#: The commands that take in the text of a file.
INPUTS = re.compile(
    r"\\(?:input|include|subfile|subfileinclude|@input|InputIfFileExists)\s*\{(?P<file>[^{}]+)\}"
    r"|\\input\s+(?P<bare>[\w./-]+)"
    r"|\\(?:sub)?import\*?\s*\{(?P<folder>[^{}]*)\}\s*\{(?P<inner>[^{}]+)\}"
)
#: All commands that take in a file.
TAKES = re.compile(
    INPUTS.pattern + r"|\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{(?P<packages>[^{}]+)\}"
    r"|\\(?:documentclass|LoadClass)\s*(?:\[(?P<options>[^\]]*)\])?\s*\{(?P<cls>[^{}]+)\}"
)


def files_of(path: Path) -> list[Path]:
    """The file first, then the others of its document, by name: of every document in the folders above that takes it in; where there is none, of itself."""
    path = path.resolve()
    found: set[Path] = set()
    for root in _roots(path):
        whole = set(taken_in(root))
        found |= whole if path in whole else set()
    found |= set(taken_in(path))
    return [path, *sorted(found - {path})]


def _roots(path: Path) -> Iterator[Path]:
    """The files that begin a document, in the folder of a file and in those above it."""
    looked = 0
    for folder in [path.parent, *path.parents[1 : LEVELS + 1]]:
        for p in sorted(folder.glob("*.tex")):
            looked += 1
            if looked > FILES:
                return
            if begins(p.resolve()):
                yield p.resolve()


def taken_in(root: Path) -> Iterator[Path]:
    """A file and all that it takes in, each once, in the order of the text."""
    seen: set[Path] = set()
    todo = [root.resolve()]
    while todo and len(seen) < FILES:
        path = todo.pop(0)
        if path in seen or not path.is_file():
            continue
        seen.add(path)
        yield path
        places = [
            (folder / f"{name}{s}").resolve()
            for name, ends in _taken(*_state(path))
            for folder in (path.parent, root.parent)
            for s in ends
        ]
        todo = [p for p in places if p.is_file()] + todo


def _state(path: Path) -> tuple[Path, int, int]:
    """A file as it is now: what was read of it counts as long as this is the same."""
    s = path.stat()
    return path, s.st_mtime_ns, s.st_size


def begins(path: Path) -> bool:
    r"""Whether a document begins with this file: whether it has a \documentclass."""
    try:
        return _starts(*_state(path))
    except OSError:
        return False


@lru_cache(4096)
def _starts(path: Path, changed: int, size: int) -> bool:
    return is_beginning(_text(path, size))


def is_beginning(text: str) -> bool:
    r"""Whether a text has a \documentclass."""
    return re.search(r"\\documentclass", text) is not None


@lru_cache(4096)
def _taken(path: Path, changed: int, size: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a file takes in: each name, and how its file may end."""
    return tuple(name for m in TAKES.finditer(_text(path, size)) for name in names_taken(m))


def names_taken(m: re.Match[str]) -> list[tuple[str, tuple[str, ...]]]:
    """What one command takes in (a match of TAKES): each name, and how its file may end."""
    found: list[tuple[str, tuple[str, ...]]] = []
    if m["file"] or m["bare"]:
        found.append(((m["file"] or m["bare"]).strip(), ("", ".tex")))
    elif m["inner"]:
        found.append((f"{m['folder'].strip()}/{m['inner'].strip()}".lstrip("/"), ("", ".tex")))
    elif m["packages"]:
        found += [(name.strip(), (".sty",)) for name in m["packages"].split(",")]
    elif m["cls"] == "subfiles":
        found.append(((m["options"] or "").strip(), ("", ".tex")))
    else:
        found.append((m["cls"].strip(), (".cls",)))
    return [(name, ends) for name, ends in found if name]


def _text(path: Path, size: int) -> str:
    if size > LARGEST:
        return ""
    try:
        return _COMMENT.sub(r"\1", read_prose(path, LARGEST))
    except BadInput:
        return ""
