"""What a body may do with abstract points and values, and what is refused: whatever could treat some functions of a class unlike others."""

import copy
import functools
import operator
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Annotated, Any

import pytest

from objectives import Objective, Quadratic, by_conditions, gradient_step, smooth, step_sizes
from refute import (
    Claim,
    Domain,
    Given,
    Theorem,
    Vec,
    between,
    both,
    dot,
    eq,
    holds_users_code,
    integers,
    known,
    le,
    lt,
    norm,
    points,
    rationals,
    sq,
    such_that,
    vec,
)
from refute.duality.everywhere import prove_everywhere
from refute.duality.forms import Form
from refute.duality.parameters.cases import cases
from refute.duality.problem import posed
from refute.errors import NotLinear
from refute.numbers.reflected import lifts_numbers
from tests.refute.duality.statements import ONE, Point, Smooth, Step
from tests.refute.duality.test_decide import decided

Number = Annotated[Fraction, rationals()]


def pose(body: Callable[..., Claim], *given: Given) -> Any:
    statement = Theorem(body, source="s", label="body", given=given).itself
    return posed(statement, {"h": ONE, "n": 2}, {"f": {"L": ONE}})


def helper(f: Any) -> bool:
    return isinstance(f, Quadratic)


TABLE = {0: 0, 1: 1}
BOWL = Quadratic((), (Fraction(7, 3),), (Fraction(0),), vec(0), Fraction(0))
is_a = isinstance
ASKS = {"q": helper}


TEXT = "%s"
GROWS: list[int] = []


def plain(f: Any) -> bool:
    return True


plain.ask = helper  # type: ignore[attr-defined]


class Kind(int):
    def of(self, f: Any) -> bool:
        return isinstance(f, Quadratic)


KIND = Kind(1)


@functools.wraps(sq)
def wrapped(f: Any) -> bool:
    return isinstance(f, Quadratic)


def grown(these: Any) -> Any:
    these += [1]
    return these


class Asks:
    @staticmethod
    def quadratic(f: Any) -> bool:
        return isinstance(f, Quadratic)


