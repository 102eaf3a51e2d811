"""Any number of steps: proved by a potential that does not grow, and by none that grows."""

import itertools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from objectives import Known, Objective, by_conditions, convex_sets, gradient_step, lipschitz_operators, strongly_convex
from refute import (
    Claim,
    Given,
    Scalar,
    Theorem,
    Vec,
    at_least,
    between,
    both,
    dot,
    every,
    iterated,
    le,
    naturals,
    points,
    sq,
    verify_proof,
)
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.cases import cases
from refute.duality.parameters.ratio import parameters
from refute.duality.problem import posed
from refute.duality.weights import checked
from refute.errors import NotLinear
from refute.proofs.for_all import as_data
from refute.sources.asked import power
from refute.sources.discover import theorems_of
from tests.refute.duality.statements import Convex, Point, WithMinimizer

HALF = Fraction(1, 2)
UpTo5 = Annotated[Objective, strongly_convex(mu=1, L=5)]


def rate(from_: int, power: int = 1, times: int = 1, claimed: int = 1) -> Callable[..., Claim]:
    """N^power (f(x_N) - f_*) <= claimed L/2 |x_0 - x_*|^2 after times N steps, by the potential k^power (f - f_*) + L/2 |x - x_*|^2."""

    def statement(f: WithMinimizer, x: Point, N: Annotated[int, naturals(from_, drawn=4)]) -> Claim:
        """A rate."""
        low = f.minimum

        def potential(k: Scalar, y: Vec) -> Scalar:
            return k**power * (f(y) - low.value) + HALF * f.L * sq(y - low.at)

        last = iterated(lambda k, y: gradient_step(f, 1 / f.L, y), x, times * N, potential)
        return le(N**power * (f(last) - low.value), claimed * HALF * f.L * sq(x - low.at))

    return statement


def statement(body: Any) -> Any:
    return Theorem(body, source="s", label="statement").itself


def test_a_potential_that_does_not_grow_proves_the_rate_for_every_number_of_steps() -> None:
    proof = prove_everywhere(statement(rate(1)))
    assert proof
    assert {w.claim.induction for w in proof} == {False, True}


def test_no_step_is_needed_for_no_steps() -> None:
    """N = 0 takes no step, so that nothing is asked of a step -1, at which this potential grows."""
    proof = prove_everywhere(statement(rate(0)))
    assert proof
    assert {w.case.ends for w in proof if w.claim.induction} == {(Fraction(1), None)}
    assert {w.case.ends for w in proof if not w.claim.induction} == {(Fraction(0), None)}


def normals(least: int) -> Callable[..., Claim]:
    """(1/4 - N) |n|^2 <= 64 for N >= least and a normal n at z to a convex set without two normals at an obtuse angle: false for N = 0, true from N = 1 on."""
    acute = by_conditions(
        "convex sets whose normals make no obtuse angle",
        pair=lambda Q, a, b: [dot(a.g, a.x - b.x), dot(a.g, b.g)],
        operator=True,
        sufficient=True,
    )

    def statement(
        Q: Annotated[Known, acute],
        z: Annotated[Vec, lambda Q: points(Q.dim)],
        N: Annotated[int, naturals(least, drawn=4)],
    ) -> Claim:
        """Normals."""
        n = Q(z)
        last = iterated(lambda k, y: Q.prox(k + HALF, z + n), z, N, lambda k, y: 0 * sq(y))
        return le((Fraction(1, 4) - N) * sq(n), 64 + 0 * sq(last))

    return statement


def test_what_is_asked_in_a_step_proves_nothing_of_no_steps() -> None:
    """For N = 0 the step N - 1 = -1 asks for a proximal point with the step -1/2, which need not exist."""
    assert not prove_everywhere(statement(normals(0)))
    assert prove_everywhere(statement(normals(1)))


def test_the_second_checker_refuses_the_step_where_there_is_none() -> None:
    theorem = Theorem(rate(0), source="s", label="statement")
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    verify_proof.check(data)
    (case,) = data["cases"]
    for condition in case["conditions"]:
        condition["of_step"] = True
    with pytest.raises(verify_proof.NoProof, match="none before the first"):
        verify_proof.check(data)


def test_a_potential_that_grows_proves_nothing() -> None:
    assert not prove_everywhere(statement(rate(1, power=2)))


def test_what_does_not_follow_from_the_potential_is_not_proved() -> None:
    assert not prove_everywhere(statement(rate(1, claimed=0)))


