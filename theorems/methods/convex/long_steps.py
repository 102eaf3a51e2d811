r"""Silver step sizes: steps up to $\frac2L$, from which on one step alone may go up, and short ones in between; together they are faster than any constant step."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, PiecewiseQuadratic, convex, starts, strongly_convex
from refute import Claim, Mutant, Theorem, Vec, between, le, sq, vec

ONE = Fraction(1)
PROOF = "docs/methods.md#long-steps"

Convex = Annotated[Objective, convex(minimizer="known")]
StronglyConvex = Annotated[Objective, strongly_convex(mu=1, L=4)]
Point = Annotated[Vec, lambda f: starts(f)]
NearRootOf2 = Annotated[Fraction, between(Fraction(141, 100), Fraction(142, 100))]


def three_steps(f: Convex, x: Point, s: NearRootOf2, *, c: Fraction = Fraction(2, 25)) -> Claim:
    r"""Three steps $\frac sL, \frac2L, \frac sL$ have $f(x_3) - f_* \le \frac2{25}L|x_0 - x_*|^2$ for every $s \in [1.41, 1.42]$, $\sqrt2$ among them. (The published factor is $\frac1{1 + \sqrt{4(1 + \sqrt2)^4 - 3}} = 0.0798\ldots$)"""
    y = x
    for h in (s, Fraction(2), s):
        y = y - h / f.L * f.grad(y)
    return le(f(y) - f.minimum.value, c * f.L * sq(x - f.minimum.at))


# f rises with slope 1 from 0 on: three steps lead from 10 to 31/6.
SLOPE = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(0)), Fraction(1), Fraction(0)),
    "x": vec(10),
    "s": Fraction(17, 12),
}

THREE_STEPS = Theorem(
    three_steps,
    source="altschuler-parrilo-2025",
    label="silver-steps",
    reading="three-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.045 in place of 2/25", {"c": Fraction(45, 1000)}, killed_at=SLOPE),),
)


def two_steps(f: StronglyConvex, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""For $\mu = 1$ and $L = 4$ the two steps $\frac13$ and $\frac12$ have $|x_2 - x_*|^2 \le \frac19|x_0 - x_*|^2$; two constant steps $\frac2{L + \mu}$ have $\frac{81}{625}$."""
    y = x - f.grad(x) / 3
    z = y - f.grad(y) / 2
    return le(9 * sq(z - f.minimum.at), one * sq(x - f.minimum.at))


PARABOLA = {"f": PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(1)), Fraction(0), Fraction(0)), "x": vec(1)}

TWO_STEPS = Theorem(
    two_steps,
    source="altschuler-parrilo-2024",
    label="silver-steps",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=PARABOLA),),
)
