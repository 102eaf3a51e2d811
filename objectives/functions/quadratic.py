r"""Quadratic functions of any dimension, given by their spectrum.

With u = Q^T (x - p), Q orthogonal:  f(x) = c + sum_i (lambda_i u_i^2 / 2 + g_i u_i).
The gradient is Q (lambda_i u_i + g_i)_i and the Hessian Q diag(lambda) Q^T, hence

* the least L is max abs(lambda_i), the largest mu is min lambda_i (the spectrum is exact data);
* f has a minimum iff lambda_i >= 0 for all i and g_i = 0 wherever lambda_i = 0; then it is
  c - sum g_i^2 / (2 lambda_i), attained at p - Q (g_i / lambda_i)_i (with 0 where lambda_i = 0).

A rational orthogonal Q comes from a rational skew-symmetric S: Q = (I - S)(I + S)^{-1} (Cayley).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from objectives.functions.formula import Printed
from objectives.functions.linear import solve
from objectives.functions.protocol import Minimum, Rescaled, refuse_step, units
from refute import BadInput, Matrix, Scalar, Vec, as_fraction, constant, dot, times, total, vec


@dataclass(frozen=True)
class Quadratic(Printed):
    """f(x) = value + sum_i (eigenvalues_i u_i^2/2 + slopes_i u_i), u = Q^T (x - centre).

    `skew` holds the d (d - 1)/2 entries of S above its diagonal, row by row. Raises BadInput where
    the lengths do not fit.
    """

    skew: tuple[Fraction, ...]
    eigenvalues: tuple[Fraction, ...]
    slopes: tuple[Fraction, ...]
    centre: Vec
    value: Fraction

    def __post_init__(self) -> None:
        d = len(self.eigenvalues)
        if not (d and len(self.slopes) == len(self.centre) == d and len(self.skew) == d * (d - 1) // 2):
            raise BadInput(
                f"a quadratic of R^{d} needs {d} slopes, a centre in R^{d} and {d * (d - 1) // 2} skew entries"
            )

    @property
    def dim(self) -> int:
        """d."""
        return len(self.eigenvalues)

    @constant
    def rotated(self) -> bool:
        """Whether Q is not the identity."""
        return any(self.skew)

    @constant
    def Q(self) -> Matrix:
        """The orthogonal matrix, exact."""
        return cayley(self.skew, self.dim)

    @constant
    def A(self) -> Matrix:
        """The Hessian Q diag(lambda) Q^T."""
        scaled = [[q * e for q, e in zip(row, self.eigenvalues, strict=True)] for row in self.Q]
        return tuple(tuple(dot(r, s) for s in self.Q) for r in scaled)

    @constant
    def L(self) -> Fraction:
        """The least Lipschitz constant of the gradient, max abs(lambda_i)."""
        return max(abs(e) for e in self.eigenvalues)

    @constant
    def mu(self) -> Fraction:
        """The largest mu with f - mu abs(x)^2/2 convex, min lambda_i."""
        return min(self.eigenvalues)

    L_is_least = True
    mu_is_largest = True
    reach = None

    @constant
    def rest(self) -> Vec | None:
        """A stationary point, exactly; None where there is none."""
        pairs = list(zip(self.eigenvalues, self.slopes, strict=True))
        if any(e == 0 and g != 0 for e, g in pairs):
            return None
        return self.centre + times(self.Q, Vec(tuple(-g / e if e else Fraction(0) for e, g in pairs)))

    def from_rest(self, x: Vec) -> Vec:
        """x less a stationary point; raises BadInput where there is none."""
        if self.rest is None:
            raise BadInput("this quadratic has no stationary point")
        return x - self.rest

    @constant
    def minimum(self) -> Minimum | None:
        """The least value and a minimizer, exactly; None where there is none."""
        if self.rest is None or self.mu < 0:
            return None
        pairs = zip(self.eigenvalues, self.slopes, strict=True)
        below = sum((g * g / (2 * e) for e, g in pairs if e), Fraction(0))
        return Minimum(self.value - below, self.rest)

    @constant
    def coercive(self) -> bool:
        """Whether f tends to infinity with abs(x)."""
        return self.mu > 0

    @property
    def has_minimum(self) -> bool:
        """Whether f attains a minimum."""
        return self.minimum is not None

    @property
    def bounded_below(self) -> bool:
        """Whether f is bounded below: exactly when it attains a minimum."""
        return self.minimum is not None

    def _own(self, x: Vec) -> Vec:
        """u = Q^T (x - p)."""
        y = x - self.centre
        if not self.rotated:
            return y
        return Vec(tuple(dot(col, y) for col in zip(*self.Q, strict=True)))

    def __call__(self, x: Vec) -> Scalar:
        u = self._own(x)
        terms = zip(self.eigenvalues, self.slopes, u, strict=True)
        return self.value + total((e * v / 2 + g) * v for e, g, v in terms)

    def grad(self, x: Vec) -> Vec:
        """The gradient at x."""
        terms = zip(self.eigenvalues, self.slopes, self._own(x), strict=True)
        own = Vec(tuple(e * v + g for e, g, v in terms))
        return times(self.Q, own) if self.rotated else own

    def prox(self, h: Scalar, x: Vec) -> Vec:
        """The proximal point y = x - h grad f(y), for h > 0. Raises BadInput where 1 + h mu is not above 0, and there is none."""
        refuse_step(h)
        if not 1 + h * self.mu > 0:
            raise BadInput(f"a quadratic with mu = {self.mu} has no proximal point for a step of {h}")
        terms = zip(self.eigenvalues, self.slopes, self._own(x), strict=True)
        own = Vec(tuple((v - h * g) / (1 + h * e) for e, g, v in terms))
        return self.centre + (times(self.Q, own) if self.rotated else own)

    def hessian(self, box: Vec) -> Matrix:
        """The Hessian, the same everywhere."""
        return self.A

    def straightened(self) -> tuple[Quadratic, Callable[[Vec], Vec]] | None:
        """The same quadratic in its own axes, with its rest point (or its centre) at 0, and the map of
        the points: an isometry, under which gradient descent stays what it is. None where it is so already.
        """
        origin = self.centre if self.rest is None else self.rest
        if not self.rotated and not any(origin):
            return None
        at = replace(self, centre=origin)
        plain = Quadratic(
            (Fraction(0),) * len(self.skew),
            self.eigenvalues,
            self.slopes if self.rest is None else (Fraction(0),) * self.dim,
            Vec((Fraction(0),) * self.dim),
            self.value,
        )
        return plain, at._own

    def rescaled(self) -> Iterator[Rescaled]:
        """c s^2 f(x/s): with L = 1, and with each coordinate of the centre at a distance of 1."""
        for c, s in units(self.L, self.centre.entries):
            eigenvalues = tuple(c * e for e in self.eigenvalues)
            slopes = tuple(c * s * g for g in self.slopes)
            yield Quadratic(self.skew, eigenvalues, slopes, s * self.centre, c * s**2 * self.value), c, s

    def restrict(self, axes: Sequence[int]) -> Quadratic:
        """The unrotated quadratic with the eigenvalues of these axes."""
        return Quadratic(
            (Fraction(0),) * (len(axes) * (len(axes) - 1) // 2),
            tuple(self.eigenvalues[i] for i in axes),
            tuple(self.slopes[i] for i in axes),
            Vec(tuple(self.centre[i] for i in axes)),
            self.value,
        )


def cayley(skew: Sequence[Fraction], d: int) -> Matrix:
    """(I - S)(I + S)^{-1}: rational and orthogonal, since S is skew-symmetric."""
    s = [[Fraction(0)] * d for _ in range(d)]
    entries = iter(skew)
    for i in range(d):
        for j in range(i + 1, d):
            s[i][j] = next(entries)
            s[j][i] = -s[i][j]
    # X (I + S) = I - S, transposed.
    left = [[Fraction(i == j) + s[j][i] for j in range(d)] for i in range(d)]
    right = [[Fraction(i == j) - s[j][i] for j in range(d)] for i in range(d)]
    solved = solve(left, right)
    return tuple(tuple(solved[j][i] for j in range(d)) for i in range(d))


def square(L: int | Fraction = 1) -> Quadratic:
    """L x^2/2 on the line."""
    return Quadratic((), (as_fraction(L),), (Fraction(0),), vec(0), Fraction(0))
