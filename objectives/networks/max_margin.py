r"""The max-margin problem of linearly separable points, solved exactly, and the potential that it leaves across.

For points z_i (labels multiplied in) the max-margin vector w is the shortest with <z_i, w> >= 1 for all i. It is sum alpha_i z_i with multipliers alpha_i >= 0 that
vanish off the support S = {i: <z_i, w> = 1} (Karush, Kuhn, Tucker), and rational for rational points. Across, where v is orthogonal to w, the potential of
wu-2023 is Phi(v) = sum over S of exp(-<zeta_i, v>), zeta_i the part of z_i orthogonal to w.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from objectives.functions.formula import Printed
from objectives.functions.linear import determinant, solve
from objectives.networks.logistic import Logistic
from refute import BadInput, Claim, Domain, Draw, Scalar, Vec, both, choose, constant, dot, eq, le, lt, sq, total


@dataclass(frozen=True)
class Separated(Printed):
    """The logistic loss of separated points `rows` of R^d, d >= 2, with the multipliers `dual` of their max-margin problem. Raises
    BadInput for fewer than two dimensions, where nothing lies across, and for multipliers that are not those of the problem: each at least 0,
    <z_i, w> >= 1 with w = sum alpha_i z_i, and alpha_i = 0 where that is above 1."""

    rows: tuple[Vec, ...]
    dual: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if len(self.dual) != len(self.rows) or len({len(z) for z in self.rows}) != 1 or len(self.rows[0]) < 2:
            raise BadInput("separated points lie in one R^d, d >= 2, with one multiplier each")
        if any(a < 0 or m < 1 or (a > 0 and m > 1) for a, m in zip(self.dual, self.margins, strict=True)):
            raise BadInput(
                "these are not the multipliers of the max-margin problem of the points, if they are separable: write max_margin(rows)"
            )

    @property
    def dim(self) -> int:
        """d."""
        return len(self.rows[0])

    @constant
    def w(self) -> Vec:
        """The max-margin vector sum alpha_i z_i."""
        w: Vec = total(a * z for a, z in zip(self.dual, self.rows, strict=True))
        return w

    @constant
    def margins(self) -> tuple[Fraction, ...]:
        """<z_i, w>, at least 1."""
        return tuple(dot(z, self.w) for z in self.rows)

    @constant
    def support(self) -> tuple[int, ...]:
        """The i with <z_i, w> = 1."""
        return tuple(i for i, m in enumerate(self.margins) if m == 1)

    @constant
    def zetas(self) -> tuple[Vec, ...]:
        """The parts of the z_i orthogonal to w."""
        return tuple(self.across(z) for z in self.rows)

    @property
    def loss(self) -> Logistic:
        """The logistic loss."""
        return Logistic(self.rows, self.w)

    def __call__(self, x: Vec) -> Scalar:
        return self.loss(x)

    def grad(self, x: Vec) -> Vec:
        """The gradient of the logistic loss."""
        return self.loss.grad(x)

    def simpler(self) -> Iterator[Separated]:
        """The problem without one of the points."""
        if len(self.rows) > 1:
            yield from (max_margin(self.rows[:i] + self.rows[i + 1 :]) for i in range(len(self.rows)))

    def height(self, x: Vec) -> Scalar:
        """tau, where x = tau w + v and v is orthogonal to w."""
        return dot(x, self.w) / sq(self.w)

    def across(self, x: Vec) -> Vec:
        """v."""
        v: Vec = x - self.height(x) * self.w
        return v


def max_margin(rows: tuple[Vec, ...]) -> Separated:
    """The max-margin problem solved, with as many positive multipliers as can be. Raises BadInput for points that are not
    linearly separable."""
    found = [a for k in range(1, len(rows[0]) + 1) for s in combinations(range(len(rows)), k) if (a := _dual(rows, s))]
    if not found:
        raise BadInput("the points are not linearly separable: no w has <z_i, w> > 0 for all of them")
    # The solution w is the same for all: so is that of their mean, which is positive wherever one of them is.
    return Separated(rows, tuple(total(column) / len(found) for column in zip(*found, strict=True)))


def _dual(rows: tuple[Vec, ...], s: tuple[int, ...]) -> tuple[Fraction, ...] | None:
    """Multipliers that are positive exactly on s, if they solve the problem."""
    try:
        values = [row[0] for row in solve([[dot(rows[i], rows[j]) for j in s] for i in s], [[Fraction(1)] for _ in s])]
    except BadInput:
        return None
    dual = [Fraction(0)] * len(rows)
    for i, a in zip(s, values, strict=True):
        dual[i] = a
    w = total(a * z for a, z in zip(dual, rows, strict=True))
    return tuple(dual) if min(values) > 0 and all(dot(z, w) >= 1 for z in rows) else None


def supported(f: Separated) -> Claim:
    """Every support vector has a positive multiplier: 0 is a positive combination of the zeta_i."""
    return both(**{f"multiplier {i}": lt(0, f.dual[i]) for i in f.support})


def spanned(f: Separated) -> Claim:
    """The support vectors span R^d: their Gram matrix in R^d has a positive determinant."""
    rows, axes = [f.rows[i] for i in f.support], range(f.dim)
    return lt(0, determinant([[total(z[p] * z[q] for z in rows) for q in axes] for p in axes]))


def _frame(q: int, *rows: tuple[int, ...]) -> tuple[Vec, ...]:
    return tuple(Vec(tuple(Fraction(p, q) for p in ps)) for ps in rows)


# A direction, and what spans the rest.
FRAMES = (
    _frame(1, (1, 0), (0, 1)),
    _frame(5, (3, 4), (-4, 3)),
    _frame(1, (1, 0, 0), (0, 1, 0), (0, 0, 1)),
    _frame(3, (1, 2, 2), (2, 1, -2), (2, -2, 1)),
)
HEIGHTS = tuple(Fraction(n, 2) for n in (2, 2, 2, 4, 6))
SHIFTS = tuple(Fraction(n, 2) for n in (1, 2, 3, 4))


def separated_points() -> Domain:
    """Linearly separable points, drawn with two to four points of the plane or of space."""

    def draw(d: Draw) -> Separated:
        frame, n, *entries = choose(d, len(FRAMES), 3, *(len(HEIGHTS), 7, 7) * 4)
        along, *beside = FRAMES[frame]
        rows = []
        for i in range(n + 2):
            height, *shifts = entries[3 * i : 3 * i + 3]
            aside = [Fraction(s - 3, 2) * e for s, e in zip(shifts, beside, strict=False)]
            rows.append(total([HEIGHTS[height] * along, *aside]))
        return max_margin(tuple(rows))

    return Domain("linearly separable points", draw, _solved, (Separated, Vec))


def well_supported_points() -> Domain:
    """The same, drawn with support vectors that span and have positive multipliers, and sometimes a point farther ahead."""

    def draw(d: Draw) -> Separated:
        frame, ahead, slant, *sizes = choose(d, len(FRAMES), 3, 5, *(len(SHIFTS),) * 3)
        along, *beside = FRAMES[frame]
        shifts = [SHIFTS[i] * e for i, e in zip(sizes, beside, strict=False)]
        rows = [*(along + e for e in shifts), along - SHIFTS[sizes[-1]] * total(beside)]
        if ahead:
            rows.append((1 + Fraction(ahead, 2)) * along + Fraction(slant - 2, 2) * beside[0])
        return max_margin(tuple(rows))

    return Domain("linearly separable points", draw, _solved, (Separated, Vec))


def _solved(f: Separated) -> Claim:
    """The conditions of Karush, Kuhn and Tucker."""
    return both(
        **{f"point {i} is on its side": le(1, m) for i, m in enumerate(f.margins)},
        **{f"multiplier {i} is not negative": le(0, a) for i, a in enumerate(f.dual)},
        **{
            f"multiplier {i} off the support": eq(a * (m - 1), 0)
            for i, (a, m) in enumerate(zip(f.dual, f.margins, strict=True))
        },
    )
