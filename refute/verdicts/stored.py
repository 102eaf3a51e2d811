"""What a record names, decided again: its proof, its counterexample, the instances at which it is attained."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path

from refute.errors import BadInput
from refute.proofs.at_once import SECONDS
from refute.safety.alarm import TimeIsUp, alarm
from refute.sources.proofs import proof_problem
from refute.statements.claims import in_numbers
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Instance, Statement
from refute.statements.theorem import Theorem
from refute.statements.wording import described


def stored_problems(theorem: Theorem) -> Iterable[str]:
    """What is wrong with the proof and the instances that a record names."""
    problem = proof_problem(theorem.proof, Path(inspect.getfile(theorem.statement)))
    if problem:
        yield problem
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
        with described(), alarm(SECONDS):
            checked = statement.check(instance)
    except BadInput as why:
        return str(why).removeprefix(f"{statement.id}: ")
    except TimeIsUp:
        return f"time: it took more than {SECONDS:g} s"
    if checked.conclusion.truth is not False:
        state = "holds" if checked.conclusion.truth else "stays undecided"
        return f"no violation, the conclusion {state} there: {in_numbers(checked.conclusion)}"
    return contradiction(checked, second_opinion(statement, instance, checked))


def not_attained(theorem: Theorem, instance: Instance) -> str:
    """Why the conclusion does not hold with equality at an instance; empty where it does."""
    try:
        with described(), alarm(SECONDS):
            d = theorem.itself.check(instance).conclusion
    except BadInput as why:
        return str(why).removeprefix(f"{theorem.id}: ")
    except TimeIsUp:
        return f"time: it took more than {SECONDS:g} s"
    if d.truth is not True:
        return f"the conclusion is {'violated' if d.truth is False else 'undecided'} there: {in_numbers(d)}"
    attained = d.equal and d.tightness == 1
    return "" if attained else f"the conclusion holds there, but not with equality: {in_numbers(d)}"
