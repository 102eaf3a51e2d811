"""Derivatives of functions and maps, by forward-mode differentiation in the arithmetic of the point."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from flint import arb_mat

from refute.errors import NotExact, Undecided, nothing_swallowed, overlook
from refute.numbers.ball import Ball, enclose
from refute.numbers.dual import Dual, entries, under_derivatives, vanishes
from refute.numbers.mp import Mp
from refute.numbers.real import Real
from refute.numbers.sides import on_each_side
from refute.numbers.vector import Matrix, Vec


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
