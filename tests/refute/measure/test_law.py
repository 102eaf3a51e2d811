"""Laws tested by samples whose law is known."""

from fractions import Fraction
from typing import Annotated

import numpy as np
import pytest
from flint import arb

from refute import (
    BadInput,
    CannotBatch,
    Claim,
    Sample,
    Theorem,
    distance_from_law,
    distance_from_scales,
    integers,
    mean_at_least,
    mean_at_most,
)
from refute.numbers.ball import Ball
from refute.numbers.mp import Mp, digits
from refute.proofs.at_once import prove

N = 4000


def uniform(shift: Fraction = Fraction(0), wide: float = 0.0) -> Sample:
    rng = np.random.default_rng(5)
    exact = [Fraction(int(i), 2**40) + shift for i in rng.integers(0, 2**40, N)]
    return Sample(tuple(Ball(Ball.of(x).a + arb(0, wide)) for x in exact), lambda i: Mp.of(exact[i]))


def identity(t: Ball) -> Ball:
    return Ball(arb.max(arb(0), arb.min(arb(1), t.a)))


def test_the_right_law_is_accepted_and_a_wrong_one_rejected() -> None:
    for sample, truth in ((uniform(), True), (uniform(Fraction(1, 5)), False), (uniform(Fraction(1, 20)), None)):
        claim = distance_from_law(lambda s=sample: s, identity, Fraction(1, 14), says="the distance")  # type: ignore[misc]
        decision = claim.decide()
        assert decision.truth is truth
        assert f"n = {N}, error 1e-09" in decision.says


def test_the_radius_is_that_of_dvoretzky_kiefer_and_wolfowitz() -> None:
    assert float(uniform().radius) == pytest.approx(np.sqrt(np.log(2e9) / (2 * N)))


def test_wide_balls_leave_more_open() -> None:
    close = Fraction(8, 100)
    for wide, truth in ((0.0, True), (0.05, None)):
        claim = distance_from_law(lambda w=wide: uniform(wide=w), identity, close, says="the distance")  # type: ignore[misc]
        assert claim.decide().truth is truth


def test_means() -> None:
    half = Fraction(1, 2)
    off = Fraction(1, 10)
    for bound, least, most in ((half - off, True, False), (half + off, False, True), (half, None, None)):
        assert mean_at_least(uniform, identity, bound, says="the mean").decide().truth is least
        assert mean_at_most(uniform, identity, bound, says="the mean").decide().truth is most


def test_mpmath_looks_at_some_of_the_samples() -> None:
    claim = mean_at_least(uniform, identity, Fraction(1, 3), says="the mean")
    decision = claim.decide()
    with digits(60):
        assert claim.opinion(decision).truth is True
        forged = Sample(uniform(Fraction(1, 7)).points, uniform().again)
        assert claim.opinion(type(decision)(True, "", None, forged)).truth is False


def test_empty_samples_and_batches_are_refused() -> None:
    with pytest.raises(BadInput, match="at least one point"):
        Sample((), lambda i: Mp.of(0))
    with pytest.raises(CannotBatch):
        mean_at_least(uniform, identity, 0, says="").slack()


@pytest.mark.parametrize("factor", [2, -1])
def test_a_number_that_is_not_in_the_unit_interval_is_refused(factor: int) -> None:
    for claim in (mean_at_least, mean_at_most):
        with pytest.raises(BadInput, match="numbers in"):
            claim(uniform, lambda t: factor * t, Fraction(1, 10), says="the mean").decide()


Seed = Annotated[int, integers(1, 2)]


def a_mean(seed: Seed) -> Claim:
    """The mean is at least 2/5."""
    return mean_at_least(uniform, identity, Fraction(2, 5), says="the mean")


def test_what_rests_on_chance_is_no_proof() -> None:
    at_once = prove(Theorem(a_mean, source="s", label="mean"))
    assert (at_once.decision, at_once.exception) == (None, None)


def normal(scale: float) -> Sample:
    rng = np.random.default_rng(6)
    exact = [Fraction(float(x)) * Fraction(scale) for x in rng.standard_normal(N)]
    return Sample(tuple(map(Ball.of, exact)), lambda i: Mp.of(exact[i]))


def bell(t: Ball) -> Ball:
    return Ball((1 + (t.a / arb(2).sqrt()).erf()) / 2)


def two_points() -> Sample:
    exact = [Fraction((-1) ** i, 1) + Fraction(i, 10**6) for i in range(N)]
    return Sample(tuple(map(Ball.of, exact)), lambda i: Mp.of(exact[i]))


@pytest.mark.parametrize("scale", [1e-9, 0.7, 3.0, 1e9])
def test_the_best_scale_is_found_whatever_it_is(scale: float) -> None:
    claim = distance_from_scales(lambda: normal(scale), bell, Fraction(1, 10), says="the distance")
    assert claim.decide().truth is True


def test_no_scale_of_the_normal_law_is_close_to_two_points() -> None:
    # The best one has its distance, 1/2 - P(0 < Z < s), at s where that is P(Z > s): a quarter.
    for bound, truth in ((Fraction(3, 20), False), (Fraction(1, 4), None), (Fraction(7, 20), True)):
        assert distance_from_scales(two_points, bell, bound, says="the distance").decide().truth is truth


def test_a_law_beside_the_family_is_far_from_all_of_it() -> None:
    shifted = lambda: uniform(Fraction(3))  # noqa: E731
    assert distance_from_scales(shifted, bell, Fraction(2, 5), says="the distance").decide().truth is False
