"""Disjunctions: the first true part decides, mpmath asks the same parts, batches take the best slack."""

from fractions import Fraction

import numpy as np
import pytest

from refute import Batch, Claim, Vec, any_of, both, converges, eq, known, le, lift, ne, sqrt, unbounded, vec
from refute.errors import BadInput
from refute.numbers.mp import digits
from refute.numbers.real import Real
from refute.statements.wording import described

F = Fraction


def both_agree(claim: Claim) -> bool | None:
    decision = claim.decide()
    with digits(60):
        assert claim.opinion(decision).truth is decision.truth
    return decision.truth


@pytest.mark.parametrize(
    ("first", "second", "truth"),
    [
        (True, False, True), (False, True, True), (False, False, False), (None, True, True), (True, None, True),
        (None, False, None), (False, None, None),
    ],
)  # fmt: skip
def test_the_table_of_truth(first: bool | None, second: bool | None, truth: bool | None) -> None:
    assert any_of(a=known(first), b=known(second)).decide().truth is truth


def test_numbers_and_what_is_said() -> None:
    x = Real.of(2)
    assert both_agree(any_of(small=le(x, 1), large=le(sqrt(x), 2))) is True
    assert any_of(small=le(x, 1), large=le(sqrt(x), 2)).decide().says.startswith("large: ")
    nowhere = any_of(small=le(x, 1), large=le(3, x))
    assert both_agree(nowhere) is False
    assert nowhere.decide().says == "no alternative (small: lhs <= rhs; large: lhs <= rhs)"


def test_limits_are_alternatives_too() -> None:
    start = lift(vec(1), Real.of)

    def halves(x: Vec) -> Vec:
        return x / 2

    def doubles(x: Vec) -> Vec:
        return 2 * x

    for step, truth in ((halves, True), (doubles, True), (lambda x: -x, False)):
        assert both_agree(any_of(converges=converges(step, start), escapes=unbounded(step, start))) is truth


def test_mpmath_does_not_believe_a_part_that_did_not_decide() -> None:
    claim = any_of(first=le(Real.of(1), 2), second=le(Real.of(2), 1))
    with digits(60):
        assert any_of(first=le(Real.of(3), 2), second=le(Real.of(2), 1)).opinion(claim.decide()).truth is False


def test_inside_a_conjunction() -> None:
    x = Real.of(F(1, 2))
    assert both_agree(both(low=le(0, x), split=any_of(left=le(x, 0), right=le(F(1, 4), x)))) is True


def test_batches() -> None:
    x = Batch(np.array([-1.0, 0.5, 2.0]))
    assert list(any_of(small=le(x, 0, unit=1), large=le(1, x, unit=1)).slack() >= 0) == [True, False, True]


def test_no_truth_value() -> None:
    with pytest.raises(BadInput, match="no truth value"):
        bool(any_of(a=known(True)))


def test_both_sides_of_each_alternative_are_shown() -> None:
    with described():
        d = any_of(first=le(2, 1), second=le(3, 1)).decide()
    assert [value for _, value in d.sides] == ["2", "1", "3", "1"]


def test_both_sides_of_each_entry_are_shown() -> None:
    with described():
        same, other = eq(vec(1, 2), vec(1, 3)).decide(), ne(vec(1, 2), vec(1, 2)).decide()
    assert dict(same.sides)["(vec(1, 3))[1]"] == "3"
    assert dict(other.sides)["(vec(1, 2))[0]"] == "1"
