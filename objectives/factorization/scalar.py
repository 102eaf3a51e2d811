r"""f(x, y) = (a - <x, y>)^2/2 on R^d x R^d: one number factorized, the smallest matrix factorization.

In units of the step, with alpha = h a, r = h (a - <x, y>) and s = h (|x|^2 + |y|^2), gradient descent takes x + y to
(1 + r)(x + y) and x - y to (1 - r)(x - y), and with w = 4 - s - alpha r it takes (r, w) to
(r (r^2 - 3 + w), w (1 - alpha r + r^2)): the whole dynamics is that of two numbers (docs/factorization.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.factorization.fates import factorization_fate
from objectives.factorization.invariants import Invariants
from objectives.functions.formula import Printed
from objectives.functions.protocol import Minimum
from refute import BadInput, Fate, Matrix, Scalar, Vec, constant, dot, sq, sqrt


@dataclass(frozen=True)
class ScalarFactorization(Printed):
    """f(x, y) = (a - <x, y>)^2/2; a point is the vector (x_1, ..., x_d, y_1, ..., y_d). Raises BadInput for d < 1."""

    a: Fraction
    d: int

    def __post_init__(self) -> None:
        if self.d < 1:
            raise BadInput(f"a factorization needs vectors of at least one entry, not of {self.d}")

    @property
    def dim(self) -> int:
        """2 d."""
        return 2 * self.d

    reach = 4

    def halves(self, z: Vec) -> tuple[Vec, Vec]:
        """x and y."""
        return Vec(z.entries[: self.d]), Vec(z.entries[self.d :])

    def residual(self, z: Vec) -> Scalar:
        """a - <x, y>."""
        x, y = self.halves(z)
        return self.a - dot(x, y)

    def __call__(self, z: Vec) -> Scalar:
        return self.residual(z) ** 2 / 2

    def grad(self, z: Vec) -> Vec:
        """-(a - <x, y>) (y, x)."""
        x, y = self.halves(z)
        rho = self.a - dot(x, y)
        return Vec(tuple(-rho * c for c in (*y, *x)))

    def hessian(self, box: Vec) -> Matrix:
        """g g^T - (a - <x, y>) J, where g = (y, x) and J exchanges the halves."""
        x, y = self.halves(box)
        rho = self.a - dot(x, y)
        g = (*y, *x)
        return tuple(
            tuple(p * q - rho if abs(i - j) == self.d else p * q for j, q in enumerate(g)) for i, p in enumerate(g)
        )

    @constant
    def minimum(self) -> Minimum:
        """0, at a (e_1, 0) and (e_1, 0)."""
        one, zeros = Fraction(1), (Fraction(0),) * (self.d - 1)
        return Minimum(Fraction(0), Vec((self.a, *zeros, one, *zeros)))

    def spectral_radius(self, z: Vec) -> Scalar:
        """The largest absolute value of an eigenvalue of the Hessian at z, its largest eigenvalue:
        s/2 + sqrt(s^2/4 - 2 rho <x, y> + rho^2) with s = |x|^2 + |y|^2; at a minimizer it is s."""
        x, y = self.halves(z)
        inner = dot(x, y)
        rho, s = self.a - inner, sq(z)
        return s / 2 + sqrt(s**2 / 4 - 2 * rho * inner + rho**2)

    def imbalance(self, z: Vec) -> Scalar:
        """|x - y|^2."""
        x, y = self.halves(z)
        return sq(x - y)

    def invariants(self, h: Scalar, z: Vec) -> Invariants:
        """(alpha, r, w) at z."""
        x, y = self.halves(z)
        alpha, r = h * self.a, h * (self.a - dot(x, y))
        return Invariants(alpha, r, 4 - h * sq(z) - alpha * r)

    def inside(self, h: Scalar, z: Vec) -> Scalar:
        """w = 4 - h (|x|^2 + |y|^2) - h^2 a (a - <x, y>): positive inside the invariant ellipsoid, zero on it."""
        return self.invariants(h, z).w

    def fate(self, h: Any, z: Vec) -> Fate | None:
        """The certified fate of gradient descent with step h from z; None where no certificate is found."""
        return factorization_fate(self, h, z)


def toy() -> ScalarFactorization:
    """(1 - x y)^2/2, the toy problem of Wang, Chen, Zhao and Tao."""
    return ScalarFactorization(Fraction(1), 1)
