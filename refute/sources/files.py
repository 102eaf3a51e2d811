"""Theorem files among files and folders: found by their text, and not loaded.

A file is a theorem file when its text says so: it imports from refute at the start of a line, or makes a Theorem(...) where it is loaded. Files that pytest
(test_*.py, conftest.py) or Python (__init__.py) reads are none.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import HOME, MAX_LEDGER, MAX_SOURCE, read_source, read_text
from refute.safety.hints import nearest

_MARK = re.compile(r"^(import[ \t]+refute\b|from[ \t]+refute[ \t]+import\b)", re.MULTILINE)
_MAKES = re.compile(r"\bTheorem\b")
# How the names of files begin that pytest and Python read.
_OTHERS = ("test_", "conftest", "__init__")
# The acceptances of a folder, a file to be committed.
ACCEPTED = "refute-accepted.json"
# Copies of code, and code of others, as pytest passes them over.
_SKIPPED = {"node_modules", "__pycache__", "build", "dist", "site-packages"}
# What tells a copy of refute's own packages from a folder of that name.
_ENGINE = {"refute": "statements/theorem.py", "objectives": "functions/protocol.py"}


def bundled() -> Path:
    """The folder of the theorems that come with refute."""
    return HOME / "theorems"


def paths_or_bundled(paths: Sequence[Path]) -> list[Path]:
    """The paths that were given, or the bundled theorems."""
    return list(paths) if paths else [bundled()]


def theorem_folders(folders: Sequence[Path]) -> list[Path]:
    """The bundled theorems, those of ./theorems, the files that were checked from here, and these folders."""
    local = [Path("theorems")] if Path("theorems").is_dir() else []
    whole = [p.resolve() for p in (bundled(), *local, *folders)]
    checked = [p for p in checked_files(Path(".refute") / "ledger.json") if not any(map(p.is_relative_to, whole))]
    return list(dict.fromkeys([*whole, *checked]))


def folders_of(certificate: Path, folders: Sequence[Path]) -> list[Path]:
    """Where the theorem of a certificate may be: beside the others, the files of the check that found it, whose ledger is two folders above."""
    return [*theorem_folders(folders), *checked_files(certificate.resolve().parent.parent / "ledger.json")]


def checked_files(ledger: Path) -> list[Path]:
    """The theorem files, as far as they are there, of the records in a ledger, which lies in .refute in the folder that they were checked from."""
    try:
        records = json.loads(read_text(ledger, MAX_LEDGER))
        names = {str(r["file"]) for r in records if r.get("file")}
    except (BadInput, ValueError, TypeError, AttributeError, RecursionError):
        return []
    home = ledger.resolve().parent.parent
    return sorted(p for p in ((home / name).resolve() for name in names) if p.is_file() and is_theorem_file(p))


def is_theorem_file(path: Path) -> bool:
    """Whether the text of a Python file imports from refute at the start of a line, or makes a theorem where it is loaded, by whatever import; so it may
    where the text cannot be read: loading it will say why."""
    if path.suffix != ".py" or path.name.startswith((*_OTHERS, ".")):
        return False
    if not path.is_file():
        return path.is_symlink() and not path.exists()  # a link to nothing: loading it will say so
    try:
        text = read_source(path)
    except BadInput:
        return _may_be_one(path)
    return _MARK.search(text) is not None or (_MAKES.search(text) is not None and _makes_one(text))


def _makes_one(text: str) -> bool:
    """Whether a text names refute's Theorem outside of its functions: calls it, gives it another name, or imports it."""
    try:
        todo: list[ast.AST] = [ast.parse(text)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    found = False
    while todo:
        node = todo.pop()
        match node:
            case ast.ClassDef(name="Theorem"):
                return False  # somebody else's
            case ast.Name(id="Theorem", ctx=ast.Load()) | ast.Attribute(attr="Theorem"):
                found = True
            case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] == "refute":
                found = found or any(n.name == "Theorem" and n.asname for n in names)
            case _:
                pass
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            todo += ast.iter_child_nodes(node)
    return found


def _may_be_one(path: Path) -> bool:
    try:
        return b"import" in (data := path.read_bytes()[:MAX_SOURCE]) and b"refute" in data
    except OSError:
        return True


def theorem_files(paths: Iterable[Path]) -> list[Path]:
    """The theorem files among files and folders (searched deeply); raises BadInput for a bad path."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in _below(path) if not _skipped(p, path) and is_theorem_file(p))
        elif not path.exists():
            near = nearest(path.name, [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else [])
            meant = f"; did you mean {path.parent / near}?" if near else ""
            raise BadInput(f"{path}: no such file or folder{meant}")
        elif path.name.startswith(_OTHERS):
            raise BadInput(
                f"{path}: pytest and Python read files of this name themselves, and refute passes them over: rename it"
            )
        elif not is_theorem_file(path):
            raise BadInput(f'{path}: not a theorem file, it has no line that starts with "from refute import"')
        else:
            found.append(path)
    return list(dict.fromkeys(p.resolve() for p in found))


def acceptances_below(paths: Iterable[Path]) -> list[Path]:
    """The folders below these that hold acceptances, without those that are passed over when theorem files are looked for."""
    found = ((f, p) for p in paths if p.is_dir() for f in sorted(p.rglob(ACCEPTED)))
    return [f.parent for f, p in found if not _skipped(f, p)]


def _below(folder: Path) -> Iterator[Path]:
    """The Python files in a folder and in those below it, also behind links; each folder once."""
    seen: set[str] = set()
    for here, folders, names in os.walk(folder, followlinks=True):
        seen.add(os.path.realpath(here))
        folders[:] = [
            f for f in folders if not f.startswith(".") and os.path.realpath(os.path.join(here, f)) not in seen
        ]
        yield from (Path(here, n) for n in names if n.endswith(".py"))


def _skipped(path: Path, root: Path) -> bool:
    inner = path.relative_to(root).parts[:-1]
    folders = [root.joinpath(*inner[:i]) for i in range(1, len(inner) + 1)]
    return any(part in _SKIPPED or part.startswith(".") for part in inner) or any(
        (f / "pyvenv.cfg").exists() or (f.name in _ENGINE and (f / _ENGINE[f.name]).is_file()) for f in folders
    )


def linked_file(name: str, base: Path) -> Path:
    """The file of a linked text, beside the theorem file (`base` is its folder) or in a folder above it; raises BadInput."""
    for folder in (base, *base.parents):
        if (folder / name).is_file():
            return folder / name
    raise BadInput(f"the linked text {name!r} is neither in {base} nor in a folder above it")
