r"""The descent lemma, one step of gradient descent, and the sum of squared gradients.

$x_{k+1} = x_k - h \nabla f(x_k)$, $f$ $L$-smooth; $L$ is any Lipschitz constant of $\nabla f$.
"""

from fractions import Fraction
from math import isqrt
from typing import Annotated

from objectives import (
    Objective,
    PiecewiseQuadratic,
    convex,
    gradient_step,
    orbit,
    smooth,
    smooth_with_minimum,
    square,
    starts,
    step_sizes,
)
from refute import (
    Claim,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    both,
    dot,
    eq,
    le,
    lt,
    naturals,
    rationals,
    sq,
    such_that,
    total,
    vec,
)

HALF = Fraction(1, 2)
ONE = Fraction(1)

Smooth = Annotated[Objective, smooth()]
WithMinimum = Annotated[Objective, smooth_with_minimum()]
Point = Annotated[Vec, lambda f: starts(f)]
Other = Annotated[Vec, lambda f, x: starts(f, near=x)]
Convex = Annotated[Objective, convex()]
AnyStep = Annotated[Fraction, rationals()]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=2)]
NotAffine = Annotated[Objective, such_that(smooth(), "not affine", lambda f: lt(0, f.L))]


def root_below(q: Scalar) -> Fraction:
    """A rational below the square root of q, by less than 10^-12: steps are drawn close to it (membership, which asks
    with lifted numbers, needs only what `such_that` says)."""
    return Fraction(isqrt(int(q * 10**24)), 10**12) if isinstance(q, Fraction) else Fraction(0)


LargeStep = Annotated[
    Fraction,
    lambda f, square_of_hL: such_that(
        step_sizes(f.L, above=root_below(square_of_hL), below=2),
        "(h L)^2 >= 2",
        lambda h: le(square_of_hL, (h * f.L) ** 2),
    ),
]
Steps = Annotated[int, naturals(1, drawn=4)]


def descent_lemma(f: Smooth, x: Point, y: Other, *, half: Fraction = HALF) -> Claim:
    r"""$f(y) \le f(x) + \langle \nabla f(x), y - x\rangle + \tfrac L2 |y - x|^2$."""
    quadratic_term = half * f.L * sq(y - x)
    return le(f(y), f(x) + dot(f.grad(x), y - x) + quadratic_term, unit=quadratic_term)


PARABOLA = {"f": square(1), "x": vec(0), "y": vec(1)}

DESCENT_LEMMA = Theorem(
    descent_lemma,
    source="tao-wang-2022",
    label="descent-lemma",
    status="true",
    proof="docs/classical.md#descent-lemma",
    attained=(PARABOLA,),
    mutants=(Mutant("0.49 in place of 1/2", {"half": Fraction(49, 100)}, killed_at=PARABOLA),),
)


def descent_step(f: Smooth, h: AnyStep, x: Point, *, half: Fraction = HALF) -> Claim:
    r"""$f(x_{k+1}) \le f(x_k) - h (1 - \tfrac{L h}2) |\nabla f(x_k)|^2$, for every real $h$."""
    g = sq(f.grad(x))
    unit = half * f.L * h**2 * g
    return le(f(gradient_step(f, h, x)), f(x) - h * (1 - half * f.L * h) * g, unit=unit)


ONE_STEP = {"f": square(1), "h": ONE, "x": vec(1)}

DESCENT_STEP = Theorem(
    descent_step,
    source="tao-wang-2022",
    label="descent-step",
    status="true",
    proof="docs/classical.md#descent-step",
    attained=(ONE_STEP,),
    mutants=(Mutant("0.49 in place of 1/2", {"half": Fraction(49, 100)}, killed_at=ONE_STEP),),
)


def descent_step_model(f: Smooth, h: AnyStep, x: Point) -> Claim:
    r"""The equation in the same line of the proof: with $y = x_{k+1}$
    $\langle \nabla f(x), y - x\rangle + \tfrac L2 |y - x|^2 = -h (1 - \tfrac L2 h) |\nabla f(x)|^2$.
    """
    step = gradient_step(f, h, x) - x
    g = f.grad(x)
    return eq(dot(g, step) + f.L / 2 * sq(step), -h * (1 - f.L / 2 * h) * sq(g))


DESCENT_STEP_MODEL = Theorem(
    descent_step_model,
    source="tao-wang-2022",
    label="descent-step",
    reading="equation",
    status="true",
    proof="docs/classical.md#descent-step",
)


