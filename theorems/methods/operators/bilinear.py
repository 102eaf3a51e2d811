r"""Saddle points of $\langle u, Bv\rangle$: of $x = (u, v)$ the operator $Ax = (Bv, -B^\top u)$ is linear and skew-symmetric, $|A| = |B| \le L$, and $x_* = 0$."""

from fractions import Fraction
from typing import Annotated

from objectives import LinearMap, skew_operators
from refute import Claim, Mutant, Theorem, Vec, eq, le, points, positive, sq, vec

ONE, ZERO = Fraction(1), Fraction(0)
PROOF = "docs/methods.md#bilinear"

Skew = Annotated[LinearMap, skew_operators()]
Point = Annotated[Vec, lambda A: points(A.dim)]
Step = Annotated[Fraction, positive()]

# A quarter turn.
TURN = LinearMap(((ZERO, -ONE), (ONE, ZERO)), ONE, ZERO)
ONE_STEP = {"A": TURN, "x": vec(1, 0), "h": ONE}
HALF_STEP = ONE_STEP | {"h": Fraction(1, 2)}


def descent_ascent(A: Skew, x: Point, h: Step, *, one: Fraction = ONE) -> Claim:
    r"""A step of gradient descent-ascent, $x_1 = x_0 - hAx_0$ with $h > 0$, never leads closer to the saddle point $0$: $|x_1|^2 = |x_0|^2 + h^2|Ax_0|^2$."""
    return eq(sq(x - h * A(x)), sq(x) + one * h**2 * sq(A(x)))


DESCENT_ASCENT = Theorem(
    descent_ascent,
    source="daskalakis-2018",
    label="descent-ascent-on-bilinear",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=ONE_STEP),),
)


def extragradient(A: Skew, x: Point, h: Step, *, one: Fraction = ONE) -> Claim:
    r"""An extragradient step $x_1 = x_0 - hA(x_0 - hAx_0)$ with $h > 0$ has $|x_1|^2 \le |x_0|^2 - h^2(1 - h^2L^2)|Ax_0|^2$."""
    return le(sq(x - h * A(x - h * A(x))), sq(x) - one * h**2 * (1 - h**2 * A.L**2) * sq(A(x)))


EXTRAGRADIENT = Theorem(
    extragradient,
    source="korpelevich-1976",
    label="extragradient-step",
    reading="bilinear",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(ONE_STEP, HALF_STEP),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=HALF_STEP),),
)
