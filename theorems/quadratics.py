r"""Quadratic objectives: the regimes of $f(x) = x^2/2$, and blow-up beyond $2/L$."""

from fractions import Fraction
from typing import Annotated, Any

from objectives import (
    GD,
    Objective,
    PiecewiseQuadratic,
    Quadratic,
    eigen_starts,
    gradient_step,
    quadratics,
    smooth,
    square,
    step_sizes,
    steps_beyond,
    strongly_convex_on_the_line,
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
    bounded,
    dot,
    eq,
    known,
    le,
    lt,
    ne,
    nonzero,
    points,
    positive,
    rationals,
    sq,
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
    strictly on the side of the last and nearer to 0, with $1 < h < 2$ strictly on the other side and
    nearer, and with $h > 2$ the iterates blow up while $f$ rises at every step.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    if h < one:
        return both(same_side=lt(0, x * x1[0]), nearer=lt(f(x1), f(x0)))
    if one < h < two:
        return both(changes_side=lt(x * x1[0], 0), f_decreases=lt(f(x1), f(x0)))
    if h > two:
        return both(blows_up=unbounded(GD(f, h), x0), f_rises=lt(f(x0), f(x1)))
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
            "h of any sign",
            domains={"h": rationals()},
            killed_at={"h": Fraction(-1), "x": ONE},
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


def oscillation_changes_side_in_motion(
    h: OscillatingStep, x: Nonzero, *, one: Fraction = ONE, two: Fraction = TWO
) -> Claim:
    r"""From every start $x_0 \ne 0$: $x_k$ changes side at every step, and $f(x_k)$ falls strictly."""
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    return both(x_oscillates=lt(x * x1[0], 0), f_does_not=lt(f(x1), f(x0)))


OSCILLATION_CHANGES_SIDE_IN_MOTION = Theorem(
    oscillation_changes_side_in_motion,
    source="tao-wang-2022",
    label="oscillation-not-in-f",
    reading="amended",
    amends="tao-wang-2022/oscillation-not-in-f:strict",
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
Anywhere = Annotated[Vec, lambda f: points(f.dim, within=f.reach)]


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

AnyQuadratic = Annotated[Quadratic, quadratics()]
AnyStart = Annotated[Vec, lambda f: eigen_starts(f)]
LargeStep = Annotated[Fraction, lambda f, two: steps_beyond(f.L, above=two)]


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


def quadratics_blow_up(f: AnyQuadratic, L: AnyConstant, h: StepBeyondTwoOverAny, x0: AnyStart) -> Claim:
    r"""For a quadratic that is $L$-smooth, with any Lipschitz constant $L$ of its gradient, and $h > 2/L$
    the iterates are unbounded, from every start.
    """
    return unbounded(GD(f, h), x0)


QUADRATICS_BLOW_UP = Theorem(
    quadratics_blow_up,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    status="false",
    refuted_at={"f": square(1), "L": ONE, "h": Fraction(3), "x0": vec(0)},
)


def quadratics_blow_up_for_any_constant(
    f: AnyQuadratic, L: AnyConstant, h: StepBeyondTwoOverAny, x0: AnyStart
) -> Claim:
    r"""The reading in which $L$ is any Lipschitz constant of $\nabla f$ and the start is not exceptional."""
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


def quadratics_blow_up_from_every_start(f: AnyQuadratic, h: LargeStep, x0: AnyStart, *, two: Fraction = TWO) -> Claim:
    r"""The reading in which $L$ is the least constant, from every start."""
    return unbounded(GD(f, h), x0)


QUADRATICS_BLOW_UP_FROM_EVERY_START = Theorem(
    quadratics_blow_up_from_every_start,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="least-constant",
    status="false",
    refuted_at={"f": square(1), "h": Fraction(3), "x0": vec(0)},
)


def quadratics_blow_up_once_moving(f: AnyQuadratic, h: LargeStep, x0: AnyStart, *, two: Fraction = TWO) -> Claim:
    r"""The reading in which $L$ is the least constant and the start is not at rest, $\nabla f(x_0) \ne 0$."""
    return unbounded(GD(f, h), x0)


# Orthogonal to the sharp direction the step is small.
FLAT_DIRECTION = {
    "f": Quadratic((Fraction(0),), (ONE, Fraction(1, 10)), (Fraction(0), Fraction(0)), vec(0, 0), Fraction(0)),
    "h": Fraction(5, 2),
    "x0": vec(0, 1),
}

QUADRATICS_BLOW_UP_ONCE_MOVING = Theorem(
    quadratics_blow_up_once_moving,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="moving-start",
    status="false",
    given=(Given("the start is not at rest", lambda f, x0: ne(sq(f.grad(x0)), 0)),),
    refuted_at=FLAT_DIRECTION,
)


def quadratics_can_blow_up(f: AnyQuadratic, h: LargeStep, *, two: Fraction = TWO) -> Claim:
    r"""The reading "this could happen": for every quadratic with least constant $L > 0$ and $h > 2/L$ some
    start has an unbounded orbit; the witness lies along an eigenvector whose eigenvalue has modulus $L$.
    """
    top = next(i for i, e in enumerate(f.eigenvalues) if abs(e) == f.L)
    e, g = f.eigenvalues[top], f.slopes[top]
    along = Vec(tuple(row[top] for row in f.Q))
    return unbounded(GD(f, h), f.centre + (1 - g / e) * along)


QUADRATICS_CAN_BLOW_UP = Theorem(
    quadratics_can_blow_up,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="some-start",
    status="true",
    proof="docs/classical.md#quadratics-blow-up",
    mutants=(
        Mutant("from 1.99/L on", {"two": Fraction(199, 100)}, killed_at={"f": square(1), "h": Fraction(399, 200)}),
        Mutant(
            "h = 2/L included",
            domains={"h": lambda f: steps_beyond(f.L, closed=True)},
            killed_at={"f": square(1), "h": TWO},
        ),
    ),
)


def expanding_component(f: Any, h: Any, x: Vec) -> Scalar:
    """The squared length of the gradient's part in the eigenspaces with lambda <= 0 or h lambda > 2."""
    g = f.grad(x)
    pairs = zip(zip(*f.Q, strict=True), f.eigenvalues, strict=True)
    return total([dot(q, g) ** 2 for q, e in pairs if e <= 0 or h * e > 2])


def quadratics_blow_up_exactly(f: AnyQuadratic, h: LargeStep, x0: AnyStart, *, two: Fraction = TWO) -> Claim:
    r"""For a quadratic with least constant $L$ and $h > 2/L$ the iterates are unbounded from every start outside
    a proper affine subspace: exactly when $\nabla f(x_0)$ has a component in an eigenspace with
    $\lambda \le 0$ or $\lambda > 2/h$ (those with $|\lambda| = L$ are among them).
    """
    if expanding_component(f, h, x0) != 0:
        return unbounded(GD(f, h), x0)
    return both(bounded=bounded(GD(f, h), x0), orthogonal=eq(top_component(f, x0) if h * f.L > two else 0, 0))


QUADRATICS_BLOW_UP_EXACTLY = Theorem(
    quadratics_blow_up_exactly,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="amended",
    amends="tao-wang-2022/quadratics-blow-up",
    status="true",
    proof="docs/classical.md#quadratics-blow-up",
    mutants=(
        Mutant(
            "from 1.99/L on, if the top component is left",
            {"two": Fraction(199, 100)},
            killed_at={"f": square(1), "h": Fraction(399, 200), "x0": vec(1)},
        ),
    ),
)
