r"""The critical step size of gradient descent on linear networks with the squared loss.

For $f = \frac12(a - \langle x, y\rangle)^2$ the least sharpness of a minimizer is $2|a|$, and the critical step size $\frac2{2|a|} = \frac1{|a|}$. Depth changes it: for a chain
$\frac12(a - w_1 \cdots w_k)^2$ the least sharpness is $k|a|^{2 - 2/k}$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, gradient_step, orbit
from objectives.factorization import (
    Chain,
    Layers,
    MatrixFactorization,
    ScalarFactorization,
    any_steps,
    chain_minimizers,
    chains,
    deep_minimizers,
    inside_ellipsoid,
    matrix_factorizations,
    misses_minimizers,
    no_minimizer,
    off_critical_step,
    scalar_factorizations,
    scalar_minimizers,
    sharp_direction,
    starts_by_ellipse,
    steps_to_critical,
    toy,
)
from refute import (
    Claim,
    Given,
    Mutant,
    Theorem,
    Vec,
    between,
    both,
    converges,
    does_not_converge,
    does_not_settle,
    eq,
    le,
    lt,
    ne,
    positive,
    settles,
    sq,
    vec,
)

ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
SOURCE, PROOF = "craciun-ghoshdastidar-2024", "docs/factorization.md"
TOY = toy()

Factorization = Annotated[ScalarFactorization, scalar_factorizations(nonzero=True)]
BeyondCritical = Annotated[Fraction, lambda f: steps_to_critical(f, beyond=True)]
BelowCritical = Annotated[Fraction, lambda f: steps_to_critical(f)]
AnyStep = Annotated[Fraction, any_steps]
Start = Annotated[Vec, starts_by_ellipse]
Minimizer = Annotated[Vec, scalar_minimizers]
Share = Annotated[Fraction, between(0, 1, open=True)]


MOVES = Given("the start is no minimizer", no_minimizer)
NEVER = Given("no iterate is a minimizer or on the saddle's line", misses_minimizers)
INSIDE = Given("inside the ellipsoid", inside_ellipsoid)
AT_REST = {"f": TOY, "h": Fraction(11, 10), "z": vec(1, 1)}
# The first step ends at (1/2, 2).
LANDS = {"f": TOY, "h": Fraction(4), "z": vec(HALF, 0)}
OUTSIDE = {"f": TOY, "h": HALF, "z": vec(3, 0)}


def no_convergence(f: Factorization, h: BeyondCritical, z: Start) -> Claim:
    r"""Beyond the critical step size $\frac1{|a|}$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges from no start."""
    return does_not_converge(GD(f, h), z)


def no_convergence_in_motion(f: Factorization, h: BeyondCritical, z: Start) -> Claim:
    r"""Beyond the critical step size $\frac1{|a|}$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges from no start but the minimizers."""
    return no_convergence(f, h, z)


def no_convergence_for_almost_every_start(f: Factorization, h: BeyondCritical, z: Start) -> Claim:
    r"""Beyond the critical step size $\frac1{|a|}$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges from almost no start: from none of which no iterate is a minimizer or on the line
    through the saddle.
    """
    return no_convergence(f, h, z)


NO_CONVERGENCE = Theorem(
    no_convergence,
    source=SOURCE,
    label="no-convergence-any-start",
    status="false",
    refuted_at=LANDS,
    undecided=Fraction(1, 100),
)

NO_CONVERGENCE_IN_MOTION = Theorem(
    no_convergence_in_motion,
    source=SOURCE,
    label="no-convergence-any-start",
    reading="in-motion",
    status="false",
    given=(MOVES,),
    refuted_at=LANDS,
    undecided=Fraction(1, 100),
)

NO_CONVERGENCE_FOR_ALMOST_EVERY_START = Theorem(
    no_convergence_for_almost_every_start,
    source=SOURCE,
    label="no-convergence-any-start",
    reading="amended",
    amends="craciun-ghoshdastidar-2024/no-convergence-any-start",
    status="true",
    proof=f"{PROOF}#beyond-the-critical-step",
    given=(NEVER,),
    undecided=Fraction(1, 100),
    mutants=(Mutant("orbits that land on a minimizer, too", drops=(NEVER.says,), killed_at=AT_REST),),
)


def one_critical_step(f: Factorization, h: AnyStep, z: Start, t: Share) -> Claim:
    r"""On $\frac12(a - \langle x, y\rangle)^2$ every start $z$ has one critical step size, the smaller of $\frac1{|a|}$ and the least $h$ with $w = 0$, $w = 4 - h|z|^2 - h^2a(a - \langle x, y\rangle)$. Below it $|\nabla f(x_k)|$ tends to $0$, and with every smaller step, too; above it
    there is no limit or it is not $0$. (None of the iterates is a minimizer or on the line through the saddle: so it is for almost every $z$.)
    """
    # A step is -h grad f: one tends to 0 with the other.
    if h * abs(f.a) < 1 and f.inside(h, z) > 0:
        return both(limit=settles(GD(f, h), z), smaller=lt(0, f.inside(t * h, z)))
    return does_not_settle(GD(f, h), z)


OFF = Given("not at the critical step", off_critical_step)
OFF_ELLIPSOID = Given("w is not 0", lambda f, h, z: ne(f.inside(h, z), 0))

CRITICAL_STEP = Theorem(
    one_critical_step,
    source=SOURCE,
    label="critical-step",
    status="true",
    proof=f"{PROOF}#one-critical-step",
    given=(OFF, OFF_ELLIPSOID, NEVER),
    undecided=Fraction(1, 100),
    mutants=(Mutant("orbits that land on a minimizer, too", drops=(NEVER.says,), killed_at=AT_REST | {"t": HALF}),),
)


def one_critical_step_for_all_starts(f: Factorization, h: AnyStep, z: Start) -> Claim:
    r"""On $\frac12(a - \langle x, y\rangle)^2$ the critical step size is the same for every start: crossing $h = \frac1{|a|}$ the limit of $|\nabla f(x_k)|$ changes, from $0$ for smaller $h$ to none or one that is not $0$;
    from every start none of whose iterates is a minimizer or on the line through the saddle.
    """
    return settles(GD(f, h), z) if h * abs(f.a) < 1 else does_not_settle(GD(f, h), z)


CRITICAL_STEP_FOR_ALL_STARTS = Theorem(
    one_critical_step_for_all_starts,
    source=SOURCE,
    label="critical-step",
    reading="every-start",
    status="false",
    given=(OFF, NEVER),
    refuted_at=OUTSIDE,
    undecided=Fraction(1, 100),
)


def least_sharpness(f: Factorization, z: Minimizer, *, two: Fraction = TWO) -> Claim:
    r"""The sharpness of a minimizer is at least $2|a|$."""
    return le(two * abs(f.a), f.spectral_radius(z))


BALANCED = {"f": TOY, "z": vec(1, 1)}

LEAST_SHARPNESS = Theorem(
    least_sharpness,
    source=SOURCE,
    label="critical-step",
    reading="sharpness",
    status="true",
    proof=f"{PROOF}#beyond-the-critical-step",
    attained=(BALANCED,),
    mutants=(Mutant("2.02 in place of 2", {"two": Fraction(101, 50)}, killed_at=BALANCED),),
)

Side = Annotated[Fraction, positive()]


def gradient_on_the_cycle(t: Side, q: Side) -> Claim:
    r"""Beyond the critical step size there is a cycle (for $ha < \sqrt5 - 1$ an attracting one) on which the gradient has a constant norm, $|\nabla f|^2 = \frac{2(ha - 1)}{h^3}$: with $h = q^2$
    and $ha = t^2 + t^{-2} - 1$ it consists of $\frac tq(1, 1)$ and $\frac1{tq}(1, 1)$.
    """
    h = q**2
    f = ScalarFactorization((t**2 + 1 / t**2 - 1) / h, 1)
    z, after = Vec((t / q, t / q)), Vec((1 / (t * q), 1 / (t * q)))
    level = 2 * (h * f.a - 1) / h**3
    return both(
        there=eq(gradient_step(f, h, z), after),
        back=eq(gradient_step(f, h, after), z),
        norm=eq(sq(f.grad(z)), level),
        same=eq(sq(f.grad(after)), level),
    )


GRADIENT_ON_THE_CYCLE = Theorem(
    gradient_on_the_cycle,
    source=SOURCE,
    label="critical-step",
    reading="gradient-norm",
    status="true",
    proof=f"{PROOF}#on-the-diagonal",
)


Height = Annotated[Fraction, between(1, 2)]
CloseBy = Annotated[Fraction, lambda t: between(Fraction(4, 5) * t**2, Fraction(4, 3) * t**2)]


def at_the_critical_step(
    t: Height, a: CloseBy, *, three: Fraction = Fraction(3), five: Fraction = Fraction(5)
) -> Claim:
    r"""Exactly at the critical step size, $h = \frac1a$, gradient descent on $\frac12(a - xy)^2$ still converges from the diagonal $x = y = t$ close to the flattest minimizer, but only like $\frac1{\sqrt k}$: with $r_k = 1 - \frac{x_ky_k}a$ and
    $|r_0| \le \frac14$ every second residual is on the same side, and $(1 - 5r_k^2)|r_k| \le |r_{k+2}| \le (1 - 3r_k^2)|r_k|$.
    """
    f = ScalarFactorization(a, 1)
    before, _, after = (1 - z[0] * z[1] / a for z in orbit(f, 1 / a, Vec((t, t)), 2))
    square = before**2
    return both(
        side=le(0, before * after),
        at_most=le(after * before, (1 - three * square) * square, unit=square),
        at_least=le((1 - five * square) * square, after * before, unit=square),
    )


# r = 1/5: r_2 = 0.856 r.
FIFTH = {"t": ONE, "a": Fraction(5, 4)}

AT_THE_CRITICAL_STEP = Theorem(
    at_the_critical_step,
    source=SOURCE,
    label="critical-step",
    reading="at-it",
    status="true",
    proof=f"{PROOF}#at-the-critical-step",
    mutants=(
        Mutant("3.61 in place of 3", {"three": Fraction(361, 100)}, killed_at=FIFTH),
        Mutant("4 in place of 5", {"five": Fraction(4)}, killed_at={"t": ONE, "a": Fraction(4, 5)}),
    ),
)


def converges_below(f: Factorization, h: BelowCritical, z: Start) -> Claim:
    r"""Below the critical step size $\frac1{|a|}$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges from every start."""
    return converges(GD(f, h), z)


def converges_inside(f: Factorization, h: BelowCritical, z: Start) -> Claim:
    r"""Below the critical step size $\frac1{|a|}$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges from every start in the ellipsoid
    $h|z|^2 + h^2a(a - \langle x, y\rangle) < 4$.
    """
    return converges(GD(f, h), z)


CONVERGES_BELOW = Theorem(
    converges_below,
    source=SOURCE,
    label="converges-below",
    status="false",
    refuted_at=OUTSIDE,
    undecided=Fraction(1, 100),
)

CONVERGES_BELOW_INSIDE = Theorem(
    converges_inside,
    source=SOURCE,
    label="converges-below",
    reading="amended",
    amends="craciun-ghoshdastidar-2024/converges-below",
    status="true",
    proof=f"{PROOF}#inside",
    given=(INSIDE,),
    undecided=Fraction(1, 100),
    mutants=(Mutant("outside the ellipsoid, too", drops=(INSIDE.says,), killed_at=OUTSIDE),),
)

DeepChain = Annotated[Chain, chains()]
DeepMinimizer = Annotated[Vec, chain_minimizers]


def least_sharpness_of_chains(f: DeepChain, w: DeepMinimizer, *, one: Fraction = ONE) -> Claim:
    r"""For $\frac12(a - w_1 \cdots w_k)^2$ the sharpness $\lambda$ of a minimizer is at least $k|a|^{2 - 2/k}$: $\lambda^k \ge k^k|a|^{2k - 2}$. So with a step size
    above $\frac2k|a|^{2/k - 2}$ every minimizer repels.
    """
    k = len(w)
    sharpness = f.sharpness_at_minimum(w)
    return le(one * k**k * abs(f.a) ** (2 * k - 2), sharpness**k)


EQUAL = {"f": Chain(Fraction(8)), "w": vec(2, 2, 2)}

LEAST_SHARPNESS_OF_CHAINS = Theorem(
    least_sharpness_of_chains,
    source=SOURCE,
    label="critical-step",
    reading="deep",
    status="true",
    proof=f"{PROOF}#deep-chains",
    attained=(EQUAL,),
    mutants=(Mutant("1.01 times as much", {"one": Fraction(101, 100)}, killed_at=EQUAL),),
)

Square = Annotated[MatrixFactorization, matrix_factorizations(square=True, attained=True)]
DeepNetwork = Annotated[Layers, deep_minimizers]


def least_sharpness_of_deep_networks(f: Square, p: DeepNetwork, *, one: Fraction = ONE) -> Claim:
    r"""For $\frac12|A - W_k \cdots W_1|^2$ with square layers, a deep linear network on whitened data, the sharpness $\lambda$ of a minimizer where the value is $0$ is at least
    $k\sigma_1^{2 - 2/k}$, $\sigma_1$ the largest singular value of $A$: along a direction $E$ in closed form the second derivative is at least $\lambda|E|^2$ with $\lambda^k \ge k^k\sigma_1^{2k - 2}$.
    """
    layers = p.all(f.A)
    k = len(layers)
    curvature, length = sharp_direction(layers, Vec(f.u[0]), Vec(f.v[0]))
    return le(one * k**k * f.values[0] ** (2 * k - 2) * length**k, curvature**k)


UNIT = MatrixFactorization(2, 2, 2, (ONE, ONE), (Fraction(0),), (Fraction(0),))
EYE = Layers((((ONE, Fraction(0)), (Fraction(0), ONE)),))

LEAST_SHARPNESS_OF_DEEP_NETWORKS = Theorem(
    least_sharpness_of_deep_networks,
    source=SOURCE,
    label="critical-step",
    reading="deep-networks",
    status="true",
    proof=f"{PROOF}#deep-chains",
    attained=({"f": UNIT, "p": EYE},),
    mutants=(Mutant("1.01 times as much", {"one": Fraction(101, 100)}, killed_at={"f": UNIT, "p": EYE}),),
)
