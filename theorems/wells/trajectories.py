r"""Large and small steps take different ways, and what noise does instead: mohtashami-2022.

The class is that of the escape theorems, mended (escape.py): a wide function with its minimum at $x_*$ and a steep well $M$ around $x_\dagger$. Noise is a vector added to the
gradient; where probabilities are asked for it is $\pm\sigma$ with probability $\frac12$ each, on the line, and they are exact.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Annotated

from objectives import GD, PiecewiseQuadratic
from objectives.wells import WellOnLine, Wells, leaving_steps, misses_bottom, starts_in_well, wells
from refute import (
    Claim,
    Domain,
    Given,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    between,
    both,
    converges_to,
    eq,
    every,
    integers,
    known,
    le,
    lt,
    maximum,
    points,
    positive,
    sq,
    sqrt,
    vec,
)

ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
SOURCE = "mohtashami-2022"

Well = Annotated[Wells, wells()]
InBall = Annotated[Vec, lambda f: starts_in_well(f, radius=f.within)]
LargeStep = Annotated[Fraction, lambda f, two: leaving_steps(f, "lands", above=two, swift=Fraction(1, 32))]


def small_steps(f: Wells) -> Domain:
    """0 < gamma < 2 mu_dagger/L_M^2, drawn where limits are decided soon."""
    top = 2 * f.mu_dagger / f.L_M**2
    return between(0, top, open=True, drawn=(top / 4, top / 2))


SmallStep = Annotated[Fraction, small_steps]


def different_trajectory(f: Well, small: SmallStep, large: LargeStep, x0: InBall, *, two: Fraction = TWO) -> Claim:
    r"""From the same start in a ball around $x_\dagger$ that $M$ contains gradient descent with a small step, $0 < \gamma < \frac{2\mu_\dagger}{L_M^2}$, converges to $x_\dagger$, and with a large one to the
    minimum $x_*$: for $\frac2{\mu_\dagger} < \gamma < \frac{2\mu_*}{L^2}$ with $q \sup_{x \in M} |T(x) - x_*| < \inf_{x \in M} |x - x_*|$, if its orbit does not enter $M$ at $x_\dagger$ itself.
    """
    return both(small=converges_to(GD(f, small), x0, f.x_dagger), large=converges_to(GD(f, large), x0, f.x_star))


PARABOLA = PiecewiseQuadratic((ONE,), (ONE, ONE), Fraction(0), Fraction(0))
# f'' = 39/10 from 0 to 1/64, and a little more from -7/10 to 0: steps of 1/2 stay in the well.
GENTLE = WellOnLine(PARABOLA, Fraction(-7, 10), Fraction(0), Fraction(1, 64), Fraction(39, 10))
OFF_BOTTOM = Given(
    "M is not entered at x_dagger", lambda f, large, x0: known(misses_bottom(f, large, x0), "M is entered at x_dagger")
)

DIFFERENT_TRAJECTORY = Theorem(
    different_trajectory,
    source=SOURCE,
    label="different-trajectory",
    status="true",
    proof="docs/escape.md#large-steps",
    given=(OFF_BOTTOM,),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "large steps from 1.9/mu_dagger",
            {"two": Fraction(19, 10)},
            killed_at={"f": GENTLE, "small": Fraction(1, 8), "large": HALF, "x0": vec(Fraction(1, 100))},
        ),
    ),
)

AnyStep = Annotated[Fraction, positive()]
Anywhere = Annotated[Vec, lambda f: points(f.dim)]
Noise = Annotated[Vec, lambda f: points(f.dim)]
OnTheLine = Annotated[WellOnLine, wells(dims="line")]
LineStep = Annotated[Fraction, lambda f: between(0, 1 / f.L_M)]
InWell = Annotated[Vec, lambda f: starts_in_well(f, radius=f.within)]
AnyNoise = Annotated[Fraction, positive()]
WeakNoise = Annotated[Fraction, lambda f, one: between(0, one * f.mu_dagger * f.within, open=True)]
Few = Annotated[int, integers(1, 5)]


def paths(f: WellOnLine, gamma: Scalar, x0: Vec, sigma: Scalar, N: int) -> Iterator[Vec]:
    """The last points of the 2^N paths of N noisy steps, as long as they stay in M; where one leaves, the point outside."""
    for signs in product((1, -1), repeat=N):
        x = x0
        for s in signs:
            x = x - gamma * (f.grad(x) + Vec((s * sigma,)))
            if not f.inside(x):
                break
        yield x


def noise_is_not_enough(f: Well, gamma: AnyStep, x: Anywhere, noise: Noise, *, one: Fraction = ONE) -> Claim:
    r"""Noise of size $\sigma > 0$ does not take the place of a large step: no path comes to rest at $x_*$. From every $x \notin M$, with any step size, one of two points in a row is at least $\frac{\gamma\sigma}{1 + q}$ away, $q^2 = 1 - 2\gamma\mu_* + \gamma^2L^2$:
    $\max(|x - x_*|, |x_+ - x_*|) \ge \frac{\gamma\sigma}{1 + q}$ for $x_+ = x - \gamma(\nabla f(x) + v)$, $|v| = \sigma$.
    """
    after = x - gamma * (f.grad(x) + noise)
    q = sqrt(1 - 2 * gamma * f.mu_star + gamma**2 * f.L**2)
    return le(one * gamma**2 * sq(noise), (1 + q) ** 2 * maximum(sq(x - f.x_star), sq(after - f.x_star)))


OUTSIDE = Given("x is outside M", lambda f, x: known(not f.inside(x), "x is in M"))
# f'' = 1 around x_* = 1: two points 1/15 away, on both sides.
BESIDE = {"f": GENTLE, "gamma": Fraction(1, 8), "x": vec(Fraction(14, 15)), "noise": vec(-1)}

NOISE_IS_NOT_ENOUGH = Theorem(
    noise_is_not_enough,
    source=SOURCE,
    label="noise-is-not-enough",
    status="true",
    proof="docs/escape.md#noise",
    given=(OUTSIDE,),
    attained=(BESIDE,),
    mutants=(Mutant("1.02 in place of 1", {"one": Fraction(102, 100)}, killed_at=BESIDE),),
)


def no_noise_leads_out(f: OnTheLine, gamma: LineStep, x0: InWell, sigma: AnyNoise, N: Few) -> Claim:
    r"""Read as a statement about leaving $M$: with a small step ($\gamma \le \frac1{L_M}$) noise of whatever size does not lead out of $M$: with probability 1 none of the first $N$ points is outside."""
    outside = sum(not f.inside(x) for x in paths(f, gamma, x0, sigma, N))
    return eq(Fraction(outside, 2**N), 0)


# f'' = 3 from 0 to 1/50, and 25.08 from -1/10 to 0.
STEEP = WellOnLine(PARABOLA, Fraction(-1, 10), Fraction(0), Fraction(1, 50), Fraction(3))

NO_NOISE_LEADS_OUT = Theorem(
    no_noise_leads_out,
    source=SOURCE,
    label="noise-is-not-enough",
    reading="any-size",
    status="false",
    refuted_at={"f": STEEP, "gamma": Fraction(1, 50), "x0": vec(0), "sigma": Fraction(100), "N": 1},
)


def weak_noise_is_not_enough(
    f: OnTheLine, gamma: LineStep, x0: InWell, sigma: WeakNoise, N: Few, *, one: Fraction = ONE
) -> Claim:
    r"""Noise of size $\sigma < \mu_\dagger r$, where $M$ holds all points closer to $x_\dagger$ than $r$, never leads out of that ball, with any small step: no path does."""
    held = (lt(sq(x - f.x_dagger), f.within**2) for x in paths(f, gamma, x0, sigma, N))
    return every(held, each="path")


# f'' = 60 from 0 to 1/50 and 260 from -1/50 to 0.
EVEN = WellOnLine(PARABOLA, Fraction(-1, 50), Fraction(0), Fraction(1, 50), Fraction(60))

WEAK_NOISE_IS_NOT_ENOUGH = Theorem(
    weak_noise_is_not_enough,
    source=SOURCE,
    label="noise-is-not-enough",
    reading="amended",
    amends="mohtashami-2022/noise-is-not-enough:any-size",
    status="true",
    proof="docs/escape.md#noise",
    mutants=(
        Mutant(
            "noise up to 1.01 of that",
            {"one": Fraction(101, 100)},
            killed_at={
                "f": EVEN,
                "gamma": Fraction(1, 260),
                "x0": vec(Fraction(1999, 100000)),
                "sigma": Fraction(121, 100),
                "N": 1,
            },
        ),
    ),
)
