"""The search for a counterexample: Hypothesis draws, batches steer, exact arithmetic decides."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from math import inf
from types import FunctionType
from typing import Any

import hypothesis
import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, settings, target
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException, StopTest, Unsatisfiable

from refute.errors import BadInput, NoAnswer, NoRationalPoint, OutsideDomain, Undecided
from refute.numbers.real import Real, as_fraction
from refute.numbers.vector import Vec
from refute.safety.alarm import TimeIsUp, alarm
from refute.safety.failure import told
from refute.safety.pulse import pulse
from refute.search import climb
from refute.search.budget import Budget
from refute.search.drawn import add
from refute.search.screen import SUSPICIOUS, Screen
from refute.search.settled import settled
from refute.search.tally import FEW, Tally
from refute.search.trail import so_far
from refute.statements.claims import NO_PART, Decision, certified
from refute.statements.consistency import came_with_refute, raise_contradictions
from refute.statements.data import encode
from refute.statements.domains import Domain, choose
from refute.statements.named_numbers import numbers_named
from refute.statements.narrowed import belongs, drawn_near
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Checked, Instance, Statement, parameters
from refute.work import WORK

# Of so many instances that are numbers and points alone one has whole ones, up to this one.
SMALL, LARGEST = 8, 6


class NeverMet(BadInput):
    """No draw met the hypotheses."""


class _Stop(BaseException):
    """The search has found a counterexample or used its time: no failure that Hypothesis would replay."""


class _Broken(BaseException):
    """A user's code failed: no failure that Hypothesis would replay."""


