"""Which theorem files a range of commits touches: their own text, what they import, what they link."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import HOME
from refute.sources.discover import theorems_of
from refute.sources.text import find


def changed_files(base: str, folder: Path) -> set[Path]:
    """The files that differ between the commit `base` and the work tree; raises BadInput."""
    top = Path(_git(["rev-parse", "--show-toplevel"], folder))
    names = _git(["diff", "--name-only", base, "--"], folder).splitlines()
    new = _git(["ls-files", "--others", "--exclude-standard", "--full-name"], top).splitlines()
    return {(top / n).resolve() for n in (*names, *new)}


def _git(arguments: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    except FileNotFoundError:
        raise BadInput("--changed needs git, which is not installed") from None
    except subprocess.CalledProcessError as why:
        line = (why.stderr.strip().splitlines() or ["git failed"])[0]
        raise BadInput(f"--changed: {line}") from None
    return done.stdout.strip()


def touched(files: Iterable[Path], changed: set[Path]) -> list[Path]:
    """The theorem files that depend on a changed file."""
    return [f for f in files if dependencies(f) & changed]


def dependencies(file: Path) -> set[Path]:
    """The file, the Python files that it imports (as far as they lie beside it, above it or beside
    refute), the engine, and the texts that its theorems link."""
    seen: set[Path] = set((HOME / "refute").rglob("*.py"))
    todo = [file.resolve()]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        roots = [*path.parents, HOME]
        stub = path.with_suffix(".pyi")  # a package may say there, and there alone, what it finds when it is asked
        for source in (path, *([stub] if stub.is_file() else [])):
            for level, name in _imports(source):
                todo += _locate(name, [path.parents[level - 1]] if level else roots)
    texts = {find(t.text.partition("#")[0], file.parent).resolve() for t in theorems_of(file) if t.text}
    return seen | texts


def _imports(path: Path) -> set[tuple[int, str]]:
    """The modules that a file may import, each with the number of dots before its name."""
    names: set[tuple[int, str]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {(0, a.name) for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = [node.module] if node.module else []
            names |= {(node.level, ".".join(n)) for n in (inside, *([*inside, a.name] for a in node.names)) if n}
    return names


def _locate(module: str, roots: Iterable[Path]) -> list[Path]:
    relative = Path(*module.split("."))
    for root in roots:
        for candidate in (root / relative.with_suffix(".py"), root / relative / "__init__.py"):
            if candidate.is_file():
                return [candidate.resolve()]
    return []
