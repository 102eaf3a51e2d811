"""Statements about all step sizes and all mu at once: true ones are proved as a paper proves them, false ones close to them are not."""

import copy
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, starts, step_sizes, strongly_convex
from refute import Claim, Domain, Given, Theorem, Vec, any_of, between, both, le, lt, such_that, verify_proof
from refute.duality.everywhere import prove_everywhere, unproved
from refute.duality.parameters.cases import cases
from refute.errors import BadInput, NotLinear
from refute.numbers.vector import sq
from refute.proofs.for_all import as_data, lines, verify
from refute.statements.claims import known

F = Fraction
ONE = F(1)
Class = Annotated[Objective, strongly_convex()]
Start = Annotated[Vec, lambda f: starts(f)]
Long = Annotated[F, lambda f: step_sizes(f.L + f.mu, 2, closed=True)]
UpTo1 = Annotated[F, lambda f: step_sizes(f.L, 1, closed=True)]
UpTo2 = Annotated[F, lambda f: step_sizes(f.L, 2)]


def nesterov(f: Class, h: Long, x: Start, *, c: Fraction = ONE) -> Claim:
    """Nesterov 2004, Theorem 2.1.15."""
    y, s = gradient_step(f, h, x), f.minimum.at
    return le(sq(y - s), (1 - c * 2 * h * f.mu * f.L / (f.mu + f.L)) * sq(x - s))


def contraction(f: Class, h: Long, x: Start, y: Annotated[Vec, lambda f: starts(f)], *, c: Fraction = ONE) -> Claim:
    """Two iterates come closer by 1 - h mu."""
    return le(sq(gradient_step(f, h, x) - gradient_step(f, h, y)), c * (1 - h * f.mu) ** 2 * sq(x - y))


def values(f: Class, h: Long, x: Start, *, c: Fraction = ONE) -> Claim:
    """Values decrease by (1 - h mu)^2."""
    return le(f(gradient_step(f, h, x)) - f.minimum.value, c * (1 - h * f.mu) ** 2 * (f(x) - f.minimum.value))


def as_dominated(f: Class, h: UpTo2, x: Start, *, c: Fraction = ONE) -> Claim:
    """Values decrease as those of gradient-dominated functions do."""
    rate = 1 - c * f.mu * h * (2 - h * f.L)
    return le(f(gradient_step(f, h, x)) - f.minimum.value, rate * (f(x) - f.minimum.value))


def loose(f: Class, h: UpTo1, x: Start, *, c: Fraction = ONE) -> Claim:
    """1 - h mu in place of (1 - h mu)^2: many weights would do."""
    y, s = gradient_step(f, h, x), f.minimum.at
    return le(sq(y - s), c * (1 - h * f.mu) * sq(x - s))


TRUE = (nesterov, contraction, values, as_dominated, loose)


@pytest.mark.parametrize("body", TRUE)
def test_proved_and_checked_twice(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof is not None
    data = as_data(theorem, proof)
    assert data["format"] == "refute proof 2"
    assert verify(data, theorem, "here")[0].weights.keys() == proof[0].weights.keys()
    assert "0 < m <= 1, m = f.mu / L" in verify_proof.check(data)[0]
    assert "m = f.mu / L" in lines(proof)[0]


@pytest.mark.parametrize("body", TRUE)
def test_false_neighbours_are_not_proved(body: Callable[..., Claim]) -> None:
    c = F(1001, 1000) if body in (nesterov, as_dominated) else F(999, 1000)
    statement = replace(Theorem(body, source="s", label="statement").itself, constants={"c": c})
    assert prove_everywhere(statement) is None


def too_long(f: Class, h: UpTo2, x: Start) -> Claim:
    """The contraction beyond 2/(L + mu): false."""
    y, s = gradient_step(f, h, x), f.minimum.at
    return le(sq(y - s), (1 - h * f.mu) ** 2 * sq(x - s))


def test_a_worst_case_says_where_it_is_false() -> None:
    (part,) = unproved(Theorem(too_long, source="s", label="statement").itself)
    assert part.violated
    assert all(at["t"] * (1 + at["m"]) > 2 for at in part.violated)


def beyond(f: Any) -> Domain:
    """More step sizes than its ends say."""
    return replace(step_sizes(f.L + f.mu, 2, closed=True), member=lambda h: known(True, "any"))


def of_more(f: Class, h: Annotated[F, beyond], x: Start) -> Claim:
    """The contraction for a domain that has more members than it says."""
    return too_long(f, h, x)


def divided(f: Class, h: Annotated[F, between(0, 1)], x: Start) -> Claim:
    """Divided by a number that may be 0."""
    return le(h * sq(f.grad(x)) / h, f.L * f.L * sq(x - f.minimum.at))


def at_a_pole(f: Class, h: UpTo2, x: Start) -> Claim:
    """Divided by 1 - h L, which is 0 inside."""
    return le(sq(f.grad(x)) * (1 - h * f.L) / (1 - h * f.L), f.L * f.L * sq(x - f.minimum.at))


@pytest.mark.parametrize("body", [of_more, divided, at_a_pole])
def test_statements_that_two_parameters_do_not_cover(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="statement").itself)


