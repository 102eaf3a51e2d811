"""The fields of gradient flow and of its first modified equation, for polynomial f."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.functions.protocol import gradient
from refute import Vec, times


@dataclass(frozen=True)
class GradientFlow:
    """v = -grad f."""

    f: Any

    def velocity(self, x: Vec) -> Vec:
        """-grad f(x)."""
        v: Vec = -gradient(self.f, x)
        return v


@dataclass(frozen=True)
class ModifiedFlow:
    """v = -grad f_1, f_1 = f + (h/4) |grad f|^2; `half` is h/2."""

    f: Any
    half: Fraction

    def velocity(self, x: Vec) -> Vec:
        """-grad f(x) - (h/2) f''(x) grad f(x)."""
        g: Vec = self.f.grad(x)
        return -(g + self.half * times(self.f.hessian(x), g))
