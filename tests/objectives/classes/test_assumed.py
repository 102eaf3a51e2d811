"""A class whose conditions are only necessary: what its author draws is asked whether it satisfies them."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from objectives import Objective, by_conditions, monotone_lipschitz_operators
from refute import BadInput, Claim, Domain, Draw, Scalar, Theorem, Vec, choose, cos, dot, known, le, points, sin, vec
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.search.budget import Budget
from refute.verdicts.examine import examine


@dataclass(frozen=True)
class Rippled:
    """c x^2/2 + b cos x: convex where b <= c."""

    c: Fraction
    b: Fraction
    dim = 1

    @property
    def L(self) -> Any:
        return self.c + self.b

    def __call__(self, x: Vec) -> Scalar:
        found: Scalar = self.c * x[0] ** 2 / 2 + self.b * cos(x[0])
        return found

    def grad(self, x: Vec) -> Vec:
        return Vec((self.c * x[0] - self.b * sin(x[0]),))


def rippled(ripples: int) -> Domain:
    """With c = 1, 2, ... 16 sixteenths and b up to so many sixteenths."""

    def draw(d: Draw) -> Rippled:
        c, b = choose(d, 16, ripples + 1)
        return Rippled(Fraction(c + 1, 16), Fraction(b, 16))

    return Domain("rippled parabolas", draw, lambda f: le(0, f.b), types=(Rippled,))


def believed_convex(drawn: Domain) -> Domain:
    return by_conditions(
        "rippled parabolas that are convex",
        pair=lambda f, a, b: [dot(a.g - b.g, a.x - b.x)],
        constants=["L"],
        sufficient=False,
        drawn=drawn,
    )


Broken = Annotated[Objective, believed_convex(rippled(8))]
Kept = Annotated[Objective, believed_convex(rippled(1))]
Point = Annotated[Vec, points(1)]


def broken(f: Broken, x: Point, y: Point) -> Claim:
    """The gradient is monotone."""
    return le(0, dot(f.grad(x) - f.grad(y), x - y))


def kept(f: Kept, x: Point, y: Point) -> Claim:
    """The gradient is monotone."""
    return le(0, dot(f.grad(x) - f.grad(y), x - y))


def test_a_member_that_breaks_the_conditions_is_an_error(tmp_path: Path) -> None:
    record = examine(Theorem(broken, source="s", label="broken"), Budget(examples=1000), tmp_path)
    assert record.verdict == "error"
    assert "a member that drawn= gives is none" in record.why


def test_members_that_keep_them_are_no_error_and_are_searched_in_full(tmp_path: Path) -> None:
    record = examine(Theorem(kept, source="s", label="kept"), Budget(examples=300), tmp_path)
    assert record.verdict == "proved"
    # What is proved is about the conditions; that the members satisfy them rests on the search.
    assert record.examples == 300


def test_what_breaks_the_conditions_is_no_member() -> None:
    domain = believed_convex(rippled(8))
    good, bad = Rippled(Fraction(1), Fraction(1, 2)), Rippled(Fraction(1, 16), Fraction(1, 2))
    assert domain.member(lift(good, Real.of)).decide().truth is True
    assert domain.member(lift(bad, Real.of)).decide().truth is False
    with pytest.raises(BadInput, match="is none"):
        [domain.example(seed) for seed in range(40)]


def test_the_minimizer_is_asked_too() -> None:
    @dataclass(frozen=True)
    class Tilted(Rippled):
        @property
        def minimum(self) -> Any:
            return type("Least", (), {"at": vec(1)})()

    drawn = Domain("t", lambda d: Tilted(Fraction(1), Fraction(0)), lambda f: known(True), types=(Tilted,))
    domain = by_conditions(
        "its minimizer is said to be 1",
        to_minimizer=lambda f, a, star: [a.f - star.f],
        constants=["L"],
        minimizer=True,
        sufficient=False,
        drawn=drawn,
    )
    with pytest.raises(BadInput, match="the minimizer"):
        domain.example()


def test_operators_of_ours_are_believed() -> None:
    """That every monotone map of ours is one is proved, and a proof shortens the search."""
    every = monotone_lipschitz_operators().every
    assert every is not None
    assert not every.assumed
