"""A user's modules are compiled from their text, each time; a quotient of two ints is a rational in them, and no float decides anything.

Python takes the bytecode of a file for its text where size and time agree, which an archive, a copy or two quick edits do not tell apart. And it
makes a float of 1/3, which would decide a comparison before any number of a statement has seen it: 49 * (1/49) < 1. The same of log2(n) and
0.1 * n: while a statement is decided, a float is refused where it is compared, asked, put into a list, returned or given to a function, such as
floor, that would make an exact number of it.
"""

from __future__ import annotations

import ast
import operator
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
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
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import gmpy2
import mpmath
import numpy as np

from refute.errors import BadInput, NotExact, NotLinear, not_an_exponent, not_exact
from refute.numbers.reflected import ABSTRACT, OF_A_USER, WORDS_OF_A_USER, floats_are_refused
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
                _NUMBER: exact_number,
                _WORDS: exact_words,
                _PARTS: exact_parts,
                _ONCE: gone_through_once,
            }
        )
        super().exec_module(module)


_NAMES: dict[type[ast.operator], str] = {ast.Div: "__exact_quotient__", ast.Pow: "__exact_power__"}
_IN_PLACE: dict[type[ast.operator], str] = {ast.Div: "__exact_quotient_in_place__", ast.Pow: "__exact_power_in_place__"}

_SLICE = "__exact_slice__"
_NUMBER = OF_A_USER
_WORDS = WORDS_OF_A_USER
_PARTS = "__exact_parts__"
_ONCE = "__gone_through_once__"
# What takes floats and makes no number of a statement of them, and what is asked of a float alone.
_TAKES_FLOATS = frozenset(("Decision", "Opinion", "sleep"))
_OF_FLOATS = frozenset(("is_integer", "as_integer_ratio", "real", "imag", "conjugate", "hex"))
# What is given words for people.
_SAYS = frozenset(("Decision", "Opinion", "known", "note", "print"))
# What goes through an iterator once.
_ONE_PASS = frozenset(
    "sum any all max min tuple list set frozenset dict sorted next total every dot join Vec vec".split()
)
# What is asked of arrays, which wrap around and round.
_OF_ARRAYS = frozenset(n for n in dir(np.ndarray) if not n.startswith("_"))


def _exact(tree: ast.Module) -> ast.Module:
    """a / b, a ** b and pow(a, b) as calls of `quotient` and `power`, and what is used as calls of `exact_number`, where they stand; changed in
    place, since formulas may be nested deeply."""
    nodes = list(ast.walk(tree))
    words = _words_for_people(nodes)
    for node in nodes:
        changed: Any = node
        if id(node) not in words:
            _look_at_floats(node)
        if isinstance(node, ast.FormattedValue):
            node.value = _called(_WORDS, node.value)
        _look_at_iterators(node)
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


def _words_for_people(nodes: Iterable[ast.AST]) -> set[int]:
    """The numbers that are printed in what a claim says, or an exception: no number of a statement is made of them."""
    found: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Raise) or (
            isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _SAYS
        ):
            found |= {id(part) for part in ast.walk(node) if isinstance(part, ast.FormattedValue)}
    return found


