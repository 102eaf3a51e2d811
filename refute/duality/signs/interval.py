"""Signs of rational functions of one parameter on an interval, by Sturm's theorem: exact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpq_poly

#: None: no end.
Ends = tuple[Fraction | None, Fraction | None]


def nonnegative(p: fmpq_poly, q: fmpq_poly, ends: Ends) -> bool:
    """Whether p/q >= 0 on the open interval but for its poles; on an interval of one point, which may be none, there."""
    if p.degree() < 0:
        return True
    lo, hi = ends
    if lo is not None and lo == hi:
        return bool(q(_q(lo)) != 0 and p(_q(lo)) * q(_q(lo)) >= 0)
    r = p * q
    # Where a factor of even multiplicity is 0 the sign does not change.
    odd = fmpq_poly([1])
    for factor, times in r.factor_squarefree()[1]:
        if times % 2:
            odd *= factor
    if roots_between(odd, ends):
        return False
    return bool(odd(_q(between(ends))) * r.leading_coefficient() * odd.leading_coefficient() > 0)


def has_root(p: fmpq_poly, ends: Ends, closed: tuple[bool, bool] = (True, True)) -> bool:
    """Whether p is 0 somewhere on the interval, with those of its ends that it has."""
    if p.degree() < 1:
        return p.degree() < 0
    simple = fmpq_poly([1])
    for factor, _ in p.factor_squarefree()[1]:
        simple *= factor
    at_ends = any(has and e is not None and p(_q(e)) == 0 for e, has in zip(ends, closed, strict=True))
    return bool(roots_between(simple, ends)) or at_ends


def roots_between(p: fmpq_poly, ends: Ends) -> int:
    """How many different real roots p has in the open interval."""
    if p.degree() < 1:
        return 0
    chain = [p, p.derivative()]
    while chain[-1].degree() > 0:
        rest = -(chain[-2] % chain[-1])
        if rest.degree() < 0:
            break
        chain.append(rest)
    lo, hi = ends
    at_end = hi is not None and p(_q(hi)) == 0
    return _changes(chain, lo, -1) - _changes(chain, hi, 1) - int(at_end)


def rational_roots(p: fmpq_poly, ends: Ends) -> Iterator[Fraction]:
    """The rational roots of p inside the open interval."""
    lo, hi = ends
    for factor, _ in p.factor()[1] if p.degree() > 0 else ():
        if factor.degree() == 1:
            root = -factor[0] / factor[1]
            x = Fraction(int(root.p), int(root.q))
            if (lo is None or lo < x) and (hi is None or x < hi):
                yield x


def samples_within(ends: Ends, n: int) -> Iterator[Fraction]:
    """Values inside an interval, simple ones."""
    lo, hi = ends
    for i in range(1, n + 1):
        u = Fraction(i, n + 1)
        if lo is not None and hi is not None:
            yield lo + (hi - lo) * u
        elif lo is not None:
            yield lo + u / (1 - u)
        elif hi is not None:
            yield hi - u / (1 - u)
        else:
            yield Fraction(2 * i - n - 1, 2)


def _changes(chain: list[fmpq_poly], end: Fraction | None, side: int) -> int:
    """The changes of sign along Sturm's chain at an end, or towards infinity."""
    signs = []
    for p in chain:
        far = p.leading_coefficient() * (1 if side > 0 or p.degree() % 2 == 0 else -1)
        s = far if end is None else p(_q(end))
        if s != 0:
            signs.append(s > 0)
    return sum(a != b for a, b in pairwise(signs))


def between(ends: Ends) -> Fraction:
    """A number inside an interval, in the middle where it has one."""
    lo, hi = ends
    if lo is not None and hi is not None:
        return (lo + hi) / 2
    return lo + 1 if lo is not None else hi - 1 if hi is not None else Fraction(0)


def _q(x: Fraction) -> fmpq:
    return fmpq(x.numerator, x.denominator)
