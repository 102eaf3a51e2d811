"""Finite unions of products of intervals in R^d, with exact measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from refute.errors import BadInput
from refute.measure.intervals import Intervals, union
from refute.numbers.reflected import refuse_answer
from refute.numbers.vector import Vec

#: A product of unions of intervals, one for each axis.
Product = tuple[Intervals, ...]


@dataclass(frozen=True, eq=False)
class Boxes:
    """The union of its parts, each a product of unions of intervals. Raises BadInput unless all have one dimension."""

    parts: tuple[Product, ...]

    def __post_init__(self) -> None:
        if not self.parts or len({len(p) for p in self.parts}) != 1 or not self.parts[0]:
            raise BadInput("a union of boxes needs at least one part, all in one R^d")

    @property
    def dim(self) -> int:
        """d."""
        return len(self.parts[0])

    @property
    def _whole(self) -> list[Product]:
        """The parts that are empty in no axis."""
        return [p for p in self.parts if all(side.parts for side in p)]

    @property
    def measure(self) -> Any:
        """The volume of the union."""
        return volume(self.parts)

    def __bool__(self) -> bool:
        refuse_answer("a set is neither true nor false: write X.measure > 0")
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Boxes) or self.parts == other.parts:
            return isinstance(other, Boxes)
        refuse_answer("two unions of boxes may be the same set with other parts: compare measures, volume(A.meet(B))")
        return False

    def __hash__(self) -> int:
        return hash(self.parts)

    def meet(self, other: Boxes) -> list[Product]:
        """The intersection, as products that are not empty."""
        return [p for p in (_meet(p, q) for p in self.parts for q in other.parts) if all(side.parts for side in p)]

    def hull(self, axis: int) -> tuple[Any, Any]:
        """The smallest interval that holds all in one coordinate."""
        return union(e for p in self._whole for e in p[axis].parts).hull

    def holds(self, x: Vec) -> bool:
        """Whether x lies inside one of the parts, boundaries excluded."""
        return any(all(i.holds(c) for i, c in zip(p, x, strict=True)) for p in self.parts)

    def distance_sq(self, x: Vec) -> Any:
        """The square of the distance of x from the union, 0 inside."""
        if not self._whole:
            raise BadInput("nothing has a distance from the empty set")
        return min(sum(_away(side, c) ** 2 for side, c in zip(p, x, strict=True)) for p in self._whole)

    def radius_sq(self, x: Vec) -> Any:
        """The square of the largest distance of a point of the union from x."""
        if not self._whole:
            raise BadInput("no point of the empty set has a distance")
        return max(sum(max((e - c) ** 2 for e in side.hull) for side, c in zip(p, x, strict=True)) for p in self._whole)

    def restrict(self, axes: Sequence[int]) -> Boxes:
        """The projection to these axes; an empty product has none."""
        nothing = Intervals(())
        return Boxes(tuple(tuple(p[i] if all(s.parts for s in p) else nothing for i in axes) for p in self.parts))

    def simpler(self) -> Iterator[Boxes]:
        """The union without one of its parts."""
        if len(self.parts) > 1:
            yield from (Boxes(self.parts[:i] + self.parts[i + 1 :]) for i in range(len(self.parts)))


def _away(side: Intervals, c: Any) -> Any:
    """The distance of c from a union of intervals."""
    return min(a - c if c < a else c - b if b < c else 0 * c for a, b in side.parts)


def _meet(p: Product, q: Product) -> Product:
    return tuple(a.meet(b) for a, b in zip(p, q, strict=True))


def volume(parts: Sequence[Product]) -> Any:
    """The measure of a union of products: cut along the first axis, each slab is a union in the others."""
    full = [p for p in parts if all(i.parts for i in p)]
    if not full:
        return 0
    if len(full[0]) == 1:
        return union(e for p in full for e in p[0].parts).measure
    ends = sorted(e for p in full for part in p[0].parts for e in part)
    slabs: dict[tuple[int, ...], Any] = {}
    whole: Any = 0
    for a, b in pairwise(ends):
        if a == b:
            continue
        inside = tuple(i for i, p in enumerate(full) if any(lo <= a and b <= hi for lo, hi in p[0].parts))
        if not inside:
            continue
        if inside not in slabs:
            slabs[inside] = volume([full[i][1:] for i in inside])
        whole = whole + (b - a) * slabs[inside]
    return whole
