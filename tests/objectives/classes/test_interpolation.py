"""Data that a function of a class can have: the conditions, the function on the line, the table."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import PiecewiseQuadratic, Tabulated, curvature_data, restricted_secant, starts
from objectives.classes.draws import Class, draw_orbit_shaped
from objectives.classes.interpolation import excess, on_the_line
from refute import BadInput, Vec, lift, vec
from refute.numbers.real import Real

ONE, ZERO = Fraction(1), Fraction(0)
SMALL = st.integers(-16, 16).map(lambda n: Fraction(n, 8))
RATIO = st.integers(0, 8).map(lambda n: Fraction(n, 8))


def at(f: PiecewiseQuadratic, x: Fraction) -> tuple[Fraction, Fraction]:
    """f(x) and f'(x), exactly."""
    point = lift(Vec((x,)), Real.of)
    g = lift(f, Real.of)
    return Fraction(str(g(point).q)), Fraction(str(g.grad(point)[0].q))


@given(st.data(), st.sampled_from([(-ONE, ONE), (ZERO, Fraction(2)), (Fraction(1, 4), ONE)]))
def test_the_function_on_the_line_has_the_data_and_the_curvatures(
    data: st.DataObject, bounds: tuple[Fraction, Fraction]
) -> None:
    mu, L = bounds
    gaps = data.draw(st.lists(st.integers(1, 8).map(lambda n: Fraction(n, 4)), min_size=1, max_size=4))
    points, slopes = [ZERO], [data.draw(SMALL)]
    for gap in gaps:
        points.append(points[-1] + gap)
        slopes.append(slopes[-1] + gap * (mu + (L - mu) * data.draw(RATIO)))
    slides = tuple(data.draw(RATIO) for _ in gaps)
    f = on_the_line(tuple(points), tuple(slopes), slides, mu, L, (mu, L))
    assert all(at(f, x)[1] == g for x, g in zip(points, slopes, strict=True))
    assert mu <= f.mu <= f.L
    assert all(mu <= c <= L for c in f.curvatures)


@given(SMALL, RATIO)
def test_the_slide_reaches_the_ends_that_the_inequality_allows(p: Fraction, ratio: Fraction) -> None:
    """Slide 0 is the least value at the right end, slide 1 the largest: both are equality cases."""
    mu, L, d = -ONE, ONE, Fraction(2)
    q = p + d * (mu + (L - mu) * ratio)
    for slide in (ZERO, ONE):
        f = on_the_line((ZERO, d), (p, q), (slide,), mu, L, (L, L))
        a, b = (Vec((ZERO,)), Vec((p,)), at(f, ZERO)[0]), (Vec((d,)), Vec((q,)), at(f, d)[0])
        tight = excess(mu, L, b, a) if slide == 0 else excess(mu, L, a, b)
        assert tight == 0
        assert excess(mu, L, a, b) >= 0
        assert excess(mu, L, b, a) >= 0


def test_impossible_slopes_are_refused() -> None:
    with pytest.raises(BadInput, match="no slope between 0 and 1 leads from 0 at 0 to 2 at 1"):
        on_the_line((ZERO, ONE), (ZERO, Fraction(2)), (ZERO,), ZERO, ONE, (ZERO, ZERO))


@given(st.data(), st.booleans())
def test_orbit_shaped_functions_are_in_their_class(data: st.DataObject, convex: bool) -> None:
    f = draw_orbit_shaped(data.draw, Class(convex=convex, minimum=True))
    assert f.minimum is not None
    assert f.mu >= 0 or not convex
    assert all(a < b for a, b in pairwise(f.knots))


@given(st.data())
def test_tabulated_data_belong_to_their_class(data: st.DataObject) -> None:
    for domain in (
        restricted_secant(),
        curvature_data(0, steps=3),
        curvature_data(-1, steps=3),
        curvature_data(Fraction(1, 3), steps=3),
    ):
        f = domain.draw(data.draw)
        assert domain.member(lift(f, Real.of)).decide().truth is True
        x = starts(f).draw(data.draw)
        assert x in f.points


def test_values_that_no_convex_function_has_are_seen() -> None:
    f = Tabulated((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, Fraction(1, 4)), ZERO, ONE, "curvature")
    assert lift(f, Real.of).member().decide().truth is False
    g = Tabulated((vec(0), vec(1)), (vec(0), vec(1)), (ZERO, Fraction(1, 2)), ZERO, ONE, "curvature")
    assert lift(g, Real.of).member().decide().truth is True


def test_a_secant_inequality_that_fails_is_seen() -> None:
    f = Tabulated((vec(0, 0), vec(1, 0)), (vec(0, 0), vec(3, 5)), (ZERO, ZERO), Fraction(3), Fraction(5), "secant")
    decision = lift(f, Real.of).member().decide()
    assert decision.truth is False
    assert "error bound at 1" in decision.says


def test_a_table_says_nothing_elsewhere() -> None:
    f = Tabulated((vec(0),), (vec(0),), (ZERO,), ZERO, ONE, "curvature")
    with pytest.raises(BadInput, match="say nothing about this point"):
        lift(f, Real.of)(lift(vec(1), Real.of))


@pytest.mark.parametrize(
    ("points", "mu", "kind", "message"),
    [
        ((vec(0), vec(0)), ZERO, "curvature", "occurs twice"),
        ((vec(0), vec(0, 1)), ZERO, "curvature", "one dimension"),
        ((vec(0), vec(1)), ONE, "curvature", "mu < L"),
        ((vec(0), vec(1)), ZERO, "smooth", "neither 'curvature' nor 'secant'"),
    ],
)
def test_bad_tables_are_refused(points: tuple[Vec, ...], mu: Fraction, kind: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        Tabulated(points, (vec(0),) * 2, (ZERO,) * 2, mu, ONE, kind)  # type: ignore[arg-type]
