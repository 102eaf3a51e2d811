"""Affine maps: the recurrence of the displacements, and where its roots lie, for every kind of eigenvalue."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq_poly, fmpz_poly

from objectives import GD, HeavyBall, Quadratic, square
from refute import Mp, Vec, at_limit, converges, converges_to, eq, lift, times, vec
from refute.numbers.mp import digits
from refute.numbers.real import Real
from refute.orbits.affine import LARGEST, _of_irreducible, _where, affine_map, recurrence
from refute.orbits.fate import Fate, fate
from refute.orbits.replay import confirmed

F = Fraction
HALF = F(1, 2)


@dataclass(frozen=True)
class Affine:
    """x -> A x + b."""

    A: tuple[tuple[Fraction, ...], ...]
    b: Vec

    def move(self, x: Vec) -> Vec:
        return times(self.A, x) + self.b - x


def fate_of(A: Any, b: Any, x: Any) -> tuple[Fate, bool | None]:
    system = Affine(tuple(tuple(F(e) for e in row) for row in A), vec(*map(F, b)))
    start = vec(*map(F, x))
    found = fate(lift(system, Real.of), lift(start, Real.of))
    with digits(60):
        return found, confirmed(lift(system, Mp.of), lift(start, Mp.of), found)


TURN = ((F(3, 5), F(-4, 5)), (F(4, 5), F(3, 5)))
# A, b, start: converges, settles, bounded, order of the recurrence, place of the largest root.
CASES = [
    (((1,),), (0,), (1,), True, True, 0, "inside"),
    (((1,),), (1,), (1,), False, False, 1, "drifting on"),
    (((-1,),), (0,), (1,), False, True, 1, "on"),
    (((HALF,),), (1,), (7,), True, True, 1, "inside"),
    (((HALF,),), (1,), (F(7, 3),), True, True, 1, "inside"),
    (((2,),), (0,), (1,), False, False, 1, "outside"),
    (((-2,),), (0,), (1,), False, False, 1, "outside"),
    (((2,),), (1,), (-1,), True, True, 0, "inside"),
    (TURN, (0, 0), (1, 0), False, True, 2, "on"),
    (TURN, (1, 0), (1, 1), False, True, 2, "on"),
    (((0, -1), (1, 0)), (1, 2), (0, 0), False, True, 2, "on"),
    (((0, -HALF), (HALF, 0)), (1, 2), (0, 0), True, True, 2, "inside"),
    (((0, -2), (1, 0)), (0, 0), (1, 0), False, False, 2, "outside"),
    (((1, 1), (0, 1)), (0, 0), (0, 1), False, False, 1, "drifting on"),
    (((1, 1), (0, 1)), (0, 0), (1, 0), True, True, 0, "inside"),
    (((-1, 1), (0, -1)), (0, 0), (0, 1), False, False, 2, "drifting on"),
    (((HALF, 1), (0, HALF)), (3, 1), (1, 1), True, True, 2, "inside"),
    (((0, 2), (1, 0)), (0, 0), (1, 0), False, False, 2, "outside"),
    (((0, HALF), (1, 0)), (0, 0), (1, 0), True, True, 2, "inside"),
    (((F(11, 10), 0), (0, HALF)), (0, 0), (0, 1), True, True, 1, "inside"),
    (((F(11, 10), 0), (0, HALF)), (0, 0), (F(1, 10**9), 1), False, False, 2, "outside"),
    (
        ((0, -1, 0, 0), (1, 0, 0, 0), (1, 0, 0, -1), (0, 1, 1, 0)),
        (0,) * 4,
        (1, 0, 0, 0),
        False,
        False,
        4,
        "drifting on",
    ),
    # Salem's and Pisot's numbers: roots on the circle beside one outside; all others inside.
    (((0, 0, 0, -1), (1, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1)), (0,) * 4, (1, 0, 0, 0), False, False, 4, "outside"),
    (((0, 0, 1), (1, 0, 1), (0, 1, 0)), (0,) * 3, (1, 0, 0), False, False, 3, "outside"),
]


@pytest.mark.parametrize(("A", "b", "x", "converged", "bounded", "order", "place"), CASES)
def test_every_kind_of_eigenvalue(
    A: Any, b: Any, x: Any, converged: bool, bounded: bool, order: int, place: str
) -> None:
    found, seen = fate_of(A, b, x)
    assert (found.kind, found.step) == ("recurrence", 0)
    assert (found.converges, found.settles, found.bounded) == (converged, converged, bounded)
    assert len(found.data.coefficients) - 1 == order
    assert found.data.largest == place
    assert (found.data.limit is not None) == converged
    assert seen is True


def test_the_recurrence_is_the_shortest_and_holds() -> None:
    found, _ = fate_of(((0, 2), (1, 0)), (0, 0), (1, 0))
    assert found.data.coefficients == (F(-2), F(0), F(1))
    found, _ = fate_of(((3, 0), (0, 3)), (0, 0), (1, 5))
    assert found.data.coefficients == (F(-3), F(1))
    found, _ = fate_of(((HALF, 1), (0, HALF)), (3, 1), (1, 1))
    assert found.data.coefficients == (F(1, 4), F(-1), F(1))


@pytest.mark.parametrize(("A", "b", "x"), [c[:3] for c in CASES if c[3]])
def test_the_limit_is_at_rest_and_is_what_the_orbit_comes_to(A: Any, b: Any, x: Any) -> None:
    found, _ = fate_of(A, b, x)
    p, y = found.data.limit, vec(*map(F, x))
    rows = tuple(tuple(F(e) for e in row) for row in A)
    assert times(rows, p) + vec(*map(F, b)) == p
    before = max(abs(c) for c in y - p)
    for _ in range(60):
        y = times(rows, y) + vec(*map(F, b))
    assert max(abs(c) for c in y - p) <= before / 2**20


def test_the_claims_read_the_limit() -> None:
    system = lift(Affine(((HALF, F(1)), (F(0), HALF)), vec(3, 1)), Real.of)
    start = lift(vec(1, 1), Real.of)
    assert converges(system, start).decide().truth is True
    assert converges_to(system, start, lift(vec(10, 2), Real.of)).decide().truth is True
    assert converges_to(system, start, lift(vec(10, 3), Real.of)).decide().truth is False
    claim = at_limit(system, start, lambda p: eq(p[0], 10))
    assert claim.decide().truth is True
    wrong = at_limit(system, start, lambda p: eq(p[0], 9))
    assert wrong.decide().truth is False


@pytest.mark.parametrize(
    ("coefficients", "place"),
    [
        ([-1, 2], "inside"), ([-2, 1], "outside"), ([2, 1], "outside"), ([1, 2], "inside"), ([1, 1], "on"), ([-1, 1], "on"),
        ([1, 0, 1], "on"), ([1, 1, 1], "on"), ([1, 0, 0, 0, 1], "on"), ([1, 0, 2], "inside"), ([2, 0, 1], "outside"),
        ([1, -1, -1, -1, 1], "outside"), ([5, -6, 5], "on"), ([1, -3, 1], "outside"), ([-1, -1, 0, 1], "outside"),
        ([1, 0, 0, 3], "inside"), ([25, 14, 25], "on"), ([10**12 + 1, 0, 10**12], "outside"), ([10**12, 0, 10**12 + 1], "inside"),
        ([1, 1, 0, -1, -1, -1, -1, -1, 0, 1, 1], "outside"),
    ],
)  # fmt: skip
def test_the_place_of_irreducible_factors(coefficients: list[int], place: str) -> None:
    assert _of_irreducible(fmpz_poly(coefficients)) == place


@pytest.mark.parametrize(
    ("coefficients", "place"),
    [
        ([1], "inside"), ([1, 1], "on"), ([-1, 1], "drifting on"), ([1, 2, 1], "drifting on"), ([1, -2, 1], "drifting on"),
        ([1, 0, 1], "on"), ([1, 0, 2, 0, 1], "drifting on"), ([2, 3, 1], "outside"), ([1, 3, 2], "on"), ([0, 0, 1], "inside"),
        ([-1, 0, 1], "drifting on"), ([-2, 1, 1], "outside"), ([-1, -1, 2], "drifting on"), ([1, 3, 4, 4], "inside"),
    ],
)  # fmt: skip
def test_the_place_of_the_largest_roots(coefficients: list[int], place: str) -> None:
    assert _where(fmpq_poly(coefficients)) == place


def test_what_is_no_affine_map_is_none() -> None:
    def real(system: Any) -> Any:
        return lift(system, Real.of)

    @dataclass(frozen=True)
    class Curved:
        def move(self, x: Vec) -> Vec:
            return Vec((x[0] * x[0],))

    @dataclass(frozen=True)
    class Mixed:
        def move(self, x: Vec) -> Vec:
            return Vec((x[1], x[0] * x[1]))

    @dataclass(frozen=True)
    class Branching:
        def move(self, x: Vec) -> Vec:
            return x if x[0] > 0 else -x

    assert affine_map(real(Curved()), 1) is None
    assert affine_map(real(Mixed()), 2) is None
    assert affine_map(real(Branching()), 1) is None
    many = LARGEST + 1
    assert affine_map(real(Affine(((F(1),) * many,) * many, vec(*[0] * many))), many) is None
    some = affine_map(real(Affine(((F(1), F(2)), (F(3), F(4))), vec(5, 6))), 2)
    assert some is not None
    assert [int(e.p) for e in some.A.entries()] == [1, 2, 3, 4]
    assert [int(e.p) for e in some.b.entries()] == [5, 6]
    root = Real.of(2).apply("sqrt")
    assert recurrence(some, Vec((root, Real.of(0)))) is None


def test_heavy_ball_and_games_need_no_hook() -> None:
    ball = HeavyBall(Quadratic((F(0),), (F(1), F(3)), (F(0), F(0)), vec(0, 0), F(0)), F(1, 4), HALF)
    assert fate(lift(ball, Real.of), lift(vec(1, 2, 3, 4), Real.of)).converges is True
    wild = HeavyBall(square(1), F(1), F(2))
    assert fate(lift(wild, Real.of), lift(vec(1, 0), Real.of)).bounded is False
    # f(x, y) = x y: simultaneous descent-ascent x - h y, y + h x never converges but from 0.
    h = F(1, 10)
    game, start = ((F(1), -h), (h, F(1))), vec(1, 1)
    assert fate_of(game, (0, 0), start)[0].bounded is False
    assert fate_of(game, (0, 0), (0, 0))[0].converges is True
    # alternating: y sees the new x.
    alternating = ((F(1), -h), (h, 1 - h * h))
    assert fate_of(alternating, (0, 0), start)[0].data.largest == "on"
    # extragradient: (I - hJ + h^2 J^2) z.
    extra = ((1 - h * h, -h), (h, 1 - h * h))
    assert fate_of(extra, (0, 0), start)[0].converges is True


def test_gradient_descent_on_the_line_without_a_hessian() -> None:
    @dataclass(frozen=True)
    class Parabola:
        c: Fraction
        dim = 1

        def grad(self, x: Vec) -> Vec:
            return Vec((self.c * x[0],))

    for h, answer in ((F(1, 2), True), (F(1), False), (F(2), False)):
        found = fate(lift(GD(Parabola(F(2)), h), Real.of), lift(vec(1), Real.of))
        assert (found.kind, found.converges) == ("recurrence", answer)
