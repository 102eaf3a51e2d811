"""Forward-mode differentiation: a number with its partial derivatives, over any arithmetic.

A `Dual` of balls encloses the value and the partial derivatives over a whole box, of exact numbers it has them exactly.
Where a ball touches several pieces of a piecewise polynomial the derivative is the hull of theirs, provided that neighbours
agree at their knot, exactly; where they do not, or it is not known, `Undecided` is raised: a jump has no derivative.

Derivatives of derivatives are taken of numbers of several *levels*, one for each differentiation. A number of a lower level is a constant for a
higher one, and is carried along inside: what is differentiated by v may depend on x, which an outer differentiation moves.

At a point where pieces meet (a comparison is a tie, and moves) the formula is differentiated on every side; the derivative is what all
sides agree on, and where they do not, or the values do not, there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb, arb_mat

from refute.errors import NotExact, Undecided, not_an_exponent, not_exact, overlook
from refute.numbers.ball import Ball, sign_of
from refute.numbers.decide import sign
from refute.numbers.real import Real
from refute.numbers.reflected import Reflected
from refute.numbers.sides import side_of
from refute.work import WORK

# A row of balls is one matrix of Arb's, which adds and scales it at once; of other numbers a tuple.
Partials = tuple[Any, ...] | arb_mat
# Code that catches `ZeroDivisionError` would be differentiated at a formula that counts at the point alone.
POLE = "a formula divides by 0 at this point, and beside it by what is not 0"
#: Those of a constant.
NONE: Partials = ()


class Dual(Reflected):
    """v + sum of d[i] e_i with e_i e_j = 0, where the e_i are those of one differentiation, its `level`; `d` is NONE for a constant. v and d may
    hold numbers of lower levels."""

    __slots__ = ("d", "level", "v")
    has_derivatives = True
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, v: Any, d: Partials = NONE, level: int = 0) -> None:
        WORK.ticks += 2
        self.v = v
        self.d = d
        self.level = level

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
        raise not_exact(value)

    def __add__(self, other: Any) -> Dual:
        v, d, w, e, level = _aligned(self, Dual.of(other))
        return Dual(v + w, _sum(d, e), level)

    def __sub__(self, other: Any) -> Dual:
        v, d, w, e, level = _aligned(self, Dual.of(other))
        return Dual(v - w, _sum(d, _scaled(-1, e)), level)

    def __mul__(self, other: Any) -> Dual:
        if hasattr(other, "entries"):
            return NotImplemented  # a vector multiplies itself by a number
        v, d, w, e, level = _aligned(self, Dual.of(other))
        return Dual(v * w, _sum(_scaled(w, d), _scaled(v, e)), level)

    def __truediv__(self, other: Any) -> Dual:
        v, d, w, e, level = _aligned(self, Dual.of(other))
        try:
            q = v / w
        except ZeroDivisionError:
            if e is NONE:
                raise
            raise Undecided(POLE) from None
        moved = _sum(d, _scaled(-q, e))
        return Dual(q, _scaled(1 / w, moved), level)

    def __neg__(self) -> Dual:
        return Dual(-self.v, _scaled(-1, self.d), self.level)

    def __pos__(self) -> Dual:
        return self

    def __abs__(self) -> Dual:
        try:
            return self if self._leads() else -self
        except Undecided as why:
            if _on_a_kink(self.v):
                raise
            overlook(why)
            return Dual(abs(self.v), tuple(_at_a_jump(-e, e, self.v) for e in entries(self.d)), self.level)

    def __pow__(self, n: int) -> Dual:
        if type(n) is not int:
            raise not_an_exponent(n)
        if n == 0:
            one = self.v**0
            return Dual(one, _scaled(one - 1, self.d), self.level)  # not a number where x is none
        try:
            return Dual(self.v**n, _scaled(n * self.v ** (n - 1), self.d), self.level)
        except ZeroDivisionError:
            if self.d is NONE:
                raise
            raise Undecided(POLE) from None

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
        return side_of(entries(self.d), self.level)

    def _leads(self) -> bool:
        """Whether the first of two numbers with this difference is the larger one on the side that is being looked at; where they and their
        derivatives are equal each may take the place of the other."""
        if not isinstance(self.v, Dual):
            s = _sign(self.v)
            if s or _all_zero(self.d):
                return s >= 0
        return self._side() >= 0

    def _compared(self, other: Any) -> int:
        """The sign of the difference. On the line a tie has two sides; in space what lies between two branches may touch the point along
        a curve, and no direction leads there."""
        gap = self.__sub__(other)
        if len(entries(gap.d)) > 1 and not _sign(under_derivatives(gap)):
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
        raise NotExact(
            "a float of it would hide the derivative: write refute's sqrt, exp, sin ..., and compare the number itself"
        )

    def __repr__(self) -> str:
        return f"Dual({self.v}, {self.d})"

    def apply(self, name: str) -> Dual:
        """The function called `name`, by the chain rule."""
        v = self.v if isinstance(self.v, Dual) else under_derivatives(self.v)
        value = v.apply(name)
        if self.d is NONE:
            return Dual(value, NONE, self.level)
        try:
            return Dual(value, _scaled(_SLOPES[name](v, value), self.d), self.level)
        except ZeroDivisionError:
            raise Undecided(POLE) from None

    def larger(self, other: Any) -> Dual:
        """max(self, other)."""
        o = Dual.of(other)
        gap = self - o
        try:
            return self if gap._leads() else o
        except Undecided as why:
            if _on_a_kink(gap.v):
                raise
            overlook(why)
            a, d, b, e, level = _aligned(self, o)
            p, q = entries(d), entries(e)
            zero = (Fraction(0),) * (len(p) or len(q))
            nested = isinstance(a, Dual) or isinstance(b, Dual)
            larger = (Dual if nested else Ball).of(a).larger(b)
            jumps = tuple(_at_a_jump(u, v, gap.v) for u, v in zip(p or zero, q or zero, strict=True))
            return Dual(larger, jumps, level)

    def piecewise(self, knots: Sequence[Any], table: Sequence[Sequence[Any]]) -> Dual:
        """The piecewise polynomial of `refute.numbers.functions.piecewise` at this number."""
        if any(map(_moves, knots)):
            raise Undecided("knots that depend on the point are not differentiated: write it with maximum and minimum")
        at, here = [under_derivatives(t) for t in knots], under_derivatives(self)
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
        moving = any(map(_moves, (*table[i], *table[i + 1])))
        smooth = not moving and all(
            a == b for a, b in zip(*(_jet(at[i], table[k], _order(self) + 1) for k in (i, i + 1)), strict=True)
        )
        return i if smooth else i + ((self - at[i])._side() > 0)


def _aligned(a: Dual, b: Dual) -> tuple[Any, Partials, Any, Partials, int]:
    """Both numbers as those of the higher of their levels: value and partials of each, and the level."""
    if a.level == b.level:
        return a.v, a.d, b.v, b.d, a.level
    if a.level > b.level:
        return a.v, a.d, b.v if b.d is NONE else b, NONE, a.level
    return a.v if a.d is NONE else a, NONE, b.v, b.d, b.level


def _moves(x: Any) -> bool:
    """Whether a number has derivatives of any level."""
    while isinstance(x, Dual):
        if x.d is not NONE:
            return True
        x = x.v
    return False


def _sum(a: Partials, b: Partials) -> Partials:
    if a is NONE or b is NONE:
        return b if a is NONE else a
    matrices = isinstance(a, arb_mat), isinstance(b, arb_mat)
    if all(matrices) or (any(matrices) and not _nested(a) and not _nested(b)):
        return _row(a) + _row(b)
    return tuple(p + q for p, q in zip(entries(a), entries(b), strict=True))


def _nested(d: Partials) -> bool:
    """Whether partials are numbers of a lower level: no matrix of Arb's holds these."""
    return not isinstance(d, arb_mat) and any(isinstance(e, Dual) for e in d)


