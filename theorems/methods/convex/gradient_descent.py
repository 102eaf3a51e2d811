r"""The rates of gradient descent on convex functions, each for all functions of the class, all starts and all dimensions.

$x_{k+1} = x_k - h \nabla f(x_k)$, $f$ convex and $L$-smooth with a minimizer $x_*$, $f_* = f(x_*)$. Every true statement here is proved by duality;
`refute prove` prints the proof.
"""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Objective,
    PiecewiseQuadratic,
    Quadratic,
    convex,
    gradient_step,
    orbit,
    square,
    starts,
    step_sizes,
    strongly_convex,
)
from refute import Claim, Mutant, Scalar, Theorem, Vec, between, dot, integers, iterated, le, naturals, sq, vec

ONE, HALF = Fraction(1), Fraction(1, 2)

Convex = Annotated[Objective, convex()]
WithMinimizer = Annotated[Objective, convex(minimizer="known")]
StronglyConvex = Annotated[Objective, strongly_convex()]
Point = Annotated[Vec, lambda f: starts(f)]
Other = Annotated[Vec, lambda f: starts(f)]
SmallStep = Annotated[Fraction, lambda f: between(0, 1 / f.L)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=2)]
Few = Annotated[int, integers(1, 3)]
Count = Annotated[int, naturals(0, drawn=20)]
Steps = Annotated[int, naturals(1, drawn=6)]


def cocoercivity(f: Convex, x: Point, y: Other, *, c: Fraction = ONE) -> Claim:
    r"""$|\nabla f(x) - \nabla f(y)|^2 \le L \langle \nabla f(x) - \nabla f(y), x - y\rangle$ for convex $f$."""
    g = f.grad(x) - f.grad(y)
    return le(sq(g), c * f.L * dot(g, x - y))


PARABOLA = {"f": square(1), "x": vec(1), "y": vec(0)}

COCOERCIVITY = Theorem(
    cocoercivity,
    source="baillon-haddad-1977",
    label="cocoercivity",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#cocoercivity",
    attained=(PARABOLA,),
    mutants=(Mutant("0.9999 in place of 1", {"c": Fraction(9999, 10000)}, killed_at=PARABOLA),),
)


def rate(f: WithMinimizer, x: Point, h: SmallStep, N: Few, *, c: Fraction = ONE) -> Claim:
    r"""$f(x_N) - f_* \le \frac{L |x_0 - x_*|^2}{2 (1 + 2 N h L)}$ for $0 \le h \le 1/L$ and $N \le 3$."""
    *_, last = orbit(f, h, x, N)
    return le(f(last) - f.minimum.value, c * f.L * sq(x - f.minimum.at) / (2 * (1 + 2 * N * h * f.L)))


def huber(tau: Fraction) -> PiecewiseQuadratic:
    """x^2/2 up to |x| = tau, and straight beyond."""
    return PiecewiseQuadratic((-tau, tau), (Fraction(0), ONE, Fraction(0)), -tau, tau**2 / 2)


# On the slope of the Huber function the gradient stays the same, up to where the last step arrives.
SLOPE = {"f": huber(Fraction(1, 3)), "x": vec(1), "h": ONE, "N": 1}

RATE = Theorem(
    rate,
    source="drori-teboulle-2014",
    label="rate",
    reading="three-steps",
    status="true",
    proof="docs/methods.md#rate",
    attained=(SLOPE,),
    mutants=(Mutant("0.9999 in place of 1", {"c": Fraction(9999, 10000)}, killed_at=SLOPE),),
)


LongStep = Annotated[Fraction, lambda f, longest: between(0, longest / f.L)]


def long_step(
    f: WithMinimizer, x: Point, h: LongStep, *, longest: Fraction = Fraction(3, 2), c: Fraction = ONE
) -> Claim:
    r"""One step has the same rate also beyond $1/L$: $f(x_1) - f_* \le \frac{L |x_0 - x_*|^2}{2 (1 + 2 h L)}$ for $0 \le h \le \frac3{2L}$, where it is best: $\frac L8 |x_0 - x_*|^2$."""
    x1 = gradient_step(f, h, x)
    return le(f(x1) - f.minimum.value, c * f.L * sq(x - f.minimum.at) / (2 * (1 + 2 * h * f.L)))


# With h = 3/2 the Huber function and the parabola are as bad; with a longer step the parabola is worse.
LONGEST = {"f": huber(Fraction(1, 4)), "x": vec(1), "h": Fraction(3, 2)}
TOO_LONG = {"f": square(1), "x": vec(1), "h": Fraction(151, 100)}

LONG_STEP = Theorem(
    long_step,
    source="drori-teboulle-2014",
    label="rate",
    reading="long-step",
    status="true",
    proof="docs/methods.md#rate",
    attained=(LONGEST, {"f": square(1), "x": vec(1), "h": Fraction(3, 2)}),
    mutants=(
        Mutant("0.9999 in place of 1", {"c": Fraction(9999, 10000)}, killed_at=LONGEST),
        Mutant("steps up to 1.51/L", {"longest": Fraction(151, 100)}, killed_at=TOO_LONG),
    ),
)


def distance(f: WithMinimizer, x: Point, h: Step, *, c: Fraction = ONE) -> Claim:
    r"""$|x_1 - x_*| \le |x_0 - x_*|$ for $0 < h < 2/L$."""
    x1 = gradient_step(f, h, x)
    return le(sq(x1 - f.minimum.at), c * sq(x - f.minimum.at))


NEARLY = {"f": square(1), "x": vec(1), "h": Fraction(1999999, 1000000)}

