"""What every objective offers to the theorems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from refute import BadInput, Domain, Matrix, Scalar, Vec, partials, points


@dataclass(frozen=True)
class Minimum:
    """The least value, attained; `at` is a minimizer where one is exactly known, else None.

    `value` is a Fraction, or an `Enclosed` real that can be computed to any precision.
    """

    value: Any
    at: Vec | None


#: A function in other units, the factor of its second derivatives, and that of lengths.
Rescaled = tuple[Any, Fraction, Fraction]


class Differentiable(Protocol):
    """What gradient descent asks for."""

    def grad(self, x: Vec) -> Vec:
        """The gradient of f at x."""


def gradient(f: Any, x: Vec) -> Vec:
    """The gradient of f at x: its own `grad`, or by differentiation where f has none."""
    own = getattr(f, "grad", None)
    return partials(f, x) if own is None else own(x)


class Objective(Protocol):
    """A differentiable function on R^dim, given by exact data, with constants computed from it."""

    @property
    def dim(self) -> int:
        """d."""

    def __call__(self, x: Vec) -> Scalar:
        """f(x), in the arithmetic of x."""

    def grad(self, x: Vec) -> Vec:
        """The gradient of f at x."""

    def hessian(self, box: Vec) -> Matrix | None:
        """Balls around the second derivatives over a box of balls (at kinks of f' around both)."""

    @property
    def L(self) -> Fraction:
        """A Lipschitz constant of the gradient."""

    @property
    def L_is_least(self) -> bool:
        """Whether L is known to be the least one."""

    @property
    def mu(self) -> Fraction:
        """A number with f - mu abs(x)^2/2 convex; negative where f is not convex."""

    @property
    def mu_is_largest(self) -> bool:
        """Whether mu is known to be the largest one."""

    @property
    def minimum(self) -> Any:
        """The global `Minimum`; None where there is none or none is certified."""

    @property
    def reach(self) -> int | None:
        """How far from 0 points are drawn (None: as far as 10^6). Where softplus and its like have
        decayed to e^-t, differences of values need more than t bits."""

    @property
    def has_minimum(self) -> bool | None:
        """Whether f attains a minimum; None where this is not known."""

    @property
    def bounded_below(self) -> bool | None:
        """Whether f is bounded below; None where this is not known."""


def units(L: Fraction, lengths: Iterable[Fraction]) -> Iterator[tuple[Fraction, Fraction]]:
    """The factors of second derivatives and of lengths that make L or one of the lengths 1."""
    one = Fraction(1)
    if L not in (0, 1):
        yield 1 / L, one
    yield from ((one, 1 / abs(t)) for t in lengths if abs(t) not in (0, 1))


def starts(f: Any, *, near: Vec | None = None) -> Domain:
    """The points of R^dim, drawn within the reach of f, some of them landmarks of f (the knots of a
    piecewise quadratic), and with `near` some of them that point, or close to it; of tabulated data only points in the table."""
    own: Domain | None = getattr(f, "starts", None)
    return own or points(f.dim, near, within=f.reach, also=getattr(f, "landmarks", ()))


def refuse_step(step: Scalar) -> None:
    """Raise BadInput for the step of a proximal point that is not positive."""
    if not step > 0:
        raise BadInput(f"a proximal point needs a step above 0, not {step}")
