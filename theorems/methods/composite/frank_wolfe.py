r"""Frank-Wolfe: $x_{k+1} = x_k + \frac2{k+2} (s_k - x_k)$, where $s_k$ maximizes $\langle -\nabla f(x_k), s\rangle$ over a convex set of diameter at most 1, and $f$ is 1-smooth (a choice of units)."""

from fractions import Fraction
from typing import Annotated

from objectives import Known, curvature_between, linear_maximizers
from refute import Claim, Mutant, Theorem, Vec, iterated, le, naturals, points, vec

ZERO = Fraction(0)
PROOF = "docs/methods.md#frank-wolfe"


Set = Annotated[Known, linear_maximizers(diameter=1)]
Convex = Annotated[Known, lambda S: curvature_between(0, 1, dim=S.dim)]
Direction = Annotated[Vec, lambda S: points(S.dim)]
Steps = Annotated[int, naturals(1, drawn=3)]


def rate(S: Set, f: Convex, v: Direction, w: Direction, N: Steps, *, two: Fraction = Fraction(2)) -> Claim:
    r"""From a maximizer $x_0$ of $\langle v, s\rangle$ over the set, and compared with one of $\langle w, s\rangle$, $y$, which for $w = 0$ is any point of it: $f(x_N) - f(y) \le \frac2{N + 2}$ for every $N \ge 1$ and convex 1-smooth $f$."""
    y = S(w)
    last = iterated(
        lambda k, x: x + 2 / (k + 2) * (S(-f.grad(x)) - x),
        S(v),
        N,
        lambda k, x: k * (k + 1) * (f(x) - f(y) - two / (k + 2)),
        within=lambda x: S.has_subgradient(0 * x, x),
    )
    return le((N + 2) * (f(last) - f(y)), two)


# f(x) = x^2/2 from its minimizer 0: where the gradient is 0 every point of {0, 1} is a maximizer, and the first step goes to 1.
AWAY = {
    "S": Known((vec(-1), vec(0)), (vec(0), vec(1)), (ZERO, ZERO), (), (), False, (False, False), True),
    "f": Known((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, Fraction(1, 2)), (), (), False, (False, False), False),
    "v": vec(-1),
    "w": vec(-1),
    "N": 1,
}

RATE = Theorem(
    rate,
    source="jaggi-2013",
    label="frank-wolfe",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("7/5 in place of 2", {"two": Fraction(7, 5)}, killed_at=AWAY),),
)
