"""How functions with a kink around a steep well are drawn."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from objectives.functions.fanned import Fanned
from objectives.functions.linear import solve
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.quadratic import Quadratic
from objectives.wells.fanned_wells import FannedWells
from objectives.wells.on_line import WellOnLine
from objectives.wells.two_wells import TwoWells
from refute import (
    RATIONALS,
    BadInput,
    Case,
    Claim,
    Domain,
    Draw,
    Matrix,
    Vec,
    as_fraction,
    choose,
    dot,
    known,
    rational,
    reject,
    times,
)

ONE = Fraction(1)
#: A function with a kink around a steep well.
Wells = WellOnLine | TwoWells | FannedWells
TYPES = (WellOnLine, TwoWells, FannedWells, PiecewiseQuadratic, Vec)
SCALES = (ONE, ONE, Fraction(1, 4), Fraction(100))
# How near mu_star is to L, and gamma mu_star for the step size that a well is made for.
RATIOS = (ONE, ONE, Fraction(9, 10), Fraction(3, 4), Fraction(1, 2))
STEPS = (ONE, Fraction(3, 4), Fraction(1, 2), Fraction(7, 8), Fraction(1, 4), Fraction(99, 100))
# gamma times a curvature of the well: above 2, often just so, or just below.
EXPANSIONS = (
    *(Fraction(n) / 40 for n in (78, 79, 80 + Fraction(1, 256), 85, 90)),
    Fraction(3),
    Fraction(5),
    Fraction(24),
)


def draw_on_line(d: Draw) -> WellOnLine:
    """A well between 0 and x_* = D, shallow towards x_*, whose far side is as steep as continuity asks."""
    scale, ratio, step, near, depth, far, x, side, bend = choose(d, 4, 5, 6, len(EXPANSIONS), 14, 16, RATIONALS, 2, 4)
    L = SCALES[scale]
    mu = RATIOS[ratio] * L
    gamma = STEPS[step] * mu / L**2
    D = ONE if x % 2 else abs(rational(x)) + 1
    # A little towards x_*, or nearly all the way.
    b = D * (Fraction(1, 2 ** (depth + 1)) if depth < 8 else 1 - Fraction(1, 8 ** (depth - 7)))
    a = D * Fraction(far % 8 + 1, 8)
    if far > 7:
        a = _reach(mu, EXPANSIONS[near] / gamma, EXPANSIONS[far % 8] / gamma, D, b) or a
    if bend in (1, 2):
        # Steep or flat around x_*, and the other one from half way to the well on.
        curvatures = (mu, L, mu) if bend == 1 else (L, mu, L)
        outer = PiecewiseQuadratic((D / 2, 3 * D / 2), curvatures, -curvatures[1] * D / 2, Fraction(0))
    else:
        outer = PiecewiseQuadratic((D,), (mu, L), Fraction(0), Fraction(0))
    well = WellOnLine(outer, -a, Fraction(0), b, EXPANSIONS[near] / gamma)
    return mirrored(well) if side else well


def draw_returning(d: Draw) -> WellOnLine:
    """A well between 0 and x_* = D from which steps with gamma mu_star = s come back: the point u towards x_* with
    u = s D/(1 + (1 - s) kappa), kappa = gamma right - 1, has period 2. M ends just beyond it, and before -kappa u."""
    scale, step, near, beyond, before, side = choose(d, 4, 6, len(EXPANSIONS), 9, 6, 2)
    L, s, kappa = SCALES[scale], STEPS[step], EXPANSIONS[near] - 1
    u = s / (1 + (1 - s) * kappa)
    outer = PiecewiseQuadratic((ONE,), (L, L), Fraction(0), Fraction(0))
    far = kappa * u * (1 - Fraction(1, 2 ** (before + 1)))
    well = WellOnLine(outer, -far, Fraction(0), u * (1 + Fraction(1, 2 ** (beyond + 1))), (1 + kappa) * L / s)
    return mirrored(well) if side else well


def _reach(mu: Fraction, near: Fraction, far: Fraction, D: Fraction, b: Fraction) -> Fraction | None:
    """How far M reaches away from x_* where the curvatures of the well are `near` and `far`, outer'' = mu and M reaches
    b towards x_*, to three digits: the root a of (far - mu) a^2 - 2 mu D a = near b^2 + mu (2 D b - b^2)."""
    if far <= mu:
        return None
    p, c = mu * D / (far - mu), (near * b**2 + mu * (2 * D * b - b**2)) / (far - mu)
    return D * Fraction(float((p + Fraction(float(p**2 + c) ** 0.5)) / D)).limit_denominator(1000)


def mirrored(f: WellOnLine) -> WellOnLine:
    """x -> f(-x)."""
    return WellOnLine(f.outer.mirrored, -f.hi, -f.bottom, -f.lo, f.left)


def draw_in_space(d: Draw, dims: tuple[int, ...] = (2, 2, 3, 5)) -> TwoWells:
    """Two quadratics of R^2, R^3 or R^5, mostly with different axes, none of them those of R^d."""
    n, scale, ratio, step, depth, alike = choose(d, 4, 4, 5, 6, 8, 3)
    dim = dims[n % len(dims)]
    L = SCALES[scale]
    mu = RATIOS[ratio] * L
    gamma = STEPS[step] * mu / L**2
    entries = dim * (dim - 1) // 2
    turns = [tuple(Fraction(e - 3, 3) for e in choose(d, *(7,) * entries)) for _ in range(2)]
    wide_axes, steep_axes = (turns[0], turns[0]) if alike == 2 else turns
    wide = [mu if i % 2 else L for i in choose(d, *(2,) * dim)]
    least, *more = choose(d, len(EXPANSIONS), *(5,) * dim)
    # Eigenvalues of the well from the least one to twice as much, or all equal.
    steep = [EXPANSIONS[least] / gamma * (1 + (Fraction(i, 4) if alike else 0)) for i in more]
    zero = (Fraction(0),) * dim
    star = Vec(tuple(rational(i) for i in choose(d, *(257,) * dim)))
    if not any(star):
        star = Vec((ONE, *zero[1:]))
    outer = Quadratic(wide_axes, tuple(wide), zero, star, Fraction(0))
    inner = Quadratic(steep_axes, tuple(max(e, 2 * L) for e in steep), zero, Vec(zero), Fraction(0))
    return two_wells(outer, inner, Fraction(1, 2 ** (depth + 1)))


def two_wells(outer: Quadratic, inner: Quadratic, depth: Fraction) -> TwoWells:
    """With inner raised so far that M reaches beyond x_dagger, towards x_*, by about half of `depth` times its distance from
    the middle of M."""
    rows = zip(inner.A, outer.A, strict=True)
    difference = tuple(tuple(b - a for b, a in zip(p, q, strict=True)) for p, q in rows)
    pull = times(outer.A, outer.centre - inner.centre)
    away = Vec(tuple(row[0] for row in solve(difference, [[e] for e in pull])))
    below = depth * dot(away, times(difference, away)) / 2
    height = as_fraction(outer(inner.centre)) - below
    return TwoWells(outer.centre, outer.eigenvalues, outer.skew, inner.centre, inner.eigenvalues, inner.skew, height)


def draw_fanned(d: Draw) -> FannedWells:
    """Two quadratics, as above, whose curvatures are others on one side of each axis; inner is raised so far that M reaches beyond x_dagger as far."""
    two = draw_in_space(d)
    factors = choose(d, *(3, 4) * two.dim)
    wide = _two_sides(
        two.wide, tuple((two.mu_star, (two.mu_star + two.L) / 2, two.L)[i] for i in factors[::2]), factors[1::2]
    )
    steeper = tuple(e * (1 + Fraction(i, 2)) for e, i in zip(two.steep, factors[1::2], strict=True))
    steep = _two_sides(two.steep, steeper, factors[::2])
    below = as_fraction(two.outer(two.x_dagger)) - two.height
    outer = Fanned(two.wide_axes, *wide, two.x_star, Fraction(0))
    height = as_fraction(outer(two.x_dagger)) - below
    return FannedWells(two.x_star, wide, two.wide_axes, two.x_dagger, steep, two.steep_axes, height)


def _two_sides(one: tuple[Fraction, ...], other: tuple[Fraction, ...], turned: tuple[int, ...]) -> tuple[Any, Any]:
    """A pair of tuples, of which some entries have changed sides."""
    pairs = [(b, a) if t % 2 else (a, b) for a, b, t in zip(one, other, turned, strict=True)]
    return tuple(a for a, _ in pairs), tuple(b for _, b in pairs)


def wells(*, dims: str = "any", fans: bool = False) -> Domain:
    """Functions with a kink around a steep well: of the line ("line"), of R^2 ("plane"), of R^2 to R^5 ("space"), or "any"; with `fans` also those of
    R^2 to R^5 that are no quadratics on either side of the kink."""

    def draw(d: Draw) -> Wells:
        try:
            if fans and choose(d, 3) == (0,):
                return draw_fanned(d)
            if dims == "line" or (dims == "any" and choose(d, 2) == (0,)):
                return draw_returning(d) if choose(d, 3) == (0,) else draw_on_line(d)
            return draw_in_space(d, (2,)) if dims == "plane" else draw_in_space(d)
        except BadInput:
            return reject()

    def member(f: Any) -> Claim:
        fits = isinstance(f, WellOnLine) if dims == "line" else isinstance(f, TwoWells)
        fits = isinstance(f, (WellOnLine, TwoWells)) if dims == "any" else fits and (dims != "plane" or f.dim == 2)
        fits = fits or (fans and isinstance(f, FannedWells))
        return known(fits, "a function with a kink around a well")

    fanned = Case("M is no ellipsoid", Fraction(1, 8), lambda f: isinstance(f, FannedWells) and not f.is_of_quadratics)
    share = Fraction(0) if dims == "line" else Fraction(1, 2) if dims in ("space", "plane") else Fraction(1, 4)
    share = share / 2 if fans else share
    cases = (
        Case("M is not a ball", share, lambda f: isinstance(f, TwoWells) and not _round(f.B_minus_A)),
        Case("the Hessian is not diagonal", share, lambda f: isinstance(f, TwoWells) and f.inner.rotated),
        Case("x_star - x_dagger along no axis", share, lambda f: isinstance(f, TwoWells) and _askew(f)),
    )
    return Domain(
        f"functions with a kink around a well ({dims})",
        draw,
        member,
        TYPES,
        cases=(cases if share else ()) + ((fanned,) if fans else ()),
    )


def _round(m: Matrix) -> bool:
    """A multiple of the identity."""
    return all(m[i][j] == (m[0][0] if i == j else 0) for i in range(len(m)) for j in range(len(m)))


def _askew(f: TwoWells) -> bool:
    return sum(1 for e in f.x_star - f.x_dagger if e) > 1
