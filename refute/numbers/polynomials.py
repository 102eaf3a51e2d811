"""Maps whose formula is a polynomial in the coordinates, found by running them on free variables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpq_poly

from refute.errors import NotExact, Undecided, overlook
from refute.numbers.atoms import Expansion, variable
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only, symbolic
from refute.numbers.vector import Vec

#: A polynomial with rational coefficients, by the exponents of the coordinates.
Polynomial = dict[tuple[int, ...], Fraction]


def polynomials(f: Callable[[Vec], Vec], dim: int) -> list[Polynomial] | None:
    """The entries of f(x) as polynomials in the dim coordinates of x; None where f branches, divides by what is no number, is built from what
    has no formula, has coefficients that are no numbers, or has another formula: a quotient or a root, even one that cancels, need not be defined everywhere."""
    # No variable of a statement has a name with a space in it.
    x = Vec(tuple(variable(f"coordinate {i}") for i in range(dim)))
    table = Expansion()
    try:
        with symbolic(), exact_only():
            image = f(x)
        expanded = [table.expand(Real.of(c)) for c in image]
    except (Undecided, ArithmeticError, NotExact, TypeError, AttributeError) as why:
        overlook(why)  # that it is no polynomial is an answer
        return None
    if any(name != "variable" for name, _ in table.atoms):
        return None
    ids = [table.atom("variable", c.args[0]) for c in x]
    if any(i not in ids for p in expanded for m in p for i in m):
        return None  # its coefficients hold free variables of the statement
    return [
        {tuple(m.count(i) for i in ids): Fraction(int(a.numerator), int(a.denominator)) for m, a in p.items()}
        for p in expanded
    ]


def has_root_between(coefficients: Sequence[Fraction], p: Fraction, q: Fraction) -> bool:
    """Whether a polynomial of one variable, by its coefficients from the constant one up, is 0 somewhere strictly between two numbers; also where it is 0
    everywhere. An end that is a root is none between."""
    rest = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    if rest.degree() < 0:
        return p != q
    lo, hi = (fmpq(e.numerator, e.denominator) for e in (min(p, q), max(p, q)))
    for e in (lo, hi):
        while rest.degree() > 0 and rest(e) == 0:
            rest = rest // fmpq_poly([-e, 1])
    if rest.degree() < 1 or lo == hi:
        return False
    simple = rest // rest.gcd(rest.derivative())
    chain = [simple, simple.derivative()]
    while chain[-1].degree() > 0:
        chain.append(-(chain[-2] % chain[-1]))
    changes = []
    for e in (lo, hi):
        signs = [value > 0 for f in chain if (value := f(e)) != 0]
        changes.append(sum(u != v for u, v in pairwise(signs)))
    return changes[0] != changes[1]
