r"""Linear rates on strongly convex functions, for every number of steps and all $0 < \mu \le L$.

The rate is that by which a potential shrinks in one step.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, Quadratic, gradient_step, starts, strongly_convex
from refute import Claim, Mutant, Scalar, Theorem, Vec, integers, iterated, le, naturals, sq, sqrt, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
SOURCE, FROM_MEMORY = "nesterov-2004", "from memory"

StronglyConvex = Annotated[Objective, strongly_convex()]
Point = Annotated[Vec, lambda f: starts(f)]
Steps = Annotated[int, naturals(0, drawn=6)]
State = tuple[Vec, Vec]


def distances_shrink(f: StronglyConvex, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$|x_N - x_*|^2 \le (\frac{L - \mu}{L + \mu})^{2N} |x_0 - x_*|^2$ for gradient descent with $h = \frac2{L + \mu}$, every $N$."""
    h, rate, at = 2 / (f.L + f.mu), ((f.L - f.mu) / (f.L + f.mu)) ** 2, f.minimum.at
    last = iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: sq(y - at), rate=rate)
    return le(sq(last - at), c * rate**N * sq(x - at))


STEEP, FLAT = (Quadratic((), (e,), (Fraction(0),), vec(0), Fraction(0)) for e in (Fraction(5), ONE))
VALLEY = Quadratic((Fraction(0),), (ONE, Fraction(25)), (Fraction(0), Fraction(0)), vec(0, 0), Fraction(0))

DISTANCES_SHRINK = Theorem(
    distances_shrink,
    source=SOURCE,
    label="linear-rate",
    status="true",
    as_cited=FROM_MEMORY,
    proof="docs/methods.md#linear-rates",
    mutants=(Mutant("0.99 in place of 1", {"c": Fraction(99, 100)}, killed_at={"f": STEEP, "x": vec(1), "N": 0}),),
)


def values_shrink(f: StronglyConvex, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$f(x_N) - f_* \le (1 - \frac\mu L)^N (f(x_0) - f_*)$ for gradient descent with $h = \frac1L$, every $N$."""
    rate, low = 1 - f.mu / f.L, f.minimum.value
    last = iterated(lambda k, y: gradient_step(f, 1 / f.L, y), x, N, lambda k, y: f(y) - low, rate=rate)
    return le(f(last) - low, c * rate**N * (f(x) - low))


VALUES_SHRINK = Theorem(
    values_shrink,
    source=SOURCE,
    label="values-linear-rate",
    status="true",
    as_cited=FROM_MEMORY,
    proof="docs/methods.md#linear-rates",
    mutants=(Mutant("0.99 in place of 1", {"c": Fraction(99, 100)}, killed_at={"f": STEEP, "x": vec(1), "N": 0}),),
)


def accelerated_linear_rate(f: StronglyConvex, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$f(y_N) - f_* \le (1 - \sqrt{\frac\mu L})^N (f(x_0) - f_* + \frac\mu2 |x_0 - x_*|^2)$ for Nesterov's method with constant momentum and every $N$, in the form of two
    sequences: with $s = \sqrt{\frac\mu L}$, $x = \frac{y + s w}{1 + s}$, $y^+ = x - \frac1L\nabla f(x)$, $w^+ = (1 - s) w + s (x - \frac1\mu\nabla f(x))$.
    """
    s, low = sqrt(f.mu / f.L), f.minimum

    def step(k: Scalar, state: State) -> State:
        y, w = state
        ahead = (y + s * w) / (1 + s)
        g = f.grad(ahead)
        return ahead - g / f.L, (1 - s) * w + s * (ahead - g / f.mu)

    def potential(k: Scalar, state: State) -> Scalar:
        y, w = state
        return f(y) - low.value + HALF * f.mu * sq(w - low.at)

    y, _ = iterated(step, (x, x), N, potential, rate=1 - s)
    return le(f(y) - low.value, (1 - s) ** N * (f(x) - low.value + c * HALF * f.mu * sq(x - low.at)))


ACCELERATED_LINEAR_RATE = Theorem(
    accelerated_linear_rate,
    source=SOURCE,
    label="accelerated-linear-rate",
    status="true",
    as_cited=FROM_MEMORY,
    proof="docs/methods.md#linear-rates",
    mutants=(Mutant("without the distance", {"c": Fraction(0)}, killed_at={"f": VALLEY, "x": vec(1, 0), "N": 1}),),
)


UpTo4 = Annotated[Objective, strongly_convex(mu=1, L=4)]
Few = Annotated[int, integers(1, 3)]


def heavy_ball(f: UpTo4, x: Point, N: Few, *, one: Fraction = ONE) -> Claim:
    r"""Heavy ball with $\alpha = \frac15$ and $\beta = \sqrt{(1 - \alpha\mu)(1 - \alpha L)} = \frac25$ has $f(x_N) - f_* \le (1 - \alpha\mu)^N (f(x_0) - f_*)$ for $\mu = 1$, $L = 4$, $N \le 3$."""
    before, y = x, x
    for _ in range(N):
        before, y = y, y - f.grad(y) / 5 + Fraction(2, 5) * (y - before)
    return le(5**N * (f(y) - f.minimum.value), one * 4**N * (f(x) - f.minimum.value))


HEAVY_BALL = Theorem(
    heavy_ball,
    source="ghadimi-2015",
    label="heavy-ball",
    reading="three-steps",
    status="true",
    as_cited=FROM_MEMORY,
    proof="docs/methods.md#linear-rates",
    mutants=(Mutant("0.75 in place of 1", {"one": Fraction(3, 4)}, killed_at={"f": FLAT, "x": vec(1), "N": 1}),),
)
