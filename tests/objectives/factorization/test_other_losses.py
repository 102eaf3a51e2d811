"""Chains, logistic losses, multiscale functions and losses whose minimizer repels: values, derivatives, bad data."""

import math
from fractions import Fraction

import numpy as np
import pytest

from objectives import GD, PiecewiseQuadratic, orbit
from objectives.factorization import Chain, Layers, MatrixFactorization, sharp_direction
from objectives.functions.linear import product
from objectives.networks import Logistic
from objectives.ripples import Multiscale, RippledWells, held_in_left_well
from refute import BadInput, Batch, Vec, aperiodic, converges, lift, vec
from refute.numbers.real import Real
from refute.orbits.fate import fate

ONE, HALF = Fraction(1), Fraction(1, 2)


def slopes(f: object, x: Vec) -> list[float]:
    step = Fraction(1, 10**6)
    units = [vec(*(int(i == j) for j in range(len(x)))) for i in range(len(x))]
    return [float(f(lift(x + step * e, Real.of)) - f(lift(x - step * e, Real.of))) / 2e-6 for e in units]  # type: ignore[operator]


def test_chains() -> None:
    f, w = Chain(Fraction(6)), vec(1, 2, 3)
    assert f(w) == 0
    assert tuple(f.slopes(w)) == (6, 3, 2)
    assert f.sharpness_at_minimum(w) == 36 + 9 + 4
    # f = (a - p)^2/2 has the gradient (p - a) p'.
    moved = vec(1, 2, 4)
    expected = [2 * float(s) for s in f.slopes(moved)]
    assert slopes(f, moved) == pytest.approx(expected)


def test_logistic_losses() -> None:
    f = Logistic((vec(1, 2), vec(HALF, -1)), vec(1, 0))
    g = lift(f, Real.of)
    w = vec(HALF, Fraction(1, 3))
    margins = [float(a * w[0] + b * w[1]) for a, b in ((1, 2), (HALF, -1))]
    assert float(g(lift(w, Real.of))) == pytest.approx(np.mean([math.log1p(math.exp(-m)) for m in margins]))
    assert [float(c) for c in g.grad(lift(w, Real.of))] == pytest.approx(slopes(g, w), abs=1e-6)
    assert float(g.misfit(lift(w, Real.of))) == pytest.approx(np.mean([1 / (1 + math.exp(m)) for m in margins]))
    assert (f.squared_radius, f.margin) == (5, HALF)
    with pytest.raises(BadInput, match="dimension of u"):
        Logistic((vec(1),), vec(1, 0))


def test_multiscale_functions() -> None:
    f = Multiscale(HALF, Fraction(2), Fraction(1, 10))
    x = vec(Fraction(1, 3))
    assert float(f.grad(lift(x, Real.of))[0]) == pytest.approx(slopes(lift(f, Real.of), x)[0], abs=1e-4)
    assert f.L == HALF + 20
    second = float(lift(f, Real.of).hessian(lift(x, Real.of))[0][0])
    assert abs(second) <= float(f.L)
    assert second == pytest.approx(0.5 + 20 * math.cos(10 / 3))
    with pytest.raises(BadInput, match="eps > 0"):
        Multiscale(ONE, ONE, Fraction(0))


def test_rippled_wells() -> None:
    f, x = RippledWells(HALF, Fraction(1, 10)), vec(Fraction(-1, 3))
    assert float(lift(f, Real.of).grad(lift(x, Real.of))[0]) == pytest.approx(slopes(lift(f, Real.of), x)[0], abs=1e-4)
    assert f.L == 16
    with pytest.raises(BadInput, match="eps > 0"):
        RippledWells(ONE, Fraction(0))


@pytest.mark.parametrize(
    ("A", "h", "x", "held"),
    [
        ("0.38", "1/11", "-1", True),
        ("0.385", "1/11", "-1", False),
        ("0.38", "1/10", "-1", False),
        ("0.38", "1/11", "-1/2", False),
    ],
)
def test_what_is_held_in_the_left_well(A: str, h: str, x: str, held: bool) -> None:
    f = RippledWells(Fraction(A), Fraction(1, 100))
    assert held_in_left_well(f, Fraction(h), vec(Fraction(x))) is held
    if held:
        assert all(
            float(y[0].f) < 0
            for y in orbit(lift(f, Batch.of), Batch(float(Fraction(h))), lift(vec(Fraction(x)), Batch.of), 2000)
        )


@pytest.mark.parametrize(
    ("h", "n", "start", "kind"),
    [("1", 11, "1", "funnel"), ("3/4", 13, "1/2", "cycle"), ("3/4", 34, "1/2", "cycle"), ("1", 8, "1/2", "cycle")],
)
def test_orbits_hidden_among_chaotic_scales(h: str, n: int, start: str, kind: str) -> None:
    system = lift(GD(Multiscale(ONE, ONE, Fraction(1, n)), Fraction(h)), Real.of)
    x = lift(vec(Fraction(start)), Real.of)
    assert fate(system, x).kind == kind
    assert aperiodic(system, x).decide().truth is False


def test_a_chaotic_orbit_is_open() -> None:
    system = lift(GD(Multiscale(ONE, ONE, Fraction(1, 100)), HALF), Real.of)
    assert aperiodic(system, lift(vec(HALF), Real.of)).decide().truth is None


def test_a_whole_interval_lands_on_a_minimizer_that_repels() -> None:
    knots = (Fraction(1, 3), ONE, Fraction(2))
    f = PiecewiseQuadratic(knots, (Fraction(3), Fraction(0), ONE, ONE), ONE, Fraction(0))
    for x, truth in ((Fraction(3, 2), True), (Fraction(7, 5), True), (Fraction(1, 100), True)):
        assert converges(lift(GD(f, ONE), Real.of), lift(vec(x), Real.of)).decide().truth is truth


def test_deep_networks_reach_their_matrix_and_curve_as_said() -> None:
    f = MatrixFactorization(2, 2, 2, (Fraction(3), ONE), (HALF,), (Fraction(1, 3),))
    p = Layers((((Fraction(2), Fraction(0)), (ONE, HALF)), ((ONE, Fraction(0)), (Fraction(-1), Fraction(3)))))
    layers = p.all(f.A)
    assert product(layers[2], product(layers[1], layers[0])) == f.A
    u, v = Vec(f.u[0]), Vec(f.v[0])
    curvature, length = sharp_direction(layers, u, v)
    arrays = [np.array([[float(e) for e in row] for row in W]) for W in layers]
    a, b = (np.array([float(c) for c in w]) for w in (u, v))
    e3, e2, e1 = (
        np.outer(a, arrays[1] @ arrays[0] @ b),
        np.outer(arrays[2].T @ a, arrays[0] @ b),
        np.outer((arrays[2] @ arrays[1]).T @ a, b),
    )
    assert float(length) == pytest.approx(sum(np.sum(e**2) for e in (e1, e2, e3)))

    def value(t: float) -> float:
        w1, w2, w3 = arrays[0] + t * e1, arrays[1] + t * e2, arrays[2] + t * e3
        target = np.array([[float(e) for e in row] for row in f.A])
        return float(np.sum((target - w3 @ w2 @ w1) ** 2) / 2)

    step = 1e-4
    assert (value(step) + value(-step)) / step**2 == pytest.approx(float(curvature), rel=1e-4)
    with pytest.raises(BadInput, match="square and of one size"):
        Layers(())
    with pytest.raises(BadInput, match="singular"):
        Layers((((Fraction(0),),),))
