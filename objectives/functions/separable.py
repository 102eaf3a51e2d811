r"""Separable sums f(x) = f_1(x_1) + ... + f_d(x_d) of functions of the line.

The Hessian is diagonal, so L = max L_i and mu = min mu_i, least and largest where those that attain
the maximum and the minimum are; f has a minimum iff every f_i has, the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Any

from objectives.functions.formula import Printed
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.protocol import Minimum
from objectives.functions.ridge import RidgeSum
from refute import BadInput, Matrix, Scalar, Vec, constant, total

# How many of the points of which every coordinate is a landmark are named.
LANDMARKS = 256

Line = PiecewiseQuadratic | RidgeSum


@dataclass(frozen=True)
class SeparableSum(Printed):
    """f(x) = sum_i parts[i](x_i); raises BadInput unless every part is a function of the line."""

    parts: tuple[Line, ...]

    def __post_init__(self) -> None:
        if not self.parts or any(p.dim != 1 for p in self.parts):
            raise BadInput("a separable sum needs at least one part, each a function of the line")

    @property
    def dim(self) -> int:
        """d."""
        return len(self.parts)

    @constant
    def L(self) -> Fraction:
        """The largest L of a part."""
        return max(p.L for p in self.parts)

    @constant
    def mu(self) -> Fraction:
        """The smallest mu of a part."""
        return min(p.mu for p in self.parts)

    @property
    def L_is_least(self) -> bool:
        """Whether a part with the largest L has its least L."""
        return any(p.L_is_least for p in self.parts if p.L == self.L)

    @property
    def mu_is_largest(self) -> bool:
        """Whether a part with the smallest mu has its largest mu."""
        return any(p.mu_is_largest for p in self.parts if p.mu == self.mu)

    @property
    def landmarks(self) -> tuple[Vec, ...]:
        """Points of which every coordinate is a landmark of its part, at most LANDMARKS."""
        of_parts = [[p[0] for p in getattr(f, "landmarks", ())] for f in self.parts]
        return tuple(Vec(x) for x in islice(product(*of_parts), LANDMARKS))

    @constant
    def minimum(self) -> Minimum | None:
        """The sum of the parts' minima, where all exist and are rational."""
        minima = [p.minimum for p in self.parts]
        known = [m for m in minima if m is not None and not hasattr(m.value, "enclose")]
        if len(known) < len(minima):
            return None
        ats = [m.at for m in known]
        at = Vec(tuple(a[0] for a in ats if a is not None))
        return Minimum(sum((m.value for m in known), Fraction(0)), at if len(at) == len(ats) else None)

    @property
    def reach(self) -> int | None:
        """The smallest reach of a part."""
        return min((p.reach for p in self.parts if p.reach is not None), default=None)

    @property
    def has_minimum(self) -> bool | None:
        """Whether every part has a minimum."""
        return _all(p.has_minimum for p in self.parts)

    @property
    def bounded_below(self) -> bool | None:
        """Whether every part is bounded below."""
        return _all(p.bounded_below for p in self.parts)

    def __call__(self, x: Vec) -> Scalar:
        return total(p(Vec((e,))) for p, e in zip(self.parts, x, strict=True))

    def grad(self, x: Vec) -> Vec:
        """The derivatives of the parts."""
        return Vec(tuple(p.grad(Vec((e,)))[0] for p, e in zip(self.parts, x, strict=True)))

    def hessian(self, box: Vec) -> Matrix:
        """The diagonal matrix of the parts' second derivatives."""
        diagonal: list[Any] = []
        for p, e in zip(self.parts, box, strict=True):
            diagonal.append(p.hessian(Vec((e,)))[0][0])
        return tuple(tuple(s if i == j else 0 for j in range(self.dim)) for i, s in enumerate(diagonal))

    def restrict(self, axes: Sequence[int]) -> Any:
        """The parts of these axes; a single one as a function of its own."""
        chosen = tuple(self.parts[i] for i in axes)
        return chosen[0] if len(chosen) == 1 else SeparableSum(chosen)


def _all(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return False if False in known else None if None in known else True
