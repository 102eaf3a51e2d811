"""The cases of a statement, in units in which L = 1: whole numbers fixed, and at most two parameters left.

With L the scale of the class and t the parameter in its units (h L for a step size h), a form in gradients and values that are measured in L is
homogeneous: its coefficients are a power of L times functions of t. So L = 1 is no restriction, and t is the only parameter. Where the class has another constant,
such as mu, and the statement a number, m = mu/L is the second one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import floor, prod
from types import FunctionType
from typing import Any

from flint import fmpq_poly

from refute.duality.forms import Form, combination
from refute.duality.problem import Part, Problem, no_class, posed
from refute.duality.ratio import Ratio, parameters, second_parameter
from refute.duality.signs.interval import Ends, has_root, nonnegative
from refute.duality.signs.region import Region
from refute.duality.space import Space
from refute.errors import NotLinear
from refute.statements.consistency import came_with_refute
from refute.statements.domains import Domain
from refute.statements.statement import Statement

# So many cases of whole numbers are proved one by one.
MOST_CASES = 64
# Exponents of L with which a number of a statement may be measured: a step size has -1.
EXPONENTS = (-1, 0, 1)
# Powers of whole numbers from this negative one on are decided.
LEAST_EXPONENT = 64
# How far outside the ends of an interval its members are looked for.
BEYOND = (Fraction(1, 1000), Fraction(1), Fraction(7), Fraction(1000))
# Values of a second parameter at which the ends of the first one are tried.
TRIED = (Fraction(1, 1000), Fraction(1, 7), Fraction(1, 2), Fraction(1))


@dataclass(frozen=True)
class Function:
    """A member of low <= f'' <= 1 and where it was asked: names with the combinations of unknowns that are the point, the gradient and the
    value there. Of a class by other conditions `low` is None and `asks` has these, as forms in a.x, a.g, b.x, b.g and a.f, b.f."""

    name: str
    low: Any
    rows: tuple[tuple[str, Mapping[int, Any], Mapping[int, Any], Mapping[Any, Any]], ...]
    asks: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A problem in units in which L = 1: whole numbers are fixed, and one parameter is left between two ends, or two are in a region, or none."""

    fixed: Mapping[str, Any]
    problem: Problem
    parameter: str
    ends: Ends
    unit: str
    functions: tuple[Function, ...] = ()
    #: The constant that is 1 by the choice of units; empty where no class has one.
    scale: str = "L"
    #: Which ends the parameter may take.
    closed: tuple[bool, bool] = (True, True)
    #: Where there are two parameters: what they may be (`ends` are none), and the second one in its unit.
    region: Region | None = None
    second: str = ""

    def ends_of(self, claim: Part) -> Ends:
        """Where a claim has to be shown: the step of an induction for k >= 0 alone, and so from t = k + 1 = 1 on."""
        lo, hi = self.ends
        counts = claim.induction and self.problem.power is None
        return (Fraction(1), hi) if counts and lo is not None and lo < 1 and (hi is None or hi >= 1) else self.ends


def cases(statement: Statement) -> list[Case]:
    """The cases of a statement: one for each choice of its whole numbers. Raises NotLinear where more parameters are left than a number and a constant of a
    class."""
    finite: dict[str, tuple[Any, ...]] = {}
    measured: list[str] = []
    within: list[str] = []
    scales: dict[str, str] = {}
    seen: dict[str, Any] = dict(statement.constants)
    space = Space()
    for name in statement.variables:
        try:
            domain = statement.domain(
                name, {**seen, **dict.fromkeys(finite, 1), **dict.fromkeys(measured, Fraction(1))}
            )
        except Exception as why:  # the domain of a class asks for constants of a function: those of a member
            raise NotLinear(f"the domain of {name}: {why}") from why
        if domain.every is not None:
            constants = {domain.every.scale: Fraction(1), **dict.fromkeys(domain.every.within, Fraction(1, 2))}
            seen[name] = domain.every.member(space, name, constants)
            if domain.every.scale:
                scales[name] = domain.every.scale
            within += [f"{name}.{c}" for c in domain.every.within]
        elif domain.elements is not None and isinstance(statement.variables[name], Domain):
            finite[name] = domain.elements
        elif domain.ends is not None and domain.elements is None:
            measured.append(name)
        else:
            raise no_class(domain)
    if len(measured) > 1 or len(within) > 1:
        raise NotLinear(f"too many parameters: {', '.join((*measured, *within))}")
    if measured and within and statement.types.get(measured[0]) is int:
        raise NotLinear(f"a number of steps and a constant of a class are left: {measured[0]}, {within[0]}")
    if len(scales) > 1:
        raise NotLinear("more than one class")
    if prod(map(len, finite.values())) > MOST_CASES:
        raise NotLinear("too many cases of whole numbers")
    return [
        _case(statement, dict(zip(finite, values, strict=True)), measured, within, scales)
        for values in product(*finite.values())
    ]


