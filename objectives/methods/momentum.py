r"""Methods with momentum: the fast gradient method, the heavy ball."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from objectives.functions.protocol import Objective, gradient
from refute import Scalar, Vec


def fast_gradient(f: Objective, h: Scalar, x0: Vec, N: int) -> Vec:
    """y_N of y_{k+1} = x_k - h grad f(x_k), x_{k+1} = y_{k+1} + k/(k+3) (y_{k+1} - y_k), y_0 = x_0 (Nesterov 1983,
    with the momentum k/(k+3))."""
    x = y = x0
    for k in range(N):
        after = x - h * gradient(f, x)
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
        ahead = self.beta * (x - before) - self.h * gradient(self.f, x)
        return Vec((*ahead, *(x - before)))
