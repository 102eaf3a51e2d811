r"""Stochastic gradients on a sum of two functions, $F = \frac12(f_1 + f_2)$: the expectation is over the index, and exact.

A linear term is taken from both, $\langle c, x\rangle$ with $c = \nabla F(z)$: then the point $z$ is the minimizer $x_*$, and nothing else changes.
"""

from fractions import Fraction
from typing import Annotated, Any

from objectives import Objective, convex, square, strongly_convex
from refute import Claim, Mutant, Scalar, Theorem, Vec, dot, le, points, sq, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
PROOF = "docs/methods.md#stochastic"

Convex = Annotated[Objective, convex(L=1)]
AnotherConvex = Annotated[Objective, lambda f: convex(L=1, dim=f.dim)]
StronglyConvex = Annotated[Objective, strongly_convex(mu=1, L=5)]
AnotherStronglyConvex = Annotated[Objective, lambda f: strongly_convex(mu=1, L=5, dim=f.dim)]
Point = Annotated[Vec, lambda f: points(f.dim)]


def divergence(f: Any, x: Vec, z: Vec) -> Scalar:
    r"""$f(x) - f(z) - \langle\nabla f(z), x - z\rangle$."""
    found: Scalar = f(x) - f(z) - dot(f.grad(z), x - z)
    return found


def second_moment(f: Convex, g: AnotherConvex, x: Point, z: Point, *, four: Fraction = 4 * ONE) -> Claim:
    r"""For convex 1-smooth $f_1$, $f_2$: $E|\nabla f_i(x)|^2 \le 4(F(x) - F_*) + 2E|\nabla f_i(x_*)|^2$."""
    c = (f.grad(z) + g.grad(z)) / 2
    moment = (sq(f.grad(x) - c) + sq(g.grad(x) - c)) / 2
    noise = (sq(f.grad(z) - c) + sq(g.grad(z) - c)) / 2
    return le(moment, four * (divergence(f, x, z) + divergence(g, x, z)) / 2 + 2 * noise)


TWICE = {"f": square(1), "g": square(1), "x": vec(1), "z": vec(0)}

SECOND_MOMENT = Theorem(
    second_moment,
    source="bach-moulines-2011",
    label="second-moment",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("1.99 in place of 4", {"four": Fraction(199, 100)}, killed_at=TWICE),),
)


def saga(
    f: StronglyConvex, g: AnotherStronglyConvex, x: Point, a: Point, b: Point, z: Point, *, one: Fraction = ONE
) -> Claim:
    r"""A step of SAGA for two functions with $1 \le f_i'' \le 5$ (so that $\mu = 1$, $L = 5$, $n = 2$) and step size $\gamma = \frac1{2(\mu n + L)}$ shrinks $V = E\,(f_i(\varphi_i) - f_i(x_*) - \langle\nabla f_i(x_*), \varphi_i - x_*\rangle) + \frac{|x - x_*|^2}{2n\gamma(1 - \gamma\mu)}$, $\varphi = (a, b)$, by $1 - \gamma\mu$ in expectation."""
    gamma = Fraction(1, 14)
    weight = 1 / (4 * gamma * (1 - gamma))
    mean = (f.grad(a) + g.grad(b)) / 2 - (f.grad(z) + g.grad(z)) / 2
    first = x - gamma * (f.grad(x) - f.grad(a) + mean)
    second = x - gamma * (g.grad(x) - g.grad(b) + mean)
    before = (divergence(f, a, z) + divergence(g, b, z)) / 2 + weight * sq(x - z)
    of_first = (divergence(f, x, z) + divergence(g, b, z)) / 2 + weight * sq(first - z)
    of_second = (divergence(f, a, z) + divergence(g, x, z)) / 2 + weight * sq(second - z)
    return le((of_first + of_second) / 2, one * (1 - gamma) * before)


AT = {"f": square(1), "g": square(1), "x": vec(1), "a": vec(0), "b": vec(0), "z": vec(0)}

SAGA = Theorem(
    saga,
    source="defazio-2014",
    label="saga",
    reading="two-functions",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.9 in place of 1", {"one": Fraction(9, 10)}, killed_at=AT),),
)
