r"""Another answer of an operator whose conditions are equations, such as a projection: from one that satisfies them along a chord to the other end.

A condition is $c(g + v) = c(g) + \langle b, v\rangle + a\,|v|^2$ in the answer g, since it is linear in inner products. Those that are 0 and stand beside their opposites
are equations. All of them stay 0 at $g + t v$ for $t = -\langle b, v\rangle/(a\,|v|^2)$, where v is orthogonal to what two of them differ by.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from objectives.functions.linear import basis, remainder
from refute import Vec, as_fraction, dot, sq

#: The conditions of an answer, as numbers that are at least 0.
Asked = Callable[[Vec], Sequence[Any]]


def equations(asked: Asked, g: Vec) -> list[tuple[Fraction, Vec]]:
    """a and b of the conditions that are equations, at an answer where they hold."""
    here = asked(g)
    zero = [j for j, c in enumerate(here) if c == 0]
    if len(zero) < 2:
        return []
    parts = _parts(asked, g, here)
    return [parts[j] for j in zero if any(_opposite(parts[j], parts[k]) for k in zero if k != j)]


def other_end(found: Sequence[tuple[Fraction, Vec]], g: Vec, direction: Vec) -> Vec | None:
    """An answer that satisfies equations as g does, on a line through g close to this direction; None where there is no other one."""
    round_ = next((p for p in found if p[0]), None)
    if round_ is None:
        v = remainder(direction, basis([b for _, b in found]))
        return g + v if any(v) else None
    a, b = round_
    v = remainder(direction, basis([c - (e / a) * b for e, c in found]))
    return g - dot(b, v) / (a * sq(v)) * v if any(v) and dot(b, v) != 0 else None


def _parts(asked: Asked, g: Vec, here: Sequence[Any]) -> list[tuple[Fraction, Vec]]:
    """a and b of each condition."""
    axes = [Vec(tuple(Fraction(i == j) for j in range(len(g)))) for i in range(len(g))]
    after, before = ([asked(g + sign * e) for e in axes] for sign in (1, -1))
    found = []
    for j, c in enumerate(here):
        slopes = Vec(tuple(as_fraction((p[j] - m[j]) / 2) for p, m in zip(after, before, strict=True)))
        found.append((as_fraction((after[0][j] + before[0][j]) / 2 - c), slopes))
    return found


def _opposite(one: tuple[Fraction, Vec], other: tuple[Fraction, Vec]) -> bool:
    return one[0] == -other[0] and one[1] == -1 * other[1]
