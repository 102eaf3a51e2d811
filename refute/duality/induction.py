"""Any number of steps at once: a number that does not grow from step to step has not grown after N of them."""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from fractions import Fraction
from types import FunctionType
from typing import Any

from refute.duality.forms import Form, Point, coefficient
from refute.duality.parameters.ratio import AT_LEAST_0, Ratio, parameters
from refute.duality.space import Space, degree_of, unknowns_in
from refute.errors import NotLinear
from refute.numbers.lifting import held_by
from refute.numbers.vector import Vec
from refute.statements.bodies.one_pass import codes
from refute.statements.consistency import came_with_refute

#: The space in which a body runs on abstract points.
SPACE: ContextVar[Space | None] = ContextVar("space", default=None)

State = Any


def iterated(
    step: Callable[[Any, State], State],
    state: State,
    N: Any,
    potential: Callable[[Any, State], Any],
    *,
    rate: Any = 1,
) -> State:
    """The state after N steps, state -> step(k, state) for k = 0, ..., N - 1; a state is a point, or a tuple of points and of numbers such as a running sum.

    `potential(k, state)` is a number that shrinks by the factor `rate` at least: potential(k + 1, step(k, state)) <= rate * potential(k, state) for every k >= 0 and every
    state. With the rate 1, it does not grow. A statement about N steps for every N is proved by it: `refute` proves the inequality for one step from an
    arbitrary state, and then the statement from potential(N, last) <= rate**N * potential(0, first) alone. The rate is at least 0: a rational, or a function of the constants of
    the classes such as 1 - sqrt(f.mu / f.L). Elsewhere rate and potential play no part.
    """
    space = SPACE.get()
    if isinstance(N, Ratio):
        if space is None:
            raise NotLinear("a number of steps that stands for all numbers")
        return _after_any_number(space, step, state, N, potential, rate)
    for k in range(N):
        state = step(k, state)
    return state


def _after_any_number(space: Space, step: Any, first: State, N: Ratio, potential: Any, rate: Any) -> State:
    _keeps_nothing(step)
    _keeps_nothing(potential)
    if space.stepping:
        raise NotLinear("an induction within the step of another one, whose number of steps has the same name")
    space.counters.append(N)
    space.of_end = tuple(name for name in space.of_end if N.involves("t") or name != "t")
    # A step of which nothing is known but its number k, which is not N: a step that knows N is another one for each N. So is one that knows what was
    # asked at a point that depends on N.
    k = parameters()[2]
    asked = [len(m.data()[2]) for m in space.members]
    of_end = space.of_end
    bound = bound_to_end([row for m in space.members for row in m.data()[2]], of_end)
    for part in (part for pair in space.supposed for part in pair):
        if _depends(part, of_end) or not bound.isdisjoint(unknowns_in(part)):
            raise NotLinear("a hypothesis depends on the number of steps")
    if any(isinstance(c, Ratio) and _involves(c, of_end) for m in space.members for c in _coefficients_of_class(m)):
        raise NotLinear("a class depends on the number of steps")
    rate = _as_rate(rate, of_end)
    unchanged = not isinstance(rate, Ratio) and rate == 1
    space.stepping = True
    try:
        with space.carrying_nothing_out():
            sizes = _sizes(space, step, first, k)
            after, grown, rows = _same_each_time(
                lambda: _one_step(space, step, potential, rate, _like(space, first, "some", sizes), k, asked), space
            )
    finally:
        space.stepping = False
    _knows_no_end(bound, of_end, grown, after, *(part for row in rows for part in row[1:]))
    shrinks = "does not grow" if unchanged else "shrinks by the rate"
    space.steps.append((f"the potential {shrinks}", grown))
    last = _like(space, first, "last", sizes)
    space.last.append(_components(last))
    with space.carrying_nothing_out():
        start, end = Form.of(potential(0 * N, first)), Form.of(potential(N, last))
    most = "that before" if unchanged else "rate^N times that before"
    space.induced.append(
        (
            f"the potential after N steps is at most {most}",
            start - end if unchanged else N.as_exponent_of(rate) * start - end,
        )
    )
    return last


def _as_rate(rate: Any, end: tuple[str, ...]) -> Fraction | Ratio:
    """The rate of an induction: above 0, or, as a function of constants of classes, noted to be at least 0. Raises NotLinear for another one."""
    q = coefficient(rate)
    if isinstance(q, Ratio):
        known = AT_LEAST_0.get()
        if known is None or _involves(q, end):
            raise NotLinear("the rate of an induction depends on the number of steps")
        known.append(q)
        return q
    if not q > 0:
        raise NotLinear("the rate of an induction is not above 0")
    return Fraction(int(q.numerator), int(q.denominator))


_NOTHING_KEPT = (int, Fraction, str, type, Form, Point, Ratio)


def _keeps_nothing(value: Any, seen: tuple[Any, ...] = ()) -> None:
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
        _keeps_nothing(v, (*seen, value))


def _changes_nothing(f: FunctionType) -> None:
    """Raise NotLinear where a step, or what it calls, sets a name of the body around it: it is run a few times for all numbers of steps. (What outlives the body is refused
    of every body: readable.py.)"""
    for i in (i for code in codes(f.__code__) for i in dis.get_instructions(code)):
        if i.opname in ("STORE_DEREF", "DELETE_DEREF") and i.argval in f.__code__.co_freevars:
            raise NotLinear(
                f"the step of an induction, or its potential, sets {i.argval}, which stands outside of it: it would be another one the next time"
            )


# A step that keeps something does not do the same each time: it is run so often, each time as if for the first time.
RUNS = 4


