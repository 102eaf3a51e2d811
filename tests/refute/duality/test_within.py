"""States of an induction that stay in a set: what is supposed of one, and shown of the first and of the next."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import (
    Known,
    by_conditions,
    convex,
    convex_sets,
    curvature_between,
    linear_maximizers,
    nonexpansive_maps,
)
from refute import Claim, Given, Theorem, Vec, both, eq, iterated, le, naturals, points, sq
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.errors import NotLinear
from refute.proofs import for_all as proofs
from refute.verify_proof.check import check
from refute.verify_proof.polynomials import NoProof

ONE, TWO, THREE = map(Fraction, (1, 2, 3))
Maximizers = Annotated[Known, linear_maximizers(diameter=1)]
Convex = Annotated[Known, lambda S: curvature_between(0, 1, dim=S.dim)]
Vector = Annotated[Vec, lambda S: points(S.dim)]
Sets = Annotated[Known, convex_sets(diameter=1)]
Count = Annotated[int, naturals(1, drawn=4)]


def frank_wolfe(
    S: Maximizers, f: Convex, v: Vector, w: Vector, N: Count, *, c: Fraction = TWO, step: Fraction = TWO
) -> Claim:
    """f(x_N) - f(y) <= 2/(N + 2)."""
    y = S(w)
    last = iterated(
        lambda k, x: x + step / (k + 2) * (S(-f.grad(x)) - x),
        S(v),
        N,
        lambda k, x: k * (k + 1) * (f(x) - f(y) - c / (k + 2)),
        within=lambda x: S.has_subgradient(0 * x, x),
    )
    return le((N + 2) * (f(last) - f(y)), c)


def stays(S: Maximizers, v: Vector, w: Vector, N: Count, *, most: Fraction = ONE, step: Fraction = ONE) -> Claim:
    """An average of answers is as close to each answer as these are to each other."""
    last = iterated(
        lambda k, x: x + step / (k + 2) * (S(w) - x),
        S(v),
        N,
        lambda k, x: 0,
        within=lambda x: S.has_subgradient(0 * x, x),
    )
    return le(sq(last - S(w - v)), most)


def from_outside(S: Maximizers, v: Vector, w: Vector, N: Count) -> Claim:
    """The first state is any point, which need not be in the set."""
    S(w)
    last = iterated(lambda k, x: x + (S(w) - x) / 2, v, N, lambda k, x: 0, within=lambda x: S.has_subgradient(0 * x, x))
    return le(sq(last - S(w)), 1)


def averages(S: Sets, x: Vector, u: Vector, s: Vector, N: Count) -> Claim:
    """An average of projections is in the set, and no farther from a point of it than its diameter."""
    last = iterated(
        lambda k, y: y + (S.prox(1, y + u) - y) / (k + 2),
        S.prox(1, x),
        N,
        lambda k, y: 0,
        within=lambda y: S.has_subgradient(y, 0 * y),
    )
    return le(sq(last - s), 1)


def from_inside(S: Sets, u: Vector, s: Vector, N: Count) -> Claim:
    """The start is a point of the set by hypothesis."""
    last = iterated(
        lambda k, y: (y + S.prox(1, y + u)) / 2, s, N, lambda k, y: 0, within=lambda y: S.has_subgradient(y, 0 * y)
    )
    return le(sq(last - s), 1)


IN_S = (Given("s belongs to S", lambda S, s: S.has_subgradient(s, 0 * s)),)


def theorem(body: Callable[..., Claim], given: tuple[Given, ...] = ()) -> Theorem:
    return Theorem(body, source="s", label="l", given=given)


@pytest.mark.parametrize(
    ("body", "given"),
    [(frank_wolfe, ()), (stays, ()), (averages, IN_S), (from_inside, IN_S)],
    ids=["Frank-Wolfe", "averages", "set", "given"],
)
def test_proved_for_every_number_of_steps_and_checked_twice(
    body: Callable[..., Claim], given: tuple[Given, ...]
) -> None:
    stated = theorem(body, given)
    proof = prove_everywhere(stated.itself)
    assert proof
    assert any(w.claim.says.startswith("the next state is within") for w in proof)
    data = proofs.as_data(stated, proof)
    check(data)
    proofs.verify(data, stated, "proof")


@pytest.mark.parametrize(
    ("body", "given", "constants"),
    [
        (frank_wolfe, (), {"c": Fraction(199, 100)}),
        (frank_wolfe, (), {"step": THREE}),
        (stays, (), {"most": Fraction(99, 100)}),
        (stays, (), {"step": THREE}),
        (from_outside, (), {}),
        (averages, (), {}),
    ],
    ids=["rate", "a step that leaves", "closer", "out of the set", "a start outside", "a point outside"],
)
def test_what_is_false_is_not_proved(
    body: Callable[..., Claim], given: tuple[Given, ...], constants: dict[str, Any]
) -> None:
    stated = theorem(body, given).itself
    assert not prove_everywhere(replace(stated, constants={**stated.constants, **constants}))


def test_what_is_supposed_of_a_state_is_of_use_for_a_step_alone_and_of_the_last_one_for_none() -> None:
    (case,) = cases(theorem(stays).itself)
    some = [p for p in case.problem.conditions if "some" in p.says]
    last = [p for p in case.problem.conditions if "last" in p.says]
    assert some
    assert last
    assert all(p.of_step for p in some)
    assert all(p.of_end for p in last)


Bounded = by_conditions("bounded", one=lambda S, a: [1 - sq(a.g)], operator=True, sufficient=True)
Ball = Annotated[Known, Bounded]
Another = Annotated[
    Known,
    lambda S: by_conditions("bounded, too", one=lambda S, a: [1 - sq(a.g)], operator=True, sufficient=True, dim=S.dim),
]


def circular(S: Ball, x: Vector, v: Vector, N: Count) -> Claim:
    """|x| <= 1, since the last state is within, which is so since the first one is."""
    S(v)
    iterated(lambda k, y: y, x, N, lambda k, y: -sq(y), within=lambda y: S.has_subgradient(0 * y, y))
    return le(sq(x), 1)


def mutual(S: Ball, R: Another, x: Vector, v: Vector, N: Count) -> Claim:
    """|x| <= 1: each of two starts by the last state of the other induction."""
    S(v)
    R(v)
    iterated(lambda k, y: y, x, N, lambda k, y: -sq(y), within=lambda y: S.has_subgradient(0 * y, y))
    iterated(lambda k, y: y, x, N, lambda k, y: -sq(y), within=lambda y: R.has_subgradient(0 * y, y))
    return le(sq(x), 1)


@pytest.mark.parametrize("body", [circular, mutual])
def test_that_the_first_state_is_within_is_shown_without_what_follows_from_it(body: Callable[..., Claim]) -> None:
    assert not prove_everywhere(theorem(body).itself)


def test_no_checker_takes_what_follows_for_the_first_state() -> None:
    stated = theorem(stays)
    data = proofs.as_data(stated, prove_everywhere(stated.itself) or ())
    (case,) = data["cases"]
    begins = [n for n, c in enumerate(case["claims"]) if c.get("begins")]
    last = next(n for n, c in enumerate(case["conditions"]) if "last" in c["says"])
    part = next(p for p in data["parts"] if p["claim"] in begins and p["weights"])
    part["weights"].append({"number": last, "of": case["conditions"][last]["says"], "p": ["1"], "q": ["1"]})
    with pytest.raises(NoProof, match="the last step of an induction alone"):
        check(data)


def two_states(S: Maximizers, v: Vector, w: Vector, N: Count) -> Claim:
    """Two points of a state."""
    a, b = iterated(
        lambda k, x: ((x[0] + x[1]) / 2, S(w)),
        (S(v), S(w)),
        N,
        lambda k, x: 0,
        within=lambda x: both(a=S.has_subgradient(0 * x[0], x[0]), b=S.has_subgradient(0 * x[1], x[1])),
    )
    return le(sq(a - b), 1)


def twice(S: Maximizers, v: Vector, w: Vector, N: Count) -> Claim:
    """Two inductions in one set."""
    a, b = (
        iterated(lambda k, x: (x + S(w)) / 2, S(start), N, lambda k, x: 0, within=lambda x: S.has_subgradient(0 * x, x))
        for start in (v, w)
    )
    return le(sq(a - b), 1)


def one_point_twice(S: Maximizers, v: Vector, w: Vector, N: Count) -> Claim:
    """The two points of the first state are one, and those of the others need not be."""
    a, b = iterated(
        lambda k, x: ((x[0] + x[1]) / 2, S(w)),
        (S(v), S(v)),
        N,
        lambda k, x: 0,
        within=lambda x: both(a=S.has_subgradient(0 * x[0], x[0]), b=S.has_subgradient(0 * x[1], x[1])),
    )
    return le(sq(a - b), 1)


def means(S: Sets, x: Vector, u: Vector, s: Vector, N: Count) -> Claim:
    """The mean of projections is in the set, since they are."""
    start = S.prox(1, x)
    _, mean = iterated(
        lambda k, y: (S.prox(1, y[0] + u), y[1] + (y[0] - y[1]) / (k + 1)),
        (start, start),
        N,
        lambda k, y: 0,
        within=lambda y: both(last=S.has_subgradient(y[0], 0 * y[0]), mean=S.has_subgradient(y[1], 0 * y[1])),
    )
    return le(sq(mean - s), 1)


def test_two_points_of_a_state_may_be_in_one_set() -> None:
    assert prove_everywhere(theorem(means, IN_S).itself)
    assert not prove_everywhere(theorem(means).itself)


@pytest.mark.parametrize("body", [two_states, one_point_twice, twice])
def test_what_a_class_asks_of_two_states_is_not_known_of_them(body: Callable[..., Claim]) -> None:
    """It is true of sets; that states are within means beside the answers that the set gives, and no more."""
    (case,) = cases(theorem(body).itself)
    labels = ("some 0", "some 1", "some'", "last 0", "last 1", "last'", "some", "last")
    both_states = [
        p for p in case.problem.conditions if p.says.startswith("S at ") and len(_states_in(p.says, labels)) == 2
    ]
    assert both_states
    assert all(p.unmade for p in both_states)
    assert not prove_everywhere(theorem(body).itself)


def _states_in(says: str, labels: tuple[str, ...]) -> list[str]:
    points = says.removeprefix("S at ").partition(",")[0].split(" and ")
    return [p for p in points if p in labels]


def unasked(S: Maximizers, v: Vector, w: Vector, N: Count) -> Claim:
    """A set of which no point is known."""
    last = iterated(lambda k, x: x, v, N, lambda k, x: 0, within=lambda x: S.has_subgradient(0 * x, x))
    return le(sq(last - w), 1)


def no_answer(S: Maximizers, v: Vector, w: Vector, N: Count) -> Claim:
    """What is said of states is no answer."""
    last = iterated(lambda k, x: x, S(v), N, lambda k, x: 0, within=lambda x: le(sq(x), 1))
    return le(sq(last - S(w)), 1)


def of_another(
    S: Maximizers, T: Annotated[Known, lambda S: nonexpansive_maps(dim=S.dim)], v: Vector, N: Count
) -> Claim:
    """It asks another member at each state."""
    last = iterated(lambda k, x: x, S(v), N, lambda k, x: 0, within=lambda x: S.has_subgradient(0 * x, T(x)))
    return le(sq(T(last) - S(v)), 1)


def of_smooth_functions(f: Annotated[Any, convex()], x: Annotated[Vec, lambda f: points(f.dim)], N: Count) -> Claim:
    """Gradients of a smooth function are no set."""
    last = iterated(lambda k, y: y, x, N, lambda k, y: 0, within=lambda y: f.has_subgradient(y, 0 * y))
    return le(f(last), f(x))


def of_a_function(S: Maximizers, f: Convex, v: Vector, w: Vector, N: Count) -> Claim:
    """An equation."""
    last = iterated(lambda k, x: x, S(v), N, lambda k, x: 0, within=lambda x: eq(x, S(v)))
    return le(sq(last - S(w)), 1)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (of_another, "asks for nothing else"),
        (of_smooth_functions, "has_subgradient"),
        (unasked, "that was asked before"),
        (no_answer, "what states are answers of"),
        (of_a_function, "what states are answers of"),
    ],
)
def test_what_states_may_stay_in(body: Callable[..., Claim], says: str) -> None:
    with pytest.raises(NotLinear, match=says):
        prove_everywhere(theorem(body).itself)
