"""Norms, and the largest or least of several numbers, as sides of an inequality: what it says is one of forms, or several, or one of several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from refute.duality.forms import Coefficient, Form, coefficient
from refute.duality.parameters.ratio import AT_LEAST_0, Ratio
from refute.errors import NotLinear
from refute.statements.claims import Claim, Every, Relation, Some


def _refuse(what: str) -> Callable[..., NoReturn]:
    def refuse(*_: object) -> NoReturn:
        raise NotLinear(what)

    return refuse


def _at_least_0(c: Coefficient) -> None:
    """Note that the statement is as it was read where this number is at least 0 alone. Raises NotLinear where it is not."""
    known = AT_LEAST_0.get()
    if isinstance(c, Ratio) and known is not None:
        known.append(c)
    elif isinstance(c, Ratio) or not c >= 0:
        raise NotLinear(f"a norm, or the largest of several numbers, times {c}, which is not known to be at least 0")


@dataclass(frozen=True, eq=False)
class Root:
    """A multiple of the root of a form, such as a norm."""

    factor: Coefficient
    form: Form

    def __mul__(self, c: Any) -> Root:
        return replace(self, factor=self.factor * coefficient(c))

    __rmul__ = __mul__

    def __truediv__(self, c: Any) -> Root:
        return replace(self, factor=self.factor / coefficient(c))

    def __pow__(self, n: int) -> Form:
        if type(n) is not int or n != 2:
            raise NotLinear("it takes a power of a norm that is no square")
        squared: Form = self.form * self.factor**2
        return squared

    def squared(self) -> Form:
        """Its square, where it is at least 0."""
        _at_least_0(self.factor)
        return self**2

    __add__ = __radd__ = __sub__ = __rsub__ = _refuse(
        "it adds a norm to another number: a norm is read as one side of an inequality, times a number"
    )
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __bool__ = __abs__ = _refuse("it branches on a norm")
    __float__ = __int__ = __hash__ = apply = larger = _refuse("it takes a function of a norm")


@dataclass(frozen=True, eq=False)
class Extreme:
    """The largest of several forms, or the least."""

    forms: tuple[Form, ...]
    largest: bool = True

    def larger(self, other: Any) -> Extreme:
        """The largest of these and another one."""
        if not self.largest:
            raise NotLinear("it takes the largest of least numbers")
        return Extreme((*self.forms, Form.of(other)))

    def __neg__(self) -> Extreme:
        return Extreme(tuple(-f for f in self.forms), not self.largest)

    def __add__(self, other: Any) -> Extreme:
        return replace(self, forms=tuple(f + other for f in self.forms))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Extreme:
        return self.__add__(-Form.of(other))

    def __rsub__(self, other: Any) -> Extreme:
        return self.__neg__().__add__(other)

    def __mul__(self, c: Any) -> Extreme:
        _at_least_0(coefficient(c))
        return replace(self, forms=tuple(f * c for f in self.forms))

    __rmul__ = __mul__

    def __truediv__(self, c: Any) -> Extreme:
        return self.__mul__(1 / coefficient(c))

    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __bool__ = __abs__ = _refuse(
        "it branches on the largest of several values"
    )
    __float__ = __int__ = __hash__ = __pow__ = apply = _refuse("it takes a function of the largest of several values")


def of_forms(claim: Relation) -> Claim:
    """An inequality whose sides are forms, or such ones put together; raises NotLinear where a norm meets a value."""
    lhs, rhs = claim.lhs, claim.rhs
    if isinstance(lhs, Root) or isinstance(rhs, Root):
        return replace(claim, lhs=_squared(lhs), rhs=_squared(rhs))
    if not (isinstance(lhs, Extreme) or isinstance(rhs, Extreme)):
        return claim
    if claim.op not in ("<=", "<") or (isinstance(lhs, Extreme) and isinstance(rhs, Extreme)):
        raise NotLinear(
            "the largest or least of several values is one side of an inequality, and the other one is linear"
        )
    side: Any = lhs if isinstance(lhs, Extreme) else rhs
    each = tuple(
        (f"number {i}", replace(claim, lhs=f, written=None) if side is lhs else replace(claim, rhs=f, written=None))
        for i, f in enumerate(side.forms, 1)
    )
    return Every(each) if side.largest == (side is lhs) else Some(each)


def _squared(side: Any) -> Form:
    if isinstance(side, Root):
        return side.squared()
    c = coefficient(side) if not isinstance(side, Form) or all(not k for k in side.terms) else None
    if c is None:
        raise NotLinear("a norm is compared with a value or an inner product: write sq(x) and square both sides")
    _at_least_0(c)
    return Form.of(c * c)
