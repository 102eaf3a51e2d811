r"""Between $1/L$ and $2/L$: oscillation in $x_k$, and not in $f(x_k)$."""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Objective,
    PiecewiseQuadratic,
    gradient_step,
    smooth,
    square,
    starts,
    step_sizes,
    strongly_convex_on_the_line,
)
from refute import (
    Claim,
    Mutant,
    Theorem,
    Vec,
    both,
    le,
    lt,
    nonzero,
    points,
    positive,
    rationals,
    such_that,
    vec,
)

ONE, TWO = Fraction(1), Fraction(2)

OscillatingStep = Annotated[Fraction, lambda one, two: step_sizes(1, above=one, below=two)]
Real = Annotated[Fraction, rationals()]
Nonzero = Annotated[Fraction, nonzero()]


def oscillation_not_in_f(h: OscillatingStep, x: Nonzero, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""$f(x) = x^2/2$, $1/L < h < 2/L$: from every start $x_0 \ne 0$ the iterates change side at every step, and $f(x_k)$ decreases
    strictly.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    return both(x_oscillates=lt(x * x1[0], 0), f_does_not=lt(f(x1), f(x0)))


OSCILLATION_NOT_IN_F = Theorem(
    oscillation_not_in_f,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    status="true",
    proof="docs/classical.md#oscillation-not-in-f",
    mutants=(
        Mutant("from 0.99/L on", {"one": Fraction(99, 100)}, killed_at={"h": Fraction(199, 200), "x": ONE}),
        Mutant("up to 2.01/L", {"two": Fraction(201, 100)}, killed_at={"h": Fraction(401, 200), "x": ONE}),
        Mutant(
            "h = 2/L included",
            domains={"h": step_sizes(1, above=1, below=2, closed=True)},
            killed_at={"h": TWO, "x": ONE},
        ),
        Mutant("every start moves", domains={"x": rationals()}, killed_at={"h": Fraction(3, 2), "x": Fraction(0)}),
    ),
)


def oscillation_weakly(h: OscillatingStep, x: Real, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""$f(x) = x^2/2$, $1/L < h < 2/L$, from every start, $x_0 = 0$ included: $x_k$ and $x_{k+1}$ are never strictly on the
    same side, and $f(x_k)$ never rises.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    return both(x_oscillates=le(x * x1[0], 0), f_does_not=le(f(x1), f(x0)))


OSCILLATION_WEAKLY = Theorem(
    oscillation_weakly,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    reading="weak",
    status="true",
    proof="docs/classical.md#oscillation-not-in-f",
    mutants=(
        Mutant(
            "from 0.99/L on",
            {"one": Fraction(99, 100)},
            killed_at={"h": Fraction(199, 200), "x": ONE},
        ),
        Mutant(
            "up to 2.01/L",
            {"two": Fraction(201, 100)},
            killed_at={"h": Fraction(401, 200), "x": ONE},
        ),
    ),
)


def oscillates_from_any_start(h: OscillatingStep, x: Real, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""$f(x) = x^2/2$, $1/L < h < 2/L$: $x_k$ changes side strictly at every step, from every start, $x_0 = 0$ included."""
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    return both(x_oscillates=lt(x * x1[0], 0), f_does_not=le(f(x1), f(x0)))


OSCILLATES_FROM_ANY_START = Theorem(
    oscillates_from_any_start,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    reading="any-start",
    status="false",
    refuted_at={"h": Fraction(3, 2), "x": Fraction(0)},
)


StronglyConvex = Annotated[Objective, strongly_convex_on_the_line()]
StepBeyondOneOverL = Annotated[Fraction, lambda f: step_sizes(f.L, above=1, below=2)]
Start = Annotated[Vec, lambda f: points(f.dim)]


def oscillation_of_smooth_functions(f: StronglyConvex, h: StepBeyondOneOverL, x: Start) -> Claim:
    r"""The general reading: for every $L$-smooth $f$ of the line (strongly convex ones suffice to refute
    it, with the least $L$) and $1/L < h < 2/L$ the iterates lie alternately on the two sides of the minimizer.
    """
    p = f.minimum.at
    return le((x - p)[0] * (gradient_step(f, h, x) - p)[0], 0)


OSCILLATION_OF_SMOOTH_FUNCTIONS = Theorem(
    oscillation_of_smooth_functions,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    reading="general",
    status="false",
    refuted_at={
        "f": PiecewiseQuadratic((Fraction(0),), (ONE, Fraction(1, 2)), Fraction(0), Fraction(0)),
        "h": Fraction(3, 2),
        "x": vec(1),
    },
)

StepBeyondOneOverMu = Annotated[Fraction, lambda f: such_that(positive(), "h mu >= 1", lambda h: le(1, h * f.mu))]
StepToTwoOverL = Annotated[Fraction, lambda f, two: step_sizes(f.L, below=two, closed=True)]
Smooth = Annotated[Objective, smooth()]
Anywhere = Annotated[Vec, lambda f: starts(f)]


def oscillation_beyond_one_over_mu(f: StronglyConvex, h: StepBeyondOneOverMu, x: Start) -> Claim:
    r"""What is true in general: on the line, for $\mu$-strongly convex $f$ and $h \ge 1/\mu$ the iterates
    lie alternately on the two sides of the minimizer.
    """
    p = f.minimum.at
    return le((x - p)[0] * (gradient_step(f, h, x) - p)[0], 0)


OSCILLATION_BEYOND_ONE_OVER_MU = Theorem(
    oscillation_beyond_one_over_mu,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    reading="amended-general",
    amends="tao-wang-2022/oscillation-not-in-f:general",
    status="true",
    proof="docs/classical.md#oscillation-beyond-one-over-mu",
    mutants=(
        Mutant(
            "1/L in place of 1/mu",
            domains={"h": lambda f: step_sizes(f.L, above=1, below=2)},
            killed_at={
                "f": PiecewiseQuadratic((Fraction(0),), (ONE, Fraction(1, 2)), Fraction(0), Fraction(0)),
                "h": Fraction(3, 2),
                "x": vec(1),
            },
        ),
    ),
)


def f_never_rises(f: Smooth, h: StepToTwoOverL, x: Anywhere, *, two: Fraction = TWO) -> Claim:
    r"""The half of the general reading about $f$: for every $L$-smooth $f$, in any dimension, and
    $0 < h \le 2/L$ the values $f(x_k)$ never rise.
    """
    return le(f(gradient_step(f, h, x)), f(x))


F_NEVER_RISES = Theorem(
    f_never_rises,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    reading="f-never-rises",
    status="true",
    proof="docs/classical.md#descent-step",
    attained=({"f": square(1), "h": TWO, "x": vec(1)},),
    mutants=(
        Mutant(
            "steps up to 2.01/L",
            {"two": Fraction(201, 100)},
            killed_at={"f": square(1), "h": Fraction(401, 200), "x": vec(1)},
        ),
    ),
)