def _one_step(
    space: Space, step: Any, potential: Any, rate: Any, some: State, k: Ratio, asked: list[int]
) -> tuple[State, Form, list[Any]]:
    """A step from an arbitrary state: the state after it, what the potential loses, and what was asked."""
    with space.of_step_itself():
        after = step(k, some)
    if not _alike(after, some):
        raise NotLinear(
            "the step of an induction takes a state of one kind and returns one of another: as many points and numbers, in the same order"
        )
    with space.of_potential(_components(some), _components(after)):
        grown = rate * Form.of(potential(k, some)) - Form.of(potential(k + 1, after))
    return after, grown, [row for m, n in zip(space.members, asked, strict=True) for row in m.data()[2][n:]]


def _same_each_time(run: Callable[[], Any], space: Space) -> Any:
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


def _alike(a: State, b: State) -> bool:
    """Whether two states are points both, or numbers, or tuples of as many that are alike: what is shown of a step is of use for the next one then alone."""
    if isinstance(b, tuple):
        return isinstance(a, tuple) and len(a) == len(b) and all(map(_alike, a, b))
    return isinstance(a, Point) if isinstance(b, Point) else _is_number(a)


def _coefficients_of_class(member: Any) -> Iterator[Any]:
    """The numbers in what the class of a member asks."""
    yield member.data()[1]
    if hasattr(member, "templates"):
        yield from (c for forms in member.templates().values() for form in forms for c in form.terms.values())


def is_of_end(row: Any, bound: set[tuple[int, ...]], end: tuple[str, ...]) -> bool:
    """Whether an answer, or the point that it is at, depends on N, or on unknowns that do."""
    return any(_depends(part, end) or not bound.isdisjoint(unknowns_in(part)) for part in row[1:])


def bound_to_end(rows: Iterable[Any], end: tuple[str, ...]) -> set[tuple[int, ...]]:
    """The unknowns that are answers at a point that depends on N, of which the parameters are `end`, or on such an answer: vectors as (1, i), values as (2, i)."""
    found: set[tuple[int, ...]] = set()
    rest = list(rows)
    while bound := [row for row in rest if _depends(row[1], end) or not found.isdisjoint(unknowns_in(row[1]))]:
        taken = set(map(id, bound))  # points compare with nothing
        rest = [row for row in rest if id(row) not in taken]
        for _, _, g, value in bound:
            found |= {*unknowns_in(g), *unknowns_in(value)}
    return found


def _knows_no_end(bound: set[tuple[int, ...]], end: tuple[str, ...], *parts: Any) -> None:
    """Raise NotLinear where a part depends on N: in a coefficient, or by an unknown of those in `bound`."""
    for part in parts:
        if isinstance(part, tuple):
            _knows_no_end(bound, end, *part)
        elif isinstance(part, (Form, Point)) and (_depends(part, end) or not bound.isdisjoint(unknowns_in(part))):
            raise NotLinear("the step of an induction, or its potential, depends on the number of steps")


def _depends(part: Form | Point, end: tuple[str, ...]) -> bool:
    """Whether a coefficient involves N."""
    return any(isinstance(c, Ratio) and _involves(c, end) for c in part.terms.values())


def _involves(c: Ratio, end: tuple[str, ...]) -> bool:
    """Whether a number is made of N, or of its power."""
    return any(map(c.involves, end))


def _components(state: State) -> tuple[Any, ...]:
    """The points of a state, in order."""
    if isinstance(state, tuple):
        return tuple(p for s in state for p in _components(s))
    return (state,) if isinstance(state, Point) else ()


def _numbers(state: State) -> tuple[Any, ...]:
    """The numbers of a state, in order."""
    if isinstance(state, tuple):
        return tuple(x for s in state for x in _numbers(s))
    return () if isinstance(state, Point) else (state,)


def _is_number(x: Any) -> bool:
    try:
        Form.of(x)
    except NotLinear:
        return False
    return True


def _sizes(space: Space, step: Any, first: State, k: Ratio) -> tuple[Any, ...]:
    """The units of the numbers of a state, powers of L: those of the numbers at the start, or of what a step adds to them, in which numbers of the state whose unit is known may occur."""
    degrees = [degree_of(Form.of(x), space) if _is_number(x) else None for x in _numbers(first)]
    for _ in degrees:
        if None not in degrees:
            break
        restore = space.snapshot()
        some = _like(space, first, "some", [_size(n) for n in degrees])
        before, after = _numbers(some), _numbers(step(k, some))
        unknown = {key for x, n in zip(before, degrees, strict=True) if n is None for key in x.terms}
        for i, x in enumerate(after):
            if degrees[i] is None and _is_number(x):
                terms = {key: c for key, c in Form.of(x).terms.items() if key not in unknown}
                degrees[i] = degree_of(Form(terms), space)
        restore()
    return tuple(map(_size, degrees))


def _size(degree: int | None) -> Any:
    return Fraction(1) if degree is None else parameters()[1] ** degree


def _like(space: Space, state: State, name: str, sizes: Sequence[Any] | None) -> State:
    """An arbitrary state of the same kind, whose numbers have these units."""
    left = None if sizes is None else list(sizes)

    def like(state: State, name: str) -> State:
        if isinstance(state, tuple):
            return tuple(like(s, f"{name} {i}") for i, s in enumerate(state))
        if isinstance(state, Point):
            return space.point(name)
        if not _is_number(state):
            raise NotLinear("a state is a point, or a tuple of points and numbers")
        return space.value(name, left.pop(0) if left else Fraction(1))

    return like(state, name)
