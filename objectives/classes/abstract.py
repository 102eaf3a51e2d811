r"""All functions with mu <= f'' <= L at once, by their interpolation conditions: what a statement about them is decided on by duality.

An abstract function is asked at abstract points. Each answer is an unknown gradient and an unknown value, and of any two
answers the class asks `excess` >= 0 (Taylor, Hendrickx, Glineur 2017, Theorem 4), which is also enough: data that satisfy the conditions are those
of a function of the class, in any dimension. So is what is asked of a minimizer. Of the minimum of functions that are not convex the condition
$f(x) - \min f \ge |\nabla f(x)|^2 / (2 L)$ is used, which is necessary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
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
        return "d"


@dataclass(frozen=True, eq=False)
class AbstractFunction:
    """A function with low <= f'' <= L, of which only the points are known that it is asked at; `mu` is there where the class has this constant."""

    space: Any
    name: str
    low: Any
    L: Any
    minimizer: str
    size: Any
    has_mu: bool
    convex: bool
    rows: list[tuple[str, Any, Any, Any]] = field(default_factory=list)
    least: list[Any] = field(default_factory=list)

    @property
    def dim(self) -> AnyDimension:
        """Any."""
        return AnyDimension()

    @property
    def reach(self) -> None:
        """What generators ask, and statements do not: any distance."""
        if not self.space.drawing:
            raise NotLinear("how far points are drawn is no property of the function")

    def _at(self, x: Any) -> tuple[str, Any, Any, Any]:
        for row in self.rows:
            if row[1].same(x):
                return row
        names = [v.name for v in self.space.vectors]
        own = [names[i] for i, c in x.terms.items() if c == 1] if len(x.terms) == 1 else []
        return self._new(x, own[0] if own else f"p_{sum(r[0].startswith('p_') for r in self.rows) + 1}", None)

    def _new(self, x: Any, label: str, g: Any) -> tuple[str, Any, Any, Any]:
        g = self.space.direction(f"grad {self.name}({label})", self.size) if g is None else g
        row = (label, x, g, self.space.value(f"{self.name}({label})", self.size))
        self.rows.append(row)
        return row

    def __call__(self, x: Any) -> Any:
        return self._at(x)[3]

    def grad(self, x: Any) -> Any:
        """The gradient at x."""
        return self._at(x)[2]

    @property
    def mu(self) -> Any:
        """The constant of strong convexity; a function of another class may have a larger one than the class says."""
        if not self.has_mu:
            raise NotLinear("the class does not say what mu is")
        return self.low

    @property
    def minimum(self) -> Any:
        """The minimum, where the class has one; its point only where the class knows it."""
        if self.minimizer == "any":
            raise NotLinear("a function of this class need not have a minimum")
        if not self.least:
            if self.minimizer == "known" or self.convex:
                x = self.space.point(f"{self.name}*")
                value = self._new(x, "*", 0 * x)[3]
                self.least.append(Minimum(value, x) if self.minimizer == "known" else Least(value))
            else:
                self.least.append(Least(self.space.value(f"min {self.name}", self.size)))
        return self.least[0]

    def conditions(self) -> Iterator[tuple[str, Any]]:
        """What the class asks of the answers, each form at least 0."""
        if self.minimizer != "any" and self.convex:
            assert self.minimum  # one of the points, also where nobody asked for it
        for a in self.rows:
            for b in self.rows:
                if a is not b:
                    yield f"{self.name} at {a[0]} above its model at {b[0]}", excess(self.low, self.L, a[1:], b[1:])
        for m in self.least:
            if not self.convex:
                for a in self.rows:
                    yield f"{self.name} at {a[0]} above its minimum", a[3] - m.value - sq(a[2]) / (2 * self.L)

    def concrete(self, vector: Callable[[Any], Vec], value: Callable[[Any], Fraction]) -> Iterator[Tabulated]:
        """Functions of the class with these points and gradients: with the largest and the least values, in turn with each of them fixed, and
        with those that are given. None where what is known of the minimum is only necessary."""
        if self.least and not self.convex:
            return
        rows: dict[Vec, tuple[Vec, Fraction]] = {}
        for _, x, g, f in self.rows:
            if rows.setdefault(vector(x), (vector(g), value(f)))[0] != vector(g):
                return
        xs, gs = tuple(rows), tuple(g for g, _ in rows.values())
        low, L = Fraction(self.low), Fraction(self.L)
        for fs in (*extreme_values(xs, gs, low, L), tuple(f for _, f in rows.values())):
            yield Tabulated(xs, gs, fs, low, L, "curvature")


@dataclass(frozen=True, eq=False)
class Least:
    """The minimum of a function whose minimizer is not spoken of."""

    value: Any

    @property
    def at(self) -> Any:
        """Not spoken of."""
        raise NotLinear("no minimizer of a function of this class is known")


def between_curvatures(ratio: Fraction | None, minimizer: str) -> Family:
    """The functions with ratio L <= f'' <= L (-1: L-smooth, 0: convex), or with mu <= f'' <= L where ratio is None."""

    def member(space: Any, name: str, constants: Mapping[str, Any]) -> AbstractFunction:
        L = constants["L"]
        low = constants["mu"] if ratio is None else ratio * L
        f = AbstractFunction(space, name, low, L, minimizer, L, ratio is None, ratio is None or ratio >= 0)
        space.members.append(f)
        return f

    def constants(f: Any) -> dict[str, Fraction]:
        return {"L": Fraction(f.L), "mu": Fraction(f.mu)} if ratio is None else {"L": Fraction(f.L)}

    return Family(member, constants, scale="L", within=("mu",) if ratio is None else ())
