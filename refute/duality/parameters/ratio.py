"""Quotients of polynomials in the parameters of a statement, exact: what its coefficients are when it is decided for all values of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from fractions import Fraction
from functools import cache
from typing import Any, NoReturn

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx
from gmpy2 import is_square, isqrt, mpq, mpz

from refute.duality.parameters.branches import is_above_0
from refute.errors import NotLinear

#: The parameters: see `parameters`, `second_parameter` and `POWER`.
NAMES = ("t", "L", "k", "q^t", "q^k", "m")
# No power of a parameter has a higher degree.
HIGHEST = 512


@cache
def _ring(names: tuple[str, ...]) -> fmpq_mpoly_ctx:
    return fmpq_mpoly_ctx.get(names, Ordering.lex)


def _all() -> list[Ratio]:
    ring = _ring(NAMES)
    return [Ratio(g, ring.constant(1)) for g in ring.gens()]


def parameters() -> tuple[Ratio, Ratio, Ratio]:
    """t, the parameter of a statement; L, the scale of its class; k, the counter of an induction: numbers that stand for all values."""
    t, L, k, *_ = _all()
    return t, L, k


def second_parameter() -> Ratio:
    """m, the second parameter of a statement that has two: a constant of its class, where t is a number such as a step size."""
    return _all()[-1]


def steps_alone() -> Ratio:
    """A number of steps of which nothing is used but that an induction is over it: no form of the statement has it, and t is something else."""
    return _all()[3]


#: The number of which powers q^t and q^k are taken while a statement is read, whose range is that of q^n for whole numbers n from the least t on: a rational, or a
#: function of m.
POWER: ContextVar[list[Any] | None] = ContextVar("power", default=None)


def from_coefficients(p: Sequence[Fraction], q: Sequence[Fraction]) -> Ratio:
    """(p_0 + p_1 t + ...)/(q_0 + q_1 t + ...) among the functions of t and L."""
    t = parameters()[0]
    top, bottom = (sum((c * t**i for i, c in enumerate(row)), 0 * t) for row in (p, q))
    found: Ratio = top / bottom
    return found


#: What has to be at least 0 for the statement to be as it was read: the roots that it takes.
AT_LEAST_0: ContextVar[list[Ratio] | None] = ContextVar("at_least_0", default=None)
#: What is divided by while a statement is read: common factors cancel, and where one of these is 0 the statement has no value all the same.
DIVISORS: ContextVar[list[Ratio] | None] = ContextVar("divisors", default=None)


def _as_power(q: Any, power: Ratio) -> Ratio:
    """q^n by the power of the first number of which one was taken: it is that one, or its inverse."""
    known = POWER.get()
    if known is None:
        raise NotLinear("a power whose exponent stands for all numbers")
    if not known:
        known.append(q)
    if Ratio.of(q - known[0], power).is_zero:
        return power
    if Ratio.of(q * known[0] - 1, power).is_zero:
        inverse: Ratio = Ratio.of(1, power) / power
        return inverse
    raise NotLinear("powers of two numbers")


# Parameters that may be squares.
_SQUARES = ("t", "m")


class OfUnits(NotLinear):
    """A number that is another one for another L."""


class OfParameters(NotLinear):
    """A root of a product in which these parameters occur an odd number of times: it is a function of the parameters where they are squares."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"it takes a root of {' and '.join(names)}")
        self.names = frozenset(names)


def _root_of(c: fmpq) -> fmpq:
    """The root of a rational; raises NotLinear where it is none."""
    p, q = mpz(int(c.p)), mpz(int(c.q))
    if p < 0 or not (is_square(p) and is_square(q)):
        raise NotLinear(f"the root of {c} times a function of its parameters is no such function")
    return fmpq(int(isqrt(p)), int(isqrt(q)))


def _is_above_0(number: Ratio, *, matters: bool = True) -> bool:
    """Whether a number of the parameters is above 0: L, and its powers, are. Else the reading that is going on says it."""
    if not any(number.involves(name) for name in NAMES if name != "L"):
        with suppress(OfUnits):
            number.degree("L")
            return number.at({"L": Fraction(1)}) > 0
    return is_above_0(number, matters=matters)


def _divided(by: Ratio) -> None:
    found = DIVISORS.get()
    if found is not None and not by.p.is_constant():
        found.append(by)


_OF_GMP = (type(mpz()), type(mpq()))
# What no value of a parameter equals.
_NO_NUMBERS = (type(None), str, tuple, list, dict)


