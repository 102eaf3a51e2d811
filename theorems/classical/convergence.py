r"""Gradient descent with $0 < h < 2/L$ on an $L$-smooth function that has a minimum.

The gradients vanish; that the iterates converge does not follow. A step size is a positive number;
the readings `any-sign` take the printed "$h < 2/L$" without that.
"""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Objective,
    Quadratic,
    Ridge,
    RidgeSum,
    coercive_on_the_line,
    gradients_vanish,
    reaches_stationary_point,
    settling_steps,
    square,
    tame,
)
from refute import Claim, Domain, Mutant, Theorem, Vec, known, points, such_that, vec

TWO = Fraction(2)

WithMinimum = Annotated[Objective, tame("L-smooth functions with a minimum")]
Convex = Annotated[Objective, tame("L-smooth convex functions with a minimum", convex=True)]
Coercive = Annotated[Objective, coercive_on_the_line()]
# Drawn with 1/32 <= h L <= 2 - 1/128 and starts within 8 of 0 (2 in d > 1) in each coordinate: a
# budget of 1024 steps then decides nearly every orbit.
Step = Annotated[Fraction, lambda f, two: settling_steps(f, below=two)]
Start = Annotated[Vec, lambda f: points(f.dim, within=8 if f.dim == 1 else 2)]


def gradients_tend_to_zero(f: WithMinimum, h: Step, x0: Start, *, two: Fraction = TWO) -> Claim:
    r"""If $f$ is $L$-smooth, $\min f$ exists and $h < 2/L$ then $|\nabla f(x_k)| \to 0$."""
    return gradients_vanish(f, h, x0)


def any_sign(f: Objective) -> Domain:
    """The steps with h L < 2, of any sign."""
    return settling_steps(f, any_sign=True)


def closed(f: Objective) -> Domain:
    """The steps with 0 < h L <= 2."""
    return settling_steps(f, closed=True)


BEYOND = {"f": square(1), "h": Fraction(201, 100), "x0": vec(1)}
NO_STEP = {"f": square(1), "h": Fraction(0), "x0": vec(1)}
PERIOD_TWO = {"f": square(1), "h": TWO, "x0": vec(1)}
ENDPOINTS = (
    Mutant("steps up to 2.02/L", {"two": Fraction(202, 100)}, killed_at=BEYOND),
    Mutant("h = 2/L included", domains={"h": closed}, killed_at=PERIOD_TWO),
    Mutant("h of any sign", domains={"h": any_sign}, killed_at=NO_STEP),
)
LINE = Quadratic((), (Fraction(0),), (Fraction(1),), vec(0), Fraction(0))

GRADIENTS_VANISH = Theorem(
    gradients_tend_to_zero,
    source="tao-wang-2022",
    label="gradients-vanish",
    status="true",
    proof="docs/classical.md#gradients-vanish",
    undecided=Fraction(1, 100),
    mutants=(
        *ENDPOINTS,
        Mutant(
            "f need not have a minimum",
            domains={"f": tame("L-smooth functions", minimum=False)},
            killed_at={"f": LINE, "h": Fraction(1), "x0": vec(0)},
        ),
    ),
)


AnySign = Annotated[Fraction, any_sign]


def gradients_tend_to_zero_for_any_sign(f: WithMinimum, h: AnySign, x0: Start) -> Claim:
    r"""The reading in which $h < 2/L$ is all that is asked of $h$."""
    return gradients_vanish(f, h, x0)


GRADIENTS_VANISH_FOR_ANY_SIGN = Theorem(
    gradients_tend_to_zero_for_any_sign,
    source="tao-wang-2022",
    label="gradients-vanish",
    reading="any-sign",
    status="false",
    refuted_at=NO_STEP,
    undecided=Fraction(1, 100),
)

BoundedBelow = Annotated[
    Objective,
    such_that(
        tame("L-smooth functions", minimum=False),
        "bounded below",
        lambda f: known(f.bounded_below, "a lower bound"),
    ),
]


def gradients_tend_to_zero_when_bounded_below(f: BoundedBelow, h: Step, x0: Start, *, two: Fraction = TWO) -> Claim:
    r"""No minimum is needed: if $f$ is $L$-smooth and bounded below and $0 < h < 2/L$ then
    $|\nabla f(x_k)| \to 0$.
    """
    return gradients_vanish(f, h, x0)


