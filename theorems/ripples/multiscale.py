r"""Large steps do not see small details: $f(x) = \frac c2x^2 - A\epsilon\cos\frac x\epsilon$, after tao-wang-2022.

$f_0 = \frac c2x^2$ is the macroscopic part. The ripples have slopes up to $A$ and curvatures up to $\frac A\epsilon$; where $c|x| < A$ they make local minima, less than $2\pi\epsilon < 7\epsilon$ apart.
"""

from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from objectives import GD, gradient_step, orbit, step_sizes
from objectives.ripples import Multiscale, aimed_starts, lands_at_rest, multiscale_functions, starts_among_minima
from refute import (
    Claim,
    Domain,
    Given,
    Mutant,
    Theorem,
    Vec,
    absolute,
    any_of,
    between,
    both,
    converges,
    every,
    integers,
    known,
    le,
    lt,
    positive,
    rationals,
    sin,
    vec,
)

ONE = Fraction(1)
SOURCE, PROOF = "tao-wang-2022", "docs/multiscale.md"

Positive = Annotated[Fraction, positive()]
Real = Annotated[Fraction, rationals()]
Scale = Annotated[Fraction, between(0, 1, open=True)]


def share_of(A: Fraction, eps: Fraction, share: Fraction) -> Domain:
    """0 < Lambda <= share A/eps."""
    return between(0, share * A / eps, open=True)


Smaller = Annotated[Fraction, share_of]
SmallerThanHeight = Annotated[Fraction, lambda B, eps, share: share_of(B, eps, share)]


def ripples_are_steep(
    B: Positive, eps: Scale, Lambda: SmallerThanHeight, *, share: Fraction = Fraction(99, 100)
) -> Claim:
    r"""Ripples of a fixed height, $f_1(x) = -B\cos\frac x\epsilon$ with $\epsilon < 1$, are $\Lambda$-smooth for no $\Lambda < 0.99\,\frac B\epsilon$: $L = \Omega(\frac1\epsilon)$. ($L = \frac B{\epsilon^2}$: the points are $\pm\frac\epsilon5$.)"""
    return lt(Lambda * 2 * eps / 5, 2 * B / eps * sin(Fraction(1, 5) + 0 * B))


RIPPLES_ARE_STEEP = Theorem(
    ripples_are_steep,
    source=SOURCE,
    label="microscopic-smoothness",
    status="true",
    proof=f"{PROOF}#smoothness",
    mutants=(
        Mutant("all of it", {"share": ONE}, killed_at={"B": ONE, "eps": Fraction(999, 1000), "Lambda": ONE}),
        Mutant(
            "eps of any size",
            domains={"eps": positive()},
            killed_at={"B": ONE, "eps": Fraction(2), "Lambda": Fraction(2, 5)},
        ),
    ),
)


def ripples_of_slope_one_are_steep(
    A: Positive, eps: Positive, Lambda: Smaller, *, share: Fraction = Fraction(99, 100)
) -> Claim:
    r"""Where only the slopes are fixed, as in the sections on large steps, small scales are steep, too: $f_1(x) = -A\epsilon\cos\frac x\epsilon$ is $\Lambda$-smooth for no $\Lambda < 0.99\,\frac A\epsilon$: $L = \Omega(\frac1\epsilon)$."""
    return lt(Lambda * 2 * eps / 5, 2 * A * sin(Fraction(1, 5) + 0 * A))


RIPPLES_OF_SLOPE_ONE_ARE_STEEP = Theorem(
    ripples_of_slope_one_are_steep,
    source=SOURCE,
    label="microscopic-smoothness",
    reading="slopes",
    status="true",
    proof=f"{PROOF}#smoothness",
    mutants=(Mutant("all of it", {"share": ONE}, killed_at={"A": ONE, "eps": ONE, "Lambda": Fraction(999, 1000)}),),
)


