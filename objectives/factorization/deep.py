r"""Deep linear networks on whitened data: |A - W_k ... W_1|^2/2 with square layers, at its minimizers with value 0."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from objectives.factorization.matrix import MatrixFactorization
from objectives.functions.linear import product, solve
from refute import BadInput, Case, Claim, Domain, Draw, Matrix, Scalar, Vec, choose, eq, sq, times, total


@dataclass(frozen=True)
class Layers:
    """W_1, ..., W_{k - 1} of a minimizer; the last layer is A (W_{k - 1} ... W_1)^{-1}. Raises BadInput for layers that are not square, of
    one size and invertible."""

    first: tuple[tuple[tuple[Fraction, ...], ...], ...]

    def __post_init__(self) -> None:
        n = len(self.first[0]) if self.first else 0
        if not n or any(len(W) != n or any(len(row) != n for row in W) for W in self.first):
            raise BadInput("a deep network needs at least one layer before the last, all square and of one size")
        for W in self.first:
            solve(W, identity(n))

    def all(self, A: Matrix) -> list[Matrix]:
        """W_1, ..., W_k with W_k ... W_1 = A."""
        before = self.first[0]
        for W in self.first[1:]:
            before = product(W, before)
        # X before = A, transposed.
        columns = solve([list(c) for c in zip(*before, strict=True)], [list(c) for c in zip(*A, strict=True)])
        return [*self.first, tuple(tuple(row) for row in zip(*columns, strict=True))]


def identity(n: int) -> list[list[Fraction]]:
    """The n x n identity."""
    return [[Fraction(i == j) for j in range(n)] for i in range(n)]


def sharp_direction(layers: list[Matrix], u: Vec, v: Vec) -> tuple[Scalar, Scalar]:
    """(the second derivative, the squared length) along E_i = (W_k ... W_{i+1})^T u (W_{i-1} ... W_1 v)^T at a minimizer."""
    after, before = [u], [v]
    for W in reversed(layers[1:]):
        after.append(times(tuple(zip(*W, strict=True)), after[-1]))
    for W in layers[:-1]:
        before.append(times(W, before[-1]))
    after.reverse()
    lengths = [sq(p) * sq(q) for p, q in zip(after, before, strict=True)]
    n = len(u)
    change: list[list[Scalar]] = [[0 * u[0]] * n for _ in range(n)]
    for i, (p, q) in enumerate(zip(after, before, strict=True)):
        E: Matrix = tuple(tuple(a * b for b in q) for a in p)
        for W in layers[i + 1 :]:
            E = product(W, E)
        for W in reversed(layers[:i]):
            E = product(E, W)
        change = [[c + e for c, e in zip(row, other, strict=True)] for row, other in zip(change, E, strict=True)]
    return total(e * e for row in change for e in row), total(lengths)


def deep_minimizers(f: MatrixFactorization) -> Domain:
    """Minimizers of |A - W_k ... W_1|^2/2, drawn with two to four layers, lower triangular but for the last."""

    def draw(d: Draw) -> Layers:
        k, plain, *entries = choose(d, 3, 4, *(7,) * (3 * f.n**2))
        if plain == 0:
            return Layers(
                tuple(tuple(tuple(Fraction(i == j) for j in range(f.n)) for i in range(f.n)) for _ in range(k + 1))
            )

        def entry(m: int, i: int, j: int) -> Fraction:
            e = Fraction(entries[m * f.n**2 + i * f.n + j] - 3, 2)
            return Fraction(0) if j > i else e if j < i else e or Fraction(2)

        rows = [tuple(tuple(entry(m, i, j) for j in range(f.n)) for i in range(f.n)) for m in range(k + 1)]
        return Layers(tuple(rows))

    def member(p: Layers) -> Claim:
        *first, last = p.all(f.A)
        reached = first[0]
        for W in [*first[1:], last]:
            reached = product(W, reached)
        return eq(Vec(tuple(e for row in reached for e in row)), Vec(tuple(e for row in f.A for e in row)))

    cases = (Case("three layers or more", Fraction(1, 5), lambda p: len(p.first) > 1),)
    return Domain("minimizers of the deep network", draw, member, (Layers,), cases=cases)