@pytest.mark.parametrize(("from_", "times"), [(2, 1), (1, 2)])
def test_an_induction_begins_with_the_first_step_and_takes_each(from_: int, times: int) -> None:
    with pytest.raises(NotLinear, match="induction"):
        cases(statement(rate(from_, times=times)))


def test_a_step_is_not_shown_by_what_follows_from_it() -> None:
    (case,) = cases(statement(rate(1)))
    proof = prove_everywhere(statement(rate(1)))
    assert proof
    (step,) = (w for w in proof if w.claim.induction)
    (k,) = (i for i, c in enumerate(case.problem.conditions) if c.induction)
    zero = next(iter(step.weights.values())) * 0
    assert checked(step.case, step.claim, step.weights)
    assert checked(step.case, step.claim, {**step.weights, k: zero}) is None


def descent(
    size: Callable[[Any, Any], Any],
    potential: Callable[[Any, Any, Any], Any] = lambda k, N, d: d,
    claimed: Any = lambda N: 1,
) -> Callable[..., Claim]:
    """|x_N - x_*|^2 <= claimed |x_0 - x_*|^2 for steps of size(k, N)/L."""

    def body(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
        """Distances do not grow."""
        low = f.minimum.at
        last = iterated(
            lambda k, y: gradient_step(f, size(k, N) / f.L, y), x, N, lambda k, y: potential(k, N, sq(y - low))
        )
        return le(sq(last - low), claimed(N) * sq(x - low))

    return body


def test_a_step_or_potential_that_knows_the_number_of_steps_is_no_step() -> None:
    """For each N these are other steps: what holds of the last one says nothing of the others."""
    assert prove_everywhere(statement(descent(lambda k, N: Fraction(1, 2))))
    late = [
        descent(lambda k, N: (N - k) * Fraction(1, 4)),
        descent(lambda k, N: Fraction(3, 2) + (N - 1 - k) * Fraction(1, 1000)),
        descent(lambda k, N: 1, lambda k, N, d: d * (1 - (N - k) * (N - 1 - k) * Fraction(1, 10**9))),
    ]
    for body in late:
        with pytest.raises(NotLinear, match="number of steps"):
            prove_everywhere(statement(body))


def test_hypotheses_on_the_number_of_steps_are_not_those_of_each_step() -> None:
    def body(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
        """With steps 3/L distances grow, whatever N is."""
        low = f.minimum.at
        last = iterated(lambda k, y: gradient_step(f, 3 / f.L, y), x, N, lambda k, y: k * sq(y - low) - 10**6 * k)
        return le(N * sq(last - low) - 10**6 * N, 0)

    far = Given("N is beyond a million", lambda N: le(10**6, N))
    theorem = Theorem(body, source="s", label="statement", given=(far,))
    (case,) = cases(theorem.itself)
    (k,) = (i for i, c in enumerate(case.problem.conditions) if c.hypothesis)
    (step,) = (c for c in case.problem.claims if c.induction)
    t = parameters()[0]
    assert checked(case, step, {k: t * 0}) is None
    assert not prove_everywhere(theorem.itself)


def test_a_step_that_remembers_is_none() -> None:
    def remembers(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
        """From the eleventh step on the steps are too long."""
        seen: list[int] = []
        low = f.minimum.at

        def step(k: Any, y: Vec) -> Vec:
            seen.append(1)
            return gradient_step(f, (1 if len(seen) <= 10 else 100) / f.L, y)

        return le(sq(iterated(step, x, N, lambda k, y: sq(y - low)) - low), sq(x - low))

    with pytest.raises(NotLinear, match="the next time"):
        prove_everywhere(statement(remembers))


def test_two_inductions_have_states_of_their_own_names() -> None:
    def two(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=4)]) -> Claim:
        """N steps, and N further steps, do not lead away."""
        low = f.minimum.at

        def some(y: Vec) -> Vec:
            last: Vec = iterated(lambda k, z: gradient_step(f, 1 / f.L, z), y, N, lambda k, z: sq(z - low))
            return last

        return le(sq(some(some(x)) - low), sq(x - low))

    theorem = Theorem(two, source="bansal-gupta-2019", label="two")
    proof = prove_everywhere(theorem.itself)
    assert proof
    assert len({v.name for v in proof[0].case.problem.vectors}) == len(proof[0].case.problem.vectors)


def test_with_numbers_it_is_the_loop() -> None:
    assert iterated(lambda k, y: y + k, 0, 4, lambda k, y: y) == 6
    assert iterated(lambda k, y: (y[1], y[0]), (1, 2), 3, lambda k, y: y) == (2, 1)


def knows_by_what_was_asked(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=5)]) -> Claim:
    """False, at f = x^2/2, x = 1 and N = 6: the potential speaks of f at a point that depends on N, so that it is shown for the last step alone."""
    low = f.minimum
    gap = f(low.at + N * (x - low.at)) - low.value

    def potential(k: Scalar, y: Vec) -> Scalar:
        return k * gap - HALF * f.L * (k * (k + 1) * (2 * k + 1) / 6 + 16 * k) * sq(x - low.at)

    iterated(lambda k, y: y, x, N, potential)
    return le(gap, HALF * f.L * ((N + 1) * (2 * N + 1) / 6 + 16) * sq(x - low.at))


