"""Numbers in the state of an induction: a sum of values, of squares, or a count, for every number of steps."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, smooth, strongly_convex
from refute import Claim, Mutant, Theorem, Vec, iterated, le, naturals, points, sq
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.errors import NotLinear
from refute.proofs import for_all as proofs
from refute.verify_proof.check import check

ONE = Fraction(1)
Smooth = Annotated[Objective, smooth()]
Convex = Annotated[Objective, convex()]
Strongly = Annotated[Objective, strongly_convex()]
Point = Annotated[Vec, lambda f: points(f.dim)]
Count = Annotated[int, naturals(1, drawn=4)]


def descent(f: Any, state: Any) -> Any:
    return gradient_step(f, 1 / f.L, state)


def squares(f: Smooth, x: Point, N: Count, *, c: Fraction = ONE) -> Claim:
    """The squares of all gradients are at most what f falls."""
    last, total = iterated(
        lambda k, s: (descent(f, s[0]), s[1] + sq(f.grad(s[0]))),
        (x, 0),
        N,
        lambda k, s: f(s[0]) + s[1] / (2 * f.L),
    )
    return le(total, c * 2 * f.L * (f(x) - f(last)))


def values(f: Convex, x: Point, u: Point, N: Count, *, c: Fraction = ONE) -> Claim:
    """The regret."""

    def step(k: Any, state: Any) -> Any:
        y, total = state
        after = descent(f, y)
        return after, total + f(after) - f(u)

    _, total = iterated(step, (x, 0), N, lambda k, s: f.L / 2 * sq(s[0] - u) + s[1])
    return le(total, c * f.L / 2 * sq(x - u))


def lengths(f: Strongly, x: Point, N: Count, *, c: Fraction = ONE) -> Claim:
    """The squares of all steps, for all mu."""
    _, total = iterated(
        lambda k, s: (descent(f, s[0]), s[1] + sq(f.grad(s[0]) / f.L)),
        (x, Fraction(0)),
        N,
        lambda k, s: sq(s[0] - f.minimum.at) + s[1],
    )
    return le(total, c * sq(x - f.minimum.at))


def count(f: Convex, x: Point, N: Count, *, c: Fraction = ONE) -> Claim:
    """The number of steps, counted."""
    _, n = iterated(lambda k, s: (descent(f, s[0]), s[1] + 1), (x, 0), N, lambda k, s: s[1] - k)
    return le(n, c * N)


def alone(f: Convex, x: Point, N: Count, *, c: Fraction = ONE) -> Claim:
    """A state that is a number."""
    total = iterated(lambda k, s: s + sq(f.grad(x)), 0, N, lambda k, s: s - k * sq(f.grad(x)))
    return le(total, c * N * sq(f.grad(x)))


def from_a_value(f: Smooth, x: Point, N: Count, *, c: Fraction = ONE) -> Claim:
    """A number that begins as a value, and one that sums it up."""
    last, low, total = iterated(
        lambda k, s: (descent(f, s[0]), s[1] - sq(f.grad(s[0])) / (2 * f.L), s[2] + s[1]),
        (x, f(x), 0),
        N,
        lambda k, s: f(s[0]) - s[1],
    )
    return le(f(last) + 0 * total, low + (1 - c) * sq(f.grad(x)) / f.L * -1)


def at_a_rational_rate(f: Strongly, x: Point, N: Count, *, c: Fraction = ONE) -> Claim:
    """A potential that shrinks by a number."""
    last, half = iterated(
        lambda k, s: (descent(f, s[0]), s[1] / 2), (x, sq(x)), N, lambda k, s: s[1], rate=Fraction(1, 2)
    )
    return le(2**N * half + 0 * sq(last - x), c * sq(x))


BODIES = (squares, values, lengths, count, alone, from_a_value, at_a_rational_rate)


@pytest.mark.parametrize("body", BODIES)
def test_sums_are_proved_for_every_number_of_steps(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    proof = prove_everywhere(theorem.itself)
    assert proof
    data = proofs.as_data(theorem, proof)
    proofs.verify(data, theorem, "here")
    assert check(data)


@pytest.mark.parametrize("body", BODIES)
def test_a_better_bound_is_not_proved(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    assert not prove_everywhere(theorem.mutated(Mutant("better", {"c": Fraction(99, 100)})))


def kinds(f: Convex, x: Point, N: Count) -> Claim:
    """A number becomes a point."""
    last = iterated(lambda k, s: (s[0], s[0]), (x, 0), N, lambda k, s: f(s[0]))
    return le(f(last[0]), f(x))


def multiplies(f: Convex, x: Point, N: Count) -> Claim:
    """A number of the state times a point."""
    last, _ = iterated(lambda k, s: (s[0] - s[1] * f.grad(s[0]), s[1]), (x, 1 / f.L), N, lambda k, s: f(s[0]))
    return le(f(last), f(x))


def is_no_number(f: Convex, x: Point, N: Count) -> Claim:
    """A state that is text."""
    last, _ = iterated(lambda k, s: (descent(f, s[0]), s[1]), (x, "a"), N, lambda k, s: f(s[0]))
    return le(f(last), f(x))


def forgets(f: Convex, x: Point, N: Count) -> Claim:
    """The potential leaves out the sum: nothing is known of it."""
    _, total = iterated(lambda k, s: (descent(f, s[0]), s[1] + sq(f.grad(s[0]))), (x, 0), N, lambda k, s: f(s[0]))
    return le(total, f.L * (f(x) - f(x)))


@pytest.mark.parametrize("body", [kinds, multiplies, is_no_number])
def test_other_states_are_not_read(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="l").itself)


def test_of_a_number_that_the_potential_leaves_out_nothing_follows() -> None:
    assert not prove_everywhere(Theorem(forgets, source="s", label="l").itself)
