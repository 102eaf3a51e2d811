"""What was not drawn, or not decided, and a verdict that did not say so: each of these was green, or red for a reason that was none."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from objectives import Known, Objective, convex, convex_lipschitz, least_along, smooth, starts, step_sizes
from refute import (
    Claim,
    Empty,
    Given,
    Theorem,
    Vec,
    any_of,
    between,
    eq,
    integers,
    le,
    lt,
    naturals,
    ne,
    norm,
    one_of,
    points,
    rationals,
    sigmoid,
    sq,
    sqrt,
)
from refute.search import sampling
from refute.search.budget import Budget
from refute.verdicts.certificate import read_instance
from refute.verdicts.examine import examine
from refute.verdicts.record import Record

F = Fraction
Real = Annotated[Fraction, rationals()]
Naturals = Annotated[int, naturals(1, drawn=24)]
Lipschitz = Annotated[Known, convex_lipschitz(minimizer=True)]
Smooth = Annotated[Objective, smooth()]
Convex = Annotated[Objective, convex(minimizer="known")]
Start = Annotated[Vec, lambda f: starts(f)]
Point = Annotated[Vec, lambda f: points(f.dim)]
DEFAULT = Budget(1000, 128, None, 7)


def checked(body: Any, folder: Path, budget: Budget = DEFAULT, **more: Any) -> Record:
    return examine(Theorem(body, source="s", label=body.__name__.replace("_", "-"), **more), budget, folder)


def moves_little(f: Lipschitz, x: Start, N: Annotated[int, integers(1, 3)]) -> Claim:
    r"""A proximal step of $\sqrt N$ moves by $\sqrt N M$ at most; decided for no $N$ but 1."""
    return le(sq(x - f.prox(sqrt(N), x)), N * f.M**2 + N * f.M**2)


def test_a_step_at_which_no_table_answers_leaves_a_statement_undecided(tmp_path: Path) -> None:
    record = checked(moves_little, tmp_path)
    assert record.verdict == "undecided"
    assert "were not decided" in record.why
    assert "rational" in record.why


def few(n: Naturals) -> Claim:
    """n is at most 30."""
    return le(n, 30)


def powers(n: Annotated[int, naturals(0, drawn=6)]) -> Claim:
    """2^n is at most 65."""
    return le(2**n, 65)


def no_circle(x: Real, y: Real) -> Claim:
    """No point has x^2 + y^2 = 25 off the axes."""
    return any_of(off=ne(x * x + y * y, 25), axis=eq(x * y, 0))


def no_root(x: Real, y: Real) -> Claim:
    """x^3 - 2 x is never 4."""
    return ne(x**3 - 2 * x + 0 * y, 4)


def no_point(x: Annotated[Vec, points(2)], y: Annotated[Vec, points(2)]) -> Claim:
    """No point off the axes has the length 5."""
    return any_of(off=ne(sq(x) + 0 * sq(y), 25), axis=eq(x[0] * x[1], 0))


@pytest.mark.parametrize("body", [few, powers, no_circle, no_root, no_point])
def test_whole_numbers_that_are_not_drawn_or_hardly_ever(body: Any, tmp_path: Path) -> None:
    assert checked(body, tmp_path).verdict == "refuted"


def small(n: Naturals) -> Claim:
    """If n^2 > 900 then n < 5."""
    return lt(n, 5)


def test_a_hypothesis_that_a_number_beyond_those_drawn_meets_is_not_vacuous(tmp_path: Path) -> None:
    step = Empty("none", lambda n: le(n * n, 900), drops=("large",))
    given = (Given("large", lambda n: lt(900, n * n)),)
    record = checked(small, tmp_path, status="vacuous", proof="README.md", given=given, empty=(step,))
    assert record.verdict == "undecided"


def union(i: Annotated[int, one_of("0..3 or 7..9", integers(0, 3), integers(7, 9))]) -> Claim:
    """No number of the union is 7."""
    return ne(i, 7)


def test_a_counterexample_in_a_union_of_whole_numbers_is_read_back(tmp_path: Path) -> None:
    assert checked(union, tmp_path).verdict == "refuted"
    theorem = Theorem(union, source="s", label="union")
    assert read_instance(theorem, {"i": 7}, "here") == {"i": 7}


def positive(x: Real) -> Claim:
    """x is positive."""
    return lt(0, x)


@pytest.mark.parametrize(("unconfirmed", "verdict"), [(3, "refuted"), (10**6, "undecided")])
def test_a_violation_that_is_not_confirmed_does_not_end_the_search(
    unconfirmed: int, verdict: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def doubts(checked: Any, opinion: Any) -> str:
        seen.append(checked.conclusion.truth)
        return "mpmath does not confirm it" if seen.count(False) <= unconfirmed and not seen[-1] else ""

    monkeypatch.setattr(sampling, "contradiction", doubts)
    record = checked(positive, tmp_path)
    assert record.verdict == verdict
    assert ("mpmath" in record.why) == (verdict == "undecided")


def test_candidates_that_mpmath_does_not_confirm_make_nothing_vacuous(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A candidate that meets the hypothesis, in one arithmetic of two: the verdict is open, and not vacuous."""

    def doubts(checked: Any, opinion: Any) -> str:
        return "" if checked.conclusion.truth else "mpmath does not confirm it"

    monkeypatch.setattr(sampling, "contradiction", doubts)
    step = Empty("none", lambda n: le(n * n, 4), drops=("large",))
    given = (Given("large", lambda n: lt(900, n * n)),)
    record = checked(small, tmp_path, status="vacuous", proof="README.md", given=given, empty=(step,))
    assert (record.verdict, "mpmath" in record.why) == ("undecided", True)
    given = (Given("never", lambda n: lt(n * n, 0)),)
    step = Empty("none", lambda n: le(n * n, 4), drops=("never",))
    record = checked(small, tmp_path, status="vacuous", proof="README.md", given=given, empty=(step,))
    assert (record.verdict, "mpmath" in record.why) == ("undecided", True)


def armijo(
    f: Smooth,
    x: Point,
    b: Annotated[Fraction, between(0, 1)],
    h: Annotated[Fraction, lambda f, b: step_sizes(f.L, below=2 * (1 - b), closed=True)],
) -> Claim:
    """Every 0 < h <= 2 (1 - b)/L satisfies Armijo's condition with b; there is no such h for b = 1."""
    return le(f(x - h * f.grad(x)), f(x) - b * h * sq(f.grad(x)))


def rests(f: Convex, x: Start, y: Annotated[Vec, lambda f, x: least_along(f, x, 0 * x)]) -> Claim:
    """The least point along no direction is x."""
    return eq(x, y)


def lipschitz(f: Smooth, x: Point, y: Point) -> Claim:
    """Sums of norms are not read by duality."""
    return le(norm(f.grad(x) - f.grad(y)) + 0 * norm(x), f.L * norm(x - y))


def sigmoids(x: Real, y: Real) -> Claim:
    """The sigmoid has slopes of 1/4 at most."""
    return le(abs(sigmoid(x) - sigmoid(y)), abs(x - y) / 4)


@pytest.mark.parametrize("body", [armijo, rests, lipschitz, sigmoids])
def test_true_statements_that_were_undecided(body: Any, tmp_path: Path) -> None:
    record = checked(body, tmp_path, replace(DEFAULT, examples=300))
    assert (record.verdict, record.why) == ("proved" if body is armijo else "holds", "")
