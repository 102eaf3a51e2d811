"""What a body could ask to tell an abstract function, or a free variable, from those that it stands for: each statement here is false, and no proof is made."""

import itertools
import math
import types
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import (
    GD,
    Minimum,
    Objective,
    PiecewiseQuadratic,
    Ridge,
    RidgeSum,
    by_conditions,
    convex,
    gradient_step,
    strongly_convex,
)
from refute import (
    Claim,
    Domain,
    Theorem,
    Vec,
    between,
    both,
    derivative_of,
    dot,
    iterated,
    known,
    le,
    lt,
    naturals,
    ne,
    points,
    rationals,
    sq,
    sqrt,
    such_that,
    vec,
)
from refute.duality.everywhere import prove_everywhere
from refute.errors import BadInput, NotLinear
from refute.proofs import at_once

F = Fraction
Convex = Annotated[Objective, convex(minimizer="known")]
Strongly = Annotated[Objective, strongly_convex()]
Step = Annotated[F, lambda f: between(0, 1 / f.L)]
UpTo2 = Annotated[F, lambda f: between(0, 2 / f.L)]
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


def thin(f: Any, h: Any, x: Any, extra: Any) -> Claim:
    return le(f(x - h * f.grad(x)), f(x) - extra * f.L * sq(x - f.minimum.at))


def asks(h: Any, f: Any) -> int:
    return 1000 if hasattr(h, "apply") and h * f.L * 7**9 == 7**9 + 3**5 else 0


def with_a_class(f: Convex, x: Point, h: UpTo2) -> Claim:
    """A class that is made in a body answers as it likes."""

    class Factor:
        denominator, numerator, entries = 1, 1, ()

        def __rmul__(self, other: Any) -> Any:
            return other + asks(other, f)

    t: Any = h * Factor()
    return thin(f, h, x, (t - h) * f.L)


def helper() -> None:
    """A function with an attribute."""


helper.value = hasattr  # type: ignore[attr-defined]


def with_an_attribute(f: Convex, x: Point, h: UpTo2) -> Claim:
    """What a function has as an attribute is not read."""
    return thin(f, h, x, 1000 if helper.value(h, "apply") else 0)  # type: ignore[attr-defined]


class Thin:
    entries = ()

    def __init__(self, f: Any) -> None:
        self.f = f

    def __rmul__(self, h: Any) -> int:
        return asks(h, self.f)


Alias: Any = Annotated[Thin, "a factor"]
KEYS: Any = {hasattr: 1}
COORDINATES: Any = Vec((hasattr,))


def with_an_alias(f: Convex, x: Point, h: UpTo2) -> Claim:
    """Annotated[...] may be called."""
    return thin(f, h, x, h * Alias(f))


def with_a_key(f: Convex, x: Point, h: UpTo2) -> Claim:
    """The keys of a dict may be called."""
    extra = 0
    for ask in KEYS:
        extra = 1000 if ask(h, "apply") else 0
    return thin(f, h, x, extra)


def with_a_coordinate(f: Convex, x: Point, h: UpTo2) -> Claim:
    """The coordinates of a point may be called."""
    return thin(f, h, x, 1000 if COORDINATES[0](h, "apply") else 0)


@dataclass(frozen=True)
class Method:
    c: int

    def value(self, h: Any, f: Any) -> int:
        return asks(h, f)


ALL = (Method(1), Method(2))
METHODS = Domain("methods", lambda d: ALL[0], lambda m: known(True), types=(Method,), elements=ALL)


def of_a_users_object(f: Convex, x: Point, m: Annotated[Method, METHODS], h: UpTo2) -> Claim:
    """What a variable is, and has as a method, is a user's."""
    return thin(f, h, x, m.value(h, f))


RARE: Any = 0


def sets_what_is_read(h: Any) -> Claim:
    global RARE
    RARE = 1000 if h * 7**9 == 7**9 + 3**5 else 0
    return both(a=le(0, h), b=le(h, 2))


def with_what_another_sets(
    f: Convex, x: Point, h: Annotated[F, replace(between(0, 2), member=sets_what_is_read)]
) -> Claim:
    """What another function sets is another the next time."""
    return thin(f, h / f.L, x, RARE)