def _case(
    statement: Statement, fixed: dict[str, Any], measured: list[str], within: list[str], scales: Mapping[str, str]
) -> Case:
    why = NotLinear("its units are not those of L")
    # A number of steps has no unit.
    counts = not measured or statement.types.get(measured[0]) is int
    t, L, _ = parameters()
    both = bool(measured and within)
    # A class without a scale is measured in that of another class, where there is one, or in units of its own, as the normals of a set may be.
    for exponent, unscaled in product((0,) if counts else EXPONENTS, (L, Fraction(1)) if scales else (L,)):
        numbers = {**fixed, **dict.fromkeys(measured, t * L**exponent)}
        families: dict[str, dict[str, Any]] = {
            name: {
                **({scales.get(name, ""): L if name in scales else unscaled} if scales else {}),
                **{
                    c.partition(".")[2]: (second_parameter() if both else t) * L
                    for c in within
                    if c.partition(".")[0] == name
                },
            }
            for name in statement.variables
        }
        try:
            problem = _counted(posed(statement, numbers, families))
            ends = (
                (None, None)
                if both
                else _ends(statement, problem, measured, exponent)
                if measured
                else (Fraction(0), Fraction(1))
            )
            region = _region(statement, problem, measured[0], fixed, exponent) if both else None
            plain = _in_units(problem)
        except NotLinear as says:
            why = says
            continue
        if region is not None:
            return _of_two(statement, fixed, problem, plain, region, measured[0], within[0], scales, exponent)
        if measured:
            _nothing_beyond(statement, measured[0], fixed, ends)
        if problem.counters and not (
            ends[0] is not None and 0 <= ends[0] <= 1 and all((n - t).is_zero for n in problem.counters)
        ):
            raise NotLinear("an induction is over a number of steps N of the domain {1, 2, ...}")
        closed = _closed(statement, measured, fixed, ends)
        if problem.power is not None:
            ends, closed = _powers(problem, statement.types.get(measured[0]) if measured else None, ends)
        if any(has_root(_of_t(d, problem)[0], ends, closed) for d in problem.divisors):
            raise NotLinear("it divides by what is 0 for a value of its parameter")
        for number, needed, of_a_step in problem.positive:
            first = of_a_step and problem.power is None and ends[0] is not None and ends[0] < 1
            if not _is_above_0(
                number, problem, (Fraction(1), ends[1]) if first else ends, (first or closed[0], closed[1])
            ):
                raise NotLinear(f"{needed} for every value of its parameter")
        name = (*measured, *within, "")[0]
        scale = next(iter(scales.values()), "")
        unit = _unit(name, scale, exponent) if measured else f"{name} / {scale}" if within else ""
        unit = unit if problem.power is None else f"({problem.power})^{name}"
        return Case(fixed, plain, name, ends, unit, _functions(problem), scale, closed if name else (True, True))
    raise why


def _unit(name: str, scale: str, exponent: int) -> str:
    """A number in units of the scale."""
    return {-1: f"{name} {scale}", 0: name, 1: f"{name} / {scale}"}[exponent if scale else 0]


def _of_two(
    statement: Statement,
    fixed: dict[str, Any],
    problem: Problem,
    plain: Problem,
    region: Region,
    measured: str,
    within: str,
    scales: Mapping[str, str],
    exponent: int,
) -> Case:
    """The case of a number and a constant of a class. Raises NotLinear for inductions and powers, and where it divides by what is, or may be, 0 for some values."""
    if problem.counters or problem.power is not None:
        raise NotLinear("an induction has one parameter alone, its counter")
    if not all(region.nowhere_zero(_at_scale_1(d)) for d in problem.divisors):
        raise NotLinear("it divides by what may be 0 for values of its parameters")
    for number, needed, _ in problem.positive:
        plain_number = _at_scale_1(number)
        if not (region.nonnegative(plain_number) and region.nowhere_zero(plain_number)):
            raise NotLinear(f"{needed} for every value of its parameters")
    scale = next(iter(scales.values()), "")
    return Case(
        fixed,
        plain,
        measured,
        (None, None),
        _unit(measured, scale, exponent),
        _functions(problem),
        scale,
        region=region,
        second=f"{within} / {scale}",
    )


