r"""Two-layer leaky rectifier networks with the logistic loss: N(x) = sum a_j phi(<w_j, x>), a_j = 1 or -1 fixed, phi(t) = max(t, slope t).

The loss is (1/n) sum log(1 + exp(-y_i N(x_i))), y_i = 1 or -1, as a function of the rows w_1, ..., w_m of W.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from objectives.functions.formula import Printed
from objectives.functions.linear import determinant
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
    every,
    known,
    lt,
    reject,
    sigmoid,
    softplus,
    total,
)


@dataclass(frozen=True)
class LeakyNetwork(Printed):
    """The loss for data `rows` with `labels`, signs a of the units, and slope root^2; a point is the rows of W, one after the other. Raises BadInput for
    labels or signs other than 1 and -1, for no points or ones of different dimensions, or unless 0 < root < 1."""

    rows: tuple[Vec, ...]
    labels: tuple[int, ...]
    signs: tuple[int, ...]
    root: Fraction

    def __post_init__(self) -> None:
        if {*self.labels, *self.signs} - {1, -1} or len(self.labels) != len(self.rows) or not self.signs:
            raise BadInput("a leaky network needs a label for each point, and labels and signs that are 1 or -1")
        if len({len(x) for x in self.rows}) != 1:
            raise BadInput("a leaky network needs points, all of one dimension")
        if not 0 < self.root < 1:
            raise BadInput("the slope of a leaky rectifier is the square of a root between 0 and 1")

    @property
    def dim(self) -> int:
        """m d."""
        return len(self.signs) * len(self.rows[0])

    @property
    def slope(self) -> Scalar:
        """phi' on the left of 0."""
        return self.root**2

    def units(self, W: Vec) -> tuple[Vec, ...]:
        """w_1, ..., w_m."""
        d = len(self.rows[0])
        return tuple(Vec(W.entries[d * j : d * j + d]) for j in range(len(self.signs)))

    def derivative(self, t: Scalar) -> Scalar:
        """phi'(t), 1 at 0."""
        return 1 + 0 * t if t >= 0 else self.slope

    def output(self, W: Vec, x: Vec) -> Scalar:
        """N(x)."""
        parts = ((a, dot(w, x)) for a, w in zip(self.signs, self.units(W), strict=True))
        return total(a * self.derivative(t) * t for a, t in parts)

    def __call__(self, W: Vec) -> Scalar:
        pairs = zip(self.labels, self.rows, strict=True)
        return total(softplus(-y * self.output(W, x)) for y, x in pairs) / len(self.rows)

    def grad(self, W: Vec) -> Vec:
        """Row j: -(a_j/n) sum_i sigma(-y_i N(x_i)) phi'(<w_j, x_i>) y_i x_i."""
        pairs = list(zip(self.labels, self.rows, strict=True))
        weights = [y * sigmoid(-y * self.output(W, x)) for y, x in pairs]
        rows = (
            total(-a * g * self.derivative(dot(w, x)) * x for g, x in zip(weights, self.rows, strict=True))
            for a, w in zip(self.signs, self.units(W), strict=True)
        )
        return Vec(tuple(e / len(self.rows) for row in rows for e in row))


def orthogonal_data(f: LeakyNetwork) -> Claim:
    """<x_i, x_k> = 0 for i != k."""
    return every((eq(dot(x, z), 0) for x, z in combinations(f.rows, 2)), each="pair")


def summed(f: LeakyNetwork, W: Vec) -> Vec:
    """W^T a = sum a_j w_j."""
    weighted: Vec = total(a * w for a, w in zip(f.signs, f.units(W), strict=True))
    return weighted


def rank_at_most_two(f: LeakyNetwork, W: Vec) -> Claim:
    """All determinants of three rows and three columns of W vanish."""
    columns = list(combinations(range(len(f.rows[0])), 3))
    minors = ([[w[k] for k in ks] for w in ws] for ws in combinations(f.units(W), 3) for ks in columns)
    return every((eq(determinant(m), 0) for m in minors), each="minor")


# Orthogonal rows of R^3.
FRAMES = (((1, 0, 0), (0, 1, 0), (0, 0, 1)), ((3, 4, 0), (-4, 3, 0), (0, 0, 5)), ((1, 2, 2), (2, 1, -2), (2, -2, 1)))
ROOTS = tuple(Fraction(p, q) for p, q in ((1, 2), (1, 2), (1, 3), (2, 3), (1, 10)))


