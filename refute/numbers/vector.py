"""Vectors and matrices as plain tuples of numbers; the same code serves every arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import add, neg, sub
from typing import Any, NoReturn, overload

from gmpy2 import mpq

from refute.errors import NotExact
from refute.numbers.functions import Scalar, sqrt
from refute.numbers.real import as_fraction
from refute.numbers.reflected import Reflected, refuse_answer

Matrix = tuple[tuple[Scalar, ...], ...]


@dataclass(frozen=True, eq=False)
class Vec:
    """A point of R^d: `x + y`, `x - y`, `c * x`, `x[i]`, `x[:2]` (a point too), `len(x)`. Coordinates that are ints become rationals: a quotient of two
    ints would be a float. Raises NotExact for coordinates that are no numbers."""

    entries: tuple[Scalar, ...]

    def __post_init__(self) -> None:
        entries = self.entries if type(self.entries) is tuple else tuple(self.entries)
        kinds = set(map(type, entries))
        if int in kinds:
            entries = tuple(Fraction(e) if type(e) is int else e for e in entries)
        if not kinds.isdisjoint(_NO_COORDINATES):
            raise NotExact(
                "a point has numbers as coordinates: join two points by Vec((*x, *y)); x * y of points is dot(x, y)"
            )
        object.__setattr__(self, "entries", entries)

    def __add__(self, other: Vec) -> Vec:
        if not isinstance(other, Vec) or len(other.entries) != len(self.entries):
            raise _no_such_point(self, other)
        return _point(map(add, self.entries, other.entries))

    def __sub__(self, other: Vec) -> Vec:
        if not isinstance(other, Vec) or len(other.entries) != len(self.entries):
            raise _no_such_point(self, other)
        return _point(map(sub, self.entries, other.entries))

    def __radd__(self, other: object) -> NoReturn:
        raise _no_such_point(self, other)

    __rsub__ = __radd__

    def __abs__(self) -> NoReturn:
        raise NotExact("abs of a point: write norm(x), or sq(x) for its square, which stays rational")

    def __neg__(self) -> Vec:
        return _point(map(neg, self.entries))

    def __rmul__(self, c: Scalar) -> Vec:
        _refuse_product(c)
        return _point([c * a for a in self.entries])

    def __mul__(self, c: Scalar) -> Vec:
        _refuse_product(c)
        return _point([a * c for a in self.entries])

    def __truediv__(self, c: Scalar) -> Vec:
        return _point([a / c for a in self.entries])

    @overload
    def __getitem__(self, i: int) -> Scalar: ...

    @overload
    def __getitem__(self, i: slice) -> Vec: ...

    def __getitem__(self, i: int | slice) -> Scalar | Vec:
        return Vec(self.entries[i]) if type(i) is slice else self.entries[i]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Scalar]:
        return iter(self.entries)

    def __bool__(self) -> bool:
        refuse_answer("a point is neither true nor false: write x == vec(0) for a zero of it, sq(x) > 0 or norm(x) > 0")
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vec):
            refuse_answer(
                f"a point of R^{len(self)} and a {type(other).__name__} are compared: a point is vec(0, 1), x[0] a coordinate"
            )
            return False
        if len(self) != len(other):
            return False
        # Entry by entry: tuples take an object to be equal to itself, a number that is not defined too.
        return all(a == b for a, b in zip(self.entries, other.entries, strict=True))

    def __hash__(self) -> int:
        return hash(self.entries)

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.entries))})"

    def _repr_latex_(self) -> str:
        return rf"$\left({', '.join(map(str, self.entries))}\right)$"


def _refuse_product(c: object) -> None:
    if type(c) in _NO_COORDINATES:
        raise NotExact(
            "a product of two points: write dot(x, y) for the inner product, Vec(a * b for a, b in zip(x, y)) for that of the entries"
        )


class Rows(tuple[Any, ...]):
    """The rows of a matrix, or one row: J + K, J - K, c * J entry by entry, which a tuple of Python's would not do. J * K is refused, and so is an order."""

    __slots__ = ()

    def __add__(self, other: Any) -> Rows:
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> Rows:
        return self._with(other, lambda a, b: a - b)

    def __radd__(self, other: Any) -> Rows:
        return self if type(other) is int and other == 0 else self._with(other, lambda a, b: b + a)

    def __rsub__(self, other: Any) -> Rows:
        return self._with(other, lambda a, b: b - a)

    def __neg__(self) -> Rows:
        return Rows(-a for a in self)

    def __mul__(self, c: Any) -> Rows:
        if isinstance(c, (tuple, list)):
            raise NotExact("a product of two matrices: write it with times(J, x), which multiplies by a vector")
        return Rows(a * c for a in self)

    __rmul__ = __mul__

    def __truediv__(self, c: Any) -> Rows:
        return Rows(a / c for a in self)

    def __getitem__(self, i: Any) -> Any:
        found = super().__getitem__(i)
        return Rows(found) if type(i) is slice else found

    def _with(self, other: Any, operation: Callable[[Any, Any], Any]) -> Rows:
        if not isinstance(other, (tuple, list)) or len(other) != len(self):
            raise NotExact(f"a matrix of {len(self)} rows and a {type(other).__name__} that is none of this size")
        return Rows(operation(a, b) for a, b in zip(self, other, strict=True))

    def _unordered(self, other: object) -> NoReturn:
        raise NotExact("matrices have no order: compare their entries, or largest_at_most(H, c)")

    __lt__ = __le__ = __gt__ = __ge__ = _unordered


