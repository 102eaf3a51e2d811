"""Wells: the constants hold at ten thousand sampled points of each member, and the geometry is what it says."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from objectives import GD, PiecewiseQuadratic, gradient_step
from objectives.functions.linear import solve
from objectives.wells import (
    FannedWells,
    TwoWells,
    WellOnLine,
    Wells,
    captured,
    contraction,
    leaving_steps,
    spring,
    starts_in_well,
    stay,
    wells,
)
from objectives.wells.draws import draw_fanned, draw_in_space, draw_on_line, draw_returning
from refute import BadInput, Ball, Batch, Vec, as_fraction, contradictions, dot, lift, vec
from refute.numbers.real import Real

ZERO, ONE = Fraction(0), Fraction(1)
PARABOLA = PiecewiseQuadratic((ONE,), (ONE, ONE), ZERO, ZERO)
STEEP = WellOnLine(PARABOLA, Fraction(-1, 10), ZERO, Fraction(1, 50), Fraction(3))
POINTS = 10_000


def draw_member(draw: Any, kind: int) -> Wells:
    try:
        return (draw_on_line, draw_returning, draw_in_space, draw_fanned)[kind](draw)
    except BadInput:
        assume(False)
        raise


def cloud(f: Wells, rng: np.random.Generator) -> Any:
    """Points in and around M and around x_*, on many scales; one row per coordinate."""
    centres = [np.array([float(c) for c in p]) for p in (f.x_dagger, f.x_star)]
    scale = float(f.rho) * 2.0 ** rng.uniform(-8, 4, POINTS)
    return np.array(centres)[rng.integers(0, 2, POINTS)].T + scale * rng.standard_normal((f.dim, POINTS))


@settings(max_examples=80)
@given(st.data(), st.integers(0, 3))
def test_constants_hold_at_ten_thousand_points(data: st.DataObject, kind: int) -> None:
    f = draw_member(data.draw, kind)
    x = cloud(f, np.random.default_rng(0))
    g: Any = lift(f, Batch.of)
    points = Vec(tuple(Batch(c) for c in x))
    inside = g.gap(points).f < 0
    grads = np.stack([c.f for c in g.grad(points)])
    for part, centre, mu, L in ((inside, f.x_dagger, f.mu_dagger, f.L_M), (~inside, f.x_star, f.mu_star, f.L)):
        away = (x.T - np.array([float(c) for c in centre])).T[:, part]
        slope, squares = np.sum(grads[:, part] * away, axis=0), np.sum(away**2, axis=0)
        assert np.all(slope >= float(mu) * squares * (1 - 1e-9))
        assert np.all(np.sum(grads[:, part] ** 2, axis=0) <= (float(L) ** 2 * squares) * (1 + 1e-9))
    from_dagger = np.linalg.norm((x.T - np.array([float(c) for c in f.x_dagger])).T, axis=0)
    from_star = np.linalg.norm((x.T - np.array([float(c) for c in f.x_star])).T, axis=0)
    assert np.all(from_dagger[inside] <= float(f.rho) * (1 + 1e-9))
    assert np.all(inside[from_dagger < float(f.within) * (1 - 1e-9)])
    assert not np.any(inside[from_star < float(f.clearance) * (1 - 1e-9)])
    for h in (Fraction(2) / f.mu_dagger, ONE / f.L):
        landed = np.linalg.norm(((x - float(h) * grads).T - np.array([float(c) for c in f.x_star])).T, axis=0)
        assert np.all(landed[inside] <= float(f.landing(h)) * (1 + 1e-9))


def semidefinite(m: Any) -> bool:
    """Whether a symmetric rational matrix is positive semidefinite, by exact elimination."""
    a = [list(row) for row in m]
    for i in range(len(a)):
        if a[i][i] < 0 or (a[i][i] == 0 and any(a[i][i:])):
            return False
        for r in range(i + 1, len(a)):
            if a[i][i]:
                c = a[r][i] / a[i][i]
                a[r] = [e - c * p for e, p in zip(a[r], a[i], strict=True)]
    return True


def minus(m: Any, n: Any) -> Any:
    return [[a - b for a, b in zip(p, q, strict=True)] for p, q in zip(m, n, strict=True)]


@given(st.data())
def test_the_proof_of_membership_holds_on_the_instance(data: st.DataObject) -> None:
    """mu_star <= A <= L < mu_dagger <= B <= L_M and mu_dagger - L <= B - A <= L_M - mu_star as matrices, exactly."""
    f = draw_member(data.draw, 2)
    assert isinstance(f, TwoWells)
    A, B, C, d = f.outer.A, f.inner.A, f.B_minus_A, f.dim
    for m, lo, hi in ((A, f.mu_star, f.L), (B, f.mu_dagger, f.L_M), (C, f.mu_dagger - f.L, f.L_M - f.mu_star)):
        for low, high in ((scaled(lo, d), m), (m, scaled(hi, d))):
            assert semidefinite(minus(high, low))
    assert not semidefinite(minus(A, scaled(f.L, d))) or f.mu_star == f.L
    shift = f.x_dagger - f.middle
    assert f.inner.grad(f.middle) - f.outer.grad(f.middle) == 0 * shift
    assert f.gap(f.middle) == -f.level / 2


def scaled(c: Fraction, d: int) -> Any:
    return [[c if i == j else Fraction(0) for j in range(d)] for i in range(d)]


@settings(max_examples=60)
@given(st.data(), st.integers(0, 2))
def test_f_is_continuous_at_the_kink(data: st.DataObject, kind: int) -> None:
    f = draw_member(data.draw, kind)
    if isinstance(f, WellOnLine):
        for end in (f.lo, f.hi):
            x = vec(end)
            assert lift(f.well, Real.of)(lift(x, Real.of)) == lift(f.outer, Real.of)(lift(x, Real.of))
    else:
        assert isinstance(f, TwoWells)
        assert f.gap(f.middle) == -f.level / 2


@given(st.data())
def test_members_of_higher_dimension_are_no_toys(data: st.DataObject) -> None:
    domain = wells(dims="space")
    assert [c.share for c in domain.cases] == [Fraction(1, 2)] * 3
    f = domain.draw(data.draw)
    assert domain.member(lift(f, Real.of)).decide().truth is True
    assert wells(dims="line").member(f).decide().truth is False


@given(st.data(), st.sampled_from(["lands", "far", "any"]))
def test_steps_and_starts_are_in_their_domains(data: st.DataObject, condition: str) -> None:
    f = wells().draw(data.draw)
    steps, starts = leaving_steps(f, condition), starts_in_well(f)
    gamma, x = steps.draw(data.draw), starts.draw(data.draw)
    assert steps.member(gamma).decide().truth is True
    assert f.inside(x)
    assert x != f.x_dagger
    assert contraction(f, gamma) < 1 < spring(f, gamma)
    assert all(f.inside(y) for y in stay(f, gamma, x, 3))


def test_other_units_change_constants_as_they_should() -> None:
    f = TwoWells(vec(4, 2), (ONE * 2,) * 2, (ZERO,), vec(0, 0), (ONE * 10, ONE * 6), (ZERO,), Fraction(199, 10))
    by_curvature, *by_length = f.rescaled()
    assert (by_curvature[0].L, by_curvature[0].mu_dagger) == (1, 3)
    for g, c, s in (by_curvature, *by_length):
        assert (c * f.L, c * f.L_M) == (g.L, g.L_M)
        assert g.level == c * s**2 * f.level
        assert g.middle == s * f.middle


def test_a_well_on_the_line_by_hand() -> None:
    assert STEEP.left == Fraction(1254, 50)
    assert [STEEP.mu_dagger, STEEP.L_M, STEEP.mu_star, STEEP.L] == [3, Fraction(1254, 50), 1, 1]
    assert [STEEP.rho, STEEP.within, STEEP.diameter] == [Fraction(1, 10), Fraction(1, 50), Fraction(3, 25)]
    assert STEEP.clearance == Fraction(49, 50)
    assert gradient_step(STEEP, Fraction(1, 2), vec(Fraction(1, 100))) == vec(Fraction(-1, 200))


def test_balls_that_touch_the_kink_get_both_gradients() -> None:
    edge = Vec((Ball.hull(Fraction(1, 100), Fraction(3, 100)),))
    f = lift(STEEP, Ball.of)
    (g,) = f.grad(edge)
    assert g.a.contains(lift(STEEP, Ball.of).grad(Vec((Ball.of(Fraction(19, 1000)),)))[0].a)
    assert g.a.contains(f.grad(Vec((Ball.of(Fraction(21, 1000)),)))[0].a)
    assert f.hessian(edge) is None
    assert GD(f, Ball.of(ONE)).derivative(edge) is None


def test_the_starts_that_are_captured_are_those_of_a_simulation() -> None:
    gamma, K = Fraction(7, 10), 3
    exact = captured(STEEP, gamma, K).measure / STEEP.diameter
    x = np.linspace(float(STEEP.lo), float(STEEP.hi), 200_002)[1:-1]
    f: Any = lift(STEEP, Batch.of)
    near = np.zeros(x.shape, dtype=bool)
    for _ in range(K + 1):
        near |= np.abs(x - 1) < float(STEEP.clearance)
        x = x - float(gamma) * f.grad(Vec((Batch(x),)))[0].f
    assert abs(float(exact) - near.mean()) < 1e-4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ((Fraction(-1, 10), Fraction(1, 10), Fraction(1, 50), Fraction(3)), "lo < bottom < hi"),
        ((Fraction(-1, 10), ZERO, Fraction(2), Fraction(3)), r"outside \[lo, hi\]"),
        ((Fraction(-1, 10), ZERO, Fraction(1, 2), Fraction(-100)), "not a well"),
    ],
)
def test_bad_wells_are_refused(data: tuple[Fraction, ...], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        WellOnLine(PARABOLA, *data)


@pytest.mark.parametrize(
    ("wide", "steep", "height", "message"),
    [
        ((ONE,), (Fraction(10),), Fraction(7), "use WellOnLine"),
        ((Fraction(10),) * 2, (ONE,) * 2, Fraction(7), "L < mu_dagger"),
        ((ONE,) * 2, (Fraction(10),) * 2, Fraction(9), "x_dagger in M"),
        ((ONE,) * 2, (Fraction(10),) * 2, Fraction(-81), "x_dagger in M"),
    ],
)
def test_bad_pairs_of_quadratics_are_refused(
    wide: tuple[Fraction, ...], steep: tuple[Fraction, ...], height: Fraction, message: str
) -> None:
    star, bottom = vec(*([4] + [0] * (len(wide) - 1))), vec(*[0] * len(wide))
    axes = (ZERO,) * (len(wide) - 1)
    with pytest.raises(BadInput, match=message):
        TwoWells(star, wide, axes, bottom, steep, axes, height)


def test_linear_systems_are_solved_exactly() -> None:
    assert solve([[0, Fraction(2)], [Fraction(3), Fraction(1)]], [[Fraction(4)], [Fraction(5)]]) == [[1], [2]]
    with pytest.raises(BadInput, match="singular"):
        solve([[ONE, ONE], [ONE, ONE]], [[ONE], [ONE]])


@settings(max_examples=40)
@given(st.data())
def test_a_well_of_two_sides_is_no_quadratic_and_its_constants_are_attained(data: st.DataObject) -> None:
    """mu and L along an axis, exactly; the gradient is continuous where the Hessian jumps; M is a piece of another ellipsoid on each side of an axis."""
    f = draw_member(data.draw, 3)
    assert isinstance(f, FannedWells)
    for g, mu, L in ((f.outer, f.mu_star, f.L), (f.inner, f.mu_dagger, f.L_M)):
        assert (g.mu, g.L) == (mu, L)
        slopes = set()
        for axis in zip(*g.Q, strict=True):
            for side in (ONE, -ONE):
                y = side * Vec(tuple(axis))
                slope = as_fraction(dot(g.grad(g.centre + y), y))
                assert g.grad(g.centre + y) == slope * y
                slopes.add(slope)
        assert (min(slopes), max(slopes)) == (mu, L)
        assert not any(g.grad(g.centre))
        assert list(contradictions(g)) == []
    two = f.around
    assert two.height == f.height
    assert two.mu_dagger == f.mu_dagger
    assert two.L == f.L


def test_wells_of_two_sides_that_are_none() -> None:
    flat, steep = ((ONE, ONE), (ONE / 2, ONE)), ((ONE * 9, ONE * 8), (ONE * 10, ONE * 8))
    good = FannedWells(vec(4, 0), flat, (ZERO,), vec(0, 0), steep, (ZERO,), ONE)
    assert good.inside(vec(0, 0))
    wrong: Any
    for wrong in (
        lambda: FannedWells(vec(4, 0), ((ZERO, ONE), (ONE, ONE)), (ZERO,), vec(0, 0), steep, (ZERO,), ONE),
        lambda: FannedWells(vec(4, 0), flat, (ZERO,), vec(0, 0), ((ONE, ONE), (ONE * 9, ONE)), (ZERO,), ONE),
        lambda: FannedWells(vec(4, 0), flat, (ZERO,), vec(0, 0), steep, (ZERO,), ONE * 100),
        lambda: FannedWells(vec(4, 0), flat, (ZERO,), vec(0, 0), steep, (ZERO,), -ONE * 100),
        lambda: FannedWells(vec(4, 0), ((ONE,), (ONE,)), (ZERO,), vec(0, 0), steep, (ZERO,), ONE),
    ):
        with pytest.raises(BadInput):
            wrong()
