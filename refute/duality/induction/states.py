"""The states of an induction: points and numbers, and an arbitrary state of the same kind."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from refute.duality.forms import Form, Point
from refute.duality.parameters.ratio import Ratio, parameters
from refute.duality.space import Space, degree_of
from refute.errors import NotLinear

State = Any


def alike(a: State, b: State) -> bool:
    """Whether two states are points both, or numbers, or tuples of as many that are alike: what is shown of a step is of use for the next one then alone."""
    if isinstance(b, tuple):
        return isinstance(a, tuple) and len(a) == len(b) and all(map(alike, a, b))
    return isinstance(a, Point) if isinstance(b, Point) else is_number(a)


def components(state: State) -> tuple[Any, ...]:
    """The points of a state, in order."""
    if isinstance(state, tuple):
        return tuple(p for s in state for p in components(s))
    return (state,) if isinstance(state, Point) else ()


def _numbers(state: State) -> tuple[Any, ...]:
    """The numbers of a state, in order."""
    if isinstance(state, tuple):
        return tuple(x for s in state for x in _numbers(s))
    return () if isinstance(state, Point) else (state,)


def is_number(x: Any) -> bool:
    try:
        Form.of(x)
    except NotLinear:
        return False
    return True


def sizes_of(space: Space, step: Any, first: State, k: Ratio) -> tuple[Any, ...]:
    """The units of the numbers of a state, powers of L: those of the numbers at the start, or of what a step adds to them, in which numbers of the state whose unit is known may occur."""
    degrees = [degree_of(Form.of(x), space) if is_number(x) else None for x in _numbers(first)]
    for _ in degrees:
        if None not in degrees:
            break
        restore = space.snapshot()
        some = like(space, first, "some", [_size(n) for n in degrees])
        before, after = _numbers(some), _numbers(step(k, some))
        unknown = {key for x, n in zip(before, degrees, strict=True) if n is None for key in x.terms}
        for i, x in enumerate(after):
            if degrees[i] is None and is_number(x):
                terms = {key: c for key, c in Form.of(x).terms.items() if key not in unknown}
                degrees[i] = degree_of(Form(terms), space)
        restore()
    return tuple(map(_size, degrees))


def _size(degree: int | None) -> Any:
    return Fraction(1) if degree is None else parameters()[1] ** degree


def like(space: Space, state: State, name: str, sizes: Sequence[Any] | None) -> State:
    """An arbitrary state of the same kind, whose numbers have these units."""
    left = None if sizes is None else list(sizes)

    def one(state: State, name: str) -> State:
        if isinstance(state, tuple):
            return tuple(one(s, f"{name} {i}") for i, s in enumerate(state))
        if isinstance(state, Point):
            return space.point(name)
        if not is_number(state):
            raise NotLinear("a state is a point, or a tuple of points and numbers")
        return space.value(name, left.pop(0) if left else Fraction(1))

    return one(state, name)
