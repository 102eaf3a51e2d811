"""Derivatives of functions and maps, by forward-mode differentiation in the arithmetic of the point."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import count
from typing import Any

from flint import arb_mat

from refute.errors import NotExact, Undecided, nothing_swallowed, overlook
from refute.numbers.ball import Ball, enclose
from refute.numbers.dual import NONE, Dual, entries, under_derivatives, vanishes
from refute.numbers.mp import Mp
from refute.numbers.real import Real
from refute.numbers.sides import on_each_side
from refute.numbers.vector import Matrix, Vec, rows

# Each differentiation has a level of its own, higher than those that it takes place in.
_LEVELS = count(1)


def duals(x: Vec, level: int) -> Vec:
    """The coordinates of x as the independent variables of a differentiation."""
    n = len(x)
    units = [[int(i == j) for j in range(n)] for i in range(n)]
    return Vec(
        tuple(
            Dual(c, arb_mat([e]) if isinstance(c, Ball) else tuple(map(Fraction, e)), level)
            for c, e in zip(x, units, strict=True)
        )
    )


def _by(y: Any, level: int) -> Dual:
    """A number as one of this differentiation: one of a lower level does not move with its variables. Raises Undecided for one of a
    higher level, which has got out of its own."""
    y = Dual.of(y)
    if y.level > level:
        raise Undecided("a number of one differentiation is used in another one")
    return y if y.level == level else Dual(y if y.level else y.v, NONE, level)


def partials(f: Callable[[Vec], Any], x: Vec) -> Vec:
    """The partial derivatives of a function of the vector x, as a vector, in the arithmetic of x. Raises Undecided where f has pieces that meet at x and
    their values or derivatives differ."""
    level = next(_LEVELS)
    (y,) = _from_all_sides(lambda: [_by(f(duals(x, level)), level)], lambda: [f(x)])
    return Vec(entries(y.d) or (Fraction(0),) * len(x))


def jacobian(t: Callable[[Vec], Vec], x: Vec) -> Matrix:
    """The matrix of the partial derivatives of a map, one row for each entry of t(x); J + K and c * J are those of matrices. Raises Undecided as `partials` does."""
    level = next(_LEVELS)
    images = _from_all_sides(lambda: [_by(y, level) for y in t(duals(x, level))], lambda: list(t(x)))
    return rows(entries(y.d) or (Fraction(0),) * len(x) for y in images)


def derivative_of(system: Any, box: Vec) -> Matrix | None:
    """Balls around the entries of T' over a box (numbers of mpmath at a point of such), for a map given by move(x) = T(x) - x; None where it has none, or jumps.

    Where a ball touches several pieces the exact data of a system in balls is differentiated, so that pieces are known to agree at
    their knots.
    """
    exact = getattr(system, "__dict__", {}).get("_lifted_from", (system,))[0]
    for version in (system, exact):
        level = next(_LEVELS)
        try:
            z = duals(box, level)
            images = _from_all_sides(
                lambda z=z, t=version, at=level: [_by(y, at) for y in z + t.move(z)],  # type: ignore[misc]
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


def _defined(y: Any) -> None:
    """Raise Undecided where a value is no number: the slope of a logarithm is one left of 0, too."""
    if isinstance(y, Ball) and not y.a.is_finite():
        raise Undecided("the function is not defined, or not known to be, at the point where it is differentiated")
    if isinstance(y, Real) and y.q is None and not any(enclose(y, bits).is_finite() for bits in (64, 256, 1024, 4096)):
        raise Undecided("the function is not defined at the point where it is differentiated")


def _from_all_sides(run: Callable[[], list[Dual]], plain: Callable[[], Iterable[Any]]) -> list[Dual]:
    """The numbers with their derivatives, the same on all sides of the kinks that the point lies on, and with the values that the function
    has there; raises Undecided where they differ."""
    images, *others = on_each_side(run)
    for y in images:
        _defined(under_derivatives(y))
    if not others:
        return images
    with nothing_swallowed():
        values = [under_derivatives(Dual.of(v)) for v in plain()]
    for each in (images, *others):
        values_agree = all(under_derivatives(y) == v for y, v in zip(each, values, strict=True))
        if not values_agree or not all(vanishes(y - z) for y, z in zip(each, images, strict=True)):
            raise Undecided("it has no derivative at a point where its pieces meet")
    return images
