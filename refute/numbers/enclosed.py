"""A real number given by a procedure: balls of any precision, and independently mpmath digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from refute.numbers.reflected import refuse_answer


@dataclass(frozen=True, eq=False)
class Enclosed:
    """enclose(bits) is an arb that contains the number; approximate(digits) an `Mp` without balls.

    It is equal to itself. Whether another number is the same is no question that digits answer: while a statement is decided `==`, `!=` and a truth
    value raise NotExact, and `eq`, `lt` of claims are open where no digit shows a difference.
    """

    enclose: Callable[[int], Any]
    approximate: Callable[[int], Any]

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


_NO_EQUALITY = "a number that is known to any precision, such as a value of a flow or a least value, is compared by no ==, if or and: return eq(x, y), lt(x, y) or le(x, y)"
