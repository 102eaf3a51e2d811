r"""Fixed points of a nonexpansive map $T$: $A = I - T$ is 1/2-cocoercive, and $|x - Tx| = |Ax|$ tells how far $x$ is from being one."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from objectives import (
    Answer,
    Known,
    by_conditions,
    cocoercive_operators,
    monotone_operators,
    strongly_monotone_operators,
)
from refute import Claim, Mutant, Scalar, Theorem, Vec, integers, iterated, le, naturals, points, positive, sq, vec

ONE, ZERO, HALF, QUARTER = Fraction(1), Fraction(0), Fraction(1, 2), Fraction(1, 4)
PROOF = "docs/methods.md#fixed-points"


def _contracts(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """T = I - A has |Tx - Ty| <= |x - y|/2."""
    return [QUARTER * sq(a.x - b.x) - sq(a.x - b.x - a.g + b.g)]


Cocoercive = Annotated[Known, cocoercive_operators(zero=True)]
Monotone = Annotated[Known, monotone_operators(zero=True)]
Contraction = Annotated[
    Known,
    by_conditions("I - T for 1/2-contractions T", pair=_contracts, operator=True, minimizer=True, sufficient=True),
]
Point = Annotated[Vec, lambda A: points(A.dim)]
Parameter = Annotated[Fraction, positive()]
Few = Annotated[int, integers(1, 3)]
Steps = Annotated[int, naturals(1, drawn=5)]


def averaged(A: Cocoercive, x: Point, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""The Krasnoselskii-Mann iteration $x_{k+1} = \frac12(x_k + Tx_k)$, $T = I - \frac2LA$, has $|Ax_N|^2 \le \frac{L^2|x_0 - x_*|^2}{N + 1}$, that is $|x_N - Tx_N|^2 \le \frac{4|x_0 - x_*|^2}{N + 1}$, for every $N \ge 1$."""

    def potential(k: Scalar, y: Vec) -> Scalar:
        return k * sq(A(y)) / A.L**2 + sq(y - A.minimum.at)

    last = iterated(lambda k, y: y - A(y) / A.L, x, N, potential)
    return le((N + 1) * sq(A(last)), one * A.L**2 * sq(x - A.minimum.at))


# A(x) = min(x, 1/2).
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

AVERAGED = Theorem(
    averaged,
    source="liang-2016",
    label="krasnoselskii-mann",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.49 in place of 1", {"one": Fraction(49, 100)}, killed_at=ONE_STEP),),
)


def contractive_halpern(A: Contraction, x: Point, N: Few, *, one: Fraction = ONE) -> Claim:
    r"""For a map with $|Tx - Ty| \le \frac12|x - y|$ the iteration $x_k = (1 - \frac1{\varphi_k})Tx_{k-1} + \frac1{\varphi_k}x_0$, $\varphi_k = \sum_{i \le k}4^i$, has $|x_{N-1} - Tx_{N-1}| \le \frac32\,\frac{|x_0 - x_*|}{2^N - 1}$, $N \le 3$."""
    y, phi = x, Fraction(1)
    for k in range(1, N):
        phi = phi + 4**k
        y = (1 - 1 / phi) * (y - A(y)) + x / phi
    return le((2**N - 1) ** 2 * sq(A(y)), one * Fraction(9, 4) * sq(x - A.minimum.at))


# T(x) = -x/2.
TURNED = {
    "A": Known((vec(0), vec(1)), (vec(0), vec(Fraction(3, 2))), (ZERO, ZERO), (), (), True, (True, False), True),
    "x": vec(1),
    "N": 1,
}

CONTRACTIVE_HALPERN = Theorem(
    contractive_halpern,
    source="park-ryu-2022",
    label="contractive-halpern",
    reading="half-three-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(TURNED,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=TURNED),),
)


def proximal_point(A: Monotone, x: Point, h: Parameter, N: Few, *, one: Fraction = ONE) -> Claim:
    r"""The proximal point method of a monotone operator has $|x_N - x_{N-1}|^2 \le (1 - \frac1N)^{N-1}\frac{|x_0 - x_*|^2}N$, $N \le 3$."""
    before, y = x, x
    for _ in range(N):
        before, y = y, A.prox(h, y)
    return le(N**N * sq(y - before), one * (N - 1) ** (N - 1) * sq(x - A.minimum.at))


