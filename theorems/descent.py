r"""The descent lemma, one step of gradient descent, and the sum of squared gradients.

$x_{k+1} = x_k - h \nabla f(x_k)$, $f$ $L$-smooth; $L$ is any Lipschitz constant of $\nabla f$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Objective,
    PiecewiseQuadratic,
    gradient_step,
    orbit,
    smooth,
    smooth_with_minimum,
    square,
    step_sizes,
)
from refute import (
    Claim,
    Mutant,
    Theorem,
    Vec,
    both,
    dot,
    integers,
    le,
    points,
    positive,
    sq,
    total,
    vec,
)

HALF = Fraction(1, 2)
ONE = Fraction(1)

Smooth = Annotated[Objective, smooth()]
WithMinimum = Annotated[Objective, smooth_with_minimum()]
Point = Annotated[Vec, lambda f: points(f.dim)]
Other = Annotated[Vec, lambda f, x: points(f.dim, near=x)]
AnyStep = Annotated[Fraction, positive()]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=2)]
Steps = Annotated[int, integers(1, 6)]


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
    r"""$f(x_{k+1}) \le f(x_k) - h (1 - \tfrac{L h}2) |\nabla f(x_k)|^2$, for every $h > 0$."""
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


def summed_gradients(f: WithMinimum, h: Step, x: Point, N: Steps, *, first: int = 1, c: Fraction = ONE) -> Claim:
    r"""$\sum_{k=1}^N |\nabla f(x_k)|^2 \le \frac{f(x_0) - f(x_N)}{h (1 - L h/2)}
    \le \frac{f(x_0) - \min f}{h (1 - L h/2)}$, the chain as the source sums it.
    """
    xs = list(orbit(f, h, x, N))
    squares = total(sq(f.grad(y)) for y in xs[first : first + N])
    denominator = h * (1 - f.L * h / 2)
    middle = c * (f(x) - f(xs[N])) / denominator
    last = c * (f(x) - f.minimum.value) / denominator
    return both(first_inequality=le(squares, middle, unit=squares), second_inequality=le(middle, last))


# Near a maximum the gradient grows from x_0 to x_1, and the sum misses the small one.
HILLTOP = {
    "f": PiecewiseQuadratic((Fraction(1), Fraction(4)), (-ONE, Fraction(0), ONE), -ONE, Fraction(0)),
    "h": ONE,
    "x": vec(0),
    "N": 1,
}
HILLTOP = {
    "f": PiecewiseQuadratic((Fraction(-2), Fraction(2)), (ONE, -ONE, ONE), Fraction(2), Fraction(0)),
    "h": ONE,
    "x": vec(Fraction(1, 2)),
    "N": 1,
}

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
    return summed_gradients(f, h, x, N, first=0, c=c)


N_STEPS = {"f": square(1), "h": ONE, "x": vec(1), "N": 1}

SUMMED_GRADIENTS_FROM_ZERO = Theorem(
    summed_gradients_from_zero,
    source="tao-wang-2022",
    label="summed-gradients",
    reading="amended",
    amends="tao-wang-2022/summed-gradients",
    status="true",
    proof="docs/classical.md#summed-gradients",
    attained=(N_STEPS,),
    mutants=(Mutant("a factor 0.99", {"c": Fraction(99, 100)}, killed_at=N_STEPS),),
)
