r"""All functions with mu <= f'' <= L at once, by their interpolation conditions: what a statement about them is decided on by duality.

An abstract function is asked at abstract points. Each answer is an unknown gradient and an unknown value, and of any two
answers the class asks `excess` >= 0 (Taylor, Hendrickx, Glineur 2017, Theorem 4), which is also enough: data that satisfy the conditions are those
of a function of the class, in any dimension. So is what is asked of a minimizer. Of the minimum of functions that are not convex the condition
$f(x) - \min f \ge |\nabla f(x)|^2 / (2 L)$ is used, which is necessary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any, NoReturn

from objectives.classes.interpolation import Tabulated, excess, extreme_values
from objectives.functions.protocol import Minimum
from refute import Family, Vec, sq
from refute.errors import NotLinear


class AnyDimension:
    """A dimension that nobody may ask for."""

    def _refuse(self, *_: object) -> NoReturn:
        raise NotLinear("it asks for the dimension")

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __bool__ = __index__ = __int__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __pow__ = _refuse

    def __str__(self) -> str:
        return "d"  # in the names of domains


@dataclass(frozen=True)
class _Class:
    """low <= f'' <= L, and what is asked of a minimizer; `has_mu` where low is the constant mu of the class."""

    low: Any
    L: Any
    minimizer: str
    has_mu: bool
    convex: bool


def is_zero(c: Any) -> bool:
    """Whether a coefficient is 0, for all values of the parameters."""
    return bool(c.is_zero if hasattr(c, "is_zero") else c == 0)


#: What was asked: a label, the point, the gradient, the value.
Row = tuple[str, Any, Any, Any]


class Abstract:
    """A member of a class, of which only the points are known that it is asked at. What it does not share with every member, a body is refused."""

    #: Whether each member has an answer at every point.
    everywhere = False
    #: What a proof speaks of beside it.
    parts: tuple[Any, ...] = ()
    #: Of an adjoint, the name of the map.
    adjoint_of = ""
    #: Whether 0 is a point like no other, as it is to linear operators.
    knows_zero = False

    @property
    def suffices(self) -> bool:
        """Whether answers that satisfy the conditions are those of a member."""
        return False

    def __init__(self, space: Any, name: str) -> None:
        self._space, self._name = space, name
        self._rows: list[Row] = []
        self._least: Any = None

    def _unlike_others(self, *_: object) -> NoReturn:
        raise NotLinear("it compares or copies a member of a class")

    __eq__ = __ne__ = __hash__ = __bool__ = __copy__ = __deepcopy__ = __reduce__ = _unlike_others

    @property
    def dim(self) -> AnyDimension:
        """Any."""
        return AnyDimension()

    @property
    def reach(self) -> None:
        """What generators ask, and statements do not: any distance."""
        if not self._space.drawing:
            raise NotLinear("how far points are drawn is no property of the function")

    @contextmanager
    def answering(self, which: Callable[[str], bool]) -> Iterator[None]:
        """With no other answers than some, by what they are called."""
        rows = self._rows
        self._rows = [row for row in rows if which(row[0])]
        try:
            yield
        finally:
            self._rows = rows

    def _label(self, x: Any) -> str:
        """How an answer at x is called: as the point, if it has a name."""
        names = [v.name for v in self._space.vectors]
        own = [names[i] for i, c in x.terms.items() if is_zero(c - 1)] if len(x.terms) == 1 else []
        taken = {*names, *(label for label, *_ in self._rows)}
        return own[0] if own else next(p for k in count(1) if (p := f"p_{k}") not in taken)


class AbstractFunction(Abstract):
    """A function of a class between two curvatures."""

    everywhere = True

    def __init__(self, space: Any, name: str, of: _Class) -> None:
        super().__init__(space, name)
        self._of = of

    @property
    def L(self) -> Any:
        """The Lipschitz constant of the gradient."""
        return self._of.L

    def _at(self, x: Any) -> Row:
        for row in self._rows:
            if row[1].same(x):
                self._space.is_asked(self._name, row)
                return row
        return self._new(x, self._label(x), None)

    def _new(self, x: Any, label: str, g: Any) -> Row:
        g = self._space.direction(f"grad {self._name}({label})", self._of.L) if g is None else g
        row = (label, x, g, self._space.value(f"{self._name}({label})", self._of.L))
        self._rows.append(row)
        return row

    def __call__(self, x: Any) -> Any:
        return self._at(x)[3]

    def grad(self, x: Any) -> Any:
        """The gradient at x."""
        return self._at(x)[2]

    @property
    def mu(self) -> Any:
        """The constant of strong convexity; a function of another class may have a larger one than the class says."""
        if not self._of.has_mu:
            raise NotLinear("the class does not say what mu is")
        return self._of.low

    @property
    def minimum(self) -> Any:
        """The minimum, where the class has one; its point only where the class knows it."""
        if self._of.minimizer == "any":
            raise NotLinear("a function of this class need not have a minimum")
        if self._least is None:
            if self._of.minimizer == "known" or self._of.convex:
                x = self._space.point(f"{self._name}*")
                value = self._new(x, "*", 0 * x)[3]
                self._least = Minimum(value, x) if self._of.minimizer == "known" else Least(value)
            else:
                self._least = Least(self._space.value(f"min {self._name}", self._of.L))
        return self._least

    def conditions(self) -> Iterator[tuple[str, Any]]:
        """What the class asks of the answers, each form at least 0."""
        if self._of.minimizer != "any" and self._of.convex:
            assert self.minimum  # one of the points, also where nobody asked for it
        for a in self._rows:
            for b in self._rows:
                if a is not b:
                    yield (
                        f"{self._name} at {a[0]} above its model at {b[0]}",
                        excess(self._of.low, self._of.L, a[1:], b[1:]),
                    )
        if self._least is not None and not self._of.convex:
            for a in self._rows:
                yield (
                    f"{self._name} at {a[0]} above its minimum",
                    a[3] - self._least.value - sq(a[2]) / (2 * self._of.L),
                )

    @property
    def suffices(self) -> bool:
        """Whether answers that satisfy the conditions are those of a member: of the minimum of functions that are not convex they say too little."""
        return self._least is None or self._of.convex

    def snapshot(self) -> Callable[[], None]:
        """What brings it back to what it has been asked so far."""
        rows, least = len(self._rows), self._least

        def restore() -> None:
            del self._rows[rows:]
            self._least = least

        return restore

    def data(self) -> tuple[str, Any, list[Row]]:
        """Its name, low, and where it was asked: a name, the point, the gradient, the value; for proofs that stand by themselves."""
        return self._name, self._of.low, self._rows

    def concrete(self, vector: Callable[[Any], Vec], value: Callable[[Any], Fraction]) -> Iterator[Tabulated]:
        """Functions of the class with these points and gradients: with the largest and the least values, in turn with each of them fixed, and
        with those that are given. None where what is known of the minimum is only necessary."""
        if not self.suffices:
            return
        yield from tables(self._rows, vector, value, Fraction(self._of.low), Fraction(self._of.L))


def tables(
    answers: Sequence[Row], vector: Callable[[Any], Vec], value: Callable[[Any], Fraction], low: Fraction, L: Fraction
) -> Iterator[Tabulated]:
    """Functions with low <= f'' <= L that have these points and gradients: with the largest and the least values, in turn with each of them fixed, and
    with those that are given; none where two gradients at a point differ, or nothing was asked."""
    if not answers:
        return
    rows: dict[Vec, tuple[Vec, Fraction]] = {}
    for _, x, g, f in answers:
        if rows.setdefault(vector(x), (vector(g), value(f)))[0] != vector(g):
            return
    xs, gs = tuple(rows), tuple(g for g, _ in rows.values())
    for fs in (*extreme_values(xs, gs, low, L), tuple(f for _, f in rows.values())):
        yield Tabulated(xs, gs, fs, low, L, "curvature")


@dataclass(frozen=True, eq=False)
class Least:
    """The minimum of a function whose minimizer is not spoken of."""

    value: Any

    def _unlike_others(self, *_: object) -> NoReturn:
        raise NotLinear("it compares a minimum")

    __eq__ = __ne__ = __hash__ = __bool__ = _unlike_others

    @property
    def at(self) -> Any:
        """Not spoken of."""
        raise NotLinear("no minimizer of a function of this class is known")


def between_curvatures(ratio: Fraction | None, minimizer: str) -> Family:
    """The functions with ratio L <= f'' <= L (-1: L-smooth, 0: convex), or with mu <= f'' <= L where ratio is None."""

    def member(space: Any, name: str, constants: Mapping[str, Any]) -> AbstractFunction:
        L = constants["L"]
        low = constants["mu"] if ratio is None else ratio * L
        f = AbstractFunction(space, name, _Class(low, L, minimizer, ratio is None, ratio is None or ratio >= 0))
        space.members.append(f)
        return f

    def constants(f: Any) -> dict[str, Fraction]:
        return {"L": Fraction(f.L), "mu": Fraction(f.mu)} if ratio is None else {"L": Fraction(f.L)}

    return Family(member, constants, scale="L", within=("mu",) if ratio is None else ())
