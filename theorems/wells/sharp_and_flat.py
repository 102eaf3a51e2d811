r"""Sharp and flat minima: what the introduction and the conclusion of grachev-2023 say of small and large steps.

As printed they are about the class $C_l$, which is empty (see empty_class.py). Mended, $f$ has a kink around a steep well, with
the letters of escape.py: $x_\dagger$ is its bottom, $x_*$ the minimizer around it. The steps are small:
$0 < \gamma < \frac{\mu_\dagger}{L_M^2}$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, PiecewiseQuadratic
from objectives.wells import WellOnLine, Wells, intervals_near, starts_anywhere, starts_in_well, wells
from refute import Claim, Domain, Given, Intervals, Mutant, Theorem, Vec, between, converges_to, known, lt, vec

ONE, TWO = Fraction(1), Fraction(2)
SOURCE, PROOF = "grachev-2023", "docs/escape.md#sharp-and-flat"

Well = Annotated[Wells, wells()]
OnTheLine = Annotated[WellOnLine, wells(dims="line")]
WINDOW = Given("2 L^2 < mu_dagger mu_*", lambda f: lt(2 * f.L**2, f.mu_dagger * f.mu_star))


def x_star_is_flat(f: Well, *, two: Fraction = TWO) -> Claim:
    r"""$\mu_\dagger > \frac{2 L^2}{\mu_*}$ makes $x_*$ less than half as sharp as $x_\dagger$: the curvatures of $f$ at $x_*$ are at most
    $L$, those at $x_\dagger$ at least $\mu_\dagger$, and $2 L < \mu_\dagger$.
    """
    return lt(two * f.L, f.mu_dagger)


PARABOLA = PiecewiseQuadratic((ONE,), (ONE, ONE), Fraction(0), Fraction(0))
# mu_dagger is just above 2 L.
HALF_AS_SHARP = WellOnLine(PARABOLA, Fraction(-2), Fraction(0), Fraction(1, 100), Fraction(201, 100))

X_STAR_IS_FLAT = Theorem(
    x_star_is_flat,
    source=SOURCE,
    label="small-sharp-large-flat",
    reading="flat",
    amends="grachev-2023/small-sharp-large-flat",
    status="true",
    proof=PROOF,
    given=(WINDOW,),
    mutants=(Mutant("2.02 in place of 2", {"two": Fraction(101, 50)}, killed_at={"f": HALF_AS_SHARP}),),
)


def small_steps(f: WellOnLine) -> Domain:
    """0 < gamma < mu_dagger/L_M^2, drawn from the upper half, where limits are decided soon."""
    top = f.mu_dagger / f.L_M**2
    return between(0, top, open=True, drawn=(top / 2, top))


SmallStep = Annotated[Fraction, small_steps]
InBall = Annotated[Vec, lambda f: starts_in_well(f, radius=f.within)]
Anywhere = Annotated[Vec, lambda f: starts_anywhere(f)]


def small_steps_end_sharp(f: OnTheLine, gamma: SmallStep, x0: Anywhere) -> Claim:
    r"""GD with a small step converges to the sharp minimum $x_\dagger$, wherever it starts."""
    return converges_to(GD(f, gamma), x0, f.x_dagger)


# From 1/2, between the well and x_* = 1, small steps lead to x_*.
STEEP = WellOnLine(PARABOLA, Fraction(-1, 10), Fraction(0), Fraction(1, 50), Fraction(3))

SMALL_STEPS_END_SHARP = Theorem(
    small_steps_end_sharp,
    source=SOURCE,
    label="small-sharp-large-flat",
    reading="any-start",
    status="false",
    refuted_at={"f": STEEP, "gamma": Fraction(1, 250), "x0": vec(Fraction(1, 2))},
)


Starts = Annotated[Intervals, lambda f: intervals_near(f)]


def positive_probability_of_sharp(f: OnTheLine, gamma: SmallStep, W: Starts) -> Claim:
    r"""GD with a small step, started uniformly in an interval $W$, converges to $x_\dagger$ with positive probability: so it is if $W$
    meets the ball around $x_\dagger$ in $M$, and not if $W$ lies in the ball around $x_*$ outside $M$ and
    $\gamma < \frac{2\mu_*}{L^2}$.
    """
    (x,), r = f.x_star, f.clearance
    near_bottom = W.meet(Intervals(((f.bottom - f.within, f.bottom + f.within),)))
    lo, hi = W.hull
    stays = x - r <= lo and hi <= x + r and gamma * f.L**2 < 2 * f.mu_star
    return known(True if near_bottom.parts else False if stays else None, "W lies in the ball around x_*")


POSITIVE_PROBABILITY_OF_SHARP = Theorem(
    positive_probability_of_sharp,
    source=SOURCE,
    label="positive-probability-of-sharp",
    reading="any-start",
    status="false",
    refuted_at={"f": STEEP, "gamma": Fraction(1, 250), "W": Intervals(((Fraction(1, 2), Fraction(3, 2)),))},
)


def sharp_with_positive_probability(f: OnTheLine, gamma: SmallStep, x0: InBall) -> Claim:
    r"""GD with a small step converges to $x_\dagger$ from every start in a ball around it: if the start has a density that is positive
    close to $x_\dagger$, this happens with positive probability.
    """
    return converges_to(GD(f, gamma), x0, f.x_dagger)


SHARP_WITH_POSITIVE_PROBABILITY = Theorem(
    sharp_with_positive_probability,
    source=SOURCE,
    label="positive-probability-of-sharp",
    reading="amended",
    amends="grachev-2023/positive-probability-of-sharp",
    status="true",
    proof=PROOF,
)
