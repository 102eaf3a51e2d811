r"""Linear rates on strongly convex functions, for every number of steps: $1 \le f'' \le L$ for given $L$.

A potential that shrinks by a factor $q$ is one that does not grow when it is divided by $q^k$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, Quadratic, gradient_step, starts, strongly_convex
from refute import Claim, Mutant, Scalar, Theorem, Vec, integers, iterated, le, naturals, sq, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
SOURCE, FROM_MEMORY = "nesterov-2004", "from memory"

UpTo5 = Annotated[Objective, strongly_convex(mu=1, L=5)]
UpTo25 = Annotated[Objective, strongly_convex(mu=1, L=25)]
Point = Annotated[Vec, lambda f: starts(f)]
Steps = Annotated[int, naturals(0, drawn=6)]
State = tuple[Vec, Vec]


def distances_shrink(f: UpTo5, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$|x_N - x_*|^2 \le (\frac{L - \mu}{L + \mu})^{2N} |x_0 - x_*|^2$ for gradient descent with $h = \frac2{L + \mu}$, every $N$ and $\mu = 1$, $L = 5$."""
    at = f.minimum.at

    def potential(k: Scalar, y: Vec) -> Scalar:
        return Fraction(9, 4) ** k * sq(y - at)

    last = iterated(lambda k, y: gradient_step(f, Fraction(1, 3), y), x, N, potential)
    return le(Fraction(9, 4) ** N * sq(last - at), c * sq(x - at))


STEEP, FLAT = (Quadratic((), (e,), (Fraction(0),), vec(0), Fraction(0)) for e in (Fraction(5), ONE))

DISTANCES_SHRINK = Theorem(
    distances_shrink,
    source=SOURCE,
    label="linear-rate",
    status="true",
    as_cited=FROM_MEMORY,
    proof="docs/methods.md#linear-rates",
    mutants=(Mutant("0.99 in place of 1", {"c": Fraction(99, 100)}, killed_at={"f": STEEP, "x": vec(1), "N": 1}),),
)


def accelerated_linear_rate(f: UpTo25, x: Point, N: Steps, *, mu: Fraction = ONE) -> Claim:
    r"""$f(y_N) - f_* \le (1 - \sqrt{\frac\mu L})^N (f(x_0) - f_* + \frac\mu2 |x_0 - x_*|^2)$ for Nesterov's method with constant momentum, every $N$ and $\mu = 1$, $L = 25$, in the form of two
    sequences: $x = \frac{5 y + w}6$, $y^+ = x - \frac1L\nabla f(x)$, $w^+ = \frac45 w + \frac15 x - \frac15\nabla f(x)$.
    """
    low = f.minimum

    def step(k: Scalar, state: State) -> State:
        y, w = state
        ahead = (5 * y + w) / 6
        g = f.grad(ahead)
        return ahead - g / 25, Fraction(4, 5) * w + ahead / 5 - g / 5

    def potential(k: Scalar, state: State) -> Scalar:
        y, w = state
        return Fraction(5, 4) ** k * (f(y) - low.value + HALF * sq(w - low.at))

    y, _ = iterated(step, (x, x), N, potential)
    return le(Fraction(5, 4) ** N * (f(y) - low.value), f(x) - low.value + mu * HALF * sq(x - low.at))


ACCELERATED_LINEAR_RATE = Theorem(
    accelerated_linear_rate,
    source=SOURCE,
    label="accelerated-linear-rate",
    status="true",
    as_cited=FROM_MEMORY,
    proof="docs/methods.md#linear-rates",
    mutants=(
        Mutant(
            "without the distance",
            {"mu": Fraction(0)},
            killed_at={"f": FLAT, "x": vec(1), "N": 1},
        ),
    ),
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
