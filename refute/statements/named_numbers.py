"""The numbers that a hypothesis names, such as 25 in f.L <= 25: elements that attain them are worth drawing."""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, permutations
from types import CodeType, FunctionType
from typing import Any

from refute.numbers.lifting import held_by
from refute.statements.bodies.one_pass import codes

# How many numbers, and how many of them and of their quotients.
NUMBERS, QUOTIENTS = 4, 12
# Functions that functions close over are looked into so deeply.
DEPTH = 3


@lru_cache(1024)
def numbers_named(f: Callable[..., Any]) -> tuple[Fraction, ...]:
    """The first whole numbers and fractions in the code of f, among its defaults and the names that it reads; and their quotients, as in Fraction(5, 2)."""
    if not isinstance(f, FunctionType):
        return ()
    found = list(dict.fromkeys(x for v in _values(f) if (x := _number(v)) is not None))[:NUMBERS]
    quotients = (a / b for a, b in permutations(found, 2) if b)
    return tuple(dict.fromkeys((*found, *quotients)))[:QUOTIENTS]


def _values(f: FunctionType, depth: int = DEPTH) -> Iterator[Any]:
    for code in codes(f.__code__):
        parts = set(_exponents(code))
        for name, p, q, places in _calls_on_two_numbers(code):
            if f.__globals__.get(name) is Fraction and q:
                yield Fraction(p, q)
                parts |= places
        yield from (c for i, c in enumerate(code.co_consts) if i not in parts)
        yield from (f.__globals__[n] for n in code.co_names if n in f.__globals__)
    yield from f.__defaults__ or ()
    yield from (f.__kwdefaults__ or {}).values()
    for value in map(held_by, f.__closure__ or ()):
        yield from _values(value, depth - 1) if isinstance(value, FunctionType) and depth else (value,)


def _steps(code: CodeType) -> list[dis.Instruction]:
    return [i for i in dis.get_instructions(code) if i.opname not in ("PRECALL", "CACHE", "RESUME", "PUSH_NULL")]


# A domain makes its condition anew for each draw: another function, of the same code.
@lru_cache(1024)
def _calls_on_two_numbers(code: CodeType) -> tuple[tuple[str, int, int, frozenset[int]], ...]:
    """What is called on two numbers, as in Fraction(404, 100): its name, the numbers, and their places among the constants, where they say nothing alone."""
    steps = _steps(code)
    return tuple(
        (f.argval, p.argval, q.argval, frozenset(i.arg for i in (p, q) if i.arg is not None))
        for f, p, q, call in zip(steps, steps[1:], steps[2:], steps[3:], strict=False)
        if f.opname == "LOAD_GLOBAL"
        and call.opname == "CALL"
        and call.arg == 2
        and p.opname == q.opname == "LOAD_CONST"
        and type(p.argval) is type(q.argval) is int
    )


@lru_cache(1024)
def _exponents(code: CodeType) -> frozenset[int]:
    """The places of the constants that are nothing but exponents, as 2 in M**2: no element attains them. In a theorem file a power is the call of a function."""
    exponents: set[int] = set()
    others: set[int] = set()
    begun: list[bool] = []  # powers and quotients whose second part has not been met
    for i, after in pairwise(_steps(code)):
        if i.opname == "LOAD_GLOBAL" and i.argval in ("__exact_power__", "__exact_quotient__"):
            begun.append(i.argval == "__exact_power__")
        if i.opname == "LOAD_CONST" and i.arg is not None:
            called = after.opname == "CALL" and after.arg == 2 and bool(begun) and begun.pop()
            (exponents if called or after.argrepr == "**" else others).add(i.arg)
    return frozenset(exponents - others)


def _number(value: Any) -> Fraction | None:
    if type(value) in (int, Fraction):
        return Fraction(value)
    if type(value) is str:
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            return None
    return None
