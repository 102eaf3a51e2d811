"""Roots of parameters, which are the parameters then, and rates of inductions that depend on a constant of the class."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, starts, strongly_convex
from refute import Claim, Given, Mutant, Scalar, Theorem, Vec, between, iterated, le, naturals, sq, sqrt, verify_proof
from refute.duality.decide import at_settings
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.errors import BadInput, NotLinear
from refute.proofs.for_all import as_data, lines, verify
from refute.search.sampling import examples
from refute.statements.statement import Statement

F = Fraction
Class = Annotated[Objective, strongly_convex()]
Convex = Annotated[Objective, convex()]
Start = Annotated[Vec, lambda f: starts(f)]
Steps = Annotated[int, naturals(0, drawn=4)]
State = tuple[Vec, Vec]
ONE = F(1)


def momentum(f: Class, x: Start, N: Steps, *, c: Fraction = ONE) -> Claim:
    """Nesterov's method with constant momentum."""
    s, low = sqrt(f.mu / f.L), f.minimum

    def step(k: Scalar, state: State) -> State:
        y, w = state
        ahead = (y + s * w) / (1 + s)
        g = f.grad(ahead)
        return ahead - g / f.L, (1 - s) * w + s * (ahead - g / f.mu)

    def potential(k: Scalar, state: State) -> Scalar:
        y, w = state
        return f(y) - low.value + f.mu / 2 * sq(w - low.at)

    y, _ = iterated(step, (x, x), N, potential, rate=1 - s)
    return le(f(y) - low.value, (1 - s) ** N * (f(x) - low.value + c * f.mu / 2 * sq(x - low.at)))


def distances(f: Class, x: Start, N: Steps, *, c: Fraction = ONE) -> Claim:
    """Gradient descent with 2/(L + mu)."""
    at, q = f.minimum.at, ((f.L - f.mu) / (f.L + f.mu)) ** 2
    last = iterated(lambda k, y: gradient_step(f, 2 / (f.L + f.mu), y), x, N, lambda k, y: sq(y - at), rate=q)
    return le(sq(last - at), c * q**N * sq(x - at))


def grows(f: Class, x: Start, N: Steps, *, c: Fraction = ONE) -> Claim:
    """A rate above 1 for 0 < mu <= L."""
    at, q, h = f.minimum.at, (1 + f.mu / f.L) ** 2, (2 + f.mu / f.L) / f.L
    last = iterated(lambda k, y: gradient_step(f, h, y), x, N, lambda k, y: sq(y - at), rate=q)
    return le(sq(last - at), c * q**N * sq(x - at))


def does_not_grow(f: Class, x: Start, N: Steps, *, c: Fraction = ONE) -> Claim:
    """No rate, and no number of steps but for it."""
    at = f.minimum.at
    last = iterated(lambda k, y: gradient_step(f, 2 / (f.L + f.mu), y), x, N, lambda k, y: sq(y - at))
    return le(sq(last - at), c * sq(x - at))


def of_a_step_size(f: Convex, h: Annotated[F, lambda f: between(0, 4 / f.L)], x: Start, *, c: Fraction = ONE) -> Claim:
    """The step sqrt(h/L), which is at most 2/L."""
    return le(f(gradient_step(f, sqrt(h / f.L), x)), f(x) - (1 - c) * sq(f.grad(x)) / f.L)


def of_both(f: Class, h: Annotated[F, lambda f: between(0, 1 / f.L)], x: Start, *, c: Fraction = ONE) -> Claim:
    """The distance to x_* after a step h, with 1 - sqrt(h mu) sqrt(mu/L), which is at least 1 - h mu for h <= 1/L times more."""
    s = sqrt(h * f.mu) * sqrt(h * f.mu)
    return le(sq(gradient_step(f, h, x) - f.minimum.at), c * (1 - s) * sq(x - f.minimum.at))


