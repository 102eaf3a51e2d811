r"""The files of the document that a LaTeX file belongs to: what it takes in, and what takes it in, as far as these files are the project's own.

Its document may begin in a folder above it, or anywhere in its repository. Followed are macros that take in what they are given (\newcommand{\chap}[1]{\input{ch/#1}}), names that a macro
is a part of (\input{\ch/convex}), \input, \InputIfFileExists, \include, \subfile, \import and \subimport, and \usepackage, \RequirePackage, \documentclass, \LoadClass for files that lie beside the document, or else anywhere in its repository;
\documentclass[main.tex]{subfiles} names the document itself. What a distribution of TeX holds is no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_prose
from refute.sources.tex.macros import LONGEST, definitions, groups
from refute.sources.tex.setters import MOST_ARGUMENTS, filled

# So many levels above a file that is in no repository its document is looked for, among so many files; and so large a file of a document may be.
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
    INPUTS.pattern + r"|\\(?:usepackage|RequirePackage(?:WithOptions)?)\s*(?:\[[^\]]*\])?\s*\{(?P<packages>[^{}]+)\}"
    r"|\\(?:documentclass|LoadClass(?:WithOptions)?)\s*(?:\[(?P<options>[^\]]*)\])?\s*\{(?P<cls>[^{}]+)\}"
)

#: What takes in packages or a class with options.
OPTIONS = re.compile(
    r"\\(?:usepackage|RequirePackage|documentclass|LoadClass|PassOptionsTo(?:Package|Class))\s*[\[{](?P<options>(?:[^\]{}]|\{[^{}]*\})*)[\]}]\s*\{(?P<names>[^{}]+)\}"
)
_WORD = re.compile(r"(\\[A-Za-z@]+)(?:\{\}|\s*)")
# So many files of a repository may begin a document.
ROOTS = 2000


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
    """The files that begin a document: in the folder of a file and in those above it, then in its repository."""
    near = above(path)
    home = repository(path)
    every = chain.from_iterable(sorted(folder.glob("*.tex")) for folder in near)
    if home is not None:
        every = chain(every, _with_ending(home, _folder_state(home), ".tex"))
    for p in islice(dict.fromkeys(p.resolve() for p in every), ROOTS):
        if begins(p):
            yield p


def repository(path: Path) -> Path | None:
    """The folder of the repository that a file belongs to; None where there is none."""
    return next((p for p in path.resolve().parents if (p / ".git").exists()), None)


def above(path: Path) -> list[Path]:
    """The folder of a file and those above it: as far as its repository reaches, and a few where it is in none."""
    folders, home = list(path.resolve().parents), repository(path)
    return folders[: LEVELS + 1 if home is None else folders.index(home) + 1]


def _folder_state(folder: Path) -> int:
    """What changes when files are added to a folder; of its folders it says nothing."""
    return folder.stat().st_mtime_ns


@lru_cache(64)
def _with_ending(home: Path, changed: int, ending: str) -> tuple[Path, ...]:
    """The files of a repository with this ending, by name."""
    found = (p for p in home.rglob(f"*{ending}") if not any(part.startswith(".") for part in p.relative_to(home).parts))
    return tuple(sorted(found))


def _elsewhere(path: Path, name: str, ending: str) -> list[Path]:
    """The files of the repository with this name, such as those that TeX finds by \\input@path or TEXINPUTS; which of several is meant cannot be told."""
    home, end = repository(path), Path(f"{name.removesuffix(ending)}{ending}").parts
    if home is None or not end or ".." in end or Path(*end).is_absolute():
        return []
    return [p for p in _with_ending(home, _folder_state(home), ending) if p.parts[-len(end) :] == end]


def taken_in(root: Path) -> Iterator[Path]:
    """A file and all that it takes in, each once, in the order of the text."""
    seen: set[Path] = set()
    known: dict[str, str] = {}
    todo = [root.resolve()]
    while todo and len(seen) < FILES:
        path = todo.pop(0)
        if path in seen or not path.is_file():
            continue
        seen.add(path)
        yield path
        taken, made = _taken(*_state(path))
        known |= made
        found: list[Path] = []
        for name, ends in (*taken, *_by_macros(*_state(path), tuple(known.items()))):
            name = _spelled(name, known)
            places = [
                (folder / f"{name}{s}").resolve() for folder in (path.parent, root.resolve().parent) for s in ends
            ]
            here = [p for p in places if p.is_file()]
            # ../main.tex in a chapter is the document above the chapter, and no other one above that.
            here = here[:1] if name.startswith("..") else here
            found += here or [p for s in ends if s for p in _elsewhere(root, name, s)]
        todo = found + todo


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
def _taken(path: Path, changed: int, size: int) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], dict[str, str]]:
    """What a file takes in: each name, and how its file may end; and the macros that a name may be made of, with those that take in a file."""
    text = _text(path, size)
    made = {name: text[behind:end] for name, _, behind, end in definitions(text) if end - behind < LONGEST}
    return tuple(name for m in TAKES.finditer(text) for name in names_taken(m)), made


@lru_cache(4096)
def _by_macros(
    path: Path, changed: int, size: int, known: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a file takes in by macros that do so with their argument."""
    takes = {name: body for name, body in known if "#" in body and TAKES.search(body)}
    if not takes:
        return ()
    text = _text(path, size)
    found: list[tuple[str, tuple[str, ...]]] = []
    for m in (m for m in _WORD.finditer(text) if m[1] in takes):
        given = [a.strip() for a in groups(text, m.end(1), MOST_ARGUMENTS)]
        for taken in TAKES.finditer(takes[m[1]]):
            whole = filled(taken[0], given)
            found += [name for again in TAKES.finditer(whole) for name in names_taken(again)]
    return tuple(found)


def _spelled(name: str, known: Mapping[str, str], depth: int = 4) -> str:
    """The name of a file with the macros in it replaced by what they stand for, and without quotation marks."""
    plain = _WORD.sub(lambda m: known.get(m[1], m[0]).strip("{} \n"), name).strip().strip('"')
    return plain if plain == name or not depth else _spelled(plain, known, depth - 1)


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
