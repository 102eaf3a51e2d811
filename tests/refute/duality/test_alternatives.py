"""One of several inequalities: proved by a mean of them, and by nothing less."""

from fractions import Fraction
from typing import Annotated

import pytest

from objectives import Objective, orbit, smooth
from refute import Claim, Given, Mutant, Theorem, any_of, both, le, lt, sq
from refute.duality.everywhere import prove_everywhere
from refute.errors import NotLinear
from refute.proofs.for_all import as_data, lines, verify
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.verify_proof import check
from tests.refute.duality.statements import Point

Attained = Annotated[Objective, smooth(minimizer="attained")]


def some_gradient_is_small(f: Attained, x: Point, *, c: Fraction = Fraction(4, 5)) -> Claim:
    """|grad f(x_0)|^2 <= c L (f(x_0) - f_*) or |grad f(x_1)|^2 <= c L (f(x_0) - f_*) for h = 1/L: the best c is 4/5."""
    first, second = orbit(f, 1 / f.L, x, 1)
    bound = c * f.L * (f(x) - f.minimum.value)
    return any_of(first=le(sq(f.grad(first)), bound), second=le(sq(f.grad(second)), bound))


def test_one_of_several_is_proved_by_a_mean_of_them() -> None:
    theorem = Theorem(some_gradient_is_small, source="s", label="l")
    proof = prove_everywhere(theorem.itself)
    assert proof
    assert "3/5 times: second is missed" in "\n".join(lines(proof))
    data = as_data(theorem, proof)
    assert check(data)
    assert verify(data, theorem, "x")
    worse = theorem.mutated(Mutant("0.79", {"c": Fraction(79, 100)}))
    assert not prove_everywhere(worse)
    assert search(worse, Budget(1000, 128, None, 1)).counterexample is not None


def both_or_one(f: Attained, x: Point, y: Point) -> Claim:
    """f_* <= f(x), and f_* <= f(y) or f(y) + |grad f(y)|^2/L <= f_*."""
    low = f.minimum.value
    return both(x=le(low, f(x)), y=any_of(above=le(low, f(y)), below=le(f(y) + sq(f.grad(y)) / f.L, low)))


def none(f: Attained, x: Point) -> Claim:
    """No alternative."""
    return any_of()


def nested(f: Attained, x: Point) -> Claim:
    """An alternative that is two inequalities."""
    return any_of(a=both(b=le(f.minimum.value, f(x)), c=le(0, sq(x))))


def strictly(f: Attained, x: Point) -> Claim:
    """f_* < f(x) or f_* < f(x), which is false at a minimizer."""
    return any_of(a=lt(f.minimum.value, f(x)), b=lt(f.minimum.value, f(x)))


def test_alternatives_beside_other_claims_and_what_is_none() -> None:
    assert prove_everywhere(Theorem(both_or_one, source="s", label="l").itself)
    assert not prove_everywhere(Theorem(strictly, source="s", label="l").itself)
    for body in (none, nested):
        with pytest.raises(NotLinear, match="an alternative is one inequality"):
            prove_everywhere(Theorem(body, source="s", label="l").itself)


def test_alternatives_in_a_hypothesis_are_not_read() -> None:
    given = Given("one of two", lambda f, x: any_of(a=le(f(x), 0), b=le(f(x), 1)))
    with pytest.raises(NotLinear, match="any_of is no inequality"):
        prove_everywhere(Theorem(below_one, source="s", label="l", given=(given,)).itself)


def below_one(f: Attained, x: Point) -> Claim:
    """f(x) <= 1."""
    return le(f(x), 1)
