"""From instances to a verdict: everything that is tried on one theorem, and its record."""

from __future__ import annotations

import inspect
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from refute import verify_proof
from refute.duality.decide import SETTINGS, ForAll, for_all
from refute.errors import BadInput
from refute.numbers.real import Real
from refute.proofs.at_once import prove
from refute.proofs.finite import elements_agree
from refute.proofs.for_all import as_data
from refute.proofs.for_all import write as write_proof
from refute.safety.alarm import TimeIsUp, alarm
from refute.safety.failure import shown
from refute.search.budget import Budget, left
from refute.search.drawn import words
from refute.search.sampling import NeverMet, examples, search
from refute.search.shrink import presentable
from refute.search.simplify import PATIENCE
from refute.search.tally import Tally, at_most
from refute.statements import fingerprint
from refute.statements.claims import Claim, Decision, known
from refute.statements.data import encode
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import NOT_EVALUATED, Instance, Statement
from refute.statements.theorem import Theorem
from refute.verdicts import accepted
from refute.verdicts.certificate import write
from refute.verdicts.mutants import attacked, to_find
from refute.verdicts.record import GREEN, Record, Verdict, certificates, now
from refute.verdicts.stored import stored_problems

# So many operations an instance may cost on the average, before the search ends with fewer instances. A statement that is false, and a mutant,
# may cost more: there is something to find.
OPERATIONS = 300
# Of what an instance may cost a statement that is proved to be about nothing takes such a part: each instance shows the same.
EMPTY = 10
# Of so many instances a share shows.
MANY = 1000
# A share is too large if few instances show so many open ones with less than this probability.
BY_BAD_LUCK = 1e-2
# At so many points a statement that is proved for all values is evaluated; one may cost so many operations on the average.
POINTS, OF_A_POINT = 64, 1000


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
        provenance=theorem.provenance,
    )


def seed_of(theorem: Theorem) -> int:
    """The seed of the default run: it changes with the statement and with nothing else."""
    return int(fingerprint.of_statement(theorem), 16)


def examine(theorem: Theorem, budget: Budget, folder: Path) -> Record:
    """Try everything on one theorem; certificates go to folder/.refute/certificates. Where a user's code fails the verdict
    is "error", with the sentence; a counterexample that was found before is kept."""
    started, clock = time.monotonic(), time.process_time()
    record = blank(theorem)
    record.budget = {"examples": budget.examples, "batch": budget.batch}
    try:
        record.fingerprints = accepted.current(theorem)
        record.seed = budget.seed or seed_of(theorem)
        _examine(theorem, replace(budget, seed=record.seed), folder, record, started)
    except BadInput as why:
        record.verdict, record.as_expected, record.why = "error", False, str(why)
    record.seconds = time.monotonic() - started
    record.cpu = time.process_time() - clock
    record.date = now()
    return record


