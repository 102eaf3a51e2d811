"""Lifting: every Fraction, once; constants are computed from exact data only."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from refute.numbers.batch import Batch
from refute.numbers.lifting import constant, lift
from refute.numbers.real import Real
from refute.numbers.vector import Vec, vec

CALLS: list[type] = []


@dataclass(frozen=True)
class Thing:
    """A number, a count, a word and a point."""

    a: Fraction
    n: int
    word: str
    point: Vec

    def __post_init__(self) -> None:
        assert isinstance(self.a, Fraction), "checks run on exact data only"

    @constant
    def square(self) -> Fraction:
        """a^2."""
        CALLS.append(type(self.a))
        return self.a * self.a


def test_numbers_are_lifted_and_the_rest_stays() -> None:
    t = Thing(Fraction(1, 3), 5, "w", vec(1, 2))
    u = lift(t, Real.of)
    assert isinstance(u.a, Real)
    assert isinstance(u.point[0], Real)
    assert (u.n, u.word) == (5, "w")
    assert lift((Fraction(1), 2), Real.of)[1] == 2


def test_constants_are_never_recomputed_in_floats() -> None:
    CALLS.clear()
    t = Thing(Fraction(1, 3), 5, "w", vec(1))
    once = lift(t, Batch.of)
    assert once.square.f == 1 / 9
    assert lift(once, Batch.of).n == 5
    assert lift(t, Real.of).square.q == Fraction(1, 9)
    assert [Fraction] == CALLS


def test_a_named_tuple_keeps_its_names() -> None:
    class Step(NamedTuple):
        h: Fraction
        name: str

    assert lift(Step(Fraction(1, 2), "small"), Real.of).h == Fraction(1, 2)
    assert lift(Step(Fraction(1, 2), "small"), Real.of).name == "small"
