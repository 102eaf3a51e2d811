r"""Gradient descent on $f(x, y) = \frac12(a - \langle x, y\rangle)^2$: what it conserves, and how it can stay bounded without converging.

In units of the step, $\alpha = ha$, $r = h(a - \langle x, y\rangle)$ and $w = 4 - h(|x|^2 + |y|^2) - \alpha r$. The set $w = 0$ is an
ellipsoid for $|\alpha| < 2$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, gradient_step
from objectives.factorization import (
    Diagonal,
    OnDiagonal,
    ScalarFactorization,
    any_steps,
    scalar_factorizations,
    starts_by_ellipse,
    toy,
)
from refute import (
    Claim,
    Domain,
    Given,
    Mutant,
    Orbit,
    Theorem,
    Vec,
    at_least,
    between,
    both,
    bounded,
    eq,
    integers,
    known,
    le,
    log,
    lt,
    ne,
    orbits_of_period,
    rationals,
    sq,
    such_that,
    vec,
)

ONE, FOUR = Fraction(1), Fraction(4)
SOURCE, PROOF = "tao-wang-2022", "docs/factorization.md"
TOY = toy()

Real = Annotated[Fraction, rationals()]
Constant = Annotated[Fraction, at_least(0)]


def toy_not_smooth(L: Constant, x: Real, y: Real) -> Claim:
    r"""$f(x, y) = \frac12(1 - xy)^2$ is $L$-smooth for no $L$, is not convex, and its minimizers are exactly the points with
    $xy = 1$: $|\nabla f(p) - \nabla f(0)| > L|p|$ at $p = (L + 2, L + 2)$, $f(0, 0) > \frac12(f(1, 1) + f(-1, -1))$ and
    $f(x, y) = \frac12(1 - xy)^2$, with the value $0$ at $(1, 1)$.
    """
    p, zero, one = Vec((L + 2, L + 2)), Vec((0 * L, 0 * L)), Vec((1 + 0 * L, 1 + 0 * L))
    return both(
        not_smooth=lt(L**2 * sq(p), sq(TOY.grad(p) - TOY.grad(zero))),
        not_convex=lt((TOY(one) + TOY(-one)) / 2, TOY(zero)),
        half_a_square=eq(2 * TOY(Vec((x, y))), (1 - x * y) ** 2),
        attained=eq(TOY(one), 0),
    )


TOY_NOT_SMOOTH = Theorem(
    toy_not_smooth,
    source=SOURCE,
    label="toy-not-smooth",
    status="true",
    proof=f"{PROOF}#the-toy-problem",
    symbols={"L": "nonnegative", "x": "any", "y": "any"},
)

Factorization = Annotated[ScalarFactorization, scalar_factorizations()]
Step = Annotated[Fraction, any_steps]
Start = Annotated[Vec, starts_by_ellipse]


def what_a_step_does(h: Real, a: Real, x: Real, y: Real) -> Claim:
    r"""$x_+ + y_+ = (1 + r)(x + y)$, $x_+ - y_+ = (1 - r)(x - y)$, $r_+ = r(r^2 - 3 + w)$ and $w_+ = w(1 - \alpha r + r^2)$."""
    f, z = ScalarFactorization(a, 1), Vec((x, y))
    after, here = gradient_step(f, h, z), f.invariants(h, z)
    there = f.invariants(h, after)
    return both(
        plus=eq(after[0] + after[1], (1 + here.r) * (x + y)),
        minus=eq(after[0] - after[1], (1 - here.r) * (x - y)),
        residual=eq(there.r, here.r * (here.r**2 - 3 + here.w)),
        ellipse=eq(there.w, here.w * (1 - here.alpha * here.r + here.r**2)),
    )


WHAT_A_STEP_DOES = Theorem(
    what_a_step_does,
    source=SOURCE,
    label="need-not-blow-up",
    reading="step",
    status="true",
    proof=f"{PROOF}#steps",
    symbols={"h": "any", "a": "any", "x": "any", "y": "any"},
)


def the_ellipse(f: Factorization, h: Step, z: Start) -> Claim:
    r"""$h|x + y|^2 = (2 + \alpha)(2 - r) - w$ and $h|x - y|^2 = (2 - \alpha)(2 + r) - w$, for vectors of any length."""
    here = f.invariants(h, z)
    x, y = f.halves(z)
    return both(plus=eq(h * sq(x + y), here.P), minus=eq(h * sq(x - y), here.N))


THE_ELLIPSE = Theorem(
    the_ellipse,
    source=SOURCE,
    label="need-not-blow-up",
    reading="ellipse",
    status="true",
    proof=f"{PROOF}#the-ellipse",
)

Alpha = Annotated[Fraction, between(-2, 2, open=True)]
Residual = Annotated[Fraction, such_that(rationals(), "|r| is not 1", lambda r: ne(r**2, 1))]


def a_function_that_rises(alpha: Alpha, r: Residual, *, four: Fraction = FOUR) -> Claim:
    r"""$4\log|w| - (2 - \alpha)\log(h|x + y|^2) - (2 + \alpha)\log(h|x - y|^2)$ does not decrease:
    $(2 - \alpha)\log(1 + r)^2 + (2 + \alpha)\log(1 - r)^2 \le 4\log(1 - \alpha r + r^2)$.
    """
    pulled = (2 - alpha) * log((1 + r) ** 2) + (2 + alpha) * log((1 - r) ** 2)
    return le(pulled, four * log(1 - alpha * r + r**2), unit=1)


A_FUNCTION_THAT_RISES = Theorem(
    a_function_that_rises,
    source=SOURCE,
    label="need-not-blow-up",
    reading="lyapunov",
    status="true",
    proof=f"{PROOF}#a-function-that-rises",
    attained=({"alpha": ONE, "r": Fraction(0)},),
    mutants=(Mutant("3.96 in place of 4", {"four": Fraction(99, 25)}, killed_at={"alpha": ONE, "r": Fraction(10)}),),
)


def inside(f: ScalarFactorization, h: Fraction, z: Vec) -> Claim:
    """w >= 0."""
    return le(0, f.inside(h, z))


def under(f: ScalarFactorization) -> Domain:
    """The h > 0 with h |a| < 2."""
    return between(0, 2 / abs(f.a), open=True) if f.a != 0 else any_steps(f)


BoundedStep = Annotated[Fraction, under]


def need_not_blow_up(f: Factorization, h: BoundedStep, z: Start) -> Claim:
    r"""For $h|a| < 2$ the orbit of every start with $w \ge 0$ is bounded, although $f$ is $L$-smooth for no $L$ and the step is beyond
    $2/L$ at all minimizers when $h|a| > 1$.
    """
    return bounded(GD(f, h), z)


NEED_NOT_BLOW_UP = Theorem(
    need_not_blow_up,
    source=SOURCE,
    label="need-not-blow-up",
    status="true",
    proof=f"{PROOF}#the-ellipse",
    given=(Given("inside the ellipsoid", inside),),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "outside the ellipsoid, too",
            drops=("inside the ellipsoid",),
            killed_at={"f": TOY, "h": ONE / 2, "z": vec(Fraction(7, 2), 0)},
        ),
    ),
)

Hundredths = Annotated[int, integers(1, 23)]
SIGNS = ((1, -1), (-1, 1), (-1, -1))


def attracted_by_a_cycle(n: Hundredths) -> Claim:
    r"""For $h = 1 + n/100$ and $1 \le n \le 23$ gradient descent on $\frac12(1 - xy)^2$ has an attracting orbit of period two."""
    h = ONE + Fraction(n, 100)
    box = ((Fraction(-1, 97), Fraction(5, 2)), (Fraction(-1, 97), Fraction(3, 2)))
    return orbits_of_period(Diagonal(ONE, h), 2, box, some_attracts, SIGNS)


def some_attracts(orbits: tuple[Orbit, ...]) -> Claim:
    """One of the orbits is attracting."""
    return known(any(o.kind == "attracting" for o in orbits), "one of them is attracting")


ATTRACTED_BY_A_CYCLE = Theorem(
    attracted_by_a_cycle,
    source=SOURCE,
    label="need-not-blow-up",
    reading="periodic",
    status="true",
    proof=f"{PROOF}#on-the-diagonal",
    mutants=(Mutant("up to h = 1.24", domains={"n": integers(1, 24)}, killed_at={"n": 24}),),
)

Tenths = Annotated[int, integers(15, 19)]


def chaos_on_the_diagonal(n: Tenths) -> Claim:
    r"""For $h = \frac n{10}$, $n = 15, \dots, 19$, gradient descent on $\frac12(1 - xy)^2$ maps the diagonal $x = y$ to itself with an orbit of least period three there: it is chaotic in the sense of
    Li and Yorke.
    """
    h = Fraction(n, 10)
    return orbits_of_period(OnDiagonal(ONE, h), 3, ((Fraction(-1, 97), Fraction(9, 5)),), some_exist, ((-1,),))


def some_exist(orbits: tuple[Orbit, ...]) -> Claim:
    """There is one."""
    return lt(0, len(orbits))


CHAOS_ON_THE_DIAGONAL = Theorem(
    chaos_on_the_diagonal,
    source=SOURCE,
    label="need-not-blow-up",
    reading="chaos",
    status="true",
    proof=f"{PROOF}#on-the-diagonal",
    mutants=(Mutant("from h = 1.4 on", domains={"n": integers(14, 19)}, killed_at={"n": 14}),),
)