def knows_by_a_step_from_there(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=5)]) -> Claim:
    """The same with the value one step further on."""
    low = f.minimum
    ahead = low.at + N * (x - low.at)
    gap = f(ahead - f.grad(ahead) / f.L) - low.value

    def potential(k: Scalar, y: Vec) -> Scalar:
        return k * gap - HALF * f.L * (k * (k + 1) * (2 * k + 1) / 6 + 16 * k) * sq(x - low.at)

    iterated(lambda k, y: y, x, N, potential)
    return le(gap, HALF * f.L * ((N + 1) * (2 * N + 1) / 6 + 16) * sq(x - low.at))


def counts(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=5)]) -> Claim:
    """False for N >= 7: the step counts its calls in an entry of a list."""
    low, calls = f.minimum, [0]

    def step(k: Scalar, y: Vec) -> Vec:
        calls[0] = calls[0] + 1
        return gradient_step(f, 1 / f.L, y)

    y = iterated(step, x, N, lambda k, y: HALF * f.L * sq(y - low.at))
    return le(f(y) - low.value, f.L * (6 - calls[0]) / 6 * sq(x - low.at))


def begins_an_iterator(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=5)]) -> Claim:
    """The step takes the next entry of what it was given once."""
    low, rates = f.minimum, map(abs, (1, 0, 0, 0, 0, 0))

    def step(k: Scalar, y: Vec) -> Vec:
        for rate in rates:
            return y - rate * f.grad(y) / f.L
        return y

    y = iterated(step, x, N, lambda k, y: HALF * f.L * sq(y - low.at))
    return le(sq(y - low.at), sq(x - low.at))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (knows_by_what_was_asked, "depends on the number of steps"),
        (knows_by_a_step_from_there, "depends on the number of steps"),
        (counts, "the next time"),
        (begins_an_iterator, "the next time"),
    ],
)
def test_a_step_has_no_other_way_to_know_how_many_there_are(body: Callable[..., Claim], why: str) -> None:
    with pytest.raises(NotLinear, match=why):
        cases(statement(body))


