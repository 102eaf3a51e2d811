r"""Splitting methods for the zero of a sum of monotone operators: a step of each uses the resolvents $J_A = (I + hA)^{-1}$, $J_B$, and values of what is cocoercive.

What is proved of a step $T$ is that it is nonexpansive, or firmly so; its iterations converge to a fixed point, from which a zero is read off.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from objectives import (
    Answer,
    Known,
    by_conditions,
    cocoercive_operators,
    convex_nonsmooth,
    curvature_between,
    monotone_operators,
    step_sizes,
)
from refute import Claim, Mutant, Scalar, Theorem, Vec, dot, iterated, le, naturals, points, positive, sq, vec

ONE, TWO, ZERO = Fraction(1), Fraction(2), Fraction(0)
PROOF = "docs/methods.md#splitting"

Monotone = Annotated[Known, monotone_operators()]
WithZero = Annotated[Known, monotone_operators(zero=True)]
Another = Annotated[Known, lambda A: monotone_operators(dim=A.dim)]
Cocoercive = Annotated[Known, lambda A: cocoercive_operators(dim=A.dim)]
Point = Annotated[Vec, lambda A: points(A.dim)]
Parameter = Annotated[Fraction, positive()]
UpToTwo = Annotated[Fraction, lambda C, two: step_sizes(C.L, below=two, closed=True)]
Steps = Annotated[int, naturals(0, drawn=5)]


def douglas_rachford(A: Monotone, B: Another, z: Point, w: Point, h: Parameter, *, one: Fraction = ONE) -> Claim:
    r"""The Douglas-Rachford step $Tz = z + J_B(2J_Az - z) - J_Az$ is firmly nonexpansive: $|Tz - Tw|^2 \le \langle Tz - Tw, z - w\rangle$."""

    def T(z: Vec) -> Vec:
        x = A.prox(h, z)
        after: Vec = z + B.prox(h, 2 * x - z) - x
        return after

    d = T(z) - T(w)
    return le(one * sq(d), dot(d, z - w))


def nothing(*at: Scalar) -> Known:
    """The operator 0, whose resolvent is the identity, asked at these points of the line."""
    n = len(at)
    return Known(tuple(map(vec, at)), (vec(0),) * n, (ZERO,) * n, (), (), False, (True,) * n, True)


NOTHING_TWICE = {"A": nothing(0, 1), "B": nothing(0, 1), "z": vec(0), "w": vec(1), "h": ONE}

DOUGLAS_RACHFORD = Theorem(
    douglas_rachford,
    source="lions-mercier-1979",
    label="douglas-rachford",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(NOTHING_TWICE,),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=NOTHING_TWICE),),
)


def peaceman_rachford(A: Monotone, B: Another, z: Point, w: Point, h: Parameter, *, one: Fraction = ONE) -> Claim:
    r"""The Peaceman-Rachford step $R = (2J_B - I)(2J_A - I)$ is nonexpansive: $|Rz - Rw| \le |z - w|$."""

    def R(z: Vec) -> Vec:
        y = 2 * A.prox(h, z) - z
        after: Vec = 2 * B.prox(h, y) - y
        return after

    return le(one * sq(R(z) - R(w)), sq(z - w))


PEACEMAN_RACHFORD = Theorem(
    peaceman_rachford,
    source="lions-mercier-1979",
    label="peaceman-rachford",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(NOTHING_TWICE,),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=NOTHING_TWICE),),
)


def davis_yin(A: Monotone, B: Another, C: Cocoercive, z: Point, w: Point, h: UpToTwo, *, two: Fraction = TWO) -> Claim:
    r"""The Davis-Yin step $Tz = z - x + J_A(2x - z - hCx)$, $x = J_Bz$, is nonexpansive for a $\frac1L$-cocoercive $C$ and $0 < h \le \frac2L$."""

    def T(z: Vec) -> Vec:
        x = B.prox(h, z)
        after: Vec = z - x + A.prox(h, 2 * x - z - h * C(x))
        return after

    return le(sq(T(z) - T(w)), sq(z - w))


# C(x) = x: with h = 2 a step turns around, with 2.01 it stretches, too.
IDENTITY = Known((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, ZERO), ("L",), (ONE,), False, (False, False), True)
TURNED = {"B": nothing(0, 1), "C": IDENTITY, "z": vec(0), "w": vec(1)}
LONGER = Fraction(201, 100)

DAVIS_YIN = Theorem(
    davis_yin,
    source="davis-yin-2017",
    label="three-operators",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(TURNED | {"A": nothing(0, -1), "h": TWO},),
    mutants=(
        Mutant("steps up to 2.01/L", {"two": LONGER}, killed_at=TURNED | {"A": nothing(0, 1 - LONGER), "h": LONGER}),
    ),
)


def forward_backward(A: Monotone, C: Cocoercive, z: Point, w: Point, h: UpToTwo, *, two: Fraction = TWO) -> Claim:
    r"""The forward-backward step $J_A(z - hCz)$ is nonexpansive for a $\frac1L$-cocoercive $C$ and $0 < h \le \frac2L$."""
    return le(sq(A.prox(h, z - h * C(z)) - A.prox(h, w - h * C(w))), sq(z - w))


FORWARD = {"C": IDENTITY, "z": vec(0), "w": vec(1)}

FORWARD_BACKWARD = Theorem(
    forward_backward,
    source="lions-mercier-1979",
    label="forward-backward",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(FORWARD | {"A": nothing(0, -1), "h": TWO},),
    mutants=(
        Mutant("steps up to 2.01/L", {"two": LONGER}, killed_at=FORWARD | {"A": nothing(0, 1 - LONGER), "h": LONGER}),
    ),
)


def residual(A: WithZero, x: Point, h: Parameter, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""The proximal point method $x_{k+1} = J_{hA}x_k$ of an operator with a zero $x_*$ has $|x_N - x_{N+1}|^2 \le \frac{|x_0 - x_*|^2}{N + 1}$ for every $h > 0$ and every $N \ge 0$."""

    def potential(k: Scalar, y: Vec) -> Scalar:
        return k * sq(y - A.prox(h, y)) + sq(y - A.minimum.at)

    last = iterated(lambda k, y: A.prox(h, y), x, N, potential)
    return le(one * (N + 1) * sq(last - A.prox(h, last)), sq(x - A.minimum.at))


