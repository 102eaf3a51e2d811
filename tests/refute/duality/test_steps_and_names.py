"""Where a statement has no value nothing is proved, and what is proved both checkers accept: whatever points are called, and for classes of given numbers."""

from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import Known, Objective, convex, convex_nonsmooth, monotone_operators, starts
from refute import Claim, Domain, Theorem, Vec, at_least, between, dot, iterated, le, naturals, points, positive, sq
from refute.duality.everywhere import prove_everywhere
from refute.errors import NotLinear
from refute.proofs.for_all import as_data
from refute.verify_proof import check

Nonsmooth = Annotated[Known, convex_nonsmooth(minimizer=True)]
Upto2 = Annotated[Objective, convex(L=2)]
Operator = Annotated[Known, monotone_operators()]
Other = Annotated[Known, lambda S: monotone_operators(dim=S.dim)]
Place = Annotated[Vec, lambda f: points(f.dim)]
Start = Annotated[Vec, lambda f: starts(f)]
InSpace = Annotated[Vec, lambda S: points(S.dim)]
Steps = Annotated[int, naturals(0, drawn=3)]


def theorem(body: Any) -> Theorem:
    return Theorem(body, source="s", label="l")


def nearer(steps: Domain, size: Any = lambda h: h) -> Any:
    def body(f: Nonsmooth, x: Place, h: Annotated[Fraction, steps]) -> Claim:
        """A proximal step does not lead away."""
        return le(sq(f.prox(size(h), x) - f.minimum.at), sq(x - f.minimum.at))

    return body


def counted(size: Any) -> Any:
    def body(f: Nonsmooth, x: Place, N: Steps) -> Claim:
        """Nor do N of them."""
        low = f.minimum.at
        last: Vec = iterated(lambda k, y: f.prox(size(k), y), x, N, lambda k, y: sq(y - low))
        return le(sq(last - low), sq(x - low))

    return body


@pytest.mark.parametrize(
    "body",
    [nearer(positive()), nearer(between(1, 2)), nearer(between(-1, 0), lambda h: 1 - h), counted(lambda k: k + 1)],
)
def test_a_proximal_step_above_0_is_proved(body: Any) -> None:
    assert prove_everywhere(theorem(body).itself)


@pytest.mark.parametrize(
    "body",
    [
        nearer(at_least(0)),
        nearer(positive(), lambda h: -h),
        nearer(between(-1, 1)),
        nearer(positive(), lambda h: h * h - 2 * h + 1),  # 0 at 1
        nearer(positive(), lambda h: 1 - 1),
        counted(lambda k: k),
        counted(lambda k: 3 - k),
    ],
)
def test_a_step_that_may_be_0_or_less_has_no_value_and_no_proof(body: Any) -> None:
    with pytest.raises(NotLinear, match="a proximal point needs a step above 0"):
        prove_everywhere(theorem(body).itself)


def composed(S: Operator, T: Other, x: InSpace, y: InSpace) -> Claim:
    """The composition of two resolvents is nonexpansive."""
    return le(sq(T.prox(1, S.prox(1, x)) - T.prox(1, S.prox(1, y))), sq(x - y))


def gradient_of_a_gradient(f: Upto2, x: Start, y: Start) -> Claim:
    """x -> grad f(grad f(x)) is 4-Lipschitz."""
    return le(sq(f.grad(f.grad(x)) - f.grad(f.grad(y))), 16 * sq(x - y))


def twice(
    f: Annotated[Objective, convex(minimizer="known")], last: Start, N: Annotated[int, naturals(1, drawn=3)]
) -> Claim:
    """N steps, and N shorter ones, from a point called `last`."""
    at = f.minimum.at
    y: Vec = iterated(lambda k, y: y - f.grad(y) / f.L, last, N, lambda k, y: sq(y - at))
    z: Vec = iterated(lambda k, y: y - f.grad(y) / f.L / 2, y, N, lambda k, y: sq(y - at))
    return le(sq(z - at), sq(last - at))


def slopes_grow(f: Upto2, x: Start, y: Start, t: Annotated[Fraction, between(0, 1)]) -> Claim:
    """The slope along a segment grows: the weight has a pole at t = 0, where continuity proves it."""
    return le(dot(f.grad(x), y - x), dot(f.grad(x + t * (y - x)), y - x))


@pytest.mark.parametrize("body", [composed, gradient_of_a_gradient, twice, slopes_grow])
def test_what_is_proved_the_second_checker_accepts(body: Any) -> None:
    proof = prove_everywhere(theorem(body).itself)
    assert proof
    assert check(as_data(theorem(body), proof))
