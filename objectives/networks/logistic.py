r"""Logistic regression: L(w) = (1/n) sum log(1 + e^{-<z_i, w>}) for points z_i = y_i x_i, and its exponential cousin.

The points are separated by the unit vector u with margin gamma when <z_i, u> >= gamma > 0 for all i.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from objectives.functions.formula import Printed
from refute import (
    BadInput,
    Claim,
    Domain,
    Draw,
    Scalar,
    Vec,
    both,
    choose,
    dot,
    eq,
    lt,
    points,
    sigmoid,
    softplus,
    sq,
    total,
)


@dataclass(frozen=True)
class Logistic(Printed):
    """The loss of the points `rows`, separated by `u`. Raises BadInput for no points or for different dimensions."""

    rows: tuple[Vec, ...]
    u: Vec

    def __post_init__(self) -> None:
        if not self.rows or any(len(z) != len(self.u) for z in self.rows):
            raise BadInput("logistic regression needs points of the dimension of u")

    @property
    def dim(self) -> int:
        """d."""
        return len(self.u)

    def __call__(self, w: Vec) -> Scalar:
        return total(softplus(-dot(z, w)) for z in self.rows) / len(self.rows)

    def grad(self, w: Vec) -> Vec:
        """-(1/n) sum sigma(-<z_i, w>) z_i."""
        weights = [sigmoid(-dot(z, w)) for z in self.rows]
        columns = zip(*self.rows, strict=True)
        return Vec(tuple(-dot(weights, column) / len(self.rows) for column in columns))

    def misfit(self, w: Vec) -> Scalar:
        """G(w) = (1/n) sum sigma(-<z_i, w>), at most L(w)."""
        return total(sigmoid(-dot(z, w)) for z in self.rows) / len(self.rows)

    @property
    def squared_radius(self) -> Scalar:
        """max |z_i|^2 (of exact data)."""
        return max(sq(z) for z in self.rows)

    @property
    def margin(self) -> Scalar:
        """min <z_i, u> (of exact data)."""
        return min(dot(z, self.u) for z in self.rows)


AXES = tuple(
    Vec(tuple(Fraction(p, q) for p in ps)) for ps, q in (((1, 0), 1), ((3, 4), 5), ((5, 12), 13), ((-4, 3), 5))
)
MARGINS = tuple(Fraction(p, q) for p, q in ((1, 1), (1, 1), (1, 2), (1, 10), (2, 1), (1, 100)))


def separable_data() -> Domain:
    """Logistic losses of separated points, drawn with one to three points of the plane, more or less far apart."""

    def draw(d: Draw) -> Logistic:
        axis, n, *entries = choose(d, len(AXES), 3, *(len(MARGINS), 9) * 3)
        u = AXES[axis]
        across = Vec((-u[1], u[0]))
        pairs = zip(entries[::2], entries[1::2], strict=True)
        rows = tuple(MARGINS[m] * u + Fraction(c - 4, 2) * across for m, c in list(pairs)[: n + 1])
        return Logistic(rows, u)

    def member(f: Logistic) -> Claim:
        unit = eq(sq(f.u), 1)
        return both(unit=unit, **{f"point {i} is on its side": lt(0, dot(z, f.u)) for i, z in enumerate(f.rows)})

    return Domain("separable data", draw, member, (Logistic, Vec))


def inner_starts(f: Logistic) -> Domain:
    """R^d, drawn where the points have margins of up to 32, or not far across."""
    anywhere = points(f.dim)

    def draw(d: Draw) -> Vec:
        along, across = choose(d, 65, 9)
        side = Vec((-f.u[1], f.u[0]))
        at: Vec = Fraction(along, 2) / f.margin * f.u + Fraction(across - 4, 4) * side
        return at

    return Domain(anywhere.name, draw, anywhere.member, (Vec,), dim=anywhere.dim)
