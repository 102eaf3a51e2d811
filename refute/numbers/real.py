"""Real numbers known exactly: rationals while they stay small, expressions over rationals beyond.

A `Real` never rounds. Rational arithmetic is carried out at once (gmpy2); a transcendental
function, or a rational that outgrows `FOLD_BITS`, becomes a node of an expression, to be enclosed
in balls of any precision (`refute.numbers.ball`) or expanded into a polynomial in atoms (`refute.numbers.atoms`).
Comparison therefore answers correctly or raises `Undecided`, and `if`, `max` and `sorted` in the
body of a theorem are sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt
from typing import Any, NoReturn

from gmpy2 import mpq, mpz

from refute.errors import NotExact, not_an_exponent, not_exact
from refute.numbers.reflected import Reflected, refuse_float, refuse_pole_of_variables
from refute.work import WORK

# A cubic map triples the digits at every step; past this size balls are faster than gcds.
FOLD_BITS = 8192
# Larger powers are made by squares.
ONE_BY_ONE = 64
_MPQ = type(mpq(0))
_EXACT_AT_ZERO = {"exp": 1, "cos": 1, "sin": 0, "tanh": 0, "log_cosh": 0, "sqrt": 0}


class Real(Reflected):
    """An exact real number. `q` is its rational value, or None where it is an expression."""

    __slots__ = ("args", "ball", "op", "prec", "q")
    __hash__ = None  # type: ignore[assignment]  # equality may be undecidable

    def __init__(self, q: Any, op: str = "rational", args: tuple[Any, ...] = ()) -> None:
        WORK.ticks += 1
        self.q = q
        self.op = op
        self.args = args
        self.prec = 0
        self.ball: Any = None

    @staticmethod
    def of(value: Any) -> Real:
        """Lift an int, a Fraction or an enclosure procedure; raises NotExact for anything else."""
        kind = type(value)
        if kind is Real:
            return value  # type: ignore[no-any-return]
        if kind is int or kind is Fraction or kind is _MPQ or kind is type(mpz(0)):
            return Real(mpq(value))
        if hasattr(value, "enclose"):
            return Real(None, "enclosed", (value,))
        raise not_exact(value)

    def __add__(self, other: Any) -> Real:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented  # another arithmetic lifts this number
        o = other if type(other) is Real else Real.of(other)
        a, b = self.q, o.q
        if a is not None:
            if b is not None:
                return Real(a + b)
            if not a:
                return o
        elif b is not None and not b:
            return self
        return Real(None, "add", (self, o))

    def __sub__(self, other: Any) -> Real:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        o = other if type(other) is Real else Real.of(other)
        a, b = self.q, o.q
        if a is not None and b is not None:
            return Real(a - b)
        return self + -o

    def __mul__(self, other: Any) -> Real:
        if type(other) is not Real and (isinstance(other, Reflected) or hasattr(other, "entries")):
            return NotImplemented  # another arithmetic lifts this number; a vector multiplies itself by it
        o = other if type(other) is Real else Real.of(other)
        a, b = self.q, o.q
        if a is not None:
            if b is not None:
                return _fold(a * b, "mul", self, o)
            if a == 1:
                return o
        elif b is not None and b == 1:
            return self
        return Real(None, "mul", (self, o))

    def __truediv__(self, other: Any) -> Real:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        o = other if type(other) is Real else Real.of(other)
        a, b = self.q, o.q
        if b is not None:
            if not b:
                raise ZeroDivisionError("division by exact zero")
            if a is not None:
                return _fold(a / b, "div", self, o)
            return self * Real(1 / b)
        refuse_pole_of_variables()
        return Real(None, "div", (self, o))

    def __neg__(self) -> Real:
        return Real(-self.q) if self.q is not None else Real(None, "mul", (Real(mpq(-1)), self))

    def __pos__(self) -> Real:
        return self

    def __abs__(self) -> Real:
        return Real(abs(self.q)) if self.q is not None else Real(None, "abs", (self,))

    def __pow__(self, n: int) -> Real:
        if type(n) is not int:
            raise not_an_exponent(n)
        if n < 0:
            return 1 / self**-n
        if n == 0 and self.q is None:
            return 1 + Real(None, "mul", (Real(mpq(0)), self))  # 1 where x is defined, else undefined
        result: Real = times(Real(mpq(1)), self, n)
        return result

    def __lt__(self, other: Any) -> bool:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        return self._sign_less(other) < 0

    def __le__(self, other: Any) -> bool:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        return self._sign_less(other) <= 0

    def __gt__(self, other: Any) -> bool:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        return self._sign_less(other) > 0

    def __ge__(self, other: Any) -> bool:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        return self._sign_less(other) >= 0

    def __eq__(self, other: object) -> bool:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        return self._sign_less(other) == 0

    def __ne__(self, other: object) -> bool:
        if type(other) is not Real and isinstance(other, Reflected):
            return NotImplemented
        return self._sign_less(other) != 0

    def __bool__(self) -> bool:
        return self._sign_less(0) != 0

    def __float__(self) -> float:
        refuse_float()
        return self.rounded()

    def rounded(self) -> float:
        """A float close to it: for what is shown, and for what floats steer."""
        if self.q is not None:
            return float(self.q)
        from refute.numbers.ball import enclose

        return float(enclose(self, 64).mid())

    def __repr__(self) -> str:
        if self.q is not None:
            return f"Real({self.q})"
        return f"Real(~{self.rounded()!r})"

    def __str__(self) -> str:
        if self.q is not None and len(text := str(self.q)) <= 24:
            return text
        return f"{self.rounded():.12g}"

    def text(self) -> str:
        """Exactly where it is a short rational, else its first fifteen digits, with dots."""
        if self.q is not None and len(text := str(self.q)) <= 32:
            return text
        try:
            return f"{self.rounded():.15g}..."
        except (ArithmeticError, ValueError):
            return "no number"

    def _sign_less(self, other: Any) -> int:
        o = other if type(other) is Real else Real.of(other)
        a, b = self.q, o.q
        if a is not None and b is not None:
            return int(a > b) - int(a < b)
        from refute.numbers.decide import sign

        return sign(self - o)

    def apply(self, name: str) -> Real:
        """The function called `name` (see refute.numbers.functions) at this number."""
        q = self.q
        if q is not None:
            if not q and name in _EXACT_AT_ZERO:
                return Real(mpq(_EXACT_AT_ZERO[name]))
            if name == "log" and q == 1:
                return Real(mpq(0))
            if name == "sqrt" and q > 0:
                n, d = int(q.numerator), int(q.denominator)
                if isqrt(n) ** 2 == n and isqrt(d) ** 2 == d:
                    return Real(mpq(isqrt(n), isqrt(d)))
        return Real(None, name, (self,))

    def larger(self, other: Any) -> Real:
        """max(self, other)."""
        if type(other) is not Real and isinstance(other, Reflected):
            return other.of(self).larger(other)  # type: ignore[no-any-return]
        o = Real.of(other)
        return self if self >= o else o

    def piece(self, knots: Sequence[Any]) -> int:
        """The number of knots strictly below this number."""
        return sum(1 for t in knots if self > t)

    def pieces(self, knots: Sequence[Any]) -> NoReturn:
        """What a hessian over a box asks of its balls."""
        raise NotExact(
            "f.hessian(box) encloses the second derivatives over a box of balls; at a point write jacobian(f.grad, x)"
        )


def times(result: Any, factor: Any, n: int) -> Any:
    """result * factor * factor * ..., n times: one by one, and by squares where that would take long."""
    if n <= ONE_BY_ONE:
        for _ in range(n):
            result = result * factor
        return result
    while n:
        if n % 2:
            result = result * factor
        n //= 2
        factor = factor * factor if n else factor
    return result


def simplest_between(lo: Fraction, hi: Fraction) -> Fraction:
    """The rational with the least denominator from lo to hi."""
    if lo <= 0 <= hi:
        return Fraction(0)
    if hi < 0:
        return -simplest_between(-hi, -lo)
    whole = -(-lo // 1)
    if whole <= hi:
        return Fraction(whole)
    below = lo // 1
    return below + 1 / simplest_between(1 / (hi - below), 1 / (lo - below))


def as_fraction(x: Any) -> Fraction:
    """A rational Real, an int or a Fraction as a Fraction; of a number of mpmath the simplest one within its error. Raises NotExact for an expression and for a float."""
    if isinstance(x, float):
        raise not_exact(x)
    if hasattr(x, "simplest_rational"):
        found: Fraction = x.simplest_rational()
        return found
    q = getattr(x, "q", x)
    if q is None:
        raise NotExact(f"{x} is not known to be rational")
    return Fraction(int(q.numerator), int(q.denominator))


def _fold(q: Any, op: str, a: Real, b: Real) -> Real:
    if q.numerator.bit_length() + q.denominator.bit_length() > FOLD_BITS:
        return Real(None, op, (a, b))
    return Real(q)
