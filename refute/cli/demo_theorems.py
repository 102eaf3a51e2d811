r"""Four small statements, one for each kind of verdict: what `refute demo` checks.

Gradient descent on $f(x) = \frac{x^2}2$ is $x_{k + 1} = (1 - h)x_k$.
"""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Empty, Given, Mutant, Theorem, absolute, between, eq, known, le, log, lt, positive, rationals

TWO = Fraction(2)
Point = Annotated[Fraction, rationals()]
Positive = Annotated[Fraction, positive()]
Step = Annotated[Fraction, lambda two: between(0, two)]
Closed = Annotated[Fraction, between(0, TWO)]


def steps_do_not_lead_away(h: Step, x: Point, *, two: Fraction = TWO) -> Claim:
    r"""For $0 \le h \le 2$ a step of gradient descent on $\frac{x^2}2$ does not lead away from the minimum: $|x_1| \le |x_0|$."""
    return le(absolute((1 - h) * x), absolute(x))


HOLDS = Theorem(
    steps_do_not_lead_away,
    source="demo",
    label="holds",
    status="true",
    proof="|1 - h| <= 1",
    attained=({"h": TWO, "x": Fraction(1)},),
    mutants=(Mutant("h <= 2.01", {"two": Fraction(201, 100)}, killed_at={"h": Fraction(201, 100), "x": Fraction(1)}),),
)


def steps_lead_closer(h: Closed, x: Point) -> Claim:
    r"""For $0 \le h \le 2$ a step of gradient descent on $\frac{x^2}2$ leads closer to the minimum: $|x_1| < |x_0|$."""
    return lt(absolute((1 - h) * x), absolute(x))


REFUTED = Theorem(
    steps_lead_closer,
    source="demo",
    label="refuted",
    status="false",
    refuted_at={"h": Fraction(1), "x": Fraction(0)},
)


def ordered(mu: Fraction, L: Fraction) -> Claim:
    """The curvature is at least mu and at most L."""
    return le(mu, L)


def reversed_constants(mu: Fraction, L: Fraction) -> Claim:
    """mu > L."""
    return lt(L, mu)


ORDERED = Given("mu <= L, as curvatures are", ordered)
REVERSED = Given("mu > L", reversed_constants)


def nothing_is_so_curved(mu: Positive, L: Positive, x: Point) -> Claim:
    r"""A function whose curvature is at least $\mu$ and at most $L < \mu$ has no minimum at $x$."""
    return lt(x, x)


def mu_is_too_large(mu: Fraction, L: Fraction, x: Fraction) -> Claim:
    """Where the curvature is between mu and L, mu > L fails."""
    return le(mu, L)


def is_not_ordered(mu: Fraction, L: Fraction, x: Fraction) -> Claim:
    """Where mu > L, the curvature is not between them."""
    return lt(L, mu)


VACUOUS = Theorem(
    nothing_is_so_curved,
    source="demo",
    label="vacuous",
    status="vacuous",
    proof="no number is at least mu and at most L < mu",
    given=(ORDERED, REVERSED),
    empty=(
        Empty("mu > L fails", mu_is_too_large, drops=(REVERSED.says,)),
        Empty("mu <= L fails", is_not_ordered, drops=(ORDERED.says,)),
    ),
)


def logarithms_add(x: Positive, y: Positive) -> Claim:
    r"""$\log xy = \log x + \log y$: true, but no precision shows that two numbers are equal."""
    return known(True, "one of them is 1") if x == 1 or y == 1 else eq(log(x * y), log(x) + log(y))


UNDECIDED = Theorem(logarithms_add, source="demo", label="undecided")
