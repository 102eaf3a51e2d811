r"""Sums of ridge functions f(x) = sum_i c_i phi_i(a_i . x + b_i).

The Hessian is sum c_i phi_i''(a_i . x + b_i) a_i a_i^T, and 0 <= a a^T <= abs(a)^2 I. Hence with
U = sum abs(a_i)^2 sup c_i phi_i'' and D = sum abs(a_i)^2 inf c_i phi_i'' (profiles.py has the ranges,
which contain 0) the curvature of f in every direction lies in [D, U]: L = max(U, -D) is a Lipschitz
constant of the gradient and f - D abs(x)^2/2 is convex. For a single term both are the best ones:
along a the curvature takes every value of abs(a)^2 c phi'', and D <= 0 <= U is approached.

Where f has a minimum that is known (see minima.py for functions of the line):
if the a_i are linearly independent the arguments a_i . x + b_i take all values at once, so the
infimum of f is the sum of the infima of its terms, attained iff each of them is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from itertools import pairwise
from typing import Any

from objectives.functions import minima
from objectives.functions.formula import Printed
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.profiles import PROFILES, Name, Profile
from objectives.functions.protocol import Minimum, Rescaled
from refute import BadInput, Ball, Matrix, Piece, Scalar, Vec, as_fraction, constant, dot, sq, total


@dataclass(frozen=True)
class Ridge(Printed):
    """c phi(a . x + b)."""

    c: Fraction
    phi: Name
    a: Vec
    b: Fraction

    def __post_init__(self) -> None:
        if self.phi not in PROFILES:
            raise BadInput(f"{self.phi!r} is not a profile: use one of {', '.join(PROFILES)}")

    @property
    def profile(self) -> Profile:
        """phi and its derivatives."""
        return PROFILES[self.phi]

    def argument(self, x: Vec) -> Scalar:
        """a . x + b."""
        return dot(self.a, x) + self.b

    @property
    def least_curvature(self) -> Fraction:
        """inf of c phi''."""
        ends = (self.c * self.profile.least_curvature, self.c * self.profile.most_curvature)
        return min(ends)

    @property
    def most_curvature(self) -> Fraction:
        """sup of c phi''."""
        ends = (self.c * self.profile.least_curvature, self.c * self.profile.most_curvature)
        return max(ends)

    def growth(self, side: int) -> Fraction:
        """On the line: the limit of the slope, outwards, towards side * infinity (0 for cos)."""
        a = self.a[0] * side
        if self.phi == "softplus":
            return Fraction(self.c * max(a, Fraction(0)))
        return Fraction(self.c * abs(a)) if self.phi in ("log_cosh", "huber") else Fraction(0)

    @property
    def least(self) -> Fraction | None:
        """min of c phi, None where it is not attained."""
        least = self.profile.least if self.c > 0 else self.profile.least_of_negative
        return Fraction(0) if self.c == 0 else (None if least is None else abs(self.c) * least)


def _rational(t: Ridge) -> bool:
    return all(getattr(c, "q", 0) is not None for c in (t.c, t.b, *t.a))


@dataclass(frozen=True)
class RidgeSum(Printed):
    """The sum of its terms; raises BadInput unless all live in the same dimension."""

    terms: tuple[Ridge, ...]

    def __post_init__(self) -> None:
        if not self.terms or len({len(t.a) for t in self.terms}) != 1 or not len(self.terms[0].a):
            raise BadInput("a sum of ridge functions needs at least one term, all in one dimension")

    @property
    def dim(self) -> int:
        """d."""
        return len(self.terms[0].a)

    @constant
    def L(self) -> Fraction:
        """A Lipschitz constant of the gradient, max(U, -D)."""
        up = sum((sq(t.a) * t.most_curvature for t in self.terms), Fraction(0))
        return Fraction(max(up, -self.mu))

    @constant
    def mu(self) -> Fraction:
        """D, at most 0."""
        return sum((sq(t.a) * t.least_curvature for t in self.terms), Fraction(0))

    def rescaled(self) -> Iterator[Rescaled]:
        """c f(x/s): with the largest factor of a term 1, and with each entry of an a 1."""
        one = Fraction(1)
        most = max(abs(t.c) for t in self.terms)
        entries = {abs(e) for t in self.terms for e in t.a} - {0, 1}
        for c, s in ([] if most in (0, 1) else [(1 / most, one)]) + [(one, e) for e in sorted(entries)]:
            yield RidgeSum(tuple(Ridge(c * t.c, t.phi, t.a / s, t.b) for t in self.terms)), c / s**2, s

    @property
    def L_is_least(self) -> bool:
        """Known for a single term."""
        return len(self.terms) == 1

    @property
    def mu_is_largest(self) -> bool:
        """Known for a single term."""
        return len(self.terms) == 1

    @constant
    def minimum(self) -> Minimum | None:
        """The least value: exact for independent a_i, enclosed on the line; None where not certified."""
        leasts = [t.least for t in self.terms]
        if independent([t.a for t in self.terms]):
            if None in leasts:
                return None
            return Minimum(sum((v for v in leasts if v is not None), Fraction(0)), None)
        return minima.on_the_line(self) if self.dim == 1 else None

    @property
    def reach(self) -> int | None:
        """64 where an exponential profile occurs."""
        return 64 if any(t.phi in ("softplus", "log_cosh") for t in self.terms) else None

    @constant
    def has_minimum(self) -> bool | None:
        """True where it is certified, False where a term or a side shows that there is none."""
        if self.minimum is not None:
            return True
        if self.bounded_below is False or independent([t.a for t in self.terms]):
            return False
        return None

    @constant
    def bounded_below(self) -> bool | None:
        """From the terms: all bounded below, or (on the line) a side on which f decreases for ever."""
        if all(t.c >= 0 or t.phi in ("cos", "rational") for t in self.terms):
            return True
        decreasing = self.dim == 1 and any(
            sum((t.growth(side) for t in self.terms), Fraction(0)) < 0 for side in (1, -1)
        )
        return False if decreasing else None

    def __call__(self, x: Vec) -> Scalar:
        return total(t.c * t.profile.value(t.argument(x)) for t in self.terms)

    def grad(self, x: Vec) -> Vec:
        """sum c phi'(a . x + b) a."""
        weights = [t.c * t.profile.slope(t.argument(x)) for t in self.terms]
        return Vec(tuple(total(w * t.a[i] for w, t in zip(weights, self.terms, strict=True)) for i in range(self.dim)))

    def hessian(self, box: Vec) -> Matrix:
        """Balls around the second derivatives over the box."""
        weights = [t.c * t.profile.curvature(Ball.of(t.argument(box))) for t in self.terms]
        return tuple(
            tuple(
                total(w * (t.a[i] * t.a[j]) for w, t in zip(weights, self.terms, strict=True)) for j in range(self.dim)
            )
            for i in range(self.dim)
        )

    @constant
    def as_piecewise(self) -> PiecewiseQuadratic | None:
        """A sum of Huber functions of the line is piecewise quadratic; None for other sums, and where a number of it is not rational."""
        if self.dim > 1 or any(t.phi != "huber" or t.a[0] == 0 or not _rational(t) for t in self.terms):
            return None
        knots: list[Any] = []
        for t in sorted((e - t.b) / t.a[0] for t in self.terms for e in (-1, 1)):
            knots += [t] if not knots or knots[-1] < t else []
        middles = [
            knots[0] - 1,
            *((a + b) / 2 for a, b in pairwise(knots)),
            knots[-1] + 1,
        ]

        def curvature(x: Fraction) -> Fraction:
            inside = (t for t in self.terms if abs(t.a[0] * x + t.b) < 1)
            return sum((t.c * t.a[0] ** 2 for t in inside), Fraction(0))

        at = Vec((knots[0],))
        slope, value = (as_fraction(v) for v in (self.grad(at)[0], self(at)))
        ends = tuple(map(as_fraction, knots))
        return PiecewiseQuadratic(ends, tuple(as_fraction(curvature(x)) for x in middles), slope, value)

    def piece(self, x: Ball, h: Any) -> Piece | None:
        """The piece of a sum of Huber functions (see PiecewiseQuadratic.piece)."""
        return None if self.as_piecewise is None else self.as_piecewise.piece(x, h)

    def outward(self, x: Ball, side: int) -> bool:
        """Whether f decreases strictly from x on towards side * infinity (see minima.py)."""
        return minima.falls_beyond(self, x, side)

    def fades(self, side: int) -> bool:
        """Whether f' tends to 0 towards side * infinity."""
        return all(
            t.c * t.a[0] == 0 or t.phi == "rational" or (t.phi == "softplus" and t.a[0] * side < 0) for t in self.terms
        )

    @constant
    def axis(self) -> Vec | None:
        """A vector that all a_i are multiples of, or None."""
        w = next((t.a for t in self.terms if any(t.a)), self.terms[0].a)
        parallel = all(dot(t.a, w) ** 2 == sq(t.a) * sq(w) for t in self.terms)
        return w if parallel and any(w) else None

    def along(self, x: Vec) -> tuple[RidgeSum, Scalar] | None:
        """Where the a_i are multiples of one w: y -> f(x + y w) as a function of the line, abs(w)^2."""
        w = self.axis
        if w is None:
            return None
        data = [(t.c, t.phi, Vec((dot(t.a, w),)), t.argument(x)) for t in self.terms]
        return _unchecked(RidgeSum, tuple(_unchecked(Ridge, *row) for row in data)), sq(w)

    @constant
    def coercive(self) -> bool:
        """On the line: whether f tends to infinity on both sides, from the slopes of its terms there."""
        return self.dim == 1 and all(sum((t.growth(side) for t in self.terms), Fraction(0)) > 0 for side in (1, -1))

    def restrict(self, axes: Sequence[int]) -> RidgeSum:
        """The same terms with these coordinates of the a_i only."""
        return RidgeSum(tuple(Ridge(t.c, t.phi, Vec(tuple(t.a[i] for i in axes)), t.b) for t in self.terms))

    def simpler(self) -> Iterator[RidgeSum]:
        """The sum without one of its terms."""
        if len(self.terms) > 1:
            for i in range(len(self.terms)):
                yield RidgeSum(self.terms[:i] + self.terms[i + 1 :])


def _unchecked(kind: type, *values: Any) -> Any:
    """An object of already lifted data, whose checks have no meaning any more."""
    made: Any = object.__new__(kind)
    for field, value in zip(fields(kind), values, strict=True):
        object.__setattr__(made, field.name, value)
    return made


def independent(vectors: Sequence[Vec]) -> bool:
    """Whether the vectors are linearly independent."""
    rows = [[Fraction(e) for e in v] for v in vectors]
    rank = 0
    for col in range(len(rows[0])):
        p = next((r for r in range(rank, len(rows)) if rows[r][col]), None)
        if p is None:
            continue
        rows[rank], rows[p] = rows[p], rows[rank]
        for r in range(rank + 1, len(rows)):
            c = rows[r][col] / rows[rank][col]
            rows[r] = [a - c * b for a, b in zip(rows[r], rows[rank], strict=True)]
        rank += 1
    return rank == len(rows)
