"""Forward-mode differentiation: a number with its partial derivatives, over any arithmetic.

A `Dual` of balls encloses the value and the partial derivatives over a whole box, of exact numbers it has them exactly.
Where a ball touches several pieces of a piecewise polynomial the derivative is the hull of theirs, provided that neighbours
agree at their knot, exactly; where they do not, or it is not known, `Undecided` is raised: a jump has no derivative.

At a point where pieces meet (a comparison is a tie, and moves) the formula is differentiated on every side; the derivative is what all
sides agree on, and where they do not, or the values do not, there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Any

from flint import arb, arb_mat

from refute.errors import NotExact, Undecided, nothing_swallowed, overlook
from refute.numbers.ball import Ball, sign_of
from refute.numbers.batch import Batch
from refute.numbers.decide import sign
from refute.numbers.mp import Mp
from refute.numbers.real import Real, as_fraction
from refute.numbers.reflected import Reflected, refuse_float
from refute.numbers.vector import Matrix, Vec

# A row of balls is one matrix of Arb's, which adds and scales it at once; of other numbers a tuple.
Partials = tuple[Any, ...] | arb_mat
# Code that catches `ZeroDivisionError` would be differentiated at a formula that counts at the point alone.
POLE = "a formula divides by 0 at this point, and beside it by what is not 0"
#: Those of a constant.
NONE: Partials = ()


class Dual(Reflected):
    """v + sum of d[i] e_i with e_i e_j = 0; `d` is NONE for a constant."""

    __slots__ = ("d", "v")
    has_derivatives = True
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, v: Any, d: Partials = NONE) -> None:
        self.v = v
        self.d = d

    @staticmethod
    def of(value: Any) -> Dual:
        """A constant: exact data, or a number of any arithmetic."""
        if type(value) is Dual:
            return value
        if type(value) in (int, Fraction):
            return Dual(Fraction(value))
        if isinstance(value, Reflected):
            return Dual(value)
        if hasattr(value, "enclose"):
            return Dual(Real.of(value))
        raise NotExact(f"{value!r} ({type(value).__name__}) is not exact data")

    def __add__(self, other: Any) -> Dual:
        o = Dual.of(other)
        return Dual(self.v + o.v, _sum(self.d, o.d))

    def __sub__(self, other: Any) -> Dual:
        o = Dual.of(other)
        return Dual(self.v - o.v, _sum(self.d, _scaled(-1, o.d)))

    def __mul__(self, other: Any) -> Dual:
        if hasattr(other, "entries"):
            return NotImplemented  # a vector multiplies itself by a number
        o = Dual.of(other)
        return Dual(self.v * o.v, _sum(_scaled(o.v, self.d), _scaled(self.v, o.d)))

    def __truediv__(self, other: Any) -> Dual:
        o = Dual.of(other)
        try:
            q = self.v / o.v
        except ZeroDivisionError:
            if o.d is NONE:
                raise
            raise Undecided(POLE) from None
        moved = _sum(self.d, _scaled(-q, o.d))
        return Dual(q, _scaled(1 / o.v, moved))

    def __neg__(self) -> Dual:
        return Dual(-self.v, _scaled(-1, self.d))

    def __pos__(self) -> Dual:
        return self

    def __abs__(self) -> Dual:
        try:
            return self if self._vanishes() or self._side() >= 0 else -self
        except Undecided as why:
            if _on_a_kink(self.v):
                raise
            overlook(why)
            return Dual(abs(self.v), tuple(_at_a_jump(-e, e) for e in entries(self.d)))

    def __pow__(self, n: int) -> Dual:
        if type(n) is not int:
            raise NotExact(f"the exponent {n!r} is not an integer")
        if n == 0:
            one = self.v**0
            return Dual(one, _scaled(one - 1, self.d))  # not a number where x is none
        try:
            return Dual(self.v**n, _scaled(n * self.v ** (n - 1), self.d))
        except ZeroDivisionError:
            if self.d is NONE:
                raise
            raise Undecided(POLE) from None

    def _vanishes(self) -> bool:
        """Of two numbers with this difference each may take the place of the other, their derivatives too."""
        return not isinstance(self.v, Dual) and self.v == 0 and _all_zero(self.d)

    def _side(self) -> int:
        """The sign of this number: where it is exactly 0, and moves, that on the side that is being looked at. Raises Undecided where no
        side is, or the first derivative does not tell."""
        s = _sign(self.v)
        if s or self.d is NONE:
            return s
        if _all_zero(self.d) or isinstance(self.v, Dual):
            raise Undecided(
                "a formula that branches at this point may have another derivative than the branch that counts there"
            )
        return _side_of(self.d)

    def _compared(self, other: Any) -> int:
        """The sign of the difference. On the line a tie has two sides; in space what lies between two branches may touch the point along
        a curve, and no direction leads there."""
        gap = self.__sub__(other)
        if len(entries(gap.d)) > 1 and not _sign(gap.v):
            raise Undecided("a formula branches at this point")
        return gap._side()

    def __lt__(self, other: Any) -> bool:
        return self._compared(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._compared(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._compared(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._compared(other) >= 0

    def __eq__(self, other: object) -> bool:
        return self._compared(other) == 0

    def __ne__(self, other: object) -> bool:
        return self._compared(other) != 0

    def __bool__(self) -> bool:
        return self._compared(0) != 0

    def __float__(self) -> float:
        refuse_float()
        return float(self.v)

    def __repr__(self) -> str:
        return f"Dual({self.v}, {self.d})"

    def apply(self, name: str) -> Dual:
        """The function called `name`, by the chain rule."""
        v = self.v if isinstance(self.v, Dual) else _value(self.v)
        value = v.apply(name)
        if self.d is NONE:
            return Dual(value)
        try:
            return Dual(value, _scaled(_SLOPES[name](v, value), self.d))
        except ZeroDivisionError:
            raise Undecided(POLE) from None

    def larger(self, other: Any) -> Dual:
        """max(self, other)."""
        o = Dual.of(other)
        gap = self - o
        try:
            return self if gap._vanishes() or gap._side() >= 0 else o
        except Undecided as why:
            if _on_a_kink(gap.v):
                raise
            overlook(why)
            p, q = entries(self.d), entries(o.d)
            zero = (Fraction(0),) * (len(p) or len(q))
            larger = (
                self.v.larger(o.v)
                if isinstance(self.v, Dual)
                else Dual.of(o.v).larger(self.v)
                if isinstance(o.v, Dual)
                else Ball.of(self.v).larger(o.v)
            )
            return Dual(larger, tuple(_at_a_jump(u, v) for u, v in zip(p or zero, q or zero, strict=True)))

    def piecewise(self, knots: Sequence[Any], table: Sequence[Sequence[Any]]) -> Dual:
        """The piecewise polynomial of `refute.numbers.functions.piecewise` at this number."""
        if any(isinstance(t, Dual) and t.d is not NONE for t in knots):
            raise Undecided("knots that depend on the point are not differentiated: write it with maximum and minimum")
        at, here = [_value(t) for t in knots], _value(self)
        touched = list(here.pieces(at)) if isinstance(here, Ball) else [self._piece(here, at, table)]
        order = _order(self)
        for i, j in pairwise(touched):
            if any(a != b for a, b in zip(*(_jet(at[i], table[k], order) for k in (i, j)), strict=True)):
                raise Undecided("the pieces jump at their knot: there is no derivative")
        images = [_horner(self, table[i]) for i in touched]
        hull = images[0]
        for image in images[1:]:
            hull = _hull(hull, image)
        return hull

    def _piece(self, here: Any, at: Sequence[Any], table: Sequence[Sequence[Any]]) -> int:
        """The piece whose derivative counts: at a knot where the two have the same one either, else that of the side that is looked at."""
        i = int(here.piece(at))
        if self.d is NONE or i == len(at) or here != at[i]:
            return i
        if i + 1 < len(at) and at[i + 1] == at[i]:
            raise Undecided("several pieces begin at one knot")
        if _jet(at[i], table[i], 1) != _jet(at[i], table[i + 1], 1):
            raise Undecided("the pieces jump at their knot: there is no derivative")
        moving = any(isinstance(e, Dual) and e.d is not NONE for e in (*table[i], *table[i + 1]))
        smooth = not moving and all(
            a == b for a, b in zip(*(_jet(at[i], table[k], _order(self) + 1) for k in (i, i + 1)), strict=True)
        )
        return i if smooth else i + ((self - at[i])._side() > 0)


def _sum(a: Partials, b: Partials) -> Partials:
    if a is NONE or b is NONE:
        return b if a is NONE else a
    if isinstance(a, arb_mat) or isinstance(b, arb_mat):
        return _row(a) + _row(b)
    return tuple(p + q for p, q in zip(a, b, strict=True))


def _scaled(c: Any, d: Partials) -> Partials:
    if d is NONE:
        return d
    if isinstance(d, arb_mat):
        return d * Ball.of(c).a
    return tuple(c * e for e in d)


def _row(d: Partials) -> arb_mat:
    return d if isinstance(d, arb_mat) else arb_mat(1, len(d), [Ball.of(e).a for e in d])


def entries(d: Partials) -> tuple[Any, ...]:
    """The partial derivatives one by one."""
    return tuple(Ball(e) for e in d.entries()) if isinstance(d, arb_mat) else d


def _value(x: Any) -> Any:
    """The number under all derivatives."""
    while isinstance(x, Dual):
        x = x.v
    return Real.of(x) if isinstance(x, (int, Fraction)) else x


def _order(x: Any) -> int:
    return 1 + _order(x.v) if isinstance(x, Dual) else 0


def _hull(p: Any, q: Any) -> Any:
    """What holds the numbers, and the derivatives, of both."""
    if isinstance(p, Dual) or isinstance(q, Dual):
        a, b = Dual.of(p), Dual.of(q)
        return Dual(_hull(a.v, b.v), _hulls(a.d, b.d))
    return Ball.hull(p, q)


def _hulls(a: Partials, b: Partials) -> Partials:
    p, q = entries(a), entries(b)
    zero = (Fraction(0),) * (len(p) or len(q))
    return tuple(_hull(u, v) for u, v in zip(p or zero, q or zero, strict=True))


def _at_a_jump(p: Any, q: Any) -> Any:
    """What holds both of two one-sided derivatives; between them it jumps, so that its own derivative is no number."""
    if isinstance(p, Dual) or isinstance(q, Dual):
        a, b = Dual.of(p), Dual.of(q)
        n = len(entries(a.d)) or len(entries(b.d))
        return Dual(_at_a_jump(a.v, b.v), (Ball(arb("nan")),) * n)
    return Ball.hull(p, q)


def _horner(x: Dual, row: Sequence[Any]) -> Dual:
    t, *coefficients = row
    u = x - t
    value: Dual = Dual.of(coefficients[-1]) + 0 * u  # not a number where x is none
    for c in reversed(coefficients[:-1]):
        value = value * u + c
    return value


def _jet(knot: Any, row: Sequence[Any], order: int) -> list[Any]:
    """The value of a piece at a knot and its derivatives below `order`, exactly."""
    t, *c = [_exact(_value(e)) for e in row]
    u, jet = _exact(knot) - t, []
    for _ in range(order):
        value = Real.of(0)
        for e in reversed(c):
            value = value * u + e
        jet.append(value)
        c = [j * e for j, e in enumerate(c[1:], 1)]
    return jet


def _exact(v: Any) -> Real:
    if isinstance(v, Ball):
        raise Undecided("it is not known whether the pieces agree at their knot")
    return Real.of(v)


_SLOPES: dict[str, Callable[[Any, Any], Any]] = {
    "exp": lambda x, y: y,
    "log": lambda x, y: 1 / x,
    "cos": lambda x, y: -x.apply("sin"),
    "sin": lambda x, y: x.apply("cos"),
    "tanh": lambda x, y: 1 - y * y,
    "sqrt": lambda x, y: 1 / (2 * y),
    "softplus": lambda x, y: x.apply("sigmoid"),
    "sigmoid": lambda x, y: y * (-x).apply("sigmoid"),
    "log_cosh": lambda x, y: x.apply("tanh"),
}


def _sign(v: Any) -> int:
    """The sign of a number of any arithmetic; mpmath's are 0 within their errors. Raises Undecided where points of a box differ."""
    if isinstance(v, Dual):
        return v._side()
    if isinstance(v, Real):
        return sign(v)
    if isinstance(v, Ball):
        s = sign_of(v.a)
        if s is None:
            raise Undecided("the points of a ball disagree about a comparison")
        return s
    return 0 if v == 0 else 1 if v > 0 else -1


