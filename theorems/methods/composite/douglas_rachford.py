r"""Douglas-Rachford splitting for $F = f + g$, $f$ convex and 1-smooth (a choice of units), $g$ convex: $x = \mathrm{prox}_{\alpha f}(w)$, $y = \mathrm{prox}_{\alpha g}(2x - w)$, $w_+ = w + \theta(y - x)$. What is bounded is $F(y) - F_*$."""

from fractions import Fraction
from typing import Annotated

from objectives import Known, convex_nonsmooth, curvature_between
from refute import Claim, Given, Mutant, Scalar, Theorem, Vec, integers, le, points, sq, vec

ONE, HALF, THIRD = Fraction(1), Fraction(1, 2), Fraction(1, 3)
PROOF = "docs/methods.md#douglas-rachford-in-values"


Smooth = Annotated[Known, curvature_between(0, 1)]
Convex = Annotated[Known, lambda f: convex_nonsmooth(dim=f.dim)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Few = Annotated[int, integers(1, 2)]

STATIONARY = Given("x_* minimizes F", lambda f, g, x_star: g.has_subgradient(x_star, -f.grad(x_star)))


def gap(f: Known, g: Known, y: Vec, x_star: Vec) -> Scalar:
    """F(y) - F(x_*)."""
    found: Scalar = f(y) + g(y) - f(x_star) - g(x_star)
    return found


def one_step(f: Smooth, g: Convex, w: Point, x_star: Point, *, one: Fraction = ONE) -> Claim:
    r"""With $\alpha = \theta = 1$: $F(y_1) - F_* \le \frac14|x_0 - x_*|^2$, $x_0 = \mathrm{prox}_f(w_0)$."""
    x = f.prox(1, w)
    return le(4 * gap(f, g, g.prox(1, 2 * x - w), x_star), one * sq(x - x_star))


# f is 0 and g = |x|/2: the step leads from 1 to 1/2.
FLAT = {
    "f": Known(
        (vec(1), vec(0), vec(HALF)), (vec(0),) * 3, (Fraction(0),) * 3, (), (), False, (True, False, False), False
    ),
    "g": Known(
        (vec(0), vec(HALF)), (vec(0), vec(HALF)), (Fraction(0), Fraction(1, 4)), (), (), False, (True, True), False
    ),
    "w": vec(1),
    "x_star": vec(0),
}

ONE_STEP = Theorem(
    one_step,
    source="ryu-boyd-2016",
    label="douglas-rachford",
    reading="one-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY,),
    mutants=(Mutant("0.97 in place of 1", {"one": Fraction(97, 100)}, killed_at=FLAT),),
)


def two_steps(f: Smooth, g: Convex, w: Point, x_star: Point, *, c: Fraction = Fraction(4, 31)) -> Claim:
    r"""With $\alpha = \theta = 1$: $F(y_2) - F_* \le \frac4{31}|x_0 - x_*|^2$. (The constant is ours.)"""
    x = first = f.prox(1, w)
    after = w + g.prox(1, 2 * x - w) - x
    x = f.prox(1, after)
    return le(gap(f, g, g.prox(1, 2 * x - after), x_star), c * sq(first - x_star))


# f = x + 6 and g = max(-x - 6, 0): from 0 by -2 to -3.
DOWNHILL = {
    "f": Known(
        (vec(-6), vec(-1), vec(-2), vec(-3)),
        (vec(1), vec(1), vec(1), vec(1)),
        (Fraction(0), Fraction(5), Fraction(4), Fraction(3)),
        (),
        (),
        False,
        (False, True, True, False),
        False,
    ),
    "g": Known(
        (vec(-6), vec(-2), vec(-3)),
        (vec(-1), vec(0), vec(0)),
        (Fraction(0), Fraction(0), Fraction(0)),
        (),
        (),
        False,
        (True, True, True),
        False,
    ),
    "w": vec(0),
    "x_star": vec(-6),
}

TWO_STEPS = Theorem(
    two_steps,
    source="ryu-boyd-2016",
    label="douglas-rachford",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY,),
    mutants=(Mutant("1/9 in place of 4/31", {"c": Fraction(1, 9)}, killed_at=DOWNHILL),),
)


def accelerated_step(f: Known, g: Known, w: Vec, N: int) -> Vec:
    r"""y_N of the accelerated method with $\alpha = \frac13$ and $\theta = \frac{1 - \alpha}{1 + \alpha} = \frac12$."""
    u = before = y = w
    for k in range(N):
        x = f.prox(THIRD, u)
        y = g.prox(THIRD, 2 * x - u)
        after = u + HALF * (y - x)
        u, before = (after + Fraction(k - 1, k + 2) * (after - before) if k else after), after
    return y


def accelerated(f: Smooth, g: Convex, w: Point, x_star: Point, N: Few) -> Claim:
    r"""The accelerated method has $F(y_N) - F_* \le \frac{2|w_0 - w_*|^2}{\alpha\theta(N + 3)^2}$, $w_* = x_* + \alpha\nabla f(x_*)$, for $\alpha = \frac13$, $\theta = \frac12$ and $N \le 2$: the bound that is published for quadratic $f$, asked of every convex one."""
    y = accelerated_step(f, g, w, N)
    return le((N + 3) ** 2 * gap(f, g, y, x_star), 12 * sq(w - x_star - THIRD * f.grad(x_star)))


# f has the slope -6 where it is asked, and g falls slowly before a wall at 10.
ON_THE_LINE = {
    "f": Known(
        (vec(10), vec(2), vec(Fraction(47, 15)), vec(Fraction(27, 5))),
        (vec(-6),) * 4,
        (Fraction(0), Fraction(48), Fraction(206, 5), Fraction(138, 5)),
        (),
        (),
        False,
        (False, True, True, False),
        False,
    ),
    "g": Known(
        (vec(10), vec(Fraction(64, 15)), vec(Fraction(27, 5))),
        (vec(6), vec(Fraction(-4, 5)), vec(Fraction(-4, 5))),
        (Fraction(0), Fraction(344, 75), Fraction(92, 25)),
        (),
        (),
        False,
        (True, True, True),
        False,
    ),
    "w": vec(0),
    "x_star": vec(10),
    "N": 2,
}

ACCELERATED = Theorem(
    accelerated,
    source="patrinos-2014",
    label="accelerated-douglas-rachford",
    reading="beyond-quadratics",
    status="false",
    as_cited="from memory",
    given=(STATIONARY,),
    refuted_at=ON_THE_LINE,
)


def amended(f: Smooth, g: Convex, w: Point, x_star: Point, N: Few, *, c: Fraction = Fraction(25, 2)) -> Claim:
    r"""With $\frac{25}2$ in place of $\frac2{\alpha\theta} = 12$ it holds for every convex 1-smooth $f$ and convex $g$, $N \le 2$."""
    y = accelerated_step(f, g, w, N)
    return le((N + 3) ** 2 * gap(f, g, y, x_star), c * sq(w - x_star - THIRD * f.grad(x_star)))


AMENDED = Theorem(
    amended,
    source="patrinos-2014",
    label="accelerated-douglas-rachford",
    reading="amended",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY,),
    mutants=(Mutant("12 in place of 12.5", {"c": Fraction(12)}, killed_at=ON_THE_LINE),),
)
