r"""Quadratic objectives: the regimes of $f(x) = x^2/2$, and blow-up beyond $2/L$."""

from fractions import Fraction
from typing import Annotated, Any

from objectives import (
    GD,
    Objective,
    PiecewiseQuadratic,
    Quadratic,
    gradient_step,
    quadratics,
    square,
    step_sizes,
    steps_beyond,
    tame,
)
from refute import (
    Claim,
    Given,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    at_least,
    both,
    dot,
    known,
    le,
    lt,
    ne,
    nonzero,
    points,
    positive,
    rationals,
    such_that,
    total,
    unbounded,
    vec,
)

ONE, TWO = Fraction(1), Fraction(2)

AnyStep = Annotated[Fraction, positive()]
OscillatingStep = Annotated[Fraction, lambda one, two: step_sizes(1, above=one, below=two)]
Real = Annotated[Fraction, rationals()]
Nonzero = Annotated[Fraction, nonzero()]


def parabola_regimes(h: AnyStep, x: Real, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""$f(x) = x^2/2$, $L = 1$: with $h < 1$ the iterates do not change side; with $1 < h < 2$ they
    change side at every step while $f$ decreases; with $h > 2$ they blow up.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    if h < one:
        return le(0, x * x1[0])
    if one < h < two:
        return both(changes_side=le(x * x1[0], 0), f_decreases=le(f(x1), f(x0)))
    if h > two:
        return unbounded(GD(f, h), x0)
    return known(True, "the source does not speak of h = 1/L and h = 2/L")


PARABOLA_REGIMES = Theorem(
    parabola_regimes,
    source="tao-wang-2022",
    label="parabola-regimes",
    status="false",
    refuted_at={"h": Fraction(3), "x": Fraction(0)},
)


def parabola_regimes_in_motion(h: AnyStep, x: Nonzero, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""The three regimes from every start $x_0 \ne 0$, strictly: with $h < 1$ each iterate lies
    strictly on the side of the last and nearer to 0, and with $1 < h < 2$ strictly on the other side.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    if h < one:
        return both(same_side=lt(0, x * x1[0]), nearer=lt(f(x1), f(x0)))
    if one < h < two:
        return both(changes_side=lt(x * x1[0], 0), f_decreases=lt(f(x1), f(x0)))
    if h > two:
        return unbounded(GD(f, h), x0)
    return known(True, "h = 1/L reaches 0 in one step, h = 2/L has period 2")


PARABOLA_REGIMES_IN_MOTION = Theorem(
    parabola_regimes_in_motion,
    source="tao-wang-2022",
    label="parabola-regimes",
    reading="amended",
    amends="tao-wang-2022/parabola-regimes",
    status="true",
    proof="docs/classical.md#parabola-regimes",
    mutants=(
        Mutant(
            "one side up to 1.01/L",
            {"one": Fraction(101, 100)},
            killed_at={"h": Fraction(201, 200), "x": ONE},
        ),
        Mutant(
            "blow-up from 1.99/L on",
            {"two": Fraction(199, 100)},
            killed_at={"h": Fraction(399, 200), "x": ONE},
        ),
        Mutant(
            "every start moves",
            domains={"x": rationals()},
            killed_at={"h": Fraction(3), "x": Fraction(0)},
        ),
    ),
)


def oscillation_not_in_f(h: OscillatingStep, x: Real, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""$f(x) = x^2/2$, $1/L < h < 2/L$: $x_k$ and $x_{k+1}$ are never on the same side, and
    $f(x_k)$ never rises.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    return both(x_oscillates=le(x * x1[0], 0), f_does_not=le(f(x1), f(x0)))


OSCILLATION_NOT_IN_F = Theorem(
    oscillation_not_in_f,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
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


def oscillation_changes_side(h: OscillatingStep, x: Real, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""The strict reading: $x_k$ changes side at every step, from every start."""
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    return both(x_oscillates=lt(x * x1[0], 0), f_does_not=le(f(x1), f(x0)))


OSCILLATION_CHANGES_SIDE = Theorem(
    oscillation_changes_side,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    reading="strict",
    status="false",
    refuted_at={"h": Fraction(3, 2), "x": Fraction(0)},
)

LineWithMinimizer = Annotated[
    Objective,
    such_that(
        tame("convex functions of the line", convex=True, dim=1),
        "not constant, with a known minimizer",
        lambda f: known(bool(f.L != 0) and f.minimum is not None and f.minimum.at is not None, "a rational minimizer"),
    ),
]
StepBeyondOneOverL = Annotated[Fraction, lambda f: step_sizes(f.L, above=1, below=2)]
Start = Annotated[Vec, lambda f: points(f.dim)]


def oscillation_of_smooth_functions(f: LineWithMinimizer, h: StepBeyondOneOverL, x: Start) -> Claim:
    r"""The general reading: for every smooth convex $f$ of the line with least constant $L$ and
    $1/L < h < 2/L$ the iterates lie alternately on the two sides of a minimizer.
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

AnyQuadratic = Annotated[Quadratic, quadratics()]
LargeStep = Annotated[Fraction, lambda f, two: steps_beyond(f.L, above=two)]


def quadratics_blow_up(f: AnyQuadratic, h: LargeStep, x0: Start, *, two: Fraction = TWO) -> Claim:
    r"""For a quadratic with least constant $L$ and $h > 2/L$ the iterates are unbounded."""
    return unbounded(GD(f, h), x0)


QUADRATICS_BLOW_UP = Theorem(
    quadratics_blow_up,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    status="false",
    refuted_at={"f": square(1), "h": Fraction(3), "x0": vec(0)},
)

AnyConstant = Annotated[Fraction, lambda f: at_least(f.L)]
StepBeyondTwoOverAny = Annotated[Fraction, lambda L: steps_beyond(L)]
AwayFromRest = Given(
    "the gradient at the start has a component in an eigenspace of modulus L",
    lambda f, x0: ne(top_component(f, x0), 0),
)


def top_component(f: Any, x: Vec) -> Scalar:
    """The squared length of the gradient's part in the eigenspaces with abs(lambda) = L."""
    g = f.grad(x)
    columns = zip(*f.Q, strict=True)
    return total([dot(q, g) ** 2 for q, e in zip(columns, f.eigenvalues, strict=True) if abs(e) == f.L])


def quadratics_blow_up_for_any_constant(f: AnyQuadratic, L: AnyConstant, h: StepBeyondTwoOverAny, x0: Start) -> Claim:
    r"""The reading in which $L$ is any Lipschitz constant of $\nabla f$, from a start that moves."""
    return unbounded(GD(f, h), x0)


QUADRATICS_BLOW_UP_FOR_ANY_CONSTANT = Theorem(
    quadratics_blow_up_for_any_constant,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="any-constant",
    status="false",
    given=(AwayFromRest,),
    refuted_at={"f": square(1), "L": TWO, "h": Fraction(3, 2), "x0": vec(1)},
)


def quadratics_blow_up_almost_surely(f: AnyQuadratic, h: LargeStep, x0: Start, *, two: Fraction = TWO) -> Claim:
    r"""For a quadratic with least constant $L$ and $h > 2/L$ the iterates are unbounded from every
    start outside a proper affine subspace: wherever the gradient is not orthogonal to all
    eigenvectors whose eigenvalue has modulus $L$.
    """
    return unbounded(GD(f, h), x0)


QUADRATICS_BLOW_UP_ALMOST_SURELY = Theorem(
    quadratics_blow_up_almost_surely,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="amended",
    amends="tao-wang-2022/quadratics-blow-up",
    status="true",
    proof="docs/classical.md#quadratics-blow-up",
    given=(AwayFromRest,),
    mutants=(
        Mutant(
            "from 1.99/L on",
            {"two": Fraction(199, 100)},
            killed_at={"f": square(1), "h": Fraction(399, 200), "x0": vec(1)},
        ),
        Mutant(
            "from every start",
            killed_at={"f": square(1), "h": Fraction(3), "x0": vec(0)},
            drops=(AwayFromRest.says,),
        ),
    ),
)