def _all_zero(d: Partials) -> bool:
    return all(_is_zero(e) for e in entries(d))


def _is_zero(e: Any) -> bool:
    if isinstance(e, Dual):
        return _is_zero(e.v) and _all_zero(e.d)
    return bool(e.a.is_zero()) if isinstance(e, Ball) else bool(e == 0)


def _on_a_kink(v: Any) -> bool:
    """Whether a difference is exactly 0 at a point: then the hull of two branches would say nothing of its derivative."""
    return not isinstance(_value(v), Ball) and not _sign(_value(v))


def duals(x: Vec) -> Vec:
    """The coordinates of x as independent variables."""
    n = len(x)
    units = [[int(i == j) for j in range(n)] for i in range(n)]
    return Vec(
        tuple(
            Dual(c, arb_mat([e]) if isinstance(c, Ball) else tuple(map(Fraction, e)))
            for c, e in zip(x, units, strict=True)
        )
    )


def partials(f: Callable[[Vec], Any], x: Vec) -> tuple[Any, ...]:
    """The partial derivatives of a function of the vector x, in the arithmetic of x. Raises Undecided where f has pieces that meet at x and
    their values or derivatives differ."""
    (y,) = _from_all_sides(lambda: [Dual.of(f(duals(x)))], lambda: [f(x)])
    return entries(y.d) or (Fraction(0),) * len(x)