REFUSED: dict[str, Callable[[Any, Any, Any], Any]] = {
    "a value": lambda f, x, h: le(f(x) if f(x) > 0 else 0, 1),
    "an inner product": lambda f, x, h: le(1 if sq(x) == 0 else 0, 1),
    "a point": lambda f, x, h: le(1 if x == f.grad(x) else 0, 1),
    "coordinates": lambda f, x, h: le(x[0], 1),
    "dimension": lambda f, x, h: le(len(x), 1),
    "the dimension of the function": lambda f, x, h: le(1 if f.dim == 1 else 0, 1),
    "reach": lambda f, x, h: le(1 if f.reach is None else 0, 1),
    "truth of a value": lambda f, x, h: le(1 if f(x) else 0, 1),
    "a sum of norms": lambda f, x, h: le(norm(x) + norm(x), 1),
    "a product of values": lambda f, x, h: le(f(x) * f(x), 1),
    "a quotient of values": lambda f, x, h: le(1 / f(x), 1),
    "a concrete point": lambda f, x, h: le(sq(x - vec(0)), 1),
    "a float": lambda f, x, h: le(float(f(x)), 1),
    "a set": lambda f, x, h: le(len({f(x), f(x)}), 1),
    "a type": lambda f, x, h: le(1 if isinstance(f, Quadratic) else 0, 1),
    "a type, in a function": lambda f, x, h: le(1 if helper(f) else 0, 1),
    "a minimum that need not be": lambda f, x, h: le(f.minimum.value, f(x)),
    "mu, which the class does not fix": lambda f, x, h: le(0, f.mu),
    "what only some functions have": lambda f, x, h: le(0, f.eigenvalues[0]),
    "equality with a function": lambda f, x, h: le(1 if f == BOWL else 0, 1),
    "membership in a list of functions": lambda f, x, h: le(1 if f in (BOWL,) else 0, 1),
    "a class attribute": lambda f, x, h: le(1 if f.__class__ is Quadratic else 0, 1),
    "the text of a number": lambda f, x, h: le(1 if str(f.L) == "7/3" else 0, 1),
    "a format": lambda f, x, h: le(1 if f"{f.dim}" == "5" else 0, 1),
    "a function under another name": lambda f, x, h: le(1 if is_a(f, Quadratic) else 0, 1),
    "a function in a table": lambda f, x, h: le(1 if ASKS["q"](f) else 0, 1),
    "a method of a class": lambda f, x, h: le(1 if Asks.quadratic(f) else 0, 1),
    "a copy": lambda f, x, h: le(copy.copy(f)(x), f(x)),
    "identity": lambda f, x, h: le(1 if f.grad(x) is f.grad(x) else 0, 1),
    "a remainder that makes text": lambda f, x, h: le(1 if TEXT % (f.dim,) == "5" else 0, 1),
    "an attribute of a function": lambda f, x, h: le(1 if plain.ask(f) else 0, 1),  # type: ignore[attr-defined]
    "an instance of a subclass": lambda f, x, h: le(1 if KIND.of(f) else 0, 1),
    "a wrapped function": lambda f, x, h: le(1 if wrapped(f) else 0, 1),
    "a module that asks": lambda f, x, h: le(1 if operator.attrgetter("dim")(f) == 1 else 0, 1),
    "what sees users' code": lambda f, x, h: le(1 if holds_users_code(f) else 0, 1),
    "a list that grows": lambda f, x, h: le(len([GROWS.append(1), *GROWS]), 1000),  # type: ignore[func-returns-value]
    "a word of refute's own": lambda f, x, h: le(1 if lifts_numbers(x) else 0, 1),
    "a class of refute's own": lambda f, x, h: le(len({Form.of(f(x))}), 1),
    "a list that grows in place": lambda f, x, h: le(len(grown(GROWS)), 1000),
    "no inequality": lambda f, x, h: known(False),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_treat_some_functions_unlike_others_is_refused(name: str) -> None:
    claim = REFUSED[name]

    def body(f: Smooth, x: Point, h: Step) -> Claim:
        """A claim."""
        return claim(f, x, h)  # type: ignore[no-any-return]

    with pytest.raises(NotLinear):
        pose(body)


def zero_division(f: Smooth, x: Point, h: Step) -> Claim:
    """False where 27 h L = 13, which a rational function of h L does not show."""
    try:
        w = 1 / (27 * h * f.L - 13)
    except ZeroDivisionError:
        return le(sq(x), 0)
    return le(0, w * w)


def caught_attribute(f: Smooth, x: Point) -> Claim:
    """False of some quadratics."""
    try:
        return le(f.eigenvalues[0], 1)  # type: ignore[attr-defined]
    except AttributeError:
        return le(0, 1)


def matched(f: Smooth, x: Point) -> Claim:
    """False of quadratics."""
    match f:
        case Quadratic():
            return le(1, 0)
    return le(0, 1)


@pytest.mark.parametrize("body", [zero_division, caught_attribute, matched])
def test_a_body_that_catches_or_matches_is_refused(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        pose(body)


def test_domains_are_read_and_asked_like_bodies() -> None:
    domains: list[Any] = [
        lambda f: between(0, (3 if f == BOWL else 2) / f.L),
        lambda f: between(0, (3 if isinstance(f, Quadratic) else 2) / f.L),
        lambda f: step_sizes(-f.L, below=2, any_sign=True),
        replace(between(0, 1), member=lambda s: both(above=le(0, s), below=le(s, 2))),
    ]
    for domain in domains:

        def body(f: Smooth, x: Point, h: Annotated[Fraction, domain]) -> Claim:
            """A number is between the ends of its domain."""
            return le((h - 1) * sq(x), (h - 1) * sq(x))

        with pytest.raises(NotLinear):
            prove_everywhere(Theorem(body, source="s", label="body").itself)


def asks_kind(f: Any, a: Any, b: Any) -> Any:
    """Convexity, and strong convexity where the points are concrete."""
    found = f.M * (b.f - a.f - dot(a.g, b.x - a.x))
    return [found] if isinstance(a.x, Vec) else [found - sq(a.x - b.x)]


HIDDEN = by_conditions("hidden", pair=asks_kind, constants=("M",), sufficient=True)
HIDDEN_IN = (HIDDEN, {"of": HIDDEN})


def ranges(most: Fraction, f: Any) -> Domain:
    return between(0, most / f.L if isinstance(f, Quadratic) else 1 / f.L)


class Ranges:
    def __call__(self, f: Any) -> Domain:
        return ranges(Fraction(3), f)

    def of(self, f: Any) -> Domain:
        return ranges(Fraction(3), f)


@pytest.mark.parametrize("found", [lambda n: HIDDEN, lambda n: HIDDEN_IN[0], lambda n: HIDDEN_IN[1]["of"]])
def test_the_conditions_of_a_class_are_read_wherever_it_is_named(found: Any) -> None:
    def body(
        n: Annotated[int, integers(1, 1)], f: Annotated[Objective, found], x: Annotated[Vec, lambda f: points(f.dim)]
    ) -> Claim:
        """A claim."""
        return le(0, sq(f.grad(x)))

    with pytest.raises(NotLinear, match=r"isinstance|cannot be read"):
        cases(Theorem(body, source="s", label="l").itself)


@pytest.mark.parametrize("found", [partial(ranges, Fraction(3)), Ranges(), Ranges().of])
def test_a_domain_that_is_no_plain_function_is_not_read(found: Any) -> None:
    def body(f: Smooth, x: Point, h: Annotated[Fraction, found]) -> Claim:
        """f does not rise."""
        return le(f(x - h * f.grad(x)), f(x))

    with pytest.raises(NotLinear, match="which cannot be read"):
        cases(Theorem(body, source="s", label="l").itself)


def test_a_refusal_that_is_caught_is_one() -> None:
    def body(f: Smooth, x: Point) -> Claim:
        """0 <= 1 where f(x) cannot be compared."""
        try:
            return le(f(x), 0) if f(x) > 0 else le(1, 0)
        except TypeError:
            return le(0, 1)

    with pytest.raises(NotLinear):
        pose(body)


PARAMETERS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "an equation": lambda f, x, h: le(1 if h * f.L == 1 else 0, 1),
    "a table": lambda f, x, h: le(TABLE.get(h, 0), 1),
    "a loop": lambda f, x, h: le(sum(range(h)), 1),
    "a remainder": lambda f, x, h: le(h % 2, 1),
    "a truth value": lambda f, x, h: le(1 if h else 0, 1),
    "a power": lambda f, x, h: le(2**h, 1),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_body_that_branches_on_a_parameter_is_not_proved_for_all_of_them(name: str) -> None:
    claim = PARAMETERS[name]

    def body(f: Smooth, x: Point, h: Step) -> Claim:
        """A claim."""
        return claim(f, x, h)  # type: ignore[no-any-return]

    with pytest.raises(NotLinear):
        prove_everywhere(Theorem(body, source="s", label="body").itself)


def test_hypotheses_become_conditions_and_numbers_stay_numbers() -> None:
    def body(f: Smooth, x: Point, y: Point, h: Step) -> Claim:
        """A claim that its hypothesis gives."""
        return le(f(y), f(x))

    found = pose(body, Given("f(y) <= f(x)", lambda f, x, y: le(f(y), f(x))), Given("h > 0", lambda h: lt(0, h)))
    assert [c.says for c in found.conditions[-2:]] == ["f(y) <= f(x)", "h > 0"]
    told = decided(
        Theorem(body, source="s", label="body", given=(Given("f(y) <= f(x)", lambda f, x, y: le(f(y), f(x))),)).itself
    )
    assert told is not None
    assert told.proof
    assert prove_everywhere(Theorem(body, source="s", label="body").itself) is None


def longest(f: Any, x: Any) -> Domain:
    """The vectors that are no longer than the gradient."""
    return such_that(points(f.dim), "no longer than the gradient", lambda d: le(sq(d), sq(f.grad(x))))


def downhill(f: Any, x: Any) -> Domain:
    """The vectors on one side of the gradient, and of an axis."""
    inside = such_that(points(f.dim), "not uphill", lambda d: le(dot(d, f.grad(x)), 0))
    return such_that(inside, "on one side", lambda d: le(d[0], 0))


UpTo1 = Annotated[Objective, smooth(L=1)]


def convexity(f: Any, a: Any, b: Any) -> Any:
    return [b.f - a.f - dot(a.g, b.x - a.x)]


def test_a_class_may_be_made_from_another_function() -> None:
    def two(
        f: Smooth,
        g: Annotated[Objective, lambda f: by_conditions("mine", pair=convexity, sufficient=True, dim=f.dim)],
        x: Point,
    ) -> Claim:
        """g is convex."""
        y = x - f.grad(x) / f.L
        return le(g(x) + dot(g.grad(x), y - x), g(y))

    assert prove_everywhere(Theorem(two, source="s", label="l").itself)


def test_what_a_part_of_a_space_says_of_a_point_is_a_hypothesis() -> None:
    def shorter(f: UpTo1, x: Point, d: Annotated[Vec, longest], *, c: Fraction = ONE) -> Claim:
        """<d, g> <= c |g|^2."""
        return le(dot(d, f.grad(x)), c * sq(f.grad(x)))

    def uphill(f: UpTo1, x: Point, d: Annotated[Vec, downhill]) -> Claim:
        """<d, g> <= 0: the second part, which is about a coordinate, plays no role."""
        return le(dot(d, f.grad(x)), 0)

    def left(f: UpTo1, x: Point, d: Annotated[Vec, downhill]) -> Claim:
        """<d, g> >= 0."""
        return le(0, dot(d, f.grad(x)))

    def proof(body: Any, **constants: Any) -> Any:
        itself = Theorem(body, source="s", label="l").itself
        return prove_everywhere(replace(itself, constants={**itself.constants, **constants}))

    found = proof(shorter)
    assert found
    assert any("no longer than the gradient" in c.says for c in found[0].case.problem.conditions)
    assert not proof(shorter, c=Fraction(99, 100))
    assert proof(uphill)
    assert not proof(left)


def test_an_equation_is_two_inequalities() -> None:
    def body(f: Smooth, x: Point, h: Step) -> Claim:
        """The step is h times the gradient."""
        return eq(dot(f.grad(x), x - gradient_step(f, h, x)), h * sq(f.grad(x)))

    assert len(pose(body).claims) == 2
    assert prove_everywhere(Theorem(body, source="s", label="body").itself)


def test_whole_numbers_of_a_domain_that_depends_on_others_are_not_enumerated() -> None:
    def body(
        f: Smooth, x: Point, n: Annotated[int, integers(1, 2)], m: Annotated[int, lambda n: integers(1, n)]
    ) -> Claim:
        """m <= 1, which is false for n = m = 2."""
        return le(sq(x) * m, sq(x))

    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="body").itself)


