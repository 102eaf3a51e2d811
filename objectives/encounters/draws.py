"""Functions of the line, sets X and sets of starts, drawn where orbits meet X with a large probability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from objectives.classes.draws import Class, draw_piecewise, draw_strongly_convex
from objectives.encounters.on_line import smooth_off
from objectives.functions.piecewise import PiecewiseQuadratic
from refute import RATIONALS, Case, Claim, Domain, Draw, Intervals, Vec, choose, known, rational, union

ONE = Fraction(1)
RATIOS = (Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(1, 4), Fraction(2, 3), ONE)


def through(points: list[tuple[Fraction, Fraction]], left: Fraction, right: Fraction) -> PiecewiseQuadratic:
    """The function whose derivative interpolates (x, f'(x)) linearly, with these curvatures outside."""
    curvatures = [(q - p) / (b - a) for (a, p), (b, q) in pairwise(points)]
    return PiecewiseQuadratic(tuple(x for x, _ in points), (left, *curvatures, right), points[0][1], Fraction(0))


def draw_staircase(d: Draw) -> PiecewiseQuadratic:
    """f' = mu x but for short stretches with f'' = L = 1, one for each step of an orbit with h = mu/L^2 towards
    the first one: h mu = mu^2 shortens the way to 0, and each stretch is stretched by 1/(1 - mu)."""
    ratio, n, width, scale, left = choose(d, len(RATIOS), 8, 12, 3, 2)
    mu = RATIOS[ratio]
    if mu == 1:
        mu = Fraction(1, 2)
    at, w = (ONE, Fraction(4), Fraction(1, 3))[scale], Fraction(1, 2 ** (width + 3))
    points: list[tuple[Fraction, Fraction]] = []
    for _ in range(n + 1):
        if points and at <= points[-1][0]:
            break
        points += [(at, mu * at), (at + w, mu * at + w)]
        at, w = at / (1 - mu**2), w / (1 - mu)
    # From 0 to the first stretch, and to the left, f' = mu x; on the right f' stays above it.
    return through([(Fraction(0), Fraction(0)), *points], mu if left else ONE, ONE)


def draw_jump(d: Draw) -> PiecewiseQuadratic:
    """f'' = L = 1 on both sides of a set [0, w] in which f' jumps, such that a step h = 1/2 takes a stretch of
    length 2 w on either side onto it; the stretches end at knots where nothing bends."""
    width, left, right = choose(d, 4, 4, 4)
    w = Fraction(1, 2**width)
    b, a = w * Fraction(left + 2, 2), w * Fraction(right + 1, 2)
    far = 2 * a + 2 * w
    return through([(-2 * b, -4 * b), (Fraction(0), -2 * b), (w, w + 2 * a), (far, far + 2 * a)], ONE, ONE)


def draw_marked_parabola(d: Draw) -> PiecewiseQuadratic:
    """x^2/2 with knots where nothing bends: around a first set, and at the end of a long way to it."""
    width, far, at = choose(d, 20, 13, 2)
    start = (ONE, Fraction(1, 2))[at]
    stop = start + Fraction(1, 2 ** (width + 1))
    ends = [(x, x) for x in (start, stop, stop * 2 ** (far + 1) + Fraction(at, 16))]
    return through(ends, ONE, ONE)


def draw_dented(d: Draw, *, rises: bool = False) -> PiecewiseQuadratic:
    """x^2/2 but for one stretch, over which f' goes up (or down) steeply and comes back: outside it L = mu = 1, in it neither is near 1. Where f' goes up alone
    0 is the minimizer."""
    width, far, at, steep, down = choose(d, 12, 13, 2, 12, 2)
    start = (ONE, Fraction(1, 2))[at]
    stop = start + Fraction(1, 2 ** (width + 1))
    middle, high = (start + stop) / 2, (stop - start) * 2**steep * (-1 if down and not rises else 1)
    ends = [(x, x) for x in (start, stop, stop * 2 ** (far + 1) + Fraction(at, 16))]
    return through([ends[0], (middle, middle + high), *ends[1:]], ONE, ONE)


def dent(f: PiecewiseQuadratic) -> Intervals | None:
    """The least interval outside which f'' is nowhere larger in size than at infinity; None where there is none, or it is empty."""
    outside = max(abs(f.curvatures[0]), abs(f.curvatures[-1]))
    steep = [i for i, c in enumerate(f.curvatures) if abs(c) > outside]
    return Intervals(((f.knots[steep[0] - 1], f.knots[steep[-1]]),)) if steep else None


def _functions(name: str, draw: Callable[[Draw], Any]) -> Domain:
    def member(f: Any) -> Claim:
        return known(isinstance(f, PiecewiseQuadratic), "a piecewise quadratic of the line")

    return Domain(name, draw, member, (PiecewiseQuadratic, Vec))


def piecewise_quadratics() -> Domain:
    """Piecewise-quadratic C^{1,1} functions of the line."""

    def draw(d: Draw) -> PiecewiseQuadratic:
        (i,) = choose(d, 7)
        if i == 6:
            return draw_dented(d)
        if i == 5:
            return draw_piecewise(d, Class(dim=1))
        if i > 2:
            return draw_marked_parabola(d)
        return draw_staircase(d) if i == 2 else draw_jump(d)

    return _functions("piecewise quadratics", draw)


def with_a_minimizer() -> Domain:
    """Piecewise-quadratic C^{1,1} functions of the line with a minimizer, most of them a staircase around 0."""

    def draw(d: Draw) -> PiecewiseQuadratic:
        (i,) = choose(d, 6)
        if i == 5:
            return draw_dented(d, rises=True)
        if i == 4:
            return draw_strongly_convex(d)
        return draw_marked_parabola(d) if i == 3 else draw_staircase(d)

    def member(f: Any) -> Claim:
        return known(isinstance(f, PiecewiseQuadratic) and f.minimum is not None, "has a minimizer")

    return Domain("piecewise quadratics with a minimizer", draw, member, (PiecewiseQuadratic, Vec))


def targets(f: PiecewiseQuadratic) -> Domain:
    """Unions of intervals: stretches between knots of f, every other one of them, or anywhere."""

    def draw(d: Draw) -> Intervals:
        kind, i, x, size = choose(d, 8, len(f.knots), RATIONALS, 12)
        pairs = list(pairwise(f.knots))
        if (kind or f.mu <= 0) and (dented := dent(f)) is not None:
            return dented
        if pairs and kind < 2:
            return union(pairs[kind::2] or pairs[:1])
        if pairs and kind < 7:
            # The first stretch of a staircase, and the jump, are between the second and the third knot.
            return Intervals((pairs[(0, 1, 1, i, i)[kind - 2] % len(pairs)],))
        a = rational(x)
        return Intervals(((a, a + Fraction(1, 2**size)),))

    matters = Case("L is smaller outside X", Fraction(1, 20), lambda X: smooth_off(f, X) < f.L)
    return replace(_intervals("X, a union of intervals", draw), cases=(matters,))


def start_sets(
    f: PiecewiseQuadratic,
    *,
    around: Fraction | None = None,
    within: Fraction | None = None,
    ends: tuple[tuple[Fraction, Fraction], ...] = (),
) -> Domain:
    """Unions of intervals to start in: from a knot of f to another, or anywhere; one in four of `ends`, where
    these are given; drawn within so far around a point, where these are given."""

    def draw(d: Draw) -> Intervals:
        kind, i, j, x, size = choose(d, 4, len(f.knots), len(f.knots), RATIONALS, 8)
        if ends and choose(d, 4) == (0,):
            return Intervals((ends[choose(d, len(ends))[0]],))
        lo, hi = f.knots[0], f.knots[-1]
        if kind == 1:
            lo, hi = f.knots[min(i, j)], f.knots[max(i, j)]
        elif kind == 2:
            hi = hi + Fraction(size + 1, 2)
        if kind == 3 or lo == hi:
            lo = rational(x)
            hi = lo + size + 1
        if around is not None and within is not None:
            lo, hi = max(lo, around - within), min(hi, around + within)
            if lo >= hi:
                lo, hi = around, around + within
        return Intervals(((lo, hi),))

    return _intervals("W, a union of intervals", draw)


def _intervals(name: str, draw: Callable[[Draw], Intervals]) -> Domain:
    def member(x: Any) -> Claim:
        return known(isinstance(x, Intervals) and bool(x.parts), "a union of intervals")

    return Domain(name, draw, member, (Intervals,))
