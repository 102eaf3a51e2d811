"""The best constant of a statement: between one with which it is proved and one with which it is refuted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from refute.duality.decide import ForAll, for_all
from refute.statements.statement import Instance, Statement

# How close the proved and the refuted constant come, relative to their size, and how often the distance is doubled before that.
CLOSE = Fraction(1, 10**6)
DOUBLINGS = 12


@dataclass(frozen=True)
class Sharp:
    """A constant with which the statement is proved (`everywhere`: for all values of its variables, else at each drawn setting of its numbers) and
    one, close to it, with which it is not: refuted by the counterexample, where there is one. None: as far as was looked it is always proved."""

    proved: Fraction
    beyond: Fraction | None
    everywhere: bool
    counterexample: Instance | None = None


def sharpened(statement: Statement, name: str, draws: Callable[[Statement], Sequence[Instance]]) -> Sharp | None:
    """The best value of a rational constant, as it is proved and refuted by duality; None where the statement is not decided with the value that
    it has. `draws` draws instances of a statement: with another constant its domains may be others."""
    start = Fraction(statement.constants[name])

    def asked(c: Fraction) -> ForAll:
        changed = replace(statement, constants={**statement.constants, name: c})
        return for_all(changed, lambda: draws(changed)) or ForAll()

    def proved(c: Fraction) -> bool | None:
        found = asked(c)
        if not (found.proof or found.counterexample or found.settings):
            return None  # no setting of its numbers satisfies the hypotheses
        return bool(found.proof) or (found.counterexample is None and found.decided == found.settings)

    first = asked(start)
    if not (first.proof or first.counterexample or first.settings):
        return None
    good, bad = _bracket(start, proved)
    if good is None:
        return None
    if bad is None:
        return Sharp(good, None, bool(asked(good).proof))
    size = max(abs(good), abs(bad))
    while abs(good - bad) > CLOSE * size:
        # A simple rational between them is tried first: best constants often are.
        middle = (good + bad) / 2
        simple = simplest(*sorted(((3 * good + bad) / 4, (good + 3 * bad) / 4)))
        c = simple if simple.denominator < 1000 else middle
        if proved(c):
            good = c
        else:
            bad = c
    better = simplest(min(good, bad), max(good, bad))
    if better not in (good, bad) and proved(better):
        good = better
    return Sharp(good, bad, bool(asked(good).proof), asked(bad).counterexample)


def _bracket(start: Fraction, proved: Callable[[Fraction], bool | None]) -> tuple[Fraction | None, Fraction | None]:
    """A constant that is proved and one that is not, on whichever side of the first one; None where none is met."""
    holds = bool(proved(start))
    for k in range(1, DOUBLINGS + 1):
        for sign in (-1, 1):
            c = start * (1 + sign * Fraction(2**k, 2**DOUBLINGS))
            if proved(c) is (not holds):
                return (start, c) if holds else (c, start)
    return (start, None) if holds else (None, start)


def simplest(lo: Fraction, hi: Fraction) -> Fraction:
    """The rational of least denominator in [lo, hi]."""
    if lo <= 0 <= hi:
        return Fraction(0)
    if hi < 0:
        return -simplest(-hi, -lo)
    whole = lo.numerator // lo.denominator
    if whole == lo or whole + 1 <= hi:
        return Fraction(whole if whole == lo else whole + 1)
    return whole + 1 / simplest(1 / (hi - whole), 1 / (lo - whole))
