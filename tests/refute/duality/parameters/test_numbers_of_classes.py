"""Classes whose numbers are variables of the statement: a share, a diameter, a curvature."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from objectives import (
    Known,
    Objective,
    averaged_maps,
    curvature_between,
    error_bound,
    linear_maximizers,
    polyak_lojasiewicz,
    quasar_convex,
    smooth,
    strongly_convex,
)
from refute import BadInput, Claim, Mutant, Theorem, Vec, between, dot, iterated, le, naturals, points, positive, sq
from refute.duality.decide import SETTINGS, at_settings
from refute.duality.everywhere import prove_everywhere
from refute.errors import NotLinear
from refute.proofs import for_all as proofs
from refute.search.budget import Budget
from refute.search.sampling import examples, search
from refute.verdicts.examine import examine
from refute.verify_proof.check import check

ONE = Fraction(1)
Share = Annotated[Fraction, between(0, 1, open=True)]
Averaged = Annotated[Known, lambda t: averaged_maps(t)]
Curved = Annotated[Known, lambda t: curvature_between(t, 1)]
Diameter = Annotated[Fraction, positive()]
Maximizers = Annotated[Known, lambda D: linear_maximizers(diameter=D)]
Bent = Annotated[Known, lambda S: curvature_between(0, 1, dim=S.dim)]
Count = Annotated[int, naturals(1, drawn=3)]
OfMap = Annotated[Vec, lambda T: points(T.dim)]
OfFunction = Annotated[Vec, lambda f: points(f.dim)]
OfSet = Annotated[Vec, lambda S: points(S.dim)]


def averaged(t: Share, T: Averaged, x: OfMap, y: OfMap, *, c: Fraction = ONE) -> Claim:
    """t |Tx - Ty|^2 + (1 - t) |(x - Tx) - (y - Ty)|^2 <= t |x - y|^2."""
    return le(t * sq(T(x) - T(y)) + c * (1 - t) * sq(x - T(x) - y + T(y)), t * sq(x - y))


def above(t: Share, f: Curved, x: OfFunction, y: OfFunction, *, c: Fraction = ONE) -> Claim:
    """f(y) >= f(x) + <grad f(x), y - x> + t |x - y|^2/2."""
    return le(f(x) + dot(f.grad(x), y - x) + c * t / 2 * sq(x - y), f(y))


def contracts(t: Share, f: Curved, x: OfFunction, y: OfFunction, *, c: Fraction = ONE) -> Claim:
    """A gradient step contracts by 1 - t."""
    return le(sq(x - f.grad(x) - y + f.grad(y)) * c, (1 - t) ** 2 * sq(x - y))


def conditional(D: Diameter, S: Maximizers, f: Bent, v: OfSet, w: OfSet, *, c: Fraction = ONE) -> Claim:
    """The first step of the method of Frank and Wolfe: f(S(-grad f(x))) - f(y) <= D^2/2."""
    return le(c * (f(S(-f.grad(S(v)))) - f(S(w))), D**2 / 2)


L = Annotated[Fraction, positive()]
Mu = Annotated[Fraction, lambda L: between(0, L, open=True)]


def of_two_numbers(
    L: L,
    mu: Mu,
    f: Annotated[Objective, lambda mu, L: strongly_convex(mu=mu, L=L)],
    x: OfFunction,
    *,
    c: Fraction = ONE,
) -> Claim:
    """A step of 1/L contracts by 1 - mu/L."""
    return le(c * sq(x - f.grad(x) / L - f.minimum.at), (1 - mu / L) ** 2 * sq(x - f.minimum.at))


def descends(L: L, f: Annotated[Objective, lambda L: smooth(L=L)], x: OfFunction, *, c: Fraction = ONE) -> Claim:
    """The descent lemma."""
    return le(f(x - f.grad(x) / L), f(x) - c * sq(f.grad(x)) / (2 * L))


def dominated(
    L: L,
    mu: Mu,
    f: Annotated[Objective, lambda mu, L: polyak_lojasiewicz(mu=mu, L=L)],
    x: OfFunction,
    *,
    c: Fraction = ONE,
) -> Claim:
    """A step of 1/L brings the value closer to the least one by 1 - mu/L."""
    least = f.minimum.value
    return le(c * (f(x - f.grad(x) / L) - least), (1 - mu / L) * (f(x) - least))


def bounded(
    L: L, mu: Mu, f: Annotated[Objective, lambda mu, L: error_bound(mu=mu, L=L)], x: OfFunction, *, c: Fraction = ONE
) -> Claim:
    """An error bound makes the gradient dominate the value: mu^2/L (f(x) - f_*) <= |grad f(x)|^2/2."""
    return le(c * mu**2 / L * (f(x) - f.minimum.value), sq(f.grad(x)) / 2)


def quasar(t: Share, f: Annotated[Objective, lambda t: quasar_convex(t)], x: OfFunction, *, c: Fraction = ONE) -> Claim:
    """A step of t leads no farther from the minimizer."""
    low = f.minimum
    return le(c * sq(x - t * f.grad(x) - low.at), sq(x - low.at))


Strongly = Annotated[Objective, lambda mu, L: strongly_convex(mu=mu, L=L)]
Dominated = Annotated[Objective, lambda mu, L: polyak_lojasiewicz(mu=mu, L=L)]


def of_three_numbers(
    L: L,
    mu: Mu,
    f: Strongly,
    h: Annotated[Fraction, lambda L, mu: between(0, 2 / (L + mu))],
    x: OfFunction,
    *,
    c: Fraction = ONE,
) -> Claim:
    """A step of h contracts by 1 - h mu."""
    return le(c * sq(x - h * f.grad(x) - f.minimum.at), (1 - h * mu) ** 2 * sq(x - f.minimum.at))


def dominated_by_steps(
    L: L, mu: Mu, h: Annotated[Fraction, lambda L: between(0, 2 / L)], f: Dominated, x: OfFunction, *, c: Fraction = ONE
) -> Claim:
    """A step of h brings the value closer to the least one by 1 - mu h (2 - h L)."""
    least = f.minimum.value
    return le(c * (f(x - h * f.grad(x)) - least), (1 - mu * h * (2 - h * L)) * (f(x) - least))


def dominated_for_every_number_of_steps(
    L: L, mu: Mu, f: Dominated, x: OfFunction, N: Count, *, c: Fraction = ONE
) -> Claim:
    """N steps of 1/L: (1 - mu/L)^N."""
    least, rate = f.minimum.value, 1 - mu / L
    last = iterated(lambda k, y: y - f.grad(y) / L, x, N, lambda k, y: f(y) - least, rate=rate)
    return le(c * (f(last) - least), rate**N * (f(x) - least))


def above_the_least_value(
    L: L, f: Annotated[Objective, lambda L: smooth(L=L, minimizer="known")], x: OfFunction, *, c: Fraction = ONE
) -> Claim:
    """f(x) - f_* >= |grad f(x)|^2/(2 L), of functions that need not be convex."""
    return le(c * sq(f.grad(x)) / (2 * L), f(x) - f.minimum.value)


OF_THREE = [of_three_numbers, dominated_by_steps, dominated_for_every_number_of_steps]
BODIES = [
    *OF_THREE,
    above_the_least_value,
    averaged,
    above,
    contracts,
    conditional,
    of_two_numbers,
    descends,
    dominated,
    bounded,
    quasar,
]


def theorem(body: Callable[..., Claim]) -> Theorem:
    return Theorem(body, source="s", label="l")


@pytest.mark.parametrize("body", BODIES)
def test_proved_for_all_of_them_and_checked_twice(body: Callable[..., Claim]) -> None:
    stated = theorem(body)
    proof = prove_everywhere(stated.itself)
    assert proof
    data = proofs.as_data(stated, proof)
    check(data)
    proofs.verify(data, stated, "proof")


@pytest.mark.parametrize("body", BODIES)
def test_a_false_neighbour_is_refuted(body: Callable[..., Claim]) -> None:
    mutated = theorem(body).mutated(Mutant("1 % more", {"c": Fraction(101, 100)}))
    assert not prove_everywhere(mutated)
    found = at_settings(mutated, lambda: examples(mutated, 0, SETTINGS))
    # Where conditions are only necessary no table is a counterexample, and the search draws members.
    by_search = search(mutated, Budget(1000)) if found is None or found.counterexample is None else None
    assert by_search is None or by_search.counterexample is not None


def beyond(
    L: L,
    mu: Annotated[Fraction, lambda L: between(0, L + 1, open=True)],
    f: Strongly,
    h: Annotated[Fraction, lambda L: between(0, 1 / L)],
    x: OfFunction,
) -> Claim:
    """The range of mu is not one in units of L."""
    return le(sq(x - h * f.grad(x) - f.minimum.at), (1 - h * mu) ** 2 * sq(x - f.minimum.at))


def squared(
    L: L,
    mu: Annotated[Fraction, lambda L: between(0, L**2, open=True)],
    f: Strongly,
    h: Annotated[Fraction, lambda L: between(0, 1 / L)],
    x: OfFunction,
) -> Claim:
    """Nor is this one."""
    return le(sq(x - h * f.grad(x) - f.minimum.at), (1 - h * mu) ** 2 * sq(x - f.minimum.at))


@pytest.mark.parametrize("body", [beyond, squared])
def test_ranges_that_are_none_in_units_of_another_number_are_refused(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear, match="no power of L times a function of the other parameters"):
        prove_everywhere(theorem(body).itself)


def of_steps(N: Count, T: Annotated[Known, lambda N: averaged_maps(Fraction(1) / N)], x: OfMap, y: OfMap) -> Claim:
    """A class that is another one for each N."""
    last = iterated(lambda k, z: T(z), x, N, lambda k, z: sq(z - T(y)))
    return le(sq(last - T(y)), sq(x - y))


def test_a_class_of_an_induction_does_not_change_with_its_number_of_steps() -> None:
    with pytest.raises(NotLinear, match="a class depends on the number of steps"):
        prove_everywhere(theorem(of_steps).itself)


def at_an_end(t: Annotated[Fraction, between(0, 1)], f: Curved, x: OfFunction, y: OfFunction) -> Claim:
    """For t = 1 there is no such class."""
    return le(f(x) + dot(f.grad(x), y - x), f(y))


def test_a_range_with_numbers_that_make_no_class_is_an_error(tmp_path: Path) -> None:
    record = examine(theorem(at_an_end), Budget(100), tmp_path)
    assert record.verdict == "error"
    assert "-high <= low < high" in record.why


@pytest.mark.parametrize("number", [0.5, True, "1/2", None])
def test_what_is_no_number_is_refused(number: Any) -> None:
    with pytest.raises(BadInput, match="is no number"):
        averaged_maps(number)


@pytest.mark.parametrize("number", [0, -1, 2])
def test_numbers_that_make_no_class_are_refused(number: int) -> None:
    with pytest.raises(BadInput, match="0 < theta <= 1"):
        averaged_maps(number)
