"""Wells with a continuous gradient: their geometry, and the starts that stay, against a simulation."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.wells import ShelledWell, expanding_steps, shelled_wells, staying
from refute import BadInput, Batch, Vec, lift, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
COVERS = ShelledWell(ONE, ONE, Fraction(10), Fraction(10), Fraction(6), Fraction(1, 8), ONE, Fraction(0))


def test_a_shelled_well_by_hand() -> None:
    assert [COVERS.a, COVERS.b_2, COVERS.clearance] == [Fraction(1, 9), Fraction(3, 7), Fraction(4, 7)]
    assert COVERS.grad(vec(COVERS.top)) == vec(0)
    assert COVERS.expansion(HALF) == 4
    assert staying(COVERS, HALF, 3).measure == COVERS.N.measure / 8


@given(st.data(), st.booleans())
def test_the_gradient_is_that_of_the_parabola_outside(data: st.DataObject, flat: bool) -> None:
    w = shelled_wells(flat=flat).draw(data.draw)
    for x in (-w.a - 1, -w.a, w.b_2, w.D, w.D + 3):
        assert w.grad(vec(x)) == vec(w.mu * (x - w.D))
    assert w.f.curvatures[-2] == -w.fall
    assert -w.a < 0 < w.top < w.b_2 < w.D


@given(st.data())
def test_starts_that_stay_are_those_of_a_simulation(data: st.DataObject) -> None:
    w = shelled_wells().draw(data.draw)
    h = expanding_steps(w, least=1).draw(data.draw)
    x = np.linspace(float(-w.a), float(w.b_2), 20_002)[1:-1]
    f: Any = lift(w.f, Batch.of)
    stay = np.ones(x.shape, dtype=bool)
    for _ in range(3):
        x = x - float(h) * f.grad(Vec((Batch(x),)))[0].f
        stay &= (x > float(-w.a)) & (x < float(w.b_2))
    assert abs(float(staying(w, h, 3).measure / w.N.measure) - stay.mean()) < 2e-3


@pytest.mark.parametrize(
    ("change", "message"), [({"far": HALF}, "0 < mu < far"), ({"fall": Fraction(1, 100)}, "would end at")]
)
def test_bad_shelled_wells_are_refused(change: dict[str, Fraction], message: str) -> None:
    data = {"D": ONE, "mu": ONE, "far": ONE * 10, "near": ONE * 10, "fall": ONE * 6, "b": ONE / 8, "lift": ONE}
    with pytest.raises(BadInput, match=message):
        ShelledWell(**{**data, **change}, flat=Fraction(0))
