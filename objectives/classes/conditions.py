r"""Classes by their interpolation conditions: what any two answers of a member have to satisfy, and nothing else.

A class is a few inequalities, linear in values and in inner products of points and (sub)gradients, between any two answers (x, g, f) of a member, on one answer
alone, or between an answer and the minimizer. That is all that duality needs to decide a statement for all members and dimensions, and what an
adversary needs to answer a method as badly as the class allows (see adversary.py). `sufficient` says that the conditions are also enough: that every finite table which
satisfies them belongs to a member. Where they are only necessary a table refutes nothing, and the class is drawn from members that the caller names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any

from objectives.classes.abstract import AnyDimension
from objectives.classes.adversary import Adversary
from objectives.classes.known import Answer, Known
from objectives.functions.protocol import Minimum
from refute import BadInput, Claim, Domain, Draw, Family, Vec, both, choose, is_supposed, known, le, lt
from refute.errors import NotLinear

SCALES = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(5), Fraction(1, 100))
SHARES = (Fraction(1, 2), Fraction(1, 10), Fraction(9, 10), Fraction(1, 4))
DIMENSIONS = (1, 2, 2, 3)
# The largest dimension of a space.
MOST = 1000
# How many whole numbers an adversary decides by, and how large they are.
CHOICES, KINDS = 40, 64


#: (member, answer, answer) or (member, answer) -> numbers that are at least 0. The member has the constants of the class as attributes.
Pair = Callable[[Any, Answer, Answer], Sequence[Any]]
One = Callable[[Any, Answer], Sequence[Any]]


# What members have besides their constants.
_TAKEN = frozenset(
    "dim reach grad prox minimum points gradients values names constants has_minimizer proximal operator words table conditions data concrete continuous settled starts".split()
)


@dataclass(frozen=True)
class Conditions:
    """What a class asks: see `by_conditions`."""

    name: str
    pair: Pair | None
    one: One | None
    to_minimizer: Pair | None
    constants: tuple[str, ...]
    minimizer: bool
    operator: bool
    sufficient: bool

    def of_one(self, of: Any, a: Answer) -> Sequence[Any]:
        """What is asked of an answer."""
        return self._listed("one", self.one(of, a)) if self.one else ()

    def of_two(self, of: Any, a: Answer, b: Answer) -> Sequence[Any]:
        """What is asked of two answers, in this order."""
        return self._listed("pair", self.pair(of, a, b)) if self.pair else ()

    def beside_minimizer(self, of: Any, a: Answer, star: Answer) -> Sequence[Any]:
        """What is asked of an answer beside the minimizer, where no function has a smaller value."""
        own = self._listed("to_minimizer", self.to_minimizer(of, a, star)) if self.to_minimizer else ()
        return own if self.operator else (*own, a.f - star.f)

    def _listed(self, name: str, found: Any) -> Sequence[Any]:
        if not isinstance(found, (list, tuple)):
            raise BadInput(
                f"{self.name}: {name}= returns {type(found).__name__}, not a list of numbers that are at least 0"
            )
        return found

    def asked(self, of: Any, rows: Sequence[tuple[str, Answer]], star: Answer | None) -> Iterator[tuple[str, Any]]:
        """Every condition on these answers, with what it says; each number is at least 0."""
        for label, a in rows:
            for n, c in enumerate(self.of_one(of, a)):
                yield _says(f"at {label}", n), c
            for n, c in enumerate(self.beside_minimizer(of, a, star) if star is not None else ()):
                yield _says(f"at {label} and the minimizer", n), c
            for other, b in rows if self.pair else ():
                if a is not b:
                    for n, c in enumerate(self.of_two(of, a, b)):
                        yield _says(f"at {label} and {other}", n), c


def _says(where: str, n: int) -> str:
    return f"{where}, condition {n + 1}" if n else where


def by_conditions(
    name: str,
    *,
    pair: Pair | None = None,
    one: One | None = None,
    to_minimizer: Pair | None = None,
    constants: Sequence[str] = (),
    minimizer: bool = False,
    operator: bool = False,
    sufficient: bool = True,
    drawn: Domain | None = None,
    dim: Any = None,
) -> Domain:
    """The class of the functions (or operators) whose answers satisfy these conditions.

    pair(f, a, b), one(f, a), to_minimizer(f, a, star) return numbers that are at least 0, linear in the values a.f and in inner products (`dot`, `sq`) of
    a.x, a.g. `constants` names the constants, which members have as attributes: the first is positive and scales with f, the others lie between
    0 and it. With `minimizer` members have a minimizer x_*, at which 0 is a subgradient (`grad` may choose another one there). Where the conditions are only necessary (`sufficient=False`) members are
    drawn from the domain `drawn`. `dim` is the dimension of the space: that of another function of the statement, f.dim, or any. Raises BadInput for a class without conditions, or without members to draw.
    """
    if dim is not None and not isinstance(dim, AnyDimension) and (type(dim) is not int or not 1 <= dim <= MOST):
        raise BadInput(f"by_conditions({name!r}): dim={dim!r} is no dimension: write dim=f.dim, or a whole number")
    if pair is None and one is None and to_minimizer is None:
        raise BadInput(f"by_conditions({name!r}): a class needs conditions: pair=, one= or to_minimizer=")
    if len(set(constants)) != len(tuple(constants)):
        raise BadInput(f"by_conditions({name!r}): a constant is named twice in {', '.join(map(str, constants))}")
    for k in constants:
        if not isinstance(k, str) or not k.isidentifier() or k.startswith("_") or k in _TAKEN:
            raise BadInput(f"by_conditions({name!r}): {k!r} is no name for a constant: write constants=['L', 'mu']")
    if "mu" in constants and "L" in tuple(constants)[tuple(constants).index("mu") :]:
        raise BadInput(f"by_conditions({name!r}): the first constant is the largest: write constants=['L', 'mu']")
    if to_minimizer is not None and not minimizer:
        raise BadInput(f"by_conditions({name!r}): to_minimizer= speaks of a minimizer: write minimizer=True")
    if not sufficient and drawn is None:
        raise BadInput(
            f"by_conditions({name!r}): conditions that are only necessary make no members: write drawn=, a domain of some"
        )
    c = Conditions(name, pair, one, to_minimizer, tuple(constants), minimizer, operator, sufficient)

    def draw(d: Draw) -> Any:
        size, n, *rest = choose(d, len(SCALES), len(DIMENSIONS), *(len(SHARES),) * len(c.constants[1:]))
        own: Any = DIMENSIONS[n] if dim is None else dim
        values = {
            k: SCALES[size] * (SHARES[i] if j else 1)
            for j, (k, i) in enumerate(zip(c.constants, (0, *rest), strict=False))
        }
        return Adversary(c, own, values, choose(d, *(KINDS,) * CHOICES))

    def member(f: Any) -> Claim:
        if isinstance(f, Adversary):
            return known(True, "it is decided while it is asked")
        if not isinstance(f, Known) or f.names != c.constants or (f.has_minimizer, f.operator) != (minimizer, operator):
            return known(False, f"not a table of {name}")
        claims: dict[str, Claim] = {}
        if dim is not None:
            claims["its dimension"] = known(f.dim == dim, f"a function on R^{f.dim}")
        for n, k in enumerate(c.constants):
            claims[f"{k} > 0"] = lt(0, getattr(f, k))
            if n:
                claims[f"{k} <= {c.constants[0]}"] = le(getattr(f, k), getattr(f, c.constants[0]))
        rows, star = table_of(f)
        claims |= {says: le(0, number) for says, number in c.asked(f, rows, star)}
        return both(**claims) if claims else known(True, "nothing is asked")

    every = Family(
        lambda space, label, values: _abstract(space, label, c, values),
        lambda f: {k: Fraction(getattr(f, k)) for k in c.constants} or {"": Fraction(1)},
        scale=c.constants[0] if c.constants else "",
        within=c.constants[1:],
        code=tuple(condition for condition in (pair, one, to_minimizer) if condition is not None),
    )
    if not sufficient:
        assert drawn is not None
        return Domain(name, drawn.draw, drawn.member, drawn.types, cases=drawn.cases, every=every)
    return Domain(name, draw, member, (Known, Vec), every=every)


def table_of(f: Known) -> tuple[list[tuple[str, Answer]], Answer | None]:
    """The answers of a table with labels, and that at the minimizer."""
    rows = [(str(i), Answer(*row)) for i, row in enumerate(zip(f.points, f.gradients, f.values, strict=True))]
    return rows, rows[0][1] if f.has_minimizer else None


def _moved(form: Any, vectors: int, values: int) -> Any:
    """A form in the unknowns from there on; raises NotLinear where it speaks of earlier ones, which are a statement's own."""
    terms = {}
    for key, c in form.terms.items():
        first = vectors if len(key) == 2 else values
        if any(i < first for i in key):
            raise NotLinear("a condition of a class speaks of its answers and of its constants alone")
        terms[tuple(i - first for i in key)] = c
    return type(form)(terms)