def of_a_hypothesis(f: Class, h: UpTo1, x: Start) -> Claim:
    """As the hypothesis says, divided by a number."""
    return le(sq(f.grad(x)), f.L**3 / (2 * f.L - f.mu) * sq(x - f.minimum.at))


def of_another_hypothesis(f: Class, h: UpTo1, x: Start) -> Claim:
    """False for mu = L alone, where the hypothesis says nothing."""
    return le(sq(f.grad(x)), f.L**2 / 2 * sq(x - f.minimum.at))


def test_the_weight_of_a_hypothesis_has_no_pole() -> None:
    half = Given(
        "half",
        lambda f, x: le((f.L - f.mu) * sq(f.grad(x)), (f.L - f.mu) * f.L**2 / 2 * sq(x - f.minimum.at)),
    )
    weights = {"bounded": of_a_hypothesis, "with a pole": of_another_hypothesis}
    less = Given("less", lambda f, x: le((2 * f.L - f.mu) * sq(f.grad(x)), f.L**3 * sq(x - f.minimum.at)))
    found = {
        name: prove_everywhere(Theorem(body, source="s", label="statement", given=(given,)).itself)
        for (name, body), given in zip(weights.items(), (less, half), strict=True)
    }
    assert found["bounded"]
    assert found["with a pole"] is None


def in_other_units(f: Class, h: Annotated[F, between(F(0), F(1))], x: Start) -> Claim:
    """h <= 1, and not h L <= 1: false for L > 2."""
    return le(f(gradient_step(f, h, x)), f(x))


def of_a_square(f: Class, h: Annotated[F, lambda f: between(0, 2 / ((f.L + f.mu) * f.L))], x: Start) -> Claim:
    """Theorem 2.1.15 where h is bounded by what is no length of a step: false for small L."""
    return nesterov(f, h, x)


def of_a_number(f: Class, h: Annotated[F, lambda f: between(0, 2 * f.L / (f.L + f.mu))], x: Start) -> Claim:
    """The same, for large L."""
    return nesterov(f, h, x)


@pytest.mark.parametrize("body", [in_other_units, of_a_square, of_a_number])
def test_an_end_in_other_units_is_no_end_for_every_L(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="statement").itself
    with pytest.raises(NotLinear):
        cases(statement)


def at_far_ends(f: Any) -> Domain:
    """h L = 1 belongs to it for large L alone."""
    return such_that(between(F(0), 1 / f.L), "some", lambda h: any_of(inside=lt(h * f.L, 1), far=lt(10**9, f.L)))


def at_odd_ends(f: Any) -> Domain:
    """h L = 1 belongs to it for some mu alone."""
    inside = {"near": lt(f.L, 5 * f.mu), "far": lt(3 * f.mu, f.L)}
    return such_that(between(F(0), 1 / f.L), "some", lambda h: any_of(inside=lt(h * f.L, 1), odd=both(**inside)))


def of_own_members(f: Any) -> Domain:
    """The same, said by a domain of one's own."""
    return replace(between(F(0), 1 / f.L), member=lambda h: any_of(inside=lt(h * f.L, 1), far=lt(10**9, f.L)))


@pytest.mark.parametrize("domain", [at_far_ends, at_odd_ends, of_own_members])
def test_an_end_that_may_belong_for_another_scale_belongs(domain: Callable[..., Domain]) -> None:
    """There a hypothesis that is multiplied by 1 - h L says nothing."""

    def halves(f: Class, h: Annotated[F, domain], x: Start) -> Claim:
        """|grad f(x)|^2 <= L^2 |x - x_*|^2/2."""
        return le(sq(f.grad(x)), f.L**2 * sq(x - f.minimum.at) / 2)

    def hypothesis(f: Any, h: Any, x: Any) -> Claim:
        return le((1 - h * f.L) * sq(f.grad(x)), (1 - h * f.L) * f.L**2 * sq(x - f.minimum.at) / 2)

    given = (Given("half", hypothesis),)
    statement = Theorem(halves, source="s", label="statement", given=given).itself
    with suppress(NotLinear):  # a domain that is asked for more than its ends
        assert not prove_everywhere(statement)


