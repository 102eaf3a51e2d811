r"""Steps for operators of a Hilbert space: the resolvent $J = (I + h A)^{-1}$ of a monotone operator, forward steps, the extragradient step, and Halpern's iteration."""

from fractions import Fraction
from typing import Annotated

from objectives import Known, MonotoneMap, cocoercive_operators, monotone_lipschitz_operators, monotone_operators
from refute import (
    Claim,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    between,
    dot,
    iterated,
    le,
    naturals,
    points,
    positive,
    sq,
    vec,
)

ONE, ZERO = Fraction(1), Fraction(0)
PROOF = "docs/methods.md#operators"

Monotone = Annotated[Known, monotone_operators()]
Cocoercive = Annotated[Known, cocoercive_operators()]
WithZero = Annotated[Known, cocoercive_operators(zero=True)]
Steps = Annotated[int, naturals(1, drawn=5)]
Lipschitz = Annotated[MonotoneMap, monotone_lipschitz_operators()]
Point = Annotated[Vec, lambda A: points(A.dim)]
Other = Annotated[Vec, lambda A: points(A.dim)]
Parameter = Annotated[Fraction, positive()]
UpToTwo = Annotated[Fraction, lambda A, two: between(0, two / A.L)]
UpToOne = Annotated[Fraction, lambda A, one: between(0, one / A.L)]


def resolvent(A: Monotone, x: Point, y: Other, h: Parameter, *, one: Fraction = ONE) -> Claim:
    r"""The resolvent of a monotone operator is firmly nonexpansive: $|Jx - Jy|^2 \le \langle Jx - Jy, x - y\rangle$ for every $h > 0$."""
    p, q = A.prox(h, x), A.prox(h, y)
    return le(one * sq(p - q), dot(p - q, x - y))


# The operator 0, whose resolvent is the identity.
NOTHING = Known((vec(0), vec(1)), (vec(0), vec(0)), (ZERO, ZERO), (), (), False, (True, True), True)
APART = {"A": NOTHING, "x": vec(0), "y": vec(1), "h": ONE}

RESOLVENT = Theorem(
    resolvent,
    source="minty-1962",
    label="resolvent",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(APART,),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=APART),),
)


def forward_step(A: Cocoercive, x: Point, y: Other, h: UpToTwo, *, two: Fraction = Fraction(2)) -> Claim:
    r"""A forward step of a $\frac1L$-cocoercive operator is nonexpansive for $0 \le h \le \frac2L$: $|x - hAx - (y - hAy)| \le |x - y|$."""
    return le(sq(x - h * A(x) - (y - h * A(y))), sq(x - y))


# A(x) = x: with h = 2 a step turns around, with 2.01 it stretches, too.
IDENTITY = Known((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, ZERO), ("L",), (ONE,), False, (False, False), True)

FORWARD_STEP = Theorem(
    forward_step,
    source="baillon-haddad-1977",
    label="forward-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=({"A": IDENTITY, "x": vec(0), "y": vec(1), "h": Fraction(2)},),
    mutants=(
        Mutant(
            "steps up to 2.01/L",
            {"two": Fraction(201, 100)},
            killed_at={"A": IDENTITY, "x": vec(0), "y": vec(1), "h": Fraction(201, 100)},
        ),
    ),
)

# A quarter turn: <A x, x> = 0.
TURN = MonotoneMap(ZERO, ONE, vec(0, 0), ONE)


def forward_step_of_monotone(A: Lipschitz, x: Point, h: UpToOne, *, one: Fraction = ONE) -> Claim:
    r"""A forward step of a monotone $L$-Lipschitz operator with a zero $x_*$ does not lead away from it for $h \le \frac1L$: $|x_1 - x_*| \le |x_0 - x_*|$. (Gradient descent-ascent on $xy$ is such a step.)"""
    return le(sq(x - h * A(x) - A.minimum.at), sq(x - A.minimum.at))


FORWARD_STEP_OF_MONOTONE = Theorem(
    forward_step_of_monotone,
    source="korpelevich-1976",
    label="forward-step",
    reading="misstated",
    status="false",
    refuted_at={"A": TURN, "x": vec(1, 0), "h": ONE},
)


def extragradient_step(A: Lipschitz, x: Point, h: UpToOne, *, one: Fraction = ONE) -> Claim:
    r"""An extragradient step does not, for $0 \le h \le \frac1L$: $x_1 = x_0 - hA(x_0 - hAx_0)$ has $|x_1 - x_*| \le |x_0 - x_*|$."""
    return le(sq(x - h * A(x - h * A(x)) - A.minimum.at), sq(x - A.minimum.at))


EXTRAGRADIENT_STEP = Theorem(
    extragradient_step,
    source="korpelevich-1976",
    label="extragradient-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=({"A": TURN, "x": vec(1, 0), "h": ONE},),
    mutants=(
        Mutant(
            "steps up to 1.01/L",
            {"one": Fraction(101, 100)},
            killed_at={"A": TURN, "x": vec(1, 0), "h": Fraction(101, 100)},
        ),
    ),
)


def halpern(A: WithZero, x: Point, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""Halpern's iteration for the nonexpansive $T = I - \frac2L A$, $x_{k + 1} = \frac{x_0 + (k + 1)\,T x_k}{k + 2}$, has $|A x_N| \le \frac{L |x_0 - x_*|}{N + 1}$, that is $|x_N - T x_N| \le \frac{2 |x_0 - x_*|}{N + 1}$, for every $N \ge 1$."""

    def step(k: Scalar, y: Vec) -> Vec:
        after: Vec = x / (k + 2) + (k + 1) / (k + 2) * (y - 2 / A.L * A(y))
        return after

    def potential(k: Scalar, y: Vec) -> Scalar:
        return k * (k + 1) / A.L * sq(A(y)) + (k + 1) * dot(A(y), y - x)

    last = iterated(step, x, N, potential)
    return le((N + 1) ** 2 * sq(A(last)), one * A.L**2 * sq(x - A.minimum.at))


# A(x) is 0 up to 0 and 1/2 from 1/2 on: T moves by 1 as long as it can.
HALF = Fraction(1, 2)
CAPPED = Known(
    (vec(0), vec(1), vec(HALF)),
    (vec(0), vec(HALF), vec(HALF)),
    (ZERO, ZERO, ZERO),
    ("L",),
    (ONE,),
    True,
    (True, False, False),
    True,
)
ONE_STEP = {"A": CAPPED, "x": vec(1), "N": 1}

HALPERN = Theorem(
    halpern,
    source="lieder-2021",
    label="halpern",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(ONE_STEP,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=ONE_STEP),),
)
