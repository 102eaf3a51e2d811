"""A table belongs to a class of curvatures only if it is one of curvatures, with -L <= mu."""

from fractions import Fraction
from typing import Any

import pytest

from objectives import Tabulated, convex, curvature_data, restricted_secant, smooth, strongly_convex
from objectives.classes.smooth import strongly_convex_on_the_line
from refute import BadInput, vec

F = Fraction
LINE = (vec(0), vec(1))
SECANT = Tabulated(LINE, (vec(0), vec(1)), (F(0), F(100)), F(1, 2), F(1), "secant")
CONCAVE = Tabulated(LINE, (vec(0), vec(-100)), (F(0), F(-50)), F(-100), F(1), "curvature")
HALF = Tabulated(LINE, (vec(0), vec(1)), (F(0), F(1, 2)), F(1, 2), F(1), "curvature")


@pytest.mark.parametrize(
    "domain",
    [
        strongly_convex(),
        strongly_convex(dim=1),
        strongly_convex_on_the_line(),
        strongly_convex(mu=F(1, 2), L=1),
        smooth(),
        convex(),
        smooth(L=1),
    ],
)
def test_a_table_that_is_no_member(domain: Any) -> None:
    assert domain.member(SECANT).decide().truth is False
    assert domain.member(CONCAVE).decide().truth is False
    assert domain.member(HALF).decide().truth is True


def test_a_class_of_gradients_has_no_values() -> None:
    f = restricted_secant().example()
    assert not any(f.grad(f.minimum.at))
    with pytest.raises(BadInput, match="says nothing of values"):
        f(f.points[0])
    with pytest.raises(BadInput, match="says nothing of values"):
        print(f.minimum.value)
    assert "f(" not in str(f).split("with")[-1]


def test_a_table_in_more_dimensions_than_its_class() -> None:
    space = (vec(0, 0, 0, 0), vec(1, 0, 0, 0))
    table = Tabulated(space, space, (F(0), F(1, 2)), F(1, 2), F(1), "curvature")
    assert curvature_data(F(1, 2), steps=1).member(table).decide().truth is False
    secant = Tabulated(space, space, (F(0), F(0)), F(1, 2), F(1), "secant")
    assert restricted_secant().member(secant).decide().truth is False
    plane = tuple(vec(*p.entries[:2]) for p in space)
    assert (
        restricted_secant().member(Tabulated(plane, plane, (F(0), F(0)), F(1, 2), F(1), "secant")).decide().truth
        is True
    )
