"""Statements that are not tight, of which many weights are a proof: they are proved for all values of their parameter, and false ones close to them are not."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Objective, convex, gradient_step, orthogonal_projections, starts, strongly_convex
from refute import Claim, Theorem, Vec, between, le, points, sq, verify_proof
from refute.duality.everywhere import prove_everywhere
from refute.proofs.for_all import as_data

F = Fraction
UpTo4 = Annotated[Objective, strongly_convex(mu=1, L=4)]
Start = Annotated[Vec, lambda f: starts(f)]
ONE = F(1)


def weak_contraction(f: UpTo4, x: Start, h: Annotated[F, between(0, F(1, 4))], *, c: Fraction = ONE) -> Claim:
    """(1 - h) in place of (1 - h)^2."""
    return le(sq(x - h * f.grad(x) - f.minimum.at), c * (1 - h) * sq(x - f.minimum.at))


def nesterov(f: UpTo4, x: Start, h: Annotated[F, between(0, F(2, 5))], *, c: Fraction = ONE) -> Claim:
    """Nesterov 2004, Theorem 2.1.15, for mu = 1, L = 4: tight at both ends of the range alone."""
    return le(sq(x - h * f.grad(x) - f.minimum.at), (1 - c * F(8, 5) * h) * sq(x - f.minimum.at))


def slow_rate(f: Annotated[Objective, strongly_convex()], x: Start, *, c: Fraction = ONE) -> Claim:
    """|x_1 - x_*|^2 <= (1 - mu/L) |x_0 - x_*|^2 for all mu and L."""
    y = gradient_step(f, 1 / f.L, x)
    return le(sq(y - f.minimum.at), c * (1 - f.mu / f.L) * sq(x - f.minimum.at))


def one_block(
    f: Annotated[Objective, strongly_convex()],
    P: Annotated[Any, lambda f: orthogonal_projections(dim=f.dim)],
    x: Start,
    *,
    c: Fraction = ONE,
) -> Claim:
    """One of two blocks of coordinates at random (Wright 2015)."""
    g = f.grad(x)
    p = P(g)
    mean = (f(x - p / f.L) + f(x - (g - p) / f.L)) / 2
    return le(mean - f.minimum.value, (1 - c * f.mu / (2 * f.L)) * (f(x) - f.minimum.value))


def longer(
    f: Annotated[Objective, convex(L=1)],
    x: Annotated[Vec, lambda f: points(f.dim)],
    h: Annotated[F, between(0, F(3, 2))],
    *,
    c: Fraction = ONE,
) -> Claim:
    """A quarter of what a step gains."""
    return le(f(x - h * f.grad(x)), f(x) - c * h / 4 * sq(f.grad(x)))


STATEMENTS: list[tuple[Callable[..., Claim], Fraction]] = [
    (weak_contraction, F(9, 10)),
    (nesterov, F(21, 20)),
    (slow_rate, F(1, 2)),
    (one_block, F(5, 2)),
    (longer, F(3, 2)),
]
NAMES = [body.__name__ for body, _ in STATEMENTS]


@pytest.mark.parametrize(("body", "false"), STATEMENTS, ids=NAMES)
def test_what_is_not_tight_is_proved_for_all_values(body: Callable[..., Claim], false: Fraction) -> None:
    theorem = Theorem(body, source="s", label="statement")
    proof = prove_everywhere(theorem.itself)
    assert proof
    verify_proof.check(as_data(theorem, proof))


@pytest.mark.parametrize(("body", "false"), STATEMENTS, ids=NAMES)
def test_what_is_false_is_not(body: Callable[..., Claim], false: Fraction) -> None:
    assert not prove_everywhere(replace(Theorem(body, source="s", label="statement").itself, constants={"c": false}))
