r"""The three regimes of $f(x) = x^2/2$."""

from fractions import Fraction
from typing import Annotated

from objectives import GD, gradient_step, square
from refute import (
    Claim,
    Mutant,
    Theorem,
    Vec,
    both,
    known,
    le,
    lt,
    nonzero,
    positive,
    rationals,
    unbounded,
)

ONE, TWO = Fraction(1), Fraction(2)

AnyStep = Annotated[Fraction, positive()]
Real = Annotated[Fraction, rationals()]
Nonzero = Annotated[Fraction, nonzero()]


def parabola_regimes(h: AnyStep, x: Nonzero, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""$f(x) = x^2/2$, $L = 1$, from every start $x_0 \ne 0$: with $h < 1$ each iterate lies
    strictly on the side of the last and nearer to 0, with $1 < h < 2$ strictly on the other side and
    nearer, and with $h > 2$ the iterates blow up while $f$ rises at every step.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    if h < one:
        return both(same_side=lt(0, x * x1[0]), nearer=lt(f(x1), f(x0)))
    if one < h < two:
        return both(changes_side=lt(x * x1[0], 0), f_decreases=lt(f(x1), f(x0)))
    if h > two:
        return both(blows_up=unbounded(GD(f, h), x0), f_rises=lt(f(x0), f(x1)))
    return known(True, "h = 1/L reaches 0 in one step, h = 2/L has period 2")


PARABOLA_REGIMES = Theorem(
    parabola_regimes,
    source="tao-wang-2022",
    label="parabola-regimes",
    status="true",
    proof="docs/classical.md#parabola-regimes",
    mutants=(
        Mutant(
            "one side up to 1.01/L",
            {"one": Fraction(101, 100)},
            killed_at={"h": Fraction(201, 200), "x": ONE},
        ),
        Mutant(
            "blow-up from 1.99/L on",
            {"two": Fraction(199, 100)},
            killed_at={"h": Fraction(399, 200), "x": ONE},
        ),
        Mutant(
            "h of any sign",
            domains={"h": rationals()},
            killed_at={"h": Fraction(-1), "x": ONE},
        ),
        Mutant(
            "every start moves",
            domains={"x": rationals()},
            killed_at={"h": Fraction(3), "x": Fraction(0)},
        ),
    ),
)


def parabola_regimes_from_any_start(h: AnyStep, x: Real, *, one: Fraction = ONE, two: Fraction = TWO) -> Claim:
    r"""$f(x) = x^2/2$, $L = 1$, from every start, $x_0 = 0$ included: with $h < 1$ the iterates do not change side; with $1 < h < 2$ they
    change side at every step while $f$ decreases; with $h > 2$ they blow up.
    """
    f, x0 = square(1), Vec((x,))
    x1 = gradient_step(f, h, x0)
    if h < one:
        return le(0, x * x1[0])
    if one < h < two:
        return both(changes_side=le(x * x1[0], 0), f_decreases=le(f(x1), f(x0)))
    if h > two:
        return unbounded(GD(f, h), x0)
    return known(True, "the source does not speak of h = 1/L and h = 2/L")


PARABOLA_REGIMES_FROM_ANY_START = Theorem(
    parabola_regimes_from_any_start,
    source="tao-wang-2022",
    label="parabola-regimes",
    reading="any-start",
    status="false",
    refuted_at={"h": Fraction(3), "x": Fraction(0)},
)
