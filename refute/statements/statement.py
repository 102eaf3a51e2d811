"""A statement: a theorem with its constants, domains and hypotheses fixed, ready to be decided."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from refute.errors import BadInput, CannotBatch, NoElement, NotExact, OutsideDomain, not_exact
from refute.numbers.lifting import Kind, closed, lift
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only
from refute.numbers.vector import Vec
from refute.safety.failure import shown, told
from refute.safety.hints import nearest
from refute.statements.claims import Claim, Decision, Opinion, decided, in_numbers, known
from refute.statements.domains import Domain, nothing

Instance = Mapping[str, Any]
# What is said of a claim that a division by zero, or the like, stops.
NOT_EVALUATED = "it cannot be evaluated"


@dataclass(frozen=True)
class Given:
    """A hypothesis on several variables, e.g. Given("mu > 0 there", lambda f, x: lt(0, f.mu))."""

    says: str
    claim: Callable[..., Claim]

    def __post_init__(self) -> None:
        if not isinstance(self.says, str) or not callable(self.claim):
            raise BadInput(f'Given({self.says!r}, {shown(self.claim)}): write Given("x > 0", lambda x: lt(0, x))')
        object.__setattr__(self, "claim", closed(self.claim))


@dataclass(frozen=True)
class Checked:
    """The decisions about one instance: its hypotheses in order, and the conclusion."""

    hypotheses: tuple[tuple[str, Decision], ...]
    conclusion: Decision


_SUPPOSED: ContextVar[bool] = ContextVar("supposed", default=False)


def is_supposed() -> bool:
    """Whether a hypothesis is being made: what an element is said to have may then be taken as true of it, and in a conclusion it may not."""
    return _SUPPOSED.get()


@contextmanager
def supposing() -> Iterator[None]:
    """While a hypothesis is made (see `is_supposed`)."""
    token = _SUPPOSED.set(True)
    try:
        yield
    finally:
        _SUPPOSED.reset(token)


@dataclass(frozen=True)
class Statement:
    """A theorem with its constants, domains and hypotheses fixed: what is decided and searched."""

    id: str
    constants: Mapping[str, Any]
    variables: Mapping[str, Any]
    given: tuple[Given, ...]
    body: Callable[..., Claim]
    types: Mapping[str, Any] = field(default_factory=dict)

    def domain(self, name: str, seen: Instance) -> Domain:
        """The domain of a variable, given the variables before it."""
        thing = self.variables[name]
        if isinstance(thing, Domain):
            return thing
        with exact_only():
            try:
                found = by_name(thing, seen, f"{self.id}: the domain of {name!r}", tuple(self.variables))
            except NoElement as why:
                return nothing(str(why))
        if not isinstance(found, Domain):
            raise BadInput(
                f"{self.id}: the domain of {name!r} returned {shown(found)}, not a domain such as between(0, 2)"
            )
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
            yield g.says, self._claim(g.says, partial(self.supposed, g, seen))

    def supposed(self, given: Given, seen: Instance) -> Claim:
        """The claim of a hypothesis; while it is made, what is asked is supposed (see `is_supposed`)."""
        with supposing():
            claim: Claim = by_name(given.claim, seen, f"{self.id}: the hypothesis {given.says!r}")
        return claim

    def _claim(self, says: str, made: Callable[[], Any]) -> Claim:
        try:
            with exact_only():
                claim = made()
        except ArithmeticError as why:
            return known(None, f"it cannot be evaluated: {told(why)}")
        if not hasattr(claim, "decide"):
            raise BadInput(f"{self.id}: {says!r} answers {no_claim(claim)}")
        return claim  # type: ignore[no-any-return]

    def lifted(self, instance: Instance, kind: Kind) -> dict[str, Any]:
        """The instance and the constants in one arithmetic."""
        missing = [n for n in self.variables if n not in instance]
        if missing:
            raise BadInput(f"{self.id}: the instance gives no value for {missing[0]!r}")
        strangers = [n for n in instance if n not in self.variables]
        if strangers:
            raise BadInput(f"{self.id}: the instance gives a value for {strangers[0]!r}, which is no variable")
        found = {}
        for n, v in {**self.constants, **instance}.items():
            try:
                if isinstance(v, float):
                    raise not_exact(v)
                if n in instance and not _fits(v, self.types.get(n)):
                    raise BadInput(_unlike(self.id, n, self.types[n], v))
                # A domain of whole numbers draws ints; where the statement says Fraction they are rationals.
                found[n] = lift(Fraction(v) if type(v) is int and self.types.get(n) is Fraction else v, kind)
            except NotExact as why:
                raise BadInput(f"{self.id}: the value of {n!r}: {why}") from None
        return found

    def conclusion(self, lifted: Instance) -> Claim:
        """The body at a lifted instance; raises BadInput for a body that fails."""
        try:
            with exact_only():
                claim = self.body(**lifted)
        except (BadInput, ArithmeticError, CannotBatch):
            raise
        except Exception as why:  # a body is the user's code: say in one sentence where it failed
            raise BadInput(f"{self.id}: {told(why)}") from why
        if not hasattr(claim, "decide"):
            raise BadInput(f"{self.id}: its body returns {no_claim(claim)}")
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
        settled: list[tuple[str, Decision]] = []
        for says, claim in self.hypotheses(lifted):
            try:
                d = decided(claim)
            except ArithmeticError as why:
                d = Decision(None, f"it cannot be evaluated: {told(why)}")
            if d.truth is False:
                reason = f": {in_numbers(d)}" if d.says else ""
                raise OutsideDomain(f"{self.id}: outside its domain, {says!r} fails{reason}", says, d.evidence)
            settled.append((says, d))
        undecided = next((d for _, d in settled if d.truth is None), None)
        # An undecided hypothesis discards nothing and convicts nothing.
        try:
            conclusion = undecided or decided(self.conclusion(lifted))
        except ArithmeticError as why:
            conclusion = Decision(None, f"the conclusion cannot be evaluated: {told(why)}")
        return Checked(tuple(settled), conclusion)

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


def _fits(value: Any, kind: Any) -> bool:
    """Whether an element is of the kind that the annotation says, as far as it says a whole number, a number or a point."""
    if kind is int:
        return type(value) is int
    if kind is Fraction:
        return not isinstance(value, (Vec, tuple, str))
    return kind is not Vec or isinstance(value, Vec)


def _unlike(name: str, variable: str, kind: type, value: Any) -> str:
    meant = {
        int: "integers(lo, hi) or naturals(lo, drawn=...) for a whole number, Annotated[Fraction, ...] for a real one",
        Fraction: "Annotated[Vec, ...] for a point",
        Vec: "points(d) for a point, Annotated[Fraction, ...] for a number",
    }
    what = (
        f"the point {value}"
        if isinstance(value, Vec)
        else f"the number {value}"
        if isinstance(value, (int, Fraction))
        else shown(value)
    )
    return f"{name}: {variable} is annotated as {kind.__name__}, and its domain holds {what}: write {meant[kind]}"


def no_claim(value: Any) -> str:
    """What is wrong with a value where a claim belongs, and what to write."""
    if value is None:
        return "nothing: end it with return le(x, y)"
    if isinstance(value, bool):
        return f"{value}, not a claim: write le(x, y) for x <= y, lt(0, x) for 0 < x, eq(x, y) for x == y"
    if isinstance(value, (tuple, list)) and value and all(hasattr(v, "decide") for v in value):
        return f"{len(value)} claims: join them, both(first=..., second=...)"
    return f"{shown(value)}, not a claim: write le(x, y), lt(x, y), eq(x, y), converges(map, x0), ..."


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


@lru_cache(4096)
def _with_defaults(f: Callable[..., Any]) -> frozenset[str]:
    """The parameters that have a value of their own, as in `lambda x, k=k: ...`."""
    return frozenset(n for n, p in inspect.signature(f).parameters.items() if p.default is not p.empty)


def by_name(f: Callable[..., Any], seen: Instance, where: str, later: tuple[str, ...] = ()) -> Any:
    """Call f with the variables that its parameters name; those in `later` are bound after it."""
    ours = getattr(f, "__module__", "").partition(".")[0] in ("refute", "objectives")
    own = frozenset[str]() if ours else _with_defaults(f)
    names = [n for n in parameters(f) if n in seen or n not in own]
    missing = [n for n in names if n not in seen]
    if missing:
        says = f"{where} needs {missing[0]!r}, but only {', '.join(seen) or 'nothing'} comes before it"
        if missing[0] in later:
            raise BadInput(f"{says}: put {missing[0]} first in the signature")
        if ours:
            raise BadInput(f"{where} is {f.__name__}, a function that makes domains: write {f.__name__}(...) for one")
        near = nearest(missing[0], seen)
        raise BadInput(says + (f"; did you mean {near}?" if near else ""))
    return f(**{n: seen[n] for n in names})
