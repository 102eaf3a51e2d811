"""The second opinion: numbers of mpmath, in a context of refute's own, with no ball of Arb's.

Only mpmath's floating point is used. Its interval arithmetic (`mpmath.iv`) returns intervals that
exclude the true value (exp, non-integer powers: mpmath issue 1181) and never certifies anything here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from math import exp, isfinite, ldexp
from typing import Any

import mpmath
from mpmath import libmp

from refute.errors import Undecided, not_an_exponent, not_exact
from refute.numbers.real import Real, as_fraction, simplest_between, times
from refute.numbers.reflected import Reflected, has_derivatives, lifts_numbers
from refute.work import WORK

# A context of our own: a user's mpmath.mp.dps and ours do not meet.
CONTEXT = mpmath.MPContext()
# Beyond this size no exponential or trigonometric function is asked for.
LARGEST = 1e9
# Errors of so many units: of second order products of them count, too.
LOST = 2.0**32
# The error estimates are of first order; a difference must exceed them by this factor.
SAFETY = 1000


class _Running:
    """The precision in bits, the scale of errors (units of 2^-scale, at most 2^1000 above the last place) and the error of one rounding
    in these units; read at every operation, so that they are looked up and not computed."""

    def __init__(self) -> None:
        self.read()

    def read(self) -> None:
        """From mpmath's context."""
        self.prec: int = CONTEXT.prec
        self.scale = self.prec if self.prec <= FINEST else self.prec - FINEST
        self.last = 8.0 if self.prec <= FINEST else 8.0 * 2.0**-FINEST


# A float holds 2^-1022 to 2^1023: the units of high precisions are coarser than their last place by 2^FINEST.
FINEST = 1000
_RUNNING = _Running()


def follow_precision() -> None:
    """Compute with the precision that mpmath's context has now: its own solvers change it on the way."""
    _RUNNING.read()


def running_digits() -> int:
    """How many decimal digits mpmath computes with just now."""
    return int(CONTEXT.dps)


@contextmanager
def digits(n: int) -> Iterator[None]:
    """Compute with n significant decimal digits."""
    before = CONTEXT.dps
    CONTEXT.dps = n
    _RUNNING.read()
    try:
        yield
    finally:
        CONTEXT.dps = before
        _RUNNING.read()


# Whether numbers that differ by less than their errors are ordered as equal ones are.
_EQUAL = ContextVar("equal", default=False)


@contextmanager
def ties_as_equal() -> Iterator[None]:
    """Order numbers that differ by less than their errors as equal ones: a body then takes the branch that is taken at a tie. Else the
    rounded values are ordered, which is right wherever the tie is none."""
    token = _EQUAL.set(True)
    try:
        yield
    finally:
        _EQUAL.reset(token)


#: mpmath's own form of a number: (sign, mantissa, exponent, bits); its arithmetic on these is four times as fast as on objects.
Raw = tuple[Any, ...]


def _size(t: Raw, shift: int = 0) -> float:
    """abs(t) 2^shift as a float: infinite where it is larger than any, never 0 unless t is."""
    _, man, exp, bits = t
    if not man:
        return 0.0 if not exp else float("nan") if t == libmp.fnan else float("inf")
    try:
        if bits > 53:
            return ldexp(float(man >> (bits - 53)), exp + bits - 53 + shift) or 5e-324
        return ldexp(float(man), exp + shift) or 5e-324
    except OverflowError:
        return float("inf")