def leaky_networks(*, units: int | None = None, dim: int = 3, alone: bool = False, orthogonal: bool = True) -> Domain:
    """Leaky networks on R^dim (with `units` units); drawn with at most five units and `dim` points (`alone`: one), with orthogonal data or, if not `orthogonal`, with any of small integers."""

    def draw(d: Draw) -> LeakyNetwork:
        frame, n, m, root, labels, signs, *entries = choose(
            d, len(FRAMES) if dim == 3 else 2, dim, 5, len(ROOTS), 2**dim, 2**5, *(5,) * dim**2
        )
        rows = [
            tuple(Fraction(e) * (1 + entries[i] // 4) for e in row[:dim]) for i, row in enumerate(FRAMES[frame][:dim])
        ]
        if not orthogonal:
            rows = [tuple(Fraction(e - 2) for e in entries[i * dim : (i + 1) * dim]) for i in range(dim)]
        count = 1 if alone else n + 1 if orthogonal else dim
        return LeakyNetwork(
            tuple(Vec(row) for row in rows[:count]),
            tuple(1 - 2 * (labels >> i & 1) for i in range(count)),
            tuple(1 - 2 * (signs >> j & 1) for j in range(units or m + 1)),
            ROOTS[root],
        )

    def member(f: LeakyNetwork) -> Claim:
        wanted = units in (None, len(f.signs)) and len(f.rows[0]) == dim
        return known(wanted, f"networks of this size on R^{dim}")

    return Domain("leaky networks", draw, member, (LeakyNetwork, Vec))


def small_weights(f: LeakyNetwork) -> Domain:
    """R^(m d), drawn with entries of the order 10^-4 or 10^-6, often with few units active on the first point."""

    def draw(d: Draw) -> Vec:
        kind, scale, *entries = choose(d, 2, 2, *(9,) * f.dim)
        x, size = f.rows[0], Fraction(1, 10 ** (4 + 2 * scale))
        if kind:
            # One unit on the side of the first point, the others on the other side.
            return Vec(tuple((size if j == 0 else -size) * e for j in range(len(f.signs)) for e in x))
        return Vec(tuple(size * (e - 4) for e in entries))

    return Domain(
        f"R^{f.dim}", draw, lambda W: known(len(W) == f.dim, "as many weights as the network has"), (Vec,), dim=f.dim
    )


def multipliers(f: LeakyNetwork) -> Domain:
    """Positive vectors with an entry for each point."""

    def draw(d: Draw) -> Vec:
        return Vec(tuple(Fraction(1 + i) for i in choose(d, *(2,) * len(f.rows))))

    def member(v: Vec) -> Claim:
        positive = {f"entry {i}": lt(0, e) for i, e in enumerate(v)}
        return both(size=known(len(v) == len(f.rows), "one for each point"), **positive)

    return Domain("positive multipliers", draw, member, (Vec,), dim=len(f.rows))


def stationary_weights(f: LeakyNetwork, dual: Vec) -> Domain:
    """The W with w_j = a_j sum_i lambda_i y_i phi'(<w_j, x_i>) x_i: stationary in the problem of the largest margins."""

    def draw(d: Draw) -> Vec:
        found = {a: list(_solutions(f, dual, a)) for a in (1, -1)}
        if any(not found[a] for a in f.signs):
            reject()  # no unit of this sign can be stationary
        picks = choose(d, *(len(found[a]) for a in f.signs))
        return Vec(tuple(e for a, i in zip(f.signs, picks, strict=True) for e in found[a][i]))

    def member(W: Vec) -> Claim:
        units = list(zip(f.signs, f.units(W), strict=True))
        return every(
            (eq(w, _stationary(f, dual, a, [f.derivative(dot(w, x)) for x in f.rows])) for a, w in units), each="unit"
        )

    return Domain("stationary weights", draw, member, (Vec,), dim=f.dim)


def _stationary(f: LeakyNetwork, dual: Vec, a: int, slopes: list[Scalar]) -> Vec:
    terms = zip(dual, f.labels, slopes, f.rows, strict=True)
    w: Vec = total(a * c * y * s * x for c, y, s, x in terms)
    return w


def _solutions(f: LeakyNetwork, dual: Vec, a: int) -> Iterator[Vec]:
    for slopes in product((Fraction(1), f.slope), repeat=len(f.rows)):
        w = _stationary(f, dual, a, list(slopes))
        if all(
            t != 0 and f.derivative(t) == s for s, t in ((s, dot(w, x)) for s, x in zip(slopes, f.rows, strict=True))
        ):
            yield w
