"""A part of a domain, and draws near the numbers that its condition, or a hypothesis, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isqrt
from typing import Any

from refute.numbers.lifting import closed
from refute.numbers.vector import Vec
from refute.statements.claims import Claim, named
from refute.statements.domains import Domain, Draw, choose, reject
from refute.statements.named_numbers import numbers_named

# Of so many draws one is left as it is, where a hypothesis names numbers that elements can be moved to; and one is moved, where the
# conclusion does: an instance that lies there is one of many, and may be the only one that matters. The same goes for a number that a
# hypothesis names: what is moved there forgets where it was.
LEFT_ALONE = 3
MOVED = 8
# No whole number that is drawn because one beside it is named is larger.
FARTHEST = 1000


def drawn_near(
    d: Draw, domain: Domain, asked: tuple[Fraction, ...], told: tuple[Fraction, ...] = (), before: Iterable[Any] = ()
) -> Any:
    """An element, in most cases moved to numbers that a hypothesis names (`asked`), now and then to those that the conclusion names
    (`told`), where the domain knows how; a point now and then among those that matter to what was drawn `before` it."""
    x, before = domain.draw(d), [*before]
    if type(x) is int and domain.elements is None and all(isinstance(v, (int, Fraction)) for v in before):
        near = _whole_near(d, domain, (*asked, *told))
        if near is not None:
            return near
    if domain.takes_any:
        return _among(d, x, _marks(before, domain.dim), tuple(dict.fromkeys((*asked, *told))))
    if domain.moved is None:
        return x
    if asked and domain.types and choose(d, LEFT_ALONE)[0]:
        return domain.moved(d, x, asked)
    numbers = told if domain.types else tuple(dict.fromkeys((*asked, *told)))
    return domain.moved(d, x, numbers) if numbers and choose(d, MOVED)[0] == MOVED - 1 else x


def _whole_near(d: Draw, domain: Domain, numbers: tuple[Fraction, ...]) -> int | None:
    """Now and then a whole number beside one that is named, its root, or its logarithm, farther than those that are drawn: of statements about numbers alone, where no number of
    steps is meant."""
    marks = dict.fromkeys(m for q in numbers if q >= 1 for m in (int(q), isqrt(int(q)), int(q).bit_length() - 1))
    beside = [k for m in marks for k in (m, m + 1, m - 1) if 0 <= k <= FARTHEST and belongs(domain, k)]
    if not beside:
        return None
    which, place = choose(d, MOVED, len(beside))
    return beside[place] if which >= MOVED - 2 else None


def _among(d: Draw, x: Vec, marks: Sequence[Vec], numbers: tuple[Fraction, ...]) -> Vec:
    """A point, now and then one of these in its place, or with one of these numbers as a coordinate."""
    if not (marks or numbers):
        return x
    kind, i, j, k = choose(d, MOVED, max(1, len(marks)), max(1, len(numbers)), len(x))
    if kind == MOVED - 1 and marks:
        return marks[i]
    if kind == MOVED - 2 and numbers:
        return Vec((*x[:k], numbers[j], *x[k + 1 :]))
    return x


def _marks(before: Iterable[Any], dim: int | None) -> list[Vec]:
    """The points of this dimension that were drawn before, also turned around, and the landmarks of what was."""
    found = (
        p
        for v in before
        for p in ((v, -v, Vec(tuple(reversed(v)))) if isinstance(v, Vec) else getattr(v, "landmarks", ()))
    )
    return [p for p in found if len(p) == dim]


def _one(d: Draw, elements: Sequence[Any]) -> Any:
    return elements[choose(d, len(elements))[0]] if elements else reject()


def belongs(domain: Domain, x: Any) -> bool:
    """Whether x is shown to be an element."""
    return domain.is_made_of(x) and domain.member(x).decide().truth is True


def such_that(
    domain: Domain, name: str, member: Callable[[Any], Claim], *, also: Callable[[], Sequence[Any]] | None = None
) -> Domain:
    """The part of a domain where `member` holds as well; elements are drawn until one is inside. With `also` every second one is among
    those that it returns: for a condition that few elements meet, such as an equation, its solutions; it is called where one is drawn.

    The cases of the larger set are counted and no longer required: the part may exclude some. Drawing gives up, with Hypothesis's
    Unsatisfied, where the part is too thin: then write a
    generator of its own instead.
    """
    member = closed(member)

    def draw(d: Draw) -> Any:
        for _ in range(9):
            x = drawn_near(d, domain, numbers_named(member)) if also is None or choose(d, 2)[0] else _one(d, also())
            if (also is None or belongs(domain, x)) and member(x).decide().truth:
                return x
        return reject()

    def parts(x: Any) -> Iterator[tuple[str, Claim]]:
        yield "in the larger set", domain.member(x)
        yield name, member(x)  # made only where the first part is not false: outside it need not make sense

    def inside(x: Any) -> Claim:
        return named(parts(x))

    def moved(d: Draw, x: Any, numbers: tuple[Fraction, ...]) -> Any:
        y = domain.moved(d, x, numbers) if domain.moved is not None else x
        return y if member(y).decide().truth else x

    cases = tuple(replace(case, required=False) for case in domain.cases)
    narrowed = (*domain.narrowed, (name, member))
    return replace(
        domain,
        name=name,
        draw=draw,
        member=inside,
        elements=None,
        cases=cases,
        moved=None if domain.types or domain.moved is None else moved,
        takes_any=False,
        narrowed=narrowed,
    )
