"""The search for a counterexample: Hypothesis draws, batches steer, exact arithmetic decides."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, settings, target
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from refute import climb
from refute.data import encode
from refute.domains import Case, Domain
from refute.errors import BadInput, OutsideDomain
from refute.screen import SUSPICIOUS, Screen
from refute.statement import Checked, Instance, Statement
from refute.trail import Trail, so_far


@dataclass(frozen=True)
class Budget:
    """How hard to search: instances, candidates per batch, seconds (None: no limit), the seed."""

    examples: int = 1000
    batch: int = 128
    seconds: float | None = None
    seed: int = 0


@dataclass
class Tally:
    """What a search did. `decided` counts instances decided exactly or in balls."""

    decided: int = 0
    undecided: int = 0
    undecided_limits: int = 0
    screened: int = 0
    seconds: float = 0.0
    tightness: float | None = None
    tightest: Instance | None = None
    why_undecided: str = ""
    counterexample: Instance | None = None
    trail: Trail | None = None
    reached: Counter[str] = field(default_factory=Counter)
    required: dict[str, Case] = field(default_factory=dict)
    draws: int = 0
    sample: list[tuple[Instance, Checked]] = field(default_factory=list)
    costly: dict[str, Checked] = field(default_factory=dict)

    def missed(self) -> list[str]:
        """The required cases that the draws did not reach in half of their share, with the counts."""
        return [
            f"{name}: {self.reached[name]} of {self.draws} draws, required {float(case.share):.1%}"
            for name, case in self.required.items()
            if self.reached[name] < max(1, float(case.share) * self.draws / 2)
        ]


class _Stop(BaseException):
    """The search has found a counterexample or used its time: no failure that Hypothesis would replay."""


# Every so many instances one is kept for mpmath's second opinion.
SAMPLE_EVERY = 64


def search(statement: Statement, budget: Budget) -> Tally:
    """Search one statement; the tally holds a counterexample as soon as there is one."""
    climb.register()  # a bare checkout has no entry point that did it
    tally = Tally()
    screen = Screen(statement, budget.batch)
    rng = np.random.default_rng(budget.seed)
    started = time.monotonic()

    @st.composite
    def instances(draw: Any) -> tuple[Instance, dict[str, Domain]]:
        return draw_instance(statement, draw)

    def one(drawn: tuple[Instance, dict[str, Domain]]) -> None:
        instance, domains = drawn
        if budget.seconds is not None and time.monotonic() - started > budget.seconds:
            raise _Stop
        score = _native(statement, tally, instance, domains)
        found = screen.worst(rng, instance, domains)
        if found is not None:
            slack, candidates = found
            if slack < SUSPICIOUS:
                _decide_candidates(statement, tally, candidates, screen.varied(domains))
            if np.isfinite(slack):
                score = max(score, 1.0 - slack)
        if tally.counterexample is not None:
            raise _Stop
        if np.isfinite(score):
            target(score)

    run = settings(
        max_examples=budget.examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.target),
        verbosity=Verbosity.quiet,
        print_blob=False,
        report_multiple_bugs=False,
        backend=climb.NAME,
        suppress_health_check=list(HealthCheck),
    )(hypothesis.seed(budget.seed)(given(instances())(one)))
    try:
        run()
    except _Stop:
        pass
    except Unsatisfiable:
        raise BadInput(
            f"{statement.theorem.id}: the generators never met the hypotheses; an empty or too thin domain is an error, not a verdict"
        ) from None
    tally.screened = screen.screened
    tally.seconds = time.monotonic() - started
    return tally


def draw_instance(statement: Statement, draw: Any) -> tuple[Instance, dict[str, Domain]]:
    """One instance, variable by variable, and the domain that each came from."""
    seen: dict[str, Any] = dict(statement.constants)
    domains: dict[str, Domain] = {}
    for name in statement.variables:
        domains[name] = statement.domain(name, seen)
        seen[name] = domains[name].draw(draw)
    return {n: seen[n] for n in statement.variables}, domains


def _native(statement: Statement, tally: Tally, instance: Instance, domains: dict[str, Domain]) -> float:
    """Decide a drawn instance; returns its score for Hypothesis's target."""
    try:
        checked, again = _checked(statement, tally, instance)
    except OutsideDomain as why:
        if why.says in {g.says for g in statement.given}:
            hypothesis.reject()
        raise BadInput(f"a generator left its own domain: {why}") from None
    tally.draws += 1
    for domain in domains.values():
        for case in domain.cases:
            tally.required[case.name] = case
    for name, domain in domains.items():
        for case in domain.cases:
            if case.test(instance[name]):
                tally.reached[case.name] += 1
    if not again:
        _count(tally, instance, checked)
    t = checked.conclusion.tightness
    return -np.inf if t is None else t


def _checked(statement: Statement, tally: Tally, instance: Instance) -> tuple[Checked, bool]:
    """The decision, and whether it is one made before: costly ones are kept, since few instances are drawn again and again."""
    key = json.dumps(encode(dict(instance))) if tally.costly else ""
    if key in tally.costly:
        return tally.costly[key], True
    checked = statement.check(instance)
    if checked.conclusion.costly:
        tally.costly[key or json.dumps(encode(dict(instance)))] = checked
    return checked, False


def _count(tally: Tally, instance: Instance, checked: Checked) -> None:
    d = checked.conclusion
    if d.truth is None:
        tally.undecided += 1
        tally.undecided_limits += d.evidence is not None
        tally.why_undecided = tally.why_undecided or d.says
        return
    tally.decided += 1
    if d.truth is False:
        tally.counterexample, tally.trail = instance, so_far()
        return
    if d.tightness is not None and (tally.tightness is None or d.tightness > tally.tightness):
        tally.tightness, tally.tightest = d.tightness, instance
    if tally.decided % SAMPLE_EVERY == 1:
        tally.sample.append((instance, checked))


def _decide_candidates(
    statement: Statement, tally: Tally, candidates: Iterator[Instance], varied: Sequence[str]
) -> None:
    for candidate in candidates:
        try:
            checked = statement.check(candidate)
        except OutsideDomain:
            continue
        _count(tally, candidate, checked)
        if tally.trail is not None:
            tally.trail = tally.trail.onwards(candidate, varied)
            return
