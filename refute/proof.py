"""Statements that a finite computation settles: identities and signs of polynomials.

The body is evaluated once with free variables in place of numbers. Where each comparison shows its
truth in the coefficients (the zero polynomial, or one with all coefficients of one sign in squares
and nonnegative variables) the statement is proved for every value of the variables.
"""

from __future__ import annotations

from refute.atoms import variable
from refute.claims import Decision
from refute.domains import Domain
from refute.errors import BadInput
from refute.lifting import lift
from refute.real import Real
from refute.theorem import Theorem


def prove(theorem: Theorem) -> Decision | None:
    """The decision with free variables; None where the record names no symbols."""
    if not theorem.symbols:
        return None
    missing = [n for n in theorem.variables if n not in theorem.symbols]
    if missing:
        raise BadInput(f"{theorem.id}: symbols= does not say what {missing[0]!r} is")
    for name, sign in theorem.symbols.items():
        if sign not in ("any", "nonnegative"):
            raise BadInput(f"{theorem.id}: the symbol {name!r} is 'any' or 'nonnegative', not {sign!r}")
        if sign == "nonnegative" and not _is_nonnegative(theorem, name):
            raise BadInput(f"{theorem.id}: the domain of {name!r} is not known to be nonnegative")
    free = {n: variable(n, s == "nonnegative") for n, s in theorem.symbols.items()}
    constants = {n: lift(v, Real.of) for n, v in theorem.constants.items()}
    return theorem.statement(**free, **constants).decide()


def _is_nonnegative(theorem: Theorem, name: str) -> bool:
    domain = theorem.variables.get(name)
    return isinstance(domain, Domain) and domain.nonnegative
