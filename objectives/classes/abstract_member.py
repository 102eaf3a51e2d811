"""All members of a class by its conditions at once: their answers are unknowns, of which no more is known than the conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from objectives.classes.abstract import Abstract, Row, is_zero
from objectives.classes.conditions import Conditions
from objectives.classes.given import is_parameter
from objectives.classes.known import Answer, Known
from objectives.functions.protocol import Minimum
from refute import BadInput, Claim, Supposition, Vec, is_supposed, known
from refute.errors import NotLinear


def _moved(form: Any, vectors: int, values: int) -> Any:
    """A form in the unknowns from there on; raises NotLinear where it speaks of earlier ones, which are a statement's own."""
    terms = {}
    for key, c in form.terms.items():
        first = vectors if len(key) == 2 else values
        if any(i < first for i in key):
            raise NotLinear("a condition of a class speaks of its answers and of its constants alone")
        terms[tuple(i - first for i in key)] = c
    return type(form)(terms)


def _is_multiple(form: Any, of: Any) -> bool:
    """Whether a form is one times a positive rational. What divides by a parameter would count as a part of the statement."""
    for key, c in of.terms.items():
        own = form.terms.get(key, 0)
        share = 1 if is_parameter(own) or is_parameter(c) else own / c
        return share > 0 and not (form - share * of).terms
    return False


