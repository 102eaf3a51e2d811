"""Functions whose floats deceive: no verdict falls for them."""

from fractions import Fraction

import numpy as np

from objectives import GD, PiecewiseQuadratic, Ridge, RidgeSum, gradient_step
from refute import Batch, lift, vec
from refute.numbers.real import Real
from refute.numbers.vector import Vec
from refute.orbits.fate import fate


def float_run(f: object, h: Fraction, x: float, steps: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    g = lift(f, Batch.of)
    at = Vec((Batch(np.float64(x)),))
    run = []
    for _ in range(steps):
        run.append(float(at[0].f))
        at = gradient_step(g, Batch.of(h), at)
    return np.array(run)


def test_what_looks_converged_for_ten_thousand_steps_and_is_not() -> None:
    """A slope of 10^-13 moves the iterate by less than any tolerance, towards a valley far away."""
    slope = Fraction(-1, 10**13)
    f = PiecewiseQuadratic(
        (Fraction(10**6), Fraction(10**6 + 1)), (Fraction(0), Fraction(-1), Fraction(1)), slope, Fraction(0)
    )
    run = float_run(f, Fraction(1), 1.0, 10_000)
    assert np.ptp(run) < 1e-8
    found = fate(lift(GD(f, Fraction(1)), Real.of), lift(vec(1), Real.of))
    assert found.kind == "funnel"
    assert found.data.centre > 10**6


def test_what_looks_divergent_and_converges() -> None:
    """Ten thousand steps of equal length outwards, then a valley."""
    f = PiecewiseQuadratic((Fraction(10**6),), (Fraction(0), Fraction(1, 2)), Fraction(-1), Fraction(0))
    run = float_run(f, Fraction(1), 0.0, 10_000)
    assert np.all(np.diff(run) == 1.0)
    found = fate(lift(GD(f, Fraction(1)), Real.of), lift(vec(0), Real.of))
    assert found.converges is True
    assert abs(found.data.centre - (10**6 + 2)) < Fraction(1, 100)


def test_what_looks_stationary_at_infinity_and_escapes() -> None:
    """On the flank of 1/(1 + x^2) at 10^5 a step is shorter than 10^-15, and yet x_k is unbounded."""
    f = RidgeSum((Ridge(Fraction(1), "rational", vec(1), Fraction(0)),))
    assert np.ptp(float_run(f, Fraction(1), 1e6, 1000)) == 0
    found = fate(lift(GD(f, Fraction(1)), Real.of), lift(vec(10**6), Real.of))
    assert (found.kind, found.bounded, found.settles) == ("escape", False, True)
