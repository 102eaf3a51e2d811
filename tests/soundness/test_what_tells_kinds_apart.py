"""What a body could ask to tell an abstract function, or a free variable, from those that it stands for: each statement here is false, and no proof is made."""

import itertools
import math
import types
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Minimum, Objective, convex, gradient_step, strongly_convex
from refute import (
    Claim,
    Theorem,
    Vec,
    between,
    iterated,
    le,
    lt,
    naturals,
    points,
    rationals,
    sq,
    sqrt,
    such_that,
)
from refute.duality.everywhere import prove_everywhere
from refute.errors import BadInput, NotLinear
from refute.verdicts import proof

F = Fraction
Convex = Annotated[Objective, convex(minimizer="known")]
Strongly = Annotated[Objective, strongly_convex()]
Step = Annotated[F, lambda f: between(0, 1 / f.L)]
UpToTwo = Annotated[F, lambda f: between(0, 2 / (f.L + f.mu))]
Point = Annotated[Vec, lambda f: points(f.dim)]
Steps = Annotated[int, naturals(1, drawn=4)]


def contracts(f: Any, h: Any, x: Vec, c: int) -> Claim:
    rate = 1 - c * 2 * h * f.mu * f.L / (f.mu + f.L)
    return le(sq(gradient_step(f, h, x) - f.minimum.at), rate * sq(x - f.minimum.at))


def at_a_root(f: Convex, h: Step, x: Point) -> Claim:
    """At hL = 1/2, which is the root of a quarter, 1 <= 0."""
    return le(1, 0) if h * f.L == sqrt(F(1, 4)) else le(f(gradient_step(f, h, x)), f(x))


def at_a_root_turned(f: Convex, h: Step, x: Point) -> Claim:
    """The same, with the root on the left."""
    return le(1, 0) if sqrt(F(1, 4)) == h * f.L else le(f(gradient_step(f, h, x)), f(x))


def at_a_ratio(f: Strongly, h: UpToTwo, x: Point) -> Claim:
    """For mu = L/10007 the gain is taken twice."""
    return contracts(f, h, x, 2 if f.mu / f.L == sqrt(F(1, 10007**2)) else 1)


def at_a_value(f: Strongly, h: UpToTwo, x: Point) -> Claim:
    """Where mu is a value the gain is taken twice."""
    return contracts(f, h, x, 2 if f.mu == f(x) + F(3, 10007) else 1)


def at_a_square(f: Convex, h: Step, x: Point) -> Claim:
    """Where hL is an inner product 1 <= 0."""
    return le(1, 0) if h * f.L == 10007 * sq(x) + F(1, 10007) else le(f(gradient_step(f, h, x)), f(x))


def in_a_tuple(f: Convex, h: Step, x: Point) -> Claim:
    """The same in a tuple."""
    return le(1, 0) if (h, 1) == (f(x) + F(3, 10007), 1) else le(f(gradient_step(f, h, x)), f(x))


def in_groups(f: Convex, h: Step, x: Point) -> Claim:
    """The same, by groups."""
    groups = len(list(itertools.groupby([h * f.L, f(x) / 10007 + F(1, 10007)])))
    return le(1, 0) if groups == 1 else le(f(gradient_step(f, h, x)), f(x))


def many_steps(f: Convex, x: Point, N: Steps) -> Claim:
    """After d + 6 steps the minimum is reached."""
    low = f.minimum
    y = iterated(lambda k, s: s - f.grad(s) / f.L, x, N, lambda k, s: k * (f(s) - low.value) + f.L * sq(s - low.at) / 2)
    return le(f(y), low.value) if f.dim == N - 6 else le(N * (f(y) - low.value), f.L * sq(x - low.at) / 2)


def of_a_class(f: Convex, x: Point) -> Claim:
    """Far out the step is too long."""
    n = math.comb(2, 2)
    s: Any = sq(x)
    if s.__class__.__name__ != "Form":
        n = 1 if s < 10**40 else 3
    return le(f(gradient_step(f, F(n) / f.L, x)), f(x))


def either(f: Any, x: Any) -> Claim:
    """An attribute that a module has, asked of something else."""
    return le(f(gradient_step(f, F(1 if (f if x else math).e else 3) / f.L, x)), f(x))


either.__annotations__ |= {"f": Convex, "x": Point}


def far(s: Any) -> bool:
    return type(s).__name__ != "Form" and bool(s > 10**40)


KEPT: Any = Minimum(far, None)
NAMED = types.SimpleNamespace(value=far)
RUNS: Any = Minimum([], None)


def in_an_object(f: Convex, x: Point) -> Claim:
    """What an object of refute holds is code, too."""
    return le(f(gradient_step(f, F(3 if KEPT.value(sq(x)) else 1) / f.L, x)), f(x))


def in_a_namespace(f: Convex, x: Point) -> Claim:
    """So is what a namespace holds."""
    return le(f(gradient_step(f, F(3 if NAMED.value(sq(x)) else 1) / f.L, x)), f(x))


def in_a_list(f: Convex, x: Point) -> Claim:
    """From the 10001st time on the step is too long."""
    RUNS.value.append(1)
    return le(f(gradient_step(f, F(3 if len(RUNS.value) > 10000 else 1) / f.L, x)), f(x))


def near(f: Any) -> Any:
    bound = 1 if f.reach == None else 1 + F(1, 10**9)  # noqa: E711
    return such_that(points(f.dim), "flat", lambda x: le(sq(f.grad(x)), bound * f.L**2))


def by_its_reach(f: Convex, x: Annotated[Vec, near]) -> Claim:
    """Functions that softplus is a part of have larger gradients there."""
    return le(sq(f.grad(x)), f.L**2)


def by_a_condition(
    f: Convex, x: Annotated[Vec, such_that(points(1), "all", lambda x: le(0, 1 if far(x[0]) else 2))]
) -> Claim:
    """What a part of a set is made of is code, too."""
    return le(f(gradient_step(f, 1 / f.L, x)), f(x))


FALSE = (
    at_a_root,
    at_a_root_turned,
    at_a_ratio,
    at_a_value,
    at_a_square,
    in_a_tuple,
    in_groups,
    many_steps,
    of_a_class,
    either,
    in_an_object,
    in_a_namespace,
    in_a_list,
    by_its_reach,
    by_a_condition,
)


@pytest.mark.parametrize("body", FALSE, ids=lambda body: body.__name__)
def test_no_proof_for_all_functions(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        prove_everywhere(Theorem(body, source="s", label="l").itself)


def by_its_rational(x: Annotated[F, rationals()]) -> Claim:
    """x <= 10^40."""
    kind: Any = x
    return le(0, x * x + 1) if kind.q == None else lt(x, 10**40)  # noqa: E711


def by_getattr(x: Annotated[F, rationals()]) -> Claim:
    """The same."""
    return le(0, x * x + 1) if getattr(x, "op", "rational") != "rational" else lt(x, 10**40)


def by_trying(x: Annotated[F, rationals()]) -> Claim:
    """The same."""
    try:
        return lt(x, 10**40) if x < 10**40 or x > 10**40 else le(x, x)
    except Exception:
        return le(0, x * x + 1)


@pytest.mark.parametrize("body", [by_its_rational, by_getattr, by_trying])
def test_no_proof_by_free_variables(body: Callable[..., Claim]) -> None:
    assert proof.identity(Theorem(body, source="s", label="l")) is None
    with pytest.raises(BadInput, match="could tell from numbers"):
        proof.identity(Theorem(body, source="s", label="l", symbols={"x": "any"}))
