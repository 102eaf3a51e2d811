"""False statements whose worst case lies beyond the settings that are drawn, or is hard to round: they fall, or are undecided, and never hold."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from objectives import (
    Known,
    Objective,
    cocoercive_operators,
    convex,
    gradient_step,
    linear_maximizers,
    orbit,
    orthogonal_projections,
    starts,
    strongly_convex,
    strongly_convex_on_the_line,
)
from refute import Claim, Domain, Given, Theorem, Vec, dot, every, integers, le, naturals, points, sq, such_that
from refute.duality.decide import SETTINGS, ForAll, for_all
from refute.search.budget import Budget
from refute.search.sampling import examples
from refute.verdicts.examine import examine

HUNDREDTH = Fraction(1, 100)
Convex = Annotated[Objective, convex()]
X = Annotated[Vec, lambda f: starts(f)]
P = Annotated[Vec, lambda f: points(f.dim)]


def decided(body: Callable[..., Claim]) -> ForAll:
    statement = Theorem(body, source="s", label="l").itself
    found = for_all(statement, lambda: examples(statement, 0, SETTINGS))
    assert found is not None
    return found


def short_steps(f: Convex, x: X) -> Claim:
    """A step of 1/100 raises no function: false from L = 200 on."""
    return le(f(gradient_step(f, HUNDREDTH, x)), f(x))


def short_steps_of_strongly_convex(f: Annotated[Objective, strongly_convex()], x: X) -> Claim:
    """The same for two constants."""
    return le(f(gradient_step(f, HUNDREDTH, x)), f(x))


def short_steps_of_operators(
    A: Annotated[Known, cocoercive_operators()],
    x: Annotated[Vec, lambda A: points(A.dim)],
    y: Annotated[Vec, lambda A: points(A.dim)],
) -> Claim:
    """x - A(x)/100 is not expansive: false from L = 200 on."""
    return le(sq(x - A(x) / 100 - y + A(y) / 100), sq(x - y))


WithMinimizer = Annotated[Objective, convex(minimizer="known")]
Steps = Annotated[int, naturals(1, drawn=6)]


def fast(f: WithMinimizer, x: X, N: Steps) -> Claim:
    """f(x_N) - f_* <= 2 L |x_0 - x_*|^2/N^2: false from N = 9 on."""
    return le(N**2 * (f(orbit(f, 1 / f.L, x, N)[-1]) - f.minimum.value), 2 * f.L * sq(x - f.minimum.at))


@pytest.mark.parametrize("body", [short_steps, short_steps_of_strongly_convex, short_steps_of_operators, fast])
def test_what_is_false_beyond_what_is_drawn_is_refuted(body: Callable[..., Claim]) -> None:
    found = decided(body)
    assert found.counterexample is not None
    assert Theorem(body, source="s", label="l").itself.check(found.counterexample).conclusion.truth is False


def slow(f: WithMinimizer, x: X, N: Steps) -> Claim:
    """4 N (f(x_N) - f_*) <= 2 L |x_0 - x_*|^2, true for every N."""
    return le(4 * N * (f(orbit(f, 1 / f.L, x, N)[-1]) - f.minimum.value), 2 * f.L * sq(x - f.minimum.at))


def few(f: WithMinimizer, x: X, N: Annotated[int, integers(1, 6)]) -> Claim:
    """The false one for N up to 6, where it is true."""
    return fast(f, x, N)


@pytest.mark.parametrize("body", [slow, few])
def test_what_is_true_is_not_counted_beyond_what_is_drawn(body: Callable[..., Claim]) -> None:
    found = decided(body)
    assert found.counterexample is None
    assert found.violated == ""
    assert found.decided == found.settings <= 12


Set = Annotated[Known, linear_maximizers(diameter=1)]
OnSet = Annotated[Objective, lambda S: convex(L=1, dim=S.dim)]
PS = Annotated[Vec, lambda S: points(S.dim)]


def frank_wolfe(S: Any, f: Any, v: Vec, w: Vec, N: int, c: Fraction) -> Claim:
    x, y = S(v), S(w)
    for k in range(N):
        x = x + Fraction(2, k + 2) * (S(-f.grad(x)) - x)
    return le(f(x) - f(y), c)


def one_step(S: Set, f: OnSet, v: PS, w: PS) -> Claim:
    """The worst case is 1/2."""
    return frank_wolfe(S, f, v, w, 1, Fraction(49, 100))


def two_steps(S: Set, f: OnSet, v: PS, w: PS) -> Claim:
    """The worst case is 0.3126."""
    return frank_wolfe(S, f, v, w, 2, Fraction(30, 100))


def three_steps(S: Set, f: OnSet, v: PS, w: PS) -> Claim:
    """The worst case is 0.2278."""
    return frank_wolfe(S, f, v, w, 3, Fraction(22, 100))


def three_steps_by_far(S: Set, f: OnSet, v: PS, w: PS) -> Claim:
    """The worst case is 0.2278."""
    return frank_wolfe(S, f, v, w, 3, Fraction(8, 100))


@pytest.mark.parametrize("body", [one_step, two_steps, three_steps, three_steps_by_far])
def test_a_worst_case_with_many_answers_is_rounded(body: Callable[..., Claim]) -> None:
    found = decided(body)
    assert found.counterexample is not None


Blocks = Annotated[Known, lambda f: orthogonal_projections(dim=f.dim)]


def cycle(f: WithMinimizer, P: Blocks, x: P) -> Claim:
    """A cycle of two block steps is as good as a gradient step: by 1.3 % it is not."""
    y = x - P(f.grad(x)) / f.L
    g = f.grad(y)
    z = y - (g - P(g)) / f.L
    return le(f(z) - f.minimum.value, f.L * sq(x - f.minimum.at) / 6)


def test_what_a_worst_case_in_floats_clearly_violates_does_not_hold(tmp_path: Path) -> None:
    record = examine(Theorem(cycle, source="s", label="l"), Budget(20), tmp_path)
    assert record.verdict == "undecided"
    assert "a worst case in floats violates it at L = " in record.why


def unit_cube(f: Any) -> Domain:
    """Points with coordinates between -1 and 1."""
    return such_that(points(f.dim), "in the cube", lambda y: every([le(abs(c), 1) for c in y]))


def in_the_cube(f: WithMinimizer, y: Annotated[Vec, unit_cube]) -> Claim:
    """|y|^2 <= d, which is at most 5; duality does not know of the cube."""
    return le(sq(y), 5)


def test_what_duality_leaves_out_is_no_violation(tmp_path: Path) -> None:
    record = examine(Theorem(in_the_cube, source="s", label="l"), Budget(20), tmp_path)
    assert record.verdict == "holds", record.why


ON_ONE_SIDE = Given("y lies on the side of x", lambda f, x, y: le(0, dot(x - f.minimum.at, y - f.minimum.at)))


def uphill(f: Any, x: X, y: X) -> Claim:
    """The gradient at x points away from y, which is true on the line and false in the plane."""
    return le(0, dot(f.grad(x), y - f.minimum.at))


def not_steep(f: Any, x: X) -> Claim:
    """|grad f(x)| <= 25 |x - x_*|, of functions with L <= 25."""
    return le(sq(f.grad(x)), 625 * sq(x - f.minimum.at))


PARTS: dict[str, tuple[Domain, Callable[..., Claim], tuple[Given, ...]]] = {
    "of the line": (strongly_convex_on_the_line(), uphill, (ON_ONE_SIDE,)),
    "in one dimension": (convex(dim=1, minimizer="known"), uphill, (ON_ONE_SIDE,)),
    "not too steep": (
        such_that(convex(minimizer="known"), "no steeper than 25", lambda f: le(f.L, 25)),
        not_steep,
        (),
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_what_holds_for_a_part_of_a_class_is_not_doubted(name: str, tmp_path: Path, monkeypatch: Any) -> None:
    """Duality knows of no dimension, and not what a part of a class satisfies: its worst case need be none of the statement."""
    domain, body, given = PARTS[name]
    monkeypatch.setitem(body.__annotations__, "f", Annotated[Objective, domain])
    record = examine(Theorem(body, source="s", label="l", given=given), Budget(20), tmp_path)
    assert record.verdict == "holds", record.why


def test_in_the_plane_the_same_does_not_hold(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(uphill.__annotations__, "f", Annotated[Objective, convex(dim=2, minimizer="known")])
    record = examine(Theorem(uphill, source="s", label="l", given=(ON_ONE_SIDE,)), Budget(300, 128), tmp_path)
    assert record.verdict == "refuted"
