"""A user's modules are compiled from their text, each time, and a quotient of two ints is a rational in them.

Python takes the bytecode of a file for its text where size and time agree, which an archive, a copy or two quick edits do not tell apart. And it
makes a float of 1/3, which would decide a comparison before any number of a statement has seen it: 49 * (1/49) < 1.
"""

from __future__ import annotations

import ast
import operator
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

from refute.errors import not_an_exponent
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
        vars(module).update(
            {
                _NAMES[ast.Div]: quotient,
                _NAMES[ast.Pow]: power,
                _IN_PLACE[ast.Div]: quotient_in_place,
                _IN_PLACE[ast.Pow]: power_in_place,
            }
        )
        super().exec_module(module)


_NAMES: dict[type[ast.operator], str] = {ast.Div: "__exact_quotient__", ast.Pow: "__exact_power__"}
_IN_PLACE: dict[type[ast.operator], str] = {ast.Div: "__exact_quotient_in_place__", ast.Pow: "__exact_power_in_place__"}


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
        elif isinstance(node, ast.AugAssign) and (read := _read(node.target)) is not None:
            called.id = _IN_PLACE[type(node.op)]
            value = ast.copy_location(ast.Call(called, [read, node.value], []), node)
            changed.__class__ = ast.Assign
            changed.targets, changed.value, changed.type_comment = [changed.target], value, None
    return tree


def _read(target: ast.expr) -> ast.expr | None:
    """What is read where `target` is changed in place: a name, or an attribute or entry of one; None for what may do more when it is read twice."""
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target)
    simple = isinstance(target, ast.Subscript) and isinstance(target.slice, (ast.Name, ast.Constant))
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and simple:
        return ast.copy_location(ast.Subscript(target.value, target.slice, ast.Load()), target)
    return None


def quotient(a: Any, b: Any) -> Any:
    """a / b; of two ints the rational."""
    return Fraction(a, b) if _are_ints(a, b) else a / b


def power(a: Any, n: Any) -> Any:
    """a ** n; of two ints with n < 0 the rational. Raises NotExact for a root."""
    if type(n) is Fraction and type(a) in (int, bool, Fraction):
        if n.denominator != 1:
            raise not_an_exponent(n)
        n = int(n)
    return Fraction(a) ** n if _are_ints(a, n) and n < 0 else a**n


def quotient_in_place(a: Any, b: Any) -> Any:
    """What `a /= b` makes of a; of two ints the rational."""
    return Fraction(a, b) if _are_ints(a, b) else operator.itruediv(a, b)  # type: ignore[no-untyped-call]


def power_in_place(a: Any, n: Any) -> Any:
    """What `a **= n` makes of a; of numbers as `power`."""
    return power(a, n) if type(a) in (int, bool, Fraction) else operator.ipow(a, n)  # type: ignore[no-untyped-call]


def _are_ints(a: Any, b: Any) -> bool:
    """Python's own: a subclass may divide otherwise."""
    return type(a) in (int, bool) and type(b) in (int, bool)


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
