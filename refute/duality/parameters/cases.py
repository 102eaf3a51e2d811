"""The cases of a statement, in units in which L = 1: whole numbers fixed, and at most two parameters left.

With L the scale of the class and t the parameter in its units (h L for a step size h), a form in gradients and values that are measured in L is
homogeneous: its coefficients are a power of L times functions of t. So L = 1 is no restriction, and t is the only parameter. Where the class has another constant,
such as mu, and the statement a number, m = mu/L is the second one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from itertools import product
from math import floor
from typing import Any

from refute.duality.parameters.branches import Choices, readings
from refute.duality.parameters.left import Left, Units, stand_ins, unit_of, ways
from refute.duality.parameters.lengths import EXPONENTS, in_length
from refute.duality.parameters.ranges import (
    closed_ends,
    ends_of_number,
    nothing_beyond,
    region_of,
    region_of_powers,
    root_of_end,
)
from refute.duality.parameters.ratio import OfParameters, OfUnits, Ratio, parameters, steps_alone
from refute.duality.parameters.units import (
    UNITS,
    Function,
    at_scale_1,
    counted,
    functions_asked,
    in_units,
    members_of,
    of_t,
)
from refute.duality.parameters.within import Interval, Plane, as_conditions, on_sides
from refute.duality.problem import Part, Problem, posed
from refute.duality.signs.interval import Ends, has_root, nonnegative, samples_within
from refute.duality.signs.region import Region
from refute.errors import NotLinear
from refute.statements.statement import Statement

# So many sets of vectors are read as directions, where they are no points.
MOST_DIRECTIONS = 5
FROM_FIRST = "an induction is over a number of steps N of the domain {1, 2, ...}"
# Powers of whole numbers from this negative one on are decided.
LEAST_EXPONENT = 64


@dataclass(frozen=True)
class Case:
    """A problem in units in which L = 1: whole numbers are fixed, and one parameter is left between two ends, or two are in a region, or none."""

    fixed: Mapping[str, Any]
    problem: Problem
    parameter: str
    ends: Ends
    unit: str
    functions: tuple[Function, ...] = ()
    #: What is 1 by a choice of units.
    ones: tuple[str, ...] = ()
    #: Which ends the parameter may take.
    closed: tuple[bool, bool] = (True, True)
    #: Where there are two parameters: what they may be (`ends` are none), and the second one in its unit.
    region: Region | None = None
    second: str = ""
    #: What stands for the numbers of the statement, and for the constants of its classes; nothing where a parameter is a number of steps.
    numbers: Mapping[str, Any] = field(default_factory=dict)
    families: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: A number of steps that is no parameter.
    steps: str = ""

    def within(self, ends: Ends) -> Case:
        """The case on a part of its interval, which has those of its ends that are not open ends of the whole."""
        lo, hi = (has or end != own for has, end, own in zip(self.closed, ends, self.ends, strict=True))
        return replace(self, ends=ends, closed=(lo, hi))

    def setting(self, values: Mapping[str, Fraction]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """The numbers of the statement, and the constants of its classes, for these values of the parameters, where L = 1."""
        exact = {"t": Fraction(0), "m": Fraction(0), **values, "L": Fraction(1)}

        def at(those: Mapping[str, Any]) -> dict[str, Any]:
            return {n: v.at(exact) if isinstance(v, Ratio) else v for n, v in those.items() if n}

        return at(self.numbers), {n: at(those) for n, those in self.families.items()}

    def inside(self, n: int) -> Iterator[Mapping[str, Fraction]]:
        """Values of its parameters inside their range: so many of one parameter."""
        if self.region is not None:
            yield from self.region.samples()
        else:
            yield from ({"t": t} for t in (samples_within(self.ends, n) if self.parameter else [Fraction(1, 2)]))

    def ends_of(self, claim: Part) -> Ends:
        """Where a claim has to be shown: the step of an induction for k >= 0 alone, and so from t = k + 1 = 1 on."""
        lo, hi = self.ends
        counts = claim.induction and self.problem.counters and self.problem.power is None
        return (Fraction(1), hi) if counts and lo is not None and lo < 1 and (hi is None or hi >= 1) else self.ends


def cases(statement: Statement) -> list[Case]:
    """The cases of a statement: one for each choice of its whole numbers. Raises NotLinear where more parameters are left than a number and a constant of a
    class."""
    reason: NotLinear | None = None
    for lefts in ways(statement):
        try:
            found = [case for left in lefts for case in _cases(statement, left)]
            if len({tuple(sorted(case.fixed.items(), key=str)) for case in found}) < len(found):
                raise NotLinear("two sides of a number on which the body branches have one name")
            return found
        except (NotLinear, ArithmeticError) as says:
            reason = reason or NotLinear(
                f"for a value of its parameters: {says}" if isinstance(says, ArithmeticError) else str(says)
            )
    assert reason is not None
    raise reason


def _cases(statement: Statement, left: Left) -> list[Case]:
    """The cases that are left, one for each side of the numbers on which the statement branches."""
    why: NotLinear = OfUnits(UNITS)
    # A class without a scale is measured in that of another class, where there is one, or in units of its own, as the normals of a set may be.
    L = parameters()[1]
    exponents = EXPONENTS if left.number and not left.counts else (0,)
    of_unit = (-1, 1) if left.unit else (-1,)
    tried = [Units(*each) for each in product(exponents, (L, Fraction(1)) if left.scales else (L,), of_unit)]
    if left.scales:
        sets = [(name,) for name in left.vectors] + [left.vectors] * (len(left.vectors) > 1)
        tried += [replace(units, directions=names) for names in sets[:MOST_DIRECTIONS] for units in tried]
    fitting: list[Units] = []
    while tried:
        units = tried.pop(0)
        if units.directions and fitting:  # it is no matter of units
            break
        try:
            read = list(readings(partial(_case, statement, left, units, fitting)))
        except OfParameters as root:
            why = root
            if not (root.names <= units.squares or (left.counts and "t" in root.names)):
                tried.insert(0, replace(units, squares=units.squares | root.names))
        except OfUnits as says:  # with another exponent there may be a better reason
            why = says if isinstance(why, OfUnits) and not units.directions else why
        except NotLinear as says:
            why = says if not units.directions else why
        else:
            return [case for case in read if case is not None]
    raise why


def _case(statement: Statement, left: Left, units: Units, fitting: list[Units], choices: Choices) -> Case | None:
    """The case of a reading; None where no values of the parameters are on its sides. Units in which all is homogeneous are put to those that are `fitting`."""
    numbers, families = stand_ins(statement, left, units)
    problem = posed(statement, numbers, families, choices, directions=dict.fromkeys(units.directions, parameters()[1]))
    if left.steps:
        if problem.power is not None:
            raise NotLinear("too many parameters: a power of a number of steps, and others")
        _refuse_numbers(problem, ("k", "q^t", "q^k"))
        if not _counts_from_first(problem, ends_of_number(statement, problem, left.steps, 0), steps_alone()):
            raise NotLinear(FROM_FIRST)
        problem = replace(problem, counters=())
    problem = counted(problem)
    plain = in_units(problem)
    fitting.append(units)
    region: Region | None = None
    ends: Ends = (Fraction(0), Fraction(1))
    if left.both and not left.counts:
        region = region_of(statement, problem, left.number, left.at_scale_1, units.exponent, units.squares, left.tried)
    elif left.number:
        ends = ends_of_number(statement, problem, left.number, units.exponent)
    if left.unit and left.scales:
        units = replace(units, of_points=in_length(statement, left, units, choices, ends, problem, plain))
    case = _with_ends(statement, left, units, problem, plain, region, ends)
    if case is None or left.counts:
        return case
    return replace(case, numbers={**numbers, **left.some_steps}, families=families, steps=left.steps)


def _with_ends(
    statement: Statement,
    left: Left,
    units: Units,
    problem: Problem,
    plain: Problem,
    region: Region | None,
    ends: Ends,
) -> Case | None:
    """The case with the ends of its parameters; None where they have no values. Raises NotLinear where the statement has no value for some of them."""
    if left.counts and any(side.number.involves("t") for side in problem.sides):
        raise NotLinear("the body branches on a number of steps")
    on = list(as_conditions(problem))
    of_sides = replace(plain, conditions=(*plain.conditions, *on))
    fixed = {**left.fixed, **{f"sign({part.form.terms[()]})": "+" for part in on}}
    measured = [left.number] if left.number else []
    scale = left.scale
    unit = units.named("t", unit_of(left, units))
    of_class = units.named("m" if left.both else "t", str(left.second or f"{left.constant} / {scale}"))
    if measured and region is None:
        nothing_beyond(statement, left.number, left.at_scale_1(), ends)
    if problem.counters and not _counts_from_first(problem, ends, parameters()[0]):
        raise NotLinear(FROM_FIRST)
    if left.both:
        if left.counts:
            if problem.power is None:  # t is the number of steps itself, and has no upper end
                _refuse_numbers(problem, ("t", "k"))
            region = region_of_powers(problem, ends)
            unit = f"({1 if problem.power is None else problem.power})^{left.number}"
        assert region is not None
        if not left.counts:
            plane = on_sides(Plane(region), problem, plain)
            if plane is None:
                return None
            region = plane.region
        _is_defined_in(region, problem)
        of_two = Case(fixed, of_sides, left.number, (None, None), unit, functions_asked(problem), left.ones)
        return replace(of_two, region=region, second=of_class)
    closed = closed_ends(statement, measured, left.at_scale_1(), ends)
    if problem.power is not None:
        unit = f"({problem.power})^{left.number}"
        ends, closed = _powers(problem, left.counts, ends)
    elif "t" in units.squares:
        if ends[0] is None:
            raise NotLinear(f"it takes a root of {left.number}, which may be negative")
        ends = tuple(map(root_of_end, ends))  # type: ignore[assignment]
    name = left.number or left.constant
    if name and not left.counts:
        interval = on_sides(Interval(ends, closed, problem), problem, plain)
        if interval is None:
            return None
        ends, closed = interval.ends, interval.closed
    _is_defined_between(ends, closed, problem)
    unit = unit if measured else of_class if name else ""
    return Case(
        fixed, of_sides, name, ends, unit, functions_asked(problem), left.ones, closed if name else (True, True)
    )


def _counts_from_first(problem: Problem, ends: Ends, N: Ratio) -> bool:
    """Whether inductions go over a number of steps of the domain {1, 2, ...}, or with 0."""
    first = ends[0]
    return first is not None and 0 <= first <= 1 and all((n - N).is_zero for n in problem.counters)


def _refuse_numbers(problem: Problem, made_of: tuple[str, ...]) -> None:
    """Raise NotLinear where a number of the problem is made of one of steps, or of the power of one: also one that cancels in all forms."""
    parts = (*problem.conditions, *problem.claims)
    numbers = [c for part in parts for c in part.form.terms.values()]
    numbers += [*problem.divisors, *problem.at_least_0, *(n for n, *_ in problem.positive)]
    numbers += [side.number for side in problem.sides]
    rows = (row for member in members_of(problem) for row in member.data()[2])
    numbers += [c for row in rows for x in row[1:] for c in x.terms.values()]
    if any(isinstance(c, Ratio) and any(map(c.involves, made_of)) for c in numbers):
        raise NotLinear("too many parameters: a number of steps, and others")


def _is_defined_between(ends: Ends, closed: tuple[bool, bool], problem: Problem) -> None:
    """Raise NotLinear where the problem has no value for some value of its parameter, or is not that of the statement."""
    if any(has_root(of_t(d, problem)[0], ends, closed) for d in problem.divisors):
        raise NotLinear("it divides by what is 0 for a value of its parameter")
    for number, needed, of_a_step in problem.positive:
        first = of_a_step and problem.counters and problem.power is None and ends[0] is not None and ends[0] < 1
        if not _is_above_0(number, problem, (Fraction(1), ends[1]) if first else ends, (first or closed[0], closed[1])):
            raise NotLinear(f"{needed} for every value of its parameter")
    if not all(nonnegative(*of_t(r, problem), ends) for r in problem.at_least_0):
        raise NotLinear(
            "a root, what a norm is multiplied by, or the rate of an induction is negative for a value of its parameter"
        )


def _is_defined_in(region: Region, problem: Problem) -> None:
    """The same for a region, in which it may have none."""
    if not all(region.nowhere_zero(at_scale_1(d, problem)) for d in problem.divisors):
        raise NotLinear("it divides by what may be 0 for values of its parameters")
    for number, needed, _ in problem.positive:
        if not (region.nonnegative(at_scale_1(number, problem)) and region.nowhere_zero(at_scale_1(number, problem))):
            raise NotLinear(f"{needed} for every value of its parameters")
    if not all(region.nonnegative(at_scale_1(r, problem)) for r in problem.at_least_0):
        raise NotLinear(
            "a root, what a norm is multiplied by, or the rate of an induction is not shown to be at least 0 for all values of its parameters"
        )


def _powers(problem: Problem, whole: bool, ends: Ends) -> tuple[Ends, tuple[bool, bool]]:
    """An interval of the powers q^n of the whole numbers n between the ends, and which of its ends it has; of the steps 0, 1, ... before n in an induction.
    Raises NotLinear where n need be no whole number, or may be any negative one."""
    q, least = problem.power, Fraction(0) if problem.counters else ends[0]
    if not whole or least is None or least < -LEAST_EXPONENT:
        raise NotLinear(f"the exponent of a power is a whole number, {-LEAST_EXPONENT} or more")
    first = q ** min(floor(least), LEAST_EXPONENT)  # a longer interval is one, too
    return ((first, None), (True, False)) if q > 1 else ((Fraction(0), first), (False, True))


def _is_above_0(number: Ratio, problem: Problem, ends: Ends, closed: tuple[bool, bool]) -> bool:
    """Whether a number of a statement is above 0 for all values of its parameter, with L = 1 and k = t - 1."""
    top, bottom = of_t(number, problem)
    return nonnegative(top, bottom, ends) and not has_root(top, ends, closed) and not has_root(bottom, ends, closed)
