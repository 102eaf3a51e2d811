"""Theorem files among files and folders: found by their text, and not loaded.

A file is a theorem file when its text says so, `import refute` or `from refute import` at the start of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import HOME, MAX_SOURCE, read_source

_MARK = re.compile(r"^(import refute\b|from refute import\b)", re.MULTILINE)
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
    """The bundled theorems, those of ./theorems, and these folders."""
    local = [Path("theorems")] if Path("theorems").is_dir() else []
    return list(dict.fromkeys(p.resolve() for p in (bundled(), *local, *folders)))


def is_theorem_file(path: Path) -> bool:
    """Whether the text of a Python file imports from refute at the start of a line; so it may where the text cannot be read: loading it
    will say why."""
    if path.suffix != ".py" or path.name.startswith(("test_", "conftest", "__init__", ".")):
        return False
    if not path.is_file():
        return path.is_symlink() and not path.exists()  # a link to nothing: loading it will say so
    try:
        return _MARK.search(read_source(path)) is not None
    except BadInput:
        return _may_be_one(path)


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
            found += sorted(p for p in path.rglob("*.py") if not _skipped(p, path) and is_theorem_file(p))
        elif not path.exists():
            raise BadInput(f"{path}: no such file or folder")
        elif not is_theorem_file(path):
            raise BadInput(f'{path}: not a theorem file, it has no line that starts with "from refute import"')
        else:
            found.append(path)
    return list(dict.fromkeys(p.resolve() for p in found))


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
