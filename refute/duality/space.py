"""The unknowns of one statement, the members of classes that speak of them, and which of their answers the statement, a step or a potential asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from gmpy2 import mpq

from refute.duality.forms import Form, Point
from refute.duality.linear import factored
from refute.duality.parameters.ratio import Ratio, parameters
from refute.errors import NotLinear


def unknowns_in(part: Form | Point) -> Iterator[tuple[int, ...]]:
    """The unknowns in a part: vectors as (1, i), values as (2, i)."""
    if isinstance(part, Point):
        yield from ((1, i) for i in part.terms)
        return
    for key in part.terms:
        yield from [(2, *key)] if len(key) == 1 else [(1, i) for i in key]


@dataclass(frozen=True)
class Unknown:
    """An unknown vector or value: its name, the unit in which it is measured (a rational, or the scale of its class), whether it moves when the origin does."""

    name: str
    size: Any
    position: bool = False

    @property
    def degree(self) -> int:
        """The power of L that its unit is."""
        return self.size.degree("L") if isinstance(self.size, Ratio) else 0


def _was_there(x: Point, new: set[tuple[int, ...]]) -> bool:
    """Whether a point is made of what was there before, with coefficients that are the same at each step."""
    same = not any(isinstance(c, Ratio) and (c.involves("k") or c.involves("q^k")) for c in x.terms.values())
    return same and new.isdisjoint(unknowns_in(x))


def _is_proximal(row: tuple[Any, ...]) -> bool:
    """Whether the point of an answer depends on the answer: -x has no proximal point for a step of 1, though it answers everywhere."""
    _, x, g, _ = row
    return not set(unknowns_in(g)).isdisjoint(unknowns_in(x))


@dataclass
class Space:
    """The unknown vectors and values of one statement, and the abstract members of classes that speak of them."""

    #: The unit of points, and those of vectors that are measured in another one, such as directions in that of gradients: they do not move with the origin.
    length: Any = Fraction(1)
    directions: Mapping[str, Any] = field(default_factory=dict)
    vectors: list[Unknown] = field(default_factory=list)
    values: list[Unknown] = field(default_factory=list)
    members: list[Any] = field(default_factory=list)
    #: While domains are made, a function may say what generators ask; a body that asked would see no particular function.
    drawing: bool = True
    #: Of inductions: what has to be shown of each step, without what follows from it; and what follows.
    steps: list[tuple[str, Form]] = field(default_factory=list)
    induced: list[tuple[str, Form]] = field(default_factory=list)
    counters: list[Ratio] = field(default_factory=list)
    #: What a number that depends on the number of steps is made of.
    of_end: tuple[str, ...] = ("t", "q^t")
    #: While the step of an induction runs.
    stepping: bool = False
    #: The unknowns of what no statement carries out, one step from an arbitrary state and potentials, vectors as (1, i), values as (2, i): what they satisfy is of use
    #: for the step alone. Before the first step there is none, and a member need not have an answer where nobody asks it.
    of_step: set[tuple[int, ...]] = field(default_factory=set)
    #: Which answers are such ones: the name of the member, and what the answer is called.
    unasked: set[tuple[str, str]] = field(default_factory=set)
    #: Answers that a step rests on, where the statement does not ask for them: those that the step asks for, and those of a potential that are known to exist. One at the
    #: state after a step exists where the step asks at the same point of the state before it, and the statement at the last one: of it the numbers of the induction and of this point.
    stepped: dict[tuple[str, str], tuple[int, int] | None] = field(default_factory=dict)
    #: The points of the state after N steps, of each induction.
    last: list[tuple[Any, ...]] = field(default_factory=list)
    #: Of members among whose answers the states of an induction stay, by name: what an answer is called of which no more is known than that it is one.
    beside: dict[str, str] = field(default_factory=dict)
    #: What is to be shown of the first states of inductions.
    begins: list[tuple[str, Form]] = field(default_factory=list)
    #: What an arbitrary state is supposed to be an answer of, which is of use for a step alone; and the last one, which is of no use for a step. The name of the member, and
    #: what the answer is called.
    at_some: set[tuple[str, str]] = field(default_factory=set)
    at_last: set[tuple[str, str]] = field(default_factory=set)
    #: While such a thing runs.
    apart: bool = False
    #: Of alternatives: each of them is false by at least an unknown number.
    missed: list[tuple[str, Form]] = field(default_factory=list)
    #: What a hypothesis says of a member: a point, and a vector that is a subgradient there.
    supposed: list[tuple[Point, Point]] = field(default_factory=list)

    #: What has to be above 0 for the statement to have a value: the number, the sentence where it is not, and whether it is of the step of an induction.
    positive: list[tuple[Any, str, bool]] = field(default_factory=list)

    #: What has to be at least 0 for the conditions of a class to be those of one.
    at_least_0: list[Any] = field(default_factory=list)

    def is_at_least_0(self, form: Form, says: str) -> None:
        """Note that the conditions of a class say something where this form is at least 0 alone: a sum of squares, and a constant. Raises NotLinear where it is not seen to be one."""
        constant = form.terms.get((), 0)
        if isinstance(constant, Ratio):
            self.at_least_0.append(constant)
        elif constant < 0:
            raise NotLinear(f"{says}, not {constant}")
        keys = [key for key in form.terms if key]
        order = sorted({i for key in keys for i in key})
        if any(len(key) < 2 or isinstance(form.terms[key], Ratio) for key in keys):
            raise NotLinear(f"{says}, which is not seen")
        entry = {key: form.terms[key] / (1 if key[0] == key[1] else 2) for key in keys}
        if factored([[mpq(entry.get((min(i, j), max(i, j)), 0)) for j in order] for i in order]) is None:
            raise NotLinear(f"{says}, and it is not")

    def is_positive(self, number: Any, says: str) -> None:
        """Note that the statement has a value where this number is above 0 alone. Raises NotLinear where it is not."""
        if isinstance(number, Ratio):
            self.positive.append((number, says, self.stepping))
        elif not number > 0:
            raise NotLinear(f"{says}, not {number}")

    @contextmanager
    def carrying_nothing_out(self) -> Iterator[None]:
        """While a step, or a potential, runs that no statement carries out: what is asked there first is of use for a step alone, but where every member
        has an answer: at points that a class answers `everywhere`, and at a minimizer."""
        vectors, values = len(self.vectors), len(self.values)
        rows = [len(m.data()[2]) for m in self.members]
        self.apart = True
        try:
            yield
        finally:
            self.apart = False
        new: set[tuple[int, ...]] = {(1, i) for i in range(vectors, len(self.vectors))} | {
            (2, i) for i in range(values, len(self.values))
        }
        asked = [(m, row) for m, n in zip(self.members, rows, strict=True) for row in m.data()[2][n:]]
        new -= {i for _, row in asked if row[0] == "*" for part in row[1:] for i in unknowns_in(part)}
        for m, row in asked:
            there = m.everywhere and _was_there(row[1], new) and (m.data()[0], row[0]) not in self.at_some
            if row[0] == "*" or there:
                new -= {i for part in row[2:] for i in unknowns_in(part)}
            else:
                self.unasked.add((m.data()[0], row[0]))
        self.of_step |= new

    @contextmanager
    def of_step_itself(self) -> Iterator[None]:
        """While a step runs: what it asks a member for has an answer."""
        rows = [len(m.data()[2]) for m in self.members]
        yield
        for m, n in zip(self.members, rows, strict=True):
            self.stepped |= {(m.data()[0], row[0]): None for row in m.data()[2][n:]}

    @contextmanager
    def of_potential(self, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[None]:
        """While the potential of a step runs. What it asks a member for need not have an answer, but where every member answers everywhere (proximal points are another matter), or at
        the states."""
        rows = [len(m.data()[2]) for m in self.members]
        yield
        for m, n in zip(self.members, rows, strict=True):
            name, _, every = m.data()
            for row in every[n:]:
                at = next((i for i, x in enumerate(after) if x.same(row[1])), None)
                if (m.everywhere and not _is_proximal(row)) or row[0] == "*":
                    self.stepped[name, row[0]] = None
                elif at is not None and any(r[1].same(before[at]) for r in every[:n]):
                    self.stepped[name, row[0]] = (len(self.last), at)

    def is_made(self, m: Any, label: str) -> bool:
        """Whether a step may rest on an answer."""
        name, _, rows = m.data()
        if (name, label) not in self.unasked:
            return True  # the statement asks for it itself
        if (name, label) not in self.stepped:
            return False
        where = self.stepped[name, label]
        if where is None:
            return True
        induction, at = where
        last = self.last[induction][at]
        return any(row[1].same(last) and (name, row[0]) not in self.unasked for row in rows)

    def is_asked(self, name: str, row: tuple[Any, ...]) -> None:
        """Note that a statement asks itself for an answer of a member that was asked elsewhere before."""
        if not self.apart and (name, row[0]) in self.unasked:
            self.unasked.discard((name, row[0]))
            self.of_step -= {i for part in row[1:] for i in unknowns_in(part)}

    def snapshot(self) -> Callable[[], None]:
        """What brings the space and its members back to where they are now."""
        kept: tuple[list[Any], ...] = (
            self.vectors, self.values, self.members, self.steps, self.induced, self.positive, self.supposed,
        )  # fmt: skip
        lists = [(held, len(held)) for held in kept]
        members = [m.snapshot() for m in self.members]

        def restore() -> None:
            for held, n in lists:
                del held[n:]
            for back in members:
                back()

        return restore

    def point(self, name: str) -> Point:
        """A new unknown point."""
        if name in self.directions:
            return self.direction(name, self.directions[name])
        self.vectors.append(Unknown(self._unused(name, self.vectors), self.length, position=True))
        return Point({len(self.vectors) - 1: mpq(1)})

    def _unused(self, name: str, taken: list[Unknown]) -> str:
        while any(v.name == name for v in taken):
            name += "'"
        return name

    def direction(self, name: str, size: Any = Fraction(1)) -> Point:
        """A new unknown vector that does not depend on the origin, such as a gradient."""
        self.vectors.append(Unknown(name, size))
        return Point({len(self.vectors) - 1: mpq(1)})

    def like(self, x: Point, name: str) -> Point:
        """A new unknown vector of the kind of another one."""
        kinds = [self.vectors[i] for i in x.terms]
        if not kinds or any(v.position for v in kinds):
            return self.point(name)
        return self.direction(name, kinds[0].size)

    def parts(self, x: Point) -> Iterator[tuple[Any, Point, bool]]:
        """Of x = sum c_i v_i the vectors in their units, u_i = v_i/size_i, each with its coefficient c_i size_i, and whether it moves with the origin."""
        for i, c in x.terms.items():
            v = self.vectors[i]
            yield c * v.size, Point({i: mpq(1)}) / v.size, v.position

    def unit(self, x: Point) -> Any:
        """The power of the scale L that a point is measured in."""
        c = next((c for c, _, _ in self.parts(x)), None)
        return parameters()[1] ** c.degree("L") if isinstance(c, Ratio) else Fraction(1)

    def value(self, name: str, size: Any = Fraction(1)) -> Form:
        """A new unknown value."""
        self.values.append(Unknown(self._unused(name, self.values), size))
        return Form({(len(self.values) - 1,): mpq(1)})

    def conditions(self) -> Iterator[tuple[str, Form]]:
        """What the classes ask of the unknowns: each form is at least 0."""
        for m in self.members:
            yield from m.conditions()


def degree_of(form: Form, space: Space) -> int | None:
    """The power of L in a form; None where it is decided for numbers."""
    for key, c in form.terms.items():
        kinds = space.values if len(key) == 1 else space.vectors
        measured = any(isinstance(kinds[i].size, Ratio) for i in key)
        if isinstance(c, Ratio) or measured:
            return sum(kinds[i].degree for i in key) + (c.degree("L") if isinstance(c, Ratio) else 0)
    return None
