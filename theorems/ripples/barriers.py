r"""Two wells among ripples: $f(x) = \frac14(x^2 - 1)^2 - A\epsilon\cos\frac x\epsilon$, tao-wang-2022 after Kong and Tao, where the macroscopic part $f_0$ is not convex.

Its wells are at $\pm1$, the barrier at $0$; $f_0'$ is at most $\frac2{3\sqrt3}$ on the left side of it, at $-\frac1{\sqrt3}$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import gradient_step, orbit
from objectives.ripples import RippledWells, held_in_left_well, law_of_iterate, probability_right
from refute import (
    Claim,
    Domain,
    Draw,
    Mutant,
    Theorem,
    Vec,
    between,
    both,
    choose,
    integers,
    known,
    le,
    lt,
    mean_at_least,
    positive,
    vec,
)

ONE = Fraction(1)
SOURCE, LABEL, PROOF = "tao-wang-2022", "gibbs-limit", "docs/multiscale.md"


def rippled_wells(one: Fraction = ONE) -> Domain:
    """27 A^2 <= 4: ripples that are nowhere steeper than the barrier; drawn up to a hundredth below it, often with sin(x/eps) = -1 close to x = -1/sqrt 3."""

    def draw(d: Draw) -> RippledWells:
        i, j = choose(d, 12, 40)
        A = (1 + (one - 1) * Fraction(49, 100)) * Fraction(3848, 10000) * (1 - Fraction(i**2, 200))
        # 0.5774/0.36758 is close to pi/2.
        return RippledWells(A, Fraction(36758, 10**5) / (1 + 4 * (j // 8)))

    return Domain(
        "ripples less steep than the barrier",
        draw,
        lambda f: both(positive=lt(0, f.A), A=le(27 * f.A**2, 4 * one)),
        (RippledWells,),
    )


def left_of_barrier() -> Domain:
    """-2 <= x <= -1/sqrt 3, drawn often close to its right end."""

    def draw(d: Draw) -> Vec:
        i, j = choose(d, 2, 64)
        return vec(Fraction(-5774, 10**4) - (Fraction(j**2, 10**4) if i else Fraction(14 * j, 630)))

    def member(x: Vec) -> Claim:
        line = known(len(x) == 1, "a point of the line")
        return both(line=line, left=lt(x[0], 0), beyond=le(1, 3 * x[0] ** 2), near=le(-2, x[0]))

    return Domain("[-2, -1/sqrt 3]", draw, member, (Vec,), dim=1)


Wells = Annotated[RippledWells, rippled_wells]
Left = Annotated[Vec, left_of_barrier()]
SmallStep = Annotated[Fraction, between(0, Fraction(1, 11), open=True)]


def stays_in_its_well(f: Wells, h: SmallStep, x: Left, *, one: Fraction = ONE) -> Claim:
    r"""Ripples that are nowhere steeper than the barrier, $A \le \frac2{3\sqrt3}$, never lead over it: for $h \le \frac1{11}$ a step from $[-2, -\frac1{\sqrt3}]$ ends there, whatever $\epsilon$ is."""
    after = gradient_step(f, h, x)
    return both(left=lt(after[0], 0), beyond=le(1, 3 * after[0] ** 2, unit=one), near=le(-2, after[0]))


STAYS_IN_ITS_WELL = Theorem(
    stays_in_its_well,
    source=SOURCE,
    label=LABEL,
    reading="trapped",
    status="true",
    proof=f"{PROOF}#barriers",
    mutants=(
        Mutant(
            "ripples 1 % steeper",
            {"one": Fraction(102, 100)},
            killed_at={
                "f": RippledWells(Fraction(388, 1000), Fraction(36758, 10**5)),
                "h": Fraction(1, 12),
                "x": vec(Fraction(-57736, 10**5)),
            },
        ),
    ),
)


def fine_ripples() -> Domain:
    """A <= 2 and eps <= 1/20."""

    def draw(d: Draw) -> RippledWells:
        i, j = choose(d, 8, 5)
        return RippledWells(Fraction(i + 1, 4), Fraction(1, 20 * 2**j))

    return Domain("fine ripples", draw, lambda f: both(A=le(f.A, 2), fine=le(20 * f.eps, 1)), (RippledWells,))


Fine = Annotated[RippledWells, fine_ripples()]
Step = Annotated[Fraction, between(Fraction(1, 50), Fraction(1, 11))]


def visits_both_wells(f: Fine, h: Step, x0: Left) -> Claim:
    r"""The iterates converge in distribution to a law close to the Gibbs law, so some iterate is beyond the barrier, for any start, $h$ independent of $\epsilon$."""
    if held_in_left_well(f, h, x0):
        return known(False, "it stays in the left well for ever")
    crossed = any(x[0] > 0 for x in orbit(f, h, x0, 64))
    return known(True if crossed else None, "64 iterates stay on the left")


VISITS_BOTH_WELLS = Theorem(
    visits_both_wells,
    source=SOURCE,
    label=LABEL,
    reading="two-wells",
    status="false",
    refuted_at={"f": RippledWells(Fraction(1, 4), Fraction(1, 20)), "h": Fraction(1, 20), "x0": vec(-1)},
)

STEEP = RippledWells(Fraction(2), Fraction(1, 100))


def is_steep(f: RippledWells) -> Claim:
    """A = 2, eps = 1/100."""
    return known(bool(f.A == STEEP.A and f.eps == STEEP.eps), "A = 2 and eps = 1/100")


Steep = Annotated[RippledWells, Domain("ripples of slope 2 at eps = 1/100", lambda d: STEEP, is_steep, (RippledWells,))]
Seed = Annotated[int, integers(1, 2)]
Positive = Annotated[Fraction, positive()]


def over_the_barrier(f: Steep, seed: Seed, *, share: Fraction = Fraction(1, 4)) -> Claim:
    r"""Steeper ripples do lead over it: for $A = 2$, $h = \frac15$, $x_0$ uniform on the multiples of $2^{-60}$ in $[-2, 0)$, $x_{60}$ is right of the barrier with probability $\frac14$ at least."""
    sample = law_of_iterate(f, Fraction(1, 5), 4000, 60, seed)
    return mean_at_least(sample, probability_right, share, says="P(x_60 > 0)")


OVER_THE_BARRIER = Theorem(
    over_the_barrier,
    source=SOURCE,
    label=LABEL,
    reading="over-the-barrier",
    status="open",
    mutants=(Mutant("with probability 3/5", {"share": Fraction(3, 5)}, killed_at={"f": STEEP, "seed": 1}),),
)
