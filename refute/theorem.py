"""A theorem: its quantifier block (a signature), its conclusion (a body) and its record."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from refute.claims import Claim, Decision, Opinion
from refute.domains import Domain
from refute.errors import BadInput, CannotBatch, OutsideDomain
from refute.lifting import Kind, lift
from refute.real import Real

Instance = Mapping[str, Any]
Status = Literal["true", "false", "vacuous", "open"]
_WORD = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True)
class Given:
    """A hypothesis on several variables, e.g. Given("mu > 0 there", lambda f, x: lt(0, f.mu))."""

    says: str
    claim: Callable[..., Claim]


@dataclass(frozen=True)
class Mutant:
    """A false neighbour of a theorem: other constants, or a wider domain (a hypothesis dropped).

    It must be killed at the instance `killed_at`, and found by the search from scratch.
    """

    says: str
    constants: Mapping[str, Any] = field(default_factory=dict)
    killed_at: Instance = field(default_factory=dict)
    domains: Mapping[str, Any] = field(default_factory=dict)
    drops: tuple[str, ...] = ()


@dataclass(frozen=True)
class Empty:
    """Why nothing satisfies the hypotheses: one step of a proof, in executable form.

    Without the hypotheses `drops` (names of `given`) and with the wider `domains`, every candidate
    satisfies `fails`: the claim that a hypothesis left out is violated there, at a point and by a
    margin that the claim names. It takes the variables by name, like a hypothesis.
    """

    says: str
    fails: Callable[..., Claim]
    drops: tuple[str, ...] = ()
    domains: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Theorem:
    """One executable statement.

    statement   the function: its signature quantifies, its body concludes;
    source      key of references.bib; `label` names the statement there;
    reading     "printed", "amended" or the name of another reading; `amends` names the id mended;
    status      what is known: "true" (with `proof`), "false" (with `refuted_at`), "vacuous" (with
                `proof` and `empty`, one step for each hypothesis that can be left out) or "open";
    given       hypotheses on several variables;
    attained    instances at which the conclusion holds with equality;
    mutants     false neighbours that the search must kill;
    refuted_at  an exact counterexample, for a false statement;
    undecided   the share of undecided instances allowed, at most 1/100, for limit statements only;
    symbols     names and signs of free variables ({"x": "any", "L": "nonnegative"}) for a statement
                that is an identity or a sign of a polynomial: it can then be proved;
    text        "paper.tex#lem:descent": the labelled environment that states it.
    """

    statement: Callable[..., Claim]
    source: str
    label: str
    reading: str = "printed"
    status: Status = "open"
    proof: str = ""
    amends: str = ""
    given: tuple[Given, ...] = ()
    attained: tuple[Instance, ...] = ()
    mutants: tuple[Mutant, ...] = ()
    refuted_at: Instance | None = None
    empty: tuple[Empty, ...] = ()
    undecided: Any = 0
    symbols: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    def __post_init__(self) -> None:
        for what, word in (("source", self.source), ("label", self.label), ("reading", self.reading)):
            if not _WORD.fullmatch(word):
                raise BadInput(
                    f"{what} {word!r} of a theorem is not a name: use lower-case letters, digits, '.' and '-'"
                )
        if self.status not in get_args(Status):
            raise BadInput(f"{self.id}: status {self.status!r} is none of {', '.join(get_args(Status))}")
        if self.status == "true" and not self.proof:
            raise BadInput(f"{self.id}: status 'true' needs proof=, a reference or an anchor in docs/")
        if self.status == "vacuous" and not (self.proof and self.empty):
            raise BadInput(f"{self.id}: status 'vacuous' needs proof= and empty=, the proof in executable form")
        if self.status == "false" and self.refuted_at is None:
            raise BadInput(f"{self.id}: status 'false' needs refuted_at=, an exact counterexample")
        if not 0 <= self.undecided * 100 <= 1:
            raise BadInput(f"{self.id}: undecided={self.undecided} is not between 0 and 1/100")
        names = {*self.variables, *self.constants}
        for what, keys in (
            ("refuted_at", self.refuted_at or {}),
            *((f"attained[{i}]", a) for i, a in enumerate(self.attained)),
            *((f"mutant {m.says!r}", {**m.constants, **m.killed_at, **m.domains}) for m in self.mutants),
            ("symbols", self.symbols),
        ):
            strangers = sorted(set(keys) - names)
            if strangers:
                raise BadInput(
                    f"{self.id}: {what} names {strangers[0]!r}, but the statement binds only {', '.join(sorted(names))}"
                )

    @property
    def id(self) -> str:
        """source/label for the printed reading, source/label:reading for others."""
        tail = "" if self.reading == "printed" else f":{self.reading}"
        return f"{self.source}/{self.label}{tail}"

    @property
    def name(self) -> str:
        """The name of the statement's function."""
        return self.statement.__name__

    @cached_property
    def variables(self) -> dict[str, Any]:
        """Each variable with its domain, or with a function of earlier variables that returns one."""
        signature = inspect.signature(self.statement)
        try:
            hints = get_type_hints(self.statement, include_extras=True)
        except NameError as why:
            raise BadInput(
                f"{self.id}: an annotation of {self.name} cannot be found ({why}); put aliases of domains at module level"
            ) from None
        found: dict[str, Any] = {}
        for p in signature.parameters.values():
            if p.kind is p.KEYWORD_ONLY:
                continue
            hint = hints.get(p.name)
            if get_origin(hint) is not Annotated or not callable_or_domain(get_args(hint)[1]):
                raise BadInput(
                    f"{self.id}: the variable {p.name!r} of {self.name} has no domain: annotate it with Annotated[type, domain]"
                )
            found[p.name] = get_args(hint)[1]
        return found

    @cached_property
    def types(self) -> dict[str, Any]:
        """The Python type of each variable."""
        hints = get_type_hints(self.statement, include_extras=True)
        return {n: get_args(hints[n])[0] for n in self.variables}

    @cached_property
    def constants(self) -> dict[str, Any]:
        """The keyword-only parameters, with their values."""
        ps = inspect.signature(self.statement).parameters.values()
        return {p.name: p.default for p in ps if p.kind is p.KEYWORD_ONLY}

    def mutated(self, mutant: Mutant) -> Statement:
        """The false neighbour as a statement of its own."""
        kept = self._without(mutant.drops, f"mutant {mutant.says!r}")
        constants, variables = {**self.constants, **mutant.constants}, {**self.variables, **mutant.domains}
        return Statement(self, constants, variables, kept, self.statement)

    def candidates(self, step: Empty) -> Statement:
        """The statement that every candidate of a wider class violates a hypothesis."""
        kept = self._without(step.drops, f"empty {step.says!r}")

        def body(**values: Any) -> Claim:
            claim: Claim = by_name(step.fails, values, f"{self.id}: empty {step.says!r}")
            return claim

        return Statement(self, self.constants, {**self.variables, **step.domains}, kept, body)

    def _without(self, drops: tuple[str, ...], who: str) -> tuple[Given, ...]:
        kept = tuple(g for g in self.given if g.says not in drops)
        if len(kept) + len(drops) != len(self.given):
            raise BadInput(f"{self.id}: {who} drops a hypothesis that is not there")
        return kept

    @property
    def itself(self) -> Statement:
        """The theorem as a statement, unmutated."""
        return Statement(self, self.constants, self.variables, self.given, self.statement)


