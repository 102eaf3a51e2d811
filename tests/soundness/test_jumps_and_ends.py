"""Edges: where two pieces of a map meet, an orbit on the edge is decided by the piece that the function uses there."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from objectives import GD, PiecewisePolynomial, PiecewiseQuadratic
from refute import Claim, Matrix, Mp, Scalar, Vec, converges, known, lift, orbits_of_period, vec
from refute.numbers.mp import digits
from refute.numbers.real import Real
from refute.orbits.fate import Fate, fate
from refute.orbits.replay import confirmed

F = Fraction
ONE, HALF = F(1), F(1, 2)


def fate_of(f: Any, h: Fraction, x: Fraction) -> Fate:
    return fate(lift(GD(f, h), Real.of), lift(vec(x), Real.of))


def steps(f: Any, h: Fraction, x: Fraction, n: int) -> list[Fraction]:
    """The orbit in Fractions, of nothing but the gradient."""
    seen = [x]
    for _ in range(n):
        slope = f.grad(Vec((Real.of(x),)))[0].q
        x = x - h * F(int(slope.numerator), int(slope.denominator))
        seen.append(x)
    return seen


def kinked(knot: Fraction, left: Fraction, curvature: Fraction, mirrored: bool = False) -> PiecewisePolynomial:
    """Slope `left` up to the knot, curvature c beyond it around a rest point at the knot (mirrored: the other way round)."""
    rows = ((knot, F(0), left), (knot, F(0), F(0), curvature / 2))
    return PiecewisePolynomial((knot,), rows[::-1] if mirrored else rows)


# A contraction of multiplier 0 that lands on the end of its piece, where the piece on the left counts: (f, h, start).
LANDINGS = [
    (kinked(F(0), ONE, ONE), ONE, ONE),
    (kinked(F(0), ONE, F(2)), HALF, F(3)),
    (kinked(F(0), F(1, 3), F(4)), F(1, 4), F(7, 5)),
    (kinked(F(5), ONE, ONE), ONE, F(6)),
    (kinked(F(-2), F(2), F(8)), F(1, 8), F(10)),
    (kinked(F(1, 3), ONE, F(3)), F(1, 3), F(2, 3)),
    (kinked(F(0), F(1, 1000), ONE), ONE, F(1, 10**9)),
    (kinked(F(7), F(100), F(1, 2)), F(2), F(8)),
    (kinked(F(0), F(3), F(1, 16)), F(16), F(1, 2)),
    (kinked(F(-1, 7), ONE, F(7)), F(1, 7), F(0)),
]


@pytest.mark.parametrize(("f", "h", "x"), LANDINGS, ids=lambda v: "")
def test_a_landing_on_an_end_leaves_by_the_other_piece(f: PiecewisePolynomial, h: Fraction, x: Fraction) -> None:
    orbit = steps(f, h, x, 6)
    assert orbit[1] == f.knots[0]
    assert all(b < a for a, b in pairwise(orbit))
    found = fate_of(f, h, x)
    assert found.converges is not True
    if all(q.denominator & (q.denominator - 1) == 0 for q in (*f.knots, h, x)):  # numbers that balls hold exactly
        assert (found.kind, found.converges, found.bounded) == ("escape", False, False)


@pytest.mark.parametrize("h", [F(1, 4), F(1, 2), F(3, 4), F(99, 100)])
def test_an_end_that_is_only_approached_holds(h: Fraction) -> None:
    """With 0 < m < 1 the orbit never reaches the end, and converges to it although it is no rest point."""
    found = fate_of(kinked(F(0), ONE, ONE), h, ONE)
    assert (found.kind, found.converges) == ("capture", True)


@pytest.mark.parametrize("h", [F(5, 4), F(3, 2), F(7, 4)])
def test_an_end_that_is_crossed_does_not_hold(h: Fraction) -> None:
    """With m < 0 the first step leads over the end, into the piece whose slope leads away."""
    found = fate_of(kinked(F(0), ONE, ONE), h, ONE)
    assert found.converges is not True
    assert found.bounded is not True


@pytest.mark.parametrize(("lo", "hi"), [(F(-1), F(2)), (F(-1), F(1)), (F(-1, 2), F(3)), (F(-1, 10), F(1, 2))])
def test_a_bounded_piece_holds_what_stays_inside(lo: Fraction, hi: Fraction) -> None:
    """f'' = 3/2 between the ends and -1 beyond: from inside the orbit oscillates, from where it leaps out it does not settle."""
    slope = F(3, 2) * lo
    f = PiecewiseQuadratic((lo, hi), (-ONE, F(3, 2), -ONE), slope, F(0))
    for x in (lo + (hi - lo) * F(k, 8) for k in range(1, 8)):
        inside = all(lo < y < hi for y in steps(f, ONE, x, 3))
        found = fate_of(f, ONE, x)
        assert found.converges is (True if inside else found.converges)
        assert inside or found.kind != "capture" or found.step > 0


@dataclass(frozen=True)
class Cubic:
    """T(x) = c x (1 - (x/s)^2): for c = -25/16 the one orbit of period 2 with |x| <= s is {-3s/5, 3s/5}."""

    c: Fraction
    s: Fraction = ONE

    def move(self, x: Vec) -> Vec:
        return Vec((self.c * x[0] * (1 - x[0] * x[0] / self.s**2) - x[0],))

    def derivative(self, box: Vec) -> Matrix:
        return ((self.c * (1 - 3 * box[0] * box[0] / self.s**2),),)

    def factor(self, box: Vec) -> Scalar:
        return None


def count(n: int) -> Callable[[Any], Claim]:
    return lambda orbits: known(len(orbits) == n, f"{len(orbits)} orbits")


@pytest.mark.parametrize(
    "s", [ONE, F(5, 3), F(10, 7), F(1, 3), F(1000), F(7, 11), F(22, 7), F(1, 997), F(12345, 678), F(2)]
)
@pytest.mark.parametrize("e", [9, 12, 18])
def test_a_box_that_ends_before_the_orbit_holds_none(s: Fraction, e: int) -> None:
    end = F(3, 5) * s * (1 - F(1, 10**e))
    claim = orbits_of_period(Cubic(F(-25, 16), s), 2, ((-end, end),), count(0))
    assert claim.decide().truth is True
    assert claim.opinion(claim.decide()).truth is True


@pytest.mark.parametrize(
    "s", [ONE, F(5, 3), F(10, 7), F(1, 3), F(1000), F(7, 11), F(22, 7), F(1, 997), F(12345, 678), F(2)]
)
def test_an_end_that_is_the_orbit_belongs_to_the_closed_box(s: Fraction) -> None:
    end = F(3, 5) * s
    assert orbits_of_period(Cubic(F(-25, 16), s), 2, ((-end, end),), count(1)).decide().truth is True
    # One point of the orbit is enough, and the other one may lie outside.
    assert orbits_of_period(Cubic(F(-25, 16), s), 2, ((end / 2, end),), count(1)).decide().truth is True


def test_an_irrational_orbit_on_the_end_of_a_box_is_seen_on_its_side() -> None:
    """c = -3/2: the orbit of period 2 is +-1/sqrt 3; rational ends as close as 10^-30 tell on which side it is."""
    root = 577350269189625764509148780501  # 10^30/sqrt 3, rounded down
    for end, n in ((F(root, 10**30), 0), (F(root + 1, 10**30), 1)):
        assert orbits_of_period(Cubic(F(-3, 2)), 2, ((-end, end),), count(n)).decide().truth is True


@pytest.mark.parametrize(("f", "h", "x"), LANDINGS, ids=lambda v: "")
def test_mpmath_contradicts_a_capture_at_a_jump(f: PiecewisePolynomial, h: Fraction, x: Fraction) -> None:
    piece = f.piece(Real_ball(x), h)
    forged = Fate("capture", True, True, True, 0, lift(piece, Real.of))
    with digits(60):
        assert confirmed(lift(GD(f, h), Mp.of), lift(vec(x), Mp.of), forged) is False


def Real_ball(x: Fraction) -> Any:
    from refute import Ball

    return Ball.of(x)


def test_the_claim_falls() -> None:
    f = LANDINGS[0][0]
    claim = converges(lift(GD(f, ONE), Real.of), lift(vec(1), Real.of))
    assert claim.decide().truth is False