def shrinking_ripples_are_flat(eps: Positive, x: Real, y: Real, *, one: Fraction = ONE) -> Claim:
    r"""Without an assumption on their height there is no such bound: $f_1(x) = -\epsilon^3\cos\frac x\epsilon$ is $\epsilon$-smooth, $|f_1'(x) - f_1'(y)| \le \epsilon|x - y|$, and $\epsilon$ is below $\frac c\epsilon$ for every $c > 0$ as soon as $\epsilon^2 < c$."""
    return le((eps * (sin(x / eps) - sin(y / eps))) ** 2, one * (x - y) ** 2)


SHRINKING_RIPPLES_ARE_FLAT = Theorem(
    shrinking_ripples_are_flat,
    source=SOURCE,
    label="microscopic-smoothness",
    reading="any-height",
    status="true",
    proof=f"{PROOF}#smoothness",
    mutants=(
        Mutant(
            "0.99 in place of 1",
            {"one": Fraction(99, 100)},
            killed_at={"eps": ONE, "x": Fraction(0), "y": Fraction(1, 100)},
        ),
    ),
)

Rippled = Annotated[Multiscale, multiscale_functions()]
Steps = Annotated[int, integers(1, 5)]


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


HUNDREDTH, THOUSANDTH = (Multiscale(ONE, ONE, Fraction(1, n)) for n in (100, 1000))

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


def ripples_are_small(f: Multiscale, h: Fraction) -> Claim:
    """h A >= 100 eps."""
    return le(100 * f.eps, h * f.A)


LARGE = Given("the step is large", ripples_are_small)


def escapes(f: Rippled, h: LargeStep, x0: Start, *, ten: Fraction = Fraction(10)) -> Claim:
    r"""With a step size that does not depend on $\epsilon$ gradient descent leaves the local minima between which it starts at once: for $hA \ge 100\epsilon$ the first step leads farther than $7\epsilon$ away, unless $x_0$ is within
    $\frac{10\,\epsilon^2}{hA}$ of a stationary point. So it is for all starts among the local minima but a share of $6.4\,\frac\epsilon{hA}$, at most $6.4\,\%$.
    """
    (after,), x = gradient_step(f, h, x0), x0[0]
    reach = ten * f.eps**2 / (h * f.A)
    slopes = [f.grad(Vec((t,)))[0] for t in (x - reach, x + reach)]
    return any_of(leaves=lt(7 * f.eps, absolute(after - x)), stationary=le(slopes[0] * slopes[1], 0))


ESCAPES = Theorem(
    escapes,
    source=SOURCE,
    label="escapes-local-minima",
    status="true",
    proof=f"{PROOF}#escapes",
    given=(AMONG, LARGE),
    mutants=(
        Mutant(
            "7 in place of 10",
            {"ten": Fraction(7)},
            killed_at={"f": HUNDREDTH, "h": ONE, "x0": vec(Fraction(31028, 100000))},
        ),
    ),
)


def in_motion(f: Multiscale, x0: Vec) -> Claim:
    """f'(x_0) is not small: |f'(x_0)| >= A/100."""
    return le(f.A / 100, absolute(f.grad(x0)[0]))


AimedStart = Annotated[Vec, aimed_starts]


def escapes_from_every_start(f: Rippled, h: LargeStep, x0: AimedStart) -> Claim:
    r"""A large step escapes the local minima from every start that is not close to a stationary point: for $hA \ge 100\epsilon$ and $|f'(x_0)| \ge \frac A{100}$ one of the first 40 iterates is farther than $7\epsilon$ from $x_0$."""
    for x in orbit(f, h, x0, 40):
        if absolute(x[0] - x0[0]) > 7 * f.eps:
            return known(True, "an iterate is far away")
    return known(False, "40 iterates stay within 7 eps")


ESCAPES_FROM_EVERY_START = Theorem(
    escapes_from_every_start,
    source=SOURCE,
    label="escapes-local-minima",
    reading="every-start",
    status="false",
    given=(AMONG, LARGE, Given("the start is not close to rest", in_motion)),
    # The first step ends at a stationary point 2.7 eps away.
    refuted_at={
        "f": THOUSANDTH,
        "h": Fraction(1, 4),
        "x0": Vec((lands_at_rest(THOUSANDTH, Fraction(1, 4), -71, -72),)),
    },
)
