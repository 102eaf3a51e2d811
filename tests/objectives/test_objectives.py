"""Every objective against brute force: gradient, Hessian, L, mu, minimum, and all arithmetics alike."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from objectives import (
    PiecewiseQuadratic,
    Quadratic,
    Ridge,
    RidgeSum,
    SeparableSum,
    convex,
    convex_with_minimum,
    on_the_line,
    smooth,
    smooth_with_minimum,
    square,
)
from objectives.functions.profiles import PROFILES, Name
from objectives.functions.quadratic import cayley
from refute import BadInput, Ball, Batch, Vec, dot, lift, points, precision, sq, vec
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real

ANY = smooth()
WORD: Any = "sine"
NEAR = st.fractions(min_value=-4, max_value=4, max_denominator=16)


def some_function(data: st.DataObject, domain: Any = ANY) -> Any:
    return domain.draw(data.draw)


def some_point(data: st.DataObject, f: Any) -> Vec:
    return Vec(tuple(data.draw(NEAR) for _ in range(f.dim)))


def in_floats(f: Any, points: np.ndarray[Any, Any]) -> tuple[Any, Any]:
    g = lift(f, Batch.of)
    x = Vec(tuple(Batch(points[:, i]) for i in range(f.dim)))
    gradient = np.array([np.broadcast_to(Batch.of(e).f, len(points)) for e in g.grad(x)]).T
    return np.broadcast_to(Batch.of(g(x)).f, len(points)), gradient


@given(st.data())
def test_all_arithmetics_agree(data: st.DataObject) -> None:
    f = some_function(data)
    x = some_point(data, f)
    exact = lift(f, Real.of)
    value = exact(lift(x, Real.of))
    gradient = exact.grad(lift(x, Real.of))
    floats, slopes = in_floats(f, np.array([[float(e) for e in x]]))
    scale = 1 + abs(float(value))
    assert abs(floats[0] - float(value)) <= 1e-6 * scale
    for a, b in zip(gradient, slopes[0], strict=True):
        assert abs(float(a) - b) <= 1e-6 * (1 + abs(b)) * (1 + float(f.L))
    with digits(50):
        second = lift(f, Mp.of)(lift(x, Mp.of))
        assert abs(float(second) - float(value)) <= 1e-9 * scale
    with precision(128):
        ball = Ball.of(lift(f, Ball.of)(lift(x, Ball.of)))
        assert ball.a.overlaps(Ball.of(value).a)


@given(st.data())
def test_gradient_and_hessian_are_derivatives(data: st.DataObject) -> None:
    """f(y) - f(x) lies in <f'(box), y - x> for a small box, and f' likewise in f''(box)."""
    f = some_function(data)
    x = some_point(data, f)
    i = data.draw(st.integers(0, f.dim - 1))
    step = Fraction(1, 1024)
    y = Vec(tuple(e + (step if j == i else 0) for j, e in enumerate(x)))
    with precision(160):
        g = lift(f, Ball.of)
        a, b = lift(x, Ball.of), lift(y, Ball.of)
        box = Vec(tuple(Ball.hull(p, q) for p, q in zip(a, b, strict=True)))
        rise = Ball.of(g(b) - g(a))
        assert Ball.of(g.grad(box)[i] * step).a.overlaps(rise.a)
        change = g.grad(b)[i] - g.grad(a)[i]
        assert Ball.of(g.hessian(box)[i][i] * step).a.overlaps(Ball.of(change).a)


@given(st.data())
def test_L_and_mu_bound_the_curvature(data: st.DataObject) -> None:
    """abs(f'(y) - f'(x)) <= L abs(y - x), and <f'(y) - f'(x), y - x> >= mu abs(y - x)^2, exactly."""
    f = some_function(data)
    x, y = (lift(some_point(data, f), Real.of) for _ in range(2))
    g = lift(f, Real.of)
    change = g.grad(y) - g.grad(x)
    assert sq(change) <= g.L**2 * sq(y - x)
    assert dot(change, y - x) >= g.mu * sq(y - x)


@given(st.data())
def test_least_and_largest_constants_are_approached(data: st.DataObject) -> None:
    f = some_function(data)
    if not f.L_is_least or f.L == 0 or isinstance(f, SeparableSum):
        return
    if isinstance(f, RidgeSum):
        (t,) = f.terms
        if t.phi in ("huber", "rational", "log_cosh", "softplus", "cos"):
            ends = {abs(t.least_curvature), abs(t.most_curvature)}
            assert max(ends) * sq(t.a) == f.L
        return
    values = f.eigenvalues if isinstance(f, Quadratic) else f.curvatures
    assert max(map(abs, values)) == f.L
    assert f.mu == min(values)


@given(st.data())
@settings(max_examples=150)
def test_no_point_lies_below_the_minimum(data: st.DataObject) -> None:
    f = some_function(data, smooth_with_minimum())
    least = f.minimum.value
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    scale = 10.0 ** rng.uniform(-2, 4, size=(400, 1))
    values, _ = in_floats(f, rng.standard_normal((400, f.dim)) * scale)
    at = float(Batch.of(least).f)
    assert np.min(values) >= at - 1e-6 * (1 + abs(at) + np.abs(values[np.argmin(values)]))
    if f.minimum.at is not None:
        g = lift(f, Real.of)
        p = lift(f.minimum.at, Real.of)
        assert g(p) == lift(least, Real.of)
        assert all(e == 0 for e in g.grad(p))


@given(st.data())
def test_classes_contain_what_they_say(data: st.DataObject) -> None:
    for domain in (convex(), convex_with_minimum(), smooth_with_minimum()):
        f = some_function(data, domain)
        assert domain.member(lift(f, Real.of)).decide().truth is True
    assert convex().member(lift(square(-1), Real.of)).decide().truth is False
    line = Quadratic((), (Fraction(0),), (Fraction(1),), vec(0), Fraction(0))
    assert smooth_with_minimum().member(lift(line, Real.of)).decide().truth is False


@given(st.lists(NEAR, min_size=3, max_size=3))
def test_cayley_gives_rational_rotations(skew: list[Fraction]) -> None:
    q = cayley(skew, 3)
    for i in range(3):
        for j in range(3):
            assert sum(q[k][i] * q[k][j] for k in range(3)) == (i == j)


def test_an_enclosed_minimum_to_a_thousand_bits_and_again_in_mpmath() -> None:
    f = RidgeSum(
        (
            Ridge(Fraction(1), "log_cosh", vec(1), Fraction(-2)),
            Ridge(Fraction(1), "cos", vec(2), Fraction(1)),
        )
    )
    minimum = f.minimum
    assert minimum is not None
    ball = minimum.value.enclose(1000)
    assert ball.rad() < 1e-280
    approximation = minimum.value.approximate(60)
    assert abs(float(approximation) - float(ball.mid())) < 1e-14
    values, _ = in_floats(f, np.linspace(-50, 50, 20001)[:, None])
    assert abs(np.min(values) - float(ball.mid())) < 1e-4


@pytest.mark.parametrize(
    ("terms", "least"),
    [
        ([(-1, "rational", "-5/2", "5/2"), ("7/4", "log_cosh", "-3/2", "3/2")], -1),
        ([(-1, "cos", 1, -1), (7, "log_cosh", 2, -2)], -1),
        # The second has its centre elsewhere, and the minimum between them is no rational.
        ([("7/4", "log_cosh", 1, -1), (1, "log_cosh", 1, 1)], None),
        ([("7/4", "log_cosh", 1, -1), (1, "softplus", 1, -1), (1, "softplus", -1, 1)], None),
    ],
)
def test_a_minimum_where_all_terms_are_at_their_centres_is_exact(terms: Any, least: Any) -> None:
    f = RidgeSum(tuple(Ridge(Fraction(c), phi, vec(Fraction(a)), Fraction(b)) for c, phi, a, b in terms))
    assert f.minimum is not None
    assert (f.minimum.at, f.minimum.value) == ((None, f.minimum.value) if least is None else (vec(1), least))


def test_functions_without_a_minimum_have_none() -> None:
    up = RidgeSum((Ridge(Fraction(1), "softplus", vec(1), Fraction(0)),))
    hill = RidgeSum((Ridge(Fraction(1), "rational", vec(1), Fraction(0)),))
    two = RidgeSum((*up.terms, Ridge(Fraction(1), "softplus", vec(2), Fraction(0))))
    falling = PiecewiseQuadratic((Fraction(0),), (Fraction(0), Fraction(1)), Fraction(1), Fraction(0))
    for f in (up, hill, two, falling, square(-1)):
        assert f.minimum is None


def test_the_well_in_the_hill_has_its_minimum_and_its_falling_flank() -> None:
    def well(b: Fraction) -> RidgeSum:
        return RidgeSum((Ridge(Fraction(1), "rational", vec(1), b), Ridge(Fraction(-2), "rational", vec(3), 3 * b)))

    f, shifted = well(Fraction(0)), well(Fraction(1, 1009))
    assert f.minimum is not None
    assert (f.minimum.value, f.minimum.at) == (-1, vec(0))
    # Of other minimizers than simple ones the value is enclosed.
    assert shifted.minimum is not None
    assert abs(float(shifted.minimum.value.enclose(64).mid()) + 1) < 1e-15
    with precision(64):
        g = lift(f, Real.of)
        assert g.outward(Ball.of(1), 1)
        assert g.outward(Ball.of(-1), -1)
        assert not g.outward(Ball.of(Fraction(1, 2)), 1)
    assert f.fades(1)


def test_huber_sums_are_piecewise_quadratics() -> None:
    f = RidgeSum((Ridge(Fraction(1), "huber", vec(1), Fraction(3)), Ridge(Fraction(1), "huber", vec(2), Fraction(-3))))
    g = f.as_piecewise
    assert g is not None
    for i in range(-20, 20):
        x = vec(Fraction(i, 3))
        assert f(x) == g(x)
        assert f.grad(x)[0] == g.grad(x)[0]


@given(st.sampled_from(list(PROFILES)), NEAR, NEAR)
def test_profiles_stay_in_their_ranges(name: Name, a: Fraction, b: Fraction) -> None:
    p = PROFILES[name]
    with precision(96):
        box = Ball.hull(a, b)
        for x in (a, b, (a + b) / 2):
            inner = p.curvature(Ball.of(x))
            assert p.curvature(box).a.overlaps(inner.a)
            assert not inner.a < Ball.of(p.least_curvature).a
            assert not inner.a > Ball.of(p.most_curvature).a


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Quadratic((), (Fraction(1), Fraction(1)), (Fraction(0),), vec(0), Fraction(0)), "needs 2 slopes"),
        (lambda: PiecewiseQuadratic((), (Fraction(1),), Fraction(0), Fraction(0)), "at least one knot"),
        (
            lambda: PiecewiseQuadratic((Fraction(1), Fraction(1)), (Fraction(1),) * 3, Fraction(0), Fraction(0)),
            "must increase",
        ),
        (lambda: RidgeSum(()), "at least one term"),
        (lambda: Ridge(Fraction(1), WORD, vec(1), Fraction(0)), "'sine' is not a profile"),
        (lambda: SeparableSum(()), "at least one part"),
    ],
)
def test_bad_data_is_refused_in_one_sentence(make: Any, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        make()


@given(st.data())
def test_other_units_scale_values_slopes_and_curvatures(data: st.DataObject) -> None:
    """g(s x) = c s^2 f(x) and grad g(s x) = c s grad f(x), for every offer."""
    f = smooth().draw(data.draw)
    x = lift(points(f.dim, within=4).draw(data.draw), Real.of)
    for g, c, s in f.rescaled() if hasattr(f, "rescaled") else ():
        moved = s * x
        assert c * f.L == g.L
        assert lift(g, Real.of)(moved) == c * s**2 * lift(f, Real.of)(x)
        assert lift(g, Real.of).grad(moved) == c * s * lift(f, Real.of).grad(x)


@given(st.data())
def test_straightened_piecewise_quadratics_have_the_same_values(data: st.DataObject) -> None:
    f = on_the_line().draw(data.draw)
    offer = f.straightened() if isinstance(f, PiecewiseQuadratic) else None
    if offer is not None:
        g, moved = offer
        x = points(1).draw(data.draw)
        assert lift(g, Real.of)(lift(moved(x), Real.of)) == lift(f, Real.of)(lift(x, Real.of))
