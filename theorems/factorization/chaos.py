r"""Chaos among ripples: $f(x) = \frac c2x^2 - A\epsilon\cos\frac x\epsilon$ with steps that do not depend on $\epsilon$, tao-wang-2022 after Kong and Tao.

The map is $T(x) = x - hf'(x) = (1 - hc)x - hA\sin\frac x\epsilon$; its slopes reach $\frac{hA}\epsilon$.
"""

from fractions import Fraction
from itertools import count
from typing import Annotated

from objectives import GD, orbit
from objectives.ripples import Multiscale, law_of_iterate, log_expansion
from refute import (
    Claim,
    Domain,
    Draw,
    Given,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    absolute,
    aperiodic,
    between,
    both,
    choose,
    converges,
    cos,
    every,
    integers,
    known,
    le,
    log,
    lt,
    mean_at_least,
    mean_at_most,
    ne,
    positive,
    sin,
    vec,
)

ONE, HALF = Fraction(1), Fraction(1, 2)
SOURCE, LABEL, PROOF = "tao-wang-2022", "gibbs-limit", "docs/multiscale.md"


def unit_ripples() -> Domain:
    """c = A = 1 and eps <= 1/8, drawn with 1/eps an integer."""

    def member(f: Multiscale) -> Claim:
        return both(unit=known(bool(f.c == 1 and f.A == 1), "c = A = 1"), fine=le(8 * f.eps, 1))

    return Domain(
        "fine ripples", lambda d: Multiscale(ONE, ONE, Fraction(1, 8 + choose(d, 32)[0])), member, (Multiscale,)
    )


def quarters() -> Domain:
    """[1/4, 1], drawn as quarters."""
    line = between(Fraction(1, 4), 1)
    return Domain(line.name, lambda d: Fraction(1 + choose(d, 4)[0], 4), line.member)


def starts() -> Domain:
    """[-1, 1], drawn as eighths."""

    def draw(d: Draw) -> Vec:
        return vec(Fraction(choose(d, 17)[0] - 8, 8))

    def member(x: Vec) -> Claim:
        return both(line=known(len(x) == 1, "a point of the line"), near=le(absolute(x[0]), 1))

    return Domain("[-1, 1]", draw, member, (Vec,), dim=1)


Ripples = Annotated[Multiscale, unit_ripples()]
Large = Annotated[Fraction, quarters()]
Start = Annotated[Vec, starts()]


def chaotic(f: Ripples, h: Large, x0: Start) -> Claim:
    r"""With a step size that does not depend on $\epsilon$ the iterates come to a chaotic attractor: they converge to no point and to no cycle, from starts that are not at rest."""
    return aperiodic(GD(f, h), x0)


def moves(f: Multiscale, x0: Vec) -> Claim:
    """f'(x_0) is not 0."""
    return ne(f.grad(x0)[0], 0)


CHAOTIC = Theorem(
    chaotic,
    source=SOURCE,
    label=LABEL,
    reading="chaotic",
    status="false",
    given=(Given("the start is not at rest", moves),),
    # A cycle of period two attracts. For h = 1 and eps = 1/11, close to 2/(7 pi), a rest point at 1 - 10^-5 does.
    refuted_at={"f": Multiscale(ONE, ONE, Fraction(1, 13)), "h": Fraction(3, 4), "x0": vec(HALF)},
    undecided=Fraction(1, 100),
)


# Below pi/2 by 3 parts in 10^10.
QUARTER_TURN = Fraction(103993, 66204)


def tuned(third: Fraction) -> Domain:
    """The u > 0 with sin u < 0 and u |cos u| <= 1/3, drawn close to 3 pi/2, 7 pi/2, 11 pi/2, 19 pi/2, ..."""

    def draw(d: Draw) -> Fraction:
        k, off = choose(d, 9, 17)
        quarters = 4 * (2**k // 2) + 3
        u = quarters * QUARTER_TURN
        exact: Fraction = (u + third * Fraction(15 * (off - 8), 128) / u).limit_denominator(10**7)
        return exact

    def member(u: Fraction) -> Claim:
        return both(positive=lt(0, u), side=lt(sin(u), 0), close=le(u * absolute(cos(u)), third))

    return Domain("scales tuned to a rest point", draw, member)


Positive = Annotated[Fraction, positive()]
Tuned = Annotated[Fraction, tuned]
Steps = Annotated[int, integers(1, 4)]


def attracting_rest_point(c: Positive, A: Positive, u: Tuned, N: Steps, *, third: Fraction = Fraction(1, 3)) -> Claim:
    r"""There are scales, as fine as one likes, among whose ripples a rest point far from the minimum attracts: with $\epsilon = \frac A{cu}$, $\sin u < 0$ and $u|\cos u| \le \frac13$ gradient descent with $h = \frac1c$
    converges from $\frac Ac$, and stays within $\frac A{4cu^2}$ of it.
    """
    f = Multiscale(c, A, A / (c * u))
    edge = A / c
    near = (le(4 * u**2 * absolute(x[0] - edge), edge) for x in orbit(f, 1 / c, Vec((edge,)), N))
    return both(near=every(near, each="k"), converges=converges(GD(f, 1 / c), Vec((edge,))))


ATTRACTING_REST_POINT = Theorem(
    attracting_rest_point,
    source=SOURCE,
    label=LABEL,
    reading="hidden-rest-points",
    status="true",
    proof=f"{PROOF}#hidden-rest-points",
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "4/3 in place of 1/3",
            {"third": Fraction(4, 3)},
            killed_at={"c": ONE, "A": ONE, "u": Fraction(1111, 100), "N": 1},
        ),
    ),
)

