"""What is left of a statement when its whole numbers are fixed: the numbers that stand for all values, as parameters or as units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from refute.duality.forms import Point
from refute.duality.parameters.ranges import TRIED, is_any_above_0
from refute.duality.parameters.ratio import Ratio, parameters, second_parameter, steps_alone
from refute.duality.parameters.second import Second, power, seconds
from refute.duality.problem import no_class
from refute.duality.space import Space
from refute.errors import NotLinear
from refute.statements.domains import Domain
from refute.statements.statement import Statement

# So many cases of whole numbers are proved one by one.
MOST_CASES = 64
# A number of steps that domains of such numbers have.
SOME_STEPS = 3
# A value of the second parameter that is no end of its range, where the domains of others may have no value.
INSIDE = Fraction(1, 2)


def ways(statement: Statement) -> Iterator[list[Left]]:
    """The ways to read a statement: what is left for each choice of its whole numbers. Raises NotLinear where there is none: more parameters are left than a number and a constant of a
    class, or two numbers of which one may be a unit, or is between two rationals."""
    finite: dict[str, tuple[Any, ...]] = {}
    measured: dict[str, Fraction] = {}
    within: list[str] = []
    vectors: list[str] = []
    scales: dict[str, str] = {}
    seen: dict[str, Any] = dict(statement.constants)
    space = Space()
    for name in statement.variables:
        try:
            domain = statement.domain(name, {**seen, **dict.fromkeys(finite, 1), **measured})
        except Exception as why:  # the domain of a class asks for constants of a function: those of a member
            raise NotLinear(f"the domain of {name}: {why}") from why
        if domain.every is not None:
            constants = {domain.every.scale: Fraction(1), **dict.fromkeys(domain.every.within, Fraction(1, 2))}
            seen[name] = domain.every.member(space, name, constants)
            if isinstance(seen[name], Point):
                vectors.append(name)
            if domain.every.scale:
                scales[name] = domain.every.scale
            within += [f"{name}.{c}" for c in domain.every.within]
        elif domain.elements is not None and isinstance(statement.variables[name], Domain):
            finite[name] = domain.elements
        elif domain.ends is not None and domain.elements is None:
            measured[name] = _inside(domain)
        else:
            raise no_class(domain)
    if len(scales) > 1:
        raise NotLinear("more than one class")
    if prod(map(len, finite.values())) > MOST_CASES:
        raise NotLinear("too many cases of whole numbers")
    constant, found = (*within, "")[0], list(_ways(statement, [*measured], within)) if len(within) < 2 else []
    if not found:
        raise NotLinear(f"too many parameters: {', '.join((*measured, *within))}")
    for unit, number, second, steps in found:
        counts = statement.types.get(number) is int
        fixed = (dict(zip(finite, values, strict=True)) for values in product(*finite.values()))
        each = (Left(f, number, constant, scales, counts, unit, second, steps, tuple(vectors)) for f in fixed)
        yield [left for whole in each for left in whole.apart()]


def _inside(domain: Domain) -> Fraction:
    """A number between the ends of a domain where these are known, else 1."""
    lo, hi = (None, None) if domain.ends is None else domain.ends()
    if isinstance(lo, (int, Fraction)) and isinstance(hi, (int, Fraction)):
        return Fraction(lo + hi) / 2
    return Fraction(1)


#: Which numbers are a unit, the first parameter, the second one, and a number of steps that is no parameter.
Way = tuple[str, str, "Second | None", str]


def _ways(statement: Statement, measured: list[str], within: list[str]) -> Iterator[Way]:
    """The ways to read a statement with these numbers and constants of classes."""
    yield from _with_parameters(statement, measured, within, "")
    for steps in (name for name in measured if statement.types.get(name) is int):
        if len(measured) > 1 or within:
            yield from _with_parameters(statement, [n for n in measured if n != steps], within, steps)


def _with_parameters(statement: Statement, measured: list[str], within: list[str], steps: str) -> Iterator[Way]:
    if len(measured) < 2:
        yield "", (*measured, "")[0], None, steps
        return
    unit = _unit_of_its_own(statement, measured)
    for own in (unit, "") if unit and not within else ("",):
        rest = [name for name in measured if name != own]
        if len(rest) == 1:
            yield own, rest[0], None, steps
        elif len(rest) == 2 and not within:
            for second, number in (rest, rest[::-1]):
                yield from ((own, number, found, steps) for found in seconds(statement, second, own))


def _unit_of_its_own(statement: Statement, measured: list[str]) -> str:
    """A number that may be any above 0, whatever the others are; empty where there is none."""
    domains = {n: statement.variables[n] for n in measured if statement.types.get(n) is not int}
    return next((n for n, d in domains.items() if isinstance(d, Domain) and is_any_above_0(d)), "")


@dataclass(frozen=True)
class Left:
    """What is left of a statement: the values of its whole numbers; the number and the constant of a class that stand for all values, empty where there is none; and the scale
    of each class that has one."""

    fixed: Mapping[str, Any]
    number: str
    constant: str
    scales: Mapping[str, str]
    #: Whether the number is one of steps, which has no unit.
    counts: bool
    #: Another number, any above 0, in units of which everything is measured: where a class has a scale, too, points.
    unit: str = ""
    #: Another number, in place of a constant.
    second: Second | None = None
    #: A number of steps of which nothing is used but that an induction is over it.
    steps: str = ""
    #: The points, or directions.
    vectors: tuple[str, ...] = ()

    @property
    def both(self) -> bool:
        return bool(self.number and (self.constant or self.second))

    @property
    def tried(self) -> tuple[Fraction, ...]:
        """Values of the second parameter at which the ends of the first one are tried."""
        return TRIED if self.second is None or self.second.takes_end else TRIED[:-1]

    def apart(self) -> Iterator[Left]:
        """This, and where the second number may be where m = 0, which no proof for m > 0 is about, what is left there."""
        yield self
        if self.second is not None and self.second.takes_start:
            yield replace(self, fixed={**self.fixed, self.second.name: self.second.start}, second=None)

    def at_scale_1(self, m: Fraction = INSIDE) -> dict[str, Any]:
        """The numbers that are fixed where L = 1, for a value of the second parameter."""
        second = {self.second.name: self.second.of(m)} if self.second is not None else {}
        return {**self.fixed, **({self.unit: Fraction(1)} if self.unit else {}), **second, **self.some_steps}

    @property
    def some_steps(self) -> dict[str, int]:
        """The number of steps that is no parameter, as one of those that it may be."""
        return {self.steps: SOME_STEPS} if self.steps else {}

    @property
    def ones(self) -> tuple[str, ...]:
        """What is 1 by a choice of units."""
        return (*([self.scale] if self.scales else []), *([self.unit] if self.unit else []))

    @property
    def scale(self) -> str:
        """In units of what everything is measured."""
        return next(iter(self.scales.values()), self.unit)


@dataclass(frozen=True)
class Units:
    """How a statement is read: its number is measured in L^exponent, and classes without a scale in `unscaled`; and which parameters, t and m, are squares, those of which it takes
    a root."""

    exponent: int
    unscaled: Any
    #: The number that is a unit is L or 1/L.
    of_unit: int = -1
    #: The scale of a class, where it is not L.
    scale: Any = None
    #: Where another number is a unit beside the scale of a class: the number is measured in that unit to this exponent.
    of_points: int | None = None
    squares: frozenset[str] = frozenset()
    #: The vectors that are measured in the unit of gradients, as directions are.
    directions: tuple[str, ...] = ()

    def of(self, name: str, parameter: Ratio) -> Ratio:
        """What a parameter stands for: itself, or its square."""
        return parameter**2 if name in self.squares else parameter

    def named(self, name: str, says: str) -> str:
        """What is said of a parameter that stands for this."""
        return f"sqrt({says})" if name in self.squares else says


def stand_ins(statement: Statement, left: Left, units: Units) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What stands for the numbers of a statement, and for the constants of its classes: parameters in place of those that are left."""
    t, L, _ = parameters()
    scale = L if units.scale is None else units.scale
    number = t if left.both and left.counts else units.of("t", t)
    constant = (units.of("m", second_parameter()) if left.both else number) * L
    owner, _, of_class = left.constant.partition(".")
    families: dict[str, dict[str, Any]] = {
        name: {
            **(
                {left.scales.get(name, ""): scale if name in left.scales else units.unscaled}
                if left.scales or left.unit
                else {}
            ),
            **({of_class: constant} if name == owner else {}),
        }
        for name in statement.variables
    }
    numbers = {
        **left.fixed,
        **({left.unit: L**units.of_unit} if left.unit else {}),
        **({left.number: number * L**units.exponent} if left.number else {}),
        **(
            {left.second.name: left.second.of(units.of("m", second_parameter()), L**units.of_unit)}
            if left.second is not None
            else {}
        ),
        **({left.steps: steps_alone()} if left.steps else {}),
    }
    return numbers, families


def unit_of(left: Left, units: Units) -> str:
    """A number in the units that are 1."""
    if units.of_points is None:
        powers = {left.scale: units.exponent * (units.of_unit if left.unit else 1)} if left.scale else {}
    else:  # h, a step size, is measured in points by the scale
        powers = {left.scale: units.exponent + units.of_points, left.unit: units.of_points}
    above = " ".join([left.number, *(power(name, -n) for name, n in powers.items() if n < 0)])
    below = " ".join(power(name, n) for name, n in powers.items() if n > 0)
    return f"{above} / {f'({below})' if ' ' in below else below}" if below else above
