r"""Methods whose worst case is the best that any first-order method has, or close to it: for the distance, for the gradient, and with constant coefficients."""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, PiecewiseQuadratic, Quadratic, convex, square, starts, strongly_convex
from refute import Claim, Mutant, Scalar, Theorem, Vec, integers, le, sq, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
PROOF = "docs/methods.md#optimal-methods"

Convex = Annotated[Objective, convex(minimizer="known")]
UpTo4 = Annotated[Objective, strongly_convex(mu=1, L=4)]
UpTo6 = Annotated[Objective, strongly_convex(mu=1, L=6)]
Point = Annotated[Vec, lambda f: starts(f)]
Few = Annotated[int, integers(1, 3)]


def gradient_norm(f: Convex, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""One step of the optimized gradient method for the gradient, $x_1 = x_0 - \frac3{2L}\nabla f(x_0)$, has $|\nabla f(x_1)|^2 \le \frac L2(f(x_0) - f_*)$ for convex $L$-smooth $f$."""
    y = x - Fraction(3, 2) / f.L * f.grad(x)
    return le(2 * sq(f.grad(y)), one * f.L * (f(x) - f.minimum.value))


PARABOLA = {"f": Quadratic((), (Fraction(1),), (Fraction(0),), vec(0), Fraction(0)), "x": vec(1)}

GRADIENT_NORM = Theorem(
    gradient_norm,
    source="kim-fessler-2021",
    label="optimized-gradient-for-gradient",
    reading="one-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=PARABOLA),),
)

# q = mu/L = 1/6; A_0 = 0, A_{k+1} = ((1 + q) A_k + 2 (1 + r_k))/(1 - q)^2 with r_k^2 = (1 + A_k)(1 + q A_k), which are rational for two steps.
Q = Fraction(1, 6)
ROOTS = (ONE, Fraction(91, 25))


def exact_method(f: UpTo6, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""Two steps of the information-theoretic exact method on $1 \le f'' \le 6$ have $|z_2 - x_*|^2 \le \frac{|z_0 - x_*|^2}{1 + qA_2}$, $q = \frac\mu L = \frac16$, $A_2 = \frac{576}{25}$. (That no method does better in as many steps is in the source, and not checked here.)"""
    A, y, z = Fraction(0), x, x
    for root in ROOTS:
        B = ((1 + Q) * A + 2 * (1 + root)) / (1 - Q) ** 2
        beta = A / (1 - Q) / B
        delta = ((1 - Q) ** 2 * B - (1 + Q) * A) / (2 * (1 + Q + Q * A))
        ahead = (1 - beta) * z + beta * y
        g = f.grad(ahead)
        y, z, A = ahead - g / 6, (1 - Q * delta) * z + Q * delta * ahead - delta / 6 * g, B
    return le((1 + Q * A) * sq(z - f.minimum.at), one * sq(x - f.minimum.at))


FLAT_PARABOLA = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(1)), Fraction(0), Fraction(0)),
    "x": vec(1),
}

EXACT_METHOD = Theorem(
    exact_method,
    source="taylor-drori-2023",
    label="information-theoretic-exact-method",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=FLAT_PARABOLA),),
)


def triple_momentum(f: UpTo4, x: Point, N: Few, *, one: Fraction = ONE) -> Claim:
    r"""The triple momentum method on $1 \le f'' \le 4$, $\rho = 1 - \sqrt{\frac\mu L} = \frac12$, has $f(x_N) - f_* \le \rho^{2N}\frac{L^2}{2\mu}|x_0 - x_*|^2$ for $N \le 3$."""
    before, at, ahead, out = x, x, x, x
    for _ in range(N):
        after = Fraction(7, 6) * at - before / 6 - Fraction(3, 8) * f.grad(ahead)
        ahead, out = Fraction(10, 9) * after - at / 9, Fraction(4, 3) * after - at / 3
        before, at = at, after
    return le(4**N * (f(out) - f.minimum.value), one * 8 * sq(x - f.minimum.at))


# f = 2 x^2: the first step leads from 1 to -1.
STEEPEST = {"f": square(4), "x": vec(1), "N": 1}

TRIPLE_MOMENTUM = Theorem(
    triple_momentum,
    source="vanscoy-2018",
    label="triple-momentum",
    reading="three-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=STEEPEST),),
)

# kappa = 4 and lambda = 1/2: rho = 5/8.
RHO, ALPHA, BETA, GAMMA = Fraction(5, 8), Fraction(117, 512), Fraction(125, 384), Fraction(125, 351)


def lyapunov(f: Objective, before: Vec, at: Vec) -> Scalar:
    """l |z - x_*|^2 + q, of two iterates that follow each other and the point where the gradient is taken next."""
    low = f.minimum
    y = at + GAMMA * (at - before)
    g, after = f.grad(y), at + BETA * (at - before) - ALPHA * f.grad(y)
    z = (after - RHO**2 * at) / (1 - RHO**2)
    q: Scalar = 3 * (f(y) - low.value - HALF * sq(y - low.at)) - HALF * sq(g - (y - low.at))
    size = (3 - 4 * RHO**2) / (2 * RHO * (1 - RHO))
    return size * sq(z - low.at) + q


def robust_momentum(f: UpTo4, w: Point, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""The robust momentum method on $1 \le f'' \le 4$ with $\rho = \frac58$: its Lyapunov function shrinks by $\rho^2$ in each step."""
    y = x + GAMMA * (x - w)
    after = x + BETA * (x - w) - ALPHA * f.grad(y)
    return le(lyapunov(f, x, after), one * RHO**2 * lyapunov(f, w, x))


# f = x^2/2, at 0 and then at 1.
STILL_AT_FIRST = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(1)), Fraction(0), Fraction(0)),
    "w": vec(0),
    "x": vec(1),
}

ROBUST_MOMENTUM = Theorem(
    robust_momentum,
    source="cyrus-2018",
    label="robust-momentum",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("0.97 in place of 1", {"one": Fraction(97, 100)}, killed_at=STILL_AT_FIRST),),
)
