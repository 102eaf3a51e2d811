r"""Gradient steps along a direction $d$ that is the gradient up to a relative error: $|d - \nabla f(x)| \le \epsilon|\nabla f(x)|$, $0 \le \epsilon < 1$."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, square, strongly_convex
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
