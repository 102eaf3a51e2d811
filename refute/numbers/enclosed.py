"""A real number given by a procedure: balls of any precision, and independently mpmath digits."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from refute.numbers.reflected import refuse_answer


@dataclass(frozen=True, eq=False)
class Enclosed:
    """enclose(bits) is an arb that contains the number; approximate(digits) an `Mp` without balls.

    It is equal to itself. Whether another number is the same is no question that digits answer: while a statement is decided `==`, `!=` and a truth
    value raise NotExact, and `eq`, `lt` of claims are open where no digit shows a difference.
    """

    enclose: Callable[[int], Any]
    approximate: Callable[[int], Any]

    def _with(self, other: Any, op: Callable[[Any, Any], Any]) -> Any:
        """The number that an operation makes of this one and a rational, or another of its kind; the arithmetic of a statement does the rest."""
        if not isinstance(other, (int, Fraction, Enclosed)):
            return NotImplemented
        return Enclosed(
            lambda bits: _in_balls(op, self, other, bits),
            lambda n: op(self.approximate(n), other.approximate(n) if isinstance(other, Enclosed) else other),
        )

    def __add__(self, other: Any) -> Any:
        return self._with(other, operator.add)

    def __sub__(self, other: Any) -> Any:
        return self._with(other, operator.sub)

    def __mul__(self, other: Any) -> Any:
        return self._with(other, operator.mul)

    def __truediv__(self, other: Any) -> Any:
        return self._with(other, operator.truediv)

    def __radd__(self, other: Any) -> Any:
        return self._with(other, operator.add)

    def __rmul__(self, other: Any) -> Any:
        return self._with(other, operator.mul)

    def __rsub__(self, other: Any) -> Any:
        return self._with(other, lambda a, b: b - a)

    def __rtruediv__(self, other: Any) -> Any:
        return self._with(other, lambda a, b: b / a)

    def __neg__(self) -> Any:
        return self._with(0, lambda a, b: b - a)

    def __pow__(self, n: int) -> Any:
        """For a whole number n >= 0."""
        if type(n) is not int or n < 0:
            return NotImplemented
        product: Any = self._with(0, lambda a, b: b * a + 1) if n == 0 else self
        for _ in range(n - 1):
            product = product * self
        return product

    def __eq__(self, other: object) -> bool:
        if self is not other:
            refuse_answer(_NO_EQUALITY)
        return self is other

    def __bool__(self) -> bool:
        refuse_answer(_NO_EQUALITY)
        return True

    def __hash__(self) -> int:
        refuse_answer(_NO_EQUALITY)
        return object.__hash__(self)


def _in_balls(op: Callable[[Any, Any], Any], a: Enclosed, b: Any, bits: int) -> Any:
    before = ctx.prec
    ctx.prec = bits + 16
    try:
        x = arb(a.enclose(bits))
        y = arb(b.enclose(bits)) if isinstance(b, Enclosed) else arb(fmpq(b.numerator, b.denominator))
        return op(x, y)
    finally:
        ctx.prec = before


_NO_EQUALITY = "a number that is known to any precision, such as a value of a flow or a least value, is compared by no ==, if or and: return eq(x, y), lt(x, y) or le(x, y)"