def _scaled(c: Any, d: Partials) -> Partials:
    if d is NONE:
        return d
    if isinstance(d, arb_mat) and not isinstance(c, Dual):
        return d * Ball.of(c).a
    return tuple(c * e for e in entries(d))


def _row(d: Partials) -> arb_mat:
    return d if isinstance(d, arb_mat) else arb_mat(1, len(d), [Ball.of(e).a for e in d])


def entries(d: Partials) -> tuple[Any, ...]:
    """The partial derivatives one by one."""
    return tuple(Ball(e) for e in d.entries()) if isinstance(d, arb_mat) else d


def under_derivatives(x: Any) -> Any:
    """The number itself, in its arithmetic."""
    while isinstance(x, Dual):
        x = x.v
    return Real.of(x) if isinstance(x, (int, Fraction)) else x


def _order(x: Any) -> int:
    return 1 + _order(x.v) if isinstance(x, Dual) else 0


def _hull(p: Any, q: Any) -> Any:
    """What holds the numbers, and the derivatives, of both."""
    if isinstance(p, Dual) or isinstance(q, Dual):
        v, d, w, e, level = _aligned(Dual.of(p), Dual.of(q))
        return Dual(_hull(v, w), _hulls(d, e), level)
    return Ball.hull(p, q)


def _hulls(a: Partials, b: Partials) -> Partials:
    p, q = entries(a), entries(b)
    zero = (Fraction(0),) * (len(p) or len(q))
    return tuple(_hull(u, v) for u, v in zip(p or zero, q or zero, strict=True))


def _at_a_jump(p: Any, q: Any, inner: Any) -> Any:
    """What holds both of two one-sided derivatives; between them it jumps, so that its own derivative, by whatever moves `inner`, on which the
    jump depends, is no number: also where the two are numbers as they stand, as the slopes of |x| are."""
    numbers = [Dual.of(x) for x in (p, q, inner)]
    level = max(x.level for x in numbers)
    if level == 0:
        return Ball.hull(*(x.v for x in numbers[:2]))
    n = max(len(entries(x.d)) for x in numbers if x.level == level)
    under = _at_a_jump(*(x.v if x.level == level else x for x in numbers))
    return Dual(under, (Ball(arb("nan")),) * n, level) if n else under


def _horner(x: Dual, row: Sequence[Any]) -> Dual:
    t, *coefficients = row
    u = x - t
    value: Dual = Dual.of(coefficients[-1]) + 0 * u  # not a number where x is none
    for c in reversed(coefficients[:-1]):
        value = value * u + c
    return value


def _jet(knot: Any, row: Sequence[Any], order: int) -> list[Any]:
    """The value of a piece at a knot and its derivatives below `order`, exactly."""
    t, *c = [_exact(under_derivatives(e)) for e in row]
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
    return all(vanishes(e) for e in entries(d))


def vanishes(e: Any) -> bool:
    """Whether a number is 0, and all its derivatives."""
    if isinstance(e, Dual):
        return vanishes(e.v) and _all_zero(e.d)
    return bool(e.a.is_zero()) if isinstance(e, Ball) else bool(e == 0)


def _on_a_kink(v: Any) -> bool:
    """Whether a difference is exactly 0 at a point: then the hull of two branches would say nothing of its derivative."""
    return not isinstance(under_derivatives(v), Ball) and not _sign(under_derivatives(v))
