"""Any number of steps at once: a number that does not grow from step to step has not grown after N of them."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from fractions import Fraction
from typing import Any

from refute.duality.forms import Form, coefficient
from refute.duality.induction.ends import bound_to_end, coefficients_of_class, depends, involves, knows_no_end
from refute.duality.induction.sameness import keeps_nothing, same_each_time
from refute.duality.induction.states import State, alike, components, like, sizes_of
from refute.duality.induction.within import Within, among, any_answers, conditions_of
from refute.duality.parameters.ratio import AT_LEAST_0, Ratio, parameters
from refute.duality.space import Space, unknowns_in
from refute.errors import NotLinear

#: The space in which a body runs on abstract points.
SPACE: ContextVar[Space | None] = ContextVar("space", default=None)


def iterated(
    step: Callable[[Any, State], State],
    state: State,
    N: Any,
    potential: Callable[[Any, State], Any],
    *,
    rate: Any = 1,
    within: Within | None = None,
) -> State:
    """The state after N steps, state -> step(k, state) for k = 0, ..., N - 1; a state is a point, or a tuple of points and of numbers such as a running sum.

    `potential(k, state)` is a number that shrinks by the factor `rate` at least: potential(k + 1, step(k, state)) <= rate * potential(k, state) for every k >= 0 and every
    state. With the rate 1, it does not grow. A statement about N steps for every N is proved by it: `refute` proves the inequality for one step from an
    arbitrary state, and then the statement from potential(N, last) <= rate**N * potential(0, first) alone. The rate is at least 0: a rational, or a function of the constants of
    the classes such as 1 - sqrt(f.mu / f.L). `within(state)` may say that each state stays in a set, or is an answer of another operator, `Q.has_subgradient(x, 0 * x)`: this is shown of the
    first state and of one step, too, and a step may rest on it. Elsewhere rate, potential and within play no part.
    """
    space = SPACE.get()
    if isinstance(N, Ratio):
        if space is None:
            raise NotLinear("a number of steps that stands for all numbers")
        return _after_any_number(space, step, state, N, potential, rate, within)
    for k in range(N):
        state = step(k, state)
    return state


def _after_any_number(
    space: Space, step: Any, first: State, N: Ratio, potential: Any, rate: Any, within: Within | None
) -> State:
    for code in (step, potential, within):
        keeps_nothing(code)
    if space.stepping:
        raise NotLinear("an induction within the step of another one, whose number of steps has the same name")
    space.counters.append(N)
    space.of_end = tuple(name for name in space.of_end if N.involves("t") or name != "t")
    # A step of which nothing is known but its number k, which is not N: a step that knows N is another one for each N. So is one that knows what was
    # asked at a point that depends on N.
    k = parameters()[2]
    if within is not None:
        space.beside |= any_answers(space, within, first)
        space.begins += [
            (f"the first state is within: {says}", form) for says, form in conditions_of(space, within, first)
        ]
    asked = [len(m.data()[2]) for m in space.members]
    of_end = space.of_end
    bound = bound_to_end([row for m in space.members for row in m.data()[2]], of_end)
    for part in (part for pair in space.supposed for part in pair):
        if depends(part, of_end) or not bound.isdisjoint(unknowns_in(part)):
            raise NotLinear("a hypothesis depends on the number of steps")
    if any(isinstance(c, Ratio) and involves(c, of_end) for m in space.members for c in coefficients_of_class(m)):
        raise NotLinear("a class depends on the number of steps")
    rate = _as_rate(rate, of_end)
    unchanged = not isinstance(rate, Ratio) and rate == 1
    space.stepping = True
    try:
        with space.carrying_nothing_out():
            sizes = sizes_of(space, step, first, k)
            after, grown, rows, kept = same_each_time(
                lambda: _one_step(space, step, potential, rate, within, like(space, first, "some", sizes), k, asked),
                space,
            )
    finally:
        space.stepping = False
    knows_no_end(bound, of_end, grown, after, *(part for row in rows for part in row[1:]), *(form for _, form in kept))
    shrinks = "does not grow" if unchanged else "shrinks by the rate"
    space.steps.append((f"the potential {shrinks}", grown))
    space.steps += [(f"the next state is within: {says}", form) for says, form in kept]
    last = like(space, first, "last", sizes)
    if within is not None:
        space.at_last |= {(m.data()[0], label) for m, label in among(space, within, last)}
    space.last.append(components(last))
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
        if known is None or involves(q, end):
            raise NotLinear("the rate of an induction depends on the number of steps")
        known.append(q)
        return q
    if not q > 0:
        raise NotLinear("the rate of an induction is not above 0")
    return Fraction(int(q.numerator), int(q.denominator))


def _one_step(
    space: Space, step: Any, potential: Any, rate: Any, within: Within | None, some: State, k: Ratio, asked: list[int]
) -> tuple[State, Form, list[Any], list[tuple[str, Form]]]:
    """A step from an arbitrary state: the state after it, what the potential loses, what was asked, and what is to be shown for the next state to be within."""
    if within is not None:
        space.at_some |= {(m.data()[0], label) for m, label in among(space, within, some)}
        space.stepped |= dict.fromkeys(space.at_some)
    with space.of_step_itself():
        after = step(k, some)
    if not alike(after, some):
        raise NotLinear(
            "the step of an induction takes a state of one kind and returns one of another: as many points and numbers, in the same order"
        )
    with space.of_potential(components(some), components(after)):
        grown = rate * Form.of(potential(k, some)) - Form.of(potential(k + 1, after))
    kept = conditions_of(space, within, after) if within is not None else []
    return after, grown, [row for m, n in zip(space.members, asked, strict=True) for row in m.data()[2][n:]], kept
