"""Large powers are made by squares, and decided; small ones factor by factor, as before."""

from fractions import Fraction

import pytest

from refute.duality.parameters.ratio import HIGHEST, parameters
from refute.errors import NotLinear
from refute.numbers.ball import Ball
from refute.numbers.mp import Mp
from refute.numbers.real import ONE_BY_ONE, Real
from refute.statements.claims import le
from refute.work import WORK

X = Fraction(2, 3)


@pytest.mark.parametrize("n", [0, 1, 2, ONE_BY_ONE, ONE_BY_ONE + 1, 100, 127, 128, 1000])
def test_a_power_is_the_product_of_its_factors(n: int) -> None:
    assert Real.of(X) ** n == X**n
    assert (Ball.of(X) ** n).a.contains((Ball.of(X**n)).a.mid())
    assert abs((Mp.of(X) ** n).m - (Mp.of(X**n)).m) <= 1e-12 * (Mp.of(X**n)).m


def test_a_power_that_no_memory_holds_is_decided() -> None:
    before = WORK.ticks
    assert le(Real.of(X) ** 2**40, Real.of(Fraction(1))).decide().truth is True
    assert le(Real.of(1 + X) ** 2**40, Real.of(Fraction(1))).decide().truth is False
    assert WORK.ticks - before < 2000


def test_a_parameter_has_no_power_of_a_huge_degree() -> None:
    t, _, _ = parameters()
    assert (t**HIGHEST).degree("t") == HIGHEST
    with pytest.raises(NotLinear, match="has a degree of more than"):
        t ** (HIGHEST + 1)
    with pytest.raises(NotLinear, match="has a degree of more than"):
        (t**HIGHEST) ** 2
