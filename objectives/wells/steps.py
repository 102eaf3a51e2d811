"""Step sizes that leave a well for good, and starts in it and around it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

from objectives.wells.draws import ONE, Wells
from objectives.wells.on_line import WellOnLine
from refute import (
    Claim,
    Domain,
    Draw,
    Intervals,
    Scalar,
    Vec,
    both,
    choose,
    known,
    lt,
    ne,
    norm,
    rational,
    reject,
    sq,
    sqrt,
)

T = TypeVar("T")
HALVINGS = 18


def contraction(f: Wells, gamma: Scalar) -> Scalar:
    """q: T brings a point outside M closer to x_* by this factor."""
    return _factor(gamma, f.mu_star, f.L)


def spring(f: Wells, gamma: Scalar) -> Scalar:
    """kappa: T takes a point of M at most this many times as far from x_dagger."""
    return _factor(gamma, f.mu_dagger, f.L_M)


def _factor(gamma: Scalar, mu: Scalar, L: Scalar) -> Scalar:
    """(1 - 2 gamma mu + gamma^2 L^2)^(1/2), the largest |y - gamma g|/|y| for <g, y> >= mu |y|^2 and |g| <= L |y|."""
    return sqrt(1 - 2 * gamma * mu + gamma**2 * L**2)


def leaving_steps(
    f: Wells, condition: str = "lands", *, above: Scalar = 2, below: Scalar = 2, slack: Scalar = 1, swift: Scalar = 0
) -> Domain:
    """The step sizes with above/mu_dagger < gamma < below mu_star/L^2, and with a condition under which an orbit that
    leaves M does not come back:

    "lands"   contraction landing(gamma) < slack clearance;
    "far"     D (1 - q) > diameter + q kappa rho, D = |x_star - x_dagger|, q = contraction, kappa = spring;
    "any"     no condition.

    None is drawn with 2 <= gamma mu_dagger < 2 + swift, for which orbits leave M late.
    """
    low, high = above / f.mu_dagger, below * f.mu_star / f.L**2

    def met(gamma: Scalar) -> Claim:
        q = contraction(f, gamma)
        if condition == "any":
            return known(True, "no condition")
        if condition == "lands":
            return lt(q * f.landing(gamma), slack * f.clearance)
        far = norm(f.x_star - f.x_dagger) * (1 - q)
        return lt(f.diameter + q * spring(f, gamma) * f.rho, far)

    def fits(gamma: Fraction) -> bool:
        late = 2 <= gamma * f.mu_dagger < 2 + swift
        return bool(low < gamma < high and not late and met(gamma).decide().truth)

    def draw(d: Draw) -> Fraction:
        i, fine, first, edge = choose(d, 16, 16, 3, 4)
        if low >= high:
            reject()
        # Close to the lower end, the end of the printed window, and anywhere between.
        shares = (
            Fraction(1, 2 ** (fine + 1 if edge < 2 else fine + 8)),
            Fraction(i + 1, 17),
            Fraction(8, 17),
            Fraction(12, 17),
        )
        near, *others = [low + (high - low) * t for t in shares]
        tried = [near, f.mu_star / f.L**2, *others]
        if edge < 2:
            tried = tried[first:] + tried[:first]
        found = next((Fraction(gamma) for gamma in tried if fits(gamma)), None)
        if found is None:
            reject()
        return _last(fits, found, Fraction(low if edge else high)) if edge < 2 else found

    def member(gamma: Scalar) -> Claim:
        return both(above=lt(low, gamma), below=lt(gamma, high), condition=met(gamma))

    return Domain(f"step sizes that leave a well ({condition})", draw, member)


def _last(fits: Callable[[T], bool], good: T, bad: T) -> T:
    """Where, on the way from something that fits to something that does not, things cease to fit, by bisection."""
    for _ in range(HALVINGS):
        middle = _middle(good, bad)
        good, bad = (middle, bad) if fits(middle) else (good, middle)
    return good


def _middle(a: Any, b: Any) -> Any:
    return (a + b) / 2


def starts_in_well(f: Wells, *, radius: Scalar = None) -> Domain:
    """M without x_dagger; with `radius` the points of the open ball of that radius around x_dagger, itself included."""

    def member(x: Vec) -> Claim:
        if radius is not None:
            return lt(sq(x - f.x_dagger), radius**2)
        return both(inside=known(f.inside(x), "outside M"), moving=ne(sq(x - f.x_dagger), 0))

    def fits(x: Vec) -> bool:
        return bool(member(x).decide().truth)

    bottom: Vec = f.x_dagger

    def draw(d: Draw) -> Vec:
        close, *entries = choose(d, 24, *(33,) * f.dim)
        away = Vec(tuple(Fraction(e - 16, 16) for e in entries))
        if not any(away):
            away = Vec((ONE, *(0 * e for e in entries[1:])))
        # As far as M goes in this direction, half as far or less, or much less.
        size = Fraction(2) ** 12 * (ONE if close < 18 else Fraction(1, 4 ** (close - 17)))
        for _ in range(64):
            x = bottom + size * away
            if fits(x):
                return _last(fits, x, bottom + 2 * size * away) if close < 9 else x
            size /= 2
        return reject()

    return Domain("M without x_dagger" if radius is None else "a ball around x_dagger", draw, member, (Vec,), dim=f.dim)


def starts_anywhere(f: Wells) -> Domain:
    """R^d, drawn in M (half of the draws, since orbits that leave it start there), around it and around x_star, on many scales."""
    well = starts_in_well(f)

    def draw(d: Draw) -> Vec:
        (where,) = choose(d, 4)
        if where in (0, 3):
            x: Vec = well.draw(d)
            return x
        around: Vec = f.x_dagger if where == 1 else f.x_star
        return around + Vec(tuple(rational(i) for i in choose(d, *(257,) * f.dim)))

    return Domain(f"R^{f.dim}", draw, lambda x: known(len(x) == f.dim, "a point of another space"), (Vec,), dim=f.dim)


def intervals_near(f: WellOnLine) -> Domain:
    """Intervals to start in, around x_star or x_dagger."""

    def draw(d: Draw) -> Intervals:
        where, size = choose(d, 2, 8)
        middle = f.x_star[0] if where else f.bottom
        r = f.clearance / 2**size
        return Intervals(((middle - r, middle + r),))

    def member(W: Any) -> Claim:
        return known(isinstance(W, Intervals) and len(W.parts) == 1, "not an interval")

    return Domain("the intervals of the line", draw, member, (Intervals,))
