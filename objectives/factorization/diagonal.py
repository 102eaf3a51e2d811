r"""(a - x y)^2/2 in the coordinates u = (x + y)/sqrt 2, v = (x - y)/sqrt 2, in which x y = (u^2 - v^2)/2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from refute import Matrix, Scalar, Vec


@dataclass(frozen=True)
class Diagonal:
    """Gradient descent with step h on (a - x y)^2/2, an isometry away: u -> (1 + r) u, v -> (1 - r) v with
    r = h (a - (u^2 - v^2)/2). It commutes with the change of the sign of u and of v."""

    a: Any
    h: Any

    def residual(self, z: Vec) -> Scalar:
        """r at (u, v)."""
        return self.h * (self.a - (z[0] * z[0] - z[1] * z[1]) / 2)

    def move(self, z: Vec) -> Vec:
        """T(z) - z = (r u, -r v)."""
        r = self.residual(z)
        return Vec((r * z[0], -r * z[1]))

    def derivative(self, box: Vec) -> Matrix:
        """(1 + r - h u^2, h u v; h u v, 1 - r - h v^2)."""
        u, v = box
        r, mixed = self.residual(box), self.h * u * v
        return ((1 + r - self.h * (u * u), mixed), (mixed, 1 - r - self.h * (v * v)))

    def factor(self, box: Vec) -> Scalar:
        """m with r(Tz) = m r(z): m = 1 - h (u^2 + v^2) - h a r + r^2; r = 0 only at minimizers."""
        u, v = box
        r = self.residual(box)
        return 1 - self.h * (u * u + v * v) - self.h * self.a * r + r * r


@dataclass(frozen=True)
class OnDiagonal:
    """The same on the line x = y = t: t -> (1 + r) t with r = h (a - t^2), an odd cubic map."""

    a: Any
    h: Any

    def move(self, z: Vec) -> Vec:
        """T(t) - t."""
        return Vec((self.h * (self.a - z[0] * z[0]) * z[0],))

    def derivative(self, box: Vec) -> Matrix:
        """1 + h a - 3 h t^2."""
        return ((1 + self.h * self.a - 3 * self.h * (box[0] * box[0]),),)

    def factor(self, box: Vec) -> None:
        """The rest points are isolated here."""
