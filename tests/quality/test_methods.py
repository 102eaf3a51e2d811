"""Methods stated as plain functions, with parameters that are stable, unstable and on the edge: every limit is decided, twice."""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from objectives import GD, HeavyBall, PiecewiseQuadratic, Quadratic
from refute import Vec, bounded, converges, lift, unbounded, vec
from refute.numbers.mp import digits
from refute.numbers.real import Real

F = Fraction
STEPS = [F(1, 10), F(1, 2), F(1), F(4, 3), F(3, 2), F(2), F(5, 2), F(4)]
MOMENTA = [F(0), F(1, 4), F(1, 2), F(1), F(5, 4), F(-1, 2)]
Step = Callable[[Vec], Any]


def heavy_ball(h: Any, b: Any, f: Any) -> Step:
    return lambda z: (z[0] - h * f.grad(Vec((z[0],)))[0] + b * (z[0] - z[1]), z[0])


def nesterov(h: Any, b: Any, f: Any) -> Step:
    def step(z: Vec) -> tuple[Any, Any]:
        y = z[0] + b * (z[0] - z[1])
        return y - h * f.grad(Vec((y,)))[0], z[0]

    return step


def descent_ascent(h: Any, b: Any, f: Any) -> Step:
    return lambda z: (z[0] - h * z[1], z[1] + h * z[0])


def alternating(h: Any, b: Any, f: Any) -> Step:
    return lambda z: (z[0] - h * z[1], z[1] + h * (z[0] - h * z[1]))


def extragradient(h: Any, b: Any, f: Any) -> Step:
    return lambda z: (z[0] - h * (z[1] + h * z[0]), z[1] + h * (z[0] - h * z[1]))


def decided(system: Any, start: Vec) -> tuple[bool, bool]:
    """Whether the orbit converges and whether it is bounded, as decided and as mpmath confirms."""
    answers = []
    for claim in (converges(system, start), bounded(system, start)):
        decision = claim.decide()
        with digits(60):
            assert claim.opinion(decision).truth is decision.truth
        assert decision.truth is not None, decision.says
        answers.append(decision.truth)
    return answers[0], answers[1]


@pytest.mark.parametrize("method", [heavy_ball, nesterov, descent_ascent, alternating, extragradient])
def test_every_parameter_is_decided(method: Callable[..., Step]) -> None:
    f = lift(Quadratic((), (F(1),), (F(0),), vec(0), F(0)), Real.of)
    start = lift(vec(7, 3), Real.of)  # on no eigenvector
    for h in STEPS:
        for b in MOMENTA if method in (heavy_ball, nesterov) else MOMENTA[:1]:
            converging, in_bounds = decided(method(Real.of(h), Real.of(b), f), start)
            largest = modulus(method, float(h), float(b))
            assert converging is (largest < 1 - 1e-9)
            assert in_bounds or largest > 1 - 1e-9


def modulus(method: Callable[..., Step], h: float, b: float) -> float:
    """The largest modulus of an eigenvalue, from trace and determinant, worked out on paper."""
    trace, determinant = {
        "heavy_ball": (1 - h + b, b),
        "nesterov": ((1 - h) * (1 + b), (1 - h) * b),
        "descent_ascent": (2.0, 1 + h * h),
        "alternating": (2 - h * h, 1.0),
        "extragradient": (2 - 2 * h * h, (1 - h * h) ** 2 + h * h),
    }[method.__name__]
    root: complex = complex(trace * trace / 4 - determinant) ** 0.5
    return max(abs(trace / 2 + root), abs(trace / 2 - root))


def test_rotated_quadratics_of_any_parameters() -> None:
    rng = random.Random(1)
    for _ in range(25):
        values = tuple(F(rng.randint(-4, 8), 2) for _ in range(2))
        f = Quadratic((F(rng.randint(-4, 4), 4),), values, (F(rng.randint(-2, 2)), F(1)), vec(1, -1), F(0))
        h, b, start = rng.choice(STEPS), rng.choice(MOMENTA), vec(rng.randint(-3, 3), rng.randint(-3, 3))
        for system, x in ((GD(f, h), start), (HeavyBall(f, h, b), Vec((*start, *start)))):
            converging, in_bounds = decided(*lift((system, x), Real.of))
            assert in_bounds or not converging


def test_strongly_convex_piecewise_quadratics_blow_up_beyond_two_over_mu() -> None:
    rng = random.Random(2)
    for _ in range(100):
        knots = tuple(F(k, 3) for k in sorted(rng.sample(range(-20, 20), rng.randint(1, 4))))
        curvatures = tuple(F(rng.randint(1, 20), rng.randint(1, 4)) for _ in range(len(knots) + 1))
        f = PiecewiseQuadratic(knots, curvatures, F(rng.randint(-5, 5)), F(0))
        h = 2 / f.mu * (1 + F(rng.randint(1, 64), 64))
        system, start = lift((GD(f, h), vec(F(rng.randint(-40, 40), 7))), Real.of)
        decision = unbounded(system, start).decide()
        at_rest = system.move(start)[0] == 0
        assert decision.truth is not at_rest
