r"""Signs of rational functions of two parameters on the region $lo(m) < t < hi(m)$, $0 < m < 1$: exact, in Bernstein's basis.

With $t = lo + (hi - lo) u$, or $t = lo + u/(1 - u)$ where there is no upper end, the region is a square. A polynomial whose coefficients in the Bernstein basis of a box
have one sign has that sign there; a square is halved until that is so, or is given up: where the sign changes, or where it is 0 at a point inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import comb
from typing import Any

from gmpy2 import mpq

from refute.duality.parameters.ratio import Ratio, parameters, second_parameter
from refute.errors import NotLinear

# A square is halved so often along each side, and into so many boxes.
DEPTH, BOXES = 12, 3000
# A side of the square has so many parts, between which samples lie.
ACROSS = 8

Grid = list[list[Any]]


@dataclass(frozen=True)
class Region:
    """All t from lo(m) to hi(m), or from lo(m) on, for 0 < m <= 1; `closed`: which of its ends t may take."""

    lo: Ratio
    hi: Ratio | None
    closed: tuple[bool, bool] = (True, True)

    @cached_property
    def _t(self) -> Ratio:
        """t as a function of u in [0, 1] and m."""
        u = parameters()[0]
        across: Ratio = u / (1 - u) if self.hi is None else (self.hi - self.lo) * u
        t: Ratio = self.lo + across
        return t

    def samples(self) -> list[dict[str, Fraction]]:
        """Points inside, simple ones: the values of t and m."""
        shares = [(Fraction(i, ACROSS), Fraction(j, ACROSS)) for i in range(1, ACROSS) for j in range(1, ACROSS)]
        return [{"t": self._t.at({"t": u, "m": m}), "m": m} for u, m in shares]

    def nonnegative(self, r: Ratio) -> bool:
        """Whether r >= 0 inside the region, but for its poles."""
        return r.is_zero or self._sign(_put(r, self._t)) == 1

    def nowhere_zero(self, r: Ratio) -> bool:
        """Whether r is shown to be different from 0, and to have no pole, at all points that belong to the region."""
        at = _put(r, self._t)
        return not at.is_zero and all(
            self._is_outside(f) or self._differs_from_0(_grid(f)) for p in (at.p, at.q) for f, _ in p.factor()[1]
        )

    def is_bounded_inside(self) -> bool:
        """Whether the ends of t are numbers for 0 < m <= 1, at m = 0 perhaps none, and those of different m are on the same side of each other."""
        line = Region(parameters()[0] * 0, Ratio.of(1, self.lo))
        ends = [self.lo] + ([] if self.hi is None else [self.hi])
        return all(line.nowhere_zero(1 / _as_ratio(e.q)) for e in ends) and (
            self.hi is None or line.nonnegative(self.hi - self.lo)
        )

    def _sign(self, at: Ratio) -> int:
        """1 or -1, where it has this sign wherever it is not 0 and has no pole; else 0."""
        sign = 1
        for p in (at.p, at.q):
            c, factors = p.factor()
            sign *= 1 if c > 0 else -1
            for factor, times in factors:
                if times % 2:
                    sign *= _sign(_grid(factor))
        return sign

    def _differs_from_0(self, grid: Grid) -> bool:
        """Whether a polynomial is shown to have one sign, and not to be 0, at all points that belong to the region, whatever it is for m = 0 and at ends that t does not take."""
        rows = [grid[0]] * self.closed[0] + [grid[-1]] * (self.hi is not None and self.closed[1])
        # Where no coefficient has the other sign it is above 0 inside a face if one of this face is.
        faces = [[c for row in grid for c in row], [row[-1] for row in grid]]
        faces += [face for row in rows for face in (row, row[-1:])]
        alike = min(faces[0]) >= 0 or max(faces[0]) <= 0
        return (alike and all(map(any, faces))) or bool(_sign(grid, strictly=True))

    def _is_outside(self, factor: Any) -> bool:
        """Whether a factor is 0 at values alone that the parameters do not take: m = 0, or an end that t does not reach."""
        u, *_, m = factor.context().gens()
        never = [m] + [u] * (not self.closed[0]) + [1 - u] * (self.hi is None or not self.closed[1])
        return any(not (factor - f) or not (factor + f) for f in never)


def _as_ratio(p: Any) -> Ratio:
    return Ratio(p, p.context().constant(1))


def _put(r: Ratio, t: Ratio) -> Ratio:
    """The function with another one in place of t."""
    top, bottom = (_polynomial_at(p, t) for p in (r.p, r.q))
    found: Ratio = top / bottom
    return found


def _polynomial_at(p: Any, t: Ratio) -> Ratio:
    ring = p.context()
    m = second_parameter()
    by_power: dict[int, Ratio] = {}
    for (i, *others, j), c in p.to_dict().items():
        if any(others):
            raise NotLinear("its units are not those of L")
        by_power[int(i)] = by_power.get(int(i), 0 * m) + Ratio(ring.constant(c), ring.constant(1)) * m ** int(j)
    found: Ratio = 0 * m
    for i in range(max(by_power, default=-1), -1, -1):
        found = found * t + by_power.get(i, 0 * m)
    return found


def _grid(p: Any) -> Grid:
    """The coefficients of a polynomial in u and m in the Bernstein basis of the unit square."""
    a: dict[tuple[int, int], Any] = {(int(e[0]), int(e[-1])): mpq(int(c.p), int(c.q)) for e, c in p.to_dict().items()}
    n, k = (max(e[i] for e in a) for i in (0, 1))
    return [
        [
            sum(
                (c * mpq(comb(x, i), comb(n, i)) * mpq(comb(y, j), comb(k, j)) for (i, j), c in a.items()),
                mpq(0),
            )
            for y in range(k + 1)
        ]
        for x in range(n + 1)
    ]


def _sign(grid: Grid, strictly: bool = False) -> int:
    """The sign of a polynomial on the square, of which this is its grid: 1 where it is at least 0, -1 where it is at most 0 (strictly: above, and below),
    0 where that is not shown."""
    sign, boxes = 0, 0
    stack = [(grid, 0)]
    while stack:
        box, depth = stack.pop()
        boxes += 1
        values = [c for row in box for c in row]
        least, most = min(values), max(values)
        one = 1 if least > 0 or (not strictly and least == 0) else -1 if most < 0 or (not strictly and most == 0) else 0
        if one and sign in (0, one):
            sign = one
            continue
        corners = [box[x][y] for x in (0, -1) for y in (0, -1)]
        if one or depth == 2 * DEPTH or boxes > BOXES or min(corners) < 0 < max(corners):
            return 0
        stack += [(half, depth + 1) for half in _halves(box, depth % 2 == 0)]
    return sign


def _halves(box: Grid, along_first: bool) -> Iterator[Grid]:
    """Both halves of a box, by de Casteljau's algorithm."""
    rows = [list(r) for r in zip(*box, strict=True)] if along_first else box
    for pair in zip(*map(_halved, rows), strict=True):
        yield [list(r) for r in zip(*pair, strict=True)] if along_first else list(pair)


def _halved(row: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    left, right, rest = [], [], list(row)
    while rest:
        left.append(rest[0])
        right.append(rest[-1])
        rest = [(a + b) / 2 for a, b in pairwise(rest)]
    return left, right[::-1]
