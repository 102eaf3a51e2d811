"""How tabulated data are drawn: at the limits of what the class allows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from objectives.draws import ONE, SCALES
from objectives.interpolation import Tabulated, excess
from refute import RATIONALS, Claim, Domain, Draw, Vec, both, choose, eq, known, le, rational

# mu/L = (1 - t^2)/(1 + t^2) keeps gradients at both limits rational.
ANGLES = (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(4, 5), Fraction(1, 10))


def restricted_secant() -> Domain:
    """Differentiable functions of the plane with a minimizer x_*, <grad f(x), x - x_*> >= mu |x - x_*|^2 and
    |grad f(x)| <= L |x - x_*|, 0 < mu < L, tabulated at x_* and at one to three further points."""

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
        return both(positive=le(0, f.mu), interpolable=f.member())

    return Domain("functions under a restricted secant inequality and an error bound", draw, member, (Tabulated, Vec))


def curvature_data(*, convex: bool, steps: int) -> Domain:
    """L-smooth (convex) functions of R^2, tabulated along gradient descent with step size 1/L; convex
    ones also at a minimizer. points[0] is the start; the values are as large as the data allow."""

    def draw(d: Draw) -> Tabulated:
        size, x, y = choose(d, len(SCALES), RATIONALS, RATIONALS)
        L = SCALES[size]
        mu = Fraction(0) if convex else -L
        points: list[Vec] = [Vec((rational(x), rational(y)))]
        gradients: list[Vec] = []
        for k in range(steps + 1):
            p, q, same = choose(d, 17, 17, 3)
            g = Vec((Fraction(p - 8, 4) * L, Fraction(q - 8, 4) * L))
            gradients.append(gradients[-1] if k and same else g)
            points.append(points[-1] - gradients[-1] / L)
        points.pop()
        if convex:
            far, at = choose(d, 33, 17)
            away = (
                Fraction(far, 4) * gradients[-1] / L
                + Fraction(at - 8, 8) * Vec((-gradients[-1][1], gradients[-1][0])) / L
            )
            points.append(points[-1] - away)
            gradients.append(0 * away)
        return _feasible(points, gradients, mu, L) or _straight(points[0], gradients[0], len(points), mu, L)

    def member(f: Any) -> Claim:
        if not isinstance(f, Tabulated) or f.kind != "curvature":
            return known(False, "not tabulated between two curvatures")
        claims: dict[str, Claim] = {"mu": le(0 if convex else -f.L, f.mu), "interpolable": f.member()}
        along = len(f.points) - 1 if convex else len(f.points)
        for i in range(1, along):
            step = f.points[i - 1] - f.gradients[i - 1] / f.L - f.points[i]
            claims[f"point {i} is a step from the one before"] = eq(step, 0 * step)
        if convex:
            claims["the last point is a minimizer"] = eq(f.gradients[-1], 0 * f.gradients[-1])
        return both(**claims)

    words = "L-smooth convex functions" if convex else "L-smooth functions"
    return Domain(f"{words}, tabulated along gradient descent", draw, member, (Tabulated, Vec))


def _feasible(points: list[Vec], gradients: list[Vec], mu: Fraction, L: Fraction) -> Tabulated | None:
    """The data with the largest values below values[0] = 0, if there are any."""
    xs, gs = tuple(points), tuple(gradients)
    values = _largest_values(xs, gs, mu, L) if len(set(xs)) == len(xs) else None
    return None if values is None else Tabulated(xs, gs, values, mu, L, "curvature")


def _straight(start: Vec, g: Vec, n: int, mu: Fraction, L: Fraction) -> Tabulated:
    """n points along one gradient that stays the same, for convex data up to a minimizer: always possible."""
    g = g if any(g) else Vec((L, 0 * L))
    points = [start - k * g / L for k in range(n)]
    gradients = [g] * n
    if mu == 0:
        gradients[-1] = 0 * g
    f = _feasible(points, gradients, mu, L)
    assert f is not None
    return f


def _largest_values(xs: tuple[Vec, ...], gs: tuple[Vec, ...], mu: Fraction, L: Fraction) -> tuple[Fraction, ...] | None:
    """f_i >= f_j + c_ij for all i, j with f_0 = 0: f_j = min over chains of -c; None for a positive cycle."""
    n = len(xs)
    zero = Fraction(0)
    c = [[Fraction(-excess(mu, L, (xs[i], gs[i], zero), (xs[j], gs[j], zero))) for j in range(n)] for i in range(n)]
    far = [-c[0][j] if j else zero for j in range(n)]
    for _ in range(n):
        for i in range(n):
            for j in range(n):
                if i != j and far[i] - c[i][j] < far[j]:
                    far[j] = far[i] - c[i][j]
    settled = all(far[i] >= far[j] + c[i][j] for i in range(n) for j in range(n) if i != j)
    return tuple(far) if settled and far[0] == 0 else None
