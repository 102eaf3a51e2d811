r"""The law of the iterates of gradient descent on a parabola with ripples, by independent certified trajectories.

With h fixed and eps small, sin(x_k/eps) is like the sine of a new uniform angle at every step: x_{k+1} = (1 - hc) x_k - hA sin(U_k), whose law tends to
one of variance h A^2/(2c(2 - hc)). The Gibbs law exp(-c x^2/(2T))/Z has the variance T/c.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import ceil, log2

import numpy as np
from flint import arb

from objectives.methods.gradient_descent import GD
from objectives.ripples.multiscale import Multiscale, RippledWells
from refute import Ball, Mp, Sample, Scalar, Vec, as_fraction, digits, holds_users_code, lift, precision

GRID = 2**60
Rippled = Multiscale | RippledWells


@lru_cache(64)
def sampled(f: Rippled, h: Fraction, n: int, steps: int, seed: int) -> Sample:
    """x_steps from n starts, independent and uniform on the multiples of 2^-60 less than 1 from the middle (or 1 below it)."""
    rng = np.random.default_rng(seed)
    starts = [f.middle + Fraction(int(i), GRID) for i in rng.integers(-GRID, GRID, n)]
    bits = 64 + ceil(log2(1 + float(h * f.L)) * steps)
    with precision(bits):
        raw, step, inverse = lift(f, _raw), _raw(h), _raw(1 / f.eps)
        points = tuple(_followed(raw, step, inverse, _raw(x), steps) for x in starts)

    def again(i: int) -> Mp:
        with digits(30 + ceil(bits * 0.31)):
            system, x = lift(GD(f, h), Mp.of), lift(Vec((starts[i],)), Mp.of)
            for _ in range(steps):
                x = x + system.move(x)
            found: Mp = x[0]
            return found

    return Sample(points, again)


def _raw(q: Fraction) -> arb:
    return Ball.of(q).a


def _followed(f: Rippled, h: arb, inverse: arb, x: arb, steps: int) -> Ball:
    for _ in range(steps):
        x = x - h * f.slope(x, (x * inverse).sin())
    return Ball(x)


def law_of_iterate(f: Rippled, h: Scalar, n: int, steps: int, seed: int) -> Callable[[], Sample]:
    """`sampled`, when asked, of exact data (Reals)."""
    exact = lift((f, h), as_fraction)
    # A class of a user may hide a part of its data from ==.
    drawn = sampled.__wrapped__ if holds_users_code(f) else sampled
    return lambda: drawn(*exact, n, steps, seed)


def gibbs(variance: Scalar) -> Callable[[Ball], Ball]:
    """The distribution function of the normal law with this variance and mean 0."""

    def cdf(t: Ball) -> Ball:
        return Ball((1 + (t.a / (2 * Ball.of(variance).a).sqrt()).erf()) / 2)

    return cdf


def log_expansion(f: Multiscale, h: Scalar, largest: Scalar) -> Callable[[Ball], Ball]:
    """log max(|T'(t)|, 1) over log of the largest, T(t) = t - h f'(t)."""

    def part(t: Ball) -> Ball:
        g = lift(f, Ball.of)
        slope = 1 - Ball.of(h).a * g.hessian(Vec((t,)))[0][0].a
        return Ball(arb.max(arb(1), abs(slope)).log() / Ball.of(largest).a.log())

    return part


_EITHER = Ball(arb(0.5, 0.5))


def probability_of(lo: Scalar, hi: Scalar) -> Callable[[Ball], Ball]:
    """The indicator of lo < |t|^2 <= hi; a ball that meets an end counts from 0 to 1."""

    def indicator(t: Ball) -> Ball:
        size = t.a * t.a
        inside, outside = (
            (size > Ball.of(lo).a) and (size <= Ball.of(hi).a),
            size <= Ball.of(lo).a or size > Ball.of(hi).a,
        )
        return Ball.of(1) if inside else Ball.of(0) if outside else _EITHER

    return indicator


def probability_right(t: Ball) -> Ball:
    """The indicator of t > 0; a ball around 0 counts from 0 to 1."""
    return Ball.of(1) if t.a > 0 else Ball.of(0) if t.a <= 0 else _EITHER
