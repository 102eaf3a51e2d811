r"""After N steps: exact rates of gradient descent and of the fast gradient method, step size 1/L."""

from fractions import Fraction
from typing import Annotated

from objectives import (
    Objective,
    PiecewiseQuadratic,
    convex_with_minimum,
    curvature_data,
    fast_gradient,
    orbit,
    smooth_with_minimum,
    starts,
)
from refute import (
    Claim,
    Mutant,
    Theorem,
    Vec,
    known,
    le,
    lt,
    maximum,
    one_of,
    sq,
    such_that,
    vec,
)

ONE = Fraction(1)
SOURCE = "needles"

AtMinimizer = such_that(
    convex_with_minimum(),
    "not constant, a minimizer is known exactly",
    lambda f: known(f.L > 0 and getattr(f.minimum, "at", None) is not None, "no minimizer is known exactly"),
)
NotAffine = such_that(smooth_with_minimum(), "not constant", lambda f: lt(0, f.L))
Values = Annotated[Objective, one_of("convex functions", AtMinimizer, AtMinimizer, curvature_data(0, steps=5))]
Fast = Annotated[Objective, AtMinimizer]
Dips = Annotated[Objective, NotAffine]
Point = Annotated[Vec, lambda f: starts(f)]


def values(f: Values, x: Point, *, c: Fraction = ONE, N: int = 5) -> Claim:
    r"""$f(x_N) - \min f \le \frac{L |x_0 - x_*|^2}{4 N + 2}$ for convex $f$, $h = 1/L$."""
    *_, last = orbit(f, 1 / f.L, x, N)
    bound = f.L * sq(x - f.minimum.at) / (4 * N + 2)
    return le(f(last) - f.minimum.value, c * bound, unit=bound)


def huber(knot: Fraction) -> PiecewiseQuadratic:
    """Huber's function: x^2/2 between -knot and knot, straight beyond."""
    return PiecewiseQuadratic((-knot, knot), (Fraction(0), ONE, Fraction(0)), -knot, knot**2 / 2)


VALUES = Theorem(
    values,
    source=SOURCE,
    label="values",
    status="true",
    proof="Drori and Teboulle 2014, Theorem 3.1",
    mutants=(
        Mutant("less 10 %", {"c": Fraction("0.9")}, killed_at={"f": huber(ONE), "x": vec(11)}),
        Mutant("less 1 %", {"c": Fraction("0.99")}, killed_at={"f": huber(ONE), "x": vec(11)}),
    ),
)


def gradients(f: Values, x: Point, *, c: Fraction = ONE, N: int = 5) -> Claim:
    r"""$|\nabla f(x_N)|^2 \le \frac{L^2 |x_0 - x_*|^2}{(N + 1)^2}$ for convex $f$, $h = 1/L$."""
    *_, last = orbit(f, 1 / f.L, x, N)
    bound = (f.L / (N + 1)) ** 2 * sq(x - f.minimum.at)
    return le(sq(f.grad(last)), c * bound, unit=bound)


GRADIENTS = Theorem(
    gradients,
    source=SOURCE,
    label="gradients",
    proof="no proof at hand: performance estimation gives 1/36 to 7 digits (pepit_needles.py), which Huber's function attains",
    mutants=(Mutant("less 1 %", {"c": Fraction("0.99")}, killed_at={"f": huber(ONE), "x": vec(6)}),),
)


def fast_values(f: Fast, x: Point, *, c: Fraction = ONE, N: int = 5) -> Claim:
    r"""$f(y_N) - \min f \le L |x_0 - x_*|^2/28$ after $N = 5$ steps of the fast gradient method with
    momentum $k/(k+3)$.
    """
    last = fast_gradient(f, 1 / f.L, x, N)
    bound = f.L * sq(x - f.minimum.at) / 28
    return le(f(last) - f.minimum.value, c * bound, unit=bound)


FAST_VALUES = Theorem(
    fast_values,
    source=SOURCE,
    label="fast-gradient-method",
    proof="no proof at hand: performance estimation gives 1/28 to 7 digits (pepit_needles.py), which Huber's function attains",
    mutants=(Mutant("less 1 %", {"c": Fraction("0.99")}, killed_at={"f": huber(ONE), "x": vec(14)}),),
)


def smallest_gradient(f: Dips, x: Point, *, c: Fraction = ONE, N: int = 3) -> Claim:
    r"""$\min_{k \le N} |\nabla f(x_k)|^2 \le \frac{4 L (f(x_0) - \min f)}{3 N + 2}$ for $L$-smooth $f$, $h = 1/L$."""
    squares = [sq(f.grad(y)) for y in orbit(f, 1 / f.L, x, N)]
    least = squares[0]
    for s in squares[1:]:
        least = -maximum(-least, -s)
    bound = 4 * f.L * (f(x) - f.minimum.value) / (3 * N + 2)
    return le(least, c * bound, unit=bound)


# Slope 1 at 0, -1, -2, -3 and 1/2 between them; then down to the minimizer -4.
DIPS = PiecewiseQuadratic(
    tuple(Fraction(k, 2) for k in range(-6, 1)), (ONE, -ONE, ONE, -ONE, ONE, -ONE, ONE, ONE), ONE, Fraction(0)
)

SMALLEST_GRADIENT = Theorem(
    smallest_gradient,
    source=SOURCE,
    label="smallest-gradient",
    status="true",
    proof="Abbaszadehpeivasti, de Klerk and Zamani 2021, Theorem 2",
    mutants=(Mutant("less 1 %", {"c": Fraction("0.99")}, killed_at={"f": DIPS, "x": vec(0)}),),
)
