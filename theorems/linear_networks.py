r"""Two-layer linear networks: nguegnang-2021 as summarised in the source, for one output and one whitened input, $f = \frac12(a - \langle x, y\rangle)^2$.

"Almost every start" leaves out the line through the saddle $0$ ($x + y = 0$ for $a > 0$) and the starts that land on it.
"""

from fractions import Fraction
from typing import Annotated

from objectives import (
    GD,
    ScalarFactorization,
    any_steps,
    inside_ellipsoid,
    misses_minimizers,
    scalar_factorizations,
    starts_by_ellipse,
    steps_to_critical,
    toy,
)
from refute import Claim, Given, Mutant, Theorem, Vec, converges, vec

SOURCE, PROOF = "nguegnang-2021", "docs/factorization.md#inside"

Network = Annotated[ScalarFactorization, scalar_factorizations()]
Step = Annotated[Fraction, lambda f: steps_to_critical(f)]
Start = Annotated[Vec, starts_by_ellipse]
NEVER = Given("no iterate is a minimizer or on the saddle's line", misses_minimizers)


SMALL = Given("the step is small for this start", inside_ellipsoid)


def converges_from_almost_every_start(f: Network, h: Step, z: Start) -> Claim:
    r"""For a step size with $h|a| < 1$, the same for all starts, gradient descent converges to a global minimum from almost every start."""
    return converges(GD(f, h), z)


FAR = {"f": toy(), "h": Fraction(1, 3), "z": vec(5, Fraction(1, 5) + Fraction(1, 7))}

CONVERGES_FROM_ALMOST_EVERY_START = Theorem(
    converges_from_almost_every_start,
    source=SOURCE,
    label="linear-networks-converge",
    status="false",
    given=(NEVER,),
    refuted_at=FAR,
    undecided=Fraction(1, 100),
)

CONVERGES_WITH_A_STEP_FOR_EACH_START = Theorem(
    converges_from_almost_every_start,
    source=SOURCE,
    label="linear-networks-converge",
    reading="amended",
    amends="nguegnang-2021/linear-networks-converge",
    status="true",
    proof=PROOF,
    given=(NEVER, SMALL),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant("whatever the start", drops=(SMALL.says,), killed_at=FAR),
        Mutant(
            "steps beyond 1/|a|, too",
            domains={"h": any_steps},
            killed_at={"f": toy(), "h": Fraction(11, 10), "z": vec(1, Fraction(1, 2))},
        ),
    ),
)
