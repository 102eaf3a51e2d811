r"""The needles: true statements about first-order methods, each with false neighbours that are hard to see.

A needle is a mutant of a true statement, its twin: the reason that it is false is the instance
`killed_at`, and `proof` cites the theorem that makes the twin true. L need not be 1: the statements are
homogeneous. Step sizes are 1/L where none is given.
"""

from fractions import Fraction
from typing import Annotated, Any

from objectives import (
    HeavyBall,
    Objective,
    PiecewiseQuadratic,
    Quadratic,
    Tabulated,
    convex,
    convex_with_minimum,
    curvature_data,
    exact_line_search,
    fast_gradient,
    gradient_step,
    orbit,
    quadratics,
    restricted_secant,
    smooth,
    smooth_with_minimum,
    square,
    starts,
    step_sizes,
)
from refute import (
    Claim,
    Domain,
    Draw,
    Given,
    Mutant,
    Theorem,
    Vec,
    absolute,
    both,
    choose,
    converges,
    dot,
    known,
    le,
    lt,
    maximum,
    one_of,
    points,
    rational,
    sq,
    such_that,
    vec,
)
from refute.domains import RATIONALS
from theorems.descent import DESCENT_LEMMA, SUMMED_GRADIENTS_FROM_ZERO

ONE = Fraction(1)
SOURCE = "needles"


def q(text: str) -> Fraction:
    """A rational in decimals."""
    return Fraction(text)


Smooth = Annotated[Objective, smooth()]
Convex = Annotated[Objective, convex()]
StronglyConvex = Annotated[Objective, such_that(convex_with_minimum(), "mu > 0", lambda f: lt(0, f.mu))]
AtMinimizer = such_that(
    convex_with_minimum(),
    "not constant, a minimizer is known exactly",
    lambda f: known(f.L > 0 and getattr(f.minimum, "at", None) is not None, "no minimizer is known exactly"),
)
NotAffine = such_that(smooth_with_minimum(), "not constant", lambda f: lt(0, f.L))
Values = Annotated[
    Objective, one_of("convex functions", AtMinimizer, AtMinimizer, curvature_data(convex=True, steps=5))
]
Fast = Annotated[Objective, AtMinimizer]
Dips = Annotated[Objective, NotAffine]
Secant = Annotated[Objective, restricted_secant()]
Point = Annotated[Vec, lambda f: starts(f)]
Other = Annotated[Vec, lambda f, x: points(f.dim, near=x, within=f.reach)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=2)]
StepUpTo = Annotated[Fraction, lambda f, two: step_sizes(f.L, below=two, closed=True)]


def no_ascent(f: Smooth, h: StepUpTo, x: Point, *, two: Fraction = Fraction(2)) -> Claim:
    r"""$f(x_1) \le f(x_0)$ for $0 < h \le 2/L$."""
    return le(f(gradient_step(f, h, x)), f(x))


NO_ASCENT = Theorem(
    no_ascent,
    source=SOURCE,
    label="no-ascent",
    status="true",
    proof="f(x_1) <= f(x_0) - h (1 - h L/2) |grad f(x_0)|^2, docs/classical.md#descent-step",
    mutants=(
        Mutant(
            "steps up to 2.02/L",
            {"two": q("2.02")},
            killed_at={"f": square(1), "h": q("2.02"), "x": vec(1)},
        ),
    ),
)


def contraction(f: StronglyConvex, h: Step, x: Point, y: Other, *, c: Fraction = ONE) -> Claim:
    r"""$|x_1 - y_1| \le \max(|1 - h \mu|, |1 - h L|)\, |x_0 - y_0|$ for $\mu$-strongly convex $f$, in squares."""
    rate = maximum(absolute(1 - h * f.mu), absolute(1 - h * f.L))
    moved = gradient_step(f, h, x) - gradient_step(f, h, y)
    return le(sq(moved), (c * rate) ** 2 * sq(x - y), unit=sq(x - y))


CONTRACTION = Theorem(
    contraction,
    source=SOURCE,
    label="contraction",
    status="true",
    proof="the eigenvalues of the mean Hessian between x and y lie in [mu, L]",
    mutants=(
        Mutant(
            "less 2 %",
            {"c": q("0.98")},
            killed_at={"f": square(1), "h": Fraction(1, 2), "x": vec(1), "y": vec(0)},
        ),
    ),
)


