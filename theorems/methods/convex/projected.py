r"""Methods over a closed convex set $Q$: each step ends with a projection, $x_{k+1} = P_Q(x_k - h g_k)$. They are compared with any point $s$ of $Q$.

Every statement is proved by duality, for all $f$ and $Q$, starts, dimensions and numbers of steps.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Known, Objective, PiecewiseQuadratic, convex, convex_lipschitz, convex_sets
from refute import Claim, Given, Mutant, Theorem, Vec, iterated, le, naturals, points, positive, sq, vec

ONE, HALF, ZERO = Fraction(1), Fraction(1, 2), Fraction(0)
SOURCE, PROOF = "nesterov-2004", "docs/methods.md#projections-onto-a-set"

Lipschitz = Annotated[Known, convex_lipschitz()]
Smooth = Annotated[Objective, convex()]
Set = Annotated[Known, lambda f: convex_sets(dim=f.dim)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Step = Annotated[Fraction, positive()]
Steps = Annotated[int, naturals(1, drawn=4)]

IN_Q = Given("s belongs to Q", lambda Q, s: Q.has_subgradient(s, 0 * s))


def subgradients(f: Lipschitz, Q: Set, x: Point, s: Point, h: Step, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""$2 h \sum_{k < N} (f(x_k) - f(s)) \le |x_0 - s|^2 + N h^2 M^2$ for convex $M$-Lipschitz $f$, $g_k \in \partial f(x_k)$, every $h > 0$ and every $N \ge 1$; $x_0$ need not belong to $Q$."""
    _, summed = iterated(
        lambda k, state: (Q.prox(1, state[0] - h * f.grad(state[0])), state[1] + 2 * h * (f(state[0]) - f(s))),
        (x, 0),
        N,
        lambda k, state: sq(state[0] - s) + state[1] - k * h**2 * f.M**2,
    )
    return le(summed, one * (sq(x - s) + N * h**2 * f.M**2))


# f falls with slope 1 from -1 to 0, where the only point of Q is.
FALLS = {
    "f": Known((vec(-1), vec(0)), (vec(-1), vec(0)), (ONE, ZERO), ("M",), (ONE,), False, (False, False), False),
    "Q": Known((vec(0),), (vec(0),), (ZERO,), (), (), False, (True,), True),
    "x": vec(-1),
    "s": vec(0),
    "h": ONE,
    "N": 1,
}

SUBGRADIENTS = Theorem(
    subgradients,
    source=SOURCE,
    label="projected-subgradients",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(IN_Q,),
    attained=(FALLS,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FALLS),),
)


def gradients(f: Smooth, Q: Set, x: Point, s: Point, N: Steps, *, half: Fraction = HALF) -> Claim:
    r"""$f(x_N) - f(s) \le \frac{L |x_0 - s|^2}{2 N}$ for convex $L$-smooth $f$, $h = \frac1L$, a start $x_0 = P_Q(x)$ in $Q$ and every $N \ge 1$."""
    start = Q.prox(1, x)
    last = iterated(
        lambda k, y: Q.prox(1, y - f.grad(y) / f.L),
        start,
        N,
        lambda k, y: k * (f(y) - f(s)) + HALF * f.L * sq(y - s),
        within=lambda y: Q.has_subgradient(y, 0 * y),
    )
    return le(N * (f(last) - f(s)), half * f.L * sq(start - s))


# f(x) = x/2 on [-1, 0]: one step from 0 leads half of the way to -1.
LINEAR = {
    "f": PiecewiseQuadratic((ZERO,), (ZERO, ONE), HALF, ZERO),
    "Q": Known(tuple(map(vec, (-1, -HALF, 0))), (vec(0),) * 3, (ZERO,) * 3, (), (), False, (True,) * 3, True),
    "x": vec(0),
    "s": vec(-1),
    "N": 1,
}

GRADIENTS = Theorem(
    gradients,
    source=SOURCE,
    label="projected-gradients",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(IN_Q,),
    mutants=(Mutant("0.24 in place of 1/2", {"half": Fraction(24, 100)}, killed_at=LINEAR),),
)