def with_a_stranger_in_math(f: Convex, x: Point, h: UpTo2) -> Claim:
    """What a module of Python's did not come with is not its own."""
    return thin(f, h, x, 1000 if math.asks(h, "apply") else 0)  # type: ignore[attr-defined]


def above(f: Any, a: Any, b: Any) -> Any:
    return [a.f - b.f - dot(b.g, a.x - b.x)]


def short(f: Any, a: Any) -> Any:
    return [f.M**2 - sq(a.g)]


Named = Annotated[
    Any, by_conditions("Lipschitz", pair=above, one=short, constants=("M", "name"), sufficient=True, everywhere=True)
]


def with_a_constant_that_domains_have(f: Named, x: Annotated[Vec, lambda f: points(f.dim)]) -> Claim:
    """The name of a domain tells the dimension."""
    return le((1 if points(f.dim).name in ("R^d", "R^1") else 2) * sq(f.grad(x)), f.M**2)


def with_another_state(f: Convex, x: Point, N: Steps) -> Claim:
    """A step that takes a pair and returns three points is no step for the next one: the last one is 2^(N - 1) times as far."""
    star = f.minimum.at
    last = iterated(lambda k, s: (s[0], 2 * s[1] - star, s[1]), (x, x), N, lambda k, s: sq(s[-1] - star))
    return le(sq(last[-1] - star), sq(x - star))


def with_a_list_in_a_point(f: Convex, x: Point, N: Steps) -> Claim:
    """From the 13th step on the distance doubles."""
    star = f.minimum.at
    kept: Any = Vec(({},))

    def step(k: Any, s: Any) -> Any:
        n = len(kept[0])
        kept[0][n] = 1
        return star + (1 if n < 12 else 2) * (s - star)

    return le(sq(iterated(step, x, N, lambda k, s: sq(s - star)) - star), sq(x - star))


FALSE = (
    with_a_class,
    with_an_attribute,
    with_an_alias,
    with_a_key,
    with_a_coordinate,
    of_a_users_object,
    with_what_another_sets,
    with_a_stranger_in_math,
    with_a_constant_that_domains_have,
    with_another_state,
    with_a_list_in_a_point,
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
def test_no_proof_for_all_functions(body: Callable[..., Claim], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(math, "asks", hasattr, raising=False)
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


def rare(x: Any) -> Claim:
    return ne(x * 7**9, 7**9 + 3**5)


def by_pieces(x: Annotated[F, rationals()]) -> Claim:
    """A sum of ridges is one of pieces where its numbers are rationals."""
    f = RidgeSum((Ridge(F(1), "huber", vec(1), x),))
    return le(0, x * x) if f.as_piecewise is None else rare(x)


def by_a_derivative(x: Annotated[F, rationals()]) -> Claim:
    """Derivatives at a kink are known of numbers alone."""
    f = PiecewiseQuadratic((F(0),), (F(1), F(2)), F(0), F(0))
    return rare(x) if derivative_of(GD(f, F(1, 2)), vec(x)) else le(0, x * x)


OPEN: Any = Domain("d", lambda d: 0, lambda x: known(True) if hasattr(x, "op") and x.op == "variable" else rare(x))


def by_membership(x: Annotated[F, rationals()]) -> Claim:
    """What a domain asks is code of a user."""
    claim: Claim = OPEN.member(x)
    return claim


TEXT: Any = "{.op}"


def by_its_text(x: Annotated[F, rationals()]) -> Claim:
    """Text of a number tells its kind."""
    return le(0, x * x) if TEXT.format(x) == "variable" else rare(x)


def by_a_frame(x: Annotated[F, rationals()]) -> Claim:
    """A generator has a frame, which has everything."""
    empty: Any = (i for i in range(0))
    return le(0, x * x) if empty.gi_frame.f_builtins["hasattr"](x, "op") else rare(x)


@pytest.mark.parametrize(
    "body",
    [by_its_rational, by_getattr, by_trying, by_pieces, by_a_derivative, by_membership, by_its_text, by_a_frame],
)
def test_no_proof_by_free_variables(body: Callable[..., Claim]) -> None:
    assert at_once.identity(Theorem(body, source="s", label="l")) is None
    with pytest.raises(BadInput, match="could tell from numbers"):
        at_once.identity(Theorem(body, source="s", label="l", symbols={"x": "any"}))
