r"""L-smooth functions that need not be convex, with a condition on each point and the minimizer: what proofs without convexity ask for.

The conditions are necessary alone: duality proves with them, and what is false is refuted by members: piecewise quadratics of the line that keep to the condition as closely as
they can, sums of two of them, (strongly) convex functions, functions of the plane with a spiral valley, whose gradients turn away from the minimizer, and, where the condition lets a function be least at more than one point, those with a flat bottom. On each piece the condition is a quadratic polynomial, whose sign there is decided exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

from objectives.classes.declared import by_conditions
from objectives.classes.given import given, is_parameter, refuse_unless
from objectives.classes.interpolation import excess
from objectives.classes.known import Answer
from objectives.classes.smooth import convex, strongly_convex
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.quadratic import Quadratic
from objectives.functions.separable import SeparableSum
from objectives.functions.spiral import Spiral
from refute import (
    Claim,
    Domain,
    Draw,
    Scalar,
    Vec,
    both,
    choose,
    dot,
    known,
    le,
    one_of,
    reject,
    sq,
)

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)
# Which of the first pieces has a flat bottom beside it, where the condition lets it.
FLAT = 3
# Lengths of pieces, and how many bent ones there are on each side of the minimizer at most.
LENGTHS = (ONE, HALF, Fraction(2), Fraction(1, 4), Fraction(5))
PIECES = 2
# Curvatures of a piece in units of L, and parts of its length.
BENT = (-ONE, -HALF, Fraction(0), Fraction(1, 4), ONE)
SHRINKS = (ONE, Fraction(1, 4))
# How often a half, a quarter, ... of it is added to the length of a piece.
LONGER = 6
# So many curvatures are tried for a piece.
TRIED = 2
# Of so many members one is a sum of two, half of the time of the same twice.
SUMS = 2

#: What is asked of an answer beside the minimizer: numbers that are at least 0.
ToMinimizer = Callable[[Any, Answer, Answer], Sequence[Scalar]]


def polyak_lojasiewicz(*, mu: Any = 1, L: Any = 4) -> Domain:
    """L-smooth functions with |grad f(x)|^2 >= 2 mu (f(x) - f_*), for given numbers 0 < mu <= L (Polyak 1963, Lojasiewicz 1963). Raises BadInput for other numbers."""
    mu, L = _with_mu("polyak_lojasiewicz", mu, L)

    def asks(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
        return [sq(a.g) - 2 * mu * (a.f - star.f)]

    return _class(f"{L}-smooth functions with |grad f|^2 >= {2 * mu} (f - f_*)", asks, mu, L, ONE)


def error_bound(*, mu: Any = 1, L: Any = 4) -> Domain:
    """L-smooth functions with |grad f(x)| >= mu |x - x_*|, for given numbers 0 < mu <= L. Raises BadInput for other numbers."""
    mu, L = _with_mu("error_bound", mu, L)

    def asks(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
        return [sq(a.g) - mu**2 * sq(a.x - star.x)]

    return _class(f"{L}-smooth functions with |grad f| >= {mu} |x - x_*|", asks, mu, L, Fraction(7, 5))


def quadratic_growth(*, mu: Any = 1, L: Any = 4) -> Domain:
    """L-smooth functions with f(x) - f_* >= mu |x - x_*|^2/2, for given numbers 0 < mu <= L. Raises BadInput for other numbers."""
    mu, L = _with_mu("quadratic_growth", mu, L)

    def asks(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
        return [a.f - star.f - mu * sq(a.x - star.x) / 2]

    return _class(f"{L}-smooth functions with f - f_* >= {mu} |x - x_*|^2/2", asks, mu, L, Fraction(2))


def quasar_convex(gamma: Any = HALF, *, L: Any = 1) -> Domain:
    """L-smooth gamma-quasar-convex functions, <grad f(x), x - x_*> >= gamma (f(x) - f_*), for given numbers 0 < gamma <= 1 and L > 0 (Hinder, Sidford, Sohoni 2020); for
    gamma = 1 star-convex ones. Raises BadInput for other numbers."""
    gamma, L = given(gamma=gamma, L=L)
    refuse_unless(lambda: 0 < gamma <= 1 and L > 0, "quasar_convex(gamma, L=L): 0 < gamma <= 1 and 0 < L", gamma, L)

    def asks(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
        return [dot(a.g, a.x - star.x) - gamma * (a.f - star.f)]

    return _class(f"{L}-smooth {gamma}-quasar-convex functions", asks, ZERO, L, gamma=gamma)


def star_convex(*, L: Any = 1) -> Domain:
    """L-smooth star-convex functions, f_* >= f(x) + <grad f(x), x_* - x>, for a given number L > 0 (Nesterov, Polyak 2006)."""
    return quasar_convex(1, L=L)


def _with_mu(name: str, mu: Any, L: Any) -> tuple[Any, Any]:
    least, most = given(mu=mu, L=L)
    refuse_unless(lambda: 0 < least <= most, f"{name}(mu=, L=): 0 < mu <= L", least, most)
    return least, most


def _class(
    name: str, asks: ToMinimizer, mu: Any, L: Any, of_spirals: Fraction | None = None, gamma: Any = ONE
) -> Domain:
    def smooth(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
        return [excess(-L, L, (a.x, a.g, a.f), (b.x, b.g, b.f))]

    def at_minimizer(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
        return [*asks(f, a, star), a.f - star.f - sq(a.g) / (2 * L)]

    curved = strongly_convex(mu=mu, L=L) if is_parameter(mu) or mu else convex(L=L, minimizer="known")
    conditions = partial(by_conditions, name, pair=smooth, to_minimizer=at_minimizer, minimizer=True, sufficient=False)
    if any(map(is_parameter, (mu, L, gamma))):
        return conditions(drawn=curved)  # of all numbers at once none is drawn
    flat = [_singular(name, asks, mu, L)] if _bends_with(ZERO, asks) else []
    turning = [] if of_spirals is None else _spirals(name, of_spirals, mu, L)
    drawn = one_of(name, _bent(name, asks, L), *flat, *turning, curved)
    return conditions(drawn=drawn)


def _bent(name: str, asks: ToMinimizer, L: Fraction) -> Domain:
    """Piecewise quadratics of the line, and sums of two, of which every piece satisfies the condition."""

    flat = _bends_with(ZERO, asks)
    less = L / 2 if _bends_with(L / 2, asks) else L

    def fits(f: PiecewiseQuadratic) -> bool:
        least = f.minimum
        return least is not None and least.at is not None and _holds(f, asks, least.at, least.value, None)

    def one(d: Draw) -> PiecewiseQuadratic:
        first, at, *picks = choose(d, 4, 5, *(5,) * 6 * PIECES)
        p = Fraction(at - 2)
        start = f = PiecewiseQuadratic((p,), (L, L) if first else (less, less), ZERO, ZERO)
        if first == FLAT and flat:
            start = f = PiecewiseQuadratic((p, p + LENGTHS[picks[0]]), (L, ZERO, L), ZERO, ZERO)
        for side in (picks[: 3 * PIECES], picks[3 * PIECES :]):
            for i in range(PIECES):
                length, bent, pick = side[3 * i : 3 * i + 3]
                curvatures = [c * L for c in (*BENT[pick:], *BENT[:pick])[:TRIED]]
                f = _continued(f, LENGTHS[length], LENGTHS[bent], curvatures, asks, p)
            f, p = f.mirrored, -p
        # Of a flat bottom another point may be the minimizer that is named.
        return f if f.minimum is not None and f.minimum.value == 0 and (first != FLAT or fits(f)) else start

    def draw(d: Draw) -> Any:
        (kind,) = choose(d, 2 * SUMS)
        p = one(d)
        f: Any = p
        if kind >= 2 * SUMS - 2:  # of two different ones, or of the same twice
            f = SeparableSum((p, p if kind == 2 * SUMS - 1 else one(d)))
        return f if f.minimum is not None and f.minimum.at is not None else reject()

    def member(f: Any) -> Claim:
        parts = f.parts if isinstance(f, SeparableSum) else (f,)
        ours = all(isinstance(p, PiecewiseQuadratic) for p in parts)
        return both(
            its_kind=known(ours, "a piecewise quadratic, or a sum of some"),
            L=le(f.L, L),
            condition=known(ours and all(map(fits, parts)), "the condition fails on a piece"),
        )

    return Domain(name, draw, member, (PiecewiseQuadratic, SeparableSum))


def _bends_with(c: Fraction, asks: ToMinimizer) -> bool:
    """Whether c u^2/2 satisfies the condition."""
    return _holds(PiecewiseQuadratic((ZERO,), (c, c), ZERO, ZERO), asks, Vec((ZERO,)), ZERO, None)


def _singular(name: str, asks: ToMinimizer, mu: Fraction, L: Fraction) -> Domain:
    """Quadratics of which each eigenvalue satisfies the condition, 0 among them: they are least on a line or a plane."""
    kinds = (ZERO, L, mu or L / 2, (mu + L) / 2)

    def draw(d: Draw) -> Quadratic:
        dim, *picks = choose(d, 2, *(4,) * 3, *(9,) * 3, 3)
        eigenvalues = (ZERO, L, *(kinds[p] for p in picks[:dim]))
        n = len(eigenvalues)
        skew = tuple(Fraction(e - 4, 4) for e in picks[3:6])[: n * (n - 1) // 2]
        centre = Vec((Fraction(picks[6] - 1), *(ZERO,) * (n - 1)))
        return Quadratic(skew, eigenvalues, (ZERO,) * n, centre, ZERO)

    def member(f: Quadratic) -> Claim:
        return both(
            L=le(f.L, L),
            least=known(f.minimum is not None, "it has no minimum"),
            condition=known(all(_bends_with(e, asks) for e in f.eigenvalues), "the condition fails for an eigenvalue"),
        )

    return Domain(name, draw, member, (Quadratic,))


def _spirals(name: str, share: Fraction, mu: Fraction, L: Fraction) -> list[Domain]:
    """Functions of the plane with a spiral valley, where the numbers allow them: the condition holds with the constant share (a - b)."""
    bend = Fraction(181, 20)
    most = (share * L - 2 * mu) / (share * L + bend * mu)  # of b/a, where both numbers are attained
    if most <= 0:
        return []

    def draw(d: Draw) -> Spiral:
        less, x, y = choose(d, 3, 5, 5)
        b = most if less else most / 2
        a = L / (2 + bend * b)
        return Spiral(a, a * b, Vec((Fraction(x - 2), Fraction(y - 2))), ZERO)

    def member(f: Spiral) -> Claim:
        return both(valley=le(0, f.b), L=le(f.L, L), condition=le(mu, share * (f.a - f.b)))

    return [Domain(name, draw, member, (Spiral, Vec))]


def _continued(
    f: PiecewiseQuadratic,
    after: Fraction,
    length: Fraction,
    curvatures: Sequence[Fraction],
    asks: ToMinimizer,
    p: Fraction,
) -> PiecewiseQuadratic:
    """f, whose minimum is 0 at p, with another curvature on a piece of some length, or a part of it, beyond its last knot: the first one for which the condition holds there; f
    itself where it does for none."""
    knot, least = f.knots[-1] + after, Vec((p,))

    def bent(part: Fraction, c: Fraction) -> PiecewiseQuadratic | None:
        g = PiecewiseQuadratic(
            (*f.knots, knot, knot + part * length), (*f.curvatures, c, f.curvatures[-1]), f.slope, f.value
        )
        return g if c != f.curvatures[-1] and _holds(g, asks, least, Fraction(0), 2) else None

    for c in curvatures:
        for part in SHRINKS:
            g = bent(part, c)
            if g is None:
                continue
            for i in range(LONGER):  # as far as the condition lets it
                longer = bent(part + Fraction(1, 2 ** (i + 1)), c)
                if longer is not None:
                    g, part = longer, part + Fraction(1, 2 ** (i + 1))
            return g
    return f


def _holds(f: PiecewiseQuadratic, asks: ToMinimizer, at: Vec, least: Fraction, last: int | None) -> bool:
    """Whether the condition holds on all pieces, or on so many of the last ones."""
    star = Answer(at, 0 * at, least)
    pieces = list(pairwise((None, *f.knots, None)))
    return all(_on_piece(f, asks, star, lo, hi) for lo, hi in (pieces if last is None else pieces[-last:]))


def _on_piece(f: PiecewiseQuadratic, asks: ToMinimizer, star: Answer, lo: Fraction | None, hi: Fraction | None) -> bool:
    """Whether the condition holds on a piece: the quadratic polynomial through three of its values is at least 0 there."""
    first = lo if lo is not None else hi - 2 if hi is not None else Fraction(0)
    step = (hi - lo) / 2 if lo is not None and hi is not None else ONE

    def value(t: Scalar) -> Scalar:
        x = Vec((t,))
        return asks(f, Answer(x, f.grad(x), f(x)), star)[0]

    y0, y1, y2 = (value(first + i * step) for i in range(3))
    bend, slope = (y0 - 2 * y1 + y2) / 2, (4 * y1 - 3 * y0 - y2) / 2  # y0 + slope s + bend s^2 at first + s step
    start, end = (None if e is None else (e - first) / step for e in (lo, hi))
    points = [s for s in (start, end) if s is not None]
    if bend != 0 and bend > 0:
        lowest = -slope / (2 * bend)
        points += [lowest] if (start is None or lowest > start) and (end is None or lowest < end) else []
    elif (
        (start is None and not _at_least_0(-slope))
        or (end is None and not _at_least_0(slope))
        or (bend != 0 and (start is None or end is None))
    ):
        return False
    return all(_at_least_0(y0 + slope * s + bend * s * s) for s in points)


def _at_least_0(c: Scalar) -> bool:
    """Whether a number is at least 0; in mpmath's numbers what is 0 up to the rounding errors is 0."""
    return bool(c == 0) or bool(c > 0)
