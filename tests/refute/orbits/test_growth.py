"""Exact returns, expansion and alternating growth: each with inputs that miss one hypothesis only."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from objectives import GD, PiecewiseQuadratic, SeparableSum
from refute import Ball, Piece, Vec, converges_to, lift, precision, sin, vec
from refute.numbers.mp import digits
from refute.numbers.real import Real
from refute.orbits.fate import Fate, fate
from refute.orbits.growth import Alternating, Contraction, Expansion, Outside, Return, alternating, outside
from refute.orbits.replay import confirmed
from refute.orbits.system import as_system

F = Fraction
ONE, TWO, THREE = F(1), F(2), F(3)


def found(system: Any, *start: Any) -> Fate:
    exact, x = lift(system, Real.of), Vec(tuple(Real.of(c) for c in start))
    told = fate(exact, x)
    with digits(60):
        assert confirmed(exact, x, told) is True, told
    return told


def quartic(h: Fraction) -> Any:
    return lambda x: Vec((x[0] - 4 * h * x[0] ** 3,))


def test_an_exact_two_cycle_of_a_quartic() -> None:
    told = found(quartic(F(1, 2)), 1)
    assert (told.kind, told.data, told.bounded, told.settles, told.periodic) == ("return", Return(2), True, False, True)


def test_a_parabola_in_pieces_at_two_over_L() -> None:
    f = PiecewiseQuadratic((F(-1), F(1)), (ONE, ONE, ONE), F(-1), F(0))
    assert found(GD(f, TWO), F(7, 3)).data == Return(2)


def test_an_orbit_that_lands_on_a_cycle_returns_later() -> None:
    told = found(lambda x: (-abs(x[0]) if x[0] > 0 else abs(x[0] - 0 * x[0]),), 2)
    assert told.kind == "return"


def test_at_rest_is_no_return() -> None:
    assert found(quartic(F(1, 2)), 0).kind in ("rest", "own")


@pytest.mark.parametrize("wrong", [3, 4])
def test_mpmath_refuses_another_period(wrong: int) -> None:
    told = found(quartic(F(1, 2)), 1)
    with digits(60):
        lie = replace(told, data=Return(wrong))
        assert confirmed(lift(quartic(F(1, 2)), Real.of), vec(1), lie) is False


def strongly_convex(h: Fraction) -> GD:
    return GD(PiecewiseQuadratic((F(0),), (ONE, THREE), F(0), F(0)), h)


def test_steps_beyond_two_over_mu_blow_up() -> None:
    told = found(strongly_convex(F(9, 4)), 1)
    assert (told.kind, told.data, told.bounded) == ("expansion", Expansion(Real.of(F(5, 4))), False)
    f = PiecewiseQuadratic((F(0),), (ONE, THREE), F(0), F(0))
    assert fate(lift(GD(SeparableSum((f, f)), F(9, 4)), Real.of), lift(vec(1, 2), Real.of)).bounded is False


def test_two_over_mu_itself_does_not_expand() -> None:
    assert found(strongly_convex(TWO), -1).kind == "alternating"
    assert lift(strongly_convex(TWO), Real.of).expansion() == 1


def test_an_expanding_orbit_at_rest_stays() -> None:
    assert found(strongly_convex(F(9, 4)), 0).kind == "rest"


def test_mpmath_refuses_a_larger_factor() -> None:
    told = found(strongly_convex(F(9, 4)), -1)
    with digits(60):
        for factor in (F(11, 2), ONE):
            lie = replace(told, data=Expansion(factor))
            assert confirmed(lift(strongly_convex(F(9, 4)), Real.of), vec(-1), lie) is False


@dataclass(frozen=True)
class Two:
    """Affine on two rays, x -> a x to the right of 1, x -> b x to the left of -1."""

    a: Fraction
    b: Fraction
    ends: tuple[Any, Any, Any, Any] = (ONE, None, None, -ONE)

    def move(self, x: Vec) -> Vec:
        return Vec(((self.a - 1) * x[0] if x[0] > 0 else (self.b - 1) * x[0],))

    def piece(self, x: Ball) -> Piece | None:
        right, left = Piece(*self.ends[:2], self.a, F(0)), Piece(*self.ends[2:], self.b, F(0))
        return right if x > 1 else left if x < -1 else None


def swing(system: Two, x: Fraction) -> Alternating | None:
    with precision(64):
        at = lift(vec(x), Ball.of)
        return alternating(system, system.piece(at[0]), lift(system, Ball.of), at)


OUT = Two(F(-3), F(-1, 2))


def test_an_orbit_that_swings_outwards() -> None:
    assert swing(OUT, F(3)) == Alternating(Piece(ONE, None, F(-3), F(0)), Piece(None, -ONE, F(-1, 2), F(0)), 1)
    left = swing(OUT, F(-4))
    assert left is not None
    assert left.side == -1
    assert swing(replace(OUT, ends=(F(5, 2), None, None, -ONE)), F(3)) is not None


@pytest.mark.parametrize(
    ("system", "x"),
    [
        (Two(F(-3), F(-1, 3)), F(3)),  # the product of the multipliers is 1
        (Two(F(3), F(-1)), F(3)),  # T increases here
        (Two(F(-3), F(1, 2)), F(3)),  # T increases there
        (replace(OUT, ends=(ONE, F(100), None, -ONE)), F(3)),  # this piece is bounded
        (replace(OUT, ends=(ONE, None, F(-100), -ONE)), F(3)),  # that piece is bounded
        (replace(OUT, ends=(F(5), None, None, -ONE)), F(3)),  # x is not on this piece
        (replace(OUT, ends=(ONE, None, None, F(-10))), F(3)),  # T(x) is not on that piece
        (Two(F(-1, 4), F(-8)), F(3)),  # T(x) is on no piece
        (replace(OUT, ends=(F(3), None, None, -ONE)), F(3)),  # x is the end of this piece
        (replace(OUT, ends=(ONE, None, None, F(-9))), F(3)),  # T(x) is the end of that piece
        (replace(OUT, ends=(F(10), None, None, -ONE)), F(-4)),  # T(x) is not on that piece, from the left
    ],
)
def test_each_hypothesis_counts(system: Two, x: Fraction) -> None:
    assert swing(system, x) is None


@dataclass(frozen=True)
class Shifted(Two):
    """The same, with a constant added on the left."""

    shift: Any = 0

    def move(self, x: Vec) -> Vec:
        return super().move(x) + (Vec((self.shift,)) if x[0] < 0 else Vec((F(0),)))


@pytest.mark.parametrize(
    ("system", "x", "outwards"),
    [
        (Shifted(F(-2), F(-1), shift=F(-8)), F(3), False),  # T^2 has slope 2, and leads inwards
        (Shifted(F(-2), F(-1), shift=F(-8)), F(8), False),  # it returns
        (Shifted(F(-2), F(-1), shift=F(-8)), F(9), True),
        (Shifted(F(-3), F(-1, 3), shift=F(1)), F(3), False),  # of slope 1, outwards
    ],
)
def test_a_swing_leads_outwards(system: Two, x: Fraction, outwards: bool) -> None:
    assert (swing(system, x) is not None) is outwards


def test_increasing_pieces_do_not_swing() -> None:
    """T^2(x) > x, T(x) on the opposite piece, a product of multipliers above 1; but larger x need not go there."""

    @dataclass(frozen=True)
    class Rising(Two):
        def move(self, x: Vec) -> Vec:
            return super().move(x) + (Vec((F(1000),)) if x[0] < 0 else Vec((F(-100),)))

    assert swing(Rising(F(3), F(3)), F(3)) is None
    assert swing(Rising(F(1, 2), F(3)), F(3)) is None


def test_a_contraction_of_the_whole_space_converges_however_slowly() -> None:
    slow = GD(PiecewiseQuadratic((F(0),), (ONE, F(1, 10**6)), F(0), F(0)), F(1, 10**3))
    told = found(slow, 10**6)
    assert (told.kind, told.converges, told.settles) == ("contraction", True, True)
    start, rest = lift(vec(10**6), Real.of), lift(vec(0), Real.of)
    assert converges_to(lift(slow, Real.of), start, rest).decide().truth is True
    assert converges_to(lift(slow, Real.of), start, start).decide().truth is False


def test_two_over_L_does_not_contract() -> None:
    assert lift(strongly_convex(F(2, 3)), Real.of).contraction() == 1
    assert lift(strongly_convex(F(1, 3)), Real.of).contraction() == F(2, 3)
    flat = GD(PiecewiseQuadratic((F(0),), (F(0), ONE), F(0), F(0)), ONE)
    assert lift(flat, Real.of).contraction() == 1


def test_mpmath_refuses_a_smaller_factor() -> None:
    told = found(strongly_convex(F(1, 3)), -1)
    with digits(60):
        assert told.kind in ("contraction", "rest")
        lie = replace(told, kind="contraction", step=0, data=Contraction(F(1, 3)))
        assert confirmed(lift(strongly_convex(F(1, 3)), Real.of), vec(-1), lie) is False
        expands = replace(lie, data=Contraction(ONE))
        assert confirmed(lift(strongly_convex(F(1, 3)), Real.of), vec(-1), expands) is False


def test_a_polynomial_map_doubles_far_out() -> None:
    told = found(quartic(F(1, 10)), 3)
    assert (told.kind, told.bounded, told.settles) == ("outside", False, False)
    assert found(lambda x: Vec((x[0] ** 2 - 2,)), F(5, 2)).kind == "outside"
    assert found(lambda x: Vec((x[0] ** 2 - 2,)), 2).kind == "rest"


@pytest.mark.parametrize(
    ("T", "radius"),
    [
        (lambda x: Vec((3 * x[0] ** 2 - x[0] + 5,)), F(8, 3)),
        (lambda x: Vec((x[0] ** 3,)), F(2)),
        (lambda x: Vec((100 * x[0] ** 2,)), F(1)),
    ],
)
def test_the_radius(T: Any, radius: Fraction) -> None:
    assert outside(as_system(T), 1) == Outside(radius)


@pytest.mark.parametrize(
    "T",
    [
        lambda x: Vec((3 * x[0] + 1,)),  # of degree 1
        lambda x: 0 * x,  # the zero polynomial
        lambda x: Vec((0 * x[0] ** 2 + x[0],)),  # the leading coefficient is 0
        lambda x: Vec((x[0] ** 2 + sin(x[0]),)),  # no polynomial
        lambda x: Vec((x[0] ** 2 if x[0] > 0 else x[0],)),  # it branches
        lambda x: Vec((x[0] ** 3 / x[0],)),  # a quotient
    ],
)
def test_what_is_no_polynomial_of_degree_two_or_more(T: Any) -> None:
    assert outside(as_system(T), 1) is None


def test_mpmath_refuses_a_smaller_radius() -> None:
    told = found(quartic(F(1, 10)), 3)
    with digits(60):
        for radius, x in ((F(1), F(2)), (F(100), F(3))):
            lie = replace(told, step=0, data=Outside(radius))
            assert confirmed(lift(quartic(F(1, 10)), Real.of), vec(x), lie) is False


def quartics(x: Vec) -> Vec:
    """A gradient step of size 1/10 on (x^2 + y^2)^2 + x y^3 - x."""
    h, (a, b) = F(1, 10), x
    return x - h * Vec((4 * a * (a**2 + b**2) + b**3 - 1, 4 * b * (a**2 + b**2) + 3 * a * b**2))


def test_a_polynomial_map_of_the_plane_doubles_far_out() -> None:
    told = found(quartics, 3, -4)
    assert (told.kind, told.bounded, told.settles) == ("outside", False, False)


def test_a_polynomial_map_of_space_doubles_far_out() -> None:
    told = found(lambda x: Vec((x[0] ** 2 + x[1] * x[2], x[1] ** 2 + x[2] ** 2, x[0] * x[1])), 2, 1, -3)
    assert told.kind == "outside"


@pytest.mark.parametrize(
    ("T", "radius"),
    [
        (lambda x: Vec((x[0] ** 2, x[1] ** 2)), F(2)),
        (lambda x: Vec((x[0] ** 2 + 3 * x[1] - 1, 7 * x[1] ** 2)), F(6)),
        (lambda x: Vec((x[0] ** 3, 2 * x[1] ** 3 + x[0] ** 2)), F(3)),
    ],
)
def test_the_radius_in_the_plane(T: Any, radius: Fraction) -> None:
    told = outside(as_system(T), 2)
    assert told is not None
    assert radius <= told.radius < 3 * radius
    for k in range(48):
        x, y = told.radius * Fraction(k - 24, 24), told.radius
        for point in ((x, y), (x, -y), (y, x), (-y, x)):
            moved = Vec(point) + as_system(T).move(Vec(point))
            assert max(map(abs, moved)) >= 2 * told.radius


@pytest.mark.parametrize(
    "T",
    [
        lambda x: Vec((x[0] ** 2 - x[1] ** 2, x[0] * x[1] - x[1] ** 2)),  # both are 0 on the diagonal
        lambda x: Vec((x[0] ** 3, x[1] ** 2)),  # the part of degree 3 is 0 on an axis
        lambda x: Vec((x[0] * x[1] ** 2 - x[0], x[1] * x[0] ** 2)),  # 0 on both axes, as for a product of two weights
    ],
)
def test_a_common_zero_of_the_leading_parts(T: Any) -> None:
    assert outside(as_system(T), 2) is None


def test_mpmath_refuses_a_map_that_does_not_double_everywhere() -> None:
    def T(x: Vec) -> Vec:
        return Vec((x[0] ** 2, x[0] * x[1]))

    lie = Fate("outside", False, False, False, 0, Outside(F(4)))
    with digits(60):
        assert confirmed(lift(T, Real.of), vec(0, 8), lie) is False
        assert confirmed(lift(T, Real.of), vec(8, 8), lie) is False
