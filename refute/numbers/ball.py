"""Arb balls: enclosures of exact numbers at any precision, and sets of reals for region arguments.

Arb answers False to an undecided comparison whichever way it is asked, and to any comparison with
NaN. This file owns that trap: outside it nobody compares a raw ball.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any

from flint import arb, ctx, fmpq

from refute.errors import Undecided, not_an_exponent, not_exact
from refute.numbers.real import Real, times
from refute.numbers.reflected import Reflected, has_derivatives, lifts_numbers, refuse_float, refuse_pole_in_a_box
from refute.work import WORK


class FreeVariable(Undecided):
    """A free variable has no value to enclose."""


# From this radius on a ball stands for a region, not for a number.
WIDE = 2.0**-16


class precision:  # noqa: N801  # used like a function; a generator would cost more than most blocks
    """A block in which Arb runs at this many bits; its precision is global to the process."""

    __slots__ = ("before", "bits")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before = ctx.prec
        ctx.prec = self.bits

    def __exit__(self, *why: object) -> None:
        ctx.prec = self.before


def monotone(f: Callable[[arb], arb], t: arb) -> arb:
    """The image of a ball under a monotone function: tight also where the ball is wide."""
    if t.rad() < WIDE:
        return f(t)
    return f(t.lower()).union(f(t.upper()))


def size(t: arb) -> arb:
    """abs(t), as a ball without negative points where t is wide."""
    a = abs(t)
    return a if a > 0 or t.rad() < WIDE else arb(0).union(a.upper())


def rounded(x: Any) -> Fraction:
    """A float near a ball, as a rational; raises Undecided where the floats do not reach."""
    near = float(x)
    if not isfinite(near):
        raise Undecided("a number is beyond the floats")
    return Fraction(near)


def _softplus(t: arb) -> arb:
    if t < 0:
        return t.exp().log1p()  # tiny values keep their relative precision
    return (t + abs(t)) / 2 + (-abs(t)).exp().log1p()


def _log_cosh(a: arb) -> arb:
    return a + (-2 * a).exp().log1p() - arb(2).log()


FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    "exp": lambda t: monotone(arb.exp, t),
    "log": arb.log,
    "cos": arb.cos,
    "sin": arb.sin,
    "tanh": lambda t: monotone(arb.tanh, t),
    "sqrt": arb.sqrt,
    "softplus": lambda t: monotone(_softplus, t),
    "sigmoid": lambda t: monotone(lambda u: 1 / (1 + (-u).exp()), t),
    "log_cosh": lambda t: monotone(_log_cosh, size(t)),
}


def of_rational(q: Any) -> Any:
    """The ball of a rational at the current precision."""
    return arb(fmpq(int(q.numerator), int(q.denominator)))


def enclose(x: Real, bits: int) -> arb:
    """A ball that contains x, computed at `bits` bits; values are kept on the nodes."""
    if x.prec != bits:
        with precision(bits):
            _enclose(x, bits)
    ball: arb = x.ball
    return ball


def _enclose(x: Real, bits: int) -> None:
    stack = [x]
    while stack:
        node = stack[-1]
        if node.prec == bits:
            stack.pop()
            continue
        if node.q is not None:
            node.ball = of_rational(node.q)
        elif node.op == "enclosed":
            node.ball = node.args[0].enclose(bits)
        elif node.op == "variable":
            raise FreeVariable(node.args[0][0])
        else:
            missing = [a for a in node.args if a.prec != bits]
            if missing:
                stack.extend(missing)
                continue
            node.ball = _evaluate(node)
        node.prec = bits
        WORK.ticks += 1
        stack.pop()


def _evaluate(node: Real) -> arb:
    a: arb = node.args[0].ball
    if node.op == "abs":
        return abs(a)
    if node.op in FUNCTIONS:
        return FUNCTIONS[node.op](a)
    b: arb = node.args[1].ball
    return a + b if node.op == "add" else a * b if node.op == "mul" else a / b


def sign_of(b: arb) -> int | None:
    """The sign of every number in the ball, or None where they differ or the ball is not finite."""
    if b > 0:
        return 1
    if b < 0:
        return -1
    return 0 if b.is_zero() else None


class Ball(Reflected):
    """A set of reals (an interval): what holds for a Ball holds for each of its points."""

    __slots__ = ("a",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, a: arb) -> None:
        WORK.ticks += 1
        self.a = a

    @staticmethod
    def of(value: Any) -> Ball:
        """Lift exact data at the current precision; raises NotExact for anything else."""
        kind = type(value)
        if kind is Ball:
            return value  # type: ignore[no-any-return]
        if kind is int:
            return Ball(arb(value))
        if kind is Fraction:
            return Ball(of_rational(value))
        if kind is Real:
            return Ball(enclose(value, ctx.prec))
        if hasattr(value, "enclose"):
            return Ball(value.enclose(ctx.prec))
        raise not_exact(value)

    @staticmethod
    def hull(lo: Any, hi: Any) -> Ball:
        """The smallest ball around two numbers or balls."""
        return Ball(Ball.of(lo).a.union(Ball.of(hi).a))

    @staticmethod
    def inner(pairs: Sequence[tuple[Ball, Ball]]) -> Ball:
        """The sum of the products of some pairs."""
        rest = iter(pairs)
        a, b = next(rest)
        result = a.a * b.a
        for a, b in rest:
            result = result + a.a * b.a
        return Ball(result)

    def __add__(self, other: Any) -> Ball:
        kind = type(other)
        if kind is Ball:
            return Ball(self.a + other.a)
        if kind is int:  # Arb adds integers and multiplies by them exactly as it does balls of radius 0, and faster
            return Ball(self.a + other)
        return NotImplemented if lifts_numbers(other) else Ball(self.a + Ball.of(other).a)

    def __sub__(self, other: Any) -> Ball:
        kind = type(other)
        if kind is Ball:
            return Ball(self.a - other.a)
        if kind is int:
            return Ball(self.a - other)
        return NotImplemented if lifts_numbers(other) else Ball(self.a - Ball.of(other).a)

    def __mul__(self, other: Any) -> Ball:
        kind = type(other)
        if kind is Ball:
            return Ball(self.a * other.a)
        if kind is int:
            return Ball(self.a * other)
        return NotImplemented if lifts_numbers(other) else Ball(self.a * Ball.of(other).a)

    def __truediv__(self, other: Any) -> Ball:
        if lifts_numbers(other):
            return NotImplemented
        divisor = Ball.of(other).a
        if divisor.contains(0):
            refuse_pole_in_a_box()
        return Ball(self.a / divisor)

    def __neg__(self) -> Ball:
        return Ball(-self.a)

    def __abs__(self) -> Ball:
        return Ball(abs(self.a))

    def __pow__(self, n: int) -> Ball:
        if type(n) is not int:
            raise not_an_exponent(n)
        # arb(0, 1)**2 can be NaN; repeated multiplication cannot.
        if n == 0:
            return Ball(1 + 0 * self.a)  # not a number where x is none
        power = times(self.a, self.a, abs(n) - 1)
        return Ball(power) if n > 0 else 1 / Ball(power)

    def _decided(self, other: Any, yes: Callable[[int], bool]) -> bool:
        if has_derivatives(other):
            return NotImplemented  # type: ignore[no-any-return]
        s = sign_of(self.a - Ball.of(other).a)
        if s is None:
            raise Undecided("the points of a ball disagree about a comparison")
        return yes(s)

    def __lt__(self, other: Any) -> bool:
        return self._decided(other, lambda s: s < 0)

    def __le__(self, other: Any) -> bool:
        return self._decided(other, lambda s: s <= 0)

    def __gt__(self, other: Any) -> bool:
        return self._decided(other, lambda s: s > 0)

    def __ge__(self, other: Any) -> bool:
        return self._decided(other, lambda s: s >= 0)

    def __eq__(self, other: object) -> bool:
        return self._decided(other, lambda s: s == 0)

    def __ne__(self, other: object) -> bool:
        return self._decided(other, lambda s: s != 0)

    def __bool__(self) -> bool:
        return self != 0

    def __float__(self) -> float:
        refuse_float()
        return float(self.a.mid())

    def __repr__(self) -> str:
        return f"Ball({self.a})"

    def apply(self, name: str) -> Ball:
        """The image of this ball under the function called `name`."""
        return Ball(FUNCTIONS[name](self.a))

    def falling_in_size(self, f: Callable[[Any], Any]) -> Ball:
        """The image under t -> f(abs(t)), for f that decreases (or increases) on [0, infinity)."""
        return Ball(monotone(lambda u: f(Ball(u)).a, size(self.a)))

    def larger(self, other: Any) -> Ball:
        """The ball of max(x, y)."""
        return Ball(self.a.max(Ball.of(other).a))

    def counted(self, knots: Sequence[Any]) -> range:
        """The indices of the pieces whose formula may count at a point of this ball: at a knot that on its left, as
        `Real.piece` has it."""
        lo = sum(1 for t in knots if sign_of(self.a - Ball.of(t).a) == 1)
        hi = len(knots) - sum(1 for t in knots if sign_of(Ball.of(t).a - self.a) in (0, 1))
        return range(lo, hi + 1)

    def pieces(self, knots: Sequence[Any]) -> range:
        """The indices of the pieces (between consecutive knots) that this ball may touch; at a knot both."""
        lo = sum(1 for t in knots if sign_of(self.a - Ball.of(t).a) == 1)
        hi = len(knots) - sum(1 for t in knots if sign_of(Ball.of(t).a - self.a) == 1)
        return range(lo, hi + 1)
