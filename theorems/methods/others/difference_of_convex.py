r"""The difference-of-convex algorithm for $F = f_1 - f_2$: $x_+$ is where $f_1(y) - \langle\nabla f_2(x), y\rangle$ is least, that is $\nabla f_1(x_+) = \nabla f_2(x)$."""

from fractions import Fraction
from typing import Annotated

from objectives import Known, curvature_between
from refute import Claim, Given, Mutant, Theorem, Vec, le, points, sq, vec

PROOF = "docs/methods.md#difference-of-convex"


First = Annotated[Known, curvature_between(0, 2)]
Second = Annotated[Known, lambda f: curvature_between(0, 1, dim=f.dim)]
Point = Annotated[Vec, lambda f: points(f.dim)]


def one_step(f: First, g: Second, x: Point, y: Point, *, four: Fraction = Fraction(4)) -> Claim:
    r"""For convex 2-smooth $f_1$ and convex 1-smooth $f_2$ (here $f$ and $g$) a step from $x$ to $y$ has $F(x) - F(y) \ge \frac14|\nabla F(x)|^2 + \frac12|\nabla F(y)|^2$. Summed: $\frac34\sum_k|\nabla F(x_k)|^2 \le F(x_0) - F_*$ up to the two ends. (In general $\frac1{2L_1}$ and $\frac1{2L_2}$.)"""
    here, there = f.grad(x) - g.grad(x), g.grad(x) - g.grad(y)
    return le(sq(here) + 2 * sq(there), four * (f(x) - g(x) - f(y) + g(y)))


# f = x^2 and g = x^2/2: the step halves x.
PARABOLAS = {
    "f": Known((vec(2), vec(1)), (vec(4), vec(2)), (Fraction(4), Fraction(1)), (), (), False, (False, True), False),
    "g": Known((vec(2), vec(1)), (vec(2), vec(1)), (Fraction(2), Fraction(1, 2)), (), (), False, (False, False), False),
    "x": vec(2),
    "y": vec(1),
}

ONE_STEP = Theorem(
    one_step,
    source="abbaszadehpeivasti-2024",
    label="difference-of-convex",
    reading="one-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(Given("y is the step from x", lambda f, g, x, y: f.has_subgradient(y, g.grad(x))),),
    mutants=(Mutant("3.99 in place of 4", {"four": Fraction(399, 100)}, killed_at=PARABOLAS),),
)
