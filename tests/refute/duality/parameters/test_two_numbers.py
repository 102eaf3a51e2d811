"""A second number between two rationals, such as a share, is a parameter beside a step size."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated

import pytest

from objectives import Known, Objective, convex, convex_nonsmooth, gradient_step, smooth, step_sizes
from refute import Claim, Mutant, Theorem, Vec, between, dot, le, norm, points, positive, sq
from refute.duality.decide import SETTINGS, for_all
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.proofs import for_all as proofs
from refute.search.sampling import examples
from refute.verify_proof.check import check

ONE = Fraction(1)
Smooth = Annotated[Objective, smooth()]
Convex = Annotated[Objective, convex()]
Nonsmooth = Annotated[Known, convex_nonsmooth(minimizer=True)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Positive = Annotated[Fraction, positive()]
Step = Annotated[Fraction, lambda f: step_sizes(f.L)]
Share = Annotated[Fraction, between(0, 1)]
Inside = Annotated[Fraction, between(0, 1, open=True)]
Relaxation = Annotated[Fraction, between(0, 2)]


def armijo(
    f: Smooth,
    x: Point,
    s: Inside,
    h: Annotated[Fraction, lambda f, s: step_sizes(f.L, below=2 * (1 - s), closed=True)],
    *,
    c: Fraction = ONE,
) -> Claim:
    """The condition of Armijo holds for steps up to 2(1 - s)/L."""
    g = f.grad(x)
    return le(f(x - h * g), f(x) - (2 - c) * s * h * sq(g) + (1 - c) * h * sq(g) / 100)


def relaxed(f: Convex, x: Point, y: Point, h: Step, r: Share, *, c: Fraction = ONE) -> Claim:
    """A part of a step brings no two points farther apart."""

    def after(z: Vec) -> Vec:
        return (1 - r) * z + r * gradient_step(f, h, z)

    return le(norm(after(x) - after(y)), c * norm(x - y))


def momentum(
    f: Smooth,
    x: Point,
    y: Point,
    b: Share,
    h: Annotated[Fraction, lambda f, b: step_sizes(f.L, below=2 * (1 - b), closed=True)],
    *,
    c: Fraction = ONE,
) -> Claim:
    """Heavy ball with h <= 2(1 - b)/L loses energy."""
    z = x - h * f.grad(x) + b * (x - y)
    return le(2 * h * f(z) + b * sq(z - x), 2 * h * f(x) + (2 * c - 1) * b * sq(x - y))


def averaged(
    f: Convex,
    x: Point,
    y: Point,
    s: Inside,
    h: Annotated[Fraction, lambda f, s: step_sizes(f.L, below=2 * s / (1 - s))],
    *,
    c: Fraction = ONE,
) -> Claim:
    """The range of the step size has no end for s = 1."""
    g = f.grad(x) - f.grad(y)
    return le((1 - s) * h * sq(g), c * 2 * s * dot(g, x - y))


def of_three(f: Nonsmooth, x: Point, h: Positive, r: Relaxation, u: Inside, *, c: Fraction = ONE) -> Claim:
    """A step size that is the unit, a relaxation and a share."""
    z = x + r * (f.prox(h, x) - x)
    return le((1 - u) * sq(z - f.minimum.at), c * (1 - u) * sq(x - f.minimum.at))


SECONDS = {armijo: ["s"], relaxed: ["r", ""], momentum: ["b", ""], averaged: ["1 - s"], of_three: ["r / 2", ""]}


@pytest.mark.parametrize("body", SECONDS)
def test_both_numbers_are_any(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    proof = prove_everywhere(theorem.itself)
    assert proof
    assert [case.second for case in cases(theorem.itself)] == SECONDS[body]
    data = proofs.as_data(theorem, proof)
    proofs.verify(data, theorem, "here")
    assert check(data)


@pytest.mark.parametrize("body", SECONDS)
def test_a_better_constant_is_not_proved_but_refuted(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    mutated = theorem.mutated(Mutant("better", {"c": Fraction(99, 100)}))
    assert not prove_everywhere(mutated)
    found = for_all(mutated, lambda: examples(mutated, 1, SETTINGS))
    assert found is not None
    assert found.counterexample is not None
    assert mutated.check(found.counterexample).conclusion.truth is False


def at_the_start(f: Smooth, x: Point, s: Share, h: Step) -> Claim:
    """False at s = 0 alone."""
    return le(0 if s > 0 else sq(f.grad(x)), 0 * h * sq(f.grad(x)))


def at_the_end(f: Smooth, x: Point, s: Share, h: Step) -> Claim:
    """False at s = 1 alone."""
    return le(0 if s < 1 else sq(f.grad(x)), 0 * h * sq(f.grad(x)))


@pytest.mark.parametrize("body", [at_the_start, at_the_end])
def test_both_ends_belong_to_a_closed_range(body: Callable[..., Claim]) -> None:
    assert not prove_everywhere(Theorem(body, source="s", label="l").itself)