class AbstractMember(Abstract):
    """A member of which only the answers are known that it gave; it has the constants of its class, and what else is asked of it is refused."""

    #: As of a function of no particular starts: R^dim.
    starts = None
    landmarks = ()

    def __init__(self, space: Any, name: str, c: Conditions, values: Mapping[str, Any], unit: Any) -> None:
        super().__init__(space, name)
        self._c, self._values, self._unit = c, values, unit
        self.knows_zero = c.linear and c.operator
        self.everywhere = c.everywhere
        self._proximal: list[tuple[Any, Any, int]] = []
        self._asking = False

    @classmethod
    def of(cls, space: Any, name: str, c: Conditions, values: Mapping[str, Any]) -> AbstractMember:
        """A new one in the space. A class without constants is measured in those of another one, or in nothing."""
        unit = values[c.constants[0]] if c.constants else values.get("", Fraction(1))
        f = cls(space, name, c, {k: values[k] for k in c.constants}, unit)
        space.members.append(f)
        return f

    def __getattr__(self, name: str) -> Any:
        values = self.__dict__.get("_values", {})
        if name in values:
            return values[name]
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotLinear(f"a member of {self._c.name} has no {name}")

    def _new(self, x: Any, label: str, g: Any) -> Row:
        taken = {row[0] for row in self._rows}
        while label in taken:
            label += "'"
        self._refuse_in_a_condition()
        g = self._space.direction(f"grad {self._name}({label})", self._unit) if g is None else g
        # A function has one value at a point, however often it is asked there.
        value = next((row[3] for row in self._rows if row[1].same(x)), None)
        if value is None:
            value = self._space.value(f"{self._name}({label})", self._unit * self._space.length)
        row = (label, x, g, 0 * value if self._c.operator else value)
        self._rows.append(row)
        return row

    def _refuse_in_a_condition(self) -> None:
        if self._asking:
            raise NotLinear("a condition speaks of its answers alone, of the minimizer as `star`")

    def _at(self, x: Any) -> Row:
        # Which of several subgradients is chosen there nobody knows; a linear operator has one answer.
        of_others = set() if self._c.linear else {i for *_, i in self._proximal}
        for i, row in enumerate(self._rows):
            if i not in of_others and (self._c.linear or row[0] != "*") and row[1].same(x):
                self._space.is_asked(self._name, row)
                return row
        g = self._by_linearity(x) if self._c.linear else None
        return self._new(x, self._label(x), g)

    def _by_linearity(self, x: Any) -> Any:
        """A(sum c_i v_i) = sum c_i A v_i, the gradient of a function being A(x - x_*); None at one unknown vector alone. Each is asked about in its unit, so that
        all answers have that of the class."""
        star = None if self._c.operator else self.minimum.at
        parts = list(self._space.parts(x))
        if star is None:
            others = [(c, v) for c, v, _ in parts]
        elif is_zero(sum(c for c, _, moves in parts if moves) - 1):
            others = [(c, v if moves else star + v) for c, v, moves in parts if not v.same(star)]
        else:
            raise NotLinear(f"the gradient of {self._name} at a point that depends on the origin")
        if len(others) == 1 and is_zero(others[0][0] - 1):
            return None
        return sum((c * self._at(v)[2] for c, v in others), 0 * x)

    def __call__(self, x: Any) -> Any:
        if self._c.operator:
            return self.grad(x)
        self._refuse_in_a_condition()
        for row in self._rows:
            if row[1].same(x):
                self._space.is_asked(self._name, row)
                return row[3]
        return self._at(x)[3]

    def grad(self, x: Any) -> Any:
        """The gradient at x, or a subgradient, always the same one."""
        if not (self._c.linear and self._c.operator):
            return self._at(x)[2]
        # A x = s A(x/s): each answer is one at a point without a unit, since what the class asks of x - A x would have no unit.
        unit = self._space.unit(x)
        return unit * self._at(x / unit)[2]

    def prox(self, step: Any, x: Any) -> Any:
        """The proximal point y of x: x - y is `step` times a subgradient at y (of an operator: the resolvent). Of a class of functions that are not convex the step has to be below
        1/rho; if the class does not say what rho is, y is one of many such points, and need not be the best."""
        for h, at, i in self._proximal:
            if at is not None and at.same(x) and is_zero(h - step):
                self._space.is_asked(self._name, self._rows[i])
                return self._rows[i][1]
        self._space.is_positive(step, "a proximal point needs a step above 0")
        share = self._c.below_1(self, step)
        if share is not None:
            self._space.is_positive(
                1 - share, "a proximal point of a function that is not convex needs a step below 1/rho"
            )
        label = f"prox_{len(self._proximal) + 1}"
        if self._c.linear:
            y = self._space.direction(label) if self._c.operator else self._space.point(label)
            self._new(y, label, (x - y) / step)
            self._proximal.append((step, x, len(self._rows) - 1))
            return y
        g = self._space.direction(f"grad {self._name}({label})", self._unit)
        y = x - step * g
        self._new(y, label, g)
        self._proximal.append((step, x, len(self._rows) - 1))
        return y

    def has_subgradient(self, x: Any, s: Any) -> Claim:
        """The claim that s is a subgradient at x (of an operator: an element of A x), as a hypothesis: it is known to be one. Of a conclusion it is refused."""
        if not is_supposed():
            raise NotLinear("whether a vector is a subgradient is a hypothesis, and no conclusion, here")
        return Supposition(lambda: self._suppose(x, s))

    def _suppose(self, x: Any, s: Any) -> Claim:
        if self._c.linear:
            raise NotLinear("a linear operator has one value at a point, which a hypothesis says with eq")
        if not any(row[1].same(x) and row[2].same(s) for row in self._rows):
            self._proximal.append((None, None, len(self._rows)))
            # At 0 it is the answer that has a name.
            self._new(x, f"given_{len(self._proximal)}" if x.terms else self._label(s), s)
            self._space.supposed.append((x, s))
        return known(True)

    def any_answer(self) -> str:
        """What an answer is called of which no more is known than that it is one, as of those that the statement asked for."""
        if not self._rows or not self._c.operator or self._c.linear or self._c.minimizer:
            raise NotLinear("the states of an induction stay within a set, or another operator, that was asked before")
        return self._new(self._space.like(self._rows[0][1], "any"), "any", None)[0]

    @property
    def minimum(self) -> Minimum:
        """The minimum; a class without minimizers has none."""
        self._refuse_in_a_condition()
        if not self._c.minimizer:
            raise NotLinear("a member of this class need not have a minimizer")
        if self._least is None:
            x = self._space.point(f"{self._name}*")
            self._least = Minimum(self._new(x, "*", 0 * x)[3], x)
        least: Minimum = self._least
        return least

    def conditions(self) -> Iterator[tuple[str, Any]]:
        """What the class asks of the answers, each form at least 0."""
        star = None
        if self._c.minimizer:
            assert self.minimum is not None
            star = next(Answer(*row[1:]) for row in self._rows if row[0] == "*")
        rows = [(row[0], Answer(*row[1:])) for row in self._rows]
        self.templates()
        self._asking = True
        try:
            found = list(self._c.asked(self, rows, star))
        finally:
            self._asking = False
        asked: list[Any] = []
        for says, form in found:
            # A condition on two answers that is the same in both orders is asked once.
            terms = getattr(form, "terms", None)
            if terms is None or not any(terms.keys() == f.terms.keys() and not (form - f).terms for f in asked):
                asked += [] if terms is None else [form]
                yield f"{self._name} {says}", form

    def snapshot(self) -> Callable[[], None]:
        """What brings it back to what it has been asked so far."""
        rows, proximal, least = len(self._rows), len(self._proximal), self._least

        def restore() -> None:
            del self._rows[rows:], self._proximal[proximal:]
            self._least = least

        return restore

    @property
    def suffices(self) -> bool:
        """Whether answers that satisfy the conditions are those of a member."""
        return self._c.sufficient

    @property
    def linear(self) -> bool:
        """Whether its answers are linear in x, or in x - x_*."""
        return self._c.linear

    #: Its gradients may jump: what it asks for one value of a parameter says nothing of the values close to it.
    continuous = False

    def data(self) -> tuple[str, Any, list[Row]]:
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
            twice = c.of_two(self, a, a)
        finally:
            self._asking = False
        found = {kind: tuple(_moved(zero + form, n, values) for form in forms) for kind, forms in asked.items()}
        self._hold_of_one_answer([_moved(zero + form, n, values) for form in twice], found["one"])
        return found

    def _hold_of_one_answer(self, twice: Sequence[Any], of_one: Sequence[Any]) -> None:
        """Two points may be one: what is asked of two answers holds where they are the same, or is asked of one answer, too. Raises NotLinear where that is not seen."""
        says = f"what {self._c.name} ask of two answers is at least 0 where they are the same"
        for form in twice:
            if not any(_is_multiple(form, one) for one in of_one):
                self._space.is_at_least_0(form, says)

    def concrete(self, vector: Callable[[Any], Vec], value: Callable[[Any], Fraction]) -> Iterator[Known]:
        """The table of these answers, the minimizer first; none where the conditions are only necessary."""
        order = sorted(range(len(self._rows)), key=lambda i: self._rows[i][0] != "*")
        rows = [self._rows[i] for i in order]
        steps = {i: (h, x) for h, x, i in self._proximal}
        if not rows or not self.suffices:
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
