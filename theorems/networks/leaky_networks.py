r"""The rank of two-layer leaky rectifier networks: frei-2022, as summarised in the source.

$N(x) = \sum_ja_j\varphi(\langle w_j, x\rangle)$ with fixed $a_j = \pm1$ and $\varphi(t) = \max(t, q^2t)$, trained on orthogonal data with the logistic loss. The stable rank of $W$ is $|W|_F^2/|W|_2^2$, and $|W|_2^2 \ge \frac1m|W^\top a|^2$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import gradient_step
from objectives.functions import determinant
from objectives.networks import (
    LeakyNetwork,
    leaky_networks,
    multipliers,
    orthogonal_data,
    rank_at_most_two,
    small_weights,
    stationary_weights,
    summed,
)
from refute import Claim, Domain, Given, Mutant, Theorem, Vec, between, eq, le, ne, norm, sq, sqrt, vec

ONE = Fraction(1)
SOURCE, PROOF = "frei-2022", "docs/networks.md"

Network = Annotated[LeakyNetwork, leaky_networks()]
Pair = Annotated[LeakyNetwork, leaky_networks(units=2, dim=2, alone=True)]
Step = Annotated[Fraction, between(0, 100, open=True, drawn=(1, 100))]
Start = Annotated[Vec, small_weights]


def invertible(f: LeakyNetwork, W: Vec) -> Claim:
    """W has rank two."""
    return ne(determinant(f.units(W)), 0)


def small(f: LeakyNetwork, h: Fraction, W: Vec, delta: Fraction) -> Claim:
    """|W| <= delta |W_1 - W|."""
    return le(sq(W), delta**2 * sq(gradient_step(f, h, W) - W))


def shares(f: LeakyNetwork) -> Domain:
    """0 < delta < 1/s, drawn up to a tenth of that, and much smaller."""
    top = 2 * f.root / (1 + f.slope)
    return between(0, top, open=True, drawn=(top / 1000, top / 10))


Share = Annotated[Fraction, shares]
SMALL = Given("the start is small", small)
TINY = Given("the start is small", lambda f, h, W: small(f, h, W, Fraction(1, 1000)))
REGULAR = Given("W has rank two", invertible)
ORTHOGONAL = Given("the data are orthogonal", orthogonal_data)


def one_step_reduces_the_rank(f: Pair, h: Step, W: Start) -> Claim:
    r"""The strongest reading, the rank itself: from a small start of rank two, $|W| \le \frac{|W_1 - W|}{1000}$, a single step of gradient descent leads to a network of lower rank, $\det W_1 = 0$."""
    return eq(determinant(f.units(gradient_step(f, h, W))), 0)


PLANE = LeakyNetwork((vec(1, 0),), (1,), (1, 1), Fraction(1, 2))

ONE_STEP_REDUCES_THE_RANK = Theorem(
    one_step_reduces_the_rank,
    source=SOURCE,
    label="one-step-rank-reduction",
    reading="exact-rank",
    status="false",
    given=(ORTHOGONAL, REGULAR, TINY),
    refuted_at={
        "f": PLANE,
        "h": ONE,
        "W": vec(Fraction(1, 10**6), Fraction(-1, 10**6), Fraction(-1, 10**6), Fraction(1, 2 * 10**6)),
    },
)


def one_step_reduces_the_stable_rank(f: Network, h: Step, W: Start, delta: Share, *, one: Fraction = ONE) -> Claim:
    r"""From a small start, $|W| \le \delta|W_1 - W|$, a single step of gradient descent reduces the stable rank drastically, whatever it was before: with $s = \frac{1 + q^2}{2q}$ and $\delta s < 1$,
    $(1 - \delta s)|W_1|_F \le s(1 + \delta)\frac1{\sqrt m}|W_1^\top a|$, so that the stable rank is $\Big(s\,\frac{1 + \delta}{1 - \delta s}\Big)^2$ at most, however large $m$ and $d$ are.
    """
    after = gradient_step(f, h, W)
    s = (1 + f.slope) / (2 * f.root)
    size = sqrt(len(f.signs) * sq(after))
    return le((1 - delta * s) * size, one * s * (1 + delta) * norm(summed(f, after)), unit=size)


# Four units of five do not see the one point: equality, but for the start.
FIVE = LeakyNetwork((vec(1, 0, 0),), (1,), (1, 1, 1, 1, 1), Fraction(1, 2))
SIDES = {
    "f": FIVE,
    "h": ONE,
    "W": Vec(tuple(Fraction(1 if j == 0 else -1, 10**6) * (k == 0) for j in range(5) for k in range(3))),
    "delta": Fraction(1, 1000),
}

ONE_STEP_REDUCES_THE_STABLE_RANK = Theorem(
    one_step_reduces_the_stable_rank,
    source=SOURCE,
    label="one-step-rank-reduction",
    status="true",
    proof=f"{PROOF}#one-step",
    given=(ORTHOGONAL, SMALL),
    mutants=(Mutant("99 % of that", {"one": Fraction(99, 100)}, killed_at=SIDES),),
)

Dual = Annotated[Vec, multipliers]
Stationary = Annotated[Vec, stationary_weights]


def rank_of_stationary_networks(f: Network, dual: Dual, W: Stationary) -> Claim:
    r"""What gradient flow tends to in direction is stationary in the problem of the largest margins (cited): $w_j = a_j\sum_i\lambda_iy_i\varphi'(\langle w_j, x_i\rangle)x_i$. With orthogonal data and $\lambda_i > 0$ such a $W$ has rank two at
    most.
    """
    return rank_at_most_two(f, W)


# Three units of one sign with three patterns of activity.
CORRELATED = LeakyNetwork((vec(1, 2, -1), vec(-1, -2, -1), vec(-1, 0, 2)), (-1, 1, -1), (-1, -1, -1), Fraction(1, 2))
QUARTER = Fraction(1, 4)
PATTERNS = {
    "f": CORRELATED,
    "dual": vec(1, 1, 2),
    "W": vec(-3 * QUARTER, 10 * QUARTER, 13 * QUARTER, 3 * QUARTER, 10 * QUARTER, QUARTER, -6 * QUARTER, 1, 4),
}

RANK_OF_STATIONARY_NETWORKS = Theorem(
    rank_of_stationary_networks,
    source=SOURCE,
    label="rank-at-most-two",
    reading="stationary",
    status="true",
    proof=f"{PROOF}#stationary-networks",
    given=(ORTHOGONAL,),
    mutants=(
        Mutant(
            "whatever the data",
            drops=(ORTHOGONAL.says,),
            domains={"f": leaky_networks(orthogonal=False)},
            killed_at=PATTERNS,
        ),
    ),
)
