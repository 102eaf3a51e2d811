"""Exact cancellation: an expression as a polynomial, with rational coefficients, in atoms.

An atom is a function at an exact argument; equal arguments give the same atom. Equality cases with
transcendental functions (softplus in the descent lemma at x = y), which no precision of balls can
settle, cancel here to exact zero. With free variables as atoms the same expansion proves identities.
"""

from __future__ import annotations

from collections import Counter
from math import prod
from typing import Any

from gmpy2 import is_square, isqrt, mpq

from refute.numbers.real import Real

MAX_TERMS = 4000
# A monomial is written out factor by factor: one of a high degree is as long.
MAX_DEGREE = 128
Monomial = tuple[int, ...]
#: A symmetric matrix of rationals, by rows.
Matrix = list[list[mpq]]
Poly = dict[Monomial, Any]
Key = tuple[tuple[Monomial, Any], ...]


class TooLarge(ArithmeticError):
    """The expansion has more than MAX_TERMS terms."""


class Expansion:
    """One table of atoms: everything expanded with it may be compared."""

    def __init__(self) -> None:
        self.ids: dict[tuple[str, Any], int] = {}
        self.atoms: list[tuple[str, Any]] = []
        self.seen: dict[int, tuple[Real, Poly]] = {}
        #: Whole numbers of which roots were taken, none the square of a rational times another.
        self.roots: list[Any] = []

    def atom(self, name: str, argument: Any) -> int:
        """The number of the atom `name(argument)`."""
        key = (name, argument)
        if key not in self.ids:
            self.ids[key] = len(self.atoms)
            self.atoms.append(key)
        return self.ids[key]

    def expand(self, x: Real) -> Poly:
        """x as a polynomial in atoms; raises TooLarge."""
        stack = [x]
        while stack:
            node = stack[-1]
            if id(node) in self.seen:
                stack.pop()
                continue
            inner = [] if node.q is not None or node.op in ("enclosed", "variable") else node.args
            missing = [a for a in inner if id(a) not in self.seen]
            if missing:
                stack.extend(missing)
                continue
            # The node is kept beside its expansion, so that its id stays its own.
            self.seen[id(node)] = (node, self._combine(node))
            stack.pop()
        return self.seen[id(x)][1]

    def _combine(self, node: Real) -> Poly:
        if node.q is not None:
            return {(): node.q} if node.q else {}
        if node.op in ("enclosed", "variable"):
            return {(self.atom(node.op, node.args[0]),): mpq(1)}
        a = self.seen[id(node.args[0])][1]
        b = self.seen[id(node.args[1])][1] if len(node.args) > 1 else {}
        match node.op:
            case "add":
                return add(a, b)
            case "mul":
                return multiply(a, b)
            case "div":
                return multiply(a, self._inverse(b))
            case "sqrt":
                return self._root(a)
            case "abs":
                return self._absolute(node.args[0], a)
        return {(self.atom(node.op, key_of(a)),): mpq(1)}

    def _absolute(self, x: Real, p: Poly) -> Poly:
        """|x| is x or -x where a ball shows the sign; else |c q| = |c| |q|, so that those of opposite numbers are one atom."""
        if not p:
            return {}
        if x.ball is not None and (x.ball > 0 or x.ball < 0):
            return p if x.ball > 0 else {m: -a for m, a in p.items()}
        c = p[min(p)]
        rest = {m: a / c for m, a in p.items()}
        return {(): abs(c)} if rest == {(): 1} else {(self.atom("abs", key_of(rest)),): abs(c)}

    def _root(self, p: Poly) -> Poly:
        """The root of c q is that of c > 0 times that of q: roots of the same up to squares of rationals, such as those of 20 and of 5, are multiples of one atom."""
        if not p:
            return {}
        c = abs(p[min(p)])
        rest = {m: a / c for m, a in p.items()}
        root = self._root_of_rational(c)
        return root if rest == {(): 1} else multiply(root, {(self.atom("sqrt", key_of(rest)),): mpq(1)})

    def _root_of_rational(self, c: Any) -> Poly:
        n, scale = c.numerator * c.denominator, 1 / mpq(c.denominator)
        for known in (1, *self.roots):
            if is_square(n * known):
                size = isqrt(n * known) * scale / known
                return {(): size} if known == 1 else {(self.atom("sqrt", key_of({(): mpq(known)})),): size}
        self.roots.append(n)
        return {(self.atom("sqrt", key_of({(): mpq(n)})),): scale}

    def _inverse(self, p: Poly) -> Poly:
        if not p:
            raise ZeroDivisionError("division by exact zero")
        if set(p) == {()}:
            return {(): 1 / p[()]}
        lead = p[min(p)]
        monic = {m: c / lead for m, c in p.items()}
        return {(self.atom("inverse", key_of(monic)),): 1 / lead}

    def vanishes(self, p: Poly) -> bool:
        """Whether p is zero after inverses are cleared and squares of square roots reduced."""
        while p := self._with_roots_merged(p):
            special = {i for m in p for i in m if self._reducible(p, i)}
            if not special:
                return False
            p = self._reduce(p, max(special))
        return True

    def _with_roots_merged(self, p: Poly) -> Poly:
        """The product of the roots of two rationals as that of their product."""
        of_rationals = {i for m in p for i in m if self.atoms[i][0] == "sqrt" and dict(self.atoms[i][1]).keys() == {()}}
        total: Poly = {}
        for m, c in p.items():
            roots = sorted({i for i in m if i in of_rationals and m.count(i) % 2})
            if len(roots) < 2:
                total = add(total, {m: c})
                continue
            n = prod(int(dict(self.atoms[i][1])[()]) for i in roots)
            rest = list(m)
            for i in roots:
                rest.remove(i)
            total = add(total, multiply({tuple(rest): c}, self._root_of_rational(mpq(n))))
        return total

    def _reducible(self, p: Poly, i: int) -> bool:
        name = self.atoms[i][0]
        return name == "inverse" or (name == "sqrt" and any(m.count(i) > 1 for m in p))

    def _reduce(self, p: Poly, i: int) -> Poly:
        name, argument = self.atoms[i]
        base: Poly = dict(argument)
        top = max(m.count(i) for m in p)
        total: Poly = {}
        for m, c in p.items():
            rest = tuple(j for j in m if j != i)
            n = m.count(i)
            term: Poly
            if name == "inverse":
                term, power = {rest: c}, top - n
            else:
                term, power = {tuple(sorted(rest + (i,) * (n % 2))): c}, n // 2
            for _ in range(power):
                term = multiply(term, base)
            total = add(total, term)
        return total


