"""The needles that PEPit can state: `python pepit_needles.py 08` prints (worst case)/(claimed bound) and the seconds.

Runs in an environment of its own with PEPit and CLARABEL; L = 1, mu = 1/10 where a mu is needed. A
number above 1 says that the claim is false, in the solver's floats.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from PEPit import PEP, Point
from PEPit.functions import (
    RsiEbFunction,
    SmoothConvexFunction,
    SmoothFunction,
    SmoothStronglyConvexFunction,
)

MU = 0.1


def gd(f: Any, x: Any, n: int, h: float = 1.0) -> list[Any]:
    """n steps of gradient descent."""
    xs = [x]
    for _ in range(n):
        xs.append(xs[-1] - h * f.gradient(xs[-1]))
    return xs


def solve(problem: Any) -> float:
    """The worst case."""
    return float(problem.solve(verbose=0, wrapper="cvxpy", solver="CLARABEL"))


def descent_lemma(half: float) -> float:
    """f(y) - f(x) - <g, y - x> over half |y - x|^2."""
    p = PEP()
    f = p.declare_function(SmoothFunction, L=1.0)
    x, y = p.set_initial_point(), p.set_initial_point()
    p.set_initial_condition((x - y) ** 2 <= 1)
    p.set_performance_metric(f(y) - f(x) - f.gradient(x) * (y - x))
    return solve(p) / half


def no_ascent() -> float:
    """1 + the largest f(x_1) - f(x_0) at h = 2.02."""
    p = PEP()
    f = p.declare_function(SmoothFunction, L=1.0)
    x = p.set_initial_point()
    p.set_initial_condition(f.gradient(x) ** 2 <= 1)
    p.set_performance_metric(f(gd(f, x, 1, 2.02)[1]) - f(x))
    return 1 + solve(p)


def contraction() -> float:
    """At h = 1/2."""
    p = PEP()
    f = p.declare_function(SmoothStronglyConvexFunction, mu=MU, L=1.0)
    x, y = p.set_initial_point(), p.set_initial_point()
    p.set_initial_condition((x - y) ** 2 <= 1)
    p.set_performance_metric((gd(f, x, 1, 0.5)[1] - gd(f, y, 1, 0.5)[1]) ** 2)
    return solve(p) / (0.98 * (1 - 0.5 * MU)) ** 2


def summed_gradients() -> float:
    """Two steps at h = 1."""
    p = PEP()
    f = p.declare_function(SmoothFunction, L=1.0)
    x = p.set_initial_point()
    xs = gd(f, x, 2)
    p.set_initial_condition(f(xs[0]) - f(xs[2]) <= 0.5)
    p.set_performance_metric(f.gradient(xs[0]) ** 2 + f.gradient(xs[1]) ** 2)
    return solve(p) / 0.99


def cocoercivity() -> float:
    """The largest |g_x - g_y|^2 where <g_x - g_y, x - y> <= 1."""
    p = PEP()
    f = p.declare_function(SmoothConvexFunction, L=1.0)
    x, y = p.set_initial_point(), p.set_initial_point()
    g = f.gradient(x) - f.gradient(y)
    p.set_initial_condition(g * (x - y) <= 1)
    p.set_performance_metric(g**2)
    return solve(p) * 1.01


def line_search() -> float:
    """Exact line search, by its optimality condition."""
    p = PEP()
    f = p.declare_function(SmoothStronglyConvexFunction, mu=MU, L=1.0)
    xs = f.stationary_point()
    x = p.set_initial_point()
    g = f.gradient(x)
    after = Point()
    f.oracle(after)
    p.add_constraint(f.gradient(after) * g == 0)
    p.add_constraint(f.gradient(after) * (after - x) == 0)
    p.set_initial_condition(f(x) - f(xs) <= 1)
    p.set_performance_metric(f(after) - f(xs))
    return solve(p) / (0.99 * ((1 - MU) / (1 + MU)) ** 2)


def convex(metric: Callable[[Any, Any, Any], Any], steps: Callable[[Any, Any], Any], bound: float) -> float:
    """A metric of the last iterate, over bound, where |x_0 - x_*| <= 1."""
    p = PEP()
    f = p.declare_function(SmoothConvexFunction, L=1.0)
    xs = f.stationary_point()
    x = p.set_initial_point()
    p.set_initial_condition((x - xs) ** 2 <= 1)
    p.set_performance_metric(metric(f, steps(f, x), xs))
    return solve(p) / bound


def gap(f: Any, x: Any, xs: Any) -> Any:
    """f(x) - min f."""
    return f(x) - f(xs)


def fast(f: Any, x: Any) -> Any:
    """y_5 of the fast gradient method."""
    y = x
    for k in range(5):
        after = x - f.gradient(x)
        x, y = after + k / (k + 3) * (after - y), after
    return y


def smallest_gradient() -> float:
    """Three steps."""
    p = PEP()
    f = p.declare_function(SmoothFunction, L=1.0)
    x = p.set_initial_point()
    xs = gd(f, x, 3)
    # The least value of an interpolating function is at most f(x_3) - |g_3|^2/2.
    p.set_initial_condition(f(xs[0]) - f(xs[3]) + 0.5 * f.gradient(xs[3]) ** 2 <= 1)
    for y in xs:
        p.set_performance_metric(f.gradient(y) ** 2)
    return solve(p) / (0.99 * 4 / 11)


def secant() -> float:
    """mu = 0.6."""
    p = PEP()
    f = p.declare_function(RsiEbFunction, mu=0.6, L=1.0)
    xs = f.stationary_point()
    x = p.set_initial_point()
    p.set_initial_condition((x - xs) ** 2 <= 1)
    p.set_performance_metric((gd(f, x, 1, 0.6)[1] - xs) ** 2)
    return solve(p) / (0.99 * (1 - 0.36))


STATED: dict[str, Callable[[], float]] = {
    "01": lambda: descent_lemma(0.45),
    "02": lambda: descent_lemma(0.495),
    "03": no_ascent,
    "04": contraction,
    "05": summed_gradients,
    "06": cocoercivity,
    "07": line_search,
    "08": lambda: convex(gap, lambda f, x: gd(f, x, 5)[5], 0.9 / 22),
    "09": lambda: convex(gap, lambda f, x: gd(f, x, 5)[5], 0.99 / 22),
    "10": lambda: convex(lambda f, x, xs: f.gradient(x) ** 2, lambda f, x: gd(f, x, 5)[5], 0.99 / 36),
    "11": lambda: convex(gap, fast, 0.99 / 28),
    "12": smallest_gradient,
    "13": secant,
}

if __name__ == "__main__":
    if sys.argv[1] not in STATED:
        sys.exit(3)
    started = time.monotonic()
    ratio = STATED[sys.argv[1]]()
    print(ratio, time.monotonic() - started)
