"""How members of a class are drawn: extremal functions, not merely random ones.

Power comes from curvatures at the limits -L, 0 and L of the class, singular and ill-conditioned
spectra, knots on many scales and offsets up to 10^6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from objectives.classes.interpolation import on_the_line
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.profiles import PROFILES, Name
from objectives.functions.quadratic import Quadratic
from objectives.functions.ridge import Ridge, RidgeSum, independent
from objectives.functions.separable import SeparableSum
from refute import RATIONALS, Case, Draw, Vec, choose, rational

ONE = Fraction(1)


@dataclass(frozen=True)
class Class:
    """What a draw must satisfy: convex, with a certified minimum, tame (condition at most 64, for
    statements about limits), and at most this dimension, or exactly that one."""

    convex: bool = False
    minimum: bool = False
    tame: bool = False
    dim: int = 5
    exactly: int | None = None

    def dimension(self, drawn: int) -> int:
        """The dimension of a function that would have the one that was drawn."""
        return min(self.dim, drawn) if self.exactly is None else self.exactly


SCALES = (ONE, ONE, ONE, Fraction(1, 2), Fraction(4), Fraction(100), Fraction(1, 1000))
DIMENSIONS = (1, 1, 2, 2, 3, 5)
GAPS = (1, 1, 1, Fraction(1, 1000), 100)
# The numbers of cases of `_curvature`, and of `_sometimes`.
CURVATURE = (16, 12, 16)
SOMETIMES = 2 * RATIONALS


def _sometimes(i: int) -> Fraction:
    """0 in half of the cases, else a rational of many scales."""
    return rational(i // 2) if i % 2 else Fraction(0)


def _curvature(k: Class, i: int, j: int, n: int) -> Fraction:
    """A curvature relative to L: mostly at a limit of the class."""
    if i < 6:
        return ONE
    if i < 10:
        return Fraction(0) if k.convex else -ONE
    if i < 12:
        return Fraction(0)
    small = Fraction(i - 11, 4) if k.tame else Fraction(1, 10 ** (j + 1))
    size = small if i < 14 else Fraction(n + 1, 16)
    return size if k.convex or i % 2 else -size


def draw_quadratic(d: Draw, k: Class) -> Quadratic:
    """A quadratic: rotated, singular, indefinite or of condition 10^12, as the class allows."""
    n, size, turn, v = choose(d, len(DIMENSIONS), len(SCALES), 2, SOMETIMES)
    dim, scale = k.dimension(DIMENSIONS[n]), SCALES[size]
    if v % 4 == 3:  # of any size: steps that are halved, or that end at a simple number, meet no edge at simple ones
        scale *= Fraction(32 + v % 29, 32)
    convex = replace(k, convex=True) if k.minimum else k
    eigenvalues, slopes, centre = [], [], []
    for _ in range(dim):
        *curvature, slope, c = choose(d, *CURVATURE, 9, SOMETIMES)
        eigenvalues.append(scale * _curvature(convex, *curvature))
        slopes.append(Fraction(0) if k.minimum and eigenvalues[-1] == 0 else Fraction(slope - 4, 2))
        centre.append(_sometimes(c))
    entries = dim * (dim - 1) // 2
    skew = [Fraction(e - 4, 4) for e in choose(d, *(9,) * entries)] if turn and dim > 1 else [Fraction(0)] * entries
    return Quadratic(tuple(skew), tuple(eigenvalues), tuple(slopes), Vec(tuple(centre)), _sometimes(v))


def draw_piecewise(d: Draw, k: Class) -> PiecewiseQuadratic:
    """A piecewise quadratic of the line with knots on many scales."""
    m, size, first, s, v = choose(d, 4, len(SCALES), RATIONALS, 33, SOMETIMES)
    scale, knots, curvatures = SCALES[size], [rational(first)], []
    for i in range(m + 2):
        *curvature, gap, far = choose(d, *CURVATURE, 16, len(GAPS))
        curvatures.append(scale * _curvature(k, *curvature))
        if i < m:
            knots.append(knots[-1] + Fraction(gap + 1, 4) * GAPS[far])
    slope = Fraction(s - 16, 8) * scale
    if k.minimum:
        curvatures[0], curvatures[-1] = abs(curvatures[0]), abs(curvatures[-1])
        f = PiecewiseQuadratic(tuple(knots), tuple(curvatures), slope, Fraction(0))
        # An outermost piece that decreases outwards is bent upwards.
        rows = f.slopes
        curvatures[0] = curvatures[0] or (scale if rows[0][1] > 0 else Fraction(0))
        curvatures[-1] = curvatures[-1] or (scale if rows[-1][1] < 0 else Fraction(0))
    if k.convex and not k.tame and s % 4 == 0:
        slope = _slope_before_flat(knots, curvatures, slope)
    return PiecewiseQuadratic(tuple(knots), tuple(curvatures), slope, _sometimes(v))


def _slope_before_flat(knots: Sequence[Fraction], curvatures: Sequence[Fraction], slope: Fraction) -> Fraction:
    """The slope at the first knot with which a piece that does not bend is an interval of minimizers, if there is one between two knots; else the one given."""
    rise = Fraction(0)
    for a, b, c in zip(knots, knots[1:], curvatures[1:], strict=False):
        if c == 0:
            return -rise
        rise += c * (b - a)
    return slope


# For functions shaped by an orbit: step sizes in units of 1/L, how the slope changes from one iterate
# to the next as a part of the range that the class allows (None: not at all), and slides.
ORBIT_STEPS = (ONE, ONE, ONE, Fraction(1, 2), Fraction(3, 2), Fraction(7, 4))
CHANGES = (None, None, None, None, Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 4))
SLIDES = (Fraction(0), Fraction(0), ONE, Fraction(1, 2))


def draw_orbit_shaped(d: Draw, k: Class) -> PiecewiseQuadratic:
    """The extremal function through slopes that gradient descent meets, moving left from its last knot."""
    n, size, s, first, g, right, left, alike = choose(d, 5, len(SCALES), len(ORBIT_STEPS), RATIONALS, 8, 3, 4, 2)
    L = SCALES[size]
    mu = Fraction(0) if k.convex else -L
    xs, slopes, slides = [rational(first)], [L * Fraction(g + 1, 2)], []
    change, slide = choose(d, len(CHANGES), len(SLIDES))
    for _ in range(n + 1):
        if not alike:
            change, slide = choose(d, len(CHANGES), len(SLIDES))
        step = ORBIT_STEPS[s] * slopes[-1] / L
        part = CHANGES[change]
        # f' decreases from x_k to x_{k+1} by between mu and L times the step.
        drop = Fraction(0) if part is None else step * (mu + (L - mu) * part)
        if slopes[-1] <= drop:
            break
        xs.append(xs[-1] - step)
        slopes.append(slopes[-1] - drop)
        slides.append(SLIDES[slide])
    ends = (L, mu if left == 0 and not k.minimum else L), (L, Fraction(0), mu if not k.minimum else Fraction(0))
    outside = ends[0][left == 0], ends[1][right]
    return on_the_line(tuple(xs[::-1]), tuple(slopes[::-1]), tuple(slides[::-1]), mu, L, outside)


# Condition numbers L/mu of strongly convex functions whose curvatures are L and mu in turn.
CONDITION_NUMBERS = (25, 9, 4, 100, 16, 2, 25, 9)
# How wide a flat piece between two steep ones is, beside the distance of the minimizer from it.
WIDTHS = (ONE, Fraction(3, 4), Fraction(4, 3), Fraction(1, 2), Fraction(2), Fraction(7, 8))


def draw_strongly_convex(d: Draw) -> PiecewiseQuadratic:
    """A piecewise quadratic: with curvatures between L/16 and L, now and then all equal; with curvatures that are mu or L, few of them
    between, of condition up to 100; or steep but for one flat piece beside the minimizer, where methods with momentum cycle."""
    m, size, first, least, s, kind = choose(d, 3, len(SCALES), RATIONALS, 16, 33, 3)
    scale, knots = SCALES[size], [rational(first)]
    condition, width, far = choose(d, len(CONDITION_NUMBERS), len(WIDTHS), 16)
    mu = scale / CONDITION_NUMBERS[condition]
    if kind == 2:
        away = Fraction(far + 1, 4)
        slope, knots = (scale * away, [*knots, knots[0] + WIDTHS[width] * away])
        if s % 2:  # on the other side of the minimizer
            slope = -slope - mu * (knots[1] - knots[0])
        return PiecewiseQuadratic(tuple(knots), (scale, mu, scale), slope, Fraction(0))
    curvatures = [scale]
    for i in range(m + 1):
        gap, c, low, between = choose(d, 16, 16 - least, 2, 8)
        if kind == 0:
            curvatures.append(scale * Fraction(least + 1 + c, 16))
        elif between:
            curvatures.append(mu if (curvatures[-1] == scale) != (low and i > 1) else scale)
        else:
            curvatures.append((mu + scale) / 2)
        if i < m:
            knots.append(knots[-1] + Fraction(gap + 1, 4))
    return PiecewiseQuadratic(tuple(knots), tuple(curvatures), scale * Fraction(s - 16, 8), Fraction(0))


def draw_strongly_convex_in_space(d: Draw, dim: int) -> Quadratic | SeparableSum:
    """A rotated quadratic or a separable sum, of condition up to 10^3."""
    size, kind, turn = choose(d, len(SCALES), 2, 2)
    if kind:
        return SeparableSum(tuple(draw_strongly_convex(d) for _ in range(dim)))
    eigenvalues, slopes, centre = [], [], []
    for _ in range(dim):
        i, small, slope, c = choose(d, 24, 3, 9, SOMETIMES)
        eigenvalues.append(SCALES[size] * (Fraction(min(i, 15) + 1, 16) if i < 20 else Fraction(1, 10 ** (small + 1))))
        slopes.append(Fraction(slope - 4, 2))
        centre.append(_sometimes(c))
    entries = dim * (dim - 1) // 2
    skew = [Fraction(e - 4, 4) for e in choose(d, *(9,) * entries)] if turn and dim > 1 else [Fraction(0)] * entries
    return Quadratic(tuple(skew), tuple(eigenvalues), tuple(slopes), Vec(tuple(centre)), Fraction(0))


_CONVEX: tuple[Name, ...] = ("log_cosh", "softplus", "huber")


def draw_ridge(d: Draw, k: Class) -> RidgeSum:
    """A sum of one to three ridge functions; for tame classes in general position in d > 1."""
    shape, n = choose(d, 4, 3)
    dim, n = k.dimension((1, 1, 2, 3)[shape]), n + 1
    if k.tame and n > 1 and dim > 1:
        n = dim = k.dimension(2)
    names: tuple[Name, ...] = _CONVEX if k.convex else (*PROFILES, "rational")
    if k.tame and dim > 1:
        # No certificate covers an orbit that goes to infinity in the plane.
        names = ("log_cosh", "huber") if k.convex else ("log_cosh", "huber", "cos")
    terms = []
    for i in range(n):
        c, minus, name, b, *entries = choose(d, 8, 2, len(names), 17, *(13,) * dim)
        size = Fraction(c + 1, 4) if not (k.tame and dim > 1) else Fraction(c + 8, 8)
        if k.tame and names[name] == "cos":
            size *= Fraction(15, 16)  # slopes of cos and huber that cancel leave degenerate rest points
        sign = -1 if minus and not k.convex else 1
        a = [_entry(k, dim, i == j, e) for j, e in enumerate(entries)]
        if not any(a):
            a[0] = ONE
        terms.append(Ridge(sign * size, names[name], Vec(tuple(a)), Fraction(b - 8, 2)))
    f = RidgeSum(tuple(terms))
    return _with_a_minimum(f) if k.minimum else f


def _entry(k: Class, dim: int, diagonal: bool, e: int) -> Fraction:
    if k.tame and dim > 1:
        return ONE if diagonal else Fraction(e % 3 - 1, 4)
    return Fraction(e - 6, 2)


def _with_a_minimum(f: RidgeSum) -> RidgeSum:
    """f itself, or with signs and profiles changed so that a minimum can be certified."""
    if f.minimum is not None:
        return f
    if f.dim > 1 and not independent([t.a for t in f.terms]):
        f = RidgeSum(f.terms[:1])
    swapped = tuple(
        Ridge(abs(t.c) if t.phi != "rational" else -abs(t.c), "log_cosh" if t.phi == "softplus" else t.phi, t.a, t.b)
        for t in f.terms
    )
    f = RidgeSum(swapped)
    return f if f.minimum is not None else RidgeSum(f.terms[:1])


def draw_well_in_hill(d: Draw) -> RidgeSum:
    """A narrow well in the top of a wide hill whose flanks decrease for ever: it has a minimum, and
    orbits that go to infinity."""
    w, ratio, size, at = choose(d, 4, 3, 8, 9)
    wide, c, top = Fraction(w + 1, 2), Fraction(size + 1, 4), Fraction(at - 4)
    narrow = wide * (ratio + 2)
    hill = Ridge(c, "rational", Vec((wide,)), -wide * top)
    return RidgeSum((hill, Ridge(-2 * c, "rational", Vec((narrow,)), -narrow * top)))


def draw_separable(d: Draw, k: Class) -> SeparableSum:
    """A separable sum of two or three functions of the line, with exactly known minima if any."""
    line = replace(k, dim=1, exactly=None)
    (n,) = choose(d, 2)
    size = k.dimension(n + 2)
    parts: list[Any] = []
    for kind in choose(d, *(2,) * size):
        part: Any = draw_piecewise(d, line) if kind else draw_ridge(d, line)
        if k.minimum and isinstance(part, RidgeSum) and len(part.terms) > 1:
            part = RidgeSum(part.terms[:1])
        if k.minimum and part.minimum is None:
            part = draw_piecewise(d, line)
        parts.append(part)
    return SeparableSum(tuple(parts))


def draw_any(d: Draw, k: Class) -> Any:
    (i,) = choose(d, 20)
    if i in (5, 10, 15) and k.minimum and not k.convex and k.exactly in (None, 1):
        return draw_well_in_hill(d)
    if i < 8:
        return draw_quadratic(d, k)
    if i < 14 and k.exactly in (None, 1):
        return draw_orbit_shaped(d, k) if i < 10 and not k.tame else draw_piecewise(d, k)
    if i < 18 or k.dim == 1:
        return draw_ridge(d, k)
    return draw_separable(d, k)


def cases_of(k: Class) -> tuple[Case, ...]:
    """What is drawn of a class: each case with the share of draws that has it at least."""
    share = Fraction(1, 100)
    cases = [
        Case("a curvature at the limit L", Fraction(1, 10), lambda f: _at_limit(f)),
        Case("singular or flat", Fraction(1, 20), lambda f: _flat(f)),
    ]
    if k.dim > 1 and k.exactly is None:
        cases.append(Case("d > 1", Fraction(1, 10), lambda f: f.dim > 1))
        cases.append(Case("a rotated quadratic", share, lambda f: isinstance(f, Quadratic) and any(f.skew)))
    if not k.convex:
        cases.append(Case("not convex", Fraction(1, 10), lambda f: f.mu < 0))
    if not k.tame and k.exactly is None:
        cases.append(Case("condition 10^6 or more", share, _ill_conditioned))
    return tuple(cases)


def _at_limit(f: Any) -> bool:
    if isinstance(f, Quadratic):
        return f.L in f.eigenvalues
    return isinstance(f, PiecewiseQuadratic) and f.L in f.curvatures


def _flat(f: Any) -> bool:
    if isinstance(f, Quadratic):
        return 0 in f.eigenvalues
    return isinstance(f, PiecewiseQuadratic) and 0 in f.curvatures


def _ill_conditioned(f: Any) -> bool:
    values = f.eigenvalues if isinstance(f, Quadratic) else getattr(f, "curvatures", ())
    sizes = [abs(v) for v in values if v]
    return len(sizes) > 1 and max(sizes) >= 10**6 * min(sizes)
