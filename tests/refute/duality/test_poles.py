"""A hypothesis may hold for one value of a parameter alone: there its weight may have no pole."""

from fractions import Fraction
from typing import Annotated, Any

import pytest
from flint import fmpq_poly

from objectives import gradient, symmetric_operators
from refute import Claim, Given, Theorem, Vec, between, le, points, sq
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.duality.parameters.ratio import parameters
from refute.duality.signs.interval import has_root
from refute.duality.weights import Weights, checked
from refute.proofs.for_all import as_data
from refute.verify_proof import NoProof, check
from tests.refute.duality.statements import Convex, Point, WithMinimizer

Share = Annotated[Fraction, between(0, 1)]
Inside = Annotated[Fraction, between(Fraction(1, 4), 1)]


def ordered(f: Convex, x: Point, y: Point, b: Share) -> Claim:
    """f(x) <= f(y)."""
    return le(f(x), f(y))


def ordered_inside(f: Convex, x: Point, y: Point, b: Inside) -> Claim:
    """f(x) <= f(y)."""
    return le(f(x), f(y))


def is_least(f: WithMinimizer, x: Point, b: Share) -> Claim:
    """x is a minimizer."""
    return le(f(x), f.minimum.value)


def averaged(f: Any, x: Vec, y: Vec, b: Any) -> Claim:
    """b f(x) + (1 - b) f(y) <= f(y): at b = 0 it says nothing."""
    return le(b * f(x) + (1 - b) * f(y), f(y))


def thirds(f: Any, x: Vec, y: Vec, b: Any) -> Claim:
    """(1 - 3 b)^2 f(x) <= (1 - 3 b)^2 f(y): at b = 1/3, inside, it says nothing."""
    return le((1 - 3 * b) ** 2 * f(x), (1 - 3 * b) ** 2 * f(y))


def no_descent(f: Any, x: Vec, b: Any) -> Claim:
    """(1 - b) (f(x) - f_*) <= 0."""
    return le((1 - b) * (f(x) - f.minimum.value), 0)


def proof_of(body: Any, given: Any) -> Any:
    return prove_everywhere(Theorem(body, source="s", label="l", given=(Given("given", given),)).itself)


@pytest.mark.parametrize(("body", "given"), [(ordered, averaged), (ordered, thirds), (is_least, no_descent)])
def test_what_is_said_nothing_at_one_value_proves_nothing(body: Any, given: Any) -> None:
    assert not proof_of(body, given)


def test_where_the_hypothesis_always_says_something_it_proves() -> None:
    assert proof_of(ordered_inside, averaged)


def test_the_second_checker_refuses_such_a_pole() -> None:
    theorem = Theorem(ordered_inside, source="s", label="l", given=(Given("given", averaged),))
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    assert check(data)
    for end in ("cases", "parts"):  # the same weights, 1/t, from 0 on
        data[end][0]["from"] = "0"
    with pytest.raises(NoProof, match="pole"):
        check(data)


@pytest.mark.parametrize(
    ("row", "ends", "root"),
    [
        ([0, 1], (Fraction(0), Fraction(1)), True),
        ([0, 0, 1], (Fraction(0), Fraction(1)), True),
        ([-1, 1], (Fraction(0), Fraction(1)), True),
        ([1, -6, 9], (Fraction(0), Fraction(1)), True),
        ([1, 1], (Fraction(0), Fraction(1)), False),
        ([-2, 1], (None, Fraction(1)), False),
        ([-2, 0, 1], (Fraction(1), None), True),
        ([3], (None, None), False),
        ([0], (None, None), True),
    ],
)
def test_roots_on_closed_intervals(row: list[int], ends: Any, root: bool) -> None:
    assert has_root(fmpq_poly(row), ends) is root


One = Annotated[Fraction, lambda f: between(1 / f.L, 1 / f.L)]


def still(f: WithMinimizer, x: Point, h: One) -> Claim:
    """A step of 1/L moves nothing: false for x^2/2 at 1."""
    return le(sq(gradient(f, x) * h), 0)


def test_on_a_range_of_one_point_a_pivot_is_not_excused_by_its_neighbours() -> None:
    close = Given("x is close", lambda f, x: le(sq(x - f.minimum.at), 1))
    theorem = Theorem(still, source="s", label="l", given=(close,))
    (case,) = cases(theorem.itself)
    assert case.ends == (Fraction(1), Fraction(1))
    (claim,) = case.problem.claims
    t = parameters()[0]
    # With -(t - 1)^2 and its root at the point, where the multiplier of the pivot has a pole.
    weights = {
        i: -((t - 1) ** 2) if condition.hypothesis else 4 - 4 * t for i, condition in enumerate(case.problem.conditions)
    }
    assert len(weights) == 3
    assert checked(case, claim, weights) is None
    with pytest.raises(NoProof, match="no sum of squares"):
        check(as_data(theorem, [Weights(case, claim, weights, ())]))
    # What is right at the point is accepted there.
    true = Theorem(moves_less, source="s", label="m", given=(close,))
    proof = prove_everywhere(true.itself)
    assert proof
    assert check(as_data(true, proof))


def moves_less(f: WithMinimizer, x: Point, h: One) -> Claim:
    """A step of 1/L moves x by 1 at most where x is as close to the minimizer."""
    return le(sq(gradient(f, x) * h), 1)


Symmetric = Annotated[Any, symmetric_operators()]


def bounded(A: Symmetric, x: Annotated[Vec, lambda A: points(A.dim)]) -> Claim:
    """|A x|^2 <= L^2 |x|^2: one condition would be enough, with a weight that has a pole at mu = L, where a class may be another one."""
    return le(sq(A(x)), A.L**2 * sq(x))


def test_a_pole_is_avoided_with_more_conditions_than_are_needed() -> None:
    theorem = Theorem(bounded, source="s", label="l")
    proof = prove_everywhere(theorem.itself)
    assert proof
    assert len(proof[0].weights) > 1
    assert check(as_data(theorem, proof))
