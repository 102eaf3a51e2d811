r"""Convex functions with a quadratic upper bound, $f(x) - f_* \le \frac L2|x - x_*|^2$, differentiable or not: steps along some subgradient.

Data are those of such a function iff they are convex and $f_* \ge f_i + \langle g_i, x_* - x_i\rangle + \frac1{2L}|g_i|^2$ for all $i$ [goujaud-2022].
"""

from fractions import Fraction
from typing import Annotated

from objectives import Known, convex_with_quadratic_upper_bound, least_along
from refute import Claim, Mutant, Theorem, Vec, between, integers, le, points, sq, vec

ONE, ZERO, HALF, QUARTER = Fraction(1), Fraction(0), Fraction(1, 2), Fraction(1, 4)
PROOF = "docs/methods.md#quadratic-upper-bound"


Bounded = Annotated[Known, convex_with_quadratic_upper_bound()]
Point = Annotated[Vec, lambda f: points(f.dim)]
UpToHalf = Annotated[Fraction, lambda f: between(0, HALF / f.L)]
FromHalf = Annotated[Fraction, lambda f: between(HALF / f.L, 1 / f.L)]
Few = Annotated[int, integers(1, 3)]


def short_step(f: Bounded, x: Point, h: UpToHalf, *, one: Fraction = ONE) -> Claim:
    r"""$f(x_1) - f_* \le \frac L2\,\frac{|x_0 - x_*|^2}{2hL + 1}$ for $0 \le h \le \frac1{2L}$."""
    y = x - h * f.grad(x)
    return le((2 * h * f.L + 1) * (f(y) - f.minimum.value), one * f.L / 2 * sq(x - f.minimum.at))


# f(x) = max(|x| - 1/4, 0)/2: from 1 a step of 1/2 leads to 3/4.
FLAT_AND_STEEP = Known(
    (vec(0), vec(1), vec(Fraction(3, 4))),
    (vec(0), vec(HALF), vec(HALF)),
    (ZERO, Fraction(3, 8), QUARTER),
    ("L",),
    (ONE,),
    True,
    (True, False, False),
    False,
)
FROM_ONE = {"f": FLAT_AND_STEEP, "x": vec(1)}

SHORT_STEP = Theorem(
    short_step,
    source="goujaud-2022",
    label="gradient-descent",
    reading="short-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(FROM_ONE | {"h": HALF},),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FROM_ONE | {"h": HALF}),),
)


def long_step(f: Bounded, x: Point, h: FromHalf, *, one: Fraction = ONE) -> Claim:
    r"""$f(x_1) - f_* \le \frac L2\,hL\,|x_0 - x_*|^2$ for $\frac1{2L} \le h \le \frac1L$: here longer steps are worse."""
    y = x - h * f.grad(x)
    return le(f(y) - f.minimum.value, one * f.L / 2 * h * f.L * sq(x - f.minimum.at))


LONG_STEP = Theorem(
    long_step,
    source="goujaud-2022",
    label="gradient-descent",
    reading="long-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(FROM_ONE | {"h": HALF},),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FROM_ONE | {"h": HALF}),),
)


def heavy_ball(f: Bounded, x: Point, N: Few, *, one: Fraction = ONE) -> Claim:
    r"""Heavy ball with $x_{k+1} = x_k - \frac1{(k+2)L}\nabla f(x_k) + \frac k{k+2}(x_k - x_{k-1})$ reaches $f(x_N) - f_* \le \frac L2\,\frac{|x_0 - x_*|^2}{N + 1}$, $N \le 3$."""
    before, y = x, x
    for k in range(N):
        before, y = y, y - f.grad(y) / (k + 2) / f.L + Fraction(k, k + 2) * (y - before)
    return le((N + 1) * (f(y) - f.minimum.value), one * f.L / 2 * sq(x - f.minimum.at))


HEAVY_BALL = Theorem(
    heavy_ball,
    source="goujaud-2022",
    label="heavy-ball",
    reading="three-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(FROM_ONE | {"N": 1},),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FROM_ONE | {"N": 1}),),
)


def shrinking_steps(f: Bounded, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""The step sizes $\frac1{Lu_k}$, $u_k = \frac{u_{k-1}}2 + \sqrt{\frac{u_{k-1}^2}4 + 2}$, $u_0 = 1$: the first one is $\frac1{2L}$, and $f(x_1) - f_* \le \frac L{2u_1}|x_0 - x_*|^2 = \frac L4|x_0 - x_*|^2$."""
    y = x - f.grad(x) / (2 * f.L)
    return le(4 * (f(y) - f.minimum.value), one * f.L * sq(x - f.minimum.at))


SHRINKING_STEPS = Theorem(
    shrinking_steps,
    source="goujaud-2022",
    label="shrinking-steps",
    reading="one-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FROM_ONE),),
)


Next = Annotated[Vec, lambda f, x: least_along(f, x, f.grad(x))]
After = Annotated[Vec, lambda f, x, y: least_along(f, x, f.grad(x), f.grad(y), y - x)]


def conjugate_gradients(f: Bounded, x: Point, y: Next, z: After, *, one: Fraction = ONE) -> Claim:
    r"""Two steps of conjugate gradients, along subgradients, on convex functions with $f - f_* \le \frac L2|x - x_*|^2$: $f(x_2) - f_* \le \frac L6|x_0 - x_*|^2$. (In general $\frac L{2(N + 1)}$.)"""
    low = f.minimum
    return le(6 * (f(z) - low.value), one * f.L * sq(x - low.at))


# f = max(x_1, x_2, x_3, 1/2)/8 - 1/8: each step takes one coordinate to 0.
CORNER = {
    "f": Known(
        (vec(0, 0, 0), vec(1, 1, 1), vec(0, 1, 1), vec(0, 0, 1)),
        (vec(0, 0, 0), vec(Fraction(1, 8), 0, 0), vec(0, Fraction(1, 8), 0), vec(0, 0, Fraction(1, 8))),
        (Fraction(-1, 16), Fraction(0), Fraction(0), Fraction(0)),
        ("L",),
        (Fraction(1, 8),),
        True,
        (True, False, False, False),
        False,
    ),
    "x": vec(1, 1, 1),
    "y": vec(0, 1, 1),
    "z": vec(0, 0, 1),
}

CONJUGATE_GRADIENTS = Theorem(
    conjugate_gradients,
    source="goujaud-2022",
    label="conjugate-gradients",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.97 in place of 1", {"one": Fraction(97, 100)}, killed_at=CORNER),),
)
