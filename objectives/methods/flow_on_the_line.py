r"""Gradient flow dx/dt = -f'(x) of a convex function of one variable whose f' is piecewise linear, in closed form.

x moves towards the minimizers and passes the pieces of f' one by one. On a piece of slope s > 0 that it enters with f' = g it moves by
g (1 - e^{-s t})/s in the time t, and needs the time log(g/g')/s until f' = g'; on a flat one, by g t.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from objectives.functions.piecewise import PiecewiseQuadratic, Stretch
from refute import BadInput, Scalar, Vec, exp, log, maximum, minimum, where


def flow_on_the_line(f: PiecewiseQuadratic, x: Vec, time: Scalar) -> Vec:
    """x(time) for dx/dt = -f'(x), x(0) = x, time >= 0. Raises BadInput unless f is convex, and for a negative time."""
    if f.mu < 0:
        raise BadInput("flow_on_the_line is about convex functions, and f has a negative curvature")
    if (time < 0) is True:
        raise BadInput("flow_on_the_line goes forward, and the time is negative")
    to_the_left, to_the_right = f.ascents
    left, right = x[0] - _descent(to_the_left, x[0], time), x[0] + _descent(to_the_right, -x[0], time)
    slope = f.grad(x)[0]
    return Vec((where(slope > 0, left, where(slope < 0, right, x[0])),))


def _descent(stretches: Sequence[Stretch], x: Scalar, time: Scalar) -> Scalar:
    """How far x, where f' >= 0, goes to the left in this time."""
    gone: Scalar = Fraction(0)
    for lo, hi, t, g, s in stretches:
        entered = x if hi is None else minimum(x, hi)
        entered = entered if lo is None else maximum(entered, lo)
        slope = g + s * (entered - t)
        spent = time
        if lo is not None and (least := g + s * (lo - t)) > 0:
            spent = minimum(time, log(slope / least) / s if s else (entered - lo) / g)
        gone = gone + (slope * (1 - exp(-s * spent)) / s if s else g * spent)
        time = time - spent
    return gone
