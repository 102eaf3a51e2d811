"""What a body may name and call where it runs on abstract points: whatever could tell functions of a class apart ends the attempt.

An abstract function is of no class, equals nothing and has no dimension; a body that asks, or that catches what an unknown cannot answer, would take
another branch for it than for some of the functions that it stands for. So the code of a body, of its hypotheses, of the domains, and of every
function of the user that they call is read: it names numbers, functions, and a few builtins, and handles no exception.
"""

from __future__ import annotations

import builtins
import dis
import enum
from collections.abc import Iterator
from fractions import Fraction
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from refute.errors import NotLinear
from refute.numbers.lifting import held_by
from refute.numbers.vector import Vec
from refute.statements.consistency import came_with_refute
from refute.statements.statement import Statement

_BUILTINS = frozenset(
    "range sum min max abs len zip enumerate list tuple reversed all any map filter next iter int float pow divmod round bool dict sorted".split()
)
_MODULES = frozenset(("refute", "objectives", "fractions", "itertools", "functools", "math", "operator"))
# What annotations are made of; Annotated[...] is an object of typing.
_ANNOTATIONS = frozenset(("typing", "collections.abc", "types"))
# What handles an exception, asks for a class or the parts of an object, or makes text of it.
_REFUSED = {
    "PUSH_EXC_INFO": "it handles exceptions",
    "MATCH_CLASS": "it asks for classes",
    "MATCH_KEYS": "it asks for keys",
    "MATCH_MAPPING": "it asks for classes",
    "MATCH_SEQUENCE": "it asks for classes",
    "FORMAT_VALUE": "it makes text of what it is given",
    "FORMAT_SIMPLE": "it makes text of what it is given",
    "FORMAT_WITH_SPEC": "it makes text of what it is given",
    "IMPORT_NAME": "it imports",
}


def read(statement: Statement) -> None:
    """Raise NotLinear where the code of a statement could treat some functions of a class unlike others."""
    todo: list[Any] = [
        statement.body,
        *(g.claim for g in statement.given),
        *(d for d in statement.variables.values() if isinstance(d, FunctionType)),
    ]
    seen: set[int] = set()
    while todo:
        f = todo.pop()
        if not isinstance(f, FunctionType):
            raise NotLinear(f"it calls {getattr(f, '__name__', type(f).__name__)}, which cannot be read")
        if id(f) in seen or came_with_refute(f):
            continue
        seen.add(id(f))
        todo += _functions(f)


def _functions(f: FunctionType) -> Iterator[FunctionType]:
    """The functions that a function may call; raises NotLinear for anything else that it names."""
    given = (*(f.__defaults__ or ()), *(f.__kwdefaults__ or {}).values(), *map(held_by, f.__closure__ or ()))
    for value in given:
        yield from _of_value(value, ())
    for code in _codes(f.__code__):
        for instruction in dis.get_instructions(code):
            if instruction.opname in _REFUSED:
                raise NotLinear(_REFUSED[instruction.opname])
        for name in code.co_names:
            if name in f.__globals__:
                yield from _of_value(f.__globals__[name], code.co_names)
            elif hasattr(builtins, name):
                if name not in _BUILTINS:
                    raise NotLinear(f"it calls {name}, which could tell functions apart")
            elif name.startswith("__"):
                raise NotLinear(f"it asks for {name}")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for c in code.co_consts:
        if isinstance(c, CodeType):
            yield from _codes(c)


def _of_value(value: Any, names: tuple[str, ...]) -> Iterator[FunctionType]:
    """The functions in what a name stands for."""
    if value is None or isinstance(value, (int, Fraction, str, Vec, enum.Enum)):
        return
    if isinstance(value, FunctionType):
        yield value
    elif isinstance(value, type):
        if not (came_with_refute(value) or value in (Fraction, tuple, list) or value.__module__ in _ANNOTATIONS):
            raise NotLinear(f"it names the class {value.__name__}")
    elif isinstance(value, ModuleType):
        yield from _of_module(value, names)
    elif isinstance(value, (tuple, list)):
        for v in value:
            yield from _of_value(v, names)
    elif isinstance(value, dict):
        for v in value.values():
            yield from _of_value(v, names)
    elif not (came_with_refute(type(value)) or type(value).__module__ in _ANNOTATIONS):
        raise NotLinear(f"it names a {type(value).__name__}, which cannot be read")


def _of_module(module: ModuleType, names: tuple[str, ...]) -> Iterator[FunctionType]:
    if module.__name__.partition(".")[0] in _MODULES:
        return
    for name in names:
        found = getattr(module, name, None)
        if isinstance(found, BuiltinFunctionType):
            raise NotLinear(f"it calls {name} of {module.__name__}")
        if found is not None:
            yield from _of_value(found, names)
