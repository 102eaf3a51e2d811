"""Forms in inner products and values of unknowns, and the unknowns of a case."""

from __future__ import annotations

import re
from typing import Any

from refute.verify_proof.polynomials import MOST, NoProof, Quotient, number, quotient

# x, x*, grad f(x), last 0: words, and the argument of a word, which may have one of its own: grad f(grad S(v)).
NAME = re.compile(r"[^\W\d][\w*]*'*(?: \w[\w*]*'*)*")
ARGUMENT = re.compile(r"(?<=[\w'])\([\w* .,']*\)(?=\)|'*$)")

#: By () the constant, (i,) a value or a vector, (i, j) an inner product.
Form = dict[tuple[int, ...], Quotient]


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
