"""States of an induction that stay among the answers of a member, as the points of a method of Frank and Wolfe stay in a set.

To be one more answer of a member is, here, to satisfy what the class asks of it beside any answer that the member has. Of an arbitrary state this is supposed; of the first one
and of the next one it is shown, beside an answer of which no more is known than that it is one. What is asked of two answers is not known of two states, nor of two points of one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from refute.duality.forms import Form
from refute.duality.induction.states import State, like
from refute.duality.space import Space
from refute.errors import NotLinear
from refute.statements.claims import Claim, Constant, Every, Supposition
from refute.statements.statement import supposing

Within = Callable[[Any], Claim]
WITHIN = "within= says of points of the state that they are answers of a set, or of another operator, and asks for nothing else"


def among(space: Space, within: Within, state: Any) -> list[tuple[Any, str]]:
    """Suppose that a state is within: the members with what they call their new answers. Raises NotLinear where anything else is asked."""
    before, vectors = [len(m.data()[2]) for m in space.members], len(space.vectors)
    with supposing():
        _make(within(state))
    new = [(m, row[0]) for m, n in zip(space.members, before, strict=True) for row in m.data()[2][n:]]
    if len(space.vectors) > vectors:
        raise NotLinear(WITHIN)
    return new


def any_answers(space: Space, within: Within, first: State) -> dict[str, str]:
    """For each member among whose answers states stay, by its name, what an answer is called of which no more is known than that it is one."""
    restore = space.snapshot()
    members = [m for m, _ in among(space, within, like(space, first, "some", None))]
    restore()
    if not members or not all(hasattr(m, "any_answer") for m in members):
        raise NotLinear(WITHIN)
    new = {m.data()[0]: m for m in members if m.data()[0] not in space.beside}
    return {name: m.any_answer() for name, m in new.items()}


def conditions_of(space: Space, within: Within, state: Any) -> list[tuple[str, Form]]:
    """What has to be shown for a state to be within."""
    restore = space.snapshot()
    found: list[tuple[str, Form]] = []
    for m, label in among(space, within, state):
        other = space.beside.get(m.data()[0])
        if other is None:
            raise NotLinear(WITHIN)
        with m.answering({other}.__contains__):
            alone = {says for says, _ in m.conditions()}
        with m.answering({label, other}.__contains__):
            forms = [(says, Form.of(form)) for says, form in m.conditions() if says not in alone]
        found += [(_of_it(says, label), form) for says, form in forms if form.terms]
    restore()
    return found


def _of_it(says: str, label: str) -> str:
    return says.replace(f"at {label}", "at it").replace(f"and {label}", "and it")


def _make(claim: Any) -> None:
    if isinstance(claim, Every):
        for _, part in claim.parts:
            _make(part)
    elif isinstance(claim, Supposition):
        _make(claim.make())
    elif not (isinstance(claim, Constant) and claim.truth is True):
        raise NotLinear("within= says what states are answers of: within=lambda x: Q.has_subgradient(x, 0 * x)")