# A(x) = 99 x: one step of 1 leads from 1 to 1/100.
STEEP = {
    "A": Known(
        (vec(0), vec(Fraction(1, 100))),
        (vec(0), vec(Fraction(99, 100))),
        (ZERO, ZERO),
        (),
        (),
        True,
        (True, True),
        True,
    ),
    "x": vec(1),
    "h": ONE,
    "N": 1,
}

PROXIMAL_POINT = Theorem(
    proximal_point,
    source="gu-yang-2020",
    label="proximal-point",
    reading="three-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.97 in place of 1", {"one": Fraction(97, 100)}, killed_at=STEEP),),
)


def accelerated_proximal_point(A: Monotone, x: Point, N: Few, *, one: Fraction = ONE) -> Claim:
    r"""The accelerated proximal point method $x_{k+1} = J_Ay_k$, $y_{k+1} = x_{k+1} + \frac k{k+2}(x_{k+1} - x_k) - \frac k{k+2}(x_k - y_{k-1})$ has $|x_N - y_{N-1}| \le \frac{|x_0 - x_*|}N$, $N \le 3$."""
    at, asked, y = x, x, x
    for k in range(N):
        before, at, last = at, A.prox(1, y), y
        y, asked = at + Fraction(k, k + 2) * (at - before) - Fraction(k, k + 2) * (before - asked), last
    return le(N**2 * sq(at - asked), one * sq(x - A.minimum.at))


ACCELERATED_PROXIMAL_POINT = Theorem(
    accelerated_proximal_point,
    source="kim-2021",
    label="accelerated-proximal-point",
    reading="three-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(
        Mutant(
            "0.97 in place of 1",
            {"one": Fraction(97, 100)},
            killed_at={"A": STEEP["A"], "x": vec(1), "N": 1},
        ),
    ),
)


Two = Annotated[int, integers(1, 2)]


def growing_steps(A: Cocoercive, x: Point, N: Two, *, one: Fraction = ONE) -> Claim:
    r"""The Krasnoselskii-Mann iteration with growing steps, $x_{k+1} = \frac1{k+2}x_k + \frac{k+1}{k+2}Tx_k$, $T = I - \frac2LA$, has $\frac14|x_N - Tx_N|^2 \le \frac14|x_0 - x_*|^2$ for $N \le 2$. (The constant is ours.)"""
    y = x
    for k in range(N):
        y = y - Fraction(2 * (k + 1), k + 2) * A(y) / A.L
    return le(4 * sq(A(y)), one * A.L**2 * sq(x - A.minimum.at))


GROWING_STEPS = Theorem(
    growing_steps,
    source="lieder-2018",
    label="krasnoselskii-mann-with-growing-steps",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=ONE_STEP),),
)


StronglyMonotone = Annotated[Known, strongly_monotone_operators(zero=True)]


def strongly_monotone(A: StronglyMonotone, x: Point, t: Parameter, N: Two, *, one: Fraction = ONE) -> Claim:
    r"""The optimal proximal point method of a $\mu$-strongly monotone operator with the step $h$, $t = h\mu$: $|y_{N-1} - x_N| \le \frac{|x_0 - x_*|}{\sum_{k<N}(1 + 2t)^k}$ for every $t > 0$ and $N \le 2$."""
    at = ahead = x
    for k in range(N):
        before, at = (ahead, at), A.prox(t / A.mu, ahead)
        # phi_0 = 1, phi_1 = 1 + (1 + 2t)^2; after the first step the terms with phi_0 - 1 and phi_{-1} are 0.
        phi = 1 + (1 + 2 * t) ** 2
        ahead = at - 2 * t / phi * (ahead - at) if k == 0 else ahead
    size = 1 if N == 1 else 2 + 2 * t
    return le(size**2 * sq(before[0] - at), one * sq(x - A.minimum.at))


# Two steps of 2, from 1 to 9/50 and to 0.
RESOLVED = {
    "A": Known(
        (vec(0), vec(Fraction(9, 50)), vec(0)),
        (vec(0), vec(Fraction(41, 100)), vec(Fraction(1, 20))),
        (Fraction(0), Fraction(0), Fraction(0)),
        ("mu",),
        (Fraction(2),),
        True,
        (True, True, True),
        True,
    ),
    "x": vec(1),
    "t": Fraction(4),
    "N": 2,
}

STRONGLY_MONOTONE = Theorem(
    strongly_monotone,
    source="park-ryu-2022",
    label="strongly-monotone-proximal-point",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.9 in place of 1", {"one": Fraction(9, 10)}, killed_at=RESOLVED),),
)
