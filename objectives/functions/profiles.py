r"""Profiles: the functions phi of one variable that ridge functions c phi(a.x + b) are made of.

| name       | phi(t)              | phi'(t)            | phi''(t)            | range of phi'' |
| cos        | cos t               | -sin t             | -cos t              | [-1, 1]        |
| log_cosh   | log cosh t          | tanh t             | 1 - tanh^2 t        | (0, 1]         |
| softplus   | log(1 + e^t)        | sigmoid t          | s (1 - s)           | (0, 1/4]       |
| huber      | t^2/2, abs(t) - 1/2 | t clipped to 1     | 1 inside, 0 outside | [0, 1]         |
| rational   | 1/(1 + t^2)         | -2 t/(1 + t^2)^2   | (6t^2-2)/(1+t^2)^3  | [-2, 1/2]      |

The range of the last: with s = t^2, (6s - 2)/(1 + s)^3 has derivative (12 - 12 s)/(1 + s)^4 in s, so
it increases from -2 at s = 0 to 1/2 at s = 1 and decreases to 0. Every end is attained, except 0 for
log_cosh and softplus, which is approached as abs(t) grows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from refute import Ball, Scalar, cos, log_cosh, piecewise, sigmoid, sin, softplus, tanh

Name = Literal["cos", "log_cosh", "softplus", "huber", "rational"]

_KNOTS = (Fraction(-1), Fraction(1))
_HALF = Fraction(1, 2)
_HUBER = (
    (Fraction(-1), _HALF, Fraction(-1), Fraction(0)),
    (Fraction(0), Fraction(0), Fraction(0), _HALF),
    (Fraction(1), _HALF, Fraction(1), Fraction(0)),
)
_CLIP = (
    (Fraction(0), Fraction(-1), Fraction(0)),
    (Fraction(0), Fraction(0), Fraction(1)),
    (Fraction(0), Fraction(1), Fraction(0)),
)


@dataclass(frozen=True)
class Profile:
    """phi with its derivatives, the range of phi'', its minimum (None: none) and that of -phi."""

    value: Callable[[Scalar], Scalar]
    slope: Callable[[Scalar], Scalar]
    curvature: Callable[[Ball], Ball]
    least_curvature: Fraction
    most_curvature: Fraction
    least: Fraction | None
    least_of_negative: Fraction | None


def _softplus_curvature(t: Ball) -> Ball:
    return t.falling_in_size(lambda u: sigmoid(u) * sigmoid(-u))


def _log_cosh_curvature(t: Ball) -> Ball:
    return t.falling_in_size(lambda u: 4 * sigmoid(2 * u) * sigmoid(-2 * u))


def _huber_curvature(t: Ball) -> Ball:
    levels = [(0, 1, 0)[i] for i in t.pieces(_KNOTS)]
    return Ball.hull(min(levels), max(levels))


def _inverse(t: Scalar) -> Scalar:
    return 1 / (1 + t * t)


def _rational_curvature(t: Ball) -> Ball:
    return Ball.of((6 * t * t - 2) * _inverse(t) ** 3)


PROFILES: dict[Name, Profile] = {
    "cos": Profile(cos, lambda t: -sin(t), lambda t: -cos(t), Fraction(-1), Fraction(1), Fraction(-1), Fraction(-1)),
    "log_cosh": Profile(log_cosh, tanh, _log_cosh_curvature, Fraction(0), Fraction(1), Fraction(0), None),
    "softplus": Profile(softplus, sigmoid, _softplus_curvature, Fraction(0), Fraction(1, 4), None, None),
    "huber": Profile(
        lambda t: piecewise(t, _KNOTS, _HUBER),
        lambda t: piecewise(t, _KNOTS, _CLIP),
        _huber_curvature,
        Fraction(0),
        Fraction(1),
        Fraction(0),
        None,
    ),
    "rational": Profile(
        _inverse,
        lambda t: -2 * t * _inverse(t) ** 2,
        _rational_curvature,
        Fraction(-2),
        _HALF,
        None,
        Fraction(-1),
    ),
}
