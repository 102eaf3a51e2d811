r"""Gradient descent as Euler's method for gradient flow, and the modified equation that it follows one order better.

For a convex quadratic $f$ with rest point $p$ both flows have a closed form, so every distance below is exact. $x(t)$ is the flow of $f$,
$\tilde x(t)$ that of $f_1 = f + \frac h4|\nabla f|^2$, both from $x_0$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import (
    PiecewiseQuadratic,
    Polynomial,
    Quadratic,
    convex_on_the_line,
    convex_quadratics,
    eigen_starts,
    orbit,
    parabolas,
    polynomials,
    quadratics_at_rest,
    square,
    starts,
    step_sizes,
    steps_beyond,
)
from objectives.methods import flow_on_the_line, squared_distances
from refute import Claim, Mutant, Theorem, Vec, both, eq, exp, le, naturals, nonzero, norm, positive, sq, vec

ONE, TWO, HALF, THIRD = Fraction(1), Fraction(2), Fraction(1, 2), Fraction(1, 3)
SOURCE, PROOF = "tao-wang-2022", "docs/flows.md"

Convex = Annotated[Quadratic, convex_quadratics()]
AtRest = Annotated[Quadratic, quadratics_at_rest()]
Start = Annotated[Vec, lambda f: eigen_starts(f)]
Steps = Annotated[int, naturals(0, drawn=24)]
Parabola = Annotated[Quadratic, parabolas()]
Nonzero = Annotated[Fraction, nonzero()]
UpToTwo = Annotated[Fraction, lambda f, two: step_sizes(f.L, below=two, closed=True)]
UpToOne = Annotated[Fraction, lambda f, until: step_sizes(f.L, below=until, closed=True)]
BelowOne = Annotated[Fraction, lambda f: step_sizes(f.L, below=1)]
AnyStep = Annotated[Fraction, positive()]

PARABOLA = PiecewiseQuadratic((Fraction(0),), (ONE, ONE), Fraction(0), Fraction(0))


def forward_euler(f: Convex, h: UpToTwo, x0: Start, k: Steps, *, half: Fraction = HALF, two: Fraction = TWO) -> Claim:
    r"""Gradient descent is Euler's method for $\dot x = -\nabla f(x)$, for a convex quadratic $f$ of first order over a fixed time
    $t = kh$: $|x_k - x(t)| \le \frac12\,t\,h\,L^2\,|x_0 - p|$ for $hL \le 2$.
    """
    bound = half * k * (h * f.L) ** 2
    return le(squared_distances(f, h, x0, k, 0), bound**2 * sq(f.from_rest(x0)), unit=bound**2 * sq(f.from_rest(x0)))


SLOW = {"f": square(1), "h": Fraction(1, 100), "x0": vec(1), "k": 1}
SLOW_ON_LINE = {**SLOW, "f": PARABOLA}

FORWARD_EULER = Theorem(
    forward_euler,
    source=SOURCE,
    label="forward-euler",
    status="true",
    proof=f"{PROOF}#forward-euler",
    mutants=(
        Mutant("0.495 in place of 1/2", {"half": Fraction(99, 200)}, killed_at=SLOW),
        Mutant(
            "steps up to 4/L",
            {"two": Fraction(4)},
            killed_at={"f": square(1), "h": Fraction(4), "x0": vec(1), "k": 5},
        ),
    ),
)

OnLine = Annotated[PiecewiseQuadratic, convex_on_the_line()]
Anywhere = Annotated[Vec, lambda f: starts(f)]


def minimizer(f: PiecewiseQuadratic) -> Vec:
    """One that is known exactly."""
    assert f.minimum is not None
    assert f.minimum.at is not None
    return f.minimum.at


def forward_euler_convex(
    f: OnLine, h: UpToTwo, x0: Anywhere, k: Steps, *, half: Fraction = HALF, two: Fraction = TWO
) -> Claim:
    r"""Gradient descent is Euler's method for $\dot x = -\nabla f(x)$, of first order for every convex $L$-smooth $f$ with a minimizer $p$: over a fixed time $t = kh$
    it is $|x_k - x(t)| \le \frac12\,t\,h\,L^2\,|x_0 - p|$ for $hL \le 2$; tried on the line, for piecewise quadratics, whose flow is piecewise exponential.
    """
    *_, x = orbit(f, h, x0, k)
    bound = half * k * (h * f.L) ** 2 * norm(x0 - minimizer(f))
    return le(norm(x - flow_on_the_line(f, x0, k * h)), bound, unit=bound)


FORWARD_EULER_CONVEX = Theorem(
    forward_euler_convex,
    source=SOURCE,
    label="forward-euler",
    reading="convex",
    status="true",
    proof=f"{PROOF}#forward-euler",
    mutants=(
        Mutant("0.495 in place of 1/2", {"half": Fraction(99, 200)}, killed_at=SLOW_ON_LINE),
        Mutant(
            "steps up to 4/L",
            {"two": Fraction(4)},
            killed_at={"f": PARABOLA, "h": Fraction(4), "x0": vec(1), "k": 5},
        ),
    ),
)


def modified_equation(
    f: Convex, h: UpToTwo, x0: Start, k: Steps, *, third: Fraction = THIRD, two: Fraction = TWO
) -> Claim:
    r"""For a convex quadratic the modified equation is one order better: $|x_k - \tilde x(t)| \le \frac13\,t\,h^2\,L^3\,|x_0 - p|$ for $hL \le 2$, $t = kh$."""
    bound = third * k * (h * f.L) ** 3
    return le(squared_distances(f, h, x0, k, 1), bound**2 * sq(f.from_rest(x0)), unit=bound**2 * sq(f.from_rest(x0)))


MODIFIED_EQUATION = Theorem(
    modified_equation,
    source=SOURCE,
    label="modified-equation",
    status="true",
    proof=f"{PROOF}#modified-equation",
    mutants=(
        Mutant("0.33 in place of 1/3", {"third": Fraction(33, 100)}, killed_at=SLOW),
        Mutant(
            "steps up to 4/L",
            {"two": Fraction(4)},
            killed_at={"f": square(1), "h": Fraction(4), "x0": vec(1), "k": 8},
        ),
    ),
)


def small_step_follows_flow(
    f: Convex, h: UpToOne, x0: Start, k: Steps, *, one: Fraction = ONE, until: Fraction = ONE
) -> Claim:
    r"""With $hL \le 1$ gradient descent on a convex quadratic stays close to gradient flow at all times:
    $|x_k - x(kh)| \le \frac{hL}e\,|x_0 - p|$.
    """
    bound = one * h * f.L * exp(-until)
    return le(squared_distances(f, h, x0, k, 0), bound**2 * sq(f.from_rest(x0)))


AT_ONE = {"f": square(1), "h": ONE, "x0": vec(1), "k": 1}

SMALL_STEP_FOLLOWS_FLOW = Theorem(
    small_step_follows_flow,
    source=SOURCE,
    label="small-step-follows-flow",
    status="true",
    proof=f"{PROOF}#small-step-follows-flow",
    attained=(AT_ONE,),
    mutants=(
        Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=AT_ONE),
        Mutant(
            "steps up to 1.01/L",
            {"until": Fraction(101, 100)},
            killed_at={"f": square(1), "h": Fraction(101, 100), "x0": vec(1), "k": 1},
        ),
    ),
)


def descent_is_ahead_on_the_line(f: OnLine, h: UpToOne, x0: Anywhere, k: Steps, *, until: Fraction = ONE) -> Claim:
    r"""For a convex $f$ on the line with a minimizer $p$ and $hL \le 1$ gradient descent stays close to gradient flow at all times, and ahead of it on the same side of $p$:
    $|x_k - x(kh)| \le \Big(\frac{hL}{1 - e^{-hL}} - 1\Big)|x_0 - p|$, and $x_k$ lies between $p$ and $x(kh)$.
    """
    *_, (x,) = orbit(f, h, x0, k)
    (y,), (p,) = flow_on_the_line(f, x0, k * h), minimizer(f)
    z = h * f.L
    close = le((1 - exp(-z)) * abs(x - y), (z - 1 + exp(-z)) * abs(x0[0] - p), unit=z**2 * abs(x0[0] - p))
    return both(same_side=le(0, (x - p) * (y - p)), ahead=le(abs(x - p), abs(y - p)), close=close)


DESCENT_IS_AHEAD_ON_THE_LINE = Theorem(
    descent_is_ahead_on_the_line,
    source=SOURCE,
    label="small-step-follows-flow",
    reading="on-the-line",
    status="true",
    proof=f"{PROOF}#small-step-follows-flow",
    mutants=(
        Mutant(
            "steps up to 1.01/L",
            {"until": Fraction(101, 100)},
            killed_at={"f": PARABOLA, "h": Fraction(101, 100), "x0": vec(1), "k": 1},
        ),
    ),
)


def flow_is_followed_for_a_while(f: AtRest, h: AnyStep, x0: Start, k: Steps, *, half: Fraction = HALF) -> Claim:
    r"""Over a fixed time $t = kh$ gradient descent on a quadratic with a rest point $p$, convex or not, stays close to gradient flow with any step: $|x_k - x(t)| \le \frac12\,t\,h\,L^2e^{Lt}\,|x_0 - p|$."""
    bound = half * k * (h * f.L) ** 2 * exp(k * h * f.L)
    return le(squared_distances(f, h, x0, k, 0), bound**2 * sq(f.from_rest(x0)), unit=bound**2 * sq(f.from_rest(x0)))


SLOWER = {"f": square(1), "h": Fraction(1, 1000), "x0": vec(1), "k": 1}

FLOW_IS_FOLLOWED_FOR_A_WHILE = Theorem(
    flow_is_followed_for_a_while,
    source=SOURCE,
    label="small-step-follows-flow",
    reading="fixed-time",
    status="true",
    proof=f"{PROOF}#small-step-follows-flow",
    mutants=(Mutant("0.495 in place of 1/2", {"half": Fraction(99, 200)}, killed_at=SLOWER),),
)


def small_step_follows_flow_at_all_times(f: AtRest, h: BelowOne, x0: Start, k: Steps) -> Claim:
    r"""With $h < \frac1L$ it does at all times on every quadratic with a rest point $p$, convex or not: $|x_k - x(kh)| \le |x_0 - p|$ for all $k$."""
    return le(squared_distances(f, h, x0, k, 0), sq(f.from_rest(x0)))


SMALL_STEP_FOLLOWS_FLOW_AT_ALL_TIMES = Theorem(
    small_step_follows_flow_at_all_times,
    source=SOURCE,
    label="small-step-follows-flow",
    reading="all-times",
    status="false",
    refuted_at={"f": square(-1), "h": HALF, "x0": vec(1), "k": 10},
)


Field = Annotated[Polynomial, polynomials()]


def modified_equation_is_a_flow(f: Field, h: AnyStep) -> Claim:
    r"""The equation $\dot x = v(x) - \frac h2v'(x)v(x)$, $v = -\nabla f$, whose solution agrees with one step of gradient descent up to
    $O(h^3)$ (see the proof), is the gradient flow of $f_1 = f + \frac h4|\nabla f|^2$; every coefficient is compared, for polynomials of two variables.
    """
    slopes = [f.derivative(0), f.derivative(1)]
    square_of_slope = slopes[0] * slopes[0] + slopes[1] * slopes[1]
    f1 = f + square_of_slope.times(h / 4)
    claims = {}
    for axis, name in enumerate("xy"):
        turned = slopes[axis].derivative(0) * slopes[0] + slopes[axis].derivative(1) * slopes[1]
        field = slopes[axis].times(-1) + turned.times(-h / 2)
        rest = field + f1.derivative(axis)
        claims[name] = eq(Vec(rest.coefficients()), 0 * Vec(rest.coefficients()))
    return both(**claims)


MODIFIED_EQUATION_IS_A_FLOW = Theorem(
    modified_equation_is_a_flow,
    source=SOURCE,
    label="modified-equation-is-a-flow",
    status="true",
    proof=f"{PROOF}#modified-equation-is-a-flow",
)


def modified_beats_flow(f: Convex, h: UpToOne, x0: Start, k: Steps, *, until: Fraction = ONE) -> Claim:
    r"""The modified equation approximates gradient descent for larger steps than gradient flow does: for convex quadratics and
    $hL \le 1$ it is at least as close, $|x_k - \tilde x(kh)| \le |x_k - x(kh)|$.
    """
    return le(squared_distances(f, h, x0, k, 1), squared_distances(f, h, x0, k, 0))


MODIFIED_BEATS_FLOW = Theorem(
    modified_beats_flow,
    source=SOURCE,
    label="modified-beats-flow",
    status="true",
    proof=f"{PROOF}#modified-beats-flow",
    mutants=(
        Mutant(
            "steps up to 1.28/L",
            {"until": Fraction(32, 25)},
            killed_at={"f": square(1), "h": Fraction(32, 25), "x0": vec(1), "k": 2},
        ),
    ),
)


def modified_beats_flow_up_to_two(f: Convex, h: UpToTwo, x0: Start, k: Steps, *, two: Fraction = TWO) -> Claim:
    r"""For convex quadratics and $hL \le 2$, beyond what the source says, the modified equation is at least as close as gradient
    flow: $|x_k - \tilde x(kh)| \le |x_k - x(kh)|$.
    """
    return le(squared_distances(f, h, x0, k, 1), squared_distances(f, h, x0, k, 0))


MODIFIED_BEATS_FLOW_UP_TO_TWO = Theorem(
    modified_beats_flow_up_to_two,
    source=SOURCE,
    label="modified-beats-flow",
    reading="up-to-two-over-l",
    status="false",
    refuted_at={"f": square(1), "h": Fraction(3, 2), "x0": vec(1), "k": 2},
)

Beyond = Annotated[Fraction, lambda f: steps_beyond(f.L)]


def modified_equation_loses(f: Parabola, h: Beyond, x0: Nonzero, k: Steps) -> Claim:
    r"""For too large a step ($h > \frac2L$, $f = \frac L2x^2$) the modified equation loses all power: $|x_k - \tilde x(kh)| \ge \big((hL - 1)^k - 1\big)|x_0|$,
    which grows without bound, since $\tilde x(t) \to 0$.
    """
    grown = (h * f.L - 1) ** k - 1
    return le(grown**2 * x0**2, squared_distances(f, h, Vec((x0,)), k, 1))


MODIFIED_EQUATION_LOSES = Theorem(
    modified_equation_loses,
    source=SOURCE,
    label="modified-beats-flow",
    reading="loses",
    status="true",
    proof=f"{PROOF}#modified-beats-flow",
    mutants=(
        Mutant(
            "steps from 1.9/L on",
            domains={"h": lambda f: step_sizes(f.L, below=2, above=Fraction(19, 10))},
            killed_at={"f": square(1), "h": Fraction(39, 20), "x0": ONE, "k": 24},
        ),
    ),
)