# From 1 to the zero 0 in one step: 1 is in A(0).
AT_ONCE = Known((vec(0), vec(0)), (vec(0), vec(1)), (ZERO, ZERO), (), (), True, (True, True), True)
LANDS = {"A": AT_ONCE, "x": vec(1), "h": ONE, "N": 0}

RESIDUAL = Theorem(
    residual,
    source="brezis-lions-1978",
    label="residual",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(LANDS,),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=LANDS),),
)


Smooth = Annotated[Known, curvature_between(1, 4)]
Nonsmooth = Annotated[Known, lambda f: convex_nonsmooth(dim=f.dim)]
Start = Annotated[Vec, lambda f: points(f.dim)]


def contraction(f: Smooth, g: Nonsmooth, z: Start, w: Start, *, one: Fraction = ONE) -> Claim:
    r"""For $1 \le f'' \le 4$, convex $g$ and the parameter $\frac12 = \frac1{\sqrt{\mu L}}$ the Douglas-Rachford step is a contraction: $|Tz - Tw| \le \frac23|z - w|$, $\frac23 = \frac{\sqrt{L}}{\sqrt L + \sqrt\mu}$."""
    h = Fraction(1, 2)

    def T(z: Vec) -> Vec:
        x = f.prox(h, z)
        after: Vec = z + g.prox(h, 2 * x - z) - x
        return after

    return le(9 * sq(T(z) - T(w)), one * 4 * sq(z - w))


# f(x) = x^2/2 and g = 0: a step is the proximal step of f.
HALF = Fraction(1, 2)
FLAT = {
    "f": Known((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, HALF), (), (), False, (True, True), False),
    "g": Known((vec(0), vec(HALF)), (vec(0), vec(0)), (ZERO, ZERO), (), (), False, (True, True), False),
    "z": vec(Fraction(3, 2)),
    "w": vec(0),
}

CONTRACTION = Theorem(
    contraction,
    source="giselsson-boyd-2017",
    label="douglas-rachford",
    reading="contraction",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(FLAT,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FLAT),),
)


def _strongly_monotone(B: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    return [dot(a.g - b.g, a.x - b.x) - sq(a.x - b.x)]


def _cocoercive(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    return [dot(a.g - b.g, a.x - b.x) - sq(a.g - b.g)]


Strongly1 = Annotated[
    Known,
    by_conditions("1-strongly monotone operators", pair=_strongly_monotone, operator=True, sufficient=True),
]
Cocoercive1 = Annotated[
    Known,
    lambda A: by_conditions("1-cocoercive operators", pair=_cocoercive, operator=True, sufficient=True, dim=A.dim),
]


def strongly_monotone(A: Strongly1, B: Cocoercive1, z: Point, w: Point, *, one: Fraction = ONE) -> Claim:
    r"""For 1-strongly monotone $A$ and 1-cocoercive $B$ the Douglas-Rachford step $Tz = z - J_Az + J_B(2J_Az - z)$ contracts: $|Tz - Tw|^2 \le \frac13|z - w|^2$."""

    def T(z: Vec) -> Vec:
        x = A.prox(1, z)
        after: Vec = z - x + B.prox(1, 2 * x - z)
        return after

    return le(3 * sq(T(z) - T(w)), one * sq(z - w))


# From (1, 0) and from 0, where both operators are asked.
SPLIT = {
    "A": Known(
        (vec(Fraction(2, 3), Fraction(-2, 17)), vec(Fraction(1, 3), Fraction(2, 17))),
        (vec(Fraction(1, 3), Fraction(2, 17)), vec(Fraction(-1, 3), Fraction(-2, 17))),
        (Fraction(0), Fraction(0)),
        (),
        (),
        False,
        (True, True),
        True,
    ),
    "B": Known(
        (vec(Fraction(4, 9), Fraction(-79, 408)), vec(Fraction(5, 9), Fraction(79, 408))),
        (vec(Fraction(-1, 9), Fraction(-1, 24)), vec(Fraction(1, 9), Fraction(1, 24))),
        (Fraction(0), Fraction(0)),
        (),
        (),
        False,
        (True, True),
        True,
    ),
    "z": vec(1, 0),
    "w": vec(0, 0),
}

STRONGLY_MONOTONE = Theorem(
    strongly_monotone,
    source="ryu-2020",
    label="douglas-rachford",
    reading="strongly-monotone-and-cocoercive",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.95 in place of 1", {"one": Fraction(95, 100)}, killed_at=SPLIT),),
)
