"""The flow of x' = v(x) for a polynomial field v, enclosed by Taylor's method in balls.

On each step of length s a box B with x + [0, s] v(B) inside B holds the solution (Picard and Lindeloef); the Taylor polynomial at
x plus c_n(B) s^n, c_n(B) the n-th coefficient of the solutions that start in B, then encloses it. Boxes grow: the
method is meant for short times and at most two dimensions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Any, Protocol

from flint import arb, arb_series, ctx

from refute.errors import BadInput, CannotBatch, Undecided
from refute.numbers.ball import Ball, of_rational, precision
from refute.numbers.batch import Batch
from refute.numbers.enclosed import Enclosed
from refute.numbers.lifting import closed, lift
from refute.numbers.mp import CONTEXT, Mp, digits, follow_precision
from refute.numbers.polynomials import polynomials
from refute.numbers.real import Real, as_fraction
from refute.numbers.vector import Vec, total
from refute.statements.consistency import holds_users_code

ORDER, BITS, TRIES, HALVINGS = 12, 192, 12, 6
# Steps beyond which no precision is gained.
MOST = 64


class Field(Protocol):
    """A polynomial vector field of exact data, frozen."""

    def __hash__(self) -> int: ...

    def velocity(self, x: Vec) -> Vec:
        """v(x), in the arithmetic of x; built from +, - and * alone."""


def flow(field: Field, start: Vec, time: Fraction, steps: int) -> Vec:
    """Balls around the solution at `time` from a start of exact data, in so many steps, halved where they are too long.

    Raises BadInput for a time or a number of steps that is not positive and for a class of one's own whose velocity is no polynomial, Undecided where no box is found (take more
    steps).
    """
    if time <= 0 or steps < 1:
        raise BadInput("a flow runs for a positive time, in at least one step")
    plain = _polynomial(field, len(start))
    found: Vec = _remembered(_flow, plain)(plain, start, time, steps)
    return found


@dataclass(frozen=True)
class _Polynomials:
    """A field by its coefficients: a stranger's code never runs on series, which answer every comparison with False."""

    entries: tuple[tuple[tuple[tuple[int, ...], Fraction], ...], ...]

    def velocity(self, x: Vec) -> Vec:
        """v(x)."""
        return Vec(
            tuple(
                # A power of a series whose first term holds 0 has no value in FLINT; a product has.
                total((prod((c for c, e in zip(x, m, strict=True) for _ in range(e)), start=a) for m, a in p))
                for p in self.entries
            )
        )


def _polynomial(field: Field, dim: int) -> Field:
    """What its code is on free variables, which has to be a polynomial; the field itself if it came with refute and is one."""
    found = polynomials(lift(field, Real.of).velocity, dim)
    if found is None:
        raise BadInput(
            f"the velocity of {_called(field)} is no polynomial in the coordinates with rational coefficients: a flow is enclosed for one that is built from +, - and * alone"
        )
    if not holds_users_code(field):
        return field
    return _Polynomials(tuple(tuple(p.items()) or (((0,) * dim, Fraction(0)),) for p in found))


def _called(field: Field) -> str:
    """The field by its kind, and by that of the function whose gradient it follows."""
    function = getattr(field, "f", None)
    return type(field).__name__ + (f" of a {type(function).__name__}" if function is not None else "")


def _remembered(computed: Any, field: Field) -> Any:
    """Equal fields have equal flows where no code of a user is in them: others may hide a part of their data from ==, or change it.
    Fields of numbers that are no exact data are not compared at all."""
    try:
        hash(field)
    except TypeError:
        return computed.__wrapped__
    return computed.__wrapped__ if holds_users_code(field) else computed


@lru_cache(4096)
def _flow(field: Field, start: Vec, time: Fraction, steps: int) -> Vec:
    with precision(BITS), _series_of(ORDER + 1):
        s = of_rational(time / steps)
        v = lift(field, lambda q: arb_series([Ball.of(q).a]))
        x = [Ball.of(c).a for c in start]
        for _ in range(steps):
            x = _step(v, x, s)
        return Vec(tuple(Ball(c) for c in x))


@contextmanager
def _series_of(terms: int) -> Iterator[None]:
    """Series keep so many terms, constants too: what a shorter one leaves out reads as 0."""
    before = ctx.cap
    ctx.cap = terms
    try:
        yield
    finally:
        ctx.cap = before


@dataclass(frozen=True)
class _OfFunction:
    """A function x -> v(x) as a field."""

    v: Callable[[Vec], Any]

    def velocity(self, x: Vec) -> Vec:
        """v(x)."""
        v = Vec(tuple(self.v(x)))
        if len(v) != len(x):
            raise BadInput(
                f"a field answers {len(v)} coordinates at a point of R^{len(x)}: it is a velocity, with as many"
            )
        return v


