"""What a class or a function of one's own hides from finitely many points: each of these once gave a wrong verdict."""

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest

from objectives import GD, PiecewiseQuadratic, Quadratic, SeparableSum
from objectives.factorization import ScalarFactorization
from refute import Claim, Vec, converges, known, lift, log, maximum, orbits_of_period, piecewise, sqrt, vec
from refute.errors import NotExact
from refute.numbers.real import Real
from refute.orbits.system import as_system

F = Fraction
HALF, WINDOW = F(1, 2), F(1, 64)


def start(*entries: Any) -> Vec:
    point: Vec = lift(vec(*entries), Real.of)
    return point


def truth(claim: Claim) -> bool | None:
    decision = claim.decide()
    said = claim.opinion(decision).truth
    assert said is decision.truth or None in (said, decision.truth)
    return decision.truth


def thrown_back(u: Any, slope: Fraction, height: Fraction) -> Any:
    """slope u, and near 1/16 a bump that throws the orbit of 1 back to 1."""
    return slope * u + height * maximum(0, WINDOW - abs(u - F(1, 16)))


class Bumped(Quadratic):
    def grad(self, x: Vec) -> Vec:
        return Vec((2 * x[0] - 2 * thrown_back(x[0], HALF, F(62)),))


class BumpedSum(SeparableSum):
    def grad(self, x: Vec) -> Vec:
        return Vec((2 * x[0] - 2 * thrown_back(x[0], HALF, F(62)), x[1]))


def test_a_subclass_is_not_believed_for_its_parent() -> None:
    """1, 1/2, 1/4, 1/8, 1/16, 1, ...: a return, exactly."""
    bumped = lift(GD(Bumped((), (F(1),), (F(0),), vec(0), F(0)), HALF), Real.of)
    assert truth(converges(bumped, start(1))) is False
    part = PiecewiseQuadratic((F(0),), (F(1), F(1)), F(0), F(0))
    assert truth(converges(lift(GD(BumpedSum((part, part)), HALF), Real.of), start(1, 0))) is False


@dataclass(frozen=True)
class Halves:
    def move(self, z: Vec) -> Vec:
        return Vec((-z[0] / 2,))


@dataclass(frozen=True)
class Product:
    def move(self, x: Vec) -> Vec:
        return Vec((thrown_back(x[0], HALF, F(62)) - x[0], -x[1] / 2))

    def components(self) -> list[Halves]:
        return [Halves(), Halves()]


def test_components_of_a_stranger_are_not_believed() -> None:
    assert truth(converges(Product(), start(1, 0))) is False


def tenth() -> tuple[Fraction, Fraction]:
    """x_9 of gradient descent on (1 - x y)^2/2 with h = 1/4 from (1/4, 1/2)."""
    x, y, h = F(1, 4), HALF, F(1, 4)
    for _ in range(9):
        x, y = x + h * (1 - x * y) * y, y + h * (1 - x * y) * x
    return x, y


X, Y = tenth()


class Trap(GD):
    """It throws the tenth iterate back to the first."""

    def move(self, z: Vec) -> Vec:
        m = GD.move(self, z)
        w = maximum(0, 1 - abs(z[0] - X) * 10**9)
        return Vec((m[0] + w * (F(1, 4) - z[0] - m[0]), m[1] + w * (HALF - z[1] - m[1])))


def test_an_inherited_theory_is_not_believed() -> None:
    trap = lift(Trap(ScalarFactorization(F(1), 1), F(1, 4)), Real.of)
    assert truth(converges(trap, start(F(1, 4), HALF))) is not True


@dataclass(frozen=True)
class Hiding:
    """Two of these are equal whatever c is."""

    n: int
    c: Fraction = field(compare=False)

    def move(self, x: Vec) -> Vec:
        return Vec((x[0] * x[0] - self.c - x[0],))


@dataclass(frozen=True)
class Factored:
    """x^2 - 2, with a factor that rules out every orbit."""

    def move(self, x: Vec) -> Vec:
        return Vec((x[0] * x[0] - 2 - x[0],))

    def derivative(self, box: Vec) -> Any:
        return ((2 * box[0],),)

    def factor(self, box: Vec) -> Any:
        return 0


