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
from refute.real import Real, as_fraction
from refute.reflected import Reflected

# A context of our own: a user's mpmath.mp.dps and ours do not meet.
CONTEXT = mpmath.MPContext()
# The error estimates are of first order; a difference must exceed them by this factor.
SAFETY = 1000


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


def _sigmoid(t: Any) -> Any:
    return 1 / (1 + CONTEXT.exp(-t))


def _one(t: Any) -> Any:
    return CONTEXT.one


# Each function with a bound of its derivative at t, for the running error.
FUNCTIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "exp": (CONTEXT.exp, CONTEXT.exp),
    "log": (CONTEXT.log, lambda t: 1 / abs(t)),
    "cos": (CONTEXT.cos, _one),
    "sin": (CONTEXT.sin, _one),
    "tanh": (CONTEXT.tanh, _one),
    "sqrt": (CONTEXT.sqrt, lambda t: 1 / CONTEXT.sqrt(t) if t else CONTEXT.inf),
    "softplus": (_softplus, _one),
    # Long runs of logistic regression need the slope itself, which is far below 1/4.
    "sigmoid": (_sigmoid, lambda t: _sigmoid(t) * _sigmoid(-t)),
    "log_cosh": (
        lambda t: abs(t) + CONTEXT.log1p(CONTEXT.exp(-2 * abs(t))) - CONTEXT.log(CONTEXT.mpf(2)),
        _one,
    ),
}


class Mp(Reflected):
    """A number of mpmath with a running estimate of its rounding error, closed to floats and strangers.

    `m` is the value, `e` the estimated absolute error (first order, a few units of the last digit
    for each operation): what is within the errors of two numbers is no difference between them.
    """

    __slots__ = ("e", "m")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, m: Any, e: Any = None) -> None:
        self.m = m
        # Four units of the last place, on top of what the operands brought.
        self.e = (CONTEXT.zero if e is None else e) + abs(m) * CONTEXT.eps * 4

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
        if kind is Real:
            return _evaluated(value)
        if hasattr(value, "approximate"):
            return value.approximate(CONTEXT.dps)  # type: ignore[no-any-return]
        raise NotExact(f"{value!r} ({kind.__name__}) is not exact data")

    def __add__(self, other: Any) -> Mp:
        o = Mp.of(other)
        return Mp(self.m + o.m, self.e + o.e)

    def __sub__(self, other: Any) -> Mp:
        o = Mp.of(other)
        return Mp(self.m - o.m, self.e + o.e)

    def __mul__(self, other: Any) -> Mp:
        if hasattr(other, "entries"):
            return NotImplemented  # a vector multiplies itself by a number
        o = Mp.of(other)
        return Mp(self.m * o.m, self.e * (abs(o.m) + o.e) + o.e * abs(self.m))

    def __truediv__(self, other: Any) -> Mp:
        o = Mp.of(other)
        q = self.m / o.m
        return Mp(q, (self.e + abs(q) * o.e) / abs(o.m))

    def __neg__(self) -> Mp:
        return Mp(-self.m, self.e)

    def __abs__(self) -> Mp:
        return Mp(abs(self.m), self.e)

    def __pow__(self, n: int) -> Mp:
        if type(n) is not int:
            raise NotExact(f"the exponent {n!r} is not an integer")
        result = Mp(CONTEXT.one)
        for _ in range(abs(n)):
            result = result * self
        return result if n >= 0 else 1 / result

    def __lt__(self, other: Any) -> bool:
        return bool(self.m < Mp.of(other).m)

    def __le__(self, other: Any) -> bool:
        return bool(self.m <= Mp.of(other).m)

    def __gt__(self, other: Any) -> bool:
        return bool(self.m > Mp.of(other).m)

    def __ge__(self, other: Any) -> bool:
        return bool(self.m >= Mp.of(other).m)

    def __eq__(self, other: object) -> bool:
        # Equal within the errors: a body that asks whether a sum is 0 takes the branch of the exact one.
        return not sign_apart(self, Mp.of(other))

    def __ne__(self, other: object) -> bool:
        return bool(sign_apart(self, Mp.of(other)))

    def __bool__(self) -> bool:
        return self != 0

    def __float__(self) -> float:
        return float(self.m)

    def __repr__(self) -> str:
        return f"Mp({self.text()})"

    def text(self, n: int = 50) -> str:
        """The number to n significant digits, as people see it."""
        return str(CONTEXT.nstr(self.m, n, strip_zeros=True))

    def apply(self, name: str) -> Mp:
        """The function called `name` at this number; a root of what may be 0 is 0, give or take."""
        if name == "sqrt" and abs(self.m) <= self.e * SAFETY:
            return Mp(CONTEXT.zero, CONTEXT.sqrt(abs(self.m) + self.e))
        if name in ("sqrt", "log") and self.m < 0:
            return Mp(CONTEXT.nan)
        function, slope = FUNCTIONS[name]
        return Mp(function(self.m), self.e * slope(self.m) if self.e else None)

    def larger(self, other: Any) -> Mp:
        """max(self, other)."""
        o = Mp.of(other)
        return Mp(max(self.m, o.m), max(self.e, o.e))

    def piece(self, knots: Sequence[Any]) -> int:
        """The number of knots strictly below this number."""
        return sum(1 for t in knots if self > t)


def _evaluated(x: Real) -> Mp:
    """The expression, evaluated afresh: nothing of its balls is used."""
    if x.q is not None:
        return Mp.of(as_fraction(x))
    if x.op == "enclosed":
        return Mp.of(x.args[0])
    a, *rest = [_evaluated(arg) for arg in x.args]
    if x.op in FUNCTIONS:
        return a.apply(x.op)
    if x.op == "abs":
        return abs(a)
    return a + rest[0] if x.op == "add" else a * rest[0] if x.op == "mul" else a / rest[0]


def sign_apart(lhs: Mp, rhs: Mp) -> int | None:
    """The sign of rhs - lhs, or None where the difference is within the rounding errors.

    Two numbers that agree in every digit count as equal; `second_opinion` asks with more digits
    before it believes that against an exact decision.
    """
    gap = rhs.m - lhs.m
    if gap == 0:
        return 0
    if not CONTEXT.isfinite(gap) or abs(gap) <= (lhs.e + rhs.e) * SAFETY:
        return None
    return 1 if gap > 0 else -1
