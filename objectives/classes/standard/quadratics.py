r"""Classes of quadratic functions. Their gradients are linear in $x - x_*$, which proofs use beside the eigenvalues of the Hessian.

Of any two answers of $f(x) = f_* + \langle A(x - x_*), x - x_*\rangle/2$, one may be that at the minimizer, the difference of the values is the mean of the gradients times the difference of the points.
With what is asked of the differences $A(x - y)$ this is necessary, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.draws import Class, cases_of, draw_quadratic
from objectives.classes.fitted import moved
from objectives.classes.known import Answer
from objectives.functions.quadratic import Quadratic, square
from refute import (
    RATIONALS,
    Case,
    Claim,
    Domain,
    Draw,
    Scalar,
    Vec,
    both,
    choose,
    dot,
    known,
    lt,
    points,
    positive,
    rational,
    reject,
)

SHARES = (Fraction(1, 10), Fraction(1, 2), Fraction(1), Fraction(1, 100), Fraction(1, 1000))


def _mean_slope(a: Answer, b: Answer) -> list[Scalar]:
    """f_a - f_b = <g_a + g_b, x_a - x_b>/2."""
    left = a.f - b.f - dot(a.g + b.g, a.x - b.x) / 2
    return [left, -left]


def _convex(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """The mean slope, and <g, L x - g> >= 0 and <g, x> >= 0 for g = g_a - g_b, x = x_a - x_b."""
    x, g = a.x - b.x, a.g - b.g
    return [*_mean_slope(a, b), dot(g, f.L * x - g), dot(g, x)]


def _strongly_convex(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """The mean slope, and <g - mu x, L x - g> >= 0, <g - mu x, x> >= 0, <L x - g, x> >= 0 for g = g_a - g_b, x = x_a - x_b. The second and the third follow from the first
    where mu < L, with a weight that has no bound as mu comes close to L."""
    x, g = a.x - b.x, a.g - b.g
    return [*_mean_slope(a, b), dot(g - f.mu * x, f.L * x - g), dot(g - f.mu * x, x), dot(f.L * x - g, x)]


def quadratics(*, dim: int = 5) -> Domain:
    """Quadratic functions that are not affine."""

    def draw(d: Draw) -> Quadratic:
        f = draw_quadratic(d, Class(dim=dim))
        if f.L <= 0:
            reject()
        return f

    def member(f: Any) -> Claim:
        return known(isinstance(f, Quadratic) and bool(f.L != 0), "a quadratic with a nonzero Hessian")

    cases = (
        Case("singular", Fraction(1, 20), lambda f: 0 in f.eigenvalues),
        Case("indefinite", Fraction(1, 20), lambda f: min(f.eigenvalues) < 0 < max(f.eigenvalues)),
        Case("a start at rest is possible", Fraction(1, 20), lambda f: f.minimum is not None),
    )
    return Domain("quadratics", draw, member, (Quadratic, Vec), cases=cases)


def quadratics_at_rest() -> Domain:
    """Quadratics, convex or not, with a rest point, that are not constant."""
    anything = quadratics()

    def draw(d: Draw) -> Quadratic:
        f: Quadratic = anything.draw(d)
        return f if f.rest is not None else replace(f, slopes=(Fraction(0),) * f.dim)

    def member(f: Any) -> Claim:
        return known(
            isinstance(f, Quadratic) and f.rest is not None and bool(f.L != 0), "a quadratic with a rest point"
        )

    return Domain("quadratics with a rest point", draw, member, (Quadratic, Vec))


def convex_quadratics(*, dim: Any = None) -> Domain:
    """Convex quadratics, on R^dim where it is given, with a minimizer that are not constant, with eigenvalues of the Hessian from 0 to L: f(x) = f_* + <A(x - x_*), x - x_*>/2."""

    def draw(d: Draw) -> Quadratic:
        f = draw_quadratic(d, Class(convex=True, minimum=True, exactly=dim))
        if f.L <= 0:
            reject()
        return f

    def member(f: Any) -> Claim:
        is_one = isinstance(f, Quadratic) and f.minimum is not None and bool(f.L != 0) and dim in (None, f.dim)
        return known(is_one, "convex, with a rest point")

    name = "convex quadratics with a minimum"
    drawn = Domain(
        name, draw, member, (Quadratic, Vec), cases=cases_of(Class(convex=True)) if dim is None else (), moved=moved
    )
    return by_conditions(
        name, pair=_convex, constants=("L",), minimizer=True, linear=True, sufficient=False, drawn=drawn, dim=dim
    )


def strongly_convex_quadratics(*, dim: Any = None) -> Domain:
    """Strongly convex quadratics, on R^dim where it is given, with eigenvalues of the Hessian from mu to L, 0 < mu <= L: f(x) = f_* + <A(x - x_*), x - x_*>/2."""

    def draw(d: Draw) -> Quadratic:
        f = draw_quadratic(d, Class(convex=True, minimum=True, exactly=dim))
        (share,) = choose(d, len(SHARES))
        least = SHARES[share] * (f.L or Fraction(1))
        return replace(f, eigenvalues=tuple(max(e, least) for e in f.eigenvalues))

    def member(f: Any) -> Claim:
        is_one = isinstance(f, Quadratic) and bool(f.mu > 0) and dim in (None, f.dim)
        return known(is_one, "a strongly convex quadratic")

    name = "strongly convex quadratics"
    cases = (
        Case("condition above 1", Fraction(1, 10), lambda f: f.mu < f.L),
        Case("d > 1", Fraction(1, 10), lambda f: f.dim > 1),
    )
    drawn = Domain(name, draw, member, (Quadratic, Vec), cases=cases if dim is None else (), moved=moved)
    return by_conditions(
        name,
        pair=_strongly_convex,
        constants=("L", "mu"),
        minimizer=True,
        linear=True,
        sufficient=False,
        drawn=drawn,
        dim=dim,
    )


def parabolas() -> Domain:
    """L x^2/2 on the line, L > 0."""
    curvature = positive()

    def draw(d: Draw) -> Quadratic:
        return square(curvature.draw(d))

    def member(f: Any) -> Claim:
        plain = isinstance(f, Quadratic) and f.dim == 1 and f.value == 0 and f.rest is not None and bool(f.rest[0] == 0)
        return both(centred=known(plain, "L x^2/2"), convex=lt(0, f.mu))

    return Domain("L x^2/2", draw, member, (Quadratic, Vec))


def eigen_starts(f: Quadratic) -> Domain:
    """Points for a quadratic: one in eight is drawn at rest, if there is such a point, and half
    at rest (or at the centre) plus an eigenvector."""
    anywhere = points(f.dim)

    def draw(d: Draw) -> Vec:
        kind, i, t = choose(d, 8, f.dim, RATIONALS)
        at = f.centre if f.rest is None else f.rest
        if kind == 0:
            return at
        if kind < 5:
            return at + rational(t) * Vec(tuple(row[i] for row in f.Q))
        return Vec(tuple(anywhere.draw(d)))

    return Domain(anywhere.name, draw, anywhere.member, anywhere.types, dim=anywhere.dim)