def of_a_square(f: Class, x: Start, *, c: Fraction = ONE) -> Claim:
    """sqrt((L - mu)^2) as L - mu, or as its opposite."""
    return le(
        sqrt((f.L + f.mu) ** 2) * sq(gradient_step(f, 1 / f.L, x) - f.minimum.at),
        c * (f.L - f.mu + f.mu**2 / f.L) * sq(x - f.minimum.at),
    )


TRUE = (momentum, distances, grows, does_not_grow, of_a_step_size, of_both, of_a_square)


def with_constant(body: Callable[..., Claim], c: Fraction) -> Statement:
    return Theorem(body, source="s", label="statement").mutated(Mutant("another constant", {"c": c}))


@pytest.mark.parametrize("body", TRUE)
def test_proved_and_checked_twice(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof is not None
    data = as_data(theorem, proof)
    assert len(verify(data, theorem, "here")) == len(proof)
    verify_proof.check(data)


@pytest.mark.parametrize("body", TRUE)
def test_false_neighbours_are_not_proved(body: Callable[..., Claim]) -> None:
    assert not prove_everywhere(with_constant(body, F(99, 100)))


def test_a_proof_names_what_its_parameters_are() -> None:
    theorem = Theorem(momentum, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof is not None
    (first, *_) = lines(proof)
    assert "t = (-m + 1)^N, m = sqrt(f.mu / L), for 0 <= t <= 1, 0 < m <= 1" in first
    theorem = Theorem(of_a_step_size, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof is not None
    assert "t = sqrt(h L), for 0 <= t <= 2" in lines(proof)[0]


def below(f: Class, h: Annotated[F, between(-1, 1)], x: Start) -> Claim:
    """The root of what may be negative."""
    return le(f(gradient_step(f, sqrt(h), x)), f(x))


def without_an_end(f: Convex, h: Annotated[F, lambda f: between(None, 1 / f.L)], x: Start) -> Claim:
    """So, too."""
    return le(f(gradient_step(f, sqrt(h / f.L), x)), f(x))


def of_a_sum(f: Class, x: Start) -> Claim:
    """The root of a sum."""
    return le(f(gradient_step(f, sqrt(1 + f.mu / f.L) / f.L, x)), f(x))


def of_no_square(f: Class, x: Start) -> Claim:
    """The root of 2 mu/L."""
    return le(f(gradient_step(f, sqrt(2 * f.mu / f.L) / f.L, x)), f(x))


def in_other_units(f: Convex, x: Start) -> Claim:
    """The root of L alone."""
    return le(f(gradient_step(f, 1 / sqrt(f.L), x)), f(x))


def with_an_end_that_has_no_root(f: Convex, h: Annotated[F, lambda f: between(0, 2 / f.L)], x: Start) -> Claim:
    """h <= 2/L, and so sqrt(h L) <= sqrt(2)."""
    return le(f(gradient_step(f, sqrt(h / f.L), x)), f(x))


def of_steps(f: Convex, x: Start, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
    """The root of a number of steps."""
    return le(f(gradient_step(f, 1 / (f.L * sqrt(N)), x)), f(x))


def of_another_function(f: Class, x: Start) -> Claim:
    """A step that is no root."""
    from refute import exp

    return le(f(gradient_step(f, exp(-f.mu / f.L) / f.L, x)), f(x))


def with_rate(rate: Callable[[Any, Any], Any], least: int = 0) -> Callable[..., Claim]:
    """An induction with another rate."""

    def body(f: Class, x: Start, N: Annotated[int, naturals(least, drawn=4)]) -> Claim:
        at = f.minimum.at
        q = rate(f, N)
        last = iterated(lambda k, y: gradient_step(f, 1 / f.L, y), x, N, lambda k, y: sq(y - at), rate=q)
        return le(sq(last - at), q**N * sq(x - at) + sq(x - at))

    return body


def counts(f: Class, x: Start, N: Steps) -> Claim:
    """A potential that knows how many steps there were, beside the constant of the class."""
    low = f.minimum

    def potential(k: Scalar, y: Vec) -> Scalar:
        return k * (f(y) - low.value) + f.L / 2 * sq(y - low.at)

    last = iterated(lambda k, y: gradient_step(f, 1 / f.L, y), x, N, potential)
    return le(N * (f(last) - low.value), f.L / 2 * sq(x - low.at))


@pytest.mark.parametrize(
    "body",
    [
        below,
        without_an_end,
        of_a_sum,
        of_no_square,
        in_other_units,
        with_an_end_that_has_no_root,
        of_steps,
        of_another_function,
        counts,
        with_rate(lambda f, N: (f.mu - f.L) / f.L),
        with_rate(lambda f, N: f.mu * 2 / f.L),
        with_rate(lambda f, N: f.mu),
        with_rate(lambda f, N: 1 / (N + 1)),
        with_rate(lambda f, N: F(0)),
        with_rate(lambda f, N: F(-1)),
        with_rate(lambda f, N: f.L / (f.L - f.mu)),
    ],
)
def test_what_is_not_covered(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        cases(Theorem(body, source="s", label="statement").itself)


def weighed(f: Class, x: Start, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
    """What q^N times both sides say: nothing for mu = L, where q = 0."""
    return le(sq(f.grad(x)), f.L**2 * sq(x - f.minimum.at) / 4)


def by_powers(f: Class, x: Start, N: Annotated[int, naturals(1, drawn=4)], q: Any) -> Claim:
    return le(q**N * sq(f.grad(x)), q**N * f.L**2 * sq(x - f.minimum.at) / 4)


def of_a_rate_that_may_be_0(f: Any, x: Any, N: Any) -> Claim:
    return by_powers(f, x, N, 1 - f.mu / f.L)


def of_a_rate_above_0(f: Any, x: Any, N: Any) -> Claim:
    return by_powers(f, x, N, 2 - f.mu / f.L)


@pytest.mark.parametrize(("given", "follows"), [(of_a_rate_that_may_be_0, False), (of_a_rate_above_0, True)])
def test_nothing_follows_from_what_a_power_that_is_0_multiplies(given: Callable[..., Claim], follows: bool) -> None:
    """f = x^2/2 has mu = L: the hypothesis is 0 <= 0, and the conclusion is false."""
    theorem = Theorem(weighed, source="s", label="statement", given=(Given("weighed", given),))
    assert bool(prove_everywhere(theorem.itself)) == follows


def opposite(f: Class, x: Start) -> Claim:
    """-(L - mu) <= 0 if the root is L - mu, and false with the other sign."""
    return le(-sqrt((f.mu - f.L) ** 2) * sq(x - f.minimum.at), 0 * f(x))


def test_a_root_is_not_negative() -> None:
    """(L - mu)^2 is the square of mu - L, too, which is negative."""

    def wrong(f: Class, x: Start) -> Claim:
        return le(sqrt((f.mu - f.L) ** 2) * sq(x - f.minimum.at), (f.mu - f.L) * sq(x - f.minimum.at))

    for body in (wrong, opposite):
        try:
            proved = prove_everywhere(Theorem(body, source="s", label="statement").itself)
        except NotLinear:
            continue
        assert bool(proved) == (body is opposite)


@pytest.mark.parametrize(("body", "c"), [(momentum, F(1, 4)), (of_a_square, F(9, 10))])
def test_a_false_statement_is_refuted_where_the_roots_are_rational(body: Callable[..., Claim], c: Fraction) -> None:
    statement = with_constant(body, c)
    found = at_settings(statement, lambda: examples(statement, 1, 12))
    assert found is not None
    assert found.counterexample is not None
    assert statement.check(found.counterexample).conclusion.truth is False


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda case: case.update(t="N"), "over a power"),
        (lambda case: case["functions"][0].update(low={"p": ["0"], "q": ["1"]}), "squares"),
    ],
)
def test_both_checkers_see_what_was_changed(change: Callable[[dict[str, Any]], None], why: str) -> None:
    theorem = Theorem(distances, source="s", label="statement")
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    change(data["cases"][0])
    with pytest.raises(verify_proof.NoProof, match=why):
        verify_proof.check(data)
    with pytest.raises(BadInput):
        verify(data, theorem, "here")
