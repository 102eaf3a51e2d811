"""Line searches: points at which a function is least along given directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from objectives.functions.linear import basis, remainder, solve
from objectives.functions.protocol import Objective, gradient
from refute import (
    BadInput,
    Claim,
    Domain,
    Draw,
    Family,
    Scalar,
    Vec,
    as_fraction,
    both,
    choose,
    dot,
    eq,
    known,
    reject,
    sq,
    such_that,
)
from refute.errors import NotExact

# A line is followed so far, by doubling, and cut in halves so often.
DOUBLINGS, HALVINGS = 12, 24
# How far beside a point another one is tried.
ASIDE = tuple(Fraction(n, 4) for n in (0, 1, -1, 4, -4, 2, -2, 40))
# Steps, in units of 1/L, for which the worst case is looked for.
USUAL = tuple(Fraction(n, 4) for n in (6, 4, 2, 8, 5, 7, 3))
ZERO, ONE = Fraction(0), Fraction(1)


def exact_line_search(f: Objective, x: Vec) -> Vec:
    """x - h grad f(x) with the h that minimizes f along that line, for a strictly convex quadratic and grad f(x) != 0.

    With g = grad f(x): h = |g|^2 / <g, H g>, where H g = grad f(x + g) - grad f(x).
    """
    g = gradient(f, x)
    step: Vec = sq(g) / dot(g, gradient(f, x + g) - g) * g
    return x - step


def least_along(f: Any, x: Vec, *directions: Vec) -> Domain:
    r"""The points $y \in x + \operatorname{span}(d_1, \ldots, d_m)$ where the gradient of f is orthogonal to each direction $d_i$.

    For convex f it is there that f is least on this set: what an exact line search finds (one direction), or the conjugate gradient method (all directions
    that came before). Duality uses of y no more than that the gradient is orthogonal to the directions and to $y - x$. Raises BadInput for f with f.mu < 0, which is not
    convex and need not be least there; of the functions of a class that does not say what mu is, y is a point at rest along the directions. Where f has kinks
    f is least at points of the set where another subgradient than that of `f.grad` is orthogonal, too: such a y is not meant.
    """
    if _is_not_convex(f):
        raise BadInput(
            "least_along: f need not be convex, and where its gradient is orthogonal to a direction it need not be least: write convex(), or the step as a variable h and what the "
            'search finds as a hypothesis, Given("f is least along g", ...)'
        )

    def draw(d: Draw) -> Vec:
        along = basis(directions)
        if not along:
            return x
        if hasattr(f, "rest_along"):
            at: Vec = f.rest_along(x, along, choose(d, *(5,) * len(along))) or reject()
            return at
        found = _of_quadratic(f, x, along) or _on_line(f, x, along)
        if found is None:
            return reject()
        # Where the function is flat there are others.
        which, direction = choose(d, len(ASIDE), len(along))
        others = (found + share * along[direction] for share in (*ASIDE[which:], *ASIDE[:which]))
        return next(y for y in others if all(dot(gradient(f, y), v) == 0 for v in along))

    def orthogonal(y: Vec) -> Claim:
        g = gradient(f, y)
        told = {f"direction {i}": eq(dot(g, v), 0) for i, v in enumerate(directions, 1)}
        return both(**told, **{"its own": eq(dot(g, y - x), 0)})

    def member(y: Vec) -> Claim:
        beside = remainder(y - x, basis(directions)) if len(y) == len(x) else y
        return both(
            **{
                "its dimension": known(len(y) == len(x), f"a point of R^{len(y)}"),
                "in the span of the directions": eq(beside, 0 * beside),
            }
        )

    def any_of_them(space: Any, name: str, shares: Mapping[str, Any]) -> Any:
        """A point of which no more is known; where shares are given the one with these, so that its worst case is in the span."""
        own = {i: shares[f"t_{i}"] for i in range(1, len(directions) + 1) if f"t_{i}" in shares}
        return sum((t * directions[i - 1] for i, t in own.items()), x) if own else space.point(name)

    def shares_of(y: Vec) -> dict[str, Fraction]:
        """Steps of a usual length, which differ from draw to draw."""
        unit = Fraction(getattr(f, "L", None) or 1)
        return {f"t_{i}": _usual(as_fraction(t)) / unit for i, t in _shares(y - x, directions).items()}

    points = Domain("points", draw, member, (Vec,), dim=f.dim, every=Family(any_of_them, of_element=shares_of))
    least = (
        "least along the directions"
        if _least_curvature(f) is not None
        else "where the subgradient that f.grad returns is orthogonal to the directions, least there if f is convex"
    )
    return such_that(points, least, orthogonal)


def _is_not_convex(f: Any) -> bool:
    """Whether a function, or an abstract member of a class, may have negative curvature."""
    low = _least_curvature(f)
    if hasattr(low, "p"):  # a multiple of L, which stands for all numbers
        return bool(low.p.leading_coefficient() < 0)
    try:
        return low is not None and as_fraction(low) < 0
    except (TypeError, AttributeError, NotExact):  # in arithmetic that is not exact: the exact one was asked before
        return False


def _least_curvature(f: Any) -> Any:
    """What a class says of it; None where it says nothing."""
    return f.data()[1] if hasattr(f, "data") else getattr(f, "mu", None)


def _usual(t: Fraction) -> Fraction:
    """A length of a step with the sign of t, which of them is as good as at random."""
    size = USUAL[(t.numerator + t.denominator) % len(USUAL)]
    return -size if t < 0 else size


def _shares(v: Vec, directions: Sequence[Vec]) -> dict[int, Fraction]:
    """How much of each direction is in v, of those that do not depend on the ones before."""
    kept: dict[int, Vec] = {}
    for i, d in enumerate(directions, 1):
        if any(remainder(d, basis(list(kept.values())))):
            kept[i] = d
    along = list(kept.values())
    found = solve([[dot(d, e) for e in along] for d in along], [[dot(d, v)] for d in along])
    return {i: share for i, (share,) in zip(kept, found, strict=True)}


def _of_quadratic(f: Any, x: Vec, along: Sequence[Vec]) -> Vec | None:
    """Where the gradient is orthogonal to all directions, if it were that of a quadratic function; None where it is not, or nowhere."""
    g = gradient(f, x)
    bends = [[dot(v, gradient(f, x + w) - g) for w in along] for v in along]
    try:
        shares = solve(bends, [[-dot(v, g)] for v in along])
    except BadInput:
        return None
    y = x + sum((t * v for (t,), v in zip(shares, along, strict=True)), 0 * x)
    return y if all(dot(gradient(f, y), v) == 0 for v in along) else None


def _on_line(f: Any, x: Vec, along: Sequence[Vec]) -> Vec | None:
    """Where the slope along the one direction is 0, for slopes that are piecewise linear; None where no such place is found."""
    if len(along) > 1 and len(x) > 1:
        return None
    v = along[0]

    def slope(t: Fraction) -> Scalar:
        return dot(gradient(f, x + t * v), v)

    if slope(ZERO) == 0:
        return x
    for lo, hi in _brackets(slope):
        a, b = slope(lo), slope(hi)
        for _ in range(HALVINGS):
            if a == b:
                break
            t = lo - a * (hi - lo) / (b - a)
            if slope(t) == 0:
                rest: Vec = x + t * v
                return rest
            middle = (lo + hi) / 2
            lo, hi = (middle, hi) if slope(middle) < 0 else (lo, middle)
            a, b = slope(lo), slope(hi)
    return None


def _brackets(slope: Any) -> Iterator[tuple[Fraction, Fraction]]:
    """An interval at whose ends the slope has different signs."""
    side = -ONE if slope(ZERO) > 0 else ONE
    for n in range(DOUBLINGS):
        far = side * 2**n
        if slope(far) * side >= 0:
            yield (ZERO, far) if side > 0 else (far, ZERO)
            return