def solution(field: Field | Callable[[Vec], Any], start: Vec, time: Fraction) -> Vec:
    """The solution x(time) of x' = v(x), x(0) = start, for a polynomial v: a function of a point, or an object whose velocity(x) it is, such as
    GradientFlow(f). Its coordinates are numbers that every arithmetic reads: Taylor enclosures, in more steps where more bits are asked
    for, and mpmath's own Taylor solver (not certified, to 20 digits) for its opinion. Raises NotExact for a start or a time that is not
    rational, BadInput for a negative time, CannotBatch for a batch of them."""
    if not hasattr(field, "velocity"):
        if not callable(field):
            raise BadInput(f"{field!r} is no field: give a function of a point, or an object with velocity(x)")
        field = _OfFunction(closed(field))
    if _holds_a_batch(field):
        raise CannotBatch("the flows of a batch of fields")
    x, t = Vec(tuple(_data(c) for c in start)), _data(time)
    if (t.m if isinstance(t, Mp) else t) == 0:
        return x
    exact = not any(isinstance(c, Mp) for c in (*x, t))
    approximate = _remembered(_approximate, field) if exact else _approximate.__wrapped__

    def coordinate(i: int) -> Enclosed:
        return Enclosed(
            lambda bits: flow(field, x, t, min(bits // 8, MOST))[i].a,
            lambda n: approximate(field, x, t)[i],
        )

    return Vec(tuple(coordinate(i) for i in range(len(start))))


def _holds_a_batch(value: Any) -> bool:
    if is_dataclass(value):
        return any(_holds_a_batch(getattr(value, f.name)) for f in fields(value))
    return isinstance(value, Batch) or (isinstance(value, tuple) and any(map(_holds_a_batch, value)))


def _data(c: Any) -> Any:
    """A rational number of a body as exact data; mpmath's numbers are its own."""
    if isinstance(c, Batch):
        raise CannotBatch("the flow of a batch")
    return c if isinstance(c, Mp) else as_fraction(c)


@lru_cache(4096)
def _approximate(field: Field, start: Vec, time: Fraction) -> Vec:
    with digits(30):
        # Numbers of a lower precision say too little of the data that they were made from.
        exact = getattr(field, "__dict__", {}).get("_lifted_from", (field,))[0]

        def slope(t: Any, x: Any) -> list[Any]:
            # The solver works with more digits than the data would be given beforehand.
            follow_precision()
            v = lift(exact, Mp.of)
            return [Mp.of(c).m for c in v.velocity(Vec(tuple(Mp(e) for e in x)))]

        at = CONTEXT.odefun(slope, 0, [Mp.of(c).m for c in start])(Mp.of(time).m)
        follow_precision()
        return Vec(tuple(Mp(c, CONTEXT.mpf(10) ** -20) for c in at))


def _step(v: Any, x: list[arb], s: arb, halvings: int = HALVINGS) -> list[arb]:
    box = _holding(v, x, s)
    if box is None and halvings:
        return _step(v, _step(v, x, s / 2, halvings - 1), s / 2, halvings - 1)
    if box is None:
        raise Undecided("no box holds the flow, however short the step; take more steps")
    head, tail = _coefficients(v, x), _coefficients(v, box)
    return [_at(h[:ORDER], s) + t[ORDER] * s**ORDER for h, t in zip(head, tail, strict=True)]


def _holding(v: Any, x: list[arb], s: arb) -> list[arb] | None:
    """A box that holds the solutions from x up to the time s; None where none is found."""
    way = arb(0).union(s)
    box = x
    for _ in range(TRIES):
        moved = [c + way * _values(e) for c, e in zip(x, v.velocity(_constants(box)), strict=True)]
        if all(b.contains_interior(m) for b, m in zip(box, moved, strict=True)):
            return box
        box = [m + arb(0, 1) * (m.rad() * arb("0.2") + arb("1e-30")) for m in moved]
    return None


def _constants(x: list[arb]) -> Vec:
    return Vec(tuple(arb_series([c]) for c in x))


def _values(e: Any) -> arb:
    value: arb = arb_series(e)[0]
    return value


def _coefficients(v: Any, x: list[arb]) -> list[list[arb]]:
    """The Taylor coefficients 0, ..., ORDER of the solutions from x: each sweep of x + integral of v gives one more."""
    series = list(_constants(x))
    for _ in range(ORDER):
        slopes = v.velocity(Vec(tuple(series)))
        series = [arb_series([c]) + arb_series(e).integral() for c, e in zip(x, slopes, strict=True)]
    return [[e[j] for j in range(ORDER + 1)] for e in series]


def _at(coefficients: list[arb], s: arb) -> arb:
    value = arb(0)
    for c in reversed(coefficients):
        value = value * s + c
    return value
