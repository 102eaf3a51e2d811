r"""Small steps stay at a sharp minimum: the first half of Theorem 2.2 of grachev-2023.

As printed it is about the class $C_l$, which is empty (see empty_class.py). Mended as in escape.py, with the same letters, $f$
has a kink on the boundary of $M$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, PiecewiseQuadratic, orbit
from objectives.wells import TwoWells, WellOnLine, Wells, starts_in_well, wells
from refute import Claim, Domain, Mutant, Theorem, Vec, between, both, converges_to, known, le, naturals, sq, vec

ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
SOURCE, PROOF = "grachev-2023", "docs/escape.md#small-steps"

Well = Annotated[Wells, wells(fans=True)]
Steps = Annotated[int, naturals(0, drawn=16)]
InBall = Annotated[Vec, lambda f: starts_in_well(f, radius=f.within)]
BallStep = Annotated[Fraction, lambda f, two: between(0, two * f.mu_dagger / f.L_M**2, open=True)]


def small_step_amended(f: Well, x0: InBall, gamma: BallStep, N: Steps, *, two: Fraction = TWO) -> Claim:
    r"""For $0 < \gamma < \frac{2\mu_\dagger}{L_M^2}$ an orbit that starts in a ball around $x_\dagger$, contained in $M$, stays in it and
    converges to $x_\dagger$: $|x_N - x_\dagger|^2 \le (1 - 2\gamma\mu_\dagger + \gamma^2 L_M^2)^N |x_0 - x_\dagger|^2$.
    """
    *_, x = orbit(f, gamma, x0, N)
    rate = 1 - 2 * gamma * f.mu_dagger + gamma**2 * f.L_M**2
    closer = le(sq(x - f.x_dagger), rate**N * sq(x0 - f.x_dagger))
    return both(stays=known(f.inside(x), "outside M"), closer=closer)


# |x - (4, 0)|^2/2 with a round well of curvature 10 around 0.
ROUND = TwoWells(
    vec(4, 0), (ONE, ONE), (Fraction(0),), vec(0, 0), (Fraction(10), Fraction(10)), (Fraction(0),), Fraction(7)
)
INWARDS = {"f": ROUND, "x0": vec(Fraction(1, 10), Fraction(1, 10)), "gamma": Fraction(1, 20), "N": 2}
OUTWARDS = {"f": ROUND, "x0": vec(Fraction(1, 5), 0), "gamma": Fraction(201, 1000), "N": 2}

SMALL_STEP_AMENDED = Theorem(
    small_step_amended,
    source=SOURCE,
    label="theorem-2.2-small-step",
    reading="amended",
    amends="grachev-2023/theorem-2.2-small-step",
    status="true",
    proof=PROOF,
    attained=(INWARDS,),
    mutants=(Mutant("2.02 in place of 2", {"two": Fraction(101, 50)}, killed_at=OUTWARDS),),
)

OnTheLine = Annotated[WellOnLine, wells(dims="line")]
InWell = Annotated[Vec, lambda f: starts_in_well(f)]
LineStep = Annotated[Fraction, lambda f, one: between(0, one / f.L_M)]


def small_step_on_the_line(f: OnTheLine, x0: InWell, gamma: LineStep, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""On the line, where $M$ is an interval, and for $0 \le \gamma \le \frac1{L_M}$ an orbit that starts in $M$ stays in it:
    $|x_N - x_\dagger| \le (1 - \gamma\mu_\dagger)^N |x_0 - x_\dagger|$.
    """
    *_, x = orbit(f, gamma, x0, N)
    closer = le(sq(x - f.x_dagger), (1 - gamma * f.mu_dagger) ** (2 * N) * sq(x0 - f.x_dagger))
    return both(stays=known(f.inside(x), "outside M"), closer=closer)


PARABOLA = PiecewiseQuadratic((ONE,), (ONE, ONE), Fraction(0), Fraction(0))
# f'' = 3 from 0 to 1/50, and 25.08 from -1/10 to 0.
STEEP = WellOnLine(PARABOLA, Fraction(-1, 10), Fraction(0), Fraction(1, 50), Fraction(3))
# M reaches 1/400 towards x_* and 1/2 away from it, where f'' is a little above 5.
LOPSIDED = WellOnLine(PARABOLA, -HALF, Fraction(0), Fraction(1, 400), Fraction(3))
OVER = {"f": LOPSIDED, "x0": vec(Fraction(-499, 1000)), "gamma": Fraction(201, 1000), "N": 1}

SMALL_STEP_ON_THE_LINE = Theorem(
    small_step_on_the_line,
    source=SOURCE,
    label="theorem-2.2-small-step",
    reading="line",
    status="true",
    proof=PROOF,
    attained=({"f": STEEP, "x0": vec(Fraction(1, 100)), "gamma": Fraction(1, 50), "N": 3},),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=OVER),),
)

InThePlane = Annotated[TwoWells, wells(dims="plane")]


def printed_steps(f: TwoWells) -> Domain:
    """0 < gamma < mu_dagger/L_M^2, drawn from the upper half, where limits are decided soon."""
    top = f.mu_dagger / f.L_M**2
    return between(0, top, open=True, drawn=(top / 2, top))


PrintedStep = Annotated[Fraction, printed_steps]


def small_step_in_any_well(f: InThePlane, x0: InWell, gamma: PrintedStep) -> Claim:
    r"""For $0 < \gamma < \frac{\mu_\dagger}{L_M^2}$ every orbit that starts in $M$ converges to $x_\dagger$, whatever the shape of $M$."""
    return converges_to(GD(f, gamma), x0, f.x_dagger)


# M reaches just beyond 0 in the direction of (4, 2): first steps towards the axis of the steeper curvature leave it.
BENT = TwoWells(
    vec(4, 2), (ONE, ONE), (Fraction(0),), vec(0, 0), (Fraction(5), Fraction(3)), (Fraction(0),), Fraction(199, 20)
)

SMALL_STEP_IN_ANY_WELL = Theorem(
    small_step_in_any_well,
    source=SOURCE,
    label="theorem-2.2-small-step",
    reading="any-shape",
    status="false",
    refuted_at={"f": BENT, "x0": vec(-1, HALF), "gamma": Fraction(1, 10)},
)
