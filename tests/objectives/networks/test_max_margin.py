"""The max-margin problem, the potential across, and the certificates of what gradient descent does there."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from objectives.networks import Across, Separated, max_margin, spanned, supported
from objectives.networks.max_margin_fates import Trapped, bottom_of
from refute import BadInput, Claim, Mp, Vec, at_limit, converges, digits, dot, lift, lt, vec
from refute.numbers.real import Real

ONE, HALF = Fraction(1), Fraction(1, 2)
UNEVEN = max_margin((vec(1, 1), vec(1, -2)))
ONE_SIDED = max_margin((vec(1, 0), vec(1, 1)))


def test_max_margin_is_solved_exactly() -> None:
    assert UNEVEN.w == vec(1, 0)
    assert UNEVEN.dual == (Fraction(2, 3), Fraction(1, 3))
    tilted = max_margin((vec(3, 4), vec(30, 41), vec(2, 7)))
    assert min(tilted.margins) == 1
    assert tilted.w == sum(
        (a * z for a, z in zip(tilted.dual[1:], tilted.rows[1:], strict=True)), tilted.dual[0] * tilted.rows[0]
    )
    with pytest.raises(BadInput, match="not linearly separable"):
        max_margin((vec(1, 0), vec(-1, 0)))
    with pytest.raises(BadInput, match="one multiplier each"):
        Separated((vec(1),), (ONE,))


def test_multipliers_are_positive_wherever_they_can_be() -> None:
    # Two copies of a point share its multiplier; a point that no solution uses has none.
    twice = max_margin((vec(1, 1), vec(1, 1), vec(1, -1)))
    assert min(twice.dual) > 0
    assert ONE_SIDED.dual == (ONE, Fraction(0))
    for f, expected in ((UNEVEN, (True, True)), (ONE_SIDED, (False, True)), (max_margin((vec(1, 0),)), (True, False))):
        g = lift(f, Real.of)
        assert (supported(g).decide().truth, spanned(g).decide().truth) == expected


def test_the_potential_is_minimized() -> None:
    # e^{-v} + e^{2 v} is least where e^{3 v} = 1/2.
    found = bottom_of(UNEVEN, 192)
    assert float(found.v[1]) == pytest.approx(-math.log(2) / 3, abs=1e-15)
    assert found.v[0] == 0
    assert 0 < found.least < 2 ** (1 / 3) + 4 * 2 ** (-2 / 3)
    with pytest.raises(BadInput, match="no minimizer, or more than one"):
        bottom_of(ONE_SIDED, 64)


@pytest.mark.parametrize("h", [HALF, Fraction(5), Fraction(1000)])
def test_the_part_across_is_trapped(h: Fraction) -> None:
    found = Across(UNEVEN, h).certified(vec(1, 1))
    assert found.converges is True
    with digits(50):
        assert found.data.confirmed(lift(Across(UNEVEN, h), Mp.of), lift(vec(1, 1), Mp.of), found.step)


def test_a_forged_trap_is_refused() -> None:
    found = Across(UNEVEN, ONE).certified(vec(1, 1))
    moved = replace(found.data.bottom, v=vec(0, Fraction(-1, 5)))
    with digits(50):
        system, start = lift(Across(UNEVEN, ONE), Mp.of), lift(vec(1, 1), Mp.of)
        assert not Trapped(moved).confirmed(system, start, found.step)
        assert not found.data.confirmed(system, start, 0)


def test_one_sided_support_vectors_drift() -> None:
    found = Across(ONE_SIDED, ONE).certified(vec(0, 0))
    assert (found.converges, found.bounded) == (False, False)
    assert found.data.e == vec(0, 1)
    with digits(50):
        assert found.data.confirmed(lift(Across(ONE_SIDED, ONE), Mp.of), lift(vec(0, 0), Mp.of), 0)


def test_data_beyond_the_floats_stay_open() -> None:
    huge = max_margin((vec(1, 10**200), vec(1, -(10**200))))
    assert Across(huge, ONE).certified(vec(0, 0)).kind == "open"


def test_the_limit_is_known_to_any_precision() -> None:
    system, start = lift(Across(UNEVEN, ONE), Real.of), lift(vec(1, 1), Real.of)
    low = Fraction(-231049060186648, 10**15) - Fraction(1, 10**14)

    def close(v: Vec) -> Claim:
        return lt(0, (v[1] - low) * (low + Fraction(2, 10**14) - v[1]))

    assert at_limit(system, start, close).decide().truth is True
    assert converges(system, start).decide().truth is True


def test_the_gradient_is_that_of_the_logistic_loss() -> None:
    g, x = lift(UNEVEN, Real.of), lift(vec(HALF, HALF), Real.of)
    step = Fraction(1, 10**6)
    slopes = [float(g(lift(vec(HALF, HALF) + step * e, Real.of)) - g(x)) / 1e-6 for e in (vec(1, 0), vec(0, 1))]
    assert [float(c) for c in g.grad(x)] == pytest.approx(slopes, abs=1e-5)
    assert dot(UNEVEN.across(vec(3, 5)), UNEVEN.w) == 0
