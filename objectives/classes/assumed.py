"""A class whose conditions are only necessary, and whose members its author draws: each of them is asked whether it satisfies the conditions.

What is proved holds for all functions that satisfy the conditions. It is a statement about the members that are drawn only where they do, and nothing but
a few of their own answers can be compared with that: a member that fails there ends the check with a sentence, and does not belong to the class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from types import FunctionType
from typing import Any

from objectives.classes.conditions import Conditions
from objectives.classes.known import Answer, Known, table_of
from refute import BadInput, Claim, Domain, Draw, Family, Vec, both, came_with_refute, eq, le, lt

# Near to each other and far: what bends the wrong way shows between close points, or far out.
COORDINATES = (Fraction(0), Fraction(1, 2), Fraction(-1), Fraction(3))


def with_conditions(c: Conditions, drawn: Domain, every: Family) -> Domain:
    """The domain of what is drawn and satisfies the conditions at a few points; BadInput, when it is drawn, for what does not."""

    def draw(d: Draw) -> Any:
        f = drawn.draw(d)
        for says, claim in (*of_constants(c, f), *_claims(c, f)):
            decision = claim.decide()
            if decision.truth is False:
                asks = says if says in dict(of_constants(c, f)) else f"{says} what the class asks is negative"
                raise BadInput(f"{c.name}: a member that drawn= gives is none, {f}: {asks} ({decision.says})")
        return f

    def member(f: Any) -> Claim:
        inside = drawn.member(f)
        if getattr(inside, "truth", None) is False:  # it may not even have answers
            return inside
        return both(drawn=inside, **dict(of_constants(c, f)), **dict(_claims(c, f)))

    ours = all(isinstance(g, FunctionType) and came_with_refute(g) for g in every.code)
    every = replace(every, assumed=not ours)
    return Domain(c.name, draw, member, drawn.types, cases=drawn.cases, every=every, moved=drawn.moved)


def of_constants(c: Conditions, f: Any) -> Iterator[tuple[str, Claim]]:
    """What the constants of a member satisfy: proofs are for all values above 0, and for others up to the first one."""
    for n, k in enumerate(c.constants):
        yield f"{k} > 0", lt(0, getattr(f, k))
        if n:
            yield f"{k} <= {c.constants[0]}", le(getattr(f, k), getattr(f, c.constants[0]))


def _claims(c: Conditions, f: Any) -> Iterator[tuple[str, Claim]]:
    if isinstance(f, Known):  # a table says itself what it answered
        for says, number in c.asked(f, *table_of(f)):
            yield says, le(0, number)
        return
    n = len(COORDINATES)
    points = [Vec(tuple(COORDINATES[(i + j) % n] for j in range(f.dim))) for i in range(n)]
    rows = [(_at(x), Answer(x, *((f(x), 0) if c.operator else (f.grad(x), f(x))))) for x in points]
    star = None
    if c.minimizer and getattr(f.minimum, "at", None) is not None:
        at = f.minimum.at
        star = Answer(at, 0 * at, 0 if c.operator else f(at))
    for says, number in c.asked(f, rows, star):
        yield says, le(0, number)
    for x, y in pairwise(points) if c.linear else ():
        answer = f if c.operator else f.grad
        # Of a gradient in x - x_*: the weights of the points have the sum 1.
        far, said = (
            (x - 2 * y, answer(x) - 2 * answer(y)) if c.operator else (3 * y - 2 * x, 3 * answer(y) - 2 * answer(x))
        )
        yield f"linear between {_at(x)} and {_at(y)}", eq(answer(far), said)


def _at(x: Vec) -> str:
    return f"x = {', '.join(map(str, x))}" if len(x) == 1 else f"({', '.join(map(str, x))})"
