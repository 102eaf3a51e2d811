"""A problem in units in which L = 1, and with k = t - 1 for the number of a step: its coefficients are functions of t and m alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from flint import fmpq_poly

from refute.duality.forms import Form, combination
from refute.duality.parameters.ratio import OfUnits, Ratio, parameters
from refute.duality.problem import Part, Problem
from refute.errors import NotLinear

#: What is said of a statement that another choice of units changes.
UNITS = (
    "its units are not those of L: values and gradients are measured in L, and points, distances and inner products of points in nothing, so that what is added or compared is "
    "f(x) and f.L * sq(x), f.grad(x) and f.L * y"
)


@dataclass(frozen=True)
class Function:
    """A member of low <= f'' <= 1 and where it was asked: names with the combinations of unknowns that are the point, the gradient and the
    value there. Of a class by other conditions `low` is None and `asks` has these, as forms in a.x, a.g, b.x, b.g and a.f, b.f."""

    name: str
    low: Any
    rows: tuple[tuple[str, Mapping[int, Any], Mapping[int, Any], Mapping[Any, Any]], ...]
    asks: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    #: That gradients are linear in x - x_*, the point where one is 0, and the answers of an operator in x.
    linear: bool = False
    #: The name of the map that it is the adjoint of.
    adjoint_of: str = ""


def counted(problem: Problem) -> Problem:
    """The problem with k = t - 1 for the number of a step: as N = t goes over 1, 2, ... it is every step. Where powers are taken the power is t."""

    # A power of a function of m may be 0: of what is known, 0 >= 0, nothing follows then for the form without it; a claim without it is a stronger one.
    above_0 = not isinstance(problem.power, Ratio)

    def counted(part: Part, shortened: bool) -> Part:
        form = combination((1, {key: _counted_number(c, problem) for key, c in part.form.terms.items()}))
        return replace(part, form=_without_power(form) if shortened and problem.power is not None else form)

    return replace(
        problem,
        conditions=tuple(counted(part, above_0) for part in problem.conditions),
        claims=tuple(counted(part, True) for part in problem.claims),
    )


def _without_power(form: Form) -> Form:
    """A form that is a power of t, which is at least 0, times one without it: that one; else the form itself."""
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


def at_scale_1(number: Ratio, problem: Problem) -> Ratio:
    """A number where L = 1 and k = t - 1. Raises NotLinear for what is 0 at another t for another L."""
    number.degree("L")
    found: Ratio = _counted_number(number, problem).without("L")
    return found


def of_t(number: Ratio, problem: Problem) -> tuple[fmpq_poly, fmpq_poly]:
    """The same as numerator and denominator, polynomials in t."""
    found = at_scale_1(number, problem)

    def polynomial(p: Any) -> fmpq_poly:
        by_power = {exponents[0]: c for exponents, c in p.to_dict().items()}
        return fmpq_poly([by_power.get(i, 0) for i in range(max(by_power, default=-1) + 1)])

    return polynomial(found.p), polynomial(found.q)


def in_units(problem: Problem) -> Problem:
    """The problem for L = 1; raises OfUnits where a form is not homogeneous in L."""
    degrees = [v.degree for v in problem.vectors]
    values = [v.degree for v in problem.values]
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
                raise OfUnits(UNITS)
            terms[key] = c.without("L")
        return replace(part, form=Form(terms))

    return replace(
        problem,
        vectors=tuple(replace(v, size=one) for v in problem.vectors),
        values=tuple(replace(v, size=one) for v in problem.values),
        conditions=tuple(map(plain, problem.conditions)),
        claims=tuple(map(plain, problem.claims)),
    )


def functions_asked(problem: Problem) -> tuple[Function, ...]:
    """The members of classes, in units in which L = 1: a gradient is L times that of a function with L = 1."""
    t, L, _ = parameters()
    degrees = [v.degree for v in problem.vectors]

    def plain(c: Any, degree: int) -> Ratio:
        scaled: Ratio = Ratio.of(c, t) * L**degree
        counted: Ratio = _counted_number(scaled.without("L"), problem)
        return counted

    found = []
    for member in members_of(problem):
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
                getattr(member, "linear", False),
                getattr(member, "adjoint_of", ""),
            )
        )
    return tuple(found)


def members_of(problem: Problem) -> Iterator[Any]:
    """The members of classes that it is about."""
    things = (m for thing in problem.seen.values() for m in (thing, *getattr(thing, "parts", ())))
    yield from (m for m in things if hasattr(m, "concrete"))


def _unscaled(form: Form) -> Form:
    """A condition of a class in units in which its scale is 1."""
    t = parameters()[0]
    return Form({k: Ratio.of(c, t).without("L") for k, c in form.terms.items()})
