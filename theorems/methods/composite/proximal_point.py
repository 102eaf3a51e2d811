r"""The proximal point method: $x_{k+1}$ is where $f(y) + \frac1{2\gamma} |y - x_k|^2$ is least, for convex functions with a minimizer $x_*$, smooth or not; $f_* = f(x_*)$."""

from fractions import Fraction
from typing import Annotated

from objectives import Known, convex_nonsmooth, strongly_convex_nonsmooth
from refute import Claim, Mutant, Scalar, Theorem, Vec, integers, iterated, le, naturals, points, positive, sq, vec

ONE, QUARTER, ZERO = Fraction(1), Fraction(1, 4), Fraction(0)
PROOF = "docs/methods.md"

WithMinimizer = Annotated[Known, convex_nonsmooth(minimizer=True)]
StronglyConvex = Annotated[Known, strongly_convex_nonsmooth(minimizer=True)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Parameter = Annotated[Fraction, positive()]
Few = Annotated[int, integers(1, 3)]
Count = Annotated[int, naturals(0, drawn=20)]
Steps = Annotated[int, naturals(1, drawn=6)]


def rate(f: WithMinimizer, x: Point, gamma: Parameter, N: Few, *, quarter: Fraction = QUARTER) -> Claim:
    r"""$f(x_N) - f_* \le \frac{|x_0 - x_*|^2}{4 \gamma N}$ for every $\gamma > 0$ and $N \le 3$."""
    y = x
    for _ in range(N):
        y = f.prox(gamma, y)
    return le(gamma * N * (f(y) - f.minimum.value), quarter * sq(x - f.minimum.at))


# f(y) = |y|/2: one step of 1 leads from 1 to 1/2.
HALF = Fraction(1, 2)
HALVED = {
    "f": Known(
        (vec(0), vec(HALF), vec(1)),
        (vec(0), vec(HALF), vec(HALF)),
        (ZERO, QUARTER, HALF),
        (),
        (),
        True,
        (True, True, False),
        False,
    ),
    "x": vec(1),
    "gamma": ONE,
}

RATE = Theorem(
    rate,
    source="taylor-2017-composite",
    label="proximal-point",
    reading="three-steps",
    status="true",
    as_cited="from memory",
    proof=f"{PROOF}#proximal-point",
    attained=(HALVED | {"N": 1},),
    mutants=(Mutant("0.2475 in place of 1/4", {"quarter": Fraction(99, 400)}, killed_at=HALVED | {"N": 1}),),
)


def potential_of(f: Known, gamma: Scalar, k: Scalar, x: Vec) -> Scalar:
    r"""$2 \gamma k (f(x) - f_*) + |x - x_*|^2$."""
    return 2 * gamma * k * (f(x) - f.minimum.value) + sq(x - f.minimum.at)


def potential(f: WithMinimizer, x: Point, gamma: Parameter, k: Count, *, gain: Fraction = ONE) -> Claim:
    r"""The potential $2 \gamma k (f(x_k) - f_*) + |x_k - x_*|^2$ does not grow from $k$ to $k + 1$, for every $\gamma > 0$ and every $k \ge 0$."""
    y = f.prox(gamma, x)
    return le(potential_of(f, gamma, k + gain, y), potential_of(f, gamma, k, x))


POTENTIAL = Theorem(
    potential,
    source="guler-1991",
    label="potential",
    status="true",
    as_cited="from memory",
    proof=f"{PROOF}#proximal-point",
    mutants=(
        Mutant(
            "k + 2.1 after a step",
            {"gain": Fraction(21, 10)},
            killed_at={"f": HALVED["f"], "x": vec(1), "gamma": ONE, "k": 0},
        ),
    ),
)


def rate_for_every_n(f: WithMinimizer, x: Point, gamma: Parameter, N: Steps, *, half: Fraction = HALF) -> Claim:
    r"""$f(x_N) - f_* \le \frac{|x_0 - x_*|^2}{2 \gamma N}$ for every $\gamma > 0$ and every $N \ge 1$."""
    last = iterated(lambda k, y: f.prox(gamma, y), x, N, lambda k, y: potential_of(f, gamma, k, y))
    return le(gamma * N * (f(last) - f.minimum.value), half * sq(x - f.minimum.at))


RATE_FOR_EVERY_N = Theorem(
    rate_for_every_n,
    source="guler-1991",
    label="rate-for-every-n",
    status="true",
    as_cited="from memory",
    proof=f"{PROOF}#proximal-point",
    mutants=(
        Mutant(
            "0.24 in place of 1/2",
            {"half": Fraction(24, 100)},
            killed_at={"f": HALVED["f"], "x": vec(1), "gamma": ONE, "N": 1},
        ),
    ),
)


def contraction(f: StronglyConvex, x: Point, gamma: Parameter, *, one: Fraction = ONE) -> Claim:
    r"""On $\mu$-strongly convex functions a step contracts the distance: $|x_1 - x_*| \le \frac{|x_0 - x_*|}{1 + \gamma \mu}$."""
    y, low = f.prox(gamma, x), f.minimum
    return le((1 + gamma * f.mu) ** 2 * sq(y - low.at), one * sq(x - low.at))


# f(y) = y^2/2.
PARABOLA = {
    "f": Known((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, HALF), ("mu",), (ONE,), True, (True, True), False),
    "x": vec(2),
    "gamma": ONE,
}

CONTRACTION = Theorem(
    contraction,
    source="rockafellar-1976",
    label="contraction",
    status="true",
    as_cited="from memory",
    proof=f"{PROOF}#proximal-point",
    attained=(PARABOLA,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=PARABOLA),),
)


def accelerated(f: WithMinimizer, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""Güler's accelerated proximal point method with $A_0 = \frac94$ and $\gamma = 1, 4$, so that $\alpha_k = \frac34$: $f(x_2) - f_* \le \frac{4}{A_0(\sqrt1 + \sqrt4)^2}(f(x_0) - f_* + \frac{A_0}2|x_0 - x_*|^2)$."""
    low, at, v = f.minimum, x, x
    for gamma in (1, 4):
        ahead = at / 4 + 3 * v / 4
        at = f.prox(gamma, ahead)
        v = v + 4 * (at - ahead) / 3
    return le(81 * (f(at) - low.value), one * 16 * (f(x) - low.value + Fraction(9, 8) * sq(x - low.at)))


# f falls towards 0 with ever smaller slopes.
STAIRCASE = {
    "f": Known(
        (vec(0), vec(Fraction(-201, 32)), vec(Fraction(-849, 160)), vec(Fraction(-217, 32))),
        (vec(0), vec(Fraction(-1, 2)), vec(Fraction(-17, 80)), vec(-1)),
        (Fraction(0), Fraction(3, 2), Fraction(9, 8), Fraction(2)),
        (),
        (),
        True,
        (True, True, True, False),
        False,
    ),
    "x": vec(Fraction(-217, 32)),
}

ACCELERATED = Theorem(
    accelerated,
    source="guler-1992",
    label="accelerated-proximal-point",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF + "#proximal-point",
    mutants=(Mutant("1/10 in place of 1", {"one": Fraction(1, 10)}, killed_at=STAIRCASE),),
)
