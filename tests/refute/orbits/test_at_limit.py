"""Claims about limits, with a system whose theory knows them."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from refute import Batch, Claim, Fate, Vec, at_limit, le, lift, vec
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real


@pytest.fixture(autouse=True)
def believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Theories of maps are believed of the bundled classes alone: let these count as such."""
    monkeypatch.setattr("refute.orbits.system.holds_users_code", lambda thing: False)


@dataclass(frozen=True)
class Halves:
    """The theory of x -> x/2 + c/2."""

    wrong: bool = False

    def confirmed(self, system: "Halving", start: Vec, step: int) -> bool:
        return not self.wrong

    def limit(self, system: "Halving", start: Vec, step: int) -> Vec | None:
        return Vec((system.c,))


@dataclass(frozen=True)
class Halving:
    """x -> x/2 + c/2 converges to c; a start above 100 is not known about, and one of 9 is said not to converge."""

    c: Fraction
    wrong: int = 0

    def move(self, x: Vec) -> Vec:
        return Vec(((self.c - x[0]) / 2,))

    def certified(self, start: Vec) -> Fate | None:
        if start[0] > 100:
            return Fate("own", None, None, True, 0, Halves())
        return Fate("own", bool(start[0] != 9), True, True, 0, Halves(bool(self.wrong)))


def below(c: int, start: int, kind: object = Real.of, wrong: int = 0) -> Claim:
    system, x = lift(Halving(Fraction(c), wrong), kind), lift(vec(start), kind)  # type: ignore[arg-type]
    return at_limit(system, x, lambda p: le(p[0], 3))


def test_the_limit_and_not_an_iterate_is_judged() -> None:
    assert below(3, 50).decide().truth is True
    assert below(4, -50).decide().truth is False
    assert below(3, 50).decide().equal


def test_an_orbit_without_a_limit_satisfies_everything() -> None:
    assert below(4, 9).decide().truth is True


def test_what_is_not_known_stays_undecided() -> None:
    assert below(4, 101).decide().truth is None


def test_mpmath_judges_the_same_limit() -> None:
    for c, start in ((3, 50), (4, -50), (4, 9)):
        decision = below(c, start).decide()
        with digits(60):
            assert below(c, start, Mp.of).opinion(decision).truth is decision.truth


def test_mpmath_objects_to_a_certificate_that_it_cannot_confirm() -> None:
    refused = below(3, 50, wrong=1).decide()
    with digits(60):
        assert below(3, 50, Mp.of, wrong=1).opinion(refused).truth is False


def test_a_batch_looks_at_settled_orbits() -> None:
    x = Vec((Batch.of(50) + Batch.of(0),))
    violated = at_limit(lift(Halving(Fraction(4)), Batch.of), x, lambda p: le(p[0], 3)).slack()
    assert float(violated.min()) < 0


@dataclass(frozen=True)
class Stairs:
    """x -> x - 1/3 for x > 0: thirds arrive at 0."""

    def move(self, x: Vec) -> Vec:
        return Vec((Fraction(-1, 3) + 0 * x[0] if x[0] > 0 else 0 * x[0],))


def test_an_orbit_that_lands_has_its_last_point_as_limit() -> None:
    start = lift(vec(Fraction(2, 3)), Real.of)
    for bound, truth in ((0, True), (-1, False)):
        assert at_limit(Stairs(), start, lambda p, b=bound: le(p[0], b)).decide().truth is truth  # type: ignore[misc]
