"""From instances to a verdict: everything that is tried on one theorem, and its record."""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from refute import accepted, fingerprint
from refute.certificate import contradiction, second_opinion, write, write_text
from refute.data import encode
from refute.errors import BadInput
from refute.proof import prove
from refute.search import Budget, Tally, search
from refute.shrink import presentable
from refute.statement import Instance, Statement
from refute.theorem import Mutant, Theorem

Verdict = Literal["refuted", "vacuous", "holds", "proved", "undecided", "stale"]
GREEN = {"true": ("holds", "proved"), "false": ("refuted",), "vacuous": ("vacuous",), "open": ("holds", "proved")}


@dataclass
class Record:
    """What is known of one theorem after a check; the JSON has these fields."""

    id: str
    module: str
    source: str
    label: str
    reading: str
    status: str
    statement: str
    verdict: str = "undecided"
    as_expected: bool = False
    why: str = ""
    examples: int = 0
    undecided: int = 0
    screened: int = 0
    tightness: float | None = None
    mutants: dict[str, Any] = field(default_factory=lambda: {"killed": 0, "total": 0, "survivors": []})
    certificate: str = ""
    coverage: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    seed: int = 0
    seconds: float = 0.0
    date: str = ""


def blank(theorem: Theorem) -> Record:
    """A record with nothing tried yet."""
    return Record(
        id=theorem.id,
        module=Path(inspect.getfile(theorem.statement)).name,
        source=theorem.source,
        label=theorem.label,
        reading=theorem.reading,
        status=theorem.status,
        statement=theorem.prose,
    )


def seed_of(theorem: Theorem) -> int:
    """The seed of the default run: it changes with the statement and with nothing else."""
    return int(fingerprint.of_statement(theorem), 16)


def examine(theorem: Theorem, budget: Budget, folder: Path) -> Record:
    """Try everything on one theorem; certificates go to folder/.refute/certificates."""
    started = time.monotonic()
    record = blank(theorem)
    record.fingerprints = accepted.current(theorem)
    record.seed = budget.seed or seed_of(theorem)
    own = Budget(budget.examples, budget.batch, budget.seconds, record.seed)
    problems = [*stored_problems(theorem)]
    if theorem.status == "vacuous":
        tally = Tally()
        _try_emptiness(theorem, own, record)
    else:
        tally = search(theorem.itself, own)
        _fill(record, tally)
        record.verdict, record.why = verdict(theorem, tally)
    if tally.counterexample is not None:
        record.certificate = str(write(theorem, presentable(theorem.itself, tally), certificates(folder)))
    elif theorem.refuted_at is not None and not problems:
        record.verdict = "refuted"
        problems.append("the search missed the counterexample that is stored")
        record.certificate = str(write(theorem, theorem.refuted_at, certificates(folder)))
    why = accepted.stale(theorem, folder)
    if why:
        record.verdict, record.why = "stale", why
    elif record.verdict != "refuted" or theorem.status == "false":
        problems += _try_mutants(theorem, own, record)
    record.as_expected = record.verdict in GREEN[theorem.status] and not problems
    record.why = "; ".join([record.why, *problems]) if record.why else "; ".join(problems)
    record.seconds = time.monotonic() - started
    record.date = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return record


def certificates(folder: Path) -> Path:
    """Where counterexamples are written."""
    return folder / ".refute" / "certificates"


def _fill(record: Record, tally: Tally) -> None:
    record.examples = tally.decided
    record.undecided = tally.undecided
    record.screened = tally.screened
    record.tightness = tally.tightness
    record.coverage = {name: f"{tally.reached[name]} of {tally.draws}" for name in tally.required}


