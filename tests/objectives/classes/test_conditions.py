"""Classes by their interpolation conditions: drawn members satisfy them, and statements are decided for all of them."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import data, integers

from objectives import (
    Answer,
    ClippedMap,
    Known,
    MonotoneMap,
    Objective,
    PiecewiseQuadratic,
    by_conditions,
    cocoercive_operators,
    convex,
    convex_lipschitz,
    convex_nonsmooth,
    monotone_lipschitz_operators,
    monotone_operators,
    orthogonal_projections,
    strongly_convex_nonsmooth,
    strongly_monotone_operators,
)
from refute import (
    BadInput,
    Claim,
    Domain,
    Given,
    Theorem,
    Vec,
    between,
    both,
    dot,
    eq,
    iterated,
    le,
    naturals,
    points,
    positive,
    sq,
    vec,
)
from refute.duality.decide import for_all
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.errors import NotLinear
from refute.proofs.for_all import as_data
from refute.search.budget import Budget
from refute.search.sampling import examples, search
from refute.sources.asked import power
from refute.verify_proof import NoProof, check

CLASSES = {
    "convex": convex_nonsmooth(minimizer=True),
    "convex without a minimizer": convex_nonsmooth(),
    "Lipschitz": convex_lipschitz(minimizer=True),
    "strongly convex": strongly_convex_nonsmooth(minimizer=True),
    "monotone": monotone_operators(zero=True),
    "strongly monotone": strongly_monotone_operators(),
    "cocoercive": cocoercive_operators(zero=True),
}
ONE = Fraction(1)
Anywhere = Annotated[Vec, lambda f: points(f.dim)]
Step = Annotated[Fraction, positive()]


@pytest.mark.parametrize("name", CLASSES)
def test_whatever_is_asked_the_answers_are_those_of_a_member(name: str) -> None:
    domain, of_operator = CLASSES[name], name in ("monotone", "strongly monotone", "cocoercive")
    answered = []

    @given(data())
    @settings(max_examples=60, database=None, derandomize=True, deadline=None)
    def ask(d: Any) -> None:
        f = domain.draw(d.draw)
        x = Vec(tuple(Fraction(d.draw(integers(-4, 4)), 2) for _ in range(f.dim)))
        try:
            for k in range(4):
                x = f.prox(Fraction(1, 2), x) if k % 2 else x - Fraction(1, 3) * (f(x) if of_operator else f.grad(x))
        except BadInput:
            assert f.settled() is None  # that draw is rejected
            return
        assert domain.member(f.settled()).decide().truth is True
        answered.append(1)

    ask()
    assert len(answered) >= 40


def test_the_same_question_has_the_same_answer() -> None:
    @given(data())
    @settings(max_examples=20, database=None, derandomize=True, deadline=None)
    def ask(d: Any) -> None:
        f = CLASSES["Lipschitz"].draw(d.draw)
        x = Vec((ONE,) * f.dim)
        try:
            first = (f.grad(x), f(x), f.prox(ONE, x))
        except BadInput:  # no answer: the draw is rejected
            return
        assert (f.grad(x), f(x), f.prox(ONE, x)) == first
        table = f.settled()
        assert (table.grad(x), table(x), table.prox(ONE, x)) == first

    ask()


# A class in five lines: rho-weakly convex functions, f_a >= f_b + <g_b, x_a - x_b> - rho |x_a - x_b|^2/2.
def _weakly(f: Any, a: Answer, b: Answer) -> Sequence[Any]:
    return [a.f - b.f - dot(b.g, a.x - b.x) + f.rho * sq(a.x - b.x) / 2]


def _down(f: Any, a: Answer, star: Answer) -> Sequence[Any]:
    return [a.f - star.f]


WEAKLY_CONVEX = by_conditions("weakly convex functions", pair=_weakly, constants=["rho"], sufficient=True)


def moves_down(f: Annotated[Known, WEAKLY_CONVEX], x: Anywhere, h: Step, *, c: Fraction = Fraction(1, 2)) -> Claim:
    """f(p) <= f(x) - (1/h - rho/2) |x - p|^2 for the proximal point p."""
    p = f.prox(h, x)
    return le(h * (f(p) - f(x)) + sq(x - p), c * h * f.rho * sq(x - p))


def moves_further_down(f: Annotated[Known, WEAKLY_CONVEX], x: Anywhere, h: Step) -> Claim:
    """The same with 0.49 in place of 1/2."""
    return moves_down(f, x, h, c=Fraction(49, 100))


def test_a_class_of_five_lines_proves_and_refutes() -> None:
    true, false = (Theorem(b, source="s", label="l").itself for b in (moves_down, moves_further_down))
    assert prove_everywhere(true)
    found = for_all(false, lambda: examples(false, 1, 12))
    assert found is not None
    assert found.counterexample is not None
    assert false.check(found.counterexample).conclusion.truth is False
    assert search(false, Budget(300, 64, None, 1)).counterexample is not None
    assert search(true, Budget(300, 64, None, 1)).counterexample is None


def convexity_of_weakly_convex(f: Annotated[Known, WEAKLY_CONVEX], x: Anywhere, y: Anywhere) -> Claim:
    """f(y) >= f(x) + <g, y - x>, which convex functions have."""
    return le(f(x) + dot(f.grad(x), y - x), f(y))


def test_no_more_is_believed_than_the_conditions_say() -> None:
    statement = Theorem(convexity_of_weakly_convex, source="s", label="l").itself
    assert not prove_everywhere(statement)
    assert search(statement, Budget(300, 64, None, 1)).counterexample is not None


def proximal(f: Annotated[Known, CLASSES["convex"]], x: Anywhere, h: Step, *, c: Fraction = Fraction(1, 4)) -> Claim:
    """h (f(x_1) - f_*) <= |x - x_*|^2/4."""
    return le(h * (f(f.prox(h, x)) - f.minimum.value), c * sq(x - f.minimum.at))


def test_both_checkers_know_the_conditions_and_no_others() -> None:
    theorem = Theorem(proximal, source="s", label="l")
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    assert "given" not in " ".join(check(data))
    (function,) = data["cases"][0]["functions"]
    assert set(function["asks"]) == {"one", "pair", "to_minimizer"}
    assert any("asks of a and b: 0 <= " in line for line in check(data))
    function["asks"]["pair"] = []
    # The condition is none of the class any more: what the file says of it is given.
    assert "given" in " ".join(check(data))
    data["parts"][0]["weights"][0]["p"] = ["0", "2"]
    with pytest.raises(NoProof):
        check(data)


def caught(f: Any, a: Answer, b: Answer) -> Sequence[Any]:
    try:
        return [a.f - b.f] if a.f > b.f else []
    except Exception:
        return [a.f - b.f - dot(b.g, a.x - b.x)]


def test_the_code_of_a_condition_is_read() -> None:
    domain = by_conditions("odd", pair=caught, minimizer=True, sufficient=True)

    def body(f: Annotated[Known, domain], x: Anywhere) -> Claim:
        """f_* <= f(x)."""
        return le(f.minimum.value, f(x))

    body.__annotations__["f"] = Annotated[Known, domain]
    body.__annotations__["x"] = Anywhere
    with pytest.raises(NotLinear, match="handles exceptions"):
        cases(Theorem(body, source="s", label="l").itself)


Lipschitz = Annotated[Known, CLASSES["Lipschitz"]]


def follows_at_one_value(f: Lipschitz, x: Anywhere, b: Annotated[Fraction, between(0, 1)]) -> Claim:
    """f(x) <= f_*, of which b f(x) <= b f_* is given: at b = 0 it says nothing."""
    return le(f(x), f.minimum.value)


def test_hypotheses_have_no_poles_there_either() -> None:
    given = Given("scaled", lambda f, x, b: le(b * f(x), b * f.minimum.value))
    assert not prove_everywhere(Theorem(follows_at_one_value, source="s", label="l", given=(given,)).itself)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({}, "a class needs conditions"),
        ({"to_minimizer": _down}, "speaks of a minimizer"),
        ({"to_minimizer": _down, "minimizer": True, "sufficient": False}, "write drawn="),
        ({"to_minimizer": _down, "minimizer": True, "constants": ("grad",)}, "no name for a constant"),
        ({"to_minimizer": _down, "minimizer": True, "constants": ("_M",)}, "no name for a constant"),
        ({"to_minimizer": _down, "minimizer": True, "constants": ("mu", "L")}, "the first constant is the largest"),
        ({"to_minimizer": _down, "minimizer": True, "constants": ("L", "L")}, "named twice"),
        ({"to_minimizer": _down, "minimizer": True, "dim": 10**7}, "no dimension"),
        ({"to_minimizer": _down, "minimizer": True}, "do its conditions suffice"),
        ({"to_minimizer": _down, "minimizer": True, "sufficient": True}, "ties the values at two points to a gradient"),
        (
            {"pair": lambda f, a, b: [f.L**2 * sq(a.x - b.x) - sq(a.g - b.g)], "constants": ["L"], "sufficient": True},
            "ties the values",
        ),
        (
            {"pair": lambda f, a, b: [a.f - b.f - f.L * sq(a.x - b.x)], "constants": ["L"], "sufficient": True},
            "ties the values",
        ),
    ],
)
def test_a_class_that_is_not_whole_gets_one_sentence(words: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        by_conditions("odd", **words)


def known_at_two(**other: Any) -> Known:
    fields: dict[str, Any] = {
        "points": (vec(0), vec(1)),
        "gradients": (vec(0), vec(1)),
        "values": (Fraction(0), ONE),
        "names": ("M",),
        "constants": (ONE,),
        "has_minimizer": True,
        "proximal": (True, False),
        "operator": False,
    }
    return Known(**{**fields, **other})


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"values": (ONE,)}, "as many gradients, values and marks"),
        ({"gradients": (vec(0), vec(1, 2))}, "one dimension"),
        ({"constants": ()}, "one value for each constant"),
        ({"gradients": (vec(1), vec(1))}, "the subgradient is 0"),
        ({"proximal": (False, False)}, "grad may choose another one"),
        ({"points": (vec(0), vec(0))}, "one value at a point"),
    ],
)
def test_a_table_that_is_not_whole_gets_one_sentence(other: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        known_at_two(**other)


def test_a_table_says_nothing_elsewhere() -> None:
    f = known_at_two()
    for asked in (lambda: f(vec(2)), lambda: f.grad(vec(2)), lambda: f.prox(ONE, vec(7))):
        with pytest.raises(BadInput, match=r"says nothing|has no proximal point"):
            asked()
    with pytest.raises(BadInput, match="above 0"):
        f.prox(Fraction(0), vec(1))


@pytest.mark.parametrize(
    "other",
    [
        {"values": (Fraction(0), 2 * ONE)},  # above what the gradients allow
        {"constants": (Fraction(1, 2),)},  # a gradient is larger than M
        {"constants": (Fraction(0),)},
        {"names": ("L",)},
        {"has_minimizer": False},
    ],
)
def test_what_breaks_one_condition_is_outside(other: dict[str, Any]) -> None:
    assert CLASSES["Lipschitz"].member(known_at_two()).decide().truth is True
    assert CLASSES["Lipschitz"].member(known_at_two(**other)).decide().truth is False


def away(A: Annotated[Any, monotone_lipschitz_operators()], x: Annotated[Vec, points(2)]) -> Claim:
    """|A x| <= L/2 |x - x_*|: false, and of a class whose conditions are only necessary refuted by its members alone."""
    return le(4 * sq(A(x)), A.L**2 * sq(x - A.minimum.at))


def test_necessary_conditions_alone_refute_nothing() -> None:
    statement = Theorem(away, source="s", label="l").itself
    found = for_all(statement, lambda: examples(statement, 1, 12))
    assert found is not None
    assert found.counterexample is None
    assert not found.proof
    assert search(statement, Budget(100, 64, None, 1)).counterexample is not None


Convex = Annotated[Known, CLASSES["convex"]]


def is_minimal(f: Convex, x: Anywhere) -> Claim:
    """f(x) <= f_*."""
    return le(f(x), f.minimum.value)


def says_so(f: Convex, x: Anywhere) -> Claim:
    """0 is a subgradient at x: of few functions and points."""
    claim: Claim = f.has_subgradient(x, 0 * x)
    return claim


def says_so_and_more(f: Convex, x: Anywhere) -> Claim:
    """The same, with what would follow from it."""
    return both(zero=f.has_subgradient(x, 0 * x), least=le(f(x), f.minimum.value))


def test_a_subgradient_is_supposed_in_a_hypothesis_and_nowhere_else() -> None:
    zero = Given("0 is a subgradient", lambda f, x: f.has_subgradient(x, 0 * x))
    true = Theorem(is_minimal, source="s", label="l", given=(zero,)).itself
    assert prove_everywhere(true)
    tally = search(true, Budget(100, 64, None, 1))
    assert tally.decided >= 90
    assert tally.counterexample is None
    for body in (says_so, says_so_and_more):
        false = Theorem(body, source="s", label="l").itself
        with pytest.raises(NotLinear, match="hypothesis, and no conclusion"):
            cases(false)
        tally = search(false, Budget(100, 64, None, 1))
        assert not tally.missed()
        assert tally.undecided or tally.counterexample is not None


def with_n(f: Convex, x: Anywhere, N: Annotated[int, naturals(1, drawn=5)]) -> Claim:
    """A step of which a hypothesis on N is used."""
    last = iterated(lambda k, y: f.prox(ONE, y), x, N, lambda k, y: sq(y - f.minimum.at))
    return le(sq(last - f.minimum.at), sq(x - f.minimum.at))


def test_a_hypothesis_on_the_number_of_steps_is_none_on_each_of_them() -> None:
    given = Given("N x is a subgradient", lambda f, x, N: f.has_subgradient(x, N * x))
    with pytest.raises(NotLinear):
        cases(Theorem(with_n, source="s", label="l", given=(given,)).itself)
    assert prove_everywhere(Theorem(with_n, source="s", label="l").itself)


def composite(
    f: Annotated[Objective, convex()], g: Annotated[Known, lambda f: convex_nonsmooth(dim=f.dim)], x: Anywhere
) -> Claim:
    """A sum of two members, of one dimension."""
    y = g.prox(1 / f.L, x - f.grad(x) / f.L)
    return le(f(y) + g(y), f(x) + g(x))


def test_two_functions_of_one_statement_have_one_dimension_and_one_unit() -> None:
    statement = Theorem(composite, source="s", label="l").itself
    assert prove_everywhere(statement)
    tally = search(statement, Budget(100, 64, None, 1))
    assert tally.decided >= 90
    assert tally.counterexample is None


def leaves_the_minimizer(f: Lipschitz, h: Step) -> Claim:
    """A subgradient step from x_* stays there: the oracle may choose another subgradient than 0 at x_*."""
    return le(sq(f.grad(f.minimum.at)), 0)


def same_value(f: Annotated[Known, CLASSES["convex"]], x: Anywhere, h: Step) -> Claim:
    """The definition of the class at a proximal point, where the gradient is asked, too: one value at one point."""
    y, low = f.prox(h, x), f.minimum
    return le(f(y) + dot(f.grad(y), low.at - y), low.value)


def test_the_minimizer_is_no_answer_of_the_oracle_and_a_point_has_one_value() -> None:
    false, true = (Theorem(b, source="s", label="l").itself for b in (leaves_the_minimizer, same_value))
    assert not prove_everywhere(false)
    assert search(false, Budget(100, 64, None, 1)).counterexample is not None
    assert prove_everywhere(true)
    assert search(true, Budget(200, 64, None, 1)).counterexample is None


def asks_the_member(f: Any, a: Answer, star: Answer) -> Sequence[Any]:
    return [a.f - f.minimum.value]


def _above(f: Any, a: Answer, b: Answer) -> Sequence[Any]:
    return [a.f - b.f - dot(b.g, a.x - b.x)]


def asks_for_one_number(f: Any, a: Answer) -> Any:
    return a.f


ODD: dict[str, dict[str, Any]] = {
    "speaks of its answers alone": {"to_minimizer": asks_the_member, "minimizer": True},
    "not a list of numbers": {"one": asks_for_one_number},
}


@pytest.mark.parametrize("says", ODD)
def test_a_condition_that_is_none_gets_one_sentence(says: str) -> None:
    domain = by_conditions("odd", pair=_above, sufficient=True, **ODD[says])

    def body(f: Any, x: Any) -> Claim:
        """f(x) >= 0."""
        return le(0, f(x))

    body.__annotations__.update(f=Annotated[Known, domain], x=Anywhere)
    statement = Theorem(body, source="s", label="l").itself
    with pytest.raises((NotLinear, BadInput), match=says):
        cases(statement)
    with pytest.raises(BadInput, match=says):
        search(statement, Budget(20, 16, None, 1))


def test_functions_of_two_dimensions_get_the_sentence_of_the_body() -> None:
    def body(f: Annotated[Known, CLASSES["convex"]], g: Annotated[Known, CLASSES["Lipschitz"]], x: Anywhere) -> Claim:
        """A sum of members that do not live in one space."""
        return le(f(x), f(x) + sq(f.grad(x) - g.grad(0 * f.grad(x))))

    body.__annotations__.update(
        f=Annotated[Known, CLASSES["convex"]], g=Annotated[Known, CLASSES["Lipschitz"]], x=Anywhere
    )
    with pytest.raises(BadInput, match=r"a point of R\^"):
        search(Theorem(body, source="s", label="l").itself, Budget(60, 16, None, 1))


def test_numbers_may_be_conditions_and_resolvents_of_linear_maps_are_theirs() -> None:
    domain = by_conditions(
        "bounded",
        one=lambda f, a: [f.L - f.mu, f.L**2 - sq(a.g)],
        constants=("L", "mu"),
        operator=True,
        sufficient=True,
    )

    def body(f: Any, x: Any) -> Claim:
        """|g| <= L."""
        return le(sq(f.grad(x)), f.L**2)

    body.__annotations__.update(f=Annotated[Known, domain], x=Anywhere)
    assert prove_everywhere(Theorem(body, source="s", label="l").itself)
    A, x = MonotoneMap(ONE, Fraction(2), vec(1, 1), Fraction(3)), vec(3, -1)
    y = A.prox(Fraction(1, 2), x)
    assert y + Fraction(1, 2) * A(y) == x


Number = Annotated[int, naturals(1, drawn=5)]
Dimension = Annotated[Known, lambda T: convex_nonsmooth(dim=T.dim)]


def at_the_end(
    f: Annotated[Known, CLASSES["convex without a minimizer"]], x: Anywhere, z: Anywhere, N: Number
) -> Claim:
    """f(z + 6 x) <= f(z + (N + 6) x): false from N = 7 on, where f is least at z + N x, as a hypothesis says of N and not of each step."""
    iterated(lambda k, y: y, x, N, lambda k, y: -f(z + (k + 6) * x))
    return le(f(z + 6 * x), f(z + (N + 6) * x))


def through_an_answer(
    T: Annotated[Known, CLASSES["cocoercive"]],
    g: Dimension,
    x: Annotated[Vec, lambda T: points(T.dim)],
    z: Annotated[Vec, lambda T: points(T.dim)],
    N: Number,
) -> Claim:
    """The same with N hidden in an answer."""
    iterated(lambda k, y: y, x, N, lambda k, y: -g(z + (k + 6) * x))
    return le(g(z + 6 * x), g(z + (N + 6) * x))


HIDDEN: dict[str, tuple[Any, Any]] = {
    "in the point": (at_the_end, lambda f, x, z, N: f.has_subgradient(z + N * x, 0 * x)),
    "in the gradient": (at_the_end, lambda f, x, z, N: f.has_subgradient(z, N * x)),
    "in an answer, as the point": (through_an_answer, lambda T, g, x, z, N: g.has_subgradient(T(z + N * x), 0 * x)),
    "in an answer, as the gradient": (through_an_answer, lambda T, g, x, z, N: g.has_subgradient(z, T(z + N * x))),
}


@pytest.mark.parametrize("where", HIDDEN)
def test_a_hypothesis_on_the_last_step_says_nothing_of_the_others(where: str) -> None:
    body, given = HIDDEN[where]
    statement = Theorem(body, source="s", label="l", given=(Given("supposed", given),)).itself
    with pytest.raises(NotLinear, match="a hypothesis depends on the number of steps"):
        cases(statement)


def of_n(A: Any, N: int) -> Domain:
    return by_conditions(
        "of N", one=lambda B, a: [N * dot(a.g, a.x) - sq(a.g)], operator=True, sufficient=True, dim=A.dim
    )


def of_a_power(A: Any, N: int) -> Domain:
    return by_conditions(
        "of 2^N",
        one=lambda B, a: [power(2, N) * dot(a.g, a.x) - sq(a.g)],
        operator=True,
        sufficient=True,
        dim=A.dim,
    )


def of_a_point(A: Any, x: Vec) -> Domain:
    return by_conditions(
        "of x", one=lambda B, a: [dot(a.g, a.x - x) - sq(a.g)], operator=True, sufficient=True, dim=A.dim
    )


@pytest.mark.parametrize(
    ("of", "step"), [(of_n, lambda k: 2 / (k + 6)), (of_a_power, lambda k: 2 * power(Fraction(1, 2), k))]
)
def test_a_class_that_depends_on_the_number_of_steps_is_another_one_at_each(of: Any, step: Any) -> None:
    def body(A: Any, N: Any, B: Any, x: Any) -> Claim:
        """|x_N| <= |x_0|: false for N = 8."""
        last = iterated(lambda k, y: y - step(k) * B(y), x, N, lambda k, y: sq(y))
        return le(sq(last), sq(x))

    body.__annotations__.update(
        A=Annotated[Known, CLASSES["cocoercive"]],
        N=Number,
        B=Annotated[Known, of],
        x=Annotated[Vec, lambda A: points(A.dim)],
    )
    with pytest.raises(NotLinear, match="a class depends on the number of steps"):
        cases(Theorem(body, source="s", label="l").itself)


def test_a_condition_speaks_of_no_vector_of_the_statement() -> None:
    def body(A: Any, x: Any, B: Any) -> Claim:
        """|B x|^2 <= 0."""
        return le(sq(B(x)), 0)

    body.__annotations__.update(
        A=Annotated[Known, CLASSES["cocoercive"]],
        x=Annotated[Vec, lambda A: points(A.dim)],
        B=Annotated[Known, of_a_point],
    )
    with pytest.raises(NotLinear, match="of its answers and of its constants alone"):
        cases(Theorem(body, source="s", label="l").itself)


def test_a_condition_that_is_not_linear_in_a_value_is_refused() -> None:
    domain = by_conditions("odd", one=lambda f, a: [a.f * a.f - 1], pair=_above, sufficient=True)

    def body(f: Any, x: Any) -> Claim:
        """f(x) >= 1."""
        return le(1, f(x))

    body.__annotations__.update(f=Annotated[Known, domain], x=Anywhere)
    statement = Theorem(body, source="s", label="l").itself
    with pytest.raises(NotLinear):
        cases(statement)
    with pytest.raises(BadInput, match="not linear in the value"):
        search(statement, Budget(20, 16, None, 1))


def test_a_condition_that_is_not_linear_in_a_value_between_later_answers_is_refused() -> None:
    """Beside the first answer, at 0, it is linear."""

    def asks(f: Any, a: Answer, b: Answer) -> list[Any]:
        return [*_above_its_model(f, a, b), 1 + a.f**2 * a.x[0] * b.x[0]]

    domain = by_conditions("odd", pair=asks, sufficient=True)

    def body(f: Any) -> Claim:
        """f(0) + f(1) + f(2) >= 1."""
        return le(1, sum(f(Vec((Fraction(c),) * f.dim)) for c in range(3)))

    body.__annotations__.update(f=Annotated[Known, domain])
    with pytest.raises(BadInput, match="not linear in the value"):
        search(Theorem(body, source="s", label="l").itself, Budget(20, 16, None, 1))


def _above_its_model(f: Any, a: Answer, b: Answer) -> list[Any]:
    return [a.f - b.f - dot(b.g, a.x - b.x)]


def _where_mu_is_less(f: Any, a: Answer, b: Answer) -> list[Any]:
    """The same where mu < L; where mu = L, a class that has no meaning."""
    return [(f.L - f.mu) / (f.L - f.mu) * (a.f - b.f - dot(b.g, a.x - b.x))]


@pytest.mark.parametrize(("pair", "proved"), [(_above_its_model, True), (_where_mu_is_less, False)])
def test_conditions_that_divide_by_what_may_be_0_prove_nothing_for_all_constants(pair: Any, proved: bool) -> None:
    class_ = by_conditions("above its models", pair=pair, constants=["L", "mu"], sufficient=True)

    def model(f: Annotated[Any, class_], x: Anywhere, y: Anywhere) -> Claim:
        """f is above its model at y."""
        return le(f(y) + dot(f.grad(y), x - y), f(x))

    statement = Theorem(model, source="s", label="l").itself
    if proved:
        assert prove_everywhere(statement)
    else:
        with pytest.raises(NotLinear, match="divides by what is 0"):
            prove_everywhere(statement)


def below_parabola(f: Annotated[Known, CLASSES["Lipschitz"]], x: Anywhere, y: Anywhere) -> Claim:
    """<g, x - y> <= |x - y|^2 + 1, true for M <= 2 and for no larger M."""
    return le(dot(f.grad(x), x - y), sq(x - y) + 1)


def nonexpansive(f: Annotated[Known, CLASSES["cocoercive"]], x: Anywhere, y: Anywhere) -> Claim:
    """|x - A x - (y - A y)| <= |x - y| for the operator A = f, true for L <= 2 and for no larger L."""
    return le(sq(x - f(x) - y + f(y)), sq(x - y))


def _between(f: Any, a: Answer, b: Answer) -> Sequence[Any]:
    """mu <= f'' <= L (Taylor, Hendrickx, Glineur 2017)."""
    (dx, dg), m = (a.x - b.x, a.g - b.g), f.mu / f.L
    return [2 * (1 - m) * (a.f - b.f - dot(b.g, dx)) - sq(dg) / f.L - f.mu * sq(dx) + 2 * m * dot(dg, dx)]


BETWEEN = by_conditions("mu <= f'' <= L", pair=_between, constants=["L", "mu"], sufficient=True)


def narrow(f: Annotated[Known, BETWEEN], x: Anywhere, y: Anywhere) -> Claim:
    """<g_x - g_y, x - y> >= L |x - y|^2/4, true for L <= 4 mu and for no larger quotient."""
    return le(f.L / 4 * sq(x - y), dot(f.grad(x) - f.grad(y), x - y))


@pytest.mark.parametrize(
    ("body", "true", "false"),
    [
        (below_parabola, lambda f: le(f.M, 2), lambda f: le(f.M, Fraction(202, 100))),
        (nonexpansive, lambda f: le(f.L, 2), lambda f: le(f.L, Fraction(202, 100))),
        (narrow, lambda f: le(f.L, 4 * f.mu), lambda f: le(f.L, Fraction(404, 100) * f.mu)),
    ],
)
def test_constants_are_drawn_up_to_the_numbers_of_a_hypothesis(body: Any, true: Any, false: Any) -> None:
    for claim, falls in ((true, False), (false, True)):
        statement = Theorem(body, source="s", label="l", given=(Given("h", claim),)).itself
        assert (search(statement, Budget(400, 64, None, 1)).counterexample is not None) is falls


def test_constants_are_drawn_between_simple_ones() -> None:
    sizes = [CLASSES["Lipschitz"].example(seed).M for seed in range(200)]
    assert any(2 < M < 5 for M in sizes)
    assert any(M > 5 for M in sizes)
    shares = [f.mu / f.L for f in (BETWEEN.example(seed) for seed in range(400))]
    assert any(Fraction(1, 2) < t < Fraction(9, 10) for t in shares)


@pytest.mark.parametrize("x", [vec(0, 0), vec(3, -1), vec(Fraction(1, 3), 2), vec(-7, 1), vec(1, 1)])
@pytest.mark.parametrize("h", [Fraction(1, 10), ONE, Fraction(7)])
def test_the_resolvent_of_a_clipped_map(x: Vec, h: Fraction) -> None:
    A = ClippedMap(Fraction(3), Fraction(-1, 2), Fraction(2), ONE, vec(1, -1))
    y = A.prox(h, x)
    assert y + h * A(y) == x
    assert A(A.minimum.at) == vec(0, 0)


@pytest.mark.parametrize(
    ("changed", "belongs"),
    [
        ({}, True),
        ({"low": ONE}, False),
        ({"high": -ONE}, False),
        ({"c": Fraction(4)}, False),
        ({"c": -ONE}, False),
        ({"L": 0 * ONE}, False),
    ],
)
def test_what_a_clipped_map_is_in(changed: dict[str, Any], belongs: bool) -> None:
    A = replace(ClippedMap(Fraction(3), Fraction(-1, 2), Fraction(2), ONE, vec(1, -1)), **changed)
    assert monotone_lipschitz_operators().member(A).decide().truth is belongs


OfThePlane = Annotated[Any, monotone_lipschitz_operators()]
InPlane = Annotated[Vec, points(2)]


def is_convex(A: OfThePlane, x: InPlane, y: InPlane) -> Claim:
    """True of linear maps alone."""
    return le(sq(A((x + y) / 2)), (sq(A(x)) + sq(A(y))) / 2)


def is_odd(A: OfThePlane, x: InPlane) -> Claim:
    """So is this."""
    return eq(A(x) + A(2 * A.minimum.at - x), 0 * x)


@pytest.mark.parametrize("body", [is_convex, is_odd])
def test_what_is_true_of_linear_maps_alone_is_refuted(body: Any) -> None:
    assert search(Theorem(body, source="s", label="l").itself, Budget(200)).counterexample is not None


def test_an_operator_has_no_values_that_a_condition_could_speak_of() -> None:
    """Its table would have values, and duality 0: the same sentence about two different classes."""
    gradients = by_conditions(
        "gradients", pair=lambda A, a, b: [a.f - b.f - dot(b.g, a.x - b.x)], operator=True, sufficient=True
    )
    A = gradients.example()
    with pytest.raises(BadInput, match="an operator has no values"):
        [A(vec(n)) for n in range(2)] if A.dim == 1 else [A(vec(*range(n, n + A.dim))) for n in range(2)]

    def body(A: Annotated[Known, gradients], x: Annotated[Vec, lambda A: points(A.dim)]) -> Claim:
        """Anything."""
        return le(0, sq(A(x)))

    with pytest.raises(NotLinear, match="an operator has no values"):
        prove_everywhere(Theorem(body, source="s", label="l").itself)


def test_constants_of_drawn_members_are_above_0_and_at_most_the_first() -> None:
    """Proofs are for such constants alone: a convex function whose mu is 0 is no member of a class with a constant mu."""

    def of(constants: tuple[str, ...]) -> Any:
        return by_conditions(
            "some functions",
            pair=lambda f, a, b: [a.f - b.f - dot(b.g, a.x - b.x)],
            constants=constants,
            sufficient=False,
            drawn=convex(minimizer="known"),
        )

    flat = PiecewiseQuadratic((Fraction(0),), (Fraction(0), Fraction(1)), Fraction(0), Fraction(0))
    assert flat.mu == 0
    for constants in (("mu",), ("L", "mu")):
        assert of(constants).member(flat).decide().truth is False
    assert of(("L",)).member(flat).decide().truth
    with pytest.raises(BadInput, match=r"a member that drawn= gives is none, .*: mu > 0"):
        [of(("L", "mu")).example(seed) for seed in range(40)]


def of_a_block(P: Any) -> Domain:
    """Functions whose gradient is Lipschitz along the block of a projection."""
    return by_conditions(
        "smooth along a block",
        pair=lambda f, a, b: [a.f - b.f - dot(b.g, a.x - b.x) - sq(P(a.g - b.g)) / (2 * f.L)],
        constants=("L",),
        minimizer=True,
        sufficient=True,
        dim=P.dim,
    )


def block_step(P: Annotated[Known, orthogonal_projections()], f: Annotated[Known, of_a_block], x: Anywhere) -> Claim:
    """A step of 1/L along the block decreases f."""
    return le(f(x - P(f.grad(x)) / f.L), f(x))


def test_a_condition_may_ask_another_member() -> None:
    tally = search(Theorem(block_step, source="s", label="l").itself, Budget(10, 16, None, 1))
    assert tally.counterexample is None
    assert tally.decided >= 8


def of_one_order(S: Any, a: Any, b: Any) -> list[Any]:
    return [dot(a.g, b.x)]


def far_apart(S: Any, a: Any, b: Any) -> list[Any]:
    return [sq(a.g - b.g) - 1]


InOneOrder = Annotated[Known, by_conditions("in one order", pair=of_one_order, operator=True, sufficient=True)]
FarApart = Annotated[Known, by_conditions("far apart", pair=far_apart, operator=True, sufficient=True)]
OfOperator = Annotated[Vec, lambda S: points(S.dim)]


def along(S: InOneOrder, v: OfOperator, w: OfOperator) -> Claim:
    """<S(v), w> >= 0, where S(w) is asked, too."""
    return both(asked=le(0, sq(S(w))), along=le(0, dot(S(v), w)))


def apart(S: FarApart, v: OfOperator, w: OfOperator) -> Claim:
    """|S(v) - S(w)| >= 1."""
    return le(1, sq(S(v) - S(w)))


@pytest.mark.parametrize("body", [along, apart])
def test_what_is_asked_of_two_answers_that_may_be_one_proves_nothing(body: Any) -> None:
    """S(v) and S(w) are one answer where v = w, of which a condition on two says nothing."""
    with pytest.raises(NotLinear, match="two answers is at least 0 where they are the same"):
        prove_everywhere(Theorem(body, source="s", label="l").itself)
