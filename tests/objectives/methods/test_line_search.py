"""Line searches: exactly least along the directions, drawn in every class, and nothing outside their span."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from objectives import (
    Objective,
    PiecewiseQuadratic,
    Quadratic,
    convex,
    convex_nonsmooth,
    exact_line_search,
    least_along,
    smooth,
    square,
    strongly_convex,
    weakly_convex,
)
from refute import Claim, Theorem, Vec, as_fraction, dot, le, lift, points, sq, vec
from refute.duality.decide import SETTINGS, for_all
from refute.duality.everywhere import prove_everywhere
from refute.numbers.real import Real
from refute.search.budget import Budget
from refute.search.sampling import examples, search
from refute.verdicts.examine import examine

ONE = Fraction(1)
BOWL = Quadratic((Fraction(1, 2),), (ONE, Fraction(9)), (ONE, Fraction(0)), vec(1, 2), Fraction(0))
HUBER = PiecewiseQuadratic((Fraction(-1), ONE), (Fraction(0), ONE, Fraction(0)), -ONE, Fraction(0))
Point = Annotated[Vec, lambda f: points(f.dim)]


def descends(f: Any, x: Point, y: Annotated[Vec, lambda f, x: least_along(f, x, f.grad(x))]) -> Claim:
    """A line search does not go up."""
    return le(f(y), f(x))


def of_class(domain: Any) -> Any:
    def body(f: Any, x: Any, y: Any) -> Claim:
        """A line search does not go up."""
        return descends(f, x, y)

    body.__annotations__ = {**descends.__annotations__, "f": domain}
    return Theorem(body, source="s", label="line-search").itself


def test_line_search_ends_where_the_slope_along_the_line_is_zero() -> None:
    f, x = lift(BOWL, Real.of), lift(vec(3, -1), Real.of)
    after = exact_line_search(f, x)
    assert sum(a * b for a, b in zip(f.grad(after), f.grad(x), strict=True)) == 0


def test_of_a_quadratic_the_one_point_is_drawn() -> None:
    x = vec(3, -1)
    domain = least_along(BOWL, x, BOWL.grad(x))
    assert domain.example() == exact_line_search(BOWL, x)
    assert domain.member(domain.example()).decide().truth is True


def test_along_two_directions_a_quadratic_of_the_plane_is_least() -> None:
    domain = least_along(BOWL, vec(3, -1), vec(1, 0), vec(1, 1), vec(2, 1))
    assert not any(BOWL.grad(domain.example()))


def test_of_pieces_the_zero_of_the_slope_is_found_exactly() -> None:
    y = least_along(HUBER, vec(7), HUBER.grad(vec(7))).example()
    assert not any(HUBER.grad(y))


@pytest.mark.parametrize(
    "domain",
    [
        Annotated[Objective, convex(minimizer="known")],
        Annotated[Objective, strongly_convex(mu=1, L=4)],
        Annotated[Any, convex_nonsmooth()],
    ],
)
def test_instances_are_drawn_in_every_class(domain: Any) -> None:
    found = examples(of_class(domain), 1, 20)
    assert len(found) == 20
    assert any(i["x"] != i["y"] for i in found)


def test_a_point_outside_the_span_does_not_belong_to_it() -> None:
    """(0, 1) has a gradient that is orthogonal to (1, 0) and to itself, and is not on the line."""
    domain = least_along(square(2), vec(0, 0), vec(1, 0))
    decision = domain.member(vec(0, 1)).decide()
    assert decision.truth is False
    assert "span" in decision.says


def test_a_function_that_is_not_convex_need_not_be_least_where_it_is_at_rest(tmp_path: Path) -> None:
    """-x^2/2 is at rest along the line where it is largest: f(y) <= f(x) is no false statement about line searches."""

    def descends(
        f: Annotated[Objective, smooth()], x: Point, y: Annotated[Vec, lambda f, x: least_along(f, x, f.grad(x))]
    ) -> Claim:
        """f(y) <= f(x)."""
        return le(f(y), f(x))

    record = examine(Theorem(descends, source="s", label="descends"), Budget(50, 0), tmp_path)
    assert record.verdict == "error"
    assert "need not be convex" in record.why


def test_of_a_class_that_does_not_say_whether_it_is_convex_a_point_at_rest_is_called_that() -> None:
    f = weakly_convex().example()
    assert "if f is convex" in least_along(f, vec(*(0,) * f.dim), vec(*(1,) * f.dim)).name


def test_a_point_where_the_slope_is_not_zero_does_not_belong_to_it() -> None:
    assert least_along(BOWL, vec(3, -1), vec(1, 0)).member(vec(3, -1)).decide().truth is False


def test_duality_uses_that_the_gradient_is_orthogonal() -> None:
    def halves(
        f: Annotated[Objective, strongly_convex(mu=1, L=4)],
        x: Point,
        y: Annotated[Vec, lambda f, x: least_along(f, x, f.grad(x))],
    ) -> Claim:
        """f(y) - f_* <= 9/25 (f(x) - f_*)."""
        return le(f(y) - f.minimum.value, Fraction(9, 25) * (f(x) - f.minimum.value))

    def too_well(
        f: Annotated[Objective, strongly_convex(mu=1, L=4)],
        x: Point,
        y: Annotated[Vec, lambda f, x: least_along(f, x, f.grad(x))],
    ) -> Claim:
        """f(y) - f_* <= 8/25 (f(x) - f_*)."""
        return le(f(y) - f.minimum.value, Fraction(8, 25) * (f(x) - f.minimum.value))

    assert prove_everywhere(Theorem(halves, source="s", label="halves").itself)
    assert not prove_everywhere(Theorem(too_well, source="s", label="too-well").itself)


def test_the_step_of_an_adversary_is_kept_in_its_table() -> None:
    for instance in examples(of_class(Annotated[Any, convex_nonsmooth()]), 3, 10):
        f, x, y = (instance[name] for name in "fxy")
        assert dot(f.grad(y), f.grad(x)) == 0


def test_where_the_function_is_flat_other_points_are_drawn() -> None:
    """From -1, where f(u) = u^2/2 for u <= 0 and 0 beyond, every u >= 0 is least."""
    flat = PiecewiseQuadratic((Fraction(0),), (ONE, Fraction(0)), Fraction(0), Fraction(0))
    drawn = {as_fraction(least_along(flat, vec(-1), vec(1)).example(seed)[0]) for seed in range(20)}
    assert len(drawn) > 2
    assert min(drawn) >= 0


def test_what_is_proved_of_given_points_counts_for_nothing() -> None:
    """A step of a guessed length is one point, and so are two of the same length; least points of a convex function need not be."""
    decided = for_all(UNIQUE.itself, lambda: examples(UNIQUE.itself, 5, SETTINGS))
    assert decided is not None
    assert decided.decided == 0


def unique(
    f: Annotated[Objective, convex(minimizer="known")],
    x: Point,
    d: Point,
    y: Annotated[Vec, lambda f, x, d: least_along(f, x, d)],
    z: Annotated[Vec, lambda f, x, d: least_along(f, x, d)],
) -> Claim:
    """One point is least."""
    return le(sq(y - z), 0)


UNIQUE = Theorem(unique, source="s", label="unique")


def test_two_points_that_are_least_are_found() -> None:
    assert search(UNIQUE.itself, Budget(1000, 64, None, 5)).counterexample is not None
