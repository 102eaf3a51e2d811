r"""Heavy ball, $x_{k+1} = x_k - h\nabla f(x_k) + b(x_k - x_{k-1})$ with $x_{-1} = x_0$, on $L$-smooth convex functions: for every step size, every momentum and every number of steps at once."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, convex, square, starts, step_sizes
from refute import Claim, Mutant, Scalar, Theorem, Vec, between, iterated, le, naturals, sq, vec

ONE = Fraction(1)
PROOF = "docs/methods.md#heavy-ball"

WithMinimum = Annotated[Objective, convex(minimizer="known")]
Start = Annotated[Vec, lambda f: starts(f)]
Momentum = Annotated[Fraction, between(0, 1, open=True)]
Step = Annotated[Fraction, lambda f, b: step_sizes(f.L, below=1 - b, closed=True)]
Steps = Annotated[int, naturals(1, drawn=6)]

#: x_k, x_{k-1} and the sum of f(x_i) - f_* for i < k.
State = tuple[Vec, Vec, Scalar]


def averages(f: WithMinimum, x: Start, b: Momentum, h: Step, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""For $0 < b < 1$ and $0 < h \le \frac{1 - b}L$: $\sum_{k < N} (f(x_k) - f_*) \le \frac12 (\frac{Lb}{1 - b} + \frac{1 - b}h) |x_0 - x_*|^2$ for every $N$, and so $\frac1N$ of that for the mean of the $x_k$."""
    low = f.minimum

    def step(k: Scalar, state: State) -> State:
        y, before, total = state
        return y - h * f.grad(y) + b * (y - before), y, total + f(y) - low.value

    def potential(k: Scalar, state: State) -> Scalar:
        y, before, total = state
        ahead = y + b / (1 - b) * (y - before) - low.at
        return sq(ahead) + 2 * h * (b / (1 - b) ** 2 * (f(before) - low.value) + total / (1 - b))

    *_, total = iterated(step, (x, x, 0), N, potential)
    return le(2 * h * (1 - b) * total, c * (h * f.L * b + (1 - b) ** 2) * sq(x - low.at))


# Hardly any momentum, and a step that nearly ends at the minimizer of x^2/2: the first value is nearly all of the sum, and the bound.
FIRST = {"f": square(1), "x": vec(1), "b": Fraction(1, 1000), "h": Fraction(999, 1000), "N": 3}

AVERAGES = Theorem(
    averages,
    source="ghadimi-2015",
    label="heavy-ball-averages",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"c": Fraction(99, 100)}, killed_at=FIRST),),
)
