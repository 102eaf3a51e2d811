"""Statements that a finite computation settles: identities and signs of polynomials, and finitely many instances.

The body is evaluated once with free variables in place of numbers. Where each comparison shows its
truth in the coefficients (the zero polynomial, or one with all coefficients of one sign in squares
and nonnegative variables) the statement is proved for every value of the variables. A statement whose variables
all range over small finite sets is proved by deciding every instance.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from refute.duality.readable import read
from refute.errors import BadInput, NotLinear, OutsideDomain
from refute.measure.law import Sample
from refute.measure.runs import Seen
from refute.numbers.atoms import variable
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only, symbolic
from refute.numbers.vector import Vec
from refute.proofs.quadratics import exceptions
from refute.safety.alarm import TimeIsUp, alarm
from refute.safety.failure import no_exit
from refute.statements.claims import NO_PART, Decision, certified, decided
from refute.statements.domains import Domain
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Checked, Instance
from refute.statements.theorem import Theorem

# So many instances are decided one by one.
MOST = 1000
# About so many of them mpmath is asked; about all where they are fewer.
ASKED = 16
# Seconds of processor time for one of them.
SECONDS = 30.0


@dataclass
class AtOnce:
    """What a finite computation found: the decision for all values, if there is one; an instance that is an exception; of finitely many instances how
    many were decided and repeated by mpmath, in how many of them the conclusion had no part, and how close the closest came."""

    decision: Decision | None = None
    exception: Instance | None = None
    decided: int = 0
    empty: int = 0
    replayed: int = 0
    tightness: float | None = None


def prove(theorem: Theorem) -> AtOnce:
    """The decision for all values at once; none where the record names no symbols, its domains are not finite, and free variables in place of its
    numbers show nothing."""
    if is_finite(theorem):
        return _of_all_instances(theorem)
    found = identity(theorem)
    return AtOnce(found) if found is not None else AtOnce(exception=_exception(theorem))


def identity(theorem: Theorem) -> Decision | None:
    """What free variables in place of the numbers show: as `symbols` says, or tried where it says nothing."""
    try:
        read(theorem.itself, numbers_alone=True)
    except NotLinear as why:
        if theorem.symbols:
            raise BadInput(
                f"{theorem.id}: symbols= asks for a proof by free variables, which a body could tell from numbers: {why}"
            ) from None
        return None
    if not theorem.symbols:
        return _of_free_variables(theorem)
    missing = [n for n in theorem.variables if n not in theorem.symbols]
    if missing:
        raise BadInput(f"{theorem.id}: symbols= does not say what {missing[0]!r} is")
    for name, sign in theorem.symbols.items():
        if sign not in ("any", "nonnegative"):
            raise BadInput(f"{theorem.id}: the symbol {name!r} is 'any' or 'nonnegative', not {sign!r}")
        if sign == "nonnegative" and not _is_nonnegative(theorem, name):
            raise BadInput(f"{theorem.id}: the domain of {name!r} is not known to be nonnegative")
    return _at(theorem, {n: variable(n, s == "nonnegative") for n, s in theorem.symbols.items()})


def _at(theorem: Theorem, free: dict[str, Any]) -> Decision:
    constants = {n: lift(v, Real.of) for n, v in theorem.constants.items()}
    with symbolic():
        with exact_only():
            claim = theorem.statement(**free, **constants)
        found = decided(claim)
    # Signs of polynomials are proofs for all values; a certificate is one for the numbers that it was made of.
    return found if not certified(found.evidence) else Decision(None, "a limit is no identity of polynomials")


def _of_free_variables(theorem: Theorem) -> Decision | None:
    """Nobody said that it is an identity, but where all variables are numbers and points of a known dimension it may be one. Whatever else the
    body does with free variables (it branches, divides, asks for a value) says nothing."""
    free = _free(theorem)
    if free is None:
        return None
    try:
        with no_exit():
            found = _at(theorem, free)
    except (Exception, SystemExit):  # a body is written for numbers
        return None
    return found if found.truth else None


def _exception(theorem: Theorem) -> Instance | None:
    """An instance at which a statement that is an inequality between quadratic polynomials in its variables is false."""
    free = _free(theorem)
    if free is None or theorem.symbols:
        return None
    try:
        with no_exit(), symbolic(), exact_only():
            found = list(
                exceptions(theorem.statement(**free, **{n: lift(v, Real.of) for n, v in theorem.constants.items()}))
            )
        instances = [_instance(theorem, free, values) for values in found]
        return next((i for i in instances if theorem.itself.check(i).conclusion.truth is False), None)
    except (Exception, SystemExit):  # as above; and a point need not meet the hypotheses
        return None


def _instance(theorem: Theorem, free: dict[str, Any], values: dict[str, Fraction]) -> Instance:
    def at(name: str) -> Fraction:
        return values.get(name, Fraction(0))

    return {
        n: Vec(tuple(at(f"{n}[{i}]") for i in range(len(v)))) if isinstance(v, Vec) else at(n) for n, v in free.items()
    }


def _free(theorem: Theorem) -> dict[str, Any] | None:
    """Free variables in place of the numbers and points of a statement that has no others."""
    free: dict[str, Any] = {}
    for name, kind in theorem.types.items():
        domain = theorem.variables[name]
        dim = domain.dim if isinstance(domain, Domain) else None
        if kind is Fraction:
            free[name] = variable(name, _is_nonnegative(theorem, name))
        elif kind is Vec and dim is not None:
            free[name] = Vec(tuple(variable(f"{name}[{i}]") for i in range(dim)))
        else:
            return None
    return free


def is_finite(theorem: Theorem) -> bool:
    """Whether all variables range over small finite sets, and nobody says that it is an identity."""
    sets = _elements(theorem)
    return not theorem.symbols and len(sets) == len(theorem.variables) and prod(map(len, sets)) <= MOST


def _elements(theorem: Theorem) -> list[Any]:
    return [d.elements for d in theorem.variables.values() if isinstance(d, Domain) and d.elements is not None]


def _rests_on_chance(evidence: Any) -> bool:
    """Whether a decision rests on a sample of a law, or on runs: it may be wrong, if hardly ever, and is no proof."""
    if isinstance(evidence, tuple):
        return any(map(_rests_on_chance, evidence))
    return isinstance(evidence, (Sample, Seen)) or (
        isinstance(evidence, Decision) and _rests_on_chance(evidence.evidence)
    )


def _of_all_instances(theorem: Theorem) -> AtOnce:
    sets, found = _elements(theorem), AtOnce()
    every = max(1, prod(len(s) for s in sets) // ASKED)
    for i, values in enumerate(product(*sets)):
        try:
            instance = dict(zip(theorem.variables, values, strict=True))
            with alarm(SECONDS):
                checked = theorem.itself.check(instance)
        except OutsideDomain as outside:
            if _rests_on_chance(outside.evidence):
                return AtOnce()
            continue
        except TimeIsUp:
            return AtOnce(Decision(None, f"time: an instance took more than {SECONDS:g} s"))
        d = checked.conclusion
        if not d.truth:
            return AtOnce(d, instance if d.truth is False else None)
        if any(_rests_on_chance(x.evidence) for x in (d, *(x for _, x in checked.hypotheses))):
            return AtOnce()
        found.decided += 1
        found.empty += d.says == NO_PART
        if d.tightness is not None:
            found.tightness = d.tightness if found.tightness is None else max(found.tightness, d.tightness)
        # mpmath is asked about each, or of many about so many, evenly.
        if i % every == 0:
            found.replayed += 1
            doubt = _doubt(theorem, instance, checked)
            if doubt:
                return AtOnce(Decision(None, doubt))
    found.decision = Decision(True, "every instance")
    return found


def _doubt(theorem: Theorem, instance: Instance, checked: Checked) -> str:
    try:
        with alarm(SECONDS):
            return contradiction(checked, second_opinion(theorem.itself, instance, checked))
    except TimeIsUp:
        return f"time: mpmath's view of an instance took more than {SECONDS:g} s"


def _is_nonnegative(theorem: Theorem, name: str) -> bool:
    domain = theorem.variables.get(name)
    return isinstance(domain, Domain) and domain.nonnegative
