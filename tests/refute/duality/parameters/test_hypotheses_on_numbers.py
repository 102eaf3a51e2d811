"""A hypothesis on a step size alone that is linear in it is an end of its range."""

from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, starts, strongly_convex
from refute import Claim, Given, Mutant, Theorem, Vec, between, le, lt, positive, sq, verify_proof
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import Case, cases
from refute.proofs.for_all import as_data, verify

F = Fraction
NOTHING = F(0)
Convex = Annotated[Objective, convex(minimizer="known")]
StronglyConvex = Annotated[Objective, strongly_convex()]
Start = Annotated[Vec, lambda f: starts(f)]
Step = Annotated[Fraction, positive()]
UpTo2 = Annotated[Fraction, lambda f: between(0, 2 / f.L)]


def descends(f: Convex, x: Start, h: Step) -> Claim:
    """f does not increase."""
    return le(f(gradient_step(f, h, x)), f(x))


def with_mu(f: StronglyConvex, x: Start, h: UpTo2) -> Claim:
    """The distance shrinks by |1 - h L|."""
    return le(sq(gradient_step(f, h, x) - f.minimum.at), (1 - h * f.L) ** 2 * sq(x - f.minimum.at))


def stated(body: Any, *given: Any) -> Theorem:
    return Theorem(
        body, source="s", label="statement", given=tuple(Given(f"hypothesis {i}", g) for i, g in enumerate(given))
    )


def case_of(theorem: Theorem) -> Case:
    (case,) = cases(theorem.itself)
    return case


SHORT = stated(descends, lambda f, x, h: le(h * f.L, 2))
LONG = stated(with_mu, lambda f, x, h: le(2, h * (f.L + f.mu)))


@pytest.mark.parametrize("theorem", [SHORT, LONG])
def test_proved_and_checked_twice(theorem: Theorem) -> None:
    proof = prove_everywhere(theorem.itself)
    assert proof
    data = as_data(theorem, proof)
    assert verify(data, theorem, "here")
    verify_proof.check(data)


@pytest.mark.parametrize(
    "theorem",
    [
        stated(descends),
        stated(descends, lambda f, x, h: le(h * f.L, 3)),
        stated(descends, lambda f, x, h: le(2, h * f.L)),
        stated(with_mu),
        stated(with_mu, lambda f, x, h: le(F(19, 10), h * (f.L + f.mu))),
        stated(with_mu, lambda f, x, h: le(h * (f.L + f.mu), 2)),
    ],
)
def test_false_neighbours_are_not_proved(theorem: Theorem) -> None:
    assert not prove_everywhere(theorem.itself)


def test_the_ends() -> None:
    case = case_of(SHORT)
    assert (case.ends, case.closed) == ((F(0), F(2)), (False, True))
    # What is strict may be attained all the same: a longer range is shown.
    case = case_of(stated(descends, lambda f, x, h: lt(h * f.L, 1), lambda f, x, h: le(1, 2 * h * f.L)))
    assert (case.ends, case.closed) == ((F(1, 2), F(1)), (True, True))
    # Beyond the range of the domain a hypothesis says nothing, and one that excludes all of it is left to the weights.
    case = case_of(stated(with_mu, lambda f, x, h: le(h * f.L, 5)))
    assert case.region is not None
    assert str(case.region.hi) == "2"
    case = case_of(stated(descends, lambda f, x, h: le(h * f.L, 1), lambda f, x, h: le(2, h * f.L)))
    assert case.ends in ((F(0), F(1)), (F(2), None), (F(0), None))


def test_what_is_not_linear_in_the_step_says_nothing_of_its_range() -> None:
    case = case_of(stated(descends, lambda f, x, h: le((h * f.L) ** 2, 2)))
    assert case.ends == (F(0), None)
    assert not prove_everywhere(stated(descends, lambda f, x, h: le((h * f.L) ** 2, 2)).itself)


#: Hypotheses that are products: where the other factors have one sign, and no zero, they are ends; else they hold at more than what is on one side.
PRODUCTS = {
    "(1 + h L)(2 - h L)": (lambda f, x, h: le(0, (1 + h * f.L) * (2 - h * f.L)), True),
    "h (2 - h L)": (lambda f, x, h: le(0, h * (2 - h * f.L)), True),
    "(2 - h L)^3": (lambda f, x, h: le(0, (2 - h * f.L) ** 3), True),
    "(h L - 3)^2 (2 - h L), which holds at 3, too": (lambda f, x, h: le(0, (h * f.L - 3) ** 2 * (2 - h * f.L)), False),
    "(3 - h L)(2 - h L), which holds from 3 on, too": (lambda f, x, h: le(0, (3 - h * f.L) * (2 - h * f.L)), False),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_products_of_factors(name: str) -> None:
    hypothesis, proved = PRODUCTS[name]
    assert bool(prove_everywhere(stated(descends, hypothesis).itself)) is proved


#: The same beside mu: 1 - mu/L is 0 at mu = L, where such a hypothesis says nothing of h.
BESIDE_MU = {
    "h (2 - h L)": (lambda f, x, h: le(0, h * (2 - h * f.L)), True),
    "(L - mu)(2 - h L)": (lambda f, x, h: le(0, (f.L - f.mu) * (2 - h * f.L)), False),
    "(L + mu)(2 - h L)": (lambda f, x, h: le(0, (f.L + f.mu) * (2 - h * f.L)), True),
}


@pytest.mark.parametrize("name", BESIDE_MU)
def test_products_of_factors_beside_mu(name: str) -> None:
    hypothesis, shorter = BESIDE_MU[name]

    def falls(f: StronglyConvex, x: Start, h: Step) -> Claim:
        """f does not increase."""
        return le(f(gradient_step(f, h, x)), f(x))

    (case,) = cases(stated(falls, hypothesis).itself)
    assert case.region is not None
    assert (case.region.hi is not None) is shorter


def test_an_inequality_between_numbers_alone() -> None:
    def square(f: Convex, x: Start, h: UpTo2, *, c: Fraction = NOTHING) -> Claim:
        """(1 - h L)^2 >= 0."""
        return le(c, (1 - h * f.L) ** 2)

    assert prove_everywhere(stated(square).itself)
    assert not prove_everywhere(stated(square).mutated(Mutant("more", {"c": F(1, 10**9)})))
