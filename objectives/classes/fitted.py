"""Classes with given limits of the curvature, and functions moved to such limits: f -> a f + b |x|^2/2, term by term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from objectives.classes.abstract import Least, tables
from objectives.classes.abstract_member import AbstractMember
from objectives.classes.conditions import Conditions
from objectives.classes.given import given, is_parameter, refuse_unless
from objectives.classes.interpolation import excess
from objectives.classes.known import Answer
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.quadratic import Quadratic
from objectives.functions.ridge import RidgeSum
from objectives.functions.separable import SeparableSum
from refute import Claim, Domain, Draw, Family, both, choose, le, sq, such_that
from refute.errors import NotLinear

# What a number of a statement may be of a constant: a step of 1/100 is too large from L = 200 on.
SIDES = (lambda x: x, lambda x: x, lambda x: x, lambda x: 1 / x, lambda x: 4 / x, lambda x: 4 * x)
# What ends at a number is false a little below it, or a little above.
CLOSE = (*(Fraction(1),) * 10, Fraction(15, 16), Fraction(17, 16))


def beside(numbers: Sequence[Fraction], side: int, close: int = 0) -> list[Fraction]:
    """The numbers above 0, or their inverses, or multiples of them, or what is close to these."""
    return [SIDES[side](x) * CLOSE[close] for x in numbers if x > 0]


def size_beside(d: Draw, numbers: Sequence[Fraction], own: Fraction) -> Fraction:
    """One of the numbers above 0, or a number beside it; `own` where there is none."""
    if not any(x > 0 for x in numbers):
        return own
    sizes = beside(numbers, *choose(d, len(SIDES)))
    return sizes[choose(d, len(sizes))[0]]


def moved(d: Draw, f: Any, numbers: tuple[Fraction, ...]) -> Any:
    """f with L, and where it is strongly convex mu, among these numbers, or beside them, if they allow it."""
    if not any(x > 0 for x in numbers):
        return f
    sizes = beside(numbers, *choose(d, len(SIDES), len(CLOSE)))
    i, away, quotient = choose(d, len(sizes), len(sizes), 3)
    if not quotient and f.mu > 0 and sizes[i] != 1:  # L/mu is one of the numbers
        return fitted(f, Fraction(f.L), Fraction(f.L) * min(sizes[i], 1 / sizes[i]))
    # Two different numbers, where there are two.
    L, mu = sizes[i], sizes[(i + max(away, 1)) % len(sizes)]
    return fitted(f, max(L, mu), min(L, mu) if f.mu > 0 else None)


def fitted(f: Any, L: Fraction, mu: Fraction | None = None) -> Any:
    """A function of the shape of f with the constant L, and where mu > 0 is given with the constant mu, if f has another mu than L; f itself
    where it has no such shape."""
    if not f.L > 0:
        return f
    if mu is None or f.mu == f.L:
        return bent(f, L / Fraction(f.L), Fraction(0))
    a = (L - mu) / (Fraction(f.L) - Fraction(f.mu))
    return bent(f, a, mu - a * Fraction(f.mu))


def bent(f: Any, a: Fraction, b: Fraction) -> Any:
    """a f with b added to its curvatures, a >= 0; f itself for a kind that has no such curvatures."""
    match f:
        case Quadratic():
            curvatures = tuple(a * e + b for e in f.eigenvalues)
            return replace(f, eigenvalues=curvatures, slopes=tuple(a * s for s in f.slopes), value=a * f.value)
        case PiecewiseQuadratic():
            curvatures = tuple(a * c + b for c in f.curvatures)
            return replace(f, curvatures=curvatures, slope=a * f.slope, value=a * f.value)
        case SeparableSum():
            return SeparableSum(tuple(bent(p, a, b) for p in f.parts))
        case RidgeSum() if b == 0:
            return RidgeSum(tuple(replace(t, c=a * t.c) for t in f.terms))
    return f


# Of so many draws one has constants of its own, smaller than the class allows.
WITHIN = 6


def with_given(domain: Domain, mu: Fraction | int | None, L: Fraction | int, minimizer: str) -> Domain:
    """The functions of a class of curvatures with mu <= f'' <= L, or |f''| <= L, for given numbers: most are drawn with these constants."""
    (hi,), lo = given(L=L), None if mu is None else given(mu=mu)[0]
    says = f"mu={mu}, L={L}: a class of functions needs mu <= L and 0 < L"
    refuse_unless(lambda: hi > 0 and (lo is None or lo <= hi), says, hi, lo)

    def draw(d: Draw) -> Any:
        f = domain.draw(d)
        (less,) = choose(d, WITHIN)
        most = hi if less or lo == hi else (hi + (lo or 0)) / 2
        g = fitted(f, most, lo or None)
        return g if not lo or g.mu >= lo else fitted(f, lo)

    def within(f: Any) -> Claim:
        bounds = {} if lo is None else {f"mu >= {lo}": le(lo, f.mu)}
        return both(**{f"L <= {hi}": le(f.L, hi)}, **bounds)

    low = -hi if lo is None else lo
    bent = lo is None or (not is_parameter(lo) and lo < 0)
    part = such_that(domain, f"{domain.name} with {f'-{hi}' if lo is None else lo} <= f'' <= {hi}", within)
    # What stands for all members knows these numbers: nothing of the part is left to say.
    return replace(part, draw=draw, every=between_given(low, hi, minimizer, bent), narrowed=domain.narrowed)


def between_given(low: Fraction, L: Fraction, minimizer: str, bent: bool) -> Family:
    """The functions with low <= f'' <= L by their interpolation conditions in these numbers. Of a minimum of functions that are `bent`, not all convex, a condition is
    used that is only necessary."""

    def pair(f: Any, a: Answer, b: Answer) -> Any:
        return [excess(low, L, (a.x, a.g, a.f), (b.x, b.g, b.f))]

    def above_the_minimum(f: Any, a: Answer, star: Answer) -> Any:
        return [a.f - star.f - sq(a.g) / (2 * L)]

    has_one = minimizer != "any"
    of_minimum = above_the_minimum if has_one and bent else None
    says = f"functions with {low} <= f'' <= {L}"
    c = Conditions(says, pair, None, of_minimum, (), has_one, False, of_minimum is None, True)

    def member(space: Any, name: str, values: Mapping[str, Any]) -> AbstractMember:
        f = AbstractBetween(space, name, c, {}, values.get("", Fraction(1)))
        f.low, f.high, f.known = low, L, minimizer == "known"
        f.continuous = not (is_parameter(low) or is_parameter(L))
        space.members.append(f)
        return f

    return Family(member, lambda f: {"": Fraction(1)})


class AbstractBetween(AbstractMember):
    """A function with low <= f'' <= high, two numbers; its own constants may be better, and are not spoken of, nor is its minimizer unless it is `known`."""

    low: Fraction
    high: Fraction
    known: bool
    continuous = True

    @property
    def minimum(self) -> Any:
        """The minimum, where the class has one; its point only where the class knows it."""
        least = super().minimum
        return least if self.known else Least(least.value)

    def prox(self, step: Any, x: Any) -> Any:
        """Not offered, as by the members that are drawn."""
        raise NotLinear(f"a member of {self._c.name} has no prox")

    def has_subgradient(self, x: Any, s: Any) -> Claim:
        """Not offered, as by the members that are drawn."""
        raise NotLinear(f"a member of {self._c.name} has no has_subgradient")

    def concrete(self, vector: Any, value: Any) -> Iterator[Any]:
        """Functions of the class with these points and gradients; none where what is known of the minimum is only necessary."""
        if self.suffices:
            yield from tables(self._rows, vector, value, self.low, self.high)
