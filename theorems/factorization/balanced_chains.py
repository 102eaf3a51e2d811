r"""From gradient flow to gradient descent on deep linear networks: elkabetz-2021, as summarised in the source.

For one unit a layer, $f(w) = \frac12(c^k - w_1 \cdots w_k)^2$, from a balanced start $(u, \dots, u)$, $c, u > 0$: there gradient flow converges to the minimizer $(c, \dots, c)$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import orbit, step_sizes
from objectives.factorization import Chain
from refute import (
    Claim,
    Domain,
    Draw,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    absolute,
    choose,
    integers,
    le,
    positive,
)

ONE = Fraction(1)

Depth = Annotated[int, integers(2, 6)]
Root = Annotated[Fraction, positive()]
Steps = Annotated[int, integers(1, 5)]


def by_root(c: Fraction) -> Domain:
    """(0, infinity), drawn around c and close to it."""
    line = positive()

    def draw(d: Draw) -> Fraction:
        i, j = choose(d, 3, 16)
        return c * (1 + Fraction((-1) ** i, 2 ** (j + 2))) if i < 2 else c * Fraction(j + 1, 8)

    return Domain(line.name, draw, line.member)


def monotone_steps(k: int, c: Scalar, u: Scalar) -> Domain:
    """0 < h (2k - 1) max(u, c)^(2k - 2) <= 1."""
    return step_sizes((2 * k - 1) * (c if u <= c else u) ** (2 * k - 2), below=1, closed=True)


Start = Annotated[Fraction, by_root]
Step = Annotated[Fraction, monotone_steps]


def descent_follows_the_flow(k: Depth, c: Root, u: Start, h: Step, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""Gradient descent converges to a global minimum, too, and efficiently: with $0 < h(2k - 1)\max(u, c)^{2k - 2} \le 1$, $|c^k - \prod w_i| \le (1 - hk\min(u, c)^{2k - 2})^N|c^k - u^k|$ after $N$ steps."""
    f, start = Chain(c**k), Vec((u,) * k)
    *_, last = orbit(f, h, start, N)
    least = c if c <= u else u
    rate = 1 - one * h * k * least ** (2 * k - 2)
    first = absolute(f.residual(start))
    return le(absolute(f.residual(last)), rate**N * first, unit=first)


CLOSE = {"k": 2, "c": ONE, "u": Fraction(1001, 1000), "h": Fraction(3, 10), "N": 1}

DESCENT_FOLLOWS_THE_FLOW = Theorem(
    descent_follows_the_flow,
    source="elkabetz-2021",
    label="flow-to-descent",
    reading="balanced-chains",
    status="true",
    proof="docs/networks.md#balanced-chains",
    mutants=(Mutant("1.01 times as fast", {"one": Fraction(101, 100)}, killed_at=CLOSE),),
)
