"""The words of a body: le, lt, eq, ne, every, both, any_of, known."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from refute.errors import BadInput, NotExact, not_exact
from refute.numbers.functions import Scalar
from refute.numbers.vector import Vec
from refute.safety.failure import shown
from refute.statements.claims.constant import Constant
from refute.statements.claims.decision import Claim
from refute.statements.claims.parts import Every, Kept, Some
from refute.statements.claims.relation import Relation
from refute.statements.wording import sides_at

# No numbers, and met often enough to be told apart where they are written.
_NO_NUMBERS = frozenset({float, Vec, tuple, list, str, bool, np.float64, np.ndarray})


def _relation(lhs: Scalar, op: str, rhs: Scalar, unit: Scalar = None) -> Relation:
    for side in (lhs, rhs, unit):
        if type(side) in _NO_NUMBERS:
            raise not_exact(side)
    if lhs is None or rhs is None:
        raise not_exact(None)
    return Relation(lhs, op, rhs, unit, sides_at(sys._getframe(2)))


def le(lhs: Scalar, rhs: Scalar, *, unit: Scalar = None) -> Claim:
    """lhs <= rhs. `unit` (default abs(lhs) + abs(rhs)) is what tightness is measured in:
    tightness = 1 - (rhs - lhs)/unit."""
    return _relation(lhs, "<=", rhs, unit)


def lt(lhs: Scalar, rhs: Scalar, *, unit: Scalar = None) -> Claim:
    """lhs < rhs; `unit` as in `le`."""
    return _relation(lhs, "<", rhs, unit)


def eq(lhs: Scalar | Vec, rhs: Scalar | Vec) -> Claim:
    """lhs = rhs, for vectors entry by entry."""
    if isinstance(lhs, Vec):
        sides = sides_at(sys._getframe(1))
        return Every(
            tuple((f"entry {i}", Relation(a, "=", b, None, _of(sides, i))) for i, (a, b) in _entries(lhs, rhs))
        )
    return _relation(lhs, "=", rhs)


def ne(lhs: Scalar | Vec, rhs: Scalar | Vec) -> Claim:
    """lhs != rhs, for vectors in one entry at least."""
    if isinstance(lhs, Vec):
        sides = sides_at(sys._getframe(1))
        return Some(
            tuple((f"entry {i}", Relation(a, "!=", b, None, _of(sides, i))) for i, (a, b) in _entries(lhs, rhs))
        )
    return _relation(lhs, "!=", rhs)


def _of(sides: tuple[str, str] | None, i: int) -> tuple[str, str] | None:
    """How an entry of two vectors is written."""
    return sides and (f"({sides[0]})[{i}]", f"({sides[1]})[{i}]")


def _entries(lhs: Vec, rhs: Any) -> Iterable[tuple[int, tuple[Scalar, Scalar]]]:
    if not isinstance(rhs, Vec) or len(rhs) != len(lhs):
        of = f"a point of R^{len(rhs)}" if isinstance(rhs, Vec) else f"{shown(rhs)}, which is no point"
        raise NotExact(f"a point of R^{len(lhs)} is compared with {of}: write vec(...) of as many coordinates")
    return enumerate(zip(lhs, rhs, strict=True))


def every(claims: Iterable[Claim], *, each: str = "") -> Claim:
    """All of the claims; with `each="k"` the first is called k = 0, the next k = 1, ..."""
    # At once: what a generator speaks of may have another value later.
    made = tuple(claims)
    for c in made:
        if not hasattr(c, "decide"):
            words = ": a dict is gone through by its keys, write both(**claims)" if isinstance(claims, Mapping) else ""
            raise BadInput(f"every(...) is given {shown(c)}, not a claim such as le(x, y){words}")
    return Every(tuple((f"{each} = {k}" if each else "", c) for k, c in enumerate(made)))


def both(**parts: Claim) -> Claim:
    """All of the named claims: both(first=le(...), second=le(...))."""
    return Every(tuple((name.replace("_", " "), c) for name, c in parts.items()))


def any_of(**parts: Claim) -> Claim:
    """At least one of the named claims: any_of(settles=..., escapes=...)."""
    return Some(tuple((name.replace("_", " "), c) for name, c in parts.items()))


def named(parts: Iterable[tuple[str, Claim]]) -> Claim:
    """All of the claims, each with its name; a part is made only when it is asked for, after those before it."""
    return Every(Kept(parts))


def known(truth: bool | None, says: str = "") -> Claim:
    """A claim whose truth the caller has settled, by construction or by proof; says tells how."""
    if not says and (truth is False or truth is None):
        says = "known(False)" if truth is False else "known(None): nobody knows"
    return Constant(truth, says)
