"""What the words of a printed proof mean: which point has which name, and which inequality each condition of a class is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from refute.duality.forms import Form, is_zero
from refute.duality.parameters.cases import Case
from refute.duality.parameters.units import Function


def legend(cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Words and a formula for each point that has a name of its own, for each condition, and for the point that all are measured from."""
    cases = list(cases)
    yield from _points(cases)
    for of in (_answers, _conditions, _states, _origin):
        yield from dict.fromkeys(line for case in cases for line in of(case))


def _points(cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    """Where each point is: in each case, where it is another one there."""
    places: dict[str, dict[str, str]] = {}
    for case in cases:
        names = [v.name for v in case.problem.vectors]
        fixed = ", ".join(f"{n} = {v}" for n, v in case.fixed.items())
        for f in case.functions:
            for label, x, _, _ in f.rows:
                where = combination((c, names[i]) for i, c in x.items())
                if x and label not in (where, "*") and not label.startswith(("some", "last")):
                    places.setdefault(f"{label} of {f.name}", {})[fixed] = where
    for label, found in places.items():
        if len(set(found.values())) == 1:
            yield f"{label} is", next(iter(found.values()))
        else:
            yield from ((f"{label} for {fixed} is", where) for fixed, where in found.items())


def _answers(case: Case) -> Iterator[tuple[str, str]]:
    """Answers that others determine."""
    names = [v.name for v in case.problem.vectors]
    for f in case.functions:
        if f.adjoint_of:
            n, of = f.name, f.adjoint_of
            yield f"{of} and its adjoint {n} at {of}(a) and {n}(b):", f"<grad {of}(a), b> - <a, grad {n}(b)> = 0"
        elif f.linear:
            yield f"{f.name} is {'linear' if _is_operator(f) else 'quadratic'}", ""
        for label, x, g, _ in f.rows:
            answer = combination((c, names[i]) for i, c in g.items())
            if label != "*" and (len(g) > 1 or any(str(c) != "1" for c in g.values())):
                yield "", f"grad {f.name}({label}) = {answer}"
            elif answer == label and not x:
                yield "", f"{label} of {f.name} is 0, and its answer there is {answer}"


def _conditions(case: Case) -> Iterator[tuple[str, str]]:
    for f in case.functions:
        yield from _of_curvatures(f) if f.low is not None else _of_conditions(f)


def _of_curvatures(f: Function) -> Iterator[tuple[str, str]]:
    n, m = f.name, str(f.low)
    if is_zero(f.low):
        right = f"1/2 |grad {n}(a) - grad {n}(b)|^2"
    elif m == "-1":
        right = f"1/4 |grad {n}(a) - grad {n}(b) + a - b|^2 - 1/2 |a - b|^2"
    else:
        d = f"grad {n}(a) - grad {n}(b)"
        right = f"(|{d}|^2 + mu |a - b|^2 - 2 mu <{d}, a - b>)/(2 - 2 mu), mu = {m}"
    yield f"{n} at a above its model at b:", f"{n}(a) - {n}(b) - <grad {n}(b), a - b> >= {right}"


def _of_conditions(f: Function) -> Iterator[tuple[str, str]]:
    heads = {"one": "at a", "pair": "at a and b", "to_minimizer": "at a and the minimizer b"}
    n = f.name
    points, values = ("a", f"grad {n}(a)", "b", f"grad {n}(b)"), (f"{n}(a)", f"{n}(b)")
    answers = f", where grad {n}(a) is its answer at a" if _is_operator(f) else ""
    for kind, forms in f.asks.items():
        for i, form in enumerate(forms):
            says = f"{n} {heads[kind]}{f', condition {i + 1}' if i else ''}{answers}:"
            yield says, f"{words(form, points, values)} >= 0"


def _is_operator(f: Function) -> bool:
    """Whether it has answers and no values."""
    return f.low is None and not any(value for *_, value in f.rows)


def _states(case: Case) -> Iterator[tuple[str, str]]:
    names = [v.name for v in case.problem.vectors]
    if any(n.startswith("some") for n in names):
        counts = case.problem.counters and case.problem.power is None
        number = "" if not counts else ", and k = t - 1 is the number of its step"
        yield f"some is an arbitrary state, with its parts{number}; last is the state after N steps", ""

    for f in case.functions:
        if any(label.startswith("any") for label, *_ in f.rows):
            yield f"any is an arbitrary point with an answer of {f.name}, and it is the state", ""


def _origin(case: Case) -> Iterator[tuple[str, str]]:
    problem = case.problem
    ones = " and ".join(f"{name} = 1" for name in case.ones)
    units = f"; {ones} by a choice of units" if ones else ""
    if problem.origin is None:
        return
    origin = problem.vectors[problem.origin].name
    of = next((f for f in case.functions if origin == f"{f.name}*"), None)
    if of is not None:
        what = "is 0" if _is_operator(of) else "is least"
        yield (
            f"points are measured from {origin}, where {of.name} {what}: each stands for its difference to it{units}",
            "",
        )
    else:
        yield f"points are measured from {origin}, which is 0{units}", ""


def words(form: Form, points: Sequence[str], values: Sequence[str]) -> str:
    """A form in these names."""
    return combination((c, _product(key, points, values)) for key, c in form.terms.items())


def _product(key: tuple[int, ...], points: Sequence[str], values: Sequence[str]) -> str:
    if not key:
        return ""
    if len(key) == 1:
        return values[key[0]]
    i, j = key
    return f"|{points[i]}|^2" if i == j else f"<{points[i]}, {points[j]}>"


def combination(terms: Iterable[tuple[Any, str]]) -> str:
    """c a + d b, without factors 1."""
    text = ""
    for c, name in terms:
        shown = str(c)
        negative = shown.startswith("-")
        shown = str(-c) if negative else shown
        factor = "" if shown == "1" and name else f"{shown} " if shown.replace("/", "").isalnum() else f"({shown}) "
        text += ((" - " if negative else " + ") if text else "-" if negative else "") + f"{factor}{name}".strip()
    return text or "0"