def test_flat_functions_have_no_scale() -> None:
    assert smooth(allow_flat=True).every is None
    assert isinstance(Vec((1,)), Vec)


def test_a_statement_about_numbers_alone_is_none_of_dualitys() -> None:
    def body(a: Number) -> Claim:
        """a^2 >= 0."""
        return le(0, a * a)

    assert decided(Theorem(body, source="s", label="body").itself) is None


def test_of_a_norm_it_says_what_to_write() -> None:
    def body(f: Smooth, x: Point) -> Claim:
        """|grad f(x)| <= |x|^2."""
        return le(norm(f.grad(x)), f.L * sq(x))

    with pytest.raises(NotLinear, match="write sq"):
        pose(body)


def test_what_a_domain_divides_by_is_a_divisor() -> None:
    """The direction is divided by h L - 1/2: for one h the statement has no value."""

    def along(
        f: Smooth,
        x: Point,
        h: Step,
        y: Annotated[Vec, lambda f, x, h: points(f.dim, near=f.grad(x) / (h * f.L - ONE / 2))],
    ) -> Claim:
        """f(x) <= f(x)."""
        return le(f(x), f(x))

    with pytest.raises(NotLinear, match=r"divides by what is 0|stands for all"):
        cases(Theorem(along, source="s", label="along").itself)
