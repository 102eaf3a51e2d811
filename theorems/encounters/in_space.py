r"""The probability of meeting a set $X$: Lemma 2.3 and Theorem 2.4 of grachev-2023 in $\mathbb R^d$.

$x_{k+1} = x_k - \gamma\nabla f(x_k)$, $x_0$ uniform in $W$; $f$ is separable and piecewise quadratic, $X$ and $W$ are unions of boxes.
Every event about finitely many steps is a union of products of intervals, and every probability is exact. $L$ is the least constant of
$\nabla f$ outside $X$, for all pairs of points. "Within $T$ steps" counts $x_0, \dots, x_T$, the reading that asks the most.
"""

from fractions import Fraction
from typing import Annotated

from objectives import PiecewiseQuadratic, SeparableSum, step_sizes
from objectives.encounters import (
    Separable,
    box_starts,
    box_targets,
    encounter_boxes,
    latest_encounter,
    one_point_convexity_off_boxes,
    separable_functions,
    smooth_off_boxes,
)
from refute import (
    Boxes,
    Claim,
    Domain,
    Given,
    Intervals,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    eq,
    known,
    le,
    log,
    lt,
    naturals,
    sqrt,
)

ONE, TWO, HALF, QUARTER = Fraction(1), Fraction(2), Fraction(1, 2), Fraction(1, 4)

Function = Annotated[Separable, separable_functions()]
Target = Annotated[Boxes, lambda f: box_targets(f)]
Step = Annotated[Fraction, lambda f, X, half: step_sizes(smooth_off_boxes(f, X), below=half, closed=True)]
Starts = Annotated[Boxes, lambda f, X, gamma: box_starts(f, X, gamma)]
Steps = Annotated[int, lambda f: naturals(0, drawn=12 if f.dim == 1 else 4)]


def lemma_2_3(
    f: Function, X: Target, gamma: Step, W: Starts, T: Steps, *, two: Fraction = TWO, half: Fraction = HALF
) -> Claim:
    r"""$P(x_k \in X \text{ for some } k \le T) \le 2^{(T+1)d} \frac{|X|}{|W|}$ for $0 < \gamma \le \frac1{2L}$, with
    $|\nabla f(x) - \nabla f(y)| \le L |x - y|$ for all $x, y \notin X$.
    """
    bound = two ** ((T + 1) * X.dim) * X.measure / W.measure
    return le(encounter_boxes(f, gamma, X, W, T), bound, unit=bound)


PARABOLA = PiecewiseQuadratic((Fraction(0),), (ONE, ONE), Fraction(0), Fraction(0))
BOWL = SeparableSum((PARABOLA, PARABOLA))


def square(lo: int | Fraction, hi: int | Fraction, d: int = 2) -> tuple[Intervals, ...]:
    """[lo, hi]^d."""
    return (Intervals(((Fraction(lo), Fraction(hi)),)),) * d


# x -> x/2 takes [2, 3]^2 and [4, 6]^2 into X = [1, 3/2]^2: 1 + 4 + 16 copies of X, of the 64 that the bound counts.
HALVED = {
    "f": BOWL,
    "X": Boxes((square(1, Fraction(3, 2)),)),
    "gamma": HALF,
    "W": Boxes((square(1, Fraction(3, 2)), square(2, 3), square(4, 6))),
    "T": 2,
}
ON_THE_LINE = {
    **HALVED,
    "f": PARABOLA,
    "X": Boxes((square(1, Fraction(3, 2), 1),)),
    "W": Boxes((square(1, Fraction(3, 2), 1), square(2, 3, 1), square(4, 6, 1))),
}
FIFTHS = {
    **ON_THE_LINE,
    "gamma": Fraction(3, 5),
    "W": Boxes(
        (
            square(1, Fraction(3, 2), 1),
            square(Fraction(5, 2), Fraction(15, 4), 1),
            square(Fraction(25, 4), Fraction(75, 8), 1),
        )
    ),
}

LEMMA_2_3 = Theorem(
    lemma_2_3,
    source="grachev-2023",
    label="lemma-2.3",
    status="true",
    proof="docs/encounter.md#lemma-2-3",
    mutants=(
        Mutant("1.9 in place of 2", {"two": Fraction(19, 10)}, killed_at=ON_THE_LINE),
        Mutant("steps up to 0.6/L", {"half": Fraction(3, 5)}, killed_at=FIFTHS),
    ),
)


def lemma_2_3_sharp(
    f: Function, X: Target, gamma: Step, W: Starts, T: Steps, *, c: Fraction = ONE, half: Fraction = HALF
) -> Claim:
    r"""$P(x_k \in X \text{ for some } k \le T) \le \frac{2^{(T+1)d} - 1}{2^d - 1} \frac{|X|}{|W|}$ under the same hypotheses."""
    copies = Fraction(2 ** ((T + 1) * X.dim) - 1, 2**X.dim - 1)
    bound = copies * X.measure / W.measure
    return le(encounter_boxes(f, gamma, X, W, T), c * bound, unit=bound)


LEMMA_2_3_SHARP = Theorem(
    lemma_2_3_sharp,
    source="grachev-2023",
    label="lemma-2.3",
    reading="sharp",
    status="true",
    proof="docs/encounter.md#lemma-2-3",
    attained=(HALVED, ON_THE_LINE),
    mutants=(
        Mutant("less 1 %", {"c": Fraction(99, 100)}, killed_at=HALVED),
        Mutant("steps up to 0.6/L", {"half": Fraction(3, 5)}, killed_at=FIFTHS),
    ),
)

