"""A number of steps of which nothing is used but that an induction is over it is no parameter: a step size, and another number, may be."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, smooth, starts, step_sizes, strongly_convex
from refute import Claim, Mutant, Theorem, Vec, between, iterated, le, naturals, points, sq, sqrt
from refute.duality.decide import SETTINGS, for_all
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.errors import NotLinear
from refute.proofs import for_all as proofs
from refute.search.sampling import examples
from refute.verify_proof.check import check

ONE = Fraction(1)
Smooth = Annotated[Objective, smooth()]
WithMinimum = Annotated[Objective, convex(minimizer="known")]
Point = Annotated[Vec, lambda f: points(f.dim)]
Start = Annotated[Vec, lambda f: starts(f)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L)]
Momentum = Annotated[Fraction, between(0, 1, open=True)]
Short = Annotated[Fraction, lambda f, b: step_sizes(f.L, below=1 - b, closed=True)]
Count = Annotated[int, naturals(1, drawn=4)]


def squares(f: Smooth, x: Point, h: Step, N: Count, *, c: Fraction = ONE) -> Claim:
    """All squared gradients, for every step size."""
    gain = h * (1 - h * f.L / 2)
    last, total = iterated(
        lambda k, s: (gradient_step(f, h, s[0]), s[1] + sq(f.grad(s[0]))),
        (x, 0),
        N,
        lambda k, s: f(s[0]) + gain * s[1],
    )
    return le(gain * total, c * (f(x) - f(last)))


def values(f: WithMinimum, x: Start, h: Step, N: Count, *, c: Fraction = ONE) -> Claim:
    """Distances."""
    low = f.minimum
    last = iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: sq(y - low.at))
    return le(sq(last - low.at), c * sq(x - low.at))


def heavy_ball(f: WithMinimum, x: Start, b: Momentum, h: Short, N: Count, *, c: Fraction = ONE) -> Claim:
    """The sum of all values of heavy ball, for every step size and momentum [Ghadimi, Feyzmahdavian, Johansson]."""
    low = f.minimum

    def step(k: Any, state: Any) -> Any:
        y, before, total = state
        return y - h * f.grad(y) + b * (y - before), y, total + f(y) - low.value

    def potential(k: Any, state: Any) -> Any:
        y, before, total = state
        ahead = y + b / (1 - b) * (y - before)
        return sq(ahead - low.at) + 2 * h * b / (1 - b) ** 2 * (f(before) - low.value) + 2 * h / (1 - b) * total

    *_, total = iterated(step, (x, x, 0), N, potential)
    most = sq(x - low.at) + 2 * h * b / (1 - b) ** 2 * (f(x) - low.value)
    return le(2 * h / (1 - b) * total, (c + 1) / 2 * most)


PARAMETERS = {squares: ("h L", ""), values: ("h L", ""), heavy_ball: ("h L", "1 - b")}


@pytest.mark.parametrize("body", PARAMETERS)
def test_every_number_of_steps_and_every_step_size(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    proof = prove_everywhere(theorem.itself)
    assert proof
    (case,) = cases(theorem.itself)
    assert (case.unit, case.second) == PARAMETERS[body]
    assert case.steps == "N"
    assert not any("k = t - 1" in line for line in proofs.lines(proof))
    data = proofs.as_data(theorem, proof)
    proofs.verify(data, theorem, "here")
    assert check(data)


@pytest.mark.parametrize("body", [squares, values])
def test_a_better_constant_is_refuted(body: Callable[..., Claim]) -> None:
    mutated = Theorem(body, source="s", label="l").mutated(Mutant("better", {"c": Fraction(9, 10)}))
    assert not prove_everywhere(mutated)
    found = for_all(mutated, lambda: examples(mutated, 1, SETTINGS))
    assert found is not None
    assert found.counterexample is not None


def longer_from_1_on(f: Smooth, x: Point, h: Annotated[Fraction, lambda f: step_sizes(f.L, 3)], N: Count) -> Claim:
    """True for h L >= 1 ... no: false for 2 < h L < 3, and true for h L < 2. An induction begins at N = 1, and h L at 0."""
    return le(f(iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: f(y))), f(x))


def shorter_than_1(f: Smooth, x: Point, h: Annotated[Fraction, lambda f: step_sizes(f.L, 3)], N: Count) -> Claim:
    """False for h L < 1 alone."""
    step_size = (3 - h * f.L) / f.L
    last = iterated(lambda k, y: gradient_step(f, step_size, y), x, N, lambda k, y: f(y))
    return le(f(last), f(x))


@pytest.mark.parametrize("body", [longer_from_1_on, shorter_than_1])
def test_the_whole_range_of_the_step_size_counts(body: Callable[..., Claim]) -> None:
    assert not prove_everywhere(Theorem(body, source="s", label="l").itself)


def in_the_conclusion(f: Smooth, x: Point, h: Step, N: Count) -> Claim:
    """N times."""
    last = iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: f(y))
    return le(N * f(last), N * f(x))


def in_the_step(f: Smooth, x: Point, h: Step, N: Count) -> Claim:
    """The k-th step is shorter."""
    return le(f(iterated(lambda k, y: gradient_step(f, h / (k + 1), y), x, N, lambda k, y: f(y))), f(x))


def in_the_potential(f: WithMinimum, x: Start, h: Step, N: Count) -> Claim:
    """k times."""
    low = f.minimum
    last = iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: k * h * (f(y) - low.value) + sq(y - low.at))
    return le(sq(last - low.at), sq(x - low.at))


def in_a_branch(f: Smooth, x: Point, h: Step, N: Count) -> Claim:
    """The first step is none."""
    return le(f(iterated(lambda k, y: gradient_step(f, h if k > 0 else 0, y), x, N, lambda k, y: f(y))), f(x))


def at_a_point(f: Smooth, x: Point, h: Step, N: Count) -> Claim:
    """A value at a point that depends on N is asked."""
    return le(0 * f(x / N), f(x) - f(x) + 0 * h)


def from_0_on(f: Smooth, x: Point, h: Step, N: Annotated[int, naturals(2, drawn=4)]) -> Claim:
    """The induction begins at 2."""
    return le(f(iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: f(y))), f(x))


def in_a_root(f: Smooth, x: Point, b: Momentum, N: Count) -> Claim:
    """The root of a square that is negative for large N: the quotient is -1 there."""
    q = N * (b**2 - 2 * b) + 10**6
    return le(0, sqrt(q**2) / q * sq(f.grad(x)))


def in_a_root_of_the_step(f: Smooth, x: Point, b: Momentum, N: Count) -> Claim:
    """From k = 134 on f rises, for b = 1/2."""

    def step(k: Any, y: Any) -> Any:
        q = k * (b**2 - 2 * b) + 100
        return gradient_step(f, sqrt(q**2) / q * b / f.L, y)

    return le(f(iterated(step, x, N, lambda k, y: f(y))), f(x))


def in_a_divisor(f: Smooth, x: Point, b: Momentum, N: Count) -> Claim:
    """It has no value for N = 7."""
    return le(0, (N - 7) / (N - 7) * b * sq(f.grad(x)))


def in_a_root_beside_mu(f: Annotated[Objective, strongly_convex()], x: Start, N: Count) -> Claim:
    """The same beside a constant of the class."""
    s = f.mu / f.L
    q = N * (s**2 - 2 * s) + 10**6
    return le(0, sqrt(q**2) / q * sq(f.grad(x)))


@pytest.mark.parametrize("body", [in_a_root, in_a_root_of_the_step, in_a_divisor, in_a_root_beside_mu])
def test_a_number_of_steps_that_cancels_is_used(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="l").itself)


@pytest.mark.parametrize("body", [in_the_conclusion, in_the_step, in_the_potential, in_a_branch, at_a_point, from_0_on])
def test_a_number_of_steps_that_is_used_is_a_parameter(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="l").itself)
