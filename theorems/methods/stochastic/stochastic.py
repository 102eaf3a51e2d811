r"""Stochastic gradients on a sum of two functions, $F = \frac12(f_1 + f_2)$: the expectation is over the index, and exact.

A linear term is taken from both, $\langle c, x\rangle$ with $c = \nabla F(z)$: then the point $z$ is the minimizer $x_*$, and nothing else changes.
"""

from fractions import Fraction
from typing import Annotated, Any

from objectives import Known, Objective, convex, curvature_between, square, strongly_convex
from refute import Claim, Domain, Given, Mutant, Scalar, Theorem, Vec, between, dot, le, points, sq, vec

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


def strongly_convex_table(dim: Any = None, minimizer: bool = False) -> Domain:
    """Functions with 1 <= f'' <= 3, of which proximal points are asked."""
    return curvature_between(1, 3, dim=dim, minimizer=minimizer)


UpTo3 = Annotated[Known, strongly_convex_table()]
AnotherUpTo3 = Annotated[Known, lambda f: strongly_convex_table(f.dim)]
WithMinimizer = Annotated[Known, strongly_convex_table(minimizer=True)]
Step = Annotated[Fraction, between(0, HALF)]


def overparametrized(f: WithMinimizer, g: AnotherUpTo3, x: Point, h: Step, *, one: Fraction = ONE) -> Claim:
    r"""Two functions with $1 \le f_i'' \le 3$ and one minimizer: a stochastic gradient step has $E|x_1 - x_*|^2 \le (1 - h)^2|x_0 - x_*|^2$ for $0 \le h \le \frac12$. (In general $(1 - h\mu)^2$ for $h \le \frac2{L + \mu}$.)"""
    at = f.minimum.at
    return le(sq(x - h * f.grad(x) - at) + sq(x - h * g.grad(x) - at), one * 2 * (1 - h) ** 2 * sq(x - at))


# f = g = x^2/2.
SAME = {
    "f": Known((vec(0), vec(1)), (vec(0), vec(1)), (Fraction(0), HALF), (), (), True, (True, False), False),
    "g": Known((vec(1), vec(0)), (vec(1), vec(0)), (HALF, Fraction(0)), (), (), False, (False, True), False),
    "x": vec(1),
    "h": HALF,
}

OVERPARAMETRIZED = Theorem(
    overparametrized,
    source="taylor-bach-2019",
    label="overparametrized",
    reading="two-functions",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(Given("f and g have one minimizer", lambda f, g: g.has_subgradient(f.minimum.at, 0 * f.minimum.at)),),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=SAME),),
)


def energy(f: Known, g: Known, x: Vec, u: Vec, v: Vec, z: Vec) -> Scalar:
    r"""$|x - x_*|^2 + \frac1{L\mu}E|u_i - \nabla f_i(x_*)|^2$ with $L = 3$, $\mu = 1$."""
    found: Scalar = sq(x - z) + (sq(u - f.grad(z)) + sq(v - g.grad(z))) / 6
    return found


def point_saga(
    f: UpTo3, g: AnotherUpTo3, x: Point, u: Point, v: Point, z: Point, *, factor: Fraction = Fraction(3, 4)
) -> Claim:
    r"""Point SAGA on two functions with $1 \le f_i'' \le 3$ and its step $\gamma = \frac13$: $E|x_1 - x_*|^2 + \frac1{L\mu}E|u_i^{(1)} - \nabla f_i(x_*)|^2$ is at most $\frac1{1 + \mu\gamma} = \frac34$ of what it was, from every $x$ and every stored $u_1$, $u_2$."""
    mean, third = (u + v) / 2, Fraction(1, 3)
    from_f, from_g = x + (u - mean) / 3, x + (v - mean) / 3
    by_f, by_g = f.prox(third, from_f), g.prox(third, from_g)
    after = energy(f, g, by_f, 3 * (from_f - by_f), v, z) + energy(f, g, by_g, u, 3 * (from_g - by_g), z)
    return le(after, 2 * factor * energy(f, g, x, u, v, z))


# The slopes at the minimizer are 11 and -11, and 0 is stored of both.
NOTHING_STORED = {
    "f": Known(
        (vec(0), vec(Fraction(-11, 4))),
        (vec(11), vec(Fraction(33, 4))),
        (Fraction(0), Fraction(-847, 32)),
        (),
        (),
        False,
        (False, True),
        False,
    ),
    "g": Known(
        (vec(0), vec(Fraction(11, 6)), vec(0)),
        (vec(-11), vec(Fraction(-11, 2)), vec(-11)),
        (Fraction(0), Fraction(-121, 8), Fraction(0)),
        (),
        (),
        False,
        (True, True, False),
        False,
    ),
    "x": vec(0),
    "u": vec(0),
    "v": vec(0),
    "z": vec(0),
}

POINT_SAGA = Theorem(
    point_saga,
    source="defazio-2016",
    label="point-saga",
    reading="two-functions",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(Given("z minimizes the sum", lambda f, g, z: g.has_subgradient(z, -f.grad(z))),),
    mutants=(Mutant("0.7 in place of 3/4", {"factor": Fraction(7, 10)}, killed_at=NOTHING_STORED),),
)
