"""Classes that contradict themselves are an error that names the class, the point and both numbers; honest ones are not."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from objectives import GD
from refute import Ball, Claim, Domain, Piece, Scalar, Theorem, Vec, absolute, converges, exp, known, le, maximum, vec
from refute.errors import BadInput
from refute.statements.consistency import Contradiction, contradictions, raise_contradictions

F = Fraction


@dataclass(frozen=True)
class Honest:
    """c x^2/2 on the line."""

    c: Fraction
    dim = 1

    def __call__(self, x: Vec) -> Scalar:
        return self.c * x[0] ** 2 / 2

    def grad(self, x: Vec) -> Vec:
        return Vec((self.c * x[0],))

    def hessian(self, box: Vec) -> Any:
        return ((self.c,),)

    @property
    def L(self) -> Fraction:
        return abs(self.c)

    @property
    def mu(self) -> Fraction:
        return self.c


class HalfGradient(Honest):
    def grad(self, x: Vec) -> Vec:
        return Vec((self.c * x[0] / 2,))


class Upside(Honest):
    def grad(self, x: Vec) -> Vec:
        return Vec((-self.c * x[0],))


class Shifted(Honest):
    def grad(self, x: Vec) -> Vec:
        return Vec((self.c * x[0] + F(1, 1000),))


class WrongBeyondOne(Honest):
    def grad(self, x: Vec) -> Vec:
        return Vec((self.c * x[0] if x[0] <= 1 else self.c,))


class SmallHessian(Honest):
    def hessian(self, box: Vec) -> Any:
        return ((self.c / 2,),)


class NarrowHessian(Honest):
    """x^4/4 whose Hessian is that at the middle of the box."""

    def __call__(self, x: Vec) -> Scalar:
        return x[0] ** 4 / 4

    def grad(self, x: Vec) -> Vec:
        return Vec((x[0] ** 3,))

    def hessian(self, box: Vec) -> Any:
        middle = Ball(box[0].a.mid())
        return ((3 * middle * middle,),)

    L: Any = None
    mu: Any = None


class SmallL(Honest):
    @property
    def L(self) -> Fraction:
        return self.c / 2


class LargeMu(Honest):
    @property
    def mu(self) -> Fraction:
        return 2 * self.c


class Concave(Honest):
    convex = True

    def __call__(self, x: Vec) -> Scalar:
        return -self.c * x[0] ** 2 / 2

    def grad(self, x: Vec) -> Vec:
        return Vec((-self.c * x[0],))

    def hessian(self, box: Vec) -> Any:
        return ((-self.c,),)

    mu: Any = None


@dataclass(frozen=True)
class Least:
    value: Fraction
    at: Vec | None


class HighMinimum(Honest):
    minimum = Least(F(1), None)


class MinimumElsewhere(Honest):
    minimum = Least(F(0), vec(1))


class Rising(Honest):
    def outward(self, x: Ball, side: int) -> bool:
        return side > 0


class Fading(Honest):
    def fades(self, side: int) -> bool:
        return True


class OtherPiece(Honest):
    def piece(self, x: Ball, h: Any) -> Piece:
        return Piece(None, None, 1 - 2 * h * self.c, 0 * h)


class TwoEntries(Honest):
    def grad(self, x: Vec) -> Vec:
        return Vec((self.c * x[0], self.c * x[0]))


LIARS = [
    HalfGradient, Upside, Shifted, WrongBeyondOne, SmallHessian, NarrowHessian, SmallL, LargeMu, Concave, HighMinimum,
    MinimumElsewhere, Rising, Fading, OtherPiece, TwoEntries,
]  # fmt: skip


@pytest.mark.parametrize("kind", LIARS, ids=lambda k: k.__name__)
def test_a_liar_is_named_with_the_point(kind: Any) -> None:
    with pytest.raises(Contradiction, match=f"the class {kind.__name__} contradicts itself: ") as caught:
        raise_contradictions(kind(F(2)))
    assert any(word in str(caught.value) for word in ("at x = ", "from x = ", "2^32"))


@dataclass(frozen=True)
class Plane:
    """e^x + y^2 + |x - y| + max(x, 0), convex, with a subgradient at its kinks."""

    dim = 2
    convex = True

    def __call__(self, x: Vec) -> Scalar:
        return exp(x[0]) + x[1] ** 2 + absolute(x[0] - x[1]) + maximum(x[0], 0)

    def grad(self, x: Vec) -> Vec:
        side = 1 if x[0] >= x[1] else -1
        return Vec((exp(x[0]) + side + (1 if x[0] > 0 else 0), 2 * x[1] - side))


@pytest.mark.parametrize("f", [Honest(F(2)), Honest(F(-3, 7)), Honest(F(0)), Plane()], ids=str)
def test_the_honest_are_not_accused(f: Any) -> None:
    assert list(contradictions(f)) == []


def test_a_map_whose_derivative_is_another_is_named() -> None:
    @dataclass(frozen=True)
    class Doubling:
        """x -> -2 x, said to contract."""

        def move(self, x: Vec) -> Vec:
            return -3 * x

        def derivative(self, box: Vec) -> Any:
            return ((Ball.of(F(1, 2)),),)

    with pytest.raises(Contradiction, match=r"derivative is 0\.5, but the derivative of x \+ move\(x\) is -2"):
        raise_contradictions(Doubling(), vec(1))


def test_a_function_inside_a_map_of_ours_is_asked_too() -> None:
    with pytest.raises(Contradiction, match="the class SmallHessian"):
        converges(GD(SmallHessian(F(2)), F(1, 4)), vec(1)).decide()


def test_verdicts_and_certificates_are_refused() -> None:
    def falls(f: Any, x: Any) -> Claim:
        """f falls."""
        return le(f(x - f.grad(x)), f(x))

    domain = Domain("liars", lambda d: HalfGradient(F(1)), lambda f: known(True, ""), types=(HalfGradient,))
    from typing import Annotated

    from refute import points
    from refute.search.budget import Budget
    from refute.search.sampling import search

    falls.__annotations__ = {"f": Annotated[Any, domain], "x": Annotated[Vec, points(1)], "return": Claim}
    theorem = Theorem(falls, source="s", label="l")
    with pytest.raises(BadInput, match=r"the class HalfGradient contradicts itself: at x = 1 grad is 0\.5"):
        search(theorem.itself, Budget(10))
