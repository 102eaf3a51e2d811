"""Functions moved to given limits of their curvature: f -> a f + b |x|^2/2, term by term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from objectives.classes.abstract_member import AbstractMember
from objectives.classes.conditions import Conditions
from objectives.classes.interpolation import Tabulated, excess, extreme_values
from objectives.classes.known import Answer
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.quadratic import Quadratic
from objectives.functions.ridge import RidgeSum
from objectives.functions.separable import SeparableSum
from refute import BadInput, Claim, Domain, Draw, Family, Vec, both, choose, le, such_that
from refute.errors import NotLinear


def moved(d: Draw, f: Any, numbers: tuple[Fraction, ...]) -> Any:
    """f with L, and where it is strongly convex mu, among these numbers, if they allow it."""
    sizes = [x for x in numbers if x > 0]
    if not sizes:
        return f
    i, away = choose(d, len(sizes), len(sizes))
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
    """a f with b added to its curvatures, a > 0; f itself for a kind that has no such curvatures."""
    match f:
        case Quadratic():
            curvatures = tuple(a * e + b for e in f.eigenvalues)
            return replace(f, eigenvalues=curvatures, slopes=tuple(a * s for s in f.slopes), value=a * f.value)
        case PiecewiseQuadratic():
            curvatures = tuple(a * c + b for c in f.curvatures)
            return replace(f, curvatures=curvatures, slope=a * f.slope, value=a * f.value)
        case SeparableSum():
            parts = tuple(bent(p, a, b) for p in f.parts)
            return SeparableSum(parts)
        case RidgeSum() if b == 0:
            return RidgeSum(tuple(replace(t, c=a * t.c) for t in f.terms))
    return f


# Of so many draws one has constants of its own, smaller than the class allows.
WITHIN = 6


def with_given(domain: Domain, mu: Fraction | int | None, L: Fraction | int, minimizer: str) -> Domain:
    """The functions of a class of curvatures with mu <= f'' <= L, or |f''| <= L, for given numbers: most are drawn with these constants."""
    for called, number in (("L", L), *(() if mu is None else (("mu", mu),))):
        if type(number) not in (int, Fraction):
            raise BadInput(f"{called}={number!r} is no number: write a whole number or a Fraction")
    lo, hi = None if mu is None else Fraction(mu), Fraction(L)
    if hi <= 0 or (lo is not None and not lo <= hi):
        raise BadInput(f"mu={mu}, L={L}: a class of functions needs mu <= L and 0 < L")

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
    says = f"-{hi}" if lo is None else str(lo)
    part = such_that(domain, f"{domain.name} with {says} <= f'' <= {hi}", within)
    return replace(part, draw=draw, every=between_given(low, hi, minimizer))


def between_given(low: Fraction, L: Fraction, minimizer: str) -> Family | None:
    """The functions with low <= f'' <= L by their interpolation conditions in these numbers; None where a minimum is asked for without a minimizer."""
    if minimizer == "attained":
        return None

    def pair(f: Any, a: Answer, b: Answer) -> Any:
        return [excess(low, L, (a.x, a.g, a.f), (b.x, b.g, b.f))]

    says = f"functions with {low} <= f'' <= {L}"
    c = Conditions(says, pair, None, None, (), minimizer == "known", False, True)

    def member(space: Any, name: str, values: Mapping[str, Any]) -> AbstractMember:
        f = AbstractBetween.of(space, name, c, values)
        f.low, f.high = low, L  # type: ignore[attr-defined]
        return f

    return Family(member, lambda f: {"": Fraction(1)})


class AbstractBetween(AbstractMember):
    """A function with low <= f'' <= high, two numbers; its own constants may be better, and are not spoken of."""

    low: Fraction
    high: Fraction
    continuous = True
    starts = None
    landmarks = ()

    def prox(self, step: Any, x: Any) -> Any:
        """Not offered, as by the members that are drawn."""
        raise NotLinear(f"a member of {self._c.name} has no prox")

    def has_subgradient(self, x: Any, s: Any) -> Claim:
        """Not offered, as by the members that are drawn."""
        raise NotLinear(f"a member of {self._c.name} has no has_subgradient")

    def concrete(self, vector: Any, value: Any) -> Iterator[Any]:
        """Functions of the class with these points and gradients: with the largest and the least values, and with those that are given."""
        rows: dict[Vec, tuple[Vec, Fraction]] = {}
        for _, x, g, f in self._rows:
            if rows.setdefault(vector(x), (vector(g), value(f)))[0] != vector(g):
                return
        xs, gs = tuple(rows), tuple(g for g, _ in rows.values())
        for fs in (*extreme_values(xs, gs, self.low, self.high), tuple(f for _, f in rows.values())):
            yield Tabulated(xs, gs, fs, self.low, self.high, "curvature")
