"""The second opinion: numbers of mpmath, in a context of refute's own, with no ball of Arb's.

Only mpmath's floating point is used. Its interval arithmetic (`mpmath.iv`) returns intervals that
exclude the true value (exp, non-integer powers: mpmath issue 1181) and never certifies anything here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import mpmath

from refute.errors import NotExact

# A context of our own: a user's mpmath.mp.dps and ours do not meet.
CONTEXT = mpmath.MPContext()
GUARD = 12


@contextmanager
def digits(n: int) -> Iterator[None]:
    """Compute with n significant decimal digits."""
    before = CONTEXT.dps
    CONTEXT.dps = n
    try:
        yield
    finally:
        CONTEXT.dps = before


def _softplus(t: Any) -> Any:
    return max(t, CONTEXT.zero) + CONTEXT.log1p(CONTEXT.exp(-abs(t)))


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": CONTEXT.exp,
    "log": CONTEXT.log,
    "cos": CONTEXT.cos,
    "sin": CONTEXT.sin,
    "tanh": CONTEXT.tanh,
    "sqrt": CONTEXT.sqrt,
    "softplus": _softplus,
    "sigmoid": lambda t: 1 / (1 + CONTEXT.exp(-t)),
    "log_cosh": lambda t: abs(t) + CONTEXT.log1p(CONTEXT.exp(-2 * abs(t))) - CONTEXT.log(CONTEXT.mpf(2)),
}


class Mp:
    """A number of mpmath at the digits in force, closed to floats and strangers."""

    __slots__ = ("m",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, m: Any) -> None:
        self.m = m

    @staticmethod
    def of(value: Any) -> Mp:
        """Lift exact data; raises NotExact for anything else."""
        kind = type(value)
        if kind is Mp:
            return value  # type: ignore[no-any-return]
        if kind is int:
            return Mp(CONTEXT.mpf(value))
        if kind is Fraction:
            return Mp(CONTEXT.mpf(value.numerator) / value.denominator)
        if hasattr(value, "approximate"):
            return value.approximate(CONTEXT.dps)  # type: ignore[no-any-return]
        raise NotExact(f"{value!r} ({kind.__name__}) is not exact data")

    def __add__(self, other: Any) -> Mp:
        return Mp(self.m + Mp.of(other).m)

    def __sub__(self, other: Any) -> Mp:
        return Mp(self.m - Mp.of(other).m)

    def __mul__(self, other: Any) -> Mp:
        if hasattr(other, "entries"):
            return NotImplemented  # a vector multiplies itself by a number
        return Mp(self.m * Mp.of(other).m)

    def __truediv__(self, other: Any) -> Mp:
        return Mp(self.m / Mp.of(other).m)

    def __neg__(self) -> Mp:
        return Mp(-self.m)

    def __abs__(self) -> Mp:
        return Mp(abs(self.m))

    def __radd__(self, other: Any) -> Mp:
        return Mp.of(other) + self

    def __rsub__(self, other: Any) -> Mp:
        return Mp.of(other) - self

    def __rmul__(self, other: Any) -> Mp:
        return Mp.of(other) * self

    def __rtruediv__(self, other: Any) -> Mp:
        return Mp.of(other) / self

    def __pow__(self, n: int) -> Mp:
        if type(n) is not int:
            raise NotExact(f"the exponent {n!r} is not an integer")
        return Mp(self.m**n)

    def __lt__(self, other: Any) -> bool:
        return bool(self.m < Mp.of(other).m)

    def __le__(self, other: Any) -> bool:
        return bool(self.m <= Mp.of(other).m)

    def __gt__(self, other: Any) -> bool:
        return bool(self.m > Mp.of(other).m)

    def __ge__(self, other: Any) -> bool:
        return bool(self.m >= Mp.of(other).m)

    def __eq__(self, other: object) -> bool:
        return bool(self.m == Mp.of(other).m)

    def __ne__(self, other: object) -> bool:
        return bool(self.m != Mp.of(other).m)

    def __bool__(self) -> bool:
        return bool(self.m)

    def __float__(self) -> float:
        return float(self.m)

    def __repr__(self) -> str:
        return f"Mp({self.text()})"

    def text(self, n: int = 20) -> str:
        """The number to n significant digits, as people see it."""
        return str(CONTEXT.nstr(self.m, n, strip_zeros=True))

    def apply(self, name: str) -> Mp:
        """The function called `name` at this number."""
        return Mp(FUNCTIONS[name](self.m))

    def larger(self, other: Any) -> Mp:
        """max(self, other)."""
        return Mp(max(self.m, Mp.of(other).m))

    def piece(self, knots: Sequence[Any]) -> int:
        """The number of knots strictly below this number."""
        return sum(1 for t in knots if self > t)


def sign_apart(lhs: Mp, rhs: Mp) -> int | None:
    """The sign of rhs - lhs, or None where the difference is within the noise of the digits.

    Two numbers that agree in every digit count as equal; `second_opinion` asks with more digits
    before it believes that against an exact decision.
    """
    gap = rhs.m - lhs.m
    if gap == 0:
        return 0
    noise = max(abs(lhs.m), abs(rhs.m)) * CONTEXT.mpf(10) ** (GUARD - CONTEXT.dps)
    if not CONTEXT.isfinite(gap) or abs(gap) <= noise:
        return None
    return 1 if gap > 0 else -1
