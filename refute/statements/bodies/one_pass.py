"""Iterators that a statement names: the first evaluation empties them, and a claim about all of nothing is true."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from refute.errors import BadInput
from refute.numbers.lifting import held_by
from refute.safety.files import HOME

# Containers in containers are looked through so deeply.
DEPTH = 4


def refuse_iterators(where: str, named: Iterable[tuple[str, Any]]) -> None:
    """Raise BadInput where a value, or what the functions among the values name, close over or have as a default, is an iterator."""
    for name, part in reached(named):
        if isinstance(part, Iterator):
            kind = type(getattr(part, "_of", part)).__name__  # see refute.sources.asked.GoneThroughOnce
            raise BadInput(
                f"{where}: {name} is a {kind}, which is empty once it was gone through: write {name} = tuple(...)"
            )


def reached(named: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Values by their names, what they hold, and what the functions of a user among them name, close over or have as a default: each once."""
    todo = list(named)
    seen: set[int] = set()
    while todo:
        name, value = todo.pop()
        for part in _parts(value):
            yield name, part
            if id(part) in seen:
                continue
            seen.add(id(part))
            if isinstance(part, FunctionType):
                todo += _named(part)
            elif not isinstance(part, type):
                todo.append((name, type(part)))  # an object answers by the methods of its class
            elif is_of_a_user(getattr(sys.modules.get(part.__module__), "__file__", None)):
                todo += vars(part).items()


def _named(f: FunctionType) -> Iterator[tuple[str, Any]]:
    """What a function closes over, and, if a user wrote it, what it names and has as defaults."""
    yield from zip(f.__code__.co_freevars, map(held_by, f.__closure__ or ()), strict=False)
    if not is_of_a_user(f.__code__.co_filename):
        return
    yield from ((f.__name__, v) for v in (f.__defaults__ or ()))
    yield from (f.__kwdefaults__ or {}).items()
    for code in codes(f.__code__):
        yield from ((n, f.__globals__[n]) for n in code.co_names if n in f.__globals__)


def _parts(value: Any, depth: int = DEPTH) -> Iterator[Any]:
    """A value, and what it holds."""
    yield value
    if not depth:
        return
    if isinstance(value, partial):
        held: Iterable[Any] = (value.func, *value.args, *value.keywords.values())
    elif type(value) in (list, tuple, set, frozenset):
        held = value
    elif type(value) is dict:
        held = value.values()
    elif is_dataclass(value) and not isinstance(value, type):
        held = [getattr(value, f.name, None) for f in fields(value)]
    elif isinstance(value, (staticmethod, classmethod)):
        held = (value.__func__,)
    elif isinstance(value, property):
        held = (value.fget,)
    else:
        return
    for v in held:
        yield from _parts(v, depth - 1)


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function, and of the functions and comprehensions in it."""
    yield code
    for c in code.co_consts:
        if isinstance(c, CodeType):
            yield from codes(c)


def is_of_a_user(file: str | None) -> bool:
    """Whether code stands neither in refute or its objectives nor in a library."""
    if file is None:
        return False
    path = Path(file)
    ours = any(path.is_relative_to(HOME / room) for room in ("refute", "objectives"))
    return not ours and not any(path.is_relative_to(p) for p in (sys.prefix, sys.base_prefix))