def jacobian(t: Callable[[Vec], Vec], x: Vec) -> Matrix:
    """The matrix of the partial derivatives of a map: one row for each entry of t(x). Raises Undecided as `partials` does."""
    images = _from_all_sides(lambda: [Dual.of(y) for y in t(duals(x))], lambda: list(t(x)))
    return tuple(entries(y.d) or (Fraction(0),) * len(x) for y in images)


def derivative_of(system: Any, box: Vec) -> Matrix | None:
    """Balls around the entries of T' over a box (numbers of mpmath at a point of such), for a map given by move(x) = T(x) - x; None where it has none, or jumps.

    Where a ball touches several pieces the exact data of a system in balls is differentiated, so that pieces are known to agree at
    their knots.
    """
    exact = getattr(system, "__dict__", {}).get("_lifted_from", (system,))[0]
    for version in (system, exact):
        try:
            z = duals(box)
            images = _from_all_sides(
                lambda z=z, t=version: [Dual.of(y) for y in z + t.move(z)],  # type: ignore[misc]
                lambda t=version: list(box + t.move(box)),  # type: ignore[misc]
            )
        except (Undecided, ZeroDivisionError, NotExact) as why:
            overlook(why)
            continue
        # Slopes may be known where T is not defined: those of log(x) - log(x), say.
        if any(isinstance(y.v, Ball) and not y.v.a.is_finite() for y in images):
            return None
        if any(isinstance(e, Ball) and not e.a.is_finite() for y in images for e in entries(y.d)):
            return None
        number = Mp.of if any(isinstance(c, Mp) for c in box) else Ball.of
        zero = (Fraction(0),) * len(box)
        return tuple(tuple(number(e) for e in entries(y.d) or zero) for y in images)
    return None


