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
                _SLICE: slice,
            }
        )
        super().exec_module(module)


_NAMES: dict[type[ast.operator], str] = {ast.Div: "__exact_quotient__", ast.Pow: "__exact_power__"}
_IN_PLACE: dict[type[ast.operator], str] = {ast.Div: "__exact_quotient_in_place__", ast.Pow: "__exact_power_in_place__"}

_SLICE = "__exact_slice__"


def _exact(tree: ast.Module) -> ast.Module:
    """a / b, a ** b and pow(a, b) as calls of `quotient` and `power`, where they stand; changed in place, since formulas may be nested deeply."""
    for node in list(ast.walk(tree)):
        changed: Any = node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pow":
            if len(node.args) == 2 and not node.keywords and not any(isinstance(a, ast.Starred) for a in node.args):
                node.func.id = _NAMES[ast.Pow]
            continue
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if isinstance(statements, list):
                setattr(node, name, [s for statement in statements for s in _in_place(statement)])
        if isinstance(node, ast.BinOp) and type(node.op) in _NAMES:
            called = ast.copy_location(ast.Name(_NAMES[type(node.op)], ast.Load()), node)
            changed.__class__ = ast.Call
            changed.func, changed.args, changed.keywords = called, [changed.left, changed.right], []
    return tree


def _in_place(statement: Any) -> list[ast.stmt]:
    """`target /= value` as target = quotient_in_place(target, value): an entry or an attribute of what was computed once."""
    if not isinstance(statement, ast.AugAssign) or type(statement.op) not in _IN_PLACE:
        return [statement]
    target, parts = statement.target, []

    def once(value: ast.expr, name: str) -> ast.expr:
        parts.append(ast.Assign([ast.Name(name, ast.Store())], value))
        return ast.Name(name, ast.Load())

    if isinstance(target, ast.Attribute):
        target.value = once(target.value, "__exact_owner__")
    elif isinstance(target, ast.Subscript):
        target.value, target.slice = (
            once(target.value, "__exact_owner__"),
            once(_as_value(target.slice), "__exact_key__"),
        )
    read = type(target)(**{**dict(ast.iter_fields(target)), "ctx": ast.Load()})
    called = ast.Name(_IN_PLACE[type(statement.op)], ast.Load())
    parts.append(ast.Assign([target], ast.Call(called, [read, statement.value], [])))
    return [_placed(part, statement) for part in parts]


def _as_value(key: ast.expr) -> ast.expr:
    """What stands between brackets as an expression: a slice, which is none, as a call of slice."""
    if isinstance(key, ast.Slice):
        ends = [ast.Constant(None) if e is None else e for e in (key.lower, key.upper, key.step)]
        return ast.Call(ast.Name(_SLICE, ast.Load()), ends, [])
    if isinstance(key, ast.Tuple):
        return ast.Tuple([_as_value(e) for e in key.elts], ast.Load())
    return key


def _placed(node: ast.stmt, like: ast.stmt) -> ast.stmt:
    """The node with the line of another in all of its parts that have none."""
    for part in ast.walk(node):
        if isinstance(part, (ast.expr, ast.stmt)) and not hasattr(part, "lineno"):
            ast.copy_location(part, like)
    return node


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
