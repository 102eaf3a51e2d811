r"""The subgradient method $x_{k+1} = x_k - h g_k$, $g_k \in \partial f(x_k)$, for convex $M$-Lipschitz functions with a minimizer $x_*$, $f_* = f(x_*)$."""

from fractions import Fraction
from typing import Annotated, Any

from objectives import Known, convex_lipschitz, convex_nonsmooth
from refute import (
    Claim,
    Given,
    Mutant,
    Theorem,
    Vec,
    both,
    dot,
    integers,
    iterated,
    le,
    naturals,
    points,
    positive,
    sq,
    vec,
)

ONE, TWO = Fraction(1), Fraction(2)
SOURCE, PROOF = "nesterov-2004", "docs/methods.md#subgradients"

Lipschitz = Annotated[Known, convex_lipschitz(minimizer=True)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Step = Annotated[Fraction, positive()]
Few = Annotated[int, integers(1, 3)]
Steps = Annotated[int, naturals(1, drawn=4)]


def subgradient_step(f: Lipschitz, x: Point, h: Step, *, two: Fraction = TWO) -> Claim:
    r"""A step leads closer to the minimizer if it is short enough: $|x_1 - x_*|^2 \le |x_0 - x_*|^2 - 2 h (f(x_0) - f_*) + h^2 M^2$."""
    after = x - h * f.grad(x)
    low = f.minimum
    return le(sq(after - low.at) + two * h * (f(x) - low.value), sq(x - low.at) + h**2 * f.M**2)


# f = |x|, one step from 1 to 0.
ABSOLUTE = Known((vec(0), vec(1)), (vec(0), vec(1)), (Fraction(0), ONE), ("M",), (ONE,), True, (True, False), False)
ONE_STEP = {"f": ABSOLUTE, "x": vec(1), "h": ONE}

SUBGRADIENT_STEP = Theorem(
    subgradient_step,
    source=SOURCE,
    label="subgradient-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(ONE_STEP,),
    mutants=(Mutant("2.01 in place of 2", {"two": Fraction(201, 100)}, killed_at=ONE_STEP),),
)


def summed_values(f: Lipschitz, x: Point, h: Step, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""$2 h \sum_{k < N} (f(x_k) - f_*) \le |x_0 - x_*|^2 + N h^2 M^2$ for every $h > 0$ and every $N \ge 1$: with $h = \frac R{M \sqrt N}$ the best value is within $\frac{M R}{\sqrt N}$ of $f_*$."""
    low = f.minimum
    _, summed = iterated(
        lambda k, state: (state[0] - h * f.grad(state[0]), state[1] + 2 * h * (f(state[0]) - low.value)),
        (x, 0),
        N,
        lambda k, state: sq(state[0] - low.at) + state[1] - k * h**2 * f.M**2,
    )
    return le(summed, one * (sq(x - low.at) + N * h**2 * f.M**2))


SUMMED_VALUES = Theorem(
    summed_values,
    source=SOURCE,
    label="summed-values",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(ONE_STEP | {"N": 1},),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=ONE_STEP | {"N": 1}),),
)


def averaged(f: Lipschitz, x: Point, h: Step, N: Steps, *, one: Fraction = ONE) -> Claim:
    r"""The mean $\bar x$ of $x_0, \dots, x_{N - 1}$ has $2 h N (f(\bar x) - f_*) \le |x_0 - x_*|^2 + N h^2 M^2$ for every $h > 0$ and every $N \ge 1$."""
    low = f.minimum

    def step(k: Any, state: Any) -> Any:
        y, mean = state  # of the first k iterates
        return y - h * f.grad(y), mean + (y - mean) / (k + 1)

    def potential(k: Any, state: Any) -> Any:
        y, mean = state
        return sq(y - low.at) + 2 * h * k * (f(mean) - low.value) - k * h**2 * f.M**2

    _, mean = iterated(step, (x, x), N, potential)
    return le(2 * h * N * (f(mean) - low.value), one * (sq(x - low.at) + N * h**2 * f.M**2))


AVERAGED = Theorem(
    averaged,
    source=SOURCE,
    label="averaged-iterate",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(ONE_STEP | {"N": 1},),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=ONE_STEP | {"N": 1}),),
)


def short(f: Known, x: Vec, h: Fraction) -> Claim:
    """h M^2 <= f(x) - f_*."""
    return le(h * f.M**2, f(x) - f.minimum.value)


def negative_subgradient_descends(f: Lipschitz, x: Point, h: Step) -> Claim:
    r"""A negative subgradient is a direction of descent: $f(x - h g) \le f(x)$ for every $g \in \partial f(x)$ and $h M^2 \le f(x) - f_*$."""
    return le(f(x - h * f.grad(x)), f(x))


# f(u, v) = max(4 |u| - 3 v, -5)/5: at the kink 0 the subgradient (4, -3)/5 leads over to the other side, where f rises.
LEFT, RIGHT = vec(Fraction(-4, 5), Fraction(-3, 5)), vec(Fraction(4, 5), Fraction(-3, 5))
KINKED = Known(
    (vec(0, Fraction(5, 3)), vec(0, 0), vec(Fraction(-2, 5), Fraction(3, 10))),
    (vec(0, 0), RIGHT, LEFT),
    (-ONE, Fraction(0), Fraction(7, 50)),
    ("M",),
    (ONE,),
    True,
    (True, False, False),
    False,
)

NEGATIVE_SUBGRADIENT_DESCENDS = Theorem(
    negative_subgradient_descends,
    source=SOURCE,
    label="negative-subgradient-descends",
    reading="misstated",
    status="false",
    given=(Given("the step is short", short),),
    refuted_at={"f": KINKED, "x": vec(0, 0), "h": Fraction(1, 2)},
)


Nonsmooth = Annotated[Known, convex_nonsmooth(minimizer=True)]
Direction = Annotated[Vec, lambda f: points(f.dim)]


def is_near_subgradient(f: Known, x: Vec, d: Vec) -> Claim:
    r"""$f_* \ge f(x) + \langle d, x_* - x\rangle - 1$ and $|d| \le 1$: all that is used of a 1-subgradient of size 1."""
    low = f.minimum
    return both(below=le(f(x) + dot(d, low.at - x) - 1, low.value), bounded=le(sq(d), 1))


def epsilon_subgradients(f: Nonsmooth, x: Point, d: Direction, e: Direction, h: Step, *, two: Fraction = TWO) -> Claim:
    r"""Two steps along $\epsilon$-subgradients of size at most $M$, with $\epsilon = M = 1$ (a choice of units): $2h(f(x_0) - f_* + f(x_1) - f_*) \le |x_0 - x_*|^2 + 4h\epsilon + 2h^2M^2$."""
    low = f.minimum
    return le(two * h * (f(x) + f(x - h * d) - 2 * low.value), sq(x - low.at) + 4 * h + 2 * h**2)


# f = 21 |x|: from 1/20 to -1/20; 1 and -1 are subgradients there up to 1.
TO_AND_FRO = {
    "f": Known(
        (vec(0), vec(Fraction(1, 20)), vec(Fraction(-1, 20))),
        (vec(0), vec(21), vec(-21)),
        (Fraction(0), Fraction(21, 20), Fraction(21, 20)),
        (),
        (),
        True,
        (True, False, False),
        False,
    ),
    "x": vec(Fraction(1, 20)),
    "d": vec(1),
    "e": vec(-1),
    "h": Fraction(1, 10),
}

EPSILON_SUBGRADIENTS = Theorem(
    epsilon_subgradients,
    source="millan-machado-2019",
    label="epsilon-subgradients",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(
        Given("d is a subgradient up to 1", lambda f, x, d: is_near_subgradient(f, x, d)),
        Given("e is a subgradient up to 1", lambda f, x, d, e, h: is_near_subgradient(f, x - h * d, e)),
    ),
    mutants=(Mutant("2.02 in place of 2", {"two": Fraction(202, 100)}, killed_at=TO_AND_FRO),),
)
