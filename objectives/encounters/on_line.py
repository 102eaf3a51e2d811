r"""Gradient descent on the line against a set X: constants outside X, and exact probabilities of meeting it.

f' is piecewise linear, so x -> x - h f'(x) is piecewise affine and every event about finitely many steps
is a finite union of intervals.

For y fixed, (f'(x) - f'(y))/(x - y) is a fractional linear function of x on each interval on which f' is linear:
it is monotone there. Its largest modulus outside X is therefore taken at knots and ends of X, in the limit
x -> y (a curvature), or at infinity (an outermost curvature). The same holds for f'(x)/(x - x_*).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from objectives.functions.piecewise import PiecewiseQuadratic
from refute import Intervals, Scalar, Undecided, Vec, as_fraction, first_meetings, preimage

LONGEST = 64


def curvatures_off(f: PiecewiseQuadratic, X: Intervals) -> list[Scalar]:
    """f'' of the pieces that are not covered by X."""
    lo, hi = _frame(f, X)
    ends = [lo, *f.knots, hi]
    found = []
    for i, c in enumerate(f.curvatures):
        piece = Intervals(((ends[i], ends[i + 1]),))
        if piece.meet(X).measure < piece.measure:
            found.append(c)
    return found


def locally_smooth_off(f: PiecewiseQuadratic, X: Intervals) -> Scalar:
    """The least L such that f' is L-Lipschitz near every point outside the closure of X."""
    return _largest([abs(c) for c in curvatures_off(f, X)])


def smooth_off(f: PiecewiseQuadratic, X: Intervals) -> Scalar:
    """The least L with abs(f'(x) - f'(y)) <= L abs(x - y) for all x, y outside the interior of X."""
    at = [(x, _slope(f, x)) for x in _vertices(f, X)]
    quotients = [abs((g - k) / (x - y)) for i, (x, g) in enumerate(at) for y, k in at[:i]]
    return _largest([*quotients, locally_smooth_off(f, X)])


def one_point_convexity_off(f: PiecewiseQuadratic, X: Intervals, x_star: Scalar) -> Scalar:
    """The largest mu with f'(x) (x - x_*) >= mu (x - x_*)^2 for all x outside the interior of X, for x_* outside X
    with f'(x_*) = 0."""
    quotients = [_slope(f, x) / (x - x_star) for x in _vertices(f, X) if x != x_star]
    near = [c for lo, hi, c in _pieces(f, X) if lo <= x_star and x_star <= hi]
    least = f.curvatures[0]
    for q in [*quotients, *near, f.curvatures[-1]]:
        least = q if q < least else least
    return least


def encounter(f: PiecewiseQuadratic, h: Scalar, X: Intervals, W: Intervals, T: int) -> Scalar:
    """P(x_k in X for some k = 0, ..., T) for x_0 uniform in W, exactly where h f'' != 1 outside X (see `preimage`)."""
    pieces = map_pieces(f, h, W.hull, T, X)
    return first_meetings(X, W, T, lambda image: preimage(image, pieces)).measure / W.measure


def map_pieces(
    f: PiecewiseQuadratic, h: Scalar, starts: tuple[Scalar, Scalar], T: int, X: Intervals
) -> list[tuple[Scalar, Scalar, Scalar, Scalar]]:
    """x -> x - h f'(x), as affine pieces, outside X (an orbit in X has met it) on an interval that holds the first T iterates of all starts in one."""
    corners = _vertices(f, X)
    lo, hi = starts
    for _ in range(T):
        images = [x - h * _slope(f, x) for x in (lo, hi, *(t for t in corners if lo < t and t < hi)) if not X.holds(x)]
        for y in images:
            lo, hi = (y if y < lo else lo), (y if y > hi else hi)
    ends = [lo, *sorted(t for t in corners if lo < t and t < hi), hi]
    pieces = []
    for a, b in pairwise(ends):
        if X.holds((a + b) / 2):
            continue
        start, stop = a - h * _slope(f, a), b - h * _slope(f, b)
        pieces.append((a, b, (stop - start) / (b - a), start))
    return pieces


def _pieces(f: PiecewiseQuadratic, X: Intervals) -> list[tuple[Scalar, Scalar, Scalar]]:
    lo, hi = _frame(f, X)
    ends = [lo, *f.knots, hi]
    return [(ends[i], ends[i + 1], c) for i, c in enumerate(f.curvatures)]


def _frame(f: PiecewiseQuadratic, X: Intervals) -> tuple[Scalar, Scalar]:
    """An interval with all knots and all of X inside."""
    points = [f.knots[0], f.knots[-1], *(e for part in X.parts for e in part)]
    lo = hi = points[0]
    for p in points:
        lo, hi = (p if p < lo else lo), (p if p > hi else hi)
    return lo - 1, hi + 1


def _vertices(f: PiecewiseQuadratic, X: Intervals) -> list[Scalar]:
    """The knots outside X and the ends of X, each once."""
    found: list[Scalar] = []
    for p in [*f.knots, *(e for part in X.parts for e in part)]:
        if not X.holds(p) and not any(p == q for q in found):
            found.append(p)
    return found


def _slope(f: PiecewiseQuadratic, x: Scalar) -> Any:
    """f'(x), a Fraction for a Fraction: domains are asked before anything is lifted."""
    g: Any = f.grad(Vec((x,)))[0]
    return as_fraction(g) if isinstance(x, Fraction) else g


def _largest(values: list[Any]) -> Any:
    most = values[0]
    for v in values[1:]:
        most = v if v > most else most
    return most


def distances(X: Intervals, W: Intervals, x_star: Scalar) -> tuple[Scalar, Scalar]:
    """(inf over X, sup over W) of the distance to x_*, for x_* outside the interior of X."""
    ends = [abs(e - x_star) for part in X.parts for e in part]
    least = ends[0]
    for e in ends[1:]:
        least = e if e < least else least
    return least, _largest([abs(e - x_star) for e in W.hull])


def ever_encounter(
    f: PiecewiseQuadratic, h: Scalar, X: Intervals, W: Intervals, x_star: Scalar, rate: Scalar
) -> Scalar:
    """P(x_k in X for some k >= 0), exactly, where abs(x_{k+1} - x_*) <= rate abs(x_k - x_*) while x_k is not in X, rate < 1:
    an orbit that is closer to x_* than X cannot meet it any more."""
    least, most = distances(X, W, x_star)
    T = 0
    while most * rate ** (T + 1) >= least:
        T += 1
        if T > LONGEST:
            raise Undecided(f"orbits may meet X after more than {LONGEST} steps")
    return encounter(f, h, X, W, T)
