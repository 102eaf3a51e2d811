r"""Where gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges, with steps beyond $2/L$.

$L$ is the spectral radius of the Hessian at the start; $w$ as in toy_problem.py: $w > 0$ inside an ellipsoid that no orbit leaves.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD
from objectives.factorization import (
    ScalarFactorization,
    any_steps,
    inside_ellipsoid,
    misses_minimizers,
    off_critical_step,
    scalar_factorizations,
    starts_by_ellipse,
    starts_off_zero,
    steps_for_sharpness,
    steps_to_critical,
    toy,
)
from refute import (
    Claim,
    Domain,
    Given,
    Mutant,
    Theorem,
    Vec,
    between,
    converges,
    does_not_converge,
    lt,
    ne,
    vec,
)

ONE, HALF = Fraction(1), Fraction(1, 2)
SOURCE, PROOF = "tao-wang-2022", "docs/factorization.md"
TOY = toy()


Factorization = Annotated[ScalarFactorization, scalar_factorizations()]
WithTarget = Annotated[ScalarFactorization, scalar_factorizations(nonzero=True)]
AnyStart = Annotated[Vec, starts_off_zero]
BeyondTwoOverL = Annotated[Fraction, steps_for_sharpness]


Step = Annotated[Fraction, any_steps]
BelowCritical = Annotated[Fraction, lambda f: steps_to_critical(f)]
Start = Annotated[Vec, starts_by_ellipse]


def converges_beyond_two_over_l(f: Factorization, h: BelowCritical, z: Start) -> Claim:
    r"""Gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges with steps beyond $\frac2L$, very roughly up to $\frac4L$: for $h|a| < 1$ from every start with $w > 0$, that is
    $h(|x|^2 + |y|^2) + h^2a(a - \langle x, y\rangle) < 4$, where $L$ is about $|x|^2 + |y|^2$.
    """
    return converges(GD(f, h), z)


OUTSIDE = {"f": TOY, "h": HALF, "z": vec(3, 0)}

CONVERGES_BEYOND_TWO_OVER_L = Theorem(
    converges_beyond_two_over_l,
    source=SOURCE,
    label="converges-beyond-two-over-l",
    status="true",
    proof=f"{PROOF}#inside",
    given=(Given("inside the ellipsoid", inside_ellipsoid),),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant("outside the ellipsoid, too", drops=("inside the ellipsoid",), killed_at=OUTSIDE),
        Mutant(
            "steps with h |a| > 1, too",
            domains={"h": any_steps},
            killed_at={"f": TOY, "h": Fraction(11, 10), "z": vec(1, HALF)},
        ),
    ),
)


def converges_up_to_four_over_l(f: Factorization, z: AnyStart, h: BeyondTwoOverL) -> Claim:
    r"""The words without "very roughly speaking": for $\frac2L < h < \frac4L$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges from every start but the saddle $0$."""
    return converges(GD(f, h), z)


AXIS = {"f": TOY, "z": vec(2, 0), "h": Fraction(9, 10)}

CONVERGES_UP_TO_FOUR_OVER_L = Theorem(
    converges_up_to_four_over_l,
    source=SOURCE,
    label="converges-beyond-two-over-l",
    reading="up-to-four-over-l",
    status="false",
    refuted_at=AXIS,
    undecided=Fraction(1, 100),
)


def below_critical(f: ScalarFactorization, h: Fraction) -> Claim:
    """h |a| < 1."""
    return lt(h * abs(f.a), 1)


def converges_up_to_four_over_l_below_critical(f: Factorization, z: AnyStart, h: BeyondTwoOverL) -> Claim:
    r"""Where some minimizer attracts a step beyond $\frac2L$ is no obstacle: for $\frac2L < h < \frac4L$ and $h|a| < 1$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges from every start but the saddle $0$."""
    return converges(GD(f, h), z)


CONVERGES_BELOW_CRITICAL = Theorem(
    converges_up_to_four_over_l_below_critical,
    source=SOURCE,
    label="converges-beyond-two-over-l",
    reading="below-critical",
    status="false",
    given=(Given("h |a| < 1, so that some minimizer attracts", below_critical),),
    refuted_at=AXIS,
    undecided=Fraction(1, 100),
)


def where_it_converges(f: Factorization, h: Step, z: Start) -> Claim:
    r"""Let $h|a| \ne 1$ and $w \ne 0$, and let no iterate be a minimizer or lie on the line through the saddle $0$ that it attracts.
    Gradient descent converges if and only if $h|a| < 1$ and $w > 0$.
    """
    if h * abs(f.a) < 1 and f.inside(h, z) > 0:
        return converges(GD(f, h), z)
    return does_not_converge(GD(f, h), z)


def off_the_ellipsoid(f: ScalarFactorization, h: Fraction, z: Vec) -> Claim:
    """w is not 0."""
    return ne(f.inside(h, z), 0)


WHERE_IT_CONVERGES = Theorem(
    where_it_converges,
    source=SOURCE,
    label="converges-beyond-two-over-l",
    reading="sharp",
    status="true",
    proof=f"{PROOF}#outside",
    given=(
        Given("not at the critical step", off_critical_step),
        Given("not on the ellipsoid", off_the_ellipsoid),
        Given("no iterate is a minimizer or on the saddle's line", misses_minimizers),
    ),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "orbits that land on a minimizer, too",
            drops=("no iterate is a minimizer or on the saddle's line",),
            killed_at={"f": TOY, "h": Fraction(11, 10), "z": vec(1, 1)},
        ),
    ),
)

BeyondCritical = Annotated[Fraction, lambda f: steps_to_critical(f, beyond=True)]


def almost_critical(f: ScalarFactorization) -> Domain:
    """0.99 < h |a| < 1.2."""
    return between(Fraction(99, 100) / abs(f.a), Fraction(6, 5) / abs(f.a), open=True)


def too_large_fails(f: WithTarget, h: BeyondCritical, z: Start) -> Claim:
    r"""For $h|a| > 1$ gradient descent does not converge, unless an iterate is a minimizer or on the line through the saddle."""
    return does_not_converge(GD(f, h), z)


TOO_LARGE_FAILS = Theorem(
    too_large_fails,
    source=SOURCE,
    label="too-large-fails",
    status="true",
    proof=f"{PROOF}#beyond-the-critical-step",
    given=(Given("no iterate is a minimizer or on the saddle's line", misses_minimizers),),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "from h |a| = 0.99 on",
            domains={"h": almost_critical},
            killed_at={"f": TOY, "h": Fraction(995, 1000), "z": vec(1, HALF)},
        ),
        Mutant(
            "orbits that land on a minimizer, too",
            drops=("no iterate is a minimizer or on the saddle's line",),
            killed_at={"f": TOY, "h": Fraction(11, 10), "z": vec(1, 1)},
        ),
    ),
)
