r"""One step of a method: ascent, contraction, cocoercivity, exact line search, the restricted secant inequality.

L need not be 1: the statements are homogeneous. A needle is a mutant; `killed_at` is the reason that it is false.
"""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Objective,
    Quadratic,
    Tabulated,
    convex,
    convex_with_minimum,
    exact_line_search,
    gradient_step,
    quadratics,
    restricted_secant,
    smooth,
    square,
    starts,
    step_sizes,
)
from refute import (
    Claim,
    Given,
    Mutant,
    Theorem,
    Vec,
    absolute,
    both,
    dot,
    le,
    lt,
    maximum,
    points,
    sq,
    such_that,
    vec,
)

ONE = Fraction(1)
SOURCE = "needles"

Smooth = Annotated[Objective, smooth()]
Convex = Annotated[Objective, convex()]
StronglyConvex = Annotated[Objective, such_that(convex_with_minimum(), "mu > 0", lambda f: lt(0, f.mu))]
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
            {"two": Fraction("2.02")},
            killed_at={"f": square(1), "h": Fraction("2.02"), "x": vec(1)},
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
            {"c": Fraction("0.98")},
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
    mutants=(Mutant("plus 1 %", {"c": Fraction("1.01")}, killed_at={"f": square(1), "x": vec(1), "y": vec(0)}),),
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
    mutants=(Mutant("less 1 %", {"c": Fraction("0.99")}, killed_at={"f": diagonal(1, 10), "x": vec(10, 1)}),),
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
    mutants=(Mutant("less 1 %", {"c": Fraction("0.99")}, killed_at={"f": TURNED, "x": vec(1, 0)}),),
)
