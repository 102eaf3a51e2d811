r"""The heavy ball with Polyak's tuning: it converges on quadratics, and cycles beyond them."""

from fractions import Fraction
from typing import Annotated, Any

from objectives import HeavyBall, Objective, PiecewiseQuadratic, Quadratic, starts
from refute import (
    RATIONALS,
    Claim,
    Domain,
    Draw,
    Mutant,
    Theorem,
    Vec,
    both,
    choose,
    converges,
    known,
    le,
    lt,
    rational,
    vec,
)

ONE = Fraction(1)
SOURCE = "needles"
Point = Annotated[Vec, lambda f: starts(f)]
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
    return converges(HeavyBall(f, h, beta), Vec((*x, *x)))


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
            killed_at={"f": LESSARD, "x": Vec((Fraction("3.3"),))},
        ),
    ),
)
