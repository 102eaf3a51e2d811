r"""Linear networks: nguegnang-2021 as summarised in the source.

For one output and one whitened input, $f = \frac12(a - \langle x, y\rangle)^2$: "almost every start" leaves out the line through the saddle $0$ ($x + y = 0$ for $a > 0$) and the starts that land on it. For matrices,
$\frac12|A - XY^\top|^2$ with square $A$ and $d \ge n$ columns, from starts of small loss. More layers: chains.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, orbit, step_sizes
from objectives.factorization import (
    Chain,
    CriticalPoint,
    MatrixFactorization,
    ScalarFactorization,
    any_steps,
    chains,
    inside_ellipsoid,
    matrix_factorizations,
    minimizers,
    misses_minimizers,
    scalar_factorizations,
    starts_by_ellipse,
    steps_to_critical,
    toy,
)
from refute import (
    Claim,
    Domain,
    Draw,
    Given,
    Matrix,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    both,
    choose,
    converges,
    eq,
    integers,
    known,
    le,
    lt,
    points,
    sq,
    total,
    vec,
)

SOURCE, PROOF = "nguegnang-2021", "docs/factorization.md#inside"

Network = Annotated[ScalarFactorization, scalar_factorizations()]
Step = Annotated[Fraction, lambda f: steps_to_critical(f)]
Start = Annotated[Vec, starts_by_ellipse]
NEVER = Given("no iterate is a minimizer or on the saddle's line", misses_minimizers)


SMALL = Given("the step is small for this start", inside_ellipsoid)


def converges_from_almost_every_start(f: Network, h: Step, z: Start) -> Claim:
    r"""For a step size with $h|a| < 1$, the same for all starts, gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges to a global minimum from almost every start."""
    return converges(GD(f, h), z)


def converges_with_a_step_for_each_start(f: Network, h: Step, z: Start) -> Claim:
    r"""For almost every start $z$ and every step size with $h|a| < 1$ and $h|z|^2 + h^2a(a - \langle x, y\rangle) < 4$ gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges to a
    global minimum.
    """
    return converges(GD(f, h), z)


FAR = {"f": toy(), "h": Fraction(1, 3), "z": vec(5, Fraction(1, 5) + Fraction(1, 7))}

CONVERGES_FROM_ALMOST_EVERY_START = Theorem(
    converges_from_almost_every_start,
    source=SOURCE,
    label="linear-networks-converge",
    status="false",
    as_cited="the paper of that name, as remembered; the text at hand speaks of critical points, and of a global minimum for three layers and more",
    given=(NEVER,),
    refuted_at=FAR,
    undecided=Fraction(1, 100),
)

CONVERGES_WITH_A_STEP_FOR_EACH_START = Theorem(
    converges_with_a_step_for_each_start,
    source=SOURCE,
    label="linear-networks-converge",
    reading="amended",
    amends="nguegnang-2021/linear-networks-converge",
    status="true",
    proof=PROOF,
    given=(NEVER, SMALL),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant("whatever the start", drops=(SMALL.says,), killed_at=FAR),
        Mutant(
            "steps beyond 1/|a|, too",
            domains={"h": any_steps},
            killed_at={"f": toy(), "h": Fraction(11, 10), "z": vec(1, Fraction(1, 2))},
        ),
    ),
)


Square = Annotated[MatrixFactorization, matrix_factorizations(square=True, attained=True)]
Minimizer = Annotated[CriticalPoint, minimizers]
Steps = Annotated[int, integers(1, 2)]


def around(f: MatrixFactorization, p: CriticalPoint) -> Domain:
    """R^(2 n d), drawn closer than 2^-12 to the minimizer p."""
    anywhere = points(f.dim)

    def draw(d: Draw) -> Vec:
        i, j = choose(d, f.dim, 8)
        return p.at(f) + Vec(tuple(Fraction(int(k == i), 2 ** (2 * j + 12)) for k in range(f.dim)))

    return Domain(anywhere.name, draw, anywhere.member, (Vec,), dim=anywhere.dim)


def size(R: Matrix) -> Scalar:
    """|R|^2."""
    return total(e * e for row in R for e in row)


def bounds_of_residual(f: MatrixFactorization, z: Vec) -> Domain:
    """The r >= |A - X Y^T|, drawn little above it."""

    def draw(d: Draw) -> Fraction:
        r, rest = Fraction(1, 2**40), size(f.residual(z))
        while r**2 < rest:
            r = r * Fraction(17, 16)
        return r

    return Domain(
        "bounds of the residual", draw, lambda r: both(positive=lt(0, r), bound=le(size(f.residual(z)), r**2))
    )


def short_steps(z: Vec, r: Scalar) -> Domain:
    """0 < h (9/4 |z|^2 + 3 r) <= 1."""
    return step_sizes(Fraction(9, 4) * sq(z) + 3 * r, below=1, closed=True)


CloseStart = Annotated[Vec, around]
Bound = Annotated[Fraction, bounds_of_residual]
Short = Annotated[Fraction, short_steps]


def starts_close(f: MatrixFactorization, z: Vec, r: Fraction) -> Claim:
    """r < sigma_n and 27 r |z|^2 <= 8 (sigma_n - r)^2."""
    gap = f.values[-1] - r
    return both(regular=lt(0, gap), close=le(27 * r * sq(z), 8 * gap**2))


CLOSE = Given("the loss is small at the start", starts_close)


def matrices_converge(f: Square, p: Minimizer, z: CloseStart, r: Bound, h: Short, N: Steps) -> Claim:
    r"""From a start of small loss gradient descent on $\frac12|A - XY^\top|^2$ converges to a global minimum: with $r \ge |A - XY^\top|$, $c = \sigma_n - r > 0$, $B = \frac94|z|^2$, $27r|z|^2 \le 8c^2$ and $h(B + 3r) \le 1$,
    $|A - X_NY_N^\top|^2 \le r^2\big(1 - \frac{2hc^2}B\big)^{2N}$, and the points stay within $\frac12|z|$ of the start.
    """
    *_, last = orbit(f, h, z, N)
    B, gap = Fraction(9, 4) * sq(z), f.values[-1] - r
    rate = 1 - 2 * h * gap**2 / B
    return both(
        shrinks=le(size(f.residual(last)), r**2 * rate ** (2 * N)),
        stays=le(4 * sq(last - z), sq(z)),
    )


IDENTITY = MatrixFactorization(1, 1, 1, (Fraction(1),), (), ())

MATRICES_CONVERGE = Theorem(
    matrices_converge,
    source=SOURCE,
    label="linear-networks-converge",
    reading="matrices",
    status="true",
    proof="docs/factorization.md#starts-of-small-loss",
    given=(CLOSE,),
    mutants=(
        Mutant(
            "from any start",
            drops=(CLOSE.says,),
            domains={"z": lambda f: points(f.dim, within=2)},
            killed_at={
                "f": IDENTITY,
                "p": CriticalPoint((0,), ((Fraction(1),),), Fraction(0)),
                "z": vec(Fraction(1, 8), Fraction(-1, 8)),
                "r": Fraction(9, 8),
                "h": Fraction(1, 4),
                "N": 1,
            },
        ),
    ),
)

Deep = Annotated[Chain, chains()]


def rest_points_of_chains(f: Chain) -> Domain:
    """The w of three entries or more with grad f(w) = 0: minimizers, or two entries are 0."""

    def draw(d: Draw) -> Vec:
        kind, k, *entries = choose(d, 2, 3, *(7,) * 5)
        w = [Fraction(e + 1, 2) for e in entries[: k + 3]]
        if kind:
            return Vec((Fraction(0), Fraction(0), *w[2:]))
        product = Fraction(1)
        for e in w[1:]:
            product *= e
        return Vec((f.a / product, *w[1:]))

    def member(w: Vec) -> Claim:
        return both(size=known(len(w) >= 3, "three entries or more"), rest=eq(f.grad(w), 0 * w))

    return Domain("rest points", draw, member, (Vec,))


RestPoint = Annotated[Vec, rest_points_of_chains]


def deep_limits(f: Deep, w: RestPoint) -> Claim:
    r"""Three and more layers: where gradient descent converges it converges to a rest point, and a rest point of a chain minimizes $\frac12(a - w_1 \cdots w_k)^2$ among the products of its rank: it is $a$ (rank one) or $0$ (rank
    zero).
    """
    rho = f.residual(w)
    return eq(rho * (f.a - rho), 0)


DEEP_LIMITS = Theorem(
    deep_limits,
    source=SOURCE,
    label="linear-networks-converge",
    reading="chains",
    status="true",
    proof="docs/factorization.md#starts-of-small-loss",
)
