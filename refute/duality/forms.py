r"""Abstract points and values: what a body does with them is linear in inner products and values, or it is refused.

A `Point` is a combination $\sum c_i v_i$ of unknown vectors of a Hilbert space, a `Form` is
$c + \sum_i c_i F_i + \sum_{i \le j} c_{ij} \langle v_i, v_j \rangle$ with unknown values $F_i$. The coefficients are rationals, or `Ratio`s of the
parameters of a statement. A body that runs on them has said what it says of every function, every start and every dimension.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from gmpy2 import mpq

from refute.duality.parameters.ratio import Ratio
from refute.errors import NotLinear
from refute.numbers.real import Real

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
    q = c.q if type(c) is Real else None
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

    def apply(self, function: str) -> Any:
        """Its root, and so a norm, as one side of an inequality (sides.py). Raises NotLinear for another function."""
        if function != "sqrt":
            raise NotLinear(f"it takes {function} of a value or an inner product")
        from refute.duality.sides import Root

        return Root(mpq(1), self)

    def larger(self, other: Any) -> Any:
        """The largest of both, as one side of an inequality (sides.py)."""
        from refute.duality.sides import Extreme

        return Extreme((self,)).larger(other)

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
