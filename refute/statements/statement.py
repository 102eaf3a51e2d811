"""A statement: a theorem with its constants, domains and hypotheses fixed, ready to be decided."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from refute.errors import BadInput, CannotBatch, OutsideDomain, nothing_swallowed
from refute.numbers.lifting import Kind, lift
from refute.numbers.real import Real
from refute.safety.failure import shown, told
from refute.statements.claims import Claim, Decision, Opinion, known
from refute.statements.domains import Domain

Instance = Mapping[str, Any]
# What is said of a claim that a division by zero, or the like, stops.
NOT_EVALUATED = "it cannot be evaluated"


@dataclass(frozen=True)
class Given:
    """A hypothesis on several variables, e.g. Given("mu > 0 there", lambda f, x: lt(0, f.mu))."""

    says: str
    claim: Callable[..., Claim]


@dataclass(frozen=True)
class Checked:
    """The decisions about one instance: its hypotheses in order, and the conclusion."""

    hypotheses: tuple[tuple[str, Decision], ...]
    conclusion: Decision


@dataclass(frozen=True)
class Statement:
    """A theorem with its constants, domains and hypotheses fixed: what is decided and searched."""

    id: str
    constants: Mapping[str, Any]
    variables: Mapping[str, Any]
    given: tuple[Given, ...]
    body: Callable[..., Claim]

    def domain(self, name: str, seen: Instance) -> Domain:
        """The domain of a variable, given the variables before it."""
        thing = self.variables[name]
        if isinstance(thing, Domain):
            return thing
        with nothing_swallowed():
            found = by_name(thing, seen, f"{self.id}: the domain of {name!r}")
        if not isinstance(found, Domain):
            raise BadInput(f"{self.id}: the domain of {name!r} returned {found!r}, not a Domain")
        return found

    def hypotheses(self, lifted: Instance) -> Iterator[tuple[str, Claim]]:
        """Each hypothesis with its name, on a lifted instance (constants included). One that cannot be evaluated is
        undecided; a value of another kind than the domain's is outside, without asking the domain."""
        constants = {n: lifted[n] for n in self.constants}
        seen: dict[str, Any] = dict(constants)
        for name in self.variables:
            domain = self.domain(name, seen)
            value = seen[name] = lifted[name]
            says = f"{name} in {domain.name if isinstance(self.variables[name], Domain) else _words(domain)}"
            if not domain.is_made_of(value):
                yield says, known(False, f"a {type(value).__name__} is no element of it")
            else:
                yield says, self._claim(says, partial(domain.member, value))
        for g in self.given:
            place = f"{self.id}: the hypothesis {g.says!r}"
            yield g.says, self._claim(g.says, partial(by_name, g.claim, seen, place))

    def _claim(self, says: str, made: Callable[[], Any]) -> Claim:
        try:
            with nothing_swallowed():
                claim = made()
        except ArithmeticError as why:
            return known(None, f"it cannot be evaluated: {told(why)}")
        if not hasattr(claim, "decide"):
            raise BadInput(f"{self.id}: {says!r} answers {shown(claim)}, not a claim: write lt(0, x), not 0 < x")
        return claim  # type: ignore[no-any-return]

    def lifted(self, instance: Instance, kind: Kind) -> dict[str, Any]:
        """The instance and the constants in one arithmetic."""
        missing = [n for n in self.variables if n not in instance]
        if missing:
            raise BadInput(f"{self.id}: the instance gives no value for {missing[0]!r}")
        strangers = [n for n in instance if n not in self.variables]
        if strangers:
            raise BadInput(f"{self.id}: the instance gives a value for {strangers[0]!r}, which is no variable")
        return {n: lift(v, kind) for n, v in {**self.constants, **instance}.items()}

    def conclusion(self, lifted: Instance) -> Claim:
        """The body at a lifted instance; raises BadInput for a body that fails."""
        try:
            with nothing_swallowed():
                claim = self.body(**lifted)
        except (BadInput, ArithmeticError, CannotBatch):
            raise
        except Exception as why:  # a body is the user's code: say in one sentence where it failed
            raise BadInput(f"{self.id}: {told(why)}") from why
        if not hasattr(claim, "decide"):
            raise BadInput(f"{self.id}: its body returns {shown(claim)}, not a claim: write le(x, y), not x <= y")
        return claim

    def check(self, instance: Instance) -> Checked:
        """Every hypothesis and the conclusion, decided exactly; raises OutsideDomain, and BadInput where a user's code fails."""
        try:
            return self._check(instance)
        except BadInput:
            raise
        except Exception as why:
            raise BadInput(f"{self.id}: {told(why)}") from why

    def _check(self, instance: Instance) -> Checked:
        lifted = self.lifted(instance, Real.of)
        decided = []
        for says, claim in self.hypotheses(lifted):
            try:
                d = claim.decide()
            except ArithmeticError as why:
                d = Decision(None, f"it cannot be evaluated: {told(why)}")
            if d.truth is False:
                reason = f": {d.says}" if d.says else ""
                raise OutsideDomain(f"{self.id}: outside its domain, {says!r} fails{reason}", says)
            decided.append((says, d))
        undecided = next((d for _, d in decided if d.truth is None), None)
        # An undecided hypothesis discards nothing and convicts nothing.
        try:
            conclusion = undecided or self.conclusion(lifted).decide()
        except ArithmeticError as why:
            conclusion = Decision(None, f"the conclusion cannot be evaluated: {told(why)}")
        return Checked(tuple(decided), conclusion)

    def opinions(self, instance: Instance, checked: Checked) -> Iterator[tuple[str, Opinion]]:
        """mpmath's opinion of each hypothesis and of the conclusion (the last pair); none where it cannot evaluate one."""
        from refute.numbers.mp import Mp

        lifted = self.lifted(instance, Mp.of)
        try:
            for (says, claim), (_, decision) in zip(self.hypotheses(lifted), checked.hypotheses, strict=True):
                yield says, _opinion(partial(claim.opinion, decision))
            yield "conclusion", _opinion(lambda: self.conclusion(lifted).opinion(checked.conclusion))
        except BadInput:
            raise
        except Exception as why:
            raise BadInput(f"{self.id}, in mpmath's numbers: {told(why)}") from why


def _opinion(asked: Callable[[], Opinion]) -> Opinion:
    try:
        return asked()
    except ArithmeticError as why:
        return Opinion(None, f"{NOT_EVALUATED}: {told(why)}")


def _words(domain: Domain) -> str:
    return domain.name if len(domain.name) < 40 else "its domain"


@lru_cache(4096)
def parameters(f: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the parameters of f."""
    return tuple(inspect.signature(f).parameters)


def by_name(f: Callable[..., Any], seen: Instance, where: str) -> Any:
    """Call f with the variables that its parameters name."""
    names = parameters(f)
    missing = [n for n in names if n not in seen]
    if missing:
        raise BadInput(f"{where} needs {missing[0]!r}, but only {', '.join(seen) or 'nothing'} comes before it")
    return f(*(seen[n] for n in names))
