r"""Proximal gradient methods for $F = f + g$: $f$ convex and $L$-smooth, $g$ convex, smooth or not; a step is $x_+ = \mathrm{prox}_{g/L}(x - \frac1L \nabla f(x))$.

$x_*$ minimizes $F$, that is $-\nabla f(x_*) \in \partial g(x_*)$. Every statement is proved by duality, for all $f$ and $g$, starts and dimensions.
"""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Known,
    Objective,
    PiecewiseQuadratic,
    convex,
    convex_nonsmooth,
    square,
    step_sizes,
    strongly_convex,
)
from refute import (
    Claim,
    Given,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    integers,
    iterated,
    le,
    maximum,
    naturals,
    norm,
    points,
    sq,
    vec,
)

ONE, TWO, HALF, QUARTER, ZERO = Fraction(1), Fraction(2), Fraction(1, 2), Fraction(1, 4), Fraction(0)
PROOF = "docs/methods.md#proximal-gradient"

Smooth = Annotated[Objective, convex()]
Convex = Annotated[Known, lambda f: convex_nonsmooth(dim=f.dim)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Few = Annotated[int, integers(1, 2)]
Steps = Annotated[int, naturals(1, drawn=6)]

STATIONARY = Given("x_* minimizes F", lambda f, g, x_star: g.has_subgradient(x_star, -f.grad(x_star)))


def step(f: Objective, g: Known, x: Vec) -> Vec:
    """x_+."""
    return g.prox(1 / f.L, x - f.grad(x) / f.L)


def gap(f: Objective, g: Known, x: Vec, x_star: Vec) -> Scalar:
    """F(x) - F(x_*)."""
    return f(x) + g(x) - f(x_star) - g(x_star)


def rate(f: Smooth, g: Convex, x: Point, x_star: Point, N: Few, *, quarter: Fraction = QUARTER) -> Claim:
    r"""$F(x_N) - F(x_*) \le \frac{L |x_0 - x_*|^2}{4 N}$ for $N \le 2$."""
    y = x
    for _ in range(N):
        y = step(f, g, y)
    return le(N * gap(f, g, y, x_star), quarter * f.L * sq(x - x_star))


# f is 0 up to 2, g = |x|/2: a step of 1 leads from 1 to 1/2.
FLAT = PiecewiseQuadratic((Fraction(2),), (ZERO, ONE), ZERO, ZERO)
SLOPED = Known(
    (vec(0), vec(HALF), vec(1)),
    (vec(0), vec(HALF), vec(HALF)),
    (ZERO, QUARTER, HALF),
    (),
    (),
    False,
    (True, True, False),
    False,
)
ONE_STEP = {"f": FLAT, "g": SLOPED, "x": vec(1), "x_star": vec(0), "N": 1}

RATE = Theorem(
    rate,
    source="taylor-2017-composite",
    label="proximal-gradient",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY,),
    attained=(ONE_STEP,),
    mutants=(Mutant("0.24 in place of 1/4", {"quarter": Fraction(24, 100)}, killed_at=ONE_STEP),),
)


def rate_for_every_n(f: Smooth, g: Convex, x: Point, x_star: Point, N: Steps, *, half: Fraction = HALF) -> Claim:
    r"""$F(x_N) - F(x_*) \le \frac{L |x_0 - x_*|^2}{2 N}$ for every $N \ge 1$."""

    def potential(k: Scalar, y: Vec) -> Scalar:
        return k * gap(f, g, y, x_star) + HALF * f.L * sq(y - x_star)

    last = iterated(lambda k, y: step(f, g, y), x, N, potential)
    return le(N * gap(f, g, last, x_star), half * f.L * sq(x - x_star))


RATE_FOR_EVERY_N = Theorem(
    rate_for_every_n,
    source="beck-teboulle-2009",
    label="proximal-gradient",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY,),
    mutants=(Mutant("0.24 in place of 1/2", {"half": Fraction(24, 100)}, killed_at=ONE_STEP),),
)