def _is_zero(c: Any) -> bool:
    return bool(getattr(c, "is_zero", c == 0))


def _abstract(space: Any, name: str, c: Conditions, values: Mapping[str, Any]) -> AbstractMember:
    # A class without constants is measured in those of another one, or in nothing.
    unit = values[c.constants[0]] if c.constants else values.get("", Fraction(1))
    f = AbstractMember(space, name, c, {k: values[k] for k in c.constants}, unit)
    space.members.append(f)
    return f


class AbstractMember:
    """A member of which only the answers are known that it gave; it has the constants of its class, and what else is asked of it is refused."""

    def __init__(self, space: Any, name: str, c: Conditions, values: Mapping[str, Any], unit: Any) -> None:
        self._space, self._name, self._c, self._values, self._unit = space, name, c, values, unit
        self._rows: list[tuple[str, Any, Any, Any]] = []
        self._proximal: list[tuple[Any, Any, int]] = []
        self._least: Minimum | None = None
        self._asking = False

    def _unlike_others(self, *_: object) -> Any:
        raise NotLinear("it compares or copies a member")

    __eq__ = __ne__ = __hash__ = __bool__ = __copy__ = __deepcopy__ = __reduce__ = _unlike_others

    def __getattr__(self, name: str) -> Any:
        values = self.__dict__.get("_values", {})
        if name in values:
            return values[name]
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotLinear(f"a member of {self._c.name} has no {name}")

    @property
    def dim(self) -> AnyDimension:
        """Any."""
        return AnyDimension()

    @property
    def reach(self) -> None:
        """What generators ask, and statements do not: any distance."""
        if not self._space.drawing:
            raise NotLinear("how far points are drawn is no property of the function")

    def _new(self, x: Any, label: str, g: Any) -> tuple[str, Any, Any, Any]:
        taken = {row[0] for row in self._rows}
        while label in taken:
            label += "'"
        self._refuse_in_a_condition()
        g = self._space.direction(f"grad {self._name}({label})", self._unit) if g is None else g
        # A function has one value at a point, however often it is asked there.
        value = next((row[3] for row in self._rows if row[1].same(x)), None)
        if value is None:
            value = self._space.value(f"{self._name}({label})", self._unit)
        row = (label, x, g, 0 * value if self._c.operator else value)
        self._rows.append(row)
        return row

    def _refuse_in_a_condition(self) -> None:
        if self._asking:
            raise NotLinear("a condition speaks of its answers alone, of the minimizer as `star`")

    def _at(self, x: Any) -> tuple[str, Any, Any, Any]:
        implicit = {i for *_, i in self._proximal}
        for i, row in enumerate(self._rows):
            if i not in implicit and row[0] != "*" and row[1].same(x):
                return row
        names = [v.name for v in self._space.vectors]
        own = [names[i] for i, k in x.terms.items() if k == 1] if len(x.terms) == 1 else []
        taken = {row[0] for row in self._rows} | set(names)
        return self._new(x, own[0] if own else next(p for k in count(1) if (p := f"p_{k}") not in taken), None)

    def __call__(self, x: Any) -> Any:
        if self._c.operator:
            return self._at(x)[2]
        self._refuse_in_a_condition()
        for row in self._rows:
            if row[1].same(x):
                return row[3]
        return self._at(x)[3]

    def grad(self, x: Any) -> Any:
        """The gradient at x, or a subgradient, always the same one."""
        return self._at(x)[2]

    def prox(self, step: Any, x: Any) -> Any:
        """The proximal point y of x: x - y is `step` times a subgradient at y (of an operator: the resolvent). For functions that are not convex such a point is one of
        many, and need not be the best."""
        for h, at, i in self._proximal:
            if at is not None and at.same(x) and _is_zero(h - step):
                return self._rows[i][1]
        label = f"prox_{len(self._proximal) + 1}"
        g = self._space.direction(f"grad {self._name}({label})", self._unit)
        y = x - step * g
        self._new(y, label, g)
        self._proximal.append((step, x, len(self._rows) - 1))
        return y

    def has_subgradient(self, x: Any, s: Any) -> Claim:
        """The claim that s is a subgradient at x (of an operator: an element of A x), as a hypothesis: it is known to be one. Of a conclusion it is refused."""
        if not is_supposed():
            raise NotLinear("whether a vector is a subgradient is a hypothesis, and no conclusion, here")
        if not any(row[1].same(x) and row[2].same(s) for row in self._rows):
            self._proximal.append((None, None, len(self._rows)))
            self._new(x, f"given_{len(self._proximal)}", s)
            self._space.supposed.append((x, s))
        return known(True)

    @property
    def minimum(self) -> Minimum:
        """The minimum; a class without minimizers has none."""
        self._refuse_in_a_condition()
        if not self._c.minimizer:
            raise NotLinear("a member of this class need not have a minimizer")
        if self._least is None:
            x = self._space.point(f"{self._name}*")
            self._least = Minimum(self._new(x, "*", 0 * x)[3], x)
        return self._least

    def conditions(self) -> Iterator[tuple[str, Any]]:
        """What the class asks of the answers, each form at least 0."""
        star = None
        if self._c.minimizer:
            assert self.minimum
            star = next(Answer(*row[1:]) for row in self._rows if row[0] == "*")
        rows = [(row[0], Answer(*row[1:])) for row in self._rows]
        self.templates()
        self._asking = True
        try:
            found = list(self._c.asked(self, rows, star))
        finally:
            self._asking = False
        for says, form in found:
            yield f"{self._name} {says}", form

    def snapshot(self) -> Callable[[], None]:
        """What brings it back to what it has been asked so far."""
        rows, proximal, least = len(self._rows), len(self._proximal), self._least

        def restore() -> None:
            del self._rows[rows:], self._proximal[proximal:]
            self._least = least

        return restore

    #: Its gradients may jump: what it asks for one value of a parameter says nothing of the values close to it.
    continuous = False

    def data(self) -> tuple[str, Any, list[tuple[str, Any, Any, Any]]]:
        """Its name, nothing of curvatures, and its answers."""
        return self._name, None, self._rows

    def templates(self) -> dict[str, tuple[Any, ...]]:
        """What the class asks of any answer ("one"), of any two ("pair"), and of one and the minimizer ("to_minimizer"), as forms in the vectors
        a.x, a.g, b.x, b.g and the values a.f, b.f: for checkers that cannot run its code."""
        space, n = type(self._space)(), len(self._space.vectors)
        values = len(self._space.values)
        for _ in range(n):  # the numbers of the statement's own unknowns are taken
            space.direction("another")
        for _ in range(values):
            space.value("another")
        a, b = (
            Answer(space.point(f"{k}.x"), space.direction(f"{k}.g", self._unit), space.value(f"{k}.f", self._unit))
            for k in "ab"
        )
        c, zero = self._c, 0 * a.f
        self._asking = True
        try:
            beside = c.beside_minimizer(self, a, b) if c.minimizer else ()
            asked = {"one": c.of_one(self, a), "pair": c.of_two(self, a, b), "to_minimizer": beside}
        finally:
            self._asking = False
        return {kind: tuple(_moved(zero + form, n, values) for form in forms) for kind, forms in asked.items()}

    def concrete(self, vector: Callable[[Any], Vec], value: Callable[[Any], Fraction]) -> Iterator[Known]:
        """The table of these answers, the minimizer first; none where the conditions are only necessary."""
        order = sorted(range(len(self._rows)), key=lambda i: self._rows[i][0] != "*")
        rows = [self._rows[i] for i in order]
        steps = {i: (h, x) for h, x, i in self._proximal}
        if not rows or not self._c.sufficient:
            return
        try:
            table = Known(
                tuple(vector(x) for _, x, _, _ in rows),
                tuple(vector(g) for _, _, g, _ in rows),
                tuple(value(f) for *_, f in rows),
                self._c.constants,
                tuple(Fraction(self._values[k]) for k in self._c.constants),
                self._c.minimizer,
                tuple(i in steps or self._rows[i][0] == "*" for i in order),
                self._c.operator,
            )
        except BadInput:  # rounded to one point, with two values
            return
        yield table