def _look_at_floats(node: Any) -> None:
    """Have each value that is used here looked at: an argument, an element, a side of a comparison, a condition, what is returned. What is only
    named, or a term of a sum, is used elsewhere."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _TAKES_FLOATS:
            pass
        case ast.Call():
            node.args = list(map(_seen, node.args))
            for k in node.keywords:
                k.value = _seen(k.value)
        case ast.Compare():
            node.left, node.comparators = _seen(node.left), list(map(_seen, node.comparators))
        case ast.BoolOp():
            node.values = list(map(_seen, node.values))
        case ast.UnaryOp(op=ast.Not()):
            node.operand = _seen(node.operand)
        case ast.If() | ast.While() | ast.IfExp() | ast.Assert():
            node.test = _seen(node.test)
        case ast.Match():
            node.subject = _seen(node.subject)
        case ast.Return(value=ast.expr() as value):
            node.value = _seen(value)
        case ast.Lambda():
            node.body = _seen(node.body)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            node.elt = _seen(node.elt)
        case ast.DictComp():
            node.key, node.value = _seen(node.key), _seen(node.value)
        case ast.comprehension():
            node.ifs, node.iter = list(map(_seen, node.ifs)), _parts_seen(node.iter)
        case ast.For():
            node.iter = _parts_seen(node.iter)
        case ast.Assign(targets=[ast.Tuple() | ast.List(), *_]):
            node.value = _parts_seen(node.value)
        case ast.match_case(guard=ast.expr() as guard):
            node.guard = _seen(guard)
        case ast.FormattedValue():
            node.value = _seen(node.value)
        case ast.BinOp(left=ast.Constant(value=str()) | ast.JoinedStr(), op=ast.Mod()):
            node.right = _seen(node.right)
        case ast.Subscript():
            node.value, node.slice = _parts_seen(node.value), _seen(node.slice)
        case ast.Dict():
            node.keys = [k and _seen(k) for k in node.keys]
            node.values = list(map(_seen, node.values))
        case ast.Set() | ast.List(ctx=ast.Load()) | ast.Tuple(ctx=ast.Load()):
            node.elts = list(map(_seen, node.elts))
        case ast.Attribute(attr=name) if name in _OF_FLOATS or name in _OF_ARRAYS:
            node.value = _seen(node.value)


def _look_at_iterators(node: Any) -> None:
    """Have what is kept under a name, or given to a function that may go through it twice, complain of the second time."""
    match node:
        case ast.Assign() | ast.AnnAssign() | ast.NamedExpr() if node.value is not None:
            node.value = _called(_ONCE, node.value)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _ONE_PASS:
            pass
        case ast.Call():
            node.args = [_called(_ONCE, a) if isinstance(a, ast.GeneratorExp) else a for a in node.args]
            for k in node.keywords:
                k.value = _called(_ONCE, k.value) if isinstance(k.value, ast.GeneratorExp) else k.value


def _parts_seen(value: ast.expr) -> ast.expr:
    """What a call answers as an argument of `exact_parts`: a tuple of which one part is a float is unpacked, and the float forgotten."""
    return _called(_PARTS, value) if isinstance(value, ast.Call) else value


def _called(name: str, value: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.copy_location(ast.Name(name, ast.Load()), value), [value], []), value)


def _seen(value: ast.expr) -> ast.expr:
    """The value as an argument of `exact_number`, unless it is plainly no float."""
    match value:
        case ast.Constant(value=c) if not isinstance(c, (float, complex)):
            return value
        case ast.Starred() | ast.Compare() | ast.JoinedStr() | ast.Lambda() | ast.Slice() | ast.Tuple() | ast.List():
            return value
        case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.Dict() | ast.Set():
            return value
    return _called(_NUMBER, value)


def exact_number(value: Any) -> Any:
    """The value; raises NotExact for a float where a statement is decided."""
    if isinstance(value, _ROUNDED) and floats_are_refused():
        raise not_exact(value)
    if type(value) in _FUNCTIONS and floats_are_refused() and _rounds(value):
        raise NotExact(f"{value!r} makes rounded numbers: write refute's sqrt, exp, sin ..., and no float")
    return gone_through_once(value)


def exact_words(value: Any) -> Any:
    """The value; raises NotLinear where text would be made of what stands for many."""
    if ABSTRACT.get() and type(value) not in (int, bool, str):
        raise NotLinear("it makes text of what it is given")
    return value


def exact_parts(value: Any) -> Any:
    """The value; raises NotExact for a tuple with a float in it where a statement is decided."""
    if type(value) is tuple and floats_are_refused():
        for part in value:
            exact_number(part)
    return value


class GoneThroughOnce:
    """An iterator that complains when it is gone through a second time, of nothing."""

    def __init__(self, of: Any) -> None:
        self._of, self._ended = of, False

    def __iter__(self) -> GoneThroughOnce:
        return self

    def __next__(self) -> Any:
        if self._ended:
            raise BadInput(
                f"a {type(self._of).__name__} is gone through a second time, when nothing is left of it: write tuple(...) where it is made"
            )
        try:
            return next(self._of)
        except StopIteration:
            self._ended = True
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)


def gone_through_once(value: Any) -> Any:
    """The value; an iterator of Python's own (a generator, map, zip, ...) as one that complains of a second time."""
    kind = type(value)
    return GoneThroughOnce(value) if hasattr(kind, "__next__") and kind.__module__ in _ITERATORS else value


_ITERATORS = ("builtins", "itertools")


# Numbers that are rounded, or wrap around: those of numpy, decimal, mpmath and gmpy2, too.
_ROUNDED = (float, complex, np.generic, np.ndarray, Decimal, mpmath.mpf, mpmath.mpc, gmpy2.mpfr, gmpy2.mpc)
# What a function of a library is; another object is asked nothing.
_FUNCTIONS = (BuiltinFunctionType, FunctionType, type, np.ufunc, type(np.linalg.norm))
# Libraries whose functions round, or wrap around.
_ROUND = frozenset(("numpy", "scipy", "statistics", "cmath", "mpmath", "gmpy2"))
# Of math: what makes whole numbers of whole numbers.
_EXACT = frozenset("ceil comb factorial floor gcd isqrt lcm perm prod trunc".split())


def _rounds(f: Any) -> bool:
    """Whether a function that is handed on (to map, or as a key) makes floats of numbers."""
    home = f.__module__ if isinstance(getattr(f, "__module__", None), str) else ""
    if home == "math":
        return f.__name__ not in _EXACT
    return type(f) is np.ufunc or f is float or f is complex or home.partition(".")[0] in _ROUND


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
    if type(a) in (int, Fraction) and hasattr(n, "as_exponent_of"):
        return n.as_exponent_of(a)  # Python would make a float of a rational
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
