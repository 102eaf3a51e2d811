r"""The landscape of $f(X, Y) = \frac12|A - XY^\top|^2$: homogeneity, and that every local minimizer is global.

$X$ has $d$ columns; $A$ is any real matrix. By Eckart and Young the least value is half the sum of the squares of all singular values
but the $d$ largest.
"""

from fractions import Fraction
from typing import Annotated

from objectives.factorization import (
    ActivatedFactorization,
    CriticalPoint,
    MatrixFactorization,
    activated_factorizations,
    critical_points,
    matrix_factorizations,
    minimizers,
)
from refute import (
    Claim,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    between,
    both,
    eq,
    le,
    lt,
    ne,
    nonzero,
    points,
    positive,
    sq,
    vec,
)

ONE = Fraction(1)
SOURCE, PROOF = "tao-wang-2022", "docs/factorization.md"

Factorization = Annotated[MatrixFactorization, matrix_factorizations()]
Minimizer = Annotated[CriticalPoint, minimizers]
Nonzero = Annotated[Fraction, nonzero()]


def homogeneity(f: Factorization, p: Minimizer, c: Nonzero) -> Claim:
    r"""If $(X, Y)$ minimizes $f$, then $(cX, Y/c)$ does, for every $c \ne 0$."""
    return eq(f(f.scaled(p.at(f), c)), f.minimum.value)


HOMOGENEITY = Theorem(homogeneity, source=SOURCE, label="homogeneity", status="true", proof=f"{PROOF}#homogeneity")

Activated = Annotated[ActivatedFactorization, activated_factorizations()]
RELU = ActivatedFactorization(((ONE,),), ((ONE,),), Fraction(0))


def homogeneity_activations(f: Activated, c: Nonzero) -> Claim:
    r"""$\sigma$ the rectifier or a leaky one: if $(X, Y)$ minimizes $\frac12|A - X\sigma(Y^\top)|^2$, then $(cX, Y/c)$ does, for every
    $c \ne 0$; here for $A = X_0\sigma(Y_0^\top)$ and its minimizer $(X_0, Y_0)$.
    """
    return eq(f(f.scaled(f.minimizer, c)), 0)


HOMOGENEITY_ACTIVATIONS = Theorem(
    homogeneity_activations,
    source=SOURCE,
    label="homogeneity-activations",
    status="false",
    refuted_at={"f": RELU, "c": -ONE},
)

Point = Annotated[Vec, lambda f: points(f.dim, within=4)]
Positive = Annotated[Fraction, positive()]


def homogeneity_of_activations(f: Activated, z: Point, c: Positive) -> Claim:
    r"""For $c > 0$ the value at $(cX, Y/c)$ is that at $(X, Y)$, for every $X$ and $Y$: minimizers stay minimizers."""
    return eq(f(f.scaled(z, c)), f(z))


HOMOGENEITY_OF_ACTIVATIONS = Theorem(
    homogeneity_of_activations,
    source=SOURCE,
    label="homogeneity-activations",
    reading="amended",
    amends="tao-wang-2022/homogeneity-activations",
    status="true",
    proof=f"{PROOF}#homogeneity",
    mutants=(Mutant("c < 0, too", domains={"c": nonzero()}, killed_at={"f": RELU, "z": vec(1, 1), "c": -ONE}),),
)

Part = Annotated[Fraction, between(0, 1)]


def minimizers_not_isolated(f: Factorization, p: Minimizer, epsilon: Positive, t: Part, s: Part) -> Claim:
    r"""In every ball around a minimizer there is a curve of minimizers, one for each $0 \le t \le 1$, which are different from each
    other: $(cX, Y/c)$ with $c = 1 + t\frac{\epsilon}{\epsilon + \mu}$, $\mu = |X|^2 + |Y|^2 + 1$, or, where $X = Y = 0$, $(t\epsilon E_{11}, 0)$.
    """
    z = p.at(f)
    moved, other = along(f, z, epsilon, t), along(f, z, epsilon, s)
    return both(
        minimizer=eq(f(moved), f.minimum.value),
        near=le(sq(moved - z), epsilon**2),
        different=eq(t, s) if t == s else ne(sq(moved - other), 0),
    )


def along(f: MatrixFactorization, z: Vec, epsilon: Scalar, t: Scalar) -> Vec:
    """The point of the curve through the minimizer z."""
    if sq(z) == 0:
        return Vec((t * epsilon, *(0 * e for e in z.entries[1:])))
    return f.scaled(z, 1 + t * epsilon / (epsilon + sq(z) + 1))


MINIMIZERS_NOT_ISOLATED = Theorem(
    minimizers_not_isolated,
    source=SOURCE,
    label="minimizers-not-isolated",
    status="true",
    proof=f"{PROOF}#homogeneity",
)

Critical = Annotated[CriticalPoint, critical_points]


def local_is_global(f: Factorization, p: Critical) -> Claim:
    r"""Every local minimizer is global: at a point with $\nabla f = 0$ (in a normal form that holds all of them for a square $A$ with different singular values other than 0) that is no global minimizer, the second
    derivative along a direction, given in closed form, is negative.
    """
    z = p.at(f)
    direction = p.downhill(f)
    if direction is None:
        return eq(f(z), f.minimum.value)
    return both(above=lt(f.minimum.value, f(z)), downwards=lt(f.curvature(z, direction), 0))


LOCAL_IS_GLOBAL = Theorem(
    local_is_global, source=SOURCE, label="local-is-global", status="true", proof=f"{PROOF}#critical-points"
)
