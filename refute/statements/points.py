"""The domain of the points of R^d."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import lazy_loader
import numpy as np

from refute.errors import BadInput
from refute.numbers.batch import Batch, to_float
from refute.numbers.vector import Vec
from refute.statements.claims import Claim, known
from refute.statements.domains import Case, Domain, Draw, Family, Rng, choose
from refute.statements.number_domains import draw_rational, spread

# Coordinates of which points are made one time in eight: 0 and 1 more often, as in the matrices of textbooks.
SMALL = (0, 1, -1, 0, 1)

hypothesis = lazy_loader.load("hypothesis")


def _draw_within(within: int, d: Draw) -> Fraction:
    return Fraction(d(hypothesis.strategies.integers(-32 * within, 32 * within)), 32)


def _patterned(d: Draw, dim: int, coordinate: Callable[[Draw], Fraction]) -> tuple[Fraction, ...] | None:
    """Coordinates that are not chosen one by one, one time in four: each 0, 1 or -1; or all of one size, with their signs or of one sign.
    What is false where coordinates agree, and true elsewhere, is met by no choice one by one."""
    kind = choose(d, 8)[0]
    if kind < 6:
        return None
    signs = choose(d, *(5,) * dim)
    if kind == 6:
        return tuple(Fraction(SMALL[s]) for s in signs)
    size = coordinate(d)
    return tuple(-size if s > 2 and signs[0] else size for s in signs)


def points(dim: int, near: Vec | None = None, *, within: int | None = None, also: tuple[Vec, ...] = ()) -> Domain:
    """R^dim, drawn as rational points, one in four of them with coordinates 0, 1 and -1 or all of one size; with `near`, one in eight is
    `near` itself and one in eight differs from it by a little in one coordinate; with `within`, the coordinates that are drawn are at most
    that large (membership asks nothing of the kind); with `also`, one in four is one of these. Raises BadInput for a dimension below 1."""
    if type(dim) is int and dim < 1:
        raise BadInput(f"points({dim}): a dimension is 1 at least")

    def draw(d: Draw) -> Vec:
        if also:
            kind, i = choose(d, 4, len(also))
            if kind == 3:
                return also[i]
        if near is not None:
            i = d(hypothesis.strategies.integers(0, 15))
            if i < 4:
                e = [Fraction(0)] * dim
                e[i % dim] = Fraction(i // 2, 2 ** (2 + i))
                return near + Vec(tuple(e))
        coordinate = draw_rational if within is None else partial(_draw_within, within)
        if dim > 1 and (patterned := _patterned(d, dim, coordinate)):
            return Vec(patterned)
        return Vec(tuple(coordinate(d) for _ in range(dim)))

    def bulk(rng: Rng, n: int, value: Vec) -> Vec:
        drawn = [spread(rng, n, to_float(c)) for c in value]
        reach = np.inf if within is None else within
        return Vec(tuple(Batch(np.clip(c, -reach, reach)) for c in drawn))

    def member(x: Vec) -> Claim:
        return known(len(x) == dim, f"a point of R^{len(x)}; the function lives on R^{dim}")

    def same(x: Vec) -> bool:
        return x == near

    cases = () if near is None else (Case("equals the other point", Fraction(1, 50), same),)
    every = Family(lambda space, name, _: space.point(name))
    return Domain(
        f"R^{dim}", draw, member, (Vec,), bulk, cases=cases, dim=dim, every=every, takes_any=True, reach=within
    )
