"""The classes of functions by dimension, minimizer and flatness."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import PiecewiseQuadratic, convex, smooth, square, strongly_convex
from refute import BadInput, Domain, vec

F = Fraction
FLAT = PiecewiseQuadratic((F(0),), (F(0), F(0)), F(1), F(0))


def drawn(domain: Domain) -> Any:
    return st.composite(lambda draw: domain.draw(draw))()


@pytest.mark.parametrize("dim", [1, 2, 4])
def test_members_have_the_dimension(dim: int) -> None:
    @given(drawn(smooth(dim=dim)), drawn(convex(dim=dim, minimizer="attained")), drawn(strongly_convex(dim=dim)))
    def check(f: Any, g: Any, k: Any) -> None:
        assert f.dim == g.dim == k.dim == dim
        assert smooth(dim=dim).member(f).decide().truth is True
        assert convex(dim=dim).member(g).decide().truth is True
        assert g.minimum is not None
        assert strongly_convex(dim=dim).member(k).decide().truth is True
        assert k.mu > 0

    check()


def test_another_dimension_is_outside() -> None:
    assert smooth(dim=2).member(square(1)).decide().truth is False
    assert strongly_convex(dim=2).member(square(1)).decide().truth is False


def test_affine_functions_belong_where_they_are_asked_for() -> None:
    assert convex().member(FLAT).decide().truth is False
    assert smooth().member(FLAT).decide().truth is False
    assert convex(allow_flat=True).member(FLAT).decide().truth is True


@given(drawn(convex()), drawn(smooth()), drawn(convex(minimizer="known")))
def test_none_is_flat(f: Any, g: Any, k: Any) -> None:
    assert f.L > 0
    assert g.L > 0
    assert k.minimum.at is not None
    assert convex(minimizer="known").member(k).decide().truth is True


def test_a_minimizer_that_is_not_known_is_outside() -> None:
    rising = PiecewiseQuadratic((F(0),), (F(1), F(0)), F(1), F(0))
    falling = PiecewiseQuadratic((F(0),), (F(0), F(1)), F(1), F(0))
    assert convex(minimizer="known").member(rising).decide().truth is True
    assert convex(minimizer="known").member(falling).decide().truth is False
    assert convex(minimizer="attained").member(square(2)).decide().truth is True
    least = square(2).minimum
    assert least is not None
    assert least.at == vec(0)


def test_bad_words_get_a_sentence() -> None:
    with pytest.raises(BadInput, match="minimizer='exists' is none of 'any', 'attained', 'known'"):
        convex(minimizer="exists")  # type: ignore[arg-type]
    for dim in (0, 13, True, "2"):
        with pytest.raises(BadInput, match="is not a dimension from 1 to 12"):
            smooth(dim=dim)