def verdict(theorem: Theorem, tally: Tally) -> tuple[Verdict, str]:
    """The verdict that a search earned, with the reason where it is not plain."""
    for instance, checked in tally.sample:
        why = contradiction(checked, second_opinion(theorem.itself, instance, checked))
        if why:
            return "undecided", why
    found = tally.counterexample
    if found is not None:
        checked = theorem.itself.check(found)
        why = contradiction(checked, second_opinion(theorem.itself, found, checked))
        return ("undecided", why) if why else ("refuted", "")
    proof = prove(theorem)
    if proof is not None and proof.truth:
        return "proved", ""
    if proof is not None:
        return "undecided", f"not proved: {proof.says}"
    total = tally.decided + tally.undecided
    if tally.decided == 0:
        return "undecided", tally.why_undecided or "no instance was decided"
    if tally.undecided > theorem.undecided * total or tally.undecided_limits < tally.undecided:
        allowed = f"{float(theorem.undecided):.1%}"
        return "undecided", (
            f"{tally.undecided} of {total} instances undecided, {allowed} allowed ({tally.why_undecided})"
        )
    missed = tally.missed()
    if missed:
        return "undecided", f"the generator did not reach {missed[0]}; draw more examples"
    return "holds", ""


def stored_problems(theorem: Theorem) -> Iterable[str]:
    """What is wrong with the instances stored in the record."""
    if theorem.refuted_at is not None:
        why = not_refuted(theorem.itself, theorem.refuted_at)
        if why:
            yield f"refuted_at: {why}"
    for i, instance in enumerate(theorem.attained):
        why = not_attained(theorem, instance)
        if why:
            yield f"attained[{i}]: {why}"


def not_refuted(statement: Statement, instance: Instance) -> str:
    """Why an instance is no confirmed counterexample; empty where it is one."""
    try:
        checked = statement.check(instance)
    except BadInput as why:
        return str(why)
    if checked.conclusion.truth is not False:
        return f"not violated ({checked.conclusion.says})"
    return contradiction(checked, second_opinion(statement, instance, checked))


def not_attained(theorem: Theorem, instance: Instance) -> str:
    """Why the conclusion does not hold with equality at an instance; empty where it does."""
    try:
        d = theorem.itself.check(instance).conclusion
    except BadInput as why:
        return str(why)
    if d.truth is not True:
        return f"the conclusion is {'violated' if d.truth is False else 'undecided'} there ({d.says})"
    attained = d.equal and d.tightness == 1
    return "" if attained else "the conclusion holds there, but not with equality"


def mutant_problems(theorem: Theorem, mutant: Mutant, budget: Budget) -> tuple[str, str]:
    """Why a mutant survives at its stored instance, and in the search; two empty strings if killed."""
    mutated = theorem.mutated(mutant)
    stored = not_refuted(mutated, mutant.killed_at)
    tally = search(mutated, budget)
    missed = "" if tally.counterexample is not None else f"survived {tally.decided} instances"
    return stored, missed


def _try_emptiness(theorem: Theorem, budget: Budget, record: Record) -> None:
    """Vacuous, if every candidate of every step violates the hypothesis that was left out."""
    record.verdict = "vacuous"
    for step in theorem.empty:
        tally = search(theorem.candidates(step), budget)
        record.examples += tally.decided
        record.undecided += tally.undecided
        record.screened += tally.screened
        if tally.counterexample is not None:
            record.verdict = "undecided"
            record.why = f"{step.says!r} is not violated by {json.dumps(encode(dict(tally.counterexample)))}"
        elif tally.undecided or tally.missed():
            record.verdict = "undecided"
            record.why = f"{step.says!r}: {tally.why_undecided or tally.missed()[0]}"


def _try_mutants(theorem: Theorem, budget: Budget, record: Record) -> list[str]:
    problems = []
    for mutant in theorem.mutants:
        stored, missed = mutant_problems(theorem, mutant, budget)
        if stored or missed:
            record.mutants["survivors"].append(mutant.says)
            problems.append(f"mutant {mutant.says!r}: {stored or missed}")
        else:
            record.mutants["killed"] += 1
        record.mutants["total"] += 1
    return problems


def save(records: Iterable[Record], path: Path, older: Iterable[Any] = ()) -> None:
    """Write the ledger, one JSON object per theorem; `older` are records as they were read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps([*older, *(asdict(r) for r in records)], indent=1) + "\n")


def others(path: Path, ids: set[str]) -> list[Any]:
    """The records of a ledger that have none of these ids; none where it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [r for r in found if isinstance(r, dict) and r.get("id") not in ids] if isinstance(found, list) else []
