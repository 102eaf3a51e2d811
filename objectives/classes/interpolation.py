r"""Functions from data: points, gradients and values that a function of the class can have.

**Between mu and L** (Taylor, Hendrickx, Glineur 2017, Theorem 4; for mu = -L the smooth functions). A
function with mu I <= f'' <= L I in the sense of quadratic bounds takes the data (x_i, g_i, f_i) iff for all i, j

    f_i >= f_j + <g_j, x_i - x_j>
           + ( |g_i - g_j|^2/L + mu |x_i - x_j|^2 - 2 (mu/L) <g_j - g_i, x_j - x_i> ) / (2 (1 - mu/L)).

On the line the function is constructed (`on_the_line`), which proves the theorem there.

**Restricted secant inequality and error bound** (Guille-Escuret, Ibrahim, Goujaud, Mitliagkas 2022). A
differentiable f with minimizer x_* has <grad f(x), x - x_*> >= mu |x - x_*|^2 and |grad f(x)| <= L |x - x_*|
for all x, and takes given gradients at given points, iff these satisfy both inequalities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from objectives.functions.formula import Printed
from objectives.functions.linear import same_point
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.protocol import Minimum
from refute import (
    BadInput,
    CannotBatch,
    Claim,
    Domain,
    Matrix,
    Scalar,
    Vec,
    both,
    choose,
    constant,
    dot,
    eq,
    known,
    le,
    sq,
)

Kind = Literal["curvature", "secant"]


def excess(mu: Scalar, L: Scalar, a: tuple[Vec, Vec, Scalar], b: tuple[Vec, Vec, Scalar]) -> Scalar:
    """How much more f_a is than the least value that b = (x, g, f) allows, for mu < L."""
    (x, g, f), (y, k, v) = a, b
    if type(mu) is type(L) is Fraction and mu == L:
        raise BadInput(
            f"mu = L = {L}: of a class of single quadratics, whose condition is divided by L - mu; write the quadratic, or mu < L"
        )
    forced = (sq(g - k) / L + mu * sq(x - y) - 2 * mu / L * dot(k - g, y - x)) / (2 * (1 - mu / L))
    return f - v - dot(k, x - y) - forced


def extreme_values(
    xs: tuple[Vec, ...], gs: tuple[Vec, ...], mu: Fraction, L: Fraction
) -> Iterator[tuple[Fraction, ...]]:
    """The values that a function with these gradients can have, for each point r those that are largest and those that are least where
    f(x_r) = 0, the largest of r = 0 first; none where no function has the gradients.

    They obey f_i >= f_j + c_ij, so that the largest f_j is the least -c along a chain from r to j, and the least the largest c back.
    """
    n, zero = len(xs), Fraction(0)
    c = [[Fraction(-excess(mu, L, (xs[i], gs[i], zero), (xs[j], gs[j], zero))) for j in range(n)] for i in range(n)]
    far = [[-c[i][j] if i != j else zero for j in range(n)] for i in range(n)]
    for k in range(n):
        for i in range(n):
            for j in range(n):
                far[i][j] = min(far[i][j], far[i][k] + far[k][j])
    if any(far[i][i] < 0 for i in range(n)):
        return
    for r in range(n):
        yield tuple(far[r])
        yield tuple(-far[i][r] for i in range(n))


@dataclass(frozen=True)
class Tabulated(Printed):
    """A function of a class, known at finitely many points; f(x) and grad f(x) for other x raise BadInput.

    kind "curvature": mu <= f'' <= L in the sense above, mu < L. kind "secant": points[0] is the
    minimizer x_*, and there are no values: f(x) raises BadInput, since it is not known which values go with the gradients.
    """

    points: tuple[Vec, ...]
    gradients: tuple[Vec, ...]
    values: tuple[Fraction, ...]
    mu: Fraction
    L: Fraction
    kind: Kind

    def __post_init__(self) -> None:
        if not self.points or not len(self.points) == len(self.gradients) == len(self.values):
            raise BadInput("tabulated data need as many gradients and values as points, and one point at least")
        if len({len(v) for v in (*self.points, *self.gradients)}) != 1:
            raise BadInput("tabulated points and gradients must have one dimension")
        if len(set(self.points)) != len(self.points):
            raise BadInput("a tabulated point occurs twice")
        if not self.mu < self.L or self.L <= 0:
            raise BadInput("tabulated data need mu < L and L > 0")
        if self.kind not in ("curvature", "secant"):
            raise BadInput(f"the kind {self.kind!r} of tabulated data is neither 'curvature' nor 'secant'")

    @property
    def words(self) -> str:
        """What class the data are of, for people."""
        if self.kind == "secant":
            return f"a restricted secant inequality with mu = {self.mu}, an error bound with L = {self.L}, and"
        if self.mu == -self.L:
            return f"{self.L}-smooth with"
        low = "convex" if self.mu == 0 else f"{self.mu}-strongly convex" if self.mu > 0 else f"f'' >= {self.mu}"
        return f"{low} and {self.L}-smooth with"

    def table(self) -> Iterator[tuple[Vec, Fraction | None, Vec]]:
        """Each point with the value, where there are values, and the gradient there."""
        values = (None,) * len(self.points) if self.kind == "secant" else self.values
        return zip(self.points, values, self.gradients, strict=True)

    L_is_least = False
    mu_is_largest = False
    reach = None

    @property
    def starts(self) -> Domain:
        """The points of the table, drawn as points[0], from which a method was tabulated; of kind "secant" any point but x_*."""
        first = 1 if self.kind == "secant" and len(self.points) > 1 else 0
        last = len(self.points) - 1 if first else 0
        return Domain(
            "the tabulated starts",
            lambda d: self.points[choose(d, last - first + 1)[0] + first],
            lambda x: known(any(same_point(x, p) for p in self.points[first:]), "a tabulated start"),
            (Vec,),
            dim=self.dim,
        )

    @property
    def dim(self) -> int:
        """d."""
        return len(self.points[0])

    def member(self) -> Claim:
        """The conditions under which the class contains a function with these data."""
        rows = list(zip(self.points, self.gradients, self.values, strict=True))
        if self.kind == "secant":
            claims: dict[str, Claim] = {"grad f(x_*) = 0": eq(self.gradients[0], 0 * self.gradients[0])}
            for i, (x, g, _) in enumerate(rows[1:], 1):
                away = x - self.points[0]
                claims[f"restricted secant at {i}"] = le(self.mu * sq(away), dot(g, away))
                claims[f"error bound at {i}"] = le(sq(g), self.L**2 * sq(away))
            return both(**claims)
        return (
            both(
                **{
                    f"point {i} against {j}": le(0, excess(self.mu, self.L, a, b))
                    for i, a in enumerate(rows)
                    for j, b in enumerate(rows)
                    if i != j
                }
            )
            if len(rows) > 1
            else known(True, "one point")
        )

    def _row(self, x: Vec) -> int:
        if any(hasattr(c, "f") for c in x):
            raise CannotBatch("tabulated data are no function to evaluate in batches")
        for i, p in enumerate(self.points):
            if same_point(x, p):
                return i
        raise BadInput("tabulated data say nothing about this point")

    def __call__(self, x: Vec) -> Scalar:
        row = self._row(x)
        if self.kind == "secant":
            raise _no_values()
        return self.values[row]

    def grad(self, x: Vec) -> Vec:
        """The gradient at one of the points."""
        return self.gradients[self._row(x)]

    def hessian(self, box: Vec) -> Matrix | None:
        """Unknown."""
        return None

    @constant
    def minimum(self) -> Minimum | Minimizer | None:
        """At a point with gradient 0, for convex data; points[0] under a restricted secant inequality."""
        if self.kind == "secant":
            return Minimizer(self.points[0])
        at = next((i for i, g in enumerate(self.gradients) if not any(g)), None)
        return None if at is None or self.mu < 0 else Minimum(self.values[at], self.points[at])

    @property
    def has_minimum(self) -> bool | None:
        """Whether a minimum is known."""
        return True if self.minimum is not None else None

    @property
    def bounded_below(self) -> bool:
        """The interpolating functions of least minimum are bounded below."""
        return True


@dataclass(frozen=True)
class Minimizer:
    """A minimizer of a function whose values are not known; `value` raises BadInput."""

    at: Vec

    @property
    def value(self) -> Scalar:
        """Not known."""
        raise _no_values()


class _NoValues(BadInput, AttributeError):
    """Who only looks whether there is a value finds none."""


def _no_values() -> BadInput:
    return _NoValues("restricted_secant() is a class of gradients: it says nothing of values, f(x) or minimum.value")


def on_the_line(
    points: tuple[Fraction, ...],
    slopes: tuple[Fraction, ...],
    slides: tuple[Fraction, ...],
    mu: Fraction,
    L: Fraction,
    outside: tuple[Fraction, Fraction],
) -> PiecewiseQuadratic:
    """A function with f'(points[i]) = slopes[i] and mu <= f'' <= L, for increasing points.

    Between neighbours at distance d the slope rises by s, mu d <= s <= L d, along a stretch of
    length (s - mu d)/(L - mu) where f'' = L, and f'' = mu on the rest. As the stretch slides from the right
    end (slide 0) to the left end (slide 1) the value at the right neighbour rises linearly from the
    least to the largest that the class allows. `outside`: the curvatures beyond the ends.

    Raises BadInput where the slopes are not possible.
    """
    if not mu < L or not all(mu <= c <= L for c in outside):
        raise BadInput(f"the curvatures outside must lie between mu = {mu} and L = {L} > mu")
    knots: list[Fraction] = [points[0]]
    curvatures: list[Fraction] = [outside[0]]
    pairs = zip(pairwise(points), pairwise(slopes), slides, strict=True)
    for (a, b), (p, q), slide in pairs:
        steep = (q - p - mu * (b - a)) / (L - mu)
        if not 0 <= steep <= b - a:
            raise BadInput(f"no slope between {mu} and {L} leads from {p} at {a} to {q} at {b}")
        start = a + (1 - slide) * (b - a - steep)
        for knot, curvature in ((start, mu), (start + steep, L), (b, mu)):
            if knot > knots[-1]:
                knots.append(knot)
                curvatures.append(curvature)
    return PiecewiseQuadratic(tuple(knots), (*curvatures, outside[1]), slopes[0], Fraction(0))