def search(statement: Statement, budget: Budget) -> Tally:
    """Search one statement; the tally holds a counterexample as soon as there is one."""
    climb.register()  # a bare checkout has no entry point that did it
    tally = Tally()
    screen = Screen(statement, budget.batch)
    rng = np.random.default_rng(budget.seed)
    started, before = time.monotonic(), WORK.ticks

    @st.composite
    def instances(draw: Any) -> tuple[Instance, dict[str, Domain]]:
        tally.begun += 1
        with _users_code():
            try:
                return draw_instance(statement, draw, tally.unanswered)
            except NoRationalPoint:
                tally.irrational += 1
                return hypothesis.reject()

    def one(drawn: tuple[Instance, dict[str, Domain]]) -> None:
        instance, domains = drawn
        if budget.seconds is not None and time.monotonic() - started > budget.seconds:
            tally.out_of_time = tally.by_clock = True
            raise _Stop
        tally.work = WORK.ticks - before
        most = inf if budget.operations is None else budget.operations * budget.examples
        # Where instances stay open no number of others makes the verdict, but one that is decided may.
        few = 4 * FEW if tally.undecided else FEW
        tally.spent = tally.work > most and tally.decided + tally.undecided >= few
        if tally.spent:
            raise _Stop
        pulse(tally.decided, budget.examples)
        with _users_code():
            score = _tried(statement, tally, screen, rng, budget, instance, domains)
        tally.given_up = tally.undecided > max(FEW, budget.examples // 10)
        if tally.counterexample is not None or tally.disagreement or tally.given_up:
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
    except _Broken as broken:
        why = broken.__cause__
        if isinstance(why, BadInput):
            raise why from None
        raise BadInput(f"{statement.id}: {told(why or broken)}") from why
    except Unsatisfiable:
        raise NeverMet(
            f"{statement.id}: no draw met the hypotheses{tally.rejections()}{tally.silences()}; an empty or too thin domain is an error, not a verdict: "
            'let the domain of a later variable depend on the earlier ones; where nothing meets them, and that is the finding: status="vacuous"'
        ) from None
    if tally.counterexample is None and tally.still is not None:
        tally.counterexample, tally.trail = tally.still
    if tally.counterexample is None:
        tally.disagreement = tally.disagreement or tally.doubt
    tally.work = WORK.ticks - before
    tally.screened, tally.singly = screen.screened, screen.singly and screen.screened > 0
    tally.seconds = time.monotonic() - started
    return tally


def examples(statement: Statement, seed: int, n: int) -> list[Instance]:
    """At most n instances, as the search draws them, without deciding anything; fewer where a domain fails."""
    climb.register()
    found: list[Instance] = []

    @st.composite
    def instances(draw: Any) -> Instance:
        with _users_code():
            return draw_instance(statement, draw)[0]

    def one(instance: Instance) -> None:
        found.append(instance)
        if len(found) == n:
            raise _Stop

    run = settings(
        max_examples=2 * n,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        verbosity=Verbosity.quiet,
        print_blob=False,
        report_multiple_bugs=False,
        backend=climb.NAME,
        suppress_health_check=list(HealthCheck),
    )(hypothesis.seed(seed)(given(instances())(one)))
    with suppress(_Stop, _Broken, HypothesisException):
        run()
    return found


@contextmanager
def _users_code() -> Iterator[None]:
    """What a user's code raises goes past Hypothesis, which would run it again; what Hypothesis raises is its own."""
    try:
        yield
    except (_Stop, StopTest, HypothesisException):
        raise
    except BaseException as why:
        raise _Broken from why


def _tried(
    statement: Statement,
    tally: Tally,
    screen: Screen,
    rng: np.random.Generator,
    budget: Budget,
    instance: Instance,
    domains: dict[str, Domain],
) -> float:
    """Decide the instance and the worst candidates of a batch around it; returns the score for Hypothesis's target."""
    for value in instance.values():
        raise_contradictions(value)
    before = WORK.ticks
    score = _native(statement, tally, instance, domains, budget)
    found = screen.worst(rng, instance, domains, WORK.ticks - before)
    if found is None:
        return score
    slack, candidates = found
    if slack < SUSPICIOUS:
        _decide_candidates(statement, tally, candidates, screen.varied(domains), budget)
    return max(score, 1.0 - slack) if np.isfinite(slack) else score


def draw_instance(
    statement: Statement, draw: Any, unanswered: Counter[str] | None = None
) -> tuple[Instance, dict[str, Domain]]:
    """One instance, variable by variable, and the domain that each came from; `unanswered` counts why members had no answer."""
    seen: dict[str, Any] = dict(statement.constants)
    domains: dict[str, Domain] = {}
    # Equations have whole solutions, if a person wrote them.
    small = set(statement.types.values()) <= {int, Fraction, Vec} and choose(draw, SMALL)[0] == SMALL - 1
    for name in statement.variables:
        try:
            domains[name] = statement.domain(name, seen)
            drawn = drawn_near(draw, domains[name], _asked(statement, name), _told(statement, name), seen.values())
            if (
                small
                and _is_ours(domains[name])
                and belongs(domains[name], whole := _whole(draw, drawn, domains[name].reach))
            ):
                drawn = whole
        except Undecided as why:  # as of a domain that solves equations
            if unanswered is not None:
                unanswered[f"drawing {name}: {why}"] += 1
            return hypothesis.reject()
        seen[name] = Fraction(drawn) if type(drawn) is int and statement.types.get(name) is Fraction else _plain(drawn)
    try:
        return settled(statement, {n: seen[n] for n in statement.variables}), domains
    except NoAnswer as why:
        if unanswered is not None:
            unanswered[str(why)] += 1
            if isinstance(why, NoRationalPoint):
                raise
        return hypothesis.reject()


def _is_ours(domain: Domain) -> bool:
    """Whether a domain is one of refute's own, and draws all that belongs."""
    member: Any = domain.member
    return isinstance(member, FunctionType) and came_with_refute(member) and (domain.dim is None or domain.takes_any)


def _whole(draw: Any, like: Any, reach: int | None) -> Any:
    """A small whole number, or a point with such coordinates, in place of another one."""
    largest = LARGEST if reach is None else min(LARGEST, reach)
    if isinstance(like, Vec):
        return Vec(tuple(Fraction(c - largest) for c in choose(draw, *(2 * largest + 1,) * len(like))))
    return type(like)(choose(draw, 2 * largest + 1)[0] - largest)


def _plain(x: Any) -> Any:
    """A number, or a point, that a domain computed as exact reals, as the rationals that they are."""
    if isinstance(x, Vec) and any(isinstance(c, Real) for c in x):
        return Vec(tuple(map(_plain, x)))
    return as_fraction(x) if isinstance(x, Real) and x.q is not None else x


def _asked(statement: Statement, name: str) -> tuple[Fraction, ...]:
    """The numbers in the hypotheses on this variable."""
    return tuple(
        dict.fromkeys(x for g in statement.given if name in parameters(g.claim) for x in numbers_named(g.claim))
    )


def _told(statement: Statement, name: str) -> tuple[Fraction, ...]:
    """The numbers in a conclusion that speaks of this variable."""
    return numbers_named(statement.body) if name in parameters(statement.body) else ()


def _native(
    statement: Statement, tally: Tally, instance: Instance, domains: dict[str, Domain], budget: Budget
) -> float:
    """Decide a drawn instance; returns its score for Hypothesis's target."""
    try:
        checked, again = _checked(statement, tally, instance, budget)
    except OutsideDomain as why:
        if why.says in {g.says for g in statement.given}:
            tally.rejected[why.says] += 1
            hypothesis.reject()
        raise BadInput(f"a generator left its own domain: {why}") from None
    tally.draws += 1
    tally.unending = tally.unending or any(domain.elements is None for domain in domains.values())
    add(tally.drawn, instance)
    if all(isinstance(v, (int, Fraction)) for v in instance.values()):
        tally.numbers.add(tuple(instance.values()))
    tally.open_draws += checked.conclusion.truth is None
    for domain in domains.values():
        for case in domain.cases:
            if case.required:
                tally.required[case.name] = case
    for name, domain in domains.items():
        for case in domain.cases:
            if case.test(instance[name]):
                tally.reached[case.name] += 1
    if not again:
        _count(statement, tally, instance, checked, budget.asked)
    t = checked.conclusion.tightness
    return -np.inf if t is None else t


def _checked(statement: Statement, tally: Tally, instance: Instance, budget: Budget) -> tuple[Checked, bool]:
    """The decision, and whether it is one made before: costly ones are kept, since few instances are drawn again and again."""
    key = json.dumps(encode(dict(instance))) if tally.costly else ""
    if key in tally.costly:
        return tally.costly[key], True
    checked = _within_time(statement, instance, budget)
    if checked.conclusion.costly:
        tally.costly[key or json.dumps(encode(dict(instance)))] = checked
    return checked, False


def _within_time(statement: Statement, instance: Instance, budget: Budget) -> Checked:
    """The decision; undecided where it takes longer than one instance may."""
    try:
        with alarm(budget.instance_seconds):
            return statement.check(instance)
    except TimeIsUp:
        return Checked((), Decision(None, f"time: an instance took more than {budget.instance_seconds:g} s"))


def _count(statement: Statement, tally: Tally, instance: Instance, checked: Checked, asked: int) -> None:
    d = checked.conclusion
    if d.truth is None:
        tally.undecided += 1
        tally.by_clock = tally.by_clock or d.says.startswith("time: ")
        tally.undecided_limits += d.evidence is not None
        if tally.open_at is None:
            tally.why_undecided, tally.open_at = d.says, instance
        return
    tally.decided += 1
    tally.empty += d.truth is True and d.says == NO_PART
    if d.truth is False and d.still:
        # The last resort: the rest of the budget looks for one that moves.
        tally.still = tally.still or (instance, so_far())
        return
    if d.truth is False:
        doubt = contradiction(checked, second_opinion(statement, instance, checked))
        if not doubt:
            tally.counterexample, tally.trail = instance, so_far()
            return
        # There may be one that the other arithmetic confirms.
        tally.doubted += 1
        tally.doubt = tally.doubt or doubt
        tally.disagreement = tally.doubt if tally.doubted > FEW else ""
        return
    if d.tightness is not None and (tally.tightness is None or d.tightness > tally.tightness):
        tally.tightness, tally.tightest = d.tightness, instance
    if tally.decided % asked == 1 % asked or _by_certificate(checked):
        tally.replayed += 1
        tally.disagreement = contradiction(checked, second_opinion(statement, instance, checked))


def _by_certificate(checked: Checked) -> bool:
    """Whether a certificate, and not only signs, decided a hypothesis or the conclusion: mpmath replays each."""
    return any(certified(d.evidence) for d in (checked.conclusion, *(d for _, d in checked.hypotheses)))


def _decide_candidates(
    statement: Statement, tally: Tally, candidates: Iterator[Instance], varied: Sequence[str], budget: Budget
) -> None:
    for candidate in candidates:
        try:
            checked = _within_time(statement, candidate, budget)
        except OutsideDomain:
            continue
        _count(statement, tally, candidate, checked, budget.asked)
        if tally.still is not None and tally.still[0] is candidate:
            tally.still = (candidate, tally.still[1].onwards(candidate, varied))
        if tally.trail is not None:
            tally.trail = tally.trail.onwards(candidate, varied)
            return
