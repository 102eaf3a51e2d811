"""A proof, multiplied and compared."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from refute.verify_proof.conditions import conditions
from refute.verify_proof.forms import Form, combined, form, size
from refute.verify_proof.interval import Interval
from refute.verify_proof.polynomials import NoProof, number, quotient, rational
from refute.verify_proof.region import Region, of_m
from refute.verify_proof.shown import classes, coefficients, written

# A proof for one parameter at most, and one for two.
FORMATS = ("refute proof 1", "refute proof 2")


def check(data: Any) -> list[str]:
    """What a proof shows, and what it takes as given; raises NoProof."""
    if not isinstance(data, dict) or data.get("format") not in FORMATS or not data.get("parts"):
        raise NoProof("no proof of the format 'refute proof 1', or, for two parameters, 'refute proof 2'")
    if (data["format"] == FORMATS[1]) != any("region" in case for case in data["cases"]):
        raise NoProof("a proof for two parameters, and no other one, is of the format 'refute proof 2'")
    shown = []
    reached: dict[tuple[int, int], list[tuple[Fraction | None, Fraction | None]]] = {}
    for part in data["parts"]:
        case = next((c for c in data["cases"] if c["fixed"] == part["fixed"]), None)
        if case is None or type(part["claim"]) is not int or not 0 <= part["claim"] < len(case["claims"]):
            raise NoProof("a part of it is about no case")
        lo, hi = (None if part[k] == "" else rational(part[k]) for k in ("from", "to"))
        if lo is not None and hi is not None and not lo <= hi:
            raise NoProof("a part of it ends before it begins")
        where = region(case, part) if "region" in case else Interval(lo, hi, opened(case, part))
        continuous(case, where)
        (known, curved), stated = conditions(case, where), case["conditions"]
        claim, sizes = case["claims"][part["claim"]], size(case)
        if claim.get("strict") is not False:
            raise NoProof("a claim with < is not proved by what is at least 0")
        reached.setdefault((data["cases"].index(case), part["claim"]), []).append((lo, hi))
        rest, given = form(claim["form"], *sizes), set()
        for w in part["weights"]:
            says = stated[w["number"]]["says"]
            if says != w["of"] or not where.nonnegative(quotient(w)):
                raise NoProof(f"the weight of {w['of']!r} is negative, or of another condition")
            if says not in known:
                given.add(w["number"])
                if any(where.has_pole(quotient(c)) for c in stated[w["number"]]["form"].values()):
                    raise NoProof(f"the hypothesis {says!r} has a pole")
                if shown_before(claim):
                    raise NoProof("the step of an induction, or its beginning, uses what is no condition of a class")
            if says not in curved and where.has_pole(quotient(w)):  # there it may be all that is known
                raise NoProof(f"the weight of {says!r}, which may hold for one t alone, has a pole")
            used = known[says] if says in known else form(stated[w["number"]]["form"], *sizes)
            if claim["step"] is False and any(c.get("of_step") for c in stated if c["says"] == says):
                raise NoProof(f"{says!r} is about the step of an induction, of which there is none before the first")
            if any(c.get("unmade") for c in stated if c["says"] == says):
                raise NoProof(f"{says!r} is about what a potential alone asks for")
            if shown_before(claim) and any(c.get("of_end") for c in stated if c["says"] == says):
                raise NoProof(f"{says!r} is about the last step of an induction alone")
            rest = combined((number(1), rest), (number(-1) * quotient(w), used))
        if any(len(k) == 1 for k in rest) or not where.nonnegative(rest.get((), number(0))):
            raise NoProof("the weighted conditions do not add up to the claim")
        if not squares(rest, len(case["vectors"]), where):
            raise NoProof("what remains is no sum of squares")
        at = ", ".join(filter(None, (*(f"{k} = {v}" for k, v in case["fixed"].items()), range_of(case, part, where))))
        from_step_to_step = ", from step to step" if claim["step"] is not False else ""
        shown.append(f"{claim['says']}{from_step_to_step}{f'  ({at})' if at else ''}")
        shown.append(f"    as 0 <= {written(form(claim['form'], *sizes), case)}")
        if any(
            c["step"] is not False for c in case["claims"]
        ):  # which answers a proof may rest on is for the reader to see
            shown += [f"    by: {w['of']}" for w in part["weights"] if w["number"] not in given]
        for k in sorted(given):
            shown.append(f"    given: {stated[k]['says']}, as 0 <= {written(form(stated[k]['form'], *sizes), case)}")
    for case in data["cases"]:
        which = ", ".join(f"{k} = {v}" for k, v in case["fixed"].items())
        of = f"({which})  " if which and len(data["cases"]) > 1 else ""
        shown += [f"{of}{says}" for f in case["functions"] for says in classes(f, case)]
    for i, case in enumerate(data["cases"]):
        if case["claims"] and all(map(shown_before, case["claims"])):
            raise NoProof("the claims of a case are steps of an induction, of which none is the statement")
        for n in range(len(case["claims"])):
            if not covered(case, case["claims"][n], reached.get((i, n), [])):
                raise NoProof(f"claim {n} of case {i} is not proved everywhere")
    return shown


def shown_before(claim: dict[str, Any]) -> bool:
    """Whether a claim is the step of an induction, or that its first state is within: what follows from these is of no use for them."""
    return claim["step"] is not False or claim.get("begins", False) is not False


def region(case: dict[str, Any], part: dict[str, Any]) -> Region:
    """What t and m may be; a part of such a proof is about all of them."""
    ends = case["region"]
    if (case["from"], case["to"], part["from"], part["to"]) != ("", "", "", ""):
        raise NoProof("a proof for two parameters is about all of their values, and has no ends")
    if not isinstance(ends, list) or len(ends) != 2:
        raise NoProof("a region has two ends")
    forms = (c["form"] for c in (*case["conditions"], *case["claims"]))
    counts = not re.fullmatch(r"\(.+\)\^\w+", case["t"]) and any(
        len(c[k]) > 1 for f in forms for c in f.values() for k in ("p", "q")
    )
    if counts and not case.get("steps") and any(c["step"] is not False for c in case["claims"]):
        raise NoProof("an induction beside another parameter is one over a power, not over its counter")
    lo, hi = (None if e is None else of_m(quotient(e)) for e in ends)
    if lo is None:
        raise NoProof("a region has a lower end")
    return Region(lo, hi, opened(case, part))


def range_of(case: dict[str, Any], part: dict[str, Any], where: Interval | Region) -> str:
    """What the parameters may be, in words."""
    below, above = ("<" if o else "<=" for o in where.open)
    if isinstance(where, Region):
        lo, hi = (None if e is None else coefficients(e) for e in (where.lo, where.hi))
        return (
            f"{lo} {below} t {above} {'infinity' if hi is None else hi}, t = {case['t']}, 0 < m <= 1, m = {case['m']}"
        )
    ends = f"{part['from'] or '-infinity'} {below} t {above} {part['to'] or 'infinity'}"
    ends = ends if case["t"] or part["from"] or part["to"] else ""
    return ends + (f", t = {case['t']}" if case["t"] else "")


def opened(case: dict[str, Any], part: dict[str, Any]) -> tuple[bool, bool]:
    """Which ends of a part do not belong to it, since they are ends of the case that do not."""
    said = case.get("open", [])
    if not isinstance(said, list) or not all(e in ("from", "to") for e in said):
        raise NoProof("the open ends of a case are 'from' and 'to'")
    return "from" in said and part["from"] == case["from"], "to" in said and part["to"] == case["to"]


def continuous(case: dict[str, Any], where: Interval | Region) -> None:
    """Raise NoProof where a number that says what is known has a pole."""
    numbers = [c for f in case["functions"] for r in f["rows"] for part in ("x", "g", "f") for c in r[part].values()]
    numbers += [f["low"] for f in case["functions"] if "low" in f]
    numbers += [c for f in case["functions"] for ts in f.get("asks", {}).values() for t in ts for c in t.values()]
    numbers += [c for claim in case["claims"] for c in claim["form"].values()]
    if any(where.has_pole(quotient(c)) for c in numbers):
        raise NoProof("a point, an answer, a condition of a class or a claim has a pole")


def squares(rest: Form, n: int, where: Interval | Region) -> bool:
    """Whether a form in inner products is a sum of squares, by the pivots of its matrix."""
    half = number(Fraction(1, 2))
    m = [
        [rest.get((min(i, j), max(i, j)), number(0)) * (number(1) if i == j else half) for j in range(n)]
        for i in range(n)
    ]
    at = where.at_one_point(m)
    if at is None:
        return False
    m = at
    for k in range(n):
        if not m[k][k].p:
            if any(c.p for c in m[k][k:]):
                return False
            continue
        if not where.nonnegative(m[k][k]):
            return False
        for i in range(k + 1, n):
            c = m[i][k] / m[k][k]
            m[i] = [a - c * b for a, b in zip(m[i], m[k], strict=True)]
    return True


def covered(case: dict[str, Any], claim: dict[str, Any], pieces: list[tuple[Fraction | None, Fraction | None]]) -> bool:
    """Whether closed intervals cover that of a case; of the step of an induction the part that its claim says, from the first step on."""
    lo, hi = (None if case[k] == "" else rational(case[k]) for k in ("from", "to"))
    if "from" in claim:
        if (
            claim["step"] is not True
            or claim["from"] != "1"
            or case.get("steps")
            or not re.fullmatch(r"\w+", case["t"])
        ):
            raise NoProof("only the step of an induction over t has a beginning of its own, which is 1")
        lo = Fraction(1)
    at, begun = lo, False
    for a, b in sorted(pieces, key=lambda e: (e[0] is not None, e[0] or Fraction(0))):
        if a is not None and (at is None or a > at):
            return False
        if b is None:
            return True
        at, begun = b if at is None or not begun else max(at, b), True
    return begun and hi is not None and at is not None and at >= hi