def summed_gradients(f: WithMinimum, h: Step, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$\sum_{k=1}^N |\nabla f(x_k)|^2 \le \frac{f(x_0) - f(x_N)}{h (1 - L h/2)}
    \le \frac{f(x_0) - \min f}{h (1 - L h/2)}$, the chain as the source sums it.
    """
    xs = list(orbit(f, h, x, N))
    squares = total(sq(f.grad(y)) for y in xs[1:])
    denominator = h * (1 - f.L * h / 2)
    middle, last = (f(x) - f(xs[N])) / denominator, (f(x) - f.minimum.value) / denominator
    return both(first_inequality=le(squares, c * middle, unit=squares), second_inequality=le(c * middle, c * last))


# Near a maximum the gradient grows from x_0 to x_1, and the sum misses the small one.
HILL = PiecewiseQuadratic((Fraction(-3), Fraction(3)), (ONE, -ONE, ONE), Fraction(3), Fraction(0))
HILLTOP = {"f": HILL, "h": ONE, "x": vec(1), "N": 1}

SUMMED_GRADIENTS = Theorem(
    summed_gradients,
    source="tao-wang-2022",
    label="summed-gradients",
    status="false",
    refuted_at=HILLTOP,
)


def summed_gradients_from_zero(f: WithMinimum, h: Step, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$\sum_{k=0}^{N-1} |\nabla f(x_k)|^2 \le \frac{f(x_0) - f(x_N)}{h (1 - L h/2)}
    \le \frac{f(x_0) - \min f}{h (1 - L h/2)}$: the sum that the descent step gives.
    """
    xs = list(orbit(f, h, x, N))
    squares = total(sq(f.grad(y)) for y in xs[:N])
    denominator = h * (1 - f.L * h / 2)
    middle, last = (f(x) - f(xs[N])) / denominator, (f(x) - f.minimum.value) / denominator
    return both(first_inequality=le(squares, c * middle, unit=squares), second_inequality=le(c * middle, c * last))


N_STEPS = {"f": square(1), "h": ONE, "x": vec(1), "N": 1}
TOO_LONG = {"f": square(1), "h": Fraction(3), "x": vec(1), "N": 1}

SUMMED_GRADIENTS_FROM_ZERO = Theorem(
    summed_gradients_from_zero,
    source="tao-wang-2022",
    label="summed-gradients",
    reading="amended",
    amends="tao-wang-2022/summed-gradients",
    status="true",
    proof="docs/classical.md#summed-gradients",
    attained=(N_STEPS,),
    mutants=(
        Mutant("a factor 0.99", {"c": Fraction(99, 100)}, killed_at=N_STEPS),
        Mutant(
            "steps up to 4/L",
            domains={"h": lambda f: step_sizes(f.L, below=4)},
            killed_at=TOO_LONG,
        ),
    ),
)


def summed_gradients_ends(f: WithMinimum, h: Step, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""The ends of the chain are right, with one more term: $\sum_{k=0}^N |\nabla f(x_k)|^2 \le
    \frac{f(x_0) - \min f}{h (1 - L h/2)}$.
    """
    squares = total(sq(f.grad(y)) for y in orbit(f, h, x, N))
    return le(squares, c * (f(x) - f.minimum.value) / (h * (1 - f.L * h / 2)), unit=squares)


SUMMED_GRADIENTS_ENDS = Theorem(
    summed_gradients_ends,
    source="tao-wang-2022",
    label="summed-gradients",
    reading="amended-ends",
    amends="tao-wang-2022/summed-gradients",
    status="true",
    proof="docs/classical.md#summed-gradients",
    attained=(N_STEPS,),
    mutants=(Mutant("a factor 0.99", {"c": Fraction(99, 100)}, killed_at=N_STEPS),),
)


def summed_gradients_convex(f: Convex, h: Step, x: Point, N: Steps, *, c: Fraction = ONE) -> Claim:
    r"""For convex $f$ the first inequality holds as printed: $\sum_{k=1}^N |\nabla f(x_k)|^2 \le
    \frac{f(x_0) - f(x_N)}{h (1 - L h/2)}$.
    """
    xs = list(orbit(f, h, x, N))
    squares = total(sq(f.grad(y)) for y in xs[1:])
    # The difference of the two sides is of the size of the whole drop, also where the sum is 0.
    whole = c * (f(x) - f(xs[N])) / (h * (1 - f.L * h / 2))
    return le(squares, whole, unit=whole)


# h close to 2/L: the gradient keeps its size, and both sides agree but for (1 - h)^2.
NEARLY = {"f": square(1), "h": Fraction(1999, 1000), "x": vec(1), "N": 1}

SUMMED_GRADIENTS_CONVEX = Theorem(
    summed_gradients_convex,
    source="tao-wang-2022",
    label="summed-gradients",
    reading="amended-convex",
    amends="tao-wang-2022/summed-gradients",
    status="true",
    proof="docs/classical.md#summed-gradients-convex",
    mutants=(
        Mutant("a factor 0.99", {"c": Fraction(99, 100)}, killed_at=NEARLY),
        Mutant("f need not be convex", domains={"f": smooth()}, killed_at=HILLTOP),
    ),
)


def summed_gradients_large_steps(
    f: NotAffine, h: LargeStep, x: Point, N: Steps, *, c: Fraction = ONE, square_of_hL: Fraction = Fraction(2)
) -> Claim:
    r"""For $\sqrt 2 \le h L < 2$ the first inequality holds as printed, convex or not; for every smaller
    $h$ it fails.
    """
    xs = list(orbit(f, h, x, N))
    squares = total(sq(f.grad(y)) for y in xs[1:])
    whole = c * (f(x) - f(xs[N])) / (h * (1 - f.L * h / 2))
    return le(squares, whole, unit=squares)


SUMMED_GRADIENTS_LARGE_STEPS = Theorem(
    summed_gradients_large_steps,
    source="tao-wang-2022",
    label="summed-gradients",
    reading="amended-large-steps",
    amends="tao-wang-2022/summed-gradients",
    status="true",
    proof="docs/classical.md#summed-gradients-large-steps",
    mutants=(
        Mutant("a factor 0.99", {"c": Fraction(99, 100)}, killed_at=NEARLY),
        Mutant(
            "from h L = 1.4 on",
            {"square_of_hL": Fraction(196, 100)},
            killed_at={"f": HILL, "h": Fraction(7, 5), "x": vec(1), "N": 1},
        ),
    ),
)
