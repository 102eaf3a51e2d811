"""Lifting: the exact data of an instance, once, into the arithmetic that is about to run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from copy import copy
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import lru_cache, partial
from pathlib import Path
from types import CellType, FunctionType, MethodType, ModuleType
from typing import Any, Generic, TypeVar, overload

from gmpy2 import mpq

from refute.errors import NotExact
from refute.numbers.real import Real
from refute.numbers.reflected import OF_A_USER, floats_may_guess
from refute.numbers.vector import Vec

Kind = Callable[[Any], Any]
MPQ = type(mpq())
T = TypeVar("T")


def lift(value: Any, kind: Kind) -> Any:
    """`value` with every Fraction (or Real) in it turned into `kind`'s number.

    ints (counts, indices, exponents) and strings stay as they are, but for those that are the coordinates of a point; tuples and frozen dataclasses
    are lifted entry by entry (and what they hold beside their fields) without running their checks again, functions with what they close over. The `constant`s of a lifted
    object are those of the exact one, lifted.
    """
    return _lift(value, kind, {})


def _lift(value: Any, kind: Kind, made: dict[int, Any]) -> Any:
    if isinstance(value, (Fraction, Real)) or hasattr(value, "enclose"):
        return kind(value)
    if type(value) is MPQ:  # conditions of a class are decided in rationals of GMP
        return kind(Fraction(int(value.numerator), int(value.denominator)))
    if type(value) is Vec:
        return Vec(tuple(kind(Fraction(c)) if type(c) is int else _lift(c, kind, made) for c in value))
    if isinstance(value, tuple):
        entries = tuple(_lift(v, kind, made) for v in value)
        return type(value)(*entries) if hasattr(value, "_fields") else entries
    if type(value) in (dict, list):
        if id(value) in made:
            return made[id(value)]
        held: Any = {} if type(value) is dict else []
        made[id(value)] = held  # it may hold itself
        if type(value) is dict:
            held.update((k, _lift(v, kind, made)) for k, v in value.items())
        else:
            held += [_lift(v, kind, made) for v in value]
        return held
    if is_dataclass(value) and not isinstance(value, type):
        if id(value) in made:
            return made[id(value)]
        lifted = object.__new__(type(value))
        for f in fields(value):
            object.__setattr__(lifted, f.name, _lift(getattr(value, f.name), kind, made))
        for name, held in _beside_its_fields(value):
            made[id(value)] = lifted  # what it holds may hold it
            object.__setattr__(lifted, name, _lift(held, kind, made))
        if hasattr(lifted, "__dict__"):
            lifted.__dict__["_lifted_from"] = (value, kind)
        return lifted
    if isinstance(value, FunctionType) and value.__closure__:
        return _lifted_function(value, kind, made)
    if isinstance(value, MethodType):
        return MethodType(value.__func__, _lift(value.__self__, kind, made))
    if isinstance(value, partial):
        keywords = {k: _lift(v, kind, made) for k, v in value.keywords.items()}
        return partial(_lift(value.func, kind, made), *_lift(value.args, kind, made), **keywords)
    _refuse_what_keeps_its_numbers(value)
    return value


def _refuse_what_keeps_its_numbers(value: Any) -> None:
    """Numbers in a set, or in an object of a plain class, would stay Fractions, whose floats nobody refuses."""
    if isinstance(value, (set, frozenset)):
        held, instead = value, "a tuple"
    elif isinstance(value, (type, FunctionType)) or not isinstance(getattr(value, "__dict__", None), dict):
        return
    else:
        held, instead = vars(value).values(), "a dataclass (frozen=True)"
    if any(type(v) in (Fraction, Real, Vec) for v in held):
        raise NotExact(
            f"a {type(value).__name__} keeps its numbers from being exact in every arithmetic: write {instead} in its place"
        )


def _beside_its_fields(value: Any) -> Iterator[tuple[str, Any]]:
    """What a class keeps in an object without declaring it as a field: its checks set it, and they do not run again."""
    known = {f.name for f in fields(value)} | {"_lifted_from"}
    slots = (n for c in type(value).__mro__ for n in _names(c.__dict__.get("__slots__", ())))
    for name in (*getattr(value, "__dict__", ()), *slots):
        if name in known or name.startswith("__") or isinstance(getattr(type(value), name, None), constant):
            continue
        if hasattr(value, name):
            yield name, getattr(value, name)


def _names(slots: Any) -> tuple[str, ...]:
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _lifted_function(
    f: FunctionType, kind: Kind, made: dict[int, Any], within: tuple[FunctionType, ...] = ()
) -> FunctionType:
    """A function with the data that it closes over in another arithmetic; itself where it closes over none. Functions that call each other
    close over themselves: those that are being lifted stay as they are inside."""
    within = (*within, f)
    held = [held_by(cell) for cell in f.__closure__ or ()]
    lifted = [
        v
        if any(v is g for g in within)
        else _lifted_function(v, kind, made, within)
        if isinstance(v, FunctionType) and v.__closure__
        else _lift(v, kind, made)
        for v in held
    ]
    if all(a is b for a, b in zip(held, lifted, strict=True)):
        return f
    new = FunctionType(f.__code__, f.__globals__, f.__name__, f.__defaults__, tuple(CellType(v) for v in lifted))
    new.__kwdefaults__ = f.__kwdefaults__
    return new


def closed(f: Any, within: tuple[FunctionType, ...] = (), depth: int = 0) -> Any:
    """A function with what it closes over, and has as defaults, as it is now, and as no later line leaves it: lists, dicts and sets as copies; anything else
    as it is. Functions that call each other close over themselves: those stay as they are inside, and so does what has no value yet."""
    if type(f) in (list, tuple, set) and depth < _DEPTH:
        return type(f)([closed(v, within, depth + 1) for v in f])
    if type(f) is dict and depth < _DEPTH:
        return {k: closed(v, within, depth + 1) for k, v in f.items()}
    if isinstance(f, MethodType):
        return MethodType(f.__func__, closed(f.__self__, within, depth + 1))
    if isinstance(f, partial):
        parts = closed((f.func, f.args, f.keywords), within, depth + 1)
        return partial(parts[0], *parts[1], **parts[2])
    if not isinstance(f, FunctionType):
        return _copy(f, within, depth) if depth < _DEPTH and _may_change(f) else f
    if not (f.__closure__ or f.__defaults__) or any(f is g for g in within):
        return f
    within = (*within, f)
    cells = [CellType(closed(c.cell_contents, within, depth)) if _is_bound(c) else c for c in f.__closure__ or ()]
    new = FunctionType(f.__code__, f.__globals__, f.__name__, closed(f.__defaults__, within, depth), tuple(cells))
    new.__kwdefaults__, new.__doc__, new.__module__ = f.__kwdefaults__, f.__doc__, f.__module__
    new.__qualname__, new.__annotations__ = f.__qualname__, f.__annotations__
    new.__dict__.update(f.__dict__)
    return new


def _may_change(thing: Any) -> bool:
    """Whether an object of a user's class may have other attributes later."""
    kind: Any = type(thing)
    if isinstance(thing, (type, ModuleType)) or not hasattr(thing, "__dict__") or _is_ours(kind):
        return False
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is None or not parameters.frozen


