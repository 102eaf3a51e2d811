"""What the text of a user's module asks of its values while a statement is decided: is it a float, an iterator that was gone through, a tuple that is taken for a point?"""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from types import BuiltinFunctionType, FunctionType
from typing import Any

import gmpy2
import mpmath
import numpy as np

from refute.errors import BadInput, NotExact, NotLinear, not_an_exponent, not_exact
from refute.numbers.real import Real
from refute.numbers.reflected import ABSTRACT, floats_are_refused
from refute.numbers.vector import Vec


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
    """The value; its iterators complain of a second time. Raises NotExact for a tuple with a float in it where a statement is decided."""
    if type(value) is tuple:
        return tuple(map(exact_number if floats_are_refused() else gone_through_once, value))
    return value


class GoneThroughOnce:
    """An iterator that complains when it is gone through a second time, when not all of it is left. `next` alone is no going through it."""

    def __init__(self, of: Any) -> None:
        self._of, self._begun = of, False

    def __iter__(self) -> Any:
        if self._begun:
            raise BadInput(
                f"a {type(self._of).__name__} is gone through a second time, when not all of it is left: write tuple(...) where it is made"
            )
        self._begun = True
        return self._of

    def __next__(self) -> Any:
        return next(self._of)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)


def gone_through_once(value: Any) -> Any:
    """The value; an iterator (a generator, map, zip, one of a class of a user) as one that complains of a second time, also where it is an element of a list."""
    kind = type(value)
    if kind in _NUMBERS:
        return value
    if kind is list:
        for i, part in enumerate(value):
            if _is_iterator(part):
                value[i] = GoneThroughOnce(part)
    elif kind is tuple and any(map(_is_iterator, value)):
        return tuple(map(gone_through_once, value))
    elif kind is dict:
        for key, part in value.items():
            if _is_iterator(part):
                value[key] = GoneThroughOnce(part)
    return GoneThroughOnce(value) if _is_iterator(value) else value


def _is_iterator(value: Any) -> bool:
    kind = type(value)
    return hasattr(kind, "__next__") and kind is not GoneThroughOnce and not kind.__module__.startswith("refute.")


def each(values: Any) -> Any:
    """What a loop goes through; iterators among its elements (the groups of groupby) complain of a second time."""
    if type(values) in _PLAIN:
        return values
    return map(gone_through_once, values) if hasattr(values, "__iter__") else values


_PLAIN = (range, str, Vec)
# What most values are.
_NUMBERS = frozenset((int, bool, str, Fraction, Real, Vec))


def bound(read: Any) -> Any:
    """The value of a name, which `read` reads; what stands for none where it has none yet."""
    try:
        return read()
    except NameError:
        return Unbound()


class Unbound:
    """What stands for a name that has no value where a function is made in a loop."""


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


def added(a: Any, b: Any) -> Any:
    """a + b. Raises NotExact for two lists of numbers, which Python puts one behind the other."""
    if type(a) in _LISTS and type(b) in _LISTS:
        _refuse_lists(
            a,
            b,
            "a sum puts one {} of numbers behind the other: write (*a, *b) for that, and Vec(a) + Vec(b) for a sum of points",
        )
    return a + b


def multiplied(a: Any, b: Any) -> Any:
    """a * b. Raises NotExact for a list of numbers and a whole number, so often as which Python repeats it."""
    if type(a) in _LISTS or type(b) in _LISTS:
        numbers = a if type(a) in _LISTS else b
        _refuse_lists(
            numbers,
            numbers,
            "a product repeats a {} of numbers: write tuple(a) * n for that, and n * Vec(a) for a multiple of a point",
        )
    return a * b


def added_in_place(a: Any, b: Any) -> Any:
    """What `a += b` makes of a; raises NotExact as `added` does."""
    return _in_place_of(operator.iadd, added, a, b)


def multiplied_in_place(a: Any, b: Any) -> Any:
    """What `a *= b` makes of a; raises NotExact as `multiplied` does."""
    return _in_place_of(operator.imul, multiplied, a, b)


def _in_place_of(operation: Any, asked: Any, a: Any, b: Any) -> Any:
    if type(a) in _LISTS:
        asked(a, b)
    return operation(a, b)


_LISTS = (tuple, list)


def _refuse_lists(a: Any, b: Any, says: str) -> None:
    if len(a) > 0 and len(b) > 0 and all(map(_is_number, a)) and all(map(_is_number, b)):
        raise NotExact(says.format(type(a).__name__))


def _is_number(part: Any) -> bool:
    """Whether a part of a list is a number, or a row of numbers."""
    if type(part) in _LISTS:
        return all(map(_is_number, part))
    return (isinstance(part, (int, Fraction)) and not isinstance(part, bool)) or (
        hasattr(part, "__truediv__") and not hasattr(part, "__len__")
    )


def exact_in_order(value: Any) -> Any:
    """The value; raises NotExact for a list whose order is asked for where a statement is decided: Python compares it as words of a dictionary."""
    if isinstance(value, _LISTS) and floats_are_refused():
        raise NotExact(
            f"a {type(value).__name__} is compared as words in a dictionary are, by the first entry that differs: compare the entries"
        )
    return value


def exact_bits(value: Any) -> Any:
    """The value; raises NotExact for a whole number whose digits in base 2 are asked for."""
    if type(value) is int:
        raise NotExact("^ is exclusive or, of the digits of whole numbers in base 2: a power is x**n")
    return value


def joined(value: Any) -> Any:
    """The value; raises NotExact for a whole number in n == 1 | n == 2, which Python reads as n == (1 | n) == 2."""
    if type(value) is int:
        raise NotExact("| and & come before ==, < and the like, and work on digits: join conditions by `or`, `and`")
    return value
