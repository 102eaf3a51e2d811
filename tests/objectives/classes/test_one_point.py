"""Constants of one-point strong convexity and the printed window, drawn inside their domains."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from objectives import Quadratic, square
from objectives.classes import narrow_smoothness, one_point_constants, points_but, printed_large_steps
from objectives.wells import misses, reaches
from refute import dot, sq, vec

ZERO, ONE = Fraction(0), Fraction(1)
BOWL = Quadratic((ZERO,), (ONE, Fraction(2)), (ZERO, ZERO), vec(0, 0), ZERO)


@given(st.data())
def test_draws_are_members(data: st.DataObject) -> None:
    p = points_but(2, vec(0, 0)).draw(data.draw)
    mu = one_point_constants(BOWL, vec(0, 0), p).draw(data.draw)
    assert mu * sq(p) <= dot(BOWL.grad(p), p)
    L = narrow_smoothness(mu, ONE)
    found = L.draw(data.draw)
    assert L.member(found).decide().truth is True
    steps = printed_large_steps(mu, ONE, found)
    assert steps.member(steps.draw(data.draw)).decide().truth is True


def test_the_printed_window_is_closed_above() -> None:
    steps = printed_large_steps(Fraction(8), ONE, ONE)
    assert steps.member(ONE).decide().truth is True
    assert steps.member(Fraction(1, 4)).decide().truth is False


def test_reaching_and_missing_points() -> None:
    half = Fraction(1, 2)
    assert reaches(square(1), half, vec(8), vec(0), ONE).decide().truth is True
    assert reaches(square(1), half, vec(8), vec(-1), half).decide().truth is None
    assert misses(square(1), half, vec(8), vec(0))
    assert not misses(square(1), half, vec(8), vec(2))
