"""Simplification: the counterexample that a person would print."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import Objective, PiecewiseQuadratic, Quadratic, smooth
from refute import BadInput, Claim, Domain, Draw, Theorem, Vec, choose, le, points, positive, rationals, sq, vec
from refute.search.budget import Budget
from refute.search.simplify import cost, simpler_rationals, simplify, size
from refute.verdicts.examine import examine

Real = Annotated[Fraction, rationals()]
Smooth = Annotated[Objective, smooth()]
Point = Annotated[Vec, lambda f: points(f.dim)]
Positive = Annotated[Fraction, positive()]


def bounded(x: Real) -> Claim:
    """x <= 100."""
    return le(x, 100)


def small_gradients(f: Smooth, x: Point, c: Positive) -> Claim:
    """abs(grad f(x))^2 <= c."""
    return le(sq(f.grad(x)), c)


def test_numbers_shrink_to_the_border() -> None:
    t = Theorem(bounded, source="s", label="bounded")
    found = simplify(t.itself, {"x": Fraction(987654321, 1234)})
    assert found["x"] > 100
    assert found["x"].denominator == 1


def test_functions_lose_dimensions_and_pieces() -> None:
    t = Theorem(small_gradients, source="s", label="small")
    big = Quadratic(
        (Fraction(1, 3), Fraction(2), Fraction(-1, 5)),
        (Fraction(7, 3), Fraction(11, 5), Fraction(1)),
        (Fraction(1), Fraction(2, 3), Fraction(0)),
        vec(3, 4, Fraction(1, 7)),
        Fraction(17),
    )
    found = simplify(t.itself, {"f": big, "x": vec(10, 20, 30), "c": Fraction(1, 3)})
    assert found["f"].dim == 1
    assert found["f"].value == 0
    assert len(found["x"]) == 1
    pieces = PiecewiseQuadratic(
        (Fraction(0), Fraction(1), Fraction(2)), (Fraction(1),) * 4, Fraction(1, 3), Fraction(5)
    )
    fewer = simplify(t.itself, {"f": pieces, "x": vec(9), "c": Fraction(2, 7)})
    assert len(fewer["f"].knots) == 1


@given(st.fractions(max_denominator=10**6))
def test_simpler_rationals_are_simpler(q: Fraction) -> None:
    assert all(cost(c) < cost(q) for c in simpler_rationals(q))


def test_size_orders_by_count_then_by_digits() -> None:
    assert size({"x": Fraction(1)}) < size({"x": Fraction(22, 7)})
    assert size({"x": vec(1, 1)}) > size({"x": vec(999)})


def moves(f: Smooth, x: Point) -> Claim:
    """grad f(x) = 0, or nearly so: false wherever f is not constant."""
    return le(sq(f.grad(x)), 0)


def test_a_rotated_quadratic_is_seen_in_its_own_axes() -> None:
    t = Theorem(moves, source="s", label="moves")
    turned = Quadratic(
        (Fraction(1, 3),), (Fraction(2), Fraction(1, 7)), (Fraction(1), Fraction(2, 3)), vec(3, 4), Fraction(0)
    )
    offer = turned.straightened()
    assert offer is not None
    plain, moved = offer
    x = vec(Fraction(2, 5), 7)
    assert sq(plain.grad(moved(x))) == sq(turned.grad(x))
    found = simplify(t.itself, {"f": turned, "x": x})
    assert found["f"].dim == 1
    assert found["x"] in (vec(1), vec(0), vec(-1))


def too_long(f: Smooth, h: Positive, x: Point) -> Claim:
    """f(x - h grad f(x)) <= f(x) for every h > 0."""
    return le(f(x - h * f.grad(x)), f(x))


def test_a_homogeneous_statement_falls_with_constants_one() -> None:
    """L = 48 and h L = 5/2 become L = 1 and a step between 2 and 3, and the start is an integer."""
    t = Theorem(too_long, source="s", label="long")
    f = PiecewiseQuadratic(
        (Fraction(17, 3), Fraction(35, 3)), (Fraction(48),) * 2 + (Fraction(24),), Fraction(7), Fraction(5)
    )
    found = simplify(t.itself, {"f": f, "h": Fraction(5, 96), "x": vec(Fraction(-88, 7))})
    assert found["f"].L == 1
    assert found["h"].denominator == 1
    assert found["x"][0].denominator == 1


@dataclass(frozen=True)
class Odd:
    """A number with offers of its own that fail, or are no data."""

    c: Fraction
    how: str

    def simpler(self) -> Iterator[Any]:
        if self.how == "raises":
            yield Odd(1 / (self.c - self.c), self.how)
        if self.how == "ends":
            raise TypeError("no offers")
        yield None if self.how == "nothing" else 0.5


@pytest.mark.parametrize("how", ["raises", "ends", "nothing", "a float"])
def test_offers_that_fail_leave_the_counterexample(how: str, tmp_path: Path) -> None:
    """Offers that are no data are passed over; where the code fails the record says so, and keeps what was found."""
    x = Odd(Fraction(1234, 5), how)
    if how in ("raises", "ends"):
        with pytest.raises(BadInput, match=r"Fraction|no offers"):
            simplify(Theorem(small, source="s", label="small").itself, {"x": x})
        record = examine(Theorem(failing, source="s", label="failing"), Budget(100), tmp_path)
        assert record.verdict == "refuted"
        assert record.certificate
        assert not record.as_expected
        assert "as it was found, since making it simpler failed" in record.why
        return
    # Simpler than it was, by what is done to all numbers.
    assert simplify(Theorem(small, source="s", label="small").itself, {"x": x})["x"].c == 247


def odd(how: str | None = None) -> Domain:
    def draw(d: Draw) -> Odd:
        return Odd(Fraction(choose(d, 300)[0]), how or "nothing")

    return Domain("odd", draw, lambda x: le(0, x.c), (Odd,), simpler=lambda x: x.simpler())


def small(x: Annotated[Odd, odd()]) -> Claim:
    """c <= 100."""
    return le(x.c, 100)


def failing(x: Annotated[Odd, odd("raises")]) -> Claim:
    """c <= 100."""
    return le(x.c, 100)