def test_of_one_parameter_too() -> None:
    def divided_at_its_end(f: Annotated[Objective, convex()], h: Annotated[F, at_far_ends], x: Start) -> Claim:
        """Divided by 1 - h L."""
        return le(sq(f.grad(x)) * (1 - h * f.L) / (1 - h * f.L), sq(f.grad(x)))

    with pytest.raises(NotLinear, match="divides by what is 0"):
        cases(Theorem(divided_at_its_end, source="s", label="statement").itself)


#: Changes to a proof for two parameters, none of which leaves one.
FORGED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a longer region": lambda d: d["cases"][0].update(region=[d["cases"][0]["region"][0], {"p": ["2"], "q": ["1"]}]),
    "no upper end": lambda d: d["cases"][0].update(region=[d["cases"][0]["region"][0], None]),
    "no region": lambda d: d["cases"][0].pop("region"),
    "another format": lambda d: d.update(format="refute proof 1"),
    "ends of a part": lambda d: d["parts"][0].update({"from": "1", "to": "1"}),
    "ends of the case": lambda d: (
        d["cases"][0].update({"from": "1", "to": "1"}),
        d["parts"][0].update({"from": "1", "to": "1"}),
    ),
    "a smaller weight": lambda d: d["parts"][0]["weights"][0].update(q=["2"]),
    "a weight that is negative for small m": lambda d: d["parts"][0]["weights"][0].update(p=[["-1/1000", "1"]]),
    "m in place of t": lambda d: d["parts"][0]["weights"][0].update(p=[["0", "2"]]),
    "low above 1": lambda d: d["cases"][0]["functions"][0].update(low={"p": [["1/2", "1"]], "q": ["1"]}),
    "a step of an induction": lambda d: d["cases"][0]["claims"][0].update(step=True),
    "a list in a list": lambda d: d["parts"][0]["weights"][0].update(p=[[["1"]]]),
}


@pytest.fixture(scope="module")
def of_contraction() -> tuple[Theorem, dict[str, Any]]:
    theorem = Theorem(contraction, source="s", label="statement")
    return theorem, as_data(theorem, prove_everywhere(theorem.itself) or [])


@pytest.mark.parametrize("change", FORGED)
def test_forged_proofs_for_two_parameters_are_rejected(
    change: str, of_contraction: tuple[Theorem, dict[str, Any]]
) -> None:
    theorem, data = of_contraction[0], copy.deepcopy(of_contraction[1])
    FORGED[change](data)
    with pytest.raises((verify_proof.NoProof, TypeError, AttributeError)):
        verify_proof.check(data)
    with pytest.raises(BadInput):
        verify(data, theorem, "here")


A_POLE = {"p": ["1"], "q": [["1", "-4", "4"]]}  # 1/(2 m - 1)^2


@pytest.mark.parametrize("where", ["the weight of a hypothesis", "a hypothesis", "a claim"])
def test_the_second_checker_sees_a_pole_in_m_alone(where: str) -> None:
    """A quotient is kept with a denominator that is monic in t: a factor in m stands in its coefficients."""
    one = {"p": ["1"], "q": ["1"]}
    case = {
        "fixed": {}, "t": "h L", "from": "", "to": "", "m": "f.mu / L", "region": [{"p": [], "q": ["1"]}, one],
        "vectors": ["x"], "values": [], "functions": [],
        "conditions": [{"says": "given", "form": {"0 0": {"p": [["-1", "4", "-4"]], "q": ["1"]}}}],
        "claims": [{"says": "|x|^2 <= 0", "form": {"0 0": {"p": ["-1"], "q": ["1"]}}, "step": False, "strict": False}],
    }  # fmt: skip
    weights: list[Any] = [{"of": "given", "number": 0, **A_POLE}]
    if where == "a hypothesis":
        case["conditions"] = [{"says": "given", "form": {"0 0": {"p": ["-1"], "q": A_POLE["q"]}}}]
        weights = [{"of": "given", "number": 0, "p": A_POLE["q"], "q": ["1"]}]
    elif where == "a claim":
        case["claims"] = [{"says": "no value", "form": {"0 0": A_POLE}, "step": False, "strict": False}]
        weights = []
    part = {"fixed": {}, "claim": 0, "from": "", "to": "", "weights": weights}
    with pytest.raises(verify_proof.NoProof, match="pole"):
        verify_proof.check({"format": "refute proof 2", "cases": [case], "parts": [part]})


def test_narrowed_numbers_are_not_forgotten() -> None:
    """A part of an interval is covered by the whole."""

    def shorter(f: Any) -> Domain:
        return such_that(step_sizes(f.L, 2), "h L <= 1", lambda h: le(h * f.L, 1))

    def body(f: Class, h: Annotated[F, shorter], x: Start) -> Claim:
        return as_dominated(f, h, x)

    assert prove_everywhere(Theorem(body, source="s", label="statement").itself)
