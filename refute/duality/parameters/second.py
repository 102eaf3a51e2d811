"""A number between two rationals, or between two multiples of a unit, as the second parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from refute.duality.parameters.ranges import ends_without_unit
from refute.duality.parameters.ratio import Ratio, parameters
from refute.errors import overlook
from refute.statements.domains import Domain
from refute.statements.statement import Statement

ONE = Fraction(1)
# Powers of a unit in which another number is measured.
UNIT_POWERS = (0, 1, -1, 2, -2)


@dataclass(frozen=True)
class Second:
    """A number between two rationals as the second parameter: `start` + `length` m with 0 < m <= 1; and whether it may be at `start`, and at the other end. It may be measured in a power of
    a number that is a unit."""

    name: str
    start: Fraction
    length: Fraction
    takes_start: bool
    takes_end: bool
    unit: str = ""
    exponent: int = 0

    def of(self, m: Any, unit: Any = ONE) -> Any:
        """The number for a value of its unit."""
        return (self.start + self.length * m) * unit**self.exponent

    def __str__(self) -> str:
        name = self.name + (f" / {power(self.unit, self.exponent)}" if self.exponent > 0 else "")
        name += f" {power(self.unit, -self.exponent)}" if self.exponent < 0 else ""
        from_start = f"{name} - {self.start}" if self.length > 0 else f"{self.start} - {name}"
        above = name if self.start == 0 and self.length > 0 else from_start
        size = abs(self.length)
        shown = f"({above})" if " " in above else above
        return above if size == 1 else f"{shown} / {size}" if size.denominator == 1 else f"{shown} / ({size})"


def seconds(statement: Statement, name: str, unit: str) -> Iterator[Second]:
    """A number as the second parameter, measured from an end that it does not take where there is one: nothing where it has a range that depends on others, but for a power of the unit."""
    exponent = None if statement.types.get(name) is int else _exponent(statement, name, unit)
    if exponent is None:
        return
    ends = ends_without_unit(_domain_at(statement, name, {unit: ONE} if unit else {}))
    if ends is None:
        return
    lo, hi, takes_lo, takes_hi = ends
    of_unit = (unit, exponent) if exponent else ("", 0)
    up = Second(name, lo, hi - lo, takes_lo, takes_hi, *of_unit)
    down = Second(name, hi, lo - hi, takes_hi, takes_lo, *of_unit)
    yield from (s for s in (up, down) if not s.takes_start)
    if takes_lo and takes_hi and (not exponent or lo == 0):  # what m = 0 stands for is a case of its own
        yield up


def _exponent(statement: Statement, name: str, unit: str) -> int | None:
    """The power of the unit that both ends of a number are rational multiples of; None where there is none."""
    if isinstance(statement.variables[name], Domain):
        return 0
    L = parameters()[1]
    try:
        domain = _domain_at(statement, name, {unit: L} if unit else {})
        found = [Ratio.of(e, L) for e in (domain.ends() if domain.ends is not None else ()) if e is not None]
    except Exception as why:  # it depends on others, too
        overlook(why)
        return None
    return next((e for e in UNIT_POWERS if len(found) == 2 and not any((x * L**-e).involves("L") for x in found)), None)


def _domain_at(statement: Statement, name: str, numbers: Mapping[str, Any]) -> Domain:
    return statement.domain(name, {**statement.constants, **numbers})


def power(name: str, n: int) -> str:
    return name if n == 1 else f"{name}^{n}"