def nested(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """(N - 1)^2 <= 1: false, with an induction within the step whose potential speaks of the other counter."""

    def rounds(k: Scalar, y: Vec) -> Vec:
        inner: Vec = iterated(lambda j, z: z, y, N, lambda j, z: -((j - k) ** 2) * sq(x - f.minimum.at))
        return inner

    iterated(rounds, x, N, lambda k, y: 0 * sq(y - f.minimum.at))
    return le((N - 1) ** 2 * sq(x - f.minimum.at), sq(x - f.minimum.at))


def streams(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """Only the first step moves."""
    low, sizes = f.minimum, itertools.chain((1,), itertools.repeat(0))

    def step(k: Scalar, y: Vec) -> Vec:
        for h in itertools.islice(sizes, 1):
            y = y - h * f.grad(y) / f.L
        return y

    last = iterated(step, x, N, lambda k, y: k * (f(y) - low.value) + HALF * f.L * sq(y - low.at))
    return le(N * (f(last) - low.value), HALF * f.L * sq(x - low.at))


def generates(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """The generator is empty from the second step on."""
    low, sizes = f.minimum, (1 / f.L for _ in range(1))
    last = iterated(
        lambda k, y: y - sum(sizes) * f.grad(y), x, N, lambda k, y: k * (f(y) - low.value) + HALF * f.L * sq(y - low.at)
    )
    return le(N * (f(last) - low.value), HALF * f.L * sq(x - low.at))


def added(log: Any, y: Vec) -> Any:
    log += [y]
    return log


def logs(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """A list that is changed in place by a function that it is given to."""
    low, log = f.minimum, []  # type: ignore[var-annotated]

    def step(k: Scalar, y: Vec) -> Vec:
        return y - f.grad(y) / f.L if len(added(log, y)) < 2 else y

    last = iterated(step, x, N, lambda k, y: k * (f(y) - low.value) + HALF * f.L * sq(y - low.at))
    return le(N * (f(last) - low.value), HALF * f.L * sq(x - low.at))


def potential_of(f: Any) -> Callable[[Scalar, Vec], Scalar]:
    return lambda k, y: k * (f(y) - f.minimum.value) + HALF * f.L * sq(y - f.minimum.at)


def sizes_of(f: Any, x: Vec, N: Any, size: Callable[[], Any]) -> Claim:
    """The rate of gradient descent, with a step whose size is asked for each time."""
    last = iterated(lambda k, y: y - size() / f.L * f.grad(y), x, N, potential_of(f))
    return le(N * (f(last) - f.minimum.value), HALF * f.L * sq(x - f.minimum.at))


def cycles(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """Six short steps, then one of 5/L, and so on: more than a step is run to see whether it is the same."""
    sizes = itertools.cycle((1, 1, 1, 1, 1, 1, 5))

    def size() -> Any:
        (c,) = itertools.islice(sizes, 1)
        return c

    return sizes_of(f, x, N, size)


def holds_a_generator(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """A generator that nothing names but the loop that leaves it at once."""
    held = (5 if n == 30 else 1 for n in range(1000))

    def size() -> Any:
        for c in held:
            return c
        return 0

    return sizes_of(f, x, N, size)


def has_a_list_as_a_default(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """A list that grows in place, without a word that says so."""
    done: list[int] = []

    def size(done: list[int] = done) -> Any:
        done += [1]
        return 1 if len(done) < 7 else 5

    return sizes_of(f, x, N, size)


DONE: list[int] = []


def has_a_list_of_the_module(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """The same with a list of the module under another name."""

    def size() -> Any:
        done = DONE
        done += [1]
        return 1 if len(done) < 7 else 5

    return sizes_of(f, x, N, size)


HELD = ([],)  # type: ignore[var-annotated]


def has_a_list_in_a_tuple(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """The same, kept in a tuple of the module."""
    before = len(HELD[0])

    def size() -> Any:
        done = HELD[0]
        done += [1]
        return 1 if len(done) - before < 7 else 5

    return sizes_of(f, x, N, size)


SIZES = (Fraction(1), Fraction(1))


def keeps_lists_of_its_own(f: WithMinimizer, x: Point, N: Annotated[int, naturals(1, drawn=2)]) -> Claim:
    """Lists of the body and iterators that are used up where they are made: an honest induction."""

    def step(k: Scalar, y: Vec) -> Vec:
        parts = []
        for size, weight in zip(SIZES, (Fraction(1, 2), Fraction(1, 2)), strict=True):
            parts.append(y - size * weight / f.L * f.grad(y) * 2)
        return (parts[0] + parts[1]) / 2

    last = iterated(step, x, N, potential_of(f))
    claims = []
    claims.append(le(N * (f(last) - f.minimum.value), HALF * f.L * sq(x - f.minimum.at)))
    return every(claims)


def test_lists_of_a_body_are_no_memory() -> None:
    assert prove_everywhere(statement(keeps_lists_of_its_own))


KEPT = [
    has_a_list_in_a_tuple,
    nested,
    streams,
    generates,
    logs,
    cycles,
    holds_a_generator,
    has_a_list_as_a_default,
    has_a_list_of_the_module,
]


@pytest.mark.parametrize("body", KEPT)
def test_a_step_that_is_another_one_the_next_time_is_none(body: Callable[..., Claim]) -> None:
    with pytest.raises(NotLinear):
        cases(statement(body))


def linear(
    q: Fraction, *, claimed: Any = 1, also: Callable[[Any], Any] = lambda N: 0, bound: Fraction | None = None
) -> Any:
    """claimed q^-N |x_N - x_*|^2 <= |x_0 - x_*|^2 for gradient descent with h = 1/3 on 1 <= f'' <= 5, whose best q is 4/9."""

    def statement(f: UpTo5, x: Point, N: Annotated[int, naturals(0, drawn=4)]) -> Claim:
        """A linear rate."""
        at = f.minimum.at

        def potential(k: Scalar, y: Vec) -> Scalar:
            return power(1 / q, k) * sq(y - at)

        last = iterated(lambda k, y: y - f.grad(y) / 3, x, N, potential)
        return le(claimed * power(1 / (bound or q), N) * sq(last - at) + also(N) * sq(x - at), sq(x - at))

    return statement


def test_linear_rates_for_every_number_of_steps() -> None:
    for q in (Fraction(4, 9), Fraction(1, 2)):
        assert prove_everywhere(statement(linear(q)))
    assert prove_everywhere(statement(linear(Fraction(4, 9), bound=Fraction(4, 9), claimed=Fraction(1, 2))))


def test_powers_begin_with_the_step_0() -> None:
    """The powers (9/4)^k of the steps are in [1, oo) from k = 0 on: here 1 is no step 1."""
    (case,) = cases(statement(linear(Fraction(4, 9))))
    (shrinking,) = cases(statement(linear(Fraction(9, 4))))
    for c in (case, shrinking):
        (step,) = (claim for claim in c.problem.claims if claim.induction)
        assert c.ends_of(step) == c.ends
    assert (case.ends, shrinking.ends) == ((Fraction(1), None), (Fraction(0), Fraction(1)))


@pytest.mark.parametrize("words", [{"q": Fraction(44, 100)}, {"q": Fraction(4, 9), "claimed": Fraction(101, 100)}])
def test_a_rate_that_is_better_than_that_of_the_potential_is_not_proved(words: Any) -> None:
    assert not prove_everywhere(statement(linear(**words)))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (linear(Fraction(4, 9), also=lambda N: N), "two parameters"),
        (linear(Fraction(4, 9), bound=Fraction(1, 2)), "powers of two numbers"),
        (linear(Fraction(4, 9), also=lambda N: power(Fraction(9, 4), 2 * N)), "exponent of a power"),
    ],
)
def test_powers_that_are_not_read(body: Any, says: str) -> None:
    with pytest.raises(NotLinear, match=says):
        prove_everywhere(statement(body))


def test_a_step_that_knows_a_power_of_the_number_of_steps_is_refused() -> None:
    def body(f: UpTo5, x: Point, N: Annotated[int, naturals(0, drawn=4)]) -> Claim:
        """The last step would be another one for each N."""
        at = f.minimum.at
        last = iterated(
            lambda k, y: y - power(Fraction(4, 9), N) * f.grad(y) / 3,
            x,
            N,
            lambda k, y: power(Fraction(9, 4), k) * sq(y - at),
        )
        return le(power(Fraction(9, 4), N) * sq(last - at), sq(x - at))

    with pytest.raises(NotLinear, match="depends on the number of steps"):
        prove_everywhere(statement(body))


def test_outside_of_theorem_files_python_would_make_a_float() -> None:
    def body(f: UpTo5, x: Point, N: Annotated[int, naturals(0, drawn=4)]) -> Claim:
        """Fraction(1, 2) ** N."""
        return le(Fraction(1, 2) ** N * 0 * f(x), 0)

    with pytest.raises(NotLinear, match="makes a float"):
        prove_everywhere(statement(body))


#: The domain of the exponent, its type, and whether (1/2)^n <= bound for all of its numbers is proved.
EXPONENTS: dict[str, tuple[Any, Any, Fraction, bool]] = {
    "from 0": (int, naturals(0, drawn=8), Fraction(1), True),
    "from -1": (int, naturals(-1, drawn=8), Fraction(1), False),
    "from -1, with its bound": (int, naturals(-1, drawn=8), Fraction(2), True),
    "from -1, with less": (int, naturals(-1, drawn=8), Fraction(199, 100), False),
    "from 2, with its bound": (int, naturals(2, drawn=8), Fraction(1, 4), True),
    "from -1/2": (int, at_least(Fraction(-1, 2)), Fraction(1), False),
    "from -1/2, with the bound from -1": (int, at_least(Fraction(-1, 2)), Fraction(2), True),
}


@pytest.mark.parametrize("name", EXPONENTS)
def test_powers_are_those_of_the_numbers_of_the_domain(name: str) -> None:
    kind, domain, bound, true = EXPONENTS[name]

    def body(f: UpTo5, x: Point, n: Annotated[kind, domain]) -> Claim:  # type: ignore[valid-type]
        """(1/2)^n <= bound, and 2^n >= 1/bound."""
        g = sq(f.grad(x))
        return both(down=le(power(Fraction(1, 2), n) * g, bound * g), up=le(g, bound * power(Fraction(2), n) * g))

    assert bool(prove_everywhere(statement(body))) is true


def test_a_power_of_what_is_no_whole_number_is_not_read() -> None:
    for kind, domain in ((Fraction, between(0, 1)), (int, at_least(-65))):

        def body(f: UpTo5, x: Point, n: Annotated[kind, domain]) -> Claim:  # type: ignore[valid-type]
            """(1/2)^n <= 1."""
            return le(power(Fraction(1, 2), n) * sq(f.grad(x)), sq(f.grad(x)))

        with pytest.raises(NotLinear, match=r"the exponent of a power is a (whole )?number"):
            prove_everywhere(statement(body))


Count = Annotated[int, naturals(1, drawn=4)]


def against_any(f: Convex, x: Point, y: Point, N: Count) -> Claim:
    """Gradient descent against any y: its value is asked in the potential first, and then by the statement."""
    last = iterated(lambda k, z: z - f.grad(z) / f.L, x, N, lambda k, z: 2 * k * (f(z) - f(y)) + f.L * sq(z - y))
    return le(2 * N * (f(last) - f(y)), f.L * sq(x - y))


def test_a_rate_against_any_point() -> None:
    proof = prove_everywhere(statement(against_any))
    assert proof
    verify_proof.check(as_data(Theorem(against_any, source="s", label="statement"), proof))


Set = Annotated[Known, convex_sets()]
InSpace = Annotated[Vec, lambda Q: points(Q.dim)]
NORMAL = Given("g is normal at s", lambda Q, s, g: Q.has_subgradient(s, g))


def asked_in(potential: Callable[..., Any], *, itself: bool = False) -> Any:
    def within(Q: Set, x: InSpace, s: InSpace, g: InSpace, N: Count) -> Claim:
        """x belongs to Q: true only where the statement itself asks for a normal at x."""
        last = iterated(lambda k, z: z, x, N, lambda k, z: potential(Q, x, z))
        return le(dot(g, x - s) + (0 * dot(Q(x), x) if itself else 0 * sq(last)), 0)

    return Theorem(within, source="s", label="statement", given=(NORMAL,)).itself


@pytest.mark.parametrize("at", ["first", "state"])
def test_what_a_potential_alone_asks_for_need_not_exist(at: str) -> None:
    potential = {"first": lambda Q, x, z: 0 * dot(Q(x), z), "state": lambda Q, x, z: 0 * dot(Q(z), z)}[at]
    assert not prove_everywhere(asked_in(potential))
    assert prove_everywhere(asked_in(potential, itself=True))


def fejer(itself: bool) -> Any:
    def statement(Q: Set, x: InSpace, y: InSpace, N: Count) -> Claim:
        """Projections approach every point of Q; that y is one says the conclusion, if at all."""
        last = iterated(lambda k, z: Q.prox(1, z), x, N, lambda k, z: sq(z - y) + 0 * sq(Q(y)))
        return le(sq(last - y) + (0 * sq(Q(y)) if itself else 0 * sq(x)), sq(x - y))

    return Theorem(statement, source="s", label="statement").itself


def test_a_step_rests_on_no_answer_that_its_potential_alone_asks_for() -> None:
    """Also where the potential gains and loses by it the same, so that nothing of it is seen behind N steps."""
    assert not prove_everywhere(fejer(False))
    assert prove_everywhere(fejer(True))


ASKED_BY_A_POTENTIAL: dict[str, Callable[..., Scalar]] = {
    "at the start": lambda Q, x, s, t: sq(Q(x)),
    "at the start, and seen": lambda Q, x, s, t: dot(Q(x), x),
    "at the state": lambda Q, x, s, t: sq(Q(s)),
    "at another point of the state": lambda Q, x, s, t: sq(Q(t)),
}


@pytest.mark.parametrize("where", ASKED_BY_A_POTENTIAL)
def test_nowhere_may_a_potential_ask_what_neither_the_step_nor_the_statement_does(where: str) -> None:
    """4 |x_N - x_0|^2 <= |P(x_0) - x_0|^2 for steps of 1/16 towards the projection: true for a few steps."""
    ask: Callable[..., Scalar] = ASKED_BY_A_POTENTIAL[where]

    def near(Q: Set, x: InSpace, N: Count) -> Claim:
        def step(k: Scalar, state: Any) -> Any:
            s, t = state
            return s + (Q.prox(1, s) - s) / 16, t

        def potential(k: Scalar, state: Any) -> Scalar:
            return sq(state[0] - x) + 0 * ask(Q, x, *state)

        last = iterated(step, (x, x), N, potential)
        return le(4 * sq(last[0] - x), sq(Q.prox(1, x) - x))

    assert not prove_everywhere(statement(near))


def test_a_proximal_point_of_a_potential_need_not_exist_where_a_class_answers_everywhere() -> None:
    """A(z) = -L z answers everywhere, and has the resolvent of 1/L at no z but 0."""

    def near(A: Annotated[Known, lipschitz_operators()], x: Annotated[Vec, lambda A: points(A.dim)], N: Count) -> Claim:
        def step(k: Scalar, state: Any) -> Any:
            s, t = state
            return s, s + (t - s) / 2

        def potential(k: Scalar, state: Any) -> Scalar:
            s, t = state
            return sq(t - s) + 0 * sq(A.prox(1 / A.L, t))

        last = iterated(step, (x, 2 * x), N, potential)
        return le(sq(last[1] - last[0]), sq(x))

    problem = posed(statement(near), {"N": parameters()[0]}, {"A": {"L": Fraction(1)}})
    resolvents = [c for c in problem.conditions if "prox" in c.says]
    assert resolvents
    assert all(c.unmade and c.of_step for c in resolvents)


OWN = by_conditions(
    "convex 1-smooth functions",
    pair=lambda f, a, b: [a.f - b.f - dot(b.g, a.x - b.x) - sq(a.g - b.g) / 2],
    minimizer=True,
    sufficient=True,
)


@pytest.mark.parametrize("asked", [True, False])
def test_a_potential_may_ask_at_the_states_what_the_step_and_at_the_last_one_the_statement_asks(asked: bool) -> None:
    def values(f: Annotated[Known, OWN], x: Annotated[Vec, lambda f: points(f.dim)], N: Count) -> Claim:
        low = f.minimum
        last = iterated(lambda k, z: z - f.grad(z), x, N, lambda k, z: 2 * k * (f(z) - low.value) + sq(z - low.at))
        return le(2 * N * (f(last) - low.value) if asked else sq(last - low.at), sq(x - low.at))

    assert bool(prove_everywhere(statement(values))) is asked


def at_the_end(where: str) -> Any:
    """p is the projection of v, and x + N d is in Q: for N = 7 alone, say. Of a step the potential loses <v - p, p - x - (k + 1) d>, which may be negative before."""

    def statement(Q: Set, v: InSpace, x: InSpace, d: InSpace, N: Count) -> Claim:
        n = Q(x + N * d) if where == "before" else v
        p = Q.prox(1, v)
        g = v - p

        def potential(k: Scalar, y: Vec) -> Scalar:
            return -k * dot(g, p - x) + k * (k + 1) / 2 * dot(g, d)

        iterated(lambda k, y: y + d, x, N, potential)
        n = Q(x + N * d) if where == "after" else n
        return le(0 * dot(n, d), N * dot(g, p - x) - N * (N + 1) / 2 * dot(g, d) + 8 * (sq(g) + sq(d)))

    inside = Given("the end is in Q", lambda Q, x, d, N: le(0 * sq(Q(x + N * d)), 0))
    given = (inside,) if where == "hypothesis" else ()
    return Theorem(statement, source="s", label="statement", given=given)


@pytest.mark.parametrize("where", ["before", "after", "hypothesis"])
def test_a_step_does_not_rest_on_an_answer_at_a_point_that_depends_on_their_number(where: str) -> None:
    theorem = at_the_end(where)
    assert not prove_everywhere(theorem.itself)
    (case,) = as_data(theorem, [])["cases"]
    assert {c["says"] for c in case["conditions"] if c.get("of_end")} >= {"Q at prox_1 and p_1"}


def test_the_second_checker_refuses_what_is_said_of_the_last_step_alone() -> None:
    theorem = Theorem(rate(0), source="s", label="statement")
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    for condition in data["cases"][0]["conditions"]:
        condition["of_end"] = True
    with pytest.raises(verify_proof.NoProof, match="about the last step of an induction alone"):
        verify_proof.check(data)


def test_the_second_checker_shows_what_a_step_rests_on_and_takes_no_step_for_the_statement() -> None:
    theorem = Theorem(rate(0), source="s", label="statement")
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    said = verify_proof.check(data)
    assert any(", from step to step" in line for line in said)
    assert any(line.startswith("    by: ") for line in said)
    for claim in data["cases"][0]["claims"]:
        claim["step"] = True
    with pytest.raises(verify_proof.NoProof):
        verify_proof.check(data)


def test_of_two_inductions_each_has_a_last_state_of_its_own() -> None:
    """The statement asks at the last state of the second one; what the potential of the first one asks after its last step need not exist."""

    def twice(Q: Set, v: InSpace, x: InSpace, d: InSpace, N: Count) -> Claim:
        p = Q.prox(1, v)
        g = v - p

        def potential(k: Scalar, y: Vec) -> Scalar:
            return -k * dot(g, p - y) - k * (k - 1) / 2 * dot(g, d) + 0 * dot(Q(y), y)

        last = iterated(lambda k, y: y + d + 0 * Q(y), x, N, potential)
        other = iterated(lambda k, y: y, p, N, lambda k, y: 0 * sq(y))
        return le(
            0 * dot(Q(other), d),
            N * dot(g, p - last) + N * (N - 1) / 2 * dot(g, d) + Fraction(4999, 10000) * (sq(g) + sq(d)),
        )

    assert not prove_everywhere(statement(twice))


def test_the_second_checker_refuses_what_a_potential_alone_asks_for() -> None:
    theorem = Theorem(rate(0), source="s", label="statement")
    data = as_data(theorem, prove_everywhere(theorem.itself) or [])
    for condition in data["cases"][0]["conditions"]:
        condition["unmade"] = True
    with pytest.raises(verify_proof.NoProof, match="what a potential alone asks for"):
        verify_proof.check(data)


def counted(how: str) -> Any:
    def statement(f: WithMinimizer, x: Point, N: Count) -> Claim:
        """A step that counts how often it is made."""
        calls = 0

        def step(k: Scalar, y: Vec) -> Vec:
            if how == "name":
                nonlocal calls
                calls = calls + 1
            if how == "attribute":
                step.value = step.value + 1  # type: ignore[attr-defined]
            return gradient_step(f, 1 / f.L, y)

        step.value = 0  # type: ignore[attr-defined]
        iterated(step, x, N, lambda k, y: sq(y - f.minimum.at))
        return le(calls, 6)

    return Theorem(statement, source="s", label="statement").itself


@pytest.mark.parametrize("how", ["name", "attribute"])
def test_a_step_that_remembers_is_refused(how: str) -> None:
    with pytest.raises(NotLinear, match="stands outside of it"):
        prove_everywhere(counted(how))


MEMORY = """def make():
    n = 0

    def inc():
        nonlocal n
        n = n + 1
        return n

    return inc


inc = make()


def noted():
    noted.calls = noted.calls + 1
    return noted.calls


noted.calls = 0
"""
REMEMBERS = """from typing import Annotated
import helpers
from helpers import inc, noted
from objectives import Objective, convex, gradient_step, starts
from refute import Claim, Theorem, Vec, iterated, le, naturals, sq


def far(
    f: Annotated[Objective, convex(minimizer="known")],
    x: Annotated[Vec, lambda f: starts(f)],
    N: Annotated[int, naturals(1, drawn=4)],
) -> Claim:
    '''Steps of 3/L from the millionth call on.'''
    BEFORE

    def step(k, y):
        return gradient_step(f, (1 if CALLS < 10**6 else 3) / f.L, y)

    last = iterated(step, x, N, lambda k, y: sq(y - f.minimum.at))
    return le(sq(last - f.minimum.at), sq(x - f.minimum.at))


FAR = Theorem(far, source="s", label="far")
"""


@pytest.mark.parametrize(
    ("before", "calls"),
    [("", "inc()"), ("", "helpers.inc()"), ("", "noted()"), ("n = helpers.inc()", "n")],
    ids=["a function", "one of a module", "an attribute", "in the body"],
)
def test_what_outlives_a_body_is_no_part_of_it(tmp_path: Path, before: str, calls: str) -> None:
    (tmp_path / "helpers.py").write_text(MEMORY)
    (tmp_path / "claims.py").write_text(REMEMBERS.replace("BEFORE", before).replace("CALLS", calls))
    (theorem,) = theorems_of(tmp_path / "claims.py")
    with pytest.raises(NotLinear, match=r"stands outside of it|attributes of its own"):
        prove_everywhere(theorem.itself)
