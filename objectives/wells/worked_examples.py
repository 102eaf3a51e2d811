"""The two functions of the experiments of grachev-2023, as printed and with the slips that keep them from being continuous, or
from having a bump where it is meant to be, mended."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from objectives.functions.formula import Printed
from objectives.functions.piecewise_polynomial import PiecewisePolynomial, touches
from refute import Ball, Matrix, Scalar, Vec

ZERO, ONE, TWO = Fraction(0), Fraction(1), Fraction(2)
HALF_WAY = Fraction(5, 2)
BOWL = (ZERO, ZERO, ZERO, Fraction(20))


def example_1d(steepness: int) -> PiecewisePolynomial:
    """20 x^2 with two wells: a quintic on [2, 3] with its minimum at 5/2, and a flat bottom on [8.40001, 8.59999] between walls
    of the relative slope `steepness`: 10^4 as printed, 10^5 for a continuous function."""
    eps, left, right = Fraction(1, 10**5), Fraction(84, 10), Fraction(86, 10)
    quintic = (HALF_WAY, ZERO, ZERO, Fraction(1020), Fraction(800), Fraction(-2000), Fraction(-1600))
    down = (left, 20 * left**2, -20 * left**2 * steepness)
    up = (right, 20 * right**2, 20 * right**2 * steepness)
    knots = (TWO, Fraction(3), left, left + eps, right - eps, right)
    return PiecewisePolynomial(knots, (BOWL, quintic, BOWL, down, (ZERO, ZERO), up, BOWL))


@dataclass(frozen=True)
class BumpedBowl(Printed):
    """|x|^2 - depth a(x_1) b(x_2) on R^2, a and b piecewise polynomials."""

    a: PiecewisePolynomial
    b: PiecewisePolynomial
    depth: Fraction

    dim = 2

    def __call__(self, x: Vec) -> Scalar:
        return x[0] ** 2 + x[1] ** 2 - self.depth * self.a.at(x[0]) * self.b.at(x[1])

    def grad(self, x: Vec) -> Vec:
        """The gradient, at kinks from one side."""
        a, b = self.a, self.b
        return Vec(
            (
                2 * x[0] - self.depth * a.slopes.at(x[0]) * b.at(x[1]),
                2 * x[1] - self.depth * a.at(x[0]) * b.slopes.at(x[1]),
            )
        )

    def hessian(self, box: Vec) -> Matrix | None:
        """Balls around the second derivatives; None where the box may touch a kink."""
        for one, other, i in ((self.a, self.b, 0), (self.b, self.a, 1)):
            bent = any(touches(box[i], t) for t in (*one.jumps, *one.slopes.jumps))
            if bent and not Ball.of(other.at(box[1 - i])).a.is_zero():
                return None
        (x, y), a, b = box, self.a, self.b
        mixed = -self.depth * a.slopes.at(x) * b.slopes.at(y)
        return (
            (2 - self.depth * a.slopes.slopes.at(x) * b.at(y), mixed),
            (mixed, 2 - self.depth * a.at(x) * b.slopes.slopes.at(y)),
        )


def _even(rows: tuple[tuple[Fraction, ...], ...], knots: tuple[Fraction, ...]) -> PiecewisePolynomial:
    """The even function with these rows for x > 0."""
    mirrored = [(-r[0], *(c * (-1) ** j for j, c in enumerate(r[1:]))) for r in rows[:0:-1]]
    return PiecewisePolynomial((*(-t for t in reversed(knots)), *knots), (*mirrored, *rows))


def example_2d(*, mended: bool) -> BumpedBowl:
    """x^2 + y^2 - 200 ReLU(|x| - 1) ReLU(|y| - 1) ReLU(2 - |x|) ReLU(2 - |x|) as printed; mended, the last factor is
    ReLU(2 - |y|), which keeps the bumps in the squares 1 < |x|, |y| < 2."""
    flat = (ZERO, ZERO)
    # t = |x| - 1: t (1 - t) on [0, 1], and t (1 - t)^2; the ramp t.
    hump = _even((flat, (ONE, ZERO, ONE, -ONE), flat), (ONE, TWO))
    if mended:
        return BumpedBowl(hump, hump, Fraction(200))
    skewed = _even((flat, (ONE, ZERO, ONE, -TWO, ONE), flat), (ONE, TWO))
    ramp = _even((flat, (ONE, ZERO, ONE)), (ONE,))
    return BumpedBowl(skewed, ramp, Fraction(200))
