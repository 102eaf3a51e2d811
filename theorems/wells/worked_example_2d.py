r"""The worked example in the plane of grachev-2023: $x^2 + y^2$ with four bumps cut into it.

As printed the last factor is $\mathrm{ReLU}(2 - |x|)$ twice, so that nothing bounds the bumps in $y$; `mended` has
$\mathrm{ReLU}(2 - |y|)$. The flat minimum is $0$ (sharpness 2), the sharp ones are in the bumps; the starts are in $[3, 4]^2$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD
from objectives.wells import example_2d
from refute import Claim, Domain, Given, Mutant, Scalar, Theorem, Vec, between, converges_to, eq, le, points, vec

SOURCE, PROOF = "grachev-2023", "docs/examples.md#in-the-plane"
PRINTED, MENDED = example_2d(mended=False), example_2d(mended=True)
FLAT = vec(0, 0)

Plane = Annotated[Vec, points(2, within=16, also=(vec(Fraction(4, 3), 15), vec(Fraction(3, 2), Fraction(3, 2))))]


def example_2d_flat_is_global(x: Plane) -> Claim:
    r"""$f(x) \ge f(0) = 0$ for the printed function: the flat minimum, which large steps reach, is the global $x_*$ of the theory. (The source
    does not say so; its theory, which the example illustrates, leads to the global minimum.)
    """
    return le(0, PRINTED(x), unit=1)


EXAMPLE_2D = Theorem(
    example_2d_flat_is_global,
    source=SOURCE,
    label="example-2d",
    reading="flat-is-global",
    status="false",
    refuted_at={"x": vec(Fraction(4, 3), 15)},
)


def example_2d_mended_flat_is_global(x: Plane) -> Claim:
    r"""$f(x) \ge f(0) = 0$ for the mended function: its flat minimum is global."""
    return le(0, MENDED(x), unit=1)


EXAMPLE_2D_MENDED = Theorem(
    example_2d_mended_flat_is_global,
    source=SOURCE,
    label="example-2d",
    reading="mended-flat-is-global",
    status="false",
    refuted_at={"x": vec(Fraction(3, 2), Fraction(3, 2))},
)

# 2 min_t (t^2 - 100 (t - 1)^2 (2 - t)^2) = -8.08838598..., at t = 1.4704875...
LEAST = Fraction(-80884, 10000)
SHARP = vec(Fraction(14705, 10000), Fraction(14705, 10000))


def example_2d_least(x: Plane, *, least: Fraction = LEAST) -> Claim:
    r"""$f(x) \ge -8.0884$ for the mended function, whose global minima are the four sharp ones, close to
    $(\pm 1.4705, \pm 1.4705)$.
    """
    return le(least, MENDED(x), unit=1)


EXAMPLE_2D_LEAST = Theorem(
    example_2d_least,
    source=SOURCE,
    label="example-2d",
    reading="least",
    amends="grachev-2023/example-2d:mended-flat-is-global",
    status="true",
    proof=PROOF,
    mutants=(Mutant("-8.08", {"least": Fraction(-808, 100)}, killed_at={"x": SHARP}),),
)

Side = Annotated[Fraction, between(1, 2, open=True)]


def example_2d_differentiable(y: Side) -> Claim:
    r"""$\partial f/\partial x$ of the mended function has the same limit from both sides of $(1, y)$, $1 < y < 2$."""
    a, b = MENDED.a.slopes, MENDED.b.at(y)
    return eq(a.side(2, right=False) * b, a.side(2, right=True) * b)


EXAMPLE_2D_DIFFERENTIABLE = Theorem(
    example_2d_differentiable,
    source=SOURCE,
    label="example-2d",
    reading="differentiable",
    status="false",
    refuted_at={"y": Fraction(3, 2)},
)

Longer = Annotated[Fraction, between(Fraction(3, 8), Fraction(5, 8))]


Coordinate = Annotated[Fraction, between(3, 4)]


def larger_steps_end_flatter(u: Coordinate, v: Coordinate, h: Longer) -> Claim:
    r"""Larger steps lead to the flat minimum (of the mended function): for $\frac38 \le h \le \frac58$ GD converges to it from every start in $[3, 4]^2$."""
    return converges_to(GD(MENDED, h), Vec((u, v)), FLAT)


LARGER_STEPS_END_FLATTER = Theorem(
    larger_steps_end_flatter,
    source=SOURCE,
    label="example-2d-larger-flatter",
    status="true",
    proof=PROOF,
)

# The share of flat minima rises from 0 to 1 between steps of 0.0186 and 0.0207, first for starts in a corner.
FIRST, LAST = Fraction(188, 10**4), Fraction(196, 10**4)
Left = Annotated[Fraction, between(3, 4, drawn=(Fraction(3), Fraction(25, 8)))]
High = Annotated[Fraction, between(3, 4, drawn=(Fraction(31, 8), Fraction(4)))]
Step = Annotated[Fraction, between(0, 1, open=True, drawn=(FIRST, LAST))]


def larger(h: Scalar) -> Domain:
    """The steps between h and 1."""
    return between(h, 1, open=True, drawn=(h, max(h, LAST)))


Larger = Annotated[Fraction, larger]


def every_larger_step_ends_flatter(u: Left, v: High, h: Step, H: Larger) -> Claim:
    r"""The strongest reading: where GD with step $h < 1$ converges to the flat minimum from $(u, v) \in [3, 4]^2$, it does so with every step
    $h < H < 1$.
    """
    return converges_to(GD(MENDED, H), Vec((u, v)), FLAT)


GETS_THERE = Given("converges to 0 with step h", lambda u, v, h: converges_to(GD(MENDED, h), Vec((u, v)), FLAT))

EVERY_LARGER_STEP_ENDS_FLATTER = Theorem(
    every_larger_step_ends_flatter,
    source=SOURCE,
    label="example-2d-larger-flatter",
    reading="every-step",
    status="false",
    given=(GETS_THERE,),
    refuted_at={
        "u": Fraction(49, 16),
        "v": Fraction(127, 32),
        "h": Fraction(191, 10**4),
        "H": Fraction(193, 10**4),
    },
)
