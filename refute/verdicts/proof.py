"""Statements that a finite computation settles: identities and signs of polynomials, and finitely many instances.

The body is evaluated once with free variables in place of numbers. Where each comparison shows its
truth in the coefficients (the zero polynomial, or one with all coefficients of one sign in squares
and nonnegative variables) the statement is proved for every value of the variables. A statement whose variables
all range over small finite sets is proved by deciding every instance.
"""

from __future__ import annotations

from itertools import product
from math import prod

from refute.errors import BadInput, OutsideDomain, nothing_swallowed
from refute.numbers.atoms import variable
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.numbers.reflected import symbolic
from refute.statements.claims import Decision
from refute.statements.domains import Domain
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.theorem import Theorem

# So many instances are decided one by one.
MOST = 1000
# About so many of them mpmath is asked; about all where they are fewer.
ASKED = 16


def prove(theorem: Theorem) -> Decision | None:
    """The decision for all values at once; None where the record names no symbols and its domains are not finite."""
    if not theorem.symbols:
        return _of_all_instances(theorem)
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
    with symbolic():
        with nothing_swallowed():
            claim = theorem.statement(**free, **constants)
        return claim.decide()


def _of_all_instances(theorem: Theorem) -> Decision | None:
    sets = [d.elements for d in theorem.variables.values() if isinstance(d, Domain) and d.elements is not None]
    if len(sets) < len(theorem.variables) or prod(len(s) for s in sets) > MOST:
        return None
    every = max(1, prod(len(s) for s in sets) // ASKED)
    for i, values in enumerate(product(*sets)):
        try:
            instance = dict(zip(theorem.variables, values, strict=True))
            checked = theorem.itself.check(instance)
        except OutsideDomain:
            continue
        if not checked.conclusion.truth:
            return checked.conclusion
        # mpmath is asked about each, or of many about so many, evenly.
        doubt = "" if i % every else contradiction(checked, second_opinion(theorem.itself, instance, checked))
        if doubt:
            return Decision(None, doubt)
    return Decision(True, "every instance")


def _is_nonnegative(theorem: Theorem, name: str) -> bool:
    domain = theorem.variables.get(name)
    return isinstance(domain, Domain) and domain.nonnegative
