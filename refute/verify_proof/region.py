r"""Signs of quotients of polynomials in t and m where lo(m) <= t <= hi(m) and 0 < m <= 1.

With t = lo + (hi - lo) u, or lo + u/(1 - u) where there is no upper end, this is a square. A polynomial is a sum of products of the coefficients of its grid with
products u^i (1 - u)^(n - i) m^j (1 - m)^(k - j), which are positive inside: where the coefficients have one sign, it has. Else the square is halved.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import comb

from refute.verify_proof.interval import Interval, odd_part
from refute.verify_proof.polynomials import ONE, NoProof, Poly, Quotient, add, divided, gcd, mul, number, trim

# A square is halved into so many boxes, each so often along both sides.
BOXES, DEPTH = 4000, 12

Grid = list[list[Fraction]]


class Region:
    """What t and m may be; of t those of its ends that are not open."""

    def __init__(self, lo: Quotient, hi: Quotient | None, open_: tuple[bool, bool]) -> None:
        self.lo, self.hi, self.open = lo, hi, (open_[0], open_[1] or hi is None)
        # m = 0 alone may be a pole of an end.
        of_m = Interval(Fraction(0), Fraction(1), (True, False))
        if any(of_m.may_vanish(e.q) for e in (lo, hi) if e is not None) or (
            hi is not None and not of_m.nonnegative(hi - lo)
        ):
            raise NoProof("an end of t has a pole, or is beyond the other one")

    def nonnegative(self, r: Quotient) -> bool:
        """r >= 0 inside, but for its poles."""
        if not r:
            return True
        (of_p, p), (of_q, q) = self._parts(r.p), self._parts(r.q)
        return _sign_in_m(of_p * of_q) * p * q == 1

    def _parts(self, p: Poly) -> tuple[Quotient, int]:
        """A function of m, and the sign of another factor: the polynomial is both times a square."""
        p = self._put(p)
        if not p:  # where both ends of t are one
            return number(0), 0
        odd = odd_part(p)
        # p is odd times a square and a function of m, which has the sign of the quotient of the first coefficients.
        of_m, rest = _cleared(odd)
        return _over_m(p[-1]) * _over_m(odd[-1]) * Quotient(of_m), sign_on_square(rest)

    def may_vanish(self, p: Poly) -> bool:
        """Whether a polynomial is not shown to be different from 0 everywhere."""
        p = self._put(p)
        if not p:
            return True
        of_m, rest = _cleared(p)
        if Interval(Fraction(0), Fraction(1), (True, False)).may_vanish(of_m):
            return True
        for end, factor in ((self.open[0], (0, 1)), (self.open[1], (1, -1))):
            f: Poly = tuple(map(Fraction, factor))
            while end and len(rest) > 1 and not divided(rest, f)[1]:
                rest = divided(rest, f)[0]
        return not (_is_one_sign_within(_bernstein(rest), self.open) or sign_on_square(rest, strictly=True))

    def has_pole(self, r: Quotient) -> bool:
        """Whether a quotient is not shown to have a value everywhere: as p/q of polynomials in t and m without a common factor, since q is monic in t, and
        a factor in m stands in the coefficients."""
        common: Poly = ONE
        coefficients = [*map(_over_m, r.p), *map(_over_m, r.q)]
        for c in coefficients:
            common = mul(common, divided(c.q, gcd(common, c.q))[0])
        rows = [divided(mul(common, c.p), c.q)[0] for c in coefficients]
        factor: Poly = ()
        for row in filter(None, rows):
            factor = gcd(factor, row)
        q = tuple(Quotient(divided(row, factor)[0]) for row in rows[len(r.p) :])
        return self.may_vanish(trim(q))

    def at_one_point(self, rows: list[list[Quotient]]) -> list[list[Quotient]]:
        """The matrix: there is more than one point."""
        return rows

    def _put(self, p: Poly) -> Poly:
        """p, a polynomial in t, as one in u; times a power of 1 - u, which is positive, where there is no upper end."""
        found: Poly = ()
        if self.hi is not None:
            t: Poly = trim((self.lo, self.hi - self.lo))
            for c in reversed(p):
                found = add(mul(found, t), trim((c,)))
            return found
        t, rest = trim((self.lo, number(1) - self.lo)), (Fraction(1), Fraction(-1))
        power: Poly = ONE
        for i, c in enumerate(p):
            term = mul(trim((c,)), power)
            for _ in range(len(p) - 1 - i):
                term = mul(term, rest)
            found, power = add(found, term), mul(power, t)
        return found


def of_m(r: Quotient) -> Quotient:
    """A function of m, read as one of t and m."""
    if len(r.p) > 1 or len(r.q) > 1:
        raise NoProof("an end of t is a function of m alone")
    return _over_m(r.p[0] if r.p else Fraction(0)) / _over_m(r.q[0])


def _over_m(c: Quotient | Fraction) -> Quotient:
    return c if isinstance(c, Quotient) else number(c)


def _sign_in_m(r: Quotient) -> int:
    """The sign for 0 < m < 1, where it is not 0 and no pole; 0 where it changes."""
    where = Interval(Fraction(0), Fraction(1))
    return 1 if where.nonnegative(r) else -1 if where.nonnegative(-r) else 0


def _cleared(p: Poly) -> tuple[Poly, Poly]:
    """A polynomial in u times the square of the common denominator of its coefficients: a polynomial in m, and what remains, without a factor in m."""
    common: Poly = ONE
    for c in map(_over_m, p):
        common = mul(common, divided(c.q, gcd(common, c.q))[0])
    rows = [divided(mul(mul(common, common), c.p), c.q)[0] for c in map(_over_m, p)]
    factor: Poly = ()
    for row in rows:
        factor = gcd(factor, row) if row else factor
    return factor, tuple(Quotient(divided(row, factor)[0]) for row in rows)


def _bernstein(p: Poly) -> Grid:
    """The grid of a polynomial in u and m."""
    rows = [_over_m(c).p for c in p]
    n, k = len(rows) - 1, max(map(len, rows)) - 1
    return [
        [
            sum(
                (
                    c * Fraction(comb(x, i) * comb(y, j), comb(n, i) * comb(k, j))
                    for i, row in enumerate(rows[: x + 1])
                    for j, c in enumerate(row[: y + 1])
                ),
                Fraction(0),
            )
            for y in range(k + 1)
        ]
        for x in range(n + 1)
    ]


def _is_one_sign_within(grid: Grid, open_: tuple[bool, bool]) -> bool:
    """Whether a polynomial is shown to have one sign, and nowhere the value 0, for 0 < m <= 1 and 0 <= u <= 1, but for the ends of u that are open: no coefficient has the other sign, and
    inside, on each side and at each corner that belongs to this there is one that is not 0."""
    ends = [x for x, is_open in zip((0, -1), open_, strict=True) if not is_open]
    faces = [[c for row in grid for c in row], [row[-1] for row in grid]]
    faces += [face for x in ends for face in (grid[x], grid[x][-1:])]
    one_sign = all(c >= 0 for c in faces[0]) or all(c <= 0 for c in faces[0])
    return one_sign and all(any(face) for face in faces)


def sign_on_square(p: Poly, strictly: bool = False) -> int:
    """1 where a polynomial in u and m is shown to be at least 0 for 0 <= u, m <= 1, -1 where at most 0; strictly: above, and below; else 0."""
    signs: set[int] = set()
    boxes: list[tuple[Grid, int]] = [(_bernstein(p), 0)]
    done = 0
    while boxes:
        grid, depth = boxes.pop()
        done += 1
        values = [c for row in grid for c in row]
        if all(c > 0 if strictly else c >= 0 for c in values):
            signs.add(1)
        elif all(c < 0 if strictly else c <= 0 for c in values):
            signs.add(-1)
        elif depth == 2 * DEPTH or done > BOXES or _changes_at_corners(grid):
            return 0
        else:
            along_u = depth % 2 == 0
            lines = list(map(list, zip(*grid, strict=True))) if along_u else grid
            for side in zip(*map(_halves, lines), strict=True):
                half = [list(line) for line in side]
                boxes.append(([*map(list, zip(*half, strict=True))] if along_u else half, depth + 1))
        if len(signs) > 1:
            return 0
    return signs.pop()


def _changes_at_corners(grid: Grid) -> bool:
    corners = [grid[x][y] for x in (0, -1) for y in (0, -1)]
    return min(corners) < 0 < max(corners)


def _halves(line: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """The coefficients on both halves of an interval."""
    first: list[Fraction] = []
    last: list[Fraction] = []
    while line:
        first.append(line[0])
        last.insert(0, line[-1])
        line = [(a + b) / 2 for a, b in pairwise(line)]
    return first, last
