"""A second checker of proofs by duality, of the standard library alone: python -m refute.verify_proof FILE ...

It shares no code with the rest. From the file it takes the unknown vectors v_i and values F_i, where each function was asked (x, gradient, value
as combinations of them) and the claims; it builds the condition of every pair of answers itself,

    f_a - f_b - <g_b, x_a - x_b> - (|g_a - g_b|^2 + m |x_a - x_b|^2 - 2 m <g_b - g_a, x_b - x_a>)/(2 (1 - m)) >= 0,     m = mu/L, L = 1,

multiplies by the weights, and checks that what is left of the claim is a sum of squares: exactly, for all t between the ends of each part. Conditions that
are no such pair are hypotheses, and are printed with their forms. What an induction gives is one of them: the step is checked, and printed, and whether the steps add up to it is for the reader (or for
`refute verify`, which runs the statement again). A class by other conditions comes with them, as forms in a.x, a.g, b.x, b.g, a.f, b.f ("asks"): they are put at every pair of
answers, and printed, as is what each function answered. What it cannot know is whether the claim is the one of the statement, the class the one that is
meant, and what is called the gradient at x the gradient there: read them.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from fractions import Fraction
from itertools import pairwise, zip_longest
from typing import Any

Poly = tuple[Fraction, ...]
# Digits of a rational; coefficients of a polynomial, unknowns and answers that a file may have.
LONGEST, MOST = 4000, 200
# So many seconds of processor time a file may take.
SECONDS = 60
ONE: Poly = (Fraction(1),)
# x, x*, grad f(x), last 0: words, and the argument of a word, which may have one of its own: grad f(grad S(v)).
NAME = re.compile(r"[^\W\d][\w*]*'*(?: \w[\w*]*'*)*")
ARGUMENT = re.compile(r"(?<=\w)\([\w* .,']*\)(?=\)|'*$)")


class NoProof(Exception):
    """Why a file holds no proof."""


def rational(text: Any) -> Fraction:
    if not isinstance(text, str) or len(text) > LONGEST or not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", text):
        raise NoProof(f"a rational is a string such as '1/2', of at most {LONGEST} digits")
    return Fraction(text)


def poly(rows: Any) -> Poly:
    if not isinstance(rows, list) or len(rows) > MOST:
        raise NoProof(f"a polynomial is a list of at most {MOST} rationals")
    return trim(tuple(map(rational, rows)))


def trim(p: Poly) -> Poly:
    n = len(p)
    while n and p[n - 1] == 0:
        n -= 1
    return p[:n]


def add(p: Poly, q: Poly, c: int = 1) -> Poly:
    return trim(tuple(a + c * b for a, b in zip_longest(p, q, fillvalue=Fraction(0))))


def mul(p: Poly, q: Poly) -> Poly:
    found = [Fraction(0)] * max(0, len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            found[i + j] += a * b
    return trim(tuple(found))


def divided(p: Poly, q: Poly) -> tuple[Poly, Poly]:
    rest, found = list(p), [Fraction(0)] * max(0, len(p) - len(q) + 1)
    for i in range(len(p) - len(q), -1, -1):
        found[i] = rest[i + len(q) - 1] / q[-1]
        for j, b in enumerate(q):
            rest[i + j] -= found[i] * b
    return trim(tuple(found)), trim(tuple(rest))


def gcd(p: Poly, q: Poly) -> Poly:
    while q:
        p, q = q, divided(p, q)[1]
    return tuple(c / p[-1] for c in p) if p else ONE


def slope(p: Poly) -> Poly:
    return trim(tuple(i * c for i, c in enumerate(p))[1:])


def value(p: Poly, t: Fraction) -> Fraction:
    found = Fraction(0)
    for c in reversed(p):
        found = found * t + c
    return found


class Quotient:
    """p/q in lowest terms."""

    def __init__(self, p: Poly, q: Poly = ONE) -> None:
        if not q:
            raise NoProof("a division by 0")
        g = gcd(p, q) if p else q
        p, q = divided(p, g)[0], divided(q, g)[0]
        self.p, self.q = tuple(c / q[-1] for c in p), tuple(c / q[-1] for c in q)

    def __add__(self, o: Quotient) -> Quotient:
        return Quotient(add(mul(self.p, o.q), mul(o.p, self.q)), mul(self.q, o.q))

    def __sub__(self, o: Quotient) -> Quotient:
        return Quotient(add(mul(self.p, o.q), mul(o.p, self.q), -1), mul(self.q, o.q))

    def __mul__(self, o: Quotient) -> Quotient:
        return Quotient(mul(self.p, o.p), mul(self.q, o.q))

    def __truediv__(self, o: Quotient) -> Quotient:
        return Quotient(mul(self.p, o.q), mul(self.q, o.p))


def number(c: int | Fraction) -> Quotient:
    return Quotient(trim((Fraction(c),)))


Form = dict[tuple[int, ...], Quotient]


def quotient(data: Any) -> Quotient:
    if not isinstance(data, dict) or set(data) - {"of", "number"} != {"p", "q"}:
        raise NoProof("a function of t has the keys p and q")
    return Quotient(poly(data["p"]), poly(data["q"]))


def combined(*parts: tuple[Quotient, Form]) -> Form:
    found: Form = {}
    for c, form in parts:
        for k, a in form.items():
            found[k] = found[k] + c * a if k in found else c * a
    return {k: a for k, a in found.items() if a.p}


def inner(x: Form, y: Form) -> Form:
    pairs: list[tuple[Quotient, Form]] = [
        (a * b, {(min(i, j), max(i, j)): number(1)}) for (i,), a in x.items() for (j,), b in y.items()
    ]
    return combined(*pairs)


def form(data: Any, vectors: int, values: int) -> Form:
    """By "" the constant, by "i" a value, by "i j", i <= j, an inner product; raises NoProof for any other key."""
    found: Form = {}
    for key, c in data.items():
        k = tuple(int(i) for i in key.split(" ") if key)
        if key != " ".join(map(str, k)) or list(k) != sorted(k) or len(k) > 2 or any(i < 0 for i in k):
            raise NoProof(f"a form has no part {key[:40]!r}")
        if any(i >= (values if len(k) == 1 else vectors) for i in k):
            raise NoProof(f"{key[:40]!r} names an unknown that is not listed")
        found[k] = quotient(c)
    return found


def combination(data: Any, unknowns: int) -> Form:
    """A combination of unknowns, by "i"."""
    found = form(data, 0, unknowns)
    if any(len(k) != 1 for k in found):
        raise NoProof("a combination names unknowns alone")
    return found


def size(case: dict[str, Any]) -> tuple[int, int]:
    """The numbers of unknown vectors and values."""
    sizes = len(case["vectors"]), len(case["values"])
    if any(len(set(case[k])) != len(case[k]) for k in ("vectors", "values")):
        raise NoProof("two unknowns have one name")
    if case["vectors"].count("0") and uses(case, str(case["vectors"].index("0"))):
        raise NoProof("the origin, 0, is no unknown")
    if not all(isinstance(n, str) and (is_name(n) or n == "0") for n in case["vectors"]) or not all(
        isinstance(n, str) and is_name(n) for n in case["values"]
    ):
        raise NoProof("the name of an unknown is one such as x_1, grad f(x) or f(*): another could be read as a sum")
    if max(*sizes, *(len(f["rows"]) for f in case["functions"])) > MOST:
        raise NoProof(f"more than {MOST} unknowns, or answers of a function")
    return sizes


def uses(case: dict[str, Any], i: str) -> bool:
    """Whether a combination, a claim or a hypothesis speaks of a vector."""
    rows = [key for f in case["functions"] for row in f["rows"] for part in ("x", "g") for key in row[part]]
    forms = [key for of in ("claims", "conditions") for c in case[of] for key in c["form"] if " " in key]
    return any(i in key.split(" ") for key in (*rows, *forms))


def is_name(text: str) -> bool:
    """Whether what an unknown is called cannot be read as a sum or a product."""
    while ARGUMENT.search(text):
        text = ARGUMENT.sub("", text)
    return NAME.fullmatch(text) is not None


def follows(case: dict[str, Any]) -> set[str]:
    """The functions whose answers are limits of their answers for values of t beside it, if each of them is an unknown of its own, and the points are made of
    what is known before: those of a class of curvatures, where a member for one t is a limit of members for others."""
    smooth = [f for f in case["functions"] if "low" in f or is_of_curvatures(f["asks"])]
    found = {f["name"] for f in smooth}
    rows = [(f["name"], r) for f in smooth for r in f["rows"]]
    own: set[tuple[str, str]] = set()
    stars: list[tuple[str, dict[str, Any]]] = []
    for name, r in rows:
        for part in ("g", "f"):
            c = r[part]
            if not c and part == "g" and r["at"] == "*":
                stars.append((name, r["x"]))
                continue
            ((i, q),) = c.items() if len(c) == 1 else (("", {}),)
            if q.get("p") != ["1"] or q.get("q") != ["1"] or (part, i) in own:
                found.discard(name)
            own.add((part, i))
    # A minimizer is a point of its own, which no answer and no t moves.
    found -= {
        n for n, x in stars if len(x) > 1 or any(c != {"p": ["1"], "q": ["1"]} or ("g", i) in own for i, c in x.items())
    }
    known: set[str] = set()  # answers, by the number of their vector
    left = list(rows)
    while left:
        next_ = [(n, r) for n, r in left if all(("g", i) not in own or i in known for i in r["x"])]
        if not next_:
            return found - {n for n, _ in left}
        known |= {i for _, r in next_ for i in r["g"]}
        left = [row for row in left if not any(row[1] is r for _, r in next_)]
    return found


def is_of_curvatures(asks: dict[str, Any]) -> bool:
    """Whether a class asks what low <= f'' <= high asks, for two numbers, and of the minimizer no more than f - f_* >= |g|^2/(2 high)."""
    if len(asks["pair"]) != 1 or asks["one"]:
        return False
    one = form(asks["pair"][0], 4, 2)
    bend, cross = (one.get(key, number(0)) for key in ((1, 1), (1, 2)))  # -1/(2 (high - low)) and -low/(high - low)
    if any(len(c.p) > 1 or len(c.q) > 1 for c in one.values()) or not bend.p or bend.p[0] > 0:
        return False
    gap = number(-1) / (number(2) * bend)
    low = number(-1) * cross * gap
    high = low + gap
    x: Form = {(0,): number(1), (2,): number(-1)}
    g: Form = {(1,): number(1), (3,): number(-1)}
    c = number(-1) / (number(2) * gap)
    pair = combined(
        (number(1), {(0,): number(1), (1,): number(-1)}), (number(-1), inner({(3,): number(1)}, x)),
        (c, inner(g, g)), (c * low * high, inner(x, x)), (number(-2) * c * low, inner(g, x)),
    )  # fmt: skip
    least = (
        combined(
            (number(1), {(0,): number(1), (1,): number(-1)}), (number(-1) / (number(2) * high), {(1, 1): number(1)})
        )
        if high.p
        else {}
    )
    others = [form(t, 4, 2) for t in asks["to_minimizer"]]
    return not combined((number(1), one), (number(-1), pair)) and all(
        not combined((number(1), t), (number(-1), least)) for t in others
    )


def opened(case: dict[str, Any], part: dict[str, Any]) -> tuple[bool, bool]:
    """Which ends of a part do not belong to it, since they are ends of the case that do not."""
    said = case.get("open", [])
    if not isinstance(said, list) or not all(e in ("from", "to") for e in said):
        raise NoProof("the open ends of a case are 'from' and 'to'")
    return "from" in said and part["from"] == case["from"], "to" in said and part["to"] == case["to"]


def continuous(case: dict[str, Any], lo: Fraction | None, hi: Fraction | None, open_: tuple[bool, bool]) -> None:
    """Raise NoProof where a number that says what is known has a pole."""
    numbers = [c for f in case["functions"] for r in f["rows"] for part in ("x", "g", "f") for c in r[part].values()]
    numbers += [f["low"] for f in case["functions"] if "low" in f]
    numbers += [c for f in case["functions"] for ts in f.get("asks", {}).values() for t in ts for c in t.values()]
    numbers += [c for claim in case["claims"] for c in claim["form"].values()]
    if any(has_root(quotient(c).q, lo, hi, open_) for c in numbers):
        raise NoProof("a point, an answer, a condition of a class or a claim has a pole")


def conditions(case: dict[str, Any], lo: Fraction | None, hi: Fraction | None) -> tuple[dict[str, Form], set[str]]:
    """The condition of every pair of answers of each function, by its name, and the names of those that change with t as little as their
    answers; raises NoProof where the answers are not those of one function."""
    found: dict[str, Form] = {}
    of: dict[str, str] = {}
    jumping: dict[
        str, Form
    ] = {}  # where gradients may jump, a condition says nothing of other values of t, however close
    one, half = number(1), number(Fraction(1, 2))
    vectors, values = size(case)
    for f in case["functions"]:
        if ("asks" in f) == ("low" in f):
            raise NoProof("a class is one of curvatures, with low, or says what it asks")
        if "asks" in f:
            those = of_templates(f, vectors, values)
            jumping, of = jumping | those, of | dict.fromkeys(those, f["name"])
            continue
        m = quotient(f["low"])
        if not positive(one - m, lo, hi) or not (one - m).p:
            raise NoProof("low is not below L = 1")
        rows = [
            (r["at"], combination(r["x"], vectors), combination(r["g"], vectors), combination(r["f"], values))
            for r in f["rows"]
        ]
        for n, (a, xa, _, _) in enumerate(rows):
            for b, xb, _, _ in rows[:n]:
                if a == b or not combined((one, xa), (number(-1), xb)):
                    raise NoProof("a function answers twice at one point, or two answers have one name")
        for a, xa, ga, fa in rows:
            for b, xb, gb, fb in rows:
                if a == b:
                    continue
                x, g = combined((one, xa), (number(-1), xb)), combined((one, ga), (number(-1), gb))
                c = number(-1) * half / (one - m)
                says = f"{f['name']} at {a} above its model at {b}"
                if says in found:
                    raise NoProof("two conditions have one name")
                of[says] = f["name"]
                found[says] = combined(
                    (one, fa), (number(-1), fb), (number(-1), inner(gb, x)),
                    (c, inner(g, g)), (c * m, inner(x, x)), (c * m * number(-2), inner(g, x)),
                )  # fmt: skip
    if len({f["name"] for f in case["functions"]}) < len(case["functions"]) or found.keys() & jumping:
        raise NoProof("two functions, or two conditions, have one name")
    free = follows(case)
    return found | jumping, {says for says, name in of.items() if name in free}


def of_templates(f: dict[str, Any], vectors: int, values: int) -> dict[str, Form]:
    """The conditions of a class that says itself what it asks: each template, a form in a.x, a.g, b.x, b.g and a.f, b.f, at its answers."""
    rows = [
        (r["at"], combination(r["x"], vectors), combination(r["g"], vectors), combination(r["f"], values))
        for r in f["rows"]
    ]
    if len({row[0] for row in rows}) != len(rows) or any(g for at, _, g, _ in rows if at == "*"):
        raise NoProof("two answers have one name, or the gradient at a minimizer is not 0")
    found: dict[str, Form] = {}
    for a in rows:
        others = [("one", a, f"{f['name']} at {a[0]}")]
        others += [("pair", b, f"{f['name']} at {a[0]} and {b[0]}") for b in rows if b is not a]
        others += [("to_minimizer", b, f"{f['name']} at {a[0]} and the minimizer") for b in rows if b[0] == "*"]
        for kind, b, says in others:
            for n, template in enumerate(f["asks"][kind]):
                points, numbers = (a[1], a[2], b[1], b[2]), (a[3], b[3])
                parts: list[tuple[Quotient, Form]] = []
                for key, c in form(template, 4, 2).items():
                    part: Form = {(): number(1)}
                    if key:
                        part = numbers[key[0]] if len(key) == 1 else inner(points[key[0]], points[key[1]])
                    parts.append((c, part))
                found[f"{says}, condition {n + 1}" if n else says] = combined(*parts)
    return found


def positive(r: Quotient, lo: Fraction | None, hi: Fraction | None) -> bool:
    """r >= 0 between the ends, but for its poles."""
    p = mul(r.p, r.q)
    if not p:
        return True
    if lo is not None and lo == hi:  # one point, which may be no pole
        return value(r.q, lo) != 0 and value(p, lo) >= 0
    odd, rest = ONE, p
    while (
        len(rest) > 1
    ):  # Yun: rest loses one power of each factor at a time; those lost an odd number of times in all change the sign
        less = gcd(rest, slope(rest))
        once = divided(rest, less)[0]
        twice = gcd(once, less) if len(less) > 1 else ONE
        odd = mul(odd, divided(once, twice)[0])
        rest = divided(less, twice)[0] if len(twice) > 1 else ONE
    if roots(odd, lo, hi):
        return False
    if lo is not None and hi is not None:
        t = (lo + hi) / 2
    else:
        t = lo + 1 if lo is not None else hi - 1 if hi is not None else Fraction(0)
    while value(p, t) == 0:  # a factor that does not change the sign
        t = (t + hi) / 2 if hi is not None else t + 1
    return value(p, t) > 0


def roots(p: Poly, lo: Fraction | None, hi: Fraction | None) -> int:
    """How many roots a polynomial without multiple ones has between the ends (Sturm)."""
    chain = [p, slope(p)]
    while chain[-1]:
        chain.append(tuple(-c for c in divided(chain[-2], chain[-1])[1]))

    def changes(t: Fraction | None, side: int) -> int:
        signs = []
        for q in filter(None, chain):
            s = value(q, t) if t is not None else q[-1] * (side if len(q) % 2 == 0 else 1)
            signs += [s > 0] if s else []
        return sum(a != b for a, b in pairwise(signs))

    return changes(lo, -1) - changes(hi, 1) - (hi is not None and len(p) > 1 and value(p, hi) == 0)


def has_root(p: Poly, lo: Fraction | None, hi: Fraction | None, open_: tuple[bool, bool] = (False, False)) -> bool:
    """Whether a polynomial is 0 somewhere on the interval, without those of its ends that are open."""
    if len(p) < 2:
        return not p
    simple = divided(p, gcd(p, slope(p)))[0]
    return roots(simple, lo, hi) > 0 or any(
        e is not None and not o and value(p, e) == 0 for e, o in ((lo, open_[0]), (hi, open_[1]))
    )


def squares(rest: Form, n: int, lo: Fraction | None, hi: Fraction | None) -> bool:
    """Whether a form in inner products is a sum of squares, by the pivots of its matrix."""
    half = number(Fraction(1, 2))
    m = [
        [rest.get((min(i, j), max(i, j)), number(0)) * (number(1) if i == j else half) for j in range(n)]
        for i in range(n)
    ]
    if lo is not None and lo == hi:  # beside the point nothing is known, so that a pivot may not be 0 there alone
        if any(value(c.q, lo) == 0 for row in m for c in row):
            return False
        m = [[number(value(c.p, lo) / value(c.q, lo)) for c in row] for row in m]
    for k in range(n):
        if not m[k][k].p:
            if any(c.p for c in m[k][k:]):
                return False
            continue
        if not positive(m[k][k], lo, hi):
            return False
        for i in range(k + 1, n):
            c = m[i][k] / m[k][k]
            m[i] = [a - c * b for a, b in zip(m[i], m[k], strict=True)]
    return True


def check(data: Any) -> list[str]:
    """What a proof shows, and what it takes as given; raises NoProof."""
    if not isinstance(data, dict) or data.get("format") != "refute proof 1" or not data.get("parts"):
        raise NoProof("no proof of the format 'refute proof 1'")
    shown = []
    reached: dict[tuple[int, int], list[tuple[Fraction | None, Fraction | None]]] = {}
    for part in data["parts"]:
        case = next((c for c in data["cases"] if c["fixed"] == part["fixed"]), None)
        if case is None or type(part["claim"]) is not int or not 0 <= part["claim"] < len(case["claims"]):
            raise NoProof("a part of it is about no case")
        lo, hi = (None if part[k] == "" else rational(part[k]) for k in ("from", "to"))
        if lo is not None and hi is not None and not lo <= hi:
            raise NoProof("a part of it ends before it begins")
        open_ = opened(case, part)
        continuous(case, lo, hi, open_)
        (known, curved), stated = conditions(case, lo, hi), case["conditions"]
        claim, sizes = case["claims"][part["claim"]], size(case)
        if claim.get("strict") is not False:
            raise NoProof("a claim with < is not proved by what is at least 0")
        reached.setdefault((data["cases"].index(case), part["claim"]), []).append((lo, hi))
        rest, given = form(claim["form"], *sizes), set()
        for w in part["weights"]:
            says = stated[w["number"]]["says"]
            if says != w["of"] or not positive(quotient(w), lo, hi):
                raise NoProof(f"the weight of {w['of']!r} is negative, or of another condition")
            if says not in known:
                given.add(w["number"])
                if any(has_root(quotient(c).q, lo, hi, open_) for c in stated[w["number"]]["form"].values()):
                    raise NoProof(f"the hypothesis {says!r} has a pole")
                if claim["step"] is not False:
                    raise NoProof("the step of an induction uses what is no condition of a class")
            if says not in curved and has_root(quotient(w).q, lo, hi, open_):  # there it may be all that is known
                raise NoProof(f"the weight of {says!r}, which may hold for one t alone, has a pole")
            used = known[says] if says in known else form(stated[w["number"]]["form"], *sizes)
            if claim["step"] is False and any(c.get("of_step") for c in stated if c["says"] == says):
                raise NoProof(f"{says!r} is about the step of an induction, of which there is none before the first")
            if any(c.get("unmade") for c in stated if c["says"] == says):
                raise NoProof(f"{says!r} is about what a potential alone asks for")
            rest = combined((number(1), rest), (number(-1) * quotient(w), used))
        if any(len(k) == 1 for k in rest) or not positive(rest.get((), number(0)), lo, hi):
            raise NoProof("the weighted conditions do not add up to the claim")
        if not squares(rest, len(case["vectors"]), lo, hi):
            raise NoProof("what remains is no sum of squares")
        below, above = ("<" if o else "<=" for o in open_)
        ends = f"{part['from'] or '-infinity'} {below} t {above} {part['to'] or 'infinity'}"
        ends = ends if case["t"] or part["from"] or part["to"] else ""
        ends += f", t = {case['t']}" if case["t"] else ""
        where = ", ".join(filter(None, (*(f"{k} = {v}" for k, v in case["fixed"].items()), ends)))
        shown.append(f"{claim['says']}{f'  ({where})' if where else ''}")
        shown.append(f"    as 0 <= {written(form(claim['form'], *sizes), case)}")
        for k in sorted(given):
            shown.append(f"    given: {stated[k]['says']}, as 0 <= {written(form(stated[k]['form'], *sizes), case)}")
    for case in data["cases"]:
        which = ", ".join(f"{k} = {v}" for k, v in case["fixed"].items())
        of = f"({which})  " if which and len(data["cases"]) > 1 else ""
        shown += [f"{of}{says}" for f in case["functions"] for says in classes(f, case)]
    for i, case in enumerate(data["cases"]):
        for n in range(len(case["claims"])):
            if not covered(case, case["claims"][n], reached.get((i, n), [])):
                raise NoProof(f"claim {n} of case {i} is not proved everywhere")
    return shown


def classes(f: dict[str, Any], case: dict[str, Any]) -> list[str]:
    """What a function's class asks, and what it answered where it was asked, as the file says it."""
    names = {"vectors": ["a.x", "a.g", "b.x", "b.g"], "values": ["a.f", "b.f"]}
    shown = [
        f"the class of {f['name']} asks {'of a and b' if kind == 'pair' else 'of a' if kind == 'one' else 'of a and the minimizer b'}: 0 <= {written(form(template, 4, 2), names)}"
        for kind, templates in f.get("asks", {}).items()
        for template in templates
    ]
    if "low" in f:
        shown.append(f"the class of {f['name']}: the curvature is between {coefficients(quotient(f['low']))} and 1")
    for r in f["rows"]:
        x, g, value = (
            written(combination(r[part], len(names)), {**case, "values": names})
            for part, names in (("x", case["vectors"]), ("g", case["vectors"]), ("f", case["values"]))
        )
        shown.append(f"{f['name']} at {r['at']}: the point {x}, gradient {g}, value {value}")
    return shown


