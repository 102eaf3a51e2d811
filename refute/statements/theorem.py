"""A theorem: its quantifier block (a signature), its conclusion (a body) and its record."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from refute.errors import BadInput
from refute.statements.bodies.chance import refuse_chance
from refute.statements.bodies.one_pass import refuse_iterators
from refute.statements.claims import Claim, Violated, both, known
from refute.statements.declared import domain_of, mutant_is_whole, theorem_is_whole
from refute.statements.domains import Domain
from refute.statements.statement import Given, Instance, Statement, by_name, parameters

Status = Literal["true", "false", "vacuous", "open"]
Provenance = Literal["printed", "as cited", "reading", "amended"]


@dataclass(frozen=True)
class Made:
    """A theorem that was made while a file was loaded: the module that made it, and whether it was made from another one, by dataclasses.replace."""

    maker: str
    theorem: Theorem
    anew: bool


_MADE: ContextVar[list[Made] | None] = ContextVar("made", default=None)


@contextmanager
def noting_theorems() -> Iterator[list[Made]]:
    """While a file is loaded: every theorem that is made meanwhile, so that none is lost that no name keeps."""
    made: list[Made] = []
    before = _MADE.set(made)
    try:
        yield made
    finally:
        _MADE.reset(before)


def _made(theorem: Theorem) -> Made:
    """By the module that is being loaded, itself or by a function of another one."""
    frame, anew = sys._getframe(1), False
    while frame.f_code.co_name != "<module>" and frame.f_back is not None:
        anew = anew or frame.f_code is replace.__code__
        frame = frame.f_back
    return Made(str(frame.f_globals.get("__name__", "")), theorem, anew)


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

    def __post_init__(self) -> None:
        mutant_is_whole(self)


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
    text        "paper.tex#lem:descent": the labelled environment that states it;
    texts       other labelled texts that it rests on, ("paper.tex#ass:smooth",): assumptions, definitions;
    as_cited    where the statement is known from, if it is not printed in the text that the project has of its source.
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
    texts: tuple[str, ...] = ()
    as_cited: str = ""

    def __post_init__(self) -> None:
        theorem_is_whole(self)
        made = _MADE.get()
        if made is not None:
            made.append(_made(self))

    @property
    def id(self) -> str:
        """source/label for the printed reading, source/label:reading for others."""
        tail = "" if self.reading == "printed" else f":{self.reading}"
        return f"{self.source}/{self.label}{tail}"

    @property
    def provenance(self) -> Provenance:
        """Who says so: "printed" in the source, "as cited" from elsewhere, "reading" or "amended" by the theorem file."""
        if self.reading == "printed":
            return "as cited" if self.as_cited else "printed"
        return "amended" if self.amends else "reading"

    @property
    def links(self) -> tuple[str, ...]:
        """Every text that it is linked to: the one that states it first."""
        return ((self.text,) if self.text else ()) + tuple(self.texts)

    @property
    def name(self) -> str:
        """The name of the statement's function."""
        return self.statement.__name__

    @property
    def prose(self) -> str:
        """The statement in words and formulas: the docstring of its function."""
        return inspect.cleandoc(self.statement.__doc__ or "")

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
            parts = get_args(hint) if get_origin(hint) is Annotated else ()
            if not parts or isinstance(parts[0], Domain) or not callable_or_domain(parts[1]):
                raise BadInput(f"{self.id}: {domain_of(hint, parts, f'the variable {p.name!r} of {self.name}')}")
            if any(isinstance(part, Domain) or callable(part) for part in parts[2:]):
                raise BadInput(
                    f"{self.id}: the variable {p.name!r} of {self.name} has two domains, and one would be dropped (an alias brings its own): write "
                    "such_that(domain, name, lambda x: ...) for a part of a domain, or a hypothesis in given=(...)"
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
        return Statement(self.id, constants, variables, kept, self.statement, self.types)

    def candidates(self, step: Empty) -> Statement:
        """The statement that every candidate of a wider class violates a hypothesis that is left out, and that the claim of the step holds.
        Variables after the last one that it names play no part."""
        where = f"empty {step.says!r}"
        kept = self._without(step.drops, where)
        if not step.drops and not step.domains:
            raise BadInput(f"{self.id}: {where} leaves out no hypothesis: name one in drops=, or give a wider domain")
        dropped = [g for g in self.given if g.says in step.drops]
        claims = (step.fails, *(g.claim for g in (*kept, *dropped)))
        variables = {**self.variables, **step.domains}
        named = {n for claim in claims for n in parameters(claim)} | set(step.domains)
        last = max((i for i, n in enumerate(variables) if n in named), default=len(variables) - 1)

        def violated(values: Mapping[str, Any]) -> Iterator[tuple[str, Claim]]:
            for g in dropped:
                yield g.says, by_name(g.claim, values, f"{self.id}: the hypothesis {g.says!r}")
            for name in step.domains:
                domain = self.itself.domain(name, values)
                made = domain.is_made_of(values[name])
                yield f"{name} in {domain.name}", domain.member(values[name]) if made else known(False)

        def body(**values: Any) -> Claim:
            return both(
                one_of_the_hypotheses_left_out_fails=Violated(tuple(violated(values))),
                and_as_the_step_says=by_name(step.fails, values, f"{self.id}: {where}"),
            )

        return Statement(self.id, self.constants, dict(list(variables.items())[: last + 1]), kept, body, self.types)

    def _without(self, drops: tuple[str, ...], who: str) -> tuple[Given, ...]:
        kept = tuple(g for g in self.given if g.says not in drops)
        if len(kept) + len(drops) != len(self.given):
            raise BadInput(f"{self.id}: {who} drops a hypothesis that is not there")
        return kept

    @cached_property
    def _is_a_function_of_its_variables(self) -> bool:
        functions = [(self.name, self.statement), *((g.says, g.claim) for g in self.given)]
        refuse_iterators(self.id, [*functions, *self.constants.items(), *self.variables.items()])
        refuse_chance(self.id, functions)
        return True

    @property
    def itself(self) -> Statement:
        """The theorem as a statement, unmutated. Raises BadInput where it names an iterator, which the first evaluation would empty, or what answers by chance."""
        assert self._is_a_function_of_its_variables
        return Statement(self.id, self.constants, self.variables, self.given, self.statement, self.types)


def callable_or_domain(thing: Any) -> bool:
    """Whether a thing can stand as the domain of a variable."""
    return isinstance(thing, Domain) or callable(thing)
