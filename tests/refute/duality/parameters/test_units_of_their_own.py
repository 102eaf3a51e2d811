"""Two numbers where no class has a scale: everything is measured in one of them. And ends that a parameter does not take, at which a weight may have a pole."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Known, convex_nonsmooth, monotone_operators, nonexpansive_maps, starts
from refute import (
    Claim,
    Domain,
    Mutant,
    Theorem,
    Vec,
    between,
    dot,
    iterated,
    le,
    naturals,
    points,
    positive,
    sq,
    verify_proof,
)
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.duality.weights import checked
from refute.errors import BadInput, NotLinear
from refute.proofs.for_all import as_data, lines, verify

F = Fraction
ONE = F(1)
Convex = Annotated[Known, convex_nonsmooth(minimizer=True)]
Start = Annotated[Vec, lambda f: starts(f)]
Point = Annotated[Vec, lambda A: points(A.dim)]
Positive = Annotated[Fraction, positive()]
Share = Annotated[Fraction, between(0, 2)]


def relaxed(f: Convex, x: Start, h: Positive, r: Share, *, c: Fraction = ONE) -> Claim:
    """A relaxed proximal step, of any step size."""
    p = f.prox(h, x)
    return le(sq(x + r * (p - x) - f.minimum.at), sq(x - f.minimum.at) - r * (2 * c - r) * sq(x - p))


def every_step(
    f: Convex, x: Start, h: Positive, N: Annotated[int, naturals(1, drawn=5)], *, c: Fraction = ONE
) -> Claim:
    """The proximal point method, of any step size, for every number of steps."""
    low = f.minimum

    def potential(k: Any, y: Vec) -> Any:
        return 2 * h * k * (f(y) - low.value) + sq(y - low.at)

    y = iterated(lambda k, y: f.prox(h, y), x, N, potential)
    return le(2 * h * N * (f(y) - low.value), 2 * (c - F(1, 2)) * sq(x - low.at))


def two_steps(
    f: Convex, x: Start, h: Positive, s: Annotated[Fraction, lambda h: between(0, h)], *, c: Fraction = ONE
) -> Claim:
    """Two proximal steps, the second one a part of the first."""
    y = f.prox(s, f.prox(h, x))
    return le(2 * (h + s) * (f(y) - f.minimum.value), 2 * (c - F(1, 2)) * sq(x - f.minimum.at)) if s != 0 else le(0, 1)


TRUE = (relaxed, every_step)


@pytest.mark.parametrize("body", TRUE)
def test_proved_and_checked_twice(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof
    data = as_data(theorem, proof)
    assert len(verify(data, theorem, "here")) == len(proof)
    verify_proof.check(data)
    assert any("h = 1 by a choice of units" in line for line in lines(proof))


@pytest.mark.parametrize("body", TRUE)
def test_false_neighbours_are_not_proved(body: Callable[..., Claim]) -> None:
    assert not prove_everywhere(
        Theorem(body, source="s", label="statement").mutated(
            Mutant("c", {"c": F(99, 100) if body is every_step else F(101, 100)})
        )
    )


def in_other_units(f: Convex, x: Start, h: Positive, r: Share) -> Claim:
    """1 + h is no number of one unit."""
    return le(sq(f.prox(h, x) - f.minimum.at), (1 + h + r) * sq(x - f.minimum.at))


def of_a_class_with_units(T: Annotated[Known, nonexpansive_maps()], x: Point, h: Positive, r: Share) -> Claim:
    """A multiple of a map that does not expand may expand: h cannot be scaled away."""
    return le(sq(h * T(x) - h * T(0 * x)), (1 + r) * sq(x))


def at_most(most: int) -> Domain:
    return between(0, most, open=True)


def bounded(A: Annotated[Known, monotone_operators()], x: Point, h: Annotated[Fraction, at_most(5)], r: Share) -> Claim:
    """A number with an upper end is no unit."""
    return le(sq(A.prox(h, x) - A.prox(h, 0 * x)), (1 + r) * sq(x))


@pytest.mark.parametrize("body", [in_other_units, bounded])
def test_what_has_no_such_units_has_two_parameters(body: Callable[..., Claim]) -> None:
    assert {case.ones for case in cases(Theorem(body, source="s", label="statement").itself)} == {()}


@pytest.mark.parametrize("body", [of_a_class_with_units, two_steps])
def test_what_has_no_such_units(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="statement").itself)


def inverse(f: Convex, x: Start, u: Start, h: Annotated[Fraction, between(0, 1, open=True)]) -> Claim:
    """What a class with jumps asks once, with the weight 1/h."""
    p, q = f.prox(h, x), f.prox(h, u)
    return le(0, dot((x - p) / h - (u - q) / h, p - q) / h)


def test_a_weight_may_have_a_pole_at_an_end_that_does_not_belong() -> None:
    theorem = Theorem(inverse, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof
    (w,) = proof
    assert any("(1)/(t)" in str(c) for c in w.weights.values())
    assert w.case.closed == (False, False)
    data = as_data(theorem, proof)
    verify_proof.check(data)
    verify(data, theorem, "here")
    # The same weight is none of a piece that has this end, and a piece within has both of its ends.
    assert checked(replace(w.case, closed=(True, False)), w.claim, w.weights) is None
    assert w.case.within((F(1, 4), F(1, 2))).closed == (True, True)
    assert w.case.within((F(0), F(1, 2))).closed == (False, True)
    data["cases"][0]["open"] = ["to"]
    with pytest.raises(verify_proof.NoProof, match="pole"):
        verify_proof.check(data)
    with pytest.raises(BadInput, match="cases"):
        verify(data, theorem, "here")