def _examine(theorem: Theorem, budget: Budget, folder: Path, record: Record, started: float) -> None:
    problems = [*stored_problems(theorem)]
    elements_agree(theorem, record.seed)
    if theorem.status == "vacuous":
        tally = Tally()
        _try_emptiness(theorem, replace(left(budget, started), operations=OPERATIONS // EMPTY), record)
    else:
        at_once = prove(theorem)
        proof, exception = at_once.decision, at_once.exception
        every = None if proof is not None else _by_duality(theorem, record, left(budget, started))
        if every is not None and every.proof and theorem.refuted_at is not None:
            problems.append(
                "a proof by duality, which no verdict rests on, contradicts the counterexample that is stored"
            )
        elif every is not None and every.proof:
            proof = agreed(theorem, every.proof)
            record.proof_file = _kept(theorem, every.proof, folder) if proof.truth else ""
        proved = proof is not None and proof.truth is True
        # An identity that is proved is still evaluated at points, exactly and by mpmath.
        own = to_find(budget) if theorem.status == "false" else replace(budget, operations=OPERATIONS)
        if proved:
            # Where a class has members that are only said to belong to it, what is proved may not be true of them.
            assumed = _assumes(theorem.itself, record.seed)
            record.assumed = assumed
            own = (
                budget
                if assumed
                else replace(own, examples=min(budget.examples, POINTS), asked=4, operations=OF_A_POINT)
            )
        exception = exception or (every.counterexample if every is not None else None)
        if exception is not None:
            # The search has but to try whether there is a simpler one.
            own = replace(own, examples=min(budget.examples, POINTS))
        if proved and at_once.decided:
            # Each instance is decided, and no draw is another one.
            tally = Tally(
                decided=at_once.decided, empty=at_once.empty, replayed=at_once.replayed, tightness=at_once.tightness
            )
        else:
            tally = search(theorem.itself, own)
        if tally.counterexample is None and exception is not None:
            tally.counterexample, tally.decided = exception, tally.decided + 1
        if every is not None and every.settings and tally.counterexample is None:
            record.settings = {"decided": every.decided, "of": every.settings}
        _fill(record, tally)
        record.verdict, record.why = verdict(theorem, tally, proof)
        if record.verdict == "holds" and every is not None and every.violated:
            record.verdict, record.why = "undecided", every.violated
        if record.verdict == "proved" and tally.undecided and NOT_EVALUATED in tally.why_undecided:
            record.verdict, record.why = (
                "undecided",
                f"its forms are proved, but it has no value at an instance: {tally.why_undecided}",
            )
        # Of fewer than half of what was asked for, what is proved may be a statement about next to nothing.
        if record.verdict == "proved" and record.proof_file and 2 * tally.decided < min(budget.examples, POINTS):
            record.verdict = "undecided"
            record.why = f"it is proved, but only {tally.decided} instances could be drawn beside the proof: is its class, or a domain, nearly empty?"
    if tally.counterexample is not None and record.proof_file:
        # Whichever is right, nobody may rest on the other.
        Path(record.proof_file).unlink(missing_ok=True)
        record.proof_file = ""
        problems.append(
            "a proof by duality was found as well as a counterexample: where no class of your own has members that break its conditions, one of them is a fault of refute, please report it"
        )
    if tally.counterexample is not None:
        # As it was found, before anything tries to make it simpler: it is not lost whatever happens.
        _certify(theorem, tally.counterexample, folder, record, problems)
        if record.verdict == "refuted":
            seconds = left(budget, started).seconds
            patience = PATIENCE if seconds is None else min(PATIENCE, max(1.0, seconds / 2))
            try:
                small = presentable(theorem.itself, tally, patience)
            except BadInput as failed:  # a user's code that offers simpler elements
                problems.append(f"the counterexample is as it was found, since making it simpler failed: {failed}")
            else:
                _certify(theorem, small, folder, record, problems)
    elif theorem.refuted_at is not None and not problems:
        record.verdict = "refuted"
        problems.append(
            "the search missed the counterexample that is stored: let a domain draw what it needs, such_that(domain, name, condition, also=...) or points(..., also=...)"
        )
        _certify(theorem, theorem.refuted_at, folder, record, problems)
    why = "" if accepted.is_stub(theorem) else accepted.stale(theorem, folder)  # it is undecided
    if why:
        record.verdict, record.why = "stale", why
    elif record.verdict != "refuted" or theorem.status == "false":
        problems += attacked(theorem, budget, record, started)
    record.problems = problems
    record.as_expected = record.verdict in GREEN[theorem.status] and not problems
    record.why = "; ".join([record.why, *problems]) if record.why else "; ".join(problems)


def _by_duality(theorem: Theorem, record: Record, budget: Budget) -> ForAll | None:
    """What duality finds in half of the time that is left: the rest is the search's."""
    try:
        with alarm(None if budget.seconds is None else max(1.0, budget.seconds / 2)):
            return for_all(theorem.itself, lambda: examples(theorem.itself, record.seed, SETTINGS))
    except TimeIsUp:
        record.by_clock = True
        return None


def _assumes(statement: Statement, seed: int) -> bool:
    """Whether a class of the statement has conditions that its members are only said to satisfy (see Family)."""
    for instance in examples(statement, seed, 1):
        lifted = statement.lifted(instance, Real.of)
        domains = [statement.domain(name, lifted) for name in statement.variables]
        return any(d.every is not None and d.every.assumed for d in domains)
    return False


def agreed(theorem: Theorem, proof: Any) -> Decision:
    """Whether the second checker, which shares no code with the first one, accepts a proof by duality, too."""
    try:
        verify_proof.check(as_data(theorem, proof))
    except verify_proof.NoProof as why:
        return Decision(None, f"the second checker of proofs does not accept this one: {why}")
    return Decision(True, "weighted conditions of its classes and squares add up to it")


def _kept(theorem: Theorem, proof: Any, folder: Path) -> str:
    """The file of a proof; empty where it cannot be written: it is found again in no time."""
    try:
        return str(write_proof(theorem, proof, certificates(folder)))
    except OSError:
        return ""


def _certify(theorem: Theorem, instance: Instance, folder: Path, record: Record, problems: list[str]) -> None:
    try:
        record.certificate = str(write(theorem, instance, certificates(folder)))
    except OSError as why:
        says = f"the counterexample cannot be written ({why.strerror or why}): {json.dumps(encode(dict(instance)))}"
        problems[:] = [p for p in problems if not p.startswith("the counterexample cannot")] + [says]


def _fill(record: Record, tally: Tally) -> None:
    record.examples = tally.decided
    record.undecided = tally.undecided
    record.work, record.spent, record.by_clock = tally.work, tally.spent, tally.by_clock
    record.screened, record.singly = tally.screened, tally.singly
    record.replayed = tally.replayed
    record.tightness = tally.tightness
    record.drawn = words(tally.drawn)
    if 0 < len(tally.numbers) < tally.draws:
        record.drawn["instances"] = f"{len(tally.numbers)} different"
    record.coverage = {name: f"{tally.reached[name]} of {tally.draws}" for name in tally.required}


def verdict(theorem: Theorem, tally: Tally, proof: Decision | None = None) -> tuple[Verdict, str]:
    """The verdict that a search and a proof for all values, if there is one, earned; with the reason where it is not plain."""
    if tally.disagreement:
        return "undecided", tally.disagreement
    found = tally.counterexample
    if found is not None:
        checked = theorem.itself.check(found)
        why = contradiction(checked, second_opinion(theorem.itself, found, checked))
        return ("undecided", why) if why else ("refuted", "")
    total = tally.decided + tally.undecided
    if tally.out_of_time:
        return "undecided", f"time: {total} instances were tried; a longer --timeout tries more"
    if tally.decided and tally.empty == tally.decided:
        return "undecided", "its conclusion is a conjunction without parts at every instance: it says nothing"
    if proof is not None and proof.truth:
        return "proved", ""
    if proof is not None:
        return "undecided", f"not proved: {proof.says}"
    if tally.decided == 0:
        return "undecided", tally.why_undecided or "no instance was decided"
    share = float(theorem.undecided)
    many = _too_many(tally.undecided, share, total) or _too_many(tally.open_draws, share, tally.draws)
    if many or tally.undecided_limits < tally.undecided:
        drawn = f", met in {tally.open_draws} of {tally.draws} draws" if tally.open_draws > tally.undecided else ""
        return "undecided", (
            f"{tally.undecided} of {total} instances undecided{drawn}, {share:.1%} allowed"
            f"{'; the search ended there' if tally.given_up else ''} ({tally.why_undecided}), the first at {_line(tally.open_at)}"
        )
    if tally.one_sided or tally.thin:
        return "undecided", tally.one_sided or tally.thin
    missed = tally.missed()
    if missed:
        return (
            "undecided",
            f"the generator, where the hypotheses hold, did not reach {missed[0]}; draw more examples, or, where a hypothesis excludes the case, say it in the domain: such_that",
        )
    return "holds", ""


def _too_many(undecided: int, allowed: float, total: int) -> bool:
    """Whether more instances are undecided than the share that is allowed; of few, more than chance makes of it once in a hundred times."""
    mean = allowed * total
    return undecided > mean and (total >= MANY or 1 - at_most(undecided - 1, mean) < BY_BAD_LUCK)


def _line(instance: Instance | None) -> str:
    """An instance in one line, its beginning where it is long; a function by its formula."""
    parts = [(name, shown(value)) for name, value in (instance or {}).items()]
    text = ", ".join(words if " = " in words else f"{name} = {words}" for name, words in parts)
    return text if len(text) <= 300 else text[:300] + " ..."


def _try_emptiness(theorem: Theorem, budget: Budget, record: Record) -> None:
    """Vacuous, if every candidate of every step violates the hypothesis that was left out, and no draw meets all hypotheses."""
    record.verdict = "vacuous"
    try:
        met = search(replace(theorem.itself, body=_nothing), replace(budget, examples=POINTS, batch=0))
    except NeverMet:
        met = None
    if met is not None and (met.counterexample is not None or met.disagreement):
        found = met.counterexample
        record.verdict = "undecided"
        record.why = met.disagreement if found is None else f"the hypotheses are met by {_line(found)}"
        return
    for step in theorem.empty:
        tally = search(theorem.candidates(step), budget)
        record.drawn.update(words(tally.drawn))
        record.examples += tally.decided
        record.undecided += tally.undecided
        record.screened += tally.screened
        record.work, record.spent = record.work + tally.work, record.spent or tally.spent
        record.by_clock = record.by_clock or tally.by_clock
        record.replayed += tally.replayed
        if tally.out_of_time or tally.disagreement:
            record.verdict = "undecided"
            record.why = f"{step.says!r}: {tally.disagreement or 'time: a longer --timeout tries more'}"
        elif tally.counterexample is not None:
            record.verdict = "undecided"
            record.why = f"{step.says!r} is not violated by {json.dumps(encode(dict(tally.counterexample)))}"
        elif tally.undecided or tally.one_sided or tally.missed():
            record.verdict = "undecided"
            record.why = f"{step.says!r}: {tally.why_undecided or tally.one_sided or tally.missed()[0]}"


def _nothing(**values: Any) -> Claim:
    """False of every instance."""
    return known(False, "an instance")
