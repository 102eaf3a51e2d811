"""A user's modules are compiled from their text, each time, and a quotient of two ints is a rational in them.

Python takes the bytecode of a file for its text where size and time agree, which an archive, a copy or two quick edits do not tell apart. And it
makes a float of 1/3, which would decide a comparison before any number of a statement has seen it: 49 * (1/49) < 1.
"""

from __future__ import annotations

import ast
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
    SourcelessFileLoader,
)
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from refute.safety.files import HOME

_LIBRARIES = (sys.prefix, sys.base_prefix, *filter(None, map(sysconfig.get_path, ("stdlib", "purelib", "platlib"))))


class FromSource(SourceFileLoader):
    """Loads a module from its text alone, with exact quotients of ints."""

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        tree = data if isinstance(data, ast.Module) else ast.parse(data, path)
        return compile(_exact(tree), path, "exec", dont_inherit=True, optimize=_optimize)

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update({_NAMES[ast.Div]: quotient, _NAMES[ast.Pow]: power})
        super().exec_module(module)


_NAMES: dict[type[ast.operator], str] = {ast.Div: "__exact_quotient__", ast.Pow: "__exact_power__"}


def _exact(tree: ast.Module) -> ast.Module:
    """a / b and a ** b as calls of `quotient` and `power`, where they stand; changed in place, since formulas may be nested deeply."""
    for node in list(ast.walk(tree)):
        name = _NAMES.get(type(getattr(node, "op", None)))  # type: ignore[arg-type]
        if name is None:
            continue
        called: Any = ast.copy_location(ast.Name(name, ast.Load()), node)
        changed: Any = node
        if isinstance(node, ast.BinOp):
            changed.__class__ = ast.Call
            changed.func, changed.args, changed.keywords = called, [changed.left, changed.right], []
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            read = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
            value = ast.copy_location(ast.Call(called, [read, node.value], []), node)
            changed.__class__ = ast.Assign
            changed.targets, changed.value, changed.type_comment = [changed.target], value, None
    return tree


def quotient(a: Any, b: Any) -> Any:
    """a / b; of two ints the rational."""
    return Fraction(a, b) if isinstance(a, int) and isinstance(b, int) else a / b


def power(a: Any, n: Any) -> Any:
    """a ** n; of two ints with n < 0 the rational."""
    return Fraction(a) ** n if isinstance(a, int) and isinstance(n, int) and n < 0 else a**n


def _finder(folder: str) -> FileFinder:
    """For folders of a user; raises ImportError for those of libraries and of refute."""
    here = os.path.realpath(folder)
    if not os.path.isdir(here) or any(
        Path(here).is_relative_to(os.path.realpath(home)) for home in (*_LIBRARIES, *_OURS)
    ):
        raise ImportError("not a user's folder")
    return FileFinder(
        folder,
        (ExtensionFileLoader, EXTENSION_SUFFIXES),
        (FromSource, SOURCE_SUFFIXES),
        (SourcelessFileLoader, BYTECODE_SUFFIXES),
    )


_OURS = tuple(str(HOME / room) for room in ("refute", "objectives"))


def compile_always() -> None:
    """From now on, in this process."""
    if _finder not in sys.path_hooks:
        sys.path_hooks.insert(0, _finder)
        sys.path_importer_cache.clear()


@contextmanager
def from_source() -> Iterator[None]:
    """While a theorem file is loaded."""
    if _finder in sys.path_hooks:
        yield
        return
    compile_always()
    try:
        yield
    finally:
        sys.path_hooks.remove(_finder)
        sys.path_importer_cache.clear()
