"""From what a search found to what is printed: Hypothesis's shrinker first, exact simplification next.

The choices that drew an instance are replayed; the numbers that a batch put in their place are drawn
natively, as numerators and denominators, so that the shrinker reduces function, point and step together.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any
from unittest import SkipTest

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.database import ExampleDatabase, choices_to_bytes
from hypothesis.errors import HypothesisException

from refute.search.sampling import draw_instance
from refute.search.simplify import OPERATIONS, PATIENCE, refutes, renumbered, simplify, size
from refute.search.tally import Tally
from refute.search.trail import Trail
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Instance, Statement
from refute.work import WORK

# Instances that the shrinker may draw. They are counted and not timed: a busy machine shows the same counterexample.
DRAWS = 200


def presentable(statement: Statement, tally: Tally, patience: float = PATIENCE) -> Instance:
    """The counterexample of a tally as a person would print it; as it was found where mpmath confirms only that. Each of two stages takes at
    most `patience` seconds of processor time."""
    found = tally.counterexample
    assert found is not None
    # One of all instances of a finite statement was drawn by nobody: there are no choices to replay.
    small = simplify(
        statement, found if tally.trail is None else shrunk(statement, found, tally.trail, patience), patience
    )
    checked = statement.check(small)
    return found if contradiction(checked, second_opinion(statement, small, checked)) else small


class _Enough(BaseException):
    """Enough was drawn: no failure that Hypothesis would replay."""


class _Refuted(Exception):
    """The instance violates the conclusion: the failure that Hypothesis shrinks."""


class _OneExample(ExampleDatabase):
    """A database that knows one example of any test, as one that was found and not shrunk."""

    def __init__(self, choices: Sequence[Any]) -> None:
        super().__init__()
        self.example = choices_to_bytes(choices)

    def fetch(self, key: bytes) -> Iterable[bytes]:
        return [self.example] if key.endswith(b".secondary") else []

    def save(self, key: bytes, value: bytes) -> None:
        """What is shrunk is kept by the condition."""

    def delete(self, key: bytes, value: bytes) -> None:
        """The example stays."""


def shrunk(
    statement: Statement, found: Instance, trail: Trail, patience: float = PATIENCE, draws: int = DRAWS
) -> Instance:
    """The simplest counterexample that Hypothesis's shrinker meets among so many instances."""
    until, most = time.process_time() + patience, WORK.ticks + OPERATIONS
    best, left, moving = found, draws, refutes(statement, found, moving=True)

    @st.composite
    def instances(draw: Any) -> Instance:
        nonlocal left
        left -= 1
        drawn = draw_instance(statement, draw)[0]
        return {**drawn, **{name: _redrawn(draw, drawn[name]) for name in trail.replaced}}

    def holds(candidate: Instance) -> None:
        nonlocal best
        if left < 0 or WORK.ticks > most or time.process_time() > until:
            raise _Enough
        if refutes(statement, candidate, moving):
            best = min(best, candidate, key=size)
            raise _Refuted

    # The seed goes first: it would take the database away.
    run = settings(
        database=_OneExample(trail.choices),
        deadline=None,
        derandomize=False,
        phases=(Phase.reuse, Phase.shrink),
        verbosity=Verbosity.quiet,
        print_blob=False,
        report_multiple_bugs=False,
        backend="hypothesis",
        suppress_health_check=list(HealthCheck),
    )(hypothesis.seed(0)(given(instances())(holds)))
    # A generator that depends on more than its draws is Hypothesis's complaint, and no reason to lose what was found.
    with contextlib.suppress(_Enough, _Refuted, SkipTest, HypothesisException):
        run()
    return best


def _redrawn(draw: Any, value: Any) -> Any:
    return renumbered(value, lambda _: Fraction(draw(st.integers()), draw(st.integers(min_value=1))))
