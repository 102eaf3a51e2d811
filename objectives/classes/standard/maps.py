r"""Linear maps between two spaces, with their adjoints: $A$ from $\R^n$ to $\R^m$ with $\langle Ax, y\rangle = \langle x, A^\top y\rangle$ and $|A| \le L$.

Proofs use that both are linear, this equation, and that neither stretches a difference of points by more than L.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from objectives.classes.abstract import Abstract, AnyDimension, Row
from objectives.classes.abstract_member import AbstractMember
from objectives.classes.assumed import with_conditions
from objectives.classes.conditions import Conditions
from objectives.classes.fitted import size_beside
from objectives.classes.known import Answer
from objectives.functions.linear import product
from objectives.functions.linear_map import LinearMap
from objectives.functions.quadratic import cayley
from objectives.functions.spectrum import largest_at_most
from refute import Claim, Domain, Draw, Family, Scalar, both, choose, dot, known, lt, sq
from refute.errors import NotLinear

SIZES = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(10))
# Singular values in units of L: where a polynomial in one is largest is seldom at an end.
SHARES = (Fraction(1), Fraction(0), Fraction(1, 2), *(Fraction(n, 16) for n in range(1, 16)), Fraction(1, 100))
MOST = 3


def _bounded(A: Any, a: Answer, b: Answer) -> Sequence[Scalar]:
    """|g_a - g_b| <= L |x_a - x_b|."""
    return [A.L**2 * sq(a.x - b.x) - sq(a.g - b.g)]


def _bounded_one(A: Any, a: Answer) -> Sequence[Scalar]:
    """|g| <= L |x|."""
    return [A.L**2 * sq(a.x) - sq(a.g)]


class AbstractMap(AbstractMember):
    """A linear map, or the adjoint of one; what both answered is told to `crossing`."""

    crossing: AbstractCrossing
    adjoint: AbstractMap

    def _new(self, x: Any, label: str, g: Any) -> Row:
        row = super()._new(x, label, g)
        self.crossing.note(row, self)
        return row

    def prox(self, step: Any, x: Any) -> Any:
        """Refused: x + h A x is 0 for some of them."""
        raise NotLinear("a linear map from one space to another has no resolvent")

    @property
    def codim(self) -> AnyDimension:
        """Any."""
        return AnyDimension()


class AbstractCrossing(Abstract):
    """That <A x, y> = <x, A^T y>, for each answer of a map and each of its adjoint."""

    everywhere = True
    #: As of a class that may jump.
    continuous = False

    def __init__(self, space: Any, name: str) -> None:
        super().__init__(space, name)
        self._of_map: set[str] = set()

    def note(self, row: Row, of: AbstractMap) -> None:
        """An answer, called by its name in full."""
        label = f"{of.data()[0]}({row[0]})"
        if not of.adjoint_of:
            self._of_map.add(label)
        self._rows.append((label, *row[1:]))

    def conditions(self) -> Iterator[tuple[str, Any]]:
        """The equation, twice as an inequality. Answers that follow from others by linearity are left out, and so is what follows for them."""
        own = [row for row in self._rows if len(row[2].terms) == 1]
        for label, x, g, _ in (row for row in own if row[0] in self._of_map):
            for other, y, w, _ in (row for row in own if row[0] not in self._of_map):
                gap = dot(g, y) - dot(x, w)
                yield f"{self._name} at {label} and {other}", gap
                yield f"{self._name} at {label} and {other}, condition 2", -gap

    def data(self) -> tuple[str, Any, list[Row]]:
        """Its name, nothing of curvatures, and the answers of both."""
        return self._name, None, self._rows

    def snapshot(self) -> Callable[[], None]:
        """What brings it back to what was asked so far."""
        n = len(self._rows)
        return lambda: self._rows.__delitem__(slice(n, None))


def scaled(d: Draw, A: LinearMap, numbers: tuple[Fraction, ...]) -> LinearMap:
    """A multiple of A, with L among these numbers, or beside them."""
    L = size_beside(d, numbers, A.L)
    a = L / A.L
    return LinearMap(tuple(tuple(a * e for e in row) for row in A.M), L, a * A.mu)


def linear_maps(*, dim: Any = None, codim: Any = None) -> Domain:
    """Linear maps A from one space to another, R^dim to R^codim where these are given, with |A| <= L: A(x), and A.adjoint(y); points(A.dim) holds the x, points(A.codim) the y."""

    def draw(d: Draw) -> LinearMap:
        size, m, n, turn, *picks = choose(d, len(SIZES), MOST, MOST, 3, *(len(SHARES),) * (MOST - 1), *(5,) * 2 * MOST)
        L, shares, picks = SIZES[size], picks[: MOST - 1], picks[MOST - 1 :]
        values = (L, *(L * SHARES[i] for i in shares))
        rows, columns = m + 1 if codim is None else codim, n + 1 if dim is None else dim
        M: Any = tuple(tuple(values[i % MOST] if i == j else Fraction(0) for j in range(columns)) for i in range(rows))
        if turn:
            M = product(product(_rotation(picks[:MOST], rows), M), _rotation(picks[MOST:], columns))
        return LinearMap(M, L, Fraction(0))

    def member(A: Any) -> Claim:
        if not isinstance(A, LinearMap) or (dim not in (None, A.dim)) or (codim not in (None, A.codim)):
            return known(False, "no matrix of such rows and columns")
        return both(norm=largest_at_most(product(tuple(zip(*A.M, strict=True)), A.M), A.L**2), positive=lt(0, A.L))

    c = Conditions("linear maps", _bounded, _bounded_one, None, ("L",), False, True, False, True, True)

    def both_ways(space: Any, name: str, values: Mapping[str, Any]) -> AbstractMap:
        A, adjoint = (AbstractMap(space, n, c, dict(values), values["L"]) for n in (name, f"{name}'"))
        A.crossing = adjoint.crossing = AbstractCrossing(space, f"{name} and its adjoint")
        A.adjoint, adjoint.adjoint = adjoint, A
        A.parts, adjoint.adjoint_of = (adjoint,), name
        space.members += [A, adjoint, A.crossing]
        return A

    every = Family(both_ways, lambda A: {"L": Fraction(A.L)}, scale="L", code=(_bounded, _bounded_one))
    return with_conditions(c, Domain(c.name, draw, member, (LinearMap,), moved=scaled), every)


def _rotation(picks: Sequence[int], n: int) -> Any:
    entries = n * (n - 1) // 2
    return cayley([Fraction(p - 2, 2) for p in (*picks, *(2,) * entries)[:entries]], n)
