"""Statements that branch on a number of their parameters: |1 - h L|, the larger of two rates, a comparison."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, smooth, starts, step_sizes, strongly_convex
from refute import Claim, Theorem, Vec, iterated, le, maximum, minimum, naturals, nonzero, norm, points, positive, sq
from refute.duality.decide import for_all
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.branches import MOST_READINGS, Choices, readings
from refute.duality.parameters.cases import cases
from refute.duality.parameters.ratio import parameters, second_parameter
from refute.errors import NotLinear
from refute.proofs import for_all as proofs
from refute.verify_proof.check import check

Strongly = Annotated[Objective, strongly_convex()]
Convex = Annotated[Objective, convex()]
Smooth = Annotated[Objective, smooth()]
Start = Annotated[Vec, lambda f: starts(f)]
Point = Annotated[Vec, lambda f: points(f.dim)]
AnyStep = Annotated[Fraction, positive()]
Step = Annotated[Fraction, lambda f: step_sizes(f.L)]


def statement(body: Callable[..., Claim]) -> Any:
    return Theorem(body, source="s", label="body").itself


def contraction(f: Strongly, h: AnyStep, x: Start) -> Claim:
    """The larger of both rates, for every step size."""
    rate = maximum(abs(1 - h * f.mu), abs(1 - h * f.L))
    return le(norm(gradient_step(f, h, x) - f.minimum.at), rate * norm(x - f.minimum.at))


def values(f: Strongly, h: Step, x: Start) -> Claim:
    """The same for values."""
    rate = maximum((1 - h * f.mu) ** 2, (1 - h * f.L) ** 2)
    return le(f(gradient_step(f, h, x)) - f.minimum.value, rate * (f(x) - f.minimum.value))


def where_they_meet(f: Strongly, h: AnyStep, x: Start) -> Claim:
    """The same as a comparison."""
    rate = 1 - h * f.mu if h * (f.L + f.mu) < 2 else h * f.L - 1
    return le(norm(gradient_step(f, h, x) - f.minimum.at), rate * norm(x - f.minimum.at))


def of_gradients(f: Convex, h: AnyStep, x: Start) -> Claim:
    """Of one parameter."""
    return le(norm(f.grad(gradient_step(f, h, x))), maximum(1, h * f.L - 1) * norm(f.grad(x)))


def of_descent(f: Smooth, h: AnyStep, x: Point) -> Claim:
    """The least of two numbers, by Python's own function."""
    return le(f(gradient_step(f, h, x)), f(x) - min(h / 2, h - h**2 * f.L / 2) * sq(f.grad(x)))


def clipped(f: Convex, h: AnyStep, x: Point, y: Point) -> Claim:
    """A step that is cut."""
    step = minimum(h, 2 / f.L)
    return le(norm(gradient_step(f, step, x) - gradient_step(f, step, y)), norm(x - y))


def of_one_number(f: Convex, h: Annotated[Fraction, lambda f: step_sizes(f.L, 3)], x: Point) -> Claim:
    """The sign of one number is asked in two ways."""
    n = (h * f.L - 1) * (h * f.L - 2)
    c = 5 if n > 0 else 6
    return le(0, (c + abs(3 * n)) * sq(f.grad(x)))


@pytest.mark.parametrize(
    "body", [contraction, values, where_they_meet, of_gradients, of_descent, clipped, of_one_number]
)
def test_each_side_is_proved_and_checked_by_itself(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="body")
    proof = prove_everywhere(theorem.itself)
    assert proof
    known = cases(theorem.itself)
    assert len({tuple(case.fixed) for case in known}) == len(known) > 1
    data = proofs.as_data(theorem, proof)
    proofs.verify(data, theorem, "here")
    assert check(data)
    with pytest.raises(Exception, match="is not proved"):
        proofs.verify({**data, "parts": data["parts"][:-1]}, theorem, "here")


def narrow(f: Strongly, h: AnyStep, x: Start) -> Claim:
    """False where 1 < h L < 33/32 alone."""
    rate = 1 - h * f.mu if h * f.L < 1 else Fraction(1, 2) if h * f.L < Fraction(33, 32) else maximum(h * f.L - 1, 1)
    return le(sq(gradient_step(f, h, x) - f.minimum.at), rate**2 * sq(x - f.minimum.at))


def by_a_hundredth(f: Strongly, h: AnyStep, x: Start) -> Claim:
    """The larger of both rates, a hundredth less where the second one is it."""
    rate = maximum(abs(1 - h * f.mu), Fraction(99, 100) * abs(1 - h * f.L))
    return le(norm(gradient_step(f, h, x) - f.minimum.at), rate * norm(x - f.minimum.at))


