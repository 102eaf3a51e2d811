"""How members of a class are drawn: extremal functions, not merely random ones.

Power comes from curvatures at the limits -L, 0 and L of the class, singular and ill-conditioned
spectra, knots on many scales and offsets up to 10^6.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from objectives.piecewise import PiecewiseQuadratic
from objectives.profiles import PROFILES
from objectives.quadratic import Quadratic
from objectives.ridge import Ridge, RidgeSum, independent
from objectives.separable import SeparableSum
from refute import Draw, Vec, draw_rational

ONE = Fraction(1)


@dataclass(frozen=True)
class Class:
    """What a draw must satisfy: convex, with a certified minimum, tame (condition at most 64, for
    statements about limits), and at most this dimension."""

    convex: bool = False
    minimum: bool = False
    tame: bool = False
    dim: int = 5


def _scale(d: Draw) -> Fraction:
    """A typical size of L."""
    sizes = (ONE, ONE, ONE, Fraction(1, 2), Fraction(4), Fraction(100), Fraction(1, 1000))
    return sizes[d(st.integers(0, len(sizes) - 1))]


def _curvature(d: Draw, k: Class) -> Fraction:
    """A curvature relative to L: mostly at a limit of the class."""
    i = d(st.integers(0, 15))
    if i < 6:
        return ONE
    if i < 10:
        return Fraction(0) if k.convex else -ONE
    if i < 12:
        return Fraction(0)
    if i < 14:
        size = Fraction(i - 11, 4) if k.tame else Fraction(1, 10 ** d(st.integers(1, 12)))
    else:
        size = Fraction(d(st.integers(1, 16)), 16)
    return size if k.convex or i % 2 else -size


def draw_quadratic(d: Draw, k: Class) -> Quadratic:
    """A quadratic: rotated, singular, indefinite or of condition 10^12, as the class allows."""
    dim = min(k.dim, d(st.sampled_from((1, 1, 2, 2, 3, 5))))
    scale = _scale(d)
    convex = Class(True, k.minimum, k.tame, k.dim) if k.minimum else k
    eigenvalues = tuple(scale * _curvature(d, convex) for _ in range(dim))
    rotate = dim > 1 and d(st.booleans())
    skew = tuple(Fraction(d(st.integers(-4, 4)), 4) if rotate else Fraction(0) for _ in range(dim * (dim - 1) // 2))
    slopes = tuple(Fraction(0) if k.minimum and e == 0 else Fraction(d(st.integers(-4, 4)), 2) for e in eigenvalues)
    centre = Vec(tuple(draw_rational(d) if d(st.booleans()) else Fraction(0) for _ in range(dim)))
    value = draw_rational(d) if d(st.booleans()) else Fraction(0)
    return Quadratic(skew, eigenvalues, slopes, centre, value)


def draw_piecewise(d: Draw, k: Class) -> PiecewiseQuadratic:
    """A piecewise quadratic of the line with knots on many scales."""
    m = d(st.integers(1, 4))
    scale = _scale(d)
    first = draw_rational(d)
    gaps = [
        Fraction(d(st.integers(1, 16)), 4) * Fraction(10) ** d(st.sampled_from((0, 0, 0, -3, 2))) for _ in range(m - 1)
    ]
    knots = [first]
    for g in gaps:
        knots.append(knots[-1] + g)
    curvatures = [scale * _curvature(d, k) for _ in range(m + 1)]
    slope = Fraction(d(st.integers(-16, 16)), 8) * scale
    if k.minimum:
        curvatures[0], curvatures[-1] = abs(curvatures[0]), abs(curvatures[-1])
        f = PiecewiseQuadratic(tuple(knots), tuple(curvatures), slope, Fraction(0))
        # An outermost piece that falls outwards is bent upwards.
        rows = f.slopes
        curvatures[0] = curvatures[0] or (scale if rows[0][1] > 0 else Fraction(0))
        curvatures[-1] = curvatures[-1] or (scale if rows[-1][1] < 0 else Fraction(0))
    value = draw_rational(d) if d(st.booleans()) else Fraction(0)
    return PiecewiseQuadratic(tuple(knots), tuple(curvatures), slope, value)


def draw_strongly_convex(d: Draw) -> PiecewiseQuadratic:
    """A piecewise quadratic with curvatures between L/16 and L, now and then all equal."""
    m = d(st.integers(1, 3))
    scale = _scale(d)
    knots = [draw_rational(d)]
    for _ in range(m - 1):
        knots.append(knots[-1] + Fraction(d(st.integers(1, 16)), 4))
    least = d(st.integers(1, 16))
    curvatures = tuple(scale * Fraction(d(st.integers(least, 16)), 16) for _ in range(m + 1))
    slope = scale * Fraction(d(st.integers(-16, 16)), 8)
    return PiecewiseQuadratic(tuple(knots), curvatures, slope, Fraction(0))


_CONVEX = ("log_cosh", "softplus", "huber")


def draw_ridge(d: Draw, k: Class) -> RidgeSum:
    """A sum of one to three ridge functions; for tame classes in general position in d > 1."""
    dim = min(k.dim, d(st.sampled_from((1, 1, 2, 3))))
    n = d(st.integers(1, 3))
    if k.tame and n > 1 and dim > 1:
        n = dim = 2
    names = _CONVEX if k.convex else (*PROFILES, "rational")
    if k.tame and dim > 1 and not k.convex:
        names = (*_CONVEX, "cos")  # nothing hastens an orbit down the flat flank of a hill in the plane
    terms = []
    for i in range(n):
        c = Fraction(d(st.integers(4 if k.tame and dim > 1 else 1, 8)), 4)
        if not k.convex and d(st.booleans()):
            c = -c
        a = [_entry(d, k, dim, i == j) for j in range(dim)]
        if not any(a):
            a[0] = ONE
        phi = d(st.sampled_from(names))
        if k.tame and phi == "cos":
            c *= Fraction(15, 16)  # slopes of cos and huber that cancel leave degenerate rest points
        terms.append(Ridge(c, phi, Vec(tuple(a)), Fraction(d(st.integers(-8, 8)), 2)))
    f = RidgeSum(tuple(terms))
    return _with_a_minimum(f) if k.minimum else f


def _entry(d: Draw, k: Class, dim: int, diagonal: bool) -> Fraction:
    if k.tame and dim > 1:
        return ONE if diagonal else Fraction(d(st.integers(-1, 1)), 4)
    return Fraction(d(st.integers(-6, 6)), 2)


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
    """A narrow well in the top of a wide hill whose flanks fall for ever: it has a minimum, and
    orbits that go to infinity."""
    wide = Vec((Fraction(d(st.integers(1, 4)), 2),))
    narrow = wide * Fraction(d(st.integers(2, 4)))
    c = Fraction(d(st.integers(1, 8)), 4)
    top = Fraction(d(st.integers(-4, 4)))
    return RidgeSum((Ridge(c, "rational", wide, -wide[0] * top), Ridge(-2 * c, "rational", narrow, -narrow[0] * top)))


def draw_separable(d: Draw, k: Class) -> SeparableSum:
    """A separable sum of two or three functions of the line, with exactly known minima if any."""
    line = Class(k.convex, k.minimum, k.tame, 1)
    parts: list[Any] = []
    for _ in range(min(k.dim, d(st.integers(2, 3)))):
        part: Any = draw_piecewise(d, line) if d(st.booleans()) else draw_ridge(d, line)
        if k.minimum and isinstance(part, RidgeSum) and len(part.terms) > 1:
            part = RidgeSum(part.terms[:1])
        if k.minimum and part.minimum is None:
            part = draw_piecewise(d, line)
        parts.append(part)
    return SeparableSum(tuple(parts))


def draw_any(d: Draw, k: Class) -> Any:
    i = d(st.integers(0, 19))
    if i in (5, 10, 15) and k.minimum and not k.convex:
        return draw_well_in_hill(d)
    if i < 8:
        return draw_quadratic(d, k)
    if i < 14:
        return draw_piecewise(d, k)
    if i < 18 or k.dim == 1:
        return draw_ridge(d, k)
    return draw_separable(d, k)