class Mp(Reflected):
    """A number of mpmath with a running estimate of its rounding error, closed to floats and strangers.

    `m` is the value, `e` the estimated absolute error (first order, a few units of the last digit
    for each operation): what is within the errors of two numbers is no difference between them.
    The error is kept as a float `units`, in units of 2^-scale: fine enough for the last digit, and coarse enough for what a long
    chaotic orbit makes of it.
    """

    __slots__ = ("raw", "scale", "size", "units")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, m: Any, e: Any = None) -> None:
        self.scale: int = _RUNNING.scale
        self.raw: Raw = CONTEXT.convert(m)._mpf_
        self.size = _size(self.raw)
        # A few units of the last place, on top of what the operands brought.
        self.units = (0.0 if e is None else _size(CONTEXT.convert(e)._mpf_, self.scale)) + _RUNNING.last * self.size

    @property
    def m(self) -> Any:
        """The value, as a number of mpmath."""
        return CONTEXT.make_mpf(self.raw)

    @property
    def e(self) -> Any:
        """The estimated absolute error, as a number of mpmath."""
        return CONTEXT.mpf(self.units) * CONTEXT.mpf(2) ** -self.scale

    def simplest_rational(self) -> Fraction:
        """The rational with the least denominator within the error."""
        return simplest_between(*(_exactly(self.m + side * 4 * self.e) for side in (-1, 1)))

    @staticmethod
    def of(value: Any) -> Mp:
        """Lift exact data; raises NotExact for anything else."""
        kind = type(value)
        if kind is Mp:
            return value  # type: ignore[no-any-return]
        if kind is int:
            return _made(libmp.from_int(value, _RUNNING.prec, "n"), 0.0)
        if kind is Fraction:
            return _made(libmp.from_rational(value.numerator, value.denominator, _RUNNING.prec, "n"), 0.0)
        if kind is Real:
            return _evaluated(value)
        if hasattr(value, "approximate"):
            return value.approximate(CONTEXT.dps)  # type: ignore[no-any-return]
        raise not_exact(value)

    def _met(self, other: Any) -> tuple[Mp, float, float]:
        """The other number, and both errors in units of the precision that is running."""
        o = other if type(other) is Mp else Mp.of(other)
        p = _RUNNING.scale
        if self.scale == o.scale == p:
            return o, self.units, o.units
        return o, _rescaled(self.units, p - self.scale), _rescaled(o.units, p - o.scale)

    def __add__(self, other: Any) -> Mp:
        if type(other) is not Mp and lifts_numbers(other):
            return NotImplemented
        o, mine, its = self._met(other)
        return _made(libmp.mpf_add(self.raw, o.raw, _RUNNING.prec, "n"), mine + its)

    def __sub__(self, other: Any) -> Mp:
        if type(other) is not Mp and lifts_numbers(other):
            return NotImplemented
        o, mine, its = self._met(other)
        return _made(libmp.mpf_sub(self.raw, o.raw, _RUNNING.prec, "n"), mine + its)

    def __mul__(self, other: Any) -> Mp:
        if type(other) is not Mp and lifts_numbers(other):
            return NotImplemented
        o, mine, its = self._met(other)
        units = mine * o.size + its * self.size
        if mine > LOST and its > LOST:
            units += _rescaled(mine * its, -_RUNNING.scale)  # of second order, where much has been lost
        return _made(libmp.mpf_mul(self.raw, o.raw, _RUNNING.prec, "n"), units)

    def __truediv__(self, other: Any) -> Mp:
        if type(other) is not Mp and lifts_numbers(other):
            return NotImplemented
        o, mine, its = self._met(other)
        q = libmp.mpf_div(self.raw, o.raw, _RUNNING.prec, "n")
        return _made(q, (mine + _size(q) * its) / o.size if o.size else float("inf"))

    def __neg__(self) -> Mp:
        return _made(libmp.mpf_neg(self.raw), self._met(self)[1])

    def __abs__(self) -> Mp:
        return _made(libmp.mpf_abs(self.raw), self._met(self)[1])

    def __pow__(self, n: int) -> Mp:
        if type(n) is not int:
            raise not_an_exponent(n)
        result: Mp = times(Mp(1 + 0 * self.m), self, abs(n))  # not a number where x is none
        return result if n >= 0 else 1 / result

    def _numbers(self, other: Any) -> tuple[Raw, Raw]:
        """Both, to be compared; raises Undecided where one is not a number."""
        o = other if type(other) is Mp else Mp.of(other)
        if self.raw == libmp.fnan or o.raw == libmp.fnan:
            raise Undecided("mpmath has no opinion of what it cannot evaluate")
        return (o.raw, o.raw) if _EQUAL.get() and self._apart(o) is None else (self.raw, o.raw)

    def __lt__(self, other: Any) -> bool:
        if has_derivatives(other):
            return NotImplemented
        return bool(libmp.mpf_lt(*self._numbers(other)))

    def __le__(self, other: Any) -> bool:
        if has_derivatives(other):
            return NotImplemented
        return bool(libmp.mpf_le(*self._numbers(other)))

    def __gt__(self, other: Any) -> bool:
        if has_derivatives(other):
            return NotImplemented
        return bool(libmp.mpf_gt(*self._numbers(other)))

    def __ge__(self, other: Any) -> bool:
        if has_derivatives(other):
            return NotImplemented
        return bool(libmp.mpf_ge(*self._numbers(other)))

    def __eq__(self, other: object) -> bool:
        if has_derivatives(other):
            return NotImplemented
        # Equal within the errors: a body that asks whether a sum is 0 takes the branch of the exact one.
        return not self._apart(Mp.of(other))

    def __ne__(self, other: object) -> bool:
        if has_derivatives(other):
            return NotImplemented
        return bool(self._apart(Mp.of(other)))

    def _apart(self, other: Mp) -> int | None:
        s = sign_apart(self, other)
        if s is None and not all(map(isfinite, self._met(other)[1:])):
            raise Undecided("mpmath knows nothing of the number that it compares")
        return s

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
        if name == "sqrt" and self.size * 2.0**-40 <= self._met(self)[1]:
            m, e = self.m, self.e
            if abs(m) <= e * SAFETY:
                return Mp(CONTEXT.zero, CONTEXT.sqrt(abs(m) + e))
        if name in ("sqrt", "log") and self.raw[0]:
            return Mp(CONTEXT.nan)
        if name not in ("sqrt", "log") and self.size > LARGEST:
            return Mp(CONTEXT.nan)  # mpmath would want as many bits: no opinion
        function, slope = FUNCTIONS[name]
        units = self._met(self)[1]
        raw = function(self.raw, _RUNNING.prec)
        return _made(raw, units * slope(float(self.m), _size(raw)) if units else 0.0)

    def larger(self, other: Any) -> Mp:
        """max(self, other)."""
        o = Mp.of(other)
        return Mp(self.m if self >= o else o.m, max(self.e, o.e))

    def piece(self, knots: Sequence[Any]) -> int:
        """The number of knots strictly below this number."""
        return sum(1 for t in knots if self > t)


