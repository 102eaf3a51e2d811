"""What the class of each function asks of its answers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from refute.verify_proof.forms import Form, combination, combined, form, inner, size
from refute.verify_proof.interval import Interval
from refute.verify_proof.polynomials import NoProof, Quotient, number, quotient
from refute.verify_proof.region import Region


def conditions(case: dict[str, Any], where: Interval | Region) -> tuple[dict[str, Form], set[str]]:
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
            those = of_templates(f, vectors, values) | of_adjoint(f, case, vectors)
            jumping, of = jumping | those, of | dict.fromkeys(those, f["name"])
            continue
        m = quotient(f["low"])
        if not where.nonnegative(one - m) or not (one - m).p:
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
    if f.get("linear", False) and not are_linear(rows):
        raise NoProof(f"the answers of {f['name']} are not linear in its points")
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


def of_adjoint(f: dict[str, Any], case: dict[str, Any], vectors: int) -> dict[str, Form]:
    """<A x, y> = <x, A' y> for the answers of a map and of its adjoint that are unknowns of their own."""
    found: dict[str, Form] = {}
    for of in case["functions"] if "adjoint_of" in f else ():
        if of["name"] != f["adjoint_of"]:
            continue
        if not (f.get("linear", False) and of.get("linear", False)) or any(r["f"] for r in (*f["rows"], *of["rows"])):
            raise NoProof("a map that has an adjoint is linear, and so is its adjoint")
        for a, b in ((a, b) for a in of["rows"] for b in f["rows"] if len(a["g"]) == len(b["g"]) == 1):
            x, g, y, w = (combination(r[part], vectors) for r in (a, b) for part in ("x", "g"))
            says = f"{of['name']} and its adjoint at {of['name']}({a['at']}) and {f['name']}({b['at']})"
            found[says] = combined((number(1), inner(g, y)), (number(-1), inner(x, w)))
            found[f"{says}, condition 2"] = combined((number(-1), found[says]))
    return found


def are_linear(rows: list[tuple[str, Form, Form, Form]]) -> bool:
    """Whether answers are as linear in the points as the points in the vectors they are made of: of an operator, or of a function's gradient from its minimizer on."""
    star: Form = {}
    if any(value for *_, value in rows):
        centres = [x for at, x, _, _ in rows if at == "*"]
        if not centres:
            return False
        star = centres[0]
    one, centre = number(1), next(iter(star), None)
    moved = [(combined((one, x), (number(-1), star)), g) for _, x, g, _ in rows]
    of: dict[Any, tuple[Form, Form]] = {}
    for u, g in moved:
        own = [k for k in u if k != centre]
        if not own and u:  # the point that is at 0
            of.setdefault(centre, (u, g))
        elif len(own) == 1 and not combined((one, {own[0]: one}), (number(-1), {own[0]: u[own[0]]})):
            of.setdefault(own[0], (u, g))
    for u, g in moved:
        for k in [*(k for k in u if k != centre), centre]:
            if k in u and k in of:
                v, a = of[k]
                c = u[k] / v[k]
                u, g = combined((one, u), (number(-1) * c, v)), combined((one, g), (number(-1) * c, a))
        if u or g:
            return False
    return True


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
    numbers = [(*c.p, *c.q) for c in one.values()]
    if any(len(c) > 2 or any(isinstance(a, Quotient) for a in c) for c in numbers) or not bend.p or bend.p[0] > 0:
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
