r"""Large steps leave a sharp minimum whose surroundings are smooth: the second half of Theorem 2.2 of grachev-2023 on the line,
with a continuous gradient.

Between the well $M$, where $f'' > \frac1\gamma$, and the wide parabola around $x_*$ lies a shell over which $f'$ decreases; $N$ is both
together. $T$ has two monotone branches on $N$, one on $M$ and one on the shell, and expands by $s = \min_N |1 - \gamma f''|$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, gradient_step
from objectives.wells import ShelledWell, expanding_steps, misses, shelled_wells, starts_in_shell, staying, visits
from refute import Claim, Given, Mutant, Scalar, Theorem, Vec, converges_to, every, known, le, naturals, vec

ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
SOURCE, PROOF = "grachev-2023", "docs/escape.md#shell"

Well = Annotated[ShelledWell, shelled_wells()]
Step = Annotated[Fraction, lambda w: expanding_steps(w, least=1)]
FewSteps = Annotated[int, naturals(0, drawn=6)]


def shell_measure(w: Well, gamma: Step, n: FewSteps, *, two: Fraction = TWO) -> Claim:
    r"""The starts in $N$ whose first $n$ steps stay in $N$ have measure at most $|N| \left(\frac2s\right)^n$, which tends to 0 for $s > 2$."""
    bound = w.N.measure * (two / w.expansion(gamma)) ** n
    return le(staying(w, gamma, n).measure, bound, unit=bound)


# |T'| = 4 on both branches, each of which covers N = (-1/9, 3/7).
COVERS = ShelledWell(ONE, ONE, Fraction(10), Fraction(10), Fraction(6), Fraction(1, 8), ONE, Fraction(0))
STAYS = {"w": COVERS, "gamma": HALF, "n": 3}

SHELL_MEASURE = Theorem(
    shell_measure,
    source=SOURCE,
    label="theorem-2.2-large-step",
    reading="shell-measure",
    status="true",
    proof=PROOF,
    attained=(STAYS,),
    mutants=(Mutant("1.99 in place of 2", {"two": Fraction(199, 100)}, killed_at=STAYS),),
)

LeavingStep = Annotated[Fraction, lambda w: expanding_steps(w, comes_back=False)]
Start = Annotated[Vec, lambda w: starts_in_shell(w)]
Steps = Annotated[int, naturals(0, drawn=16)]


def follows(w: ShelledWell, gamma: Scalar, x: Vec, left: bool) -> Claim:
    """What one step of an orbit does, which has left N before or not."""
    y = gradient_step(w, gamma, x)
    if w.inside(x):
        return known(not left, "N is entered again")
    return le(abs(y[0] - w.D), (1 - gamma * w.mu) * abs(x[0] - w.D))


def shell_journey(w: Well, gamma: LeavingStep, x0: Start, N: Steps) -> Claim:
    r"""If moreover $(1 - \gamma\mu) \sup_N |T(x) - x_*| < \inf_N |x - x_*|$, an orbit outside $N$ approaches $x_*$ by $1 - \gamma\mu$ a
    step, and one that has left $N$ never enters it again: for $s > 2$ GD converges to $x_*$ from almost every start.
    """
    return every((follows(w, gamma, x, left) for x, left in visits(w, gamma, x0, N)), each="k")


LEAVES = ShelledWell(ONE, ONE, Fraction(8), Fraction(8), Fraction(4), Fraction(1, 16), ONE, Fraction(0))

SHELL_JOURNEY = Theorem(
    shell_journey,
    source=SOURCE,
    label="theorem-2.2-large-step",
    reading="shell",
    amends="grachev-2023/theorem-2.2-large-step",
    status="true",
    proof=PROOF,
    attained=({"w": LEAVES, "gamma": HALF, "x0": vec(2), "N": 2},),
)

Bent = Annotated[ShelledWell, shelled_wells(flat=True)]
BentStep = Annotated[Fraction, lambda w: expanding_steps(w, least=-1, comes_back=False)]


def shell_of_any_kind(w: Bent, gamma: BentStep, x0: Start) -> Claim:
    r"""With a shell over which $f''$ may have any value GD converges to $x_*$ from almost every start."""
    return converges_to(GD(w.f, gamma), x0, w.x_star)


MISSES = Given(
    "none of the first x_k is x_dagger",
    lambda w, gamma, x0: known(misses(w, gamma, x0, w.x_dagger), "x_k = x_dagger"),
)
# T takes all of [1/10, 7/20] to -1/5, then to 2/5, to -1/10 and back to 1/5.
CYCLES = ShelledWell(ONE, ONE, Fraction(3), Fraction(3), ONE, Fraction(1, 10), ONE, Fraction(1, 4))

SHELL_OF_ANY_KIND = Theorem(
    shell_of_any_kind,
    source=SOURCE,
    label="theorem-2.2-large-step",
    reading="any-shell",
    status="false",
    given=(MISSES,),
    refuted_at={"w": CYCLES, "gamma": ONE, "x0": vec(Fraction(1, 4))},
)
