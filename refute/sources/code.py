"""The code that a theorem file stands on: itself, the files of its own that it imports, and the engine."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib.machinery import BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, SOURCE_SUFFIXES
from importlib.metadata import version
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.safety.files import HOME, read_source
from refute.safety.nested import nested

# The engine.
ROOMS = ("refute", "objectives")
# How the file of a module may end, in the order in which Python looks.
SUFFIXES = (*EXTENSION_SUFFIXES, *SOURCE_SUFFIXES, *BYTECODE_SUFFIXES)
# Where libraries are installed: what they are is said by their versions.
_LIBRARY_FOLDERS = frozenset(
    Path(sysconfig.get_path(kind)).resolve() for kind in ("stdlib", "platstdlib", "purelib", "platlib")
)
# What decides beside the code: a verdict of other versions is another one.
LIBRARIES = ("hypothesis", "mpmath", "python-flint", "gmpy2", "numpy")


_QUOTED = re.compile(r"""["']([^\W\d]\w*(?:\.[^\W\d]\w*)*)["']""")


def code_of(file: Path) -> str:
    """Hexadecimal digits for all code that the verdicts of a file depend on: the file, the files that it imports and that lie beside or above
    it (and what these import), each without its layout and comments; refute and its objectives, the libraries that calculate, and Python.
    Raises BadInput for a broken file."""
    return _engine()[:16] + _own(file, _meaning)


def text_of(file: Path) -> str:
    """The same for the very bytes of these files, which costs less to know."""
    return _engine()[:16] + _own(file, Path.read_bytes)


def still(code: str, file: Path) -> bool:
    """Whether the file, and those of its own that it imports, are as they were when `code_of` was asked."""
    return code.endswith(_own(file, _meaning))


def _own(file: Path, content: Callable[[Path], bytes]) -> str:
    h = hashlib.sha256()
    for path in sorted(local_sources(file)):
        # By its place beside the file: another machine keeps the folder elsewhere.
        h.update(os.fsencode(os.path.relpath(path, file.resolve().parent)) + b"\0" + content(path) + b"\0")
    return h.hexdigest()[:16]


def _meaning(path: Path) -> bytes:
    if path.suffix != ".py":
        return path.read_bytes()
    with nested():
        return ast.dump(_tree(path)).encode("utf-8", "surrogatepass")


@lru_cache(1)
def _engine() -> str:
    h = hashlib.sha256(sys.version.encode())
    for name in LIBRARIES:
        h.update(version(name).encode() + b"\0")
    for folder in ROOMS:
        for path in sorted((HOME / folder).rglob("*.py")):
            h.update(str(path.relative_to(HOME)).encode() + b"\0" + path.read_bytes() + b"\0")
    return h.hexdigest()


def local_sources(file: Path) -> set[Path]:
    """The file, and the Python files beside or above it that it imports, and those that these import; the engine is none of them. Raises
    BadInput for a file that is not Python."""
    return {p for p in sources(file, engine=False) if not in_engine(p)}


def in_engine(path: Path) -> bool:
    """Whether a file belongs to refute or its objectives."""
    return any(path.is_relative_to(HOME / room) for room in ROOMS)


def sources(file: Path, engine: bool = True) -> set[Path]:
    """The file and the Python files that it imports, as far as they lie beside it, above it or beside refute; the imports of the engine's
    own files only where `engine` is true."""
    seen: set[Path] = set()
    todo = [file.resolve()]
    beside = [*todo[0].parents, HOME]
    holds = lru_cache(None)(_holds)
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        if not engine and in_engine(path):
            continue
        # Python looks beside the theorem file first; what lies beside its helper is looked at to be on the safe side.
        places = (beside, [*path.parents, HOME])
        stub = path.with_suffix(".pyi")  # a package may say there, and there alone, what it finds when it is asked
        for source in (path, *([stub] if stub.is_file() else [])):
            for level, name in _imports(source):
                top = name.partition(".")[0]
                if not level and top in ROOMS:  # never another's: a theorem file sees those that run
                    todo += _locate(name, [HOME]) if engine else []
                    continue
                if level:
                    todo += _locate(name, path.parents[level - 1 : level])
                    continue
                for roots in places:
                    todo += _locate(name, [r for r in roots if _may_hold(r, top) and holds(r, top)])
    return seen


def _may_hold(root: Path, top: str) -> bool:
    """Whether a folder is looked into for a module: of where libraries are installed, as refute itself may be, only what is refute's."""
    return root not in _LIBRARY_FOLDERS or top in (*ROOMS, "theorems")


def _imports(path: Path) -> set[tuple[int, str]]:
    """The modules that a file may import, each with the number of dots before its name."""
    names: set[tuple[int, str]] = set()
    if path.suffix not in (".py", ".pyi"):
        return names  # compiled: what it imports is not seen, but that it is there
    # A module may be named in a text, too: __import__("bounds"), a lazy loader.
    names |= {(0, name) for name in _QUOTED.findall(read_source(path))}
    for node in _commands(_tree(path)):
        if isinstance(node, ast.Import):
            names |= {(0, a.name) for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = [node.module] if node.module else []
            names |= {(node.level, ".".join(n)) for n in (inside, *([*inside, a.name] for a in node.names)) if n}
    return names


def _commands(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a file, however deep; no expression holds one."""
    todo: list[Any] = list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.stmt):
            yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, part, ())
            todo += inner if isinstance(inner, list) else ()


def _tree(path: Path) -> ast.Module:
    try:
        return ast.parse(read_source(path))  # where a formula may be nested deeper, the parser ends the process
    except (SyntaxError, ValueError, RecursionError, MemoryError) as why:
        raise BadInput(f"{path.name}: {why or 'too deeply nested'}") from None


def _inside(package: Path) -> list[Path]:
    """What `from package import *` may import: its __all__ names modules and packages, whichever they are."""
    if not package.is_dir():
        return []
    packages = (p / f"__init__{s}" for p in package.iterdir() if p.is_dir() for s in SUFFIXES)
    modules = (p for p in package.iterdir() if p.name.endswith(SUFFIXES))
    return sorted(p for p in (*modules, *packages) if p.is_file())


def _holds(root: Path, top: str) -> bool:
    return os.path.isdir(root / top) or any(os.path.isfile(root / f"{top}{s}") for s in SUFFIXES)


def _locate(module: str, roots: Iterable[Path]) -> list[Path]:
    """The file of a module, and those of the packages that it lies in: importing it runs them all. A package goes before a module of its name."""
    parts = module.split(".")
    star = parts[-1] == "*"
    inside = os.sep.join(parts[:-1] if star else parts)
    for root in roots:
        # Strings, and no paths: this is asked for each name in each folder above. A link stays one: its neighbours are where it is.
        stem = os.path.join(root, inside)
        ends = (os.path.join(stem, "__init__"), stem)
        found = next((e + s for e in ends for s in SUFFIXES if os.path.isfile(e + s)), None)
        if found is not None:
            packages = [root.joinpath(*parts[:k], "__init__.py") for k in range(len(parts))]
            return [Path(found), *(p for p in packages if p.is_file()), *(_inside(Path(stem)) if star else ())]
    return []
