r"""Large steps do not see small details: $f(x) = \frac c2x^2 - A\epsilon\cos\frac x\epsilon$, after tao-wang-2022.

$f_0 = \frac c2x^2$ is the macroscopic part. The ripples have slopes up to $A$ and curvatures up to $\frac A\epsilon$; where $c|x| < A$ they make local minima, less than $2\pi\epsilon < 7\epsilon$ apart.
"""

from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from objectives import GD, orbit, step_sizes
from objectives.ripples import Multiscale, multiscale_functions
from refute import (
    Claim,
    Domain,
    Draw,
    Given,
    Mutant,
    Theorem,
    Vec,
    absolute,
    between,
    both,
    converges,
    every,
    integers,
    known,
    le,
    lt,
    positive,
    sin,
    vec,
)

ONE = Fraction(1)
SOURCE, PROOF = "tao-wang-2022", "docs/multiscale.md"

Positive = Annotated[Fraction, positive()]


def ripples_are_steep(B: Positive, eps: Positive, Lambda: Positive) -> Claim:
    r"""A function that oscillates on the scale $\epsilon$, $f_1(x) = -B\cos\frac x\epsilon$, is $\Lambda$-smooth only for $\Lambda \ge \frac1{100\epsilon}$: if $\Lambda$ is smaller, $|f_1'(x) - f_1'(-x)| > \Lambda|2x|$
    for $x = \frac\epsilon5$.
    """
    if Lambda * eps * 100 >= 1:
        return known(True, "Lambda is not small")
    return lt(Lambda * 2 * eps / 5, 2 * B / eps * sin(Fraction(1, 5) + 0 * B))


RIPPLES_ARE_STEEP = Theorem(
    ripples_are_steep,
    source=SOURCE,
    label="microscopic-smoothness",
    status="false",
    refuted_at={"B": Fraction(1, 10**4), "eps": ONE, "Lambda": Fraction(1, 1000)},
)


def share_of(A: Fraction, eps: Fraction, share: Fraction) -> Domain:
    """0 < Lambda <= share A/eps."""
    return between(0, share * A / eps, open=True)


Smaller = Annotated[Fraction, share_of]


def ripples_of_slope_one_are_steep(
    A: Positive, eps: Positive, Lambda: Smaller, *, share: Fraction = Fraction(99, 100)
) -> Claim:
    r"""If the slopes of $f_1(x) = -A\epsilon\cos\frac x\epsilon$ do not shrink with $\epsilon$, it is $\Lambda$-smooth for no $\Lambda < 0.99\,\frac A\epsilon$: $L = \Omega(\frac1\epsilon)$."""
    return lt(Lambda * 2 * eps / 5, 2 * A * sin(Fraction(1, 5) + 0 * A))


RIPPLES_OF_SLOPE_ONE_ARE_STEEP = Theorem(
    ripples_of_slope_one_are_steep,
    source=SOURCE,
    label="microscopic-smoothness",
    reading="amended",
    amends="tao-wang-2022/microscopic-smoothness",
    status="true",
    proof=f"{PROOF}#smoothness",
    mutants=(Mutant("all of it", {"share": ONE}, killed_at={"A": ONE, "eps": ONE, "Lambda": Fraction(999, 1000)}),),
)

Rippled = Annotated[Multiscale, multiscale_functions()]
Steps = Annotated[int, integers(1, 5)]


def starts_among_minima(f: Multiscale) -> Domain:
    """R, drawn on a grid where c |x| <= A/2."""
    reach = f.A / (2 * f.c)
    part = between(-1, 1)

    def draw(d: Draw) -> Vec:
        return Vec((reach * part.draw(d),))

    return Domain("R", draw, lambda x: known(len(x) == 1, "a point of the line"), (Vec,), dim=1)


Start = Annotated[Vec, starts_among_minima]
SmallStep = Annotated[Fraction, lambda f, one: step_sizes(f.L, below=one, closed=True, smallest=4)]


def among_minima(f: Multiscale, x0: Vec) -> Claim:
    """2 c (|x_0| + 7 eps) <= A."""
    return le(2 * f.c * (absolute(x0[0]) + 7 * f.eps), f.A)


AMONG = Given("local minima are all around", among_minima)


def small_step_stays(f: Rippled, h: SmallStep, x0: Start, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""With $h \le \frac1L$ gradient descent converges, without changing its direction, to a stationary point less than $7\epsilon$ from its start, as gradient flow does."""
    xs = list(orbit(f, h, x0, N))
    first = xs[1][0] - x0[0]
    onwards = (le(0, (b[0] - a[0]) * first) for a, b in pairwise(xs))
    return both(
        close=le(absolute(xs[-1][0] - x0[0]), 7 * f.eps),
        onwards=every(onwards, each="k"),
        converges=converges(GD(f, h), x0),
    )


HUNDREDTH = Multiscale(ONE, ONE, Fraction(1, 100))

SMALL_STEP_STAYS = Theorem(
    small_step_stays,
    source=SOURCE,
    label="small-step-stays",
    status="true",
    proof=f"{PROOF}#small-steps",
    given=(AMONG,),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "steps up to 1.9/L",
            {"one": Fraction(19, 10)},
            killed_at={"f": HUNDREDTH, "h": Fraction(3, 200), "x0": vec(Fraction(1, 100)), "N": 3},
        ),
    ),
)


def large(f: Multiscale) -> Domain:
    """1/4 <= h c <= 1, whatever eps is."""
    return between(Fraction(1, 4) / f.c, 1 / f.c)


LargeStep = Annotated[Fraction, large]


def in_motion(f: Multiscale, x0: Vec) -> Claim:
    """f'(x_0) is not small: |f'(x_0)| >= A/100."""
    return le(f.A / 100, absolute(f.grad(x0)[0]))


def escapes(f: Rippled, h: LargeStep, x0: Start) -> Claim:
    r"""With a step size that does not depend on $\epsilon$ gradient descent leaves the neighbourhood of the local minima between which it starts: for $hA \ge 100\epsilon$ one of the first 40 iterates is farther than $7\epsilon$ from
    $x_0$. Never proved here: the starts that stay are thought to be a null set.
    """
    for x in orbit(f, h, x0, 40):
        if absolute(x[0] - x0[0]) > 7 * f.eps:
            return known(True, "an iterate is far away")
    return known(False, "40 iterates stay within 7 eps")


def ripples_are_small(f: Multiscale, h: Fraction) -> Claim:
    """h A >= 100 eps."""
    return le(100 * f.eps, h * f.A)


ESCAPES = Theorem(
    escapes,
    source=SOURCE,
    label="escapes-local-minima",
    status="open",
    given=(
        AMONG,
        Given("the step is large", ripples_are_small),
        Given("the start is not close to rest", in_motion),
    ),
)
