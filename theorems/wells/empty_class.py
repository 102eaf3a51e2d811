r"""Why Lemma 2.1 and Theorem 2.2 of grachev-2023, and what its introduction and conclusion say of them, are about nothing as
printed: the class $C_l$ is empty.

$f$ is asked to be differentiable with a Lipschitz gradient, to be $\mu_\dagger$-OPSC towards $x_\dagger$ over $M \ni x_\dagger$ and
$\mu_*$-OPSC towards $x_*$ around $M$. The segment from $x_\dagger$ to $x_*$ leaves $M$ at a point $p = x_\dagger + t (x_* - x_\dagger)$,
which is a limit of points of $M$ and of points outside it. Since $\nabla f$ is continuous both inequalities hold at $p$; but there
$x_\dagger$ and $x_*$ lie in opposite directions, and $\nabla f(p)$ cannot point away from both.

Of the two conditions only what they say at $p$ is asked here, of functions of many kinds and any two points, and yet
each is violated wherever the other one holds. ($M$ is the ball around $x_\dagger$ through $p$ where the conclusion needs it; in
Lemma 2.1 $r_P$, which the source leaves to be chosen, is so large that the ball of this radius reaches beyond $p$.)
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated

from objectives import GD, Objective, smooth
from objectives.classes import narrow_smoothness, one_point_constants, points_but, printed_large_steps
from objectives.wells import reaches
from refute import (
    Claim,
    Empty,
    Given,
    Scalar,
    Theorem,
    Vec,
    between,
    both,
    converges_to,
    dot,
    le,
    norm,
    points,
    sq,
)

Smooth = Annotated[Objective, smooth()]
Point = Annotated[Vec, lambda f: points(f.dim)]
Part = Annotated[Fraction, between(0, 1, open=True)]
Near = Annotated[Vec, lambda f, x_dagger: points(f.dim, near=x_dagger)]


def exit_point(x_star: Vec, x_dagger: Vec, t: Scalar) -> Vec:
    r"""$p = x_\dagger + t (x_* - x_\dagger)$."""
    p: Vec = x_star - (1 - t) * (x_star - x_dagger)
    return p


Other = Annotated[Vec, lambda f, x_star: points_but(f.dim, x_star)]
MuDagger = Annotated[
    Fraction, lambda f, x_star, x_dagger, t: one_point_constants(f, x_dagger, exit_point(x_star, x_dagger, t))
]
MuStar = Annotated[
    Fraction, lambda f, x_star, x_dagger, t: one_point_constants(f, x_star, exit_point(x_star, x_dagger, t))
]
Narrower = Annotated[Fraction, narrow_smoothness]
Window = Annotated[Fraction, lambda mu_dagger, mu_star, L: between(2 / mu_dagger, mu_star / L**2, open=True)]
LargeStep = Annotated[Fraction, printed_large_steps]
# mu_dagger <= L_global, so that the larger of the two is L_global wherever the other hypotheses hold.
SmallStep = Annotated[Fraction, lambda f, mu_dagger: between(0, mu_dagger / max(f.L, mu_dagger) ** 2, open=True)]


def opsc(f: Objective, mu: Scalar, centre: Vec, x: Vec) -> Claim:
    r"""$\langle\nabla f(x), x - c\rangle \ge \mu |x - c|^2$."""
    return le(mu * sq(x - centre), dot(f.grad(x), x - centre))


INSIDE = Given(
    "OPSC towards x_dagger",
    lambda f, mu_dagger, x_star, x_dagger, t: opsc(f, mu_dagger, x_dagger, exit_point(x_star, x_dagger, t)),
)
OUTSIDE = Given(
    "OPSC towards x_*",
    lambda f, mu_star, x_star, x_dagger, t: opsc(f, mu_star, x_star, exit_point(x_star, x_dagger, t)),
)


def no_opsc_towards(f: Objective, mu: Scalar, c: Vec, x_star: Vec, x_dagger: Vec, t: Scalar) -> Claim:
    r"""$\langle\nabla f(p), p - c\rangle \le -\mu t (1 - t) |x_* - x_\dagger|^2$, where OPSC towards $c$ asks for a positive number."""
    p = exit_point(x_star, x_dagger, t)
    return le(dot(f.grad(p), p - c), -mu * t * (1 - t) * sq(x_star - x_dagger))


EMPTY = (
    Empty(
        "OPSC towards x_*",
        lambda f, mu_dagger, x_star, x_dagger, t: no_opsc_towards(f, mu_dagger, x_star, x_star, x_dagger, t),
        drops=("OPSC towards x_*",),
    ),
    Empty(
        "OPSC towards x_dagger",
        lambda f, mu_star, x_star, x_dagger, t: no_opsc_towards(f, mu_star, x_dagger, x_star, x_dagger, t),
        drops=("OPSC towards x_dagger",),
    ),
)


def lemma_2_1(
    f: Smooth,
    x_star: Point,
    x_dagger: Other,
    t: Part,
    mu_dagger: MuDagger,
    mu_star: MuStar,
    L: Narrower,
    gamma: Window,
    x0: Near,
) -> Claim:
    r"""GD with $\frac2{\mu_\dagger} < \gamma < \frac{\mu_*}{L^2}$ reaches a point closer to $x_*$ than $|x_* - x_\dagger| - r$, $r$ the
    diameter of $M$.
    """
    D = norm(x_star - x_dagger)
    return reaches(f, gamma, x0, x_star, (1 - 2 * t) * D)


def theorem_2_2_small_step(
    f: Smooth,
    x_star: Point,
    x_dagger: Other,
    t: Part,
    mu_dagger: MuDagger,
    mu_star: MuStar,
    gamma: SmallStep,
    x0: Near,
) -> Claim:
    r"""GD with $\gamma < \frac{\mu_\dagger}{L_{\mathrm{global}}^2}$ converges to $x_\dagger$ from every start in $M$."""
    return converges_to(GD(f, gamma), x0, x_dagger)


def theorem_2_2_large_step(
    f: Smooth,
    x_star: Point,
    x_dagger: Other,
    t: Part,
    mu_dagger: MuDagger,
    mu_star: MuStar,
    L: Narrower,
    gamma: LargeStep,
    x0: Point,
) -> Claim:
    r"""GD with $\frac2{\mu_\dagger} < \gamma \le \frac{\mu_*}{L^2}$ converges to $x_*$ from almost every start."""
    return converges_to(GD(f, gamma), x0, x_star)


def positive_probability_of_sharp(
    f: Smooth, x_star: Point, x_dagger: Other, t: Part, mu_dagger: MuDagger, mu_star: MuStar, gamma: SmallStep, x0: Near
) -> Claim:
    r"""GD with a small step converges to $x_\dagger$ with positive probability: from the starts close to it."""
    return converges_to(GD(f, gamma), x0, x_dagger)


def small_sharp_large_flat(
    f: Smooth,
    x_star: Point,
    x_dagger: Other,
    t: Part,
    mu_dagger: MuDagger,
    mu_star: MuStar,
    L: Narrower,
    small: SmallStep,
    gamma: LargeStep,
    x0: Point,
) -> Claim:
    r"""From almost every start GD converges to the sharp $x_\dagger$ with a small step, to the flat $x_*$ with a large one."""
    sharp = converges_to(GD(f, small), x0, x_dagger)
    return both(sharp=sharp, flat=converges_to(GD(f, gamma), x0, x_star))


def vacuous(statement: Callable[..., Claim], label: str) -> Theorem:
    """The record of a statement about the printed class."""
    return Theorem(
        statement,
        source="grachev-2023",
        label=label,
        status="vacuous",
        proof="docs/escape.md#empty",
        given=(INSIDE, OUTSIDE),
        empty=EMPTY,
    )


LEMMA_2_1 = vacuous(lemma_2_1, "lemma-2.1")
THEOREM_2_2_SMALL_STEP = vacuous(theorem_2_2_small_step, "theorem-2.2-small-step")
THEOREM_2_2_LARGE_STEP = vacuous(theorem_2_2_large_step, "theorem-2.2-large-step")
POSITIVE_PROBABILITY_OF_SHARP = vacuous(positive_probability_of_sharp, "positive-probability-of-sharp")
SMALL_SHARP_LARGE_FLAT = vacuous(small_sharp_large_flat, "small-sharp-large-flat")
