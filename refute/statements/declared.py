"""Whether a record says what it has to say: each field of the kind that it needs, and names that are bound."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, get_args

from refute.errors import BadInput, not_exact
from refute.safety.failure import shown
from refute.safety.hints import nearest
from refute.statements.statement import Given

if TYPE_CHECKING:
    from refute.statements.theorem import Mutant, Theorem

# No two hyphens in a row: they stand for the signs / and : in the names of certificates.
_WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def theorem_is_whole(t: Theorem) -> None:
    """Raises BadInput for a record that is not well formed."""
    from refute.statements.theorem import Empty, Mutant, Status

    if not inspect.isroutine(t.statement):
        raise BadInput(
            f"Theorem({shown(t.statement)}, ...): its first argument is the function that states it: Theorem(lemma, source=..., label=...)"
        )
    for what, word in (("source", t.source), ("label", t.label), ("reading", t.reading)):
        if not isinstance(word, str) or not _WORD.fullmatch(word):
            raise BadInput(
                f"{what} {word!r} of a theorem is not a name: use lower-case letters and digits, with single '.' and '-' between them"
            )
    if t.status not in get_args(Status):
        near = nearest(str(t.status), get_args(Status))
        meant = f"; did you mean {near!r}?" if near else ""
        raise BadInput(f"{t.id}: status {t.status!r} is none of {', '.join(get_args(Status))}{meant}")
    for field, kind, example in (
        ("given", Given, 'Given("x > 0", lambda x: lt(0, x))'),
        ("mutants", Mutant, 'Mutant("a better constant", {"c": ...}, killed_at={...})'),
        ("empty", Empty, 'Empty("a hypothesis fails", ...)'),
        ("attained", Mapping, '{"x": Fraction(1)}'),
    ):
        _sequence_of(t, field, getattr(t, field), kind, example)
    _evidence(t)
    if isinstance(t.undecided, str) or not 0 <= t.undecided * 100 <= 1:
        raise BadInput(f"{t.id}: undecided={t.undecided} is not between 0 and 1/100")
    for p in inspect.signature(t.statement).parameters.values():
        if p.kind in _VARIADIC:
            name = f"{'**' if p.kind is p.VAR_KEYWORD else '*'}{p.name}"
            raise BadInput(
                f"{t.id}: {name} in the signature of {t.name}: give each variable a name and a domain of its own"
            )
    _constants(t)
    _names(t)


def _sequence_of(t: Theorem, field: str, value: Any, kind: type, example: str) -> None:
    if not isinstance(value, (tuple, list)):
        raise BadInput(f"{t.id}: {field}= is a tuple, also of one: write {field}=({example},)")
    for i, part in enumerate(value):
        if not isinstance(part, kind):
            raise BadInput(f"{t.id}: {field}[{i}] is {shown(part)}, a {type(part).__name__}: write {example}")


def _evidence(t: Theorem) -> None:
    if not all(isinstance(words, str) for words in (t.proof, t.text, t.as_cited)):
        raise BadInput(f"{t.id}: proof=, text= and as_cited= are words: write proof='docs/proofs.md#lemma'")
    _sequence_of(t, "texts", t.texts, str, '"paper.tex#ass:smooth"')
    if len(set(t.links)) != len(t.links):
        raise BadInput(f"{t.id}: text= and texts= name a text twice: {', '.join(t.links)}")
    if t.status == "true" and not t.proof:
        raise BadInput(f"{t.id}: status 'true' needs proof=, a reference or an anchor in docs/")
    if t.status == "vacuous" and not (t.proof and t.empty):
        raise BadInput(f"{t.id}: status 'vacuous' needs proof= and empty=, the proof in executable form")
    if t.status == "false" and t.refuted_at is None:
        raise BadInput(f"{t.id}: status 'false' needs refuted_at=, an exact counterexample")
    if t.refuted_at is not None and not isinstance(t.refuted_at, Mapping):
        raise BadInput(
            f"{t.id}: refuted_at={shown(t.refuted_at)} is no instance: write a dictionary, {{'x': Fraction(1)}}"
        )


def _constants(t: Theorem) -> None:
    for name, value in t.constants.items():
        if value is inspect.Parameter.empty:
            raise BadInput(
                f"{t.id}: the constant {name} of {t.name} has no value: write {name}: Fraction = Fraction(1)"
            )
        if isinstance(value, (float, str)):
            raise BadInput(f"{t.id}: the constant {name} = {value!r} of {t.name}: {not_exact(value)}")


def _names(t: Theorem) -> None:
    bound = {*t.variables, *t.constants}
    for what, keys in (
        ("refuted_at", t.refuted_at or {}),
        *((f"attained[{i}]", a) for i, a in enumerate(t.attained)),
        *((f"mutant {m.says!r}", {**m.constants, **m.killed_at, **m.domains}) for m in t.mutants),
        ("symbols", t.symbols),
    ):
        strangers = sorted(set(map(str, keys)) - bound)
        if strangers:
            near = nearest(strangers[0], bound)
            meant = f"; did you mean {near!r}?" if near else ""
            raise BadInput(
                f"{t.id}: {what} names {strangers[0]!r}, but the statement binds only {', '.join(sorted(bound))}{meant}"
            )


def mutant_is_whole(m: Mutant) -> None:
    """Raises BadInput for a mutant that is not well formed."""
    if not isinstance(m.says, str):
        raise BadInput(f"Mutant({shown(m.says)}, ...): first what it says, in words, then its constants")
    for field in ("constants", "killed_at", "domains"):
        if not isinstance(getattr(m, field), Mapping):
            raise BadInput(
                f"mutant {m.says!r}: {field}={shown(getattr(m, field))} is no dictionary from names to values"
            )
    if not isinstance(m.drops, (tuple, list)):
        raise BadInput(
            f"mutant {m.says!r}: drops= is a tuple of names of hypotheses, also of one: drops=({m.drops!r},)"
        )


def domain_of(hint: Any, parts: Iterable[Any], where: str) -> str:
    """Why an annotation gives a variable no domain, as a sentence."""
    from refute.statements.domains import Domain

    parts = tuple(parts)
    if isinstance(hint, Domain):
        return (
            f"{where} has no type: write Annotated[Fraction, {hint.name}], the type first, with the domain as it stands"
        )
    if parts and isinstance(parts[0], Domain):
        return f"{where} has its type last: write Annotated[type, domain]"
    if len(parts) > 1 and isinstance(parts[1], (tuple, list)) and len(parts[1]) == 2:
        return f"{where} has the {type(parts[1]).__name__} {parts[1]} for a domain: write between{tuple(parts[1])}"
    return f"{where} has no domain: annotate it with Annotated[type, domain], such as Annotated[Fraction, between(0, 2)]; a constant of the statement, with a value, stands behind *"
