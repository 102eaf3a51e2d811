r"""Abstract points and values: what a body does with them is linear in inner products and values, or it is refused.

A `Point` is a combination $\sum c_i v_i$ of unknown vectors of a Hilbert space, a `Form` is
$c + \sum_i c_i F_i + \sum_{i \le j} c_{ij} \langle v_i, v_j \rangle$ with unknown values $F_i$. The coefficients are rationals, or `Ratio`s of the
parameters of a statement. A body that runs on them has said what it says of every function, every start and every dimension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NoReturn

from gmpy2 import mpq

from refute.duality.ratio import Ratio
from refute.errors import NotLinear

#: (): the constant; (i,): the i-th value; (i, j), i <= j: the inner product of two vectors.
Key = tuple[int, ...]
Coefficient = Any


def coefficient(c: Any) -> Coefficient:
    """A number of a statement as a coefficient; raises NotLinear for anything else."""
    if isinstance(c, Ratio):
        return c
    if type(c) in (int, Fraction) or type(c) is type(mpq()):
        return mpq(c)
    if isinstance(c, Form) and all(not k for k in c.terms):
        return c.terms.get((), mpq(0))
    q = getattr(c, "q", None)  # an exact real that is rational
    if type(q) is Fraction or type(q) is type(mpq()):
        return mpq(q)
    if isinstance(c, Form):
        raise NotLinear("it multiplies or divides by a value or an inner product")
    raise NotLinear(f"{type(c).__name__} is neither a rational nor linear in values and inner products")


def is_zero(c: Coefficient) -> bool:
    """Whether a coefficient is 0, for all values of the parameters."""
    return c.is_zero if isinstance(c, Ratio) else c == 0


def _refused(what: str) -> Any:
    def refuse(*_: object) -> NoReturn:
        raise NotLinear(what)

    return refuse


@dataclass(frozen=True, eq=False)
class Form:
    """A number that is linear in values and inner products."""

    terms: Mapping[Key, Coefficient]

    @staticmethod
    def of(c: Any) -> Form:
        """A number of a statement as a form."""
        if isinstance(c, Form):
            return c
        q = coefficient(c)
        return Form({} if is_zero(q) else {(): q})

    def __add__(self, other: Any) -> Form:
        return combination((mpq(1), self.terms), (mpq(1), Form.of(other).terms))

    __radd__ = __add__

    def __neg__(self) -> Form:
        return combination((mpq(-1), self.terms))

    def __sub__(self, other: Any) -> Form:
        return combination((mpq(1), self.terms), (mpq(-1), Form.of(other).terms))

    def __rsub__(self, other: Any) -> Form:
        return Form.of(other) - self

    def __mul__(self, other: Any) -> Form:
        if isinstance(other, Form) and all(not k for k in self.terms):
            return combination((self.terms.get((), mpq(0)), other.terms))
        return combination((coefficient(other), self.terms))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Form:
        return combination((1 / coefficient(other), self.terms))

    def __rtruediv__(self, other: Any) -> Form:
        return Form.of(coefficient(other) / coefficient(self))

    def __pow__(self, n: int) -> Form:
        if n == 1:
            return self
        return Form.of(coefficient(self) ** n)

    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __bool__ = __abs__ = _refused(
        "it branches on a value or an inner product"
    )
    __float__ = __int__ = __hash__ = _refused("it takes the float of a value or an inner product")

    def at(self, values: Mapping[str, Fraction]) -> Form:
        """The form for these values of the parameters."""
        return combination(
            (mpq(1), {k: mpq(c.at(dict(values))) if isinstance(c, Ratio) else c for k, c in self.terms.items()})
        )


def combination(*parts: tuple[Coefficient, Mapping[Key, Coefficient]]) -> Form:
    """The sum of multiples of forms."""
    found: dict[Key, Coefficient] = {}
    for c, terms in parts:
        for k, a in terms.items():
            found[k] = found[k] + c * a if k in found else c * a
    return Form({k: a for k, a in found.items() if not is_zero(a)})


@dataclass(frozen=True, eq=False)
class Point:
    """A combination of unknown vectors, by their numbers."""

    terms: Mapping[int, Coefficient]

    def __add__(self, other: Any) -> Point:
        return _added(self, other, mpq(1))

    def __sub__(self, other: Any) -> Point:
        return _added(self, other, mpq(-1))

    def __neg__(self) -> Point:
        return Point({i: -a for i, a in self.terms.items()})

    def __mul__(self, c: Any) -> Point:
        q = coefficient(c)
        return Point({} if is_zero(q) else {i: q * a for i, a in self.terms.items()})

    __rmul__ = __mul__

    def __truediv__(self, c: Any) -> Point:
        return self.__mul__(1 / coefficient(c))

    def inner_product(self, other: Any) -> Form:
        """<x, y>, as `dot` asks for it."""
        if not isinstance(other, Point):
            raise NotLinear(f"the inner product of an abstract point and a {type(other).__name__}")
        found: dict[Key, Coefficient] = {}
        for i, a in self.terms.items():
            for j, b in other.terms.items():
                k = (min(i, j), max(i, j))
                found[k] = found[k] + a * b if k in found else a * b
        return Form({k: c for k, c in found.items() if not is_zero(c)})

    def same(self, other: Point) -> bool:
        """Whether both are the same combination."""
        return not (self - other).terms

    __eq__ = __ne__ = __bool__ = _refused("it branches on a point")
    __len__ = __iter__ = __getitem__ = __hash__ = _refused("it asks for the coordinates of a point")


def _added(x: Point, y: Any, sign: Coefficient) -> Point:
    if not isinstance(y, Point):
        raise NotLinear(f"a sum of an abstract point and a {type(y).__name__}")
    found = dict(x.terms)
    for i, a in y.terms.items():
        found[i] = found[i] + sign * a if i in found else sign * a
    return Point({i: a for i, a in found.items() if not is_zero(a)})


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


def _was_there(x: Point, new: set[tuple[int, ...]]) -> bool:
    """Whether a point is made of what was there before, with coefficients that are the same at each step."""
    same = not any(isinstance(c, Ratio) and (c.involves("k") or c.involves("q^k")) for c in x.terms.values())
    return same and new.isdisjoint(unknowns_in(x))


@dataclass
class Space:
    """The unknown vectors and values of one statement, and the abstract members of classes that speak of them."""

    vectors: list[Unknown] = field(default_factory=list)
    values: list[Unknown] = field(default_factory=list)
    members: list[Any] = field(default_factory=list)
    #: While domains are made, a function may say what generators ask; a body that asked would see no particular function.
    drawing: bool = True
    #: Of inductions: what has to be shown of each step, without what follows from it; and what follows.
    steps: list[tuple[str, Form]] = field(default_factory=list)
    induced: list[tuple[str, Form]] = field(default_factory=list)
    counters: list[Ratio] = field(default_factory=list)
    #: While the step of an induction runs.
    stepping: bool = False
    #: The unknowns of what no statement carries out, one step from an arbitrary state and potentials, vectors as (1, i), values as (2, i): what they satisfy is of use
    #: for the step alone. Before the first step there is none, and a member need not have an answer where nobody asks it.
    of_step: set[tuple[int, ...]] = field(default_factory=set)
    #: Which answers are such ones: the name of the member, and what the answer is called.
    unasked: set[tuple[str, str]] = field(default_factory=set)
    #: Answers that a step rests on, where the statement does not ask for them: those that the step asks for, and those of a potential that are known to exist. One at the
    #: state after a step exists where the step asks at the same point of the state before it, and the statement at the last one: of it the number of this point.
    stepped: dict[tuple[str, str], int | None] = field(default_factory=dict)
    #: The points of the state after N steps.
    last: tuple[Any, ...] = ()
    #: While such a thing runs.
    apart: bool = False
    #: Of alternatives: each of them is false by at least an unknown number.
    missed: list[tuple[str, Form]] = field(default_factory=list)
    #: What a hypothesis says of a member: a point, and a vector that is a subgradient there.
    supposed: list[tuple[Point, Point]] = field(default_factory=list)

    #: What has to be above 0 for the statement to have a value: the number, the sentence where it is not, and whether it is of the step of an induction.
    positive: list[tuple[Any, str, bool]] = field(default_factory=list)

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
            if row[0] == "*" or (m.everywhere and _was_there(row[1], new)):
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
        """While the potential of a step runs. What it asks a member for need not have an answer, but where every member answers everywhere, or at the states."""
        rows = [len(m.data()[2]) for m in self.members]
        yield
        for m, n in zip(self.members, rows, strict=True):
            name, _, every = m.data()
            for row in every[n:]:
                at = next((i for i, x in enumerate(after) if x.same(row[1])), None)
                if m.everywhere or row[0] == "*":
                    self.stepped[name, row[0]] = None
                elif at is not None and any(r[1].same(before[at]) for r in every[:n]):
                    self.stepped[name, row[0]] = at

    def is_made(self, m: Any, label: str) -> bool:
        """Whether a step may rest on an answer."""
        name, _, rows = m.data()
        if (name, label) not in self.unasked:
            return True  # the statement asks for it itself
        if (name, label) not in self.stepped:
            return False
        at = self.stepped[name, label]
        return at is None or any(row[1].same(self.last[at]) and (name, row[0]) not in self.unasked for row in rows)

    def is_asked(self, name: str, row: tuple[Any, ...]) -> None:
        """Note that a statement asks itself for an answer of a member that was asked elsewhere before."""
        if not self.apart and (name, row[0]) in self.unasked:
            self.unasked.discard((name, row[0]))
            self.of_step -= {i for part in row[1:] for i in unknowns_in(part)}

    def snapshot(self) -> Callable[[], None]:
        """What brings the space and its members back to where they are now."""
        kept: tuple[list[Any], ...] = (
            self.vectors, self.values, self.members, self.steps, self.induced, self.positive,
        )  # fmt: skip
        lists = [(held, len(held)) for held in kept]
        members = [m.snapshot() for m in self.members]

        def restore() -> None:
            for held, n in lists:
                del held[n:]
            for back in members:
                back()

        return restore

    def point(self, name: str, size: Any = Fraction(1)) -> Point:
        """A new unknown point."""
        self.vectors.append(Unknown(self._unused(name), size, position=True))
        return Point({len(self.vectors) - 1: mpq(1)})

    def _unused(self, name: str) -> str:
        while any(v.name == name for v in self.vectors):
            name += "'"
        return name

    def direction(self, name: str, size: Any = Fraction(1)) -> Point:
        """A new unknown vector that does not depend on the origin, such as a gradient."""
        self.vectors.append(Unknown(name, size))
        return Point({len(self.vectors) - 1: mpq(1)})

    def value(self, name: str, size: Any = Fraction(1)) -> Form:
        """A new unknown value."""
        self.values.append(Unknown(name, size))
        return Form({(len(self.values) - 1,): mpq(1)})

    def conditions(self) -> Iterator[tuple[str, Form]]:
        """What the classes ask of the unknowns: each form is at least 0."""
        for m in self.members:
            yield from m.conditions()
