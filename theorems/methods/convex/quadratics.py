r"""Gradient descent on quadratic functions $f(x) = f_* + \frac12\langle A(x - x_*), x - x_*\rangle$ with eigenvalues of $A$ up to $L$: what is proved uses that the gradient is linear in $x - x_*$."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, Quadratic, convex_quadratics, gradient_step, strongly_convex_quadratics
from refute import Claim, Mutant, Theorem, Vec, eq, le, points, sq, vec

ONE, ZERO = Fraction(1), Fraction(0)
PROOF = "docs/methods.md#quadratics"
ANALYSIS = "no sentence of the paper: what its way of reading an iteration, as a polynomial in the matrix, gives here"

Convex = Annotated[Objective, convex_quadratics()]
StronglyConvex = Annotated[Objective, strongly_convex_quadratics()]
Point = Annotated[Vec, lambda f: points(f.dim)]


def one_step(f: Convex, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""A step of size $1/L$ has $f(x_1) - f_* \le \frac2{27}L|x_0 - x_*|^2$. (For convex functions in general the best constant is $\frac16$.)"""
    star = f.minimum.at
    y = gradient_step(f, 1 / f.L, x)
    # The proof needs what the class asks at this point, where the method never is.
    f.grad(star + 3 * f.grad(x) / f.L - (x - star))
    return le(27 * one * (f(y) - f.minimum.value), 2 * f.L * sq(x - star))


# Curvatures 1/3 and 1, from the axis of the first: the value 1/6 becomes 2/27.
THIRD = {"f": Quadratic((ZERO,), (Fraction(1, 3), ONE), (ZERO, ZERO), vec(0, 0), ZERO), "x": vec(1, 0)}

ONE_STEP = Theorem(
    one_step,
    source="golub-varga-1961",
    label="one-step-on-quadratics",
    status="true",
    as_cited=ANALYSIS,
    proof=PROOF,
    attained=(THIRD,),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=THIRD),),
)


def averaged(f: StronglyConvex, x: Point, y: Point, *, half: Fraction = Fraction(1, 2)) -> Claim:
    r"""A gradient step from the mean of two points leads to the mean of the gradient steps from them."""
    h = 1 / f.L
    mean = gradient_step(f, h, half * x + half * y)
    return eq(mean, (gradient_step(f, h, x) + gradient_step(f, h, y)) / 2)


AVERAGED = Theorem(
    averaged,
    source="golub-varga-1961",
    label="steps-of-averages",
    status="true",
    as_cited=ANALYSIS,
    proof=PROOF,
    mutants=(
        Mutant(
            "weights of 0.49",
            {"half": Fraction(49, 100)},
            killed_at=THIRD | {"y": vec(1, 0)},
        ),
    ),
)
