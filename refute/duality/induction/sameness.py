"""Whether the step of an induction does the same each time: what is shown of one step is of use for all then alone."""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from types import FunctionType
from typing import Any

from refute.duality.forms import Form, Point
from refute.duality.parameters.ratio import Ratio
from refute.duality.space import Space
from refute.errors import NotLinear
from refute.numbers.lifting import held_by
from refute.numbers.vector import Vec
from refute.statements.bodies.one_pass import codes
from refute.statements.consistency import came_with_refute

_NOTHING_KEPT = (int, Fraction, str, type, Form, Point, Ratio)
# A step that keeps something does not do the same each time: it is run so often, each time as if for the first time.
RUNS = 4


def keeps_nothing(value: Any, seen: tuple[Any, ...] = ()) -> None:
    """Raise NotLinear where what a step closes over, or has as a default, may be another the next time: a list, an iterator, an object of a user."""
    if any(value is s for s in seen) or value is None or isinstance(value, _NOTHING_KEPT):
        return
    held: Iterable[Any] = ()
    if isinstance(value, FunctionType):
        if came_with_refute(value) and not value.__closure__:
            return
        _changes_nothing(value)
        cells = map(held_by, value.__closure__ or ())
        held = (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), *cells)
    elif isinstance(value, (tuple, Vec)):
        held = value
    elif is_dataclass(value) and came_with_refute(type(value)):
        held = (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, Iterator) or not came_with_refute(type(value)):
        raise NotLinear(
            f"the step of an induction keeps a {type(value).__name__}, which may be another the next time: write a tuple"
        )
    for v in held:
        keeps_nothing(v, (*seen, value))


def _changes_nothing(f: FunctionType) -> None:
    """Raise NotLinear where a step, or what it calls, sets a name of the body around it: it is run a few times for all numbers of steps. (What outlives the body is refused
    of every body: readable.py.)"""
    for i in (i for code in codes(f.__code__) for i in dis.get_instructions(code)):
        if i.opname in ("STORE_DEREF", "DELETE_DEREF") and i.argval in f.__code__.co_freevars:
            raise NotLinear(
                f"the step of an induction, or its potential, sets {i.argval}, which stands outside of it: it would be another one the next time"
            )


def same_each_time(run: Callable[[], Any], space: Space) -> Any:
    """What a run of a step finds; raises NotLinear where it finds something else the next time from the same state of the space."""
    found: list[Any] = []
    for n in range(RUNS):
        restore = space.snapshot()
        found.append(run())
        if not _same(found[0], found[-1]):
            raise NotLinear("the step of an induction does something else the next time")
        if n + 1 < RUNS:
            restore()
    return found[-1]


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, (tuple, list)):
        return isinstance(b, (tuple, list)) and len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, (Form, Point)):
        return type(a) is type(b) and a.terms == b.terms
    return bool(a == b)
