"""Skew-symmetric and symmetric operators: what is drawn belongs, what does not is refused, and what is true and false of them is told apart."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import LinearMap, by_conditions, skew_operators, symmetric_operators
from refute import (
    BadInput,
    Claim,
    Domain,
    Theorem,
    Vec,
    any_of,
    between,
    dot,
    eq,
    known,
    le,
    lt,
    points,
    positive,
    sq,
    vec,
)
from refute.duality.everywhere import prove_everywhere
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.proofs.for_all import as_data
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.verdicts.examine import verdict
from refute.verify_proof import check

F = Fraction
ONE, ZERO = F(1), F(0)
TURN = LinearMap(((ZERO, -ONE), (ONE, ZERO)), ONE, ZERO)
DIAGONAL = LinearMap(((F(3), ZERO), (ZERO, ONE)), F(3), ONE)


@pytest.mark.parametrize("domain", [skew_operators(), symmetric_operators()], ids=lambda d: d.name)
@given(st.data())
def test_what_is_drawn_belongs(domain: Any, data: st.DataObject) -> None:
    A = domain.draw(data.draw)
    assert domain.member(lift(A, Real.of)).decide().truth is True
    x = vec(*range(1, A.dim + 1))
    y = A.prox(F(1, 3), x)
    assert y + F(1, 3) * A(y) == x


@pytest.mark.parametrize(
    ("changed", "belongs"),
    [
        ({}, True),
        ({"L": F(2)}, True),
        ({"L": F(99, 100)}, False),
        ({"mu": F(1, 100)}, False),
        ({"M": ((ZERO, -ONE), (F(99, 100), ZERO))}, False),
        ({"M": ((F(1, 100), ZERO), (ZERO, ZERO))}, False),
    ],
)
def test_what_is_skew(changed: dict[str, Any], belongs: bool) -> None:
    assert skew_operators().member(replace(TURN, **changed)).decide().truth is belongs


@pytest.mark.parametrize(
    ("changed", "belongs"),
    [
        ({}, True),
        ({"L": F(299, 100)}, False),
        ({"mu": F(101, 100)}, False),
        ({"mu": ZERO}, False),
        ({"M": ((F(3), F(1, 100)), (ZERO, ONE))}, False),
        ({"M": ((F(3), F(1, 100)), (F(1, 100), ONE))}, False),
    ],
)
def test_what_is_symmetric(changed: dict[str, Any], belongs: bool) -> None:
    assert symmetric_operators().member(replace(DIAGONAL, **changed)).decide().truth is belongs


@pytest.mark.parametrize("M", [(), ((),), ((ZERO, ONE), (ONE,))])
def test_the_rows_have_one_length(M: Any) -> None:
    with pytest.raises(BadInput, match="rows of one length"):
        LinearMap(M, ONE, ZERO)


@pytest.mark.parametrize("domain", [skew_operators(), symmetric_operators()], ids=lambda d: d.name)
def test_a_map_to_another_space_is_neither_and_has_no_resolvent(domain: Any) -> None:
    A = LinearMap(((ONE, ZERO),), ONE, ZERO)
    assert domain.member(A).decide().truth is False
    with pytest.raises(BadInput, match=r"from R\^2 to R\^1 has no resolvent"):
        A.prox(ONE, vec(1, 0))


def test_a_resolvent_needs_a_step_above_0() -> None:
    with pytest.raises(BadInput, match="above 0"):
        TURN.prox(ZERO, vec(1, 0))


PAIRS_ALONE = by_conditions(
    "monotone matrices",
    pair=lambda A, a, b: [dot(a.g - b.g, a.x - b.x)],
    constants=("L",),
    operator=True,
    sufficient=False,
    linear=True,
    drawn=symmetric_operators(),
)
Skew = Annotated[Any, skew_operators()]
Symmetric = Annotated[Any, symmetric_operators()]
Point = Annotated[Vec, lambda A: points(A.dim)]
Step = Annotated[F, positive()]


def pythagoras(A: Skew, x: Point, h: Step) -> Claim:
    """x - y = hAy is orthogonal to the resolvent y of x."""
    y = A.prox(h, x)
    return eq(sq(y) + sq(x - y), sq(x))


def self_adjoint(A: Symmetric, x: Point, y: Point) -> Claim:
    """<Ax, y> = <x, Ay>."""
    return eq(dot(A(x), y), dot(x, A(y)))


def shrinks(A: Symmetric, x: Point, h: Annotated[F, lambda A: between(0, 2 / (A.L + A.mu))]) -> Claim:
    """|x - hAx|^2 <= (1 - 2h mu L/(mu + L))|x|^2, of the gradients of quadratic functions."""
    return le(sq(x - h * A(x)), (1 - 2 * h * A.mu * A.L / (A.mu + A.L)) * sq(x))


@pytest.mark.parametrize("body", [pythagoras, self_adjoint, shrinks])
def test_what_is_true_is_proved(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="l")
    proof = prove_everywhere(statement.itself)
    assert verdict(statement, search(statement.itself, Budget(20)))[0] == "holds"
    assert proof is not None


def resolvent_shrinks(A: Skew, x: Point, h: Step) -> Claim:
    """By 1 + h^2 L^2: not along a direction that A takes to 0."""
    return le(sq(A.prox(h, x)) * (1 + (h * A.L) ** 2), sq(x))


def closer(A: Skew, x: Point, h: Annotated[F, lambda A: between(0, 1 / A.L)]) -> Claim:
    """An extragradient step leads closer, unless it rests: not for hL = 1."""
    y = x - h * A(x - h * A(x))
    return any_of(rests=eq(sq(A(x)), 0), none=eq(h, 0), closer=lt(sq(y), sq(x)))


def commutes(A: Symmetric, x: Point, y: Point) -> Claim:
    """<Ax, y> <= mu |x|^2/2 + L |y|^2/2: of 2 <Ax, y> it is true with L twice."""
    return le(dot(A(x), y), A.mu * sq(x) / 2 + A.L * sq(y) / 2)


def diagonal(A: Symmetric, x: Point) -> Claim:
    """A x is along x."""
    return le(sq(A(x)) * sq(x), dot(A(x), x) ** 2)


@pytest.mark.parametrize("body", [resolvent_shrinks, closer, commutes, diagonal])
def test_what_is_false_is_refuted(body: Callable[..., Claim]) -> None:
    assert search(Theorem(body, source="s", label="l").itself, Budget(400)).counterexample is not None


def monotone(A: Annotated[Any, PAIRS_ALONE], x: Point, y: Point) -> Claim:
    """A class that asks of two answers alone: no point is the origin, which a linear operator knows."""
    return le(0, dot(A(x) - A(y), x - y))


def test_a_linear_operator_knows_where_the_origin_is() -> None:
    statement = Theorem(monotone, source="s", label="l")
    proof = prove_everywhere(statement.itself)
    assert proof
    assert check(as_data(statement, proof))


def relu(d: Any) -> Any:
    return Relu()


class Relu:
    """max(x, 0), which is linear between points on one side."""

    dim, L, mu, minimum, reach = 1, ONE, ZERO, None, None

    def __call__(self, x: Vec) -> Vec:
        return vec(max(x[0], ZERO))


def test_what_is_linear_on_one_side_is_not_linear() -> None:
    drawn = Domain("relu", relu, lambda A: known(True), (Relu,))
    one = by_conditions("relu", one=lambda A, a: [sq(a.x)], operator=True, sufficient=False, drawn=drawn, linear=True)
    with pytest.raises(BadInput, match="linear between"):
        one.draw(lambda _: 0)
