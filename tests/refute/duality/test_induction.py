"""Any number of steps: proved by a potential that does not grow, and by none that grows."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import gradient_step
from refute import Claim, Scalar, Theorem, Vec, iterated, le, naturals, sq
from refute.duality.cases import cases
from refute.duality.everywhere import checked, prove_everywhere
from refute.errors import NotLinear
from tests.refute.duality.statements import Point, WithMinimizer

HALF = Fraction(1, 2)


def rate(from_: int, power: int = 1, times: int = 1, claimed: int = 1) -> Callable[..., Claim]:
    """N^power (f(x_N) - f_*) <= claimed L/2 |x_0 - x_*|^2 after times N steps, by the potential k^power (f - f_*) + L/2 |x - x_*|^2."""

    def statement(f: WithMinimizer, x: Point, N: Annotated[int, naturals(from_, drawn=4)]) -> Claim:
        """A rate."""
        low = f.minimum

        def potential(k: Scalar, y: Vec) -> Scalar:
            return k**power * (f(y) - low.value) + HALF * f.L * sq(y - low.at)

        last = iterated(lambda k, y: gradient_step(f, 1 / f.L, y), x, times * N, potential)
        return le(N**power * (f(last) - low.value), claimed * HALF * f.L * sq(x - low.at))

    return statement


def statement(body: Any) -> Any:
    return Theorem(body, source="s", label="statement").itself


def test_a_potential_that_does_not_grow_proves_the_rate_for_every_number_of_steps() -> None:
    proof = prove_everywhere(statement(rate(1)))
    assert proof
    assert {w.claim.induction for w in proof} == {False, True}


def test_a_potential_that_grows_proves_nothing() -> None:
    assert not prove_everywhere(statement(rate(1, power=2)))


def test_what_does_not_follow_from_the_potential_is_not_proved() -> None:
    assert not prove_everywhere(statement(rate(1, claimed=0)))


@pytest.mark.parametrize(("from_", "times"), [(2, 1), (1, 2)])
def test_an_induction_begins_with_the_first_step_and_takes_each(from_: int, times: int) -> None:
    with pytest.raises(NotLinear, match="induction"):
        cases(statement(rate(from_, times=times)))


def test_a_step_is_not_shown_by_what_follows_from_it() -> None:
    (case,) = cases(statement(rate(1)))
    proof = prove_everywhere(statement(rate(1)))
    assert proof
    (step,) = (w for w in proof if w.claim.induction)
    (k,) = (i for i, c in enumerate(case.problem.conditions) if c.induction)
    zero = next(iter(step.weights.values())) * 0
    assert checked(step.case, step.claim, step.weights)
    assert checked(step.case, step.claim, {**step.weights, k: zero}) is None


def test_with_numbers_it_is_the_loop() -> None:
    assert iterated(lambda k, y: y + k, 0, 4, lambda k, y: y) == 6
    assert iterated(lambda k, y: (y[1], y[0]), (1, 2), 3, lambda k, y: y) == (2, 1)
