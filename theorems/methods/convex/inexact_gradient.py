r"""Gradient steps along a direction $d$ that is the gradient up to a relative error: $|d - \nabla f(x)| \le \epsilon|\nabla f(x)|$, $0 \le \epsilon < 1$."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, Tabulated, convex, square, starts, strongly_convex
from refute import Claim, Mutant, Theorem, Vec, le, points, sq, such_that, vec

ONE, FIFTH = Fraction(1), Fraction(1, 5)

Class = Annotated[Objective, strongly_convex(mu=1, L=4)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Direction = Annotated[
    Vec,
    lambda f, x, epsilon: such_that(
        points(f.dim, also=((1 - epsilon) * f.grad(x), (1 + epsilon) * f.grad(x))),
        "the gradient up to a relative error",
        lambda d: le(sq(d - f.grad(x)), epsilon**2 * sq(f.grad(x))),
    ),
]


def inexact_step(f: Class, x: Point, d: Direction, *, epsilon: Fraction = FIFTH, c: Fraction = ONE) -> Claim:
    r"""For $1 \le f'' \le 4$, $\epsilon = \frac15$ and $h = \frac5{14}$: $f(x - hd) - f_* \le \frac{25}{49}(f(x) - f_*)$. (In general $h = \frac2{(1 + \epsilon)L + (1 - \epsilon)\mu}$, and the factor is $\big(\frac{(1 + \epsilon)L - (1 - \epsilon)\mu}{(1 + \epsilon)L + (1 - \epsilon)\mu}\big)^2$.)"""
    low = f.minimum.value
    return le(f(x - Fraction(5, 14) * d) - low, c * Fraction(25, 49) * (f(x) - low))


# f = x^2/2 and a direction that is too short by a fifth.
SHORT = {"f": square(), "x": vec(1), "d": vec(Fraction(4, 5))}

INEXACT_STEP = Theorem(
    inexact_step,
    source="deklerk-2020",
    label="inexact-gradient",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#inexact-gradient",
    attained=(SHORT,),
    mutants=(
        Mutant("0.99 in place of 1", {"c": Fraction(99, 100)}, killed_at=SHORT),
        Mutant("an error of 0.202", {"epsilon": Fraction(101, 500)}, killed_at=SHORT | {"d": vec(Fraction(399, 500))}),
    ),
)


Convex = Annotated[Objective, convex(minimizer="known", L=1)]
Start = Annotated[Vec, lambda f: starts(f)]
Second = Annotated[
    Vec,
    lambda f, x, d, epsilon: such_that(
        points(f.dim, also=((1 - epsilon) * f.grad(x - d), (1 + epsilon) * f.grad(x - d))),
        "the gradient up to a relative error",
        lambda e: le(sq(e - f.grad(x - d)), epsilon**2 * sq(f.grad(x - d))),
    ),
]


def two_steps(
    f: Convex, x: Start, d: Direction, e: Second, *, epsilon: Fraction = FIFTH, c: Fraction = Fraction(5, 42)
) -> Claim:
    r"""For convex 1-smooth $f$ and $\epsilon = \frac15$ two steps of the fast gradient method along inexact gradients, $x_1 = x_0 - d_0$, $x_2 = x_1 - d_1$ (its first momentum is 0), have $f(x_2) - f_* \le \frac5{42}|x_0 - x_*|^2$; with exact gradients $\frac1{10}$. (The constant is ours.)"""
    return le(f(x - d - e) - f.minimum.value, c * sq(x - f.minimum.at))


# f falls with slope 1/2 from 1 on, to its minimizer at -1; the directions are too short by a quarter.
SHORT_TWICE = {
    "f": Tabulated(
        (vec(1), vec(Fraction(5, 8)), vec(Fraction(1, 4)), vec(-1)),
        (vec(Fraction(1, 2)), vec(Fraction(1, 2)), vec(Fraction(1, 2)), vec(0)),
        (Fraction(0), Fraction(-3, 16), Fraction(-3, 8), Fraction(-7, 8)),
        Fraction(0),
        ONE,
        "curvature",
    ),
    "x": vec(1),
    "d": vec(Fraction(3, 8)),
    "e": vec(Fraction(3, 8)),
}
# The same with directions that are too short by a fifth.
SHORTER = SHORT_TWICE | {
    "f": Tabulated(
        (vec(1), vec(Fraction(3, 5)), vec(Fraction(1, 5)), vec(-1)),
        (vec(Fraction(1, 2)), vec(Fraction(1, 2)), vec(Fraction(1, 2)), vec(0)),
        (Fraction(0), Fraction(-1, 5), Fraction(-2, 5), Fraction(-7, 8)),
        Fraction(0),
        ONE,
        "curvature",
    ),
    "d": vec(Fraction(2, 5)),
    "e": vec(Fraction(2, 5)),
}

TWO_STEPS = Theorem(
    two_steps,
    source="taylor-2017-composite",
    label="inexact-fast-gradient",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#inexact-gradient",
    mutants=(
        Mutant("0.1 in place of 5/42", {"c": Fraction(1, 10)}, killed_at=SHORTER),
        Mutant("an error of 0.4", {"epsilon": Fraction(2, 5)}, killed_at=SHORT_TWICE),
    ),
)
