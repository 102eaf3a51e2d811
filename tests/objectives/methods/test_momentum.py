"""The fast gradient method and the heavy ball against their definitions."""

from fractions import Fraction

from objectives import GD, HeavyBall, PiecewiseQuadratic, Quadratic, fast_gradient, square
from refute import Ball, Vec, converges, lift, precision, vec
from refute.numbers.real import Real
from refute.orbits.system import as_system

ONE = Fraction(1)
BOWL = Quadratic((Fraction(1, 2),), (ONE, Fraction(9)), (ONE, Fraction(0)), vec(1, 2), Fraction(0))


def test_the_fast_gradient_method_takes_the_steps_of_its_momentum() -> None:
    """Where the slope is 1 the steps are 1, 1, 5/4, 3/2, 12/7: in sum 3.25 after three and 6.5 after five."""
    f = PiecewiseQuadratic((Fraction(0),), (Fraction(0), Fraction(0)), ONE, Fraction(0))
    g = lift(f, Real.of)
    ends = [fast_gradient(g, Real.of(1), lift(vec(0), Real.of), N)[0] for N in (1, 2, 3, 5)]
    assert [Fraction(str(e.q)) for e in ends] == [-1, -2, Fraction(-13, 4), Fraction(-13, 2)]


def test_without_momentum_the_heavy_ball_is_gradient_descent() -> None:
    f, x = lift(BOWL, Real.of), lift(vec(3, -1), Real.of)
    ball = HeavyBall(f, Real.of(Fraction(1, 9)), Real.of(0))
    moved = ball.move(Vec((*x, *x)))
    assert Vec(moved.entries[:2]) == GD(f, Real.of(Fraction(1, 9))).move(x)
    assert Vec(moved.entries[2:]) == lift(vec(0, 0), Real.of)


def test_its_derivative_holds_difference_quotients() -> None:
    with precision(64):
        ball = lift(as_system(HeavyBall(BOWL, Fraction(1, 9), Fraction(4, 9))), Ball.of)
        z = lift(vec(3, -1, 2, 5), Ball.of)
        slopes = ball.derivative(z)
        assert slopes is not None
        for j in range(4):
            e = lift(Vec(tuple(Fraction(int(i == j)) for i in range(4))), Ball.of)
            change = ball.move(z + e) - ball.move(z) + e
            assert all((change[i] - slopes[i][j]).a.contains(0) for i in range(4))


def test_the_heavy_ball_converges_on_a_quadratic_and_cycles_beyond() -> None:
    """The cycle of Lessard, Recht and Packard 2016, with Polyak's tuning for condition 25."""
    h, beta = Fraction(1, 9), Fraction(4, 9)
    bent = PiecewiseQuadratic((ONE, Fraction(2)), (Fraction(25), ONE, Fraction(25)), Fraction(25), Fraction(25, 2))
    start = Vec((Fraction(33, 10),) * 2)
    for f, truth in ((square(25), True), (bent, False)):
        system = HeavyBall(lift(f, Real.of), Real.of(h), Real.of(beta))
        claim = converges(system, lift(start, Real.of))
        assert claim.decide().truth is truth
