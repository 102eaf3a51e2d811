"""Polynomials and their quotients, exact: in t over the rationals, or over the quotients of polynomials in m."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import zip_longest
from typing import Any

#: Coefficients from the constant one up: rationals, or, of a polynomial in t and m, quotients of polynomials in m.
Poly = tuple[Any, ...]
# Digits of a rational; coefficients of a polynomial, unknowns and answers that a file may have.
LONGEST, MOST = 4000, 200
ONE: Poly = (Fraction(1),)


class NoProof(Exception):
    """Why a file holds no proof."""


def rational(text: Any) -> Fraction:
    if not isinstance(text, str) or len(text) > LONGEST or not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", text):
        raise NoProof(f"a rational is a string such as '1/2', of at most {LONGEST} digits")
    return Fraction(text)


def poly(rows: Any) -> Poly:
    """A polynomial in t, each coefficient a rational or the list of those of a polynomial in m."""
    if not isinstance(rows, list) or len(rows) > MOST:
        raise NoProof(f"a polynomial is a list of at most {MOST} rationals")
    return trim(tuple(Quotient(poly_of_m(c)) if isinstance(c, list) else rational(c) for c in rows))


def poly_of_m(rows: Any) -> Poly:
    if len(rows) > MOST:
        raise NoProof(f"a polynomial is a list of at most {MOST} rationals")
    return trim(tuple(map(rational, rows)))


def trim(p: Poly) -> Poly:
    n = len(p)
    while n and not p[n - 1]:
        n -= 1
    return p[:n]


def add(p: Poly, q: Poly, c: int = 1) -> Poly:
    return trim(tuple(a + b if c == 1 else a - b for a, b in zip_longest(p, q, fillvalue=Fraction(0))))


def mul(p: Poly, q: Poly) -> Poly:
    if ONE in (p, q):
        return q if p == ONE else p
    found: list[Any] = [Fraction(0)] * max(0, len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            found[i + j] += a * b
    return trim(tuple(found))


def divided(p: Poly, q: Poly) -> tuple[Poly, Poly]:
    rest: list[Any] = list(p)
    found: list[Any] = [Fraction(0)] * max(0, len(p) - len(q) + 1)
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
    """p/q in lowest terms; it is false where it is 0."""

    def __init__(self, p: Poly, q: Poly = ONE) -> None:
        if not q:
            raise NoProof("a division by 0")
        if not p or len(q) > 1:
            g = gcd(p, q) if p else q
            p, q = divided(p, g)[0], divided(q, g)[0]
        self.p, self.q = (p, q) if q[-1] == 1 else (tuple(c / q[-1] for c in p), tuple(c / q[-1] for c in q))

    def __bool__(self) -> bool:
        return bool(self.p)

    def __add__(self, other: Any) -> Quotient:
        return _sum(self, _lifted(other), 1)

    def __sub__(self, other: Any) -> Quotient:
        return _sum(self, _lifted(other), -1)

    def __mul__(self, other: Any) -> Quotient:
        o = _lifted(other)
        return Quotient(mul(self.p, o.p), mul(self.q, o.q))

    def __truediv__(self, other: Any) -> Quotient:
        o = _lifted(other)
        return Quotient(mul(self.p, o.q), mul(self.q, o.p))

    def __neg__(self) -> Quotient:
        return number(-1) * self

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: Any) -> Quotient:
        return number(other) - self

    def __rtruediv__(self, other: Any) -> Quotient:
        return number(other) / self

    def __str__(self) -> str:
        """As a coefficient: a function of m by its own coefficients."""
        top, bottom = (", ".join(map(str, c)) for c in (self.p, self.q))
        return f"[{top or '0'}]{f' over [{bottom}]' if len(self.q) > 1 else ''} in m"


def _sum(a: Quotient, b: Quotient, c: int) -> Quotient:
    if a.q == b.q:
        return Quotient(add(a.p, b.p, c), a.q)
    return Quotient(add(mul(a.p, b.q), mul(b.p, a.q), c), mul(a.q, b.q))


def _lifted(c: Any) -> Quotient:
    return c if isinstance(c, Quotient) else number(c)


def number(c: int | Fraction) -> Quotient:
    return Quotient(trim((Fraction(c),)))


def quotient(data: Any) -> Quotient:
    if not isinstance(data, dict) or set(data) - {"of", "number"} != {"p", "q"}:
        raise NoProof("a function of t has the keys p and q")
    return Quotient(poly(data["p"]), poly(data["q"]))
