"""What a body may do with abstract points and values, and what is refused: whatever could treat some functions of a class unlike others."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Quadratic, gradient_step, smooth
from refute import Claim, Given, Theorem, Vec, dot, eq, integers, known, le, lt, norm, rationals, sq, vec
from refute.duality.everywhere import cases, prove_everywhere
from refute.duality.problem import posed
from refute.errors import NotLinear
from tests.refute.duality.statements import ONE, Point, Smooth, Step
from tests.refute.duality.test_decide import decided

Number = Annotated[Fraction, rationals()]


def pose(body: Callable[..., Claim], *given: Given) -> Any:
    statement = Theorem(body, source="s", label="body", given=given).itself
    return posed(statement, {"h": ONE, "n": 2}, {"f": {"L": ONE}})


def helper(f: Any) -> bool:
    return isinstance(f, Quadratic)


TABLE = {0: 0, 1: 1}

REFUSED: dict[str, Callable[[Any, Any, Any], Any]] = {
    "a value": lambda f, x, h: le(f(x) if f(x) > 0 else 0, 1),
    "an inner product": lambda f, x, h: le(1 if sq(x) == 0 else 0, 1),
    "a point": lambda f, x, h: le(1 if x == f.grad(x) else 0, 1),
    "coordinates": lambda f, x, h: le(x[0], 1),
    "dimension": lambda f, x, h: le(len(x), 1),
    "the dimension of the function": lambda f, x, h: le(1 if f.dim == 1 else 0, 1),
    "reach": lambda f, x, h: le(1 if f.reach is None else 0, 1),
    "truth of a value": lambda f, x, h: le(1 if f(x) else 0, 1),
    "a norm": lambda f, x, h: le(norm(x), 1),
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
    "a comparison": lambda f, x, h: le(1 if h * f.L > 1 else 0, 1),
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
