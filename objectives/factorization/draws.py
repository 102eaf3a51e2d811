"""How scalar factorizations, their step sizes and their starts are drawn."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

from objectives.factorization.invariants import tube
from objectives.factorization.scalar import ScalarFactorization
from refute import (
    Case,
    Claim,
    Domain,
    Draw,
    Scalar,
    Vec,
    both,
    choose,
    eq,
    known,
    lt,
    ne,
    points,
    reject,
    sq,
)

TARGETS = (*(Fraction(n, 4) for n in (4, 4, 4, 2, 8, 1, 3, 5, 12, 0, -4, -2, -8)), Fraction(1, 3), Fraction(7, 10))
DIMENSIONS = (1, 1, 1, 2, 3)
# Where points that land are looked for.
GRID = sorted({Fraction(p, q) for q in (1, 2, 3, 4) for p in range(-24, 25) if abs(p) <= 6 * q})


def scalar_factorizations(*, nonzero: bool = False) -> Domain:
    """(a - <x, y>)^2/2 for vectors of any length, drawn with up to three entries."""
    targets = tuple(a for a in TARGETS if a or not nonzero)

    def draw(d: Draw) -> ScalarFactorization:
        a, n = choose(d, len(targets), len(DIMENSIONS))
        return ScalarFactorization(targets[a], DIMENSIONS[n])

    def member(f: ScalarFactorization) -> Claim:
        return ne(f.a, 0) if nonzero else known(True, "a factorization")

    cases = (
        Case("a < 0", Fraction(1, 20), lambda f: f.a < 0),
        Case("vectors", Fraction(1, 20), lambda f: f.d > 1),
    )
    return Domain("scalar factorizations", draw, member, (ScalarFactorization,), cases=cases)


def steps_to_critical(f: ScalarFactorization, *, beyond: bool = False) -> Domain:
    """The h > 0 with h |a| < 1 (beyond: h |a| > 1); for a = 0 every h > 0."""

    def draw(d: Draw) -> Fraction:
        (i,) = choose(d, 100)
        t = Fraction(i + 1, 101) if i % 3 else Fraction(i // 3 + 1, 35)
        if not f.a:
            return 4 * t
        return (1 / t if beyond else t) / abs(f.a)

    def member(h: Scalar) -> Claim:
        size = h * abs(f.a)
        return both(positive=lt(0, h), critical=lt(1, size) if beyond else lt(size, 1))

    return Domain("h |a| > 1" if beyond else "h |a| < 1", draw, member)


def scalar_minimizers(f: ScalarFactorization) -> Domain:
    """The points with <x, y> = a, drawn with x != 0."""

    def draw(d: Draw) -> Vec:
        across, *coordinates = choose(d, 9, *(17,) * f.d)
        x = Vec(tuple(Fraction(c - 8, 4) for c in coordinates))
        x = x if any(x) else Vec((Fraction(1),) * f.d)
        turned = Vec((-x[1], x[0], *(Fraction(0),) * (f.d - 2))) if f.d > 1 else 0 * x
        return Vec((*x, *(f.a / sq(x) * x + Fraction(across - 4, 2) * turned)))

    return Domain("minimizers", draw, lambda z: eq(f.residual(z), 0), (Vec,), dim=f.dim)


def any_steps(f: ScalarFactorization) -> Domain:
    """All h > 0, drawn up to 3/|a| (for a = 0 to 9), most of them below 1/|a|, one in three 1/(n |a|) (for a = 0: 1/n^2)."""

    def draw(d: Draw) -> Fraction:
        (i,) = choose(d, 192)
        t = Fraction(i + 1, 81) if i < 80 else 1 + Fraction(i - 79, 20) if i < 120 else Fraction(1, (i - 120) // 6 + 2)
        return t / abs(f.a) if f.a else t**2

    return Domain("h > 0", draw, lambda h: lt(0, h))


def starts_by_ellipse(f: ScalarFactorization, h: Any) -> Domain:
    """The points of R^2d, drawn as far as a little beyond the invariant ellipsoid, one in eight at a minimizer or
    close to it, and one in four where the first step ends at one."""
    anywhere = points(f.dim)

    def draw(d: Draw) -> Vec:
        kind, j, *coordinates = choose(d, 8, 13, *(33,) * f.dim)
        reach = _root(Fraction(4) / h) / (1 if f.d == 1 else 2)
        if kind == 0:
            off = Fraction(1, 2 ** (j + 2)) if j < 10 else Fraction(0)
            return near_minimizer(f, Fraction(coordinates[0] + 4, 8), off)
        if kind in (1, 2) and f.d == 1:
            return _landing(f, h, coordinates[0]) or near_minimizer(f, Fraction(coordinates[1] + 4, 8), Fraction(0))
        return Vec(tuple(Fraction(c - 16, 16) * reach for c in coordinates))

    cases = (Case("not on a line through 0", Fraction(1, 4), lambda z: _off_the_lines(f, z)),)
    return Domain(anywhere.name, draw, anywhere.member, (Vec,), anywhere.bulk, cases=cases, dim=anywhere.dim)


def _landing(f: ScalarFactorization, h: Fraction, i: int) -> Vec | None:
    """A rational point whose first step ends at a minimizer: h (1 - h x^2) y^2 + h^2 a x y = 1 - h x^2."""
    for j in range(len(GRID)):
        x = GRID[(i * 8 + j) % len(GRID)]
        c = 1 - h * x**2
        square = (h**2 * f.a * x) ** 2 + 4 * h * c**2
        p, q = isqrt(square.numerator), isqrt(square.denominator)
        if c and p**2 == square.numerator and q**2 == square.denominator:
            return Vec((x, (Fraction(p, q) * (-1) ** j - h**2 * f.a * x) / (2 * h * c)))
    return None


def starts_off_zero(f: ScalarFactorization) -> Domain:
    """The points other than 0, drawn within 3 in each coordinate; of one in four the first or the second half is 0,
    one in eight is a minimizer and one in eight close to one."""
    anywhere = points(f.dim, within=3)

    def draw(d: Draw) -> Vec:
        kind, *coordinates = choose(d, 8, *(97,) * f.dim)
        if kind in (2, 3):
            return near_minimizer(f, Fraction(coordinates[0] + 16, 32), Fraction(kind - 2, 64))
        kept = range(f.dim) if kind > 1 else range(f.d) if kind else range(f.d, f.dim)
        z = Vec(tuple(Fraction(c - 48, 16) if i in kept else Fraction(0) for i, c in enumerate(coordinates)))
        return z if any(z) else Vec((Fraction(1),) * f.dim)

    def member(z: Vec) -> Claim:
        return both(dimension=anywhere.member(z), moved=ne(sq(z), 0))

    return Domain("the points other than 0", draw, member, (Vec,), dim=f.dim)


def near_minimizer(f: ScalarFactorization, t: Fraction, off: Fraction) -> Vec:
    """(t, a/t) with x moved by `off`, in the first entries."""
    zeros = (Fraction(0),) * (f.d - 1)
    return Vec((t + off, *zeros, f.a / t, *zeros))


def _off_the_lines(f: ScalarFactorization, z: Vec) -> bool:
    x, y = f.halves(z)
    return x not in (y, -y)


def _root(q: Fraction) -> Fraction:
    """A rational close to the square root."""
    return Fraction(isqrt(q.numerator * 10**6 // q.denominator) + 1, 1000).limit_denominator(50)


def steps_for_sharpness(f: ScalarFactorization, z: Vec) -> Domain:
    """The h with 2 < h L < 4, where L is the spectral radius of the Hessian at z."""

    def draw(d: Draw) -> Fraction:
        (i,) = choose(d, 80)
        beyond = Fraction(i + 1, 31) if i < 61 else Fraction(1, 2 ** (4 + i % 3))
        return (2 + beyond) / Fraction(float(f.spectral_radius(z))).limit_denominator(1000)

    def member(h: Scalar) -> Claim:
        size = h * f.spectral_radius(z)
        return both(above=lt(2, size), below=lt(size, 4))

    return Domain("2/L < h < 4/L", draw, member)


def held_starts(f: ScalarFactorization, h: Any, larger: Any) -> Domain:
    """Starts so close to a minimizer of sharpness between 2/larger and 2/h that the tube around it (see invariants.py) keeps
    the sharpness of the limit there; not at rest."""

    def draw(d: Draw) -> Vec:
        i, j = choose(d, 28, 8)
        # t^2 + a^2/t^2 = sharpness, which is at least 2 |a|.
        least = max(2 / larger, 2 * abs(f.a))
        if least >= 2 / h:
            return reject()
        sharpness = least + (2 / h - least) * Fraction(i + 1, 32)
        root = _fine_root(sharpness**2 - 4 * f.a**2)
        t = _fine_root((sharpness + root) / 2)
        off = Fraction(1, 2 ** (8 + j))
        for _ in range(24):
            if _sharper(f, h, larger, near_minimizer(f, t, off)).decide().truth:
                return near_minimizer(f, t, off)
            off /= 4
        return reject()

    return Domain("starts close to a minimizer", draw, lambda z: _sharper(f, h, larger, z), (Vec,), dim=f.dim)


def _sharper(f: ScalarFactorization, h: Scalar, larger: Scalar, z: Vec) -> Claim:
    """z is not at rest, and in a tube all of whose limits have a sharpness above 2/larger."""
    here = f.invariants(h, z)
    held = tube(here)
    if held is None:
        return known(False, "no tube")
    return both(in_motion=ne(here.r, 0), sharper=lt(2 * h / larger, 4 - here.w - held.drift))


def _fine_root(q: Fraction) -> Fraction:
    return Fraction(isqrt(q.numerator * 10**12 // q.denominator), 10**6)
