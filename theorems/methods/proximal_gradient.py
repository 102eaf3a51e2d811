r"""Proximal gradient methods for $F = f + g$: $f$ convex and $L$-smooth, $g$ convex, smooth or not; a step is $x_+ = \mathrm{prox}_{g/L}(x - \frac1L \nabla f(x))$.

$x_*$ minimizes $F$, that is $-\nabla f(x_*) \in \partial g(x_*)$. Every statement is proved by duality, for all $f$ and $g$, starts and dimensions.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Known, Objective, PiecewiseQuadratic, convex, convex_nonsmooth
from refute import Claim, Given, Mutant, Scalar, Theorem, Vec, integers, iterated, le, naturals, points, sq, vec

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
