"""What depends on the number of steps of an induction, which no step knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from refute.duality.forms import Form, Point
from refute.duality.parameters.ratio import Ratio
from refute.duality.space import unknowns_in
from refute.errors import NotLinear


def is_of_end(row: Any, bound: set[tuple[int, ...]], end: tuple[str, ...]) -> bool:
    """Whether an answer, or the point that it is at, depends on N, or on unknowns that do."""
    return any(depends(part, end) or not bound.isdisjoint(unknowns_in(part)) for part in row[1:])


def bound_to_end(rows: Iterable[Any], end: tuple[str, ...]) -> set[tuple[int, ...]]:
    """The unknowns that are answers at a point that depends on N, of which the parameters are `end`, or on such an answer: vectors as (1, i), values as (2, i)."""
    found: set[tuple[int, ...]] = set()
    rest = list(rows)
    while bound := [row for row in rest if depends(row[1], end) or not found.isdisjoint(unknowns_in(row[1]))]:
        taken = set(map(id, bound))  # points compare with nothing
        rest = [row for row in rest if id(row) not in taken]
        for _, _, g, value in bound:
            found |= {*unknowns_in(g), *unknowns_in(value)}
    return found


def knows_no_end(bound: set[tuple[int, ...]], end: tuple[str, ...], *parts: Any) -> None:
    """Raise NotLinear where a part depends on N: in a coefficient, or by an unknown of those in `bound`."""
    for part in parts:
        if isinstance(part, tuple):
            knows_no_end(bound, end, *part)
        elif isinstance(part, (Form, Point)) and (depends(part, end) or not bound.isdisjoint(unknowns_in(part))):
            raise NotLinear("the step of an induction, or its potential, depends on the number of steps")


def depends(part: Form | Point, end: tuple[str, ...]) -> bool:
    """Whether a coefficient involves N."""
    return any(isinstance(c, Ratio) and involves(c, end) for c in part.terms.values())


def involves(c: Ratio, end: tuple[str, ...]) -> bool:
    """Whether a number is made of N, or of its power."""
    return any(map(c.involves, end))


def coefficients_of_class(member: Any) -> Iterator[Any]:
    """The numbers in what the class of a member asks."""
    yield member.data()[1]
    if hasattr(member, "templates"):
        yield from (c for forms in member.templates().values() for form in forms for c in form.terms.values())
