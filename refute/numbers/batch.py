"""Whole batches of float64 candidates: they steer the search and never convict or acquit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refute.errors import CannotBatch, not_an_exponent, not_exact
from refute.numbers.real import Real
from refute.numbers.reflected import Reflected, has_derivatives, lifts_numbers
from refute.work import WORK

Array = NDArray[np.float64]

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": np.exp,
    "log": np.log,
    "cos": np.cos,
    "sin": np.sin,
    "tanh": np.tanh,
    "sqrt": np.sqrt,
    "softplus": lambda t: np.logaddexp(0.0, t),
    "sigmoid": lambda t: 0.5 * (1.0 + np.tanh(0.5 * t)),
    "log_cosh": lambda t: np.abs(t) + np.log1p(np.exp(-2.0 * np.abs(t))) - np.log(2.0),
}


class Mask:
    """The answers of the candidates of a batch to a comparison: they have no single truth value."""

    __slots__ = ("yes",)

    def __init__(self, yes: Any) -> None:
        self.yes = yes

    def __bool__(self) -> bool:
        raise CannotBatch("a batch has no single answer to a comparison")

    def choose(self, yes: Any, no: Any) -> Batch:
        """Entries of `yes` where the answer is yes, else of `no`."""
        return Batch(np.where(self.yes, Batch.of(yes).f, Batch.of(no).f))


class Batch(Reflected):
    """One float64 per candidate, or a single one for all; a Fraction beside it becomes a float once."""

    __slots__ = ("f",)
    __hash__ = None  # type: ignore[assignment]
    __array_ufunc__ = None

    def __init__(self, f: Any) -> None:
        WORK.ticks += 1
        self.f = f

    @staticmethod
    def of(value: Any) -> Batch:
        """Lift exact data; raises NotExact for anything else."""
        kind = type(value)
        if kind is Batch:
            return value  # type: ignore[no-any-return]
        if kind is int or kind is Fraction:
            return Batch(to_float(value))
        if kind is Real:
            return Batch(value.rounded())
        if hasattr(value, "enclose"):
            return Batch(float(value.enclose(64).mid()))
        raise not_exact(value)

    def __add__(self, other: Any) -> Batch:
        if type(other) is not Batch and lifts_numbers(other):
            return NotImplemented
        o = other if type(other) is Batch else Batch.of(other)
        # A zero of the data (an absent slope, a centre at 0) costs no pass over the candidates.
        return self if type(o.f) is float and not o.f else Batch(self.f + o.f)

    def __sub__(self, other: Any) -> Batch:
        if type(other) is not Batch and lifts_numbers(other):
            return NotImplemented
        o = other if type(other) is Batch else Batch.of(other)
        return self if type(o.f) is float and not o.f else Batch(self.f - o.f)

    def __mul__(self, other: Any) -> Batch:
        if type(other) is Batch:
            return Batch(self.f * other.f)
        if lifts_numbers(other):
            return NotImplemented
        return Batch(self.f * Batch.of(other).f)

    def __truediv__(self, other: Any) -> Batch:
        if type(other) is not Batch and lifts_numbers(other):
            return NotImplemented
        return Batch(np.divide(self.f, Batch.of(other).f))

    def __neg__(self) -> Batch:
        return Batch(-self.f)

    def __abs__(self) -> Batch:
        return Batch(np.abs(self.f))

    def __pow__(self, n: int) -> Batch:
        if type(n) is not int:
            raise not_an_exponent(n)
        return Batch(self.f**n)

    def _compared(self, other: Any, how: Callable[[Any, Any], Any]) -> Any:
        """An answer for one number, a mask for many."""
        if has_derivatives(other):
            return NotImplemented
        answers = how(self.f, Batch.of(other).f)
        return bool(answers) if np.ndim(answers) == 0 else Mask(answers)

    def __lt__(self, other: Any) -> Any:
        return self._compared(other, np.less)

    def __le__(self, other: Any) -> Any:
        return self._compared(other, np.less_equal)

    def __gt__(self, other: Any) -> Any:
        return self._compared(other, np.greater)

    def __ge__(self, other: Any) -> Any:
        return self._compared(other, np.greater_equal)

    def __eq__(self, other: object) -> Any:
        return self._compared(other, np.equal)

    def __ne__(self, other: object) -> Any:
        return self._compared(other, np.not_equal)

    def below(self, other: Any) -> Mask:
        """Which candidates are less."""
        return Mask(np.less(self.f, Batch.of(other).f))

    def __bool__(self) -> bool:
        return bool(self != 0)

    def __repr__(self) -> str:
        return f"Batch({self.f!r})"

    def apply(self, name: str) -> Batch:
        """The function called `name`, elementwise."""
        return Batch(FUNCTIONS[name](self.f))

    def larger(self, other: Any) -> Batch:
        """The elementwise maximum."""
        return Batch(np.maximum(self.f, Batch.of(other).f))

    def piece(self, knots: Sequence[Any]) -> int:
        """The number of knots strictly below a single float."""
        return sum(1 for t in knots if self > t)

    def choose(self, knots: Sequence[Any], table: Sequence[Sequence[Any]]) -> tuple[Batch, ...]:
        """The columns of `table` in the row of each candidate's piece."""
        at = np.searchsorted(np.array([Batch.of(t).f for t in knots]), self.f)
        rows = np.array([[Batch.of(v).f for v in row] for row in table])[at]
        return tuple(Batch(rows[..., j]) for j in range(rows.shape[-1]))


def to_float(q: int | Fraction) -> float:
    """The nearest double, infinite where the number is too large for one."""
    try:
        return float(q)
    except OverflowError:
        return float("inf") if q > 0 else float("-inf")
