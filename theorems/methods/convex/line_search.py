r"""Exact line searches: $x_+$ is where $f$ is least on $x + \operatorname{span}(d_1, \ldots, d_m)$. What is proved uses no more than that $\nabla f(x_+)$ is orthogonal to the directions and to $x_+ - x$."""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Objective,
    Quadratic,
    Tabulated,
    convex,
    least_along,
    strongly_convex,
)
from refute import Claim, Mutant, Theorem, Vec, le, points, sq, such_that, vec

ONE, FIFTH, ZERO = Fraction(1), Fraction(1, 5), Fraction(0)
PROOF = "docs/methods.md#line-searches"

AnyStronglyConvex = Annotated[Objective, strongly_convex()]
StronglyConvex = Annotated[Objective, strongly_convex(mu=1, L=4)]
Convex = Annotated[Objective, convex(minimizer="known")]
Point = Annotated[Vec, lambda f: points(f.dim)]
Next = Annotated[Vec, lambda f, x: least_along(f, x, f.grad(x))]


def gradient_descent(f: AnyStronglyConvex, x: Point, y: Next, *, one: Fraction = ONE) -> Claim:
    r"""Gradient descent with exact line search on $\mu \le f'' \le L$ has $f(x_1) - f_* \le (\frac{L - \mu}{L + \mu})^2(f(x_0) - f_*)$."""
    low = f.minimum.value
    return le(f(y) - low, one * ((f.L - f.mu) / (f.L + f.mu)) ** 2 * (f(x) - low))


# f(u, v) = (u^2 + 4 v^2)/2 from (4, 1): the gradient is (4, 4), and the step 2/5 leads to (12/5, -3/5).
ZIGZAG = {
    "f": Quadratic((ZERO,), (ONE, Fraction(4)), (ZERO, ZERO), vec(0, 0), ZERO),
    "x": vec(4, 1),
    "y": vec(Fraction(12, 5), Fraction(-3, 5)),
}

GRADIENT_DESCENT = Theorem(
    gradient_descent,
    source="deklerk-2017",
    label="line-search",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(ZIGZAG,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=ZIGZAG),),
)


def turned(g: Vec, epsilon: Fraction) -> list[Vec]:
    """Directions that differ from g by epsilon |g|: longer, shorter, and in the plane of the first two coordinates turned to both sides."""
    if len(g) < 2:
        return [(1 - epsilon) * g, (1 + epsilon) * g]
    across = vec(-g[1], g[0], *(0 * c for c in list(g)[2:]))
    ways = ((ONE, ZERO), (-ONE, ZERO), (Fraction(-3, 5), Fraction(4, 5)), (Fraction(-5, 13), Fraction(12, 13)))
    return [g + epsilon * (c * g + side * s * across) for c, s in ways for side in (1, -1)]


Inexact = Annotated[
    Vec,
    lambda f, x, epsilon: such_that(
        points(f.dim),
        "the gradient up to a relative error",
        lambda d: le(sq(d - f.grad(x)), epsilon**2 * sq(f.grad(x))),
        also=lambda: turned(f.grad(x), epsilon),
    ),
]
Along = Annotated[Vec, lambda f, x, d: least_along(f, x, d)]


def inexact(
    f: StronglyConvex, x: Point, d: Inexact, y: Along, *, epsilon: Fraction = FIFTH, one: Fraction = ONE
) -> Claim:
    r"""An exact line search along $d$ with $|d - \nabla f(x)| \le \frac15|\nabla f(x)|$, on $1 \le f'' \le 4$, has $f(x_1) - f_* \le \frac{25}{49}(f(x_0) - f_*)$. (In general $L$ and $\mu$ are replaced by $(1 + \epsilon)L$ and $(1 - \epsilon)\mu$.)"""
    low = f.minimum.value
    return le(f(y) - low, one * Fraction(25, 49) * (f(x) - low))


# The same function from (25, 5), where the gradient is (25, 20): along (20, 24), which differs from it by a fifth, up to one part in a hundred.
TILTED = {
    "f": ZIGZAG["f"],
    "x": vec(25, 5),
    "d": vec(20, 24),
    "y": vec(Fraction(3000, 169), Fraction(-625, 169)),
}

# From (9, 2), where the gradient is (9, 8): along (6, 10), which differs from it by less than 0.3 of its size.
FURTHER = {
    "f": ZIGZAG["f"],
    "x": vec(9, 2),
    "d": vec(6, 10),
    "y": vec(Fraction(780, 109), Fraction(-117, 109)),
}

INEXACT = Theorem(
    inexact,
    source="deklerk-2017",
    label="inexact-line-search",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(
        Mutant("0.95 in place of 1", {"one": Fraction(95, 100)}, killed_at=TILTED),
        Mutant("an error of 0.3", {"epsilon": Fraction(3, 10)}, killed_at=FURTHER),
    ),
)


def conjugate_gradients(f: Convex, x: Point, y: Next, *, one: Fraction = ONE) -> Claim:
    r"""One step of conjugate gradients on convex $L$-smooth $f$ has $f(x_1) - f_* \le \frac L8|x_0 - x_*|^2$. (That no method does better in one step is in the source, and not checked here.)"""
    low = f.minimum
    return le(8 * (f(y) - low.value), one * f.L * sq(x - low.at))


# Two gradients at a right angle, along the axes.
RIGHT_ANGLE = {
    "f": Tabulated(
        (vec(1, Fraction(3, 4)), vec(Fraction(1, 4), Fraction(3, 4)), vec(0, 0)),
        (vec(Fraction(1, 2), 0), vec(0, Fraction(1, 3)), vec(0, 0)),
        (Fraction(13, 72), Fraction(0), Fraction(-7, 36)),
        Fraction(0),
        Fraction(1),
        "curvature",
    ),
    "x": vec(1, Fraction(3, 4)),
    "y": vec(Fraction(1, 4), Fraction(3, 4)),
}

CONJUGATE_GRADIENTS = Theorem(
    conjugate_gradients,
    source="drori-taylor-2020",
    label="conjugate-gradients",
    reading="one-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.97 in place of 1", {"one": Fraction(97, 100)}, killed_at=RIGHT_ANGLE),),
)
