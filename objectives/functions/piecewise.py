r"""Piecewise-quadratic C^{1,1} functions of the line.

f'' is constant between consecutive knots t_1 < ... < t_m, and f(t_1), f'(t_1) are given; f' is then
continuous and piecewise linear. Since every piece has positive length,

* the least L is the largest abs(curvature), the largest mu the smallest curvature;
* f is bounded below iff its outermost pieces do not decrease outwards; then the minimum is attained at
  a knot or at the vertex of a piece, all of which are rational.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from objectives.functions.formula import Printed
from objectives.functions.protocol import Minimum, Rescaled, units
from refute import BadInput, Ball, Matrix, Piece, Scalar, Vec, as_fraction, constant, piecewise, vec

Row = tuple[Fraction, ...]
# (lo, hi, t, g, s): g + s (x - t) for lo <= x <= hi (None: no end).
Stretch = tuple[Fraction | None, Fraction | None, Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class PiecewiseQuadratic(Printed):
    """f'' = curvatures[i] between knots[i - 1] and knots[i]; f and f' at knots[0] are value, slope.

    Raises BadInput unless the knots increase and there is one curvature more than knots.
    """

    knots: tuple[Fraction, ...]
    curvatures: tuple[Fraction, ...]
    slope: Fraction
    value: Fraction

    def __post_init__(self) -> None:
        if not self.knots or len(self.curvatures) != len(self.knots) + 1:
            raise BadInput("a piecewise quadratic needs at least one knot and one curvature more than knots")
        if any(a >= b for a, b in zip(self.knots, self.knots[1:], strict=False)):
            raise BadInput("the knots of a piecewise quadratic must increase")

    dim = 1
    L_is_least = True
    mu_is_largest = True
    reach = None

    @property
    def breaks(self) -> tuple[Fraction, ...]:
        """The points between which f is a polynomial."""
        return self.knots

    @constant
    def L(self) -> Fraction:
        """The least Lipschitz constant of f', the largest abs(curvature)."""
        return max(abs(s) for s in self.curvatures)

    @constant
    def mu(self) -> Fraction:
        """The largest mu with f - mu x^2/2 convex, the smallest curvature."""
        return min(self.curvatures)

    @property
    def mirrored(self) -> PiecewiseQuadratic:
        """x -> f(-x), of rational data."""
        last = Vec((self.knots[-1],))
        return PiecewiseQuadratic(
            tuple(-t for t in reversed(self.knots)),
            tuple(reversed(self.curvatures)),
            -as_fraction(self.grad(last)[0]),
            as_fraction(self(last)),
        )

    @property
    def landmarks(self) -> tuple[Vec, ...]:
        """The knots, then the middles of the pieces between them that bend downwards, as points of the line."""
        pieces = zip(self.curvatures[1:], pairwise(self.knots), strict=False)
        return tuple(Vec((t,)) for t in (*self.knots, *((s + t) / 2 for c, (s, t) in pieces if c < 0)))

    @constant
    def table(self) -> tuple[Row, ...]:
        """One row per piece: (t, f(t), f'(t), f''/2) at its left knot (at t_1 for the first)."""
        t, v, g = self.knots[0], self.value, self.slope
        rows = [(t, v, g, self.curvatures[0] / 2), (t, v, g, self.curvatures[1] / 2)]
        for next_t, s, after in zip(self.knots[1:], self.curvatures[1:], self.curvatures[2:], strict=False):
            w = next_t - t
            t, v, g = next_t, v + g * w + s * w * w / 2, g + s * w
            rows.append((t, v, g, after / 2))
        return tuple(rows)

    @constant
    def slopes(self) -> tuple[Row, ...]:
        """One row per piece: (t, f'(t), f'')."""
        return tuple((t, g, 2 * half) for t, _, g, half in self.table)

    def __call__(self, x: Vec) -> Scalar:
        return piecewise(x[0], self.knots, self.table)

    def grad(self, x: Vec) -> Vec:
        """f'(x)."""
        return Vec((piecewise(x[0], self.knots, self.slopes),))

    def hessian(self, box: Vec) -> Matrix:
        """The hull of the curvatures that the ball touches."""
        touched = [self.curvatures[i] for i in box[0].pieces(self.knots)]
        hull = Ball.of(touched[0])
        for s in touched[1:]:
            hull = Ball.hull(hull, s)
        return ((hull,),)

    @constant
    def minimum(self) -> Minimum | None:
        """The least value and a minimizer, exactly; None where f is not bounded below."""
        if not (self._rises(-1) and self._rises(1)):
            return None
        candidates = [*self.knots]
        for i, (t, g, s) in enumerate(self.slopes):
            if s > 0:
                vertex = t - g / s
                if (i == 0 or vertex >= self.knots[i - 1]) and (i == len(self.knots) or vertex <= self.knots[i]):
                    candidates.append(vertex)
        values = [(self(vec(c)).q, c) for c in candidates]
        least = min(v for v, _ in values)
        at = min((c for v, c in values if v == least), key=abs)
        return Minimum(as_fraction(least), vec(at))

    @constant
    def ascents(self) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
        """The intervals of the pieces where f' > 0, from right to left, and those of f(-x)."""
        ends = zip((None, *self.knots), (*self.knots, None), strict=True)
        pieces = [(lo, hi, t, g, s) for (lo, hi), (t, g, s) in zip(ends, self.slopes, strict=True)]
        turned = [(_minus(hi), _minus(lo), -t, -g, s) for lo, hi, t, g, s in reversed(pieces)]
        return _rising(pieces), _rising(turned)

    @property
    def has_minimum(self) -> bool:
        """Whether f attains a minimum."""
        return self.minimum is not None

    @property
    def bounded_below(self) -> bool:
        """Whether f is bounded below: exactly when it attains a minimum."""
        return self.minimum is not None

    def _rises(self, side: int) -> bool:
        """Whether f is bounded below towards side * infinity."""
        _, g, s = self.slopes[0 if side < 0 else -1]
        return bool(s > 0 or (s == 0 and side * g >= 0))

    @constant
    def coercive(self) -> bool:
        """Whether f tends to infinity on both sides."""
        (_, left, s), (_, right, t) = self.slopes[0], self.slopes[-1]
        return bool((s > 0 or (s == 0 and left < 0)) and (t > 0 or (t == 0 and right > 0)))

    def piece(self, x: Ball, h: Any) -> Piece | None:
        """The piece around x, as a map x -> x - h f'(x); None at a knot or without a rest point."""
        touched = x.counted(self.knots)
        if len(touched) != 1:
            return None
        i = touched[0]
        t, g, s = self.slopes[i]
        if s == 0:
            return None
        lo = self.knots[i - 1] if i else None
        hi = self.knots[i] if i < len(self.knots) else None
        return Piece(lo, hi, 1 - h * s, t - g / s)

    def outward(self, x: Ball, side: int) -> bool:
        """Whether f decreases strictly from x on towards side * infinity."""
        edge = 0 if side < 0 else len(self.knots)
        if list(x.counted(self.knots)) != [edge]:
            return False
        t, g, s = self.slopes[edge]
        slope = Ball.of(g) + Ball.of(s) * (x - Ball.of(t))
        return bool(s <= 0) and bool((side * slope).a < 0)

    def fades(self, side: int) -> bool:
        """f' tends to 0 only where it is 0."""
        return False

    def straightened(self) -> tuple[PiecewiseQuadratic, Callable[[Vec], Vec]] | None:
        """The same function with its minimizer, else its first knot, at 0; None where it is there already."""
        origin = self.knots[0] if self.minimum is None or self.minimum.at is None else Fraction(self.minimum.at[0])
        if not origin:
            return None
        moved = PiecewiseQuadratic(tuple(t - origin for t in self.knots), self.curvatures, self.slope, self.value)
        return moved, lambda x: Vec((x[0] - origin,))

    def rescaled(self) -> Iterator[Rescaled]:
        """c s^2 f(x/s): with L = 1, and with each knot at a distance of 1."""
        for c, s in units(self.L, self.knots):
            yield (
                PiecewiseQuadratic(
                    tuple(s * t for t in self.knots),
                    tuple(c * e for e in self.curvatures),
                    c * s * self.slope,
                    c * s**2 * self.value,
                ),
                c,
                s,
            )

    def simpler(self) -> Iterator[PiecewiseQuadratic]:
        """One knot fewer: on its right or on its left the other side's curvature; the first knot also by leaving
        what is to the right of the second one as it is."""
        if len(self.knots) == 1:
            return
        for i in range(len(self.knots)):
            for j in (i, i + 1):
                knots, curvatures = self.knots[:i] + self.knots[i + 1 :], self.curvatures[:j] + self.curvatures[j + 1 :]
                yield PiecewiseQuadratic(knots, curvatures, self.slope, self.value)
        _, value, slope, _ = self.table[2]
        for first in self.curvatures[:2]:
            yield PiecewiseQuadratic(self.knots[1:], (first, *self.curvatures[2:]), slope, value)


def _rising(pieces: list[Stretch]) -> tuple[Stretch, ...]:
    """Where they are positive, from right to left."""
    found = []
    for lo, hi, t, g, s in reversed(pieces):
        zero = t - g / s if s else None
        if zero is not None and s > 0:
            lo = zero if lo is None else max(lo, zero)
        elif zero is not None:
            hi = zero if hi is None else min(hi, zero)
        elif g <= 0:
            continue
        if lo is None or hi is None or lo < hi:
            found.append((lo, hi, t, g, s))
    return tuple(found)


def _minus(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end
