"""The numbers that a hypothesis names, such as 25 in f.L <= 25: elements that attain them are worth drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from types import FunctionType
from typing import Any

from refute.statements.one_pass import codes

# How many numbers, and how many of them and of their quotients.
NUMBERS, QUOTIENTS = 4, 12


@lru_cache(1024)
def numbers_named(f: Callable[..., Any]) -> tuple[Fraction, ...]:
    """The first whole numbers and fractions in the code of f, among its defaults and the names that it reads; and their quotients, as in Fraction(5, 2)."""
    if not isinstance(f, FunctionType):
        return ()
    found = list(dict.fromkeys(x for v in _values(f) if (x := _number(v)) is not None))[:NUMBERS]
    quotients = (a / b for a, b in permutations(found, 2) if b)
    return tuple(dict.fromkeys((*found, *quotients)))[:QUOTIENTS]


def _values(f: FunctionType) -> Iterator[Any]:
    for code in codes(f.__code__):
        yield from code.co_consts
        yield from (f.__globals__[n] for n in code.co_names if n in f.__globals__)
    yield from f.__defaults__ or ()
    yield from (f.__kwdefaults__ or {}).values()


def _number(value: Any) -> Fraction | None:
    if type(value) in (int, Fraction):
        return Fraction(value)
    if type(value) is str:
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            return None
    return None