def _at_scale_1(number: Ratio) -> Ratio:
    """A number where L = 1; raises NotLinear for what is 0 at other parameters for another L."""
    number.degree("L")
    return number.without("L")


def _without_unit(end: Ratio) -> Ratio:
    """An end in units of the scale; raises NotLinear for one that is another one for another L."""
    if end.degree("L") != 0:
        raise NotLinear("an end of its interval is not measured in the units of its number")
    return end.without("L")


def _region(statement: Statement, problem: Problem, name: str, fixed: Mapping[str, Any], exponent: int) -> Region:
    """What a number may be beside a constant of the class, in units of the scale. Raises NotLinear where it has no lower end, or more than its ends say."""
    L = parameters()[1]
    lo, hi = (
        None if e is None else _without_unit(Ratio.of(e, L) * L**-exponent)
        for e in _domain_ends(statement, problem, name)
    )
    if lo is None:
        raise NotLinear(f"{name} has no least value beside another parameter")
    closed = [False, False]
    for m in TRIED:
        at = {"m": m}
        ends = lo.at(at), None if hi is None else hi.at(at)
        domain = _domain_of(statement, name, fixed, m)
        _nothing_beyond_of(domain, ends)
        closed = [c or (e is not None and _may_take(domain, e)) for c, e in zip(closed, ends, strict=True)]
    region = Region(lo, hi, (closed[0], closed[1]))
    if not region.is_bounded_inside():
        raise NotLinear(f"an end of {name} is nowhere for a value of the other parameter")
    return region


def _powers(problem: Problem, kind: Any, ends: Ends) -> tuple[Ends, tuple[bool, bool]]:
    """An interval of the powers q^n of the whole numbers n between the ends, and which of its ends it has; of the steps 0, 1, ... before n in an induction.
    Raises NotLinear where n need be no whole number, or may be any negative one."""
    q, least = problem.power, Fraction(0) if problem.counters else ends[0]
    if q is None or kind is not int or least is None or least < -LEAST_EXPONENT:
        raise NotLinear(f"the exponent of a power is a whole number, {-LEAST_EXPONENT} or more")
    first = q ** min(floor(least), LEAST_EXPONENT)  # a longer interval is one, too
    return ((first, None), (True, False)) if q > 1 else ((Fraction(0), first), (False, True))


def _counted(problem: Problem) -> Problem:
    """The problem with k = t - 1 for the number of a step: as N = t goes over 1, 2, ... it is every step. Where powers are taken the power is t."""

    def counted(part: Part) -> Part:
        form = combination((1, {key: _counted_number(c, problem) for key, c in part.form.terms.items()}))
        return replace(part, form=form if problem.power is None else _without_power(form))

    return replace(
        problem, conditions=tuple(map(counted, problem.conditions)), claims=tuple(map(counted, problem.claims))
    )


def _without_power(form: Form) -> Form:
    """A form that is a power of t, which is positive, times one without it: that one; else the form itself."""
    t = parameters()[0]
    try:
        degrees = {c.degree("t") if isinstance(c, Ratio) else 0 for c in form.terms.values()}
    except NotLinear:
        return form
    if len(degrees) != 1:
        return form
    shrink = t ** -degrees.pop()
    return combination((1, {key: c * shrink for key, c in form.terms.items()}))


def _counted_number(c: Any, problem: Problem) -> Any:
    if not isinstance(c, Ratio):
        return c
    return c.counted() if problem.power is None else c.counted().of_power()


def _ends(statement: Statement, problem: Problem, measured: list[str], exponent: int) -> Ends:
    """The ends of the parameter's interval, in its unit."""
    (name,) = measured
    L = parameters()[1]
    ends = _domain_ends(statement, problem, name)
    return tuple(None if e is None else _number(Ratio.of(e, L) * L**-exponent) for e in ends)  # type: ignore[return-value]


