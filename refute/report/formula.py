"""Functions and numbers as TeX, read off the expressions that they compute.

A function of an instance is evaluated once at free variables; what comes out is its formula. A function of the line that is a polynomial between its
`breaks` is interpolated there, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from gmpy2 import mpfr, mpq

from refute.numbers.atoms import variable
from refute.numbers.lifting import lift
from refute.numbers.polynomials import polynomials
from refute.numbers.real import Real, as_fraction
from refute.numbers.vector import Vec
from refute.report.prose import spelled

# What is longer than this is no formula that a person would print.
LONGEST = 400
# Rationals with more digits than this are shown as decimals.
DIGITS = 12
# Bits of a numerator, or a denominator, beyond which a rational is no float.
LARGE = 1000
# The highest degree of a polynomial between breaks.
DEGREE = 4
# A polynomial with more terms than this is shown as it is computed: a power of a sum stays one, and (x + 1) x does not.
FEW, MANY = 2, 6
_NESTED = re.compile(r"\\right\) [a-z]|[a-z}] \\left\(")
_FUNCTIONS = {
    "sin": r"\sin\left({}\right)",
    "cos": r"\cos\left({}\right)",
    "tanh": r"\tanh\left({}\right)",
    "log": r"\log\left({}\right)",
    "exp": r"e^{{{}}}",
    "sqrt": r"\sqrt{{{}}}",
    "abs": r"\left|{}\right|",
    "softplus": r"\log\left(1 + e^{{{}}}\right)",
    "sigmoid": r"\sigma\left({}\right)",
    "log_cosh": r"\log\cosh\left({}\right)",
}
#: A product: a rational coefficient, and the powers of what is multiplied.
Term = tuple[Fraction, dict[str, int]]


def number(q: Fraction | int) -> str:
    """A rational: p/q as a fraction where it is short, else its first digits, with dots where there are more."""
    q = Fraction(q)
    sign, p, r = "-" if q < 0 else "", abs(q.numerator), q.denominator
    if max(p.bit_length(), r.bit_length()) > LARGE:
        mantissa, _, power = f"{mpfr(mpq(p, r)):.{DIGITS}g}".partition("e")
        return rf"{sign}{mantissa}\ldots" + (rf"\cdot 10^{{{int(power)}}}" if power else "")
    if len(str(p)) + len(str(r)) <= DIGITS + 4:
        return f"{sign}{p}" if r == 1 else rf"{sign}\frac{{{p}}}{{{r}}}"
    mantissa, _, power = f"{float(abs(q)):.{DIGITS}g}".partition("e")
    more = "" if Fraction(f"{mantissa}e{power or 0}") == abs(q) else r"\ldots"
    return f"{sign}{mantissa}{more}" + (rf"\cdot 10^{{{int(power)}}}" if power else "")


def formula(f: Any) -> str | None:
    """f(x) = ... for a function of instances (a frozen dataclass with `dim` that is called); None where it has no short one."""
    names = names_of(getattr(f, "dim", 0))
    try:
        exact = lift(f, Real.of)
        breaks = getattr(f, "breaks", None)
        if breaks is None:
            text = expression(exact(Vec(tuple(variable(n) for n in names))))
            if r"\left(" in text:
                text = _expanded(exact, names, MANY if _NESTED.search(text) else FEW) or text
        else:
            text = _branches(lambda t: as_fraction(exact(Vec((Real.of(t),)))), tuple(breaks))
    except Exception:  # a user's function may fail at free variables in any way
        return None
    return text if len(text) <= LONGEST else None


def printed(f: Any) -> str:
    """The formula as one line of text, f(x) = x^2/2 + x; the class and its data where there is none."""
    tex = formula(f)
    return repr(f) if tex is None else spelled(f"f({', '.join(names_of(f.dim))}) = {tex}")


def _expanded(f: Callable[[Vec], Any], names: Sequence[str], most: int) -> str:
    """A polynomial as a sum of its terms, the highest degree first; empty for what is none, or has more terms than that."""
    found = polynomials(lambda x: Vec((f(x),)), len(names))
    if found is None or len(found[0]) > most:
        return ""
    degrees = sorted(found[0].items(), key=lambda term: (-sum(term[0]), [-n for n in term[0]]))
    return _sum([(c, {name: n for name, n in zip(names, powers, strict=True) if n}) for powers, c in degrees if c])


def _branches(f: Callable[[Fraction], Fraction], breaks: tuple[Fraction, ...]) -> str:
    """The polynomials between the breaks, as cases; equal neighbours are joined."""
    ends: list[Fraction | None] = [None, *breaks, None]
    found: list[tuple[str, Fraction | None, Fraction | None]] = []
    for lo, hi in pairwise(ends):
        text = _interpolated(f, lo, hi)
        if found and found[-1][0] == text:
            found[-1] = (text, found[-1][1], hi)
        else:
            found.append((text, lo, hi))
    if len(found) == 1:
        return found[0][0]
    rows = r" \\ ".join(f"{text} & {_between(lo, hi)}" for text, lo, hi in found)
    return rf"\begin{{cases}} {rows} \end{{cases}}"


def _between(lo: Fraction | None, hi: Fraction | None) -> str:
    if lo is None:
        return rf"x \le {number(hi or 0)}"
    return rf"x \ge {number(lo)}" if hi is None else rf"{number(lo)} \le x \le {number(hi)}"


def _interpolated(f: Callable[[Fraction], Fraction], lo: Fraction | None, hi: Fraction | None) -> str:
    """The polynomial of degree DEGREE at most that f is from lo to hi; raises ValueError where it is none."""
    a = lo if lo is not None else (hi or Fraction(0)) - 1
    b = hi if hi is not None else a + 1
    xs = [a + (b - a) * Fraction(i, DEGREE + 3) for i in range(1, DEGREE + 3)]
    if (lo is None) != (hi is None):
        # Points far out, too: a break that was not named shows itself there.
        xs[-1] = xs[-1] + (1000 if hi is None else -1000)
    ys = [f(x) for x in xs]
    # Newton's divided differences; those beyond the degree have to vanish.
    table = list(ys)
    for k in range(1, len(xs)):
        table[k:] = [(table[i] - table[i - 1]) / (xs[i] - xs[i - k]) for i in range(k, len(xs))]
    if any(table[DEGREE + 1 :]):
        raise ValueError("not a polynomial between its breaks")
    coefficients = [Fraction(0)]
    for c, x in zip(reversed(table), reversed(xs), strict=True):
        raised = [Fraction(0), *coefficients]
        coefficients = [r - x * q for r, q in zip(raised, [*coefficients, Fraction(0)], strict=True)]
        coefficients[0] += c
    terms = [(c, {"x": n} if n else {}) for n, c in reversed(list(enumerate(coefficients))) if c]
    return _sum(terms)


def _sum(terms: Sequence[Term]) -> str:
    if not terms:
        return "0"
    first, *rest = terms
    return _product(*first, leading=True) + "".join(_product(*t, leading=False) for t in rest)


def names_of(dim: int) -> list[str]:
    """x; x, y; x, y, z; or x_1, x_2, ..."""
    return list("xyz"[:dim]) if dim <= 3 else [f"x_{{{i + 1}}}" for i in range(dim)]


def expression(x: Real) -> str:
    """A Real with free variables."""
    return _sum([t for t in map(_term, _summands(x)) if t[0]])


def _summands(x: Real) -> Iterable[Real]:
    stack = [x]
    while stack:
        node = stack.pop()
        if node.q is None and node.op == "add":
            stack += [node.args[1], node.args[0]]
        else:
            yield node


def _term(x: Real) -> Term:
    """A product as its coefficient and its factors; a sum inside is one factor."""
    if x.q is not None:
        return as_fraction(x), {}
    if x.op in ("mul", "div"):
        (a, powers), (b, others) = _term(x.args[0]), _term(x.args[1])
        sign = 1 if x.op == "mul" else -1
        merged = dict(powers)
        for base, n in others.items():
            merged[base] = merged.get(base, 0) + sign * n
        return a * b if sign == 1 else a / b, {base: n for base, n in merged.items() if n}
    if x.op == "add":
        terms = [t for t in map(_term, _summands(x)) if t[0]]
        return terms[0] if len(terms) == 1 else (Fraction(1), {rf"\left({_sum(terms)}\right)": 1})
    if x.op == "variable":
        return Fraction(1), {x.args[0][0]: 1}
    if x.op == "enclosed":
        return Fraction(1), {f"{float(x):.{DIGITS}g}\\ldots": 1}
    return Fraction(1), {_FUNCTIONS[x.op].format(expression(x.args[0])): 1}


def _product(c: Fraction, powers: dict[str, int], *, leading: bool) -> str:
    sign = ("-" if c < 0 else "") if leading else (" - " if c < 0 else " + ")
    over, under = ([(b, abs(n)) for b, n in powers.items() if n * s > 0] for s in (1, -1))
    p, q = str(abs(c.numerator)), str(c.denominator)
    above = _bare(over) if p == "1" and (under or q != "1") else " ".join(_power(*f) for f in over)
    below = _bare(under) if q == "1" else " ".join(_power(*f) for f in under)
    above = above if above and p == "1" else f"{p}{' ' if above else ''}{above}".strip()
    below = below if q == "1" else f"{q}{' ' if below else ''}{below}".strip()
    return sign + (rf"\frac{{{above}}}{{{below}}}" if below else above)


def _bare(factors: list[tuple[str, int]]) -> str:
    """Factors that have the numerator or denominator of a fraction to themselves: a lone sum needs no parentheses."""
    if len(factors) == 1 and factors[0][1] == 1:
        return (
            factors[0][0].removeprefix(r"\left(").removesuffix(r"\right)")
            if _one_pair(factors[0][0])
            else factors[0][0]
        )
    return " ".join(_power(*f) for f in factors)


def _one_pair(text: str) -> bool:
    """Whether the text is one pair of parentheses with something inside."""
    depth = 0
    for m in re.finditer(r"\\left|\\right", text):
        depth += 1 if m.group() == r"\left" else -1
        if depth == 0:
            return text.startswith(r"\left(") and m.end() + 1 == len(text)
    return False


def _power(base: str, n: int) -> str:
    return base if n == 1 else f"{{{base}}}^{{{n}}}"
