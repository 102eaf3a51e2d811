r"""The probability of meeting a set $X$: readings of Lemma 2.3 and Theorem 2.4 of grachev-2023 on the line.

$f$ is piecewise quadratic, $x_{k+1} = x_k - \gamma f'(x_k)$, $x_0$ uniform in $W$. Every event about finitely many steps is then
a union of intervals, and every probability is exact. $L$ is the least constant of $f'$ outside $X$. The statements of
$\mathbb R^d$ are in encounter_in_space.py; what is refuted here is refuted there.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated

from objectives import PiecewiseQuadratic, step_sizes
from objectives.encounters import (
    distances,
    encounter,
    ever_encounter,
    locally_smooth_off,
    one_point_convexity_off,
    piecewise_quadratics,
    smooth_off,
    start_sets,
    targets,
    with_a_minimizer,
)
from refute import Claim, Domain, Given, Intervals, Mutant, Scalar, Theorem, eq, exp, known, le, log, lt, naturals

TWO, HALF, ONE = Fraction(2), Fraction(1, 2), Fraction(1)

Line = Annotated[PiecewiseQuadratic, piecewise_quadratics()]
Target = Annotated[Intervals, lambda f: targets(f)]
Starts = Annotated[Intervals, lambda f: start_sets(f)]
LocalStep = Annotated[Fraction, lambda f, X, half: step_sizes(locally_smooth_off(f, X), below=half, closed=True)]
Steps = Annotated[int, naturals(0, drawn=12)]


def lemma_2_3_local(f: Line, X: Target, gamma: LocalStep, W: Starts, T: Steps, *, half: Fraction = HALF) -> Claim:
    r"""$P \le 2^{T + 1} \frac{|X|}{|W|}$ for $\gamma \le \frac1{2L}$, where $L$ is a Lipschitz constant of $f'$ near each point outside $X$ only, and not between points on two sides of $X$:
    $P$ is the probability that a start in $W$ is in $X$ at one of the steps $0, \dots, T$.
    """
    bound = 2 ** (T + 1) * X.measure / W.measure
    return le(encounter(f, gamma, X, W, T), bound, unit=bound)


# f' jumps from -2 to 2 in X = [0, 1]; one step takes [-2, 0] and [1, 3] onto it: all of W meets X.
JUMP = PiecewiseQuadratic((Fraction(0), ONE), (ONE, Fraction(4), ONE), -TWO, Fraction(0))
FROM_BOTH_SIDES = {
    "f": JUMP,
    "X": Intervals(((Fraction(0), ONE),)),
    "gamma": HALF,
    "W": Intervals(((-TWO, Fraction(3)),)),
    "T": 1,
}

LEMMA_2_3_LOCAL = Theorem(
    lemma_2_3_local,
    source="grachev-2023",
    label="lemma-2.3",
    reading="local",
    status="false",
    refuted_at=FROM_BOTH_SIDES,
)

WithMinimizer = Annotated[PiecewiseQuadratic, with_a_minimizer()]


def minimizer(f: PiecewiseQuadratic) -> Scalar:
    """x_*."""
    assert f.minimum is not None
    assert f.minimum.at is not None
    return f.minimum.at[0]


def largest_step(f: PiecewiseQuadratic, X: Intervals) -> Scalar:
    """mu_*/L^2, in units of 1/L: mu_*/L."""
    L = smooth_off(f, X)
    return one_point_convexity_off(f, X, minimizer(f)) / L if L else 0


def convex_step(f: PiecewiseQuadratic, X: Intervals, most: Fraction = ONE) -> Domain:
    """0 < gamma <= mu_*/L^2 and gamma <= most/L (mu_* <= L: 1 asks nothing)."""
    return step_sizes(smooth_off(f, X), below=min(max(largest_step(f, X), 0), most), closed=True)


ConvexStep = Annotated[Fraction, lambda f, X: convex_step(f, X)]
HalfConvexStep = Annotated[Fraction, lambda f, X, half: convex_step(f, X, half)]
# Drawn so that an orbit has at most 16 steps in which it can meet X.
NearStarts = Annotated[Intervals, lambda f, X, gamma: starts_within(f, X, gamma)]
OUTSIDE = Given("x_* is not in X", lambda f, X: known(not _touches(X, minimizer(f)), "x_* is in X"))
CONVEX = Given("mu_* > 0", lambda f, X: lt(0, largest_step(f, X)))


def starts_within(f: PiecewiseQuadratic, X: Intervals, gamma: Scalar) -> Domain:
    """The sets of starts from which X is out of reach after 16 steps; some end where k steps with f'' = L lead
    to the end of X."""
    x = minimizer(f)
    rate = 1 - gamma * one_point_convexity_off(f, X, x)
    steep = 1 - gamma * smooth_off(f, X)
    (a, b), nearest = X.hull, distances(X, X, x)[0]
    if not (0 < rate < 1 and nearest > 0):
        return start_sets(f)
    ends = [(a, x + (b - x) / steep**k) for k in range(1, 9)] if steep > 0 and a > x else []
    within = nearest / rate**16
    return start_sets(f, around=x, within=within, ends=tuple(w for w in ends if w[1] <= x + within))


def _touches(X: Intervals, x: Scalar) -> bool:
    return any(a <= x and x <= b for a, b in X.parts)


def rate_and_exponent(f: PiecewiseQuadratic, X: Intervals, gamma: Scalar) -> tuple[Scalar, Scalar]:
    r"""$1 - \gamma\mu_*$ and $-1/\log_2(1 - \gamma\mu_*)$, which is 0 in the limit $\gamma\mu_* = 1$."""
    rate = 1 - gamma * one_point_convexity_off(f, X, minimizer(f))
    two = 2 + 0 * rate
    return rate, (-log(two) / log(rate) if rate != 0 else 0 * rate)


def at_most(
    f: PiecewiseQuadratic,
    X: Intervals,
    gamma: Scalar,
    W: Intervals,
    copies: Callable[[Scalar, Scalar], Scalar],
    c: Scalar,
) -> Claim:
    r"""$P(x_k \in X \text{ for some } k)$ is at most $c$ times so many copies of $|X|/|W|$, a function of $r_W/c_X$ and
    $-1/\log_2(1 - \gamma\mu_*)$, if $c_X \le r_W$, and 0 otherwise.
    """
    rate, exponent = rate_and_exponent(f, X, gamma)
    nearest, farthest = distances(X, W, minimizer(f))
    p = ever_encounter(f, gamma, X, W, minimizer(f), rate)
    if nearest > farthest:
        return eq(p, 0)
    bound = copies(farthest / nearest, exponent) * X.measure / W.measure
    return le(p, c * bound, unit=bound)


def theorem_2_4_power(f: WithMinimizer, X: Target, gamma: ConvexStep, W: NearStarts, *, two: Fraction = TWO) -> Claim:
    r"""$P(x_k \in X \text{ for some } k) \le \left(\frac{r_W}{c_X}\right)^{-1/\log_2(1 - \gamma\mu_*)} \frac{|X|}{|W|} \cdot 2$ if
    $c_X \le r_W$, and 0 otherwise: the second fraction as a lost exponent.
    """
    return at_most(f, X, gamma, W, lambda ratio, exponent: exp(log(ratio) * exponent) * two, ONE)


PARABOLA = PiecewiseQuadratic((Fraction(0),), (ONE, ONE), Fraction(0), Fraction(0))
# x -> x/3 takes [3/2, 3], [9/2, 9] and [27/2, 27] into X = [1/2, 1]: 5/7 of W, where the bound is below 1/2.
TRIPLING = {
    "f": PARABOLA,
    "X": Intervals(((HALF, ONE),)),
    "gamma": Fraction(2, 3),
    "W": Intervals(((Fraction(0), Fraction(28)),)),
}

THEOREM_2_4_POWER = Theorem(
    theorem_2_4_power,
    source="grachev-2023",
    label="theorem-2.4",
    reading="power",
    status="false",
    given=(OUTSIDE, CONVEX),
    refuted_at=TRIPLING,
)


def theorem_2_4_on_the_line(
    f: WithMinimizer, X: Target, gamma: HalfConvexStep, W: NearStarts, *, c: Fraction = ONE, half: Fraction = HALF
) -> Claim:
    r"""$P(x_k \in X \text{ for some } k) \le \left(2 \left(\frac{r_W}{c_X}\right)^{-1/\log_2(1 - \gamma\mu_*)} - 1\right)
    \frac{|X|}{|W|}$ if $c_X \le r_W$, and 0 otherwise, on the line and for
    $\gamma \le \min\left(\frac{\mu_*}{L^2}, \frac1{2L}\right)$.
    """
    return at_most(f, X, gamma, W, lambda ratio, exponent: 2 * exp(log(ratio) * exponent) - 1, c)


# x -> x/2 takes [1, 1 + 2^-9] into X: three copies of X, of the 3 + 2^-7 that the bound counts.
HALVING = {
    "f": PARABOLA,
    "X": Intervals(((HALF, HALF + Fraction(1, 2**10)),)),
    "gamma": HALF,
    "W": Intervals(((HALF, ONE + Fraction(1, 2**9)),)),
}

THEOREM_2_4_ON_THE_LINE = Theorem(
    theorem_2_4_on_the_line,
    source="grachev-2023",
    label="theorem-2.4",
    reading="amended-line",
    amends="grachev-2023/theorem-2.4",
    status="true",
    proof="docs/encounter.md#theorem-2-4",
    given=(OUTSIDE, CONVEX),
    mutants=(
        Mutant("less 1 %", {"c": Fraction(99, 100)}, killed_at=HALVING),
        Mutant("steps up to 0.9/L", {"half": Fraction(9, 10)}, killed_at=TRIPLING),
    ),
)
