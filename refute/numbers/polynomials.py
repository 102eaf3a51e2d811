"""Maps whose formula is a polynomial in the coordinates, found by running them on free variables."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

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
