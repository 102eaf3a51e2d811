r"""Where gradient descent cannot converge for losses that are no factorizations: what has to be assumed.

$f$ is convex on the line with its one minimizer at $0$ and $f''(0) > \frac2h$, so that $0$ repels: $|T(x)| > |x|$ nearby, $T(x) = x - hf'(x)$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, PiecewiseQuadratic, gradient_step
from objectives.networks import convex_losses, repelling_steps, starts_off_minimum
from refute import Claim, Domain, Mutant, Theorem, Vec, between, does_not_converge, le

ONE = Fraction(1)
SOURCE, PROOF = "craciun-ghoshdastidar-2024", "docs/factorization.md#general-losses"

Loss = Annotated[PiecewiseQuadratic, convex_losses()]
Step = Annotated[Fraction, repelling_steps]
Start = Annotated[Vec, starts_off_minimum]


def no_convergence_in_general(f: Loss, h: Step, x0: Start) -> Claim:
    r"""If the step size is beyond $2$ over the sharpness of every minimizer, gradient descent converges from no start that is not at rest: no smoothness
    beyond a continuous gradient is needed.
    """
    return does_not_converge(GD(f, h), x0)


# f'(x) = 3x up to 1/3, 1 up to 1, and x beyond: with steps of 1 all of [1, 2] lands on 0.
FUNNELLED = PiecewiseQuadratic(
    (Fraction(1, 3), ONE, Fraction(2)), (Fraction(3), Fraction(0), ONE, ONE), ONE, Fraction(0)
)

NO_CONVERGENCE_IN_GENERAL = Theorem(
    no_convergence_in_general,
    source=SOURCE,
    label="general-losses",
    status="false",
    refuted_at={"f": FUNNELLED, "h": ONE, "x0": Vec((Fraction(3, 2),))},
    undecided=Fraction(1, 100),
)


def beside(f: PiecewiseQuadratic) -> Domain:
    """0 < |x| <= the first knot; drawn from its last half."""
    top = f.knots[0]
    return between(0, top, open=True, drawn=(top / 64, top))


Beside = Annotated[Fraction, beside]


def no_creeping(f: Loss, h: Step, x: Beside, *, two: Fraction = Fraction(2)) -> Claim:
    r"""Off the minimizer every step where $f' = f''(0)x$ leads away from it by $hf''(0) - 1 > 1$: an orbit that converges to it has to land on it exactly. So convergence is impossible from almost every start if
    preimages of null sets under $T$ are null sets, which is what has to be assumed.
    """
    (after,) = gradient_step(f, h, Vec((x,)))
    return le((h * f.curvatures[0] - two / 2) * x, abs(after), unit=x)


NO_CREEPING = Theorem(
    no_creeping,
    source=SOURCE,
    label="general-losses",
    reading="amended",
    amends="craciun-ghoshdastidar-2024/general-losses",
    status="true",
    proof=PROOF,
    attained=({"f": FUNNELLED, "h": ONE, "x": Fraction(1, 4)},),
    mutants=(
        Mutant(
            "1.98 in place of 2",
            {"two": Fraction(99, 50)},
            killed_at={"f": FUNNELLED, "h": ONE, "x": Fraction(1, 4)},
        ),
    ),
)
