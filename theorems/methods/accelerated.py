r"""The accelerated gradient method on convex functions: $O(1/N^2)$ for every number of steps.

$x_k = (1 - \frac1{t_k}) y_k + \frac1{t_k} z_k$, $y_{k+1} = x_k - \frac1L \nabla f(x_k)$, $z_{k+1} = z_k - \frac{t_k}L \nabla f(x_k)$ with
$t_k = \frac{k+2}2$ and $y_0 = z_0$: Nesterov's method of 1983 in the form of two sequences.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, PiecewiseQuadratic, convex, starts
from refute import Claim, Mutant, Scalar, Theorem, Vec, iterated, le, naturals, sq, vec

ONE, HALF, QUARTER = Fraction(1), Fraction(1, 2), Fraction(1, 4)

WithMinimizer = Annotated[Objective, convex(minimizer="known")]
Point = Annotated[Vec, lambda f: starts(f)]
Steps = Annotated[int, naturals(1, drawn=5)]
State = tuple[Vec, Vec]


def accelerated_rate(f: WithMinimizer, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$f(y_N) - f_* \le \frac{2 L |x_0 - x_*|^2}{N (N + 2)}$ for every $N \ge 1$."""
    low = f.minimum

    def step(k: Scalar, state: State) -> State:
        (y, z), t = state, (k + 2) / 2
        ahead = (1 - 1 / t) * y + (1 / t) * z
        g = f.grad(ahead)
        return ahead - g / f.L, z - (t / f.L) * g

    def potential(k: Scalar, state: State) -> Scalar:
        y, z = state
        return QUARTER * k * (k + 2) * (f(y) - low.value) + HALF * f.L * sq(z - low.at)

    y, _ = iterated(step, (x, x), N, potential)
    return le(QUARTER * N * (N + 2) * (f(y) - low.value), c * HALF * f.L * sq(x - low.at))


# On its slope the first step goes as far as it can and stays as high as it can.
HUBER = PiecewiseQuadratic(
    (-Fraction(1, 3), Fraction(1, 3)), (Fraction(0), ONE, Fraction(0)), -Fraction(1, 3), Fraction(1, 18)
)

ACCELERATED_RATE = Theorem(
    accelerated_rate,
    source="bansal-gupta-2019",
    label="accelerated-rate",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#accelerated-rate",
    mutants=(Mutant("0.2 in place of 1", {"c": Fraction(1, 5)}, killed_at={"f": HUBER, "x": vec(1), "N": 1}),),
)