@lru_cache(1024)
def _is_ours(kind: Any) -> bool:
    """Whether a class is of refute, of its objectives or of a library: these do not change what they are."""
    file = getattr(sys.modules.get(kind.__module__), "__file__", None) or ""
    home = Path(__file__).parents[2]
    return not file or any(
        Path(file).is_relative_to(p) for p in (home / "refute", home / "objectives", sys.prefix, sys.base_prefix)
    )


def _copy(thing: Any, within: tuple[FunctionType, ...], depth: int) -> Any:
    """An object with its attributes as they are now; itself where its class does not let it be copied."""
    try:
        found = copy(thing)
        for name, value in vars(thing).items():
            vars(found)[name] = closed(value, within, depth + 1)
    except Exception:
        return thing
    return found


# Lists in lists are copied so deeply.
_DEPTH = 6


def _is_bound(cell: CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018  # whether it has any
    except ValueError:
        return False
    return True


_LITERAL = frozenset((int, Fraction, str, bool, type(None)))
_OF_LITERALS = "__of literals"


def _is_exact(value: Any) -> bool:
    """Whether a value is made of literal data alone."""
    kind = type(value)
    if kind in _LITERAL:
        return True
    if kind is tuple or kind is list or kind is Vec:
        return all(map(_is_exact, value))
    if is_dataclass(value) and not isinstance(value, type):
        kept = getattr(value, "__dict__", {})
        known: bool | None = kept.get(_OF_LITERALS)
        if known is None:
            beside = (v for n, v in kept.items() if not n.startswith("__"))
            known = all(_is_exact(getattr(value, f.name)) for f in fields(value)) and all(map(_is_exact, beside))
            if hasattr(value, "__dict__"):
                kept[_OF_LITERALS] = known  # asked for each of its constants
        return known
    if isinstance(value, (tuple, list)):
        return all(map(_is_exact, value))
    if isinstance(value, (type, FunctionType)):
        return all(_is_exact(held_by(cell)) for cell in getattr(value, "__closure__", None) or ())
    return value is None or isinstance(value, (int, Fraction, str)) or hasattr(value, "enclose")


def held_by(cell: CellType) -> Any:
    """What a function closes over; None for a name that is not bound yet."""
    try:
        return cell.cell_contents
    except ValueError:
        return None


class constant(Generic[T]):  # noqa: N801  # used like property
    """A constant of an object (L, mu, a minimum), computed once from its exact data.

    On a lifted object it is the exact object's constant, lifted: L is never recomputed in floats.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        # A class and its parent may both have the constant, and each its own value.
        self.name, self.key = name, f"__constant {name} of {owner.__module__}.{owner.__qualname__}"

    @overload
    def __get__(self, obj: None, owner: type) -> constant[T]: ...
    @overload
    def __get__(self, obj: object, owner: type) -> T: ...
    def __get__(self, obj: Any, owner: type) -> constant[T] | T:
        if obj is None:
            return self
        if self.key not in obj.__dict__:
            origin = obj.__dict__.get("_lifted_from")
            if origin is None:
                # What is built from boxes, or from numbers of a statement, is no exact data: there a float decides.
                held = [held_by(cell) for cell in getattr(self.compute, "__closure__", None) or ()]
                # Nor does a float lead to anything in a user's code.
                ours = OF_A_USER not in getattr(self.compute, "__globals__", {})
                with floats_may_guess() if ours and all(map(_is_exact, (obj, *held))) else nullcontext():
                    obj.__dict__[self.key] = self.compute(obj)
            else:
                obj.__dict__[self.key] = lift(self.__get__(origin[0], type(origin[0])), origin[1])
        return obj.__dict__[self.key]  # type: ignore[no-any-return]
