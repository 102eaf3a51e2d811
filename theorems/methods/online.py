r"""Online convex optimization: losses $f_1, f_2, \ldots$ come one after the other, and what is lost is compared with what one fixed point of the set would have lost."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from objectives import Answer, Known, by_conditions
from refute import Claim, Mutant, Scalar, Theorem, Vec, dot, le, points, positive, sq, vec

ONE, ZERO, HALF = Fraction(1), Fraction(0), Fraction(1, 2)


def _normal(Q: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """g(a) is normal at a to a convex set of diameter 1, of which a and b are points."""
    return [dot(a.g, a.x - b.x), 1 - sq(a.x - b.x)]


def _above(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    return [a.f - b.f - dot(b.g, a.x - b.x)]


def _bounded(f: Any, a: Answer) -> Sequence[Scalar]:
    return [1 - sq(a.g)]


Set = Annotated[Known, by_conditions("convex sets of diameter 1", pair=_normal, operator=True, sufficient=True)]
Loss = Annotated[
    Known,
    lambda Q: by_conditions("convex 1-Lipschitz functions", pair=_above, one=_bounded, sufficient=True, dim=Q.dim),
]
Point = Annotated[Vec, lambda Q: points(Q.dim)]
Parameter = Annotated[Fraction, positive()]


def regret(Q: Set, f: Loss, g: Loss, v: Point, w: Point, h: Parameter, *, one: Fraction = ONE) -> Claim:
    r"""Two rounds of online gradient descent, $x_2 = P_Q(x_1 - h\nabla f_1(x_1))$, from any $x_1$ of a convex set $Q$ of diameter 1, with convex 1-Lipschitz losses (a choice of units): $f_1(x_1) - f_1(y) + f_2(x_2) - f_2(y) \le \frac1{2h} + h$ for every $y \in Q$ and every $h > 0$."""
    x, y = Q.prox(1, v), Q.prox(1, w)
    after = Q.prox(1, x - h * f.grad(x))
    return le(2 * h * (f(x) - f(y) + g(after) - g(y)), one * (1 + 2 * h**2))


# Q = [0, 1], f_1(x) = f_2(x) = x, h = 1/2, from 1 to 1/2.
LINE = Known((vec(0), vec(1), vec(HALF)), (vec(-1), vec(1), vec(0)), (ZERO,) * 3, (), (), False, (True,) * 3, True)
LOSS = Known(
    (vec(0), vec(1), vec(HALF)), (vec(1), vec(1), vec(1)), (ZERO, ONE, HALF), (), (), False, (False,) * 3, False
)
DOWN = {"Q": LINE, "f": LOSS, "g": LOSS, "v": vec(2), "w": vec(-1), "h": HALF}

REGRET = Theorem(
    regret,
    source="zinkevich-2003",
    label="online-gradient-descent",
    reading="two-rounds",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#online",
    attained=(DOWN,),
    mutants=(Mutant("0.9 in place of 1", {"one": Fraction(9, 10)}, killed_at=DOWN),),
)
