"""What the parameters of a statement may be: the ends of a number's interval in units of the scale, and which of them it may take.

The ends are what the maker of a domain says. Beside them is tried whether there is more; an end belongs to the interval unless a domain of ours, as it is made, says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import FunctionType
from typing import Any

from refute.duality.parameters.ratio import AT_LEAST_0, OfUnits, Ratio, parameters
from refute.duality.problem import Problem, no_class
from refute.duality.signs.interval import Ends
from refute.duality.signs.region import Region
from refute.duality.space import Space
from refute.errors import NotLinear, overlook
from refute.statements.consistency import came_with_refute
from refute.statements.domains import Domain
from refute.statements.statement import Statement

# How far outside the ends of an interval its members are looked for.
BEYOND = (Fraction(1, 1000), Fraction(1), Fraction(7), Fraction(1000))
# Values of a second parameter at which the ends of the first one are tried; the last one is its own end.
TRIED = (Fraction(1, 1000), Fraction(1, 7), Fraction(1, 2), Fraction(1))


def _without_unit(end: Ratio) -> Ratio:
    """An end in units of the scale; raises OfUnits for one that is another one for another L."""
    if end.degree("L") != 0:
        raise OfUnits("an end of its interval is not measured in the units of its number")
    return end.without("L")


def region_of(
    statement: Statement,
    problem: Problem,
    name: str,
    fixed: Callable[[Fraction], Mapping[str, Any]],
    exponent: int,
    squares: frozenset[str],
    tried: Sequence[Fraction] = TRIED,
) -> Region:
    """What a number may be beside a constant of the class, or another number, in units of the scale, or what their roots may be: those of `squares`; `fixed` says what the others are for a
    value of the second parameter, at some of which the ends are `tried`. Raises NotLinear where it has no lower end, or more than its ends say."""
    L = parameters()[1]
    lo, hi = (
        None if e is None else _without_unit(Ratio.of(e, L) * L**-exponent)
        for e in _domain_ends(statement, problem, name)
    )
    if any(e is not None and any(map(e.involves, ("t", "k", "q^t", "q^k"))) for e in (lo, hi)):
        raise NotLinear(f"the range of {name} depends on a number of steps, or on the power of one")
    if lo is None:
        raise NotLinear(f"{name} has no least value beside another parameter")
    closed = [False, False]
    for m in tried:
        at = {"m": m}
        ends = lo.at(at), None if hi is None else hi.at(at)
        value = m**2 if "m" in squares else m
        domain = _domain_of(statement, name, fixed(value), value)
        _nothing_beyond_of(domain, ends)
        closed = [c or (e is not None and _may_take(domain, e)) for c, e in zip(closed, ends, strict=True)]
    if "t" in squares:
        lo, hi = lo.root(), None if hi is None else hi.root()
    region = Region(lo, hi, (closed[0], closed[1]))
    if not region.is_bounded_inside() or ("t" in squares and not _is_at_least_0(lo)):
        raise NotLinear(f"an end of {name} is nowhere for a value of the other parameter")
    return region


def _is_at_least_0(end: Ratio) -> bool:
    """Whether an end, a function of m, is at least 0."""
    return Region(0 * end, Ratio.of(1, end)).nonnegative(end)


def region_of_powers(problem: Problem, ends: Ends) -> Region:
    """What the power q^n may be beside a constant of the class, or another number, for whole numbers n >= 0: where none is taken, that of 1. Raises NotLinear where q is below 1 for some values of the
    constant and above it for others."""
    if ends[0] is None or ends[0] < 0:
        raise NotLinear("the exponent of a power is a whole number, 0 or more")
    q = Ratio.of(1 if problem.power is None else problem.power, parameters()[0])
    nothing, one = 0 * q, Ratio.of(1, q)
    everywhere = Region(nothing, one)
    if everywhere.nonnegative(q) and everywhere.nonnegative(1 - q):
        return Region(nothing, one, (not everywhere.nowhere_zero(q), True))
    if everywhere.nonnegative(q - 1):
        return Region(one, None, (True, False))
    raise NotLinear("the rate is neither between 0 and 1 nor at least 1 for all values of the constant")


def root_of_end(end: Fraction | None) -> Fraction | None:
    """The root of an end; raises NotLinear where it is no rational."""
    return None if end is None else Ratio.of(end, parameters()[0]).root().at({})


def ends_of_number(statement: Statement, problem: Problem, name: str, exponent: int) -> Ends:
    """The ends of the parameter's interval, in its unit."""
    L = parameters()[1]
    ends = _domain_ends(statement, problem, name)
    return tuple(None if e is None else _number(Ratio.of(e, L) * L**-exponent) for e in ends)  # type: ignore[return-value]


