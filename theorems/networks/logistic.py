r"""Logistic regression on linearly separable data with any constant step size: wu-2023, as summarised in the source.

$L(w) = \frac1n\sum\log(1 + e^{-\langle z_i, w\rangle})$, $\langle z_i, u\rangle \ge \gamma > 0$ for a unit vector $u$, $|z_i| \le R$. $G(w) = \frac1n\sum\sigma(-\langle z_i, w\rangle)$ is small exactly where $L$ is.
For the statements about a limit the two points $(\gamma, \pm b)$ stand, whose max-margin direction is $(1, 0)$.
"""

from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from objectives import orbit
from objectives.networks import Logistic, inner_starts, separable_data
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
    between,
    both,
    every,
    exp,
    integers,
    le,
    lt,
    maximum,
    nonzero,
    norm,
    points,
    positive,
    rationals,
    sigmoid,
    sq,
    sqrt,
    total,
    vec,
)

ONE, HALF = Fraction(1), Fraction(1, 2)
SOURCE, PROOF = "wu-2023", "docs/logistic.md"

Data = Annotated[Logistic, separable_data()]
AnyStep = Annotated[Fraction, positive()]
Start = Annotated[Vec, lambda f: points(f.dim, within=4)]
Steps = Annotated[int, integers(1, 6)]


