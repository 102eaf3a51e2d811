r"""Large steps leave a sharp minimum for good: the second half of Theorem 2.2 of grachev-2023.

As printed it is about the class $C_l$, which is empty (see empty_class.py). Mended as in escape.py, with the same letters, $f$
has a kink on the boundary of $M$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, PiecewiseQuadratic, gradient_step
from objectives.wells import (
    WellOnLine,
    Wells,
    captured,
    contraction,
    leaving_steps,
    misses_bottom,
    starts_anywhere,
    starts_in_well,
    visits,
    wells,
)
from refute import (
    Claim,
    Given,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    both,
    converges_to,
    every,
    known,
    le,
    lt,
    naturals,
    sq,
    vec,
)

ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
SOURCE, PROOF = "grachev-2023", "docs/escape.md#large-steps"

Well = Annotated[Wells, wells()]
AnyWell = Annotated[Wells, wells(fans=True)]
Steps = Annotated[int, naturals(0, drawn=16)]
LeavingStep = Annotated[Fraction, lambda f, two, c: leaving_steps(f, "lands", above=two, slack=c)]
Anywhere = Annotated[Vec, lambda f: starts_anywhere(f)]


def journey(f: Wells, gamma: Scalar, x: Vec, left: bool) -> Claim:
    """What one step of an orbit does, which has left M before or not."""
    y = gradient_step(f, gamma, x)
    if not f.inside(x):
        return le(sq(y - f.x_star), contraction(f, gamma) ** 2 * sq(x - f.x_star))
    before, after = sq(x - f.x_dagger), sq(y - f.x_dagger)
    by_factor = le((gamma * f.mu_dagger - 1) ** 2 * before, after)
    return both(first_visit=known(not left, "M is entered again"), away=lt(before, after), by_factor=by_factor)


def large_step_journey(
    f: AnyWell, gamma: LeavingStep, x0: Anywhere, N: Steps, *, two: Fraction = TWO, c: Fraction = ONE
) -> Claim:
    r"""Let $\frac2{\mu_\dagger} < \gamma < \frac{2\mu_*}{L^2}$ and $q \sup_{x \in M} |T(x) - x_*| < \inf_{x \in M} |x - x_*|$. From any
    $x_0$, as long as no $x_k$ is $x_\dagger$, the steps in $M$ lead away from $x_\dagger$ by $\gamma\mu_\dagger - 1 > 1$, those outside towards $x_*$ by $q < 1$, and an orbit
    that has left $M$ never enters it again. (The first $N$ steps are followed.)
    """
    return every((journey(f, gamma, x, left) for x, left in visits(f, gamma, x0, N)), each="k")


PARABOLA = PiecewiseQuadratic((ONE,), (ONE, ONE), Fraction(0), Fraction(0))
# f'' = 3 from 0 to 1/50, and 25.08 from -1/10 to 0.
STEEP = WellOnLine(PARABOLA, Fraction(-1, 10), Fraction(0), Fraction(1, 50), Fraction(3))
AWAY = {"f": STEEP, "gamma": Fraction(4, 5), "x0": vec(Fraction(1, 100)), "N": 1}
# f'' = 39/10 from 0 to 1/64, and a little more from -7/10 to 0: steps of 1/2 stay in the well.
GENTLE = WellOnLine(PARABOLA, Fraction(-7, 10), Fraction(0), Fraction(1, 64), Fraction(39, 10))
TOO_SHORT = {"f": GENTLE, "gamma": HALF, "x0": vec(Fraction(1, 100))}
# With steps of 1/2 every start close to 2/7 is drawn to the cycle of 2/7 and -3/7.
COMES_BACK = WellOnLine(PARABOLA, Fraction(-2, 5), Fraction(0), Fraction(3, 10), Fraction(5))
JUST_COMES_BACK = WellOnLine(PARABOLA, Fraction(-2, 5), Fraction(0), Fraction(287, 1000), Fraction(5))
RETURNS = {"f": COMES_BACK, "gamma": HALF, "x0": vec(Fraction(7, 25))}
JUST_RETURNS = {"f": JUST_COMES_BACK, "gamma": HALF, "x0": vec(Fraction(2, 7))}

LARGE_STEP_JOURNEY = Theorem(
    large_step_journey,
    source=SOURCE,
    label="theorem-2.2-large-step",
    reading="journey",
    status="true",
    proof=PROOF,
    attained=(AWAY,),
    mutants=(
        Mutant("steps from 1.9/mu_dagger", {"two": Fraction(19, 10)}, killed_at={**TOO_SHORT, "N": 1}),
        Mutant("landing 1 % farther", {"c": Fraction(101, 100)}, killed_at={**JUST_RETURNS, "N": 3}),
    ),
)

LimitStep = Annotated[Fraction, lambda f, two: leaving_steps(f, "lands", above=two, swift=Fraction(1, 32))]
MISSES = Given(
    "M is not entered at x_dagger", lambda f, gamma, x0: known(misses_bottom(f, gamma, x0), "M is entered at x_dagger")
)


def large_step_amended(f: Well, gamma: LimitStep, x0: Anywhere, *, two: Fraction = TWO) -> Claim:
    r"""Let $\frac2{\mu_\dagger} < \gamma < \frac{2\mu_*}{L^2}$ and $q \sup_{x \in M} |T(x) - x_*| < \inf_{x \in M} |x - x_*|$. Then GD converges to $x_*$ from every $x_0$ whose orbit does not enter $M$ at
    $x_\dagger$ itself: from almost every one, where preimages of null sets under $T$ are null sets.
    """
    return converges_to(GD(f, gamma), x0, f.x_star)


LARGE_STEP_AMENDED = Theorem(
    large_step_amended,
    source=SOURCE,
    label="theorem-2.2-large-step",
    reading="amended",
    amends="grachev-2023/theorem-2.2-large-step",
    status="true",
    proof=PROOF,
    given=(MISSES,),
    mutants=(Mutant("steps from 1.9/mu_dagger", {"two": Fraction(19, 10)}, killed_at=TOO_SHORT),),
)

OnTheLine = Annotated[WellOnLine, wells(dims="line")]
LineStepBeyond = Annotated[Fraction, lambda f: leaving_steps(f, "lands", swift=Fraction(1, 8))]
FewSteps = Annotated[int, naturals(1, drawn=6)]


def large_step_measure(f: OnTheLine, gamma: LineStepBeyond, K: FewSteps, *, c: Fraction = ONE) -> Claim:
    r"""On the line, the starts in $M$ that are not closer to $x_*$ than $M$ after $K$ steps are within
    $\rho (\gamma\mu_\dagger - 1)^{-(K - 1)}$ of $x_\dagger$, as far as their measure tells: it tends to 0.
    """
    late = f.diameter - captured(f, gamma, K).measure
    within = f.rho / (gamma * f.mu_dagger - 1) ** (K - 1)
    bound = min(within, f.hi - f.bottom) + min(within, f.bottom - f.lo)
    return le(late, c * bound, unit=bound)


# A wide well from which one step brings few starts close to x_*.
WIDE = WellOnLine(PARABOLA, -HALF, Fraction(0), Fraction(9, 10), Fraction(3))
AT_FIRST = {"f": WIDE, "gamma": ONE, "K": 1}

LARGE_STEP_MEASURE = Theorem(
    large_step_measure,
    source=SOURCE,
    label="theorem-2.2-large-step",
    reading="measure",
    status="true",
    proof=PROOF,
    mutants=(Mutant("less 1 %", {"c": Fraction(99, 100)}, killed_at=AT_FIRST),),
)

OneStep = Annotated[Fraction, lambda f: leaving_steps(f, "any")]
InWell = Annotated[Vec, lambda f: starts_in_well(f)]


def large_step_near(f: OnTheLine, gamma: OneStep, x0: InWell) -> Claim:
    r"""However near the minima are to each other, for every $\frac2{\mu_\dagger} < \gamma < \frac{2\mu_*}{L^2}$ GD converges to $x_*$ from every $x_0 \in M$ whose orbit does not enter $M$ at $x_\dagger$ itself."""
    return converges_to(GD(f, gamma), x0, f.x_star)


LARGE_STEP_NEAR = Theorem(
    large_step_near,
    source=SOURCE,
    label="theorem-2.2-large-step",
    reading="near",
    status="false",
    refuted_at=RETURNS,
)
