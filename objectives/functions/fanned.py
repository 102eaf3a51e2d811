r"""Functions whose curvature along each of their axes is one number on one side and another on the other.

With u = Q^T (x - p), Q orthogonal:  f(x) = c + (1/2) sum_i k_i(u_i) u_i^2, k_i(u) = below_i for u < 0 and beyond_i for u > 0. The gradient is continuous, the
Hessian jumps across the hyperplanes u_i = 0, and f is no quadratic. All k_i lie between mu, the least curvature, and L, the largest one, so that

    mu |x - p|^2 <= <grad f(x), x - p>,   |grad f(x)| <= L |x - p|,

with equality along an axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from objectives.functions.formula import Printed
from objectives.functions.quadratic import cayley
from refute import BadInput, Ball, Matrix, Scalar, Undecided, Vec, constant, dot, maximum, minimum, times, total
from refute.errors import overlook


@dataclass(frozen=True)
class Fanned(Printed):
    """f(x) = value + (1/2) sum_i k_i(u_i) u_i^2, u = Q^T (x - centre), k_i = below_i for u_i < 0, beyond_i for u_i > 0.

    `skew` holds the entries of a skew-symmetric matrix above its diagonal, as that of a Quadratic. Raises BadInput where the lengths do not fit.
    """

    skew: tuple[Fraction, ...]
    below: tuple[Fraction, ...]
    beyond: tuple[Fraction, ...]
    centre: Vec
    value: Fraction

    def __post_init__(self) -> None:
        d = len(self.below)
        if not (d and len(self.beyond) == len(self.centre) == d and len(self.skew) == d * (d - 1) // 2):
            raise BadInput(
                f"a function of R^{d} needs two curvatures for each axis, a centre in R^{d} and {d * (d - 1) // 2} skew entries"
            )

    @property
    def dim(self) -> int:
        """d."""
        return len(self.below)

    @constant
    def Q(self) -> Matrix:
        """The orthogonal matrix, exact; its columns are the axes."""
        return cayley(self.skew, self.dim)

    @constant
    def L(self) -> Fraction:
        """The largest curvature."""
        return max(*self.below, *self.beyond)

    @constant
    def mu(self) -> Fraction:
        """The least curvature."""
        return min(*self.below, *self.beyond)

    def _own(self, x: Vec) -> Vec:
        """u."""
        y = x - self.centre
        return Vec(tuple(dot(col, y) for col in zip(*self.Q, strict=True)))

    def _slopes(self, x: Vec) -> list[tuple[Scalar, Scalar]]:
        """u_i and k_i(u_i) u_i."""
        rows = zip(self.below, self.beyond, self._own(x), strict=True)
        return [(u, a * minimum(u, 0) + b * maximum(u, 0)) for a, b, u in rows]

    def __call__(self, x: Vec) -> Scalar:
        return self.value + total(u * s / 2 for u, s in self._slopes(x))

    def grad(self, x: Vec) -> Vec:
        """The gradient at x."""
        return times(self.Q, Vec(tuple(s for _, s in self._slopes(x))))

    def hessian(self, box: Vec) -> Matrix:
        """The hull of the Hessians over a box of balls."""
        rows = zip(self.below, self.beyond, self._own(box), strict=True)
        curvatures = [_between(a, b, u) for a, b, u in rows]
        scaled = [[q * k for q, k in zip(row, curvatures, strict=True)] for row in self.Q]
        return tuple(tuple(dot(r, s) for s in self.Q) for r in scaled)


def _between(a: Fraction, b: Fraction, u: Scalar) -> Scalar:
    """The curvature at u; over a ball that touches 0 the hull of both."""
    try:
        return a if u < 0 else b if u > 0 else Ball.hull(a, b)
    except Undecided as why:
        overlook(why)
        return Ball.hull(a, b)