def cocoercivity(f: Convex, x: Point, y: Other, *, c: Fraction = ONE) -> Claim:
    r"""$\frac1L |\nabla f(x) - \nabla f(y)|^2 \le \langle \nabla f(x) - \nabla f(y), x - y\rangle$ for convex $f$."""
    g = f.grad(x) - f.grad(y)
    return le(c * sq(g), f.L * dot(g, x - y), unit=sq(g))


COCOERCIVITY = Theorem(
    cocoercivity,
    source=SOURCE,
    label="cocoercivity",
    status="true",
    proof="Baillon and Haddad 1977",
    mutants=(Mutant("plus 1 %", {"c": q("1.01")}, killed_at={"f": square(1), "x": vec(1), "y": vec(0)}),),
)

StrictlyConvexQuadratic = Annotated[
    Objective, such_that(quadratics(), "mu > 0", lambda f: both(mu=lt(0, f.mu), bent=lt(f.mu, f.L)))
]


def line_search(f: StrictlyConvexQuadratic, x: Point, *, c: Fraction = ONE) -> Claim:
    r"""$f(x_1) - \min f \le \left(\frac{L - \mu}{L + \mu}\right)^2 (f(x_0) - \min f)$ with exact line search."""
    least = f.minimum.value
    gap = f(x) - least
    rate = ((f.L - f.mu) / (f.L + f.mu)) ** 2
    return le(f(exact_line_search(f, x)) - least, c * rate * gap, unit=gap)


def away_from_rest(f: Quadratic, x: Vec) -> Claim:
    """grad f(x) != 0."""
    return lt(0, sq(f.grad(x)))


