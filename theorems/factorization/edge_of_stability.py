r"""Sharpness at the end of a run with large steps, and convergence although $h \ge \frac2L$: wang-2023 and ahn-2022.

On $f = \frac12(a - \langle x, y\rangle)^2$; $L$ is the spectral radius of the Hessian at the start, and the sharpness of a minimizer $|x|^2 + |y|^2$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, Quadratic, convex_quadratics, eigen_starts, gradient_step
from objectives.factorization import (
    ScalarFactorization,
    inside_ellipsoid,
    misses_minimizers,
    scalar_factorizations,
    starts_by_ellipse,
    starts_off_zero,
    steps_for_sharpness,
    steps_to_critical,
    toy,
)
from refute import (
    Claim,
    Given,
    Mutant,
    Theorem,
    Vec,
    at_limit,
    both,
    converges,
    dot,
    eq,
    le,
    lt,
    positive,
    sq,
    vec,
)

ONE, TWO = Fraction(1), Fraction(2)
PROOF = "docs/factorization.md#balance"
TOY = toy()

Factorization = Annotated[ScalarFactorization, scalar_factorizations()]
WithTarget = Annotated[ScalarFactorization, scalar_factorizations(nonzero=True)]
AnyStart = Annotated[Vec, starts_off_zero]
LargeStep = Annotated[Fraction, steps_for_sharpness]
NEVER = Given("no iterate is a minimizer or on the saddle's line", misses_minimizers)


def limiting_sharpness(
    f: Factorization, z: AnyStart, h: LargeStep, *, two: Fraction = TWO, share: Fraction = Fraction(9, 10)
) -> Claim:
    r"""For the square loss, which is not one of the losses of good regularity that the source speaks of, and $\frac2L < h < \frac4L$ gradient descent that converges ends with a sharpness just below $\frac2h$: at most that, and at least
    nine tenths of it.
    """
    return at_limit(GD(f, h), z, lambda p: both(below=le(h * sq(p), two), just=le(share * two, h * sq(p))))


LIMITING_SHARPNESS = Theorem(
    limiting_sharpness,
    source="wang-2023",
    label="limiting-sharpness",
    reading="square-loss",
    status="false",
    given=(NEVER,),
    refuted_at={"f": TOY, "z": vec(2, Fraction(1, 10)), "h": Fraction(62, 100)},
    undecided=Fraction(1, 100),
)


# Close to (14/5, 5/14), with h L a little above 2.
CREEPS = {"f": TOY, "z": vec(Fraction(2801, 1000), Fraction(5, 14)), "h": Fraction(252, 1000)}


def sharpness_below_edge(f: Factorization, z: AnyStart, h: LargeStep, *, two: Fraction = TWO) -> Claim:
    r"""For the square loss and $\frac2L < h < \frac4L$ gradient descent that converges ends with a sharpness of at most $\frac2h$, which is below that of the start."""
    return at_limit(GD(f, h), z, lambda p: both(below=le(h * sq(p), two), flatter=lt(sq(p), f.spectral_radius(z))))


SHARPNESS_BELOW_EDGE = Theorem(
    sharpness_below_edge,
    source="wang-2023",
    label="limiting-sharpness",
    reading="square-loss-amended",
    amends="wang-2023/limiting-sharpness:square-loss",
    status="true",
    proof=PROOF,
    given=(NEVER,),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant("1.98 in place of 2", {"two": Fraction(99, 50)}, killed_at=CREEPS),
        Mutant(
            "orbits that land on a minimizer, too",
            drops=(NEVER.says,),
            killed_at={"f": TOY, "z": vec(2, Fraction(1, 2)), "h": Fraction(3, 5)},
        ),
    ),
)

BelowCritical = Annotated[Fraction, lambda f: steps_to_critical(f)]
Start = Annotated[Vec, starts_by_ellipse]


def unstable(f: ScalarFactorization, h: Fraction, z: Vec) -> Claim:
    """h L >= 2 at the start."""
    return le(2, h * f.spectral_radius(z))


INSIDE = Given("inside the ellipsoid", inside_ellipsoid)


def unstable_convergence(f: WithTarget, h: BelowCritical, z: Start) -> Claim:
    r"""Gradient descent can converge although $h \ge \frac2L$: it does from every such start with $w > 0$ if $h|a| < 1$."""
    return converges(GD(f, h), z)


UNSTABLE_CONVERGENCE = Theorem(
    unstable_convergence,
    source="ahn-2022",
    label="unstable-convergence",
    status="true",
    as_cited="the paper of that name, as remembered; the text at hand summarises it in three sentences",
    proof="docs/factorization.md#inside",
    given=(Given("h L >= 2 at the start", unstable), INSIDE),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "outside the ellipsoid, too",
            drops=(INSIDE.says,),
            killed_at={"f": TOY, "h": Fraction(1, 2), "z": vec(3, 0)},
        ),
    ),
)

Convex = Annotated[Quadratic, convex_quadratics()]
QuadraticStart = Annotated[Vec, lambda f: eigen_starts(f)]
AnyStep = Annotated[Fraction, positive()]


def relative_progress(f: Convex, h: AnyStep, x: QuadraticStart, *, half: Fraction = Fraction(1, 2)) -> Claim:
    r"""The relative progress $\frac{f(x_+) - f(x)}{h|\nabla f(x)|^2}$ is $-1 + \frac h2D$ with the directional smoothness $D = \frac{\langle\nabla f(x) -
    \nabla f(x_+), \nabla f(x)\rangle}{h|\nabla f(x)|^2}$, for quadratics.
    """
    g, after = f.grad(x), gradient_step(f, h, x)
    smoothness = dot(g - f.grad(after), g)
    return eq(f(after) - f(x), -h * sq(g) + half * h * smoothness)


RELATIVE_PROGRESS = Theorem(
    relative_progress,
    source="ahn-2022",
    label="unstable-convergence",
    reading="relative-progress",
    status="true",
    proof="docs/factorization.md#relative-progress",
    mutants=(
        Mutant(
            "0.495 in place of 1/2",
            {"half": Fraction(99, 200)},
            killed_at={"f": Quadratic((), (ONE,), (Fraction(0),), vec(0), Fraction(0)), "h": ONE, "x": vec(1)},
        ),
    ),
)
