"""From what a search found to what is printed: Hypothesis's shrinker first, exact simplification next.

The choices that drew an instance are replayed; the numbers that a batch put in their place are drawn
natively, as numerators and denominators, so that the shrinker reduces function, point and step together.
"""

from __future__ import annotations

import contextlib
import time
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, find, settings
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase, choices_to_bytes
from hypothesis.errors import NoSuchExample

from refute.errors import BadInput
from refute.search.sampling import Tally, draw_instance
from refute.search.simplify import SECONDS, renumbered, simplify, size
from refute.search.trail import Trail
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Instance, Statement

# Seconds of processor time: a busy machine shows the same counterexample.
SHRINKING = 2.0
KEY = b"the trail"


def presentable(statement: Statement, tally: Tally, seconds: float = SECONDS) -> Instance:
    """The counterexample of a tally as a person would print it; as it was found where mpmath confirms only that."""
    assert tally.counterexample is not None
    assert tally.trail is not None
    small = simplify(statement, shrunk(statement, tally.counterexample, tally.trail), seconds)
    checked = statement.check(small)
    return tally.counterexample if contradiction(checked, second_opinion(statement, small, checked)) else small


class _Late(BaseException):
    """The time is used up: no failure that Hypothesis would replay."""


def shrunk(statement: Statement, found: Instance, trail: Trail, seconds: float = SHRINKING) -> Instance:
    """The simplest counterexample that Hypothesis's shrinker meets within so many seconds of processor time."""
    until = time.process_time() + seconds
    best = found

    @st.composite
    def instances(draw: Any) -> Instance:
        drawn = draw_instance(statement, draw)[0]
        return {**drawn, **{name: _redrawn(draw, drawn[name]) for name in trail.replaced}}

    def refuted(candidate: Instance) -> bool:
        nonlocal best
        if time.process_time() > until:
            raise _Late
        try:
            false = statement.check(candidate).conclusion.truth is False
        except BadInput:
            return False
        if false:
            best = min(best, candidate, key=size)
        return false

    database = InMemoryExampleDatabase()
    # What is stored under a test's own key counts as shrunk already.
    database.save(KEY + b".secondary", choices_to_bytes(trail.choices))
    quiet = settings(
        database=database,
        deadline=None,
        derandomize=False,
        phases=(Phase.reuse, Phase.shrink),
        verbosity=Verbosity.quiet,
        print_blob=False,
        backend="hypothesis",
        suppress_health_check=list(HealthCheck),
    )
    with contextlib.suppress(_Late, NoSuchExample):
        find(instances(), refuted, settings=quiet, database_key=KEY)
    return best


def _redrawn(draw: Any, value: Any) -> Any:
    return renumbered(value, lambda _: Fraction(draw(st.integers()), draw(st.integers(min_value=1))))
