"""Claims about all orbits of a period, and mpmath's view of them."""

from fractions import Fraction
from typing import Annotated

import pytest
from flint import acb

from refute import (
    BadInput,
    CannotBatch,
    Claim,
    Orbit,
    Theorem,
    Vec,
    between,
    eq,
    known,
    orbits_of_period,
    periodic_orbits,
    sqrt,
    vec,
)
from refute.numbers.mp import digits
from refute.numbers.real import Real
from refute.orbits.periodic import Multiplier
from refute.statements.opinions import contradiction, second_opinion
from tests.refute.orbits.test_periodic import UNIT, Logistic


def claim(n: int) -> Claim:
    def then(orbits: tuple[Orbit, ...]) -> Claim:
        return eq(len(orbits), n)

    return orbits_of_period(Logistic(Fraction(4)), 3, UNIT, then)


def test_claims_are_decided_and_mpmath_follows_each_orbit() -> None:
    for n, truth in ((2, True), (3, False)):
        decision = claim(n).decide()
        assert decision.truth is truth
        with digits(60):
            assert claim(n).opinion(decision).truth is truth
    assert "2 orbits of period 3 (2 repelling)" in claim(2).decide().says


def test_mpmath_objects_to_an_orbit_that_does_not_close() -> None:
    decision = claim(2).decide()
    forged = [
        Orbit((o.points[0], o.points[0], o.points[1]), o.multipliers) for o in decision.evidence if isinstance(o, Orbit)
    ]
    with digits(60):
        assert claim(2).opinion(type(decision)(True, "", None, tuple(forged))).truth is False


def test_orbits_are_not_enumerated_in_floats() -> None:
    with pytest.raises(CannotBatch):
        claim(2).slack()


def test_an_orbit_whose_kind_is_open_decides_nothing() -> None:
    a = Fraction(3)
    (orbit,) = periodic_orbits(Logistic(Fraction(4)), 2, UNIT) or ()
    assert orbit.kind == "repelling"
    # At a = 3 the cycle of period two is born, with the multiplier 1 of the rest point 2/3.
    assert orbits_of_period(Logistic(a), 2, UNIT, lambda found: eq(len(found), 0)).decide().truth is None
    neutral = Orbit(orbit.points, (Multiplier(acb(1)),))
    assert neutral.kind == "undecided"


def test_mpmath_looks_at_the_multipliers_too() -> None:
    decision = claim(2).decide()
    forged = [Orbit(o.points, (Multiplier(acb(0)),)) for o in decision.evidence if isinstance(o, Orbit)]
    with digits(60):
        assert claim(2).opinion(type(decision)(True, "", None, tuple(forged))).truth is False


def test_a_drawn_parameter_and_a_plain_function() -> None:
    """The logistic map x -> r x (1 - x): one orbit of period 2 and one of period 4 at r = 7/2."""
    r = Real.of(Fraction(7, 2))

    def logistic(x: Vec) -> Vec:
        return Vec((r * x[0] * (1 - x[0]),))

    for period in (2, 4):
        one = orbits_of_period(logistic, period, UNIT, lambda os: known(len(os) == 1, "one"))
        decision = one.decide()
        with digits(60):
            assert decision.truth is one.opinion(decision).truth is True


def test_data_that_are_not_rational_get_a_sentence() -> None:
    r = sqrt(Real.of(12))
    with pytest.raises(BadInput, match="maps and boxes of rational data"):
        orbits_of_period(lambda x: Vec((r * x[0] * (1 - x[0]),)), 2, UNIT, lambda os: known(True)).decide()


def test_a_box_may_depend_on_a_variable() -> None:
    """mpmath's second look at it asks for rational ends, and finds those that were meant."""

    def meets(b: Annotated[Fraction, between(Fraction(1, 2), Fraction(4, 5))]) -> Claim:
        """The orbit {2/5, 4/5} of the tent map meets [b, 1]."""
        return orbits_of_period(lambda y: vec(1 - abs(1 - 2 * y[0])), 2, ((b, Fraction(1)),), lambda o: eq(len(o), 1))

    statement = Theorem(meets, source="s", label="meets").itself
    for b in (Fraction(2, 3), Fraction(4, 5)):
        checked = statement.check({"b": b})
        assert checked.conclusion.truth is True
        assert not contradiction(checked, second_opinion(statement, {"b": b}, checked))
