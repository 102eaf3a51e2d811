r"""Coordinate descent with two blocks of coordinates: $P$ is the orthogonal projection onto the first one, $I - P$ that onto the second."""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Known,
    Objective,
    PiecewiseQuadratic,
    convex,
    orthogonal_projections,
    square,
    starts,
    step_sizes,
    strongly_convex,
)
from refute import Claim, Mutant, Scalar, Theorem, Vec, le, naturals, sq, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
PROOF = "docs/methods.md#coordinate-descent"

Convex = Annotated[Objective, convex(minimizer="known")]
StronglyConvex = Annotated[Objective, strongly_convex()]
Block = Annotated[Known, lambda f: orthogonal_projections(dim=f.dim)]
Point = Annotated[Vec, lambda f: starts(f)]
Count = Annotated[int, naturals(0, drawn=6)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L + f.mu, 2, closed=True)]


def potential_of(f: Objective, k: Scalar, x: Vec) -> Scalar:
    r"""$(\frac k2 + 1)(f(x) - f_*) + \frac L2|x - x_*|^2$."""
    found: Scalar = (k + 2) * HALF * (f(x) - f.minimum.value) + HALF * f.L * sq(x - f.minimum.at)
    return found


def random_block(f: Convex, P: Block, x: Point, k: Count, *, gain: Fraction = ONE) -> Claim:
    r"""A step $\frac1L$ along the gradient in one of the two blocks, chosen at random, does not raise the expectation of $(\frac k2 + 1)(f(x_k) - f_*) + \frac L2|x_k - x_*|^2$ from $k$ to $k + 1$, for convex $L$-smooth $f$ and every $k \ge 0$."""
    g = f.grad(x)
    one, other = x - P(g) / f.L, x - (g - P(g)) / f.L
    return le(potential_of(f, k + gain, one) + potential_of(f, k + gain, other), 2 * potential_of(f, k, x))


# A line: P is 0, and the other block is all.
ONE_BLOCK = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(0), Fraction(1)), Fraction(-1, 4), Fraction(0)),
    "P": Known((vec(Fraction(-1, 4)),), (vec(0),), (Fraction(0),), (), (), False, (False,), True),
    "x": vec(-1),
    "k": 0,
}

RANDOM_BLOCK = Theorem(
    random_block,
    source="taylor-bach-2019",
    label="random-coordinates",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("a gain of 2 in place of 1", {"gain": Fraction(2)}, killed_at=ONE_BLOCK),),
)


def contraction(f: StronglyConvex, P: Block, x: Point, h: Step, *, one: Fraction = ONE) -> Claim:
    r"""On $\mu \le f'' \le L$ a step $0 < h \le \frac2{L + \mu}$ in a random one of two blocks has $E|x_1 - x_*|^2 \le \frac{1 + (1 - h\mu)^2}2|x_0 - x_*|^2$. (For $d$ blocks $\frac{d - 1 + (1 - h\mu)^2}d$.)"""
    g, at = f.grad(x), f.minimum.at
    return le(sq(x - h * P(g) - at) + sq(x - h * (g - P(g)) - at), one * (1 + (1 - h * f.mu) ** 2) * sq(x - at))


# f = x^2/2 on the line, where P is 0.
PARABOLA = {
    "f": square(),
    "P": Known((vec(1),), (vec(0),), (Fraction(0),), (), (), False, (False,), True),
    "x": vec(1),
    "h": Fraction(2, 5),
}

CONTRACTION = Theorem(
    contraction,
    source="taylor-bach-2019",
    label="random-coordinates",
    reading="strongly-convex",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(PARABOLA,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=PARABOLA),),
)


def cyclic(f: Convex, P: Block, x: Point, *, c: Fraction = Fraction(17, 100)) -> Claim:
    r"""One cycle of steps $\frac1L$ over the two blocks, the gradient asked anew for the second one, has $f(x_2) - f_* \le \frac{17}{100}L|x_0 - x_*|^2$ for convex $L$-smooth $f$. (The constant is ours.)"""
    y = x - P(f.grad(x)) / f.L
    g = f.grad(y)
    return le(f(y - (g - P(g)) / f.L) - f.minimum.value, c * f.L * sq(x - f.minimum.at))


# f rises with slope 150 from 0 on; P is 0, so that one of the two steps stands still.
ONE_CYCLE = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(100), Fraction(0)), Fraction(150), Fraction(0)),
    "P": Known((vec(150),), (vec(0),), (Fraction(0),), (), (), False, (False,), True),
    "x": vec(3),
}

CYCLIC = Theorem(
    cyclic,
    source="shi-liu-2016",
    label="cyclic-coordinates",
    reading="one-cycle",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.16 in place of 0.17", {"c": Fraction(16, 100)}, killed_at=ONE_CYCLE),),
)
