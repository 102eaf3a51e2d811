r"""Escape from a sharp minimum: Lemma 2.1 of grachev-2023.

As printed, $f$ is differentiable with a Lipschitz gradient, $\mu_\dagger$-OPSC towards $x_\dagger$ over $M$ and
$\mu_*$-OPSC towards $x_*$ in a ball around $x_\dagger$ without $M$. No function is both on the two sides of the point at
which the segment from $x_\dagger$ to $x_*$ leaves $M$: the lemma is vacuous, and so is Theorem 2.2.

Mended, the gradient of $f$ jumps across the boundary of $M$, as it does for the minimum of a steep and a wide function:

* in $M$: $\langle\nabla f(x), x - x_\dagger\rangle \ge \mu_\dagger |x - x_\dagger|^2$ and $|\nabla f(x)| \le L_M |x - x_\dagger|$;
* elsewhere: $\langle\nabla f(x), x - x_*\rangle \ge \mu_* |x - x_*|^2$ and $|\nabla f(x)| \le L |x - x_*|$.

$T(x) = x - \gamma\nabla f(x)$, $D = |x_* - x_\dagger|$, $\rho$ is the largest distance of a point of $M$ from $x_\dagger$,
$r$ its diameter, $\kappa^2 = 1 - 2\gamma\mu_\dagger + \gamma^2 L_M^2$ and $q^2 = 1 - 2\gamma\mu_* + \gamma^2 L^2$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import PiecewiseQuadratic, Tabulated, gradient_step, restricted_secant, starts, steps_beyond
from objectives.wells import WellOnLine, Wells, leaving_steps, spring, starts_in_well, stay, wells
from refute import Claim, Mutant, Scalar, Theorem, Vec, both, every, le, lt, naturals, norm, positive, sq, vec

ONE, TWO = Fraction(1), Fraction(2)

# The three inequalities of the proof, for whatever satisfies the two of a class around one point.
Secant = Annotated[Tabulated, restricted_secant()]
Tabled = Annotated[Vec, lambda f: starts(f)]
LongStep = Annotated[Fraction, lambda f: steps_beyond(f.mu, above=1, closed=True)]
AnyStep = Annotated[Fraction, positive()]


def leads_away(f: Secant, x: Tabled, gamma: LongStep, *, c: Fraction = ONE) -> Claim:
    r"""$|T(x) - p| \ge (\gamma\mu - 1)|x - p|$ for $\gamma\mu \ge 1$ where $\langle\nabla f(x), x - p\rangle \ge \mu |x - p|^2$."""
    p = f.points[0]
    return le((gamma * f.mu - c) ** 2 * sq(x - p), sq(gradient_step(f, gamma, x) - p))


def lands_within(f: Secant, x: Tabled, gamma: AnyStep, *, c: Fraction = TWO) -> Claim:
    r"""$|T(x) - p|^2 \le (1 - 2\gamma\mu + \gamma^2 L^2) |x - p|^2$ where moreover $|\nabla f(x)| \le L|x - p|$."""
    p = f.points[0]
    return le(sq(gradient_step(f, gamma, x) - p), (1 - c * gamma * f.mu + gamma**2 * f.L**2) * sq(x - p))


# mu = 3/5, L = 1: one gradient along x - p, one where both inequalities are equations.
ALONG = Tabulated(
    (vec(0, 0), vec(1, 0)), (vec(0, 0), vec(Fraction(3, 5), 0)), (Fraction(0),) * 2, Fraction(3, 5), ONE, "secant"
)
TURNED = Tabulated(
    (vec(0, 0), vec(1, 0)),
    (vec(0, 0), vec(Fraction(3, 5), Fraction(4, 5))),
    (Fraction(0),) * 2,
    Fraction(3, 5),
    ONE,
    "secant",
)
FAR = {"f": ALONG, "x": vec(1, 0), "gamma": Fraction(5)}
AROUND = {"f": TURNED, "x": vec(1, 0), "gamma": Fraction(5)}

LEADS_AWAY = Theorem(
    leads_away,
    source="grachev-2023",
    label="lemma-2.1",
    reading="leads-away",
    status="true",
    proof="docs/escape.md#steps",
    attained=(FAR,),
    mutants=(Mutant("0.99 in place of 1", {"c": Fraction(99, 100)}, killed_at=FAR),),
)

LANDS_WITHIN = Theorem(
    lands_within,
    source="grachev-2023",
    label="lemma-2.1",
    reading="lands-within",
    status="true",
    proof="docs/escape.md#steps",
    attained=(AROUND,),
    mutants=(Mutant("2.02 in place of 2", {"c": Fraction(101, 50)}, killed_at=AROUND),),
)

OneStep = Annotated[Fraction, lambda f: leaving_steps(f, "any")]
PARABOLA = PiecewiseQuadratic((ONE,), (ONE, ONE), Fraction(0), Fraction(0))
Well = Annotated[Wells, wells(fans=True)]
KnownWell = Annotated[Wells, wells()]
FarStep = Annotated[Fraction, lambda f, two: leaving_steps(f, "far", above=two)]
InWell = Annotated[Vec, lambda f: starts_in_well(f)]
Steps = Annotated[int, naturals(1, drawn=24)]


def leaves(f: Wells, gamma: Scalar, x: Vec) -> Claim:
    """What the amended lemma says of the step from a point x of M."""
    y = gradient_step(f, gamma, x)
    before, after = sq(x - f.x_dagger), sq(y - f.x_dagger)
    away, by_factor = lt(before, after), le((gamma * f.mu_dagger - 1) ** 2 * before, after)
    if f.inside(y):
        return both(away=away, by_factor=by_factor)
    z = gradient_step(f, gamma, y)
    near = le(after, (spring(f, gamma) * f.rho) ** 2)
    closer = lt(norm(z - f.x_star), norm(f.x_star - f.x_dagger) - f.diameter)
    return both(away=away, by_factor=by_factor, lands_near=near, closer_to_x_star=closer)


def lemma_2_1_amended(f: Well, gamma: FarStep, x0: InWell, N: Steps, *, two: Fraction = TWO) -> Claim:
    r"""Let $\frac2{\mu_\dagger} < \gamma < \frac{2\mu_*}{L^2}$ and $D > \tau = \frac{r + q\kappa\rho}{1 - q}$. From every
    $x_0 \in M$ but $x_\dagger$ each step in $M$ leads away from $x_\dagger$ by a factor of at least $\gamma\mu_\dagger - 1 > 1$, so
    that the orbit leaves $M$; the first point outside is within $r_P = \kappa\rho$ of $x_\dagger$, and the next one is closer to
    $x_*$ than $D - r$. (As long as $x_0, \dots, x_{N-1}$ are in $M$.)
    """
    return every((leaves(f, gamma, x) for x in stay(f, gamma, x0, N)), each="k")


# (x - 1)^2/2 with a well around 0 that is 3 times as steep towards 1, and 25 times on the other side.
STEEP = WellOnLine(PARABOLA, Fraction(-1, 10), Fraction(0), Fraction(1, 50), Fraction(3))
LESS_STEEP = WellOnLine(PARABOLA, Fraction(-1, 10), Fraction(0), Fraction(1, 50), Fraction(39, 16))
LEAPING = {"f": STEEP, "gamma": Fraction(4, 5), "x0": vec(Fraction(1, 100)), "N": 1}

LEMMA_2_1_AMENDED = Theorem(
    lemma_2_1_amended,
    source="grachev-2023",
    label="lemma-2.1",
    reading="amended",
    amends="grachev-2023/lemma-2.1",
    status="true",
    proof="docs/escape.md#lemma-2-1",
    attained=(LEAPING,),
    mutants=(Mutant("steps from 1.9/mu_dagger", {"two": Fraction(19, 10)}, killed_at={**LEAPING, "f": LESS_STEEP}),),
)


def lemma_2_1_near(f: KnownWell, gamma: OneStep, x0: InWell, N: Steps) -> Claim:
    r"""However near $x_*$ is: let $\frac2{\mu_\dagger} < \gamma < \frac{2\mu_*}{L^2}$. From every $x_0 \in M$ but $x_\dagger$ each step in $M$ leads away from $x_\dagger$ by a factor of at least
    $\gamma\mu_\dagger - 1$, the first point outside is within $\kappa\rho$ of $x_\dagger$, and the next one is closer to $x_*$ than $D - r$. (As long as $x_0, \dots, x_{N-1}$ are in $M$.)
    """
    return every((leaves(f, gamma, x) for x in stay(f, gamma, x0, N)), each="k")


# With steps of 1/2 the orbit of 2/7 comes back to it from -3/7.
COMES_BACK = WellOnLine(PARABOLA, Fraction(-2, 5), Fraction(0), Fraction(3, 10), Fraction(5))

LEMMA_2_1_NEAR = Theorem(
    lemma_2_1_near,
    source="grachev-2023",
    label="lemma-2.1",
    reading="near",
    status="false",
    refuted_at={"f": COMES_BACK, "gamma": Fraction(1, 2), "x0": vec(Fraction(2, 7)), "N": 1},
)