def fista(f: Smooth, g: Convex, x: Point, x_star: Point, N: Steps, *, two: Fraction = TWO) -> Claim:
    r"""The accelerated method (FISTA, with $t_k = \frac{k + 2}2$): $F(y_N) - F(x_*) \le \frac{2 L |x_0 - x_*|^2}{N (N + 2)}$ for every $N \ge 1$."""

    def forward(k: Scalar, state: tuple[Vec, Vec]) -> tuple[Vec, Vec]:
        (y, z), t = state, (k + 2) / 2
        between = y + (z - y) / t
        after = step(f, g, between)
        return after, z + t * (after - between)

    def potential(k: Scalar, state: tuple[Vec, Vec]) -> Scalar:
        y, z = state
        return k * (k + 2) / 4 * gap(f, g, y, x_star) + HALF * f.L * sq(z - x_star)

    last, _ = iterated(forward, (x, x), N, potential)
    return le(N * (N + 2) * gap(f, g, last, x_star), two * f.L * sq(x - x_star))


FISTA = Theorem(
    fista,
    source="beck-teboulle-2009",
    label="fista",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY,),
    mutants=(Mutant("0.72 in place of 2", {"two": Fraction(72, 100)}, killed_at=ONE_STEP),),
)


StronglyConvex = Annotated[Objective, strongly_convex()]
Other = Annotated[Vec, lambda f: points(f.dim)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L)]


def contraction(f: StronglyConvex, g: Convex, x: Point, y: Other, h: Step, *, c: Fraction = ONE) -> Claim:
    r"""For $\mu \le f'' \le L$, any convex $g$ and $0 < h < \frac2L$ a step $x_+ = \mathrm{prox}_{hg}(x - h\nabla f(x))$ brings two points closer: $|x_+ - y_+| \le \max(1 - h\mu, hL - 1) |x - y|$."""
    after = g.prox(h, x - h * f.grad(x)) - g.prox(h, y - h * f.grad(y))
    return le(norm(after), c * maximum(1 - h * f.mu, h * f.L - 1) * norm(x - y))


def idle(*at: Fraction) -> Known:
    """g = 0 on the line, whose proximal points are the points themselves."""
    n = len(at)
    return Known(tuple(map(vec, at)), (vec(0),) * n, (ZERO,) * n, (), (), False, (True,) * n, False)


# f = x^2/2 and g = 0, with h = 1/4 and h = 3/2.
CLOSER, LONGER = (
    {"f": square(1), "g": idle(ZERO, 1 - h), "x": vec(1), "y": vec(0), "h": h} for h in (QUARTER, Fraction(3, 2))
)

CONTRACTION = Theorem(
    contraction,
    source="taylor-2018",
    label="proximal-gradient-contraction",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(CLOSER, LONGER),
    mutants=(Mutant("0.9999 in place of 1", {"c": Fraction(9999, 10000)}, killed_at=CLOSER),),
)


def fast(f: Smooth, g: Convex, x: Point, x_star: Point, N: Few, *, two: Fraction = TWO) -> Claim:
    r"""With the momentum $\frac k{k + 3}$: $F(x_N) - F(x_*) \le \frac{2L|x_0 - x_*|^2}{N^2 + 5N + 2}$ for $N \le 2$."""
    at, ahead = x, x
    for k in range(N):
        before, at = at, step(f, g, ahead)
        ahead = at + Fraction(k, k + 3) * (at - before)
    return le((N**2 + 5 * N + 2) * gap(f, g, at, x_star), two * f.L * sq(x - x_star))


FAST = Theorem(
    fast,
    source="taylor-2017-composite",
    label="fast-proximal-gradient",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY,),
    attained=(ONE_STEP,),
    mutants=(Mutant("1.98 in place of 2", {"two": Fraction(198, 100)}, killed_at=ONE_STEP),),
)