def the_smaller(f: Strongly, h: Step, x: Start) -> Claim:
    """The smaller one."""
    rate = minimum((1 - h * f.mu) ** 2, (1 - h * f.L) ** 2)
    return le(sq(gradient_step(f, h, x) - f.minimum.at), rate * sq(x - f.minimum.at))


def at_a_tie(f: Convex, h: AnyStep, x: Point) -> Claim:
    """False at h = 1/L alone, where neither comparison is."""
    bound = 0 if h * f.L < 1 or h * f.L > 1 else -1
    return le(bound * sq(f.grad(x)), bound * sq(f.grad(x)) + bound)


@pytest.mark.parametrize("body", [narrow, by_a_hundredth, the_smaller, at_a_tie])
def test_what_is_false_on_one_side_is_not_proved(body: Callable[..., Claim]) -> None:
    assert not prove_everywhere(statement(body))


@pytest.mark.parametrize("body", [narrow, by_a_hundredth, the_smaller])
def test_a_side_that_is_drawn_from_by_no_chance_is_decided_too(body: Callable[..., Claim]) -> None:
    found = for_all(statement(body), lambda: ())
    assert found is not None
    assert found.counterexample is not None
    assert statement(body).check(found.counterexample).conclusion.truth is False


def with_a_hole(f: Smooth, h: Annotated[Fraction, nonzero()], x: Point) -> Claim:
    """True: h is not 0, which lies between what it may be."""
    c = 1 if h > 0 else (1 if h < 0 else -1)
    return le(0, c * sq(f.grad(x)))


def test_no_setting_outside_of_a_domain_is_looked_at() -> None:
    found = for_all(statement(with_a_hole), lambda: ())
    assert found is None or (not found.violated and found.counterexample is None)


def doubles(f: Convex, h: Step, x: Point) -> Claim:
    """A loop that ends for every step size."""
    while h * f.L < 1:
        h = 2 * h
    return le(sq(f.grad(x)), h * f.L * sq(f.grad(x)))


def waits(f: Convex, h: Step, x: Point) -> Claim:
    """A loop that asks the same again."""
    k = 0
    while h * f.L < 1 and k < 10**9:
        k = k + 1
    return le(0, h * f.L * sq(f.grad(x)))


@pytest.mark.parametrize("body", [doubles, waits])
def test_a_loop_that_need_not_end_is_not_read(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear, match="again and again"):
        cases(statement(body))


def test_no_side_is_left_out() -> None:
    t, _, _ = parameters()
    m = second_parameter()

    def read(choices: Choices) -> tuple[tuple[str, bool], ...]:
        first = choices.is_above_0(t - 1, True)
        second = choices.is_above_0(t - m, False) if first else choices.is_above_0(t - 2 * m, True)
        assert choices.is_above_0(t - 1, True) is first
        assert first is not second or choices.is_above_0(2 - t, True) in (True, False)
        return tuple((str(side.number), side.strict) for side in choices.sides())

    found = list(readings(read))
    assert len(found) == len(set(found))
    assert ("-t + 1", False) in {of[0] for of in found}
    assert ("-t + m", True) in {of[1] for of in found}


def test_many_sides_are_refused() -> None:
    t = parameters()[0]
    n = MOST_READINGS.bit_length()
    with pytest.raises(NotLinear, match="in more than"):
        list(readings(lambda choices: [choices.is_above_0(t - i, True) for i in range(n)]))


def on_a_number_of_steps(f: Convex, x: Point, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
    """A step that is another one from the third on."""

    def step(k: Any, y: Any) -> Any:
        return gradient_step(f, 1 / f.L if k < 3 else 2 / f.L, y)

    return le(f(iterated(step, x, N, lambda k, y: f(y))), f(x))


def on_the_number_of_steps(f: Convex, x: Point, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
    """Two claims, of which the number of steps says which."""
    return le(0, (2 if N > 3 else 1) * sq(f.grad(x)))


@pytest.mark.parametrize("body", [on_a_number_of_steps, on_the_number_of_steps])
def test_a_body_that_branches_on_a_number_of_steps_is_not_read(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear, match="branches on a number of steps"):
        cases(statement(body))


def of_a_unit(f: Convex, h: AnyStep, x: Point) -> Claim:
    """h is compared with 1, which is something else in other units."""
    return le(f(gradient_step(f, 1 / f.L if h < 1 else minimum(h, 1 / f.L), x)), f(x))


def test_a_comparison_that_depends_on_units_is_not_read() -> None:
    with pytest.raises(NotLinear, match="power of L"):
        cases(statement(of_a_unit))
