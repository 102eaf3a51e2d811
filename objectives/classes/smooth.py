"""Classes of functions: how their members are drawn, and the claim that a function belongs.

Every class draws from the same four families (see draws.py): quadratics, piecewise quadratics, sums
of ridge functions and separable sums.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal

import lazy_loader

from objectives.classes.abstract import AnyDimension, between_curvatures
from objectives.classes.draws import (
    ONE,
    Class,
    cases_of,
    draw_any,
    draw_orbit_shaped,
    draw_piecewise,
    draw_quadratic,
    draw_ridge,
    draw_strongly_convex,
    draw_strongly_convex_in_space,
)
from objectives.classes.fitted import moved, with_given
from objectives.classes.interpolation import Tabulated
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.protocol import Objective
from objectives.functions.quadratic import Quadratic
from objectives.functions.ridge import Ridge, RidgeSum
from objectives.functions.separable import SeparableSum
from refute import (
    BadInput,
    Case,
    Claim,
    Domain,
    Draw,
    Vec,
    both,
    choose,
    known,
    le,
    lt,
    reject,
)

hypothesis = lazy_loader.load("hypothesis")
FAMILIES = (Quadratic, PiecewiseQuadratic, RidgeSum, SeparableSum)
TYPES = (*FAMILIES, Ridge, Tabulated, Vec)
#: What is asked of a minimum: nothing, that one is attained (certified), or that a minimizer is known exactly.
Minimizer = Literal["any", "attained", "known"]
# The largest dimension that a class is drawn in: exact rotations of larger quadratics cost too much.
LARGEST = 12


def _domain(name: str, k: Class, *, allow_flat: bool = True, known_minimizer: bool = False) -> Domain:
    def draw(d: Draw) -> Any:
        f = draw_any(d, k)
        if (k.minimum and f.minimum is None) or not (allow_flat or f.L > 0):
            reject()
        return reject() if known_minimizer and f.minimum.at is None else f

    def member(f: Objective) -> Claim:
        claims: dict[str, Claim] = {"its constants are computed": _of_its_kind(f)}
        if k.convex:
            claims["mu >= 0"] = le(0, f.mu)
        if not allow_flat:
            claims["L > 0"] = lt(0, f.L)
        if k.minimum:
            claims["min f exists"] = known(f.has_minimum, "a global minimum")
        if known_minimizer:
            claims["a minimizer is known"] = known(f.minimum is not None and f.minimum.at is not None, "a minimizer")
        exactly = 1 if k.dim == 1 else k.exactly
        if exactly is not None:
            line = "on the line" if exactly == 1 else f"on R^{exactly}"
            claims[line] = known(f.dim == exactly, f"a function on R^{f.dim}")
        return both(**claims)

    def moved_within(d: Draw, f: Any, numbers: tuple[Fraction, ...]) -> Any:
        """As `moved`, where the minimum that the class asks for is certified, too."""
        g = moved(d, f, numbers)
        lost = k.minimum and (
            g.has_minimum is not True or (known_minimizer and (g.minimum is None or g.minimum.at is None))
        )
        return f if lost else g

    minimizer: Minimizer = "known" if known_minimizer else "attained" if k.minimum else "any"
    every = None if allow_flat else between_curvatures(Fraction(0) if k.convex else -ONE, minimizer)
    return Domain(name, draw, member, TYPES, cases=cases_of(k), every=every, moved=moved_within)


def _of_its_kind(f: Any) -> Claim:
    """Whether the constants of a function are those of its curvature; of a table, whether a function with -L <= mu <= f'' <= L has its data."""
    if isinstance(f, Tabulated):
        if f.kind != "curvature":
            return known(False, "a table of another class")
        return both(bounded=le(-f.L, f.mu), interpolable=f.member())
    return known(isinstance(f, FAMILIES), "an objective")


def smooth(
    *, dim: Any = None, minimizer: Minimizer = "any", allow_flat: bool = False, L: Fraction | int | None = None
) -> Domain:
    """L-smooth functions with L > 0, convex or not, on R^dim, where dim is a number or f.dim of another function (None: in up to five
    dimensions); with `allow_flat` also affine functions, for which L = 0. With a number L: those with |f''| <= L for that
    number; `f.L` is the least constant of f, and may be smaller."""
    return _class("L-smooth", False, dim, minimizer, allow_flat, L)


def convex(
    *, dim: Any = None, minimizer: Minimizer = "any", allow_flat: bool = False, L: Fraction | int | None = None
) -> Domain:
    """L-smooth convex functions with L > 0, on R^dim, where dim is a number or f.dim of another function (None: in up to five
    dimensions); with `allow_flat` also affine functions, for which L = 0. With a number L: those with 0 <= f'' <= L for
    that number; `f.L` is the least constant of f, and may be smaller."""
    return _class("L-smooth convex", True, dim, minimizer, allow_flat, L)


def _class(
    name: str, is_convex: bool, dim: Any, minimizer: Minimizer, allow_flat: bool, L: Fraction | int | None
) -> Domain:
    wanted = {"any": "", "attained": " with a minimum", "known": " with a known minimizer"}
    if minimizer not in wanted:
        raise BadInput(f"minimizer={minimizer!r} is none of {', '.join(map(repr, wanted))}")
    if isinstance(dim, AnyDimension):
        dim = None  # of an abstract function of the statement: all are on one space
    if dim is not None and (type(dim) is not int or not 1 <= dim <= LARGEST):
        raise BadInput(f"dim={dim!r} is not a dimension from 1 to {LARGEST}")
    k = Class(is_convex, minimizer != "any", dim=1 if dim == 1 else 5, exactly=dim)
    where = "" if dim is None else " of the line" if dim == 1 else f" on R^{dim}"
    called = f"{name} functions{where}{wanted[minimizer]}"
    domain = _domain(called, k, allow_flat=allow_flat, known_minimizer=minimizer == "known")
    if L is None:
        return domain
    if allow_flat:
        raise BadInput(f"L={L!r} beside allow_flat=True: affine functions have every L, leave allow_flat out")
    return with_given(domain, Fraction(0) if is_convex else None, L, minimizer)


def strongly_convex(*, dim: Any = None, mu: Fraction | int | None = None, L: Fraction | int | None = None) -> Domain:
    """L-smooth, mu-strongly convex functions on R^dim (None: in up to three dimensions): quadratics, separable sums, on the line piecewise
    quadratics (mu > 0). With two numbers mu and L: those with mu <= f'' <= L for these numbers; `f.mu` and `f.L` are the best constants of f."""
    if isinstance(dim, AnyDimension):
        dim = None  # as in `convex`
    if dim == 1:
        domain = strongly_convex_on_the_line()
    elif dim is None:
        domain = _strongly_convex_anywhere()
    else:
        domain = _strongly_convex_in_space(dim)
    if mu is None and L is None:
        return domain
    if mu is None or L is None:
        raise BadInput(f"strongly_convex(mu={mu!r}, L={L!r}): give both numbers, or none")
    return with_given(domain, mu, L, "known")


def _strongly_convex_in_space(dim: int) -> Domain:
    if type(dim) is not int or not 1 <= dim <= LARGEST:
        raise BadInput(f"dim={dim!r} is not a dimension from 1 to {LARGEST}")

    def draw(d: Draw) -> Quadratic | SeparableSum:
        return draw_strongly_convex_in_space(d, dim)

    def member(f: Any) -> Claim:
        return both(
            in_space=known(f.dim == dim, f"a function on R^{f.dim}"),
            strongly_convex=lt(0, f.mu),
            of_its_kind=_of_its_kind(f),
        )

    share = Fraction(1, 10)
    cases = (
        Case("condition above 1", share, lambda f: f.mu < f.L),
        Case("a rotated quadratic", share, lambda f: isinstance(f, Quadratic) and any(f.skew)),
        Case("a separable sum", share, lambda f: isinstance(f, SeparableSum)),
    )
    every = between_curvatures(None, "known")
    return Domain(f"strongly convex functions on R^{dim}", draw, member, TYPES, cases=cases, every=every, moved=moved)


def _strongly_convex_anywhere() -> Domain:
    parts = (strongly_convex(dim=1), strongly_convex(dim=2), strongly_convex(dim=3))

    def draw(d: Draw) -> Any:
        return parts[choose(d, len(parts))[0]].draw(d)

    def member(f: Any) -> Claim:
        return both(strongly_convex=lt(0, f.mu), of_its_kind=_of_its_kind(f))

    cases = (
        Case("condition above 1", Fraction(1, 10), lambda f: f.mu < f.L),
        Case("d > 1", Fraction(1, 10), lambda f: f.dim > 1),
    )
    return Domain(
        "strongly convex functions",
        draw,
        member,
        TYPES,
        cases=cases,
        every=between_curvatures(None, "known"),
        moved=moved,
    )


def smooth_with_minimum() -> Domain:
    """L-smooth functions, L > 0, that attain a minimum, certified."""
    return smooth(minimizer="attained")


def convex_with_minimum() -> Domain:
    """L-smooth convex functions, L > 0, that attain a minimum, certified."""
    return convex(minimizer="attained")


def tame(domain: str, *, convex: bool = False, minimum: bool = True, dim: int = 5) -> Domain:
    """Members whose limits a budget of steps can decide: positive curvatures within a factor of 16
    of L, or 0. Membership asks for the class only."""
    return _domain(domain, Class(convex, minimum, True, dim))


def on_the_line(*, minimum: bool = False) -> Domain:
    """L-smooth functions of one variable."""
    return _domain("L-smooth functions of the line", Class(minimum=minimum, dim=1))


def strongly_convex_on_the_line() -> Domain:
    """L-smooth, mu-strongly convex functions of one variable, piecewise quadratic (mu > 0, a rational
    minimizer)."""

    def draw(d: Draw) -> PiecewiseQuadratic:
        return draw_strongly_convex(d)

    def member(f: Any) -> Claim:
        return both(
            on_the_line=known(f.dim == 1, "one variable"),
            strongly_convex=lt(0, f.mu),
            of_its_kind=_of_its_kind(f),
        )

    share = Fraction(1, 10)
    cases = (
        Case("condition above 1", share, lambda f: f.mu < f.L),
        Case("condition 1", Fraction(1, 50), lambda f: f.mu == f.L),
    )
    types = (PiecewiseQuadratic, Quadratic, Tabulated, Vec)
    every = between_curvatures(None, "known")
    return Domain("strongly convex functions of the line", draw, member, types, cases=cases, every=every, moved=moved)


def convex_on_the_line() -> Domain:
    """Convex L-smooth piecewise quadratics of one variable with a minimizer, L > 0."""
    kind = Class(convex=True, minimum=True, dim=1)

    def draw(d: Draw) -> PiecewiseQuadratic:
        (shape,) = choose(d, 2)
        f = draw_orbit_shaped(d, kind) if shape else draw_piecewise(d, kind)
        return f if f.has_minimum and f.L > 0 else reject()

    domain = _domain("convex functions of the line", kind, allow_flat=False)
    return replace(domain, draw=draw, types=(PiecewiseQuadratic,), every=None)


def coercive_on_the_line() -> Domain:
    """L-smooth functions of one variable that tend to infinity on both sides, tame as in `tame`."""
    k = Class(minimum=True, tame=True, dim=1)

    def draw(d: Draw) -> Any:
        i = d(hypothesis.strategies.integers(0, 4))
        f: Any = draw_quadratic(d, k) if i < 2 else draw_piecewise(d, k) if i < 4 else draw_ridge(d, k)
        if not f.coercive and isinstance(f, RidgeSum):
            wall = Ridge(ONE, "log_cosh", Vec((ONE,)), Fraction(0))
            f = RidgeSum((*(t for t in f.terms if t.c > 0 or t.phi in ("cos", "rational")), wall))
        if not f.coercive:
            reject()
        return f

    def member(f: Any) -> Claim:
        return known(f.dim == 1 and not isinstance(f, SeparableSum) and f.coercive, "coercive on the line")

    return Domain("coercive L-smooth functions of the line", draw, member, TYPES, cases=cases_of(k))
