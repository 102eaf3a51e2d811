r"""Deep linear networks with one unit a layer: f(w) = (a - w_1 w_2 ... w_k)^2/2."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod

from objectives.functions.formula import Printed
from refute import Domain, Draw, Matrix, Scalar, Vec, choose, eq, ne, total


@dataclass(frozen=True)
class Chain(Printed):
    """f(w) = (a - w_1 ... w_k)^2/2 for vectors w of any length k."""

    a: Fraction

    def __call__(self, w: Vec) -> Scalar:
        return self.residual(w) ** 2 / 2

    def slopes(self, w: Vec) -> Vec:
        """The products of all entries but one: the derivative of w_1 ... w_k."""
        return Vec(tuple(_product(w.entries[:i] + w.entries[i + 1 :]) for i in range(len(w))))

    def residual(self, w: Vec) -> Scalar:
        """a - w_1 ... w_k."""
        return self.a - _product(w)

    def grad(self, w: Vec) -> Vec:
        """-(a - w_1 ... w_k) slopes(w)."""
        rho = self.residual(w)
        return Vec(tuple(-rho * s for s in self.slopes(w)))

    def sharpness_at_minimum(self, w: Vec) -> Scalar:
        """The largest eigenvalue of the Hessian where f = 0: there the Hessian is g g^T, g = slopes(w)."""
        return total(g * g for g in self.slopes(w))

    def hessian_at_minimum(self, w: Vec) -> Matrix:
        """g g^T."""
        g = self.slopes(w)
        return tuple(tuple(p * q for q in g) for p in g)


def _product(w: Vec | tuple[Scalar, ...]) -> Scalar:
    return prod(w, start=1)


def chains() -> Domain:
    """Chains with a != 0."""

    def draw(d: Draw) -> Chain:
        (i,) = choose(d, 12)
        return Chain(Fraction((1, 1, 2, 3, 4, 8, -1, -2, 16, 5, -8, 6)[i], (1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 27, 5)[i]))

    return Domain("chains", draw, lambda f: ne(f.a, 0), (Chain,))


def chain_minimizers(f: Chain) -> Domain:
    """The w with w_1 ... w_k = a, drawn with two to five entries, one in four with equal ones where these are rational."""

    def draw(d: Draw) -> Vec:
        kind, k, *entries = choose(d, 4, 4, *(8,) * 4)
        w = [Fraction(e + 1, 4) if kind else Fraction(1) for e in entries[: k + 1]]
        return Vec((*w, f.a / _product(tuple(w))))

    return Domain("minimizers", draw, lambda w: eq(_product(w), f.a), (Vec,))
