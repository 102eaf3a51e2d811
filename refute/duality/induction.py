"""Any number of steps at once: a number that does not grow from step to step has not grown after N of them."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from refute.duality.forms import Form, Point, Space
from refute.duality.ratio import Ratio
from refute.errors import NotLinear

#: The space in which a body runs on abstract points.
SPACE: ContextVar[Space | None] = ContextVar("space", default=None)

State = Any


def iterated(
    step: Callable[[Any, State], State], state: State, N: Any, potential: Callable[[Any, State], Any]
) -> State:
    """The state after N steps, state -> step(k, state) for k = 0, ..., N - 1; a state is a point or a tuple of points.

    `potential(k, state)` is a number that does not grow: potential(k + 1, step(k, state)) <= potential(k, state) for every k >= 0 and every state. A
    statement about N steps for every N is proved by it: `refute` proves that the potential does not grow, for an
    arbitrary state, and then the statement from potential(N, last) <= potential(0, first) alone. Elsewhere it plays no part.
    """
    space = SPACE.get()
    if isinstance(N, Ratio):
        if space is None:
            raise NotLinear("a number of steps that stands for all numbers")
        return _after_any_number(space, step, state, N, potential)
    for k in range(N):
        state = step(k, state)
    return state


def _after_any_number(space: Space, step: Any, first: State, N: Ratio, potential: Any) -> State:
    space.counters.append(N)
    # The k-th step, k = N - 1, of a state of which nothing is known; as N goes over 1, 2, ... it is every step.
    some = _like(space, first, "some")
    grown = Form.of(potential(N - 1, some)) - Form.of(potential(N, step(N - 1, some)))
    space.steps.append(("the potential does not grow", grown))
    last = _like(space, first, "last")
    space.induced.append(
        (
            "the potential after N steps is at most that before",
            Form.of(potential(0, first)) - Form.of(potential(N, last)),
        )
    )
    return last


def _like(space: Space, state: State, name: str) -> State:
    if isinstance(state, tuple):
        return tuple(_like(space, s, f"{name} {i}") for i, s in enumerate(state))
    if not isinstance(state, Point):
        raise NotLinear("a state is a point, or a tuple of points")
    return space.point(name)
