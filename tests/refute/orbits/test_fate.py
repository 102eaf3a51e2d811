"""Fates: each certificate, from systems that know no optimization."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from objectives import GD, square
from refute import Ball, Matrix, Scalar, Vec, cos, dot, lift, sin, vec
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.numbers.vector import times
from refute.orbits.fate import Fate, fate
from refute.orbits.limits import converges, settles, unbounded
from refute.orbits.replay import confirmed


@dataclass(frozen=True)
class Cosine:
    """x -> cos x: every orbit converges to the Dottie number."""

    def move(self, x: Vec) -> Vec:
        return Vec((cos(x[0]) - x[0],))

    def derivative(self, box: Vec) -> Matrix:
        return ((-sin(box[0]),),)


@dataclass(frozen=True)
class Linear:
    """x -> m x on the line."""

    m: Fraction

    def move(self, x: Vec) -> Vec:
        return (self.m - 1) * x

    def multipliers(self) -> Sequence[tuple[Vec, Scalar]]:
        return [(vec(1), self.m)]


@dataclass(frozen=True)
class Spiral:
    """x -> (rotation by a rational angle) r x, in the plane."""

    r: Fraction

    def _matrix(self) -> Matrix:
        c, s = self.r * Fraction(3, 5), self.r * Fraction(4, 5)
        return ((c, -s), (s, c))

    def move(self, x: Vec) -> Vec:
        return times(self._matrix(), x) - x

    def derivative(self, box: Vec) -> Matrix:
        return tuple(tuple(Ball.of(e) for e in row) for row in self._matrix())


@dataclass(frozen=True)
class BentSpiral(Spiral):
    """The same with a term of second order."""

    def move(self, x: Vec) -> Vec:
        return super().move(x) + Vec((x[0] * x[0] / 1000, 0 * x[0]))

    def derivative(self, box: Vec) -> Matrix:
        (a, b), below = super().derivative(box)
        return ((a + box[0] / 500, b), below)


@dataclass(frozen=True)
class Slow:
    """(x, y) -> (x - x^3/1000, y - x^2 y/1000) in the plane: no contraction at its degenerate rest point."""

    def move(self, z: Vec) -> Vec:
        return Vec((-(z[0] ** 3) / 1000, -(z[0] ** 2) * z[1] / 1000))


def fate_of(system: Any, start: Vec) -> Fate:
    return fate(lift(system, Real.of), lift(start, Real.of))


def agrees(system: Any, start: Vec, found: Fate) -> bool | None:
    with digits(60):
        return confirmed(lift(system, Mp.of), lift(start, Mp.of), found)


def test_a_contraction_captures() -> None:
    found = fate_of(Cosine(), vec(1))
    assert found.kind in ("capture", "funnel")
    assert (found.converges, found.settles, found.bounded) == (True, True, True)
    assert agrees(Cosine(), vec(1), found) is True


@pytest.mark.parametrize(
    ("m", "converged", "settled", "bounded"),
    [
        (Fraction(1, 2), True, True, True),
        (Fraction(-99, 100), True, True, True),
        (Fraction(-1), False, False, True),
        (Fraction(-101, 100), False, False, False),
        (Fraction(3), False, False, False),
    ],
)
def test_affine_maps_are_read_off_their_multipliers(m: Fraction, converged: bool, settled: bool, bounded: bool) -> None:
    found = fate_of(Linear(m), vec(1))
    assert (found.converges, found.settles, found.bounded) == (converged, settled, bounded)
    assert agrees(Linear(m), vec(1), found) is True
    assert fate_of(Linear(m), vec(0)).converges is True
    # A stranger's multipliers are not believed; gradient descent on a parabola, which has its own, says the same.
    own = fate_of(GD(square(1), 1 - m), vec(1))
    assert (own.kind, own.converges, own.settles, own.bounded) == ("multiplier", converged, settled, bounded)
    assert agrees(GD(square(1), 1 - m), vec(1), own) is True
    assert fate_of(GD(square(1), 1 - m), vec(0)).kind == "rest"


def test_a_spiral_in_the_plane_is_captured() -> None:
    found = fate_of(Spiral(Fraction(1, 2)), vec(3, 1))
    assert (found.kind, found.converges) == ("recurrence", True)
    assert agrees(Spiral(Fraction(1, 2)), vec(3, 1), found) is True
    bent = fate_of(BentSpiral(Fraction(1, 2)), vec(3, 1))
    assert (bent.kind, bent.converges) == ("capture", True)
    assert agrees(BentSpiral(Fraction(1, 2)), vec(3, 1), bent) is True


def test_a_rotation_is_bounded_and_does_not_settle() -> None:
    found = fate_of(Spiral(Fraction(1)), vec(1, 0))
    assert (found.converges, found.settles, found.bounded) == (False, False, True)


def test_what_no_certificate_covers_is_open() -> None:
    assert fate_of(Slow(), vec(1, 1)).kind == "open"


def test_limit_claims_read_the_fate() -> None:
    grown = lift(Linear(Fraction(3)), Real.of)
    at = lift(vec(1), Real.of)
    assert converges(grown, at).decide().truth is False
    assert settles(grown, at).decide().truth is False
    assert unbounded(grown, at).decide().truth is True
    assert converges(lift(Slow(), Real.of), lift(vec(1, 1), Real.of)).decide().truth is None


def test_a_planted_certificate_is_contradicted() -> None:
    """mpmath must catch a fate that is not that of the orbit."""
    claimed = fate_of(Linear(Fraction(1, 2)), vec(1))
    assert agrees(Linear(Fraction(2)), vec(1), claimed) is False
    captured = fate_of(Cosine(), vec(1))
    assert agrees(Cosine(), vec(100), captured) is False or captured.kind == "funnel"
    assert dot(vec(1), vec(1)) == 1


def test_exact_landings_are_noticed_where_balls_are_not_sure() -> None:
    third = Fraction(1, 3)

    @dataclass(frozen=True)
    class Thirds:
        """x -> x - 1/3 for x > 0: thirds arrive at 0."""

        def move(self, x: Vec) -> Vec:
            return Vec((-third if x[0] > 0 else 0 * x[0],))

    found = fate(Thirds(), lift(vec(2 * third), Real.of))
    assert (found.kind, found.step, found.converges) == ("rest", 2, True)
