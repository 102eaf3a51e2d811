r"""Methods in continuous time: a number that does not grow along the flow, since its derivative is not positive wherever the flow passes.

For each state the derivative is a form in points, velocities and gradients, so that one inequality for all states is the statement about the whole flow. $f$ is convex with a
minimizer $x_*$, $f_* = f(x_*)$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Known, convex_nonsmooth, strongly_convex_nonsmooth
from refute import Claim, Mutant, Theorem, Vec, at_least, dot, le, points, sq, vec

ONE, TWO, ZERO, HALF = Fraction(1), Fraction(2), Fraction(0), Fraction(1, 2)
PROOF = "docs/methods.md#continuous-time"

WithMinimizer = Annotated[Known, convex_nonsmooth(minimizer=True)]
StronglyConvex = Annotated[Known, strongly_convex_nonsmooth(minimizer=True)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Velocity = Annotated[Vec, lambda f: points(f.dim)]
Time = Annotated[Fraction, at_least(0)]


def gradient_flow(f: WithMinimizer, x: Point, t: Time, *, one: Fraction = ONE) -> Claim:
    r"""The derivative of $t\,(f(x) - f_*) + \frac12|x - x_*|^2$ along $\dot x = -\nabla f(x)$ is $f(x) - f_* - t\,|\nabla f(x)|^2 - \langle x - x_*, \nabla f(x)\rangle \le 0$ at every point and time. (Integrated, which is no part of this record: $f(x(t)) - f_* \le \frac{|x(0) - x_*|^2}{2t}$.)"""
    g, low = f.grad(x), f.minimum
    return le(one * (f(x) - low.value) - t * sq(g), dot(x - low.at, g))


# f(x) = |x|.
ABSOLUTE = Known((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, ONE), (), (), True, (True, False), False)
AT_ONE = {"f": ABSOLUTE, "x": vec(1)}

GRADIENT_FLOW = Theorem(
    gradient_flow,
    source="scieur-2017",
    label="gradient-flow",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(AT_ONE | {"t": ZERO},),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=AT_ONE | {"t": ZERO}),),
)


def gradient_flow_contracts(f: StronglyConvex, x: Point, *, two: Fraction = TWO) -> Claim:
    r"""On $\mu$-strongly convex functions $2\mu(f(x) - f_*) \le |\nabla f(x)|^2$, the derivative of $f_* - f(x)$ along $\dot x = -\nabla f(x)$. (Integrated, which is no part of this record: $f - f_*$ shrinks like $e^{-2\mu t}$.)"""
    return le(two * f.mu * (f(x) - f.minimum.value), sq(f.grad(x)))


# f(x) = x^2/2.
PARABOLA = {
    "f": Known((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, HALF), ("mu",), (ONE,), True, (True, False), False),
    "x": vec(1),
}

GRADIENT_FLOW_CONTRACTS = Theorem(
    gradient_flow_contracts,
    source="scieur-2017",
    label="gradient-flow",
    reading="strongly-convex",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(PARABOLA,),
    mutants=(Mutant("2.01 in place of 2", {"two": Fraction(201, 100)}, killed_at=PARABOLA),),
)


def accelerated_flow(f: WithMinimizer, x: Point, v: Velocity, t: Time, *, two: Fraction = TWO) -> Claim:
    r"""The derivative of $t^2(f(x) - f_*) + 2|x - x_* + \frac t2 v|^2$ along $\ddot x + \frac3t\dot x + \nabla f(x) = 0$, $v = \dot x$, is $2t(f(x) - f_*) + t^2\langle\nabla f(x), v\rangle - 2t\langle x - x_* + \frac t2v, \nabla f(x)\rangle \le 0$ at all points, velocities and times. (Integrated, which is no part of this record: $f(x(t)) - f_* \le \frac{2|x(0) - x_*|^2}{t^2}$.)"""
    g, low = f.grad(x), f.minimum
    return le(two * t * (f(x) - low.value) + t**2 * dot(g, v), 2 * t * dot(x - low.at + t * v / 2, g))


AT_REST = AT_ONE | {"v": vec(0), "t": ONE}

ACCELERATED_FLOW = Theorem(
    accelerated_flow,
    source="su-boyd-candes-2016",
    label="accelerated-flow",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(AT_REST,),
    mutants=(Mutant("2.01 in place of 2", {"two": Fraction(201, 100)}, killed_at=AT_REST),),
)


def accelerated_flow_contracts(f: StronglyConvex, x: Point, w: Velocity, *, one: Fraction = ONE) -> Claim:
    r"""The derivative of $V = f(x) - f_* + \frac\mu2|x - x_* + w|^2$ along $\ddot x + 2\sqrt\mu\,\dot x + \nabla f(x) = 0$, $w = \dot x/\sqrt\mu$, has $\dot V/\sqrt\mu = \langle\nabla f(x), w\rangle - \langle x - x_* + w, \mu w + \nabla f(x)\rangle \le -V$ at all points and velocities. (Integrated, which is no part of this record: $V$ shrinks like $e^{-\sqrt\mu\,t}$.)"""
    g, low = f.grad(x), f.minimum
    V = f(x) - low.value + f.mu * sq(x - low.at + w) / 2
    return le(dot(g, w) - dot(x - low.at + w, f.mu * w + g), -one * V)


SLOW = PARABOLA | {"w": vec(0)}

ACCELERATED_FLOW_CONTRACTS = Theorem(
    accelerated_flow_contracts,
    source="scieur-2017",
    label="accelerated-flow",
    reading="strongly-convex",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(SLOW,),
    mutants=(Mutant("1.01 in place of 1", {"one": Fraction(101, 100)}, killed_at=SLOW),),
)
