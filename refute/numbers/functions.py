"""Elementary functions of numbers in whichever arithmetic is running.

`exp, log, cos, sin, tanh, sqrt, softplus, sigmoid, log_cosh, maximum, minimum, clip, where, argmin, absolute` and `piecewise`
take a lifted number (Real, Ball, Mp, Batch) or exact data (int, Fraction), which is lifted to Real.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from refute.errors import BadInput
from refute.numbers.ball import Ball
from refute.numbers.batch import Batch, Mask
from refute.numbers.real import Real, as_fraction
from refute.numbers.reflected import ABSTRACT, lifts_numbers

#: A number of the arithmetic that is running; between arithmetics, exact data.
Scalar = Any


def _number(x: Scalar) -> Any:
    return Real.of(x) if isinstance(x, (int, Fraction)) else x


def _exact(value: Any) -> Any:
    """The value of a formula of somebody's own; raises NotExact for a float, which a quotient of two ints is."""
    return as_fraction(value) if isinstance(value, (int, float)) else value


def exp(x: Scalar) -> Scalar:
    """e^x."""
    return _number(x).apply("exp")


def log(x: Scalar) -> Scalar:
    """The natural logarithm of x > 0."""
    return _number(x).apply("log")


def cos(x: Scalar) -> Scalar:
    """cos x, x in radians."""
    return _number(x).apply("cos")


def sin(x: Scalar) -> Scalar:
    """sin x, x in radians."""
    return _number(x).apply("sin")


def tanh(x: Scalar) -> Scalar:
    """The hyperbolic tangent."""
    return _number(x).apply("tanh")


def sqrt(x: Scalar) -> Scalar:
    """The square root of x >= 0."""
    return _read(_number(x).apply("sqrt"))


def _read(x: Any) -> Any:
    """A number; where something stands for all functions and points it knows rationals, and not how they are written."""
    return as_fraction(x.q) if ABSTRACT.get() and type(x) is Real and x.q is not None else x


def softplus(x: Scalar) -> Scalar:
    """log(1 + e^x)."""
    return _number(x).apply("softplus")


def sigmoid(x: Scalar) -> Scalar:
    """1 / (1 + e^-x), the derivative of softplus."""
    return _number(x).apply("sigmoid")


def log_cosh(x: Scalar) -> Scalar:
    """log cosh x."""
    return _number(x).apply("log_cosh")


def maximum(*xs: Scalar) -> Scalar:
    """The largest of the numbers, also for batches and balls."""
    if not xs:
        raise BadInput("maximum and minimum need a number at least")
    largest = xs[0]
    for x in xs[1:]:
        exact = isinstance(largest, (int, Fraction)) and not isinstance(x, (int, Fraction))
        largest = x.larger(largest) if exact or lifts_numbers(x) else _number(largest).larger(x)
    return _read(largest)


def minimum(*xs: Scalar) -> Scalar:
    """The smallest of the numbers, also for batches and balls."""
    return -maximum(*(-x for x in xs))


def clip(x: Scalar, lo: Scalar, hi: Scalar) -> Scalar:
    """The point of [lo, hi] next to x, for lo <= hi."""
    return minimum(maximum(x, lo), hi)


def where(condition: Any, yes: Scalar, no: Scalar) -> Scalar:
    """`yes` where the condition, a comparison of numbers, is true, else `no`; for batches candidate by candidate. Numbers or vectors."""
    if not isinstance(condition, Mask):
        return yes if condition else no
    if hasattr(yes, "entries"):
        return type(yes)(tuple(where(condition, a, b) for a, b in zip(yes, no, strict=True)))
    return condition.choose(yes, no)


def argmin(f: Callable[[Any], Scalar], candidates: Sequence[Any]) -> Any:
    """The candidate, a number or a vector, where f is least; of several the first. For batches candidate by candidate."""
    if not candidates:
        raise BadInput("argmin needs a candidate at least")
    best, least = candidates[0], _exact(f(candidates[0]))
    for x in candidates[1:]:
        value = _exact(f(x))
        if isinstance(value, Batch) or isinstance(least, Batch):
            below = Batch.of(value).below(least)
            best, least = where(below, x, best), minimum(least, value)
        elif value < least:
            best, least = x, value
    return best


def absolute(x: Scalar) -> Scalar:
    """abs(x)."""
    return abs(x)


def piecewise(x: Scalar, knots: Sequence[Scalar], table: Sequence[Sequence[Scalar]]) -> Scalar:
    """A continuous piecewise polynomial at x.

    Piece i lies between knots i - 1 and i; its row `(t, c_0, c_1, ...)` means
    c_0 + c_1 (x - t) + c_2 (x - t)^2 + ... Neighbouring pieces agree at their knot. A ball that
    touches several pieces gets the hull of their images.
    """
    x = _number(x)
    if hasattr(x, "piecewise"):
        return x.piecewise(knots, table)
    if isinstance(x, Batch):
        return _horner(x, x.choose(knots, table))
    if isinstance(x, Ball):
        touched = [_clipped(x, i, knots, table[i]) for i in x.counted(knots)]
        hull = touched[0]
        for image in touched[1:]:
            hull = Ball.hull(hull, image)
        return hull
    return _horner(x, table[x.piece(knots)])


def _clipped(x: Ball, i: int, knots: Sequence[Scalar], row: Sequence[Scalar]) -> Ball:
    """The image of the part of x that lies in piece i (as a superset of it)."""
    from flint import arb

    lo, hi = x.a.lower(), x.a.upper()
    if i > 0:
        lo = arb.max(lo, Ball.of(knots[i - 1]).a).lower()
    if i < len(knots):
        hi = arb.min(hi, Ball.of(knots[i]).a).upper()
    return Ball.of(_horner(Ball(arb(lo).union(arb(hi))), row))


def _horner(x: Scalar, row: Sequence[Scalar]) -> Scalar:
    t, *coefficients = row
    u = x - t
    value = coefficients[-1] if len(coefficients) > 1 else coefficients[-1] + 0 * u  # not a number where x is none
    for c in reversed(coefficients[:-1]):
        value = value * u + c
    return value
