"""A quotient of two Python ints is a float, and no number of a statement: it is refused wherever it arrives, or never arises.

Each of the first statements once came out wrong, and `refute verify` agreed."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import GD, PiecewiseQuadratic, Ridge, RidgeSum, square
from refute import (
    Claim,
    Theorem,
    Vec,
    any_of,
    argmin,
    at_limit,
    between,
    both,
    converges,
    converges_to,
    eq,
    integers,
    le,
    lt,
    points,
    settles,
    solution,
    sqrt,
    unbounded,
    vec,
)
from refute.errors import BadInput, NotExact
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.statements.opinions import contradiction, second_opinion

F = Fraction
N = Annotated[int, integers(1, 20)]
Start = Annotated[Vec, points(1, within=30)]


def ends_at_one(x: Start) -> Claim:
    """x -> |x|/2 + 1/2 + 10^-20 ends at 1 + 2/10^20."""
    return converges_to(lambda z: (abs(z[0]) / 2 + F(1, 2) + F(1, 10**20),), x, Vec((1,)))


def ends_at_n(n: N, x: Start) -> Claim:
    """x -> |x|/2 + |x|/3 + n/6 ends at n."""
    return converges_to(lambda z: (abs(z[0]) / 2 + abs(z[0]) / 3 + n * (1 - F(1, 2) - F(1, 3)),), x, Vec((n,)))


def starts_at_n(n: N) -> Claim:
    """A start of ints is a start."""
    return converges(lambda z: (z[0] / 2 + abs(z[0]) / 4 + 1,), Vec((n,)))


def verdict(statement: Callable[..., Claim]) -> bool | None:
    """False with a counterexample, True where all are decided."""
    theorem = Theorem(statement, source="s", label="l")
    tally = search(theorem.itself, Budget(30, 16, None, 1))
    assert not tally.disagreement
    if tally.counterexample is not None:
        return False
    return None if tally.undecided else True


@pytest.mark.parametrize(("statement", "truth"), [(ends_at_one, False), (ends_at_n, True), (starts_at_n, True)])
def test_points_of_ints_are_exact(statement: Callable[..., Claim], truth: bool) -> None:
    assert verdict(statement) is truth


@pytest.mark.parametrize(
    "made",
    [
        lambda n: vec(n / 10),
        lambda n: square(n / 10),
        lambda n: converges_to(lambda z: (z[0] / 2,), vec(1), Vec((n / 10,))),
        lambda n: converges(lambda z: (z[0] / 2,), Vec((n / 10,))),
        lambda n: at_limit(lambda z: (z[0] / 2,), Vec((n / 10,)), lambda y: eq(y[0], 0)),
        lambda n: argmin(lambda k: abs(k / 10 - F(1, 5)), (n, 3)),
        lambda n: solution(Growing(F(1)), vec(1), n / 10),
        lambda n: solution(Growing(F(1)), Vec((n / 10,)), F(1)),
    ],
    ids=["vec", "square", "limit", "start", "at the limit", "argmin", "time", "start of a flow"],
)
def test_a_float_is_refused(made: Callable[[int], Any]) -> None:
    with pytest.raises(NotExact, match=r"0\.1 is a float, a rounded number"):
        made(1)


def test_an_interval_has_no_float_ends() -> None:
    with pytest.raises(BadInput, match=r"the end 0\.5 of an interval is a float"):
        between(0, 1 / 2)


T = Annotated[F, between(F(1, 8), F(3, 4))]
FAR = Annotated[F, between(5, 8)]


def bent(t: T, x: Start) -> Claim:
    """h = sqrt(t) is a step size as others are."""
    return converges(GD(PiecewiseQuadratic((F(0),), (F(1), F(2)), F(0), F(0)), sqrt(t)), x)


def hilly(t: T) -> Claim:
    """The same near a minimizer between two pieces of other curvature."""
    return converges(GD(PiecewiseQuadratic((F(0),), (F(-1, 4), F(1)), F(-1), F(0)), sqrt(t)), vec(1))


def flies(t: FAR) -> Claim:
    """h > 2/L."""
    return converges(GD(square(1), sqrt(t)), vec(1))


def huber(t: T) -> Claim:
    """From an irrational start."""
    return converges(GD(RidgeSum((Ridge(F(1), "huber", vec(1, 2), F(0)),)), F(1, 10)), Vec((sqrt(t), F(0))))


@pytest.mark.parametrize(("statement", "truth"), [(bent, True), (hilly, True), (flies, False), (huber, True)])
def test_irrational_numbers_are_replayed(statement: Callable[..., Claim], truth: bool) -> None:
    assert verdict(statement) is truth


X = Annotated[F, between(1, 2)]


def one_or_the_other(x: X) -> Claim:
    """The second part holds."""
    return any_of(settles=settles(lambda z: (4 * abs(z[0]),), Vec((x,))), positive=le(1, x))


def grows_and_is_small(x: X) -> Claim:
    """The second part does not always hold."""
    return both(grows=unbounded(lambda z: (4 * abs(z[0]),), Vec((x,))), less=lt(x, F(3, 2)))


@pytest.mark.parametrize(("statement", "truth"), [(one_or_the_other, True), (grows_and_is_small, False)])
def test_an_orbit_beyond_the_floats_is_one_open_part(statement: Callable[..., Claim], truth: bool) -> None:
    theorem = Theorem(statement, source="s", label="l")
    checked = theorem.itself.check({"x": F(7, 4)})
    assert checked.conclusion.truth is truth
    assert not contradiction(checked, second_opinion(theorem.itself, {"x": F(7, 4)}, checked))


@dataclass(frozen=True)
class Growing:
    a: F

    def velocity(self, x: Vec) -> Vec:
        return Vec((self.a * x[0],))


Time = Annotated[F, between(F(1, 4), 1)]


def below_e(t: Time) -> Claim:
    """e^t < 2.72 at a drawn time."""
    return lt(solution(Growing(F(1)), vec(1), t)[0], F(272, 100))


def below_e_to_the(t: Time) -> Claim:
    """e^t < 2.72 with a drawn rate."""
    return lt(solution(Growing(t), vec(1), F(1))[0], F(272, 100))


def above_e(t: Time) -> Claim:
    """e^t > 2 fails for small t."""
    return lt(2, solution(Growing(F(1)), vec(1), t)[0])


@pytest.mark.parametrize(("statement", "truth"), [(below_e, True), (below_e_to_the, True), (above_e, False)])
def test_solutions_at_drawn_times_and_rates(statement: Callable[..., Claim], truth: bool) -> None:
    assert verdict(statement) is truth