def _domain_ends(statement: Statement, problem: Problem, name: str) -> tuple[Any, Any]:
    """The ends of a number's domain, as its maker says them."""
    token = AT_LEAST_0.set([])  # what roots it takes was noted when the problem was made
    try:
        domain = statement.domain(name, {**statement.constants, **dict(problem.seen)})
    finally:
        AT_LEAST_0.reset(token)
    if domain.ends is None:
        raise no_class(domain)
    return domain.ends()


def closed_ends(statement: Statement, measured: list[str], fixed: Mapping[str, Any], ends: Ends) -> tuple[bool, bool]:
    """Which ends of its interval the parameter may take; a constant of a class is above 0 and at most L."""
    if not measured:
        return False, True
    domain = _domain_of(statement, measured[0], fixed)
    lo, hi = (end is not None and _may_take(domain, end) for end in ends)
    return lo, hi


def _may_take(domain: Domain, end: Fraction) -> bool:
    """Whether a number may be at an end of its range: where somebody else says what belongs, it may for another scale."""
    member: Any = domain.member
    ours = isinstance(member, FunctionType) and came_with_refute(member)
    return bool(domain.narrowed) or not ours or _may_belong(domain, end)


def ends_without_unit(domain: Domain) -> tuple[Fraction, Fraction, bool, bool] | None:
    """The ends of a number that may be between two rationals, and which of them it may be; None for another one."""
    lo, hi = (None, None) if domain.ends is None else domain.ends()
    if not (isinstance(lo, (int, Fraction)) and isinstance(hi, (int, Fraction)) and lo < hi):
        return None
    lo, hi = Fraction(lo), Fraction(hi)
    try:
        _nothing_beyond_of(domain, (lo, hi))
    except NotLinear:
        return None
    return lo, hi, _may_take(domain, lo), _may_take(domain, hi)


def belongs(statement: Statement, name: str, numbers: Mapping[str, Any], within: Fraction) -> bool:
    """Whether a number is one of its domain, with L = 1, these other numbers, and this other constant of the class."""
    try:
        return _domain_of(statement, name, numbers, within).member(numbers[name]).decide().truth is True
    except Exception as why:  # what is asked outside of what its maker thought of
        overlook(why)
        return False


def is_any_above_0(domain: Domain) -> bool:
    """Whether a domain is all numbers above 0."""
    if domain.ends is None or domain.narrowed or tuple(domain.ends()) != (0, None) or _may_take(domain, Fraction(0)):
        return False
    return all(domain.member(x).decide().truth is True for x in (1 / BEYOND[-1], *BEYOND[:1], BEYOND[-1]))


def nothing_beyond(statement: Statement, name: str, fixed: Mapping[str, Any], ends: Ends) -> None:
    """Raise NotLinear where the domain of the parameter holds a number outside its ends, with L = 1: they are what its maker says."""
    _nothing_beyond_of(_domain_of(statement, name, fixed), ends)


def _nothing_beyond_of(domain: Domain, ends: Ends) -> None:
    lo, hi = ends
    beyond = [lo - d for d in BEYOND if lo is not None] + [hi + d for d in BEYOND if hi is not None]
    if any(_may_belong(domain, x) for x in beyond):
        raise NotLinear(f"the ends of {domain.name} are not those of its members")


def _domain_of(statement: Statement, name: str, fixed: Mapping[str, Any], within: Fraction = Fraction(1, 2)) -> Domain:
    """The domain of a number, with L = 1 and this other constant of the class."""
    space, seen = Space(), dict(statement.constants)
    for n in statement.variables:
        domain = statement.domain(n, seen)
        if n == name:
            return domain
        if domain.every is not None:
            constants = {domain.every.scale: Fraction(1), **dict.fromkeys(domain.every.within, within)}
            seen[n] = domain.every.member(space, n, constants)
        else:
            seen[n] = fixed[n]
    raise NotLinear(f"no domain of {name}")


def _may_belong(domain: Domain, x: Fraction) -> bool:
    try:
        return domain.member(x).decide().truth is not False
    except Exception as why:  # what is asked outside of what its maker thought of
        if domain.narrowed:  # by a condition on abstract members
            return True
        raise NotLinear(f"whether {x} belongs to {domain.name}: {why}") from why


def _number(r: Ratio) -> Fraction:
    if not (r.p.is_constant() and r.q.is_one()):
        raise OfUnits("an end of its interval depends on a parameter")
    return r.at({})
