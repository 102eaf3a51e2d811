r"""The worked example on the line of grachev-2023: $20x^2$ with a quintic well on $[2, 3]$ and walls around $8.5$.

As printed the walls have the relative slope $10^4$ and end far above the bottom between them; with $10^5$ (`mended`) they meet it.
$f$ has its least value $0$ at $0$, at $\frac52$ and on all of $[8.40001, 8.59999]$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD
from objectives.wells import example_1d, misses
from refute import (
    Claim,
    Given,
    Mutant,
    Theorem,
    Vec,
    between,
    converges_to,
    eq,
    integers,
    known,
    le,
    points,
    vec,
)

SOURCE, PROOF = "grachev-2023", "docs/examples.md#on-the-line"
PRINTED, MENDED = example_1d(10**4), example_1d(10**5)
BOTTOM = vec(Fraction(5, 2))

Knot = Annotated[int, integers(0, 5)]
Line = Annotated[Vec, points(1, also=(vec(0), BOTTOM, vec(Fraction(17, 2)), vec(3)))]


def example_1d_continuous(i: Knot) -> Claim:
    r"""The printed $f$ has the same limit from both sides of the point number $i$, counted from $0$, of $2, 3, 8.4, 8.40001, 8.59999, 8.6$."""
    return eq(PRINTED.side(i, right=False), PRINTED.side(i, right=True))


EXAMPLE_1D = Theorem(example_1d_continuous, source=SOURCE, label="example-1d", status="false", refuted_at={"i": 3})


def example_1d_mended(i: Knot) -> Claim:
    r"""The mended $f$ has the same limit from both sides."""
    return eq(MENDED.side(i, right=False), MENDED.side(i, right=True))


EXAMPLE_1D_MENDED = Theorem(
    example_1d_mended,
    source=SOURCE,
    label="example-1d",
    reading="amended",
    amends="grachev-2023/example-1d",
    status="true",
    proof=PROOF,
)


def example_1d_differentiable(i: Knot) -> Claim:
    r"""$f'$ of the mended $f$ has the same limit from both sides."""
    return eq(MENDED.slopes.side(i, right=False), MENDED.slopes.side(i, right=True))


EXAMPLE_1D_DIFFERENTIABLE = Theorem(
    example_1d_differentiable,
    source=SOURCE,
    label="example-1d",
    reading="differentiable",
    status="false",
    refuted_at={"i": 2},
)


def example_1d_minima(x: Line, *, least: Fraction = Fraction(0)) -> Claim:
    r"""$f(x) \ge 0$ for all $x$: the three minima are global ones."""
    return le(least, MENDED(x), unit=1)


EXAMPLE_1D_MINIMA = Theorem(
    example_1d_minima,
    source=SOURCE,
    label="example-1d",
    reading="minima",
    status="true",
    proof=PROOF,
    attained=({"x": vec(0)}, {"x": BOTTOM}, {"x": vec(Fraction(17, 2))}),
    mutants=(Mutant("1/1000 in place of 0", {"least": Fraction(1, 1000)}, killed_at={"x": BOTTOM}),),
)

Well = Annotated[Fraction, between(2, 3)]
Larger = Annotated[Fraction, between(Fraction(2, 2040), Fraction(2, 40), open=True)]
Longer = Annotated[Fraction, between(Fraction(18, 1000), Fraction(22, 1000))]


def larger_steps_escape(x0: Well, h: Longer) -> Claim:
    r"""Larger steps lead out of the sharp minimum at $\frac52$ (of the mended $f$, where $f'' = 2040$) to the flat one at $0$ (where it is $40$): for $\frac{18}{1000} \le h \le \frac{22}{1000}$ GD converges to $0$
    from almost every start in $[2, 3]$.
    """
    return converges_to(GD(MENDED, h), Vec((x0,)), vec(0))


# An orbit that meets 5/2 later cannot be told from one that comes close: it would stay undecided.
AVOIDS = Given("none of the first x_k is 5/2", lambda x0, h: known(misses(MENDED, h, Vec((x0,)), BOTTOM), "x_k = 5/2"))

LARGER_STEPS_ESCAPE = Theorem(
    larger_steps_escape,
    source=SOURCE,
    label="example-1d-larger-escapes",
    status="true",
    proof=PROOF,
    given=(AVOIDS,),
)


def every_larger_step_escapes(x0: Well, h: Larger) -> Claim:
    r"""The strongest reading: every step that the sharp minimum repels and the flat one does not, $\frac2{2040} < h < \frac2{40}$, leads to $0$ from every start in $[2, 3]$ whose
    orbit does not meet $\frac52$.
    """
    return converges_to(GD(MENDED, h), Vec((x0,)), vec(0))


EVERY_LARGER_STEP_ESCAPES = Theorem(
    every_larger_step_escapes,
    source=SOURCE,
    label="example-1d-larger-escapes",
    reading="every-step",
    status="false",
    given=(AVOIDS,),
    refuted_at={"x0": Fraction(27, 10), "h": Fraction(1, 1000)},
)
