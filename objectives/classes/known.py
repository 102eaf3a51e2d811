"""A function, or an operator, of which finitely many answers are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from objectives.functions.formula import Printed
from objectives.functions.linear import same_point
from objectives.functions.protocol import Minimum, refuse_step
from refute import BadInput, CannotBatch, Claim, Scalar, Vec, constant, is_supposed, known


@dataclass(frozen=True)
class Answer:
    """What a member said at x: a gradient or subgradient g (of an operator the element of A x) and the value f; an operator has none."""

    x: Any
    g: Any
    f: Any


@dataclass(frozen=True)
class Known(Printed):
    """Answers of a member of a class: points, a (sub)gradient and the value at each; elsewhere it says nothing, and raises BadInput.

    names, constants  of the class, which are attributes: f.M;
    has_minimizer     points[0] is the minimizer, where 0 is a subgradient;
    proximal          which answers are proximal points or the minimizer, whose subgradient is not the one that `grad` chooses there;
    operator          f(x) is the element of A x, and values play no part.
    """

    points: tuple[Vec, ...]
    gradients: tuple[Vec, ...]
    values: tuple[Fraction, ...]
    names: tuple[str, ...]
    constants: tuple[Fraction, ...]
    has_minimizer: bool
    proximal: tuple[bool, ...]
    operator: bool

    def __post_init__(self) -> None:
        n = len(self.points)
        if not n or not n == len(self.gradients) == len(self.values) == len(self.proximal):
            raise BadInput("a table needs as many gradients, values and marks as points, and one point at least")
        if len({len(v) for v in (*self.points, *self.gradients)}) != 1:
            raise BadInput("the points and gradients of a table must have one dimension")
        if len(self.names) != len(self.constants) or len(set(self.names)) != len(self.names):
            raise BadInput("a table needs one value for each constant of its class")
        if self.has_minimizer and (any(self.gradients[0]) or not self.proximal[0]):
            raise BadInput(
                "at the minimizer, points[0], the subgradient is 0, and proximal[0] is True: grad may choose another one"
            )
        values: dict[Vec, Fraction] = {}
        if not self.operator and any(
            values.setdefault(x, f) != f for x, f in zip(self.points, self.values, strict=True)
        ):
            raise BadInput("a function has one value at a point")

    @property
    def words(self) -> str:
        """What is known of it, for people."""
        given = ", ".join(f"{n} = {v}" for n, v in zip(self.names, self.constants, strict=True))
        return f"{'an operator' if self.operator else 'a function'}{f', {given},' if given else ''} with"

    def table(self) -> Iterator[tuple[Vec, Fraction | None, Vec]]:
        """Each point with the value and the gradient there; an operator has no values."""
        values = (None,) * len(self.points) if self.operator else self.values
        return zip(self.points, values, self.gradients, strict=True)

    def __getattr__(self, name: str) -> Any:
        names = self.__dict__.get("names", ())
        if name in names:
            return self.constants[names.index(name)]
        raise AttributeError(name)

    reach = None

    @property
    def dim(self) -> int:
        """d."""
        return len(self.points[0])

    def _row(self, x: Vec, *, proximal: bool) -> int:
        if any(hasattr(c, "f") for c in x):
            raise CannotBatch("a table is no function to evaluate in batches")
        for i, p in enumerate(self.points):
            if (proximal or not self.proximal[i]) and same_point(x, p):
                return i
        raise BadInput("the table says nothing about this point")

    def __call__(self, x: Vec) -> Any:
        if self.operator:
            return self.gradients[self._row(x, proximal=False)]
        return self.values[self._row(x, proximal=True)]

    def grad(self, x: Vec) -> Vec:
        """The (sub)gradient at one of the points."""
        return self.gradients[self._row(x, proximal=False)]

    def prox(self, step: Scalar, x: Vec) -> Vec:
        """The proximal point y: x = y + step g for the subgradient g at y. Raises BadInput for a step that is not positive."""
        if any(hasattr(c, "f") for c in x):
            raise CannotBatch("a table is no function to evaluate in batches")
        refuse_step(step)
        for p, g, own in zip(self.points, self.gradients, self.proximal, strict=True):
            if own and same_point(x, p + step * g):
                return p
        raise BadInput("the table has no proximal point for this point")

    def has_subgradient(self, x: Vec, s: Vec) -> Claim:
        """The claim that s is one of the (sub)gradients at x; open in a conclusion where the table does not have it: members may have more."""
        if any(hasattr(c, "f") for c in x):
            raise CannotBatch("a table is no function to evaluate in batches")
        rows = zip(self.points, self.gradients, strict=True)
        has = any(same_point(x, p) and same_point(s, g) for p, g in rows)
        return known(has or (False if is_supposed() else None), "a subgradient that is not in the table")

    @constant
    def minimum(self) -> Any:
        """A `Minimum` at points[0], where the class has a minimizer; otherwise None."""
        return Minimum(self.values[0], self.points[0]) if self.has_minimizer else None


def table_of(f: Known) -> tuple[list[tuple[str, Answer]], Answer | None]:
    """The answers of a table with labels, and that at the minimizer."""
    rows = [(str(i), Answer(*row)) for i, row in enumerate(zip(f.points, f.gradients, f.values, strict=True))]
    return rows, rows[0][1] if f.has_minimizer else None
