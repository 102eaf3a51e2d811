r"""The law of gradient descent among ripples, against the Gibbs law: tao-wang-2022 after Kong and Tao.

$f = f_0 + f_1$ with $f_0(x) = \frac{x^2}2$ and ripples of slope 1 on the scale $\epsilon$. With temperature $T = \frac h4$ the Gibbs law $\frac1Ze^{-f_0/T}$ is normal with variance $T$. The law of $x_K$, $x_0$
uniform in $[-1, 1]$, is judged by independent certified trajectories: each verdict is wrong with probability $10^{-9}$ at most. Nothing here is proved for all $\epsilon$.
"""

from fractions import Fraction
from itertools import count
from typing import Annotated

from objectives.ripples import Multiscale, gibbs, law_of_iterate, probability_of
from refute import (
    Claim,
    Domain,
    Mutant,
    Theorem,
    both,
    choose,
    distance_from_law,
    known,
    le,
    mean_at_least,
    mean_at_most,
)

ONE, HALF = Fraction(1), Fraction(1, 2)
SOURCE = "tao-wang-2022"
FINE = tuple(Multiscale(ONE, ONE, Fraction(1, n)) for n in (1000, 10**4))


def ripples(*drawn: Multiscale) -> Domain:
    """x^2/2 with ripples of slope 1 and eps <= 1/1000, drawn from a few."""
    return Domain(
        "fine ripples",
        lambda d: drawn[choose(d, len(drawn))[0]],
        lambda f: both(fine=le(f.eps, Fraction(1, 1000)), unit=known(bool(f.c == 1 and f.A == 1), "c = A = 1")),
        (Multiscale,),
    )


def steps(*drawn: Fraction) -> Domain:
    """0 < h <= 1, drawn from a few."""
    return Domain(
        "(0, 1]",
        lambda d: drawn[choose(d, len(drawn))[0]],
        lambda h: both(above=le(Fraction(1, 100), h), below=le(h, 1)),
    )


def seeds() -> Domain:
    """The seed of the starts, drawn as 1 or 2."""
    return Domain("seeds", lambda d: 1 + choose(d, 2)[0], lambda n: known(type(n) is int and n >= 0, "an integer"))


Rippled = Annotated[Multiscale, ripples(*FINE)]
Coarser = Annotated[Multiscale, ripples(FINE[0])]
Step = Annotated[Fraction, steps(HALF, Fraction(1, 4))]
SmallStep = Annotated[Fraction, steps(Fraction(1, 20))]
Seed = Annotated[int, seeds()]
N = 20_000


def length(h: Fraction) -> int:
    """K = floor(4/h), with (1 - h)^K about e^-4."""
    return next(k for k in count() if (k + 1) * h > 4)


def gibbs_limit(
    f: Rippled, h: Step, seed: Seed, *, bound: Fraction = Fraction(1, 25), T: Fraction = Fraction(1, 4)
) -> Claim:
    r"""For a step size that does not depend on $\epsilon$ the law of $x_K$ is close to the Gibbs law: their distribution functions differ by at most $\frac1{25}$."""
    sample = law_of_iterate(f, h, N, length(h), seed)
    return distance_from_law(sample, gibbs(h * T), bound, says="the distance from the Gibbs law")


GIBBS_LIMIT = Theorem(
    gibbs_limit,
    source=SOURCE,
    label="gibbs-limit",
    status="false",
    refuted_at={"f": FINE[0], "h": HALF, "seed": 1},
)


def gibbs_limit_of_small_steps(
    f: Coarser, h: SmallStep, seed: Seed, *, bound: Fraction = Fraction(1, 25), T: Fraction = Fraction(1, 4)
) -> Claim:
    r"""It is for steps that are small, but not compared with $\epsilon$: $h = \frac1{20}$. The variance of the limit is $\frac h{2(2 - h)}$, which is $T(1 + O(h))$."""
    sample = law_of_iterate(f, h, N, length(h), seed)
    return distance_from_law(sample, gibbs(h * T), bound, says="the distance from the Gibbs law")


GIBBS_LIMIT_OF_SMALL_STEPS = Theorem(
    gibbs_limit_of_small_steps,
    source=SOURCE,
    label="gibbs-limit",
    reading="amended",
    amends="tao-wang-2022/gibbs-limit",
    status="open",
    mutants=(
        Mutant("twice the temperature", {"T": HALF}, killed_at={"f": FINE[0], "h": Fraction(1, 20), "seed": 1}),
        Mutant(
            "a hundred times as close",
            {"bound": Fraction(1, 2500)},
            domains={"h": steps(HALF)},
            killed_at={"f": FINE[0], "h": HALF, "seed": 1},
        ),
    ),
)

Wide = Annotated[Fraction, steps(HALF, ONE)]


def second_moment(f: Rippled, h: Wide, seed: Seed, *, half: Fraction = HALF) -> Claim:
    r"""The second moment of $x_K$ is $\frac h{2(2 - h)}$, that of the sum of $h(1 - h)^j\sin U_j$ with independent uniform angles, to within $\frac1{25}$."""
    sample = law_of_iterate(f, h, N, length(h), seed)
    value, off = half * h / (2 - h), Fraction(1, 25)
    says = "the second moment"
    return both(
        at_least=mean_at_least(sample, lambda t: t * t, value - off, says=says),
        at_most=mean_at_most(sample, lambda t: t * t, value + off, says=says),
    )


SECOND_MOMENT = Theorem(
    second_moment,
    source=SOURCE,
    label="gibbs-limit",
    reading="second-moment",
    status="open",
    mutants=(Mutant("half of it", {"half": Fraction(1, 4)}, killed_at={"f": FINE[0], "h": ONE, "seed": 1}),),
)

Both = Annotated[Fraction, steps(HALF, Fraction(1, 20))]


def smaller_values_more_probable(
    f: Coarser, h: Both, seed: Seed, *, most: Fraction = Fraction(1, 2), least: Fraction = Fraction(1, 4)
) -> Claim:
    r"""Smaller values of $f_0$ are more probable: $2f_0(x_K)$ is in $[0, T]$ with probability $\frac12$ at least, and in $(T, 2T]$ and $(2T, 3T]$ with $\frac14$ at most, $T = \frac h4$."""
    sample = law_of_iterate(f, h, N, length(h), seed)
    T = h / 4
    return both(
        first=mean_at_least(sample, probability_of(-1, T), most, says="P(2 f_0 <= T)"),
        second=mean_at_most(sample, probability_of(T, 2 * T), least, says="P(T < 2 f_0 <= 2T)"),
        third=mean_at_most(sample, probability_of(2 * T, 3 * T), least, says="P(2T < 2 f_0 <= 3T)"),
    )


SMALLER_VALUES_MORE_PROBABLE = Theorem(
    smaller_values_more_probable,
    source=SOURCE,
    label="smaller-values-more-probable",
    status="open",
    mutants=(
        Mutant("with probability 0.7", {"most": Fraction(7, 10)}, killed_at={"f": FINE[0], "h": HALF, "seed": 1}),
        Mutant("with a tenth at most", {"least": Fraction(1, 10)}, killed_at={"f": FINE[0], "h": HALF, "seed": 1}),
    ),
)