GRADIENTS_VANISH_WHEN_BOUNDED_BELOW = Theorem(
    gradients_tend_to_zero_when_bounded_below,
    source="tao-wang-2022",
    label="gradients-vanish",
    reading="bounded-below",
    status="true",
    proof="docs/classical.md#gradients-vanish",
    undecided=Fraction(1, 100),
    mutants=(
        *ENDPOINTS,
        Mutant(
            "f need not be bounded below",
            domains={"f": tame("L-smooth functions", minimum=False)},
            killed_at={"f": LINE, "h": Fraction(1), "x0": vec(0)},
        ),
    ),
)


def iterates_converge(f: WithMinimum, h: Step, x0: Start, *, two: Fraction = TWO) -> Claim:
    r"""If $f$ is $L$-smooth, $\min f$ exists and $h < 2/L$ then $x_k$ converges to a stationary point."""
    return reaches_stationary_point(f, h, x0)


# f(x) = 1/(1 + x^2) - 2/(1 + 9 x^2) has its minimum at 0 and decreases to 0 on the way to infinity.
TAIL = RidgeSum(
    (
        Ridge(Fraction(1), "rational", vec(1), Fraction(0)),
        Ridge(Fraction(-2), "rational", vec(3), Fraction(0)),
    )
)

REACHES_STATIONARY_POINT = Theorem(
    iterates_converge,
    source="tao-wang-2022",
    label="reaches-stationary-point",
    status="false",
    refuted_at={"f": TAIL, "h": Fraction(1, 37), "x0": vec(1)},
    undecided=Fraction(1, 100),
)


SOFTPLUS = RidgeSum((Ridge(Fraction(1), "softplus", vec(1), Fraction(0)),))
CONVEX_BOUNDED_BELOW = such_that(
    tame("L-smooth convex functions", convex=True, minimum=False),
    "bounded below",
    lambda f: known(f.bounded_below, "a lower bound"),
)


def reaches_minimizer(f: Convex, h: Step, x0: Start, *, two: Fraction = TWO) -> Claim:
    r"""If $f$ is convex and $L$-smooth with a minimum and $0 < h < 2/L$ then $x_k$ converges to a
    minimizer (in any dimension, wherever the minimizers are not unique, too).
    """
    return reaches_stationary_point(f, h, x0)


REACHES_MINIMIZER = Theorem(
    reaches_minimizer,
    source="tao-wang-2022",
    label="reaches-stationary-point",
    reading="amended",
    amends="tao-wang-2022/reaches-stationary-point",
    status="true",
    proof="docs/classical.md#reaches-minimizer",
    undecided=Fraction(1, 100),
    mutants=(
        *ENDPOINTS,
        Mutant(
            "f need not be convex",
            domains={"f": tame("L-smooth functions with a minimum")},
            killed_at={"f": TAIL, "h": Fraction(1, 37), "x0": vec(1)},
        ),
        Mutant(
            "f need only be bounded below",
            domains={"f": CONVEX_BOUNDED_BELOW},
            killed_at={"f": SOFTPLUS, "h": Fraction(1), "x0": vec(0)},
        ),
    ),
)


def converges_on_the_line(f: Coercive, h: Step, x0: Start, *, two: Fraction = TWO) -> Claim:
    r"""If $f: \mathbb R \to \mathbb R$ is $L$-smooth, $f(x) \to \infty$ as $|x| \to \infty$ and
    $0 < h < 2/L$ then $x_k$ converges to a stationary point, convex or not.
    """
    return reaches_stationary_point(f, h, x0)


REACHES_STATIONARY_POINT_ON_THE_LINE = Theorem(
    converges_on_the_line,
    source="tao-wang-2022",
    label="reaches-stationary-point",
    reading="amended-line",
    amends="tao-wang-2022/reaches-stationary-point",
    status="true",
    proof="docs/classical.md#reaches-stationary-point-on-the-line",
    undecided=Fraction(1, 100),
    mutants=(
        *ENDPOINTS,
        Mutant(
            "f need only have a minimum",
            domains={"f": tame("L-smooth functions with a minimum", dim=1)},
            killed_at={"f": TAIL, "h": Fraction(1, 37), "x0": vec(1)},
        ),
    ),
)