_NO_COORDINATES = frozenset((Vec, Rows, tuple, list))


def _point(entries: Iterable[Scalar]) -> Vec:
    """A point with coordinates that numbers made: nothing is left to look at."""
    x = object.__new__(Vec)
    object.__setattr__(x, "entries", tuple(entries))
    return x


def rows(m: Iterable[Iterable[Scalar]]) -> Rows:
    """A matrix of its rows."""
    return Rows(map(Rows, m))


def _no_such_point(x: Vec, other: object) -> NotExact:
    """The refusal of a sum or difference with something that is no point of the same space."""
    space = f"a point of R^{len(x)}"
    if isinstance(other, Vec):
        return NotExact(
            f"{space} and one of R^{len(other)} are neither added nor subtracted: do their functions have one dimension? write dim=f.dim in the second class"
        )
    if isinstance(other, (tuple, list)):
        return NotExact(f"a {type(other).__name__} and {space}: a point is vec(0, 1), or Vec(tuple(numbers))")
    if other is None:
        return NotExact(f"nothing and {space}: None is what f.minimum.at is where no minimizer is known")
    return NotExact(f"a number and {space}: write vec(1) for the point of a number, x[0] for a coordinate")


def vec(*entries: Scalar) -> Vec:
    """A point with exact coordinates: vec(0, Fraction(1, 2)), vec(x) for a number x of a statement. Raises NotExact for a float, also one that a quotient of two ints is."""
    return Vec(tuple(e if isinstance(e, Reflected) else as_fraction(e) for e in entries))


def exact_point(x: Vec) -> Vec:
    """The same point with ints as rationals; raises NotExact for a coordinate that is a float, and for what is no point."""
    if isinstance(x, (int, float)) or hasattr(x, "denominator") or hasattr(x, "op"):
        raise NotExact(f"an orbit starts at a point, not at a number: write vec({'x' if hasattr(x, 'op') else x})")
    if not any(type(c) in (int, float) for c in x):
        return x
    return Vec(tuple(as_fraction(c) if type(c) in (int, float) else c for c in x))


def total(terms: Iterable[Scalar]) -> Scalar:
    """The sum; 0 for no terms."""
    rest = iter(terms)
    result = next(rest, 0)
    if type(result) in (tuple, list):
        raise NotExact("a sum of tuples puts one behind the other: a point is Vec(...)")
    for t in rest:
        result = result + t
    return result


def dot(x: Iterable[Scalar], y: Iterable[Scalar]) -> Scalar:
    """The inner product <x, y>; raises NotExact for two of different lengths, and for a number."""
    if type(x) is type(y) is Vec and len(x.entries) == len(y.entries):
        return _products(x.entries, y.entries)
    if not isinstance(x, Vec) and hasattr(x, "inner_product"):
        return x.inner_product(y)
    if isinstance(x, Vec) and not (hasattr(y, "__iter__") and (not isinstance(y, Vec) or len(x) == len(y))):
        raise _no_such_point(x, y)
    return _products(tuple(x), tuple(y))


def _products(a: tuple[Scalar, ...], b: tuple[Scalar, ...]) -> Scalar:
    if len(a) > 1:
        kind = type(a[0])
        # Balls and rationals sum products at once, without an object for each.
        at_once = _rational if kind is Fraction else getattr(kind, "inner", None)
        if at_once is not None and {kind}.issuperset(map(type, a)) and {kind}.issuperset(map(type, b)):
            return at_once(list(zip(a, b, strict=True)))
    return a[0] * b[0] if len(a) == len(b) == 1 else total(p * q for p, q in zip(a, b, strict=True))


def _rational(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    result = mpq(0)
    for a, b in pairs:
        result += mpq(a) * mpq(b)
    return Fraction(int(result.numerator), int(result.denominator))


def sq(x: Vec) -> Scalar:
    """The squared Euclidean norm |x|^2, rational for rational x."""
    return dot(x, x)


def norm(x: Vec) -> Scalar:
    """The Euclidean norm |x|; where a statement can be written with squares, `sq` is rational, and duality reads it."""
    return sqrt(sq(x))


def times(m: Matrix, x: Vec) -> Vec:
    """The matrix-vector product."""
    return Vec(tuple(dot(row, x) for row in m))