def coefficients(c: Quotient) -> str:
    """p(t)/q(t) by its coefficients from the constant one up."""
    return (", ".join(map(str, c.p)) or "0") + (f" over {', '.join(map(str, c.q))}" if len(c.q) > 1 else "")


def written(claim: Form, case: dict[str, Any]) -> str:
    """A form in the names of the file."""
    names = {1: case["values"], 2: case["vectors"]}
    rows = {k: coefficients(c) for k, c in claim.items() if c.p}
    return (
        " + ".join(f"({row}) {' . '.join(names[len(k)][i] for i in k) if k else '1'}" for k, row in rows.items()) or "0"
    )


def covered(case: dict[str, Any], claim: dict[str, Any], pieces: list[tuple[Fraction | None, Fraction | None]]) -> bool:
    """Whether closed intervals cover that of a case; of the step of an induction the part that its claim says, from the first step on."""
    lo, hi = (None if case[k] == "" else rational(case[k]) for k in ("from", "to"))
    if "from" in claim:
        if claim["step"] is not True or claim["from"] != "1" or not re.fullmatch(r"\w+", case["t"]):
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


def _plain(text: str) -> str:
    """A line of a file, whose control characters would hide or move what is read."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _too_long(*_: Any) -> None:
    raise NoProof(f"not decided within {SECONDS} s of processor time")


def _clock(seconds: float) -> None:
    """Raise NoProof after so many seconds of processor time from now; 0: no more. Where the system has no such clock it does nothing."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGVTALRM, _too_long)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def main(files: list[str]) -> int:
    """Check files; exit status 1 where one is no proof."""
    failed = not files
    for name in files:
        try:
            _clock(SECONDS)
            with open(name, encoding="utf-8") as file:
                shown = check(json.load(file))
        except (
            NoProof,
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            ZeroDivisionError,
            RecursionError,
        ) as why:
            print(f"{name}: no proof: {_plain(str(why)) or type(why).__name__}")
            failed = True
            continue
        finally:
            _clock(0)
        print(f"{name}: a proof")
        print("\n".join(f"  {_plain(line)}" for line in shown))
    return int(failed)


if __name__ == "__main__":
    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 1
    sys.exit(status)
