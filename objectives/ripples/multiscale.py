r"""f_0(x) - A eps cos(x/eps) on the line, ripples of the scale eps and of slopes up to A: on a parabola or between two wells."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import mpmath

from objectives.functions.formula import Printed
from refute import BadInput, Case, Claim, Domain, Draw, Matrix, Scalar, Vec, both, choose, constant, cos, lt, sin

SCALES = tuple(Fraction(1, n) for n in (2, 4, 10, 16, 100, 1000, 10**6))


@dataclass(frozen=True)
class Multiscale(Printed):
    """f(x) = c x^2/2 - A eps cos(x/eps). Raises BadInput unless c, A and eps are positive."""

    c: Fraction
    A: Fraction
    eps: Fraction

    def __post_init__(self) -> None:
        if min(self.c, self.A, self.eps) <= 0:
            raise BadInput("a multiscale function needs c > 0, A > 0 and eps > 0")

    dim = 1

    def __call__(self, x: Vec) -> Scalar:
        return self.c * x[0] ** 2 / 2 - self.A * self.eps * cos(x[0] / self.eps)

    #: The middle of the starts of `law_of_iterate`.
    middle = 0

    def slope(self, x: Scalar, s: Scalar) -> Scalar:
        """f'(x) where s = sin(x/eps): c x + A s."""
        return self.c * x + self.A * s

    def grad(self, x: Vec) -> Vec:
        """f'(x)."""
        return Vec((self.slope(x[0], sin(x[0] / self.eps)),))

    def hessian(self, box: Vec) -> Matrix:
        """c + (A/eps) cos(x/eps)."""
        return ((self.c + self.A / self.eps * cos(box[0] / self.eps),),)

    @constant
    def L(self) -> Fraction:
        """The least Lipschitz constant of the gradient, c + A/eps, reached at 0."""
        return self.c + self.A / self.eps


@dataclass(frozen=True)
class RippledWells(Printed):
    """f(x) = (x^2 - 1)^2/4 - A eps cos(x/eps): wells around -1 and 1. Raises BadInput unless A and eps are positive."""

    A: Fraction
    eps: Fraction

    def __post_init__(self) -> None:
        if min(self.A, self.eps) <= 0:
            raise BadInput("rippled wells need A > 0 and eps > 0")

    dim = 1
    middle = -1

    def __call__(self, x: Vec) -> Scalar:
        return (x[0] ** 2 - 1) ** 2 / 4 - self.A * self.eps * cos(x[0] / self.eps)

    def slope(self, x: Scalar, s: Scalar) -> Scalar:
        """f'(x) where s = sin(x/eps): x^3 - x + A s."""
        return x * x * x - x + self.A * s

    def grad(self, x: Vec) -> Vec:
        """f'(x)."""
        return Vec((self.slope(x[0], sin(x[0] / self.eps)),))

    @constant
    def L(self) -> Fraction:
        """A Lipschitz constant of the gradient on [-2, 2]: 11 + A/eps."""
        return 11 + self.A / self.eps


def held_in_left_well(f: RippledWells, h: Scalar, x: Vec) -> bool:
    """Whether a certificate holds the orbit of x left of the barrier for ever (docs/multiscale.md#barriers)."""
    small = 0 < h <= Fraction(1, 11) and 27 * f.A**2 <= 4
    return bool(small and -2 <= x[0] < 0 and 3 * x[0] ** 2 >= 1)


def rest_point(f: Multiscale, j: int) -> Fraction:
    """The stationary point next to j pi eps, to 160 digits. Raises BadInput where there is none."""
    c, A, eps = f.c, f.A, f.eps
    with mpmath.workdps(200):
        x = mpmath.mpf(j) * mpmath.pi * _mp(eps)
        for _ in range(60):
            x -= (_mp(c) * x + _mp(A) * mpmath.sin(x / _mp(eps))) / (_mp(c) + _mp(A / eps) * mpmath.cos(x / _mp(eps)))
        if not abs(_mp(c) * x + _mp(A) * mpmath.sin(x / _mp(eps))) < mpmath.mpf(10) ** -150:
            raise BadInput(f"no stationary point of {f} is next to {j} pi eps")
        return _rational(x)


def lands_at_rest(f: Multiscale, h: Fraction, j: int, k: int) -> Fraction:
    """A start close to the stationary point k whose first step ends at the stationary point j, to 160 digits: T(x) = x - h f'(x) is steep there."""
    goal, x = rest_point(f, j), rest_point(f, k)
    with mpmath.workdps(200):
        p, y, step, eps = _mp(goal), _mp(x), _mp(h), _mp(f.eps)
        for _ in range(60):
            slope = 1 - step * (_mp(f.c) + _mp(f.A / f.eps) * mpmath.cos(y / eps))
            y -= (y - step * (_mp(f.c) * y + _mp(f.A) * mpmath.sin(y / eps)) - p) / slope
        return _rational(y)


def _mp(q: Fraction) -> mpmath.mpf:
    return mpmath.mpf(q.numerator) / q.denominator


def _rational(x: mpmath.mpf) -> Fraction:
    """x to 540 bits after the point; in the precision at hand."""
    return Fraction(int(mpmath.nint(x * 2**540)), 2**540)


def multiscale_functions() -> Domain:
    """All of them, drawn with eps from 1/2 to 10^-6."""

    def draw(d: Draw) -> Multiscale:
        i, c, a = choose(d, len(SCALES), 4, 4)
        return Multiscale(Fraction(c + 1, 2), Fraction(a + 1, 2), SCALES[i])

    def member(f: Multiscale) -> Claim:
        return both(c=lt(0, f.c), A=lt(0, f.A), eps=lt(0, f.eps))

    share = Fraction(1, 10)
    cases = (Case("eps <= 1/1000", share, lambda f: f.eps <= Fraction(1, 1000)),)
    return Domain("parabolas with ripples", draw, member, (Multiscale,), cases=cases)
