"""Signs of quotients of polynomials in t on an interval, by Sturm's theorem."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from refute.verify_proof.polynomials import ONE, Poly, Quotient, divided, gcd, mul, number, slope, value


class Interval:
    """What t may be: from lo to hi (None: no end), without those of its ends that are open."""

    def __init__(self, lo: Fraction | None, hi: Fraction | None, open_: tuple[bool, bool] = (False, False)) -> None:
        self.lo, self.hi, self.open = lo, hi, open_

    def nonnegative(self, r: Quotient) -> bool:
        """r >= 0 between the ends, but for its poles."""
        lo, hi, p = self.lo, self.hi, mul(r.p, r.q)
        if not p:
            return True
        if lo is not None and lo == hi:  # one point, which may be no pole
            return bool(value(r.q, lo) != 0 and value(p, lo) >= 0)
        if roots(odd_part(p), lo, hi):
            return False
        if lo is not None and hi is not None:
            t = (lo + hi) / 2
        else:
            t = lo + 1 if lo is not None else hi - 1 if hi is not None else Fraction(0)
        while value(p, t) == 0:  # a factor that does not change the sign
            t = (t + hi) / 2 if hi is not None else t + 1
        return bool(value(p, t) > 0)

    def may_vanish(self, p: Poly) -> bool:
        """Whether a polynomial is 0 somewhere."""
        if len(p) < 2:
            return not p
        simple = divided(p, gcd(p, slope(p)))[0]
        return roots(simple, self.lo, self.hi) > 0 or any(
            e is not None and not o and value(p, e) == 0 for e, o in zip((self.lo, self.hi), self.open, strict=True)
        )

    def has_pole(self, r: Quotient) -> bool:
        """Whether a quotient has a pole somewhere."""
        return self.may_vanish(r.q)

    def at_one_point(self, rows: list[list[Quotient]]) -> list[list[Quotient]] | None:
        """A matrix as it is at the point, where there is but one: beside it nothing is known, so that a pivot may not be 0 there alone. None: it has a pole."""
        if self.lo is None or self.lo != self.hi:
            return rows
        if any(value(c.q, self.lo) == 0 for row in rows for c in row):
            return None
        return [[number(value(c.p, self.lo) / value(c.q, self.lo)) for c in row] for row in rows]


def odd_part(p: Poly) -> Poly:
    """The product of the factors of p that change the sign: p is it times a square and a constant (Yun)."""
    odd, rest = ONE, p
    while (
        len(rest) > 1
    ):  # rest loses one power of each factor at a time; those lost an odd number of times in all change the sign
        less = gcd(rest, slope(rest))
        once = divided(rest, less)[0]
        twice = gcd(once, less) if len(less) > 1 else ONE
        odd = mul(odd, divided(once, twice)[0])
        rest = divided(less, twice)[0] if len(twice) > 1 else ONE
    return odd


def roots(p: Poly, lo: Fraction | None, hi: Fraction | None) -> int:
    """How many roots a polynomial without multiple ones has between the ends (Sturm)."""
    chain = [p, slope(p)]
    while chain[-1]:
        chain.append(tuple(-c for c in divided(chain[-2], chain[-1])[1]))

    def changes(t: Fraction | None, side: int) -> int:
        signs: list[bool] = []
        for q in filter(None, chain):
            s = value(q, t) if t is not None else q[-1] * (side if len(q) % 2 == 0 else 1)
            signs += [s > 0] if s else []
        return sum(a != b for a, b in pairwise(signs))

    return changes(lo, -1) - changes(hi, 1) - (hi is not None and len(p) > 1 and value(p, hi) == 0)
