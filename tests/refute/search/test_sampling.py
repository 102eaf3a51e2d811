"""The search: finds, counts, covers, and refuses empty domains."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from refute import BadInput, Claim, Given, Theorem, between, choose, integers, known, le, lt, points, rationals, sq, vec
from refute.errors import CannotBatch, Undecided
from refute.numbers.batch import Array
from refute.numbers.functions import exp, log
from refute.numbers.vector import Vec
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.statements.claims import Decision, Opinion
from refute.statements.domains import Case, Domain

Real = Annotated[Fraction, rationals()]
Unit = Annotated[Fraction, between(0, 1)]
Plane = Annotated[Vec, points(2)]
Count = Annotated[int, integers(0, 5)]


def nonnegative(x: Real) -> Claim:
    """x^2 >= 0."""
    return le(0, x**2)


def narrow(x: Unit, y: Unit) -> Claim:
    """x y <= 0.999."""
    return le(x * y, Fraction(999, 1000))


def open_(x: Real, n: Count) -> Claim:
    """e^log 2 <= 2, which no precision decides."""
    return le(exp(log(2)), 2)


def branching(x: Real) -> Claim:
    """max(x, -x) >= 0, with a branch that batches cannot take."""
    return le(0, max(x, -x))


def circle(x: Plane) -> Claim:
    """Points within 3 of the origin."""
    return le(sq(x), 9)


def theorem(body: object, **more: object) -> Theorem:
    return Theorem(body, source="s", label="l", **more)  # type: ignore[arg-type]


def test_a_draw_that_a_domain_leaves_open_is_another_draw() -> None:
    """A domain that solves equations may meet a sign that no precision decides."""

    def draws(d: Any) -> Fraction:
        (i,) = choose(d, 10)
        if i == 3 and exp(log(Fraction(2))) > 2:
            return Fraction(0)
        return Fraction(i)

    def body(x: Annotated[Fraction, Domain("some", draws, lambda x: known(True, "any"))]) -> Claim:
        """x >= 0."""
        return le(0, x)

    tally = search(theorem(body).itself, Budget(100, 0, None, 1))
    assert tally.decided
    assert tally.unanswered


def test_a_true_statement_survives_and_is_counted() -> None:
    tally = search(theorem(nonnegative).itself, Budget(200, 64, None, 1))
    assert tally.counterexample is None
    assert tally.decided >= 200
    assert tally.screened == 64 * tally.draws
    assert tally.undecided == 0


def test_batches_find_narrow_counterexamples() -> None:
    tally = search(theorem(narrow).itself, Budget(50, 4096, None, 1))
    assert tally.counterexample is not None
    assert tally.counterexample["x"] * tally.counterexample["y"] > Fraction(999, 1000)


def test_points_in_the_plane() -> None:
    assert search(theorem(circle).itself, Budget(100, 64, None, 1)).counterexample is not None


def test_undecided_instances_are_counted_not_guessed() -> None:
    tally = search(theorem(open_).itself, Budget(20, 0, None, 1))
    assert tally.decided == 0
    assert tally.undecided == 20
    assert "16384 bits" in tally.why_undecided
    assert issubclass(Undecided, ArithmeticError)


def test_a_branching_body_is_searched_without_batches() -> None:
    tally = search(theorem(branching).itself, Budget(50, 64, None, 1))
    assert tally.singly
    assert tally.screened == 4 * (50 // 8)
    assert tally.decided == 50


def test_the_same_seed_gives_the_same_search() -> None:
    runs = [search(theorem(narrow).itself, Budget(50, 256, None, 9)) for _ in range(2)]
    assert runs[0].counterexample == runs[1].counterexample
    assert runs[0].decided == runs[1].decided


def test_hypotheses_that_are_never_met_are_an_error() -> None:
    t = theorem(nonnegative, given=(Given("x^2 < 0", lambda x: lt(x**2, 0)),))
    with pytest.raises(BadInput, match=r"no draw met the hypotheses: \d+ violated"):
        search(t.itself, Budget(50, 0, None, 1))


def test_a_generator_outside_its_domain_is_an_error() -> None:
    wrong = Domain("positive", lambda d: Fraction(-1), lambda x: lt(0, x))

    def body(x: Annotated[Fraction, wrong]) -> Claim:
        return le(x, x)

    with pytest.raises(BadInput, match="a generator left its own domain"):
        search(theorem(_with(body, wrong)).itself, Budget(5, 0, None, 1))


def _with(body: object, domain: Domain) -> object:
    body.__annotations__ = {"x": Annotated[Fraction, domain], "return": Claim}
    return body


def test_required_cases_are_counted() -> None:
    never = Domain(
        "R",
        rationals().draw,
        rationals().member,
        cases=(Case("is 17/13", Fraction(1, 10), lambda x: x == Fraction(17, 13)),),
    )

    def body(x: Real) -> Claim:
        return le(x, x)

    tally = search(theorem(_with(body, never)).itself, Budget(100, 0, None, 1))
    assert tally.missed()
    assert "is 17/13: 0 of 100 draws" in tally.missed()[0]


def test_a_deadline_ends_the_search() -> None:
    tally = search(theorem(nonnegative).itself, Budget(10**6, 64, 0.3, 1))
    assert tally.seconds < 5
    assert vec(1) == vec(1)


def test_a_deadline_in_the_middle_of_a_climb_is_no_failure() -> None:
    tallies = [search(theorem(narrow_square).itself, Budget(10**6, 16, 0.25, seed)) for seed in range(12)]
    assert all(tally.counterexample is None for tally in tallies)
    assert any(
        tally.decided > 0 for tally in tallies
    )  # on a busy machine not each of them begins in a quarter of a second


def narrow_square(x: Unit, y: Unit) -> Claim:
    """x y <= 1, attained: Hypothesis climbs towards it all the time."""
    return le(x * y, 1)


def test_the_seed_fixes_the_search_whatever_else_is_loaded(tmp_path: Path) -> None:
    """Hypothesis's own backend mixes in constants from the source files of loaded modules."""
    (tmp_path / "clutter.py").write_text("CLUTTER = [123457, 7654321, 0.1234567]\n")
    script = """
import sys
sys.path.insert(0, sys.argv[1])
if sys.argv[2] == "cluttered":
    import clutter
from refute.running.check import known_theorems
from refute.sources.files import bundled
from refute.search.budget import Budget
from refute.search.sampling import search
theorem = next(t for _, t in known_theorems([bundled()]) if t.label == "gradients-vanish")
tally = search(theorem.itself, Budget(60, 16, None, 3))
print(tally.tightest, tally.decided, tally.reached, tally.replayed)
"""
    runs = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path), how], capture_output=True, text=True, check=True
        ).stdout
        for how in ("plain", "cluttered")
    }
    assert len(runs) == 1


def costly(n: Count) -> Claim:
    """A decision that is not worth making twice."""

    class Once:
        def decide(self) -> Decision:
            decided.append(n)
            return Decision(True, "", costly=True)

        def slack(self) -> Array:
            raise CannotBatch("one by one")

        def opinion(self, decision: Decision) -> Opinion:
            return Opinion(True, "")

    return Once()


decided: list[int] = []


def test_costly_decisions_are_made_and_counted_once() -> None:
    decided.clear()
    tally = search(theorem(costly).itself, Budget(200, 64, None, 1))
    assert sorted(decided) == [0, 1, 2, 3, 4, 5]
    assert tally.decided == 6
    assert tally.draws == 200
