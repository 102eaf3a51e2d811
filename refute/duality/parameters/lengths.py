"""Two units: the scale of a class, and a number in which points are measured. Both are 1 where a statement is the same in all units of both."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product, zip_longest

from refute.duality.forms import Form
from refute.duality.parameters.branches import Choices, SameChoices
from refute.duality.parameters.left import Left, Units, stand_ins
from refute.duality.parameters.ranges import ends_of_number
from refute.duality.parameters.ratio import OfUnits, Ratio, parameters
from refute.duality.parameters.units import at_scale_1, counted, in_units
from refute.duality.problem import Problem, posed
from refute.duality.signs.interval import Ends
from refute.errors import NotLinear
from refute.statements.statement import Statement

# Exponents of L with which a number of a statement may be measured: a step size has -1.
EXPONENTS = (-1, 0, 1)


def in_length(
    statement: Statement, left: Left, units: Units, choices: Choices, ends: Ends, problem: Problem, plain: Problem
) -> int:
    """The exponent of the unit of points in which a number is measured. Raises NotLinear unless a statement is homogeneous in that unit, too, in a class whose gradients have another one,
    and is the same one where both units are 1: then both the scale of the class and another number, in which points are measured, are 1 by a choice of units."""
    L = parameters()[1]
    for exponent, unscaled in product((0,) if left.counts else EXPONENTS, (Fraction(1), L)):
        own = replace(units, exponent=exponent, of_unit=1, scale=Fraction(1), unscaled=unscaled)
        numbers, families = stand_ins(statement, left, own)
        directions = dict.fromkeys(units.directions, Fraction(1))
        try:
            again = counted(posed(statement, numbers, families, SameChoices(choices), L, directions))
            same = _is_same(problem, plain, again, in_units(again))
            same = same and ends_of_number(statement, again, left.number, exponent) == ends
        except OfUnits:
            continue
        if same:
            return exponent
    raise NotLinear(f"too many parameters: {left.unit}, {left.number}")


def _is_same(problem: Problem, plain: Problem, other: Problem, plain_other: Problem) -> bool:
    """Whether two readings of a statement are one where L = 1: also what one of them does not understand, and leaves out."""

    def forms(p: Problem) -> list[Form]:
        return [part.form for part in (*p.conditions, *p.claims)]

    def numbers(p: Problem) -> list[Ratio]:
        needed = [n for n, *_ in p.positive]
        return [at_scale_1(n, p) for n in (*p.divisors, *p.at_least_0, *needed)]

    pairs = zip_longest(forms(plain), forms(plain_other)), zip_longest(numbers(problem), numbers(other))
    return (
        problem.wider == other.wider
        and all(a is not None and b is not None and not (a - b).terms for a, b in pairs[0])
        and all(a is not None and b is not None and (a - b).is_zero for a, b in pairs[1])
    )