def callable_or_domain(thing: Any) -> bool:
    """Whether a thing can stand as the domain of a variable."""
    return isinstance(thing, Domain) or callable(thing)


@dataclass(frozen=True)
class Checked:
    """The decisions about one instance: its hypotheses in order, and the conclusion."""

    hypotheses: tuple[tuple[str, Decision], ...]
    conclusion: Decision


@dataclass(frozen=True)
class Statement:
    """A theorem with its constants, domains and hypotheses fixed: what is decided and searched."""

    theorem: Theorem
    constants: Mapping[str, Any]
    variables: Mapping[str, Any]
    given: tuple[Given, ...]
    body: Callable[..., Claim]

    def domain(self, name: str, seen: Instance) -> Domain:
        """The domain of a variable, given the variables before it."""
        thing = self.variables[name]
        if isinstance(thing, Domain):
            return thing
        found = by_name(thing, seen, f"{self.theorem.id}: the domain of {name!r}")
        if not isinstance(found, Domain):
            raise BadInput(f"{self.theorem.id}: the domain of {name!r} returned {found!r}, not a Domain")
        return found

    def hypotheses(self, lifted: Instance) -> Iterator[tuple[str, Claim]]:
        """Each hypothesis with its name, on a lifted instance (constants included)."""
        constants = {n: lifted[n] for n in self.constants}
        seen: dict[str, Any] = dict(constants)
        for name in self.variables:
            domain = self.domain(name, seen)
            seen[name] = lifted[name]
            yield (
                f"{name} in {domain.name if isinstance(self.variables[name], Domain) else _words(domain)}",
                domain.member(lifted[name]),
            )
        for g in self.given:
            yield g.says, by_name(g.claim, seen, f"{self.theorem.id}: the hypothesis {g.says!r}")

    def lifted(self, instance: Instance, kind: Kind) -> dict[str, Any]:
        """The instance and the constants in one arithmetic."""
        missing = [n for n in self.variables if n not in instance]
        if missing:
            raise BadInput(f"{self.theorem.id}: the instance gives no value for {missing[0]!r}")
        strangers = [n for n in instance if n not in self.variables]
        if strangers:
            raise BadInput(f"{self.theorem.id}: the instance gives a value for {strangers[0]!r}, which is no variable")
        return {n: lift(v, kind) for n, v in {**self.constants, **instance}.items()}

    def conclusion(self, lifted: Instance) -> Claim:
        """The body at a lifted instance; raises BadInput for a body that fails."""
        try:
            claim = self.body(**lifted)
        except (BadInput, ArithmeticError, CannotBatch):
            raise
        except Exception as why:  # a body is the user's code: say in one sentence where it failed
            raise BadInput(f"{self.theorem.id}: {_failure(why, self.body)}") from why
        if not hasattr(claim, "decide"):
            raise BadInput(f"{self.theorem.id}: its body returns {claim!r}, not a claim: write le(x, y), not x <= y")
        return claim

    def check(self, instance: Instance) -> Checked:
        """Every hypothesis and the conclusion, decided exactly; raises OutsideDomain."""
        lifted = self.lifted(instance, Real.of)
        decided = []
        for says, claim in self.hypotheses(lifted):
            d = claim.decide()
            if d.truth is False:
                why = f": {d.says}" if d.says else ""
                raise OutsideDomain(f"{self.theorem.id}: outside its domain, {says!r} fails{why}")
            decided.append((says, d))
        undecided = next((d for _, d in decided if d.truth is None), None)
        # An undecided hypothesis discards nothing and convicts nothing.
        try:
            conclusion = undecided or self.conclusion(lifted).decide()
        except ArithmeticError as why:
            conclusion = Decision(None, f"the conclusion cannot be evaluated: {why}")
        return Checked(tuple(decided), conclusion)

    def opinions(self, instance: Instance, checked: Checked) -> Iterator[tuple[str, Opinion]]:
        """mpmath's opinion of each hypothesis and of the conclusion (the last pair)."""
        from refute.mp import Mp

        lifted = self.lifted(instance, Mp.of)
        for (says, claim), (_, decision) in zip(self.hypotheses(lifted), checked.hypotheses, strict=True):
            yield says, claim.opinion(decision)
        yield "conclusion", self.conclusion(lifted).opinion(checked.conclusion)


def _failure(why: Exception, body: Callable[..., Any]) -> str:
    """The exception, and the line of the body's file that it came through."""
    line, tb = 0, why.__traceback__
    while tb is not None:
        if tb.tb_frame.f_code.co_filename == body.__code__.co_filename:
            line = tb.tb_lineno
        tb = tb.tb_next
    return f"line {line} of its file failed with {type(why).__name__}: {why}"


def _words(domain: Domain) -> str:
    return domain.name if len(domain.name) < 40 else "its domain"


def by_name(f: Callable[..., Any], seen: Instance, where: str) -> Any:
    """Call f with the variables that its parameters name."""
    names = list(inspect.signature(f).parameters)
    missing = [n for n in names if n not in seen]
    if missing:
        raise BadInput(f"{where} needs {missing[0]!r}, but only {', '.join(seen) or 'nothing'} comes before it")
    return f(*(seen[n] for n in names))
