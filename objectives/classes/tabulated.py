"""How tabulated data are drawn: at the limits of what the class allows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from objectives.classes.draws import ONE, SCALES
from objectives.classes.fitted import size_beside
from objectives.classes.interpolation import Tabulated, extreme_values
from refute import RATIONALS, BadInput, Claim, Domain, Draw, Vec, both, choose, eq, known, le, lt, rational

# mu/L = (1 - t^2)/(1 + t^2) keeps gradients at both limits rational.
ANGLES = (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(4, 5), Fraction(1, 10))

DIMENSIONS = (2, 2, 1, 3)
# (cos, sin) of angles at which both are rational.
TURNS = tuple(
    (Fraction(a, c), Fraction(b, c))
    for a, b, c in ((1, 0, 1), (-1, 0, 1), (0, 1, 1), (0, -1, 1), (3, 4, 5), (-3, 4, 5), (4, -3, 5), (-4, -3, 5))
)


def restricted_secant() -> Domain:
    """Differentiable functions of the plane with a minimizer x_*, <grad f(x), x - x_*> >= mu |x - x_*|^2 and
    |grad f(x)| <= L |x - x_*|, 0 < mu < L, tabulated at x_* and at further points (one to three are drawn)."""

    def draw(d: Draw) -> Tabulated:
        size, angle, n, x, y = choose(d, len(SCALES), len(ANGLES), 3, RATIONALS, RATIONALS)
        L, t = SCALES[size], ANGLES[angle]
        mu, across = L * (1 - t**2) / (1 + t**2), 2 * t * L / (1 + t**2)
        centre = Vec((rational(x), rational(y)))
        points, gradients = [centre], [0 * centre]
        for _ in range(n + 1):
            a, b, along, turn = choose(d, RATIONALS, RATIONALS, 6, 6)
            away = Vec((rational(a), rational(b)))
            if not any(away) or centre + away in points:
                continue
            # Half of the gradients lie where both inequalities are equations.
            u = mu + (L - mu) * Fraction(max(along - 3, 0), 4)
            v = (across if u == mu else Fraction(0)) * (ONE, -ONE, ONE, -ONE, Fraction(1, 2), Fraction(0))[turn]
            points.append(centre + away)
            gradients.append(u * away + v * Vec((-away[1], away[0])))
        return Tabulated(tuple(points), tuple(gradients), (Fraction(0),) * len(points), mu, L, "secant")

    def member(f: Any) -> Claim:
        if not isinstance(f, Tabulated) or f.kind != "secant":
            return known(False, "not tabulated under a restricted secant inequality")
        return both(
            plane=known(f.dim == 2, "not in the plane"),
            positive=lt(0, f.mu),
            below=lt(f.mu, f.L),
            interpolable=f.member(),
        )

    def multiple(d: Draw, f: Tabulated, numbers: tuple[Fraction, ...]) -> Tabulated:
        L = size_beside(d, numbers, f.L)
        a = L / f.L
        return replace(f, gradients=tuple(a * g for g in f.gradients), mu=a * f.mu, L=L)

    name = "functions under a restricted secant inequality and an error bound"
    return Domain(name, draw, member, (Tabulated, Vec), moved=multiple)


def curvature_data(ratio: int | Fraction, *, steps: int) -> Domain:
    """Functions of R^1, R^2 or R^3 with ratio L <= f'' <= L, -1 <= ratio < 1 (-1: smooth, 0: convex, above:
    strongly convex), tabulated along gradient descent with step size 1/L (so many steps are drawn); convex ones also at a minimizer.
    points[0] is the start; the values are as large as the data allow."""
    if not -1 <= ratio < 1:
        raise BadInput(f"ratio = mu/L must lie in [-1, 1), not {ratio}")
    convex = ratio >= 0

    def draw(d: Draw) -> Tabulated:
        size, n, *start = choose(d, len(SCALES), len(DIMENSIONS), *(RATIONALS,) * 3)
        L, dim = SCALES[size], DIMENSIONS[n]
        mu = ratio * L
        points: list[Vec] = [Vec(tuple(rational(i) for i in start[:dim]))]
        gradients: list[Vec] = []
        for k in range(steps + 1):
            kind, turn, size, *entries = choose(d, 6, len(TURNS), 3, *(17,) * dim)
            g = Vec(tuple(Fraction(e - 8, 4) * L for e in entries))
            if k and kind < 2:
                g = gradients[-1]
            elif k and kind < 5:
                g = _between(gradients[-1], Fraction(0), 1 - mu / L, turn, size)
            gradients.append(g)
            points.append(points[-1] - g / L)
        points.pop()
        if convex:
            far, turn, size = choose(d, 33, len(TURNS), 3)
            most = 1 / mu if mu else Fraction(far + 5, 4) / L
            away = _between(gradients[-1], 1 / L, most, turn, size)
            points.append(points[-1] - away)
            gradients.append(0 * away)
        return _feasible(points, gradients, mu, L) or _straight(points[0], gradients[0], len(points), mu, L)

    def member(f: Any) -> Claim:
        if not isinstance(f, Tabulated) or f.kind != "curvature":
            return known(False, "not tabulated between two curvatures")
        claims: dict[str, Claim] = {"mu": le(ratio * f.L, f.mu), "interpolable": f.member()}
        claims["dimension"] = known(f.dim <= max(DIMENSIONS), "in more than three dimensions")
        along = len(f.points) - 1 if convex else len(f.points)
        for i in range(1, along):
            step = f.points[i - 1] - f.gradients[i - 1] / f.L - f.points[i]
            claims[f"point {i} is a step from the one before"] = eq(step, 0 * step)
        if convex:
            claims["the last point is a minimizer"] = eq(f.gradients[-1], 0 * f.gradients[-1])
        return both(**claims)

    words = ("strongly convex" if ratio > 0 else "convex" if convex else "L-smooth") + " functions"
    return Domain(f"{words}, tabulated along gradient descent", draw, member, (Tabulated, Vec))


def _between(g: Vec, least: Fraction, most: Fraction, turn: int, size: int) -> Vec:
    """H g for a symmetric H with least <= H <= most: these fill the ball of which least g and most g are
    opposite points. On its surface (size 0 and 1), or half way to it."""
    along, aside = TURNS[turn]
    across = Vec((-g[1], g[0], *(0 * e for e in g.entries[2:]))) if len(g) > 1 else 0 * g
    radius = (most - least) / 2 * (Fraction(1, 2) if size == 2 else ONE)
    return ((least + most) / 2 + radius * along) * g + radius * aside * across


def _feasible(points: list[Vec], gradients: list[Vec], mu: Fraction, L: Fraction) -> Tabulated | None:
    """The data with the largest values below values[0] = 0, if there are any."""
    xs, gs = tuple(points), tuple(gradients)
    values = next(extreme_values(xs, gs, mu, L), None) if len(set(xs)) == len(xs) else None
    return None if values is None else Tabulated(xs, gs, values, mu, L, "curvature")


def _straight(start: Vec, g: Vec, n: int, mu: Fraction, L: Fraction) -> Tabulated:
    """n points along one line: where the gradient stays the same, or for convex data of a quadratic up to its
    minimizer; always possible."""
    g = g if any(g) else Vec((L, *(0 * L for _ in g.entries[1:])))
    c = max(mu + L, Fraction(0)) / 2
    points, gradients = [start], [g]
    for _ in range(n - 1):
        points.append(points[-1] - gradients[-1] / L)
        gradients.append((1 - c / L) * gradients[-1])
    if mu >= 0:
        points[-1] = start - g / c
        gradients[-1] = 0 * g
    f = _feasible(points, gradients, mu, L)
    assert f is not None
    return f
