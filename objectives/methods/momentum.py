r"""Methods beside gradient descent: exact line search, the fast gradient method, the heavy ball."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from objectives.functions.protocol import Objective
from refute import Ball, Matrix, Scalar, Vec, dot, sq


def exact_line_search(f: Objective, x: Vec) -> Vec:
    """x - h grad f(x) with the h that minimizes f along that line, for a strictly convex quadratic and grad f(x) != 0.

    With g = grad f(x): h = |g|^2 / <g, H g>, where H g = grad f(x + g) - grad f(x).
    """
    g = f.grad(x)
    step: Vec = sq(g) / dot(g, f.grad(x + g) - g) * g
    return x - step


def fast_gradient(f: Objective, h: Scalar, x0: Vec, N: int) -> Vec:
    """y_N of y_{k+1} = x_k - h grad f(x_k), x_{k+1} = y_{k+1} + k/(k+3) (y_{k+1} - y_k), y_0 = x_0 (Nesterov 1983,
    with the momentum k/(k+3))."""
    x = y = x0
    for k in range(N):
        after = x - h * f.grad(x)
        x = after + (k * (after - y)) / (k + 3)
        y = after
    return y


@dataclass(frozen=True)
class HeavyBall:
    """(x_k, x_{k-1}) -> (x_k - h grad f(x_k) + beta (x_k - x_{k-1}), x_k), Polyak 1964, as a map of R^{2d}.

    Its rest points are the pairs (x, x) with grad f(x) = 0.
    """

    f: Any
    h: Any
    beta: Any

    def _halves(self, z: Vec) -> tuple[Vec, Vec]:
        d = len(z) // 2
        return Vec(z.entries[:d]), Vec(z.entries[d:])

    def move(self, z: Vec) -> Vec:
        """T(z) - z."""
        x, before = self._halves(z)
        ahead = self.beta * (x - before) - self.h * self.f.grad(x)
        return Vec((*ahead, *(x - before)))

    def certified(self, start: Vec) -> None:
        """No certificate of this kind."""

    def derivative(self, box: Vec) -> Matrix | None:
        """(I - h f'' + beta I, -beta I; I, 0)."""
        x, _ = self._halves(box)
        second = self.f.hessian(x)
        if second is None:
            return None
        d = len(x)
        top = [
            tuple(Ball.of((1 + self.beta if i == j else 0) - self.h * second[i][j]) for j in range(d))
            + tuple(Ball.of(-self.beta if i == j else 0) for j in range(d))
            for i in range(d)
        ]
        bottom = [tuple(Ball.of(int(i == j)) for j in range(2 * d)) for i in range(d)]
        return (*top, *bottom)

    def multipliers(self) -> None:
        """No certificate of this kind."""

    def reduced(self, start: Vec) -> None:
        """No certificate of this kind."""

    def components(self) -> None:
        """No certificate of this kind."""

    def piece(self, x: Ball) -> None:
        """No certificate of this kind."""

    def outward(self, x: Ball, side: int) -> bool:
        """No certificate of this kind."""
        return False

    def fades(self, side: int) -> bool:
        """No certificate of this kind."""
        return False