def key_of(p: Poly) -> Key:
    """A hashable form of p, the same for equal polynomials."""
    return tuple(sorted(p.items()))


def add(a: Poly, b: Poly) -> Poly:
    """a + b."""
    total = dict(a)
    for m, c in b.items():
        s = total.get(m, 0) + c
        if s:
            total[m] = s
        else:
            total.pop(m, None)
    return total


def multiply(a: Poly, b: Poly) -> Poly:
    """a b; raises TooLarge."""
    if len(a) * len(b) > MAX_TERMS * 16:
        raise TooLarge
    product: Poly = {}
    for m, c in a.items():
        for n, d in b.items():
            k = tuple(sorted(m + n))
            if len(k) > MAX_DEGREE:
                raise TooLarge
            product[k] = product.get(k, 0) + c * d
    result = {m: c for m, c in product.items() if c}
    if len(result) > MAX_TERMS:
        raise TooLarge
    return result


def variable(name: str, nonnegative: bool = False) -> Real:
    """A free variable, for identities; it has no value and no sign of its own."""
    return Real(None, "variable", ((name, nonnegative),))


def sign_everywhere(x: Real) -> int | None:
    """The sign that x has for all values of its variables, if its coefficients show it.

    0 when x is the zero polynomial; 1 (or -1) when every monomial is a product of squares and
    nonnegative variables, all coefficients have that sign and the constant term is not zero;
    None otherwise.
    """
    table = Expansion()
    p = table.expand(x)
    if any(name != "variable" for name, _ in table.atoms):
        return None  # a quotient or a root of a variable need not be defined everywhere
    if table.vanishes(p):
        return 0
    for m in p:
        for i, n in Counter(m).items():
            name, argument = table.atoms[i]
            if n % 2 and not (name == "variable" and argument[1]):
                return None
    signs = {1 if c > 0 else -1 for c in p.values()}
    return signs.pop() if len(signs) == 1 and () in p else None


def least_sign_everywhere(x: Real) -> int | None:
    """1 where x > 0 for all values of its variables, 0 where x >= 0, if its coefficients show it: all monomials are products of squares and nonnegative
    variables with positive coefficients, or x is a quadratic polynomial and elimination shows its least value. None otherwise."""
    table = Expansion()
    try:
        p = table.expand(x)
    except (TooLarge, ZeroDivisionError):
        return None
    if any(name != "variable" for name, _ in table.atoms):
        return None
    positive = all(c > 0 for c in p.values())
    if positive and not any(n % 2 and not table.atoms[i][1][1] for m in p for i, n in Counter(m).items()):
        return 1 if () in p else 0
    found = _quadratic_in(table, p)
    least = None if found is None else least_value(found[1])
    return None if least is None or least < 0 else 1 if least > 0 else 0


def quadratic(x: Real) -> tuple[list[str], Matrix] | None:
    """The variables of a quadratic polynomial with rational coefficients, and the symmetric matrix M of its value (v, 1) M (v, 1)^T; None for another number."""
    table = Expansion()
    try:
        p = table.expand(x)
    except (TooLarge, ZeroDivisionError):
        return None
    return None if any(name != "variable" for name, _ in table.atoms) else _quadratic_in(table, p)


def _quadratic_in(table: Expansion, p: Poly) -> tuple[list[str], Matrix] | None:
    if any(len(m) > 2 for m in p):
        return None
    n = len(table.atoms)
    M = [[mpq(0)] * (n + 1) for _ in range(n + 1)]
    for m, c in p.items():
        i, j = (*m, n, n)[:2]
        M[i][j] += c / 2
        M[j][i] += c / 2
    return [argument[0] for _, argument in table.atoms], M


def least_value(M: Matrix) -> mpq | None:
    """The least value of (v, 1) M (v, 1)^T over all v, which is attained, by elimination; None where there is none."""
    a = [list(row) for row in M]
    n = len(a) - 1
    for k in range(n):
        pivot = a[k][k]
        if pivot < 0 or (not pivot and any(a[k][k + 1 :])):
            return None
        for i in range(k + 1, n + 1):
            share = a[k][i] / pivot if pivot else 0
            if share:
                for j in range(i, n + 1):
                    a[i][j] -= share * a[k][j]
    return a[n][n]