def loss_is_minimized(f: Data, h: AnyStep, w0: Start, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""For any $h > 0$ the loss is minimized over a long time: $\gamma h\sum_{j < N}G(w_j) \le |w_0| + \big(|w_0|^2 + \sum_{j < N}(0.56\,h + h^2R^2G(w_j)^2)\big)^{1/2}$, so
    that the least $G(w_j)$, and with it the least loss, tends to $0$; with the record `stable-phase` $L(w_k) \to 0$.
    """
    misfits = [f.misfit(w) for w in orbit(f, h, w0, N - 1)]
    grown = total(Fraction(56, 100) * h + h**2 * f.squared_radius * G**2 for G in misfits)
    bound = norm(w0) + sqrt(sq(w0) + grown)
    return le(one * f.margin * h * total(misfits), bound, unit=bound)


ALONE = Logistic((vec(1, 0),), vec(1, 0))

LOSS_IS_MINIMIZED = Theorem(
    loss_is_minimized,
    source=SOURCE,
    label="logistic-decreases",
    status="true",
    as_cited="the paper of that name, as remembered; the text at hand summarises it in one sentence",
    proof=f"{PROOF}#the-loss-is-minimized",
    mutants=(
        Mutant(
            "1.01 times as much",
            {"one": Fraction(101, 100)},
            killed_at={"f": ALONE, "h": Fraction(1000), "w0": vec(0, 0), "N": 1},
        ),
    ),
)


Deep = Annotated[Vec, inner_starts]


def stable(f: Logistic, h: Fraction, w: Vec) -> Claim:
    """h R^2 L(w) <= 1/2."""
    return le(2 * h * f.squared_radius * f(w), 1)


PHASE = Given("the loss is small for this step", stable)


def loss_falls_once_small(f: Data, h: AnyStep, w: Deep) -> Claim:
    r"""Once $hR^2L(w) \le \frac12$ the loss decreases at every step: $L(w_+) < L(w)$. The condition holds again afterwards."""
    *_, after = orbit(f, h, w, 1)
    return lt(f(after), f(w))


LOSS_FALLS_ONCE_SMALL = Theorem(
    loss_falls_once_small,
    source=SOURCE,
    label="logistic-decreases",
    reading="stable-phase",
    status="true",
    proof=f"{PROOF}#the-loss-is-minimized",
    given=(PHASE,),
    mutants=(
        Mutant(
            "however large it is",
            drops=(PHASE.says,),
            killed_at={"f": Logistic((vec(HALF, 1), vec(HALF, -1)), vec(1, 0)), "h": Fraction(25), "w": vec(0, 1)},
        ),
    ),
)


def loss_never_rises(f: Data, h: AnyStep, w0: Start, N: Steps) -> Claim:
    r"""Read as a statement about every step: $L(w_{k + 1}) \le L(w_k)$ for any $h > 0$."""
    values = [f(w) for w in orbit(f, h, w0, N)]
    return every((le(b, a) for a, b in pairwise(values)), each="k")


APART = Logistic((vec(HALF, 1), vec(HALF, -1)), vec(1, 0))

LOSS_NEVER_RISES = Theorem(
    loss_never_rises,
    source=SOURCE,
    label="logistic-decreases",
    reading="monotone",
    status="false",
    refuted_at={"f": APART, "h": Fraction(25), "w0": vec(0, 1), "N": 1},
)

Positive = Annotated[Fraction, positive()]


def slope(t: Scalar) -> Scalar:
    """sigma'(t) = sigma(t)(1 - sigma(t))."""
    return sigmoid(t) * sigmoid(-t)


def tamed(gamma: Fraction, b: Fraction, h: Fraction, w1: Fraction, w2: Fraction) -> Claim:
    """h b^2 sigma'(max(gamma w_1 - b |w_2|, 0)) <= 1."""
    return le(h * b**2 * slope(maximum(gamma * w1 - b * absolute(w2), 0)), 1)


def up_to(reach: Scalar) -> Domain:
    """R, drawn from -reach to reach."""
    line, part = rationals(), between(-1, 1)
    return Domain(line.name, lambda d: reach * part.draw(d), line.member)


def ahead(gamma: Fraction) -> Domain:
    """(0, infinity), drawn up to 16/gamma."""
    line, part = positive(), between(0, 16, open=True)
    return Domain(line.name, lambda d: part.draw(d) / gamma, line.member)


def across(b: Fraction) -> Domain:
    """R without 0, drawn from -16/b to 16/b."""
    line, part = nonzero(), between(-1, 1)
    return Domain(line.name, lambda d: 16 * (part.draw(d) or HALF) / b, line.member)


AcrossDrawn = Annotated[Fraction, across]
AheadDrawn = Annotated[Fraction, ahead]


def towards_max_margin(
    gamma: Positive, b: Positive, h: Positive, w1: AheadDrawn, w2: AcrossDrawn, *, one: Fraction = ONE
) -> Claim:
    r"""The points $(\gamma, \pm b)$: where $w_1 > 0$ and $hb^2\sigma'(\max(\gamma w_1 - b|w_2|, 0)) \le 1$, a step moves $w_1$ on by at least $h\gamma\,\sigma(-\gamma w_1)\ge 0$ and $w_2$
    towards $0$, to at most $(1 - hb^2\sigma'(\gamma w_1 + b|w_2|))|w_2|$, on the same side. (It follows, see the proof, that $w_1 \to \infty$ and $w_2 \to 0$, the minimizer of the potential $\cosh(bw_2)$.)
    """
    f = Logistic((Vec((gamma, b)), Vec((gamma, -b))), Vec((1 + 0 * b, 0 * b)))
    *_, after = orbit(f, h, Vec((w1, w2)), 1)
    shrunk = (1 - one * h * b**2 * slope(gamma * w1 + b * absolute(w2))) * absolute(w2)
    return both(
        along=le(h * gamma * sigmoid(-gamma * w1), after[0] - w1),
        across=le(absolute(after[1]), shrunk, unit=absolute(w2)),
        same_side=le(0, after[1] * w2),
    )


TAMED = Given("a step is short across", tamed)

TOWARDS_MAX_MARGIN = Theorem(
    towards_max_margin,
    source=SOURCE,
    label="logistic-max-margin",
    reading="two-points",
    status="true",
    proof=f"{PROOF}#towards-the-max-margin-direction",
    given=(TAMED,),
    mutants=(
        Mutant(
            "shrinks 1.01 times as fast",
            {"one": Fraction(101, 100)},
            killed_at={"gamma": ONE, "b": ONE, "h": ONE, "w1": ONE, "w2": Fraction(1, 1000)},
        ),
        Mutant(
            "long steps, too",
            drops=(TAMED.says,),
            killed_at={"gamma": ONE, "b": ONE, "h": Fraction(100), "w1": Fraction(1, 100), "w2": ONE},
        ),
    ),
)

Thin = Annotated[Fraction, lambda b: between(0, b / 10, open=True)]


def sides(b: Fraction, h: Fraction) -> Domain:
    """R, drawn where h b^2 cosh(b w) is large but no more than needed."""
    line = rationals()

    def draw(d: Draw) -> Fraction:
        bits = int(160 / (h * b**2) + 8).bit_length()
        part: Fraction = between(Fraction(3, 4), 2).draw(d)
        return bits / b * part

    return Domain(line.name, draw, line.member, bulk=line.bulk)


Side = Annotated[Fraction, sides]


def large(gamma: Fraction, b: Fraction, h: Fraction, w1: Fraction, w2: Fraction) -> Claim:
    """h b^2 F >= 40 and b |w_2| + gamma |w_1| <= h b^2 F/8, b |w_2| >= 1."""
    level = h * b**2 * exponential(gamma, b, w1, w2)
    far = b * absolute(w2) + gamma * absolute(w1)
    return both(level=le(40, level), near=le(8 * far, level), beside=le(1, b * absolute(w2)))


def exponential(gamma: Scalar, b: Scalar, w1: Scalar, w2: Scalar) -> Scalar:
    """F(w) = e^{-gamma w_1} cosh(b w_2), the exponential loss of (gamma, b) and (gamma, -b)."""
    return exp(-gamma * w1) * (exp(b * w2) + exp(-b * w2)) / 2


Along = Annotated[Fraction, lambda b: up_to(1 / b)]


def exponential_diverges(b: Positive, gamma: Thin, h: Positive, w1: Along, w2: Side) -> Claim:
    r"""With the exponential loss gradient descent may diverge: for the points $(\gamma, \pm b)$, $\gamma \le \frac b{10}$, from every $w$ with $hb^2F(w) \ge 40$, $b|w_2| \ge 1$ and $b|w_2| + \gamma|w_1| \le
    \frac18hb^2F(w)$, $F(w_+) \ge 10F(w)$ and the same holds of $w_+$: $F(w_k) \to \infty$.
    """
    F = exponential(gamma, b, w1, w2)
    sinh = exp(-gamma * w1) * (exp(b * w2) - exp(-b * w2)) / 2
    v1, v2 = w1 + h * gamma * F, w2 - h * b * sinh
    after = exponential(gamma, b, v1, v2)
    return both(grows=le(10 * F, after), again=large(gamma, b, h, v1, v2))


EXPONENTIAL_DIVERGES = Theorem(
    exponential_diverges,
    source=SOURCE,
    label="exponential-diverges",
    status="true",
    as_cited="the paper of that name, as remembered; the text at hand summarises it in one sentence",
    proof=f"{PROOF}#the-exponential-loss-diverges",
    given=(Given("far out", large),),
)
