"""Settings: numbers of a statement and constants of its classes at which it is decided for all functions, those that are drawn and those that draws may not meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import sqrt
from typing import Any

from refute.duality.parameters.cases import cases
from refute.duality.parameters.ranges import belongs
from refute.errors import BadInput, NotLinear
from refute.statements.domains import Domain
from refute.statements.named_numbers import numbers_named
from refute.statements.statement import Instance, Statement

# Of so many settings those with a number at an end are decided, too.
ENDS_OF = 4
# Numbers of steps that are tried beside those that are drawn.
STEPS = (9, 12)
# Of so many numbers that a conclusion names members of such a size are tried.
NUMBERS = 3
# Roots of constants that a statement takes are replaced by rationals with denominators up to this one.
SIMPLE = 6
# Values of the parameters of a case, of so many cases, at which a statement that is not proved is looked at.
INSIDE, CASES_LOOKED_AT = 3, 8


@dataclass(frozen=True)
class Setting:
    """Numbers of a statement and constants of its classes; whether something of an element is kept, and whether it is one of those that are told of."""

    numbers: Mapping[str, Any]
    constants: Mapping[str, Any]
    of_elements: bool
    counted: bool
    #: The constants with the quotients mu/L replaced by squares of rationals close by.
    squares: tuple[Mapping[str, Any], ...] = ()

    @property
    def whole(self) -> tuple[int, ...]:
        """Its whole numbers, such as one of steps."""
        return tuple(n for n in self.numbers.values() if type(n) is int)


def settings_inside(statement: Statement) -> Iterator[Setting]:
    """Settings in each of the cases of a statement, which drawn ones may not meet. Raises NotLinear where it is not in the language."""
    for case in cases(statement)[:CASES_LOOKED_AT]:
        if case.numbers or case.families:
            values = list(case.inside(INSIDE))
            for numbers, constants in map(case.setting, values[:: -(-len(values) // INSIDE)]):
                within = next((c for those in constants.values() for c in those.values() if c != 1), Fraction(1))
                if all(belongs(statement, name, numbers, within) for name in numbers if name in statement.variables):
                    yield Setting(numbers, constants, of_elements=False, counted=False)


def settings_of(statement: Statement, drawn: Sequence[Instance]) -> Iterator[Setting]:
    """The numbers and the constants of the classes of the instances, each setting once, and those of the first ones with a number at an end of its
    interval, where a statement often is at its worst; and again with what is kept of an element, where a family says so."""
    seen_before: set[str] = set()
    for i, instance in enumerate(drawn):
        for seen in ({**statement.constants, **instance}, *(_at_ends(statement, instance) if i < ENDS_OF else ())):
            numbers: dict[str, Any] = {}
            constants: dict[str, Any] = {}
            of_elements: dict[str, Any] = {}
            scales: dict[str, str] = {}
            within: dict[str, tuple[str, ...]] = {}
            for name in statement.variables:
                every = statement.domain(name, seen).every
                if every is None:
                    numbers[name] = seen[name]
                    continue
                constants[name] = every.constants(seen[name])
                if every.of_element is not None:
                    of_elements[name] = every.of_element(seen[name])
                scales[name], within[name] = every.scale, every.within
            if not any(c for c in constants.values()):
                return
            several = [(constants, False, True)] + [({**constants, **of_elements}, True, False)] * any(
                of_elements.values()
            )
            others = () if i or any(of_elements.values()) else _of_other_sizes(statement, constants, scales)
            several += [(found, False, False) for found in others]
            settings = [Setting(numbers, *each, _squares(each[0], scales, within)) for each in several]
            settings += [
                Setting(more, constants, False, False, _squares(constants, scales, within))
                for more in ([] if i else _more_steps(statement, numbers))
            ]
            for setting in settings:
                key = repr((setting.numbers, setting.constants))
                if key not in seen_before:
                    seen_before.add(key)
                    yield setting


def _squares(
    constants: Mapping[str, dict[str, Any]], scales: Mapping[str, str], within: Mapping[str, tuple[str, ...]]
) -> tuple[Mapping[str, Any], ...]:
    """The constants of classes between 0 and their scale as the scale times the square of a simple rational."""
    found: dict[str, dict[str, Any]] = {}
    for name, those in constants.items():
        scale = those.get(scales[name])
        found[name] = {k: _near_square(c, scale) if k in within[name] and scale else c for k, c in those.items()}
    return (found,) if found != constants else ()


def _near_square(c: Fraction, scale: Fraction) -> Fraction:
    root = Fraction(sqrt(c / scale)).limit_denominator(SIMPLE)
    return scale * (root or Fraction(1, SIMPLE)) ** 2 if 0 < c <= scale else c


def _of_other_sizes(
    statement: Statement, constants: Mapping[str, dict[str, Any]], scales: Mapping[str, str]
) -> Iterator[dict[str, dict[str, Any]]]:
    """The constants of multiples of these members, as large as the numbers that the conclusion names, beside them and beside their inverses; nothing where the range of a
    number depends on a member."""
    if not any(scales.values()) or not all(
        isinstance(statement.variables[n], Domain) for n in statement.variables if n not in scales
    ):
        return
    named = [x for x in numbers_named(statement.body) if x > 0][:NUMBERS]
    for size in dict.fromkeys(s for x in named for s in (4 / x, 4 * x, x / 4)):
        yield {
            name: {k: size / those[scales[name]] * c for k, c in those.items()} if scales[name] else those
            for name, those in constants.items()
        }


def _more_steps(statement: Statement, numbers: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The numbers with more steps than are drawn, where there may be any number of them."""
    for name, N in numbers.items():
        domain = statement.variables[name]
        if (
            statement.types.get(name) is int
            and isinstance(domain, Domain)
            and domain.ends is not None
            and domain.ends()[1] is None
        ):
            yield from ({**numbers, name: more} for more in STEPS if more > N)


def _at_ends(statement: Statement, instance: Instance) -> Iterator[dict[str, Any]]:
    """The instance with one number at an end of its interval, where that belongs to it, and with two of them."""
    names = [n for n in statement.variables if isinstance(instance[n], (int, Fraction))]
    for some in (*combinations(names, 1), *combinations(names, 2)):
        for which in product((0, 1), repeat=len(some)):
            moved: dict[str, Any] | None = {**statement.constants, **instance}
            for name, side in zip(some, which, strict=True):  # the end of the second one may depend on the first
                end = None if moved is None else _end_of(statement, name, side, moved)
                moved = None if moved is None or end is None or end == instance[name] else {**moved, name: end}
            if moved is not None and _are_members(statement, moved):
                yield moved


def _end_of(statement: Statement, name: str, side: int, seen: Mapping[str, Any]) -> int | Fraction | None:
    """The lower or the upper end of a number, where it is a rational."""
    with suppress(BadInput, NotLinear, ArithmeticError):
        ends = statement.domain(name, dict(seen)).ends
        end = None if ends is None else ends()[side]
        if isinstance(end, (int, Fraction)):
            return int(end) if statement.types.get(name) is int else Fraction(end)
    return None


def _are_members(statement: Statement, seen: Mapping[str, Any]) -> bool:
    """Whether each number is in its domain, which may depend on the others."""
    numbers = [n for n in statement.variables if isinstance(seen[n], (int, Fraction))]
    with suppress(BadInput, NotLinear, ArithmeticError):
        return all(statement.domain(n, dict(seen)).member(seen[n]).decide().truth for n in numbers)
    return False
