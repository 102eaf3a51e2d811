r"""The orders of accuracy of gradient flow and of the modified equation on $f(x, y) = \frac12(1 - xy)^2$, enclosed.

From the 81 starts of the grid of quarters in $[-1, 1]^2$, over the time 1, with $h = \frac1{16}, \frac1{32}, \frac1{64}$: the error of the flow is at most $0.465\,h$, and that of
the modified equation at most $0.67\,h^2$, by certified Taylor integration.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GradientFlow, orbit
from objectives.factorization import toy
from objectives.methods import ModifiedFlow
from refute import (
    Claim,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    integers,
    le,
    lt,
    maximum,
    naturals,
    nonzero,
    positive,
    solution,
    sq,
)

ONE = Fraction(1)
SOURCE, PROOF = "tao-wang-2022", "docs/flows.md#order-of-accuracy"
TOY = toy()

Quarter = Annotated[int, integers(-4, 4)]
Power = Annotated[int, integers(4, 6)]


def last(i: int, j: int, e: int, c: Scalar) -> Vec:
    """x_k for k = 1/h = 2^e, from (i/4, j/4), in the arithmetic of c."""
    zero = 0 * c
    *_, x = orbit(TOY, Fraction(1, 2**e), Vec((Fraction(i, 4) + zero, Fraction(j, 4) + zero)), 2**e)
    return x


def start(i: int, j: int) -> Vec:
    """(i/4, j/4)."""
    return Vec((Fraction(i, 4), Fraction(j, 4)))


def flow_is_of_first_order(i: Quarter, j: Quarter, e: Power, *, c: Fraction = Fraction(93, 200)) -> Claim:
    r"""$|x_k - x(1)| \le 0.465\,h$ for $kh = 1$, $h = 2^{-e}$, from $(\frac i4, \frac j4)$."""
    bound = c * Fraction(1, 2**e)
    return le(sq(last(i, j, e, c) - solution(GradientFlow(TOY), start(i, j), ONE)), bound**2, unit=bound**2)


FLOW_IS_OF_FIRST_ORDER = Theorem(
    flow_is_of_first_order,
    source=SOURCE,
    label="forward-euler",
    reading="order",
    status="true",
    proof=PROOF,
    mutants=(Mutant("0.46 h", {"c": Fraction(46, 100)}, killed_at={"i": 4, "j": -3, "e": 4}),),
)


def modified_equation_is_of_second_order(i: Quarter, j: Quarter, e: Power, *, c: Fraction = Fraction(67, 100)) -> Claim:
    r"""$|x_k - \tilde x(1)| \le 0.67\,h^2$ for $kh = 1$, $h = 2^{-e}$, from $(\frac i4, \frac j4)$."""
    h = Fraction(1, 2**e)
    bound = c * h**2
    return le(sq(last(i, j, e, c) - solution(ModifiedFlow(TOY, h / 2), start(i, j), ONE)), bound**2, unit=bound**2)


MODIFIED_EQUATION_IS_OF_SECOND_ORDER = Theorem(
    modified_equation_is_of_second_order,
    source=SOURCE,
    label="modified-equation",
    reading="order",
    status="true",
    proof=PROOF,
    mutants=(Mutant("0.664 h^2", {"c": Fraction(664, 1000)}, killed_at={"i": 4, "j": -4, "e": 6}),),
)

Start = Annotated[Fraction, nonzero()]
Steps = Annotated[int, naturals(0, drawn=24)]
Step = Annotated[Fraction, positive()]


def kink_is_of_first_order(x0: Start, h: Step, k: Steps, *, c: Fraction = ONE) -> Claim:
    r"""$f(x) = |x|$ with $f'(0) = 0$, whose gradient flow $x(t) = \mathrm{sign}(x_0)\max(|x_0| - t, 0)$ is that of its modified equation, too:
    $|x_k - x(kh)| < h$ at all times. So at a kink the modified equation gains no order.
    """
    x = abs(x0)
    left = maximum(x - k * h, 0)
    for _ in range(k):
        x = x - h if x > 0 else x + h if x < 0 else x
    return lt(abs(x - left), c * h)


KINK_IS_OF_FIRST_ORDER = Theorem(
    kink_is_of_first_order,
    source=SOURCE,
    label="modified-equation",
    reading="non-smooth",
    status="true",
    proof=PROOF,
    mutants=(Mutant("0.99 h", {"c": Fraction(99, 100)}, killed_at={"x0": Fraction(1, 128), "h": ONE, "k": 1}),),
)