DISTANCE = Theorem(
    distance,
    source="taylor-2017",
    label="distance",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#distance",
    mutants=(
        Mutant("0.9999 in place of 1", {"c": Fraction(9999, 10000)}, killed_at=NEARLY),
        Mutant(
            "steps up to 2.1/L",
            domains={"h": lambda f: step_sizes(f.L, below=Fraction(21, 10))},
            killed_at={"f": square(1), "x": vec(1), "h": Fraction(41, 20)},
        ),
    ),
)


def gradients_shrink(f: Convex, x: Point, h: Step) -> Claim:
    r"""$|\nabla f(x_1)| \le |\nabla f(x_0)|$ for convex $f$ and $0 < h < 2/L$."""
    return le(sq(f.grad(gradient_step(f, h, x))), sq(f.grad(x)))


GRADIENTS_SHRINK = Theorem(
    gradients_shrink,
    source="taylor-2017",
    label="gradients-shrink",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#gradients-shrink",
    mutants=(
        Mutant(
            "steps up to 2.1/L",
            domains={"h": lambda f: step_sizes(f.L, below=Fraction(21, 10))},
            killed_at={"f": square(1), "x": vec(1), "h": Fraction(41, 20)},
        ),
    ),
)


def contraction(f: StronglyConvex, x: Point, y: Other, *, c: Fraction = ONE) -> Claim:
    r"""With $h = 1/L$ on $\mu$-strongly convex $f$ two orbits approach each other: $|x_1 - y_1| \le (1 - \mu/L) |x_0 - y_0|$."""
    gap = gradient_step(f, 1 / f.L, x) - gradient_step(f, 1 / f.L, y)
    return le(sq(gap), c * (1 - f.mu / f.L) ** 2 * sq(x - y))


FLAT_DIRECTION = {
    "f": Quadratic((Fraction(0),), (ONE, Fraction(1, 10)), (Fraction(0), Fraction(0)), vec(0, 0), Fraction(0)),
    "x": vec(0, 1),
    "y": vec(0, 0),
}

CONTRACTION = Theorem(
    contraction,
    source="taylor-2017",
    label="contraction",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#contraction",
    attained=(FLAT_DIRECTION,),
    mutants=(Mutant("0.9999 in place of 1", {"c": Fraction(9999, 10000)}, killed_at=FLAT_DIRECTION),),
)


def potential(f: WithMinimizer, x: Point, k: Count, *, gain: Fraction = ONE) -> Claim:
    r"""With $h = 1/L$ the potential $k (f(x_k) - f_*) + \frac L2 |x_k - x_*|^2$ does not grow from $k$ to $k + 1$, for every $k \ge 0$."""
    x1, low = gradient_step(f, 1 / f.L, x), f.minimum
    before = k * (f(x) - low.value) + HALF * f.L * sq(x - low.at)
    after = (k + gain) * (f(x1) - low.value) + HALF * f.L * sq(x1 - low.at)
    return le(after, before)


POTENTIAL = Theorem(
    potential,
    source="bansal-gupta-2019",
    label="potential",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#potential",
    mutants=(
        Mutant(
            "a gain of 1.1 in place of 1",
            {"gain": Fraction(11, 10)},
            killed_at={"f": huber(Fraction(1, 20)), "x": vec(1), "k": 0},
        ),
    ),
)


def rate_for_every_number_of_steps(f: WithMinimizer, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""With $h = 1/L$: $f(x_N) - f_* \le \frac{L |x_0 - x_*|^2}{2 N}$ for every $N \ge 1$."""
    low = f.minimum

    def potential_at(k: Scalar, y: Vec) -> Scalar:
        return k * (f(y) - low.value) + HALF * f.L * sq(y - low.at)

    last = iterated(lambda k, y: gradient_step(f, 1 / f.L, y), x, N, potential_at)
    return le(N * (f(last) - low.value), c * HALF * f.L * sq(x - low.at))


RATE_FOR_EVERY_NUMBER_OF_STEPS = Theorem(
    rate_for_every_number_of_steps,
    source="bansal-gupta-2019",
    label="rate-for-every-n",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#rate-for-every-n",
    mutants=(
        Mutant(
            "0.4 in place of 1",
            {"c": Fraction(2, 5)},
            killed_at={"f": huber(Fraction(1, 7)), "x": vec(1), "N": 3},
        ),
    ),
)


def second_potential_of(f: Objective, k: Scalar, x: Vec) -> Scalar:
    r"""$(2 k + 1) L (f(x) - f_*) + k (k + 2) |\nabla f(x)|^2 + L^2 |x - x_*|^2$."""
    low = f.minimum
    value: Scalar = (2 * k + 1) * f.L * (f(x) - low.value)
    return value + k * (k + 2) * sq(f.grad(x)) + f.L**2 * sq(x - low.at)


def second_potential(f: WithMinimizer, x: Point, k: Count, *, gain: Fraction = ONE) -> Claim:
    r"""With $h = 1/L$ the potential $(2 k + 1) L (f(x_k) - f_*) + k (k + 2) |\nabla f(x_k)|^2 + L^2 |x_k - x_*|^2$ does not grow from $k$ to $k + 1$, for every $k \ge 0$: so $|\nabla f(x_N)|$ falls like $\frac1N$."""
    y = gradient_step(f, 1 / f.L, x)
    return le(second_potential_of(f, k + gain, y), second_potential_of(f, k, x))


SLOPE = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(0), Fraction(1)), Fraction(-1), Fraction(0)),
    "x": vec(-1),
    "k": 0,
}

SECOND_POTENTIAL = Theorem(
    second_potential,
    source="taylor-bach-2019",
    label="second-potential",
    status="true",
    as_cited="from memory",
    proof="docs/methods.md#potential",
    mutants=(Mutant("a gain of 1.1 in place of 1", {"gain": Fraction(11, 10)}, killed_at=SLOPE),),
)