WithMinimizer = Annotated[Separable, separable_functions(minimizer=True)]


def minimizer(f: Separable) -> Vec:
    """x_*."""
    assert f.minimum is not None
    assert f.minimum.at is not None
    return f.minimum.at


def mu_star(f: Separable, X: Boxes) -> Scalar:
    """mu_*."""
    return one_point_convexity_off_boxes(f, X, minimizer(f))


def convex_step(f: Separable, X: Boxes, most: Fraction = ONE) -> Domain:
    """0 < gamma <= mu_*/L^2 and gamma <= most/L (mu_* <= L: 1 asks nothing)."""
    L = smooth_off_boxes(f, X)
    return step_sizes(L, below=min(max(mu_star(f, X) / L, 0), most) if L else 0, closed=True, least=QUARTER)


ConvexStep = Annotated[Fraction, lambda f, X: convex_step(f, X)]
HalfConvexStep = Annotated[Fraction, lambda f, X, half: convex_step(f, X, half)]
OUTSIDE = Given("x_* is not in X", lambda f, X: known(X.distance_sq(minimizer(f)) > 0, "x_* is in X"))
CONVEX = Given("mu_* > 0", lambda f, X: lt(0, mu_star(f, X)))


def theorem_2_4(f: WithMinimizer, X: Target, gamma: ConvexStep, W: Starts, *, two: Fraction = TWO) -> Claim:
    r"""$P(x_k \in X \text{ for some } k) \le \frac{r_W}{c_X} \cdot \frac{-d}{\log_2(1 - \gamma\mu_*)} \cdot \frac{|X|}{|W|} \cdot 2^d$
    if $c_X \le r_W$, and 0 otherwise, for $f$ that is $L$-smooth and $\mu_*$-OPSC towards $x_*$ outside $X$ and $\gamma \le \frac{\mu_*}{L^2}$: the fractions as they are typeset, a product.
    """
    rate = 1 - gamma * mu_star(f, X)
    ratio = sqrt(W.radius_sq(minimizer(f)) / X.distance_sq(minimizer(f)))
    exponent = -log(2 + 0 * rate) / log(rate) if rate != 0 else 0 * rate
    T = latest_encounter(X, W, minimizer(f), rate**2)
    if T < 0:
        return eq(encounter_boxes(f, gamma, X, W, 0), 0)
    bound = ratio * X.dim * exponent * two**X.dim * X.measure / W.measure
    return le(encounter_boxes(f, gamma, X, W, T), bound, unit=ONE)


# With half of 1/L every start in one of the three copies of X meets X, in 1, 2 or 3 steps; the product is 17/21.
SIXTEENTH = Fraction(17, 16)
COPIES = {
    "f": BOWL,
    "X": Boxes((square(1, SIXTEENTH),)),
    "gamma": HALF,
    "W": Boxes(tuple(square(2**k, 2**k * SIXTEENTH) for k in (1, 2, 3))),
}

THEOREM_2_4 = Theorem(
    theorem_2_4,
    source="grachev-2023",
    label="theorem-2.4",
    status="false",
    given=(OUTSIDE, CONVEX),
    refuted_at=COPIES,
)


def theorem_2_4_amended(
    f: WithMinimizer, X: Target, gamma: HalfConvexStep, W: Starts, *, c: Fraction = ONE, half: Fraction = HALF
) -> Claim:
    r"""$P(x_k \in X \text{ for some } k) \le \frac{2^{(\tau+1)d} - 1}{2^d - 1} \frac{|X|}{|W|}$ for
    $\gamma \le \min\left(\frac{\mu_*}{L^2}, \frac1{2L}\right)$, where $\tau$ is the largest $k$ with $q^k r_W \ge c_X$,
    $q^2 = 1 - 2\gamma\mu_* + \gamma^2 L^2$; and 0 where $c_X > r_W$.
    """
    q2 = 1 - 2 * gamma * mu_star(f, X) + gamma**2 * smooth_off_boxes(f, X) ** 2
    tau = latest_encounter(X, W, minimizer(f), q2)
    if tau < 0:
        return eq(encounter_boxes(f, gamma, X, W, 0), 0)
    bound = c * Fraction(2 ** ((tau + 1) * X.dim) - 1, 2**X.dim - 1) * X.measure / W.measure
    # No probability exceeds 1: orbits that may meet X very late are not followed.
    return le(encounter_boxes(f, gamma, X, W, tau) if bound < 1 else ONE, bound, unit=bound)


MEETS = {k: v for k, v in HALVED.items() if k != "T"}
MEETS_LATE = {k: v for k, v in FIFTHS.items() if k != "T"}

THEOREM_2_4_AMENDED = Theorem(
    theorem_2_4_amended,
    source="grachev-2023",
    label="theorem-2.4",
    reading="amended",
    amends="grachev-2023/theorem-2.4",
    status="true",
    proof="docs/encounter.md#theorem-2-4",
    given=(OUTSIDE, CONVEX),
    attained=(MEETS,),
    mutants=(
        Mutant("less 1 %", {"c": Fraction(99, 100)}, killed_at=MEETS),
        Mutant("steps up to 0.6/L", {"half": Fraction(3, 5)}, killed_at=MEETS_LATE),
    ),
)
