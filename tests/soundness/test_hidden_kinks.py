"""What a derivative, a theory or a symmetry must not hide: each of these once gave a wrong verdict."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from objectives import GD, square
from objectives.classes import restricted_secant
from objectives.networks import Across, Separated, max_margin
from refute import (
    BadInput,
    Boxes,
    Intervals,
    Undecided,
    Vec,
    at_limit,
    clip,
    converges,
    does_not_converge,
    jacobian,
    known,
    log,
    maximum,
    minimum,
    orbits_of_period,
    partials,
    sq,
    sqrt,
    vec,
)
from refute.numbers.ball import Ball
from refute.numbers.derivatives import derivative_of
from refute.numbers.lifting import lift
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.statements.claims import decided

F = Fraction
KINKS = {
    "abs": lambda u: abs(u),
    "abs of a multiple": lambda u: abs(3 * u),
    "maximum": lambda u: maximum(u, -u),
    "relu": lambda u: maximum(u, 0),
    "minimum": lambda u: minimum(2 * u, u),
    "clip": lambda u: clip(u, 0, F(1, 2)),
    "curved": lambda u: abs(u * (u + 5)),
    "sum": lambda u: u**2 + abs(u) + maximum(u, 3),
}


def gradient_map(kink: Any) -> Any:
    """Gradient descent on x^2/2 + kink(x), with h = 1/2."""
    return lambda x: x - partials(lambda y: y[0] ** 2 / 2 + kink(y[0]), x) / 2


@dataclass(frozen=True)
class Displacement:
    """T(x) - x."""

    of: Any

    def move(self, x: Vec) -> Vec:
        moved: Vec = self.of(x) - x
        return moved


@pytest.mark.parametrize("kink", KINKS)
def test_a_gradient_that_jumps_has_no_derivative(kink: str) -> None:
    box = Vec((Ball.hull(-1, 1),))
    assert derivative_of(Displacement(gradient_map(KINKS[kink])), box) is None
    with pytest.raises(Undecided):
        # Of the second derivative at a point there is none either.
        jacobian(lambda x: partials(lambda y: KINKS[kink](y[0]), x), vec(0))


def test_a_capture_over_a_kink_is_none() -> None:
    """T(x) = x/2 - sign(x)/2: every orbit off 0 tends to {-1/3, 1/3}."""
    start = lift(Vec((1000 + F(1, 3),)), Real.of)
    assert decided(converges(gradient_map(KINKS["abs"]), start)).truth is not True
    assert decided(does_not_converge(gradient_map(KINKS["maximum"]), start)).truth is not False


@dataclass(frozen=True)
class Kinked:
    """x^2/2 + |x_1| + ..., by its value alone."""

    dim: int

    def __call__(self, x: Vec) -> Any:
        return sq(x) / 2 + sum((abs(c) for c in x), 0 * x[0])


@pytest.mark.parametrize("dim", [1, 2])
def test_a_class_with_a_kink(dim: int) -> None:
    start = Vec(tuple(Real.of(1000 + F(1, 3 + 2 * i)) for i in range(dim)))
    assert decided(converges(GD(Kinked(dim), F(1, 2)), start)).truth is not True


def test_a_cycle_across_a_kink_is_counted() -> None:
    claim = orbits_of_period(gradient_map(KINKS["abs"]), 2, ((F(-1), F(1)),), lambda os: known(not os, "no orbit"))
    assert decided(claim).truth is not True


def test_a_symmetry_is_not_believed_after_one_point() -> None:
    def at_one_point(x: Vec) -> Vec:
        return Vec((F(41, 15) * x[0] + F(4, 3) * (x[0] * x[0] - F(9, 49)),))

    def cubic(x: Vec) -> Vec:
        return Vec((-2 * x[0] ** 3 + x[0] / 2,))

    def rooted(x: Vec) -> Vec:
        return Vec((x[0] * sqrt(1 + x[0] ** 2),))

    boxed = ((F(1, 2), F(2)),)
    for map_, says in ((at_one_point, "does not commute"), (rooted, "maps that are polynomials")):
        with pytest.raises(BadInput, match=says):
            decided(orbits_of_period(map_, 2, boxed, lambda os: known(not os), symmetries=((-1,),)))
    assert decided(orbits_of_period(cubic, 2, boxed, lambda os: known(True), symmetries=((-1,),))).truth is True


def test_what_is_not_defined_has_no_derivative() -> None:
    for f in (lambda x: log(x[0]), lambda x: sqrt(x[0]), lambda x: log(x[0]) - log(x[0])):
        with pytest.raises(Undecided):
            partials(f, lift(vec(-2), Real.of))
        with pytest.raises(Undecided):
            partials(f, Vec((Ball.hull(-2, 1),)))
    assert partials(lambda x: log(x[0]), lift(vec(2), Real.of))[0] == F(1, 2)


ROWS = (vec(1, 1), vec(1, -1), vec(2, 0))
SEPARATED = max_margin(ROWS)


@dataclass(frozen=True)
class Regularized(Separated):
    """The loss plus |x|^2/2, whose orbits converge."""

    def __call__(self, x: Vec) -> Any:
        return self.loss(x) + sq(x) / 2

    def grad(self, x: Vec) -> Vec:
        return self.loss.grad(x) + x


def test_a_theory_is_one_of_our_functions_alone() -> None:
    mine = Regularized(SEPARATED.rows, SEPARATED.dual)
    start = lift(vec(0, 1), Real.of)
    assert decided(converges(Across(mine, F(1, 2)), start)).truth is None
    assert decided(converges(Across(SEPARATED, F(1, 2)), start)).truth is not None


@pytest.mark.parametrize("h", [F(0), F(-1, 2)])
def test_a_theory_of_positive_steps(h: Fraction) -> None:
    assert decided(converges(Across(SEPARATED, h), lift(vec(0, 1), Real.of))).truth is None


def test_the_limit_of_a_theory_is_evaluated_by_mpmath_too() -> None:
    claim = at_limit(Across(SEPARATED, F(1, 10)), lift(vec(0, 1), Real.of), lambda v: known(True, "somewhere"))
    d = decided(claim)
    assert d.truth is True
    with digits(60):
        there = at_limit(lift(Across(SEPARATED, F(1, 10)), Mp.of), lift(vec(0, 1), Mp.of), lambda v: known(True))
        assert there.opinion(d).truth is True


def test_multipliers_that_are_not_those_of_the_points() -> None:
    with pytest.raises(BadInput, match="max_margin"):
        Separated((vec(1, 0), vec(1, 1), vec(-2, -1)), (F(1), F(0), F(0)))


def test_memberships_are_what_the_domain_says() -> None:
    drawn = restricted_secant().example()
    from dataclasses import replace

    assert restricted_secant().member(drawn).decide().truth is True
    assert restricted_secant().member(replace(drawn, mu=F(0))).decide().truth is False


def test_an_empty_part_of_a_union_of_boxes_is_nowhere() -> None:
    side, empty, far = (Intervals(p) for p in ((((F(0), F(1)),)), (), (((F(2), F(3)),))))
    boxes = Boxes(((side, empty), (far, side)))
    assert boxes.hull(0) == (2, 3)
    assert boxes.distance_sq(vec(0, 0)) == 4
    with pytest.raises(BadInput, match="empty"):
        Boxes(((side, empty),)).distance_sq(vec(0, 0))


@pytest.mark.parametrize(
    "map_",
    [
        lambda x: Vec((abs(x[0]) / 2,)),
        lambda x: Vec((-abs(x[0]) / 2,)),
        lambda x: Vec((maximum(x[0], 0) / 2 + x[0] / 4,)),
        lambda x: Vec((clip(x[0] / 2, 0, 1),)),
    ],
)
@pytest.mark.parametrize("start", [8, -3, F(1, 3)])
def test_a_continuous_map_may_rest_on_its_kink(map_: Any, start: Any) -> None:
    statement = converges(map_, lift(vec(start), Real.of))
    d = decided(statement)
    assert d.truth is True
    with digits(60):
        assert converges(map_, lift(vec(start), Mp.of)).opinion(d).truth is True


def test_a_map_that_rests_on_a_kink_in_the_plane() -> None:
    def map_(x: Vec) -> Vec:
        return Vec((abs(x[0]) / 2 + x[1] / 8, maximum(x[1], 0) / 4 - x[0] / 8))

    assert decided(converges(map_, lift(vec(8, -3), Real.of))).truth is True


def test_a_kink_that_does_not_contract() -> None:
    for map_ in (lambda x: Vec((1 - 2 * abs(x[0]),)), lambda x: Vec((1 - abs(x[0]),))):
        assert decided(converges(map_, lift(vec(F(1, 5)), Real.of))).truth is not True


def test_a_square_still_converges() -> None:
    assert decided(converges(GD(square(1), F(1, 2)), lift(vec(5), Real.of))).truth is True


def product(x: Any, v: Any) -> Any:
    return x * v


def test_a_derivative_of_a_derivative_by_another_variable() -> None:
    """d/dx d/dv (x v) = 1: what an inner differentiation closes over is moved by the outer one."""
    for start in (lift(vec(3), Real.of), Vec((Ball.hull(-1, 1),))):
        mixed = jacobian(lambda u: partials(lambda v: product(u[0], v[0]), vec(2)), start)
        assert mixed[0][0] == 1
        same = jacobian(lambda u: partials(lambda v: product(u[0], v[0]), u), start)
        assert same[0][0] == 1
    third = partials(
        lambda a: partials(lambda b: partials(lambda c: a[0] ** 2 * b[0] ** 2 * c[0] ** 2, vec(1))[0], vec(1))[0],
        lift(vec(1), Real.of),
    )
    assert third[0] == 8
    (slope,) = partials(lambda a: partials(lambda b: b[0] ** 3, vec(2))[0] * a[0], lift(vec(5), Real.of))
    assert slope == 12


@pytest.mark.parametrize("n", [1, 2])
def test_variables_of_another_dimension(n: int) -> None:
    point = lift(vec(*range(1, n + 1)), Real.of)
    gradient = partials(lambda x: partials(lambda v: x[-1] ** 2 * v[0] + v[2], vec(0, 1, 2))[0], point)
    assert gradient[-1] == 2 * n
    assert all(e == 0 for e in gradient[:-1])


def squared(x: Vec) -> Vec:
    """x^2 - 2."""
    return Vec((partials(lambda v: x[0] ** 2 * v[0], vec(0))[0] - 2,))


def test_orbits_of_a_map_that_is_a_derivative() -> None:
    for map_ in (squared, lambda x: Vec((x[0] ** 2 - 2,))):
        claim = orbits_of_period(
            map_, 2, ((F(-3), F(3)),), lambda os: known(len(os) == 1 and os[0].kind == "repelling")
        )
        assert decided(claim).truth is True


def test_the_jacobian_of_descent_ascent() -> None:
    def game(x: Any, y: Any) -> Any:
        return x * y

    def step(z: Vec) -> Vec:
        x, y = z
        gx, gy = partials(lambda u: game(u[0], y), z)[0], partials(lambda u: game(x, u[1]), z)[1]
        return Vec((x - gx / 4, y + gy / 4))

    for z in (lift(vec(0, 0), Real.of), lift(vec(2, -1), Real.of), Vec((Ball.hull(0, 1), Ball.hull(-1, 1)))):
        (a, b), (c, d) = jacobian(step, z)
        assert (a, d) == (1, 1)
        assert (b, c) == (F(-1, 4), F(1, 4))


def test_a_kink_that_the_outer_variable_moves() -> None:
    """g(x) = d/dv |v - x| at v = 0 jumps at x = 0, and so it has no slope over a box that holds 0."""
    slopes = Displacement(lambda x: Vec((partials(lambda v: abs(v[0] - x[0]), vec(0))[0],)))
    assert derivative_of(slopes, Vec((Ball.hull(-1, 1),))) is None
    far = derivative_of(slopes, Vec((Ball.hull(1, 2),)))
    assert far is not None
    assert far[0][0] == 0
    higher = Displacement(lambda x: Vec((partials(lambda v: maximum(v[0], x[0]) + maximum(-x[0], v[0]), vec(0))[0],)))
    assert derivative_of(higher, Vec((Ball.hull(-1, 1),))) is None


def test_a_number_that_gets_out_of_its_differentiation() -> None:
    kept: list[Any] = []

    def leaking(v: Vec) -> Any:
        kept.append(v[0])
        return v[0]

    with pytest.raises(Undecided):
        partials(lambda x: (partials(leaking, x), x[0] * kept[-1])[1], lift(vec(1), Real.of))