def diagonal(*eigenvalues: int) -> Quadratic:
    """The quadratic with these eigenvalues along the axes and minimum 0 at 0."""
    n = len(eigenvalues)
    zero = Fraction(0)
    return Quadratic(
        (zero,) * (n * (n - 1) // 2), tuple(map(Fraction, eigenvalues)), (zero,) * n, Vec((zero,) * n), zero
    )


LINE_SEARCH = Theorem(
    line_search,
    source=SOURCE,
    label="exact-line-search",
    status="true",
    given=(Given("grad f(x) != 0", away_from_rest),),
    proof="Kantorovich's inequality",
    mutants=(Mutant("less 1 %", {"c": q("0.99")}, killed_at={"f": diagonal(1, 10), "x": vec(10, 1)}),),
)


def values(f: Values, x: Point, *, c: Fraction = ONE, N: int = 5) -> Claim:
    r"""$f(x_N) - \min f \le \frac{L |x_0 - x_*|^2}{4 N + 2}$ for convex $f$, $h = 1/L$."""
    *_, last = orbit(f, 1 / f.L, x, N)
    bound = f.L * sq(x - f.minimum.at) / (4 * N + 2)
    return le(f(last) - f.minimum.value, c * bound, unit=bound)


def huber(knot: Fraction) -> PiecewiseQuadratic:
    """Huber's function: x^2/2 between -knot and knot, straight beyond."""
    return PiecewiseQuadratic((-knot, knot), (Fraction(0), ONE, Fraction(0)), -knot, knot**2 / 2)


VALUES = Theorem(
    values,
    source=SOURCE,
    label="values",
    status="true",
    proof="Drori and Teboulle 2014, Theorem 3.1",
    mutants=(
        Mutant("less 10 %", {"c": q("0.9")}, killed_at={"f": huber(ONE), "x": vec(11)}),
        Mutant("less 1 %", {"c": q("0.99")}, killed_at={"f": huber(ONE), "x": vec(11)}),
    ),
)


def gradients(f: Values, x: Point, *, c: Fraction = ONE, N: int = 5) -> Claim:
    r"""$|\nabla f(x_N)|^2 \le \frac{L^2 |x_0 - x_*|^2}{(N + 1)^2}$ for convex $f$, $h = 1/L$."""
    *_, last = orbit(f, 1 / f.L, x, N)
    bound = (f.L / (N + 1)) ** 2 * sq(x - f.minimum.at)
    return le(sq(f.grad(last)), c * bound, unit=bound)


GRADIENTS = Theorem(
    gradients,
    source=SOURCE,
    label="gradients",
    status="true",
    proof="Kim and Fessler 2021 (Section 6); Taylor, Hendrickx and Glineur 2017 (numerically)",
    mutants=(Mutant("less 1 %", {"c": q("0.99")}, killed_at={"f": huber(ONE), "x": vec(6)}),),
)


def fast_values(f: Fast, x: Point, *, c: Fraction = ONE, N: int = 5) -> Claim:
    r"""$f(y_N) - \min f \le L |x_0 - x_*|^2/28$ after $N = 5$ steps of the fast gradient method with
    momentum $k/(k+3)$.
    """
    last = fast_gradient(f, 1 / f.L, x, N)
    bound = f.L * sq(x - f.minimum.at) / 28
    return le(f(last) - f.minimum.value, c * bound, unit=bound)


FAST_VALUES = Theorem(
    fast_values,
    source=SOURCE,
    label="fast-gradient-method",
    status="true",
    proof="performance estimation gives 0.0357143 (1/28) to 7 digits (benchmarks/needles/pepit.py); attained by Huber's function; "
    "conjectured by Taylor, Hendrickx and Glineur 2017",
    mutants=(Mutant("less 1 %", {"c": q("0.99")}, killed_at={"f": huber(ONE), "x": vec(14)}),),
)


def smallest_gradient(f: Dips, x: Point, *, c: Fraction = ONE, N: int = 3) -> Claim:
    r"""$\min_{k \le N} |\nabla f(x_k)|^2 \le \frac{4 L (f(x_0) - \min f)}{3 N + 2}$ for $L$-smooth $f$, $h = 1/L$."""
    squares = [sq(f.grad(y)) for y in orbit(f, 1 / f.L, x, N)]
    least = squares[0]
    for s in squares[1:]:
        least = -maximum(-least, -s)
    bound = 4 * f.L * (f(x) - f.minimum.value) / (3 * N + 2)
    return le(least, c * bound, unit=bound)


# Slope 1 at 0, -1, -2, -3 and 1/2 between them; then down to the minimizer -4.
DIPS = PiecewiseQuadratic(
    tuple(Fraction(k, 2) for k in range(-6, 1)), (ONE, -ONE, ONE, -ONE, ONE, -ONE, ONE, ONE), ONE, Fraction(0)
)

SMALLEST_GRADIENT = Theorem(
    smallest_gradient,
    source=SOURCE,
    label="smallest-gradient",
    status="true",
    proof="Abbaszadehpeivasti, de Klerk and Zamani 2021, Theorem 2",
    mutants=(Mutant("less 1 %", {"c": q("0.99")}, killed_at={"f": DIPS, "x": vec(0)}),),
)


def secant_contraction(f: Secant, x: Point, *, c: Fraction = ONE) -> Claim:
    r"""$|x_1 - x_*|^2 \le (1 - \mu^2/L^2) |x_0 - x_*|^2$ with $h = \mu/L^2$, under
    $\langle \nabla f(x), x - x_*\rangle \ge \mu |x - x_*|^2$ and $|\nabla f(x)| \le L |x - x_*|$.
    """
    away = sq(x - f.minimum.at)
    rate = 1 - (f.mu / f.L) ** 2
    return le(sq(gradient_step(f, f.mu / f.L**2, x) - f.minimum.at), c * rate * away, unit=away)


TURNED = Tabulated(
    (vec(0, 0), vec(1, 0)), (vec(0, 0), vec(3, 4)), (Fraction(0), Fraction(0)), Fraction(3), Fraction(5), "secant"
)

SECANT_CONTRACTION = Theorem(
    secant_contraction,
    source=SOURCE,
    label="restricted-secant",
    status="true",
    proof="expand the square and use both inequalities; exact by Guille-Escuret et al. 2022",
    mutants=(Mutant("less 1 %", {"c": q("0.99")}, killed_at={"f": TURNED, "x": vec(1, 0)}),),
)

KAPPA = 25


def condition_25(*, quadratic: bool) -> Domain:
    """Functions of the line with mu <= f'' <= L, L = 25 mu: quadratics x -> curvature (x - centre)^2/2, or
    piecewise quadratics that have both curvatures."""

    def draw(d: Draw) -> Any:
        size, m, first, s, *more = choose(d, 3, 3, RATIONALS, 65, *(4, 16) * 4)
        mu = (ONE, Fraction(1, 10), Fraction(10))[size]
        curvatures = [mu * (ONE, Fraction(KAPPA), Fraction(KAPPA), Fraction(5))[i] for i in more[::2]]
        knots = [rational(first)]
        for gap in more[1:6:2]:
            knots.append(knots[-1] + Fraction(gap + 1, 4))
        curvatures[0], curvatures[1] = (mu, KAPPA * mu) if more[1] % 2 else (KAPPA * mu, mu)
        if quadratic:
            return Quadratic((), (curvatures[-1],), (Fraction(0),), vec(rational(first)), Fraction(0))
        return PiecewiseQuadratic(
            tuple(knots[: m + 1]), tuple(curvatures[: m + 2]), curvatures[0] * Fraction(s - 32, 8), Fraction(0)
        )

    def member(f: Any) -> Claim:
        if quadratic:
            return both(
                kind=known(isinstance(f, Quadratic) and f.dim == 1, "a quadratic of the line"), convex=lt(0, f.mu)
            )
        return both(
            kind=known(isinstance(f, PiecewiseQuadratic), "piecewise quadratic"),
            convex=lt(0, f.mu),
            kappa=le(f.L, KAPPA * f.mu),
        )

    return Domain("functions of the line of condition 25", draw, member, (PiecewiseQuadratic, Quadratic, Vec))


Tuned = Annotated[Objective, condition_25(quadratic=True)]


def heavy_ball(f: Tuned, x: Point, *, root: int = 5) -> Claim:
    r"""$x_{k+1} = x_k - h f'(x_k) + \beta (x_k - x_{k-1})$ converges from $x_{-1} = x_0$, with Polyak's tuning for
    $\mu = L/25$: $h = 4/(\sqrt L + \sqrt\mu)^2$, $\beta = \left(\frac{\sqrt\kappa - 1}{\sqrt\kappa + 1}\right)^2$, $\kappa = 25$.
    """
    mu = f.L / root**2
    h, beta = 4 / (mu * (root + 1) ** 2), Fraction((root - 1) ** 2, (root + 1) ** 2)
    return converges(HeavyBall(f, h, beta), Vec((*x, *x)), look=64)


# f' = 25 x up to 1, x + 24 up to 2, 25 x - 24 beyond: an attracting cycle of period 3.
LESSARD = PiecewiseQuadratic(
    (Fraction(1), Fraction(2)), (Fraction(25), ONE, Fraction(25)), Fraction(25), Fraction(25, 2)
)

HEAVY_BALL = Theorem(
    heavy_ball,
    source=SOURCE,
    label="heavy-ball",
    status="true",
    proof="Polyak 1964: for quadratics with mu <= f'' <= L both eigenvalues have modulus sqrt(beta) < 1",
    mutants=(
        Mutant(
            "for strongly convex functions of condition 25",
            domains={"f": condition_25(quadratic=False)},
            killed_at={"f": LESSARD, "x": Vec((q("3.3"),))},
        ),
    ),
)

#: The fourteen: the twin, and which of its mutants.
NEEDLES: tuple[tuple[Theorem, Mutant], ...] = (
    (DESCENT_LEMMA, Mutant("0.45 in place of 1/2", {"half": q("0.45")}, killed_at=DESCENT_LEMMA.attained[0])),
    (DESCENT_LEMMA, Mutant("0.495 in place of 1/2", {"half": q("0.495")}, killed_at=DESCENT_LEMMA.attained[0])),
    (NO_ASCENT, NO_ASCENT.mutants[0]),
    (CONTRACTION, CONTRACTION.mutants[0]),
    (SUMMED_GRADIENTS_FROM_ZERO, SUMMED_GRADIENTS_FROM_ZERO.mutants[0]),
    (COCOERCIVITY, COCOERCIVITY.mutants[0]),
    (LINE_SEARCH, LINE_SEARCH.mutants[0]),
    (VALUES, VALUES.mutants[0]),
    (VALUES, VALUES.mutants[1]),
    (GRADIENTS, GRADIENTS.mutants[0]),
    (FAST_VALUES, FAST_VALUES.mutants[0]),
    (SMALLEST_GRADIENT, SMALLEST_GRADIENT.mutants[0]),
    (SECANT_CONTRACTION, SECANT_CONTRACTION.mutants[0]),
    (HEAVY_BALL, HEAVY_BALL.mutants[0]),
)