def _exp(t: Raw, prec: int) -> Raw:
    return libmp.mpf_exp(t, prec, "n")  # type: ignore[no-any-return]


def _log1p_exp(t: Raw, prec: int) -> Raw:
    """log(1 + e^t) for t <= 0, with its relative precision where e^t is tiny."""
    e = _exp(t, prec)
    return CONTEXT.log1p(CONTEXT.make_mpf(e))._mpf_  # type: ignore[no-any-return]


def _softplus(t: Raw, prec: int) -> Raw:
    rest = _log1p_exp(libmp.mpf_neg(libmp.mpf_abs(t)), prec)
    return rest if t[0] else libmp.mpf_add(t, rest, prec, "n")


def _sigmoid(t: Raw, prec: int) -> Raw:
    return libmp.mpf_div(libmp.fone, libmp.mpf_add(libmp.fone, _exp(libmp.mpf_neg(t), prec), prec, "n"), prec, "n")  # type: ignore[no-any-return]


def _log_cosh(t: Raw, prec: int) -> Raw:
    size = libmp.mpf_abs(t)
    rest = _log1p_exp(libmp.mpf_neg(libmp.mpf_shift(size, 1)), prec)
    return libmp.mpf_sub(libmp.mpf_add(size, rest, prec, "n"), libmp.mpf_ln2(prec, "n"), prec, "n")  # type: ignore[no-any-return]


def _falling(t: float) -> float:
    """sigmoid(t) sigmoid(-t), far out too."""
    e = exp(-min(abs(t), 700.0))
    return e / (1 + e) ** 2


def _one(t: float, value: float) -> float:
    return 1.0


# Each function on raw numbers with a bound of its derivative at t (where it has this absolute value), for the running error.
FUNCTIONS: dict[str, tuple[Callable[[Raw, int], Raw], Callable[[float, float], float]]] = {
    "exp": (_exp, lambda t, value: value),
    "log": (
        lambda t, prec: libmp.mpf_log(t, prec, "n") if t != libmp.fzero else libmp.fninf,
        lambda t, value: 1 / (abs(t) or 5e-324),
    ),
    "cos": (lambda t, prec: libmp.mpf_cos(t, prec, "n"), _one),
    "sin": (lambda t, prec: libmp.mpf_sin(t, prec, "n"), _one),
    "tanh": (lambda t, prec: libmp.mpf_tanh(t, prec, "n"), _one),
    "sqrt": (lambda t, prec: libmp.mpf_sqrt(t, prec, "n"), lambda t, value: 1 / (value or 5e-324)),
    "softplus": (_softplus, _one),
    # Long runs of logistic regression need the slope itself, which is far below 1/4.
    "sigmoid": (_sigmoid, lambda t, value: _falling(t)),
    "log_cosh": (_log_cosh, _one),
}


def _made(raw: Raw, units: float) -> Mp:
    WORK.ticks += 1
    made = object.__new__(Mp)
    made.scale = _RUNNING.scale
    made.raw = raw
    _, man, exp, bits = raw
    # Between 2^-1000 and 2^1000 without a call: this is most of the cost of a replay.
    usual = bits > 53 and -1000 < exp + bits < 1000
    size = ldexp(float(man >> (bits - 53)), exp + bits - 53) if usual else _size(raw)
    made.size = size
    made.units = units + _RUNNING.last * size
    return made


def _rescaled(units: float, by: int) -> float:
    """units 2^by; never 0 for what is not."""
    try:
        return ldexp(units, by) or (units and 5e-324)
    except OverflowError:
        return float("inf")


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
    _, mine, its = lhs._met(rhs)
    gap = libmp.mpf_sub(rhs.raw, lhs.raw, _RUNNING.prec, "n")
    if gap == libmp.fzero:
        return 0
    if not gap[1] or not isfinite(mine + its) or not _size(gap, _RUNNING.scale) > (mine + its) * SAFETY:
        return None
    return -1 if gap[0] else 1


def _exactly(m: Any) -> Fraction:
    """A number of mpmath as the fraction of powers of two that it is."""
    sign, mantissa, exponent, _ = m._mpf_
    size: Fraction = Fraction(int(mantissa)) * Fraction(2) ** exponent
    return -size if sign else size
