r"""Steps that look at values: the step size $h$ of $x_+ = x - h\nabla f(x)$ is found from $f(x) - f_*$ and $|\nabla f(x)|$. The rates hold for each $h$ that the rule can give; here $1 \le f'' \le 4$."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from objectives import Objective, PiecewiseQuadratic, Quadratic, starts, strongly_convex
from refute import Claim, Mutant, Theorem, Vec, between, eq, le, sq, such_that, vec

ONE = Fraction(1)
PROOF = "docs/methods.md#polyak-steps"

StronglyConvex = Annotated[Objective, strongly_convex(mu=1, L=4)]
Point = Annotated[Vec, lambda f: starts(f)]


def _quotients(p: Any, q: Any) -> Sequence[Fraction]:
    """p/q, where there is one."""
    return [p / q] if q != 0 else []


Polyak = Annotated[
    Fraction,
    lambda f, x: such_that(
        between(Fraction(1, 4), 1),
        "Polyak's step size",
        lambda h: eq(h * sq(f.grad(x)), 2 * (f(x) - f.minimum.value)),
        also=lambda: _quotients(2 * (f(x) - f.minimum.value), sq(f.grad(x))),
    ),
]
Shorter = Annotated[
    Fraction,
    lambda f, x: such_that(
        between(Fraction(1, 4), Fraction(7, 16)),
        "a step size that falls with the gradient",
        lambda h: eq(sq(f.grad(x)), 8 * (2 - 4 * h) * (f(x) - f.minimum.value)),
        also=lambda: [(2 - r) / 4 for r in _quotients(sq(f.grad(x)), 8 * (f(x) - f.minimum.value))],
    ),
]


def distance(f: StronglyConvex, x: Point, h: Polyak, *, one: Fraction = ONE) -> Claim:
    r"""With $h|\nabla f(x)|^2 = 2(f(x) - f_*)$: $|x_+ - x_*|^2 \le \frac{(4h - 1)(1 - h)}{5h - 1}|x - x_*|^2$. (In general $\frac{(hL - 1)(1 - h\mu)}{h(L + \mu) - 1}$.)"""
    at = f.minimum.at
    return le((5 * h - 1) * sq(x - h * f.grad(x) - at), one * (4 * h - 1) * (1 - h) * sq(x - at))


# f = (4 u^2 + v^2)/2 from (1, 2), where h = 8/20.
TWO_SPEEDS = {
    "f": Quadratic((Fraction(0),), (Fraction(4), ONE), (Fraction(0),) * 2, vec(0, 0), Fraction(0)),
    "x": vec(1, 2),
    "h": Fraction(2, 5),
}

DISTANCE = Theorem(
    distance,
    source="barre-2020",
    label="polyak-steps",
    reading="distance",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(TWO_SPEEDS,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=TWO_SPEEDS),),
)


def value(f: StronglyConvex, x: Point, h: Shorter, *, one: Fraction = ONE) -> Claim:
    r"""With $|\nabla f(x)|^2 = 2L(2 - hL)(f(x) - f_*)$, $L = 4$: $f(x_+) - f_* \le (4h - 1)(4h(3 - 5h) - 1)(f(x) - f_*)$. (In general $(hL - 1)(hL(3 - h(L + \mu)) - 1)$.)"""
    low = f.minimum.value
    return le(f(x - h * f.grad(x)) - low, one * (4 * h - 1) * (4 * h * (3 - 5 * h) - 1) * (f(x) - low))


# f = (x + 1)^2/2 - 1/2 from 0: the longest step of the rule.
FLATTEST = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(1)), Fraction(1), Fraction(0)),
    "x": vec(0),
    "h": Fraction(7, 16),
}

VALUE = Theorem(
    value,
    source="barre-2020",
    label="polyak-steps",
    reading="value",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(FLATTEST,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FLATTEST),),
)
