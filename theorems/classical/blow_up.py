r"""Quadratic objectives beyond $2/L$."""

from fractions import Fraction
from typing import Annotated, Any

from objectives import GD, Quadratic, eigen_starts, quadratics, square, steps_beyond
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
    ne,
    sq,
    total,
    unbounded,
    vec,
)

ONE, TWO = Fraction(1), Fraction(2)

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


def expanding_component(f: Any, h: Any, x: Vec) -> Scalar:
    """The squared length of the gradient's part in the eigenspaces with lambda <= 0 or h lambda > 2."""
    g = f.grad(x)
    pairs = zip(zip(*f.Q, strict=True), f.eigenvalues, strict=True)
    return total([dot(q, g) ** 2 for q, e in pairs if e <= 0 or h * e > 2])


def quadratics_blow_up(f: AnyQuadratic, h: LargeStep, x0: AnyStart, *, two: Fraction = TWO) -> Claim:
    r"""For a quadratic with least constant $L$ and $h > 2/L$ the iterates are unbounded from every start outside
    a proper affine subspace: exactly when $\nabla f(x_0)$ has a component in an eigenspace with
    $\lambda \le 0$ or $\lambda > 2/h$ (those with $|\lambda| = L$ are among them).
    """
    if expanding_component(f, h, x0) != 0:
        return unbounded(GD(f, h), x0)
    return both(bounded=bounded(GD(f, h), x0), orthogonal=eq(top_component(f, x0) if h * f.L > two else 0, 0))


QUADRATICS_BLOW_UP = Theorem(
    quadratics_blow_up,
    source="tao-wang-2022",
    label="quadratics-blow-up",
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


def quadratics_blow_up_for_any_constant_from_every_start(
    f: AnyQuadratic, L: AnyConstant, h: StepBeyondTwoOverAny, x0: AnyStart
) -> Claim:
    r"""The strongest reading: for a quadratic with any Lipschitz constant $L$ of its gradient, not only the least one, and $h > 2/L$
    the iterates are unbounded, from every start.
    """
    return unbounded(GD(f, h), x0)


QUADRATICS_BLOW_UP_FOR_ANY_CONSTANT_FROM_EVERY_START = Theorem(
    quadratics_blow_up_for_any_constant_from_every_start,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="every-start-any-constant",
    status="false",
    refuted_at={"f": square(1), "L": TWO, "h": Fraction(3, 2), "x0": vec(1)},
)


def quadratics_blow_up_for_any_constant(
    f: AnyQuadratic, L: AnyConstant, h: StepBeyondTwoOverAny, x0: AnyStart
) -> Claim:
    r"""For a quadratic with any Lipschitz constant $L$ of its gradient and $h > 2/L$ the iterates are unbounded from every start that is not exceptional."""
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


# Orthogonal to the sharp direction the step is small.
FLAT_DIRECTION = {
    "f": Quadratic((Fraction(0),), (ONE, Fraction(1, 10)), (Fraction(0), Fraction(0)), vec(0, 0), Fraction(0)),
    "h": Fraction(5, 2),
    "x0": vec(0, 1),
}


def quadratics_blow_up_from_every_start(f: AnyQuadratic, h: LargeStep, x0: AnyStart, *, two: Fraction = TWO) -> Claim:
    r"""For a quadratic with least Lipschitz constant $L$ of its gradient and $h > 2/L$ the iterates are unbounded from every start."""
    return unbounded(GD(f, h), x0)


QUADRATICS_BLOW_UP_FROM_EVERY_START = Theorem(
    quadratics_blow_up_from_every_start,
    source="tao-wang-2022",
    label="quadratics-blow-up",
    reading="least-constant",
    status="false",
    refuted_at=FLAT_DIRECTION,
)


def quadratics_blow_up_once_moving(f: AnyQuadratic, h: LargeStep, x0: AnyStart, *, two: Fraction = TWO) -> Claim:
    r"""For a quadratic with least Lipschitz constant $L$ of its gradient and $h > 2/L$ the iterates are unbounded from every start that is not at rest, $\nabla f(x_0) \ne 0$."""
    return unbounded(GD(f, h), x0)


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
    r"""Blow-up "could happen": for every quadratic with least constant $L > 0$ and $h > 2/L$ some
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