def test_orbits_of_another_map_are_not_remembered() -> None:
    box = ((F(-3), F(3)),)

    def none(system: Any) -> Claim:
        return orbits_of_period(system, 2, box, lambda os: known(not os, "none"))

    assert truth(none(Hiding(1, HALF))) is True
    assert truth(none(Hiding(1, F(2)))) is False
    constant = HALF

    def square(x: Vec) -> Vec:
        return Vec((x[0] * x[0] - constant,))

    assert truth(none(square)) is True
    constant = F(2)
    assert truth(none(square)) is False


def test_a_factor_of_a_stranger_is_not_believed() -> None:
    assert truth(orbits_of_period(Factored(), 2, ((F(-3), F(3)),), lambda os: known(not os, "none"))) is False


LEFT = F(2542, 10000)


@pytest.mark.parametrize(
    "rest",
    [
        lambda u: sqrt((u + LEFT) ** 2 - F(1, 10**6)) ** 0 - 1,
        lambda u: piecewise(sqrt((u + LEFT) ** 2 - F(1, 10**6)), (F(1),), ((F(0), F(0)), (F(0), F(0)))),
        lambda u: log(abs(u + LEFT) - F(1, 10**4)) - log(abs(u + LEFT) - F(1, 10**4)),
    ],
)
def test_where_a_map_is_not_defined_nothing_converges(rest: Any) -> None:
    """u_13 = (-9/10)^13 lies where the rest is not defined, although its slope is."""
    assert truth(converges(lambda x: Vec((-F(9, 10) * x[0] + rest(x[0]), x[1] / 2)), start(1, 1))) is None


def test_a_float_of_a_box_is_refused() -> None:
    def sign(u: Any) -> int:
        return int(math.copysign(1, u))

    def T(x: Vec) -> Vec:
        if x[0] > 2:
            return x
        if sign(x[0] + F(2543, 10000)) != sign(x[0] + F(2541, 10000)):
            return Vec((1 + 0 * x[0], x[1] / 2))
        return Vec((-F(9, 10) * x[0], x[1] / 2))

    with pytest.raises(NotExact, match="a rounded number of it"):
        converges(T, start(1, 1)).decide()


class Jumping:
    """f' is 19/10 of x, but for a jump in a narrow window, where it throws the orbit back to 1; a float of a box would miss it."""

    dim = 2

    def grad(self, x: Vec) -> Vec:
        u = x[0]
        jumps = math.copysign(1, u + F(2543, 10000)) != math.copysign(1, u + F(2541, 10000))
        return Vec((u - 1 if jumps else F(19, 10) * u, x[1] / 2))


def test_a_float_in_a_gradient_is_refused_too() -> None:
    with pytest.raises(NotExact, match="a rounded number of it"):
        converges(GD(Jumping(), Real.of(1)), start(1, 1)).decide()


@dataclass(frozen=True)
class Part(PiecewiseQuadratic):
    """x^2/2 by its data, with another gradient near 1/16."""

    def grad(self, x: Vec) -> Vec:
        return Vec((2 * x[0] - 2 * thrown_back(x[0], HALF, F(62)),))


def test_a_stranger_inside_a_bundled_class_is_a_stranger() -> None:
    part = Part((F(0),), (F(1), F(1)), F(0), F(0))
    system = lift(GD(SeparableSum((part, part)), HALF), Real.of)
    assert as_system(system).contraction() is None
    assert as_system(system).components() is None
    assert truth(converges(system, start(1, 0))) is False


def test_functions_that_call_each_other_are_lifted() -> None:
    h = Real.of(HALF)

    def even(n: int, x: Any) -> Any:
        return x if n == 0 else odd(n - 1, h * x)

    def odd(n: int, x: Any) -> Any:
        return even(n - 1, h * x)

    assert truth(converges(lambda x: even(2, x), start(1))) is True


def test_literal_data_in_a_body() -> None:
    system = GD(ScalarFactorization(F(1), 1), F(1, 4))
    assert truth(converges(system, start(F(1, 4), HALF))) is True