class _Sides:
    """Which side of each kink that a point lies on is looked at: a kink is told by the direction in which its formula grows."""

    def __init__(self) -> None:
        self.chosen: dict[tuple[Any, ...], int] = {}
        self.others: list[dict[tuple[Any, ...], int]] = []

    def of(self, direction: tuple[Any, ...]) -> int:
        """The sign, on this side, of a formula that grows in this direction."""
        if direction not in self.chosen:
            self.others.append({**self.chosen, direction: -1})
            self.chosen[direction] = 1
        return self.chosen[direction]


# So many sides of a point are looked at.
MOST_SIDES = 32
_SIDES: ContextVar[_Sides | None] = ContextVar("sides", default=None)


def _side_of(d: Partials) -> int:
    """The sign, on the side that is looked at, of a formula that is 0 and has these partial derivatives."""
    sides = _SIDES.get()
    if sides is None:
        raise Undecided("pieces of a formula meet at this point")
    e = [_comparable(c) for c in entries(d)]
    first = next((c for c in e if c), None)
    if first is None:
        raise Undecided("pieces of a formula meet at this point")
    return sides.of(tuple(c / abs(first) if first > 0 else -c / abs(first) for c in e)) * (1 if first > 0 else -1)


def _comparable(c: Any) -> Any:
    """A partial derivative as a number that is the same wherever it is computed."""
    if isinstance(c, Mp):
        return Fraction(round(float(c) * 2**30), 2**30)
    if isinstance(c, Batch) and isfinite(float(c.f)):
        return Fraction(float(c.f))
    if isinstance(c, Ball) and c.a.is_exact():
        q = c.a.fmpq()
        return Fraction(int(q.p), int(q.q))
    if isinstance(c, (Dual, Ball)):
        raise Undecided("pieces of a formula meet at this point")
    return as_fraction(c)


def _from_all_sides(run: Callable[[], list[Dual]], plain: Callable[[], list[Any]]) -> list[Dual]:
    """The numbers with their derivatives, the same on all sides of the kinks that the point lies on, and with the values that the function
    has there; raises Undecided where they differ."""
    sides = _Sides()
    token = _SIDES.set(sides)
    try:
        with nothing_swallowed():
            images = run()
        if not sides.others:
            return images
        seen = [images]
        while sides.others:
            sides.chosen = sides.others.pop()
            with nothing_swallowed():
                seen.append(run())
            if len(seen) > MOST_SIDES:
                raise Undecided("too many pieces meet at this point")
    finally:
        _SIDES.reset(token)
    values = [_value(Dual.of(v)) for v in plain()]
    for each in seen:
        same = all(_value(y) == v for y, v in zip(each, values, strict=True))
        if not same or not all(_same(y.d, z.d) for y, z in zip(each, images, strict=True)):
            raise Undecided("it has no derivative at a point where its pieces meet")
    return images


def _same(a: Partials, b: Partials) -> bool:
    return _all_zero(_sum(a, _scaled(-1, b)))
