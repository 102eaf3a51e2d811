r"""Functions of the plane whose valley is a logarithmic spiral: smooth, least at one point, and with gradients that may point away from it.

In polar coordinates about p:  f = c + r^2 (a + b cos w), w = 2 theta + 2 log r, 0 <= b < a. With u = a + b cos w and s = sin w the gradient has the radial part
2 r (u - b s) and the other part -2 r b s, hence

* |grad f|^2 = 4 r^2 ((u - b s)^2 + b^2 s^2) >= 2 r^2 u^2 >= 2 (a - b) (f - c), and |grad f| >= sqrt(2) (a - b) r;
* <grad f, x - p> = 2 r^2 (a + b (cos w - sin w)), which is negative somewhere where b sqrt(2) > a;
* the Hessian is 2 a I + b N with the eigenvalues -2 cos w - 4 sin w +- sqrt(4 sin^2 w + (2 sin w + 4 cos w)^2) of N: L = 2 a + 181 b/20 >= 2 a + (sqrt(20) + sqrt(12 + sqrt(80))) b.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.functions.formula import Printed
from objectives.functions.linear import same_point
from objectives.functions.protocol import Minimum
from refute import BadInput, CannotBatch, Scalar, Vec, constant, cos, log, sin, sq


@dataclass(frozen=True)
class Spiral(Printed):
    """f(x) = value + a r^2 + b ((u^2 - v^2) cos s - 2 u v sin s), (u, v) = x - centre, r^2 = u^2 + v^2, s = log(r^2). Raises BadInput unless 0 <= b < a, in the plane."""

    a: Fraction
    b: Fraction
    centre: Vec
    value: Fraction
    reach = None

    def __post_init__(self) -> None:
        if len(self.centre) != 2 or not 0 <= self.b < self.a:
            raise BadInput("a spiral valley lies in the plane, and has 0 <= b < a")

    @property
    def dim(self) -> int:
        """2."""
        return 2

    @constant
    def L(self) -> Fraction:
        """A Lipschitz constant of the gradient, 2 a + 181 b/20."""
        return 2 * self.a + Fraction(181, 20) * self.b

    @constant
    def minimum(self) -> Any:
        """A `Minimum` at the centre, the only one."""
        return Minimum(self.value, self.centre)

    def __call__(self, x: Vec) -> Scalar:
        if self._is_centre(x):
            return self.value + 0 * x[0]
        u, v = x - self.centre
        s = log(u * u + v * v)
        return self.value + self.a * (u * u + v * v) + self.b * ((u * u - v * v) * cos(s) - 2 * u * v * sin(s))

    def grad(self, x: Vec) -> Vec:
        """The gradient; 0 at the centre."""
        if self._is_centre(x):
            return 0 * x
        away = x - self.centre
        u, v = away
        s = log(sq(away))
        c, d = cos(s), sin(s)
        # Of (u^2 - v^2) cos s - 2 u v sin s, first for a fixed s, then by s.
        by_s = -(u * u - v * v) * d - 2 * u * v * c
        turned = Vec((2 * (u * c - v * d), -2 * (v * c + u * d)))
        found: Vec = 2 * self.a * away + self.b * (turned + 2 * by_s / sq(away) * away)
        return found

    def _is_centre(self, x: Vec) -> bool:
        if any(hasattr(c, "f") for c in x):
            raise CannotBatch("a spiral valley is no function to evaluate in batches")
        return same_point(x, self.centre)