def _domain_ends(statement: Statement, problem: Problem, name: str) -> tuple[Any, Any]:
    """The ends of a number's domain, as its maker says them."""
    domain = statement.domain(name, {**statement.constants, **dict(problem.seen)})
    if domain.ends is None:
        raise no_class(domain)
    return domain.ends()


def _of_t(number: Ratio, problem: Problem) -> tuple[fmpq_poly, fmpq_poly]:
    """Numerator and denominator of a number as polynomials in t, where L = 1 and k = t - 1. Raises NotLinear for what is 0 at another t for another L."""
    number.degree("L")
    plain = _counted_number(number, problem).without("L")

    def polynomial(p: Any) -> fmpq_poly:
        found = {exponents[0]: c for exponents, c in p.to_dict().items()}
        return fmpq_poly([found.get(i, 0) for i in range(max(found, default=-1) + 1)])

    return polynomial(plain.p), polynomial(plain.q)


def _is_above_0(number: Ratio, problem: Problem, ends: Ends, closed: tuple[bool, bool]) -> bool:
    """Whether a number of a statement is above 0 for all values of its parameter, with L = 1 and k = t - 1."""
    top, bottom = _of_t(number, problem)
    return nonnegative(top, bottom, ends) and not has_root(top, ends, closed) and not has_root(bottom, ends, closed)


def _closed(statement: Statement, measured: list[str], fixed: Mapping[str, Any], ends: Ends) -> tuple[bool, bool]:
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


def _nothing_beyond(statement: Statement, name: str, fixed: Mapping[str, Any], ends: Ends) -> None:
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
        raise NotLinear("an end of its interval depends on a parameter")
    return r.at({})


def _in_units(problem: Problem) -> Problem:
    """The problem for L = 1; raises NotLinear where a form is not homogeneous in L."""
    degrees = [0 if isinstance(v.size, Fraction) else 1 for v in problem.vectors]
    values = [0 if isinstance(v.size, Fraction) else 1 for v in problem.values]
    one = Fraction(1)

    def plain(part: Part) -> Part:
        exponent: int | None = None
        terms: dict[Any, Any] = {}
        for key, c in part.form.terms.items():
            degree = values[key[0]] if len(key) == 1 else sum(degrees[i] for i in key)
            c = c if isinstance(c, Ratio) else Ratio.of(c, parameters()[0])
            own = c.degree("L") + degree
            exponent = own if exponent is None else exponent
            if own != exponent:
                raise NotLinear("its units are not those of L")
            terms[key] = c.without("L")
        return replace(part, form=Form(terms))

    return replace(
        problem,
        vectors=tuple(replace(v, size=one) for v in problem.vectors),
        values=tuple(replace(v, size=one) for v in problem.values),
        conditions=tuple(map(plain, problem.conditions)),
        claims=tuple(map(plain, problem.claims)),
    )


def _functions(problem: Problem) -> tuple[Function, ...]:
    """The members of classes, in units in which L = 1: a gradient is L times that of a function with L = 1."""
    t, L, _ = parameters()
    degrees = [0 if isinstance(v.size, Fraction) else 1 for v in problem.vectors]

    def plain(c: Any, degree: int) -> Ratio:
        scaled: Ratio = Ratio.of(c, t) * L**degree
        plain: Ratio = _counted_number(scaled.without("L"), problem)
        return plain

    found = []
    for member in problem.seen.values():
        if hasattr(member, "concrete"):
            name, low, rows = member.data()
            asks = (
                {}
                if low is not None
                else {k: tuple(_unscaled(form) for form in forms) for k, forms in member.templates().items()}
            )
            found.append(
                Function(
                    name,
                    None if low is None else plain(low, -1),
                    tuple(
                        (
                            label,
                            {i: plain(c, degrees[i]) for i, c in x.terms.items() if i != problem.origin},
                            {i: plain(c, degrees[i] - 1) for i, c in g.terms.items()},
                            {k: plain(c, 0) for k, c in f.terms.items()},
                        )
                        for label, x, g, f in rows
                    ),
                    asks,
                )
            )
    return tuple(found)


def _unscaled(form: Form) -> Form:
    """A condition of a class in units in which its scale is 1."""
    t = parameters()[0]
    return Form({k: Ratio.of(c, t).without("L") for k, c in form.terms.items()})
