"""Quadratic functions: what is drawn belongs, and what is true and false of all of them is told apart."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import (
    Minimum,
    Objective,
    Quadratic,
    by_conditions,
    convex_nonsmooth,
    convex_quadratics,
    gradient_step,
    strongly_convex_quadratics,
)
from refute import BadInput, Claim, Domain, Theorem, Vec, between, both, dot, eq, known, le, points, positive, sq, vec
from refute.duality.everywhere import prove_everywhere
from refute.errors import NotLinear
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.proofs.for_all import as_data
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.verify_proof import NoProof, check

ONE, ZERO = Fraction(1), Fraction(0)
Convex = Annotated[Objective, convex_quadratics()]
Strongly = Annotated[Objective, strongly_convex_quadratics()]
Point = Annotated[Vec, lambda f: points(f.dim)]
Step = Annotated[Fraction, lambda f: between(0, 2 / (f.L + f.mu), open=True)]
BOWL = Quadratic((ZERO,), (ONE, Fraction(4)), (ZERO, ZERO), vec(0, 0), ZERO)


@pytest.mark.parametrize("dim", [None, 1, 7])
@pytest.mark.parametrize("domain", [convex_quadratics, strongly_convex_quadratics], ids=lambda d: d.__name__)
@given(st.data())
def test_what_is_drawn_belongs(domain: Any, dim: int | None, data: st.DataObject) -> None:
    own = domain(dim=dim)
    f = own.draw(data.draw)
    assert dim in (None, f.dim)
    assert own.member(lift(f, Real.of)).decide().truth is True
    if dim is not None:
        assert domain(dim=dim + 1).member(f).decide().truth is False


@pytest.mark.parametrize(
    ("f", "convex", "strongly"),
    [
        (BOWL, True, True),
        (replace(BOWL, eigenvalues=(ZERO, ONE)), True, False),
        (replace(BOWL, eigenvalues=(-ONE, ONE)), False, False),
        (replace(BOWL, eigenvalues=(ZERO, ONE), slopes=(ONE, ZERO)), False, False),
        (replace(BOWL, eigenvalues=(ZERO, ZERO)), False, False),
    ],
)
def test_what_belongs(f: Quadratic, convex: bool, strongly: bool) -> None:
    assert (convex_quadratics().member(f).decide().truth is True) is convex
    assert (strongly_convex_quadratics().member(f).decide().truth is True) is strongly


def affine(f: Convex, x: Point, y: Point) -> Claim:
    """The gradient at a point of a line through two points."""
    return eq(f.grad(3 * y - 2 * x), 3 * f.grad(y) - 2 * f.grad(x))


def expansion(f: Strongly, x: Point, y: Point) -> Claim:
    """Half the second difference is all that there is beside the slope."""
    return eq(f(y), f(x) + dot(f.grad(x), y - x) + dot(f.grad(y) - f.grad(x), y - x) / 2)


def contracts(f: Strongly, x: Point, h: Step) -> Claim:
    """By 1 - h mu, for two parameters at once."""
    return le(sq(gradient_step(f, h, x) - f.minimum.at), (1 - h * f.mu) ** 2 * sq(x - f.minimum.at))


def symmetric(f: Convex, x: Point, y: Point) -> Claim:
    """A is its own adjoint."""
    star = f.minimum.at
    return eq(dot(f.grad(x), y - star), dot(f.grad(y), x - star))


def no_farther(f: Convex, x: Point, y: Point) -> Claim:
    """Gradient steps of 1/L."""
    h = 1 / f.L
    return le(sq(gradient_step(f, h, x) - gradient_step(f, h, y)), sq(x - y))


def twice(f: Convex, x: Point) -> Claim:
    """The gradient after a step of 1/L is that before, less what A makes of it."""
    g, star = f.grad(x), f.minimum.at
    return eq(f.grad(gradient_step(f, 1 / f.L, x)), g - f.grad(star + g / f.L))


def moreau(f: Annotated[Any, convex_quadratics()], x: Point, h: Annotated[Fraction, positive()]) -> Claim:
    """A proximal point is where a gradient step leads back from, and the gradients there and at x differ by what A makes of the step."""
    y = f.prox(h, x)
    return both(back=eq(y + h * f.grad(y), x), mean=eq(f.grad((x + y) / 2), (f.grad(x) + f.grad(y)) / 2))


def about_another(
    f: Convex, g: Annotated[Any, lambda f: convex_nonsmooth(dim=f.dim, minimizer=True)], x: Point
) -> Claim:
    """Points are measured from the minimizer of another function, of which the first one has an answer."""
    m = g.minimum.at
    return le(0, dot(f.grad(m) - f.grad(x), m - x) + g(x) - g.minimum.value)


@pytest.mark.parametrize("body", [about_another, moreau, affine, expansion, contracts, symmetric, no_farther, twice])
def test_what_is_true_is_proved(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="l")
    tally = search(statement.itself, Budget(20))
    assert tally.counterexample is None
    assert tally.decided >= 20
    proof = prove_everywhere(statement.itself)
    assert proof
    assert check(as_data(statement, proof))


def linear(f: Convex, x: Point, y: Point) -> Claim:
    """Of an affine gradient: where the minimizer is not 0 it is false."""
    return eq(f.grad(2 * x), 2 * f.grad(x))


def stays(f: Convex, x: Point, y: Point) -> Claim:
    """The mean of the gradients is that at another point."""
    return eq(f.grad((x + 2 * y) / 3), (f.grad(x) + f.grad(y)) / 2)


def expanded(f: Strongly, x: Point, y: Point) -> Claim:
    """With 0.49 in place of one half."""
    return eq(f(y), f(x) + dot(f.grad(x), y - x) + Fraction(49, 100) * dot(f.grad(y) - f.grad(x), y - x))


def contracts_more(f: Strongly, x: Point, h: Step) -> Claim:
    """By 1 % more."""
    bound = Fraction(99, 100) * (1 - h * f.mu) ** 2
    return le(sq(gradient_step(f, h, x) - f.minimum.at), bound * sq(x - f.minimum.at))


@pytest.mark.parametrize("body", [linear, stays, expanded, contracts_more])
def test_what_is_false_is_refuted_and_not_proved(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="l").itself
    assert search(statement, Budget(300, 128, None, 3)).counterexample is not None
    if body is linear:
        with pytest.raises(NotLinear, match="depends on the origin"):
            prove_everywhere(statement)
    else:
        assert not prove_everywhere(statement)


class Bent:
    """x^2 with what is not its gradient, and not linear."""

    dim, L, minimum, reach = 1, ONE, Minimum(ZERO, vec(0)), None

    def __call__(self, x: Vec) -> Any:
        return x[0] ** 2

    def grad(self, x: Vec) -> Vec:
        return vec(x[0] ** 2)


def test_a_class_of_ones_own_is_asked_whether_it_is_linear() -> None:
    drawn = Domain("bent", lambda d: Bent(), lambda f: known(True), (Bent,))
    domain = by_conditions(
        "bent",
        pair=lambda f, a, b: [sq(a.g - b.g)],
        constants=("L",),
        minimizer=True,
        linear=True,
        sufficient=False,
        drawn=drawn,
    )
    with pytest.raises(BadInput, match="linear between"):
        domain.draw(lambda _: 0)
    with pytest.raises(BadInput, match="linear=True says"):
        by_conditions("x", pair=lambda f, a, b: [], linear=True, sufficient=False, drawn=drawn)
    with pytest.raises(BadInput, match="linear=True says"):
        by_conditions("x", pair=lambda f, a, b: [], linear=True, operator=True, sufficient=True)


def test_where_a_proximal_point_is() -> None:
    f = Quadratic((Fraction(1, 2),), (ONE, Fraction(4)), (ONE, ZERO), vec(3, -1), ZERO)
    y = f.prox(Fraction(1, 3), vec(5, 7))
    assert y + Fraction(1, 3) * f.grad(y) == vec(5, 7)
    with pytest.raises(BadInput, match="step above 0"):
        f.prox(ZERO, vec(5, 7))
    with pytest.raises(BadInput, match="no proximal point"):
        replace(f, eigenvalues=(-ONE, ONE)).prox(ONE, vec(5, 7))


def test_forged_answers_of_a_quadratic_are_not_linear() -> None:
    statement = Theorem(twice, source="s", label="l")
    data = as_data(statement, prove_everywhere(statement.itself) or [])
    assert check(data)
    (f,) = data["cases"][0]["functions"]
    derived = next(r for r in f["rows"] if len(r["g"]) > 1)
    for forged in (
        [{**r, "g": {}} if r is derived else r for r in f["rows"]],
        [{**r, "x": {k: {"p": ["2"], "q": ["1"]} for k in r["x"]}} if r is derived else r for r in f["rows"]],
        [r for r in f["rows"] if r["at"] != "*"],
        [r for r in f["rows"] if r["at"] == "*" or r is derived],
    ):
        changed = {**data, "cases": [{**data["cases"][0], "functions": [{**f, "rows": forged}]}]}
        with pytest.raises(NoProof, match="are not linear in its points"):
            check(changed)
