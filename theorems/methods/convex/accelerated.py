r"""The accelerated and the optimized gradient method on convex functions: $O(1/N^2)$ for every number of steps.

$x_k = (1 - \frac1{t_k}) y_k + \frac1{t_k} z_k$, $y_{k+1} = x_k - \frac1L \nabla f(x_k)$, $z_{k+1} = z_k - \frac{t_k}L \nabla f(x_k)$ with
$t_k = \frac{k+2}2$ and $y_0 = z_0$: Nesterov's method of 1983 in the form of two sequences. The optimized gradient method has, with the same rational $t_k$ in place of the sequence that makes it tight, half of its bound.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, PiecewiseQuadratic, convex, starts
from refute import Claim, Mutant, Scalar, Theorem, Vec, integers, iterated, le, naturals, sq, vec

ONE, ZERO, HALF, QUARTER = Fraction(1), Fraction(0), Fraction(1, 2), Fraction(1, 4)

WithMinimizer = Annotated[Objective, convex(minimizer="known")]
Point = Annotated[Vec, lambda f: starts(f)]
Steps = Annotated[int, naturals(1, drawn=5)]
FromNone = Annotated[int, naturals(0, drawn=5)]
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


def optimized_gradient(f: WithMinimizer, x: Point, N: FromNone, *, one: Fraction = ONE) -> Claim:
    r"""From $z_1 = x_0 - \frac2L\nabla f(x_0)$ let $y = x_k - \frac1L\nabla f(x_k)$, $x_{k+1} = \frac{(k+1)y + 2z_{k+1}}{k+3}$ and $z_{k+2} = z_{k+1} - \frac{k+3}L\nabla f(x_{k+1})$. Then $f(x_N - \frac1L\nabla f(x_N)) - f_* \le \frac{L|x_0 - x_*|^2}{(N+2)^2}$ for every $N$: about half of the bound for Nesterov's method."""
    low, L = f.minimum, f.L

    def step(k: Scalar, state: State) -> State:
        at, z = state
        ahead = ((k + 1) * (at - f.grad(at) / L) + 2 * z) / (k + 3)
        return ahead, z - (k + 3) * f.grad(ahead) / L

    def potential(k: Scalar, state: State) -> Scalar:
        at, z = state
        return (k + 2) ** 2 / 2 * (f(at) - low.value - sq(f.grad(at)) / (2 * L)) + L / 2 * sq(z - low.at)

    last, _ = iterated(step, (x, x - 2 * f.grad(x) / L), N, potential)
    return le((N + 2) ** 2 * (f(last - f.grad(last) / L) - low.value), one * L * sq(x - low.at))


# Huber's function with slope 1/3: a step from 1 ends at 2/3.
THIRD = Fraction(1, 3)
KINKED = PiecewiseQuadratic((-THIRD, THIRD), (ZERO, ONE, ZERO), -THIRD, THIRD**2 / 2)

OPTIMIZED_GRADIENT = Theorem(
    optimized_gradient,
    source="kim-fessler-2016",
    label="optimized-gradient",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#optimized-gradient",
    mutants=(Mutant("0.66 in place of 1", {"one": Fraction(66, 100)}, killed_at={"f": KINKED, "x": vec(1), "N": 0}),),
)


Few = Annotated[int, integers(1, 3)]


def simplified(f: WithMinimizer, x: Point, N: Few, *, two: Fraction = 2 * ONE) -> Claim:
    r"""With the momentum $\frac k{k + 3}$, $x_{k+1} = y_k - \frac1L\nabla f(y_k)$, $y_{k+1} = x_{k+1} + \frac k{k + 3}(x_{k+1} - x_k)$: $f(x_N) - f_* \le \frac{2L|x_0 - x_*|^2}{N^2 + 5N + 6}$ for $N \le 3$."""
    at, ahead = x, x
    for k in range(N):
        before, at = at, ahead - f.grad(ahead) / f.L
        ahead = at + Fraction(k, k + 3) * (at - before)
    return le((N**2 + 5 * N + 6) * (f(at) - f.minimum.value), two * f.L * sq(x - f.minimum.at))


# f falls with slope 1 to -1, where it begins to bend.
SLOPE = {
    "f": PiecewiseQuadratic((Fraction(-1),), (Fraction(0), Fraction(1)), Fraction(-1), Fraction(0)),
    "x": vec(-3),
    "N": 1,
}

SIMPLIFIED = Theorem(
    simplified,
    source="taylor-2017-composite",
    label="fast-gradient",
    reading="three-steps",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#accelerated-rate",
    mutants=(Mutant("1.98 in place of 2", {"two": Fraction(198, 100)}, killed_at=SLOPE),),
)
