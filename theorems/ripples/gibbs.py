r"""The law of gradient descent among ripples, against the Gibbs law: tao-wang-2022 after Kong and Tao.

$f = f_0 + f_1$ with $f_0(x) = \frac{x^2}2$ and ripples of slope 1 on the scale $\epsilon$. The Gibbs law $\frac1Ze^{-f_0/T}$ with temperature $T$ is normal with variance $T$. The law of $x_K$, $x_0$
uniform in $[-1, 1]$, $K = \lfloor 4/h\rfloor$, is judged by 20,000 independent certified trajectories: each verdict is wrong with probability $10^{-9}$ at most. The statements are about the few $\epsilon$ and $h$ that they name; nothing is proved for all $\epsilon$ here.
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
    distance_from_scales,
    known,
    mean_at_least,
    mean_at_most,
)

ONE, HALF = Fraction(1), Fraction(1, 2)
SOURCE = "tao-wang-2022"
FINE = tuple(Multiscale(ONE, ONE, Fraction(1, n)) for n in (1000, 10**4))


def ripples(*drawn: Multiscale) -> Domain:
    """One of a few: x^2/2 with ripples of slope 1."""
    return Domain(
        "fine ripples",
        lambda d: drawn[choose(d, len(drawn))[0]],
        lambda f: known(any(f.c == g.c and f.A == g.A and f.eps == g.eps for g in drawn), "other ripples"),
        (Multiscale,),
    )


def steps(*drawn: Fraction) -> Domain:
    """One of a few step sizes."""
    return Domain(
        "{" + ", ".join(map(str, drawn)) + "}",
        lambda d: drawn[choose(d, len(drawn))[0]],
        lambda h: known(any(h == g for g in drawn), "another step size"),
    )


def seeds() -> Domain:
    """The seed of the starts, drawn as 1 or 2."""
    return Domain("seeds", lambda d: 1 + choose(d, 2)[0], lambda n: known(type(n) is int and n >= 0, "an integer"))


Rippled = Annotated[Multiscale, ripples(*FINE)]
Coarser = Annotated[Multiscale, ripples(FINE[0])]
Step = Annotated[Fraction, steps(ONE, Fraction(3, 4))]
SmallStep = Annotated[Fraction, steps(Fraction(1, 20))]
Seed = Annotated[int, seeds()]
N = 20_000


def length(h: Fraction) -> int:
    """K = floor(4/h), with (1 - h)^K about e^-4."""
    return next(k for k in count() if (k + 1) * h > 4)


def gibbs_limit(f: Coarser, h: SmallStep, seed: Seed, *, one: Fraction = ONE, T: Fraction = Fraction(1, 4)) -> Claim:
    r"""For a step that is small, but not compared with $\epsilon$, the law of $x_K$ is close to a Gibbs law, that of temperature $T = \frac h4$: for $h = \frac1{20}$, $\epsilon = \frac1{1000}$ their distribution functions differ by at most $h$."""
    sample = law_of_iterate(f, h, N, length(h), seed)
    return distance_from_law(sample, gibbs(h * T), one * h, says="the distance from the Gibbs law")


GIBBS_LIMIT = Theorem(
    gibbs_limit,
    source=SOURCE,
    label="gibbs-limit",
    status="open",
    mutants=(
        Mutant("twice the temperature", {"T": HALF}, killed_at={"f": FINE[0], "h": Fraction(1, 20), "seed": 1}),
        Mutant(
            "steps of 1",
            {"one": Fraction(1, 25)},
            domains={"h": steps(ONE)},
            killed_at={"f": FINE[0], "h": ONE, "seed": 1},
        ),
    ),
)


def gibbs_limit_of_constant_steps(f: Rippled, h: Step, seed: Seed, *, bound: Fraction = Fraction(1, 25)) -> Claim:
    r"""Read as a statement about steps that are not small: for $h = 1$ and $h = \frac34$, too, the law of $x_K$ is close to a Gibbs law, of whatever temperature: for some $T > 0$ the distribution functions differ by at most $\frac1{25}$."""
    sample = law_of_iterate(f, h, N, length(h), seed)
    return distance_from_scales(sample, gibbs(ONE), bound, says="the distance from the closest Gibbs law")


GIBBS_LIMIT_OF_CONSTANT_STEPS = Theorem(
    gibbs_limit_of_constant_steps,
    source=SOURCE,
    label="gibbs-limit",
    reading="constant-step",
    status="false",
    refuted_at={"f": FINE[0], "h": ONE, "seed": 1},
)

Wide = Annotated[Fraction, steps(HALF, ONE)]


def second_moment(f: Rippled, h: Wide, seed: Seed, *, half: Fraction = HALF) -> Claim:
    r"""For $h = \frac12$ and $h = 1$, $\epsilon = \frac1{1000}$ and $\frac1{10^4}$, the second moment of $x_K$ is $\frac h{2(2 - h)}$, that of the sum of $h(1 - h)^j\sin U_j$ with independent uniform angles, to within $\frac1{25}$."""
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


def smaller_values_more_probable(f: Coarser, h: Both, seed: Seed, *, more: Fraction = Fraction(0)) -> Claim:
    r"""Smaller values of $f_0$ have a higher probability: for $h = \frac12$ and $h = \frac1{20}$, $\epsilon = \frac1{1000}$ and $T = \frac h4$ it is more probable that $2f_0(x_K)$ is in $[0, T]$ than in $(T, 2T]$, and in $(T, 2T]$ than in $(2T, 3T]$."""
    sample, T = law_of_iterate(f, h, N, length(h), seed), h / 4
    shells = [probability_of(-1, T), probability_of(T, 2 * T), probability_of(2 * T, 3 * T)]

    def lead(i: int) -> Claim:
        """P(shell i) - P(shell i + 1) >= more, as the mean of a number in [0, 1]."""
        inner, outer = shells[i], shells[i + 1]
        return mean_at_least(
            sample, lambda t: (1 + inner(t) - outer(t)) / 2, (1 + more) / 2, says=f"half of 1 + P_{i} - P_{i + 1}"
        )

    return both(first=lead(0), second=lead(1))


SMALLER_VALUES_MORE_PROBABLE = Theorem(
    smaller_values_more_probable,
    source=SOURCE,
    label="smaller-values-more-probable",
    status="open",
    mutants=(
        Mutant("by a fifth", {"more": Fraction(1, 5)}, killed_at={"f": FINE[0], "h": HALF, "seed": 1}),
        Mutant("by six tenths", {"more": Fraction(6, 10)}, killed_at={"f": FINE[0], "h": HALF, "seed": 1}),
    ),
)
