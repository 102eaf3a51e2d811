r"""Online convex optimization: losses $f_1, f_2, \ldots$ come one after the other, and what is lost is compared with what one fixed point of the set would have lost."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from objectives import Answer, Known, by_conditions, convex_sets, linear_maximizers
from refute import Claim, Given, Mutant, Scalar, Theorem, Vec, dot, le, points, positive, sq, vec

ONE, ZERO, HALF = Fraction(1), Fraction(0), Fraction(1, 2)


def _above(f: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    return [a.f - b.f - dot(b.g, a.x - b.x)]


def _bounded(f: Any, a: Answer) -> Sequence[Scalar]:
    return [1 - sq(a.g)]


Set = Annotated[Known, convex_sets(diameter=1)]
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


def leader(Q: Set, f: Loss, g: Loss, v: Point, w: Point, x: Point, *, c: Fraction = Fraction(15, 8)) -> Claim:
    r"""Follow the leader: $x_2$ minimizes $f_1$ over $Q$. In two rounds $f_1(x_1) - f_1(y) + f_2(x_2) - f_2(y) \le \frac{15}8$ for every $y \in Q$: less than the 2 that any two points lose at most. (The constant is ours; the best one is $1 + \frac{\sqrt3}2 = 1.866\ldots$; over many rounds what is lost grows like their number.)"""
    first, y = Q.prox(1, v), Q.prox(1, w)
    return le(f(first) - f(y) + g(x) - g(y), c)


# Three points at distances of at most 1. f rises along (5, 12)/13 from x and y, where it is 0, and g falls from x to y.
TRIANGLE = {
    "Q": Known(
        (vec(Fraction(4, 5), HALF), vec(0, 0), vec(Fraction(4, 5), -HALF)),
        (vec(0, 0),) * 3,
        (ZERO,) * 3,
        (),
        (),
        False,
        (True,) * 3,
        True,
    ),
    "f": Known(
        (vec(Fraction(4, 5), -HALF), vec(Fraction(4, 5), HALF), vec(0, 0)),
        (vec(0, 0), vec(Fraction(5, 13), Fraction(12, 13)), vec(0, 0)),
        (ZERO, Fraction(10, 13), ZERO),
        (),
        (),
        False,
        (False,) * 3,
        False,
    ),
    "g": Known(
        (vec(Fraction(4, 5), -HALF), vec(0, 0)),
        (vec(Fraction(15, 17), Fraction(-8, 17)),) * 2,
        (Fraction(16, 17), ZERO),
        (),
        (),
        False,
        (False,) * 2,
        False,
    ),
    "v": vec(Fraction(4, 5), HALF),
    "w": vec(0, 0),
    "x": vec(Fraction(4, 5), -HALF),
}

LEADER = Theorem(
    leader,
    source="hazan-2016",
    label="follow-the-leader",
    reading="two-rounds",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#online",
    given=(Given("x minimizes f over Q", lambda Q, f, x: Q.has_subgradient(x, -f.grad(x))),),
    mutants=(Mutant("1.5 in place of 15/8", {"c": Fraction(3, 2)}, killed_at=TRIANGLE),),
)


Slope = Annotated[Vec, lambda Q: points(Q.dim, within=1)]


def second(Q: Known, v: Vec, s: Vec, h: Scalar) -> Vec:
    r"""$x_2$, where $f_1(x) + \frac1{2h}|x - x_1|^2$ is least over $Q$, if s is a subgradient of f_1 there."""
    found: Vec = Q.prox(1, Q.prox(1, v) - h * s)
    return found


def regularized_leader(
    Q: Set, f: Loss, g: Loss, v: Point, w: Point, s: Slope, h: Parameter, *, one: Fraction = ONE
) -> Claim:
    r"""Follow the regularized leader: $x_2$ minimizes $f_1(x) + \frac1{2h}|x - x_1|^2$ over $Q$. In two rounds $f_1(x_1) - f_1(y) + f_2(x_2) - f_2(y) \le \frac1{2h} + h$ for every $y \in Q$ and every $h > 0$."""
    first, y, x = Q.prox(1, v), Q.prox(1, w), second(Q, v, s, h)
    return le(2 * h * (f(first) - f(y) + g(x) - g(y)), one * (1 + 2 * h**2))


REGULARIZED_LEADER = Theorem(
    regularized_leader,
    source="hazan-2016",
    label="follow-the-regularized-leader",
    reading="two-rounds",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#online",
    given=(Given("s is a subgradient of f at x_2", lambda Q, f, v, s, h: f.has_subgradient(second(Q, v, s, h), s)),),
    mutants=(Mutant("0.7 in place of 1", {"one": Fraction(7, 10)}, killed_at=DOWN | {"s": vec(1)}),),
)


Oracle = Annotated[Known, linear_maximizers(diameter=1)]
LossOn = Annotated[
    Known,
    lambda S: by_conditions("convex 1-Lipschitz functions", pair=_above, one=_bounded, sufficient=True, dim=S.dim),
]
Direction = Annotated[Vec, lambda S: points(S.dim)]


def frank_wolfe(
    S: Oracle, f: LossOn, g: LossOn, k: LossOn, v: Direction, w: Direction, *, c: Fraction = Fraction(4)
) -> Claim:
    r"""Online Frank-Wolfe in three rounds, with the published parameters $\eta = \frac12$ and $\sigma = 1$ for a set of diameter 1 and 1-Lipschitz losses: $x_{k+1}$ is the point of the set at which $\langle x_k - x_1 + \eta\sum_{i \le k}\nabla f_i(x_i), s\rangle$ is least. What is lost is at most $\frac4{3^{3/4}}3^{3/4} = 4$."""
    x = first = S(v)
    y, slopes, lost = S(w), 0 * v, 0 * f(first)
    for loss in (f, g, k):
        lost, slopes = lost + loss(x) - loss(y), slopes + loss.grad(x)
        x = S(first - x - HALF * slopes)
    return le(lost, c)


# On [0, 1] the losses x, -x, x are met at 1, 0, 1, and 0 would have lost nothing.
TO_AND_FRO = {
    "S": Known((vec(1), vec(-1), vec(-HALF)), (vec(1), vec(0), vec(0)), (ZERO,) * 3, (), (), False, (False,) * 3, True),
    "f": Known((vec(1), vec(0)), (vec(1), vec(1)), (ONE, ZERO), (), (), False, (False,) * 2, False),
    "g": Known((vec(0),), (vec(-1),), (ZERO,), (), (), False, (False,), False),
    "k": Known((vec(1), vec(0)), (vec(1), vec(1)), (ONE, ZERO), (), (), False, (False,) * 2, False),
    "v": vec(1),
    "w": vec(-1),
}

FRANK_WOLFE = Theorem(
    frank_wolfe,
    source="weibel-2025",
    label="online-frank-wolfe",
    reading="three-rounds",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#online",
    mutants=(Mutant("1.9 in place of 4", {"c": Fraction(19, 10)}, killed_at=TO_AND_FRO),),
)
