r"""Proofs by duality as LaTeX, for an appendix: one paragraph for each part, with amsmath and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from refute.duality.forms import is_zero
from refute.duality.parameters.ratio import Ratio
from refute.duality.weights import Weights
from refute.proofs.legend import legend
from refute.statements.theorem import Theorem

GREEK = ("mu", "rho", "gamma", "beta", "sigma")
_SYMBOL = re.compile(r"[A-Za-z](?:\([a-z]\)|\*)?|[a-z]+_\d+")


def tex(theorem: Theorem, proof: Sequence[Weights]) -> str:
    r"""The statement and its proof: weighted conditions of the classes, and the squares that remain. Its formulas need amsmath; the words
    of the statement stand as its docstring has them."""
    parts = [
        rf"\paragraph{{{_words(theorem.id)}.}} {theorem.prose}",
        "",
        r"\begin{proof}",
        "For all functions of the class, all points and all dimensions.",
    ]
    for w in proof:
        names = [v.name for v in w.case.problem.vectors]
        conditions = w.case.problem.conditions
        fixed = [rf"${_name(k)} = {v}$" for k, v in w.case.fixed.items()]
        region = w.case.region
        lo, hi = w.case.ends if region is None else (region.lo, region.hi)
        if w.case.parameter:
            ends = " \\le ".join(
                [*([_ratio(lo)] if lo is not None else []), "t", *([_ratio(hi)] if hi is not None else [])]
            )
            second = "" if region is None else rf", $m = {_unit(w.case.second)}$, $0 < m \le 1$"
            fixed.append(
                rf"$t = {_unit(w.case.unit)}$" + (rf", ${ends}$" if lo is not None or hi is not None else "") + second
            )
        head = f" ({', '.join(fixed)})" if fixed else ""
        values = [v.name for v in w.case.problem.values]
        parts.append(rf"\texttt{{{_words(w.claim.says)}}}{head}, that is, ${_claim(w, names, values)}$, is the sum of")
        parts.append(r"\begin{itemize}")
        parts += [
            rf"\item ${_ratio(c)}$ times the condition {_condition(conditions[k].says)}," for k, c in w.weights.items()
        ]
        constant = w.constant()
        squares = [*([] if is_zero(constant) else [_ratio(constant)]), *_squares(w, names)]
        parts.append(rf"\item and ${' + '.join(squares) or '0'}$.")
        parts.append(r"\end{itemize}")
    known = [
        rf"\item {_plain(says)}{f' ${formula(what)}$' if what else ''}" for says, what in legend(w.case for w in proof)
    ]
    if known:
        parts += ["Here", r"\begin{itemize}", *known, r"\end{itemize}"]
    return "\n".join([*parts, r"\end{proof}", ""])


def _claim(w: Weights, names: Sequence[str], values: Sequence[str]) -> str:
    """The claim as a form in inner products and values, at least 0."""
    terms = []
    for key, c in w.claim.form.terms.items():
        if len(key) == 2:
            a, b = (_name(names[i]) for i in key)
            what = rf"|{a}|^2" if key[0] == key[1] else rf"\langle {a}, {b}\rangle"
        else:
            what = _name(values[key[0]]) if key else ""
        terms.append(_times(c, what) if what else _ratio(c))
    return rf"0 \le {' + '.join(terms) or '0'}".replace("+ -", "- ")


def _squares(w: Weights, names: Sequence[str]) -> Iterable[str]:
    for pivot, combination in w.sum_of_squares():
        inside = " + ".join(_times(c, _name(names[i])) for c, i in combination)
        yield _times(pivot, rf"\left|{inside}\right|^2").replace("+ -", "- ")


def _times(c: Any, what: str) -> str:
    shown = _ratio(c)
    if shown == "1":
        return what
    if shown == "-1":
        return f"-{what}"
    is_sum = isinstance(c, Ratio) and c.q.is_constant() and len(c.p.to_dict()) > 1
    return rf"\left({shown}\right){what}" if is_sum else rf"{shown}\,{what}"


def _ratio(c: Any) -> str:
    """A number or a quotient of polynomials in t, or in t and m."""
    if not isinstance(c, Ratio):
        return _number(c)
    top, bottom = _polynomial(c.p), _polynomial(c.q)
    return top if bottom == "1" else rf"\frac{{{top}}}{{{bottom}}}"


def _polynomial(p: Any) -> str:
    terms = []
    for exponents, c in sorted(p.to_dict().items(), reverse=True):
        powers = (("t", exponents[0]), ("m", exponents[-1]))
        power = " ".join(x if n == 1 else f"{x}^{{{n}}}" for x, n in powers if n)
        number = _number(c)
        terms.append(
            number if not power else power if number == "1" else f"-{power}" if number == "-1" else f"{number}{power}"
        )
    return " + ".join(terms).replace("+ -", "- ") or "0"


def _number(q: Any) -> str:
    p, d = (int(q.numerator), int(q.denominator)) if hasattr(q, "numerator") else (int(q.p), int(q.q))
    if d == 1:
        return str(p)
    return rf"{'-' if p < 0 else ''}\frac{{{abs(p)}}}{{{d}}}"


def _name(name: str) -> str:
    r"""A vector, a value or a unit: grad f(p_1) as \nabla f(p_1), f* and x_star as f_* and x_*."""

    def symbol(m: re.Match[str]) -> str:
        head, _, index = m[0].partition("_")
        if head == "grad":
            return r"\nabla"
        base = head if len(head) == 1 else rf"\{head}" if head in GREEK else rf"\mathrm{{{head}}}"
        return base + ("_*" if index == "star" else f"_{{{index}}}" if index else "")

    return (
        re.sub(r"[A-Za-z]+(?:_[A-Za-z0-9_]+)?", symbol, name)
        .replace("(*)", "(x_*)")
        .replace("*", "_*")
        .replace("__*", "_*")
    )


def _unit(unit: str) -> str:
    r"""What a parameter stands for: h L, a constant of a class in units of the scale, f.mu / L, or the root of these."""
    if unit.startswith("sqrt("):
        return rf"\sqrt{{{_unit(unit[5:-1])}}}"
    name, slash, scale = unit.rpartition(" / ")
    return f"{_name(name.rpartition('.')[2])}/{_name(scale)}" if slash else _name(unit)


def _condition(says: str) -> str:
    """The words of a condition, its points and functions as formulas."""
    words = ["that" if says.endswith("is missed by s at least") else "of"]
    for word in says.split(" "):
        is_name = len(word) == 1 or "_" in word
        words.append(f"${_name('x*' if word == '*' else word)}$" if is_name and not word.isdigit() else _words(word))
    return " ".join(words)


def formula(text: str) -> str:
    """A formula of the legend: <a, b> as an inner product, names as in the squares."""
    text = re.sub(r"<([^<>=]*)>", r"\\langle \1\\rangle ", text.replace("<=", "\\le ").replace(">=", "\\ge "))
    parts = re.split(r"(\\[a-z]+ ?)", text)
    return "".join(part if part.startswith("\\") else _name(part) for part in parts)


def _plain(says: str) -> str:
    """Words of the legend; what is one letter, or has an index, is a formula."""
    says = re.sub(r"\bL = 1\b", "L=1", says).replace("by a choice", "by choice")
    bare = ((w, w.rstrip(",:;")) for w in says.split(" "))
    return " ".join(f"${_name(b)}${w[len(b) :]}" if _SYMBOL.fullmatch(b) or b == "L=1" else _words(w) for w, b in bare)


def _words(text: str) -> str:
    """Text as it stands, in LaTeX: nothing in it is a command, and signs of comparison are formulas."""
    plain = re.sub(r"([#$%&_{}])", r"\\\1", text.replace("\\", "/")).replace("^", r"\^{}").replace("~", r"\~{}")
    return plain.replace("<=", r"$\le$").replace(">=", r"$\ge$").replace("<", "$<$").replace(">", "$>$")