Share = Annotated[Fraction, lambda h: between(0, 1 / h, open=True)]


def kicks(reach: Fraction) -> Domain:
    """[reach, infinity), drawn often close to reach."""
    line = between(reach, 100 * reach)

    def draw(d: Draw) -> Fraction:
        i, j = choose(d, 2, 24)
        return reach * (1 + Fraction(1, 2**j)) if i else reach * (1 + j)

    return Domain(f"[{reach}, infinity)", draw, lambda t: le(reach, t), bulk=line.bulk)


Kick = Annotated[Fraction, kicks]
# 11/7, 33/7, 55/7 and 77/7 are close to pi/2, 3 pi/2, 5 pi/2 and 7 pi/2.
CORNERS = tuple(Fraction(11 * n, 7) for n in (1, 3, 5, 7))


def horseshoe(h: Positive, A: Positive, c: Share, kick: Kick, *, reach: Fraction = Fraction(11001, 1000)) -> Claim:
    r"""Every large step is chaotic in the sense of Li and Yorke: for $hA \ge 11.001\,\epsilon$ and $hc \le 1$ each of two disjoint intervals is mapped by $T$ over both. So there are orbits of every period and an uncountable
    scrambled set. (They may all repel: what an orbit does in the long run is another matter, see `chaotic`.)
    """
    eps = h * A / kick
    p0, p1, p2, p3 = (eps * q for q in CORNERS)

    def T(x: Scalar) -> Scalar:
        return (1 - h * c) * x - h * A * sin(x / eps)

    return both(
        first_down=le(T(p0), p0), first_up=le(p3, T(p1)), second_down=le(T(p2), p0), second_up=le(p3, T(p3), unit=p3)
    )


HORSESHOE = Theorem(
    horseshoe,
    source=SOURCE,
    label=LABEL,
    reading="horseshoe",
    status="true",
    proof=f"{PROOF}#horseshoes",
    mutants=(
        Mutant(
            "from 10.89 on",
            {"reach": Fraction(1089, 100)},
            killed_at={"h": ONE, "A": ONE, "c": Fraction(999, 1000), "kick": Fraction(1089, 100)},
        ),
    ),
)


def one_or_half() -> Domain:
    """1/2 and 1."""
    return Domain(
        "{1/2, 1}",
        lambda d: (HALF, ONE)[choose(d, 2)[0]],
        lambda h: known(any(h == q for q in (HALF, ONE)), "1/2 or 1"),
    )


THOUSANDTH = Multiscale(ONE, ONE, Fraction(1, 1000))


def at_a_thousandth(f: Multiscale) -> Claim:
    """c = A = 1, eps = 1/1000."""
    return known(bool(f.c == 1 and f.A == 1 and f.eps == THOUSANDTH.eps), "c = A = 1 and eps = 1/1000")


Fine = Annotated[
    Multiscale, Domain("x^2/2 with ripples at eps = 1/1000", lambda d: THOUSANDTH, at_a_thousandth, (Multiscale,))
]
Half = Annotated[Fraction, one_or_half()]
Seed = Annotated[int, integers(1, 2)]


def lyapunov_exponent(f: Fine, h: Half, seed: Seed, *, two: Fraction = Fraction(2)) -> Claim:
    r"""The Lyapunov exponent of the law of $x_K$ is $\log\frac{hA}{2\epsilon}$, that of uniform angles: $E\log\max(|T'(x_K)|, 1)$ is within $\frac1{25}\log\Lambda$ of it, $\Lambda = 1 + \frac{hA}\epsilon$ the largest slope. (Every exponent is $\log\Lambda$ at
    most.)
    """
    sample = law_of_iterate(f, h, 20_000, next(k for k in count() if (k + 1) * h > 4), seed)
    largest = 1 + h * f.A / f.eps
    value = log(h * f.A / (two * f.eps)) / log(largest)
    off, says = Fraction(1, 25), "the mean of log |T'|, in units of log Lambda,"
    part = log_expansion(f, h, largest)
    return both(
        at_least=mean_at_least(sample, part, value - off, says=says),
        at_most=mean_at_most(sample, part, value + off, says=says),
    )


LYAPUNOV_EXPONENT = Theorem(
    lyapunov_exponent,
    source=SOURCE,
    label=LABEL,
    reading="lyapunov-exponent",
    status="open",
    mutants=(Mutant("log(hA/eps)", {"two": ONE}, killed_at={"f": THOUSANDTH, "h": ONE, "seed": 1}),),
)