class Ratio:
    """p/q in lowest terms, for polynomials p and q of one ring; which of two is larger is a choice of the reading that is going on (branches.py)."""

    __slots__ = ("p", "q")
    #: It stands for all values of what it is made of.
    is_parameter = True

    def __init__(self, p: fmpq_mpoly, q: fmpq_mpoly) -> None:
        if q.is_constant():
            self.p, self.q = p * (1 / q.leading_coefficient()), q.context().constant(1)
            return
        g = p.gcd(q)
        p, q = p / g, q / g
        lead = q.leading_coefficient()
        self.p, self.q = p * (1 / lead), q * (1 / lead)

    def _of(self, other: Any) -> Ratio | None:
        if isinstance(other, Ratio):
            return other
        if isinstance(other, (int, Fraction)) or type(other) in _OF_GMP:
            ring = self.p.context()
            return Ratio(ring.constant(fmpq(int(other.numerator), int(other.denominator))), ring.constant(1))
        return None

    def __add__(self, other: Any) -> Any:
        o = self._of(other)
        return NotImplemented if o is None else Ratio(self.p * o.q + o.p * self.q, self.q * o.q)

    __radd__ = __add__

    def __neg__(self) -> Ratio:
        return Ratio(-self.p, self.q)

    def __sub__(self, other: Any) -> Any:
        o = self._of(other)
        return NotImplemented if o is None else self + (-o)

    def __rsub__(self, other: Any) -> Any:
        return (-self) + other

    def __mul__(self, other: Any) -> Any:
        o = self._of(other)
        return NotImplemented if o is None else Ratio(self.p * o.p, self.q * o.q)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        o = self._of(other)
        if o is None:
            return NotImplemented
        if o.p.is_zero():
            raise ZeroDivisionError("division by 0")
        _divided(o)
        return Ratio(self.p * o.q, self.q * o.p)

    def __rtruediv__(self, other: Any) -> Any:
        o = self._of(other)
        return NotImplemented if o is None else o / self

    def __pow__(self, n: Any) -> Ratio:
        if isinstance(n, Ratio):
            found: Ratio = n.as_exponent_of(self)
            return found
        if type(n) is not int:
            raise NotLinear(f"the exponent {n} of a parameter is no whole number")
        if abs(n) * max(1, self.p.total_degree(), self.q.total_degree()) > HIGHEST:
            raise NotLinear(f"a power of a parameter, with the exponent {n}, has a degree of more than {HIGHEST}")
        return Ratio(self.p**n, self.q**n) if n >= 0 else Ratio.of(1, self) / self**-n

    def apply(self, function: str) -> Ratio:
        """The root of a product of parameters, of which each occurs an even number of times. Raises OfParameters where some do not, and NotLinear for another root, and for
        other functions."""
        roots = AT_LEAST_0.get()
        if function != "sqrt" or roots is None:
            raise NotLinear(f"it takes {function} of a parameter")
        odd: list[str] = []
        parts = []
        for e in (self.p, self.q):
            c, factors = e.factor()
            root = _root_of(c) * e.context().constant(1)
            for factor, times in factors:
                root *= factor ** (times // 2)
                odd += [str(factor)] * (times % 2)
            parts.append(root)
        if not set(odd) <= set(_SQUARES):
            raise NotLinear(f"it takes a root of {self}, which is no product of parameters and squares")
        if odd:
            raise OfParameters(odd)
        found = Ratio(*parts)
        roots.append(found)
        return found

    def as_exponent_of(self, q: Any) -> Any:
        """q to this power, for a rational q > 0, or a function of m, and the number of steps, or of one of them, with a whole number added. Raises NotLinear for another one."""
        if isinstance(q, Ratio) and not any(map(q.involves, NAMES)):
            q = q.at({})
        of_m = isinstance(q, Ratio) and not any(q.involves(n) for n in NAMES if n != "m")
        if not of_m and (type(q) not in (int, Fraction) or not q > 0):
            raise NotLinear("only a positive rational has a power whose exponent stands for all numbers")
        t, _, k, of_t, of_k, _ = _all()
        for counter, power in ((None, None), (t, of_t), (k, of_k)):
            rest = self if counter is None else self - counter
            if (rest.is_zero or rest.p.is_constant()) and rest.q.is_one():
                n = rest.at({})
                if n.denominator == 1:
                    base = q if of_m else Fraction(q)
                    return base ** int(n) * (1 if power is None else _as_power(base, power))
        raise NotLinear("the exponent of a power is a number of steps, or one with a whole number added")

    def __rpow__(self, q: Any) -> Any:
        if isinstance(q, float):  # what Fraction makes of itself
            raise NotLinear("outside of a theorem file Python makes a float of the power of a rational")
        return self.as_exponent_of(q)

    def __eq__(self, other: object) -> bool:
        o = self._of(other)
        if o is None:
            if type(other) in _NO_NUMBERS:
                return False
            raise NotLinear(f"it compares a parameter with what may be a number, of the kind {type(other).__name__}")
        if (self - o).p.is_zero():
            return True
        if (self - o).p.is_constant():
            return False
        raise NotLinear("the body branches on a parameter")

    def _no_number(self, *_: object) -> NoReturn:
        raise NotLinear("the body takes a parameter for a number that is known")

    __bool__ = __float__ = __hash__ = _no_number

    def _less(self, other: Any) -> Any:
        """What other has more than it; raises NotLinear for what is no number."""
        return Ratio.of(other, self) - self

    def __lt__(self, other: Any) -> bool:
        return _is_above_0(self._less(other))

    def __gt__(self, other: Any) -> bool:
        return _is_above_0(-self._less(other))

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __abs__(self) -> Ratio:
        found: Ratio = self.larger(-self)
        return found

    @staticmethod
    def of(c: Any, like: Ratio) -> Ratio:
        """A number as one of the same ring; raises NotLinear for what is none."""
        found = like._of(c)
        if found is None:
            raise NotLinear(f"{type(c).__name__} is no rational")
        return found

    def degree(self, name: str) -> int:
        """n, where it is name^n times a function of the other parameters; raises OfUnits where it is not."""
        place = self.p.context().names().index(name)
        degrees = []
        for e in (self.p, self.q):
            powers = {exponents[place] for exponents in e.to_dict()}
            if len(powers) > 1:
                raise OfUnits(f"it is no power of {name} times a function of the other parameters")
            degrees.append(powers.pop() if powers else 0)
        return int(degrees[0] - degrees[1])

    def involves(self, name: str) -> bool:
        """Whether the parameter occurs in it."""
        place = self.p.context().names().index(name)
        return any(exponents[place] for e in (self.p, self.q) for exponents in e.to_dict())

    def larger(self, other: Any) -> Any:
        """The larger one of both."""
        if self._of(other) is None and hasattr(other, "larger"):
            return other.larger(self)
        return self if _is_above_0(-self._less(other), matters=False) else Ratio.of(other, self)

    def root(self) -> Ratio:
        """The root, where it is known to be at least 0; raises NotLinear as `apply` does."""
        token = AT_LEAST_0.set([])
        try:
            return self.apply("sqrt")
        finally:
            AT_LEAST_0.reset(token)

    def of_size_1(self) -> Ratio:
        """The same divided by a number above 0, which is that of each of its multiples by such a number."""
        c = self.p.factor()[0] if not self.is_zero else fmpq(1)
        found: Ratio = self / Fraction(abs(int(c.p)), int(c.q))
        return found

    def counted(self) -> Ratio:
        """The same for k = t - 1, and for one power in place of two."""
        t, L, _, power, _, m = self.p.context().gens()
        return self._composed(t, L, t - 1, power, power, m)

    def exchanged(self) -> Ratio:
        """The same with the second parameter in place of the first one, and the first in place of the second."""
        t, L, k, of_t, of_k, m = self.p.context().gens()
        return self._composed(m, L, k, of_t, of_k, t)

    def of_power(self) -> Ratio:
        """The same with the power as the parameter t; raises NotLinear where t or k is one, too."""
        if self.involves("t") or self.involves("k"):
            raise NotLinear("a number of steps and a power of it are two parameters")
        t, L, k, _, _, m = self.p.context().gens()
        return self._composed(t, L, k, t, t, m)

    def _composed(self, *by: fmpq_mpoly) -> Ratio:
        return Ratio(self.p.compose(*by), self.q.compose(*by))

    def without(self, name: str) -> Ratio:
        """The same for name = 1."""
        return Ratio(self.p.subs({name: 1}), self.q.subs({name: 1}))

    def put_first(self, value: int) -> Ratio:
        """The same for t = value; raises ZeroDivisionError at a pole."""
        p, q = (e.subs({"t": value}) for e in (self.p, self.q))
        if q.is_zero():
            raise ZeroDivisionError("a pole")
        return Ratio(p, q)

    @property
    def is_zero(self) -> bool:
        """Whether it is 0 for all values."""
        return bool(self.p.is_zero())

    def at(self, values: dict[str, Fraction]) -> Fraction:
        """Its value; raises ZeroDivisionError at a pole."""
        exact: dict[str | int, Any] = {n: fmpq(v.numerator, v.denominator) for n, v in values.items()}
        p, q = (
            e.subs(exact).leading_coefficient() if not e.subs(exact).is_zero() else fmpq(0) for e in (self.p, self.q)
        )
        return Fraction(int(p.p), int(p.q)) / Fraction(int(q.p), int(q.q))

    def __str__(self) -> str:
        p, q = (str(e).replace("*", " ") for e in (self.p, self.q))
        return p if self.q.is_one() else f"({p})/({q})"

    __repr__ = __str__
