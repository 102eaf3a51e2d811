"""Exact probabilities against simulation, and the constants outside X against difference quotients."""

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from objectives import PiecewiseQuadratic
from objectives.encounters import (
    encounter,
    ever_encounter,
    locally_smooth_off,
    one_point_convexity_off,
    piecewise_quadratics,
    smooth_off,
    start_sets,
    targets,
    with_a_minimizer,
)
from refute import Batch, Intervals, Vec, lift

ONE = Fraction(1)
Array = np.ndarray[Any, Any]


def slopes(f: PiecewiseQuadratic, x: Array) -> Array:
    return np.asarray(Batch.of(lift(f, Batch.of).grad(Vec((Batch(x),)))[0]).f)


def outside(X: Intervals, x: Array) -> Array:
    inside: Array = np.any([(x >= float(a)) & (x <= float(b)) for a, b in X.parts], axis=0)
    return ~inside


@given(st.data())
def test_probabilities_agree_with_a_fine_grid(data: st.DataObject) -> None:
    f = piecewise_quadratics().draw(data.draw)
    X, W = targets(f).draw(data.draw), start_sets(f).draw(data.draw)
    T = data.draw(st.integers(0, 3))
    L = max(f.L, ONE)
    h = data.draw(st.integers(1, 16).map(lambda n: Fraction(n, 8) / L))
    p = float(encounter(f, h, X, W, T))
    (lo, hi) = (float(e) for e in W.hull)
    x = lo + (hi - lo) * (np.arange(20000) + 0.5) / 20000
    met = ~outside(X, x)
    for _ in range(T):
        x = x - float(h) * slopes(f, x)
        met |= ~outside(X, x)
    # A set of k intervals differs from the grid's count by at most k cells.
    assert abs(p - met.mean()) <= 0.05


@given(st.data())
def test_constants_outside_X_bound_all_quotients_and_are_attained(data: st.DataObject) -> None:
    f = with_a_minimizer().draw(data.draw)
    X = targets(f).draw(data.draw)
    assert f.minimum is not None
    assert f.minimum.at is not None
    x_star = f.minimum.at[0]
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    x = rng.uniform(float(f.knots[0]) - 3, float(f.knots[-1]) + 3, size=400)
    x = x[outside(X, x)]
    g = slopes(f, x)
    L, local = float(smooth_off(f, X)), float(locally_smooth_off(f, X))
    with np.errstate(all="ignore"):
        quotients = np.abs((g[:, None] - g[None, :]) / (x[:, None] - x[None, :]))
        towards = g / (x - float(x_star))
    scale = 1e-6 * (1 + float(f.L))
    assert local <= L + scale
    far = np.abs(x[:, None] - x[None, :]) > 1e-3
    assert np.all(quotients[far] <= L + scale)
    mu = float(one_point_convexity_off(f, X, x_star))
    assert np.all(towards[np.abs(x - float(x_star)) > 1e-3] >= mu - scale)


def test_an_orbit_that_came_closer_than_X_never_meets_it() -> None:
    f = PiecewiseQuadratic((Fraction(0),), (ONE, ONE), Fraction(0), Fraction(0))
    X, W = Intervals(((Fraction(1, 2), ONE),)), Intervals(((Fraction(0), Fraction(28)),))
    assert ever_encounter(f, Fraction(2, 3), X, W, Fraction(0), Fraction(1, 3)) == Fraction(20, 28)


def test_twenty_pieces_and_ten_steps() -> None:
    """The exact probability of Lemma 2.3 at the size that the theory asks for."""
    knots = tuple(Fraction(n, 3) for n in range(19))
    curvatures = tuple(Fraction(1 + n % 3, 3) for n in range(20))
    f = PiecewiseQuadratic(knots, curvatures, Fraction(0), Fraction(0))
    X, W = Intervals(((Fraction(1, 7), Fraction(1, 6)),)), Intervals(((Fraction(0), Fraction(7)),))
    p = encounter(f, Fraction(1, 2), X, W, 10)
    assert 0 < p <= 2**11 * X.measure / W.measure
